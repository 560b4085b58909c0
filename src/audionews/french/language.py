"""French, as `audionews.language` knows it."""

from audionews.french.expansion import first_mention
from audionews.french.lexicon import entry, pronounce
from audionews.french.sentences import split as sentences
from audionews.french.spoken import explain, spoken

__all__ = ["entry", "explain", "first_mention", "pronounce", "sentences", "spoken"]
