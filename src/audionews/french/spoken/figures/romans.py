"""Roman numerals: centuries, kings, chapters, communes."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.tables import word_set
from audionews.rules import Rule, rule

_ROMAN = r"[IVXLCDM]{1,9}(?![\w’])(?!\.\w)"
_LINK = r"(?:, | et | à | ou |[-–/])"
_CONTEXT = re.compile(r"(?:[ldLD]’)?(?P<word>[^\W\d_][\w’-]{1,30}) $")


def _ordinal(found: re.Match[str]) -> str:
    numeral, suffix = found["roman"], found["suffix"] or found["spaced"] or "e"
    first = suffix.startswith(("er", "ier", "ère", "ière", "re"))
    value = numbers.roman(numeral)
    # « Vers », « Ie » and the like are words.
    if value is None or first != (value == 1):
        return found.group()
    words = numbers.ordinal(value, feminine=suffix.endswith(("re", "res"))) + ("s" if suffix.endswith("s") else "")
    return f"{words} et " if found["link"] else words


def _cardinals(found: re.Match[str]) -> str:
    """Read the numerals after a name (« Hassan II ») or a word of data/roman.toml (« Commune VI »)."""
    context = _CONTEXT.search(found.string[max(0, found.start() - 36) : found.start()])
    if not context:
        return found.group()
    word = context["word"]
    low = word.lower()
    either = {low, low.removesuffix("s")}
    thing, person = (not either.isdisjoint(word_set("roman", key)) for key in ("things", "persons"))
    # « Jean V Koné », « Hassan I Diallo »: the initial of a second first name.
    initial = len(found.group()) == 1 and re.match(r" [A-ZÀ-Þ]", found.string[found.end() : found.end() + 2])
    if initial and not thing:
        return found.group()

    numerals = re.findall(r"[IVXLCDM]+", found.group())
    # One that is sure makes all of a list sure: « les gouvernements Keïta I et II ».
    small = thing or person or any(_is_named(letters, word) for letters in numerals)

    def say(numeral: re.Match[str]) -> str:
        letters = numeral.group()
        value = numbers.roman(letters)
        large = thing and len(letters) > 1 and letters not in word_set("roman", "words")
        if value is None or not (small if set(letters) <= set("IVX") else large):
            return letters
        return "premier" if person and value == 1 else numbers.cardinal(value)

    return re.sub(r"[IVXLCDM]+", say, re.sub(r"[-–]", " à ", found.group()).replace("/", ", "))


def _is_named(letters: str, word: str) -> bool:
    """Tell whether two or more of I, V and X number a name (« Apollo XI ») or a noun (« le lycée II »)."""
    if len(letters) < 2 or not set(letters) <= set("IVX"):
        return False
    return word[0].isupper() or (len(word) > 3 and letters not in word_set("roman", "doubtful"))


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for Roman numerals."""
    return (
        rule(
            "ordinal en chiffres romains",
            r"\b(?P<roman>[IVX]{1,9})"
            r"(?:(?P<suffix>i?ères?|i?ers?|i?èmes?|i?emes?|è|es?|re|°|[EÈ]ME)(?!\w)"
            r"(?P<link> ?[-–/] ?(?=[IVX]{1,9}es? siècles))?"
            r"|(?P<spaced> (?:i?è?m?e|è|°))?(?= siècle))",
            _ordinal,
            "IVX",
        ),
        rule(
            "équipe de quinze",
            r"(?<=\b[Ll]e |\b[Dd]u |\b[Aa]u |\b[Uu]n |\b[Cc]e )(?:XV|XIII|XI)(?= d’| [a-z]{2})",
            lambda found: numbers.cardinal(numbers.roman(found.group()) or 0),
            "X",
        ),
        rule(
            "chiffres romains",
            rf"(?<=\w ){_ROMAN}(?:{_LINK}{_ROMAN}){{0,8}}(?![-–]\w)(?! [A-Z]\b)(?! J(?:inping|INPING))",
            _cardinals,
            "IVXLCDM",
        ),
    )
