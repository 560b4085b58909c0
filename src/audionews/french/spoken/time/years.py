"""Spans of years, seasons and decades in figures."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.spoken.amounts.agreement import link, word_before
from audionews.french.spoken.time.moments import YEAR
from audionews.rules import DIGITS, Rule, rule

_SEASON_BEFORE = re.compile(
    r"\b(?:(?:saisons?|exercices?|campagnes?|année)(?: [a-zà-ÿ]{4,15})?|(?P<war>guerre|conflit)(?: de)?) $",
    re.IGNORECASE,
)
_CENTURIES = {"15", "16", "17", "18", "19", "20"}


def _years(found: re.Match[str]) -> str:
    first, second = found["first"], found["second"]
    second = first[: 4 - len(second)] + second
    if first.endswith("99") and second == f"{first[:2]}00":
        second = str(int(first) + 1)
    if int(second) <= int(first):
        return found.group()
    # A season (2013-2014) is read without « à », a longer span with it.
    between = link(found)
    season = int(second) == int(first) + 1 and between == "à"
    return f"{numbers.integer(first)}{' ' if season else f' {between} '}{numbers.integer(second)}"


def _short_years(found: re.Match[str]) -> str:
    """Read « saison 24-25 » and « guerre de 14-18 »."""
    before = _SEASON_BEFORE.search(found.string, max(0, found.start() - 40), found.start())
    first, second = int(found["first"]), int(found["second"])
    season = second == (first + 1) % 100
    if not before or not (season or (before["war"] and second > first)):
        return found.group()
    return f"{numbers.integer(found['first'])} {numbers.integer(found['second'])}"


def _decade(figures: str) -> str:
    return numbers.integer(figures).removesuffix("s") if int(figures) % 100 == 80 else numbers.integer(figures)


def _decades(found: re.Match[str]) -> str:
    first, second = found["first"], found["second"]
    # « les années soixante soixante-dix », but « mille neuf cent soixante à quatre-vingt ».
    between = " " if len(first) == 2 else " à "
    return found["word"] + _decade(first) + (between + _decade(second) if second else "")


def _english_decade(found: re.Match[str]) -> str:
    """Read « les 80s »; « 80s » elsewhere is eighty seconds."""
    decade = word_before(found) in {"les", "des", "aux"} and (
        len(found["first"]) == 2 or found["first"][:2] in _CENTURIES
    )
    return f"années {_decade(found['first'])}" if decade else found.group()


def _part_of_year(found: re.Match[str]) -> str:
    """Read « T1 2024 », « 3T 2024 » and « S2 2024 »."""
    number, part = int(found.group().strip("ST")), "trimestre" if "T" in found.group() else "semestre"
    inside = found.string[max(0, found.start() - 1) : found.start()].isalnum()
    return found.group() if inside else f"{numbers.ordinal(number)} {part}"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for years."""
    ten = r"[1-9]0"
    return (
        rule("année sans son siècle", r"’(?<= ’)(?=\d\ds?(?![\w’,.]))", "", "’"),
        rule(
            "trimestre, semestre",
            rf"(?:T[1-4]|[1-4]T|S[12])(?= {YEAR}\b)",
            _part_of_year,
            "TS",
        ),
        # « les années 80 », « les années 1970-80 », « les 90s ».
        rule(
            "décennie",
            rf"(?P<word>[Aa]nnées )(?P<first>(?:1[5-9]|20)?{ten})(?:[-–/](?P<second>{ten}))?(?:s|’)?(?![\w,]|[-–/.]\d)",
            _decades,
            DIGITS,
        ),
        rule(
            "décennie à l’anglaise",
            r"(?P<first>[1-9](?<![\w,.-].)(?:\d{2})?0)’?s(?!\w)",
            _english_decade,
            DIGITS,
        ),
        rule(
            "années",
            rf"(?P<first>[12](?<![\d/-].)\d{{3}}(?<={YEAR})) ?[-–/] ?(?P<second>{YEAR}|\d\d)(?![\w/-])(?! ?[%€$£])",
            _years,
            DIGITS,
        ),
        rule(
            "années courtes",
            r"(?P<first>\d(?<![\w.,/-].)\d)[-–/](?P<second>\d\d)(?![\d/-])",
            _short_years,
            DIGITS,
        ),
    )
