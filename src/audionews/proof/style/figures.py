"""How many figures a sentence holds, and dates that float."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from audionews.french.dates import MONTHS
from audionews.model import Role
from audionews.proof.style.finding import Fault
from audionews.proof.style.heard import Heard, Hearing
from audionews.proof.style.tables import words

MOST_IN_BRIEF = 3

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_NUMBER = r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"


def in_sentence(heard: Heard) -> Iterator[Fault]:
    """Find a sentence or a headline with several figures."""
    found = figures(heard.text) if heard.told else ()
    if len(found) > 1:
        rule = "T2" if heard.segment.role is Role.HEADLINE else "S18"
        yield Fault(rule, " ; ".join(found), heard.segment.id, f"{len(found)} chiffres")


def in_brief(hearing: Hearing) -> Iterator[Fault]:
    """Find a brief with too many figures."""
    for story in hearing.stories:
        found = [figure for one in story for figure in figures(one.text)]
        if story[0].segment.role is Role.BRIEF and len(found) > MOST_IN_BRIEF:
            yield Fault("S18a", " ; ".join(found), story[0].segment.id, f"{len(found)} chiffres")


def figures(text: str) -> tuple[str, ...]:
    """Give the figures a listener must hold: no dates, hours, years, ranks nor numbers in a name.

    Args:
        text: as printed.

    Returns:
        Each figure as printed; a score, a range, « 2 morts et 7 blessés » are one.
    """
    return tuple(found.group().strip() for found in _figure().finditer(_passed_over().sub(" | ", text)))


def floating(hearing: Hearing) -> Iterator[Fault]:
    """Find « ce mardi » in a bulletin of another day, « jeudi dernier », and days without a date."""
    for heard in hearing.heard:
        if not heard.told:
            continue
        for found in _weekday().finditer(heard.narration):
            if found["relative"]:
                yield Fault("D1", found.group(), heard.segment.id)
            elif found["this"]:
                if not _is_today(found, hearing.script.date):
                    yield Fault("D1", found.group(), heard.segment.id)
            elif not found["day"] and not found["habit"]:
                yield Fault("D2", found.group().strip(), heard.segment.id)


def floating_day(heard: Heard) -> Iterator[Fault]:
    """Find « jeudi dernier » and « le 5 juin prochain », whatever the day of the bulletin."""
    if heard.told:
        for found in _relative_date().finditer(heard.narration):
            yield Fault("D1", found.group(), heard.segment.id)


def _is_today(found: re.Match[str], today: date) -> bool:
    if today == date.min:  # a text without a day
        return True
    day = found["day"]
    return found["name"].lower() == _DAYS[today.weekday()] and (not day or int(day.removesuffix("er")) == today.day)


@cache
def _weekday() -> re.Pattern[str]:
    names, after = "|".join(_DAYS), "|".join(sorted(words("words", "relative")))
    return re.compile(
        rf"(?<![\w-])(?:(?P<this>ce )|(?P<habit>(?:les|tous les|chaque|le|un|du|au|des|de) ))?"
        rf"(?P<name>{names})s?(?![\w-])(?: (?:matin|soir|après-midi))?"
        rf"(?: (?P<day>\d{{1,2}}(?:er)?)(?![\d.]))?(?: (?P<relative>{after})(?!\w))?",
        re.IGNORECASE,
    )


@cache
def _relative_date() -> re.Pattern[str]:
    months, after = "|".join(MONTHS), "|".join(sorted(words("words", "relative") - {"derniers", "prochains"}))
    return re.compile(rf"(?<![\w-])(?:\d{{1,2}}(?:er)? )?(?:{months}) (?:{after})(?!\w)", re.IGNORECASE)


@cache
def _passed_over() -> re.Pattern[str]:
    """Find the numbers that are no figures to hold."""
    months, days, first = "|".join(MONTHS), "|".join(_DAYS), r"\d{1,2}(?:er)?"
    numbered = "|".join(sorted(words("words", "numbered"), key=len, reverse=True))
    dates = rf"{first}(?: (?:au|et) {first})? (?:{months})(?: \d{{4}})?|(?:{days}) {first}"
    hours = r"\d{1,2} ?h(?:eures?)?(?: ?\d\d)?(?!\w)"
    # « 2024 » is a year, « 2000 hommes » are men.
    counted = r"(?! ?%| (?!dans|puis|mais|sans|pas)[a-zà-ÿ]+s(?!\w))"
    years = rf"(?<![\d.,-])(?:19|20)\d\d(?:-(?:19|20)?\d\d)?(?![\d.,]\d){counted}"
    ranks = r"\d+(?:ers?|ères?|è|e|es|ème|eme|nd|nde)(?!\w)"
    names = rf"(?<![\w-])(?:{numbered})s?[ -]\d+(?:[.-]\d+)*|(?<=[^\W\d])-?\d+|\d+(?=[^\W\d])"
    return re.compile(f"{dates}|{hours}|{years}|{ranks}|{names}", re.IGNORECASE)


@cache
def _figure() -> re.Pattern[str]:
    letters = "|".join(sorted(words("words", "numerals"), key=len, reverse=True))
    one = rf"(?:(?:{_NUMBER})(?: ?%)?|(?<![\w-])(?:{letters})(?![\w]))"
    joined = rf"{one}(?:(?: |-| et )(?:{letters})(?!\w))*"
    span = rf"(?: (?:à|et) {joined}(?! (?:morts|blessés)))"
    unit = r"(?: (?:%|millions?|milliards?|mille|ans|mois|jours|semaines|Fcfa|francs|tonnes|km))?"
    toll = rf"{one}(?: [a-zà-ÿ’]+){{1,3}},? (?:et|dont) {one} (?:morts?|mortes?|blessée?s?|disparus|rescapés|otages)"
    return re.compile(rf"{toll}|(?:(?<=de )|(?<=entre )){joined}{unit}{span}?{unit}|\d+-\d+|{joined}", re.IGNORECASE)
