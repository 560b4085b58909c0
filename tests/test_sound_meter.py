"""The meter against the signals of EBU Tech 3341 and 3342, and against ffmpeg's own meter.

The signals are made here as the documents describe them: sines of 1 kHz, the same in both channels, at 48 kHz; a level
is that of the sine's peaks in dBFS. 7 and 8 of Tech 3341 are recordings that only the EBU has; 11 and 14 ask for a
display that updates while it listens.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from audionews import ffmpeg
from audionews.sound import loudness
from audionews.sound.kweight import KWeighting, coefficients
from audionews.sound.measure import measure
from audionews.sound.meter import Loudness, Meter
from audionews.sound.peaks import TruePeak

Wave = NDArray[np.float32]
RATE = 48_000
STEREO = (1.0, 1.0)
SURROUND = (1.0, 1.0, 1.0, 1.41, 1.41)


def single(values: object) -> Wave:
    """Give values as a wave, (1, n) where they have one dimension."""
    wave: Wave = np.atleast_2d(np.asarray(values, np.float32))
    return wave


def sine(parts: Sequence[tuple[float, float]], hz: float = 1000.0) -> Wave:
    """Join stretches of (dBFS, seconds) of one sine, phase running on; −inf is silence. Shape (1, n)."""
    levels = np.concatenate([np.full(round(seconds * RATE), 10 ** (level / 20)) for level, seconds in parts])
    return single(levels * np.sin(2 * np.pi * hz * np.arange(len(levels)) / RATE))


def read(wave: Wave, weights: Sequence[float] = STEREO, blocks: int = 100_000) -> Meter:
    meter = Meter(RATE, weights)
    for start in range(0, wave.shape[1], blocks):
        meter.feed(wave[:, start : start + blocks])
    meter.end()
    return meter


def heard(wave: Wave, weights: Sequence[float] = STEREO) -> Loudness:
    return read(wave, weights).loudness()


INTEGRATED: dict[str, tuple[list[tuple[float, float]], float]] = {
    "1": ([(-23, 20)], -23.0),
    "2": ([(-33, 20)], -33.0),
    "3": ([(-36, 10), (-23, 60), (-36, 10)], -23.0),
    "4": ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23.0),
    "5": ([(-26, 20), (-20, 20.1), (-26, 20)], -23.0),
}


@pytest.mark.parametrize("case", INTEGRATED)
def test_tech_3341_integrated(case: str) -> None:
    parts, expected = INTEGRATED[case]
    assert heard(sine(parts)).integrated == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("case", ["1", "2"])
def test_tech_3341_short_term_and_momentary_of_a_steady_tone(case: str) -> None:
    parts, expected = INTEGRATED[case]
    figures = heard(sine(parts))
    assert (figures.short_term, figures.momentary) == pytest.approx((expected, expected), abs=0.1)


def test_tech_3341_6_surround() -> None:
    levels = np.array([-28, -28, -24, -30, -30])
    wave = single(10 ** (levels[:, None] / 20) * sine([(0, 20)]))
    assert heard(wave, SURROUND).integrated == pytest.approx(-23.0, abs=0.1)


def test_tech_3341_9_short_term_is_constant() -> None:
    meter = read(sine([(-20, 1.34), (-30, 1.66)] * 5))
    curve = loudness.curve(meter.energies, loudness.SHORT_TERM)
    assert len(curve) > 1000
    assert curve.min() == pytest.approx(-23.0, abs=0.1)
    assert curve.max() == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize("number", range(20))
def test_tech_3341_10_loudest_short_term(number: int) -> None:
    wave = sine([(-math.inf, number * 0.15), (-23, 3), (-math.inf, 1)])
    assert heard(wave).short_term == pytest.approx(-23.0, abs=0.1)


def test_tech_3341_12_momentary_is_constant() -> None:
    meter = read(sine([(-20, 0.18), (-30, 0.22)] * 25))
    curve = loudness.curve(meter.energies, loudness.MOMENTARY)[60:]  # from 1 s on
    assert (curve.min(), curve.max()) == pytest.approx((-23.0, -23.0), abs=0.1)


@pytest.mark.parametrize("number", range(20))
def test_tech_3341_13_loudest_momentary(number: int) -> None:
    wave = sine([(-math.inf, number * 0.02), (-23, 0.4), (-math.inf, 1)])
    assert heard(wave).momentary == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize(
    ("hz", "degrees", "amplitude", "expected"),
    [
        pytest.param(RATE / 4, 0.0, 0.5, -6.0, id="15"),
        pytest.param(RATE / 4, 45.0, 0.5, -6.0, id="16"),
        pytest.param(RATE / 6, 60.0, 0.5, -6.0, id="17"),
        pytest.param(RATE / 8, 67.5, 0.5, -6.0, id="18"),
        pytest.param(RATE / 4, 45.0, 1.41, 3.0, id="19"),
    ],
)
def test_tech_3341_true_peak_of_sines(hz: float, degrees: float, amplitude: float, expected: float) -> None:
    turn = 2 * np.pi * hz * np.arange(RATE) / RATE + np.radians(degrees)
    # The documents' tones begin and end softly; a cut sine has peaks of its own at the cut.
    shape = np.minimum(1, np.minimum(np.arange(RATE), np.arange(RATE)[::-1]) / 480)
    peak = heard(single(amplitude * shape * np.sin(turn))).true_peak
    assert expected - 0.4 <= peak <= expected + 0.2


@pytest.mark.parametrize("offset", range(4), ids=["20", "21", "22", "23"])
def test_tech_3341_true_peak_between_samples(offset: int) -> None:
    """A sine of fs/6, one period of fs/4 twice as high in it, made at four times the rate."""
    count, fast = RATE // 10 * 4, 4 * RATE
    t = np.arange(count)
    wave = 0.5 * np.sin(2 * np.pi * t * (RATE / 6) / fast)
    start = round(count / 2 / 24) * 24
    wave[start : start + 16] = np.sin(2 * np.pi * np.arange(16) / 16)
    spectrum = np.fft.rfft(wave)
    spectrum[np.fft.rfftfreq(count, 1 / fast) > RATE / 2 * 0.98] = 0  # what a decimator takes off
    wave = np.fft.irfft(spectrum, count) * np.minimum(1, np.minimum(t, t[::-1]) / 1920)
    peak = heard(single(wave[offset::4])).true_peak
    assert -0.4 <= peak <= 0.2


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        pytest.param([-20, -30], 10, id="1"),
        pytest.param([-20, -15], 5, id="2"),
        pytest.param([-40, -20], 20, id="3"),
        pytest.param([-50, -35, -20, -35, -50], 15, id="4"),
    ],
)
def test_tech_3342_range(levels: list[int], expected: float) -> None:
    assert heard(sine([(level, 20) for level in levels])).range == pytest.approx(expected, abs=1.0)


def test_the_filter_is_that_of_the_standard() -> None:
    """BS.1770-5, annex 1, tables 1 and 2: the coefficients at 48 kHz."""
    shelf = ([1.53512485958697, -2.69169618940638, 1.19839281085285], [1.0, -1.69065929318241, 0.73248077421585])
    high_pass = ([1.0, -2.0, 1.0], [1.0, -1.99004745483398, 0.99007225036621])
    over, under = (np.polymul(first, second) for first, second in zip(shelf, high_pass, strict=True))
    assert coefficients(RATE)[0] == pytest.approx(list(over), abs=1e-7)
    assert coefficients(RATE)[1] == pytest.approx(list(under), abs=1e-7)


@pytest.mark.parametrize("rate", [8000, 22_050, 24_000, 44_100, 48_000, 96_000])
def test_a_tone_reads_the_same_at_every_rate(rate: int) -> None:
    wave = single(0.1 * np.sin(2 * np.pi * 997 * np.arange(5 * rate) / rate))
    meter = Meter(rate, STEREO)
    meter.feed(wave)
    meter.end()
    assert meter.loudness().integrated == pytest.approx(-20.0, abs=0.1)


def test_the_blocks_make_no_difference() -> None:
    """The filter in blocks is the recursion itself, sample by sample."""
    noise = single(np.random.default_rng(1).standard_normal((2, 4800)) * 0.1)
    over, under = coefficients(RATE)
    expected = []
    for channel in noise.astype(float):
        out: list[float] = []
        for at in range(len(channel)):
            fed = sum(over[k] * channel[at - k] for k in range(5) if at >= k)
            out.append(fed - sum(under[k] * out[at - k] for k in range(1, 5) if at >= k))
        expected.append((np.array(out) ** 2).reshape(-1, 480).sum(axis=1))
    whole = KWeighting(RATE, 2)
    assert whole.energies(noise) == pytest.approx(np.array(expected), rel=1e-4)
    pieces = KWeighting(RATE, 2)
    cut = [pieces.energies(noise[:, a:b]) for a, b in pairwise([0, 480, 1440, 4800])]
    assert np.concatenate(cut, axis=1) == pytest.approx(np.array(expected), rel=1e-4)


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=12), st.integers(0, 2**32 - 1))
def test_figures_do_not_depend_on_the_cuts(sizes: list[int], seed: int) -> None:
    """Nor on whether a block that is the same in both channels is told once or twice."""
    rng = np.random.default_rng(seed)
    once, cut = Meter(RATE, STEREO, 0.0), Meter(RATE, STEREO, 0.0)
    parts = []
    for size in sizes:
        mono = rng.random() < 0.5
        block = single(rng.standard_normal((1 if mono else 2, size)) * 0.2)
        parts.append(np.broadcast_to(block, (2, size)))
        cut.feed(block)
    once.feed(np.concatenate(parts, axis=1))
    for meter in (once, cut):
        meter.end()
    assert len(once.energies) == -(-sum(sizes) // 480)
    assert cut.energies == pytest.approx(once.energies, rel=1e-3, abs=1e-9)
    assert cut.peaks == pytest.approx(once.peaks, abs=1e-6)
    assert len(once.peaks) == len(once.energies)


def test_the_highest_peak_is_exact_though_others_are_not() -> None:
    rng = np.random.default_rng(2)
    wave = single(rng.standard_normal((2, 200_000)) * np.linspace(0.01, 0.2, 200_000))
    every = TruePeak(RATE)
    exact = np.concatenate([every.feed(wave), every.end()])
    assert heard(wave).true_peak == pytest.approx(20 * math.log10(exact.max()), abs=1e-4)
    some = TruePeak(RATE)
    above = np.concatenate([some.feed(wave, 0.5), some.end(0.5)])
    assert above[exact > 0.5] == pytest.approx(exact[exact > 0.5])
    assert above[exact <= 0.5].max() <= 0.5


def ffmpeg_meter(path: Path) -> tuple[float, float, float]:
    _, log = ffmpeg.run("-i", f"file:{path}", "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-")
    summary = log.rpartition("Summary:")[2]
    found = [re.search(rf"{name}:\s+(-?[\d.]+)", summary) for name in ("I", "LRA", "Peak")]
    assert all(found)
    first, second, third = (float(one.group(1)) for one in found if one)
    return first, second, third


@pytest.mark.parametrize(
    ("rate", "layout"), [(48_000, "stereo"), (44_100, "stereo"), (44_100, "mono"), (32_000, "5.1"), (22_050, "mono")]
)
def test_ffmpeg_reads_the_same(tmp_path: Path, rate: int, layout: str) -> None:
    path = tmp_path / "noise.wav"
    source = f"anoisesrc=r={rate}:d=12:c=pink:a=0.5:seed=3,tremolo=f=0.3:d=0.8"
    ffmpeg.run("-f", "lavfi", "-i", source, "-af", f"aformat=channel_layouts={layout}", str(path))
    ours, theirs = measure(path), ffmpeg_meter(path)
    assert (ours.integrated, ours.range) == pytest.approx(theirs[:2], abs=0.12)
    assert ours.true_peak == pytest.approx(theirs[2], abs=0.2)
    assert ours.duration_ms == 12_000
