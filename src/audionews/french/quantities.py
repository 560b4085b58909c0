"""Money, measures and percentages: what stands after a number is said in full, the number itself is left."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.figures import NUMBER
from audionews.french.grammar import elides
from audionews.french.rules import DIGITS, Rule, alternatives, data, rule

_SCALE = r"(?:millions?|milliards?|billions?)"
# « 12,50 € » is read « douze euros cinquante ».
_WITH_CENTS = frozenset({"euro", "dollar", "livre sterling"})
_CFA = r"(?:[Ff]rancs?|[Ff]rs?|[Ff])\.? ?(?:CFA|Cfa|cfa)(?!\w)"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules of this module, made from data/units.toml."""
    tables = data("units")
    signs = alternatives(tables["currencies"])
    units = alternatives(tables["units"])
    rate = rf"(?: ?/ ?(?P<per>{alternatives(tables['per'])})(?!\w))?"
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
            rf"(?:(?P<cfa>{_CFA}|CFA(?!\w))|(?P<sign>{signs})(?![\w’])){rate}",
            _say_money,
        ),
        rule(
            "franc CFA",
            rf"(?<![\w.])(?P<before>(?:[Uu]n|[Ll]e|[Dd]u|[Aa]u|[Cc]e) )?{_CFA}{rate}",
            lambda found: f"{found['before'] or ''}franc{'' if found['before'] else 's'} CFA{_per(found)}",
        ),
        rule(
            "pourcentages",
            rf"(?<![\d,.-])({NUMBER}) ?%? ?[-–] ?(?={NUMBER} ?%)",
            r"\1 à ",
            "%",
        ),
        rule(
            "mesure",
            rf"(?<![\da-wyzA-WYZ])(?P<number>{NUMBER}) ?(?P<unit>{units})(?![\w’²³]){rate}",
            _say_measure,
            DIGITS,
        ),
    )


def _say_scale(found: re.Match[str]) -> str:
    word = "million" if found["unit"].startswith(("M", "Mio")) and "d" not in found["unit"] else "milliard"
    return f"{found['number']} {word}{'' if _value(found['number']) < 2 else 's'}"


def _say_money(found: re.Match[str]) -> str:
    singular, plural = ("franc CFA", "francs CFA") if found["cfa"] else data("units")["currencies"][found["sign"]]
    if found["number"]:
        whole, _, cents = found["number"].partition(",")
        if len(cents) == 2 and singular in _WITH_CENTS and not found["per"]:
            if not int(whole) and singular == "euro":
                return f"{int(cents)} centime{'s' if int(cents) > 1 else ''}"
            return f"{whole} {plural if int(whole) > 1 else singular} {int(cents) or ''}".rstrip()
        one = _value(found["number"]) < 2 and not found["de"]
        return f"{found['number']} {singular if one else plural}{_per(found)}"
    link = "" if found["scale"] == "mille" else "d’" if elides(plural) else "de "
    return f"{found['scale']} {link}{plural}{_per(found)}"


def _say_measure(found: re.Match[str]) -> str:
    singular, plural = data("units")["units"][found["unit"]]
    return f"{found['number']} {singular if _value(found['number']) < 2 else plural}{_per(found)}"


def _per(found: re.Match[str]) -> str:
    return f" {data('units')['per'][found['per']]}" if found["per"] else ""


def _value(number: str) -> float:
    return float(number.replace(",", "."))
