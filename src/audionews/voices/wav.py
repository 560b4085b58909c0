"""A sound as a file: mono 16-bit WAV, its words marked in it as regions that any sound editor shows.

In the form RIFF ``WAVE`` (its source is told in `audionews.riff`), a ``cue `` chunk places a point at the first
sample of each word, and a ``LIST`` chunk of type ``adtl`` holds one ``ltxt`` for each, which gives its length in
samples and the purpose ``rgn ``. Both stand after the samples, and are left out when no word is timed.
"""

from __future__ import annotations

import struct

from audionews import riff
from audionews.voices.base import Sound

_REGION = struct.Struct("<II4sHHHH")  # number, samples, purpose, country, language, dialect, code page


def write(sound: Sound) -> bytes:
    """Write a sound, and the times of its words, as a WAV file in memory."""
    parts = [riff.pcm(sound.rate, 1, 16), riff.chunk(b"data", sound.pcm)]
    if sound.words:
        regions = (
            riff.chunk(b"ltxt", _REGION.pack(number, end - start, b"rgn ", 0, 0, 0, 0))
            for number, (start, end) in enumerate(sound.words, start=1)
        )
        parts.append(riff.cue([start for start, _ in sound.words]))
        parts.append(riff.chunk(b"LIST", b"adtl" + b"".join(regions)))
    return riff.chunk(b"RIFF", b"WAVE" + b"".join(parts))


def read(data: bytes) -> Sound:
    """Read a WAV file: its samples, and its words' times if it has any.

    Args:
        data: the whole file.

    Raises:
        ValueError: it is not a mono 16-bit WAV file, or it is damaged.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE" or struct.unpack("<I", data[4:8])[0] != len(data) - 8:
        raise ValueError("not a whole WAV file")
    parts = riff.split(data[12:])
    chunks = dict(reversed(parts))
    if not {b"fmt ", b"data"} <= chunks.keys():
        raise ValueError("no format or no samples")
    notes = b"".join(content[4:] for name, content in parts if name == b"LIST" and content[:4] == b"adtl")
    try:
        tag, channels, rate, _, _, bits = riff.FORMAT.unpack_from(chunks[b"fmt "])
        words = _words(chunks.get(b"cue ", b""), notes)
    except struct.error as error:
        raise ValueError("a damaged WAV file") from error
    pcm = chunks[b"data"]
    if (tag, channels, bits) != (1, 1, 16) or not rate or len(pcm) % 2:
        raise ValueError("not mono 16-bit PCM")
    if any(end > len(pcm) // 2 for _, end in words):
        raise ValueError("a word after the end of the sound")
    return Sound(pcm, rate, words)


def _words(cue: bytes, notes: bytes) -> tuple[tuple[int, int], ...]:
    if not cue:
        return ()
    (count,) = struct.unpack_from("<I", cue)
    points = list(riff.POINT.iter_unpack(cue[4:]))
    regions = (_REGION.unpack_from(region) for name, region in riff.split(notes) if name == b"ltxt")
    lengths = {number: length for number, length, *_ in regions}
    if len(points) != count or {number for number, *_ in points} != lengths.keys():
        raise ValueError("points and regions do not match")
    return tuple((start, start + lengths[number]) for number, *_, start in points)
