"""Article.text → the same letters in the text that the article was read from. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from audionews.model import Span


def traced(text: str, printed: str) -> tuple[int, ...]:
    """Give, for each character of an article's text, its place in the text it was read from.

    The reading joins lines, takes marks away and repairs typing; the letters and figures stay, in their order.

    Args:
        text: of the article.
        printed: what it was read from: the same words, with more before, between and after them.

    Returns:
        One place a character; what has no fellow (a blank that was put in) takes the place of what stands before it.
    """
    letters, places = _letters(printed)
    found: list[int] = []
    cursor = last = 0
    for line in text.splitlines(keepends=True):
        own, ours = _letters(line)
        start = letters.find(own, cursor)
        if start >= 0:
            at = dict(zip(ours, places[start : start + len(own)], strict=True))
            cursor = start + len(own)
        else:  # marks were taken out of its middle, as the address of a link: word by word
            at, cursor = _word_by_word(line, letters, places, cursor)
        for place, char in enumerate(line):
            if place in at:
                last = at[place]
            elif found and last + 1 < len(printed) and printed[last + 1] == char:
                last += 1
            found.append(last)
    return tuple(found)


def moved(spans: Iterable[Span], places: tuple[int, ...]) -> tuple[Span, ...]:
    """Give stretches of an article's text as stretches of the text it was read from; `places` as `traced` gave."""
    return tuple(Span(places[one.start], places[one.end - 1] + 1) for one in spans if one.start < one.end)


def _word_by_word(line: str, letters: str, places: list[int], cursor: int) -> tuple[dict[int, int], int]:
    found: dict[int, int] = {}
    start = 0
    for word in line.split():
        start = line.index(word, start)
        own, ours = _letters(word)
        at = letters.find(own, cursor) if own else -1
        if at >= 0:
            found |= {start + one: place for one, place in zip(ours, places[at : at + len(own)], strict=True)}
            cursor = at + len(own)
        start += len(word)
    return found, cursor


def _letters(text: str) -> tuple[str, list[int]]:
    """Give the letters and figures of a text, plain and small, and where each stands."""
    folded = [(unicodedata.normalize("NFKD", char)[0].lower(), at) for at, char in enumerate(text) if char.isalnum()]
    return "".join(one for one, _ in folded), [at for _, at in folded]
