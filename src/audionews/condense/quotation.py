"""Somebody's own words: how long they are, and whether another voice may say them without marks. Pure."""

from __future__ import annotations

import re

from audionews.condense.tables import word_set
from audionews.french import sentences

LONGEST = 15  # words of a quotation the ear can hold (radio-writing, rule S21)
ANY = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
QUOTED = re.compile(r"«[^«»]*»")


def inner(quotation: str) -> str:
    """Give the words between the marks."""
    return quotation.strip("«» \u00a0\u202f")


def is_short(quotation: str) -> bool:
    """Tell whether a quotation can be heard as one."""
    return 0 < sentences.words(quotation) <= LONGEST


def is_personal(quotation: str) -> bool:
    """Tell whether only the speaker's own voice may say it: it says « je », « vous », « ici », or asks or exclaims."""
    words = re.findall(r"[\w-]+’?", quotation.lower().replace("d’ici", ""))
    own = word_set("speech", "first_person") | word_set("speech", "here")
    return any(word in own for word in words) or any(mark in quotation for mark in "?!…[]()")


def is_one_sentence(quotation: str) -> bool:
    """Tell whether a quotation holds one sentence at most."""
    return len(sentences.split(inner(quotation))) == 1


def first_sentence(quotation: str) -> str:
    """Give the first whole sentence of a quotation, as it was said."""
    parts = sentences.split(inner(quotation))
    return parts[0] if parts else ""
