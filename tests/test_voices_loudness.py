"""Loudness, against the standard's own reference and against ffmpeg's meter."""

import math
import re

import numpy
import pytest

from audionews import ffmpeg
from audionews.voices.espeak import Espeak
from audionews.voices.loudness import loudness


def tone(seconds: float, dbfs: float, hertz: float, rate: int) -> numpy.ndarray:
    """A sine whose peak is at that level."""
    return numpy.asarray(
        10 ** (dbfs / 20) * numpy.sin(2 * numpy.pi * hertz * numpy.arange(round(seconds * rate)) / rate)
    )


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 48_000])
def test_the_reference_tone(rate: int) -> None:
    # BS.1770: 997 Hz at full scale on one channel reads −3.01 LUFS.
    assert loudness(tone(3, 0, 997, rate), rate) == pytest.approx(-3.01, abs=0.02)
    assert loudness(tone(3, -20, 997, rate), rate) == pytest.approx(-23.01, abs=0.02)


def test_pauses_and_silence_do_not_count() -> None:
    talk = tone(2, -20, 997, 24_000)
    pause = numpy.zeros(96_000)
    assert loudness(numpy.concatenate([talk, pause, talk, talk / 1000]), 24_000) == pytest.approx(-23.01, abs=0.6)


def test_a_short_sound_is_measured_without_gates() -> None:
    assert loudness(tone(0.2, -20, 997, 24_000), 24_000) == pytest.approx(-23.01, abs=0.1)


@pytest.mark.parametrize("count", [0, 1, 5_000, 48_000])
def test_silence_has_none(count: int) -> None:
    assert loudness(numpy.zeros(count), 24_000) == -math.inf


@pytest.mark.parametrize("voice", ["fr", "fr+f3"])
def test_it_agrees_with_the_meter_of_ffmpeg(voice: str) -> None:
    sound = Espeak(Espeak.Options(), voice).speak(
        "Deux classes ont ouvert lundi à Bandoula, après six mois de travaux."
    )
    raw = ("-f", "s16le", "-ar", str(sound.rate), "-ac", "1", "-i", "pipe:0")
    chain = "aresample=48000,ebur128=framelog=verbose"
    _, log = ffmpeg.run(*raw, "-af", chain, "-f", "null", "-", stdin=sound.pcm)
    (theirs,) = re.findall(r"I:\s+(-[\d.]+) LUFS", log.rpartition("Summary:")[2])
    ours = loudness(numpy.frombuffer(sound.pcm, "<i2") / 32768, sound.rate)
    assert ours == pytest.approx(float(theirs), abs=0.1)
