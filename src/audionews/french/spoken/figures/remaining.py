"""Ranges, then every number left."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.spoken.amounts.quantities import NUMBER, value
from audionews.french.spoken.figures.counted import counts_feminine, link_to_noun
from audionews.rules import DIGITS, Rule, rule

_LONGEST_NUMBER = 18  # a longer run of digits is a code, read digit by digit, unless it is round
_ROUND = "0" * 12


def _range(found: re.Match[str]) -> str:
    # « en 2019 - 146 femmes »: no range but two numbers with a pause between them.
    if found["dash"] != found["dash"].strip() and value(found["first"]) > max(999.0, value(found["second"])):
        return found.group()
    link = "et" if found["between"] else "à"
    return f"{found['between'] or ''}{found['first']} {link} {found['second']}"


def _height(found: re.Match[str]) -> str:
    """Read « 1m80 »."""
    return f"{found[1]} mètre{'' if found[1] == '1' else 's'} {int(found[2]) or ''}".rstrip()


def _number(found: re.Match[str]) -> str:
    """Read a number left over, agreeing with the noun after it."""
    whole, fraction = found["whole"], found["fraction"]
    text = found.string
    after = text[found.end() : found.end() + 80]
    lead = " " if text[max(0, found.start() - 1) : found.start()].isalpha() else ""
    tail = " " if after[:1].isalpha() else ""
    if fraction:
        return f"{lead}{numbers.decimal(whole, fraction)}{tail}"
    long = len(whole) > _LONGEST_NUMBER and not whole.endswith(_ROUND)
    # « 007 » is a code; « 05 » is a five.
    if long or (whole[0] == "0" and len(whole) > 2):
        return f"{lead}{numbers.digits(whole)}{tail}"
    words = numbers.integer(whole, feminine=whole[-1] == "1" and counts_feminine(after, whole.lstrip("0") != "1"))
    link = link_to_noun(after) if whole.endswith("000000") and whole.strip("0") else ""
    # « d’ » takes the place of the blank before the noun.
    return f"{lead}{words}{link or tail}"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for ranges, then for every number left."""
    return (
        rule("taille", r"(?<![\w,.])([12]) ?m ?([0-9]\d)(?!\w)", _height, DIGITS),
        rule(
            "intervalle",
            rf"(?P<between>\b[Ee]ntre )?(?<![\w,.-])(?P<first>{NUMBER})(?P<dash> ?[-–] ?)(?P<second>{NUMBER})(?![\d-])",
            _range,
            "-–",
        ),
        rule("trait d’union", r"(?<=\w)[-–](?=\d)", " ", "-–"),
        rule("pas d’élision", r"(?<=\b[lL])’(?=(?:11|8\d{0,2})(?!\d))", "e ", "’"),
        # « la somme de 1 million », « moins de 1 an », but « de 1 à 5 ».
        rule(
            "élision devant un",
            r"\b(?P<word>[Dd]|[Qq]u)e (?=1 (?!(?:à|ou|et|sur|contre|pour|plus|fois)\b)[^\W\d_]{2})",
            r"\g<word>’",
            "1",
        ),
        rule("nombre", r"(?P<whole>\d+)(?:,(?P<fraction>\d+))?", _number, DIGITS),
    )
