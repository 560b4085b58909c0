"""Sigles, and names in capitals that are none: what holds for the whole lexicon and for any text."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.french.spoken import spoken
from audionews.french.spoken.capitals.glosses import names_sigle
from audionews.french.spoken.capitals.names import fold, title_case
from audionews.french.spoken.capitals.sigles import full_names, key, pronounceable
from audionews.french.tables import data, word_set

LETTERS = sorted(set(data("sigles")["letters"]) - {"FCFA"})  # money has its own rules
WORDS = sorted(data("sigles")["words"])
SURNAMES, FIRST_NAMES = sorted(word_set("names", "surnames")), sorted(word_set("names", "first_names"))


@pytest.mark.parametrize("sigle", LETTERS)
def test_every_spelled_sigle_is_spelled(sigle: str) -> None:
    said = " ".join(sigle)
    assert spoken(f"la {sigle} parle") == f"la {said} parle"
    assert spoken(f"les {sigle}s parlent") == f"les {said} parlent"
    assert spoken(f"la {said} parle") == f"la {said} parle"


@pytest.mark.parametrize("word", WORDS)
def test_every_sigle_read_as_a_word_is_a_word(word: str) -> None:
    printed = word.replace(" ", "").upper()
    assert spoken(f"la {printed} parle") == f"la {word} parle"
    assert spoken(f"la {word} parle") == f"la {word} parle"


def test_the_lexicon_is_large_and_says_nothing_twice() -> None:
    assert len(LETTERS) + len(WORDS) >= 400
    assert len(full_names()) >= 400
    spelled, read = [key(sigle) for sigle in LETTERS], [key(word) for word in WORDS]
    assert len(set(spelled + read)) == len(spelled) + len(read)


@pytest.mark.parametrize("name", sorted(set(full_names().values())))
def test_a_full_name_has_its_article_and_is_read_as_it_stands(name: str) -> None:
    assert re.match(r"(?:l’|la |le |les |La |Les )\S", name)
    assert spoken(name) == name


def test_every_sigle_to_be_expanded_has_a_name() -> None:
    assert {key(sigle) for sigle in word_set("sigles", "expand")} <= full_names().keys()


def test_every_gloss_of_the_lexicon_is_dropped() -> None:
    for table in ("letters", "words"):
        for sigle, name in data("sigles")[table].items():
            if name:
                printed = re.sub("[ -]", "", sigle).upper()
                assert spoken(f"Voici {name} ({printed}) en bref") == f"Voici {name} en bref"


def test_every_surname_in_capitals_is_a_name() -> None:
    assert [name for name in SURNAMES if spoken(f"Moussa {name.upper()}") != f"Moussa {name}"] == []
    assert [name for name in SURNAMES if spoken(f"selon {name.upper()}, maire") != f"selon {name}, maire"] == []


def test_every_first_name_in_capitals_is_a_name() -> None:
    assert [name for name in FIRST_NAMES if spoken(f"{name.upper()} DIARRA") != f"{name} Diarra"] == []


def test_there_are_names_enough() -> None:
    assert len(SURNAMES) >= 450
    assert len(FIRST_NAMES) >= 500
    assert len({fold(name) for name in SURNAMES}) == len(SURNAMES)
    assert len({fold(name) for name in FIRST_NAMES}) == len(FIRST_NAMES)


def test_an_unknown_name_keeps_its_letters() -> None:
    assert title_case("WXYZO-N’DROU") == "Wxyzo-N’Drou"
    assert spoken("Moussa SIDIBEKO") == "Moussa Sidibeko"


@pytest.mark.parametrize(
    ("sigle", "read"),
    [
        ("ANADEB", True),
        ("PRODEFA", True),
        ("UPSA", True),
        ("CENTRA", True),
        ("GRIDAP", True),
        ("CNRT", False),
        ("AEEM", False),
        ("OCDE", False),
        ("AIEA", False),
        ("UNTM", False),
        ("QZTAR", False),
        ("DNPA", False),
    ],
)
def test_what_can_be_read(sigle: str, read: bool) -> None:
    assert pronounceable(sigle) is read


@pytest.mark.parametrize(
    ("sigle", "words", "named"),
    [
        ("RJS", "le Réseau des journalistes du Sahel", True),
        ("BNDA", "la Banque de développement agricole", True),
        ("GIZ", "l’Agence allemande de coopération", True),
        ("RFI", "la Banque mondiale a écrit au journaliste", False),
        ("PSG", "le joueur du Djoliba", False),
        ("PSG", "le Parti socialiste de Moussa Gassama", False),
        ("URD", "Moussa Diarra", False),
        ("RJS", "", False),
    ],
)
def test_which_words_name_a_sigle(sigle: str, words: str, named: bool) -> None:
    assert names_sigle(sigle, re.findall(r"[^\W\d_]+", words)) is named


CAPITALS = st.text("ABCDEFGILMNOPRSTUVYZÉÈÇ", min_size=1, max_size=9)
PIECES = CAPITALS | st.sampled_from(
    [
        *LETTERS[:40],
        *WORDS[:40],
        "Moussa",
        "SIDIBE",
        "N’DIAYE",
        "la",
        "l’",
        "du",
        "(",
        ")",
        "-",
        "/",
        ".",
        ". ",
        ", ",
        " ",
    ]
)


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, max_size=12))
def test_any_mixture_is_read_once_for_all(pieces: list[str]) -> None:
    for text in ("".join(pieces), " ".join(pieces)):
        said = spoken(text)
        assert spoken(said) == said


@settings(deadline=None, max_examples=100)
@given(st.text("ABEGNOPRSTUYZÉÈÇ", min_size=1, max_size=9))
def test_no_letter_of_a_sigle_is_lost(token: str) -> None:
    said = spoken(f"selon la {token}, tout va bien")
    assert re.sub(r"[ ,.-]", "", fold(said)) == fold(f"selonla{token}toutvabien")


def test_a_long_line_of_capitals_takes_linear_time() -> None:
    def seconds(size: int) -> float:
        start = time.perf_counter()
        spoken("ABCDEFGH " * size)
        spoken("A." * size)
        return time.perf_counter() - start

    seconds(10)
    assert seconds(8000) < 40 * max(seconds(1000), 0.02)
