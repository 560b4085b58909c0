"""Signs before and between numbers: powers, comparisons, sums, « x3 »."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.spoken.amounts.quantities import NUMBER
from audionews.rules import Rule, rule

_COMPARED = {
    "<": ("moins de ", "inférieur à "),
    ">": ("plus de ", "supérieur à "),
    "≤": ("au plus ", "inférieur ou égal à "),
    "≥": ("au moins ", "supérieur ou égal à "),
}


def _compare(found: re.Match[str]) -> str:
    """Read « < 5 % » as « moins de », « x < 5 » as « inférieur à »."""
    alone, between = _COMPARED[{"<=": "≤", ">=": "≥"}.get(found["sign"], found["sign"])]
    return f"{found['left']} {between}" if found["left"] else alone


def _scientific(found: re.Match[str]) -> str:
    sign = "moins " if found["sign"] == "-" else ""
    return f"{found['number'].replace('.', ',')} fois dix puissance {sign}{found['power']}"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for the signs of arithmetic beside a number."""
    return (
        rule(
            "notation scientifique",
            r"(?<![\w.,])(?P<number>\d{1,3}[.,]\d{1,9})[eE](?P<sign>[+-]?)(?P<power>\d{1,3})(?!\w)",
            _scientific,
            "eE",
        ),
        rule("puissance", r"(?<=\d) ?\^ ?(?=-?\d)", " puissance ", "^"),
        rule(
            "carré, cube d’un nombre",
            r"(?<=\d)[²³]|(?<=\b[a-z])[²³](?!\w)",
            lambda found: " au carré" if found.group() == "²" else " au cube",
            "²³",
        ),
        rule("carré, cube", r" ?[²³]", lambda found: " carré" if "²" in found.group() else " cube", "²³"),
        rule("comparaison", r"(?:(?P<left>[\w%)]) ?)?(?<![-=–<>])(?P<sign>[<>]=?|[≤≥]) ?(?=\d)", _compare, "<>≤≥"),
        rule("soustraction", rf"(?<=\d) ?[-–] ?(?={NUMBER} ?=)", " moins ", "="),
        rule("fois", r"(?<=\d) ?[x×*] ?(?=\d)|(?<=\d) ?x(?= (?:plus|moins)\b)", " fois ", "x×*"),
        rule("multiplié", r"(?<!\w)[x×] ?(?=\d)", "fois ", "x×"),
        rule("moins", r"(?<![\w)%-])[-–](?=\d)", "moins ", "-–"),
        rule("plus", r" ?\+ ?(?=\d)", lambda found: " plus " if found.start() else "plus ", "+"),
    )
