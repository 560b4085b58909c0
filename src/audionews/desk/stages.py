"""What each stage reads, does and leaves: files of the run in, the next files out; none calls another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from audionews.desk import codec, collecting, ledger
from audionews.desk.job import Job
from audionews.desk.workspace import Workspace
from audionews.errors import AudionewsError, UsageError
from audionews.model import (
    Article,
    Rundown,
    Script,
)

ARTICLES, REFUSED = "1-articles.jsonl", "1-refused.json"
RUNDOWN, RUNDOWN_VIEW = "2-rundown.json", "2-rundown.md"
SCRIPT, SCRIPT_TEXT = "3-script.json", "3-script.txt"
CLIPS_FOLDER, CLIPS = "4-clips/", "4-clips/clips.json"
TIMELINE = "5-timeline.json"
BULLETIN, BULLETIN_SOUND, BULLETIN_PICTURE = "6-bulletin.json", "6-bulletin.mp3", "6-bulletin.png"
BROADCAST_FOLDER, LIGHT_FOLDER = "6-broadcast/", "6-light/"
EPISODE = "7-episode.json"
_REASONS = 3  # that are named where nothing can be read


class Stage(NamedTuple):
    """One step of the day's work."""

    name: str  # as typed after --from and --until
    label: str  # as told to the operator
    needs: tuple[str, ...]  # files of earlier stages it reads
    leaves: tuple[str, ...]  # files it writes; views are not counted
    rooms: tuple[str, ...]  # whose code makes its result: a change there makes it run again
    settings: Callable[[Job], Any]  # what else its result depends on, as JSON
    work: Callable[[Job, Workspace], None]
    accept: Callable[[Job, Workspace, list[str]], None] = lambda _job, _space, _edited: None  # take over a hand's edit
    heavy: bool = False  # what it loads had better not stay in memory beside the network of a voice
    stands: Callable[[Job, Workspace], bool] = lambda _job, _space: True  # what it left outside the run is there


# articles


def articles(job: Job, space: Workspace) -> None:
    """Collect the day's articles and sift them."""
    from audionews.articles.collect import each

    given = each(collecting.sources(job))
    found = collecting.sifted(job, collecting.collected(job, given), given)
    for remark in (*found.refused, *found.remarks):
        job.say(f"{remark.origin} : {remark.message}")
    if not found.articles:
        raise AudionewsError("Aucun article utilisable : rien n’est publié", "Voyez les raisons ci-dessus")
    codec.save(space.path(REFUSED), found.refused + found.remarks)
    codec.save_lines(space.path(ARTICLES), found.articles)


# rundown


def rundown_settings(job: Job) -> Any:
    """The rundown depends on the format, the voice's pace, the station's choices, what was told before and wrongly."""
    from audionews.desk import newsroom
    from audionews.script import formats

    asked, station = newsroom.order(job), job.station
    told = ledger.aired(job.ledger, job.air, station.programme.memory_days)
    wrong = ledger.pending(job.ledger, job.air, job.bulletin_id)
    choices = codec.encode((station.protection, station.ranking, station.condense)).decode()
    return [
        *(codec.encode(asked).decode(), formats.fingerprint(station.folder), station.identity.name, choices),
        *(station.programme.memory_days, codec.encode(told).decode(), codec.encode(wrong).decode()),
    ]


def rundown(job: Job, space: Workspace) -> None:
    """Choose, condense and order the stories."""
    from audionews.desk import newsroom
    from audionews.files import write
    from audionews.script.rundown import view

    found, recent = codec.load_lines(space.path(ARTICLES), Article), ledger.recent_patterns(job.ledger, job.air)
    wrong = ledger.pending(job.ledger, job.air, job.bulletin_id)
    planned = newsroom.planned(job, found, recent, wrong)
    write(space.path(RUNDOWN_VIEW), view(planned).encode())
    for remark in planned.dropped:
        job.say(f"{remark.origin} : {remark.message}")
    if not planned.items:
        why = Counter(one.message.partition(" : ")[0] for one in planned.dropped).most_common(_REASONS)
        told = " ; ".join(f"{number} × {reason}" for reason, number in why)
        raise AudionewsError(
            f"Aucun sujet à lire, rien n’est publié ({told or 'aucun article'})",
            "Voyez les raisons ci-dessus, ou ajoutez des articles du jour",
        )
    codec.save(space.path(RUNDOWN), planned)


# script


def script_settings(job: Job) -> Any:
    """The script depends on the station's name and presenters, the edition's hour and the templates."""
    from audionews.script import formats
    from audionews.script.write import presenters

    station, edition = job.station, job.station.edition(job.edition)
    return [station.identity.name, edition.time, job.format, formats.fingerprint(station.folder), presenters(station)]


def script(job: Job, space: Workspace) -> None:
    """Write the words; what its article does not hold, or the house does not read, is left out and said."""
    from audionews.desk import newsroom

    planned = codec.load(space.path(RUNDOWN), Rundown)
    found = codec.load_lines(space.path(ARTICLES), Article)
    recent = ledger.recent_patterns(job.ledger, job.air)
    made = newsroom.written(job, planned, recent)
    wrong = newsroom.faults(job, made, planned, found)
    if wrong:
        _tell(job, wrong)
        made = newsroom.written(job, newsroom.without(planned, made, wrong), recent)
    _save_script(job, space, made, planned)


def accept_script(job: Job, space: Workspace, edited: list[str]) -> None:
    """Take over an editor's correction: of the text, or else of the JSON. It is read as it stands, with warnings."""
    from audionews.desk import newsroom
    from audionews.script import formats
    from audionews.script.text import parse
    from audionews.script.write import presenters

    planned = codec.load(space.path(RUNDOWN), Rundown)
    if SCRIPT_TEXT in edited and SCRIPT in edited:
        raise UsageError(
            f"{SCRIPT_TEXT} et {SCRIPT} ont été corrigés tous les deux",
            f"Gardez la correction de {SCRIPT_TEXT} et refaites l’autre avec --from script, ou l’inverse",
        )
    if SCRIPT_TEXT in edited:
        patterns = codec.load(space.path(SCRIPT), Script).patterns
        cast = formats.load(planned.format, job.station.folder).cast
        corrected = parse(_corrected_text(space), planned, patterns, presenters(job.station), cast)
    else:
        corrected = codec.load(space.path(SCRIPT), Script)
    _tell(job, newsroom.faults(job, corrected, planned, codec.load_lines(space.path(ARTICLES), Article)))
    _save_script(job, space, corrected, planned)


def _corrected_text(space: Workspace) -> str:
    try:
        return space.path(SCRIPT_TEXT).read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{space.path(SCRIPT_TEXT)} n’est pas en UTF-8", "Enregistrez-le en UTF-8") from error


def _save_script(job: Job, space: Workspace, script: Script, planned: Rundown) -> None:
    from audionews.files import write
    from audionews.script.rectify import said
    from audionews.script.text import render
    from audionews.script.write import presenters

    if planned.rectifications and not said(planned, script):
        job.say("Attention, le rectificatif n’est pas dans le texte : il reste à dire dans une prochaine édition.")
    codec.save(space.path(SCRIPT), script)
    write(space.path(SCRIPT_TEXT), render(script, presenters(job.station)).encode())


def _tell(job: Job, wrong: dict[str, str]) -> None:
    for segment, why in wrong.items():
        job.say(f"Attention, {segment} : {why}")
