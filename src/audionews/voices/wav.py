"""A sound as a file: mono 16-bit WAV, its words marked in it as regions that any sound editor shows.

The format is Microsoft and IBM's ``Multimedia Programming Interface and Data Specifications 1.0`` (August 1991,
chapter 3): in the form RIFF ``WAVE``, a ``cue `` chunk places a point at the first sample of each word, and a
``LIST`` chunk of type ``adtl`` holds one ``ltxt`` for each, which gives its length in samples and the purpose
``rgn ``. Both stand after the samples, and are left out when no word is timed.
"""

from __future__ import annotations

import struct

from audionews.voices.base import Sound

_FORMAT = struct.Struct("<HHIIHH")  # tag (1: PCM), channels, Hz, bytes a second, bytes a frame, bits
_POINT = struct.Struct("<II4sIII")  # number, order, chunk, its start, block's start, sample
_REGION = struct.Struct("<II4sHHHH")  # number, samples, purpose, country, language, dialect, code page


def write(sound: Sound) -> bytes:
    """Write a sound, and the times of its words, as a WAV file in memory."""
    count = len(sound.words)
    parts = [
        _chunk(b"fmt ", _FORMAT.pack(1, 1, sound.rate, 2 * sound.rate, 2, 16)),
        _chunk(b"data", sound.pcm),
    ]
    if count:
        points = (
            _POINT.pack(number, start, b"data", 0, 0, start) for number, (start, _) in enumerate(sound.words, start=1)
        )
        regions = (
            _chunk(b"ltxt", _REGION.pack(number, end - start, b"rgn ", 0, 0, 0, 0))
            for number, (start, end) in enumerate(sound.words, start=1)
        )
        parts.append(_chunk(b"cue ", struct.pack("<I", count) + b"".join(points)))
        parts.append(_chunk(b"LIST", b"adtl" + b"".join(regions)))
    return _chunk(b"RIFF", b"WAVE" + b"".join(parts))


def read(data: bytes) -> Sound:
    """Read a WAV file: its samples, and its words' times if it has any.

    Args:
        data: the whole file.

    Raises:
        ValueError: it is not a mono 16-bit WAV file, or it is damaged.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE" or struct.unpack("<I", data[4:8])[0] != len(data) - 8:
        raise ValueError("not a whole WAV file")
    parts = _split(data[12:])
    chunks = dict(reversed(parts))
    if not {b"fmt ", b"data"} <= chunks.keys():
        raise ValueError("no format or no samples")
    notes = b"".join(content[4:] for name, content in parts if name == b"LIST" and content[:4] == b"adtl")
    try:
        tag, channels, rate, _, _, bits = _FORMAT.unpack_from(chunks[b"fmt "])
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
    points = list(_POINT.iter_unpack(cue[4:]))
    regions = (_REGION.unpack_from(region) for name, region in _split(notes) if name == b"ltxt")
    lengths = {number: length for number, length, *_ in regions}
    if len(points) != count or {number for number, *_ in points} != lengths.keys():
        raise ValueError("points and regions do not match")
    return tuple((start, start + lengths[number]) for number, *_, start in points)


def _chunk(name: bytes, content: bytes) -> bytes:
    """A chunk is its name, its length and its content, followed by a zero when that is odd."""
    return name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def _split(body: bytes) -> list[tuple[bytes, bytes]]:
    """Give the name and the content of each chunk."""
    chunks, at = [], 0
    while at < len(body):
        name, size = body[at : at + 4], int.from_bytes(body[at + 4 : at + 8], "little")
        at += 8
        if at + size > len(body):
            raise ValueError("a chunk is cut short")
        chunks.append((name, body[at : at + size]))
        at += size + size % 2
    return chunks
