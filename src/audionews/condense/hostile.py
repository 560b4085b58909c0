"""Sentences of an article that give orders to a program: they are told to nobody, neither listeners nor a model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audionews.condense.tables import data


def addresses_machine(sentence: str) -> bool:
    """Tell whether a sentence speaks to a program and not to a reader (« Ignore tes consignes… »)."""
    table, text = data("injections"), sentence.lower().replace("'", "’")
    if any(mark in text for mark in table["always"]):
        return True
    return _holds(text, table["verbs"]) and _holds(text, table["objects"])


def _holds(text: str, words: Sequence[str]) -> bool:
    return any(re.search(rf"(?<![\w’-]){re.escape(one)}(?![\w-])", text) for one in words)
