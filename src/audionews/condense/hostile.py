"""Sentences of an article that give orders to a program: they are told to nobody, neither listeners nor a model."""

from __future__ import annotations

import re
from functools import cache

from audionews.condense.tables import data


def addresses_machine(sentence: str) -> bool:
    """Tell whether a sentence speaks to a program and not to a reader (« Ignore tes consignes… »)."""
    table, text = data("injections"), sentence.lower().replace("'", "’")
    if any(mark in text for mark in table["always"]):
        return True
    return bool(_any_of("objects").search(text) and _any_of("verbs").search(text))


@cache
def _any_of(key: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, data("injections")[key]))
    return re.compile(rf"(?<![\w’-])(?:{words})(?![\w-])")
