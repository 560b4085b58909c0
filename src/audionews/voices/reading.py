"""What an engine is given to read: a spoken form, its words written as they sound when the engine can use that."""

from __future__ import annotations

from collections.abc import Mapping

from audionews.language import Entry, Language
from audionews.voices.base import Engine
from audionews.voices.foreign import french_sounds


def read(said: str, engine: Engine, entries: Mapping[str, Entry], language: Language) -> str:
    """Write a spoken form for an engine.

    Args:
        said: a spoken form, as ``spoken`` gives it.
        engine: its attribute `reads` says what it can use.
        entries: the station's own words; they win over the house's.
        language: of the text.

    Returns:
        Sounds between slashes, respellings, or the spoken form itself.
    """
    if engine.reads == "phonemes":
        return in_sounds(said, entries, language)
    return language.pronounce(said, entries) if engine.reads == "respellings" else said


def in_sounds(said: str, entries: Mapping[str, Entry], language: Language) -> str:
    """Write a spoken form for an engine of phonemes: ``"le ministre /kulibali/"``."""
    return french_sounds(language.pronounce(said, entries, phonemes=True))
