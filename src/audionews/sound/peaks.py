"""True peak: the highest value of the sound between its samples too (ITU-R BS.1770-5, annex 2), on a stream.

Four times as many samples, by a filter of 24 taps for each of the three places between two samples. Where a step's
samples are so low that no filter of this kind could lift them above what is asked, nothing is calculated: the sum of
the filter's absolute taps is the most it can add.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

from audionews.sound.kweight import step_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from audionews.sound.grid import Block

    Peaks = NDArray[np.float32]

TAPS = 24
BEFORE, AFTER = TAPS // 2 - 1, TAPS // 2  # samples on each side of the place between two samples
KAISER = 7.0  # the window's shape: flat to 0.1 dB up to 0.43 of the sampling rate
PIECE = 48  # samples in one row of the product, about


class TruePeak:
    """The peaks of one stream, step by step of 10 ms.

    Args:
        rate: in Hz; from 96 kHz on twice the samples are enough, from 192 kHz on the samples themselves.
    """

    def __init__(self, rate: int) -> None:
        import numpy as np

        self._step = step_of(rate)
        self._times = 4 if rate < 96_000 else 2 if rate < 192_000 else 1
        self._rest = np.zeros((1, BEFORE), np.float32)

    def feed(self, block: Block, above: float = 0.0) -> Peaks:
        """Take samples, and give the peak of each step that is complete with what follows it.

        Args:
            block: (channels, n), or (1, n) for the same in all of them.
            above: linear; of a step that cannot be higher the samples' own peak is given.

        Returns:
            One value for each step, linear, in the order of the stream; the last steps come with `end`.
        """
        import numpy as np

        wide = max(len(block), len(self._rest))
        held = [np.broadcast_to(one, (wide, one.shape[1])) for one in (self._rest, block)]
        sound = np.concatenate(held, axis=1)
        steps = max(0, (sound.shape[1] - BEFORE - AFTER) // self._step)
        done = steps * self._step
        kept = sound[:, done:]
        # What is kept of a block that is the same in all channels is so too.
        self._rest = kept[: len(block)].copy() if kept.shape[1] <= block.shape[1] else kept.copy()
        if not steps:
            return np.zeros(0, np.float32)
        peaks: Peaks = np.max([self._peaks(one[: BEFORE + done + AFTER], steps, above) for one in sound], axis=0)
        return peaks

    def end(self, above: float = 0.0) -> Peaks:
        """Give what is left when the stream has ended: silence follows it."""
        import numpy as np

        left = self._rest.shape[1] - BEFORE
        missing = -left % self._step + AFTER if left > 0 else 0  # what is left is AFTER at the least, once fed
        return self.feed(np.zeros((len(self._rest), missing), np.float32), above)

    def _peaks(self, sound: Block, steps: int, above: float) -> Peaks:
        import numpy as np
        from numpy.lib.stride_tricks import as_strided

        size, times = self._step, self._times
        own = sound[BEFORE : BEFORE + steps * size].reshape(steps, size)
        peaks: Peaks = np.maximum(own.max(axis=1), -own.min(axis=1))
        if times == 1:
            return peaks
        filters, most = _filters(times, size)
        (close,) = np.nonzero(peaks * most > above)
        if len(close):
            width = size + TAPS - 1
            windows = as_strided(sound, (steps, width), (size * sound.strides[0], sound.strides[0]))[close]
            piece = len(filters) - TAPS + 1
            rows = as_strided(
                windows,
                (len(close), size // piece, len(filters)),
                (windows.strides[0], piece * windows.strides[1], windows.strides[1]),
            )
            between = rows.reshape(-1, len(filters)) @ filters
            found = np.maximum(between.max(axis=1), -between.min(axis=1)).reshape(len(close), -1).max(axis=1)
            peaks[close] = np.maximum(peaks[close], found)
        return peaks


@cache
def _filters(times: int, step: int) -> tuple[Any, float]:
    """Give the matrix from a row of samples to the places between them, and the most it can lift a peak."""
    import numpy as np

    piece = min((one for one in range(1, step + 1) if step % one == 0), key=lambda one: abs(one - PIECE))
    places = np.arange(-BEFORE, AFTER + 1)
    taps = []
    for phase in range(1, times):
        off = places - phase / times
        window = np.i0(KAISER * np.sqrt(np.maximum(0.0, 1 - (off / (TAPS / 2)) ** 2))) / np.i0(KAISER)
        one = np.sinc(off) * window
        taps.append(one / one.sum())
    matrix = np.zeros((piece + TAPS - 1, piece * len(taps)), np.float32)
    for number, one in enumerate(taps):
        for at in range(piece):
            matrix[at : at + TAPS, number * piece + at] = one
    return matrix, max(float(np.abs(one).sum()) for one in taps)


def decibels(linear: float) -> float:
    """Give a peak in dB of full scale; −inf for silence."""
    return 20 * math.log10(linear) if linear > 0 else -math.inf
