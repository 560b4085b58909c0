"""What is asked of each of the four sounds, and how it is brought there: length, loudness, loudest moment, peak."""

from __future__ import annotations

import math
import wave
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audionews.sound import loudness
from audionews.sound.grid import RATE, STEP
from audionews.sound.meter import Loudness, Meter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from audionews.sound.synth import Wave

HEADROOM_DBTP = -1.05  # a hair under −1: meters differ by as much
HALF = loudness.MOMENTARY // 2  # steps
TURNS = 6  # of evening out; two are the rule
SPARE = 0.15  # LU kept free, for the loudness of a sound falls a little as its loudest moments do


@dataclass(frozen=True, slots=True)
class Kind:
    """What is asked of one of the four sounds, in a programme whose voice is at `grid.REFERENCE_LUFS`."""

    name: str  # as the operator reads it
    lufs: float  # integrated
    momentary: float  # LUFS of the loudest 400 ms, at most
    longest_ms: int


KINDS: Mapping[str, Kind] = {
    "jingle": Kind("Le jingle", -17.0, -13.0, 12_000),
    "sting": Kind("La virgule", -20.0, -16.0, 3_000),
    "bed": Kind("Le tapis", -24.0, -21.0, 120_000),
    "outro": Kind("Le jingle de fin", -17.0, -13.0, 12_000),
}


def heard(blocks: Iterable[Wave]) -> Loudness:
    """Measure a stereo sound at 48 kHz, given in blocks (2, n)."""
    return _meter(blocks).loudness()


def gain(kind: Kind, sound: Loudness) -> float:
    """Give the factor that brings a sound to its loudness, or as near as its loudest moment and its peak allow."""
    decibels = min(kind.lufs - sound.integrated, kind.momentary - sound.momentary, HEADROOM_DBTP - sound.true_peak)
    return float(10 ** (decibels / 20))


def even(sound: Wave, kind: Kind, *, loop: bool = False) -> Wave:
    """Hold back the loudest moments of a sound, so that its loudness and theirs can both be what is asked.

    The gain moves over half a second and more, so that only a meter notices.

    Args:
        sound: stereo (2, n), n a whole number of 10 ms; changed in place.
        kind: its difference between `momentary` and `lufs` is what the loudest moments may have over the whole.
        loop: what is just past the end is the beginning.

    Returns:
        The same array.
    """
    import numpy as np

    energies = _meter([sound]).energies
    gains = np.ones(len(energies))
    most = kind.momentary - kind.lufs - SPARE
    for _ in range(TURNS):
        now = energies * gains**2
        over = _around(now, loop).mean(axis=1) / loudness.energy(loudness.integrated(now) + most)
        if over.max() <= 1:
            break
        widest = _around(10 * np.log10(np.maximum(1, over)), loop).max(axis=1)  # dB too much, within 200 ms
        gains *= 10 ** (-(_around(widest, loop) @ _hann()) / 20)
    if gains.min() < 1:
        middles = (np.arange(-1, len(gains) + 1) + 0.5) * STEP
        drawn = np.pad(gains, 1, mode="wrap" if loop else "edge")
        for start in range(0, sound.shape[1], RATE):
            places = np.arange(start, min(start + RATE, sound.shape[1])) + 0.5
            sound[:, start : start + RATE] *= np.interp(places, middles, drawn)
    return sound


def write(path: Path, blocks: Iterable[Wave], factor: float) -> None:
    """Write a 16-bit stereo WAV at 48 kHz of blocks (2, n), times a factor."""
    import numpy as np

    with wave.open(str(path), "wb") as out:
        out.setparams((2, 2, RATE, 0, "NONE", ""))
        for block in blocks:
            samples = np.clip(np.round(block.T * np.float32(factor * 32767)), -32768, 32767)
            out.writeframes(samples.astype("<i2").tobytes())


def pieces(sound: Wave) -> Iterable[Wave]:
    """Cut a sound into blocks of a second."""
    return (sound[:, start : start + RATE] for start in range(0, sound.shape[1], RATE))


def _meter(blocks: Iterable[Wave]) -> Meter:
    meter = Meter(RATE, (1.0, 1.0))
    for block in blocks:
        meter.feed(block)
    meter.end()
    return meter


def _around(values: NDArray[np.float64], loop: bool) -> NDArray[np.float64]:
    """Give for each step the 41 values around it; past the ends of what does not turn is nothing."""
    import numpy as np

    padded = np.pad(values, HALF, mode="wrap" if loop else "constant")
    return np.lib.stride_tricks.sliding_window_view(padded, 2 * HALF + 1)


def _hann() -> NDArray[np.float64]:
    import numpy as np

    window = 1 - np.cos(2 * math.pi * (np.arange(2 * HALF + 1) + 1) / (2 * HALF + 2))
    shape: NDArray[np.float64] = window / window.sum()
    return shape
