"""What a number counts: the gender it takes from its noun, and the « de » after a round number of millions."""

from __future__ import annotations

import re

from audionews.french.grammar import elides
from audionews.french.tables import word_set

_LETTER = r"[^\W\d_]"
# « 1 à 2 fois », « 21 ou 31 femmes »: the noun of the second number is that of the first.
_AFTER = re.compile(
    rf"(?P<range> (?:à|ou|et|-) \d{{1,12}})?(?: (?P<first>{_LETTER}{{2,30}}))(?:[ -](?P<second>{_LETTER}{{3,30}}))?"
)
_PLURAL = re.compile(rf" ({_LETTER}{{3,30}}[sx])\b")


def counts_feminine(after: str, several: bool) -> bool:
    """Tell whether a number counts feminine things.

    Args:
        after: what follows the number.
        several: the number is more than one; a noun without an s (« en 2021 cette ») is then not what it counts.

    Returns:
        True when the noun, or the one after « jeunes » and the like, is feminine: listed in data/feminine.toml or
        of one of its endings.
    """
    found = _AFTER.match(after)
    if not found:
        return False
    word = found["first"].lower()
    if word in word_set("feminine", "adjectives") and found["second"]:
        word = found["second"].lower()
    return (not several or bool(found["range"]) or word[-1] in "sxz") and is_feminine(word)


def is_feminine(word: str) -> bool:
    """Tell whether a noun in small letters, singular or plural, is feminine."""
    forms = {word, word.removesuffix("s")}
    if not forms.isdisjoint(word_set("feminine", "masculine")):
        return False
    known = not forms.isdisjoint(word_set("feminine", "nouns"))
    return known or word.removesuffix("s").endswith(tuple(word_set("feminine", "endings")))


def link_to_noun(after: str) -> str:
    """Give the « de » or « d’ » a round number of millions needs before the noun that follows it.

    Args:
        after: what follows the number.

    Returns:
        « d’ » for « 8 000 000 habitants », with its blank, or nothing.
    """
    noun = _PLURAL.match(after)
    if not noun or noun.group(1).lower() in word_set("feminine", "not_counted"):
        return ""
    return " d’" if elides(noun.group(1)) else " de"
