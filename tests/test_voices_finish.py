"""Finished clips, measured: level, peak, silences, edges, length."""

import io
import wave

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.voices import finish
from audionews.voices.base import Sound


def tone(seconds: float, dbfs: float, rate: int = 24_000, hertz: float = 220.0) -> numpy.ndarray:
    """A sine whose RMS is at that level."""
    wavelet = numpy.sin(2 * numpy.pi * hertz * numpy.arange(round(seconds * rate)) / rate)
    return numpy.asarray(wavelet * 32768 * 10 ** (dbfs / 20) * numpy.sqrt(2))


def quiet(seconds: float, rate: int = 24_000) -> numpy.ndarray:
    return numpy.zeros(round(seconds * rate))


def sound(*parts: numpy.ndarray, rate: int = 24_000) -> Sound:
    return Sound(numpy.concatenate(parts).round().clip(-32768, 32767).astype("<i2").tobytes(), rate)


def samples(wav: bytes) -> numpy.ndarray:
    with wave.open(io.BytesIO(wav)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 24_000)
        return numpy.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)


def rms_db(values: numpy.ndarray) -> float:
    return float(20 * numpy.log10(numpy.sqrt(numpy.mean(values**2)) / 32768))


def peak_db(values: numpy.ndarray) -> float:
    return float(20 * numpy.log10(numpy.abs(values).max() / 32768))


@pytest.mark.parametrize("level", [-25.0, -22.5, -20.0, -17.0, -14.5])
def test_speech_comes_to_the_common_level(level: float) -> None:
    done = samples(finish.finish(sound(quiet(0.4), tone(2, level), quiet(0.4))))
    assert rms_db(done[2400:-2400]) == pytest.approx(finish.LEVEL, abs=0.3)


def test_the_gain_is_bounded() -> None:
    assert rms_db(samples(finish.finish(sound(tone(1, -35))))[2400:-2400]) == pytest.approx(-29, abs=0.3)
    assert finish.gain(-35.0, -20.0) == finish.MOST_GAIN
    assert finish.gain(-5.0, -2.0) == -finish.MOST_GAIN
    assert finish.gain(float("-inf"), float("-inf")) == 0.0


def test_pauses_do_not_count_in_the_level() -> None:
    talk = sound(tone(1, -24), quiet(1.5), tone(1, -24))
    done = samples(finish.finish(talk))
    assert rms_db(done[2400:21600]) == pytest.approx(finish.LEVEL, abs=0.5)


def test_a_loud_peak_is_never_pushed_over_the_ceiling() -> None:
    clap = tone(1, -30)
    clap[12_000] = 32_000
    done = samples(finish.finish(sound(clap)))
    assert peak_db(done) <= finish.PEAK


def test_outer_silences_shrink_to_thirty_milliseconds() -> None:
    done = samples(finish.finish(sound(quiet(0.4), tone(1, -20), quiet(0.3), tone(1, -20), quiet(0.5))))
    assert len(done) / 24 == pytest.approx(2300 + 2 * finish.KEEP_MS, abs=20)


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


def test_another_rate_is_resampled_without_images() -> None:
    done = samples(finish.finish(sound(tone(1, -20, 22_050, 9_000), rate=22_050)))
    assert len(done) / 24 == pytest.approx(1000, abs=2)
    power = numpy.abs(numpy.fft.rfft(done * numpy.hanning(len(done)))) ** 2
    hertz = numpy.fft.rfftfreq(len(done), 1 / 24_000)
    assert abs(hertz[power.argmax()] - 9_000) < 5
    elsewhere = power[numpy.abs(hertz - 9_000) > 300].sum() / power.sum()
    assert 10 * numpy.log10(elsewhere) < -45


def test_pieces_are_joined_with_one_breath() -> None:
    piece = sound(quiet(0.4), tone(0.5, -20), quiet(0.4))
    joined = finish.joined([piece, piece], pause_ms=200)
    assert joined.seconds == pytest.approx(0.5 * 2 + 4 * 0.03 + 0.2, abs=0.03)
    assert finish.joined([piece]) is piece
    assert finish.joined([]).pcm == b""


def test_finishing_twice_gives_the_same_bytes() -> None:
    talk = sound(quiet(0.2), tone(0.7, -23), quiet(0.1))
    assert finish.finish(talk) == finish.finish(talk)
