"""Finished clips, measured: loudness, peak, hissing, silences, edges, joins, length, and the times of their words."""

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.voices import finish, wav
from audionews.voices.base import Sound
from audionews.voices.loudness import loudness
from audionews.voices.sibilance import softened


def tone(seconds: float, dbfs: float, rate: int = 24_000, hertz: float = 220.0) -> numpy.ndarray:
    """A sine whose RMS is at that level."""
    wavelet = numpy.sin(2 * numpy.pi * hertz * numpy.arange(round(seconds * rate)) / rate)
    return numpy.asarray(wavelet * 32768 * 10 ** (dbfs / 20) * numpy.sqrt(2))


def quiet(seconds: float, rate: int = 24_000) -> numpy.ndarray:
    return numpy.zeros(round(seconds * rate))


def sound(*parts: numpy.ndarray, rate: int = 24_000, words: tuple[tuple[int, int], ...] = ()) -> Sound:
    pcm = numpy.concatenate(parts).round().clip(-32768, 32767).astype("<i2").tobytes()
    return Sound(pcm, rate, words)


def samples(data: bytes) -> numpy.ndarray:
    made = wav.read(data)
    assert made.rate == 24_000
    return numpy.frombuffer(made.pcm, "<i2").astype(float)


def lufs(values: numpy.ndarray) -> float:
    return loudness(values / 32768, 24_000)


def peak_db(values: numpy.ndarray) -> float:
    return float(20 * numpy.log10(numpy.abs(values).max() / 32768))


@pytest.mark.parametrize("level", [-37.0, -25.0, -20.0, -9.0])
@pytest.mark.parametrize("hertz", [110.0, 440.0, 2500.0])
def test_every_sound_comes_to_the_common_loudness(level: float, hertz: float) -> None:
    done = samples(finish.finish(sound(quiet(0.4), tone(2, level, hertz=hertz), quiet(0.4))))
    assert lufs(done) == pytest.approx(finish.LEVEL, abs=0.2)


def test_a_word_alone_comes_to_the_common_loudness() -> None:
    done = samples(finish.finish(sound(quiet(0.4), tone(0.25, -28), quiet(0.4))))
    assert lufs(done) == pytest.approx(finish.LEVEL, abs=0.2)


def test_what_is_too_faint_to_be_speech_stays_faint() -> None:
    assert lufs(samples(finish.finish(sound(tone(1, -60))))) < finish.LEVEL - 15


def test_pauses_do_not_count_in_the_loudness() -> None:
    done = samples(finish.finish(sound(tone(1, -24), quiet(1.5), tone(1, -24))))
    assert lufs(done[:24_000]) == pytest.approx(finish.LEVEL, abs=1)


def test_a_few_peaks_are_bowed_down_and_the_clip_is_as_loud_as_the_others() -> None:
    clap = tone(2, -36)
    clap[[12_000, 12_003, 12_090]] = 12_000
    clap[30_000] = -9_000
    done = samples(finish.finish(sound(clap)))
    assert peak_db(done) == pytest.approx(finish.PEAK, abs=0.05)
    assert lufs(done) == pytest.approx(finish.LEVEL, abs=1)
    assert numpy.abs(numpy.diff(done[13_000:28_000])).max() < 3000, "nothing is flattened away from the peaks"


def test_an_offset_is_taken_away() -> None:
    done = samples(finish.finish(sound(tone(1, -20) + 900)))
    assert abs(done.mean()) < 10


def test_outer_silences_shrink_to_thirty_milliseconds() -> None:
    done = samples(finish.finish(sound(quiet(0.4), tone(1, -20), quiet(0.3), tone(1, -20), quiet(0.5))))
    assert len(done) / 24 == pytest.approx(2300 + 2 * finish.KEEP_MS, abs=20)


def test_the_same_speech_is_trimmed_alike_at_any_level() -> None:
    lengths = {
        len(samples(finish.finish(sound(quiet(0.4), tone(1, level), tone(0.2, level - 30), quiet(0.4)))))
        for level in (-38, -20, -10)
    }
    assert len(lengths) == 1


def test_both_ends_are_faded() -> None:
    done = samples(finish.finish(sound(tone(1, -20, hertz=997))))
    assert abs(done[0]) < 60 and abs(done[-1]) < 60
    assert numpy.abs(done[:60]).max() < 0.6 * numpy.abs(done).max()
    assert numpy.abs(done[-60:]).max() < 0.6 * numpy.abs(done).max()
    assert numpy.abs(done[240:480]).max() == pytest.approx(numpy.abs(done).max(), rel=0.05)


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 30_000), st.integers(0, 9_000), st.integers(-32768, 32767))
def test_any_sound_gives_whole_milliseconds_and_never_clips(speech: int, silence: int, value: int) -> None:
    made = sound(numpy.zeros(silence), tone(1, -20)[:speech], numpy.array([value]))
    done = samples(finish.finish(made))
    assert len(done) % 24 == 0 and len(done) > 0
    assert not done.any() or peak_db(done) <= finish.PEAK


