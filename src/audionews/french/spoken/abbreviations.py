"""Abbreviations and titles, made from data/abbreviations.toml."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.spoken.capitals.names import UPPER, fold, names
from audionews.french.tables import data, word_set
from audionews.rules import DIGITS, Rule, alternatives, cased, heads, hinted, opens_sentence, rule

# What must not, or must, stand before a word; its first letter is the last dot.
_WORD = r"(?<![\w.].)"
_APART = r"(?<![\w.-].)"
_ALONE = r"(?<![\w.’-].)"
_AFTER_ARTICLE = r"(?:(?<=\b[Ll]e .)|(?<=\b[Dd]u .)|(?<=\b[Aa]u .)|(?<=\b[Uu]n .)|(?<=\b[Cc]e .)|(?<=\b[LlDd]’.))"
_NOT_INITIAL = rf"(?<!\b[{UPPER}]\. .)(?<!\b[{UPPER}] .)"
_NAME = rf"(?=[{UPPER}](?:[\w’-]|\. ?[{UPPER}]))"  # « Ba », « N’Diaye », « C. Ba »
_ENDS = r"(?![\w’-])"
_SIRS = {"M": "monsieur", "MM": "messieurs"}
_SAINTS = {"St": "saint", "Ste": "sainte", "Sts": "saints", "Stes": "saintes"}


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for abbreviations, titles, places, references and months."""
    return (*_words(), *_titles(), *_references())


def _words() -> tuple[Rule, ...]:
    """Give the rules for abbreviations that stand anywhere or open a sentence."""
    anywhere = data("abbreviations")["anywhere"]
    return (
        rule(
            "ère chrétienne",
            r"[Aa](?<!\w.)(?P<side>v(?:an)?t?|p(?:r|rès)?)\.? ?(?:J\.? ?-? ?C\b\.?|JC\b)",
            lambda found: (
                cased(found, f"{'avant' if found['side'][0] == 'v' else 'après'} Jésus-Christ") + _final_point(found)
            ),
            "C",
        ),
        hinted("pour cent", r"p\. ?(?:100|cent)", r"(?<=\d) ?p\. ?(?:100|cent)\b", " pour cent"),
        rule("post-scriptum", r"P\.? ?-?S\.? ?:", lambda found: _opening(found, "Post-scriptum :"), ":"),
        rule("nota bene", r"N\.? ?B\.? ?:", lambda found: _opening(found, "Nota bene :"), ":"),
        rule("contre", rf"[cC](?<= .)/ ?(?=[{UPPER}])", "contre ", "/"),
        rule(
            "abréviation",
            rf"(?<![\w.-])(?P<key>{alternatives(anywhere)})(?![\w’/])",
            lambda found: _cased(found, anywhere[found["key"]]) + _final_point(found),
        ),
    )


def _titles() -> tuple[Rule, ...]:
    """Give the rules for what stands before a name."""
    tables = data("abbreviations")
    titles, places, ranks, named = (tables[key] for key in ("titles", "places", "ranks", "before_name"))
    named = named | ranks
    return (
        rule(
            "monsieur",
            rf"(?P<key>M{_ALONE}{_NOT_INITIAL}M?)\."
            rf"(?:(?= ?[{UPPER}][\w’-]| [{UPPER}](?:\.| [{UPPER}]\w)| ?(?:les? |la |l’|et |ou ))|\Z)",
            lambda found: found.group() if _after_first_name(found) else _before(found, _SIRS[found["key"]]),
            "M",
        ),
        rule("Sa Majesté", r"S(?<!\w.)\.? ?M\.? (?=(?:le [Rr]oi|la [Rr]eine|l’[Ee]mpereur)\b)", "Sa Majesté ", "S"),
        rule("Son Altesse", r"S(?<!\w.)\.?A\.?R\.? (?=l[ea] [Pp]rinc)", "Son Altesse royale ", "S"),
        rule(
            "général",
            r"Gal(?<!\wGal)(?![\w’])\.?(?= ?(?P<next>[\w’-]{0,30}(?: brigade| division| corps)?))",
            _general,
            "G",
        ),
        rule("maîtres", rf"M{_ALONE}es (?={_NAME}(?P<next>[\w’-]{{1,30}}))", _lawyers, "M"),
        rule(
            "titre",
            rf"(?P<key>{heads(titles, _APART)}){_ENDS}\.?",
            lambda found: _before(found, titles[found["key"]]),
        ),
        rule(
            "titre devant un nom",
            rf"(?P<key>{heads(named, _ALONE, _NOT_INITIAL)})(?:\. {_NAME}|[. ](?=[{UPPER}][\w’-]))",
            lambda found: _named(found, named[found["key"]]),
        ),
        rule(
            "grade",
            rf"(?P<key>{heads(ranks, _AFTER_ARTICLE)}){_ENDS}\.?",
            lambda found: _before(found, ranks[found["key"]]),
        ),
        # « St-Louis », « Ste Marie »; « St. Mary’s » is English.
        rule(
            "saint",
            rf"(?P<key>{heads(_SAINTS, _ALONE)})(?P<mark>\.?-|\. ?| )(?=[{UPPER}][\w’])(?!\w{{1,30}}’s\b)",
            _saint,
            "S",
        ),
        rule("junior", r"Jr(?<=[a-zà-ÿ] Jr)\.?(?!\w)", "junior", "J"),
        rule(
            "voie",
            rf"(?P<key>{heads(places, _ALONE)})\.?(?= (?:de |du |des |d’|[{UPPER}]))",
            _place,
        ),
    )


