"""What an article leaves in memory: the words, names, figures and days that tell its event from others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from audionews.articles.tables import data
from audionews.french.dates import DAYS, MONTHS
from audionews.french.numbers import cardinal, ordinal
from audionews.french.sentences import split
from audionews.model import Article

# The first character of a term that is not a plain word. Of « Mme Fanta SACKO », SACKO is the name, the rest is given.
# A place is a name too, said to be one: « à Toula », « la commune de Sandama ».
NAME, GIVEN, PLACE, FIGURE, DAY = "@", "&", "/", "#", "+"
LEAD_WORDS = 60  # where an article says what happened
STEM = 6  # letters: enough to tell words apart, few enough to make « blessé » and « blessés » one

_TOKEN = re.compile(
    r"\b[A-Z]{1,3}\d+\b|\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?!\d)|\d{1,2}-\d{1,2}(?![\d-])|\d+(?:,\d+)?|%|"
    r"[^\W\d_]+(?:-[^\W\d_]+)*|[,;:()«»/]"
)
_AGO = {"aujourd": 0, "hier": 1, "avant-hier": 2}


@dataclass(frozen=True, slots=True)
class Imprint:
    """An article as memory keeps it. Terms are folded: plain words cut short, @names, #figures, +days."""

    article: str  # its id
    published: date | None
    terms: str  # all of them, a blank between
    lead: str  # those of its title and first sentences


def fold(text: str) -> str:
    """Write a text without capitals and accents."""
    plain = unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def imprint(article: Article) -> Imprint:
    """Take the imprint of an article: of its title and body, never of what the page put around them."""
    read = [_TOKEN.findall(one) for paragraph in article.body for one in split(paragraph)]
    names = frozenset(fold(token) for tokens in read for token in tokens[1:] if token[:1].isupper())
    title = _TOKEN.findall(article.title)
    lead = set(_terms(title, names, article.published))
    every, words = set(lead), len(title)
    for tokens in read:
        found = set(_terms(tokens, names, article.published))
        every |= found
        if words < LEAD_WORDS:
            lead |= found
        words += len(tokens)
    return Imprint(article.id, article.published, " ".join(sorted(every)), " ".join(sorted(lead)))


def _terms(tokens: Sequence[str], names: frozenset[str], published: date | None) -> Iterator[str]:
    """Give the terms of a sentence; `names` are the words the article writes with a capital inside a sentence."""
    at = 0
    while at < len(tokens):
        token, word, rest = tokens[at], fold(tokens[at]), tokens[at + 1 : at + 4]
        at += 1
        number = _number(token, word)
        if day := _day(number, word, rest, published):
            yield f"{DAY}{day}"
            at += bool(number)
        elif number:
            counted = (fold(one) for one in rest if one[0].isalnum() and fold(one) not in _words("between"))
            unit = "" if "-" in number else next(counted, "")  # a score counts nothing
            if not (number == token and len(number) == 4 and number[:2] in {"19", "20"}):  # a year tells nothing
                yield f"{FIGURE}{number}_{unit[:STEM]}"
        elif len(word) > 1 and word in names and token[:1].isupper():
            given = rest and rest[0][:1].isupper()
            yield f"{GIVEN if given else NAME}{word}"
            if not given and _is_at(tokens[max(0, at - 4) : at - 1]):
                yield f"{PLACE}{word}"
        elif len(word) >= 4:
            yield word[:STEM]


def _is_at(before: Sequence[str]) -> bool:
    """Tell whether the words before a name make it a place: « à », « au village de »."""
    last, *others = [fold(one) for one in before[::-1]] or [""]
    return before[-1:] in (["à"], ["À"]) or (
        last in _words("of") and bool(_words("kinds_of_place").intersection(others[:2]))
    )


def _number(token: str, word: str) -> str:
    """Write a number as plain digits, « 12-3 » as a score; "" when the token is none."""
    if token[0].isdigit():
        return re.sub(r"[.\u00a0\u202f ]", "", token)
    return _number_words().get(word, "")


@cache
def _number_words() -> dict[str, str]:
    ways = [(fold(say(number)), str(number)) for number in range(2, 100) for say in (cardinal, ordinal)]
    return {word: digits for word, digits in ways if " " not in word}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(data("events")[name].split())


@cache
def _calendar() -> dict[str, int]:
    return {fold(name): at for at, name in enumerate(MONTHS, 1)}


def _day(number: str, word: str, rest: Sequence[str], published: date | None) -> str:
    """Give the day that « 7 juin » or « samedi » names, as month and day; "" when the token names none."""
    if number and rest and (month := _calendar().get(fold(rest[0]))) and number.isdigit() and len(number) < 3:
        return f"{month:02d}-{int(number):02d}"
    if published and not (len(rest) > 1 and rest[0][0].isdigit() and fold(rest[1]) in _calendar()):
        back = (published.weekday() - DAYS.index(word)) % 7 if word in DAYS else _AGO.get(word)
        return f"{date.fromordinal(max(1, published.toordinal() - back)):%m-%d}" if back is not None else ""
    return ""
