"""A sigle in brackets beside its full name is not said."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.spoken.capitals.names import UPPER, fold, names
from audionews.french.spoken.capitals.sigles import full_names, key, lexicon
from audionews.french.tables import word_set
from audionews.rules import Rule

_SIGLE = rf"[{UPPER}][\w.&’-]{{1,14}}"
_GLOSS = re.compile(
    rf" ?\((?:« ?|(?:en (?:abrégé|sigle) |ci-après )?(?:l’|la |le |les )?)(?P<sigle>{_SIGLE})"
    r"(?: S\.?A\.?)?(?: ?»|,? en (?:abrégé|sigle))?\)"
)
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[.;:!?()«»]")
_SKIPPED = 2  # words a sigle may leave out: « Société nationale des télécommunications du Mali (Sotelma) »
_AFTER = 160  # characters


def _gloss(found: re.Match[str]) -> str:
    """Drop a bracketed sigle when its full name stands before it, or after it."""
    sigle = found["sigle"].replace(".", "").removesuffix("-SA")
    if not (sigle == sigle.upper() or len(sigle) > 3 or sigle.endswith("s")):
        return found.group()
    before = _WORD.findall(_CLAUSE.split(found.string[max(0, found.start() - 240) : found.start()])[-1])[-26:]
    after = _WORD.findall(_CLAUSE.split(found.string[found.end() : found.end() + _AFTER])[0])[:26]
    return "" if names_sigle(sigle, before) or (not before and _begins(sigle, after)) else found.group()


def names_sigle(sigle: str, words: list[str]) -> bool:
    """Tell whether words end on the full name of a sigle.

    Args:
        sigle: without points.
        words: what stands before it in its clause.

    Returns:
        True when they hold most of the name the lexicon gives, or when its letters begin their last words, or when
        they name a body and the sigle is known though its name is not.
    """
    singular = sigle[:-1] if sigle.endswith("s") and sigle[:-1].isupper() else sigle
    name = full_names().get(key(singular))
    if name and holds(name, words):
        return True
    folded = [fold(word) for word in words]
    if len(words) > 1 and _abbreviates(fold(singular), folded):
        return True
    letters, read, _ = lexicon()
    known = singular.upper() in letters or key(singular) in read
    return known and not name and _names_body(words)


def holds(name: str, words: list[str]) -> bool:
    """Tell whether words hold at least half of the telling words of a name, two of them or all."""
    telling = _telling(name)
    said = telling & {fold(word)[:6] for word in words}
    return bool(telling) and 2 * len(said) >= len(telling) and len(said) >= min(2, len(telling))


@cache
def _telling(name: str) -> frozenset[str]:
    """Give the beginnings of the words of a name that tell what it is."""
    long = {fold(word) for word in _WORD.findall(name) if len(word) > 3}
    return frozenset(word[:6] for word in long - word_set("sigles", "tools"))


def _begins(sigle: str, words: list[str]) -> bool:
    """Tell whether words begin with the full name of a sigle: « (AMRTP) Autorité malienne… »."""
    name = full_names().get(key(sigle))
    return bool(name and holds(name, words[: len(_WORD.findall(name)) + 1]))


def _abbreviates(sigle: str, words: list[str]) -> bool:
    """Tell whether the letters of a sigle are found in order at the starts of the last words."""
    return any(word[0] == sigle[0] and _spells(sigle, words[first:]) for first, word in enumerate(words))


def _spells(sigle: str, words: list[str]) -> bool:
    """Tell whether a sigle is made of the starts of words, the last of them within reach of the bracket."""
    tools = word_set("sigles", "tools")
    position = skipped = used = 0
    for place, word in enumerate(words):
        start = position
        for char in word:
            if position < len(sigle) and char == sigle[position]:
                position += 1
            else:
                break
        used += position > start
        passed_over = position == start and word not in tools
        skipped += passed_over
        if skipped > _SKIPPED or (passed_over and word in names("first_names")):
            return False
        if position == len(sigle):
            left = sum(word not in tools for word in words[place + 1 :])
            return used > 1 and left <= _SKIPPED
    return False


def _names_body(words: list[str]) -> bool:
    """Tell whether words end on what reads like the name of a body: « la Coopération, l’Agence japonaise de… »."""
    bodies = word_set("sigles", "bodies")
    ends = [place for place, word in enumerate(words) if word[0].isupper() and word.lower() in bodies]
    name = {fold(word) for word in words[ends[-1] :]} if ends else set()
    return (
        0 < len(name) <= 10 and name.isdisjoint(word_set("sigles", "verbal")) and name.isdisjoint(names("first_names"))
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rule that drops a sigle just said in full."""
    return (Rule("sigle après son nom", _GLOSS, _gloss, "("),)
