"""Titles printed in capitals."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.spoken.capitals.names import UPPER, fold, names, title_case
from audionews.french.spoken.capitals.sigles import VOWELS, lexicon
from audionews.french.tables import word_set
from audionews.rules import Rule, opens_sentence

_CAPS_WORD = rf"[{UPPER}][{UPPER}’-]*"
_SHOUT = re.compile(rf"(?<![\w’-]){_CAPS_WORD}(?:[ ,:]{{1,2}}{_CAPS_WORD}){{2,60}}(?![\w’-])")
_SHOUTED_WORD = re.compile(rf"[{UPPER}]+")
_TITLES = frozenset({"DR", "MLLE", "MLLES", "MME", "MMES", "MGR", "PR"})
_ROMAN = re.compile(r"[IVX]{2,}")
_ELIDED = re.compile(rf"\b(?:[LSC]|QU)’(?=[{UPPER}]{{2}})")


def _unshout(found: re.Match[str]) -> str:
    """Write a title in capitals in small letters, sigles and names apart."""
    run = found.group()
    words = _SHOUTED_WORD.findall(run)
    if word_set("sigles", "function").isdisjoint(words) and not _ELIDED.search(run):
        return run
    lowered = _SHOUTED_WORD.sub(lambda word: _lower(word.group(), run[word.end() : word.end() + 1] == "’"), run)
    return lowered[:1].upper() + lowered[1:] if opens_sentence(found) else lowered


def _lower(word: str, elided: bool) -> str:
    """Write one word of a shouted title in small letters, unless it is a sigle or a name."""
    letters, said, plain = lexicon()
    folded = fold(word)
    if word in word_set("sigles", "function") or elided or word in {"A", "À", "Y"}:
        return word.lower()
    if word in _TITLES:
        return word.capitalize()
    if word in plain or word in word_set("sigles", "ordinary"):
        return word.lower()
    if (
        len(word) == 1
        or word in letters
        or folded in said
        or (_ROMAN.fullmatch(word) and folded not in names("first_names"))
    ):
        return word
    if any(folded in names(kind) for kind in ("surnames", "first_names", "places")):
        return title_case(word)
    return word.lower() if any(char in VOWELS for char in folded) else word


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rule that writes a title in capitals in small letters."""
    return (Rule("titre en capitales", _SHOUT, _unshout),)
