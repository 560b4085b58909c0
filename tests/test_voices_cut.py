"""Sentences too long for an engine are cut where one breathes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.voices.cut import cut, pause

LONG = (
    "Le gouvernement a annoncé l’ouverture de deux centres de santé, dans les régions de Ségou et de Kayes ; "
    "les travaux commenceront en octobre et dureront un an"
)


def test_a_short_sentence_stays_whole() -> None:
    assert cut("  Deux morts à Gao.  ", 100) == ["Deux morts à Gao."]


def test_nothing_gives_nothing() -> None:
    assert cut("   ", 10) == []


def test_the_strongest_breath_is_taken_first() -> None:
    assert cut(LONG, 120) == [
        LONG[: LONG.index(";") + 1],
        "les travaux commenceront en octobre et dureront un an",
    ]


def test_then_the_comma_then_the_conjunction() -> None:
    assert cut("Il pleut beaucoup à Mopti, les routes sont coupées", 30)[0] == "Il pleut beaucoup à Mopti,"
    assert cut("les travaux commenceront demain et dureront un an", 40)[1] == "et dureront un an"


def test_a_decimal_comma_is_no_breath() -> None:
    pieces = cut("la hausse atteint trois,cinq pour cent cette année", 30)
    assert "trois,cinq" in " ".join(pieces)


def test_the_measure_may_be_another_one_than_characters() -> None:
    pieces = cut(LONG, 8, lambda piece: len(piece.split()))
    assert all(len(piece.split()) <= 8 for piece in pieces)
    assert " ".join(pieces) == LONG


@settings(deadline=None, max_examples=80)
@given(st.text("abé ,;:.!?’-\u00a0«»\n", max_size=400), st.integers(1, 120))
def test_every_piece_fits_and_nothing_is_lost(text: str, limit: int) -> None:
    pieces = cut(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("before", "after", "ms"),
    [
        ("Il pleut,", "il vente.", 180),
        ("Il pleut\u202f;", "il vente.", 250),
        ("Elle a dit\u00a0:", "« Il vente. »", 250),
        ("« Il pleut.\u00a0»", "Il vente.", 350),
        ("Pleut-il\u202f?", "Il vente.", 350),
        ("Il pleut", "— dit-on — partout.", 180),
        ("Il pleut (beaucoup)", "et il vente.", 180),
        ("Il pleut", "et il vente.", 70),
        ("", "", 70),
    ],
)
def test_a_pause_is_that_of_its_mark(before: str, after: str, ms: int) -> None:
    assert pause(before, after) == ms
