"""Clips and sounds → blocks: each voice at its sample, music around and under it, nothing kept."""

from __future__ import annotations

import math
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audionews.errors import AudionewsError
from audionews.model import Cue, Fit, Timeline, Track
from audionews.sound import takes
from audionews.sound.mix import DUCKED, Mix, between
from audionews.sound.takes import active, doubled, take
from tests.sound_samples import (
    CLIP_RATE,
    RATE,
    Room,
    Samples,
    Wave,
    db,
    furnish,
    loudness_of,
    make_sounds,
    on,
    only,
    power_db,
    read_wav,
    rendered,
    silence,
    speech,
    tone,
    write_wav,
)

Break = Callable[[Path], object]


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return make_sounds(tmp_path_factory.mktemp("sounds"))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, sounds: dict[str, Path]) -> Room:
    return furnish(tmp_path_factory.mktemp("run") / "run", sounds)


@pytest.fixture(scope="module")
def mix(room: Room) -> Mix:
    return room.mix()


def spectrum_db(sound: Samples | Wave, rate: int) -> tuple[Wave, Wave]:
    """Give the frequencies in Hz and their levels in dB below the strongest."""
    found = np.abs(np.fft.rfft(sound * np.blackman(len(sound))))
    levels: Wave = 20 * np.log10(found / found.max() + 1e-12)
    return np.asarray(np.fft.rfftfreq(len(sound), 1 / rate), np.float64), levels


def steady(path: Path, value: float, seconds: float = 1.0) -> Path:
    """A sound that is a gain and nothing else."""
    return write_wav(path, np.full((2, round(seconds * RATE)), value), RATE)


# What a clip has to be


def _other(rate: int = CLIP_RATE, channels: int = 1, duration_ms: int = 2692) -> Break:
    return lambda path: write_wav(path, np.tile(speech(duration_ms, 1), (channels, 1)), rate)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30_000])


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        pytest.param(Path.unlink, "manque", id="missing"),
        pytest.param(lambda path: path.write_bytes(b""), "n’est pas un fichier WAV", id="empty"),
        pytest.param(lambda path: path.write_bytes(b"ID3\x03 no WAV at all"), "n’est pas un fichier WAV", id="other"),
        pytest.param(_other(rate=22_050), "n’est pas en 24 kHz", id="rate"),
        pytest.param(_other(channels=2), "n’est pas en 24 kHz, mono", id="stereo"),
        pytest.param(_other(duration_ms=2691), "n’a pas la durée prévue", id="shorter by 1 ms"),
        pytest.param(_other(duration_ms=4000), "n’a pas la durée prévue", id="longer"),
        pytest.param(_cut, "manque|durée|WAV", id="cut short behind its head"),
    ],
)
def test_a_broken_clip_is_named_in_one_line(room: Room, tmp_path: Path, spoil: Break, what: str) -> None:
    fresh = furnish(tmp_path / "run", room.sounds)
    spoil(fresh.run / "4-clips/sujet-marche-1.wav")
    with pytest.raises(AudionewsError, match=rf"4-clips/sujet-marche-1\.wav .*sujet-marche-1.* ({what})") as caught:
        take(fresh.timeline, fresh.run, tmp_path)
    assert "--from clips" in caught.value.hint
    assert "\n" not in str(caught.value)


def test_two_voices_at_once_are_refused(room: Room, tmp_path: Path) -> None:
    first, second = room.voices()[:2]
    crossed = Timeline((first, replace(second, start_ms=first.start_ms + first.duration_ms - 1)), 9000, ())
    with pytest.raises(AudionewsError, match=r"titre-marche-1\.wav .* commence avant la fin du précédent") as caught:
        take(crossed, room.run, tmp_path)
    assert "--from clips" in caught.value.hint
    touching = Timeline((first, replace(second, start_ms=first.start_ms + first.duration_ms)), 9000, ())
    assert len(take(touching, room.run, tmp_path).cues) == 2


# Twice the rate


def test_the_doubled_voice_has_no_images() -> None:
    """A 9 kHz tone at 24 kHz would come back at 15 kHz, 9 dB down, from a linear interpolation."""
    out = doubled(tone(9000, 1.0, rate=CLIP_RATE).astype(np.float32))
    hz, levels = spectrum_db(out[4800:-4800], RATE)
    assert levels[hz > 12_000].max() < -80
    assert hz[levels.argmax()] == pytest.approx(9000, abs=2)


