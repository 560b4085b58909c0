"""Timeline → Bulletin: the mastered, measured, tagged MP3 of a run."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from audionews.model import Bulletin, Script, Timeline
from audionews.sound.master import master
from audionews.sound.tags import tag
from audionews.station import Station

NAME = "6-bulletin.mp3"


def produce(
    script: Script,
    timeline: Timeline,
    run: Path,
    station: Station,
    sounds: Mapping[str, Path],
    cover: bytes,
    comment: str,
    title: str,
) -> Bulletin:
    """Make the MP3 of a bulletin; an older one stays in place until the new one is whole.

    Args:
        script: for the date.
        timeline: what is placed where.
        run: the run folder, where ``6-bulletin.mp3`` is written.
        station: its name and the levels it asks for.
        sounds: name of a sound → its WAV, as `jingles.prepare` gives them.
        cover: a JPEG of at most 100 kB.
        comment: credits, and that the voice is synthetic.
        title: of the feed's item.

    Returns:
        The bulletin, with the figures of the MP3 decoded.

    Raises:
        AudionewsError: a clip is missing or broken, or the levels asked for cannot be met.
    """
    with tempfile.TemporaryDirectory(dir=run, prefix="bulletin-") as work:
        fresh = Path(work, NAME)
        heard = master(timeline, run, sounds, station.sound, fresh)
        tag(
            fresh,
            title=title,
            station=station.identity.name,
            date=script.date,
            cover=cover,
            chapters=timeline.chapters,
            comment=comment,
        )
        content = fresh.read_bytes()
        with fresh.open("rb+") as written:
            os.fsync(written.fileno())
        fresh.replace(run / NAME)
    return Bulletin(
        path=NAME,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        duration_ms=heard.duration_ms,
        loudness=heard.integrated,
        true_peak=heard.true_peak,
        chapters=timeline.chapters,
    )
