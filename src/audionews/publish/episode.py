"""Bulletin → Episode: all that the feed and the pages need to know, in printed French."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import accumulate, islice, pairwise

from audionews.french.dates import spell
from audionews.french.grammar import join
from audionews.french.typography import typeset
from audionews.model import (
    Alternate,
    Bulletin,
    Caption,
    Chapter,
    Clip,
    Credit,
    Cue,
    Episode,
    Recording,
    Role,
    Rundown,
    Script,
    Segment,
    Story,
    Timeline,
    Track,
    Word,
)
from audionews.station import Station

TITLE = 300  # characters; a longer one is a text that lost its line break
_BREAKS = re.compile(r" *[\t-\r\x1c-\x1f\x85\u2028\u2029]+ *")
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
GUIDS = uuid.UUID("5f0f0c52-6c5f-5c3c-9d0e-4b7a1a4e6d27")  # a fixed name space of ours: never change it

ALTERNATES = ("opus", "mp3", "voice-note")  # kinds of recordings that listeners may choose instead
PICTURE = "mixage.png"


def make_episode(
    rundown: Rundown,
    script: Script,
    clips: Sequence[Clip],
    timeline: Timeline,
    bulletin: Bulletin,
    station: Station,
    published: datetime,
) -> Episode:
    """Gather what a finished bulletin is to the public.

    Args:
        rundown: the stories, for titles and credits.
        script: the words of each segment.
        clips: when each word is heard in its clip; captions of the others are timed as a whole.
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
    rundown, script = aired(rundown, script, timeline)
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
        captions=_captions(script, clips, timeline, station),
        credits=tuple(_credit(story) for story in stories),
        patterns=script.patterns,
        alternates=tuple(_alternate(one, key) for one in bulletin.recordings if one.kind in ALTERNATES),
        picture=f"episodes/{key}/{PICTURE}" if bulletin.picture else "",
        format=rundown.format,
        language=station.identity.language,
    )


def _alternate(one: Recording, key: str) -> Alternate:
    stem, dot, ending = one.path.rpartition("/")[2].rpartition(".")
    audio = f"episodes/{key}/{stem}-{one.sha256[:8]}{dot}{ending}"
    return Alternate(one.kind, audio, one.type, one.bytes, one.sha256, one.kbps)


def aired(rundown: Rundown, script: Script, timeline: Timeline) -> tuple[Rundown, Script]:
    """Give what is really heard of a rundown and its script: what the slot had no room for is in neither.

    Args:
        rundown: as planned.
        script: as written.
        timeline: what was placed.

    Returns:
        The rundown with the stories of which something is heard, and the script with the segments that are; its stings
        stay.
    """
    heard = {cue.segment for cue in timeline.cues if cue.track is Track.VOICE}
    segments = tuple(one for one in script.segments if one.id in heard or one.role is Role.STING)
    told = {one.story for one in segments}
    items = tuple(item for item in rundown.items if item.story.slug in told)
    return replace(rundown, items=items), replace(script, segments=segments)


def title(rundown: Rundown) -> str:
    """Give the bulletin's name to the public, the same in the feed, on the page and in the MP3's tags."""
    return printed(f"{rundown.title}, {spell(rundown.date)}")


def printed(text: str, limit: int = 0) -> str:
    """Give a text as the public may see it: typeset, on one line, without what no page or feed can hold.

    Control characters and half characters make XML that no app reads; marks that turn the direction of writing would
    turn what stands around the text, too. Right-to-left letters need none of them.

    Args:
        text: from an article or an editor.
        limit: characters; what is longer ends at a word and three points. 0 for none.
    """
    line = _UNPRINTED.sub("", _BREAKS.sub(" ", text))
    if limit and len(line) > limit:
        line = f"{line[:limit].rpartition(' ')[0] or line[:limit]}…"
    return typeset(line)


