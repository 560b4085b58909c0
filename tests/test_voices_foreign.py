"""Words that espeak-ng would read in English: never with its English rules once they have passed."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audionews.french.lexicon import ipa
from audionews.voices import espeakng
from audionews.voices.foreign import _table, french_sounds

FLAG = re.compile(r"\(\^?[a-z][a-z^-]*\)")


def heard(text: str) -> str:
    return re.sub(r"[\^ˈˌ-]", "", espeakng.phonemes(text))


# as printed | as given to the engine
GIVEN = """
Coulibaly | /kulibali/
Tounkara | /tunkaʁa/
Dioncounda | /djɔ̃kunda/
Sounga | /sunɡa/
Hounsou | /ʔunsu/
Thiam | /tjam/
Thiémé | /tjeme/
Sow | /so/
Barry | /baʁi/
Sory | /soʁi/
Diabaly | /djabali/
Ahmed | /amɛd/
Mohamed | /moamɛd/
Khaled | /kalɛd/
Walid | /ʔwalid/
Koy | /kɔj/
Weah | /ʔwea/
Barrow | /baʁo/
Grégory | /ɡʁeɡoʁi/
Beyrouth | /bɛʁut/
rythme | /ʁitm/
sympathisants | /sɛ̃patizɑ̃/
enthousiasme | /ɑ̃tuzjasm/
euthanasie | /øtanazi/
dos | /do/
emprunts | /ɑ̃pʁœ̃/
Danemark | /danmaʁk/
John | /dʒɔn/
Washington | /ʔwaʃiŋtɔn/
Johnson | /dʒɔnsɔn/
New | /nju/
football | /futbol/
meeting | /mitiŋ/
meetings | /mitiŋ/
leaders | /lidœʁ/
week-end | /ʔwikɛnd/
parking | /paʁkiŋ/
show | /ʃo/
crash | /kʁaʃ/
streaming | /stʁimiŋ/
business | /biznɛs/
WhatsApp | /ʔwatsap/
Facebook | /fɛsbuk/
People | /pipœl/
d’Ahmed | /damɛd/
l’Ehpad | /lepad/
qu’Arthur | /kaʁtyʁ/
jusqu’à Washington | jusqu’à /ʔwaʃiŋtɔn/
Meurthe-et-Moselle | /mœʁt/-et-Moselle
Strauss-Kahn | Strauss-/kan/
un /mitiŋ/ et un week-end | un /mitiŋ/ et un /ʔwikɛnd/
"""

LEFT = """
Le président de la République est arrivé à Bamako.
Les habitants de Ségou, Gao et Kayes attendent la pluie.
Le ministre /kulibali/ est à /abudʒa/.
M. Traoré a reçu Mme Sidibé.
"""


def rows(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.splitlines() if line]


@pytest.mark.parametrize(("printed", "given_"), rows(GIVEN))
def test_what_the_engine_is_given(printed: str, given_: str) -> None:
    assert FLAG.search(espeakng.phonemes(printed))
    assert french_sounds(printed) == given_
    assert not FLAG.search(espeakng.phonemes(given_))
    assert french_sounds(given_) == given_


@pytest.mark.parametrize("text", [line for [line] in rows(LEFT)])
def test_text_that_is_read_in_french_stays(text: str) -> None:
    assert french_sounds(text) == text


def test_a_mark_without_its_blank_is_not_read_by_its_english_name() -> None:
    assert french_sounds("Qui vient?Les maires!Oui") == "Qui vient? Les maires! Oui"


def test_no_liaison_before_an_english_h_or_w() -> None:
    assert heard(french_sounds("les week-ends")) == "le wikɛnd"
    assert heard(french_sounds("les halls")) == "le ol"


def test_the_sentence_around_keeps_its_punctuation() -> None:
    said = french_sounds("« John », dit-il : le meeting (de Coulibaly) est fini !")
    assert said == "« /dʒɔn/ », dit-il : le /mitiŋ/ (de /kulibali/) est fini !"


@pytest.mark.parametrize("word", _table())
def test_an_entry_is_needed_and_in_sounds_of_french(word: str) -> None:
    forms = (word, word.capitalize(), word.upper(), word.title())
    assert any(FLAG.search(espeakng.phonemes(form)) for form in forms)
    assert ipa.checked(_table()[word]) == _table()[word]
    assert not FLAG.search(espeakng.phonemes(f"/{_table()[word]}/"))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèWJTSK’-. ", max_size=60))
@example("K’bJ")
def test_never_in_english(text: str) -> None:
    said = french_sounds(text)
    assert not FLAG.search(espeakng.phonemes(said))


def test_linear_time() -> None:
    begun = time.perf_counter()
    french_sounds("John et Coulibaly au meeting de football. " * 2000)
    assert time.perf_counter() - begun < 20
