"""The ways to one MP3 of one programme that `sound.py` compares; each runs in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import programme

if TYPE_CHECKING:
    from audionews.sound.master import Survey
    from audionews.sound.mix import Mix
    from audionews.station import Station

KBPS = 128
MP3, PCM = "way.mp3", "master.f32"


def make(folder: Path) -> None:
    """Make the programme itself; the folder's name is its minutes."""
    programme.make(folder, int(folder.name))


def pcm(folder: Path) -> None:
    """Write what our encoder is given, as raw floats, for encoding alone."""
    import numpy as np

    from audionews.sound import encode
    from audionews.sound.grid import REFERENCE_LUFS
    from audionews.sound.limit import planned
    from audionews.sound.master import blocks

    mixed, read, station = _read(folder)
    curve = planned(read.energies, read.peaks, REFERENCE_LUFS, _ceiling(station))
    with (folder / PCM).open("wb") as out:
        for block in blocks(mixed, curve, encode.lame_gain(KBPS)):
            out.write(np.ascontiguousarray(np.broadcast_to(block, (2, block.shape[1])).T, "<f4").tobytes())


def mix(folder: Path) -> None:
    """Mix, plan, encode: nothing is heard again."""
    from audionews.sound import encode
    from audionews.sound.limit import planned
    from audionews.sound.master import blocks

    mixed, read, station = _read(folder)
    curve = planned(read.energies, read.peaks, station.sound.loudness, _ceiling(station))
    encode.mp3(blocks(mixed, curve, encode.lame_gain(KBPS)), folder / MP3, KBPS)


def ears(folder: Path) -> None:
    """Make the MP3 as the product does: tagged, decoded and listened to, made once more if its level is off."""
    mixed, read, station = _read(folder)
    _podcast(folder, mixed, read, station)


def broadcast(folder: Path) -> None:
    """Make the MP3 as the product does, and the file for the air, listened to as well."""
    from audionews.sound import radio

    mixed, read, station = _read(folder)
    _podcast(folder, mixed, read, station)
    script = programme.load(folder).script
    radio.programme(mixed, read, script, programme.NOTICE, station.broadcast, False, folder)


def pydub(folder: Path) -> None:
    """Join the same programme by pydub."""
    import pydubway

    given = programme.load(folder)
    pydubway.make(pydubway.joined, given.timeline, folder, given.sounds, folder / MP3, KBPS)


def by_hand(folder: Path) -> None:
    """Join it by pydub in an array of bytes of one's own."""
    import pydubway

    given = programme.load(folder)
    pydubway.make(pydubway.by_hand, given.timeline, folder, given.sounds, folder / MP3, KBPS)


WAYS: dict[str, Callable[[Path], None]] = {
    "make": make,
    "pcm": pcm,
    "mix": mix,
    "ears": ears,
    "broadcast": broadcast,
    "pydub": pydub,
    "by-hand": by_hand,
}


def _read(folder: Path) -> tuple[Mix, Survey, Station]:
    """Take the clips and let the meter read the mix, as `bulletin.produce` does."""
    from audionews.sound.bulletin import hardest
    from audionews.sound.master import survey
    from audionews.sound.mix import Mix
    from audionews.sound.takes import take
    from audionews.station import Station

    given, station = programme.load(folder), Station(folder)
    mixed = Mix(given.timeline, take(given.timeline, folder, folder), given.sounds)
    return mixed, survey(mixed, *hardest(station)), station


def _ceiling(station: Station) -> float:
    from audionews.sound.bulletin import CODING_DB

    return station.sound.true_peak - CODING_DB


def _podcast(folder: Path, mixed: Mix, read: Survey, station: Station) -> None:
    from audionews.sound import bulletin

    script = programme.load(folder).script
    bulletin._podcast(mixed, read, script, programme.NOTICE, station, False, folder / MP3)
