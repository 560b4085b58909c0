"""From what an engine gave to a clip: trimmed, levelled, faded, a whole number of milliseconds, its words marked.

Each step takes a `Sound` and gives one, the times of the words carried along. Figures: docs/voices.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from audionews.voices import wav
from audionews.voices.base import Sound
from audionews.voices.cut import pause
from audionews.voices.loudness import loudness
from audionews.voices.sibilance import softened

VERSION = "2"  # of everything below that changes the samples: part of the cache's key
RATE = 24_000  # Hz, of every clip
LEVEL = -20.0  # LUFS of every clip, one channel
MOST_GAIN = 20.0  # dB, up or down: what is fainter than that is no speech, and stays so
PEAK = -1.0  # dBFS, never above
QUIET = -35.0  # dB from the clip's loudness, over 10 ms: below it, before and after the words, is silence
KEEP_MS = 30  # of that silence
FADE_MS = 5
BEND_MS = 5  # the limiter bows this long before and after a peak
PAUSE_MS = 180  # between pieces whose texts are not told


def finish(sound: Sound, silent: bool = False) -> bytes:
    """Make a clip of what an engine gave.

    Args:
        sound: at least one sample, at any rate.
        silent: the sound is silence on purpose: nothing is trimmed or levelled.

    Returns:
        A WAV file as `wav.write` makes it: mono, 16-bit, `RATE` Hz, a whole number of milliseconds.
    """
    sound = resampled(sound)
    if not silent:
        sound = faded(levelled(trimmed(sound)))
    missing = -len(sound.pcm) % (2 * RATE // 1000)
    return wav.write(Sound(sound.pcm + bytes(missing), RATE, sound.words))


def joined(sounds: Sequence[Sound], texts: Sequence[str] = ()) -> Sound:
    """Put the pieces of one sentence end to end, with a breath between them instead of their own silences.

    Args:
        sounds: all at one rate.
        texts: what each says, as `cut` gives it: the breaths are then those of the marks they stand at.

    Returns:
        One sound; with the times of its words if each piece has them.
    """
    if len(sounds) < 2:
        return sounds[0] if sounds else Sound(b"", RATE)
    rate, last = sounds[0].rate, len(sounds) - 1
    pauses = [pause(*pair) for pair in pairwise(texts)] if texts else [PAUSE_MS] * last
    pcm, words = b"", list[tuple[int, int]]()
    for number, sound in enumerate(sounds):
        # The very first and last samples are left alone: by them `inspect` sees what was cut off.
        piece = faded(trimmed(sound), start=number > 0, end=number < last)
        at = len(pcm) // 2
        words += ((at + start, at + end) for start, end in piece.words)
        pcm += piece.pcm + (bytes(2 * (rate * pauses[number] // 1000)) if number < last else b"")
    return Sound(pcm, rate, tuple(words) if all(sound.words for sound in sounds) else ())


def resampled(sound: Sound) -> Sound:
    """Bring a sound to `RATE`: its spectrum, cut or lengthened (exact, where interpolating would leave images)."""
    import numpy as np

    if sound.rate == RATE:
        return sound
    values = _values(sound)
    seconds = math.ceil(sound.seconds + 0.1)  # whole ones, so that both lengths are; the rest is silence
    spectrum = np.fft.rfft(values, seconds * sound.rate)[: seconds * RATE // 2]
    edge = np.linspace(0, math.pi / 2, seconds * min(RATE, sound.rate) // 50)  # the last 4 % below the lower limit
    top = min(len(spectrum), seconds * sound.rate // 2)
    spectrum[top - len(edge) : top] *= np.cos(edge) ** 2
    spectrum[top:] = 0
    made = np.fft.irfft(spectrum, seconds * RATE)[: round(len(values) * RATE / sound.rate)] * (RATE / sound.rate)
    return Sound(
        _pcm(made),
        RATE,
        tuple((round(start * RATE / sound.rate), round(end * RATE / sound.rate)) for start, end in sound.words),
    )


def trimmed(sound: Sound) -> Sound:
    """Take away the silence before and after the words, but `KEEP_MS` of it, and the offset from zero."""
    import numpy as np

    values = _values(sound)
    values = values - round(float(values.mean()) * 32768) / 32768 if len(values) else values
    size, keep = sound.rate // 100, sound.rate * KEEP_MS // 1000
    frames = (values[: len(values) // size * size].reshape(-1, size) ** 2).mean(axis=1)
    heard = np.flatnonzero(frames > 10 ** ((loudness(values, sound.rate) + QUIET) / 10))
    if not len(heard):
        return sound
    start, end = max(0, int(heard[0]) * size - keep), min(len(values), (int(heard[-1]) + 1) * size + keep)

    def moved(place: int) -> int:
        return min(max(place, start), end) - start

    words = tuple((moved(first), moved(after)) for first, after in sound.words)
    return Sound(_pcm(values[start:end]), sound.rate, words)


def levelled(sound: Sound) -> Sound:
    """Bring a sound to `LEVEL` within `MOST_GAIN`, its hissing softened, and what would pass `PEAK` bowed down."""
    values = _values(sound)
    level = loudness(values, sound.rate)
    if not math.isfinite(level):
        return sound
    values = softened(values, sound.rate, level)
    level = loudness(values, sound.rate)
    gain = min(max(LEVEL - level, -MOST_GAIN), MOST_GAIN)
    return Sound(_pcm(_limited(values * 10 ** (gain / 20), sound.rate)), sound.rate, sound.words)


def _limited(values: Any, rate: int) -> Any:
    """Lower each group of samples over the ceiling as a whole, the gain going down and up over `BEND_MS`."""
    import numpy as np

    ceiling, bend = 10 ** ((PEAK - 0.01) / 20), rate * BEND_MS // 1000
    slope = (1 + np.cos(np.linspace(0, math.pi, bend))) / 2  # 1 → 0
    over = np.flatnonzero(np.abs(values) > ceiling)
    for group in np.split(over, np.flatnonzero(np.diff(over) > bend) + 1) if len(over) else ():
        first, after = int(group[0]), int(group[-1]) + 1
        depth = 1 - ceiling / float(np.abs(values[first:after]).max())
        if depth <= 0:  # the bend of the group before was enough
            continue
        start, end = max(0, first - bend), min(len(values), after + bend)
        shape = np.concatenate([slope[::-1], np.ones(after - first), slope])
        values[start:end] *= 1 - depth * shape[start - first + bend :][: end - start]
    return values


def faded(sound: Sound, start: bool = True, end: bool = True) -> Sound:
    """Let a sound come from nothing, and go to it, within `FADE_MS`."""
    import numpy as np

    values, length = _values(sound), sound.rate * FADE_MS // 1000
    if len(values) < 2 * length:
        return sound
    ramp = np.sin(np.linspace(0, math.pi / 2, length)) ** 2
    if start:
        values[:length] *= ramp
    if end:
        values[-length:] *= ramp[::-1]
    return Sound(_pcm(values), sound.rate, sound.words)


def to_wav(sound: Sound) -> bytes:
    """Write a sound as a WAV file in memory."""
    return wav.write(sound)


def _values(sound: Sound) -> Any:
    import numpy as np

    return np.frombuffer(sound.pcm, dtype="<i2") / 32768


def _pcm(values: Any) -> bytes:
    import numpy as np

    return bytes(np.clip(np.rint(values * 32768), -32768, 32767).astype("<i2").tobytes())
