"""What must not reach the air is seen; what is good is let through."""

from __future__ import annotations

from functools import cache

import numpy
import pytest

from audionews.voices import finish, wav
from audionews.voices.base import Sound
from audionews.voices.espeak import Espeak
from audionews.voices.finish import RATE
from audionews.voices.inspect import expected, fault_of_clip, fault_of_sound

TEXT = "Le ministre de la Santé a visité jeudi le centre de Bandoula, dans la région de Mopti."
OTHER = "La campagne de vaccination contre la rougeole commence samedi dans tout le pays."


@cache
def speech(text: str = TEXT) -> Sound:
    return Espeak(Espeak.Options()).speak(text)


@cache
def clip(text: str = TEXT) -> bytes:
    return finish.finish(speech(text))


def values(sound: Sound) -> numpy.ndarray:
    return numpy.frombuffer(sound.pcm, "<i2").astype(float)


def of(samples: numpy.ndarray, rate: int = RATE) -> Sound:
    return Sound(numpy.clip(numpy.rint(samples), -32768, 32767).astype("<i2").tobytes(), rate)


def finished(samples: numpy.ndarray) -> bytes:
    return finish.finish(of(samples))


def test_good_speech_has_no_fault() -> None:
    assert fault_of_sound(speech()) == ""
    for text in (TEXT, OTHER, "Oui.", "Les titres."):
        assert fault_of_clip(clip(text), text) == ""


@pytest.mark.parametrize(
    ("pcm", "fault"), [(b"", "vide"), (b"\1", "vide"), (b"\1\2\3", "PCM"), (bytes(48_000), "muet")]
)
def test_no_sound_at_all(pcm: bytes, fault: str) -> None:
    assert fault in fault_of_sound(Sound(pcm, RATE))


def test_a_flat_top_is_clipping_and_a_lone_peak_is_not() -> None:
    loud = values(speech()) * 32767 / numpy.abs(values(speech())).max()
    assert fault_of_sound(of(loud, speech().rate)) == ""
    assert "saturé" in fault_of_sound(of(loud * 8, speech().rate))


@pytest.mark.parametrize("share", [0.35, 0.5, 0.62])
def test_a_sound_cut_in_a_word_has_lost_its_end(share: float) -> None:
    samples = values(speech())
    loud = numpy.flatnonzero(numpy.abs(samples) > 6000)
    at = loud[numpy.searchsorted(loud, int(share * len(samples)))]
    assert "fin" in fault_of_sound(of(samples[:at], speech().rate))


def test_a_lost_beginning_is_seen_where_the_engine_always_leads_in() -> None:
    samples = values(speech())
    cut = of(samples[numpy.flatnonzero(numpy.abs(samples) > 6000)[0] :], speech().rate)
    assert "début" in fault_of_sound(cut, leads=True)
    assert fault_of_sound(cut) == ""


def test_silence_is_no_fault_when_it_is_wanted() -> None:
    assert fault_of_sound(Sound(bytes(48_000), RATE), silent=True) == ""
    assert fault_of_clip(wav.write(Sound(bytes(72_000), RATE)), "Deux morts à Gao.", silent=True) == ""
    assert "vide" in fault_of_sound(Sound(b"", RATE), silent=True)


@pytest.mark.parametrize("data", [b"", b"RIFF\0\0\0\0WAVE", b"\xff\xfb\x90\x00" * 50, b"<html>503</html>"])
def test_what_is_no_clip(data: bytes) -> None:
    assert "illisible" in fault_of_clip(data, TEXT)


def test_a_clip_of_another_form_or_of_no_length() -> None:
    assert "forme" in fault_of_clip(wav.write(speech()), TEXT)
    assert "vide" in fault_of_clip(wav.write(Sound(b"", RATE)), TEXT)


def test_a_length_that_the_text_does_not_take() -> None:
    assert "vraisemblable" in fault_of_clip(clip("Oui."), TEXT)
    assert "vraisemblable" in fault_of_clip(clip(), "Oui.")
    assert "vraisemblable" in fault_of_clip(clip("Le ministre de la Santé."), TEXT)


def test_length_is_judged_by_the_speed_and_the_pace_of_the_voice() -> None:
    quick = finish.finish(Espeak(Espeak.Options(), speed=2.0).speak(TEXT))
    assert "vraisemblable" in fault_of_clip(quick, TEXT)
    assert fault_of_clip(quick, TEXT, speed=2.0) == ""
    assert fault_of_clip(quick, TEXT, pace=330) == ""


def test_a_hole_a_hum_and_a_loop() -> None:
    samples = values(Sound(wav.read(clip()).pcm, RATE))
    middle = len(samples) // 2
    holed = samples.copy()
    holed[middle - RATE * 6 // 10 : middle + RATE * 6 // 10] = 0
    assert "coupé d’un silence" in fault_of_clip(wav.write(of(holed)), TEXT)
    time = numpy.arange(len(samples)) / RATE
    assert "pas une voix" in fault_of_clip(finished(6000 * numpy.sin(2 * numpy.pi * 200 * time)), TEXT)
    noise = numpy.random.default_rng(7).normal(0, 3000, len(samples))
    assert "pas une voix" in fault_of_clip(finished(noise), TEXT)
    loop = numpy.tile(samples[RATE // 2 : RATE], 40)[: len(samples)]
    assert "pas une voix" in fault_of_clip(finished(loop), TEXT)


def test_a_whisper_that_could_not_be_raised_is_nearly_silent() -> None:
    assert "muet" in fault_of_clip(finished(values(Sound(wav.read(clip()).pcm, RATE)) / 300), TEXT)


def test_what_is_too_loud_for_a_clip() -> None:
    samples = values(Sound(wav.read(clip()).pcm, RATE))
    assert "saturé" in fault_of_clip(wav.write(of(samples * 32000 / numpy.abs(samples).max())), TEXT)


def test_the_expected_length_grows_with_sounds_and_marks() -> None:
    assert expected("Oui.") < expected("Oui, mais non.") < expected(TEXT)
    assert expected("Oui, mais, non.") - expected("Oui mais non.") == pytest.approx(0.3, abs=0.1)
