"""Dates, years and times in figures."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.dates import MONTHS
from audionews.french.rules import DIGITS, Rule, alternatives, rule

_TO = r"(?P<to> ?[-–] ?(?=\d))?"
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


def _time(found: re.Match[str]) -> str:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    words = [numbers.cardinal(hour, feminine=True), "heure" if hour < 2 else "heures"]
    if minute:
        words.append(numbers.cardinal(minute, feminine=True))
    return " ".join(words) + (" à " if found["to"] else "")


def _minute(found: re.Match[str]) -> str:
    added = f" plus {numbers.integer(found['added'])}" if found["added"] else ""
    return f"{numbers.ordinal(int(found['number']))} minute{added}"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for dates, spans of years, times of the day and minutes of a match."""
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
        rule(
            "jour et nuit",
            r"\b24 ?[hH](?:eures)? ?(?:/|sur) ?24(?: ?[hH](?:eures)?)?(?!\w)",
            "vingt-quatre heures sur vingt-quatre",
            DIGITS,
        ),
        rule("toute la semaine", r"\b7 ?j(?:ours)? ?(?:/|sur) ?7(?!\w)", "sept jours sur sept", DIGITS),
        rule(
            "heure",
            r"(?<![\d,.:/])(?P<hour>\d{1,3}) ?[hH](?: ?(?P<minute>[0-5]\d)(?: ?mn| ?min)?)?(?![\w’/])" + _TO,
            _time,
            "hH",
        ),
        rule(
            "heure à deux points",
            r"(?<![\d,.:/])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:]|,\d)" + _TO,
            _time,
            ":",
        ),
        rule(
            "minute de jeu",
            r"(?<![\d,.])(?P<number>\d{1,3})"
            r"(?: ?(?:e|è|é|ème|eme) ?(?:minutes?\b|(?:mins?|mn)\b(?:\.(?=.))?)|’(?![\w’]))"
            r"(?: ?\+ ?(?P<added>\d{1,2}))?",
            _minute,
            DIGITS,
        ),
    )
