"""Names printed in capitals: which words are names, and how they are written."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from audionews.french.tables import word_set

UPPER = "A-ZÀ-ÖØ-Þ"
_LAST_WORD = re.compile(r"[\w’-]+\Z")
_LISTED = re.compile(rf"([{UPPER}]{{2,40}})(?:, | et )$")


@lru_cache(maxsize=8192)
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


def is_surname(token: str) -> bool:
    """Tell whether a word is a listed surname."""
    return fold(token) in names("surnames")


def follows_name(before: str) -> bool:
    """Tell whether the words before a token are a first name, a surname or a title."""
    for _ in range(3):
        before = before.rstrip(" -")
        found = _LAST_WORD.search(before, max(0, len(before) - 40))
        if not found:
            return False
        word = found.group().lower()
        last = fold(word.rpartition("-")[2])
        if last in names("first_names") or last in names("surnames") or word in word_set("sigles", "titles"):
            return True
        if word not in word_set("sigles", "particles"):
            return False
        before = before[: found.start()]
    return False


def stands_in_name(before: str) -> bool:
    """Tell whether a token stands in a name: « Souleymane SIDIBE », or in a list of names: « TRAORE, KEITA et WXYZ ».

    Args:
        before: the text before the token.

    Returns:
        True after a first name, a surname or a title, and in a list after a surname in capitals.
    """
    listed = _LISTED.search(before) if before.endswith((", ", " et ")) else None
    return follows_name(before) or bool(listed and is_surname(listed[1]))
