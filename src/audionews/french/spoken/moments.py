"""Dates and years in figures."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.dates import MONTHS
from audionews.rules import DIGITS, Rule, alternatives, rule

_YEAR = r"(?:1[5-9]|20)\d\d"


def _date(found: re.Match[str]) -> str:
    day, month, year = int(found["day"]), int(found["month"]), found.groupdict().get("year")
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return found.group()
    spelled = "premier" if day == 1 else numbers.cardinal(day)
    return f"{spelled} {MONTHS[month - 1]}" + (f" {numbers.integer(year)}" if year else "")


def _years(found: re.Match[str]) -> str:
    first, second = found["first"], found["second"]
    second = first[: 4 - len(second)] + second
    if int(second) <= int(first):
        return found.group()
    # A season (2013-2014) is read without « à », a longer span with it.
    link = " " if int(second) == int(first) + 1 else " à "
    return f"{numbers.integer(first)}{link}{numbers.integer(second)}"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for dates and spans of years."""
    months = alternatives([*MONTHS, *(month.capitalize() for month in MONTHS), "aout", "fevrier", "decembre"])
    return (
        rule(
            "date en chiffres",
            r"(?<![\d/.-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?![\d/-])",
            _date,
            DIGITS,
        ),
        rule(
            "date internationale",
            r"(?<![\d/-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d/-])",
            _date,
            DIGITS,
        ),
        rule(
            "jour et mois en chiffres",
            r"(?<=\b[Ll]e )(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/]| de finale)",
            _date,
            "/",
        ),
        rule("quantième", rf"(?<![\d,.-])0?1(?= (?:{months})\b)", "premier", DIGITS),
        rule(
            "années",
            rf"(?<![\d/-])(?P<first>{_YEAR}) ?[-–/] ?(?P<second>{_YEAR}|\d\d)(?![\d/-])",
            _years,
            DIGITS,
        ),
    )
