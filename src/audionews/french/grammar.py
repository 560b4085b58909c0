"""Elision and contraction: what « de », « à » and « que » become before a noun group."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audionews.french.tables import word_set

_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = frozenset("aàâäæeéèêëiîïoôöœuùûü")
_ARTICLE = re.compile(r"(?P<article>les?|la)\s+(?=\S)|l[’']\s*", re.IGNORECASE)
_PARTITIVE = re.compile(r"(?:des|de)\s+(?=\S)", re.IGNORECASE)


def elides(word: str) -> bool:
    """Tell whether « le », « de » or « que » lose their vowel before a word.

    Args:
        word: a word or a group; only the first word counts.

    Returns:
        True before a vowel or a mute h; False before onze, oui, yaourt, Ouagadougou and an aspirated h.
    """
    found = _WORD.match(word.lstrip())
    if not found:
        return False
    first = found.group()
    low = first.lower()
    if low[0] == "h":
        return _mute_h(first)
    if low[0] == "y":
        return len(low) == 1 or low[1] not in _VOWELS
    if low[0] not in _VOWELS or low in word_set("elision", "no_elision"):
        return False
    # Ouagadougou, Ouattara: a capital and a glide; « l’ouest », « l’ouïe » stand in the list.
    glide = first[0].isupper() and len(low) > 2 and low.startswith("ou") and low[2] in _VOWELS
    return not glide or low in word_set("elision", "elision")


def de(group: str) -> str:
    """Put « de » before a noun group.

    Args:
        group: a noun group with or without its article, « le quotidien L’Essor ».

    Returns:
        « du quotidien L’Essor », « des Fama », « de l’agence Amap », « d’Abidjan », « de Bamako ».
    """
    partitive = _PARTITIVE.match(group)
    if partitive:
        return de(group[partitive.end() :])
    return _contract(group, {"le": "du ", "les": "des "}) or _elide("de", group)


def a(group: str) -> str:
    """Put « à » before a noun group.

    Args:
        group: a noun group with or without its article.

    Returns:
        « au quotidien L’Essor », « aux Fama », « à l’agence Amap », « à Abidjan ».
    """
    return _contract(group, {"le": "au ", "les": "aux "}) or f"à {group}"


def que(clause: str) -> str:
    """Put « que » before a clause.

    Args:
        clause: a clause that begins with its subject.

    Returns:
        « qu’il pleut », « que le marché rouvre ».
    """
    return _elide("que", clause)


def join(items: Sequence[str]) -> str:
    """List items the French way.

    Args:
        items: any number of them.

    Returns:
        « A », « A et B », « A, B et C », or nothing.
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} et {items[-1]}"


def _contract(group: str, forms: dict[str, str]) -> str:
    article = _ARTICLE.match(group)
    if not article:
        return ""
    form = forms.get((article["article"] or "").lower())
    return form + group[article.end() :] if form else ""


def _elide(word: str, group: str) -> str:
    return f"{word[:-1]}’{group}" if elides(group) else f"{word} {group}"


def _mute_h(word: str) -> bool:
    """Decide for a word in h: the list of aspirated stems first; an unknown capital counts as aspirated."""
    low = word.lower()
    if low in word_set("elision", "mute_words"):
        return True
    if low.startswith(tuple(word_set("elision", "aspirated"))):
        return False
    return word[0].islower() or low.startswith(tuple(word_set("elision", "mute")))
