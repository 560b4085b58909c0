"""Titles, abbreviations, addresses, marks and odd characters as they are said."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from audionews.french.spoken import spoken

PAIRS = list(
    csv.DictReader(
        (Path(__file__).parent / "data" / "spoken" / "signs.tsv").read_text("utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)


def test_the_pairs_are_many() -> None:
    assert len(PAIRS) >= 200
    assert len({pair["written"] for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["written"])
def test_signs_are_said_as_written_down(pair: dict[str, str]) -> None:
    said = spoken(pair["written"])
    assert said in pair["spoken"].split(" | ")
    assert spoken(said) == said
