"""What holds for every text: nothing unsaid is left, once is enough, time grows with length only."""

from __future__ import annotations

import random
import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.french.spoken import explain, rules, spoken
from audionews.french.tables import data
from audionews.rules import apply, trace

ROOT = Path(__file__).parent.parent
SIGNS = frozenset("%‰°µ²³¼½¾×÷±≈≠≤≥=+&@#/()[]{}<>|\\_*~^·•§™©®→")


def figures(number: int) -> str:
    """Write a number as the press does, with a point, a blank, or nothing between its thousands."""
    return f"{number:,}".replace(",", (".", " ", "\u00a0", "\u202f", "")[number % 5])


NUMBERS = st.one_of(
    st.integers(0, 10**7).map(figures),
    st.integers(0, 10**24).map(str),
    st.tuples(st.integers(0, 999), st.integers(0, 9999)).map(lambda pair: f"{pair[0]},{pair[1]}"),
    st.tuples(st.integers(0, 31), st.integers(0, 12), st.integers(1900, 2099)).map(
        lambda date: "{}/{:02}/{}".format(*date)
    ),
    st.tuples(st.integers(0, 24), st.integers(0, 59)).map(lambda clock: "{}h{:02}".format(*clock)),
    st.sampled_from(
        ("1er", "7è", "XIXe", "VI", "2-1", "½", "¾", "10⁶", "٣", "５", "③", "三", "Ⅻ", "2024-2025", "+223", "007")
    ),
)
UNITS = """
km m² km2 m³ cm3 ha kg g t q l ml L min s mn h j °C ° V kV MW kWh MWc Hz dB Go Mbps hab. % ‰ µg km/h t/ha
€ $ £ ¥ ₦ ₵ ₩ ₹ ₽ ¢ F FCFA F.CFA CFA US$ GNF DH Mds M€
"""
COUNTED = st.sampled_from((*UNITS.split(), "F CFA", "F CFA/kg", "millions d’euros", "milliard de F", "/kg", "mille"))
WORDS = st.sampled_from(
    (
        *(
            word
            for table in ("titles", "before_name", "before_number", "places")
            for word in data("abbreviations")[table]
        ),
        *data("abbreviations")["anywhere"],
        *("juin", "janvier", "M.", "AMRTP", "ONU", "SIDIBE", "Ag", "Mali", "Commune", "l’", "d'", "de", "la", "LE"),
        *(
            "lessor.ml",
            "www.a.ml/b",
            "a.b@c.org",
            "#Mali2025",
            "@ORTM_Mali",
            "a.pdf",
            "élu·e·s",
            "(s)",
            "[1]",
            "&amp;",
            "<b>",
        ),
    )
)
MARKS = st.one_of(
    st.sampled_from(("", " ", "  ", ", ", ". ", " – ", "-", "/", "(", ")", "[", "]", "«", "»", "’", "…", "%", "+", ":"))
)
ANYTHING = st.text(max_size=4)
LINES = st.lists(st.tuples(st.one_of(NUMBERS, COUNTED, WORDS, ANYTHING), MARKS), max_size=9).map(
    lambda pieces: "".join(piece + mark for piece, mark in pieces)
)
CALM = settings(deadline=None, max_examples=200)


@CALM
@given(LINES)
def test_no_figure_and_no_sign_is_left(text: str) -> None:
    for char in spoken(text):
        assert not (char.isdigit() or char.isdecimal() or char.isnumeric())
        assert unicodedata.category(char) != "Sc"
        assert char not in SIGNS


@CALM
@given(LINES)
def test_once_is_enough(text: str) -> None:
    said = spoken(text)
    assert spoken(said) == said


@CALM
@given(LINES)
def test_what_changes_is_explained(text: str) -> None:
    assert bool(explain(text)) == (spoken(text) != text)
    assert all(name and before != after for name, before, after in explain(text))


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200))
def test_any_characters_are_read(text: str) -> None:
    said = spoken(text)
    assert not any(char.isnumeric() for char in said)
    assert spoken(said) == said


@CALM
@given(LINES)
def test_rules_are_traced_as_they_are_applied(text: str) -> None:
    said, _ = trace(rules(), text)
    assert said == apply(rules(), text)
    names = {rule.name for rule in rules()} | {"caractères"}
    assert all(name in names for name, _, _ in explain(text))


def test_a_change_of_characters_is_shown_where_it_is() -> None:
    assert explain("Le but 👏🏿 est là, enfin.") == (("caractères", "👏🏿", ""),)


def plain_sentences() -> list[str]:
    """Give the sentences of our own texts in which there is nothing but words and full stops."""
    files = [
        *ROOT.glob("examples/articles/gazette/*"),
        *ROOT.glob("templates/**/*.txt"),
        *ROOT.glob("templates/**/*.toml"),
    ]
    text = "\n".join(file.read_text("utf-8") for file in files)
    sentences = re.split(r"(?<=[.!?…]) |[\n\"]", text)
    plain = re.compile(
        r"[A-ZÀ-Ý]?[a-zà-ÿœ’' ,;:«»\u00a0\u202f-]{3,}(?:[A-ZÀ-Ý][a-zà-ÿœ’' ,;:«»\u00a0\u202f-]{2,})*[.!?…]"
    )
    return [sentence for sentence in sentences if plain.fullmatch(sentence) and " - " not in sentence]


def test_plain_sentences_come_out_unchanged() -> None:
    sentences = plain_sentences()
    assert len(sentences) >= 20
    for sentence in sentences:
        assert spoken(sentence) == sentence
        assert explain(sentence) == ()


HOSTILE = (
    *("1", "12 ", "1.000 ", "0,", "1-", "1/", "1:", "٣", "三", "¼", "10⁶", "2-1 "),
    *("A. ", "M. ", "SIDIBE ", "LE ", "VI, ", "l’", "(ONU) ", "PT-RM "),
    *("(", "(a) ", "a·e·s ", "a/", ",", ". ", "- ", "-", ":/", "=", "«"),
    *("a.", "www.a.", "a@", "#A1", "&amp;", "<b", "Ã©", "€", "5 € ", "75 % ", "76 01 22 30 ", "1 million de "),
)


def seconds(text: str) -> float:
    """Give the processor's time for a text, whatever else the machine does."""
    start = time.process_time()
    assert not any(char.isnumeric() for char in spoken(text))
    return time.process_time() - start


def grows_evenly(piece: str, size: int) -> bool:
    """Tell whether four times the text takes at most eight times as long; a disturbed measure is made again."""
    for _ in range(3):
        short, long = (seconds(f"a{piece * (length // len(piece))}a") for length in (size, 4 * size))
        if long <= 8 * max(short, 0.002):
            return True
    return False


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length_only(piece: str) -> None:
    assert grows_evenly(piece, 3_000)


def test_a_megabyte_of_random_unicode_is_read_in_linear_time() -> None:
    drawn = random.Random(3)
    blocks = [(0x20, 0x7F), (0xA0, 0x250), (0x2000, 0x2C00), (0, 0xD800), (0xE000, 0x110000)]
    text = "".join(chr(drawn.randrange(*drawn.choice(blocks))) for _ in range(50_000))
    assert grows_evenly(text, 250_000)
    assert spoken(spoken(text)) == spoken(text)
