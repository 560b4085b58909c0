"""Times of the day in figures."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.spoken.amounts.agreement import is_label, link, word_before
from audionews.french.tables import word_set
from audionews.rules import Rule, rule

_TO = r"(?P<to> ?[-–] ?(?=\d))?"


def hours(number: str) -> str:
    """Say a number of hours: « une heure », « vingt et une heures »."""
    return f"{numbers.integer(number, feminine=True)} heure{'' if int(number) < 2 else 's'}"


def _time(found: re.Match[str]) -> str:
    if not found["minute"] and is_label(found, "h"):
        return found.group()
    words = hours(found["hour"])
    if int(found["minute"] or 0):
        words += f" {numbers.integer(found['minute'], feminine=True)}"
    return words + (f" {link(found)} " if found["to"] else "")


def _colon(found: re.Match[str]) -> str:
    """Read « 14:30 », which is a verse after the name of a book."""
    verse = word_before(found) in word_set("units", "books")
    return found.group().replace(":", ", ") if verse else _time(found)


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for times of the day."""
    return (
        rule(
            "d’une heure à l’autre",
            r"(\d(?<![\w,.:/-].)\d?) ?[-–] ?(?=\d{1,2} ?[hH](?![^\W\d_]))",
            lambda found: f"{found[1]} {link(found)} ",
            "hH",
        ),
        rule(
            "heure",
            r"(?P<hour>\d(?<![\w,.:/].)\d?|\d(?<!\d .)(?<![\w,.:/].)\d\d) ?[hH]"
            r"(?: ?(?P<minute>[0-5]\d)(?: ?(?:mn|min|mins|minutes?)\b|’(?!\w))?)?(?![\w’/])" + _TO,
            _time,
            "hH",
        ),
        rule(
            "heure à deux points",
            r"(?P<hour>\d(?<![\w,.:/].)\d?(?<![3-9]\d)(?<!2[5-9])):(?P<minute>[0-5]\d)(?![\w:]|[.,]\d)" + _TO,
            _colon,
            ":",
        ),
    )
