"""The words of data/words.toml, folded once."""

from __future__ import annotations

import tomllib
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower-case, accents off, ligatures opened: « Élysée » and « ELYSEE » are one word."""
    bare = unicodedata.normalize("NFD", word.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(char for char in bare if not unicodedata.combining(char))


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("audionews.proof.facts").joinpath("data/words.toml").read_text("utf-8"))


def _entry(name: str) -> Any:
    found: Any = _tables()
    for part in name.split("."):
        found = found[part]
    return found


@cache
def words(name: str) -> frozenset[str]:
    """Give a list of words, folded: « openers », « negation.light »."""
    return frozenset(fold(word) for word in _entry(name).split())


@cache
def ranks(name: str) -> dict[str, int]:
    """Give the words of a list with their places in it, from 1: the months, the days."""
    return {fold(word): at for at, word in enumerate(_entry(name).split(), 1)}


@cache
def values(name: str) -> dict[str, Decimal]:
    """Give number words with what they are worth: « number.units »."""
    pairs = (one.split("=") for one in _entry(name).split())
    return {fold(word): Decimal(value) for word, value in pairs}


@cache
def forms(name: str) -> dict[str, str]:
    """Give each form of the words of a table with the one name of them all: « units », « verbs »."""
    return {fold(form): one for one, written in _entry(name).items() for form in written.split()}


@cache
def hedges() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Give the phrases that qualify a figure, as folded words, with their group, the longest first."""
    found = [
        (tuple(fold(phrase).replace("’", "’ ").replace("-", " ").split()), group)
        for group, phrases in _entry("hedge").items()
        for phrase in phrases
    ]
    return tuple(sorted(found, key=lambda one: -len(one[0])))


@cache
def speech_openers() -> tuple[tuple[str, ...], ...]:
    """Give the phrases that open the name of who is speaking, as folded words, the longest first."""
    found = [tuple(fold(phrase).replace("’", "’ ").split()) for phrase in _entry("speech.openers")]
    return tuple(sorted(found, key=lambda one: -len(one)))
