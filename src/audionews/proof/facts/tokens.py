"""A sentence cut into words, figures and marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audionews.proof.facts.words import fold

_TOKEN = re.compile(
    r"""
      (?P<ordinal>\d{1,4}\s?(?:ers?|[eè]res?|(?:[eèé]me|e|è|ė|nde?)s?)(?!\w))
    | (?P<figure>\d{1,3}(?:[.\s]\s?\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+|,\s\d\d(?=\s?[%‰])|\.\d{1,2}(?!\d))?)
    | (?P<word>(?-i:[NMO]’(?=[A-ZÀ-Ý]))[^\W\d_][^\W_]*)
    | (?P<elided>(?:aujourd|quelqu|presqu|jusqu|lorsqu|puisqu|quoiqu|entr|qu|[ldjmtscn])’(?=\w))
    | (?P<hour>(?<=\d)h(?=\d))
    | (?P<plain>[^\W\d_][^\W_]*|[%‰€$£¥°](?:C(?!\w))?)
    | (?P<mark>[^\w\s])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_KINDS = {"plain": "word", "hour": "word"}
_CURRENCY = re.compile(r"\b[Ff]\.? ?CFA\b|\bfrancs? CFA\b")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, figure or mark."""

    text: str
    fold: str
    kind: str  # "word", "figure", "ordinal", "elided", "mark"
    start: int  # characters of the text it was cut from
    end: int
    capital: bool


def tokens(text: str) -> tuple[Token, ...]:
    """Cut a repaired text into tokens.

    Args:
        text: one sentence, typography repaired (« ’ », « » with blanks).

    Returns:
        Its tokens, in order. Elided words stand apart (« l’ », « armée »), hyphens are marks.
    """
    found = []
    for match in _TOKEN.finditer(_plain(text)):
        kind = _KINDS.get(match.lastgroup or "", match.lastgroup or "mark")
        word = match.group()
        found.append(Token(word, fold(word), kind, match.start(), match.end(), word[:1].isupper()))
    return tuple(found)


def _plain(text: str) -> str:
    """Write « F CFA » in one word, as long as it was."""
    return _CURRENCY.sub(lambda found: "Fcfa".ljust(len(found.group())), text)
