"""Ordinals in figures, in all the spellings of the press."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.spoken.figures.counted import counts_feminine
from audionews.rules import DIGITS, Rule, rule

_SECOND = {"d": "second", "nd": "second", "de": "seconde", "nde": "seconde"}
_FEMININE = ("ère", "ere", "re", "ÈRE", "ERE")


def _ordinal(found: re.Match[str]) -> str:
    written = found["suffix"].strip(" -")
    suffix = written.lower()
    plural = "s" if suffix.endswith("s") else ""
    suffix = suffix.removesuffix("s")
    value = int(found["number"])
    if suffix in _SECOND:
        return _SECOND[suffix] + plural if value == 2 else found.group()
    # « 1e édition » tells no gender: the noun does.
    after = found.string[found.end() : found.end() + 60]
    feminine = suffix.endswith(_FEMININE) or (suffix[-1:] in {"e", "è"} and counts_feminine(after, several=False))
    words = numbers.ordinal(value, feminine) + plural
    # « le milliardième », but « un milliardième » where nothing stands before.
    large = words.startswith(("milli", "billi", "trilli")) and not words.startswith("millième")
    return f"un {words}" if large and found.start() == 0 else words


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rule for ordinals."""
    suffix = r"i?ères?|i?eres?|i?ers?|i?èmes?|i?emes?|è|ndes?|nds?"
    return (
        rule(
            "ordinal",
            rf"(?=\d)(?<![\d,.\w])(?<!\d/)(?P<number>\d{{1,21}})"
            rf"(?P<suffix> ?(?:{suffix})|-[èe]mes?|[eè]s?|é|ê|res?|des?|ds?"
            r"|ERS?|ERES?|ÈRES?|[EÈ]MES?|E(?= [^\W\d_]{3}))(?![\w’])",
            _ordinal,
            DIGITS,
        ),
    )
