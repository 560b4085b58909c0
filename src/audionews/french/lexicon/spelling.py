"""Sounds written back in French letters, for engines that read spellings only."""

from __future__ import annotations

from audionews.french.lexicon import ipa

_NASAL = {"ɑ̃": "an", "ɛ̃": "in", "ɔ̃": "on", "œ̃": "un"}
_VOWEL = {
    "y": "u",
    "u": "ou",
    "e": "é",
    "ø": "eu",
    "ɛ": "è",
    "œ": "eu",
    "ɔ": "o",
    "ə": "e",
}  # the others are themselves
_CONSONANT = {"k": "k", "ʃ": "ch", "ʒ": "j", "ɲ": "gn", "ŋ": "ng", "ʁ": "r", "w": "ou", "ɥ": "u"}
_FRONT = frozenset({"i", "y", "e", "ø", "ɛ", "œ", "ə", "ɛ̃", "œ̃"})
_GLIDES = frozenset("jwɥ")


def spelled(transcription: str) -> str:
    """Spell a checked transcription as a French reader would read it: « abudʒa » → « aboudja »."""
    return " ".join(_word(ipa.split(word)) for word in transcription.split())


def _word(sounds: list[str]) -> str:
    padded = ["", *sounds, ""]
    return "".join(_letters(*padded[place - 1 : place + 2]) for place in range(1, len(padded) - 1))


def _letters(before: str, sound: str, after: str) -> str:
    """Spell one sound between two others; an empty one is the end of the word."""
    vowel_before, vowel_after = before in ipa.VOWELS, after in ipa.VOWELS
    if sound in _NASAL:
        letters = _NASAL[sound] + ("-" if vowel_after or after in ("n", "m") else "")
        letters += "t" if before == "m" and sound == "ɑ̃" and not after else ""  # « man » is English
    elif sound in ipa.VOWELS:
        letters = _VOWEL.get(sound, sound)
        if vowel_before:  # no letter may melt into the one before it
            letters = {"i": "ï", "y": "ü"}.get(sound, letters)
    elif sound == "s":
        letters = "ss" if vowel_before and after else "s"
        letters = "sse" if not after else letters
    elif sound == "ɡ":
        letters = "gu" if after in _FRONT else "gue" if not after else "g"
    elif sound == "j":
        after_o = before in ("o", "ɔ")  # « oille » is read otherwise
        letters = "ï" if vowel_before and (vowel_after or after_o) else "ille" if vowel_before else "y"
    elif sound in ("n", "m") and vowel_before and not vowel_after and after not in _GLIDES:
        letters = f"{sound}e"  # else the vowel would be read through the nose
    elif sound == "ŋ" and not after:
        letters = "ne"  # « parkine »
    else:
        letters = _CONSONANT.get(sound, sound)
        letters += "e" if not after and sound not in _GLIDES else ""
    return letters
