"""« 16%-58% », « 5 km-10 km », « 5€-10€ »: the two ends of a range of measures or amounts."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.spoken.amounts.agreement import is_label, link, spellings
from audionews.french.spoken.amounts.quantities import NUMBER, value
from audionews.rules import Rule, alternatives, rule


def _range(found: re.Match[str]) -> str:
    """Give the link of the range; the first unit is said only when the second is another."""
    first, unit = found["first"], found["unit"] or ""
    if found["mark"] == "/" and (unit or not 4 < value(first) < value(found["second"])):
        return found.group()  # « 6 l/100 km », « 3/4 h »; but « 10/20 mm » is a range
    if is_label(found, found["last"]):
        return found.group()
    kept = "" if unit in {"", found["last"]} else f" {unit}"
    return f"{first}{kept} {link(found)} "


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rule for ranges of measures and amounts."""
    signs = alternatives({*spellings("units"), *spellings("currencies"), "FCFA", "Fcfa", "F CFA", "CFA"})
    return (
        rule(
            "intervalle de mesures",
            rf"(?P<first>\d(?<![\w,.-].)\d{{0,17}}(?:,\d{{1,9}})?) ?(?P<unit>{signs})? ?(?P<mark>[-–/]) ?"
            rf"(?=(?P<second>{NUMBER}) ?(?P<last>{signs})(?![\w’²³]))",
            _range,
            "-–/",
        ),
    )
