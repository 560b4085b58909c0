"""Dates in figures: days, lists and spans of days, months."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from audionews.french import numbers
from audionews.french.dates import DAYS, MONTHS
from audionews.french.grammar import join
from audionews.french.spoken.amounts.agreement import word_before
from audionews.rules import DIGITS, Rule, alternatives, rule

YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:1er|0?[1-9]|[12]\d|3[01])"
_NAMES = [*MONTHS, "aout", "fevrier", "decembre"]
_MONTH = rf"(?:{alternatives([*_NAMES, *(name.capitalize() for name in _NAMES)])})\b"
# Short names with or without a point; other abbreviations are in data/abbreviations.toml.
_SHORT_MONTHS = {
    short: month
    for month, names in {
        "janvier": "jan janv",
        "février": "fev fév fevr févr",
        "avril": "avr",
        "juillet": "juil juill",
        "septembre": "sep sept",
        "octobre": "oct",
        "novembre": "nov",
        "décembre": "dec déc",
    }.items()
    for short in names.split()
}
_SHORT_DAYS = {day[:3]: day for day in DAYS}
_TEXTS = frozenset({"numéro", "loi", "décret", "arrêté", "article"})  # their numbers are no dates
_ARTICLES = frozenset({"le", "ce", "du", "au", *DAYS})


def _possible(day: str, month: str) -> bool:
    return 1 <= int(day.removesuffix("er")) <= 31 and 1 <= int(month) <= 12


def _day(figures: str) -> str:
    day = int(figures.removesuffix("er"))
    return "premier" if day == 1 else numbers.cardinal(day)


def _month(figures: str) -> str:
    return MONTHS[int(figures) - 1]


def _date(found: re.Match[str]) -> str:
    day, month, year = found["day"], found["month"], found["year"]
    if not _possible(day, month):
        return found.group()
    if len(year) == 2 and not 40 <= int(year) < 50:  # a year of our time gets its century
        year = f"{20 if int(year) < 40 else 19}{year}"
    return f"{_day(day)} {_month(month)} {numbers.integer(year)}"


def _day_and_month(found: re.Match[str]) -> str:
    """Read « 03/10 » or « 17.06 » where it is a day."""
    word, day, month = word_before(found), found["day"], found["month"]
    article = word if word in _ARTICLES else ""
    full = len(day) == len(month) == 2
    alone = len(found.string) < 9 and found.group() == found.string.rstrip(" .!?")
    if word in _TEXTS or not _possible(day, month):
        sure = False
    elif found["mark"] == ".":
        sure = len(month) == 2 and (bool(article) or (alone and full))
    elif found["mark"] == "-":
        sure = full and bool(article) and month[0] == "0"
    elif article in {"", "du", "au"}:
        sure = full and (bool(article) or month[0] == "0")
    else:
        sure = not (article == "le" and day == "1" and month in {"2", "3", "4", "5", "8"})  # « le 1/3 »
    return f"{_day(day)} {_month(month)}" if sure else found.group()


def _month_and_year(found: re.Match[str]) -> str:
    text = word_before(found) in _TEXTS
    return found.group() if text else f"{_month(found['month'])} {numbers.integer(found['year'])}"


def _short_year(found: re.Match[str]) -> str:
    """Read « 12/05/24 », and « 12.05.24 » after an article."""
    sure = found["mark"] == "/" or word_before(found) in _ARTICLES
    return _date(found) if sure else found.group()


def _later_month(found: re.Match[str]) -> str:
    """Read « en 2025-06 »; « 2010-11 » is a season."""
    month = word_before(found) in {"en", "depuis", "fin", "début"}
    season = not month or int(found["month"]) > int(found["year"][2:])
    return found.group() if season else f"{_month(found['month'])} {numbers.integer(found['year'])}"


def _days(found: re.Match[str]) -> str:
    """Read « 17/18 juin », « 4-5-6 avril », « du 5-9 mai »: two days in a row are both meant, others are a span."""
    before, figures = word_before(found), re.split(r" ?[-–/] ?", found.group())
    days = [int(day.removesuffix("er")) for day in figures]
    if not days[0] or any(later <= earlier for earlier, later in pairwise(days)):
        return found.group()
    words, pair = [_day(day) for day in figures], len(days) == 2
    if pair and before == "du":
        return " au ".join(words)
    if pair and "/" not in found.group() and days[1] > days[0] + 1 and before != "entre":
        return " à ".join(words)
    return join(words)


def _unless_inside(found: re.Match[str], name: str) -> str:
    """Give a full name for a short one that does not end a longer word; « sept » alone is a number."""
    before = found.string[max(0, found.start() - 2) : found.start()]
    number = found.group() == "sept" and not (before[:1].isdigit() or before.startswith("r"))
    return found.group() if before[-1:].isalnum() or number else name


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for dates."""
    short_months = alternatives([*_SHORT_MONTHS, *(month.capitalize() for month in _SHORT_MONTHS)])
    short_days = alternatives([*_SHORT_DAYS, *(day.capitalize() for day in _SHORT_DAYS)])
    # A number that begins here: the look-behind after the first digit lets a search jump from digit to digit.
    day, month, first = r"(?P<day>\d(?<![\w/.,-].)\d?)", r"(?P<month>\d{1,2})", r"\d(?<![\w/.,-].)"
    ended = r"(?![\d/-]|\.\d)"
    return (
        rule(
            "mois raccourci",
            rf"(?P<name>{short_months})\b\.?(?=[ -]{YEAR}\b)",
            lambda found: _unless_inside(found, _SHORT_MONTHS[found["name"].lower()]),
            DIGITS,
        ),
        rule(
            "jour raccourci",
            rf"(?P<name>{short_days})\.? (?={_DAY} {_MONTH})",
            lambda found: _unless_inside(found, f"{_SHORT_DAYS[found['name'].lower()]} "),
            DIGITS,
        ),
        rule("date en chiffres", rf"{day}(?P<mark>[/.-]){month}(?P=mark)(?P<year>{YEAR}){ended}", _date, DIGITS),
        rule(
            "date internationale",
            rf"(?P<year>[12](?<![\w/.,-].)\d{{3}}(?<={YEAR}))(?P<mark>[/.-])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)"
            r"(?:(?P<clock>T)(?=\d\d:)|(?![\w/-]|\.\d))",
            lambda found: _date(found) + (" " if found["clock"] else ""),
            "/.-",
        ),
        rule(
            "date à l’année courte",
            rf"(?P<day>{first}\d)(?P<mark>[/.])(?P<month>\d\d)(?P=mark)(?P<year>\d\d){ended}",
            _short_year,
            "/.",
        ),
        rule(
            "mois et année en chiffres",
            rf"(?P<month>[01](?<![\w/.,-].)\d(?<=0[1-9]|1[0-2]))/(?P<year>{YEAR})(?![\d/-])",
            _month_and_year,
            "/",
        ),
        rule(
            "année et mois en chiffres",
            rf"(?P<year>[12](?<![\w/.,-].)\d{{3}}(?<={YEAR}))-(?P<month>0[1-9]|1[0-2])(?![\d/-])",
            _later_month,
            "-",
        ),
        rule(
            "jour et mois en chiffres",
            rf"{day}(?P<mark>[/.-]){month}(?![\w/-]|[.,]\d| ?[%€$£°]"
            r"| (?:m|km|ha|kg|t|millions?|milliards?|euros?|francs?|dollars?|points?|de|des|du|finale|temps)\b| d’)",
            _day_and_month,
            "/.-",
        ),
        rule("jours", rf"{first}(?:(?<=1)er|\d|)(?: ?[-–/] ?{_DAY}){{1,4}}(?= {_MONTH})", _days, "-–/"),
        rule("d’un mois à l’autre", rf"(?P<month>{_MONTH}) ?[-–] ?(?={_DAY} {_MONTH})", r"\g<month> au ", "-–"),
        rule("quantième", rf"(?:01(?<![\d,.-]01)|1(?<![\d,.-]1))(?=[ -]{_MONTH})", "premier", DIGITS),
        rule(
            "premier d’une liste",
            rf"(?:01|1)(?:(?:(?<=\b[Dd]u 1)|(?<=\b[Dd]u 01))(?= au {_DAY} {_MONTH})"
            rf"|(?:(?<=\b[LlDd]es 1)|(?<=\b[LlDd]es 01)|(?<=\b[Aa]ux 1))(?=(?:, {_DAY}){{0,5}} et {_DAY} {_MONTH}))",
            "premier",
            DIGITS,
        ),
    )
