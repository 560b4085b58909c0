"""Numbers that are names: laws and articles, versions, aircraft and flights, plates of vehicles."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.tables import data
from audionews.rules import DIGITS, Rule, alternatives, rule

_PLATE = r"(?:[A-Z]{1,3}|\d{1,4})(?:[ -]?(?:[A-Z]{1,3}|\d{1,4})){1,4}"


def _reference(found: re.Match[str]) -> str:
    """Read the number of a law or a decree: its parts, zeros included, with « tiret »."""
    return found["word"] + " tiret ".join(map(numbers.padded, re.split(r"[-–]", found["number"])))


def _points(found: re.Match[str]) -> str:
    """Read « 11.2.1 »; thousands and dates are left to others."""
    parts = found.group().split(".")
    thousands = all(len(part) == 3 for part in parts[1:])
    day, month, year = (*map(len, parts), 0)[:3]
    date = len(parts) == 3 and day <= 2 >= month and (year == 4 or month == year == 2)
    if thousands or date:
        return found.group()
    return " point ".join(map(numbers.padded, parts))


def _point(found: re.Match[str]) -> str:
    return f"{numbers.padded(found['whole'])} point {numbers.padded(found['part'])}"


def _plate(found: re.Match[str]) -> str:
    """Read a plate: letters one by one, numbers with their zeros."""
    parts = re.findall(r"[A-Z]+|\d+", found["plate"])
    if len({part.isdigit() for part in parts}) == 1:
        return found.group()
    said = " ".join(numbers.padded(part) if part.isdigit() else " ".join(part) for part in parts)
    return (found.groupdict().get("word") or "") + said


def _lettered(found: re.Match[str]) -> str:
    """Read « AH5017 », « ET 302 », « CO2 »: letters one by one, then the number."""
    return f"{' '.join(found['letters'])} {numbers.padded(found['number'])}"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for numbers that are names."""
    sayings = data("figures")["sayings"]
    return (
        rule(
            "locution chiffrée",
            rf"(?<![\w/.,-])(?:{alternatives(sayings)})(?![\w/-]|[.,]\d)",
            lambda found: str(sayings[found.group()]),
            DIGITS,
        ),
        rule(
            "numéro d’un texte",
            r"(?P<word>\b(?:numéro|[Ll]oi|[Dd]écret|[Aa]rrêté|[Dd]écision|[Oo]rdonnance|[Rr]ésolution|[Cc]irculaire"
            r"|[Aa]rticle(?: [LRD]\.?)?|[Dd]élibération) )(?P<number>\d{1,6}(?:[-–]\d{1,6}){1,3})(?!\d)",
            _reference,
            "-–",
        ),
        rule(
            "article à point",
            r"(?<=rticle )(?P<whole>\d{1,4})\.(?P<part>\d{1,2})(?![\w.])",
            _point,
            ".",
        ),
        rule("version", r"(?<![\w.,-])\d{1,3}(?:\.\d{1,4}){2,4}(?![\w-]|[.,]\d)", _points, "."),
        rule(
            "version à point zéro",
            r"(?<=[^\W\d_] )(?<!magnitude )(?P<whole>[1-9]\d?)\.(?P<part>0)"
            r"(?![\w-]|[.,]\d| ?[%°€$£]| (?:millions?|milliards?)\b)",
            _point,
            ".",
        ),
        rule(
            "vol",
            r"(?<=\b[Vv]ol )(?P<letters>[A-Z]{2}|[A-Z]\d|\d[A-Z])[ -]?(?P<number>\d{1,4})(?!\w)",
            _lettered,
            DIGITS,
        ),
        rule(
            "plaque",
            r"(?P<word>\b(?:[Ii]mmatriculé(?:e|s|es)?|[Ii]mmatriculation|[Pp]laques?)(?: [a-zà-ÿ]{2,16}){0,3} ?:? ?)"
            rf"(?P<plate>{_PLATE})(?![\w-])",
            _plate,
            DIGITS,
        ),
        rule(
            "plaque de France ou du Burkina",
            r"(?<![\w-])(?P<plate>[A-Z]{2}-\d{3}-[A-Z]{2}|\d{4} [A-Z]{2} 0\d)(?![\w-])",
            _plate,
            DIGITS,
        ),
        rule(
            "modèle d’avion",
            r"\b(?P<type>7\d7|(?<=ATR )\d\d)-(?P<series>[2-9]00\b|(?<=Boeing \d{3}-)\d{1,3}\b)",
            lambda found: f"{numbers.integer(found['type'])} {numbers.integer(found['series'])}",
            "-",
        ),
        # Two capitals before figures are letters (« ET302 », « CO2 », « RN 6 »), never a word.
        rule(
            "lettres d’un numéro",
            r"(?<![\w.’-])(?<!\d )(?P<letters>[A-Z]{2})-?(?P<number>\d{1,4})(?=[A-Z]?\d?(?!\w|[.,]\d))",
            _lettered,
            DIGITS,
        ),
    )
