"""A gentle de-esser: hissing that is stronger than a natural voice's is brought down, and nothing else.

Natural speech has 20 dB less between 5 and 10 kHz than on the whole (Byrne et al. 1994, J. Acoust. Soc. Am. 96,
2108-2120, the « universal » spectrum). Of our voices, those that have no more than that hardly ever pass `LIMIT` in
twenty milliseconds of an s or a z: they are left alone. Figures before and after: docs/voices.md.
"""

from __future__ import annotations

from functools import cache
from typing import Any

FROM, TO = 4500, 5500  # Hz: the weight of the hissing band goes from none to whole
LIMIT = -6.0  # dB from the loudness of the sound, in one frame
RATIO = 3.0  # what passes the limit is divided by this, in dB


def softened(values: Any, rate: int, level: float) -> Any:
    """Bring down the hissing of a voice.

    Args:
        values: a numpy array, full scale at ±1.
        rate: in Hz.
        level: its loudness in LUFS.

    Returns:
        A new array.
    """
    import numpy as np

    half = rate // 100  # frames of 20 ms, one every 10 ms, that add up to the sound
    count = len(values) // half - 1
    if count < 1:
        return values
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(2 * half) / (2 * half))
    frames = np.lib.stride_tricks.sliding_window_view(values, 2 * half)[::half][:count] * window
    hissing = np.fft.rfft(frames) * _band(2 * half, rate)
    # Parseval: half the spectrum stands for the whole; of a frame's power the window keeps 3/8.
    power = 2 * (hissing.real**2 + hissing.imag**2).sum(axis=1) / (2 * half) ** 2 / 0.375
    over = 10 * np.log10(power + 1e-12) - level - LIMIT
    hard = np.flatnonzero(over > 0)
    taken = 1 - 10 ** (-over[hard] * (1 - 1 / RATIO) / 20)
    made = values.copy()
    for number, part in zip(hard, np.fft.irfft(hissing[hard] * taken[:, None]), strict=True):
        made[number * half : (number + 2) * half] -= part
    return made


@cache
def _band(size: int, rate: int) -> Any:
    import numpy as np

    rise = np.clip((np.fft.rfftfreq(size, 1 / rate) - FROM) / (TO - FROM), 0, 1)
    return np.sin(rise * np.pi / 2) ** 2
