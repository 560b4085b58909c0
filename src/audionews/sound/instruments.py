"""The instruments: bars, bells, held tones, plucked strings, hand drums, as sums of sines that die away, and noise.

All give a mono float32 wave (n,) at 48 kHz that begins at zero and peaks near 1. A sum of decaying sines is one product
of matrices: with z = exp(iω − d) a partial is zⁿ, and z^(256 i + j) = z^(256 i) · z^j.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from audionews.sound.grid import RATE
from audionews.sound.synth import hertz

if TYPE_CHECKING:
    import numpy as np

    from audionews.sound.synth import Wave

    Partial = tuple[float, float, float]  # Hz, amplitude, seconds until it is 60 dB lower

ROW = 256
HIGHEST_HZ = 15_000
HELD = 1e6  # seconds to die away of what does not
# Of bars and bells: ratio to the note, amplitude, seconds to die away.
FELT = ((1, 1.0, 2.6), (2, 0.25, 1.6), (3, 0.07, 0.9), (4, 0.12, 0.5), (6.3, 0.025, 0.15))
MARIMBA = ((1, 1.0, 0.9), (3.93, 0.25, 0.25), (9.5, 0.07, 0.07))  # a bar tuned to two octaves
BELL = ((1, 1.0, 1.9), (2.76, 0.28, 0.8), (5.4, 0.13, 0.35), (8.9, 0.05, 0.12))  # a free bar
IRON = ((2350, 1.0, 0.12), (3710, 0.6, 0.08), (5230, 0.35, 0.06))  # the karignan, in Hz
# Of hand drums, in Hz: the bass is the air in the bowl; tone and slap are the skin, by where and how it is struck.
DRUM_BASS = ((84, 1.0, 0.34), (163, 0.55, 0.2), (251, 0.22, 0.12))
DRUM_TONE = ((352, 1.0, 0.3), (541, 0.5, 0.2), (748, 0.22, 0.12), (176, 0.25, 0.14))
DRUM_SLAP = ((742, 0.8, 0.13), (1085, 0.7, 0.11), (1490, 0.55, 0.09), (1910, 0.4, 0.07), (371, 0.3, 0.1))
CALABASH = ((148, 1.0, 0.16), (287, 0.35, 0.1), (455, 0.12, 0.06))
BODY = ((187, 0.10, 0.09), (312, 0.07, 0.07))  # the kora's skin answers each pluck
PLUCKED_AT = 0.19  # of the string's length
CHORUS = (0.997, 1.0, 1.003)


def felt(note: float, seconds: float) -> Wave:
    """Strike a soft bar with a felt mallet."""
    return _edged(_ring(_tuned(FELT, note), seconds), 0.005, min(0.3, seconds / 3))


def marimba(note: float, seconds: float) -> Wave:
    """Strike a wooden bar."""
    return _edged(_ring(_tuned(MARIMBA, note), seconds), 0.002, min(0.1, seconds / 3))


def bell(note: float, seconds: float) -> Wave:
    """Strike a small metal bar."""
    return _edged(_ring(_tuned(BELL, note), seconds), 0.001, min(0.3, seconds / 3))


def pad(note: float, seconds: float) -> Wave:
    """Hold a soft note: three voices a hair apart whose harmonics stop at 2.2 kHz."""
    hz = hertz(note)
    partials = [
        (hz * apart * at, 0.33 / at**1.4, HELD) for apart in CHORUS for at in range(1, max(2, int(2200 / hz) + 1))
    ]
    return _edged(_ring(partials, seconds), min(0.25, seconds / 4), min(0.5, seconds / 3))


def bass(note: float, seconds: float) -> Wave:
    """Hold a low note; its harmonics let a small speaker hint at it."""
    hz = hertz(note)
    partials = [(hz * at, 0.5 * share, HELD) for at, share in enumerate((1.0, 0.5, 0.16, 0.06), 1)]
    return _edged(_ring(partials, seconds), 0.02, min(0.3, seconds / 3))


def pluck(note: float, seconds: float) -> Wave:
    """Pluck a kora's string: nylon over a skin, bright and soon soft.

    The string has two ways to swing: across the skin, loud and soon gone, and along it, faint and long.
    """
    hz = hertz(note)
    long = 4.0 * (220 / hz) ** 0.55
    partials: list[Partial] = list(BODY)
    for at in range(1, int(min(26, 9000 / hz)) + 1):
        loud = math.sin(math.pi * at * PLUCKED_AT) / at**0.85
        own = hz * at * math.sqrt(1 + 6e-5 * at**2)  # a string is a little stiff
        fall = long / (1 + 0.35 * (at - 1))
        partials += [(own, 0.62 * loud, fall), (own + 0.4, 0.25 * loud, 1.8 * fall)]
    return _edged(_ring(partials, seconds), 0.0015, min(0.25, seconds / 3))


def drum(partials: Sequence[Partial], dice: np.random.Generator, snap: float = 0.0) -> Wave:
    """Strike a hand drum, with so much of the noise of skin on skin."""
    import numpy as np

    seconds = 1.1 * max(fall for _, _, fall in partials)
    wave = _ring(partials, seconds)
    if snap:
        noise = hiss(0.05, 1200, 7000, dice)
        noise *= np.exp(-np.arange(len(noise)) / (0.009 * RATE))
        wave[: len(noise)] += snap * noise
    return _edged(wave, 0.001, seconds / 3)


def shaker(dice: np.random.Generator, seconds: float = 0.09) -> Wave:
    """Shake a gourd once: a breath of seeds that swells and dies."""
    import numpy as np

    noise = hiss(seconds, 3000, 9000, dice)
    swell = np.sin(np.linspace(0, np.pi, len(noise))) ** 2 * np.exp(-np.linspace(0, 2, len(noise)))
    wave: Wave = (noise * swell / swell.max()).astype(np.float32)
    return wave


def breath(seconds: float, dice: np.random.Generator) -> Wave:
    """Breathe in: band noise rising as the square of time, the intake before the first note."""
    import numpy as np

    noise = hiss(seconds, 900, 5000, dice)
    return _edged(noise * np.linspace(0, 1, len(noise), dtype=np.float32) ** 2, 0.01, 0.01)


def hiss(seconds: float, low: float, high: float, dice: np.random.Generator) -> Wave:
    """Give noise between two frequencies in Hz, its peak at 1."""
    import numpy as np

    count = round(seconds * RATE)
    hz = np.fft.rfftfreq(count, 1 / RATE)
    band = 1 / (1 + (low / np.maximum(hz, 1e-3)) ** 4) / (1 + (hz / high) ** 4)
    noise = np.fft.irfft(np.fft.rfft(dice.standard_normal(count)) * band, count)
    wave: Wave = (noise / np.abs(noise).max()).astype(np.float32)
    return wave


def _tuned(shape: Iterable[Partial], note: float) -> list[Partial]:
    """Give the partials of a note; a high bar is smaller and dies sooner."""
    hz = hertz(note)
    sooner = (440 / hz) ** 0.3
    return [(hz * ratio, amplitude, fall * sooner) for ratio, amplitude, fall in shape]


def _ring(partials: Iterable[Partial], seconds: float) -> Wave:
    """Add up decaying sines that begin at zero."""
    import numpy as np

    heard = np.array([one for one in partials if one[0] < HIGHEST_HZ])
    turn = (2j * np.pi * heard[:, 0] - math.log(1000) / heard[:, 2]) / RATE
    count = round(seconds * RATE)
    rows = np.exp(np.outer(np.arange(-(-count // ROW)) * ROW, turn)) * heard[:, 1]
    inside = np.exp(np.outer(turn, np.arange(ROW)))
    # The imaginary part of the product alone, in half the precision: enough for 16 bits, at a quarter of the cost.
    wave: Wave = rows.real.astype(np.float32) @ inside.imag.astype(np.float32)
    wave += rows.imag.astype(np.float32) @ inside.real.astype(np.float32)
    return wave.ravel()[:count]


def _edged(wave: Wave, attack: float, release: float) -> Wave:
    """Round both ends, as a quarter of a sine."""
    import numpy as np

    rise, fall = round(attack * RATE), round(release * RATE)
    wave[:rise] *= np.sin(np.linspace(0, np.pi / 2, rise))
    wave[-fall:] *= np.cos(np.linspace(0, np.pi / 2, fall))
    return wave
