"""Questions rise, as a reader lets them: in the text, and in what the neural voice says."""

from __future__ import annotations

import math
from typing import Any

import numpy
import pytest

from audionews.voices.base import NoOptions, Sound
from audionews.voices.kokoro import Kokoro
from audionews.voices.melody import OPEN, YES_OR_NO, pitches
from audionews.voices.phonemes import phonemes

YES = (
    "Le budget sera-t-il voté ?",
    "Est-ce que les écoles rouvrent lundi ?",
    "Le Royaume-Uni, qui hésite, sortira-t-il de l’Union ?",
    "Quand il pleut, faut-il rester chez soi ?",
    "Tout est prêt : peut-on commencer ?",
    "Pensez-vous que les prix baisseront ?",
)
OTHERS = (
    "Qui va payer les travaux ?",
    "Qu’est-ce que cela change ?",
    "D’où vient cet argent ?",
    "À quelle heure ouvre le marché ?",
    "Et pourquoi maintenant ?",
    "Monsieur le ministre, combien coûte ce pont ?",
    "Jusqu’à quand durera la grève ?",
    "Le match aura lieu où ?",
    "Lequel des deux sera choisi ?",
)


@pytest.mark.parametrize(("texts", "rise"), [(YES, YES_OR_NO), (OTHERS, OPEN)])
def test_the_last_syllable_of_a_question_rises(texts: tuple[str, ...], rise: tuple[float, float]) -> None:
    for text in texts:
        symbols = phonemes(text)
        made = pitches(symbols, text)
        start = next(at for at, factor in enumerate(made) if factor != 1)
        assert symbols[start] == "ˈ" and "ˈ" not in symbols[start + 1 :], text
        assert made == (1.0,) * start + (rise[0],) * (len(symbols) - 1 - start) + (rise[1],), text


def test_each_question_of_a_text_rises_and_nothing_else() -> None:
    text = "« Est-ce vrai ? » demande-t-il. Qui le sait ? Personne."
    symbols = phonemes(text)
    made = pitches(symbols, text)
    assert [made[at] for at, symbol in enumerate(symbols) if symbol == "?"] == [YES_OR_NO[1], OPEN[1]]
    assert made[symbols.index("?") + 1 : symbols.index("?") + 8] == (1.0,) * 7
    assert set(made[-8:]) == {1.0}


@pytest.mark.parametrize("text", ["Le budget sera voté.", "", "?", "… ?", "Quoi ?", "Ah ?"])
def test_any_text_has_a_factor_for_each_phoneme(text: str) -> None:
    symbols = phonemes(text)
    made = pitches(symbols, text)
    assert len(made) == len(symbols)
    assert "?" in text or set(made) <= {1.0}


@pytest.mark.neural
@pytest.mark.parametrize("voice", Kokoro.voices()[:2])
def test_the_voice_lifts_the_end_of_a_question(voice: str) -> None:
    speaker = Kokoro(NoOptions(), voice)
    for text, least in (("La campagne commence samedi", 5.0), ("Combien de sacs de riz", 3.0)):
        asked, told = (last_pitch(speaker.speak(text + mark)) for mark in (" ?", "."))
        assert 12 * math.log2(asked / told) > least, f"{text}: {told:.0f} Hz told, {asked:.0f} Hz asked"


def last_pitch(sound: Sound) -> float:
    """Give the pitch in Hz of the last voiced tenth of a second, by autocorrelation."""
    samples = numpy.frombuffer(sound.pcm, "<i2") / 32768
    size, step = sound.rate // 20, sound.rate // 100
    tones = [
        tone for at in range(0, len(samples) - size, step) if (tone := _pitch(samples[at : at + size], sound.rate))
    ]
    return float(numpy.median(tones[-8:]))


def _pitch(part: Any, rate: int) -> float:
    part = part - part.mean()
    if (part**2).mean() < 1e-4:
        return 0.0
    likeness = numpy.correlate(part, part, "full")[len(part) - 1 :] / numpy.arange(len(part), 0, -1)
    first, last = rate // 400, rate // 60
    place = first + int(numpy.argmax(likeness[first:last]))
    return rate / place if likeness[place] > 0.6 * likeness[0] else 0.0
