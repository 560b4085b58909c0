"""Numbers for the ear: the pairs of data/spoken/numbers.tsv, and what holds for every number."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.french.numbers import cardinal, ordinal, roman
from audionews.french.spoken import spoken

PAIRS = list(
    csv.DictReader(
        (Path(__file__).parent / "data" / "spoken" / "numbers.tsv").read_text("utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
UNITS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
]
VALUES = dict(zip(UNITS, [*range(17), 20, 30, 40, 50, 60], strict=True)) | {"une": 1, "vingts": 20}
SCALES = {
    word + plural: 1000 ** (rank + 2)
    for rank, word in enumerate(["million", "milliard", "billion", "billiard", "trillion", "trilliard"])
    for plural in ("", "s")
}
NUMBERS = st.one_of(st.integers(0, 999), st.integers(0, 10**6), st.integers(0, 10**18 - 1))
SETTINGS = settings(deadline=None, max_examples=100)


def value(words: str) -> int:
    """Read a cardinal in French words, by the grammar of numbers and without the code under test."""
    total = group = 0
    for word in re.split(r"[ -]", words):
        if word == "et":
            continue
        if word in SCALES:
            total, group = total + group * SCALES[word], 0
        elif word == "mille":
            total, group = total + (group or 1) * 1000, 0
        elif word in {"cent", "cents"}:
            group = (group or 1) * 100 if group < 10 else group
        elif VALUES[word] == 20 and group % 100 == 4:
            group += 76  # quatre-vingt
        else:
            group += VALUES[word]
    return total + group


def cardinal_of(words: str) -> str:
    """Give the cardinal of an ordinal other than the first."""
    stem = words.removesuffix("ième")
    for ending, full in (("cinqu", "cinq"), ("neuv", "neuf"), ("vingt", "vingt"), ("mill", "mille")):
        if stem.endswith(ending):
            return stem.removesuffix(ending) + full
    for word in sorted(UNITS, key=len, reverse=True):
        if stem.endswith(word.removesuffix("e")):
            return stem.removesuffix(word.removesuffix("e")) + word
    return stem


def heard(text: str) -> str:
    """Reduce a spoken form to what is heard: no capitals, no marks, no mute s."""
    words = re.sub(r"[^\w\s]", " ", text.lower()).split()
    return " ".join(re.sub(r"(?<=\w\w)s$", "", word) for word in words)


def test_the_pairs_are_many() -> None:
    assert len(PAIRS) >= 250
    assert len({pair["written"] for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["written"])
def test_every_pair_is_said_as_written_down(pair: dict[str, str]) -> None:
    said = spoken(pair["written"])
    assert heard(said) in {heard(form) for form in pair["spoken"].split(" | ")}
    assert spoken(said) == said


@SETTINGS
@given(NUMBERS)
def test_a_cardinal_can_be_read_back(number: int) -> None:
    assert value(cardinal(number)) == number
    assert value(cardinal(number, feminine=True)) == number
    if number:
        assert value(spoken(f"les {number} du pays").removeprefix("les ").removesuffix(" du pays")) == number


@SETTINGS
@given(st.integers(2, 10**12))
def test_an_ordinal_can_be_read_back(number: int) -> None:
    words = ordinal(number)
    stem = cardinal_of(words)
    stem = f"un {stem}" if stem in SCALES else stem
    assert value(stem) == number
    assert spoken(f"le {number}e rang") == f"le {words} rang"


@SETTINGS
@given(st.integers(1000, 10**17), st.sampled_from([" ", ".", "\u00a0", "\u202f", "’", ". "]))
def test_thousands_read_the_same_in_any_groups(number: int, mark: str) -> None:
    plain = spoken(f"plus de {number} cas")
    assert spoken(f"plus de {format(number, ',').replace(',', mark)} cas") == plain
    assert not any(char.isdigit() for char in plain)


@SETTINGS
@given(st.integers(0, 99999), st.text("0123456789", min_size=1, max_size=6), st.sampled_from([",", "."]))
def test_a_decimal_says_both_its_parts(whole: int, fraction: str, mark: str) -> None:
    if mark == "." and (len(fraction) == 3 or fraction == "0"):
        return  # thousands, or a version
    said = spoken(f"un taux de {whole}{mark}{fraction} points").removeprefix("un taux d").removesuffix(" points")
    before, _, after = said.removeprefix("e ").removeprefix("’").partition(" virgule ")
    assert value(before) == whole
    zeros = re.match("(?:zéro ?)*", after)
    assert zeros and zeros.group().count("zéro") >= len(fraction) - len(fraction.lstrip("0"))
    if len(fraction) <= 3 and fraction.strip("0"):
        assert value(after[zeros.end() :]) == int(fraction)


@SETTINGS
@given(st.integers(0, 20), st.integers(0, 20), st.sampled_from(["-", "–", " - "]))
def test_a_score_says_both_its_numbers(ours: int, theirs: int, dash: str) -> None:
    assert spoken(f"battus {ours}{dash}{theirs} à domicile") == (
        f"battus {cardinal(ours)} à {cardinal(theirs)} à domicile"
    )


@SETTINGS
@given(st.lists(st.integers(0, 99), min_size=4, max_size=4), st.sampled_from([" ", ".", "-"]))
def test_a_telephone_keeps_every_figure(pairs: list[int], mark: str) -> None:
    said = spoken("au +223 " + mark.join(f"{pair:02d}" for pair in pairs)).partition(", ")[2]
    words = " ".join(f"zéro {cardinal(pair)}" if pair < 10 else cardinal(pair) for pair in pairs)
    assert said == words


@pytest.mark.parametrize("number", range(1, 50))
def test_every_roman_commune_is_read(number: int) -> None:
    tens = ["", "X", "XX", "XXX", "XL"][number // 10]
    numeral = tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][number % 10]
    assert roman(numeral) == number
    assert spoken(f"la Commune {numeral}") == f"la Commune {cardinal(number)}"


@SETTINGS
@given(st.text("0123456789 .,-/+x°eèIVX²½€<>=*#²’():", max_size=40))
def test_no_figure_is_left_and_the_form_rests(text: str) -> None:
    said = spoken(text)
    assert not any(char.isdigit() for char in said)
    assert spoken(said) == said
