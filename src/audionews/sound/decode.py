"""Any file → blocks of samples, by ffmpeg's decoders, through a pipe: memory holds one block."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from audionews import ffmpeg
from audionews.errors import AudionewsError

if TYPE_CHECKING:
    from audionews.sound.grid import Block

SECONDS = 5  # in a block
LFE, SURROUND = 0x8, 0x10 | 0x20 | 0x200 | 0x400  # bits of WAVEFORMATEXTENSIBLE's channel mask
SURROUND_WEIGHT = 1.41  # BS.1770-5, table 3
FIVE, SIX = 0x607, 0x60F  # masks of 5.0 and 5.1, where a file gives none


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound being decoded: its shape, and its blocks, to be read once and in order."""

    rate: int  # Hz
    weights: tuple[float, ...]  # of the channels for the meter
    blocks: Iterator[Block]  # (channels, n), or (1, n) where all channels are the same

    @property
    def channels(self) -> int:
        """Give the number of channels."""
        return len(self.weights)


@contextlib.contextmanager
def decoded(path: Path, *options: str, seconds: float = SECONDS) -> Iterator[Sound]:
    """Decode the first sound of a file.

    Args:
        path: any file ffmpeg reads.
        options: of ffmpeg, between input and output: ``-t 12``.
        seconds: length of a block.

    Raises:
        AudionewsError: it cannot be decoded, or holds no sound; after the last block too.
    """
    with ffmpeg.reading(
        *("-protocol_whitelist", "file", "-i", f"file:{path}", "-map", "0:a:0", *options),
        *("-c:a", "pcm_f32le", "-f", "wav", "-bitexact", "pipe:1"),
    ) as stream:
        rate, channels, mask = _head(stream)
        yield Sound(rate, _weights(channels, mask), _blocks(stream, channels, round(rate * seconds)))


def _blocks(stream: IO[bytes], channels: int, frames: int) -> Iterator[Block]:
    import numpy as np

    while data := stream.read(frames * channels * 4):
        samples = np.frombuffer(data[: len(data) // (4 * channels) * 4 * channels], "<f4").reshape(-1, channels)
        block = np.ascontiguousarray(samples.T)
        if channels == 2 and np.array_equal(block[0], block[1]):
            block = block[:1]
        yield block


def _head(stream: IO[bytes]) -> tuple[int, int, int]:
    """Read the head of a WAV stream up to its samples: rate, channels, channel mask (0 when none is given)."""
    rate = channels = mask = 0
    head = stream.read(12)
    while head:
        head = stream.read(8)
        if len(head) < 8 or head[:4] == b"data":
            break
        content = stream.read(struct.unpack("<I", head[4:])[0])
        if head[:4] == b"fmt ":
            channels, rate = struct.unpack_from("<HI", content, 2)
            mask = struct.unpack_from("<I", content, 20)[0] if len(content) >= 40 else 0
    if not channels:
        raise AudionewsError("Ce fichier ne contient aucun son lisible", "Donnez un fichier WAV, MP3, FLAC ou Ogg")
    return rate, channels, mask


def _weights(channels: int, mask: int) -> tuple[float, ...]:
    mask = mask or {5: FIVE, 6: SIX}.get(channels, 0)
    bits = [1 << at for at in range(32) if mask >> at & 1]
    known = [0.0 if bit == LFE else SURROUND_WEIGHT if bit & SURROUND else 1.0 for bit in bits]
    return tuple(known) if len(known) == channels else (1.0,) * channels
