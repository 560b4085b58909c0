"""Bulletin → Episode: all that the feed and the pages need to know, in printed French."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from audionews.french.dates import spell
from audionews.french.grammar import join
from audionews.french.typography import typeset
from audionews.model import (
    Bulletin,
    Caption,
    Chapter,
    Credit,
    Episode,
    Rundown,
    Script,
    Story,
    Timeline,
    Track,
)
from audionews.station import Station

GUIDS = uuid.UUID("5f0f0c52-6c5f-5c3c-9d0e-4b7a1a4e6d27")  # a fixed name space of ours: never change it


def make_episode(
    rundown: Rundown,
    script: Script,
    timeline: Timeline,
    bulletin: Bulletin,
    station: Station,
    published: datetime,
) -> Episode:
    """Gather what a finished bulletin is to the public.

    Args:
        rundown: the stories, for titles and credits.
        script: the words of each segment.
        timeline: where each segment is heard, in ms.
        bulletin: the measured MP3.
        station: who speaks.
        published: the moment of publication, aware of its zone.

    Returns:
        The episode. Its audio address holds a hash of the sound, so that a corrected sound is a new address
        (feed.md, section 2: no address is used twice); its guid depends on station and bulletin alone.

    Raises:
        ValueError: `published` has no zone.
    """
    if published.tzinfo is None:
        raise ValueError("published must be aware of its zone")
    slug, key = station.identity.slug, rundown.bulletin_id
    stories = [item.story for item in rundown.items]
    return Episode(
        id=key,
        guid=str(uuid.uuid5(GUIDS, f"{slug}/{key}")),
        title=title(rundown),
        date=rundown.date,
        edition=rundown.edition,
        published=published,
        summary=_summary(story.title for story in stories),
        audio=f"episodes/{key}/{slug}-{key}-{bulletin.sha256[:8]}.mp3",
        bytes=bulletin.bytes,
        sha256=bulletin.sha256,
        duration_ms=bulletin.duration_ms,
        loudness=bulletin.loudness,
        true_peak=bulletin.true_peak,
        chapters=tuple(_chapter(one) for one in timeline.chapters),
        captions=_captions(script, timeline),
        credits=tuple(_credit(story) for story in stories),
        patterns=script.patterns,
    )


def title(rundown: Rundown) -> str:
    """Give the bulletin's name to the public, the same in the feed, on the page and in the MP3's tags."""
    return typeset(f"{rundown.title}, {spell(rundown.date)}")


def _summary(titles: Iterable[str]) -> str:
    shown = [typeset(title) for title in titles if title]
    return " ".join(title if title[-1] in ".?!…»" else f"{title}." for title in shown)


def _chapter(one: Chapter) -> Chapter:
    return Chapter(one.start_ms, one.end_ms, typeset(one.title), one.story, one.url)


def _captions(script: Script, timeline: Timeline) -> tuple[Caption, ...]:
    segments = {segment.id: segment for segment in script.segments}
    voiced = sorted((cue for cue in timeline.cues if cue.track is Track.VOICE), key=lambda cue: cue.start_ms)
    return tuple(
        Caption(
            start_ms=cue.start_ms,
            end_ms=cue.start_ms + cue.duration_ms,
            text=typeset(segments[cue.segment].text),
            role=segments[cue.segment].role,
            story=segments[cue.segment].story,
        )
        for cue in voiced
    )


def _credit(story: Story) -> Credit:
    return Credit(
        story=story.slug,
        title=typeset(story.title),
        source=typeset(join([one for one in (story.source, *story.others) if one])),
        author=typeset(story.author),
        url=story.url,
        published=story.published,
    )
