"""Brackets, symbols and the points and commas that remain."""

from __future__ import annotations

import re
from functools import cache

from audionews.rules import Rule, rule

_CAPITAL = "[A-ZÀ-ÖØ-Þ]"


def _bracket(found: re.Match[str]) -> str:
    inside = found["inside"].strip(" ,.;")
    if not inside or inside in {"…", "sic"}:
        return " "
    return f"{' ' if _after_mark(found) else ', '}{inside}, "


def _pause(found: re.Match[str]) -> str:
    return " " if _after_mark(found) else ", "


def _after_mark(found: re.Match[str]) -> bool:
    """Tell whether a pause stands before a match already."""
    before = found.string[max(0, found.start() - 4) : found.start()].rstrip()
    return not before or before[-1] in ".!?…,;:–«“"


_SYMBOLS = {
    "&": " et ", "+": " plus ", "=": " égale ", "×": " fois ", "÷": " divisé par ", "±": " plus ou moins ",
    "≈": " environ ", "≤": " au plus ", "≥": " au moins ", "%": " pour cent ", "‰": " pour mille ", "@": " arobase ",
    "§": " paragraphe ", "€": " euros ", "$": " dollars ", "£": " livres ", "¥": " yens ", "₦": " nairas ",
    "₵": " cédis ", "°": " degrés ", "µ": " micro ",
}  # fmt: skip


# In their order: a bracket left alone is a pause, a stroke between words is silent, marks then close up.
@cache
def rules() -> tuple[Rule, ...]:
    """Give the last rules, in their order."""
    return (
        # « élu(e)s », « le(s) »: the ear hears one form.
        rule("forme double", r"(?<=[^\W\d_])\([a-zà-ÿ]{1,5}\)", "", "("),
        rule("parenthèses", r" ?[(\[](?P<inside>[^()\[\]]{0,2000})[)\]] ?", _bracket, "(["),
        rule("parenthèse seule", r" ?[()\[\]{}] ?", _pause, "()[]{}"),
        rule("et, ou", r"\bet ?/ ?ou\b", "et ou", "/"),
        rule("barre entre deux mots", r"(?<=\w)/(?=\w)", " ", "/"),
        rule("barre", r" ?/+ ?", ", ", "/"),
        rule("sigles joints", rf"(?<=\b{_CAPITAL})-(?={_CAPITAL}\b)", " ", "-"),
        rule("tiret", r"(?:^| )[–-]+(?: |$)|–", _pause, "-–"),
        rule(
            "symbole",
            "[" + re.escape("".join(_SYMBOLS)) + "]",
            lambda found: _SYMBOLS[found.group()],
            "".join(_SYMBOLS),
        ),
        rule("signe muet", r"[*_|\\~^<>#•`]+", " ", r"*_|\~^<>#•`"),
        # « d’un virgule deux milliard », but « de un à cinq ».
        rule("élision", r"\b([dD])e (?=une? virgule )", r"\1’", "v"),
        rule("blancs", r"  +", " ", " "),
        rule("apostrophe", r"(?<=\b[ldnsjmtcLDNSJMTC]’) +(?=\w)|(?<=\b[qQ]u’) +(?=\w)", "", "’"),
        rule("blanc avant un point", r" +(?=[,.…](?!\w))", ""),
        rule("virgules", r",(?:[ ,]*,)+", ",", ","),
        rule("virgule avant un point", r"[ ,]*,[ ,]*(?=[.;:!?…»”])", "", ","),
        rule("virgule après un point", r"(?<=[.;:!?…«“])[ ,]*,[ ,]*", " ", ","),
        rule("points", r"(?<!\.)\.\.(?!\.)|\.(?: \.)+", ".", "."),
        rule("virgule collée", r"(?<=\w),(?=\w)", ", ", ","),
        rule("bords", r"^[ ,;:/-]+|[ ,;:/-]+$", ""),
    )
