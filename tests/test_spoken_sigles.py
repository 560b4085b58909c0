"""Sigles and names in capitals for the ear: the pairs of data/spoken/sigles.tsv."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from audionews.french.spoken import spoken

PAIRS = list(
    csv.DictReader(
        (Path(__file__).parent / "data" / "spoken" / "sigles.tsv").read_text("utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["written"])
def test_read_as_a_newsreader_would(pair: dict[str, str]) -> None:
    said = spoken(pair["written"])
    assert said in pair["spoken"].split(" | ")
    assert spoken(said) == said


def test_there_are_many_pairs_and_none_twice() -> None:
    written = [pair["written"] for pair in PAIRS]
    assert len(set(written)) == len(written) >= 250
