"""The station's four sounds, ready for the mix: 44.1 kHz stereo WAV, levelled by loudness, kept in a cache.

Made by the program (`synth`) unless station.toml names files of its own.
"""

from __future__ import annotations

import hashlib
import math
import tempfile
import wave
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audionews import ffmpeg
from audionews.errors import AudionewsError
from audionews.sound import synth
from audionews.sound.measure import measure
from audionews.station import SoundChoice

if TYPE_CHECKING:
    from audionews.sound.synth import Wave

VERSION = "1"  # raise it when a sound or a level changes: it names the cache folder
SHORTEST_MS = 400  # one block of the loudness meter
CUT_FADE_S = 0.5
HEADROOM_DBTP = -1.0


@dataclass(frozen=True, slots=True)
class Kind:
    """What is asked of one of the four sounds."""

    name: str  # as the operator reads it
    make: Callable[[], Wave]
    lufs: float  # in a programme at `mix.REFERENCE_LUFS`
    longest_ms: int


KINDS: Mapping[str, Kind] = {
    "jingle": Kind("Le jingle", synth.jingle, -17.0, 12_000),
    "sting": Kind("La virgule", synth.sting, -20.0, 3_000),
    "bed": Kind("Le tapis", synth.bed, -34.0, 120_000),
    "outro": Kind("Le jingle de fin", synth.outro, -17.0, 12_000),
}


def render(folder: Path) -> dict[str, Path]:
    """Make the program's own four sounds, once.

    Args:
        folder: the cache; they go into a folder of it named by the version.

    Returns:
        Name of the sound → its WAV.
    """
    return {name: _render_one(name, folder / f"sounds-{VERSION}") for name in KINDS}


def prepare(choice: SoundChoice, station_folder: Path, cache: Path) -> dict[str, Path]:
    """Give the four sounds of a station: its own files where it names them, else the program's.

    Args:
        choice: table ``[sound]``; the paths start at `station_folder`.
        station_folder: where station.toml is.
        cache: where the finished sounds are kept.

    Returns:
        Name of the sound → its WAV: 44.1 kHz, stereo, 16 bits, a whole number of 10 ms.

    Raises:
        AudionewsError: a file of the station is missing, unreadable, silent or too short; it is named.
    """
    folder = cache / f"sounds-{VERSION}"
    sounds = {}
    for name in KINDS:
        own = getattr(choice, name)
        sounds[name] = _conform_own(name, station_folder / own, folder) if own else _render_one(name, folder)
    return sounds


def lengths(sounds: Mapping[str, Path]) -> dict[str, int]:
    """Give the length of each sound in ms, as `timeline.arrange` wants them."""
    return {name: frames(path) * 1000 // synth.RATE for name, path in sounds.items()}


def frames(path: Path) -> int:
    """Count the sample frames of a WAV file."""
    with wave.open(str(path), "rb") as sound:
        return sound.getnframes()


def _render_one(name: str, folder: Path) -> Path:
    target = folder / f"{name}.wav"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as work:
            raw = Path(work, "raw.wav")
            _write(raw, KINDS[name].make())
            _level(name, raw, target)
    return target


def _write(path: Path, stereo: Wave) -> None:
    import numpy as np

    with wave.open(str(path), "wb") as sound:
        sound.setparams((2, 2, synth.RATE, 0, "NONE", ""))
        sound.writeframes(np.round(stereo.T * 32767).astype("<i2").tobytes())


def _conform_own(name: str, source: Path, folder: Path) -> Path:
    """Bring a file of the station to our format, length and level; the cache goes by its content."""
    kind = KINDS[name]
    hint = f"Donnez un fichier WAV, MP3, FLAC ou Ogg, ou retirez {name} de la table [sound] de station.toml"
    try:
        digest = hashlib.sha256(source.read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise AudionewsError(f"{kind.name} de la station, {source}, n’a pas pu être lu", hint) from error
    target = folder / f"{name}-{digest}.wav"
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        raw = Path(work, "raw.wav")
        try:
            ffmpeg.run(
                *("-protocol_whitelist", "file", "-i", f"file:{source}", "-map", "0:a:0"),
                *("-t", f"{(kind.longest_ms + 10) / 1000}", "-ac", "2", "-ar", str(synth.RATE)),
                *("-map_metadata", "-1", "-c:a", "pcm_s16le", f"file:{raw}"),
                timeout=60.0,
            )
        except AudionewsError as error:
            raise AudionewsError(f"{kind.name} de la station, {source}, n’est pas un son lisible", hint) from error
        try:
            _level(name, raw, target)
        except AudionewsError as error:
            raise AudionewsError(f"{kind.name} de la station, {source} : {error.message}", hint) from error
    return target


def _level(name: str, raw: Path, target: Path) -> None:
    """Cut a sound to a whole number of 10 ms within its limit, bring it to its loudness, put it in place."""
    kind = KINDS[name]
    heard = measure(raw)
    if math.isinf(heard.integrated):
        raise AudionewsError(f"le son est silencieux, ou dure moins de {SHORTEST_MS / 1000:.1f} s")
    gain = min(kind.lufs - heard.integrated, HEADROOM_DBTP - heard.true_peak)
    length = min(heard.duration_ms // 10 * 10, kind.longest_ms)
    chain = f"volume={gain:.2f}dB:precision=double,atrim=end_sample={length * synth.RATE // 1000}"
    if heard.duration_ms > kind.longest_ms:
        chain += f",afade=t=out:st={length / 1000 - CUT_FADE_S:.3f}:d={CUT_FADE_S}"
    done = raw.with_name("done.wav")
    ffmpeg.run(
        *("-i", f"file:{raw}", "-af", chain, "-c:a", "pcm_s16le"),
        *("-fflags", "+bitexact", "-flags:a", "+bitexact", f"file:{done}"),
    )
    done.replace(target)
