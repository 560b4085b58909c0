"""Names printed in capitals: which words are names, and how they are written."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from audionews.french.tables import word_set

UPPER = "A-ZÀ-ÖØ-Þ"
_BEFORE = re.compile(r"[\w’-]+(?=[ -]*$)")


def fold(text: str) -> str:
    """Give the text in lower case without accents."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@cache
def names(kind: str) -> dict[str, str]:
    """Give the names of one list of data/names.toml by their folded form."""
    return {fold(name): name for name in sorted(word_set("names", kind))}


def title_case(name: str) -> str:
    """Write a name in capitals with its usual capitals and accents."""
    folded = fold(name)
    known = names("surnames").get(folded) or names("first_names").get(folded) or names("places").get(folded)
    return known or re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), name)


def follows_name(before: str) -> bool:
    """Tell whether the words before a token are a first name or a title."""
    for _ in range(3):
        found = _BEFORE.search(before)
        if not found:
            return False
        word = found.group()
        parts = fold(word).split("-")
        if (
            parts[-1] in names("first_names")
            or fold(word) in names("surnames")
            or word.lower() in word_set("sigles", "titles")
        ):
            return True
        if word.lower() not in word_set("sigles", "particles"):
            return False
        before = before[: found.start()]
    return False
