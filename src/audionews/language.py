"""The languages of the voice: a package each, beside `french/`, found by the station's language code.

A package offers the functions of `Language` in its module `language`; a line in `_PACKAGES` makes it known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from audionews.errors import UsageError

_PACKAGES = {"fr": "audionews.french.language"}


@dataclass(frozen=True, slots=True)
class Entry:
    """How a word is said; either part may be empty, not both."""

    say: str = ""  # respelled so that a reader of the language says it right: « Aboudja »
    ipa: str = ""  # its sounds, one blank between words: « abudʒa »


class Language(Protocol):
    """What a language knows of being read aloud."""

    def spoken(self, text: str) -> str:
        """Write a text as it is said."""

    def explain(self, text: str) -> tuple[tuple[str, str, str], ...]:
        """Tell which rule changed what: (rule, before, after)."""

    def sentences(self, text: str) -> tuple[str, ...]:
        """Split a text into sentences."""

    def first_mention(self, sentences: Sequence[str], said: str = "") -> tuple[str, ...]:
        """Write sigles in full where they come first."""

    def entry(self, written: str) -> Entry:
        """Read an entry of a lexicon, « Aboudja /abudʒa/ »; ValueError tells what is wrong with it."""

    def pronounce(self, text: str, station: Mapping[str, Entry], phonemes: bool = False) -> str:
        """Write the words a voice reads wrong as they sound, in phonemes or respelled."""


def language(code: str) -> Language:
    """Give the language of a station.

    Args:
        code: « fr », or with a country, « fr-ML ».

    Raises:
        UsageError: no package speaks it.
    """
    package = _PACKAGES.get(code.lower().partition("-")[0])
    if package is None:
        raise UsageError(
            f"La langue « {code} » n’est pas connue", f"Écrivez dans [station] language : {', '.join(_PACKAGES)}"
        )
    return cast(Language, import_module(package))
