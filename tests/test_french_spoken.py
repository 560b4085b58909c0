"""From the printed line to what the ear needs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.french.spoken import explain, rules, spoken

PAIRS = list(
    csv.DictReader(
        (Path(__file__).parent / "data" / "french_spoken.tsv").read_text("utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
FRAGMENTS = [
    "12",
    "1",
    "05",
    "2,5",
    "11.700",
    " ",
    "  ",
    ".",
    ",",
    ":",
    "!",
    "(",
    ")",
    "«",
    "»",
    "-",
    "–",
    "/",
    "%",
    "€",
    "$",
]
FRAGMENTS += [
    "°",
    "²",
    "½",
    "’",
    "h",
    "F",
    "FCFA",
    "km",
    "m",
    "M.",
    "Mme",
    "Dr",
    "n°",
    "etc.",
    "AMRTP",
    "ONU",
    "SIDIBE",
    "VI",
]
FRAGMENTS += [
    "XIXe",
    "e",
    "è",
    "er",
    "7 juin",
    "14h30",
    "Le",
    "la",
    "LE",
    "ET",
    "www.a.ml",
    "a@b.ml",
    "@",
    "#",
    "…",
    "min",
]
FRAGMENTS += [
    "+",
    "=",
    "x",
    "I",
    "V",
    "Commune",
    "millions",
    "de ",
    "p.",
    "Ag",
    "N’",
    "\u00a0",
    "😀",
    "&",
    "loi",
    "PT-RM",
    "Y",
]
PIECES = st.lists(st.sampled_from(FRAGMENTS), max_size=12)
LINES = st.one_of(st.text(max_size=50), PIECES.map("".join), PIECES.map(" ".join))


def test_the_pairs_are_many() -> None:
    assert len(PAIRS) >= 100
    assert len({pair["written"] for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["written"])
def test_every_pair_is_said_as_written_down(pair: dict[str, str]) -> None:
    assert spoken(pair["written"]) == pair["spoken"]


@settings(deadline=None, max_examples=200)
@given(LINES)
def test_no_figure_and_no_sign_is_left(text: str) -> None:
    said = spoken(text)
    assert not any(char.isdigit() for char in said)
    assert not set("%€$£°()[]{}/@#&+=_*|<>²½") & set(said)
    assert said in (text, " ".join(said.split()))


@settings(deadline=None, max_examples=200)
@given(LINES)
def test_said_once_is_said(text: str) -> None:
    said = spoken(text)
    assert spoken(said) == said


@settings(deadline=None, max_examples=60)
@given(LINES)
def test_a_text_is_explained_when_it_changes(text: str) -> None:
    changes = explain(text)
    assert all(before != after for _, before, after in changes)
    assert bool(changes) == (spoken(text) != text)


def test_a_change_names_its_rule() -> None:
    assert explain("à 11 h 30") == (("heure", "11 h 30", "onze heures trente"),)
    assert ("sigle ou nom en capitales", "AMRTP", "A M R T P") in explain("l’AMRTP")


def test_plain_words_stay() -> None:
    text = "Le marché de Ségou a rouvert ses portes, « enfin », disent les commerçantes."
    assert spoken(text) == text


def test_every_rule_has_a_french_name() -> None:
    names = [rule.name for rule in rules()]
    assert len(set(names)) == len(names)
    assert all(name and name == name.strip() for name in names)


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "12 ", "A", "a.", "«", "(", "’", "¼", "http://a/", "@", "VI, ", "LE ", "M. "]
)
def test_a_very_long_line_is_read(piece: str) -> None:
    said = spoken(piece * 3000)
    assert not any(char.isdigit() for char in said)


def test_a_long_code_is_read_digit_by_digit() -> None:
    assert spoken("1234567890" * 3) == " ".join(["un deux trois quatre cinq six sept huit neuf zéro"] * 3)


@pytest.mark.parametrize("digit", ["٣", "３", "③", "३"])
def test_digits_of_every_script_are_read(digit: str) -> None:
    assert spoken(digit) == "trois"
