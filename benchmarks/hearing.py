"""What was heard against what should be: both in the same plain words, figures by num2words, then counted.

Nothing of this project's own rules is used here, so that no mistake of theirs can hide itself.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from num2words import num2words

_LETTERS = re.compile(r"(?<!\w)[A-Z](?:[ .-][A-Z])+(?![\w’])\.?")
_ROMAN = {"I": 1, "V": 5, "X": 10}
_UNITS = (
    (r"%", " pour cent"),
    (r"€", " euros"),
    (r"\$", " dollars"),
    (r"(?i)°\s*c\b", " degrés Celsius"),
    (r"°", " degrés "),
    (r"(?i)(?<=\d)\s*km\s*/\s*h\b", " kilomètres heure"),
    (r"(?i)(?<=\d)\s*km\b", " kilomètres"),
    (r"(?i)(?<=\d)\s*m(?:³|3)", " mètres cubes"),
    (r"(?i)(?<=\d)\s*mm\b", " millimètres"),
    (r"(?i)(?<=\d)\s*kg\b", " kilos"),
    (r"(?i)(?<=\d)\s*mwh\b", " mégawattheures"),
    (r"(?i)(?<=\d)\s*mw\b", " mégawatts"),
    (r"(?i)/\s*ha\b", " par hectare"),
    (r"(?i)/\s*kg\b", " le kilo"),
    (r"(?i)\bf\.?\s*cfa\b", " francs CFA"),
    (r"(?i)\bn[°º]\s*", "numéro "),
    (r"(?i)\bmme\b", "madame"),
    (r"(?i)\bdr\b", "docteur"),
    (r"(?i)\bpr\b", "professeur"),
    (r"(?i)\bart\.\s*", "article "),
    (r"(?i)\bal\.\s*", "alinéa "),
    (r"@", " arobase "),
    (r"(?i)\btiret\b", " "),
    (r"(?<=\w)\.(?=[a-z]{2,3}\b)", " point "),
    (r"\+\s*(?=\d)", " plus "),
)
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_MID_VOWELS = str.maketrans({"ɛ": "e", "ɔ": "o", "ø": "ə", "œ": "ə", "ɑ": "a"})


def variants(spoken: str) -> tuple[str, ...]:
    """Write out the readings of « {le|par} kilo »."""
    parts = [part.split("|") for part in re.split(r"[{}]", spoken)]
    return tuple("".join(choice) for choice in itertools.product(*parts))


def words(text: str) -> list[str]:
    """Write a text in words that keep their case and accents; a sigle's letters stand together, « A_M_R_T_P »."""
    text = unicodedata.normalize("NFC", text).replace("'", "’")
    text = re.sub(r"[\u00a0\u202f\u2009]", " ", text)
    text = re.sub(r"\bN’(?=[A-Z])", "N", text)  # N’Djaména, N’Guessan: one word
    text = _LETTERS.sub(lambda found: re.sub(r"[ .-]+", "_", found[0].rstrip(".")), text)
    text = re.sub(r"\b([XVI]+)(?=(?:e|è|ème)\b)", lambda found: str(_roman(found[1])), text)
    text = re.sub(r"\b(?:[XVI]{2,}|(?<=ommunes )V)\b", lambda found: str(_roman(found[0])), text)
    for pattern, said in _UNITS:
        text = re.sub(pattern, said, text)
    text = _figures(text)
    return re.findall(r"\w+", text)


def plain(word: str) -> str:
    """Give what two words must share to be the same: no case, accent, or mute final s."""
    letters = unicodedata.normalize("NFD", word.lower().replace("œ", "oe").replace("æ", "ae"))
    kept = "".join(letter for letter in letters if letter.isalnum())
    return re.sub(r"(?<=\w\w)s$", "", kept)


def errors(expected: Sequence[str], heard: Sequence[str]) -> int:
    """Count the least insertions, deletions and substitutions between two sequences."""
    row = list(range(len(heard) + 1))
    for at, one in enumerate(expected, 1):
        before, row[0] = row[0], at
        for to, other in enumerate(heard, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (one != other))
    return row[-1]


def sounds(text_words: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """Give the sounds of each word, without stress or length, open and closed vowels taken together.

    Args:
        text_words: as `words` gives them.
        known: plain word → its sounds in IPA, for the names that French spelling does not tell.
    """
    return [(known.get(plain(word)) or _sound(word)).translate(_MID_VOWELS) for word in text_words]


def known_sounds(expected: Sequence[str], names: Mapping[str, str]) -> dict[str, str]:
    """Give the sounds of the words expected in a line, so that the same word heard sounds the same."""
    return {plain(word): _sound(word) for word in expected} | {plain(name): ipa for name, ipa in names.items()}


@cache
def _sound(word: str) -> str:
    from audionews.voices import espeakng

    ipa = espeakng.phonemes(word.replace("_", " "))
    return re.sub(r"\([a-z^-]+\)|[\sˈˌː^_-]", "", ipa)


def _figures(text: str) -> str:
    text = re.sub(r"(?<![\d,])(?<!\d[ .])\d{1,3}(?:[ .]\d{3})+(?![\d])", lambda one: re.sub(r"\D", "", one[0]), text)
    text = re.sub(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b", lambda one: f"{one[1]} {_month(int(one[2]))} {one[3]}", text)
    text = re.sub(r"\b(\d{1,3})/(\d{1,3})\b", _fraction, text)
    text = re.sub(r"(?<![\d-])(\d{1,2})\s*[-–]\s*(\d{1,2})(?![\d-])", r"\1 à \2", text)
    text = re.sub(r"\b(\d{1,2}) ?(?:h|heures?)(?= ?\d|(?!\w)) ?", lambda one: f"{_feminine(one[1])} heures ", text)
    text = re.sub(r"\b1(?:er|ère|re)\b", "premier", text)
    text = re.sub(r"\b(\d+) ?(?:ème|eme|è|e)s?\b", lambda one: _say(int(one[1]), to="ordinal"), text)
    text = re.sub(r"(?<=\d)[,.](?=\d)", " virgule ", text)
    return re.sub(r"(?<!\d)(0*)(\d+)", lambda one: " " + "zéro " * len(one[1]) + _say(int(one[2])) + " ", text)


def _say(number: int, to: str = "cardinal") -> str:
    return str(num2words(number, lang="fr", to=to))


def _feminine(figures: str) -> str:
    return re.sub(r"\bun$", "une", _say(int(figures)))


def _fraction(found: re.Match[str]) -> str:
    part = {"2": "demi", "3": "tiers", "4": "quarts"}.get(found[2])
    return f"{found[1]} {part}" if part else f"{found[1]} sur {found[2]}"


def _month(number: int) -> str:
    return _MONTHS[number - 1] if 0 < number < 13 else str(number)


def _roman(figures: str) -> int:
    values = [_ROMAN[letter] for letter in figures]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
