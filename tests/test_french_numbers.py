"""Numbers in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.french.numbers import cardinal, decimal, digits, integer, ordinal, padded, roman


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zéro"),
        (17, "dix-sept"),
        (21, "vingt et un"),
        (22, "vingt-deux"),
        (70, "soixante-dix"),
        (71, "soixante et onze"),
        (77, "soixante-dix-sept"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (91, "quatre-vingt-onze"),
        (99, "quatre-vingt-dix-neuf"),
        (100, "cent"),
        (200, "deux cents"),
        (201, "deux cent un"),
        (1000, "mille"),
        (1960, "mille neuf cent soixante"),
        (2000, "deux mille"),
        (80_000, "quatre-vingt mille"),
        (200_000, "deux cent mille"),
        (80_000_000, "quatre-vingts millions"),
        (1_000_001, "un million un"),
        (3_000_000_000, "trois milliards"),
        (-5, "moins cinq"),
    ],
)
def test_cardinals(number: int, words: str) -> None:
    assert cardinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "une"),
        (21, "vingt et une"),
        (11, "onze"),
        (71, "soixante et onze"),
        (81, "quatre-vingt-une"),
        (101, "cent une"),
    ],
)
def test_feminine(number: int, words: str) -> None:
    assert cardinal(number, feminine=True) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "premier"),
        (2, "deuxième"),
        (4, "quatrième"),
        (5, "cinquième"),
        (9, "neuvième"),
        (21, "vingt et unième"),
        (30, "trentième"),
        (71, "soixante et onzième"),
        (80, "quatre-vingtième"),
        (100, "centième"),
        (200, "deux centième"),
        (1000, "millième"),
        (1_000_000, "millionième"),
        (10**9, "milliardième"),
        (2 * 10**6, "deux millionième"),
    ],
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_the_first_has_a_feminine() -> None:
    assert ordinal(1, feminine=True) == "première"
    assert ordinal(2, feminine=True) == "deuxième"


@pytest.mark.parametrize(
    ("whole", "fraction", "words"),
    [
        ("3", "6", "trois virgule six"),
        ("2", "07", "deux virgule zéro sept"),
        ("0", "50", "zéro virgule cinquante"),
        ("1", "00", "un virgule zéro zéro"),
        ("2", "125", "deux virgule cent vingt-cinq"),
        ("3", "1416", "trois virgule quatorze seize"),
        ("0", "0105", "zéro virgule zéro un zéro cinq"),
        ("3", "14159", "trois virgule un quatre un cinq neuf"),
        ("0", "00002", "zéro virgule zéro zéro zéro zéro deux"),
    ],
)
def test_decimals(whole: str, fraction: str, words: str) -> None:
    assert decimal(whole, fraction) == words


def test_leading_zeros_and_long_codes() -> None:
    assert integer("05") == "cinq"
    assert integer("000") == "zéro"
    assert digits("104") == "un zéro quatre"
    assert padded("012") == "zéro douze"
    assert padded("00") == "zéro zéro"
    assert integer("1" * 31) == " ".join(["un"] * 31)
    assert cardinal(10**21) == "un trilliard"
    assert cardinal(10**5000).startswith("un zéro zéro")


@pytest.mark.parametrize(("text", "value"), [("VI", 6), ("XIX", 19), ("XIV", 14), ("MCMLX", 1960), ("I", 1)])
def test_roman_numerals(text: str, value: int) -> None:
    assert roman(text) == value


@pytest.mark.parametrize("text", ["", "IIII", "VX", "ABC", "IC", "vi"])
def test_what_is_no_roman_numeral(text: str) -> None:
    assert roman(text) is None


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 10**21 - 1), st.integers(0, 10**21 - 1))
def test_two_numbers_never_sound_the_same(first: int, second: int) -> None:
    assert (cardinal(first) == cardinal(second)) == (first == second)
    assert not any(char.isdigit() for char in cardinal(first))
