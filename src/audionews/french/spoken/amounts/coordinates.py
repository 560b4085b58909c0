"""Degrees of latitude and longitude."""

from __future__ import annotations

import re
from functools import cache

from audionews.rules import Rule, rule

_SIDES = {"N": "nord", "S": "sud", "E": "est", "W": "ouest", "O": "ouest"}


def _angle(found: re.Match[str]) -> str:
    if not (found["minutes"] or found["side"]):
        return found.group()  # of heat, or of a turn
    parts = [_count(found["degrees"], "degré")]
    if found["minutes"]:
        parts.append(_count(found["minutes"], "minute"))
    if found["seconds"]:
        parts.append(_count(found["seconds"], "seconde"))
    if found["side"]:
        parts.append(_SIDES[found["side"]])
    return " ".join(parts)


def _count(number: str, noun: str) -> str:
    number = number.replace(".", ",")
    return f"{number} {noun}{'' if float(number.replace(',', '.')) < 2 else 's'}"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rule for degrees of latitude and longitude; the numbers are left."""
    number, first = r"\d{1,3}(?:[.,]\d{1,6})?", r"\d(?<![\w,.].)\d{0,2}(?:[.,]\d{1,6})?"
    return (
        rule(
            "latitude, longitude",
            rf"(?P<degrees>{first}) ?°(?: ?(?P<minutes>{number}) ?’(?: ?(?P<seconds>{number}) ?(?:’’|”|\"))?)?"
            r"(?: ?(?P<side>[NSEWO])(?![\w’]))?",
            _angle,
            "°",
        ),
    )
