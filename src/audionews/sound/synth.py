"""A stereo tape for notes, and the room they sound in: float32 arrays at 48 kHz, mono (n,) or stereo (2, n).

Filters and reverberation are products in the frequency domain, so that what turns (the bed) turns without a seam.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from audionews.sound.grid import RATE, STEP

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Wave = NDArray[np.float32]
    Instrument = Callable[[float, float], Wave]  # MIDI note, seconds

FAST = RATE // 2  # 2⁶·3·5³: a Fourier transform of a multiple of it is quick
SEED = 1770  # of the reverberation
ROOM_S, EARLIEST_S = 1.3, 0.012
RUMBLE_HZ, BASS_HZ, BASS_DB = 30, 160, -3.5  # what small speakers cannot play only eats their strength
PEAK = 10 ** (-3 / 20)
RISE = 96  # samples: 2 ms


class Canvas:
    """A stereo tape on which notes are laid.

    Args:
        seconds: its length, brought up to a whole number of 10 ms.
        loop: what passes the end comes back at the start, so that the tape can turn without a seam.
    """

    def __init__(self, seconds: float, *, loop: bool = False) -> None:
        import numpy as np

        self.loop = loop
        # A thousandth of a step is not worth one more: it is what floating point leaves of a whole number.
        self.tape = np.zeros((2, math.ceil(seconds * RATE / STEP - 1e-3) * STEP), np.float32)
        self._notes: dict[tuple[Instrument, float, float], Wave] = {}

    def lay(self, at: float, sound: Wave, gain: float, pan: float = 0.0) -> None:
        """Add a mono sound at a time in seconds, panned from −1 (left) to 1 (right) at constant power."""
        angle = (pan + 1) * math.pi / 4
        length = self.tape.shape[1]
        start, read = round(at * RATE), 0
        if self.loop:
            start %= length
        while read < len(sound) and start < length:
            piece = sound[read : read + length - start]
            for side, share in zip(self.tape, (math.cos(angle), math.sin(angle)), strict=True):
                side[start : start + len(piece)] += piece * (gain * share)
            read += len(piece)
            start = 0 if self.loop else length

    def play(
        self, at: float, instrument: Instrument, note: float, seconds: float, gain: float, pan: float = 0.0
    ) -> None:
        """Lay a note of an instrument, which makes it the first time only."""
        key = (instrument, note, seconds)
        if key not in self._notes:
            self._notes[key] = instrument(note, seconds)
        self.lay(at, self._notes[key], gain, pan)

    def finish(self, wet: float, fade: float = 0.0, veil: float = 0.0) -> Wave:
        """Add the room, take off the rumble and some bass, fade the end and bring the peak to −3 dBFS.

        Args:
            wet: share of reverberation.
            fade: seconds of fade at the end, at equal power; a loop has none.
            veil: dB taken off above 1.5 kHz, where speech has its consonants.

        Returns:
            Stereo wave (2, n).
        """
        import numpy as np

        self._notes.clear()
        length = self.tape.shape[1]
        room = _room()
        size = length if self.loop else -(-(length + room.shape[1]) // FAST) * FAST
        hz = np.fft.rfftfreq(size, 1 / RATE).astype(np.float32)
        colour = 1 / (1 + (RUMBLE_HZ / np.maximum(hz, 1e-3)) ** 4)
        colour *= 1 - (1 - 10 ** (BASS_DB / 20)) / (1 + (hz / BASS_HZ) ** 4)
        colour *= 1 - (1 - 10 ** (-veil / 20)) / (1 + (1500 / np.maximum(hz, 1e-3)) ** 2)
        colour[0] = 0
        for side, echo in zip(self.tape, room, strict=True):  # one at a time: half the memory
            spectrum = np.fft.rfft(side, size)
            spectrum *= colour * (1 + wet * np.fft.rfft(echo, size))
            side[:] = np.fft.irfft(spectrum, size)[:length]
        if not self.loop:
            self.tape[:, :RISE] *= np.sin(np.linspace(0, np.pi / 2, RISE))
        if fade:
            count = round(fade * RATE)
            self.tape[:, length - count :] *= np.cos(np.linspace(0, np.pi / 2, count))
        self.tape *= PEAK / np.abs(self.tape).max()
        return self.tape


def hertz(note: float) -> float:
    """Give the frequency of a MIDI note, A4 = 69 = 440 Hz; there are notes between two keys."""
    return float(440 * 2 ** ((note - 69) / 12))


def _room() -> Wave:
    """Make the response of a room: 1.3 s of decaying stereo noise, band-limited, 12 ms after the sound."""
    import numpy as np

    count = round(ROOM_S * RATE)
    t = np.arange(count) / RATE
    noise = np.random.default_rng(SEED).standard_normal((2, count)) * np.exp(-6.9 * t / ROOM_S)
    hz = np.fft.rfftfreq(count, 1 / RATE)
    band = 1 / (1 + (200 / np.maximum(hz, 1e-3)) ** 4) / (1 + (hz / 4500) ** 4)
    late = np.fft.irfft(np.fft.rfft(noise) * band, count)
    late /= np.sqrt((late**2).sum(axis=1, keepdims=True))
    room: Wave = np.pad(late, ((0, 0), (round(EARLIEST_S * RATE), 0))).astype(np.float32)
    return room
