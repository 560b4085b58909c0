"""Let the meter read the signals of EBU Tech 3341 and 3342, and print what it reads beside what it should.

usage: python benchmarks/ebu.py

The signals are made here as the documents describe them, at 48 kHz: sines of 1 kHz, the same in both channels, a level
being that of the sine's peaks in dBFS. 7 and 8 of Tech 3341, and 5 and 6 of Tech 3342, are recordings that only the EBU
has; 11 and 14 ask for a display that updates while it listens. Where a case is twenty signals, or a reading is to be
constant, the readings furthest from each other are printed.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sound import row

from audionews.sound import loudness
from audionews.sound.meter import Meter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Wave = NDArray[np.float32]

RATE = 48_000
STEREO, SURROUND = (1.0, 1.0), (1.0, 1.0, 1.0, 1.41, 1.41)
INTEGRATED = {
    "1": [(-23, 20)],
    "2": [(-33, 20)],
    "3": [(-36, 10), (-23, 60), (-36, 10)],
    "4": [(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)],
    "5": [(-26, 20), (-20, 20.1), (-26, 20)],
}
FIVE = (-28, -28, -24, -30, -30)  # dBFS of L, R, C, Ls, Rs
SINES = {"15": (4, 0, 0.5), "16": (4, 45, 0.5), "17": (6, 60, 0.5), "18": (8, 67.5, 0.5), "19": (4, 45, 1.41)}
RANGES = {"1": (-20, -30), "2": (-20, -15), "3": (-40, -20), "4": (-50, -35, -20, -35, -50)}


class Case(NamedTuple):
    """What is read of a signal, or of several, and what should be."""

    name: str
    what: str
    expected: float
    read: list[float]
    unit: str = "LUFS"
    below: float = 0.1  # tolerance
    above: float = 0.1

    @property
    def good(self) -> bool:
        """Tell whether all readings are within the tolerance."""
        return self.expected - self.below <= min(self.read) <= max(self.read) <= self.expected + self.above


def sine(parts: Sequence[tuple[float, float]]) -> Wave:
    """Join stretches of (dBFS, seconds) of one sine of 1 kHz, phase running on; −inf is silence. Shape (1, n)."""
    import numpy as np

    levels = np.concatenate([np.full(round(seconds * RATE), 10 ** (level / 20)) for level, seconds in parts])
    return np.float32(levels * np.sin(2 * np.pi * 1000 * np.arange(len(levels)) / RATE))[None]


def heard(wave: Wave, weights: Sequence[float] = STEREO) -> Meter:
    """Let the meter read a signal in blocks."""
    meter = Meter(RATE, weights)
    for start in range(0, wave.shape[1], 100_000):
        meter.feed(wave[:, start : start + 100_000])
    meter.end()
    return meter


def surround() -> list[float]:
    import numpy as np

    wave = np.float32(10 ** (np.array(FIVE)[:, None] / 20)) * sine([(0, 20)])
    return [heard(wave, SURROUND).loudness().integrated]


def constant(parts: Sequence[tuple[float, float]], window: int, start: int = 0) -> list[float]:
    curve = loudness.curve(heard(sine(parts)).energies, window)[start:]
    return [float(curve.min()), float(curve.max())]


def tone(part: int, degrees: float, amplitude: float) -> list[float]:
    """Read a sine of a part of the sampling rate that begins and ends softly, as the documents' do."""
    import numpy as np

    turn = 2 * np.pi / part * np.arange(RATE) + np.radians(degrees)
    shape = np.minimum(1, np.minimum(np.arange(RATE), np.arange(RATE)[::-1]) / 480)
    return [heard(np.float32(amplitude * shape * np.sin(turn))[None]).loudness().true_peak]


def between(offset: int) -> list[float]:
    """Read a sine of fs/6 with one period of fs/4, twice as high, made at four times the rate."""
    import numpy as np

    count, fast = RATE // 10 * 4, 4 * RATE
    t = np.arange(count)
    wave = 0.5 * np.sin(2 * np.pi * t / 24)
    start = round(count / 2 / 24) * 24
    wave[start : start + 16] = np.sin(2 * np.pi * np.arange(16) / 16)
    spectrum = np.fft.rfft(wave)
    spectrum[np.fft.rfftfreq(count, 1 / fast) > RATE / 2 * 0.98] = 0  # what a decimator takes off
    wave = np.fft.irfft(spectrum, count) * np.minimum(1, np.minimum(t, t[::-1]) / 1920)
    return [heard(np.float32(wave[offset::4])[None]).loudness().true_peak]


def short_terms() -> list[float]:
    waves = (sine([(-math.inf, number * 0.15), (-23, 3), (-math.inf, 1)]) for number in range(20))
    return [heard(wave).loudness().short_term for wave in waves]


def momentaries() -> list[float]:
    waves = (sine([(-math.inf, number * 0.02), (-23, 0.4), (-math.inf, 1)]) for number in range(20))
    return [heard(wave).loudness().momentary for wave in waves]


def cases() -> Iterator[Case]:
    """Read all of them, in the order of the documents."""
    for name, parts in INTEGRATED.items():
        level = -33.0 if name == "2" else -23.0
        yield Case(f"3341-{name}", "integrated", level, [heard(sine(parts)).loudness().integrated])
    yield Case("3341-6", "integrated, 5.0", -23.0, surround())
    steady = constant([(-20, 1.34), (-30, 1.66)] * 5, loudness.SHORT_TERM)
    yield Case("3341-9", "short-term, constant", -23.0, steady)
    yield Case("3341-10", "loudest short-term, 20 signals", -23.0, short_terms())
    steady = constant([(-20, 0.18), (-30, 0.22)] * 25, loudness.MOMENTARY, 60)  # from 1 s on
    yield Case("3341-12", "momentary, constant", -23.0, steady)
    yield Case("3341-13", "loudest momentary, 20 signals", -23.0, momentaries())
    for name, (part, degrees, amplitude) in SINES.items():
        level = 3.0 if name == "19" else -6.0
        yield Case(f"3341-{name}", f"true peak, fs/{part}", level, tone(part, degrees, amplitude), "dBTP", 0.4, 0.2)
    for offset in range(4):
        yield Case(f"3341-{20 + offset}", "true peak between samples", 0.0, between(offset), "dBTP", 0.4, 0.2)
    for (name, levels), expected in zip(RANGES.items(), (10.0, 5.0, 20.0, 15.0), strict=True):
        found = heard(sine([(level, 20) for level in levels])).loudness().range
        yield Case(f"3342-{name}", "loudness range", expected, [found], "LU", 1.0, 1.0)


def main() -> int:
    """Print a line for each case, and one for all."""
    known = []
    for one in cases():
        known.append(one)
        read = " … ".join(f"{value:.2f}" for value in dict.fromkeys((min(one.read), max(one.read))))
        limit = f"+{one.above:g}/−{one.below:g}"
        print(f"  {one.name:8} {one.what:32} {one.expected:6.1f} {limit:10} {one.unit:5} read {read}", flush=True)
    good = sum(one.good for one in known)
    what = "EBU Tech 3341 and 3342: readings within the tolerance"
    return 0 if row(what, f"{good} of {len(known)} cases", "all", good == len(known)) else 1


if __name__ == "__main__":
    sys.exit(main())
