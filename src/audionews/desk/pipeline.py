"""The order of the day: the list of stages, and which have to run. The only file that knows the order."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Callable
from functools import partial

from audionews import __version__
from audionews.desk import collecting, lock, publishing, sending, sounding, stages, upkeep, voicing
from audionews.desk.apart import apart as done_apart
from audionews.desk.code import code
from audionews.desk.job import Job
from audionews.desk.stages import Stage
from audionews.desk.words import entries
from audionews.desk.workspace import Record, Workspace
from audionews.errors import AudionewsError, UsageError
from audionews.language import language

STAGES = (
    Stage(
        "articles",
        "Articles",
        needs=(),
        leaves=(stages.ARTICLES, stages.REFUSED),
        rooms=("articles", "desk/collecting.py"),
        settings=collecting.settings,
        work=stages.articles,
        heavy=True,
    ),
    Stage(
        "rundown",
        "Conducteur",
        needs=(stages.ARTICLES,),
        leaves=(stages.RUNDOWN,),
        rooms=("articles", "condense", "proof", "script", "desk/newsroom.py"),
        settings=stages.rundown_settings,
        work=stages.rundown,
        heavy=True,
    ),
    Stage(
        "script",
        "Texte",
        needs=(stages.RUNDOWN,),
        leaves=(stages.SCRIPT, stages.SCRIPT_TEXT),
        rooms=("proof", "script", "desk/newsroom.py"),
        settings=stages.script_settings,
        work=stages.script,
        accept=stages.accept_script,
        heavy=True,
    ),
    Stage(
        "clips",
        "Voix",
        needs=(stages.SCRIPT,),
        leaves=(stages.CLIPS_FOLDER,),
        rooms=("voices", "desk/voicing.py"),
        settings=voicing.settings,
        work=sounding.clips,
    ),
    Stage(
        "timeline",
        "Montage",
        needs=(stages.RUNDOWN, stages.SCRIPT, stages.CLIPS),
        leaves=(stages.TIMELINE,),
        rooms=("sound",),
        settings=sounding.timeline_settings,
        work=sounding.timeline,
    ),
    Stage(
        "bulletin",
        "Mixage",
        needs=(stages.RUNDOWN, stages.SCRIPT, stages.CLIPS, stages.TIMELINE),
        leaves=(
            *(stages.BULLETIN, stages.BULLETIN_SOUND, stages.BULLETIN_PICTURE),
            *(stages.BROADCAST_FOLDER, stages.LIGHT_FOLDER),
        ),
        rooms=("sound",),
        settings=sounding.bulletin_settings,
        work=sounding.bulletin,
    ),
    Stage(
        "episode",
        "Publication",
        needs=(stages.ARTICLES, stages.RUNDOWN, stages.SCRIPT, stages.CLIPS, stages.TIMELINE, stages.BULLETIN),
        leaves=(stages.EPISODE,),
        rooms=("publish",),
        settings=publishing.episode_settings,
        work=publishing.episode,
        stands=publishing.published,
    ),
)
NAMES = tuple(stage.name for stage in STAGES)
# A hand may correct these; any other file that is not as it was left is damaged, and made again.
EDITABLE = (stages.ARTICLES, stages.RUNDOWN, stages.SCRIPT, stages.SCRIPT_TEXT, stages.TIMELINE)


def build(job: Job, first: str = "", last: str = "", since: str = "") -> list[str]:
    """Build and publish a bulletin, or as much of it as is asked.

    A stage runs when its settings, its code, its inputs or its outputs are not what they were; what a hand has
    corrected is kept and said. A failure is written into run.json and raised; what is published stays as it was,
    and the next run begins where this one stopped.

    Args:
        job: the bulletin.
        first: the stage that runs in any case, and overwrites corrections by hand; "" for none.
        last: the stage to stop after; "" for the last one.
        since: the stage to begin with: what those before it left stays as it is; "" for the first one.

    Returns:
        The names of the stages that ran.

    Raises:
        BusyError: another run works in the same output folder.
        AudionewsError: a stage failed.
    """
    for name in filter(None, (first, last)):
        if name not in NAMES:
            raise UsageError(f"L’étape « {name} » n’existe pas", f"Choisissez parmi : {', '.join(NAMES)}")
    if first and last and NAMES.index(first) > NAMES.index(last):
        raise UsageError(f"« {first} » vient après « {last} »", "Échangez --from et --until")
    language(job.station.identity.language)  # a slip in station.toml or lexicon.toml stops the run before any work
    entries(job.station)
    sending.targets(job.station, job.site)
    ran: list[str] = []
    with lock.hold(job.output):
        space = _open(job)
        try:
            for stage in STAGES[NAMES.index(since) if since else 0 :]:
                if _step(stage, job, space, forced=stage.name == first):
                    ran.append(stage.name)
                if stage.name == last:
                    break
        except BaseException:  # no bulletin today, and yesterday's is not today's
            with contextlib.suppress(AudionewsError):  # the fault that matters is the other one
                upkeep.air(job)
            raise
        upkeep.air(job, job.bulletin_id if NAMES[-1] in ran else "")
        if last in {"", NAMES[-1]}:
            upkeep.deliver(job)
    return ran


def _open(job: Job) -> Workspace:
    space = Workspace(job.run_folder)
    run = space.run
    run.bulletin_id, run.version, run.station = job.bulletin_id, __version__, job.station.identity.name
    run.format = job.format
    return space


def _step(stage: Stage, job: Job, space: Workspace, forced: bool) -> bool:
    """Do what a stage needs; tell whether it ran."""
    record, key, found = space.record(stage.name), _key(stage, job, space), space.hashes(stage.leaves)
    edited = [name for name in record.files if name in EDITABLE and found.get(name, "") not in ("", record.files[name])]
    stale = record.key != key
    run = forced or _must_run(record, found, edited, stale) or not (edited or stage.stands(job, space))
    apart = stage.heavy and voicing.neural(job.station)
    if run:
        job.say(f"{stage.label}…")
        _guarded(partial(stage.work, job, space), record, space, apart=apart)
        record.edited, record.key = [], key
    elif edited:
        job.say(f"{stage.label} : corrigé à la main, gardé tel quel.")
        _guarded(partial(stage.accept, job, space, edited), record, space, apart=apart)
        record.edited = sorted({*record.edited, *edited})
    if record.edited and stale:
        job.say(
            f"{stage.label} : la correction faite à la main est gardée, mais ce dont elle partait a changé depuis. "
            f"Pour repartir à neuf : --from {stage.name}."
        )
    record.files = space.hashes(stage.leaves)
    space.save()
    return run


def _must_run(record: Record, found: dict[str, str], edited: list[str], stale: bool) -> bool:
    """Tell whether a stage has to run: nothing good is there, or it is not what today's input would give.

    A correction by hand outlives a change of the input; a lost or damaged file does not.
    """
    if not record.files or found.keys() != record.files.keys():
        return True
    if edited:
        return any(found[name] != record.files[name] for name in found if name not in EDITABLE)
    return found != record.files or record.status != "done" or (stale and not record.edited)


def _guarded(work: Callable[[], None], record: Record, space: Workspace, *, apart: bool) -> None:
    """Do the work, here or in a process of its own, and write down how long it took or why it failed."""
    start = time.perf_counter()
    record.status, record.error = "failed", ""
    try:
        if apart:
            done_apart(work)
        else:
            work()
    except BaseException as error:
        record.error = str(error) or type(error).__name__
        space.save()
        raise
    record.status, record.seconds = "done", round(time.perf_counter() - start, 2)


def _key(stage: Stage, job: Job, space: Workspace) -> str:
    """Hash all that a stage's result depends on: its settings, the code of its room, its inputs."""
    parts = [stage.settings(job), code(stage.rooms), space.hashes(stage.needs)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