@pytest.mark.parametrize("hz", [50, 1000, 5000, 10_000])
def test_the_doubled_voice_keeps_its_level(hz: int) -> None:
    clip = tone(hz, 1.0, rate=CLIP_RATE).astype(np.float32)
    assert power_db(doubled(clip)[4800:-4800]) == pytest.approx(power_db(clip[2400:-2400]), abs=0.1)


@given(st.integers(1, 400), st.integers(0, 2**32 - 1))
def test_every_other_sample_is_the_clips_own(count: int, seed: int) -> None:
    clip = np.random.default_rng(seed).uniform(-1, 1, count).astype(np.float32)
    out = doubled(clip)
    assert len(out) == 2 * count
    assert np.array_equal(out[::2], clip)


def test_between_two_samples_stands_what_a_band_limited_sound_has_there() -> None:
    t = np.arange(9600) / RATE
    fine = np.sum([np.sin(2 * np.pi * hz * t + hz) / 5 for hz in (130, 1700, 4400, 8800)], axis=0)
    out = doubled(fine[::2].astype(np.float32))
    assert np.abs(out - fine)[200:-200].max() < 1e-4


# Tempo


def fast(room: Room, tempo: float) -> Timeline:
    cues = tuple(replace(cue, duration_ms=round(cue.duration_ms / tempo)) for cue in room.voices())
    return Timeline(cues, room.timeline.duration_ms + 3000, (), Fit(0, 0, tempo=tempo))


@pytest.fixture(scope="module")
def pitched(tmp_path_factory: pytest.TempPathFactory, sounds: dict[str, Path]) -> Room:
    def voice(duration_ms: int, _seed: int) -> Wave:
        return tone(440, duration_ms / 1000, rate=CLIP_RATE)

    return furnish(tmp_path_factory.mktemp("pitched") / "run", sounds, voice)


@pytest.mark.parametrize("tempo", [1.08, 0.94])
def test_stretched_clips_have_the_length_of_their_cues_and_their_own_pitch(
    pitched: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tempo: float
) -> None:
    monkeypatch.setattr(takes, "TOGETHER", 3)  # so that there is more than one round
    got = take(fast(pitched, tempo), pitched.run, tmp_path)
    assert len(got.cues) == 8
    for cue in got.cues:
        (sound,) = got.read(cue)
        assert len(sound) == cue.duration_ms * 48
        assert len(read_wav(got.files[cue.source])[0]) == cue.duration_ms * 24
        hz, levels = spectrum_db(sound[4800:-9600], RATE)
        assert hz[levels.argmax()] == pytest.approx(440, abs=1)
        # Nothing is lost at either end.
        assert power_db(sound[:2400]) == pytest.approx(power_db(sound[4800:-9600]), abs=1)
        assert power_db(sound[-2880:-960]) == pytest.approx(power_db(sound[4800:-9600]), abs=1)