def test_wanted_silence_keeps_its_length() -> None:
    done = samples(finish.finish(sound(quiet(1.25)), silent=True))
    assert len(done) == 30_000 and not done.any()


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 48_000, 11_111])
def test_another_rate_is_resampled_without_images(rate: int) -> None:
    hertz = 0.4 * min(rate, 22_050)
    done = numpy.frombuffer(finish.resampled(sound(tone(1.3, -20, rate, hertz), rate=rate)).pcm, "<i2").astype(float)
    assert len(done) / 24 == pytest.approx(1300, abs=1)
    inside = done[2400:-2400]
    power = numpy.abs(numpy.fft.rfft(inside * numpy.hanning(len(inside)))) ** 2
    found = numpy.fft.rfftfreq(len(inside), 1 / 24_000)
    assert abs(found[power.argmax()] - hertz) < 5
    assert 10 * numpy.log10(power[numpy.abs(found - hertz) > 100].sum() / power.sum()) < -70
    assert 10 * numpy.log10((inside**2).mean() / 32768**2) == pytest.approx(-20, abs=0.1)


def test_hissing_is_softened_and_only_that() -> None:
    noise = numpy.random.default_rng(5).standard_normal(24_000)
    spectrum = numpy.fft.rfft(noise)
    spectrum[:6000] = 0  # above 6 kHz
    hiss = numpy.fft.irfft(spectrum) * 32768 * 0.1
    vowel = tone(1, -20, hertz=300)
    values = numpy.concatenate([vowel, hiss, vowel]) / 32768
    done = softened(values, 24_000, -20.0)
    assert 2 < 10 * numpy.log10((values[26_000:46_000] ** 2).mean() / (done[26_000:46_000] ** 2).mean()) < 6
    assert numpy.abs(done[:23_000] - values[:23_000]).max() < 1e-4
    faint = softened(values / 10, 24_000, -20.0)
    assert numpy.abs(faint - values / 10).max() < 1e-6


def test_pieces_are_joined_with_the_breath_of_their_mark() -> None:
    piece = sound(quiet(0.4), tone(0.5, -20), quiet(0.4))
    for texts, breath in (
        ((), 180),
        (("Les pluies ont cessé,", "les routes ouvrent."), 180),
        (("Les pluies ont cessé\u00a0;", "les routes ouvrent."), 250),
        (("Les pluies ont cessé", "et les routes ouvrent."), 70),
    ):
        joined = finish.joined([piece, piece], texts)
        assert joined.seconds == pytest.approx(0.5 * 2 + 4 * 0.03 + breath / 1000, abs=0.03)
    assert finish.joined([piece]) is piece
    assert finish.joined([]).pcm == b""


def test_a_join_makes_no_click_and_the_outer_ends_stay_as_they_came() -> None:
    whole = sound(tone(0.5, -12, hertz=1003))
    values = numpy.frombuffer(finish.joined([whole, whole]).pcm, "<i2").astype(int)
    silent = numpy.flatnonzero(values[11_000:18_000] == 0)[[0, -1]] + 11_000
    for edge in silent:
        assert numpy.abs(numpy.diff(values[edge - 24 : edge + 24])).max() < 1000
    came = numpy.frombuffer(whole.pcm, "<i2").astype(int)
    assert numpy.abs(values[:99] - came[:99]).max() < 20
    assert numpy.abs(values[-99:] - came[-99:]).max() < 20


def test_words_follow_their_samples() -> None:
    parts = quiet(0.4), tone(0.3, -20), quiet(0.1), tone(0.5, -20), quiet(0.4)
    talk = sound(*parts, words=((9_600, 16_800), (19_200, 31_200)))
    assert wav.read(finish.finish(talk)).words == ((720, 7_920), (10_320, 22_320))
    twice = finish.joined([talk, talk], ("Un,", "deux."))
    ((_, _), (_, end), (start, _), (_, last)) = twice.words
    assert start - end == 720 + 4_320 + 720 and last == len(twice.pcm) // 2 - 720
    assert finish.joined([talk, sound(*parts)]).words == ()


def test_words_follow_a_change_of_rate_and_never_leave_the_sound() -> None:
    talk = Sound(sound(tone(1, -20, 12_000)).pcm, 12_000, ((0, 6_000), (6_000, 12_000)))
    assert finish.resampled(talk).words == ((0, 12_000), (12_000, 24_000))
    early = sound(quiet(0.5), tone(0.5, -20), quiet(0.5), words=((0, 14_000), (14_000, 36_000)))
    made = wav.read(finish.finish(early))
    assert made.words == ((0, 2_720), (2_720, len(made.pcm) // 2))


def test_finishing_twice_gives_the_same_bytes() -> None:
    talk = sound(quiet(0.2), tone(0.7, -23), quiet(0.1))
    assert finish.finish(talk) == finish.finish(talk)
