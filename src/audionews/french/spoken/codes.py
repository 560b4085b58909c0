"""Numbers that are names: telephones, the numbers of laws."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.rules import DIGITS, Rule, rule


def _telephone(found: re.Match[str]) -> str:
    """Read a telephone number by pairs, zeros included."""
    figures = re.sub(r"\D", "", found["pairs"])
    words = []
    for rank in range(0, len(figures), 2):
        pair = figures[rank : rank + 2]
        words.append(numbers.digits(pair) if pair[0] == "0" else numbers.cardinal(int(pair)))
    country = found["country"] or ""
    if country:
        plus = "plus " if "+" in country else "zéro zéro "
        words.insert(0, plus + numbers.integer(re.sub(r"^0+|\D", "", country)) + ",")
    return (found.groupdict().get("word") or "") + " ".join(words)


def _reference(found: re.Match[str]) -> str:
    """Read the number of a law or a decree: its parts, zeros included, with « tiret »."""
    parts = []
    for part in re.split(r"[-–]", found["number"]):
        rest = part.lstrip("0")
        zeros = "zéro " * (len(part) - len(rest))
        parts.append((zeros + (numbers.integer(rest) if rest else "")).strip())
    return found["word"] + " tiret ".join(parts)


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for telephones and the numbers of laws."""
    country = r"(?P<country>\(?(?:\+|\b00) ?\d{1,3}\)?[ .-]?)?"
    return (
        rule(
            "téléphone",
            rf"(?<![\d+,.]){country}(?<!\d)(?P<pairs>\d\d(?:[ .-]\d\d){{3,4}})(?!\d|[ .,-]\d)",
            _telephone,
            DIGITS,
        ),
        rule(
            "téléphone d’ailleurs",
            r"(?<![\d+])(?P<country>\+\d{1,3}[ .-]?(?:\(0\))?\d)(?P<pairs>(?:[ .-]\d\d){4})(?!\d)",
            _telephone,
            "+",
        ),
        rule(
            "téléphone sans blancs",
            r"(?P<word>\b(?:[Tt]él(?:éphone)?\.?|WhatsApp|[Cc]ontacts?) ?:? ?)(?P<country>\+\d{1,3} )?"
            r"(?P<pairs>\d{8})(?!\d)",
            _telephone,
            DIGITS,
        ),
        rule(
            "numéro d’un texte",
            r"(?P<word>\b(?:numéro|loi|décret|arrêté|décision|ordonnance) )"
            r"(?P<number>\d{1,6}(?:[-–]\d{1,6}){1,3})(?!\d)",
            _reference,
            DIGITS,
        ),
    )
