from __future__ import annotations

import io
import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from audionews.errors import UsageError
from audionews.model import Chapter, Cue, Fit, Timeline, Track
from audionews.sound import picture
from audionews.sound.picture import HEIGHT, LANES, LEFT, LEVEL, MUSIC, RIGHT, WAVE, WIDTH, draw

VOICE = (11, 92, 107)
WHITE = (255, 255, 255)
TITLES = ("Ouverture et titres", "Panne d’eau : 3 quartiers attendent", "Le prix du maïs baisse de 12 %", "Fermeture")

Pixels = NDArray[np.uint8]


def _timeline(seconds: int, chapters: int = 4, fit: Fit | None = None) -> Timeline:
    """Place a jingle, a sting in the middle, an outro, a bed at the end, and sentences of 4 s, a second apart."""
    length = seconds * 1000
    cues = [
        Cue(Track.JINGLE, 0, 2000, "jingle", fade_out_ms=1000),
        Cue(Track.STING, length // 2, 900, "sting"),
        Cue(Track.BED, length - 4000, 3000, "bed", fade_in_ms=800, fade_out_ms=800),
        Cue(Track.OUTRO, length - 2000, 2000, "outro"),
    ]
    cues += [Cue(Track.VOICE, start, 4000, "a.wav", "a") for start in range(2000, length - 6000, 5000)]
    bounds = [length * place // chapters for place in range(chapters + 1)]
    made = [Chapter(a, b, TITLES[at % len(TITLES)]) for at, (a, b) in enumerate(itertools.pairwise(bounds))]
    return Timeline(tuple(sorted(cues, key=lambda cue: cue.start_ms)), length, tuple(made), fit)


def _sound(seconds: int) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    steps = np.arange(seconds * 100)
    peaks = (0.5 + 0.3 * np.sin(steps / 7)).astype(np.float32)
    return peaks, np.full(max(0, len(steps) - 299), -20.0)


def _pixels(data: bytes) -> Pixels:
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "PNG"
        assert image.size == (WIDTH, HEIGHT)
        return np.asarray(image.convert("RGB"))


def _near(pixels: Pixels, color: tuple[int, int, int], within: int = 12) -> NDArray[np.bool_]:
    return np.asarray(np.abs(pixels.astype(int) - np.array(color)).max(axis=-1) <= within)


def _x(ms: float, timeline: Timeline) -> int:
    return round(LEFT + (RIGHT - LEFT) * ms / timeline.duration_ms)


@pytest.mark.parametrize("seconds", [10, 30, 300, 7200])
def test_from_ten_seconds_to_two_hours_it_is_small_and_always_the_same(seconds: int) -> None:
    timeline, (peaks, loudness) = _timeline(seconds), _sound(seconds)
    made = draw(timeline, peaks, loudness, -16.0, "Journal du matin")
    assert len(made) <= 200_000
    assert made == draw(timeline, peaks.copy(), loudness.copy(), -16.0, "Journal du matin")
    assert _near(_pixels(made)[WAVE[0] : WAVE[1]], VOICE).any()


def test_noise_is_small_too() -> None:
    noise = np.random.default_rng(1)
    peaks = noise.random(30_000, np.float32)
    loudness = -16 + 8 * noise.standard_normal(29_701)
    assert len(draw(_timeline(300), peaks, loudness, -16.0, "Bruit")) <= 200_000


def test_the_wave_has_the_colour_of_what_sounds() -> None:
    timeline, (peaks, loudness) = _timeline(60), _sound(60)
    middle = _pixels(draw(timeline, peaks, loudness, -16.0, "t"))[sum(WAVE) // 2 + 6]
    at = {name: middle[_x(ms, timeline)] for name, ms in (("jingle", 1000), ("voice", 4000), ("sting", 30_400))}
    assert _near(at["jingle"], MUSIC)
    assert _near(at["voice"], VOICE)
    assert _near(at["sting"], VOICE), "a voice over a sound is a voice"


def test_the_wave_is_as_high_as_its_peaks() -> None:
    timeline, (_, loudness) = _timeline(60), _sound(60)
    for level, share in ((1.0, 1.0), (0.5, 0.5), (7.0, 1.0), (0.0, 0.0)):
        peaks = np.full(6000, level, np.float32)
        column = _pixels(draw(timeline, peaks, loudness, -16.0, "t"))[WAVE[0] : WAVE[1], _x(4000, timeline)]
        height = int(_near(column, VOICE).sum())
        assert abs(height - share * (WAVE[1] - WAVE[0])) <= 2


def test_voice_and_music_differ_without_colour() -> None:
    for color in ("#0B5C6B", "#ffe000", "#ffffff", "#7a1fa2", "#000000"):
        timeline, (peaks, loudness) = _timeline(60), _sound(60)
        pixels = _pixels(draw(timeline, peaks, loudness, -16.0, "t", color))
        grey = np.asarray(Image.fromarray(pixels).convert("L"), int)[sum(WAVE) // 2 + 6]
        assert grey[_x(1000, timeline)] - grey[_x(4000, timeline)] >= 40, color
        assert 255 - grey[_x(1000, timeline)] >= 80, color


def test_each_cue_stands_in_its_lane_and_fades_are_slopes() -> None:
    timeline, (peaks, loudness) = _timeline(60), _sound(60)
    pixels = _pixels(draw(timeline, peaks, loudness, -16.0, "t"))
    height = (LANES[1] - LANES[0]) / 4
    lanes = [pixels[round(LANES[0] + (row + 0.5) * height)] for row in range(4)]
    for row, (ms, color) in enumerate(((4000, VOICE), (500, MUSIC), (30_400, MUSIC), (57_500, MUSIC))):
        assert _near(lanes[row][_x(ms, timeline)], color), row
    assert _near(lanes[1][_x(59_000, timeline)], MUSIC), "the outro is a jingle"
    assert not _near(lanes[2][_x(20_000, timeline)], MUSIC)
    top, bottom = (pixels[round(LANES[0] + height + shift), _x(1700, timeline)] for shift in (6, height - 7))
    assert _near(top, WHITE)
    assert _near(bottom, MUSIC)


def test_a_sting_is_seen_even_in_two_hours() -> None:
    timeline, (peaks, loudness) = _timeline(7200), _sound(7200)
    row = _pixels(draw(timeline, peaks, loudness, -16.0, "t"))[round(LANES[0] + 2.5 * (LANES[1] - LANES[0]) / 4)]
    assert _near(row, MUSIC).sum() >= 4


@pytest.mark.parametrize(("level", "expected"), [(-10.0, 0.0), (-25.0, 0.5), (-40.0, 1.0), (-90.0, 1.0), (3.0, 0.0)])
def test_the_curve_is_where_its_level_is(level: float, expected: float) -> None:
    timeline, (peaks, loudness) = _timeline(60), _sound(60)
    column = _pixels(draw(timeline, peaks, np.full_like(loudness, level), -30.0, "t"))[:, _x(10_000, timeline)]
    places = np.flatnonzero(_near(column[LEVEL[0] - 4 : LEVEL[1] + 4], VOICE, 40)) - 4
    assert abs(float(places.mean()) - expected * (LEVEL[1] - LEVEL[0])) <= 2


def test_each_window_stands_in_its_middle() -> None:
    """The loudness of 3 s has no value for the first and last second and a half."""
    timeline, (peaks, loudness) = _timeline(60), _sound(60)
    floor = _pixels(draw(timeline, peaks, loudness, -16.0, "t"))[LEVEL[1] - 6]
    inside = floor[_x(700, timeline)], floor[_x(59_300, timeline)], floor[_x(2000, timeline)]
    assert [bool(_near(one, WHITE, 4)) for one in inside] == [True, True, False]


def test_the_target_is_a_broken_line_across_the_curve() -> None:
    timeline, (peaks, loudness) = _timeline(60), _sound(60)
    pixels = _pixels(draw(timeline, peaks, loudness, -30.0, "t"))
    row = pixels[round(LEVEL[1] - (LEVEL[1] - LEVEL[0]) / 3), LEFT + 2 : RIGHT - 2]
    dark = row.max(axis=-1) < 90
    assert 0.4 < dark.mean() < 0.75
    assert np.diff(dark.astype(int)).clip(0).sum() > 60


def test_silence_gaps_and_wrong_lengths_are_drawn() -> None:
    timeline, (peaks, loudness) = _timeline(60), _sound(60)
    holes = loudness.copy()
    holes[100:900] = -np.inf
    holes[2000:2100] = np.nan
    strange = peaks.copy()
    strange[:10] = np.nan
    for one, other in (
        (strange, holes),
        (peaks * 0, np.full_like(loudness, -np.inf)),
        (peaks[:0], loudness[:0]),
        (np.tile(peaks, 3), np.tile(loudness, 3)),
        (peaks[:17], loudness[:900]),
        (-peaks, loudness),
    ):
        _pixels(draw(timeline, one, other, -16.0, "t"))


def test_an_empty_timeline_is_drawn() -> None:
    _pixels(draw(Timeline((), 0, ()), *_sound(0), -16.0, ""))
    _pixels(draw(Timeline((Cue(Track.VOICE, 0, 1, "a", "a"),), 1, ()), *_sound(1), 5.0, "t"))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "a",
        "très " * 900,
        "sansblanc" * 90,
        "\ud800🙂 中文 مرحبا",
        "un\nseul\tbloc\x00",
        "« Ɛɔɲŋ » : ça va ?",
        " " * 40,
    ],
)
def test_any_title_can_be_written(words: str) -> None:
    timeline, (peaks, loudness) = _timeline(300, 6), _sound(300)
    titled = replace(timeline, chapters=tuple(replace(one, title=words) for one in timeline.chapters))
    pixels = _pixels(draw(titled, peaks, loudness, -16.0, words))
    assert _near(pixels[:, -6:], WHITE).all(), "nothing is written over the edge"


def test_the_fit_is_told_in_one_line() -> None:
    told = picture._summary(_timeline(180, fit=Fit(180_000, 187_000, ("a", "b"), 0.92, 1.013, 3000, 0)))
    assert told == (
        "Durée 3:00 · Créneau 3:00, tenu · voix × 1,01 · pauses × 0,92 · tapis seul 0:03 · non lus\u00a0: 2"
    )
    short = picture._summary(_timeline(170, fit=Fit(180_000, 170_000, short_ms=10_000)))
    assert short == "Durée 2:50 · Créneau 3:00, manque 0:10 · voix × 1 · pauses × 1"
    assert picture._summary(_timeline(7203)) == "Durée 2:00:03"


def test_a_colour_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="illisible"):
        draw(_timeline(10), *_sound(10), -16.0, "t", "bleu de nuit")


@given(st.lists(st.tuples(st.integers(0, 599), st.text(st.characters(), max_size=90)), max_size=80))
def test_titles_never_overlap_each_other_nor_a_boundary(drawn: list[tuple[int, str]]) -> None:
    titles = dict(sorted(drawn))
    bounds = [*titles, 600]
    chapters = tuple(Chapter(a * 1000, b * 1000, titles[a]) for a, b in itertools.pairwise(bounds))
    font = picture._font("Regular", 21)
    labels = picture._labels(chapters, picture._Axis(600_000))
    boxes = [
        (line, x + 6, x + 6 + font.getlength(text))
        for x, first, texts in labels
        for line, text in enumerate(texts, first)
        if text
    ]
    for (line, left, right), (other, start, end) in itertools.combinations(boxes, 2):
        assert line != other or right <= start or end <= left
    for x, first, _ in labels:
        for line, left, right in boxes:
            assert line < first or not left < x < right, "no line comes down through a title"
    assert all(right <= WIDTH for _, _, right in boxes)


def test_the_longest_chapters_have_their_titles_where_room_is_scarce() -> None:
    bounds = [*range(0, 11_000, 1000), 600_000]
    chapters = tuple(Chapter(a, b, f"Chapitre {a}") for a, b in itertools.pairwise(bounds))
    [(x, line, texts)] = picture._labels(chapters, picture._Axis(600_000))
    assert (line, texts) == (0, ("Chapitre 10000",))
    assert x > LEFT
