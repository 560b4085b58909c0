"""Words that a speech engine reads wrong, written as they sound: the last step before the voice."""

from audionews.french.lexicon.entries import Render, entry, respelling, sounds, written
from audionews.french.lexicon.reading import house, pronounce
from audionews.language import Entry

__all__ = ["Entry", "Render", "entry", "house", "pronounce", "respelling", "sounds", "written"]
