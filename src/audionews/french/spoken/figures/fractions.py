"""Fractions, marks and ratios: « 2/3 des voix », « 2 ½ heures », « 15/20 »."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.spoken.figures.counted import is_feminine
from audionews.rules import Rule, alternatives, rule

# After these a fraction needs no « un »: « le quart de finale ».
_DETERMINER = re.compile(
    r"\b(?:(?P<plural>les|des|aux|ces)|le|la|au|du|en|une?|ce|cette|\w{1,30}ième|premier|dernier) $", re.IGNORECASE
)
_NAMES = {2: ("demi", "demis"), 3: ("tiers", "tiers"), 4: ("quart", "quarts")}
_SIGNS = {"¼": "1/4", "½": "1/2", "¾": "3/4"}
# What is halved or counted with a half.
_NOUN = (
    r"(?:heure|journée|finale|litre|tour|siècle|kilo|tonne|kilomètre|mètre|hectare|douzaine|tarif|page|saison|an|jour"
    r"|mois|semaine|part|million|milliard)"
)
# « 15/20 jours », « 90/100 kilomètres »: from one to the other.
_TIMES = frozenset(["jours", "ans", "mois", "semaines", "minutes", "heures", "fois", "personnes"])
_UNITS = frozenset(
    ["kilomètres", "mètres", "centimètres", "millimètres", "kilos", "tonnes", "litres", "degrés", "francs"]
)
# « 7/10 des électeurs », but « 12/20 de moyenne ».
_WHOLE = re.compile(r" (?:des|du|de l(?:a |’)|de (?:ces|ses|son|sa|leurs?|nos|tous|toutes)) ?\w")


def _plain(found: re.Match[str]) -> str:
    """Write ½ as « 1/2 », apart from what touches it."""
    before, after = found["before"] or "", found["after"] or ""
    return f"{before.strip()}{' ' if before else ''}{_SIGNS[found['sign']]}{' ' if after else ''}{after}"


def _fraction(found: re.Match[str]) -> str:
    top, bottom = int(found["top"]), int(found["bottom"])
    noun = found["noun"] or ""
    determiner = _DETERMINER.search(found.string[max(0, found.start() - 36) : found.start()])
    plural = bool(determiner and determiner["plural"])
    several = found["span"] and top < bottom and (bottom <= 2 * top or found["span"] in _TIMES)
    if found["whole"] and 0 < top < bottom:
        said = _mixed(found)
    elif top == 1 and bottom == 2 and noun:
        said = _half(noun.strip(" -"), bool(determiner), plural)
    elif several and not plural:
        said = f"{top} à {bottom}{noun}"
    elif not _is_part(found, top, bottom):
        whole = f"{found['whole']} " if found["whole"] else ""
        said = f"{whole}{numbers.cardinal(top)} sur {numbers.cardinal(bottom)}{noun}"
    else:
        plural = plural or (found["suffix"] or "").endswith("s")
        said = _part(top, bottom, bare=top == 1 and (plural or bool(determiner)), plural=plural) + noun
    return said


def _part(top: int, bottom: int, bare: bool = False, plural: bool = False) -> str:
    """Say « un tiers », « trois quarts »; without its number when ``bare``."""
    name = numbers.ordinal(bottom)
    singular, several = _NAMES.get(bottom) or (name, f"{name}s")
    if bare:
        return several if plural else singular
    return f"{numbers.cardinal(top)} {several if top > 1 else singular}"


def _half(noun: str, determined: bool, plural: bool) -> str:
    """Say « une demi-heure », « (les) demi-finales »."""
    article = "" if determined or "finale" in noun else "une " if is_feminine(noun) else "un "
    return f"{article}demi-{noun}" + ("s" if plural and noun[-1] != "s" else "")


def _is_part(found: re.Match[str], top: int, bottom: int) -> bool:
    """Tell a fraction from a mark (9/10, 15/20) and « 7/7 », which are read « sur »."""
    if bottom < 2 or not 0 < top < bottom or found["top"][0] == "0":
        return False
    usual = bottom < 10 or (top == 1 and (bottom <= 20 or bottom % 10 == 0))
    after = found.string[found.end() : found.end() + 10]
    return bool(usual or found["suffix"] or _WHOLE.match(after))


def _mixed(found: re.Match[str]) -> str:
    """Read « 1 1/2 », « 2 1/2 heures », « 4 2/4 »."""
    top, bottom, noun = int(found["top"]), int(found["bottom"]), found["noun"] or ""
    part = _part(top, bottom)
    if top == 1 and bottom == 2:
        part = "demie" if is_feminine(noun.strip()) else "demi"
    return f"{found['whole']}{noun} et {part}"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for fractions."""
    return (
        rule("signe de fraction", r"(?P<before>\d ?)?(?P<sign>[¼½¾])(?P<after>[^\W_])?", _plain, "¼½¾"),
        rule("note", r"(?<![\d,])(\d{1,3},\d{1,2}) ?/ ?(?=\d{2,3}(?![\d,]))", r"\1 sur ", "/"),
        rule("élision devant une fraction", r"\b([dD])e (?=1 ?/ ?\d)", r"\1’", "/"),
        rule(
            "fraction",
            r"(?=\d)(?<![\d/,.])(?<!uméro )(?:(?P<whole>\d{1,3}) (?=\d{1,2}/\d{1,2}(?! d[eu’]|\d)))?"
            r"(?P<top>\d{1,3}) ?/ ?(?P<bottom>\d{1,9})(?P<suffix>i?[èe]mes?|[èe]s?)?(?!\w|/|,\d)"
            rf"(?P<noun> (?P<span>{alternatives(_TIMES | _UNITS)})\b|[ -]{_NOUN}s?\b)?",
            _fraction,
            "/",
        ),
    )