def _summary(titles: Iterable[str]) -> str:
    shown = [made for made in (printed(title, TITLE) for title in titles) if made]
    return " ".join(title if title[-1] in ".?!…»" else f"{title}." for title in shown)


def _chapter(one: Chapter) -> Chapter:
    return Chapter(one.start_ms, one.end_ms, printed(one.title, TITLE), one.story, one.url)


def _captions(script: Script, clips: Sequence[Clip], timeline: Timeline, station: Station) -> tuple[Caption, ...]:
    segments = {segment.id: segment for segment in script.segments}
    voiced = {clip.path: clip for clip in clips}
    names = [one.name for one in station.presenters]
    cues = sorted((cue for cue in timeline.cues if cue.track is Track.VOICE), key=lambda cue: cue.start_ms)
    return tuple(_caption(cue, segments[cue.segment], voiced.get(cue.source), names) for cue in cues)


def _caption(cue: Cue, segment: Segment, clip: Clip | None, names: Sequence[str]) -> Caption:
    text, end = printed(segment.text), cue.start_ms + cue.duration_ms
    length = clip.duration_ms if clip else 1

    def heard(ms: int) -> int:
        """Place a moment of the clip, which is stretched to its cue where the voices have a tempo."""
        return min(cue.start_ms + ms * cue.duration_ms // max(1, length), end)

    made = Caption(
        start_ms=cue.start_ms,
        end_ms=end,
        text=text,
        role=segment.role,
        story=segment.story,
        speaker=names[min(segment.presenter, len(names)) - 1] if len(names) > 1 else "",
        words=tuple(
            Word(word.text, heard(word.start_ms), heard(word.end_ms))
            for word in _retyped(clip.words if clip else (), segment.text, text)
        ),
    )
    return replace(made, beats=beats(made))


def beats(caption: Caption) -> str:
    """Write when the words of a caption are heard: ``"1200 43 27"``, for the page's ``data-t``.

    The first number is the start in ms; each other one counts the hundredths of a second from a word's start to the
    next one's. Words are what stands between plain blanks (U+0020). When their times are unknown there is only the
    start. Hundredths are taken from rounded places, so that their sum never drifts.
    """
    words = caption.words
    if not words or len(words) != caption.text.count(" ") + 1:
        return str(caption.start_ms)
    first = words[0].start_ms
    places = [*accumulate([(word.start_ms - first + 5) // 10 for word in words], max)]
    return " ".join(map(str, [first, *(after - before for before, after in pairwise(places))]))


def _retyped(words: Sequence[Word], printed: str, typed: str) -> Iterator[Word]:
    """Carry the times of a text's words over to its typeset form, whose blanks may stand elsewhere.

    Each word there is heard while its characters are. No word is given when the times are not of that text, or when
    it has not as many characters as before: then nobody knows which are gone.
    """
    texts, moments = _split(typed), [moment for word in words for moment in _moments(word)]
    sizes = [_size(text) for text in texts]
    if [word.text for word in words] != _split(printed) or sum(sizes) != len(moments):
        return
    left = iter(moments)
    for text, size in zip(texts, sizes, strict=True):
        own = list(islice(left, size))
        yield Word(text, own[0][0], own[-1][1])


def _moments(word: Word) -> Iterator[tuple[int, int]]:
    """Give each character of a word an even share of its time."""
    size = _size(word.text)
    return pairwise(word.start_ms + (word.end_ms - word.start_ms) * at // max(1, size) for at in range(size + 1))


def _split(text: str) -> list[str]:
    return [one for one in text.split(" ") if one]


def _size(text: str) -> int:
    return sum(not char.isspace() for char in text)


def _credit(story: Story) -> Credit:
    return Credit(
        story=story.slug,
        title=printed(story.title, TITLE),
        source=printed(join([one for one in (story.source, *story.others) if one])),
        author=printed(story.author, TITLE),
        url=story.url,
        published=story.published,
    )
