"""Money, percentages and measures as they are heard."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.french import numbers
from audionews.french.spoken import spoken
from audionews.french.spoken.amounts import measures, money, spans
from audionews.french.spoken.amounts.agreement import spellings
from audionews.french.tables import data, word_set

PAIRS = list(
    csv.DictReader(
        (Path(__file__).parent / "data" / "spoken" / "quantities.tsv").read_text("utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
UNITS, CURRENCIES = sorted(spellings("units")), sorted(spellings("currencies"))
SIGNS = set("%‰€$£¥₦₵₩₹₽₺₪₫₴₱₲₸₾₿฿₡₮₭₣₤¢°²³µμ/")
CFA = ["FCFA", "Fcfa", "F CFA", "F.CFA", "F-CFA", "f cfa", "Frs CFA", "Fr CFA", "F.C.F.A.", "XOF", "XAF", "CFA"]
CFA += ["francs CFA", "francs cfa"]
FEW = settings(deadline=None, max_examples=80)


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["written"])
def test_every_quantity_is_said_as_written_down(pair: dict[str, str]) -> None:
    said = spoken(pair["written"])
    assert said in pair["spoken"].split(" | ")
    assert spoken(said) == said


def test_the_pairs_are_many() -> None:
    moments = (Path(__file__).parent / "data" / "spoken" / "moments.tsv").read_text("utf-8").splitlines()
    written = [line.split("\t")[1] for line in moments[1:]] + [pair["written"] for pair in PAIRS]
    assert len(set(written)) == len(written) >= 400


def test_a_spelling_has_one_meaning() -> None:
    for table in ("units", "currencies"):
        signs = [sign for _, _, signs in data("units")[table] for sign in signs.split()]
        assert len(set(signs)) == len(signs)
    assert not set(spellings("units")) & set(spellings("currencies"))


@FEW
@given(st.integers(2, 999_999), st.sampled_from(["", " ", ".", "\u00a0"]), st.sampled_from(["", " "]))
def test_an_amount_is_the_same_in_every_spelling_of_the_franc(number: int, mark: str, blank: str) -> None:
    figures = grouped(number, mark)
    said = {spoken(f"soit {figures}{' ' if sign.startswith('francs') else blank}{sign} par mois") for sign in CFA}
    assert said == {f"soit {numbers.cardinal(number)} francs C F A par mois"}


@FEW
@given(st.integers(2, 999), st.sampled_from(["million", "milliard"]), st.sampled_from(CFA), st.booleans())
def test_millions_of_francs_take_de(number: int, scale: str, sign: str, de: bool) -> None:
    written = f"soit {number} {scale}s {'de ' if de else ''}{sign} par mois"
    assert spoken(written) == f"soit {numbers.cardinal(number)} {scale}s de francs C F A par mois"


@FEW
@given(st.integers(2, 999), st.sampled_from(["€", "$", "£", "₦"]))
def test_a_sign_before_the_number_is_said_after_it(number: int, sign: str) -> None:
    noun = spellings("currencies")[sign][1]
    assert spoken(f"soit {sign}{number}") == spoken(f"soit {number} {sign}")
    assert spoken(f"soit {sign}{number} millions") == spoken(f"soit {number} millions de {noun}").replace("de e", "d’e")


@FEW
@given(st.integers(0, 99), st.integers(1, 99))
def test_cents_follow_their_coin(whole: int, cents: int) -> None:
    said = spoken(f"soit {whole},{cents:02} €")
    coin = "centime" + ("s" if cents > 1 else "")
    euros = f"{numbers.cardinal(whole)} euro{'s' if whole > 1 else ''} {numbers.cardinal(cents)}"
    assert said == f"soit {euros if whole else f'{numbers.cardinal(cents)} {coin}'}"


@pytest.mark.parametrize("unit", UNITS + CURRENCIES)
def test_every_unit_is_said_in_full(unit: str) -> None:
    singular, plural = (spellings("units") | spellings("currencies"))[unit]
    for written, number in (("12", "douze"), ("1 500", "mille cinq cents"), ("1.500", "mille cinq cents")):
        assert spoken(f"vers {written} {unit} au total") == spoken(f"vers {number} {plural} au total")
    assert spoken(f"vers 0,5 {unit} au total") == spoken(f"vers zéro virgule cinq {singular} au total")
    one = "une" if singular.split()[0] in word_set("units", "feminine") else "un"
    assert spoken(f"vers 1 {unit} au total") == spoken(f"vers {one} {singular} au total")


@pytest.mark.parametrize("per", sorted(data("units")["per"]))
def test_every_rate_is_said_in_full(per: str) -> None:
    assert spoken(f"vers 12 t/{per} au total") == f"vers douze tonnes {data('units')['per'][per]} au total"


NUMBERS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.tuples(st.integers(1, 10**7), st.sampled_from([" ", ".", "\u00a0"])).map(lambda pair: grouped(*pair)),
    st.tuples(st.integers(0, 9999), st.integers(0, 999), st.sampled_from(",.")).map(lambda p: f"{p[0]}{p[2]}{p[1]}"),
)
MARKS = st.sampled_from(["", " ", "\u00a0", "-", " - ", "–", " à ", "/", "+", "x", " et "])


@settings(deadline=None, max_examples=300)
@given(NUMBERS, MARKS, st.sampled_from(UNITS + CURRENCIES), MARKS, NUMBERS, st.sampled_from(["", *UNITS, *CURRENCIES]))
def test_no_figure_and_no_sign_is_left(first: str, mark: str, unit: str, link: str, second: str, other: str) -> None:
    said = spoken(f"soit {first}{mark}{unit}{link}{second} {other} au total")
    assert not any(char.isdigit() or char in SIGNS for char in said)
    assert spoken(said) == said


@pytest.mark.parametrize(
    "piece", ["1", "1 F ", "million ", "F.CFA ", "$1", "1/2 ", "1 m x ", "1,11 m", "% ", "par a/", "1%-"]
)
def test_a_very_long_line_is_read(piece: str) -> None:
    for module in (spans, money, measures):
        for rule in module.rules():
            rule.pattern.sub(rule.say, piece * 20000)
