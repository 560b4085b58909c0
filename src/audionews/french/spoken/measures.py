"""Measures and percentages: the unit after a number is said in full, the number itself is left."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.spoken.quantities import NUMBER, per, rate, value
from audionews.french.tables import data
from audionews.rules import DIGITS, Rule, alternatives, rule


def _say_measure(found: re.Match[str]) -> str:
    singular, plural = data("units")["units"][found["unit"]]
    return f"{found['number']} {singular if value(found['number']) < 2 else plural}{per(found)}"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for measures, made from data/units.toml."""
    units = alternatives(data("units")["units"])
    return (
        rule(
            "pourcentages",
            rf"(?<![\d,.-])({NUMBER}) ?%? ?[-–] ?(?={NUMBER} ?%)",
            r"\1 à ",
            "%",
        ),
        rule(
            "mesure",
            rf"(?<![\da-wyzA-WYZ])(?P<number>{NUMBER}) ?(?P<unit>{units})(?![\w’²³]){rate()}",
            _say_measure,
            DIGITS,
        ),
    )
