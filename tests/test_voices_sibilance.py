"""The de-esser: hissing that is too strong comes down by what it says, and nothing else changes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audionews.voices.espeak import Espeak
from audionews.voices.loudness import loudness
from audionews.voices.sibilance import FROM, LIMIT, RATIO, TO, softened

RATES = [16_000, 22_050, 24_000, 44_100]
LEVEL = -20.0  # LUFS, of the voice


def tone(hz: float, db: float, seconds: float = 1.0, rate: int = 24_000) -> Any:
    """Give a tone whose power is that many dB under full scale."""
    return 10 ** (db / 20) * math.sqrt(2) * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)


def power(values: Any) -> float:
    return float(10 * np.log10(np.mean(values**2)))


@pytest.mark.parametrize("rate", RATES)
def test_a_low_voice_and_silence_are_left_as_they_are(rate: int) -> None:
    low = sum(tone(hz, -10.0, rate=rate) for hz in (120, 240, 800, 2500, 3900))
    for values in (low, np.zeros(rate), tone(7000, LEVEL + LIMIT - 1, rate=rate)):
        assert np.array_equal(softened(values, rate, LEVEL), values)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("over", [3.0, 9.0, 18.0])
def test_what_passes_the_limit_is_divided_by_the_ratio(rate: int, over: float) -> None:
    values = tone(6500, LEVEL + LIMIT + over, rate=rate)
    made = softened(values, rate, LEVEL)
    middle = slice(rate // 4, -rate // 4)
    assert power(values[middle]) - power(made[middle]) == pytest.approx(over * (1 - 1 / RATIO), abs=0.2)


def test_a_burst_comes_down_and_what_stands_around_it_stays() -> None:
    rate = 24_000
    values = tone(200, LEVEL, 1.0)
    hiss = np.zeros(rate)
    hiss[rate // 2 : rate // 2 + rate // 10] = tone(7000, LEVEL + LIMIT + 12, 0.1)
    made = softened(values + hiss, rate, LEVEL)
    near = slice(rate // 2 - rate // 50, rate // 2 + rate // 10 + rate // 50)  # a frame on either side
    assert np.array_equal(np.delete(made, np.r_[near]), np.delete(values + hiss, np.r_[near]))
    inside = slice(rate // 2 + rate // 50, rate // 2 + rate // 10 - rate // 50)
    assert power(hiss[inside]) - power((made - values)[inside]) == pytest.approx(12 * (1 - 1 / RATIO), abs=0.3)


def test_the_voice_under_the_hissing_keeps_its_strength() -> None:
    rate, voice, hiss = 24_000, tone(300, LEVEL), tone(8000, LEVEL + LIMIT + 15)
    made = softened(voice + hiss, rate, LEVEL)
    spectrum, before = (np.abs(np.fft.rfft(one[rate // 4 : -rate // 4])) for one in (made, voice + hiss))
    at = np.fft.rfftfreq(rate // 2, 1 / rate)
    low, high = at < FROM, at > TO
    assert np.allclose(spectrum[low], before[low], rtol=1e-3, atol=1e-2)
    assert spectrum[high].max() < 0.4 * before[high].max()


@pytest.mark.parametrize("level", [-40.0, -30.0, -12.0])
def test_the_limit_goes_with_the_loudness_of_the_voice(level: float) -> None:
    at_limit, over = (tone(6000, level + LIMIT + more) for more in (-0.5, 6.0))
    assert np.array_equal(softened(at_limit, 24_000, level), at_limit)
    assert power(over) - power(softened(over, 24_000, level)) == pytest.approx(4.0, abs=0.3)


@pytest.mark.parametrize("length", [0, 1, 2, 239, 240, 241, 479, 480, 481, 719, 720, 959, 960, 961])
def test_a_sound_may_be_shorter_than_a_frame(length: int) -> None:
    values = tone(7000, 0.0, 1.0)[:length]
    made = softened(values, 24_000, LEVEL)
    assert made.shape == values.shape and np.isfinite(made).all()
    assert np.abs(made).max(initial=0.0) <= np.abs(values).max(initial=0.0) + 1e-9


@given(st.integers(0, 3000), st.integers(0, 2**32 - 1), st.sampled_from(RATES), st.floats(-60, 0))
def test_whatever_the_sound_it_is_never_made_louder(length: int, seed: int, rate: int, level: float) -> None:
    values = np.random.default_rng(seed).uniform(-1, 1, length)
    before = values.copy()
    made = softened(values, rate, level)
    assert np.array_equal(values, before)  # what was given stays as it was
    assert made.shape == values.shape and np.isfinite(made).all()
    assert (made**2).sum() <= (values**2).sum() * (1 + 1e-9)


def test_softening_twice_takes_less_the_second_time() -> None:
    values = tone(6500, LEVEL + LIMIT + 12)
    once = softened(values, 24_000, LEVEL)
    twice = softened(once, 24_000, LEVEL)
    loud, less, least = (power(one[2400:-2400]) for one in (values, once, twice))
    assert loud - less == pytest.approx(8.0, abs=0.1)
    assert less - least == pytest.approx(4.0 * (1 - 1 / RATIO), abs=0.1)


def test_a_real_voice_hardly_changes_but_where_it_hisses() -> None:
    sound = Espeak(Espeak.Options()).speak("Six cents saucissons secs, sans cesse.")
    values = np.frombuffer(sound.pcm, dtype="<i2") / 32768
    made = softened(values, sound.rate, loudness(values, sound.rate))
    changed = made - values
    assert power(values + 1e-12) - power(made) < 1.0
    if changed.any():
        spectrum = np.abs(np.fft.rfft(changed)) ** 2
        at = np.fft.rfftfreq(len(changed), 1 / sound.rate)
        assert spectrum[at < FROM - 200].sum() < 0.01 * spectrum.sum()