def _references() -> tuple[Rule, ...]:
    """Give the rules for what stands beside a number."""
    tables = data("abbreviations")
    number, months = tables["before_number"], tables["months"]
    return (
        rule("numéros", r"nos (?:(?<=\b[LlDd]es nos )|(?<=\b[Aa]ux nos ))(?=\d)", "numéros ", DIGITS),
        rule(
            "abréviation devant un nombre",
            rf"(?P<key>{heads(number, _WORD)}) ?:? ?(?=\d|\(?\+\d|(?<!o )[IVXLC]+\b)",
            lambda found: _before_number(found, number[found["key"]]),
        ),
        rule("mois abrégé", rf"(?P<key>{heads(months, _WORD)})\b\.?(?P<year> (?:19|20)\d\d\b)?", _month),
        rule("numéro", r"[nN](?<!\w.)° ?|#(?<!\w.)(?=\d)", lambda found: cased(found, "numéro "), "°#"),
    )


def _opening(found: re.Match[str], said: str) -> str:
    return said if opens_sentence(found) else found.group()


def _before(found: re.Match[str], said: str) -> str:
    """Say a title; its point is kept only where the text ends."""
    after = found.string[found.end() : found.end() + 1]
    point = found.group().endswith(".") and found.start() and not after
    return cased(found, said) + ("." if point else " " if after.isalpha() else "")


def _named(found: re.Match[str], said: str) -> str:
    """Say what is a title before a name, and a sigle elsewhere: « la SEM », « DR Congo », « Me Too »."""
    before, after = found.string[max(0, found.start() - 5) : found.start()], found.string[found.end() : found.end() + 6]
    sigle = found["key"].isupper() and len(found["key"]) > 1
    # « Jonathan M. », « 188 M EUR »
    if found["key"] in _SIRS and (_after_first_name(found) or re.search(r"\d ?\Z", before)):
        return found.group()
    if (sigle and re.search(r"\b(?:[Ll]a|[Uu]ne) $", before)) or re.match(r"(?i:congo|too)\b", after):
        return found.group()
    return f"{cased(found, said)} "


def _after_first_name(found: re.Match[str]) -> bool:
    """Tell whether « M. » is an initial: « Jonathan M. »."""
    word = re.search(r"([\w’-]+) \Z", found.string[max(0, found.start() - 32) : found.start()])
    return word is not None and fold(word[1].rpartition("-")[2]) in names("first_names")


def _general(found: re.Match[str]) -> str:
    """Say « le Gal Diarra », « Gal. Diarra », « Gal de brigade »; « Gal » may also be a first name."""
    following, point = found["next"], found.group().endswith(".")
    rank = following.startswith(("de ", "d’armée"))
    after_article = re.search(rf"{_AFTER_ARTICLE}\Z", found.string[max(0, found.start() - 4) : found.start() + 1])
    sure = rank or after_article or _is_name(following) or (point and following[:1].isupper())
    return _before(found, "général") if sure else found.group()


def _lawyers(found: re.Match[str]) -> str:
    """Say « Mes Tapo et Tall »; at the head of a sentence « Mes » may be the possessive."""
    return cased(found, "maîtres ") if not opens_sentence(found) or _is_name(found["next"]) else found.group()


def _is_name(word: str) -> bool:
    return fold(word) in names("first_names") or fold(word) in names("surnames")


def _saint(found: re.Match[str]) -> str:
    said = _SAINTS[found["key"]]
    return f"{said.capitalize()}-" if found["mark"].endswith("-") else f"{cased(found, said)} "


def _place(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 4) : found.start()]
    if found["key"] == "bd" and before.endswith(("la ", "une ")):
        return found.group()  # « la bd de Zep »
    return _cased(found, data("abbreviations")["places"][found["key"]])


def _before_number(found: re.Match[str], said: str) -> str:
    minutes = said == "minimum" and re.search(
        r"\d(?: ?[eè])? ?\Z", found.string[max(0, found.start() - 4) : found.start()]
    )
    return found.group() if minutes else f"{_cased(found, said)} "


def _month(found: re.Match[str]) -> str:
    """Say « 7 sept. », « sept. 2024 » and « fin déc. »; « ils sont sept. » is a number, « les avr. » unknown."""
    key, year, string = found["key"], found["year"] or "", found.string
    day = re.search(r"\d(?:er)? \Z", string[max(0, found.start() - 4) : found.start()])
    point = found.group().removesuffix(year).endswith(".")
    if not (day or year or (point and key not in {"sept", "avr"})):
        return found.group()
    return f"{data('abbreviations')['months'][key]}{year or _final_point(found)}"


def _cased(found: re.Match[str], said: str) -> str:
    """Put a capital at the head of a sentence; small letters after a point follow another abbreviation."""
    return said if found.start() and found["key"][0].islower() else cased(found, said)


def _final_point(found: re.Match[str]) -> str:
    """Keep the point of an abbreviation when it also ends the sentence; « p. ex. Gao » is never an end."""
    if not found.group().endswith("."):
        return ""
    after = found.string[found.end() : found.end() + 4].lstrip(" »”)")
    closes = found.group().split(" ")[-1] not in word_set("abbreviations", "opening")
    return "." if not after or (closes and after[0].isupper()) else ""
