"""The four sounds of the house, made by code: one motif of five notes, one key, the same bits each time.

D major at 120 beats a minute. Everything is additive or frequency-modulation synthesis on numpy arrays;
filters and reverberation are products in the frequency domain. Arrays are float64 at 44.1 kHz, mono (n,) or
stereo (2, n).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Wave = NDArray[np.float64]

RATE = 44_100
FAST = 22_050  # 2·3²·5²·7²: a Fourier transform of a multiple of it is quick
OVERLAP = 0.3  # seconds a chord rings into the next one
BEAT = 0.5  # seconds
MOTIF = (74, 81, 78, 83, 81)  # D5 A5 F#5 B5 A5, as MIDI notes
D, B_MINOR, G, A, OPEN_D = (
    (50, 57, 62, 66),
    (47, 59, 62, 66),
    (43, 59, 62, 67),
    (45, 57, 61, 64),
    (50, 57, 62, 69),
)
SEED = 1770  # of the reverberation and of the breath of noise


class Canvas:
    """A stereo tape on which notes are laid.

    Args:
        seconds: its length.
        loop: what passes the end comes back at the start, so that the tape can turn without a seam.
    """

    def __init__(self, seconds: float, *, loop: bool = False) -> None:
        import numpy as np

        self.loop = loop
        self.tape = np.zeros((2, round(seconds * RATE)))

    def lay(self, at: float, sound: Wave, gain: float, pan: float = 0.0) -> None:
        """Add a mono sound at a time in seconds, panned from −1 (left) to 1 (right) at constant power."""
        import numpy as np

        angle = (pan + 1) * np.pi / 4
        stereo = gain * np.stack([np.cos(angle) * sound, np.sin(angle) * sound])
        length = self.tape.shape[1]
        start = round(at * RATE)
        here = min(stereo.shape[1], length - start)
        self.tape[:, start : start + here] += stereo[:, :here]
        if self.loop and here < stereo.shape[1]:
            rest = stereo[:, here : here + length]
            self.tape[:, : rest.shape[1]] += rest

    def chord(self, at: float, notes: tuple[int, ...], seconds: float, gain: float) -> None:
        """Lay a soft chord: a bass note, and the others as a pad spread over the stereo field."""
        self.lay(at, bass(notes[0], seconds + OVERLAP / 2), 0.9 * gain)
        for place, note in enumerate(notes[1:]):
            self.lay(at, pad(note, seconds + OVERLAP), 0.32 * gain, pan=(-0.6, 0.0, 0.6)[place % 3])

    def motif(self, at: float, step: float, gain: float, notes: int = len(MOTIF)) -> None:
        """Lay the motif, one note every `step` seconds, walking from left to right."""
        for place, note in enumerate(MOTIF[:notes]):
            self.lay(at + place * step, mallet(note), gain, pan=-0.3 + 0.15 * place)

    def finish(self, wet: float, fade: float = 0.0) -> Wave:
        """Add the room, take off the rumble and some bass, fade the end and bring the peak to −3 dBFS.

        Args:
            wet: share of reverberation.
            fade: seconds of fade at the end; a loop has none.

        Returns:
            Stereo wave (2, n).
        """
        import numpy as np

        length = self.tape.shape[1]
        room = _room()
        size = length if self.loop else -(-(length + room.shape[1]) // FAST) * FAST
        hz = np.fft.rfftfreq(size, 1 / RATE)
        high_pass = 1 / (1 + (30 / np.maximum(hz, 1e-3)) ** 4)
        low_shelf = 1 - (1 - 10 ** (-3.5 / 20)) / (1 + (hz / 160) ** 4)  # −3.5 dB of bass for small speakers
        colour = high_pass * low_shelf * (1 + wet * np.fft.rfft(room, size))
        wave: Wave = np.fft.irfft(np.fft.rfft(self.tape, size) * colour, size)[:, :length]
        if not self.loop:
            wave[:, :64] *= np.linspace(0, 1, 64)
        if fade:
            count = round(fade * RATE)
            wave[:, length - count :] *= np.cos(np.linspace(0, np.pi / 2, count)) ** 2
        wave *= 10 ** (-3 / 20) / np.abs(wave).max()
        return wave


def hertz(note: int) -> float:
    """Give the frequency of a MIDI note, A4 = 69 = 440 Hz."""
    return float(440 * 2 ** ((note - 69) / 12))


def mallet(note: int, seconds: float = 1.6) -> Wave:
    """Strike a bar: frequency modulation at ratio 3.5 whose index dies in a tenth of a second."""
    import numpy as np

    t = np.arange(round(seconds * RATE)) / RATE
    turn = 2 * np.pi * hertz(note) * t
    index = 1.6 * np.exp(-9 * t)
    body = np.sin(turn + index * np.sin(3.5 * turn)) * np.exp(-3.2 * t)
    return _soft_edges(body, 0.003, 0.05)


def pad(note: int, seconds: float) -> Wave:
    """Hold a note: three detuned voices of a saw whose harmonics stop at 2.2 kHz."""
    import numpy as np

    size = 8192
    cycle = np.arange(size) * 2 * np.pi / size
    table = np.zeros(size)
    for harmonic in range(1, int(2200 / hertz(note)) + 1):
        table += np.sin(harmonic * cycle) / harmonic**1.4
    count = np.arange(round(seconds * RATE))
    voices = (
        table[(count * (hertz(note) * detune * size / RATE) + phase * size).astype(np.int64) % size]
        for detune, phase in ((0.997, 0.0), (1.0, 0.37), (1.003, 0.71))
    )
    total: Wave = np.sum(list(voices), axis=0)
    return _soft_edges(total / 3, min(0.25, seconds / 4), min(0.5, seconds / 3))


def bass(note: int, seconds: float) -> Wave:
    """Hold a low note: a sine and its octave, rounded by tanh so that a small speaker still hints at it."""
    import numpy as np

    turn = 2 * np.pi * hertz(note) * np.arange(round(seconds * RATE)) / RATE
    total: Wave = np.tanh(1.2 * np.sin(turn) + 0.5 * np.sin(2 * turn)) * 0.35
    return _soft_edges(total, 0.02, min(0.3, seconds / 3))


def breath(seconds: float) -> Wave:
    """Breathe in: band noise rising as the cube of time, the intake before the first note."""
    import numpy as np

    count = round(seconds * RATE)
    hz = np.fft.rfftfreq(count, 1 / RATE)
    band = (hz > 900) / (1 + (hz / 5000) ** 4)
    noise = np.random.default_rng(SEED).standard_normal(count)
    wave: Wave = np.fft.irfft(np.fft.rfft(noise) * band, count) * (np.arange(count) / count) ** 3
    return _soft_edges(wave / np.abs(wave).max(), 0.01, 0.01)


def _soft_edges(wave: Wave, attack: float, release: float) -> Wave:
    import numpy as np

    rise, fall = round(attack * RATE), round(release * RATE)
    wave[:rise] *= np.linspace(0, 1, rise)
    wave[-fall:] *= np.linspace(1, 0, fall)
    return wave


def _room() -> Wave:
    """Make the response of a room: 1.3 s of decaying stereo noise, band-limited, 12 ms after the sound."""
    import numpy as np

    count = round(1.3 * RATE)
    t = np.arange(count) / RATE
    noise = np.random.default_rng(SEED).standard_normal((2, count)) * np.exp(-6.9 * t / 1.3)
    hz = np.fft.rfftfreq(count, 1 / RATE)
    band = 1 / (1 + (200 / np.maximum(hz, 1e-3)) ** 4) / (1 + (hz / 4500) ** 4)
    late = np.fft.irfft(np.fft.rfft(noise) * band, count)
    late /= np.sqrt((late**2).sum(axis=1, keepdims=True))
    room: Wave = np.pad(late, ((0, 0), (round(0.012 * RATE), 0)))
    return room


def jingle() -> Wave:
    """Make the opening, 4.8 s: a breath, the motif over D and B minor, again over G, and rest on D."""
    canvas = Canvas(4.8)
    canvas.lay(0.0, breath(BEAT), 0.10)
    for at, chord, beats in ((0.5, D, 2), (1.5, B_MINOR, 1), (2.0, G, 2), (3.0, D, 3.6)):
        canvas.chord(at, chord, beats * BEAT, 0.8)
    canvas.motif(0.5, BEAT / 2, 0.55)
    canvas.motif(2.0, BEAT / 2, 0.60)
    canvas.lay(3.0, mallet(86), 0.35, pan=0.2)
    return canvas.finish(wet=0.30, fade=0.6)


def sting() -> Wave:
    """Make the comma, 1.3 s: three notes over an open fifth, neither gay nor sad."""
    canvas = Canvas(1.3)
    canvas.chord(0.0, OPEN_D, 1.3, 0.5)
    for place, note in enumerate((74, 81, 86)):
        canvas.lay(place * BEAT / 4, mallet(note, 1.0), 0.5, pan=-0.2 + 0.2 * place)
    return canvas.finish(wet=0.25, fade=0.5)


def outro() -> Wave:
    """Make the end, 3.6 s: the motif over G comes home to D."""
    canvas = Canvas(3.6)
    canvas.chord(0.0, G, 1.0, 0.8)
    canvas.chord(1.0, D, 2.6, 0.8)
    canvas.motif(0.0, BEAT / 2, 0.6)
    canvas.lay(1.0, mallet(86), 0.35, pan=0.2)
    return canvas.finish(wet=0.30, fade=1.0)


def bed() -> Wave:
    """Make the bed, 8 bars of 2 s that turn without a seam: held chords and a quiet pulse, no drum."""
    canvas = Canvas(16.0, loop=True)
    for bar, chord in ((0, D), (2, B_MINOR), (4, G), (6, A)):
        canvas.chord(bar * 4 * BEAT, chord, 8 * BEAT, 0.7)
        for pulse in range(16):
            note = chord[1 + (0, 2, 1, 2)[pulse % 4]] + 12
            canvas.lay(bar * 4 * BEAT + pulse * BEAT / 2, mallet(note, 0.5), 0.12, pan=0.5 - pulse % 2)
    canvas.motif(0.0, BEAT, 0.10)
    canvas.motif(8.0, BEAT, 0.10, notes=4)
    return canvas.finish(wet=0.35)
