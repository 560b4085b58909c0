"""From the meter's curves to gains: nothing above the ceiling, and the loudness that was asked for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audionews.sound import loudness
from audionews.sound.limit import MOST_DB, limited, planned
from audionews.sound.mix import between
from tests.sound_samples import Wave

STEP = 480
LEAST = 1e-6  # relative: gains are drawn with 24 bits


@st.composite
def peak_curves(draw: st.DrawFn) -> Wave:
    """Anything a meter may give: silence, plateaus, single steps far above the rest."""
    level = st.one_of(st.just(0.0), st.floats(1e-4, 0.2), st.floats(0.2, 8.0), st.floats(0.05, 0.06))
    parts = draw(st.lists(st.tuples(level, st.integers(1, 5)), min_size=1, max_size=25))
    return np.concatenate([np.full(count, value) for value, count in parts])


@st.composite
def programmes(draw: st.DrawFn) -> tuple[Wave, Wave]:
    """Energies and peaks of speech with clicks: in each step the peak stands above the mean, in some far above."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count = draw(st.integers(60, 900))
    levels = 10 ** ((-30 + draw(st.floats(0, 12)) * rng.standard_normal(count).clip(-3, 1)) / 20)
    crest = 10 ** (rng.uniform(3, 12, count) / 20)
    clicks = rng.random(count) < draw(st.floats(0, 0.2))
    crest[clicks] *= 10 ** (draw(st.floats(0, 20)) / 20)
    energies: Wave = 2 * levels**2
    return energies, levels * crest


@given(peak_curves(), st.floats(-20, 0))
def test_no_step_is_above_its_ceiling_nor_is_any_sample_of_the_drawn_gain(peaks: Wave, ceiling_db: float) -> None:
    ceiling = 10 ** (ceiling_db / 20)
    curve = limited(peaks, ceiling)
    assert curve.shape == peaks.shape
    assert (curve * peaks <= ceiling * (1 + LEAST)).all()
    assert (curve <= 1 + LEAST).all()
    assert (curve > 0).all()
    drawn = between(curve, 0, len(curve) * STEP).reshape(-1, STEP)
    assert (drawn * peaks[:, None] <= ceiling * (1 + LEAST)).all()
    # And a peak at the edge of a step is held by the next step's gain too: the meter may have put it there.
    assert (drawn[1:, 0] * peaks[:-1] <= ceiling * (1 + LEAST)).all()
    assert (drawn[:-1, -1] * peaks[1:] <= ceiling * (1 + LEAST)).all()


@given(peak_curves())
def test_what_is_below_the_ceiling_is_left_alone(peaks: Wave) -> None:
    assert (limited(peaks, 8.0) == 1).all()
    far = np.concatenate([np.full(30, 0.1), [4.0], np.full(30, 0.1)])
    curve = limited(far, 0.5)
    assert (curve[:27] == 1).all()
    assert (curve[-27:] == 1).all()
    assert curve[30] == pytest.approx(0.125)


def test_the_gain_falls_and_rises_without_a_jump() -> None:
    peaks = np.full(100, 0.1)
    peaks[50] = 10.0
    drawn = between(limited(peaks, 0.5), 0, 100 * STEP)
    assert np.abs(np.diff(drawn)).max() < 1 / STEP


@given(programmes(), st.floats(-30, -8), st.floats(-12, -1))
def test_the_loudness_is_reached_where_it_can_be(
    programme: tuple[Wave, Wave], target: float, ceiling_db: float
) -> None:
    energies, peaks = programme
    ceiling = 10 ** (ceiling_db / 20)
    loudest = 10 ** (MOST_DB / 20)
    within_reach = loudness.integrated(energies * (loudest * limited(peaks * loudest, ceiling)) ** 2)
    curve = planned(energies, peaks, target, ceiling_db)
    assert (curve * peaks <= ceiling * (1 + LEAST)).all()
    heard = loudness.integrated(energies * curve**2)
    if within_reach > target + 0.1:
        assert heard == pytest.approx(target, abs=0.05)
    else:
        assert heard <= target + 0.05


def test_without_peaks_the_gain_is_one_level() -> None:
    energies, peaks = np.full(500, loudness.energy(-30)), np.full(500, 0.05)
    curve = planned(energies, peaks, -16.0, -1.0)
    assert 20 * np.log10(curve) == pytest.approx(14.0, abs=0.01)


def test_what_cannot_be_reached_comes_as_near_as_it_can() -> None:
    """Dense peaks 14 dB above the mean: at −9 dBTP, −12 LUFS are too much."""
    energies, peaks = np.full(500, loudness.energy(-20)), np.full(500, 10 ** (-6 / 20))
    curve = planned(energies, peaks, -12.0, -9.0)
    assert loudness.integrated(energies * curve**2) == pytest.approx(-23.0, abs=0.1)
    assert (curve * peaks <= 10 ** (-9 / 20) * (1 + LEAST)).all()
