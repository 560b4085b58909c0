"""The station's four sounds, ready for the mix: 48 kHz stereo WAV, levelled by loudness, kept in a cache.

Made by the program (`families`) unless station.toml names files of its own (`own`).
"""

from __future__ import annotations

import tempfile
import wave
from collections.abc import Callable, Mapping
from pathlib import Path

from audionews.sound import levels, own
from audionews.sound.families import compose, label
from audionews.sound.grid import RATE
from audionews.sound.levels import KINDS, Kind
from audionews.station import SoundChoice

__all__ = ["KINDS", "VERSION", "Kind", "frames", "lengths", "prepare", "render"]

VERSION = "3"  # raise it when a sound or a level changes: it names the cache folder
HOUSE = SoundChoice()


def render(folder: Path, choice: SoundChoice = HOUSE) -> dict[str, Path]:
    """Make the program's own four sounds, once; files the station names are not looked at.

    Args:
        folder: the cache; they go into a folder of it named by the version and the choice.
        choice: family, key, tempo and seed.

    Returns:
        Name of the sound → its WAV.

    Raises:
        UsageError: the family, the key or the tempo cannot be.
    """
    return {name: _rendered(name, choice, folder / f"sounds-{VERSION}") for name in KINDS}


def prepare(
    choice: SoundChoice,
    station_folder: Path,
    cache: Path,
    say: Callable[[str], None] = lambda _line: None,
) -> dict[str, Path]:
    """Give the four sounds of a station: its own files where it names them, else the program's.

    Args:
        choice: table ``[sound]``; the paths start at `station_folder`.
        station_folder: where station.toml is.
        cache: where the finished sounds are kept.
        say: is given a French line for each thing the station should know of its files, at each call.

    Returns:
        Name of the sound → its WAV: 48 kHz, stereo, 16 bits, a whole number of 10 ms.

    Raises:
        AudionewsError: a file of the station is missing, unreadable, silent or too short; it is named.
        UsageError: the family, the key or the tempo cannot be.
    """
    folder = cache / f"sounds-{VERSION}"
    label(choice)  # a key that is none is told even where all four sounds are the station's
    sounds = {}
    for name, kind in KINDS.items():
        given = getattr(choice, name)
        if given:
            sounds[name], found = own.conform(name, station_folder / given, folder)
            for line in found.lines(kind, given):
                say(line)
        else:
            sounds[name] = _rendered(name, choice, folder)
    return sounds


def lengths(sounds: Mapping[str, Path]) -> dict[str, int]:
    """Give the length of each sound in ms, as `timeline.arrange` wants them."""
    return {name: frames(path) * 1000 // RATE for name, path in sounds.items()}


def frames(path: Path) -> int:
    """Count the sample frames of a WAV file."""
    with wave.open(str(path), "rb") as sound:
        return sound.getnframes()


def _rendered(name: str, choice: SoundChoice, folder: Path) -> Path:
    target = folder / label(choice) / f"{name}.wav"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        kind = KINDS[name]
        sound = levels.even(compose(name, choice), kind, loop=name == "bed")
        with tempfile.TemporaryDirectory(dir=target.parent) as work:
            done = Path(work, "done.wav")
            levels.write(done, levels.pieces(sound), levels.gain(kind, levels.heard(levels.pieces(sound))))
            done.replace(target)
    return target
