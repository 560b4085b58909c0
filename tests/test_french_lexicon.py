"""The lexicon of respellings, checked against the phonemes of espeak-ng itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.french.lexicon import respell
from audionews.french.tables import data
from audionews.voices.phonemes import phonemes

ENTRIES = {word: said for table in data("lexicon").values() for word, said in table.items()}


@pytest.mark.parametrize("word", ENTRIES)
def test_an_entry_changes_what_is_heard(word: str) -> None:
    assert respell(word) == ENTRIES[word]
    assert phonemes(ENTRIES[word]) != phonemes(word)


@pytest.mark.parametrize(
    ("printed", "sounds"),
    [
        ("Coulibaly", "kulibali"),
        ("Mohamed", "moamɛd"),
        ("N’Djamena", "ndʒamena"),
        ("Tessalit", "tɛsalit"),
        ("Cedeao", "sedeao"),
        ("vers l’est", "vɛʁ lɛst"),
        ("ses fils", "se fis"),
        ("L’A S Toula", "la ɛs tula"),
        ("quatre-vingt-sept", "katʁəvɛ̃sɛt"),
        ("la quatre-vingt-huitième minute", "la katʁəvɛ̃yitjɛm minyt"),
        ("quatre-vingts ans", "katʁəvɛ̃z ɑ̃"),
        ("quatre-vingt mille", "katʁəvɛ̃ mil"),
    ],
)
def test_what_espeak_then_says(printed: str, sounds: str) -> None:
    assert re.sub("[ˈˌ]", "", phonemes(respell(printed))) == sounds


def test_whole_words_only() -> None:
    assert respell("Fallou et d’Abdoulaye") == "Fallou et d’Abdoulaille"
    assert respell("Sounga-Marka") == "Sounega-Marka"


def test_words_that_depend_on_their_neighbours() -> None:
    assert respell("il l’est") == "il l’est"
    assert respell("dans l’Est du pays") == "dans l’èste du pays"
    assert respell("des fils barbelés") == "des fils barbelés"
    assert respell("l’Y T M") == "l’i grec T M"


@pytest.mark.parametrize("sigle", ["A M R T P", "C F A", "A E S", "F M I", "H C R", "X W Z"])
def test_spelled_letters_need_no_help(sigle: str) -> None:
    assert respell(f"la {sigle} du Mali") == f"la {sigle} du Mali"
    # One stressed sound group a letter: nothing is swallowed and nothing read as a word.
    assert len(phonemes(sigle).split()) == len(sigle.split())


@settings(deadline=None, max_examples=100)
@given(
    st.one_of(
        st.text(max_size=40), st.lists(st.sampled_from([*ENTRIES, "Y", "A", "fils", "l’est"]), max_size=6).map(" ".join)
    )
)
def test_respelled_once_is_enough(text: str) -> None:
    assert respell(respell(text)) == respell(text)
