"""Names of keys, in French and in English, with their sharps and flats."""

from __future__ import annotations

import re
import unicodedata

from audionews.errors import UsageError

_NOTES = {
    name: place
    for place, names in {0: "do ut c", 2: "re d", 4: "mi e", 5: "fa f", 7: "sol g", 9: "la a", 11: "si b"}.items()
    for name in names.split()
}
_ALTERED = {"": 0, "#": 1, "♯": 1, "diese": 1, "sharp": 1, "b": -1, "♭": -1, "bemol": -1, "flat": -1}
_KEY = re.compile(rf"({'|'.join(_NOTES)})[\s-]*({'|'.join(_ALTERED)})")
_MODE = re.compile(r"[\s-]*(majeure?|mineure?|major|minor|maj|min|m)$")
_HINT = "Écrivez une note, en français ou en anglais : ré, fa#, si b, sol dièse, D, Bb"


def tonic(text: str) -> int:
    """Read the name of a key.

    Args:
        text: « ré », « Fa# », « si b », « mi bémol », ``"D"``, ``"Bb"``; case, accents and blanks do not count.

    Returns:
        Semitones above C, from 0 to 11.

    Raises:
        UsageError: it is none; a mode is refused too, for each family has its own.
    """
    plain = _plain(text)
    found = _KEY.fullmatch(plain)
    if found is None:
        if _MODE.search(plain) and _KEY.fullmatch(_MODE.sub("", plain)):
            raise UsageError(
                f"La tonalité « {text} » nomme un mode, or chaque famille de sons a le sien",
                "Écrivez la note seule : ré, fa#, si b, D, Bb",
            )
        raise UsageError(f"La tonalité « {text} » est inconnue", _HINT)
    return (_NOTES[found[1]] + _ALTERED[found[2]]) % 12


def _plain(text: str) -> str:
    """Give the text in small letters, without accents nor blanks around it."""
    apart = unicodedata.normalize("NFD", text).casefold()
    return "".join(one for one in apart if not unicodedata.combining(one)).strip()
