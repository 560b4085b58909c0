"""From what the meter read of a mix to the gain of a master, step by step: one level, and a true-peak limiter.

Nothing but the curves of the meter is needed, so a master is planned before a sample of it is made: the level that
reaches the loudness once the limiter has taken its share is found by trying.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audionews.sound import loudness

if TYPE_CHECKING:
    from audionews.sound.grid import Curve

HOLD = 2  # steps before and after a peak in which its limit holds
SHAPE = (0.25, 0.5, 0.25)  # over neighbouring steps: with lines between them, the gain never jumps
TRIES = 30
LEAST_SLOPE = 0.1
NEAR_LU = 0.005
MOST_DB = 30.0  # of gain: what needs more is no programme


def limited(peaks: Any, ceiling: float) -> Curve:
    """Give the gain that keeps each step's peak under a ceiling, at most 1.

    The gain falls and rises within 30 ms around a peak; drawn with lines from step to step it is nowhere above what
    the step's peak allows, since each value is a mean of limits that all hold there.

    Args:
        peaks: true peak of each step, linear.
        ceiling: linear.
    """
    import numpy as np

    allowed = ceiling / np.maximum(peaks.astype(float), ceiling)
    held = np.pad(allowed, HOLD, constant_values=1.0)
    least = np.lib.stride_tricks.sliding_window_view(held, 2 * HOLD + 1).min(axis=1)
    curve: Curve = np.convolve(np.pad(least, 1, "edge"), SHAPE, "valid")
    return curve


def planned(energies: Curve, peaks: Any, target: float, ceiling_db: float) -> Curve:
    """Give the gain of each step, linear, that brings a programme to its loudness under its ceiling.

    Args:
        energies: of the mix, as `loudness` has them.
        peaks: true peak of each step, linear.
        target: LUFS.
        ceiling_db: dBTP.

    Returns:
        The gains; where the target is out of reach, the nearest that was found.
    """
    ceiling = 10 ** (ceiling_db / 20)
    level, slope = target - loudness.integrated(energies), 1.0  # LU gained for a dB; less, once the limiter acts
    before = None
    for _ in range(TRIES):
        linear = 10 ** (min(level, MOST_DB) / 20)
        curve: Curve = linear * limited(peaks * linear, ceiling)
        heard = loudness.integrated(energies * curve**2)
        if abs(target - heard) < NEAR_LU or level > MOST_DB:
            break
        if before and level != before[0]:
            slope = min(1.0, max(LEAST_SLOPE, (heard - before[1]) / (level - before[0])))
        before = level, heard
        level += (target - heard) / slope
    return curve
