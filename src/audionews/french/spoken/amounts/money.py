"""Money: what stands after a number is said in full, the number itself is left."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from audionews.french.grammar import elides
from audionews.french.spoken.amounts.agreement import (
    NUMBER_AFTER_SIGN,
    NUMBER_ALONE,
    counted,
    is_label,
    parted,
    spellings,
    word_before,
)
from audionews.french.spoken.amounts.quantities import NUMBER, per, rate, value
from audionews.french.tables import data
from audionews.rules import DIGITS, Rule, alternatives, rule

_SCALE = r"(?:(?:millions?|milliards?|billions?)(?: et demi)?)"
_ABBREVIATED_CFA = r"(?:CFA|Cfa|cfa|C ?F ?A|C\.F\.A(?:\.(?= ?[a-zà-ÿ\d/(]))?)(?!\w)"
_CFA = (
    r"(?:(?:[Ff]rancs?|FRANCS?)[ -](?:CFA|Cfa|cfa)(?!\w)|CFA(?!\w)"
    rf"|(?:F(?:rs?|RS)?|frs?|f)[. -]{{0,2}}{_ABBREVIATED_CFA})"
)
_SYMBOLS = "€$£¥₦₵₩₹₽₺₪₫₴₱₲₸₾₿฿₡₮₭₣₤¢"
_MONEY_FOLLOWS = rf"(?= ?(?:de |d’)?(?:[{_SYMBOLS}]|US ?\$|EUR|USD|GBP|XOF|XAF|F ?CFA|[Ff]cfa|CFA|GNF)(?![^\W\d_]))"
# « 12,50 dollars canadiens » keeps its noun and adjective together.
_NATIONS = r"(?! (?:américain|canadien|australien|libérien|namibien|zimbabwéen|US\b))"


def _say_scale(found: re.Match[str]) -> str:
    number, unit = found["number"], found["unit"].lower()
    if unit == "k":
        return f"{(Decimal(number.replace(',', '.')) * 1000).normalize():f}".replace(".", ",")
    word = "milliard" if "d" in unit else "million"
    return f"{number} {word}{'' if value(number) < 2 else 's'}{' ' if found['glued'] is not None else ''}"


def _sign_first(found: re.Match[str]) -> str:
    """Put the sign after the number, and say « $2bn » and « $2m » the French way."""
    scale = {"bn": " Md", "m": " M"}.get((found["scale"] or "").strip(), found["scale"] or "")
    return f"{found['number']}{scale} {found['sign'].replace(' ', '')}"


def _nouns(found: re.Match[str]) -> tuple[str, str]:
    return ("franc CFA", "francs CFA") if found["cfa"] else spellings("currencies")[found["sign"]]


def _say_amount(found: re.Match[str]) -> str:
    if is_label(found, found["sign"] or ""):
        return found.group()
    singular, plural = _nouns(found)
    amount = _cents(found, singular, plural) or counted(found, found["number"], singular, plural)
    return amount + per(found)


def _say_scaled(found: re.Match[str]) -> str:
    """Read « millions FCFA », « mille F »."""
    if found.string[max(0, found.start() - 1) : found.start()].isalnum():
        return found.group()  # « la famille F »
    plural = _nouns(found)[1]
    de = "" if found["scale"] == "mille" else "d’" if elides(plural) else "de "
    return f"{found['scale']} {de}{plural}{per(found)}"


def _cents(found: re.Match[str], singular: str, plural: str) -> str:
    """Read « 12,50 € » and « 0,30 € »; give nothing for another amount."""
    names = data("units")["cents"].get(singular)
    whole, _, cents = found["number"].partition(",")
    if not names or len(cents) != 2:
        return ""
    if not int(whole) and int(cents):
        return f"{int(cents)} {names[int(cents) > 1]}"
    return parted(found, found["number"], (singular, plural))


def _in_words(found: re.Match[str]) -> str:
    """Read « 12,50 euros »."""
    nouns = {"euro": ("euro", "euros"), "dollar": ("dollar", "dollars")}[found["noun"].removesuffix("s")]
    return _cents(found, *nouns) or found.group()


def _alone(found: re.Match[str]) -> str:
    one = word_before(found) in {"un", "le", "du", "au", "ce"}
    return f"franc{'' if one else 's'} CFA{per(found)}"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for money, made from data/units.toml."""
    signs = spellings("currencies")
    before = alternatives(sign for sign in signs if not sign.isalpha())
    codes = alternatives({*(sign for sign in signs if re.fullmatch("[A-Z]{3}", sign)), "FCFA"} - {"MAD"})
    money = rf"(?:(?P<cfa>{_CFA})|(?P<sign>{alternatives(signs)})(?![\w’])(?!(?<=F) [A-Z]\b)){rate()}"
    return (
        rule(
            "monnaie entre euros et centimes",
            r"(?P<number>\d(?<![\w,.].)\d{0,8}) ?(?P<sign>[€$£])(?P<cents>\d\d)(?![\d.,])",
            r"\g<number>,\g<cents> \g<sign>",
            "€$£",
        ),
        rule(
            "monnaie devant le nombre",
            rf"(?P<sign>US ?\$|\$ ?US|{before}) ?(?P<number>{NUMBER}(?: ?[-–] ?{NUMBER})?)"
            rf"(?P<scale> ?(?:{_SCALE}|M(?:ds?|rds?)?|mds?|bn|m|k)(?![\w’]))?",
            _sign_first,
            _SYMBOLS,
        ),
        rule(
            "sigle de monnaie devant le nombre",
            rf"(?P<sign>{codes}) ?(?P<number>\d{{2,18}}(?:,\d{{1,9}})?(?: {_SCALE})?|{NUMBER} {_SCALE}|\d,\d{{1,2}})"
            r"(?![\w,])(?! ?(?:[A-Z%€$£]|fois\b))",
            _code_first,
            DIGITS,
        ),
        rule(
            "millions et milliards abrégés",
            rf"(?P<number>{NUMBER_AFTER_SIGN}) ?"
            rf"(?P<unit>(?:[Mm]r?ds?|MDS?|Mio|Ml?rds?)(?:(?![\w’])|(?P<glued>)(?=EUR|F?CFA|Fcfa))|[MkK]{_MONEY_FOLLOWS})",
            _say_scale,
            "MmkK",
        ),
        rule("monnaie", rf"(?P<number>{NUMBER_AFTER_SIGN}) ?(?:de |d’)?{money}", _say_amount, DIGITS),
        rule("millions d’une monnaie", rf"(?P<scale>{_SCALE}|mille) ?(?:de |d’)?{money}", _say_scaled),
        rule(
            "petits francs",
            rf"(?P<number>\d(?<![\w,.].)\d{{1,8}})f{rate()}(?![\w’])",
            lambda found: f"{found['number']} francs{per(found)}",
            "f",
        ),
        rule(
            "euros et centimes",
            rf"(?P<number>{NUMBER_ALONE}) (?P<noun>euros?|dollars?)\b{_NATIONS}",
            _in_words,
            ",",
        ),
        rule(
            "livres de monnaie",
            rf"(?P<number>{NUMBER_ALONE}) (?=livres? (?:sterling|égyptien|soudanais|turque|libanais|syrien))livres?",
            lambda found: counted(found, found["number"], "livre", "livres"),
            DIGITS,
        ),
        rule("franc CFA", rf"[Ff](?<![\w.].)(?:rs?|RS)?[. -]{{0,2}}{_ABBREVIATED_CFA}{rate()}", _alone, "Ff"),
        rule("CFA", r"(?:cfa|Cfa)\b(?:(?<=\b[Ff]ranc cfa)|(?<=\b[Ff]rancs cfa))", "CFA", "cC"),
    )


def _code_first(found: re.Match[str]) -> str:
    """Read « EUR 10 millions », but not « 5 USD 20 »."""
    before = found.string[max(0, found.start() - 2) : found.start()]
    free = not before[-1:].isalnum() and before[-1:] not in {"/", "-"} and not before[:1].isdigit()
    counted_before = word_before(found).startswith(("million", "milliard", "mille"))
    return f"{found['number']} {found['sign']}" if free and not counted_before else found.group()
