"""What a file says of itself, wherever it is played: titles, dates, sources, the script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from audionews.model import Role, Script, Timeline, Track

LAST_WORDS = 5
BLANKS = re.compile(r"[ \t\n]+")  # the no-break spaces of French typography part no words


@dataclass(frozen=True, slots=True)
class Notice:
    """All that tags and labels are made from."""

    title: str  # that of the feed's item: stations that import podcasts show this one
    station: str
    comment: str  # the sources, and that the voice is synthetic
    cover: bytes  # a square JPEG of at most 100 kB; none when empty
    air: datetime  # when it goes on air first, local
    until: datetime  # when it is old news
    name: str  # of files: "radio-bandoula-2025-06-07-matin"
    page: str  # the address of the bulletin's page


def heard(script: Script, timeline: Timeline) -> tuple[str, ...]:
    """Give the sentences that are really read, in order."""
    texts = {segment.id: segment.text for segment in script.segments}
    return tuple(texts[cue.segment] for cue in timeline.cues if cue.track is Track.VOICE and cue.segment in texts)


def lyrics(script: Script, timeline: Timeline) -> str:
    """Write the script for the eye: a blank line where another story or part begins."""
    parts = {segment.id: (segment.story or segment.role, segment.text) for segment in script.segments}
    lines: list[str] = []
    last = ""
    for cue in timeline.cues:
        if cue.track is Track.VOICE and cue.segment in parts:
            part, text = parts[cue.segment]
            lines += [""] * (part != last and bool(lines)) + [text]
            last = part
    return "\n".join(lines)


def out_cue(text: str) -> str:
    """Give the last words of a text: whoever is on the desk waits for them."""
    return " ".join(BLANKS.split(text.strip())[-LAST_WORDS:])


def of_story(script: Script, timeline: Timeline) -> dict[str, list[str]]:
    """Give the segments that tell each story, those that announce or recall it left out, in the order they are read."""
    segments = {segment.id: segment for segment in script.segments}
    found: dict[str, list[str]] = {}
    for cue in timeline.cues:
        segment = segments.get(cue.segment)
        if segment and segment.story and segment.role not in {Role.HEADLINE, Role.RECAP}:
            found.setdefault(segment.story, []).append(segment.id)
    return found
