"""The International Phonetic Alphabet, as far as a French voice can say it."""

from __future__ import annotations

import re
import unicodedata

VOWELS = ("ɑ̃", "ɛ̃", "ɔ̃", "œ̃", "i", "y", "u", "e", "ø", "o", "ɛ", "œ", "ɔ", "ə", "a")
CONSONANTS = (*"pbtdkɡfvszʃʒmnɲŋlʁjwɥh", "ʔ")  # the last is silent and only forbids the liaison: « les /ʔuti/ »
SOUNDS = (*VOWELS, *CONSONANTS)

# Marks that say nothing to a French voice: stress, syllables, length, ties, devoicing…
_MARKS = re.compile("[ˈˌ.ːˑ‿͜͡ʰʲˠˤ̯̩̪̥̬̝̞̟̠]|[()]")  # and the brackets round a sound that may be left out
_SOUND = re.compile("|".join([*SOUNDS, " "]))
# Sounds that French lacks, and its nearest.
_NEAREST = {
    **dict.fromkeys("rɹɾɽɻʀxχɣħ", "ʁ"),
    **dict.fromkeys("ɑɒɐæ", "a"),
    **dict.fromkeys("ɪɨɩ", "i"),
    **dict.fromkeys("ʊɯɷ", "u"),
    **dict.fromkeys("ʌɜɝ", "œ"),
    **dict.fromkeys("ɵɤ", "ø"),
    **dict.fromkeys(("ã", "ɐ̃", "ʌ̃"), "ɑ̃"),
    **dict.fromkeys(("ẽ", "æ̃", "ĩ"), "ɛ̃"),
    **dict.fromkeys(("õ", "ũ"), "ɔ̃"),
    **dict.fromkeys("ɫɭʟɬ", "l"),
    "θ": "s", "ð": "z", "ç": "ʃ", "ʂ": "ʃ", "ɕ": "ʃ", "ʐ": "ʒ", "ʑ": "ʒ", "ʝ": "j", "ʎ": "j",
    "c": "k", "q": "k", "ɟ": "ɡ", "ɢ": "ɡ", "ɠ": "ɡ", "ɸ": "f", "β": "v", "ʋ": "v", "ʍ": "w", "ɱ": "m",
    "ɳ": "n", "ɴ": "ŋ", "ʈ": "t", "ɖ": "d", "ɗ": "d", "ɓ": "b", "ɦ": "h", "ɘ": "ə", "ɚ": "œʁ", "ʏ": "y",
    "ʧ": "tʃ", "ʤ": "dʒ", "ʦ": "ts", "ʣ": "dz", "ʼ": "", "ʕ": "",
}  # fmt: skip
_FOREIGN = re.compile("|".join([*VOWELS[:4], *sorted(_NEAREST, key=len, reverse=True)]))  # nasal vowels pass whole


def plain(written: str) -> str:
    """Give a transcription without the marks that say nothing to a French voice, single blanks between words."""
    text = _MARKS.sub("", unicodedata.normalize("NFC", written).replace("g", "ɡ"))
    return " ".join(text.split())


def nearest(written: str) -> str:
    """Give a transcription in French sounds: those that French lacks become the nearest it has."""
    text = _FOREIGN.sub(lambda found: _NEAREST.get(found.group(), found.group()), plain(written))
    return " ".join(text.split())


def checked(written: str) -> str:
    """Give a transcription without marks, once every sound is known.

    Raises:
        ValueError: a sound is not one of French; the message is French.
    """
    text = plain(written)
    unknown = _SOUND.sub("", text)
    if unknown:
        near = _NEAREST.get(unknown[0], "")
        hint = f" ; le plus proche est « {near} »" if near else ""
        raise ValueError(f"« {unknown[0]} » n’est pas un son du français{hint}")
    return text


def split(transcription: str) -> list[str]:
    """Give the sounds of a checked transcription, one by one."""
    return _SOUND.findall(transcription)
