"""A text voiced at once."""

from __future__ import annotations

import io
import wave

import pytest

from audionews.errors import UsageError
from audionews.french.lexicon import entry
from audionews.language import language
from audionews.voices.base import Engine, NoOptions
from audionews.voices.espeak import Espeak
from audionews.voices.gtts import Gtts
from audionews.voices.kokoro import Kokoro
from audionews.voices.reading import read
from audionews.voices.review import review
from audionews.voices.say import heard, say
from audionews.voices.silence import Silence

FRENCH = language("fr")
OWN = {"Bandoula": entry("Banndoula /bandula/")}


def test_each_engine_reads_what_it_can() -> None:
    text = "à Bandoula"
    assert read(text, Espeak(Espeak.Options()), OWN, FRENCH) == "à /bandula/"
    assert read(text, Gtts(Gtts.Options()), OWN, FRENCH) == "à Banndoula"
    assert read(text, Silence(NoOptions()), OWN, FRENCH) == text
    assert Kokoro.reads == "phonemes" and Engine.reads == "respellings"


def test_sentences_are_voiced_one_after_the_other() -> None:
    wav = say("Bonjour. Il est à Bandoula.\n\n…", Espeak(Espeak.Options()), OWN, FRENCH)
    with wave.open(io.BytesIO(wav)) as file:
        assert file.getparams()[:3] == (1, 2, 24_000)
        assert 1.5 < file.getnframes() / file.getframerate() < 5


def test_nothing_to_read_is_refused() -> None:
    with pytest.raises(UsageError, match="rien à lire"):
        say(" … ", Silence(NoOptions()), {}, FRENCH)


def test_phonemes_line_by_line() -> None:
    assert heard("Il est à Bandoula. Bonjour !", OWN, FRENCH) == "il ɛt a bandulˈa.\nbɔ̃ʒˈuʁ!"


def test_a_review_tells_what_each_lexicon_changes() -> None:
    seen = review("Bandoula", "Bandoula /bandula/")
    assert (seen.plain, seen.station, seen.respelled) == ("bɑ̃dulˈa", "bandulˈa", "Bandoula")
    assert seen.faults == ("« Bandoula » se lit [bɑ̃dula], pas [bandula]",)
    assert review("Bandoula", "Bandoula").useless and not seen.useless
    assert review("Bandoula", "/r/").faults == ("« r » n’est pas un son du français ; le plus proche est « ʁ »",)
    assert review("Bandoula").faults == ()
