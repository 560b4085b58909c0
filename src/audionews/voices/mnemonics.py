"""Sounds between slashes written in espeak-ng's own alphabet, which it reads between double brackets."""

from __future__ import annotations

import re
from functools import lru_cache

from audionews.french.lexicon import ipa

# Where espeak-ng's French voice writes a sound in another way than the International Phonetic Alphabet.
_MNEMONICS = {
    "ɑ̃": "A~", "ɛ̃": "E~", "ɔ̃": "O~", "œ̃": "W~", "ø": "Y", "ɛ": "E", "œ": "W", "ɔ": "O", "ə": "@",
    "ɡ": "g", "ʃ": "S", "ʒ": "Z", "ɲ": "n^", "ŋ": "N", "ʁ": "r",
    "ɥ": "y",  # as it reads « lui »
    "ʔ": "_|",  # no liaison, no pause
}  # fmt: skip
_NO_BRACKETS = str.maketrans("[]", "  ")
_OPEN = frozenset({*ipa.VOWELS, "w", "ɥ"})
_MARKED = re.compile(r"(-?)/([^/\s]{1,200})/(-?)")


@lru_cache(maxsize=4096)
def mnemonics(sounds: str) -> str:
    """Write the sounds of one word as espeak-ng does, stressed on the last full vowel: « abuʒa » → « abuZ'a ».

    Raises:
        ValueError: a sound is not one of `ipa.SOUNDS`.
    """
    split = ipa.split(ipa.checked(sounds))
    vowels = [place for place, sound in enumerate(split) if sound in ipa.VOWELS]
    full = [place for place in vowels if split[place] != "ə"]
    stressed = (full or vowels or [-1])[-1]
    written = []
    for place, sound in enumerate(split):
        before = split[place - 1] if place else ""
        if before == "i" and sound in _OPEN:
            written.append("_|")  # else espeak-ng would make [j] of [i]
        elif before in ("t", "d") and sound in ("ʃ", "ʒ"):
            written.append("|")  # two sounds, as in its own French words, not the English one
        written.append("'" if place == stressed else "")
        written.append(_MNEMONICS.get(sound, sound))
    return "".join(written)


def marked(text: str) -> str:
    """Give a text as espeak-ng takes it: sounds between slashes as mnemonics, no other bracket or slash.

    Args:
        text: spoken French, « le ministre /kulibali/ ».
    """
    return _MARKED.sub(_said, text.translate(_NO_BRACKETS)).replace("/", " ")


def _said(found: re.Match[str]) -> str:
    try:
        # A hyphen would glue the next word on.
        return f"{' ' if found[1] else ''}[[{mnemonics(found[2])}]]{' ' if found[3] else ''}"
    except ValueError:  # a slash that came with the text
        return found.group().replace("/", " ")
