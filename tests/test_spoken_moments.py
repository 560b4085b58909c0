"""Dates, years, times and durations as they are heard."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.french import numbers
from audionews.french.dates import DAYS, MONTHS
from audionews.french.spoken import spoken
from audionews.french.spoken.amounts import coordinates
from audionews.french.spoken.time import clock, durations, moments, years

PAIRS = list(
    csv.DictReader(
        (Path(__file__).parent / "data" / "spoken" / "moments.tsv").read_text("utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
DATES = st.dates(date(1500, 1, 1), date(2099, 12, 31))
FEW = settings(deadline=None, max_examples=80)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["written"])
def test_every_moment_is_said_as_written_down(pair: dict[str, str]) -> None:
    said = spoken(pair["written"])
    assert said in pair["spoken"].split(" | ")
    assert spoken(said) == said


def in_words(day: date) -> str:
    number = "premier" if day.day == 1 else numbers.cardinal(day.day)
    return f"{number} {MONTHS[day.month - 1]} {numbers.cardinal(day.year)}"


@FEW
@given(DATES)
def test_a_date_is_the_same_in_every_form(day: date) -> None:
    forms = [f"{day:%d/%m/}{day.year}", f"{day:%d.%m.}{day.year}", f"{day:%d-%m-}{day.year}"]
    forms += [f"{day.day}{mark}{day.month}{mark}{day.year}" for mark in "/-"]
    forms += [f"{day.year}{mark}{day:%m}{mark}{day:%d}" for mark in "/.-"]
    forms += [f"{number} {MONTHS[day.month - 1]} {day.year}" for number in (day.day, f"{day.day:02}")]
    assert {spoken(f"le {form}") for form in forms} == {f"le {in_words(day)}"}
    assert {spoken(form) for form in forms} == {in_words(day)}


@FEW
@given(DATES, st.sampled_from(["le", "du", "au", "Le", *DAYS]))
def test_a_day_and_a_month_in_two_figures_are_a_date(day: date, word: str) -> None:
    expected = spoken(f"prévu {word} {'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]}")
    assert spoken(f"prévu {word} {day:%d/%m}") == expected
    assert spoken(f"prévu {word} {day:%d.%m}") == expected


@FEW
@given(st.integers(1500, 2098), st.integers(1, 90), st.sampled_from(["-", "/", "–", " - "]))
def test_a_span_of_years_is_heard_in_full(first: int, length: int, mark: str) -> None:
    last = min(first + length, 2099)
    link = " " if last == first + 1 else " à "
    assert spoken(f"en {first}{mark}{last}") == f"en {numbers.cardinal(first)}{link}{numbers.cardinal(last)}"


@FEW
@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["h", "H", " h ", " H ", "h ", ":", "mn"]))
def test_a_time_is_the_same_in_every_form(hour: int, minute: int, mark: str) -> None:
    written = f"{hour}h{minute:02}mn" if mark == "mn" else f"{hour}{mark}{minute:02}"
    words = f"{numbers.cardinal(hour, feminine=True)} heure{'s' if hour > 1 else ''}"
    words += f" {numbers.cardinal(minute, feminine=True)}" if minute else ""
    assert spoken(f"à {written} précises") == f"à {words} précises"
    assert spoken(f"à {hour:02}{written.removeprefix(str(hour))} précises") == f"à {words} précises"


@FEW
@given(st.integers(1, 9), st.integers(1, 59), st.integers(1, 59))
def test_a_duration_is_the_same_in_every_form(hour: int, minute: int, second: int) -> None:
    forms = [
        f"{hour} h {minute:02} min {second:02} s",
        f"{hour}h{minute:02}’{second:02}”",
        f"{hour}:{minute:02}:{second:02}",
    ]
    assert len({spoken(f"en {form}") for form in forms}) == 1


@FEW
@given(st.integers(1, 120), st.sampled_from(["e", "è", "ème", " è", "eme"]), st.sampled_from(["minute", "min", "mn"]))
def test_a_minute_of_a_match_is_an_ordinal(number: int, suffix: str, unit: str) -> None:
    assert spoken(f"but à la {number}{suffix} {unit}, puis") == f"but à la {numbers.ordinal(number)} minute, puis"


PIECES = [
    "12",
    "1",
    "05",
    "2025",
    "/",
    "-",
    ".",
    ":",
    "h",
    "H",
    "’",
    "”",
    "min",
    "s",
    "°",
    "N",
    "e",
    "+",
    " ",
    " ",
    "le ",
    "du ",
]
PIECES += [
    "les ",
    "juin",
    "mai ",
    "J",
    "24",
    "7",
    "j",
    "années ",
    "saison ",
    "1/2",
    "ans ",
    "(",
    ")",
    ",",
    "entre ",
    "sept. ",
]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_no_figure_is_left_and_said_once_is_said(text: str) -> None:
    said = spoken(text)
    assert not any(char.isdigit() or char in "°/" for char in said)
    assert spoken(said) == said


@pytest.mark.parametrize(
    "piece", ["1", "12-", "1’", "1:", "1° ", "le 12/", "les 1, ", "2014-", "années ", "’a", "24h/"]
)
def test_a_very_long_line_is_read(piece: str) -> None:
    for module in (moments, years, coordinates, durations, clock):
        for rule in module.rules():
            rule.pattern.sub(rule.say, piece * 20000)
