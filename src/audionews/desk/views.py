"""What each stage left, as text for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from audionews.desk import codec, stages
from audionews.desk.pipeline import NAMES, STAGES
from audionews.desk.slots import slot
from audionews.desk.workspace import Workspace
from audionews.errors import UsageError
from audionews.model import Article, Bulletin, Clip, Recording, Rundown, Script, Service, Timeline


def show(folder: Path, stage: str, raw: bool = False, spoken: bool = False) -> str:
    """Draw what a stage left in a run folder; the state of all stages when none is named.

    Raises:
        UsageError: there is no such stage, or it has not run yet.
    """
    space = Workspace(folder)
    if not stage:
        return _state(space)
    if stage not in NAMES:
        raise UsageError(f"L’étape « {stage} » n’existe pas", f"Choisissez parmi : {', '.join(NAMES)}")
    left = STAGES[NAMES.index(stage)].leaves[0]
    path = space.path(stages.CLIPS if left.endswith("/") else left)
    if not path.exists():
        raise UsageError(f"L’étape « {stage} » n’a rien laissé", f"Lancez : audionews build --until {stage}")
    if raw:
        return path.read_text("utf-8")
    if stage == "script":
        return _spoken(space) if spoken else space.path(stages.SCRIPT_TEXT).read_text("utf-8")
    drawn = {
        "articles": _articles,
        "rundown": _rundown,
        "clips": _clips,
        "timeline": _timeline,
        "bulletin": _bulletin,
    }
    return drawn[stage](space) if stage in drawn else path.read_text("utf-8")


def _state(space: Workspace) -> str:
    run = space.run
    rows = [f"{run.bulletin_id}  {run.station}  format {run.format}  audionews {run.version}"]
    rows += [f"voix       {line}" for line in service(run.voices)]
    rows += [f"créneau    {line}" for line in slot(run.slot)]
    for name in NAMES:
        record = run.stages.get(name)
        if record is None or not record.status:
            rows.append(f"{name:10} pas encore faite")
        else:
            word = {"done": "faite", "failed": "échouée"}[record.status]
            hand = f"  corrigée à la main : {', '.join(record.edited)}" if record.edited else ""
            rows.append(f"{name:10} {word:8} {record.seconds:7.2f} s{hand}  {record.error}".rstrip())
    return "\n".join(rows) + "\n"


def service(voices: Sequence[Service]) -> list[str]:
    """Say who has read for each presenter, and who for whom."""
    return [
        f"{one.presenter} : {one.used}" + (f", en secours de {one.wanted} ({one.why})" if one.why else "")
        for one in voices
    ]


def _articles(space: Workspace) -> str:
    rows = []
    for article in codec.load_lines(space.path(stages.ARTICLES), Article):
        day = article.published.isoformat() if article.published else "sans date"
        rows += [
            "",
            f"{article.origin}  {day}  {article.author}  {article.source}",
            f"  {article.title or '(sans titre)'}",
        ]
        rows += [f"  {line.label.value:12} {line.text}  ({line.reason})" for line in article.lines]
    refused = space.path(stages.REFUSED)
    return "\n".join([*rows, "", "Refus et remarques :", refused.read_text("utf-8")]).lstrip()


def _rundown(space: Workspace) -> str:
    from audionews.script.rundown import view

    return view(codec.load(space.path(stages.RUNDOWN), Rundown))


def _spoken(space: Workspace) -> str:
    from audionews.french.spoken import spoken

    script = codec.load(space.path(stages.SCRIPT), Script)
    return "".join(spoken(segment.text) + "\n" for segment in script.segments if segment.text)


def _clips(space: Workspace) -> str:
    clips = codec.load(space.path(stages.CLIPS), tuple[Clip, ...])
    return "".join(f"{clip.duration_ms / 1000:7.2f} s  {clip.segment:40} {clip.spoken}\n" for clip in clips)


def _timeline(space: Workspace) -> str:
    placed = codec.load(space.path(stages.TIMELINE), Timeline)
    rows = [
        f"{cue.start_ms / 1000:8.2f} {(cue.start_ms + cue.duration_ms) / 1000:8.2f}  "
        f"{cue.track.value:7} {cue.segment or cue.source}"
        for cue in sorted(placed.cues, key=lambda one: one.start_ms)
    ]
    chapters = [f"{chapter.start_ms / 1000:8.2f}           chapitre {chapter.title}" for chapter in placed.chapters]
    kept = slot(placed.fit)
    return "\n".join([*rows, "", *chapters, *([""] if kept else []), *kept]) + "\n"


def _bulletin(space: Workspace) -> str:
    made = codec.load(space.path(stages.BULLETIN), Bulletin)
    podcast = Recording(
        "podcast", made.path, "", made.bytes, made.sha256, made.duration_ms, made.loudness, made.true_peak
    )
    rows = [
        f"{one.kind:10} {one.duration_ms / 1000:9.3f} s {one.loudness:6.1f} LUFS {one.true_peak:6.1f} dBTP "
        f"{one.bytes:11} octets  {space.path(one.path)}"
        for one in (podcast, *made.recordings)
    ]
    return "\n".join(rows) + "\n"
