"""The one grid of the sound room: 48 kHz from the clip to the air, and steps of 10 ms for everything slower.

A clip has 24 kHz, so twice as many samples; a millisecond is 48 samples, a step 480. Radio works at 48 kHz, and so does
Opus: nothing is resampled on its way but the voice, once, by two.

A block of sound is (2, n), or (1, n) where both channels are the same, as they are under a voice alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Block = NDArray[np.float32]  # samples, full scale at ±1
    Curve = NDArray[np.float64]  # one value for each step

RATE = 48_000  # Hz
PER_MS = RATE // 1000
STEP_MS = 10
STEP = STEP_MS * PER_MS  # samples
REFERENCE_LUFS = -16.0  # of the voice in the mix, on two loudspeakers; masters are made from there
