"""Figures whose form tells what they are, then every number left."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.grammar import elides
from audionews.french.rules import DIGITS, Rule, rule, word_set

NUMBER = r"\d{1,18}(?:,\d{1,9})?"
_LETTER = r"[^\W\d_]"
_DASH = r" ?[-–] ?"
_ROMAN = r"[IVXLCDM]{1,9}(?![\w’-])(?!\.\w)"
# After these a fraction needs no « un »: « le quart de finale ».
_DETERMINER = (
    r"(?P<det>\b(?:[Ll]e|[Ll]a|[Ll]es|[Dd]es|[Aa]u|[Aa]ux|[Dd]u|[Ee]n|un|ce|ces|cette|\w{1,30}ième|premier|dernier) )?"
)
_PLURAL = frozenset({"les", "des", "aux", "ces"})
_FRACTIONS = {2: ("demi", "demis"), 3: ("tiers", "tiers"), 4: ("quart", "quarts")}
_LONGEST_NUMBER = 15  # a longer run of digits is a code, read digit by digit


def _telephone(found: re.Match[str]) -> str:
    """Read a telephone number by pairs, zeros included."""
    figures = re.sub(r"\D", "", found["pairs"])
    words = []
    for rank in range(0, len(figures), 2):
        pair = figures[rank : rank + 2]
        words.append(numbers.digits(pair) if pair[0] == "0" else numbers.cardinal(int(pair)))
    country = found["country"] or ""
    if country:
        plus = "plus " if "+" in country else "zéro zéro "
        words.insert(0, plus + numbers.integer(re.sub(r"^0+|\D", "", country)) + ",")
    return (found.groupdict().get("word") or "") + " ".join(words)


def _reference(found: re.Match[str]) -> str:
    """Read the number of a law or a decree: its parts, zeros included, with « tiret »."""
    parts = []
    for part in re.split(r"[-–]", found["number"]):
        rest = part.lstrip("0")
        zeros = "zéro " * (len(part) - len(rest))
        parts.append((zeros + (numbers.integer(rest) if rest else "")).strip())
    return found["word"] + " tiret ".join(parts)


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
    """Read a number left over, agreeing with the noun after it."""
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
def codes() -> tuple[Rule, ...]:
    """Give the rules for telephones and the numbers of laws."""
    country = r"(?P<country>\(?(?:\+|\b00) ?\d{1,3}\)?[ .-]?)?"
    return (
        rule(
            "téléphone",
            rf"(?<![\d+,.]){country}(?<!\d)(?P<pairs>\d\d(?:[ .-]\d\d){{3,4}})(?!\d|[ .,-]\d)",
            _telephone,
            DIGITS,
        ),
        rule(
            "téléphone d’ailleurs",
            r"(?<![\d+])(?P<country>\+\d{1,3}[ .-]?(?:\(0\))?\d)(?P<pairs>(?:[ .-]\d\d){4})(?!\d)",
            _telephone,
            "+",
        ),
        rule(
            "téléphone sans blancs",
            r"(?P<word>\b(?:[Tt]él(?:éphone)?\.?|WhatsApp|[Cc]ontacts?) ?:? ?)(?P<country>\+\d{1,3} )?"
            r"(?P<pairs>\d{8})(?!\d)",
            _telephone,
            DIGITS,
        ),
        rule(
            "numéro d’un texte",
            r"(?P<word>\b(?:numéro|loi|décret|arrêté|décision|ordonnance) )"
            r"(?P<number>\d{1,6}(?:[-–]\d{1,6}){1,3})(?!\d)",
            _reference,
            DIGITS,
        ),
    )


@cache
def separators() -> tuple[Rule, ...]:
    """Give the rules that leave plain digits and one comma: thousands and decimals."""
    return (
        rule(
            "milliers",
            r"(?<![\d.,])\d{1,3}(?:(?:\. ?| )\d{3}){1,5}(?!\d)(?! \d\d\d(?!\d))",
            lambda found: re.sub(r"\D", "", found.group()),
            DIGITS,
        ),
        rule(
            "milliers à virgule",
            r"(?<![\d.,])\d{1,3}(?:(?:,\d{3}){2,5}|,000)(?![\d,])",
            lambda found: found.group().replace(",", ""),
            DIGITS,
        ),
        rule(
            "décimales",
            r"(?<![\d.,])(\d{1,15})(?:[.,](?=\d)|(?<!\d{4}), (?=0\d\b|\d\d? ?(?:%|millions?\b|milliards?\b)))"
            r"(\d{1,9})(?!\d|[.,]\d)",
            lambda found: f"{found[1]},{found[2]}",
            DIGITS,
        ),
    )


@cache
def ranks() -> tuple[Rule, ...]:
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


@cache
def left() -> tuple[Rule, ...]:
    """Give the rules for fractions, ranges and signs, then for every number left."""
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
