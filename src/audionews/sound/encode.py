"""Blocks of a master → files: MP3, Opus, WAV. The same blocks and the same ffmpeg give the same bytes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audionews import ffmpeg
from audionews.sound.grid import RATE

if TYPE_CHECKING:
    from audionews.sound.grid import Block

EXACT = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact")
SCALES = ((160, 0.95), (192, 0.97), (224, 0.98))  # up to kbit/s: LAME's presets turn the level down (lame, presets.c)
LIGHT_MP3_RATE = 24_000  # Hz: that of the voices; at 48 kbit/s more would be spent on nothing


def mp3(blocks: Iterable[Block], out: Path, kbps: int) -> None:
    """Write a stereo MP3 of constant bitrate with its gapless Info header, without tags."""
    ffmpeg.feed(
        *("-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0"),
        *_mp3(out, kbps, "-ac", "2"),
        chunks=_bytes((2, one) for one in blocks),
    )


def lame_gain(kbps: int) -> float:
    """Give the linear gain that makes up for what LAME takes off at a constant bitrate."""
    return 1 / next((scale for limit, scale in SCALES if kbps <= limit), 1.0)


def light(
    blocks: Iterable[Block], opus: Path, kbps: int, mp3_out: Path, mp3_kbps: int, tags: Mapping[str, str]
) -> None:
    """Write the editions for costly lines, of one channel: Ogg Opus, and MP3 for players that do not know it.

    Args:
        blocks: of the master; both channels are averaged.
        opus: the Ogg Opus file, with these tags in it.
        kbps: of it, a mean that is never left for long.
        mp3_out: the MP3, without tags.
        mp3_kbps: of it.
        tags: Vorbis comments.
    """
    comments = [part for name, text in tags.items() for part in ("-metadata", f"{name}={text}")]
    loss = 20 * math.log10(lame_gain(mp3_kbps))
    ffmpeg.feed(
        *("-f", "f32le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:0"),
        *("-map", "0:a", "-c:a", "libopus", "-b:a", f"{kbps}k", "-vbr", "constrained"),
        *("-application", "audio", *EXACT, *comments, "-f", "ogg", f"file:{opus}"),
        *("-map", "0:a", "-af", f"volume={loss:.4f}dB", *_mp3(mp3_out, mp3_kbps, "-ar", str(LIGHT_MP3_RATE))),
        chunks=_bytes((1, one.mean(axis=0, keepdims=True)) for one in blocks),
    )


def voice_note(opus: Path, out: Path, kbps: int, db: float = 0.0) -> None:
    """Write the Ogg Opus that messaging apps play as a voice note: no tags; coded anew only if `kbps` is not 0.

    Args:
        opus: the edition it is made of.
        out: the note.
        kbps: of a new coding; 0 for none.
        db: gain before it.
    """
    anew = ("-af", f"volume={db:.4f}dB", "-c:a", "libopus", "-b:a", f"{kbps}k", "-application", "voip")
    codec = anew if kbps else ("-c:a", "copy")
    ffmpeg.run("-i", f"file:{opus}", "-map", "0:a", *codec, *EXACT, "-f", "ogg", f"file:{out}")


def wav(blocks: Iterable[Block], out: Path, bits: int, head: bytes) -> None:
    """Write a stereo WAV file of 16 or 24 bits.

    Args:
        blocks: of the master.
        out: the file.
        bits: of a sample. At 16 the rounding is dithered (triangular, ±1 step, the same each time), for soft endings.
        head: all that comes before the samples.
    """
    import numpy as np

    noise = np.random.default_rng(bits)
    with out.open("wb") as stream:
        stream.write(head)
        for block in blocks:
            if bits == 24:
                stream.write(_packed(block))
                continue
            steps = block * 32767
            steps = steps + noise.random(block.shape, np.float32) - noise.random(block.shape, np.float32)
            whole = np.clip(np.round(steps), -32768, 32767).astype("<i2")
            stream.write(np.stack([whole[0], whole[-1]], axis=1).tobytes())


def _packed(block: Block) -> Any:
    """Give a block as 24-bit samples, both channels in turn."""
    import numpy as np

    steps = block * np.float32(8388607)
    np.clip(np.rint(steps, out=steps), -8388608, 8388607, out=steps)
    four = steps.astype("<i4").view(np.uint8).reshape(len(block), -1, 4)
    both = np.empty((four.shape[1], 6), np.uint8)
    for place in range(6):  # byte by byte: several times faster than three at a time
        both[:, place] = four[min(place // 3, len(block) - 1), :, place % 3]
    return both


def _mp3(out: Path, kbps: int, *shape: str) -> tuple[str, ...]:
    head = ("-write_xing", "1", "-id3v2_version", "0")
    return ("-c:a", "libmp3lame", "-b:a", f"{kbps}k", *shape, *head, *EXACT, "-f", "mp3", f"file:{out}")


def _bytes(blocks: Iterable[tuple[int, Block]]) -> Iterator[Any]:
    """Interleave the channels of blocks; a block of one channel is the same in both."""
    import numpy as np

    for channels, block in blocks:
        both = np.empty((block.shape[1], channels), "<f4")
        for channel in range(channels):  # one by one: several times faster than a transposed copy
            both[:, channel] = block[min(channel, len(block) - 1)]
        yield both
