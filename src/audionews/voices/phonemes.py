"""Spoken French → Kokoro's phonemes → its tokens.

The phonemes are espeak-ng's, in the spelling Kokoro was trained with (misaki's, by the author of Kokoro).
Punctuation is kept, because the model breathes and sings by it. Nothing is dropped in silence: a symbol the
model does not know is logged.
"""

from __future__ import annotations

import json
import logging
import re
from functools import cache
from importlib import resources

from audionews.voices import espeakng

log = logging.getLogger(__name__)

# Typography → the marks of the vocabulary.
_MARKS = str.maketrans(
    {
        "«": "“", "»": "”", "„": "“", "‟": "“", "’": "'", "‘": "'", "ʼ": "'",
        "–": "—", "―": "—", "−": "—", "‑": "-", "[": "(", "]": ")",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": None, "\u00ad": None, "\ufeff": None,
    }
)  # fmt: skip
_MARK = re.compile(r"""([;:,.!?—…"()“”]+)""")
_ONE_MARK = re.compile(r"""[;:,.!?—…"()“”]""")
_UNREADABLE = re.compile(r"""[^\w\s'\-;:,.!?—…"()“”]""")
_SOUNDS = re.compile(r"/[^/\s]+/")
_SWITCH = re.compile(r"\([a-z^-]+\)")  # espeak's flag of a word read in another language: "(e^n)"

# misaki's spelling of espeak's diphthongs and affricates.
_MISAKI = {
    "a^ɪ": "I", "a^ʊ": "W", "d^z": "ʣ", "d^ʒ": "ʤ", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "s^s": "S",
    "t^s": "ʦ", "t^ʃ": "ʧ", "ɔ^ɪ": "Y",
}  # fmt: skip
# espeak's symbols that the vocabulary lacks, and the nearest sound it has.
_NEAREST = {
    "g": "ɡ", "ɫ": "l", "ɬ": "l", "ɭ": "l", "ʟ": "l", "ɝ": "ɜɹ", "ʏ": "y", "ɵ": "ø", "ɘ": "ə", "ɞ": "œ",
    "ɶ": "a", "ɱ": "m", "ʀ": "ʁ", "ħ": "h", "ɦ": "h", "ɧ": "ʃ", "ʕ": "ʔ", "ʍ": "w", "ʷ": "w", "ʑ": "ʒ",
    "ʐ": "ʒ", "ɮ": "z", "ɓ": "b", "ɗ": "d", "ɠ": "ɡ", "ɢ": "ɡ", "ʄ": "ʤ", "ᵐ": "m", "ⁿ": "n", "ʼ": "",
    "ˑ": "", "ˤ": "", "\u0325": "", "\u0329": "", "\u032a": "", "\u032c": "", "\u032f": "", "\u030a": "",
}  # fmt: skip


@cache
def vocabulary() -> dict[str, int]:
    """Give Kokoro's symbols and their token numbers."""
    text = (resources.files("audionews.voices") / "data" / "vocab.json").read_text("utf-8")
    return {str(symbol): int(number) for symbol, number in json.loads(text)["vocab"].items()}


def phonemes(text: str, voice: str = "fr") -> str:
    """Give the phonemes of a spoken text, in Kokoro's alphabet, with its punctuation.

    Args:
        text: spoken French: ``"Deux morts à Gao."``; sounds may stand between slashes: ``"à /abudʒa/"``.
        voice: espeak's name of the language or accent.

    Returns:
        Symbols of the vocabulary only: ``"dˈø mˈɔʁ a ɡaˈo."``
    """
    plain = " ".join(text.translate(_MARKS).split())
    for sign in _UNREADABLE.findall(_SOUNDS.sub("", plain)):
        log.warning("Signe sans prononciation sûre : %r dans « %s »", sign, text)
    pieces = []
    for piece in _MARK.split(plain):
        if _MARK.fullmatch(piece):
            pieces.append(piece)
        elif piece.strip():
            before, after = piece[: piece.startswith(" ")], piece[len(piece) - piece.endswith(" ") :]
            pieces.append(before + sounds(piece.strip(), voice) + after)
        else:
            pieces.append(piece)
    whole = re.sub(r"\s+", " ", "".join(pieces)).strip()
    return _known(re.sub(r" (?=[;:,.!?…)”])|(?<=[(“]) ", "", whole), text)


def split_marks(text: str) -> list[str]:
    """Give what stands between the marks of a text or of its phonemes, one piece more than there are marks."""
    return _ONE_MARK.split(text.translate(_MARKS))


def tokens(symbols: str) -> list[int]:
    """Give the token numbers of phonemes, without the two pads."""
    known = vocabulary()
    return [known[symbol] for symbol in symbols]


def sounds(piece: str, voice: str = "fr") -> str:
    """Give the phonemes of a piece of text without marks, some of them perhaps not in the vocabulary."""
    ipa = _SWITCH.sub("", espeakng.phonemes(piece, voice))
    for espeak, misaki in _MISAKI.items():
        ipa = ipa.replace(espeak, misaki)
    return ipa.replace("^", "").replace("-", "").replace("_", "")


def _known(symbols: str, text: str) -> str:
    vocab = vocabulary()
    kept = []
    for symbol in symbols:
        if symbol in vocab:
            kept.append(symbol)
        elif symbol in _NEAREST:
            kept.append(_NEAREST[symbol])
        else:
            log.warning("Son inconnu de la voix, non prononcé : %r (U+%04X) dans « %s »", symbol, ord(symbol), text)
    return "".join(kept)
