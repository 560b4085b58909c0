"""How much of a sentence is in no word of its article: what a free rewriting adds without a figure or a name in it."""

from __future__ import annotations

import re
import unicodedata

from audionews.model import Article

MOST = 0.2  # share of a sentence's telling words: one synonym in five, not a claim of its own
STEM = 5  # letters: « reconstruire » and « reconstruction » are one
_WORD = re.compile(r"[a-z0-9]{4,}")
# Words of four letters and more that tell nothing by themselves.
_PLAIN_TEXT = """
dans avec pour mais elle elles leur leurs cette sont etait etaient avait avaient sera seront serait aussi selon apres
avant depuis entre plus moins ainsi donc comme tout tous toute toutes autre autres lors encore fait faire etre avoir
chez sous vers sans celui celle ceux celles dont indique precise ajoute affirme declare annonce explique estime assure
rappelle souligne
"""
_PLAIN = frozenset(_PLAIN_TEXT.split())


def new_words(sentence: str, article: Article) -> tuple[str, ...]:
    """Give the telling words of a sentence that its article has in no form."""
    known = {word[:STEM] for word in _WORD.findall(_fold(f"{article.title} {article.text} {article.source}"))}
    return tuple(word for word in _telling(sentence) if word[:STEM] not in known)


def is_free(sentence: str, article: Article) -> bool:
    """Tell whether a sentence says more in words of its own than rewriting needs."""
    return len(new_words(sentence, article)) > MOST * len(_telling(sentence))


def _telling(text: str) -> list[str]:
    return [word for word in _WORD.findall(_fold(text)) if word not in _PLAIN]


def _fold(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower().replace("œ", "oe"))
    return "".join(char for char in bare if not unicodedata.combining(char))
