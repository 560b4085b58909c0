"""The word lists of the proof-reader: data/*.toml, and patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, partial

from audionews import tables

data = partial(tables.data, "audionews.proof")


@cache
def words(name: str, key: str) -> frozenset[str]:
    """Read a list of words of a data file, written as a text or as a list."""
    value = data(name)[key]
    return frozenset(value.split() if isinstance(value, str) else value)


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Make one pattern of many phrases.

    Args:
        phrases: words as printed; ``*`` stands for the rest of a word, « accus* », ``…`` for some words.

    Returns:
        A pattern that finds them as whole words, large or small; it runs in linear time.
    """
    longest_first = sorted(phrases, key=len, reverse=True)
    alternatives = "|".join(re.escape(one).replace(r"\*", r"\w*").replace("…", ".{1,40}?") for one in longest_first)
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)


@cache
def listed(name: str, key: str) -> re.Pattern[str]:
    """Give the pattern of one list of a data file."""
    return pattern(words(name, key))
