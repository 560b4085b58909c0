"""The quotations of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audionews.proof.facts.words import fold

_QUOTED = re.compile(r"«([^«»]*)»|“([^“”]*)”|\"([^\"]*)\"")
_WORD = re.compile(r"[^\W_]+|[%€$]")
_CUT = re.compile(r"\(…\)|\[…\]|\[\.\.\.\]|\(\.\.\.\)|…|\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between quotation marks."""

    words: str
    start: int
    end: int  # after the closing mark


def quotes(text: str) -> tuple[Quote, ...]:
    """Find the quotations of a text, in order."""
    return tuple(
        Quote(next(one for one in found.groups() if one is not None), found.start(), found.end())
        for found in _QUOTED.finditer(text)
    )


def plain(text: str) -> str:
    """Give the words of a text alone, folded, with blanks around: " l armee a tenu "."""
    return f" {' '.join(fold(word) for word in _WORD.findall(text))} "


def pieces(quote: str) -> tuple[str, ...]:
    """Give the stretches of a quotation between its own marks of omission, as `plain` gives them."""
    return tuple(one for one in map(plain, _CUT.split(quote)) if one.strip())
