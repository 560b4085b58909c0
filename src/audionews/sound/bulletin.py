"""Timeline → Bulletin: one mix, and all the files that are made of it, each heard before it is believed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audionews.model import Bulletin, Recording, Script, Timeline
from audionews.sound import ears, encode, light, radio
from audionews.sound.loudness import SHORT_TERM, curve
from audionews.sound.master import Survey, blocks, mastered, survey, words
from audionews.sound.mix import Mix
from audionews.sound.notice import Notice, lyrics
from audionews.sound.picture import draw
from audionews.sound.tags import tag
from audionews.sound.takes import active, take
from audionews.sound.targets import LONGEST_SILENCE_MS, drifts, podcast
from audionews.station import Station

if TYPE_CHECKING:
    from audionews.sound.grid import Curve

NAME, PICTURE = "6-bulletin.mp3", "6-bulletin.png"
CODING_DB = 0.8  # room under the ceiling: MP3 coding moves peaks by up to 0.4 dB, measured on speech


def produce(
    script: Script,
    timeline: Timeline,
    run: Path,
    station: Station,
    sounds: Mapping[str, Path],
    notice: Notice,
    say: Callable[[str], None],
) -> Bulletin:
    """Make the files of a bulletin; older ones stay in place until all the new ones are whole.

    Args:
        script: the words.
        timeline: what is placed where.
        run: the run folder, where the files go.
        station: the levels and files it asks for.
        sounds: name of a sound → its WAV, as `jingles.prepare` gives them.
        notice: what the files say of themselves.
        say: told what is doubtful, and no reason to stop.

    Returns:
        The bulletin, with the figures of each file decoded.

    Raises:
        AudionewsError: a clip is missing or broken, or the levels asked for cannot be met; the figures are given.
    """
    with tempfile.TemporaryDirectory(dir=run, prefix="bulletin-") as work:
        fresh = Path(work)
        for folder in (radio.FOLDER, light.FOLDER):
            (fresh / folder).mkdir()
        mix = Mix(timeline, take(timeline, run, fresh), sounds)
        silent = not active(mix.takes).any()
        read = survey(mix, *hardest(station))
        gains, report = _podcast(mix, read, script, notice, station, silent, fresh / NAME)
        warnings = list(drifts(report))
        recordings: list[Recording] = []
        if station.broadcast.wav:
            aired, _ = radio.programme(mix, read, script, notice, station.broadcast, silent, fresh / radio.FOLDER)
            recordings.append(aired)
            if not silent:
                apart = radio.stories(mix, script, notice, station.broadcast, fresh / radio.FOLDER)
                recordings += (one for one, _ in apart)
        if station.sound.light:
            text = lyrics(script, timeline)
            recordings += light.editions(mix, read, notice, station.sound.loudness, text, fresh / light.FOLDER)
        (fresh / PICTURE).write_bytes(_picture(timeline, read, gains, station, notice))
        for warning in warnings:
            say(f"Attention, {warning}")
        made = radio.recording(fresh / NAME, "podcast", "audio/mpeg", report, station.sound.bitrate)
        _place(fresh, run)
    return Bulletin(
        path=NAME,
        bytes=made.bytes,
        sha256=made.sha256,
        duration_ms=made.duration_ms,
        loudness=made.loudness,
        true_peak=made.true_peak,
        chapters=timeline.chapters,
        recordings=tuple(recordings),
        picture=PICTURE,
    )


def _podcast(
    mix: Mix, read: Survey, script: Script, notice: Notice, station: Station, silent: bool, out: Path
) -> tuple[Curve, ears.Report]:
    """Make the MP3 with its tags: what is heard is the file that will be published, byte for byte."""
    timeline, choice = mix.timeline, station.sound
    target = replace(
        podcast(choice.loudness, choice.true_peak),
        duration_ms=timeline.duration_ms,
        chapters=len(timeline.chapters),
        longest_silence_ms=0 if silent else LONGEST_SILENCE_MS,
    )
    items = [ears.Item(one.title, one.start_ms, one.end_ms) for one in timeline.chapters]

    def make(curve: Curve) -> ears.Report:
        encode.mp3(blocks(mix, curve, encode.lame_gain(choice.bitrate)), out, choice.bitrate)
        tag(
            out,
            title=notice.title,
            station=notice.station,
            date=notice.air.date(),
            cover=notice.cover,
            chapters=timeline.chapters,
            comment=notice.comment,
            lyrics=lyrics(script, timeline),
        )
        return ears.listen(out, items, words(mix, curve))

    return mastered(read, target, CODING_DB, make, "Le MP3")


def hardest(station: Station) -> tuple[float, float]:
    """Give loudness and ceiling of the master whose limiter has most to do."""
    masters = (
        (station.sound.loudness, station.sound.true_peak - CODING_DB),
        (station.broadcast.loudness, station.broadcast.true_peak),
    )
    return max(masters, key=lambda one: one[0] - one[1])


def _picture(timeline: Timeline, read: Survey, gains: Curve, station: Station, notice: Notice) -> bytes:
    import numpy as np

    return draw(
        timeline,
        (read.peaks * gains).astype(np.float32),
        curve(read.energies * gains**2, SHORT_TERM),
        station.sound.loudness,
        notice.title,
        station.identity.color,
    )


def _place(fresh: Path, run: Path) -> None:
    """Put all files where they belong, once all of them are whole and on the disk."""
    names = (NAME, PICTURE, radio.FOLDER, light.FOLDER)
    for path in sorted(fresh.rglob("*")):
        if path.is_file() and path.relative_to(fresh).parts[0] in names:
            with path.open("rb+") as written:
                os.fsync(written.fileno())
    for name in names:
        if (fresh / name).is_dir():
            shutil.rmtree(run / name, ignore_errors=True)
        (fresh / name).replace(run / name)
