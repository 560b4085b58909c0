"""The one grid of the sound room: 48 kHz from the clip to the air, and steps of 10 ms for everything slower.

A clip has 24 kHz, so twice as many samples; a millisecond is 48 samples, a step 480; radio works at 48 kHz, and so
does Opus: nothing is resampled on its way but the voice, once, by two.
"""

RATE = 48_000  # Hz
PER_MS = RATE // 1000
STEP_MS = 10
STEP = STEP_MS * PER_MS  # samples
REFERENCE_LUFS = -16.0  # of the voice in the mix, on two loudspeakers; masters are made from there
