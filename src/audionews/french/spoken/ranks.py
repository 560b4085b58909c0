"""Ordinals and Roman numerals."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.tables import word_set
from audionews.rules import DIGITS, Rule, rule

_LETTER = r"[^\W\d_]"
_ROMAN = r"[IVXLCDM]{1,9}(?![\w’-])(?!\.\w)"


def _ordinal(found: re.Match[str]) -> str:
    suffix = found["suffix"].lower().strip()
    plural = "s" if suffix.endswith("s") else ""
    suffix = suffix.removesuffix("s")
    value = int(found["number"])
    if suffix in {"nd", "nde"} and value == 2:
        return f"secon{suffix[1:]}{plural}"
    return numbers.ordinal(value, feminine=suffix.endswith(("ère", "ere", "re"))) + plural


def _roman_ordinal(found: re.Match[str]) -> str:
    numeral, suffix = found["roman"], found["suffix"] or found["spaced"] or "e"
    first = suffix.startswith(("er", "ier", "ère", "ière", "re"))
    value = numbers.roman(numeral)
    # « Vers », « Ie » and the like are words.
    if value is None or first != (value == 1):
        return found.group()
    return numbers.ordinal(value, feminine=suffix.endswith(("re", "res"))) + ("s" if suffix.endswith("s") else "")


def _roman_cardinals(found: re.Match[str]) -> str:
    """Read the numerals after a name (« Hassan II ») or a word of data/roman.toml (« Commune VI »)."""
    context = found["context"]
    singular = context.lower().removesuffix("s")
    either = {singular, context.lower()}
    thing, person = (not either.isdisjoint(word_set("roman", key)) for key in ("things", "persons"))
    if not thing and not context[0].isupper():
        return found.group()

    def say(numeral: re.Match[str]) -> str:
        letters = numeral.group()
        value = numbers.roman(letters)
        small = set(letters) <= set("IVX")
        sure = small if thing or person else small and len(letters) > 1
        sure = sure or (thing and len(letters) > 1)
        if value is None or not sure:
            return letters
        return "premier" if person and value == 1 else numbers.cardinal(value)

    return context + re.sub(r"[IVXLCDM]+", say, found["numerals"])


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for ordinals and Roman numerals."""
    suffix = r"i?ères?|i?eres?|i?ers?|i?èmes?|i?emes?|è|ndes?|nds?"
    return (
        rule(
            "ordinal",
            rf"(?<![\d,.\w])(?P<number>\d{{1,6}})(?P<suffix> ?(?:{suffix})|es?|é|ê|res?|ERE?|ÈRE|[EÈ]ME)(?![\w’])",
            _ordinal,
            DIGITS,
        ),
        rule(
            "ordinal en chiffres romains",
            r"\b(?P<roman>[IVX]{1,9})(?:(?P<suffix>i?ères?|i?ers?|i?èmes?|emes?|è|es?|res?|[EÈ]ME)(?!\w)"
            r"|(?P<spaced> (?:i?è?m?e|è))?(?= siècle))",
            _roman_ordinal,
            "IVX",
        ),
        rule(
            "chiffres romains",
            rf"(?P<context>\b{_LETTER}[\w’-]{{1,30}})(?P<numerals> {_ROMAN}(?:(?:, | et | à | ou ){_ROMAN}){{0,8}})"
            r"(?! [A-Z]\b)",
            _roman_cardinals,
            "IVXLCDM",
        ),
    )
