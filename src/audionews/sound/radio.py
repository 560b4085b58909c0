"""Files for the air: the programme as Broadcast Wave, and each story as a file of its own with its script."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audionews.model import Chapter, Recording, Script, Timeline
from audionews.sound import ears, encode
from audionews.sound.broadcast import CartLabel, Mark, head
from audionews.sound.grid import STEP_MS
from audionews.sound.master import Survey, blocks, mastered, survey, words
from audionews.sound.mix import Mix
from audionews.sound.notice import Notice, heard, lyrics, of_story, out_cue
from audionews.sound.targets import LONGEST_SILENCE_MS, Target, broadcast, number
from audionews.station import Broadcast

if TYPE_CHECKING:
    from audionews.sound.grid import Curve

FOLDER = "6-broadcast"
REFERENCE = 31  # bytes that a file's own number may have
EDGE_MS = 200  # of silence before and after a story of its own


def programme(
    mix: Mix, read: Survey, script: Script, notice: Notice, choice: Broadcast, silent: bool, folder: Path
) -> tuple[Recording, ears.Report]:
    """Make the master for the air, exactly as long as the timeline.

    Args:
        mix: the programme.
        read: what the meter read of it.
        script: its words.
        notice: what the file says of itself.
        choice: levels and bits.
        silent: the voice is silence on purpose.
        folder: where the file goes.

    Raises:
        AudionewsError: it misses its target even after the correction.
    """
    timeline = mix.timeline
    sentences = heard(script, timeline)
    label = replace(
        _label(notice, notice.title, notice.name, lyrics(script, timeline), mix),
        description=f"{notice.title}. {notice.comment}",
        out_cue=out_cue(sentences[-1]) if sentences else "",
    )
    target = replace(
        broadcast(choice.loudness, choice.true_peak),
        duration_ms=timeline.duration_ms,
        chapters=len(timeline.chapters),
        longest_silence_ms=0 if silent else LONGEST_SILENCE_MS,
    )
    return _written(mix, read, label, timeline.chapters, choice, target, folder / f"{notice.name}.wav", "broadcast")


def stories(
    mix: Mix, script: Script, notice: Notice, choice: Broadcast, folder: Path
) -> Iterator[tuple[Recording, ears.Report]]:
    """Make each story a file of its own, voice alone, with its script beside it.

    Raises:
        AudionewsError: one misses its target even after the correction.
    """
    titles = {one.story: one.title for one in mix.timeline.chapters if one.story}
    for place, (story, segments) in enumerate(of_story(script, mix.timeline).items(), 1):
        part = _alone(mix, set(segments))
        title = titles.get(story, story)
        name = f"{notice.name}-{place:02d}-{story}"
        text = lyrics(script, part.timeline)
        label = replace(
            _label(notice, title, name, text, part),
            description=f"{title}. {notice.title}",
            out_cue=out_cue(text),
        )
        target = replace(
            broadcast(choice.loudness, choice.true_peak), duration_ms=part.timeline.duration_ms, longest_silence_ms=0
        )
        read = survey(part, choice.loudness, choice.true_peak)
        made, report = _written(part, read, label, (), choice, target, folder / f"{name}.wav", "story")
        (folder / f"{name}.txt").write_text(_sheet(label, title, made, text), "utf-8")
        yield replace(made, story=story), report


def _written(
    mix: Mix,
    read: Survey,
    label: CartLabel,
    chapters: Sequence[Chapter],
    choice: Broadcast,
    target: Target,
    path: Path,
    kind: str,
) -> tuple[Recording, ears.Report]:
    marks = [Mark(one.start_ms, one.title) for one in chapters]
    items = [ears.Item(one.title, one.start_ms, one.end_ms) for one in chapters]

    def make(curve: Curve) -> ears.Report:
        encode.wav(blocks(mix, curve), path, choice.bits, head(mix.frames, choice.bits, label, marks, None))
        return ears.listen(path, items, words(mix, curve))

    _, report = mastered(read, target, 0.0, make, f"Le fichier d’antenne {path.name}")
    with path.open("rb+") as stream:  # the loudness fields now say what the meter said
        stream.write(head(mix.frames, choice.bits, label, marks, report.loudness))
    return recording(path, kind, "audio/wav", report), report


def recording(path: Path, kind: str, mime: str, report: ears.Report, kbps: int = 0) -> Recording:
    """Give a finished file as a value; its path is that of its folder in the run and its name."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Recording(
        kind=kind,
        path=f"{path.parent.name}/{path.name}",
        type=mime,
        bytes=path.stat().st_size,
        sha256=digest,
        duration_ms=report.loudness.duration_ms,
        loudness=report.two_speakers,
        true_peak=report.loudness.true_peak,
        kbps=kbps,
    )


def _label(notice: Notice, title: str, cut_id: str, text: str, mix: Mix) -> CartLabel:
    cues = mix.takes.cues
    return CartLabel(
        title=title,
        artist=notice.station,
        cut_id=cut_id,
        start=notice.air,
        end=notice.until,
        speech_ms=(cues[0].start_ms, cues[-1].start_ms + cues[-1].duration_ms),
        originator=notice.station,
        reference=notice.name[-REFERENCE:].lstrip("-"),  # the day and the edition stand at its end
        classification="Bulletin",
        url=notice.page,
        text=text,
    )


def _alone(mix: Mix, segments: set[str]) -> Mix:
    """Give the voice cues of a story as a programme of their own, their pauses kept."""
    cues = [cue for cue in mix.takes.cues if cue.segment in segments]
    first = (cues[0].start_ms - EDGE_MS) // STEP_MS * STEP_MS
    moved = tuple(replace(cue, start_ms=cue.start_ms - first) for cue in cues)
    end = moved[-1].start_ms + moved[-1].duration_ms + EDGE_MS
    length = -(-end // STEP_MS) * STEP_MS
    energies = mix.takes.energies[max(0, first) // STEP_MS :][: length // STEP_MS].copy()
    takes = replace(mix.takes, cues=moved, energies=_padded(energies, length // STEP_MS, max(0, -first) // STEP_MS))
    return Mix(Timeline(moved, length, (), mix.timeline.fit), takes, {})


def _padded(energies: Curve, length: int, before: int) -> Curve:
    import numpy as np

    padded = np.zeros(length)
    kept = energies[: length - before]
    padded[before : before + len(kept)] = kept
    return padded


def _sheet(label: CartLabel, title: str, made: Recording, text: str) -> str:
    """Write the script of a story as a sheet for whoever reads or airs it."""
    minutes, seconds = divmod(round(made.duration_ms / 1000), 60)
    return (
        f"{title}\n"
        f"{Path(made.path).name}, {minutes}:{seconds:02d}, {number(made.loudness)} LUFS\n"
        f"À l’antenne du {label.start:%d/%m/%Y %H:%M} au {label.end:%d/%m/%Y %H:%M}\n"
        f"Derniers mots : {label.out_cue}\n\n{text}\n"
    )
