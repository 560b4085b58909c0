"""Dates as they are printed, and the words that make a date true on one day only."""

from __future__ import annotations

import re
from datetime import date, timedelta

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)

_DAY = rf"(?:{'|'.join(DAYS)})"
_MONTH = rf"(?:{'|'.join(MONTHS)}|aout|fevrier|decembre)"
_PART = r"(?:matin|midi|soir|nuit|après-midi|apres-midi)"
_DAY_NUMBER = r"(?:1er|premier|\d{1,2})\b"
_LAST = r"(?:derni(?:er|ère)s?|prochaine?s?|passée?s?|écoulée?s?)"
_COUNTED = r"(?:jours?|semaines?|mois|heures?|week-ends?|trimestres?|semestres?)"
_SPAN = r"(?:jours?|semaines?|mois|années?|ans?|heures?|week-ends?|trimestre|semestre|saison|été|hiver|nuit)"

_RELATIVE = re.compile(
    rf"""
      \b(?:avant-)?hier\b(?!-)
    | \baujourd'hui\b
    | \b(?:après-)?demain\b
    | \btout\sà\sl'heure\b | \bà\sl'instant\b | \bà\sce\sjour\b
    | \bce(?:t|tte)?\s(?:{_PART}|jour|semaine|mois|année|week-end|été|hiver|automne|printemps)\b(?!-l[àa]\b)
    | \bce\s{_DAY}\b(?!-là)(?!\s(?:{_PART}\s)?{_DAY_NUMBER})
    | \b{_DAY}\s{_LAST}\b
    | \b{_MONTH}\s(?:\d{{4}}\s)?(?:{_LAST}|courant)\b
    | \b{_SPAN}\s(?:{_LAST}|en\scours)\b
    | \b(?:ces|les|des|aux)\s(?:\w+\s)?(?:derni|proch)\w+\s(?:\w+\s)?{_COUNTED}\b
    | \bil\sy\sa\s(?:\w+\s|\d+\s){{1,3}}(?:jours?|semaines?|heures?|mois)\b
    | \bdans\s(?:\w+\s){{1,2}}jours\b
    | \ble\s\d{{1,2}}\s(?:dernier|courant)\b
    """,
    re.VERBOSE,
)
# « Lundi, le ministre… »: a day alone; with an article (le lundi, du lundi au vendredi) it is a habit.
_BARE_DAY = re.compile(rf"(?<![\w'-]){_DAY}\b(?!-|\s(?:{_PART}\s)?{_DAY_NUMBER}|\s(?:saint|gras|noir)\b)")
_HABIT = frozenset({"le", "les", "un", "du", "au", "chaque", "tous", "ce", "des", "aux", "quelque"})


def day_name(day: date) -> str:
    """Name the day of the week, in French.

    Args:
        day: any date.

    Returns:
        « lundi » to « dimanche ».
    """
    return DAYS[day.weekday()]


def spell(day: date, year: bool = True) -> str:
    """Write a date as the press prints it.

    Args:
        day: any date.
        year: also print the year.

    Returns:
        « samedi 7 juin 2025 », « dimanche 1er juin ».
    """
    number = "1er" if day.day == 1 else str(day.day)
    printed = f"{day_name(day)} {number} {MONTHS[day.month - 1]}"
    return f"{printed} {day.year}" if year else printed


def month_number(name: str) -> int:
    """Give the number of a month.

    Args:
        name: « août », « Aout », « DÉCEMBRE ».

    Returns:
        1 to 12; 0 for any other word.
    """
    plain = [_plain(one) for one in MONTHS]
    return plain.index(_plain(name)) + 1 if _plain(name) in plain else 0


def weekday_near(day: date, name: str, back: bool, itself: bool = True) -> date:
    """Give the nearest day of this name before or after a date.

    Args:
        day: any date but the first and last week of the calendar.
        name: « jeudi ».
        back: look before the date, else after it.
        itself: the date itself counts when it has that name.

    Returns:
        A date at most seven days away.
    """
    away = (day.weekday() - DAYS.index(name)) % 7 if back else (DAYS.index(name) - day.weekday()) % 7
    away = 7 if not away and not itself else away
    return day - timedelta(away) if back else day + timedelta(away)


def printed(number: int, month: int, year: int, name: str = "", near: date | None = None) -> date | None:
    """Give the date of a printed day.

    Args:
        number: of the day.
        month: 1 to 12.
        year: as printed; 0 when it is not.
        name: the day of the week, "" when not printed.
        near: without a year, the date that lies nearest to this one, at most a year away, and has that name.

    Returns:
        The date; None when there is none or when its year cannot be told.
    """
    years = [year] if year else [near.year + more for more in (0, -1, 1)] if near else []
    found = [one for one in (_date(y, month, number) for y in years) if one and name in {"", day_name(one)}]
    if near is None:
        return found[0] if found else None
    return min(found, key=lambda one: abs(one - near), default=None)


def is_relative(sentence: str) -> bool:
    """Tell whether a sentence holds a date word that is true only on the day it was written.

    Args:
        sentence: any French text.

    Returns:
        True for « hier », « ce jeudi », « la semaine dernière »; False for « ce samedi 7 juin ».
    """
    plain = " ".join(sentence.lower().replace("’", "'").split())
    if _RELATIVE.search(plain):
        return True
    return any(
        plain[max(0, found.start() - 12) : found.start()].split(" ")[-2:][0] not in _HABIT
        for found in _BARE_DAY.finditer(plain)
    )


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _plain(name: str) -> str:
    return name.lower().replace("é", "e").replace("û", "u")
