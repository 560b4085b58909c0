"""Episode → what goes with the sound: captions (WebVTT, SubRip) and chapters (JSON chapters 1.2)."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

from audionews.model import Caption, Episode
from audionews.station import Station

LINE = 65  # characters; podcast-namespace, docs/examples/transcripts
LINES = 2  # of one caption on a screen


def vtt(episode: Episode) -> str:
    """Write the captions as WebVTT: no line longer than 65 characters, no more than two lines at a time."""
    cues = (f"{_clock(start, '.')} --> {_clock(end, '.')}\n{_escape(text)}\n" for start, end, text in _parts(episode))
    return "\n".join(["WEBVTT\n", *cues])


def srt(episode: Episode) -> str:
    """Write the captions as SubRip, cut as in `vtt`."""
    return "\n".join(
        f"{number}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{text}\n"
        for number, (start, end, text) in enumerate(_parts(episode), 1)
    )


def chapters_json(episode: Episode, station: Station) -> str:
    """Write the chapters as JSON chapters 1.2; startTime is in seconds, as podcast apps expect."""
    chapters = [
        {"startTime": one.start_ms / 1000, "title": one.title, **({"url": one.url} if one.url else {})}
        for one in episode.chapters
    ]
    whole = {
        "version": "1.2.0",
        "title": episode.title,
        "podcastName": station.identity.name,
        "author": station.identity.author,
        "chapters": chapters,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _parts(episode: Episode) -> Iterator[tuple[int, int, str]]:
    for caption in episode.captions:
        yield from _split(caption)


def _split(caption: Caption) -> Iterator[tuple[int, int, str]]:
    """Cut one caption into screens; each lasts in proportion to its characters."""
    # textwrap breaks at U+0020 only: the no-break spaces of French typography hold.
    lines = textwrap.wrap(caption.text, LINE, break_on_hyphens=False)
    screens = ["\n".join(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]
    total, length, spoken = sum(map(len, screens)), caption.end_ms - caption.start_ms, 0
    for screen in screens:
        start = caption.start_ms + length * spoken // total
        spoken += len(screen)
        yield start, caption.start_ms + length * spoken // total, screen


def _clock(ms: int, point: str) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{rest:03d}"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
