"""The neural voice: names, blends, and two real sentences."""

from concurrent.futures import ThreadPoolExecutor

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.errors import UsageError
from audionews.voices import finish
from audionews.voices.base import NoOptions
from audionews.voices.inspect import fault_of_clip, fault_of_sound
from audionews.voices.kokoro import MOST_TOKENS, Kokoro, parse, style

BLEND = "ff_siwis:0.3+im_nicola:0.7"


def test_names_of_voices() -> None:
    assert parse("ff_siwis") == {"ff_siwis": 1.0}
    assert parse("ff_siwis:1+im_nicola:3") == {"ff_siwis": 0.25, "im_nicola": 0.75}
    assert Kokoro(NoOptions()).label == "kokoro:ff_siwis"
    assert Kokoro(NoOptions(), BLEND).label == f"kokoro:{BLEND}"


@pytest.mark.parametrize(
    "voice",
    [
        "ff_siwi",
        "ff_siwis:",
        "ff_siwis+",
        "ff_siwis:0",
        "ff_siwis:-1",
        "../ff_siwis",
        "ff_siwis:0.5+nobody:0.5",
    ],
)
def test_voices_that_are_not_there(voice: str) -> None:
    with pytest.raises(UsageError, match="ff_siwis"):
        Kokoro(NoOptions(), voice)


@settings(deadline=None, max_examples=60)
@given(st.text("abf_:+.01 ", max_size=25))
def test_any_name_is_read_or_refused(voice: str) -> None:
    assert sum(parse(voice).values()) == pytest.approx(1.0 if parse(voice) else 0.0)
    assert isinstance(Kokoro.has(voice), bool)


def test_a_blend_is_the_weighted_mean() -> None:
    one, other, blend = style("ff_siwis"), style("im_nicola"), style(BLEND)
    assert blend.shape == (510, 256) and blend.dtype == numpy.float32
    assert numpy.allclose(blend, 0.3 * one + 0.7 * other, atol=1e-6)


def test_inputs_follow_the_model() -> None:
    (inputs,) = Kokoro(NoOptions(), speed=1.2).inputs("Deux morts à Gao.")
    numbers = inputs["tokens"]
    assert numbers.dtype == numpy.int64 and numbers[0, 0] == numbers[0, -1] == 0
    assert numpy.array_equal(inputs["style"][0], style("ff_siwis")[numbers.shape[1] - 3])
    assert inputs["speed"] == numpy.float32(1.2)


def test_a_very_long_sentence_is_read_in_several_breaths() -> None:
    long = ", ".join(["les habitants de la région de Mopti attendent toujours le retour de l’électricité"] * 6) + "."
    made = Kokoro(NoOptions()).inputs(long)
    assert len(made) > 1
    assert all(one["tokens"].shape[1] - 2 <= MOST_TOKENS for one in made)


def test_nothing_to_say_is_no_sound() -> None:
    assert Kokoro(NoOptions()).speak("  ").pcm == b""


@pytest.mark.neural
def test_the_voice_speaks_the_same_from_two_threads() -> None:
    voice = Kokoro(NoOptions())
    texts = ["Bonjour à tous.", "Le ministre est arrivé à Gao."]
    with ThreadPoolExecutor(2) as pool:
        sounds = list(pool.map(voice.speak, texts))
    for text, sound in zip(texts, sounds, strict=True):
        assert sound.rate == 24_000
        assert fault_of_sound(sound) == ""
        assert fault_of_clip(finish.finish(sound), text) == ""
    assert voice.speak(texts[0]) == sounds[0]


@pytest.mark.neural
def test_speed_reaches_the_model() -> None:
    text = "Bonjour à tous."
    slow, fast = (Kokoro(NoOptions(), BLEND, speed).speak(text).seconds for speed in (0.8, 1.3))
    assert fast < 0.8 * slow
