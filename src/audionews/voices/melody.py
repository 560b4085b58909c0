"""How a sentence is sung, where the voice itself sings it wrong: a factor of pitch for each phoneme.

Kokoro ends a French question as it ends a statement (docs/voices.md, « Questions »). A reader lets the last syllable of
a question that yes or no answers rise, and that of another, which its first word already tells, a little (Delattre,
« Les dix intonations de base du français », The French Review 40, 1966).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Factors of the last syllable, which falls by itself, and of the breath after it, into which it glides.
YES_OR_NO = (1.9, 3.0)
OPEN = (1.45, 2.0)
_VOWELS = "aɑeɛəiɔoøœuy"
_OPENING = re.compile(  # how a question begins or ends that yes or no does not answer; « est-ce que » alone is none
    r"^\W*(?:(?:et|mais|alors|donc|or)\W+)?"
    r"(?:jusqu\W+)?(?:(?:à|de|d|en|pour|par|avec|sur|sous|dans|depuis|dès|vers|chez|contre|entre|selon)\W+)?"
    r"(?:qui|que|qu|quoi|où|quand|comment|combien|pourquoi|(?:les?|la|aux?|des?|du)?quel(?:le)?s?)\b"
    r"|\b(?:pourquoi|comment|combien|quoi|quand|où|quel(?:le)?s?)\W*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.!…;:,]")


def pitches(symbols: str, text: str) -> tuple[float, ...]:
    """Give a factor for each phoneme.

    Args:
        symbols: phonemes with their marks, as `phonemes` gives them.
        text: what they say.
    """
    made = [1.0] * len(symbols)
    ends = [found.start() for found in re.finditer(r"\?", symbols)]
    for end, asked in zip(ends, text.split("?"), strict=False):
        syllable, breath = OPEN if _OPENING.search(_CLAUSE.split(asked)[-1].strip()) else YES_OR_NO
        start = _last_vowel(symbols, end)
        made[start:end] = [syllable] * (end - start)
        made[end] = breath
    return tuple(made)


def _last_vowel(symbols: Sequence[str], end: int) -> int:
    """Give the place of the last vowel before an end, with the stress that stands before it."""
    place = next((at for at in reversed(range(end)) if symbols[at] in _VOWELS), end)
    return place - (place > 0 and symbols[place - 1] == "ˈ")
