"""What a sound file says of itself beside its sound: kind, chapters, and the header players need to play it whole."""

from __future__ import annotations

import contextlib
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audionews import riff
from audionews.model import Chapter

ID3_HEAD = 10  # bytes
FRAME = 1024  # bytes: the first frame of an MP3 is shorter


@dataclass(frozen=True, slots=True)
class Container:
    """A file as a container."""

    path: Path
    bytes: int
    kind: str = ""  # "MP3", "WAV", "Ogg Opus"…; "" when it is none of those known
    chapters: tuple[Chapter, ...] = ()
    info: bool | None = None  # an MP3 has its Info or Xing header: exact length, no gaps; None for other kinds


def container(path: Path) -> Container:
    """Look at a file without decoding it; what cannot be read is left empty."""
    import mutagen

    library: Any = mutagen
    size = path.stat().st_size
    try:
        found = library.File(path)
    except library.MutagenError:
        found = None
    kind = {"MP3": "MP3", "WAVE": "WAV", "OggOpus": "Ogg Opus", "OggVorbis": "Ogg Vorbis"}.get(
        type(found).__name__, type(found).__name__ if found else ""
    )
    if kind == "MP3":
        return Container(path, size, kind, _id3_chapters(found.tags), _has_info(path))
    if kind == "WAV":
        return Container(path, size, kind, _cues(path, found.info.sample_rate, round(found.info.length * 1000)))
    if kind.startswith("Ogg"):
        return Container(path, size, kind, _ogg_chapters(found.tags or {}, round(found.info.length * 1000)))
    return Container(path, size, kind)


def _id3_chapters(tags: Any) -> tuple[Chapter, ...]:
    frames = tags.getall("CHAP") if tags else []
    titles = [one.sub_frames.get("TIT2") for one in frames]
    chapters = (
        Chapter(one.start_time, one.end_time, str(title) if title else "")
        for one, title in zip(frames, titles, strict=True)
    )
    return tuple(sorted(chapters, key=lambda one: one.start_ms))


def _has_info(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(ID3_HEAD)
        size = 0
        if head.startswith(b"ID3"):
            size = ID3_HEAD + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9])
        stream.seek(size)
        frame = stream.read(FRAME)
    return b"Info" in frame or b"Xing" in frame


def _ogg_chapters(tags: Any, duration_ms: int) -> tuple[Chapter, ...]:
    """Read chapters as Vorbis comments have them: CHAPTER001=00:01:02.500, CHAPTER001NAME=…"""
    starts = []
    for number in range(1, 1000):
        at, name = tags.get(f"CHAPTER{number:03d}"), tags.get(f"CHAPTER{number:03d}NAME")
        if not at:
            break
        with contextlib.suppress(ValueError, OverflowError):  # what is no time is no chapter
            hours, minutes, seconds = at[0].split(":")
            start = round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)
            starts.append((start, name[0] if name else ""))
    return _contiguous(starts, duration_ms)


def _cues(path: Path, rate: int, duration_ms: int) -> tuple[Chapter, ...]:
    """Read the cue points of a WAV file and their labels (``cue ``, ``LIST``/``adtl``/``labl``)."""
    points: dict[int, int] = {}
    labels: dict[int, str] = {}
    with path.open("rb") as stream:
        stream.seek(12)
        while len(head := stream.read(8)) == 8:
            name, size = head[:4], struct.unpack("<I", head[4:])[0]
            if name in {b"cue ", b"LIST"}:
                content = stream.read(size)
                if name == b"cue ":
                    whole = content[4 : 4 + (len(content) - 4) // 24 * 24]  # the file may end in it
                    points |= {one[0]: one[5] for one in riff.POINT.iter_unpack(whole)}
                elif content[:4] == b"adtl":
                    labels |= _labels(content[4:])
                stream.seek(size % 2, 1)
            else:
                stream.seek(size + size % 2, 1)
    starts = sorted((round(at * 1000 / rate), labels.get(number, "")) for number, at in points.items())
    return _contiguous(starts, duration_ms)


def _labels(body: bytes) -> dict[int, str]:
    found, at = {}, 0
    while at + 12 <= len(body):
        size, number = struct.unpack_from("<II", body, at + 4)
        if body[at : at + 4] == b"labl":
            text = body[at + 12 : at + 8 + size].rstrip(b"\0")
            found[number] = text.decode("utf-8", "replace")
        at += 8 + size + size % 2
    return found


def _contiguous(starts: list[tuple[int, str]], duration_ms: int) -> tuple[Chapter, ...]:
    ends = [at for at, _ in starts[1:]] + [duration_ms] * bool(starts)
    return tuple(Chapter(at, end, title) for (at, title), end in zip(starts, ends, strict=True))
