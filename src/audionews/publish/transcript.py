"""Episode → what goes with the sound: transcripts (WebVTT, SubRip, JSON) and chapters (JSON chapters 1.2).

A screen is what is shown at one time. Where the times of the words are known, it lasts as long as its words are heard;
where they are not, in proportion to its characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from typing import Any, NamedTuple

from audionews.model import Caption, Episode, Role, Word
from audionews.station import Station

LINE = 65  # characters; podcast-namespace, docs/examples/transcripts
LINES = 2  # of one caption on a screen
_BLANKS = re.compile(r"[ \t\n\v\f\r]+")  # the no-break spaces of French typography hold


class _Screen(NamedTuple):
    start_ms: int
    end_ms: int
    lines: list[list[Word]]
    caption: Caption  # it shows, or a part of it

    @property
    def text(self) -> str:
        return "\n".join(" ".join(word.text for word in line) for line in self.lines)


def vtt(episode: Episode) -> str:
    """Write the captions as WebVTT: no line longer than 65 characters, no more than two lines at a time.

    Who speaks is said at the start of each cue. There are no other tags: many podcast apps print them as they stand.
    """
    return _webvtt(episode, lambda screen: _escape(screen.text))


def words_vtt(episode: Episode) -> str:
    """Write the captions as `vtt` does, each word with the moment it is heard, for players that light up words.

    Source: WebVTT (w3.org/TR/webvtt1), “WebVTT cue timestamp”: later than the cue's start and than the timestamp
    before it, earlier than the cue's end. A word for which there is no such moment appears with the one before it.
    """
    return _webvtt(episode, _by_word)


def srt(episode: Episode) -> str:
    """Write the captions as SubRip, cut as in `vtt`; a change of speaker is part of the text, as it has no tags."""
    screens: list[_Screen] = []
    before = ""
    for caption in _shown(episode):
        name = f"{caption.speaker}\u00a0:" if caption.speaker not in {"", before} else ""
        screens += _cut(caption, [*_placed(_split(name), caption.start_ms, caption.start_ms), *_words(caption)])
        before = caption.speaker
    return "\n".join(
        f"{number}\n{_clock(one.start_ms, ',')} --> {_clock(one.end_ms, ',')}\n{one.text}\n"
        for number, one in enumerate(_in_order(screens), 1)
    )


def transcript_json(episode: Episode) -> str:
    """Write the captions as a JSON transcript of the podcast namespace, one to a line; times are in seconds.

    The times of the words stand in a field of our own, ``words``, which a reader that does not know it passes over.
    """
    segments = (json.dumps(_segment(one), ensure_ascii=False, separators=(",", ":")) for one in _shown(episode))
    return '{"version":"1.0.0","segments":[\n' + ",\n".join(segments) + "\n]}\n"


def transcript_html(episode: Episode, station: Station) -> str:
    """Write the captions as an HTML transcript of the podcast namespace: who speaks, when, what.

    Source: podcast-namespace, docs/examples/transcripts: ``cite`` for the speaker, ``time`` for the start of what is
    said, ``p`` for the words. A paragraph ends where the speaker or the story changes.
    """
    from audionews.publish.render import environment

    groups = groupby(_shown(episode), key=lambda one: (one.speaker, one.story, one.role is Role.HEADLINE))
    parts = [(name, list(said)) for (name, _story, _headline), said in groups]
    template = environment(station).get_template("site/transcript.html.j2")
    return template.render(episode=episode, station=station.identity, parts=parts)


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


def _webvtt(episode: Episode, payload: Callable[[_Screen], str]) -> str:
    screens = _in_order(one for caption in _shown(episode) for one in _cut(caption, _words(caption)))
    cues = (
        f"{_clock(one.start_ms, '.')} --> {_clock(one.end_ms, '.')}\n{_voice(one.caption.speaker)}{payload(one)}\n"
        for one in screens
    )
    return "\n".join(["WEBVTT\n", *cues])


def _voice(speaker: str) -> str:
    """Open a voice span. It covers its whole cue, and needs no end tag then."""
    return f"<v {_escape(speaker)}>" if speaker else ""


def _by_word(screen: _Screen) -> str:
    if not screen.caption.words:
        return _escape(screen.text)
    shown, last = [], screen.start_ms
    for line in screen.lines:
        marked = []
        for word in line:
            stamp = ""
            if last < word.start_ms < screen.end_ms:
                stamp, last = f"<{_clock(word.start_ms, '.')}>", word.start_ms
            marked.append(f"{stamp}<c>{_escape(word.text)}</c>")
        shown.append(" ".join(marked))
    return "\n".join(shown)


def _segment(caption: Caption) -> dict[str, Any]:
    made: dict[str, Any] = {"speaker": caption.speaker} if caption.speaker else {}
    made |= _timed(caption)
    return made | ({"words": [_timed(word) for word in caption.words]} if caption.words else {})


def _timed(one: Caption | Word) -> dict[str, Any]:
    return {"startTime": one.start_ms / 1000, "endTime": one.end_ms / 1000, "body": one.text}


def _shown(episode: Episode) -> Iterator[Caption]:
    """Leave out a caption without words: some apps fail on an empty one."""
    return (caption for caption in episode.captions if _split(caption.text))


def _split(text: str) -> list[str]:
    return [one for one in _BLANKS.split(text) if one]


def _words(caption: Caption) -> Sequence[Word]:
    return caption.words or _placed(_split(caption.text), caption.start_ms, caption.end_ms)


def _placed(texts: Sequence[str], start_ms: int, end_ms: int) -> list[Word]:
    """Share a time out to words by their characters."""
    ends = [0, *accumulate(len(one) + 1 for one in texts)]
    times = [start_ms + (end_ms - start_ms) * at // max(1, ends[-1]) for at in ends]
    return [Word(text, start, end) for text, (start, end) in zip(texts, pairwise(times), strict=True)]


def _cut(caption: Caption, words: Iterable[Word]) -> list[_Screen]:
    """Cut a caption into screens that follow each other without a gap; the last ends with the caption."""
    lines = _lines(words)
    parts = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    starts = [caption.start_ms]
    for left, part in zip(range(len(parts) - 1, 0, -1), parts[1:], strict=True):
        # A cue has to last: 1 ms at the least, even where the words of an odd clip last nothing.
        starts.append(max(starts[-1] + 1, min(part[0][0].start_ms, caption.end_ms - left)))
    ends = [*starts[1:], max(caption.end_ms, starts[-1] + 1)]
    return [_Screen(start, end, part, caption) for start, end, part in zip(starts, ends, parts, strict=True)]


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """Fill lines with words; a word longer than a line is broken."""
    lines: list[list[Word]] = []
    left = 0
    for word in words:
        pieces = [word.text[at : at + LINE] for at in range(0, len(word.text), LINE)]
        for piece in _placed(pieces, word.start_ms, word.end_ms):
            if len(piece.text) < left:
                lines[-1].append(piece)
                left -= len(piece.text) + 1
            else:
                lines.append([piece])
                left = LINE - len(piece.text)
    return lines


def _in_order(screens: Iterable[_Screen]) -> list[_Screen]:
    """Sort screens by their start, as a file of captions must be: an editor may have let two sentences overlap."""
    return sorted(screens, key=lambda one: one.start_ms)


def _clock(ms: int, point: str) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{rest:03d}"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
