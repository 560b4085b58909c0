"""Money: what stands after a number is said in full, the number itself is left."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.grammar import elides
from audionews.french.spoken.quantities import NUMBER, per, rate, value
from audionews.french.tables import data
from audionews.rules import Rule, alternatives, rule

_SCALE = r"(?:millions?|milliards?|billions?)"
# « 12,50 € » is read « douze euros cinquante ».
_WITH_CENTS = frozenset({"euro", "dollar", "livre sterling"})
_CFA = r"(?:[Ff]rancs?|[Ff]rs?|[Ff])\.? ?(?:CFA|Cfa|cfa)(?!\w)"


def _say_scale(found: re.Match[str]) -> str:
    word = "million" if found["unit"].startswith(("M", "Mio")) and "d" not in found["unit"] else "milliard"
    return f"{found['number']} {word}{'' if value(found['number']) < 2 else 's'}"


def _say_money(found: re.Match[str]) -> str:
    singular, plural = ("franc CFA", "francs CFA") if found["cfa"] else data("units")["currencies"][found["sign"]]
    if found["number"]:
        whole, _, cents = found["number"].partition(",")
        if len(cents) == 2 and singular in _WITH_CENTS and not found["per"]:
            if not int(whole) and singular == "euro":
                return f"{int(cents)} centime{'s' if int(cents) > 1 else ''}"
            return f"{whole} {plural if int(whole) > 1 else singular} {int(cents) or ''}".rstrip()
        one = value(found["number"]) < 2 and not found["de"]
        return f"{found['number']} {singular if one else plural}{per(found)}"
    link = "" if found["scale"] == "mille" else "d’" if elides(plural) else "de "
    return f"{found['scale']} {link}{plural}{per(found)}"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for money, made from data/units.toml."""
    signs = alternatives(data("units")["currencies"])
    return (
        rule(
            "monnaie devant le nombre",
            rf"(?P<sign>US ?\$|\$ ?US|[$€£¥₦₵]) ?(?P<number>{NUMBER})(?P<scale> {_SCALE}\b)?",
            lambda found: f"{found['number']}{found['scale'] or ''} {found['sign'].replace(' ', '')}",
            "$€£¥₦₵",
        ),
        rule(
            "millions et milliards abrégés",
            rf"(?P<number>{NUMBER}) ?(?P<unit>[Mm]r?ds?|Mio|M(?= ?[€$£]))(?!\w)",
            _say_scale,
            "Mm",
        ),
        rule(
            "monnaie",
            rf"(?:(?P<number>{NUMBER}) ?|(?P<scale>\b{_SCALE}|\bmille) ?)(?P<de>de |d’)?"
            rf"(?:(?P<cfa>{_CFA}|CFA(?!\w))|(?P<sign>{signs})(?![\w’])){rate()}",
            _say_money,
        ),
        rule(
            "franc CFA",
            rf"(?<![\w.])(?P<before>(?:[Uu]n|[Ll]e|[Dd]u|[Aa]u|[Cc]e) )?{_CFA}{rate()}",
            lambda found: f"{found['before'] or ''}franc{'' if found['before'] else 's'} CFA{per(found)}",
        ),
    )
