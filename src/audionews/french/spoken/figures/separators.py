"""Groups of thousands and decimal marks reduced to plain digits and one comma."""

from __future__ import annotations

import re
from functools import cache

from audionews.rules import DIGITS, Rule, rule


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules that leave plain digits and one comma: thousands and decimals."""
    return (
        rule(
            "décimales par tranches",
            r"(?<![\d.,])\d{1,3}(?: \d{3}){0,5},\d{3}(?: \d{3}){0,2} \d{1,3}(?![\d.,]| \d)",
            lambda found: found.group().replace(" ", ""),
            ",",
        ),
        rule(
            "milliers",
            # No number follows a lone capital (« U17 250 supporters »); « 0.125 » is no number of thousands.
            r"(?=\d)(?<![\d.,])(?<!\b[A-EG-Z])(?:[1-9]\d{0,2}|0[1-9])(?:(?:\. ?| |’)\d{3}){1,5}(?!\d)(?! \d\d\d(?!\d))",
            lambda found: re.sub(r"\D", "", found.group()),
            DIGITS,
        ),
        rule(
            "milliers à virgule",
            r"(?<![\d.,])[1-9]\d{0,2}(?:(?:,\d{3}){2,5}|,000)(?![\d,])",
            lambda found: found.group().replace(",", ""),
            ",",
        ),
        rule(
            "décimales",
            r"(?<![\d.,])(\d{1,15})(?:[.,](?=\d)|(?<!\d{4}), (?=0\d\b|\d\d? ?(?:%|millions?\b|milliards?\b)))"
            r"(\d{1,9})(?!\d|[.,]\d)",
            lambda found: f"{found[1]},{found[2]}",
            DIGITS,
        ),
    )
