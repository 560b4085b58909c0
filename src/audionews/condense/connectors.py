"""Words that only link a sentence to the one before leave it. Pure."""

from __future__ import annotations

import re
from functools import cache

from audionews.condense.draft import Draft
from audionews.condense.surface import line
from audionews.condense.tables import data

# « …, toutefois le risque reste élevé »: the word joins two clauses.
_CLAUSE = re.compile(r"\s(?:l’|(?:le|la|les|un|une|des|ce|cet|cette|ces|il|elle|ils|elles|on)\s)", re.IGNORECASE)


def dropped(words: Draft) -> Draft:
    """Take the link words at the head of a sentence out.

    Args:
        words: a sentence.

    Returns:
        The sentence without « Par ailleurs, », « Mais »; the next word keeps its letter.
    """
    for _ in range(3):
        text = line(words)
        found = _leading().match(text.text)
        if not found or not text.is_words(found.start("link"), found.end("link")):
            break
        words = words[text.span(0, found.end())[1] :]
    return words


def inner_dropped(words: Draft) -> Draft:
    """Take the link words within a sentence out: « a également promis », « le maire, pour sa part, »."""
    text = line(words)
    marks = [one.span() for one in re.finditer(r"«[^»]*»", text.text)]
    for found in reversed(list(_within().finditer(text.text))):
        inside = any(start < found.start() < end for start, end in marks)
        spliced = bool(_CLAUSE.match(text.text, found.end())) and text.before(found.start()) == ","
        if not inside and not spliced and text.is_words(found.start("link"), found.end("link")):
            first, last = text.span(found.start("link"), found.end("link"))
            first -= bool(found["before"])
            last += bool(found["after"])
            words = words[:first] + words[last:]
    return words


@cache
def _leading() -> re.Pattern[str]:
    table = data("refer")
    link = rf"(?P<link>(?:{_any(table['connectors'])})(?=,)|(?:{_any(table['free'])})(?=\s))"
    return re.compile(rf"{link},?\s*", re.IGNORECASE)


@cache
def _within() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<before>(?<=\w),\s)?(?<![\w’-])(?P<link>{_any(data('refer')['inner'])})(?![\w’-])(?P<after>(?(before),\s))"
    )


def _any(texts: list[str]) -> str:
    return "|".join(map(re.escape, sorted(texts, key=len, reverse=True)))