def test_stretching_gives_the_same_bytes_each_time(pitched: Room, tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        got = take(fast(pitched, 1.05), pitched.run, tmp_path / name)
        made.append([path.read_bytes() for path in got.files.values()])
    assert made[0] == made[1]


# The voice in its place


def test_every_clip_lies_at_its_very_sample(room: Room, mix: Mix) -> None:
    voice = np.concatenate([layers.voice[0] for layers in mix.layers()])
    assert len(voice) == room.timeline.duration_ms * 48
    spoken = np.zeros(len(voice), bool)
    for cue in room.voices():
        start = cue.start_ms * 48
        clip = read_wav(room.run / cue.source)[0]
        place = voice[start : start + cue.duration_ms * 48]
        assert np.array_equal(place[::2], clip * np.float32(mix.takes.gain)), cue.segment
        assert np.array_equal(place, doubled(clip) * np.float32(mix.takes.gain)), cue.segment
        spoken[start : start + len(place)] = True
    assert not voice[~spoken].any()


def test_the_voice_is_at_the_reference_level(room: Room) -> None:
    assert loudness_of(rendered(room.mix(only(room.timeline, Track.VOICE)))) == pytest.approx(-16.0, abs=0.1)


def test_voice_alone_is_told_once_for_both_channels(room: Room) -> None:
    layers = list(room.mix(only(room.timeline, Track.VOICE)).layers())
    assert {one.sum.shape[0] for one in layers} == {1}
    assert all(one.music is None for one in layers)


def test_a_voice_of_silence_is_not_raised(tmp_path: Path, sounds: dict[str, Path]) -> None:
    mute = furnish(tmp_path / "run", sounds, silence)
    mix = mute.mix()
    assert mix.takes.gain == 1.0
    assert not active(mix.takes).any()
    # Nor does the music step back for it.
    assert not mix.speech.any()


def test_the_same_clip_may_be_heard_twice(room: Room) -> None:
    first = room.voices()[0]
    twice = Timeline((first, replace(first, start_ms=first.start_ms + 3000, segment="encore")), 7000, ())
    sound = rendered(room.mix(twice))
    length = first.duration_ms * 48
    assert np.array_equal(sound[:, 48_000 : 48_000 + length], sound[:, 192_000 : 192_000 + length])
    assert sound[:, 192_000 : 192_000 + length].any()


# Music


def alone(cues: tuple[Cue, ...], duration_ms: int, sounds: dict[str, Path], tmp_path: Path) -> Samples:
    timeline = Timeline(cues, duration_ms, ())
    return rendered(Mix(timeline, take(timeline, tmp_path, tmp_path), sounds))


@pytest.mark.parametrize("fade_ms", [10, 800, 1500])
def test_fades_are_of_equal_power(tmp_path: Path, fade_ms: int) -> None:
    flat = {"bed": steady(tmp_path / "bed.wav", 0.5), "outro": steady(tmp_path / "outro.wav", 0.5)}
    leaves = Cue(Track.BED, 0, 3000, "bed", fade_out_ms=fade_ms)
    comes = Cue(Track.OUTRO, 3000 - fade_ms, 3000, "outro", fade_in_ms=fade_ms)
    one = alone((leaves,), 6000 - fade_ms, flat, tmp_path)
    two = alone((comes,), 6000 - fade_ms, flat, tmp_path)
    power = 10 * np.log10(one[0].astype(float) ** 2 + two[0].astype(float) ** 2)
    assert np.abs(power - 20 * math.log10(0.5)).max() < 0.2
    assert np.array_equal(one[0], one[1])
    crossing = slice((3000 - fade_ms) * 48, 3000 * 48)
    assert (np.diff(one[0, crossing]) <= 0).all()
    assert (np.diff(two[0, crossing]) >= 0).all()
    assert one[0, crossing][-1] == pytest.approx(0, abs=0.002)
    assert two[0, crossing][0] == pytest.approx(0, abs=0.002)


def test_a_bed_longer_than_its_sound_is_looped_and_faded(tmp_path: Path) -> None:
    noise = np.random.default_rng(3).uniform(-0.5, 0.5, (2, 3 * RATE))
    bed = write_wav(tmp_path / "bed.wav", noise, RATE)
    cue = Cue(Track.BED, 1000, 20_000, "bed", fade_in_ms=1000, fade_out_ms=1500)
    sound = alone((cue,), 23_000, {"bed": bed}, tmp_path)
    once = read_wav(bed)
    inside = slice(2 * RATE, round(19.4 * RATE))
    expected = np.take(once, np.arange(RATE, round(18.4 * RATE)) % (3 * RATE), axis=1)
    assert np.array_equal(sound[:, inside], expected)
    assert not sound[:, :RATE].any()
    assert not sound[:, 21 * RATE :].any()
    assert power_db(sound[:, RATE : RATE + 4800]) < power_db(sound[:, inside]) - 10
    assert power_db(sound[:, 21 * RATE - 4800 : 21 * RATE]) < power_db(sound[:, inside]) - 10


PAUSES = Timeline(
    (
        Cue(Track.BED, 0, 15_000, "bed"),
        Cue(Track.VOICE, 3000, 2000, "a.wav", "a"),
        Cue(Track.VOICE, 5500, 2000, "a.wav", "b"),  # half a second later
        Cue(Track.VOICE, 10_500, 2000, "a.wav", "c"),  # three seconds later
    ),
    15_000,
    (),
)


@pytest.fixture(scope="module")
def ducking(tmp_path_factory: pytest.TempPathFactory) -> Wave:
    """The gain of a bed in dB, sample by sample, around a voice that begins and ends with its clips."""
    folder = tmp_path_factory.mktemp("ducking")
    write_wav(folder / "a.wav", tone(500, 2.0, rate=CLIP_RATE))
    flat = {"bed": steady(folder / "bed.wav", 0.5)}
    mix = Mix(PAUSES, take(PAUSES, folder, folder), flat)
    music = np.concatenate([layers.music[0] for layers in mix.layers() if layers.music is not None])
    gain: Wave = 20 * np.log10(music.astype(float) / 0.5)
    return gain


def at(gain: Wave, first_ms: int, last_ms: int) -> Wave:
    return gain[first_ms * 48 : last_ms * 48]


def test_the_music_has_stepped_back_before_the_first_word(ducking: Wave) -> None:
    low = DUCKED[Track.BED]
    assert np.abs(at(ducking, 0, 2500)).max() < 0.1
    assert at(ducking, 2910, 3000).max() < low + 0.2
    for start in (3000, 5500, 10_500):
        assert np.abs(at(ducking, start, start + 2000) - low).max() < 0.1


def test_the_music_stays_back_in_a_short_pause(ducking: Wave) -> None:
    assert at(ducking, 5000, 5500).max() < DUCKED[Track.BED] + 0.1


def test_the_music_comes_up_in_a_long_pause_and_after_the_last_word(ducking: Wave) -> None:
    low = DUCKED[Track.BED]
    assert at(ducking, 7500, 8100).max() < low + 0.2  # not at once
    assert np.abs(at(ducking, 8700, 10_000)).max() < 0.1
    assert at(ducking, 10_410, 10_500).max() < low + 0.2
    assert np.abs(at(ducking, 14_000, 15_000)).max() < 0.1


def test_the_music_never_jumps(ducking: Wave) -> None:
    linear = 10 ** (ducking / 20)
    assert np.abs(np.diff(linear)).max() < 1 / (0.1 * RATE)  # slower than from full to nothing within 100 ms


def test_speech_is_at_least_15_lu_above_the_music_under_it(room: Room, mix: Mix) -> None:
    layers = list(mix.layers())
    voice = np.concatenate([np.broadcast_to(one.voice, (2, one.voice.shape[1])) for one in layers], axis=1)
    music = np.concatenate(
        [np.zeros((2, one.voice.shape[1]), np.float32) if one.music is None else one.music for one in layers], axis=1
    )
    first = room.voices()[0]
    stretches = {
        "jingle and bed": (first.start_ms, first.start_ms + first.duration_ms),
        "bed": (room.voices()[1].start_ms, room.voices()[1].start_ms + room.voices()[1].duration_ms),
        "closing": (room.voices()[-1].start_ms, room.voices()[-1].start_ms + room.voices()[-1].duration_ms),
    }
    for name, (start, end) in stretches.items():
        under = loudness_of(music[:, start * 48 : end * 48])
        assert -60 < under <= loudness_of(voice[:, start * 48 : end * 48]) - 15, name
    # Where nobody speaks the music has its own level.
    (outro,) = on(room.timeline, Track.OUTRO)
    end = outro.start_ms + outro.duration_ms
    assert loudness_of(music[:, (end - 1000) * 48 : end * 48]) == pytest.approx(-17.0, abs=2.0)


# Memory


def test_twenty_minutes_need_a_few_megabytes(room: Room) -> None:
    every = 3200
    voices = room.voices()
    count = 20 * 60_000 // every
    cues = [replace(voices[n % 8], start_ms=n * every, segment=f"phrase-{n}") for n in range(count)]
    length = count * every
    timeline = Timeline((Cue(Track.BED, 0, length, "bed", fade_in_ms=1000, fade_out_ms=1000), *cues), length, ())
    mix = room.mix(timeline)
    _ = mix.speech
    tracemalloc.start()
    try:
        frames = sum(layers.sum.shape[1] for layers in mix.layers())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert frames == length * 48
    assert peak < 12_000_000  # 20 minutes of stereo are 460 MB


def test_a_block_is_made_when_it_is_asked_for(room: Room, tmp_path: Path) -> None:
    fresh = furnish(tmp_path / "run", room.sounds)
    layers = fresh.mix().layers()
    assert sum(one.voice.shape[1] for one in islice(layers, 2)) == 4 * RATE
    for cue in fresh.voices()[2:]:
        (fresh.run / cue.source).unlink()
    next(layers)
    with pytest.raises(FileNotFoundError):
        list(layers)


# Curves


@given(st.lists(st.floats(0.01, 2), min_size=1, max_size=12), st.data())
def test_a_part_of_a_drawn_curve_is_the_part_of_the_whole(values: list[float], data: st.DataObject) -> None:
    curve = np.array(values)
    whole = between(curve, 0, len(curve) * 480)
    first = data.draw(st.integers(0, len(whole) - 1))
    last = data.draw(st.integers(first + 1, len(whole)))
    assert np.array_equal(between(curve, first, last), whole[first:last])
    middles = whole[240::480]
    assert middles == pytest.approx(curve, abs=1e-6)
    assert db(float(whole.max())) <= db(float(curve.max())) + 1e-5
