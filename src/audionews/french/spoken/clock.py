"""Times of the day, durations and minutes of a match in figures."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.rules import DIGITS, Rule, rule

_TO = r"(?P<to> ?[-–] ?(?=\d))?"


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
    """Give the rules for times of the day and minutes of a match."""
    return (
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
