"""Sounds between slashes reach espeak-ng as they are, and nothing else does."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys

import pytest

from audionews.french.lexicon import ipa
from audionews.voices import espeakng
from audionews.voices.espeak import Espeak
from audionews.voices.mnemonics import marked, mnemonics
from audionews.voices.phonemes import phonemes

AUDIBLE = [sound for sound in ipa.SOUNDS if sound != "ʔ"]


def heard(text: str) -> str:
    return re.sub("[ˈˌ^ -]", "", espeakng.phonemes(text))


@pytest.mark.parametrize("first", AUDIBLE)
def test_every_sound_comes_back_beside_every_other(first: str) -> None:
    for second in AUDIBLE:
        word = first + second
        assert heard(f"/{word}/") == word.replace("ɥ", "y")
        assert heard(f"la /ta{word}/ du") == f"lata{word}dy".replace("ɥ", "y")


def test_three_vowels_in_a_row_stay_three() -> None:
    for word in map("".join, itertools.product("iuaə", repeat=3)):
        assert heard(f"/{word}/") == word


@pytest.mark.parametrize(
    ("word", "stressed"),
    [
        ("abudʒa", "abud|Z'a"),
        ("kɔtə", "k'Ot@"),
        ("lə", "l'@"),
        ("ndz", "ndz"),
        ("tɔ̃buktu", "tO~bukt'u"),
        ("ʔuti", "_|ut'i"),
    ],
)
def test_the_stress_is_on_the_last_full_vowel(word: str, stressed: str) -> None:
    assert mnemonics(word) == stressed


def test_a_word_in_sounds_stands_in_a_sentence() -> None:
    assert phonemes("les /ivwaʁ/ sont à /abudʒa/.") == "lez ivwˈaʁ sˈɔ̃t a abudʒˈa."  # liaisons are made
    assert phonemes("les /ʔuti/") == "le utˈi"  # or forbidden
    assert phonemes("Bamako-/senu/-là") == "bamakˈo senˈu lˈa"


@pytest.mark.parametrize("text", ["[[abudZ'a]]", "a [[ b", "]] [[", "/a$/", "1/2", "//", "/[[a]]/"])
def test_brackets_and_slashes_of_a_text_are_no_sounds(text: str) -> None:
    assert "[" not in marked(text) and "/" not in marked(text)
    assert heard(text) == heard(re.sub(r"[][/]", " ", text))


def test_the_first_call_of_a_process_understands_sounds() -> None:
    code = "from audionews.voices.espeakng import phonemes; print(phonemes('/abudʒa/'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "abudʒˈa"


def test_speaking_understands_sounds_and_leaves_them_understood() -> None:
    engine = Espeak(Espeak.Options())
    engine.speak("à")  # the first after a call for phonemes may begin with a longer silence
    assert engine.speak("à /abudʒa/").seconds == pytest.approx(engine.speak("à Aboudja").seconds, rel=0.02)
    assert heard("/abudʒa/") == "abudʒa"
