"""Abbreviations, made from data/abbreviations.toml."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.tables import data
from audionews.rules import DIGITS, Rule, alternatives, cased, rule

_CAPITAL = "[A-ZÀ-ÖØ-Þ]"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for rules, made from data/abbreviations.toml."""
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
