"""A sigle in brackets after its full name is not said."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.spoken.names import fold
from audionews.french.spoken.sigles import lexicon
from audionews.french.tables import word_set
from audionews.rules import Rule

_GLOSS = re.compile(r" ?\((?P<sigle>[^\W\d_][\w.&’-]{1,14})\)")


def _gloss(found: re.Match[str]) -> str:
    """Drop a bracketed sigle whose full name has just been said."""
    sigle = found["sigle"].replace(".", "")
    before = re.findall(r"[^\W\d_]+", found.string[max(0, found.start() - 200) : found.start()])[-22:]
    letters, words, _ = lexicon()
    known = sigle in letters or fold(sigle) in words
    expanded = _abbreviates(fold(sigle), before) or (known and _names_body(before))
    likely = sigle == sigle.upper() or len(sigle) > 3
    return "" if sigle[:1].isupper() and likely and len(before) > 1 and expanded else found.group()


def _abbreviates(sigle: str, words: list[str]) -> bool:
    """Tell whether the letters of a sigle are found in order in the words, each run at the start of a word."""
    folded = [fold(word) for word in words]
    for first in range(len(folded)):
        if folded[first][0] != sigle[0]:
            continue
        position = 0
        for word in folded[first:]:
            for char in word:
                if position < len(sigle) and char == sigle[position]:
                    position += 1
                else:
                    break
            if position == len(sigle):
                return len(words) - first >= 2
    return False


def _names_body(words: list[str]) -> bool:
    return any(word[0].isupper() and word.lower() in word_set("sigles", "bodies") for word in words[-12:])


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rule that drops a sigle just said in full."""
    return (Rule("sigle après son nom", _GLOSS, _gloss, "("),)
