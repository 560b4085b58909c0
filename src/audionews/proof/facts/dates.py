"""The dates of a sentence, and the days they may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from audionews.proof.facts.numbers import Number
from audionews.proof.facts.tokens import Token
from audionews.proof.facts.words import ranks, words

_PARTS = {"matin", "midi", "soir", "nuit", "apres", "journee"}
_LAST = {"dernier", "derniere", "passe", "passee", "ecoule", "ecoulee"}
_NEXT = {"prochain", "prochaine"}
_SPANS = {"semaine", "mois", "annee", "an", "trimestre", "semestre", "week", "ete", "hiver", "saison"}
_DAYS_AWAY = {"hier": -1, "demain": 1}


@dataclass(frozen=True, slots=True)
class Moment:
    """One date as it is printed: what it says, and how it leans on the day of writing."""

    at: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 0 is Monday
    lean: str = ""  # "day -1", "dernier", "semaine dernier": true only with the day of writing
    ahead: bool = False  # its sentence looks ahead: « lundi » may be the next one

    @property
    def relative(self) -> bool:
        """Tell whether it means another day when it is said on another day."""
        return self.lean not in {"", "habit"} or (
            self.lean != "habit" and self.weekday is not None and self.day is None
        )


def moments(found: Sequence[Token], figures: Sequence[Number]) -> tuple[Moment, ...]:
    """Read the dates of a sentence.

    Args:
        found: its tokens.
        figures: its figures.

    Returns:
        The dates, in order: days, months with or without a year, « hier », « la semaine dernière ».
    """
    by_place = {one.at: one for one in figures}
    every: list[Moment] = []
    ahead = any(one.fold.endswith(("ra", "ront")) or one.fold in words("date.ahead") for one in found)
    at = 0
    while at < len(found):
        read = _relative(found, at) or _printed(found, by_place, at)
        if read is None:
            at += 1
            continue
        every.append(replace(read, ahead=ahead))
        at = read.end
    return tuple(every)


def _word(found: Sequence[Token], at: int) -> str:
    return found[at].fold if 0 <= at < len(found) else ""


def _relative(found: Sequence[Token], at: int) -> Moment | None:
    return _away(found, at) or _this(found, at) or _span_of(found, at)


def _away(found: Sequence[Token], at: int) -> Moment | None:
    """Read « hier », « avant-hier », « aujourd’hui », « demain »."""
    word = _word(found, at)
    if word == "aujourd’" and _word(found, at + 1) == "hui":
        return Moment(at, at + 2, lean="day 0")
    if word in {"avant", "apres"} and _word(found, at + 1) == "-" and _word(found, at + 2) in _DAYS_AWAY:
        return Moment(at, at + 3, lean=f"day {2 * _DAYS_AWAY[_word(found, at + 2)]}")
    if word in _DAYS_AWAY:
        return Moment(at, at + 1, lean=f"day {_DAYS_AWAY[word]}")
    return None


def _this(found: Sequence[Token], at: int) -> Moment | None:
    """Read « ce matin », « cette année »."""
    if _word(found, at) in {"ce", "cet", "cette"}:
        after = _word(found, at + 1)
        if after in _PARTS or after == "jour":
            return Moment(at, at + 2, lean="day 0")
        if after in _SPANS and _word(found, at + 2) != "-":
            return Moment(at, at + 2, lean=f"{after} ce")
    return None


def _span_of(found: Sequence[Token], at: int) -> Moment | None:
    """Read « la semaine dernière », « l’an prochain »."""
    word = _word(found, at)
    if word in _SPANS:
        after = _word(found, at + 1)
        if after == "-" and _word(found, at + 2) == "end":
            at_end, after = at + 3, _word(found, at + 3)
        else:
            at_end = at + 1
        if after in _LAST:
            return Moment(at, at_end + 1, lean=f"{word} dernier")
        if after in _NEXT:
            return Moment(at, at_end + 1, lean=f"{word} prochain")
    return None


def _printed(found: Sequence[Token], figures: dict[int, Number], at: int) -> Moment | None:
    """Read « samedi 7 juin 2025 », « juin 2025 », « jeudi dernier », « en 2025 »."""
    start, place = at, at
    weekday = day = month = year = None
    if _word(found, place) in ranks("date.days"):
        weekday = ranks("date.days")[_word(found, place)] - 1
        place += 1
        if _word(found, place) == "," and place + 1 in figures:
            place += 1
        if _word(found, place) in _PARTS and place + 1 in figures:
            place += 1
    one = figures.get(place)
    if one and one.value == int(one.value) and 1 <= one.value <= 31 and _word(found, one.end) in ranks("date.months"):
        day, place = int(one.value), one.end
    if _word(found, place) in ranks("date.months") and (day is not None or weekday is None):
        month = ranks("date.months")[_word(found, place)]
        place += 1
        year_figure = figures.get(place)
        if year_figure and _is_year(found, year_figure):
            year, place = int(year_figure.value), year_figure.end
    lean = ""
    if _word(found, place) in _LAST | _NEXT and place > start:
        lean, place = ("dernier" if _word(found, place) in _LAST else "prochain"), place + 1
    if weekday is not None and day is None and not lean and _word(found, start - 1) in {"le", "les", "un", "chaque"}:
        lean = "habit"
    if place == start or (month is None and weekday is None):
        return _year(found, figures, at)
    return Moment(start, place, year, month, day, weekday, lean)


def _is_year(found: Sequence[Token], one: Number) -> bool:
    """Tell a year from « 1.200 habitants »."""
    text = found[one.at].text
    return text.isdigit() and len(text) == 4 and one.end == one.at + 1 and 1500 <= one.value <= 2100


def _year(found: Sequence[Token], figures: dict[int, Number], at: int) -> Moment | None:
    """Read a year that stands alone: « en 2025 », « depuis 2019 »."""
    one = figures.get(at)
    if not one or not _is_year(found, one):
        return None
    before = {_word(found, at - 1), _word(found, at - 2)}
    if before & {"en", "depuis", "annee", "des", "fin", "debut", "ete", "hiver"}:
        return Moment(at, at + 1, year=int(one.value))
    return None


def agree(said: Moment, printed: Moment, written: date | None, spoken: date | None) -> bool:
    """Tell whether a date that is said is the one that is printed.

    Args:
        said: the date of the sentence.
        printed: the date of the article.
        written: the article’s day.
        spoken: the day on which the sentence is said; the article’s day when it is not known.

    Returns:
        True when every part of the said date (day, month, year, weekday) is that of the printed one.
    """
    spoken = spoken or written
    same = replace(said, at=0, end=0, ahead=printed.ahead) == replace(printed, at=0, end=0)
    if said.relative and spoken is not None and written is not None and spoken != written:
        same = False
    if same or (said.lean == "habit" and printed.lean == "habit" and said.weekday == printed.weekday):
        return same or said.weekday == printed.weekday
    meant = _days(said, spoken)
    if not said.relative or spoken == written:
        meant.append((said.year, said.month, said.day, None if said.lean == "habit" else said.weekday))
    return any(_covers(one, other) for one in meant for other in _days(printed, written))


_Day = tuple[int | None, int | None, int | None, int | None]  # year, month, day, weekday


def _covers(said: _Day, printed: _Day) -> bool:
    return any(part is not None for part in said) and all(
        part is None or part == other for part, other in zip(said, printed, strict=True)
    )


def _days(moment: Moment, today: date | None) -> list[_Day]:
    """Give what a date may mean."""
    if moment.lean.startswith("day "):
        return [_whole(today + timedelta(days=int(moment.lean[4:])))] if today else []
    if " " in moment.lean:
        return _span(moment.lean, today)
    if moment.day is None:
        return _unnumbered(moment, today)
    found = [_valid(year, moment) for year in _years(moment, today)]
    known = [one for one in found if one and moment.weekday in {None, one.weekday()}]
    if known:
        nearest = min(known, key=lambda one: abs((one - (today or one)).days))
        return [_whole(nearest)]
    return [(moment.year, moment.month, moment.day, moment.weekday)]


def _unnumbered(moment: Moment, today: date | None) -> list[_Day]:
    """Give what a month, a year or a name of a day may mean."""
    if moment.month is not None:
        return [(year, moment.month, None, None) for year in _years(moment, today)]
    if moment.weekday is not None and moment.lean != "habit" and today:
        return [_whole(one) for one in _near(moment, today)]
    return [(moment.year, None, None, moment.weekday)]


def _whole(day: date) -> _Day:
    return (day.year, day.month, day.day, day.weekday())


def _valid(year: int | None, moment: Moment) -> date | None:
    try:
        return date(year, moment.month or 1, moment.day or 1) if year else None
    except ValueError:
        return None


def _years(moment: Moment, today: date | None) -> list[int | None]:
    """Give the years a date without one may mean: last year’s, this year’s, next year’s."""
    if moment.year is not None:
        return [moment.year]
    if today is None:
        return [None]
    if moment.day is not None and not moment.lean:
        return [today.year - 1, today.year, today.year + 1]
    past = moment.lean == "dernier" and (moment.month or 0, moment.day or 0) > (today.month, today.day)
    coming = moment.lean == "prochain" and (moment.month or 0, moment.day or 32) < (today.month, today.day)
    return [today.year - past + coming]


def _near(moment: Moment, today: date) -> list[date]:
    """Give the days of this name around a day: before it, on it, or after it."""
    back = (today.weekday() - (moment.weekday or 0)) % 7
    before, after = today - timedelta(days=back), today + timedelta(days=7 - back)
    if moment.lean == "dernier":
        return [before if back else before - timedelta(days=7)]
    if moment.lean == "prochain":
        return [after]
    return [before, after] if moment.ahead else [before]


def _span(lean: str, today: date | None) -> list[_Day]:
    """Give the year or month a phrase means; weeks and seasons have no figure to compare."""
    span, way = lean.split()
    if today is None:
        return []
    shift = {"ce": 0, "dernier": -1, "prochain": 1}[way]
    if span in {"an", "annee"}:
        return [(today.year + shift, None, None, None)]
    if span == "mois":
        months = today.year * 12 + today.month - 1 + shift
        return [(months // 12, months % 12 + 1, None, None)]
    return []
