"""RIFF, the box of WAV files: a chunk is four letters, a length, a content, and a zero when that is odd.

The format is Microsoft and IBM's ``Multimedia Programming Interface and Data Specifications 1.0`` (August 1991,
chapters 2 and 3). All numbers are little-endian. Only the parts that our own writers share are here.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

LARGEST = 0xFFFF_FFFE  # bytes in a chunk, RIFF itself included: all ones mean "not known" to streaming readers
FORMAT = struct.Struct("<HHIIHH")  # tag (1: PCM), channels, Hz, bytes a second, bytes a frame, bits
POINT = struct.Struct("<II4sIII")  # number, order, chunk, its start, block's start, sample


def chunk(name: bytes, content: bytes) -> bytes:
    """Give a chunk, its pad byte included."""
    return name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def split(body: bytes) -> list[tuple[bytes, bytes]]:
    """Give the name and the content of each chunk.

    Raises:
        ValueError: a chunk is cut short.
    """
    chunks, at = [], 0
    while at < len(body):
        name, size = body[at : at + 4], int.from_bytes(body[at + 4 : at + 8], "little")
        at += 8
        if at + size > len(body):
            raise ValueError("a chunk is cut short")
        chunks.append((name, body[at : at + size]))
        at += size + size % 2
    return chunks


def pcm(rate: int, channels: int, bits: int) -> bytes:
    """Give the ``fmt `` chunk of plain PCM, tag 1: the 16 bytes every program reads."""
    frame = channels * bits // 8
    return chunk(b"fmt ", FORMAT.pack(1, channels, rate, rate * frame, frame, bits))


def cue(frames: Sequence[int]) -> bytes:
    """Give the ``cue `` chunk that marks these frames of the samples, numbered from 1."""
    points = (POINT.pack(number, at, b"data", 0, 0, at) for number, at in enumerate(frames, start=1))
    return chunk(b"cue ", struct.pack("<I", len(frames)) + b"".join(points))
