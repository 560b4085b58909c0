"""A sound file that came over the network is whole, or it is refused."""

import io
import random
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
from mutagen.mp3 import MPEGFrame, skip_id3

from audionews import ffmpeg
from audionews.voices import wav
from audionews.voices.base import Sound
from audionews.voices.decode import DamagedError, decoded
from audionews.voices.finish import finish, resampled
from audionews.voices.inspect import fault_of_clip, fault_of_sound
from tests.speech_server import mp3, spoken

TEXT = "Le ministre a reçu mardi une délégation de la région, venue lui demander de nouveaux forages."
GOOGLE = ("-ar", "24000", "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0")
STEREO = ("-ar", "44100", "-ac", "2", "-b:a", "128k", "-write_id3v1", "1")
VARIABLE = ("-ar", "24000", "-q:a", "4", "-id3v2_version", "4")
CODED: dict[str, Callable[[Sound], bytes]] = {
    "wav": wav.write,
    "google": lambda sound: mp3(sound, *GOOGLE),
    "stereo": lambda sound: mp3(sound, *STEREO),
    "variable": lambda sound: mp3(sound, *VARIABLE),
}


@pytest.fixture(scope="module")
def truth() -> Sound:
    return spoken(TEXT, "nova")


@pytest.fixture(scope="module", params=CODED)
def file(request: pytest.FixtureRequest, truth: Sound) -> bytes:
    return CODED[request.param](truth)


def likeness(one: Sound, other: Sound) -> float:
    """Give the correlation of two envelopes, by frames of 20 ms, where they fit best."""
    frames = [
        numpy.abs(numpy.frombuffer(each.pcm, "<i2").astype(float))[: len(each.pcm) // 960 * 480]
        .reshape(-1, 480)
        .mean(1)
        for each in (one, other)
    ]
    short, long = sorted(frames, key=len)
    return max(
        float(numpy.corrcoef(short, long[at : at + len(short)])[0, 1]) for at in range(len(long) - len(short) + 1)
    )


def test_a_whole_file_is_the_sound_that_was_coded(file: bytes, truth: Sound) -> None:
    sound = decoded(file)
    assert sound.rate == 24_000
    assert sound.seconds == pytest.approx(truth.seconds, abs=0.12)  # an MP3 coder adds silence at both ends
    assert likeness(sound, resampled(truth)) > 0.96


def joints(file: bytes) -> set[int]:
    """Give where the frames of an MP3 file end."""
    found, reader = set[int](), io.BytesIO(file)
    skip_id3(reader)  # type: ignore[no-untyped-call]
    while file[:4] != b"RIFF" and reader.tell() < len(file) - 128:
        MPEGFrame(reader)  # type: ignore[no-untyped-call]
        found.add(reader.tell())
    return found


def test_a_file_cut_anywhere_is_refused(file: bytes) -> None:
    chance, between = random.Random(5), joints(file)
    for place in chance.sample(range(len(file)), 25):
        if place not in between:
            with pytest.raises(DamagedError):
                decoded(file[:place])


def test_what_is_cut_between_two_frames_fails_the_measures_or_has_lost_little(truth: Sound) -> None:
    """Such an MP3 is a good one that is shorter: no file can tell. It takes a server that hides the cut, too."""
    whole = mp3(truth, *GOOGLE)
    frame, passed = 192, list[float]()
    assert len(whole) % frame == 0
    for end in range(frame * 3, len(whole), frame * 3):
        sound = decoded(whole[:end])
        fault = fault_of_sound(sound) or fault_of_clip(finish(sound), TEXT)
        if not fault:
            passed.append(end / len(whole))
    assert len(passed) <= 0.15 * len(whole) / frame / 3  # one in twenty, as a rule
    assert min(passed, default=1.0) > 0.65


def test_frames_that_are_missing_in_a_counted_file_are_seen(truth: Sound, tmp_path: Path) -> None:
    """A coder that writes a file, not a stream, goes back to put the count at its start."""
    path = tmp_path / "counted.mp3"
    path.write_bytes(wav.write(truth))
    ffmpeg.run("-i", str(path), "-ar", "24000", "-b:a", "64k", "-id3v2_version", "0", str(tmp_path / "out.mp3"))
    whole = (tmp_path / "out.mp3").read_bytes()
    assert b"Info" in whole[:192] and len(whole) % 192 == 0
    assert decoded(whole).seconds == pytest.approx(truth.seconds, abs=0.05)
    for missing in (10, 50, 100):
        with pytest.raises(DamagedError, match="coupé"):
            decoded(whole[: -192 * missing])


def test_damage_inside_is_refused_when_the_frames_are_lost(truth: Sound) -> None:
    whole = bytearray(mp3(truth, *GOOGLE))
    whole[192 * 40 : 192 * 40 + 4] = b"lost"
    with pytest.raises(DamagedError, match="abîmé"):
        decoded(bytes(whole))


def test_a_clipped_sound_is_refused_whatever_mp3_makes_of_its_flat_tops(truth: Sound) -> None:
    mono = [coded for name, coded in CODED.items() if name != "stereo"]  # it is mixed and resampled, ripples and all
    for gain in (30, 60, 200):
        values = numpy.frombuffer(truth.pcm, "<i2").astype(float) * gain
        clipped = Sound(values.clip(-32768, 32767).astype("<i2").tobytes(), truth.rate)
        for coded in mono:
            with pytest.raises(DamagedError, match="saturé"):
                decoded(coded(clipped))
    peak = numpy.abs(numpy.frombuffer(truth.pcm, "<i2").astype(float)).max()
    loud = numpy.frombuffer(truth.pcm, "<i2").astype(float) * (32767 / peak)
    for coded in CODED.values():
        assert not fault_of_sound(decoded(coded(Sound(loud.astype("<i2").tobytes(), truth.rate))))


@pytest.mark.parametrize("length", [0, 0xFFFFFFFF, 0x7FFFFFFF, 2_000_000_000])
def test_a_streamed_wav_is_taken_when_its_end_is_known(truth: Sound, length: int) -> None:
    data = bytearray(wav.write(truth))
    data[40:44] = length.to_bytes(4, "little")
    assert decoded(bytes(data)).seconds == pytest.approx(truth.seconds, abs=0.001)
    with pytest.raises(DamagedError, match="rien ne dit si le WAV est entier"):
        decoded(bytes(data), whole=False)


def test_files_end_to_end_are_refused_as_only_the_first_would_be_heard(truth: Sound) -> None:
    with pytest.raises(DamagedError, match="bout à bout"):
        decoded(wav.write(truth) * 2)


def test_words_marked_in_a_wav_do_no_harm(truth: Sound) -> None:
    marked = wav.write(Sound(truth.pcm, truth.rate, ((0, 100), (200, 300))))
    assert decoded(marked).seconds == pytest.approx(truth.seconds, abs=0.001)


@pytest.mark.parametrize("data", [b"", b"RIFF", b"ID3", b"\xff", b"\xff\xfb", b"<html></html>", b"{}", bytes(5000)])
def test_what_is_no_sound_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedError):
        decoded(data)


def test_random_bytes_are_refused() -> None:
    for seed in range(20):
        with pytest.raises(DamagedError):
            decoded(random.Random(seed).randbytes(5000))
        with pytest.raises(DamagedError):
            decoded(b"\xff\xf3\x84\xc4" + random.Random(seed).randbytes(5000))


def test_tempo_changes_the_length(file: bytes, truth: Sound) -> None:
    assert decoded(file, 1.25).seconds == pytest.approx(truth.seconds / 1.25, abs=0.12)
