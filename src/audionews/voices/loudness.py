"""How loud a sound is to the ear, in LUFS: ITU-R BS.1770-5, annex 1, for one channel.

The two filters of the standard (« K-weighting »: the head's shelf, then a high-pass) are given there for 48 kHz. Their
gains at each frequency are applied to the spectrum of each tenth of a second, so that any rate will do.
Against ffmpeg's meter at 48 kHz: within 0.1 LU (docs/voices.md).
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

BLOCK = 4  # tenths of a second in a gating block: 400 ms, one every 100 ms
SILENT = -70.0  # LUFS: blocks below it are silence
GATE = -10.0  # LU: blocks this far below the mean of the others are pauses
_REFERENCE = 48_000  # Hz
_FILTERS = (  # coefficients above and below the line, tables 1 and 2 of the standard
    ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585)),
    ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)),
)


def loudness(samples: Any, rate: int) -> float:
    """Measure the integrated loudness of a sound; without gates when it is shorter than 400 ms.

    Args:
        samples: a numpy array, full scale at ±1.
        rate: in Hz.

    Returns:
        LUFS; −inf for silence.
    """
    import numpy as np

    size = rate // 10
    if len(samples) < BLOCK * size:
        return _lufs(float(_powers(np.asarray(samples)[None], rate)[0])) if len(samples) else -math.inf
    tenths = _powers(samples[: len(samples) // size * size].reshape(-1, size), rate)
    blocks = np.convolve(tenths, np.full(BLOCK, 1 / BLOCK), "valid")
    for floor in (0.0, GATE):
        gate = SILENT if not floor else _lufs(float(blocks.mean())) + floor
        blocks = blocks[blocks > 10 ** ((gate + 0.691) / 10)]
        if not len(blocks):
            return -math.inf
    return _lufs(float(blocks.mean()))


def _lufs(power: float) -> float:
    return -0.691 + 10 * math.log10(power) if power > 0 else -math.inf


def _powers(rows: Any, rate: int) -> Any:
    """Give the K-weighted mean square of each row (Parseval: the sum over the spectrum is that over the samples)."""
    import numpy as np

    size = rows.shape[1]
    spectra = np.fft.rfft(rows)
    return (spectra.real**2 + spectra.imag**2) @ _weights(size, rate) / size**2


@cache
def _weights(size: int, rate: int) -> Any:
    """Give the power gain of the two filters at each frequency of a spectrum; all but the ends stand for two."""
    import numpy as np

    z = np.exp(-2j * math.pi * np.fft.rfftfreq(size, _REFERENCE / rate))
    gain = [np.polyval(over[::-1], z) / np.polyval(under[::-1], z) for over, under in _FILTERS]
    weights = 2 * np.abs(gain[0] * gain[1]) ** 2
    weights[0] = 0.0
    if size % 2 == 0:
        weights[-1] /= 2
    return weights
