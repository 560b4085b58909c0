"""Every entry of the house lexicon, held against espeak-ng's phonemes of the word and of its respelling."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from audionews.french.lexicon import entry, ipa
from audionews.french.spoken import spoken
from audionews.voices.espeakng import phonemes

TABLES: dict[str, dict[str, str]] = tomllib.loads(
    files("audionews.french").joinpath("data/lexicon.toml").read_text(encoding="utf-8")
)
ENTRIES = {word: said for table in TABLES.values() for word, said in table.items()}


def heard(text: str) -> str:
    """Give espeak-ng's phonemes without stress, ties and the hyphens between the parts of a word."""
    return re.sub("[ˈˌ^-]", "", phonemes(text))


def test_there_are_enough_and_each_stands_once() -> None:
    assert len(ENTRIES) >= 500
    assert len(ENTRIES) == sum(len(table) for table in TABLES.values())


def test_what_a_newsreader_of_bamako_needs_is_there() -> None:
    expected = {
        "Coulibaly": "kulibali",
        "Kayes": "kaj",
        "Tessalit": "tɛsalit",
        "N’Djamena": "ndʒamena",
        "Thiès": "tjɛs",
        "Ndiaye": "ndjaj",
        "Bruxelles": "bʁysɛl",
        "Washington": "waʃiŋtɔn",
        "Cedeao": "sedeao",
        "respect": "ʁɛspɛ",
        "trentième": "tʁɑ̃tjɛm",
        "égyptien": "eʒipsjɛ̃",
    }
    assert {word: entry(ENTRIES[word]).ipa for word in expected} == expected


@pytest.mark.parametrize("word", ENTRIES)
def test_an_entry_is_needed_and_says_what_it_intends(word: str) -> None:
    assert re.fullmatch(r"[^/]+ /[^/]+/", ENTRIES[word])
    said = entry(ENTRIES[word])
    assert f"{said.say} /{said.ipa}/" == ENTRIES[word]  # nothing to tidy up
    assert re.fullmatch("(?:" + "|".join([*ipa.SOUNDS, " "]) + ")+", said.ipa)
    assert heard(word) != said.ipa
    assert heard(said.say) == said.ipa
    assert spoken(word) == word, "the word never stands like this in a spoken form"


def test_a_word_in_small_letters_is_not_repeated_with_a_capital() -> None:
    repeated = [word for word, said in ENTRIES.items() if ENTRIES.get(word[0].lower() + word[1:], "") == said.lower()]
    assert [word for word in repeated if word[0].isupper()] == []
