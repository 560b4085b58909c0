"""From what an engine gave to a clip: trimmed, faded, levelled, a whole number of milliseconds.

pydub is the workbench. Its `set_frame_rate` is not used: it interpolates linearly and leaves audible images
(measured at −8.6 dB); ffmpeg resamples instead.
"""

from __future__ import annotations

import io
import math
import threading
import warnings
import wave
from collections.abc import Sequence
from functools import cache
from typing import Any

from audionews import ffmpeg
from audionews.voices.base import Sound

VERSION = "1"  # of everything below that changes the samples: part of the cache's key
RATE = 24_000  # Hz, of every clip
QUIET = -45.0  # dBFS over 10 ms: below it, before and after the words, is silence
KEEP_MS = 30  # of that silence
FADE_MS = 5
LEVEL = -20.0  # dBFS RMS of the active speech
MOST_GAIN = 6.0  # dB, up or down
PEAK = -1.0  # dBFS, never above
_FRAME_MS = 20
_importing = threading.Lock()
_ACTIVE = 25.0  # dB: a frame this far below the loudest one is a pause, not speech


def finish(sound: Sound, silent: bool = False) -> bytes:
    """Make a clip of what an engine gave.

    Args:
        sound: at least one sample, at any rate.
        silent: the sound is silence on purpose: nothing is trimmed or levelled.

    Returns:
        A WAV file: mono, 16-bit, `RATE` Hz, a whole number of milliseconds.
    """
    segment = _whole_ms(segment_of(resampled(sound)))
    if not silent:
        segment = trimmed(segment)
        segment = segment.apply_gain(gain(active_level(segment), segment.max_dBFS))
        if len(segment) >= 2 * FADE_MS:
            segment = segment.fade_in(FADE_MS).fade_out(FADE_MS)
    return to_wav(Sound(segment.raw_data, RATE))


def joined(sounds: Sequence[Sound], pause_ms: int = 180) -> Sound:
    """Put the pieces of one sentence end to end, with a breath between them instead of their own silences."""
    if len(sounds) < 2:
        return sounds[0] if sounds else Sound(b"", RATE)
    rate = sounds[0].rate
    pause = bytes(2 * (rate * pause_ms // 1000))
    return Sound(pause.join(trimmed(segment_of(one)).raw_data for one in sounds), rate)


def resampled(sound: Sound) -> Sound:
    """Bring a sound to `RATE`."""
    if sound.rate == RATE:
        return sound
    pcm, _ = ffmpeg.run(
        *("-f", "s16le", "-ar", str(sound.rate), "-ac", "1", "-i", "pipe:0"),
        *("-af", f"aresample={RATE}:filter_size=64:cutoff=0.97", "-f", "s16le", "pipe:1"),
        stdin=sound.pcm,
        timeout=60,
    )
    return Sound(pcm, RATE)


def trimmed(segment: Any) -> Any:
    """Take away the silence before and after the words of a pydub segment, but `KEEP_MS` of it."""
    from pydub.silence import detect_leading_silence

    start = detect_leading_silence(segment, QUIET, 10)
    end = len(segment) - detect_leading_silence(segment.reverse(), QUIET, 10)
    if end <= start:
        return segment
    return segment[max(0, start - KEEP_MS) : min(len(segment), end + KEEP_MS)]


def active_level(segment: Any) -> float:
    """Measure the RMS level in dBFS of a pydub segment where somebody speaks, pauses left out."""
    powers = [segment[start : start + _FRAME_MS].rms ** 2 for start in range(0, len(segment), _FRAME_MS)]
    loudest = max(powers, default=0)
    if loudest == 0:
        return -math.inf
    active = [power for power in powers if power >= loudest * 10 ** (-_ACTIVE / 10)]
    return 10 * math.log10(sum(active) / len(active) / 32768**2)


def gain(level: float, peak: float) -> float:
    """Give the gain in dB that brings an active level to `LEVEL` within `MOST_GAIN`, never over `PEAK`."""
    if not math.isfinite(level):
        return 0.0
    return min(max(LEVEL - level, -MOST_GAIN), MOST_GAIN, PEAK - 0.01 - peak)


def to_wav(sound: Sound) -> bytes:
    """Write a sound as a WAV file in memory."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(sound.rate)
        out.writeframes(sound.pcm)
    return file.getvalue()


def _whole_ms(segment: Any) -> Any:
    frame = 2 * RATE // 1000
    missing = -len(segment.raw_data) % frame
    return segment._spawn(segment.raw_data + bytes(missing)) if missing else segment


def segment_of(sound: Sound) -> Any:
    """Lay a sound on pydub's workbench."""
    return _workbench()(data=sound.pcm, sample_width=2, frame_rate=sound.rate, channels=1)


@cache
def _workbench() -> Any:
    with _importing, warnings.catch_warnings():  # the filters are the process's: one thread at a time
        warnings.simplefilter("ignore")  # of pydub, about ffmpeg on PATH and about audioop
        from pydub import AudioSegment
    AudioSegment.converter = ffmpeg.binary()
    return AudioSegment
