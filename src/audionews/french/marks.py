"""Abbreviations, brackets, symbols and the points and commas that remain."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.rules import DIGITS, Rule, alternatives, cased, data, rule

_CAPITAL = "[A-ZÀ-ÖØ-Þ]"


@cache
def abbreviations() -> tuple[Rule, ...]:
    """Give the rules for abbreviations, made from data/abbreviations.toml."""
    tables = data("abbreviations")
    name, word = tables["before_name"], tables["before_word"]
    number, anywhere = tables["before_number"], tables["anywhere"]
    return (
        rule(
            "abréviation",
            rf"(?<![\w.-])(?P<key>{alternatives(anywhere)})(?![\w’])",
            lambda found: cased(found, anywhere[found["key"]]) + _final_point(found),
        ),
        rule(
            "titre",
            rf"(?<![\w.-])(?=[A-Zb])(?P<key>{alternatives(word)})(?: ?(?=[^\W\d_]{{2}}| ?{_CAPITAL}\.))",
            lambda found: f"{cased(found, word[found['key']])} ",
        ),
        rule(
            "titre devant un nom",
            rf"(?<![\w.’-])(?<!{_CAPITAL} )(?=[A-Z])(?P<key>{alternatives(name)})(?:\. ?| |(?<=St)-|(?<=Ste)-)"
            rf"(?={_CAPITAL}(?:[\w’-]|\. ?{_CAPITAL}))",
            lambda found: f"{cased(found, name[found['key']])} ",
        ),
        rule(
            "abréviation devant un nombre",
            rf"(?<![\w.])(?P<key>{alternatives(number)}) ?:? ?(?=\d|[IVXLC]+\b)",
            lambda found: f"{cased(found, number[found['key']])} ",
        ),
        rule(
            "mois abrégé",
            rf"(?<=\d )(?P<key>{alternatives(tables['months'])})",
            lambda found: str(tables["months"][found["key"]]) + _final_point(found),
            DIGITS,
        ),
        rule("numéro", r"\b[nN]° ?|(?<!\w)#(?=\d)", lambda found: cased(found, "numéro ")),
    )


def _final_point(found: re.Match[str]) -> str:
    """Keep the point of an abbreviation when it also ends the sentence."""
    if not found["key"].endswith("."):
        return ""
    after = found.string[found.end() : found.end() + 4].lstrip(" »”)")
    return "." if not after or after[0].isupper() else ""


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
CLOSING = (
    # « élu(e)s », « le(s) »: the ear hears one form.
    rule("forme double", r"(?<=[^\W\d_])\([a-zà-ÿ]{1,5}\)", "", "("),
    rule("parenthèses", r" ?[(\[](?P<inside>[^()\[\]]{0,2000})[)\]] ?", _bracket, "(["),
    rule("parenthèse seule", r" ?[()\[\]{}] ?", _pause, "()[]{}"),
    rule("et, ou", r"\bet ?/ ?ou\b", "et ou", "/"),
    rule("barre entre deux mots", r"(?<=\w)/(?=\w)", " ", "/"),
    rule("barre", r" ?/+ ?", ", ", "/"),
    rule("sigles joints", rf"(?<=\b{_CAPITAL})-(?={_CAPITAL}\b)", " ", "-"),
    rule("tiret", r"(?:^| )[–-]+(?: |$)|–", _pause, "-–"),
    rule("symbole", "[" + re.escape("".join(_SYMBOLS)) + "]", lambda found: _SYMBOLS[found.group()], "".join(_SYMBOLS)),
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
