"""The characters of a text reduced to those the rules for the ear know."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPECIAL = {
    **dict.fromkeys("'‘‛ʼ′´`ꞌ＇", "’"),
    **dict.fromkeys("‐‑‒−﹣－", "-"),
    **dict.fromkeys("—―", "–"),
    **dict.fromkeys("„‟", "“"),
    "″": "”",
    "º": "°",
    "ª": "a",
    "№": "n°",
    "℃": "°C",
    "⁄": "/",
    "ė": "é",
    "Ė": "É",
    "¹": "",  # a call for a note
}
# Left as they are: the rules read them. Every other symbol is silent.
_KEPT = frozenset("’“”«»–…°²³¼½¾€£$¥₦₵%‰§×÷±≈≤≥µ•")
_SILENT = frozenset({"So", "Sk", "Sc", "Sm", "Cf", "Cc", "Cs", "Co", "Cn", "Me", "Lm"})


def reduce(text: str) -> str:
    """Reduce a text to letters, ASCII digits, usual marks and single blanks.

    Args:
        text: any text.

    Returns:
        The text composed (NFC), emoji and control characters gone, every digit of any script an ASCII one.
    """
    text = unicodedata.normalize("NFC", text)
    text = _UNUSUAL.sub(lambda found: _one(found.group()), text)
    return " ".join(unicodedata.normalize("NFC", text).split())


_UNUSUAL = re.compile(r"[^ !-&(-_a-~À-ÖØ-öø-ĕĘ-ž’«»…]")


@lru_cache(maxsize=4096)
def _one(char: str) -> str:
    """Give what stands for one character."""
    category = unicodedata.category(char)
    if char in _SPECIAL or char in _KEPT or (char.isascii() and char.isprintable()):
        said = _SPECIAL.get(char, char)
    elif char.isspace() or category == "So":
        said = " "
    elif char.isdigit():
        said = str(unicodedata.digit(char))
    elif unicodedata.decomposition(char).startswith("<"):
        said = "".join(map(_one, unicodedata.normalize("NFKC", char)))
    elif category in _SILENT or 0xFE00 <= ord(char) <= 0xFE0F:
        said = ""
    else:
        said = char
    return said
