"""Which sounds are which word: espeak-ng links, glues and drops, and still each word is found in what it said."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audionews.language import language
from audionews.voices.phonemes import phonemes, tokens
from audionews.voices.reading import in_sounds
from audionews.voices.spans import word_tokens
from tests.helpers import ROOT

MARKS = set(""";:,.!?—…"()“” """)


def spelled(text: str) -> list[tuple[str, str]]:
    """Give each word with its sounds."""
    symbols, ranges = word_tokens(text)
    return [(word, symbols[first:after]) for word, (first, after) in zip(text.split(), ranges, strict=True)]


def checked(text: str) -> list[tuple[str, str]]:
    """Assert what holds for any text, and give each word with its sounds."""
    symbols, ranges = word_tokens(text)
    words = text.split()
    assert symbols == phonemes(text)
    assert len(ranges) == len(words)
    assert all(0 <= first <= after <= len(symbols) for first, after in ranges)
    assert all(before[1] <= later[0] for before, later in pairwise(ranges))
    inside = {place for first, after in ranges for place in range(first, after)}
    assert {symbol for place, symbol in enumerate(symbols) if place not in inside} <= MARKS  # every sound has its word
    for word, (first, after) in zip(words, ranges, strict=True):
        assert first < after or not re.search(r"[^\W\d_]", word.strip("/ʔ")) or not sounding(word)
        assert not symbols[first:after].startswith(" ") and not symbols[first:after].endswith(" ")
    return spelled(text)


@cache
def sounding(word: str) -> bool:
    """Tell whether a word alone makes a sound."""
    return bool(set(phonemes(word)) - MARKS)


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("les enfants", ["lez", "ɑ̃fˈɑ̃"]),  # the linking z is of the word that spells it
        ("Un œuf, des œufs.", ["œ̃n", "ˈœf", "dez", "ˈø"]),
        ("grand homme", ["ɡʁˈɑ̃t", "ˈɔm"]),
        ("Est-il venu ?", ["ɛtil", "vənˈy", ""]),
        ("trois cents euros", ["tʁwˈa", "sˈɑ̃z", "øʁˈo"]),
        ("vingt-cinq mille", ["vˈɛ̃tsˈɛ̃", "mˈil"]),
        ("parce que", ["paʁs", "kˈə"]),  # « paʁskˈə », in one piece
        ("qu’est ce que c’est", ["kɛ", "s", "kˌə", "sˈɛ"]),  # « kɛskˌə sˈɛ »
        ("et/ou non", ["e u", "nˈɔ̃"]),  # one word in two pieces
        ("y a-t-il un", ["i", "atil", "ˈœ̃"]),
        ("l’A M R T P a écrit", ["la", "ˈɛm", "ˈɛʁ", "tˈe", "pˈe", "a", "ekʁˈi"]),
        ("le ministre /kulibali/ est là.", ["lə", "minˈistʁ", "kulibalˈi", "ɛ", "lˈa"]),
        ("« C’est l’eau », dit-elle.", ["", "sɛ", "lˈo", "", "dˈitˈɛl"]),
        ("— oui —", ["", "wˈi", ""]),
        ("deux /ʔ/ à un", ["dˈø", "", "a", "ˈœ̃"]),  # no liaison there: it makes no sound
        ("aujourd’hui, jusqu’à Gao.", ["oʒuʁdyˈi", "ʒyska", "ɡaˈo"]),
        ("(oui)", ["wˈi"]),
        ("A . B", ["ˈa", "", "bˈe"]),
        ("Oui…non", ["wˈi…nˈɔ̃"]),  # one word, the mark inside it
    ],
)
def test_each_word_has_its_sounds(text: str, sounds: list[str]) -> None:
    assert [heard for _, heard in checked(text)] == sounds


@pytest.mark.parametrize("text", ["", "   ", "…", "— …", "« »"])
def test_where_nothing_sounds_nobody_has_sounds(text: str) -> None:
    assert all(heard == "" for _, heard in checked(text))


def test_the_ranges_are_those_of_the_tokens_the_voice_is_given() -> None:
    symbols, ranges = word_tokens("Les enfants sont là.")
    numbers = tokens(symbols)
    assert len(numbers) == len(symbols)
    assert [numbers[first:after] for first, after in ranges] == [tokens(one) for one in ["lez", "ɑ̃fˈɑ̃", "sˈɔ̃", "lˈa"]]


@cache
def vocabulary() -> list[str]:
    """Give all words of the example's articles as a voice of phonemes is given them, marks and all."""
    french = language("fr")
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "examples" / "articles").rglob("*.txt"))]
    return sorted({word for text in texts for word in in_sounds(french.spoken(text), {}, french).split()})


@given(st.data())
def test_any_words_of_the_press_in_any_order_have_each_their_sounds(data: st.DataObject) -> None:
    assert len(vocabulary()) > 400
    checked(" ".join(data.draw(st.lists(st.sampled_from(vocabulary()), max_size=12))))


ODD = [
    *("les", "enfants", "est-il", "trois", "cents", "A", "M", "R", "l’A", "/kulibali/", "/ʔ/", "/a/", "—", "«", "»"),
    *("»,", "oui.", "(non)", "...", "y", "a-t-il", "de", "le", "que", "je", "petit", "ami", "-", "'", "l’", "qu’"),
    *("aujourd’hui,", "et/ou", "parce", "qu’est", "ce", "c’est", "œ", "É", "ñ", "中", "?!", "“", "”"),
]


@given(st.lists(st.sampled_from(ODD), max_size=14).map(" ".join))
def test_liaisons_and_signs_in_any_order_do_no_harm(text: str) -> None:
    checked(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_not_even_nonsense_loses_a_sound(text: str) -> None:
    symbols, ranges = word_tokens(text)
    assert symbols == phonemes(text) and len(ranges) == len(text.split())
    moments = [place for one in ranges for place in one]
    assert moments == sorted(moments) and all(0 <= place <= len(symbols) for place in moments)


@given(st.data())
def test_a_sentence_then_another_have_the_sounds_of_both(data: st.DataObject) -> None:
    """After a full stop espeak begins again, so that the words of the second sentence do not depend on the first."""
    sentences = ["Les enfants sont là.", "Trois cents euros.", "Est-il venu ?", "C’est /kulibali/.", "Oui…", "A M R."]
    first, second = data.draw(st.sampled_from(sentences)), data.draw(st.sampled_from(sentences))
    assert spelled(f"{first} {second}") == spelled(first) + spelled(second)
