"""Loudness from the energies of 10 ms steps: ITU-R BS.1770-5 and EBU Tech 3341 and 3342. Pure.

An energy is the sum over the channels, each with its weight, of the mean square of the K-weighted samples of a step.
Since the windows may start at any step, the loudest moment is found where it is, and not on a grid of 100 ms.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audionews.sound.grid import Curve

MOMENTARY, SHORT_TERM = 40, 300  # steps: 400 ms and 3 s (Tech 3341)
HOP = 10  # steps: gating blocks overlap by three quarters (BS.1770)
SILENT = -70.0  # LUFS: the absolute gate
GATE, RANGE_GATE = -10.0, -20.0  # LU below the mean of what passed it (BS.1770, Tech 3342)
OFFSET = -0.691  # dB: a sine of 1 kHz at full scale in one channel reads −3.01 LUFS (BS.1770)
DUAL_MONO = 3.0103  # LU: one channel played on two loudspeakers


def lufs(energy: float) -> float:
    """Give the loudness of a mean energy; −inf for silence."""
    return OFFSET + 10 * math.log10(energy) if energy > 0 else -math.inf


def energy(loudness: float) -> float:
    """Give the mean energy of a loudness in LUFS."""
    return float(10 ** ((loudness - OFFSET) / 10))


def curve(energies: Curve, steps: int) -> Curve:
    """Give the loudness of the window of so many steps that begins at each step, in LUFS; empty when there is none."""
    import numpy as np

    with np.errstate(divide="ignore"):
        return OFFSET + 10 * np.log10(_windows(energies, steps))


def loudest(energies: Curve, steps: int) -> float:
    """Give the loudest window of so many steps; −inf where all is silent, or shorter than a window."""
    windows = _windows(energies, steps)
    return lufs(float(windows.max())) if len(windows) else -math.inf


def integrated(energies: Curve) -> float:
    """Give the loudness of a whole programme, pauses left out; −inf for silence or less than 400 ms."""
    blocks = _windows(energies, MOMENTARY)[::HOP]
    loud = blocks[blocks > energy(SILENT)]
    if not len(loud):
        return -math.inf
    loud = loud[loud > loud.mean() * 10 ** (GATE / 10)]
    return lufs(float(loud.mean()))


def spread(energies: Curve) -> float:
    """Give the loudness range in LU: between the 10th and the 95th percentile of the short-term loudness."""
    import numpy as np

    blocks = _windows(energies, SHORT_TERM)[::HOP]
    loud = blocks[blocks > energy(SILENT)]
    if not len(loud):
        return 0.0
    loud = loud[loud > loud.mean() * 10 ** (RANGE_GATE / 10)]
    low, high = np.percentile(10 * np.log10(loud), (10, 95), method="nearest")
    return float(high - low)


def _windows(energies: Curve, steps: int) -> Curve:
    """Give the mean energy of each whole window."""
    import numpy as np

    if len(energies) < steps:
        return energies[:0]
    sums = np.concatenate([[0.0], np.cumsum(energies)])
    means: Curve = np.maximum(0.0, sums[steps:] - sums[:-steps]) / steps
    return means
