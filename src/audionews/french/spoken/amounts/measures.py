"""Measures and percentages: the unit after a number is said in full, the number itself is left."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.grammar import de
from audionews.french.spoken.amounts.agreement import counted, is_label, parted, spellings, word_before
from audionews.french.spoken.amounts.quantities import NUMBER, per, rate
from audionews.french.tables import data, word_set
from audionews.rules import DIGITS, Rule, alternatives, rule

_HALF = {"1/2", "½"}
_PARTS = {"1/3": "1/3", "2/3": "2/3", "1/4": "1/4", "3/4": "3/4", "¼": "1/4", "¾": "3/4"}
_AND_PART = {"1/2": "demi", "½": "demi", "1/4": "quart", "¼": "quart", "3/4": "trois quarts", "¾": "trois quarts"}
# Words a height or a price shares with others: not « 1,75 mètre carré ».
_SQUARE = r"(?! (?:carré|cube|linéaire))"
_NETWORKS = frozenset({"la", "réseau", "réseaux", "technologie", "connexion", "internet", "mobile"})
_ONE = frozenset({"le", "du", "au", "un", "par", "chaque", "ce"})
_MANY = frozenset({"de", "des", "les", "en", "million", "millions", "milliard", "milliards", "mille", "quelques"})
_BEFORE_RATE = re.compile(r"(?:\d|\d [^\W\d_]{3,30}|\bpar [^\W\d_]{2,12})$")
_ENGINE = "moteur|puissance|hors-bord|motopompe|tracteur|motoculteur|véhicule|pirogue|fiscaux"


def _say_measure(found: re.Match[str]) -> str:
    number, unit = found["number"], found["unit"]
    if is_label(found, unit) or (unit == "g" and _is_network(found)):
        return found.group()
    if unit == "m" and not found["per"] and (height := parted(found, number, ("mètre", "mètres"))):
        return height
    return counted(found, number, *spellings("units")[unit]) + _per(found)


def _per(found: re.Match[str]) -> str:
    """Say « /h » after a length as speeds are said."""
    speed = found["per"] in {"h", "H"} and found["unit"].lower() in {"km", "kms", "m"}
    return " heure" if speed else per(found)


def _is_network(found: re.Match[str]) -> bool:
    """Tell « la 4g » of telephones from four grams."""
    return found.group() in {"2g", "3g", "4g", "5g", "6g"} and word_before(found) in _NETWORKS


def _unit_alone(found: re.Match[str]) -> str:
    """Read « le km² », « en km/h », « à l’ha », « 3 millions de m³ »."""
    word, elided = word_before(found), found.string[max(0, found.start() - 2) : found.start()].lower()
    one, more = spellings("units")[found["unit"]]
    if word in _ONE or elided == "l’":
        return one + _per(found)
    return more + _per(found) if word in _MANY or elided == "d’" else found.group()


def _rate_alone(found: re.Match[str]) -> str:
    """Read « 3 repas/jour », « 56,3 /km² » and the second stroke of « 50 l/j/hab »."""
    return per(found) if _BEFORE_RATE.search(found.string, max(0, found.start() - 40), found.start()) else found.group()


def _part_of(found: re.Match[str]) -> str:
    """Read « 1/2 h » and « 3/4 l »."""
    if is_label(found, found["unit"]):
        return found.group()
    noun = spellings("units")[found["unit"]][0]
    if found["part"] not in _HALF:
        return f"{_PARTS[found['part']]} {de(noun)}"
    if word_before(found) in {"un", "une", "la", "le", "cette", "ce", "chaque"}:
        return f"demi-{noun}"
    return f"{'une' if noun.split(maxsplit=1)[0] in word_set('units', 'feminine') else 'un'} demi-{noun}"


def _and_part(found: re.Match[str]) -> str:
    """Read « 1 an 1/2 » and « 2 heures ½ »."""
    noun, part = found["noun"], _AND_PART[found["part"]]
    feminine = noun.removesuffix("s") in {*word_set("units", "feminine"), "année", "journée", "semaine"}
    return f"{noun} et {part}{'e' if part == 'demi' and feminine else ''}"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for measures, made from data/units.toml."""
    units = alternatives(spellings("units"))
    rates = [per for per in data("units")["per"] if len(per) > 1 or per in {"h", "j"}]
    ended = r"(?![\w’²³])"
    number = r"(?P<number>\d(?<![\da-wyzA-WYZ].)\d{0,17}(?:,\d{1,9})?)"
    return (
        rule("pourcentage", r"%(?:(?<=\bpoints de %)|(?<=\bpoint de %))", "pourcentage", "%"),
        rule(
            "consommation",
            rf"{number} ?(?:[lL]|litres?) ?(?:/|aux) ?100 ?[kK]m{ended}",
            lambda found: counted(found, found["number"], "litre", "litres") + " aux cent kilomètres",
            DIGITS,
        ),
        rule(
            "fraction de mesure",
            rf"(?<![\d/,])(?<!\d )(?P<part>1/2|[12]/3|[13]/4|[½¼¾]) ?(?P<unit>{units}){ended}",
            _part_of,
            "/½¼¾",
        ),
        rule("mesure", rf"{number} ?(?P<unit>{units}){ended}{rate()}", _say_measure, DIGITS),
        rule(
            "chevaux",
            rf"(?P<engine>(?:{_ENGINE})s?\b[^.;!?\d]{{0,30}})(?P<number>{NUMBER}) ?(?:CV|Cv)(?!\w)",
            r"\g<engine>\g<number> chevaux",
            "C",
        ),
        rule(
            "mètres et centimètres",
            rf"(?P<number>\d(?<![\w,.-].)\d{{0,2}},\d\d) (?P<noun>mètres?)\b{_SQUARE}",
            lambda found: parted(found, found["number"], ("mètre", "mètres")) or found.group(),
            ",",
        ),
        rule(
            "mètres collés",
            r"(?P<whole>\d(?<![\w,.-].)\d?)m(?P<rest>\d\d)(?!\w)",
            lambda found: parted(found, f"{found['whole']},{found['rest']}", ("mètre", "mètres")) or found.group(),
            "m",
        ),
        rule(
            "longueur et largeur",
            r" [x×] (?=\d)(?:(?<=mètres . )|(?<=mètre . ))|[x×](?=\d)(?<=mètres.)",
            " sur ",
            "x×",
        ),
        rule(
            "unité sans nombre",
            rf"(?P<unit>{alternatives(word_set('units', 'alone'))})(?![\w’²³]){rate()}",
            _unit_alone,
            "kmhMG",
        ),
        rule("d’hectares", r"([dD])(?<!\w.)e (?=hectares?\b)", r"\1’", "h"),
        rule(
            "taux",
            rf" ?/ ?(?P<per>{alternatives(rates)})(?![\w’])",
            _rate_alone,
            "/",
        ),
        rule(
            "et demi",
            rf"(?P<noun>\b(?:ans?|mois|jours?|années?|journées?|semaines?|siècles?|tours?|heures?|{_plain()}))(?: et)? "
            r"(?P<part>1/2|3/4|1/4|½|¾|¼)(?![\w/,])(?! (?:de )?finale)",
            _and_part,
            "/½¼¾",
        ),
    )


def _plain() -> str:
    """Give a pattern of the names of measures in one word."""
    return alternatives(
        {form for pair in spellings("units").values() for form in pair if form.isalpha() and len(form) > 3}
    )
