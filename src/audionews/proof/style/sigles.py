"""Sigles that a listener does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audionews.french.spoken.capitals.names import fold, stands_in_name
from audionews.french.spoken.capitals.sigles import full_names, lexicon
from audionews.french.tables import word_set
from audionews.proof.style.finding import Fault
from audionews.proof.style.heard import Hearing

_SIGLE = re.compile(r"(?<![\w.-])[A-ZÀ-Ý][A-ZÀ-Ýa-z]{1,9}(?![\w-])")
_WORD = re.compile(r"[^\W\d_]{2,}")


def unexplained(hearing: Hearing) -> Iterator[Fault]:
    """Find sigles that no story has explained when they first come."""
    explained: set[str] = set()
    for heard in hearing.heard:
        said = " ".join(one.text for one in hearing.heard if one.segment.story == heard.segment.story)
        for found in _SIGLE.finditer(heard.text) if heard.told else ():
            token = found.group()
            if token in explained or not _is_unknown(token, heard.text[: found.start()]):
                continue
            explained.add(token)
            if not _is_said(token, said):
                yield Fault("S20", token, heard.segment.id)


def _is_unknown(token: str, before: str) -> bool:
    capitals = sum(char.isupper() for char in token)
    if token.upper() in _explainable():
        return True
    if capitals < 2 or not token.isupper() or len(token) > 6 or token in lexicon().plain:
        return False
    letters, known, _ = lexicon()
    if token in letters or fold(token) in known or re.fullmatch(r"[IVXLC]+", token):
        return False
    return not stands_in_name(before) and not before.rstrip().endswith((".", "-")) and bool(before)


def _is_said(token: str, said: str) -> bool:
    """Tell whether a text holds the full name: as listed, or words with the sigle's letters in order."""
    name = full_names().get(token.upper(), "")
    if name:
        telling = [fold(word) for word in _WORD.findall(name) if len(word) > 3]
        return sum(word in fold(said) for word in telling) >= 0.75 * len(telling)
    initials = "".join(fold(word)[0] for word in _WORD.findall(said) if len(word) > 3)
    return token.lower() in initials


@cache
def _explainable() -> frozenset[str]:
    """Give the sigles whose full name is said at first mention."""
    return word_set("sigles", "expand")
