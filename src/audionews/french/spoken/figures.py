"""Fractions, ranges and signs, then every number left."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.grammar import elides
from audionews.french.spoken.quantities import NUMBER
from audionews.french.tables import word_set
from audionews.rules import DIGITS, Rule, rule

_LETTER = r"[^\W\d_]"
_DASH = r" ?[-–] ?"
# After these a fraction needs no « un »: « le quart de finale ».
_DETERMINER = (
    r"(?P<det>\b(?:[Ll]e|[Ll]a|[Ll]es|[Dd]es|[Aa]u|[Aa]ux|[Dd]u|[Ee]n|un|ce|ces|cette|\w{1,30}ième|premier|dernier) )?"
)
_PLURAL = frozenset({"les", "des", "aux", "ces"})
_FRACTIONS = {2: ("demi", "demis"), 3: ("tiers", "tiers"), 4: ("quart", "quarts")}
_LONGEST_NUMBER = 15  # a longer run of digits is a code, read digit by digit


def _fraction(found: re.Match[str]) -> str:
    determiner, final = found["det"] or "", found["final"] or ""
    top, bottom = int(found["top"]), int(found["bottom"])
    # Marks (9/10, 15/20) and « 7/7 » are read « sur ».
    part = 0 < top < bottom and (top == 1 or bottom < 10)
    if bottom < 2 or not (final or part):
        return f"{determiner}{numbers.cardinal(top)} sur {numbers.cardinal(bottom)}"
    name = numbers.ordinal(bottom)
    singular, plural = _FRACTIONS.get(bottom, (name, f"{name}s"))
    if bottom == 2 and final:
        return f"{determiner}demi-finale{'s' if determiner.strip().lower() in _PLURAL else ''}"
    if top == 1 and determiner:
        return f"{determiner}{plural if determiner.strip().lower() in _PLURAL else singular}{final}"
    return f"{determiner}{numbers.cardinal(top)} {singular if top == 1 else plural}{final}"


def _vulgar(found: re.Match[str]) -> str:
    """Read ¼, ½ and ¾, alone or after a whole number."""
    determiner, whole, sign, noun = found["det"] or "", found["whole"], found["sign"], found["noun"] or ""
    if whole:
        half = "demie" if noun.strip(" s") in {"heure", "journée", "finale"} else "demi"
        return f"{determiner}{whole}{noun} et {({'¼': 'un quart', '½': half, '¾': 'trois quarts'})[sign]}"
    if sign == "½" and noun:
        return f"{determiner or 'une '}demi-{noun.strip()}"
    if sign == "¾":
        return f"{determiner}trois quarts{noun}"
    name = "quart" if sign == "¼" else "demi"
    if not determiner:
        return f"un {name}{noun}"
    return f"{determiner}{name}{'s' if determiner.strip().lower() in _PLURAL else ''}{noun}"


def _height(found: re.Match[str]) -> str:
    """Read « 1m80 »."""
    return f"{found[1]} mètre{'' if found[1] == '1' else 's'} {int(found[2]) or ''}".rstrip()


def _number(found: re.Match[str]) -> str:
    """Read a number rules over, agreeing with the noun after it."""
    whole, fraction = found["whole"], found["fraction"]
    text = found.string
    after = text[found.end() : found.end() + 60]
    lead = " " if text[max(0, found.start() - 1) : found.start()].isalpha() else ""
    tail = " " if after[:1].isalpha() else ""
    if fraction:
        return f"{lead}{numbers.decimal(whole, fraction)}{tail}"
    if len(whole) > _LONGEST_NUMBER:
        return f"{lead}{numbers.digits(whole)}{tail}"
    words = lead + numbers.integer(whole, feminine=whole[-1] == "1" and _is_feminine(after))
    # « 8 000 000 habitants »: eight million of them.
    noun = re.match(rf" ({_LETTER}{{3,30}}[sx])\b", after) if whole.endswith("000000") else None
    if noun and noun.group(1).lower() not in word_set("feminine", "not_counted") and whole.strip("0"):
        return f"{words} d’" if elides(noun.group(1)) else f"{words} de"
    return words + tail


def _is_feminine(after: str) -> bool:
    """Tell whether the word that follows a number is a feminine noun of data/feminine.toml."""
    word = re.match(rf" ({_LETTER}{{3,30}})", after)
    if not word:
        return False
    plural, singular = word.group(1).lower(), word.group(1).lower().removesuffix("s")
    nouns = word_set("feminine", "nouns")
    return plural in nouns or singular in nouns or singular.endswith(tuple(word_set("feminine", "endings")))


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for fractions, ranges and signs, then for every number rules."""
    return (
        rule(
            "fraction",
            rf"{_DETERMINER}(?<![\d/,])(?P<top>\d{{1,3}}) ?/ ?(?P<bottom>\d{{1,3}})(?!\d|/|,\d)"
            r"(?P<final>(?:è|e|èmes?|emes?)? de finale| finale)?",
            _fraction,
            "/",
        ),
        rule(
            "quart, demi",
            rf"{_DETERMINER}(?:(?P<whole>\d{{1,15}}) ?)?(?P<sign>[¼½¾])"
            r"(?P<noun> (?:heure|finale|journée|litre|tour)s?\b)?",
            _vulgar,
            "¼½¾",
        ),
        rule(
            "dispositif",
            r"(?<![\w-])\d{1,2}(?:-\d{1,2}){2,3}(?![\w-])",
            lambda found: " ".join(map(numbers.integer, found.group().split("-"))),
            DIGITS,
        ),
        rule("soustraction", rf"(?<=\d){_DASH}(?={NUMBER} ?=)", " moins ", "="),
        rule("taille", r"(?<![\w,.])([12]) ?m ?([0-9]\d)(?!\w)", _height, DIGITS),
        rule("intervalle", rf"(?<![\w,.-])({NUMBER}){_DASH}({NUMBER})(?![\d-])", r"\1 à \2", DIGITS),
        rule("quatre-quatre", r"\b4 ?[x×] ?4\b", "quatre-quatre", DIGITS),
        rule("fois", r"(?<=\d) ?[x×*] ?(?=\d)", " fois ", DIGITS),
        rule("moins", r"(?<![\w)%-])-(?=\d)", "moins ", DIGITS),
        rule("plus", r" ?\+ ?(?=\d)", lambda found: " plus " if found.start() else "plus ", "+"),
        rule("trait d’union", r"(?<=\w)[-–](?=\d)", " ", DIGITS),
        rule("nombre", r"(?P<whole>\d+)(?:,(?P<fraction>\d+))?", _number, DIGITS),
        rule("carré, cube", r" ?[²³]", lambda found: " carré" if "²" in found.group() else " cube", "²³"),
    )
