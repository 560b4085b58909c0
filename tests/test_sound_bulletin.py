"""From clips to the tagged MP3: what is asserted is read from the file itself, decoded and measured."""

from __future__ import annotations

import hashlib
import math
import wave
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mutagen import id3
from numpy.typing import NDArray

from audionews import ffmpeg
from audionews.errors import AudionewsError
from audionews.model import Bulletin, Clip, Cue, Role, Script, Segment, Timeline, Track
from audionews.sound import jingles
from audionews.sound.bulletin import produce
from audionews.sound.master import master
from audionews.sound.measure import measure
from audionews.sound.mix import mix, write_stem
from audionews.sound.timeline import arrange
from audionews.station import Identity, SoundChoice, Station

Wave = NDArray[np.float64]
STATION = Station(folder=Path(), identity=Identity(name="Radio de démonstration"))
COVER = b"\xff\xd8\xff\xe0" + bytes(2000)
SEGMENTS = (
    Segment("ouverture-1-1", Role.OPENING, "Bonjour."),
    Segment("titre-a-1", Role.HEADLINE, "Titre.", "a"),
    Segment("titre-b-1", Role.HEADLINE, "Titre.", "b"),
    Segment("virgule-1", Role.STING),
    *(Segment(f"sujet-a-{number}", Role.STORY, "Phrase.", "a") for number in (1, 2)),
    Segment("virgule-2", Role.STING),
    *(Segment(f"sujet-b-{number}", Role.STORY, "Phrase.", "b") for number in (1, 2)),
    Segment("fermeture-1-1", Role.CLOSING, "Fin."),
)
SCRIPT = Script("2025-06-07-matin", "Journal du matin", date(2025, 6, 7), SEGMENTS)


def speech(duration_ms: int, seed: int) -> Wave:
    """Sound with the shape of speech: 24 kHz, a gliding voice of many harmonics in four syllables a second."""
    t = np.arange(duration_ms * 24) / 24_000
    pitch = 2 * np.pi * np.cumsum(190 + 25 * np.sin(2 * np.pi * 0.7 * t + seed)) / 24_000
    voice = sum((np.sin(n * pitch) / n for n in range(1, 18)), np.zeros(len(t)))
    hiss = np.random.default_rng(seed).standard_normal(len(t))
    syllable = np.abs(np.sin(2 * np.pi * 2.1 * t)) ** 1.5
    sound: Wave = (voice * syllable + 0.15 * hiss * (1 - syllable)) * 0.16
    return sound


def silence(duration_ms: int, _seed: int) -> Wave:
    return np.zeros(duration_ms * 24)


@dataclass(frozen=True)
class Room:
    """A run folder with its clips, and all that is needed to make its bulletin."""

    run: Path
    sounds: dict[str, Path]
    timeline: Timeline

    def produce(self, station: Station = STATION) -> Bulletin:
        return produce(
            SCRIPT,
            self.timeline,
            self.run,
            station,
            self.sounds,
            cover=COVER,
            comment="Sources : L’Essor.",
            title="Journal du matin, samedi 7 juin 2025",
        )


def write_wav(path: Path, sound: Wave, rate: int = 24_000) -> None:
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, rate, 0, "NONE", ""))
        out.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


def furnish(run: Path, sounds: dict[str, Path], voice: object = speech) -> Room:
    assert callable(voice)
    (run / "4-clips").mkdir(parents=True)
    clips = []
    for number, one in enumerate(one for one in SEGMENTS if one.role is not Role.STING):
        path, length = f"4-clips/{one.id}.wav", 2401 + 97 * number
        write_wav(run / path, voice(length, number))
        clips.append(Clip(one.id, path, length, one.text, "test", ""))
    titles = {"a": "Le marché rouvre", "b": "La route coupée"}
    return Room(run, sounds, arrange(SCRIPT, tuple(clips), jingles.lengths(sounds), titles))


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return jingles.render(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, sounds: dict[str, Path]) -> Room:
    return furnish(tmp_path_factory.mktemp("run") / "run", sounds)


@pytest.fixture(scope="module")
def made(room: Room) -> Bulletin:
    return room.produce()


@pytest.fixture
def fresh(tmp_path: Path, sounds: dict[str, Path]) -> Room:
    return furnish(tmp_path / "run", sounds)


def read_tags(path: Path) -> Any:
    module: Any = id3
    return module.ID3(path, translate=False)


def decode(path: Path) -> NDArray[np.int16]:
    raw, _ = ffmpeg.run("-i", str(path), "-map", "0:a", "-f", "s16le", "-ac", "2", "-")
    return np.frombuffer(raw, "<i2").reshape(-1, 2)


def mpeg_frames(content: bytes) -> Iterator[bytes]:
    """Walk the frames of a 44.1 kHz MPEG-1 layer III file after its ID3v2 tag, by their own headers."""
    place = 0
    if content.startswith(b"ID3"):
        size = content[6] << 21 | content[7] << 14 | content[8] << 7 | content[9]
        place = 10 + size
    rates = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    while place < len(content):
        head = content[place : place + 4]
        assert head[0] == 0xFF
        assert head[1] & 0xFE == 0xFA, "MPEG-1 layer III"
        assert head[2] >> 2 & 3 == 0, "44.1 kHz"
        length = 144_000 * rates[head[2] >> 4] // 44_100 + (head[2] >> 1 & 1)
        yield content[place : place + length]
        place += length


def test_the_mp3_meets_its_targets(room: Room, made: Bulletin) -> None:
    heard = measure(room.run / made.path)
    assert heard.integrated == pytest.approx(-16.0, abs=0.5)
    assert heard.true_peak <= -1.0
    assert (made.loudness, made.true_peak) == (heard.integrated, heard.true_peak)


def test_the_mp3_lasts_as_long_as_the_timeline(room: Room, made: Bulletin) -> None:
    assert made.duration_ms == pytest.approx(room.timeline.duration_ms, abs=20)
    assert len(decode(room.run / made.path)) / 44.1 == pytest.approx(room.timeline.duration_ms, abs=20)


def test_the_mp3_is_constant_128_stereo_with_its_gapless_header(room: Room, made: Bulletin) -> None:
    frames = list(mpeg_frames((room.run / made.path).read_bytes()))
    assert b"Info" in frames[0][:64]
    assert {frame[2] >> 4 for frame in frames} == {9}, "128 kbit/s"
    assert {frame[3] >> 6 for frame in frames} <= {0, 1}, "stereo or joint stereo"


def test_the_bulletin_tells_of_the_very_file(room: Room, made: Bulletin) -> None:
    content = (room.run / made.path).read_bytes()
    assert (made.path, made.bytes) == ("6-bulletin.mp3", len(content))
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    assert content[:4] == b"ID3\x03"
    assert made.chapters == room.timeline.chapters
    tags = read_tags(room.run / made.path)
    assert [one.sub_frames["TIT2"].text[0] for one in tags.getall("CHAP")] == [one.title for one in made.chapters]
    assert tags["TPE1"].text == ["Radio de démonstration"]


def test_two_runs_give_the_same_bytes_and_leave_nothing_else(room: Room, made: Bulletin, fresh: Room) -> None:
    assert fresh.produce() == made
    assert sorted(path.name for path in fresh.run.iterdir()) == ["4-clips", "6-bulletin.mp3"]


def test_the_words_are_heard_when_the_timeline_says(room: Room, made: Bulletin) -> None:
    """After each silence between stories the sound comes back within 12 ms of the cue."""
    mono = np.abs(decode(room.run / made.path).sum(axis=1).astype(np.int64))
    for name in ("sujet-a-2", "sujet-b-1", "sujet-b-2", "fermeture-1-1"):
        start = next(cue.start_ms for cue in room.timeline.cues if cue.segment == name)
        before = mono[round((start - 200) * 44.1) : round((start + 300) * 44.1)]
        onset = int(np.argmax(before > 600)) / 44.1 - 200
        assert -12 <= onset <= 12, name


def only(timeline: Timeline, track: Track) -> Timeline:
    return replace(timeline, cues=tuple(cue for cue in timeline.cues if cue.track is track))


def test_speech_is_at_least_15_lu_above_the_bed(room: Room, tmp_path: Path) -> None:
    voice = mix(only(room.timeline, Track.VOICE), room.run, room.sounds, tmp_path / "voice-only.wav")
    bed = mix(only(room.timeline, Track.BED), room.run, room.sounds, tmp_path / "bed-only.wav")
    assert voice.integrated == pytest.approx(-16.0, abs=0.3)
    assert -50 < bed.integrated <= voice.integrated - 15


def test_the_jingle_has_stepped_back_when_the_first_words_start(room: Room, tmp_path: Path) -> None:
    mix(only(room.timeline, Track.JINGLE), room.run, room.sounds, tmp_path / "jingle.wav")
    start = next(cue.start_ms for cue in room.timeline.cues if cue.track is Track.VOICE)
    ffmpeg.run("-ss", f"{start / 1000}", "-t", "1.2", "-i", str(tmp_path / "jingle.wav"), str(tmp_path / "a.wav"))
    assert measure(tmp_path / "a.wav").integrated <= -16.0 - 10


def test_a_bed_longer_than_its_sound_is_looped_and_faded(room: Room, tmp_path: Path) -> None:
    bed = Cue(Track.BED, 1000, 20_000, Track.BED, fade_in_ms=1000, fade_out_ms=1500)
    mix(Timeline((bed,), 23_000, ()), room.run, room.sounds, tmp_path / "bed.wav")
    sound = np.abs(decode(tmp_path / "bed.wav").astype(np.int64)).max(axis=1)
    second = [int(sound[start * 44_100 : (start + 1) * 44_100].max()) for start in range(23)]
    assert second[0] == second[21] == second[22] == 0
    assert min(second[2:19]) > 300
    assert second[20] < min(second[2:19])


def test_the_resampled_voice_has_no_images(room: Room, tmp_path: Path) -> None:
    """A 9 kHz tone at 24 kHz would come back at 15 kHz, 9 dB down, from a linear interpolation."""
    tone = 0.3 * np.sin(2 * np.pi * 9000 * np.arange(24_000) / 24_000)
    write_wav(tmp_path / "tone.wav", tone)
    cue = Cue(Track.VOICE, 0, 1000, "tone.wav", "tone")
    mix(Timeline((cue,), 1000, ()), tmp_path, room.sounds, tmp_path / "mix.wav")
    spectrum = np.abs(np.fft.rfft(decode(tmp_path / "mix.wav")[4410:-4410, 0] * np.blackman(35_280)))
    hz = np.fft.rfftfreq(35_280, 1 / 44_100)
    assert 20 * math.log10(spectrum[hz > 12_000].max() / spectrum.max()) < -80


@pytest.mark.parametrize("choice", [SoundChoice(-23.0, -3.0, 192), SoundChoice(-16.0, -1.0, 64)])
def test_other_targets_are_met_too(room: Room, tmp_path: Path, choice: SoundChoice) -> None:
    heard = master(room.timeline, room.run, room.sounds, choice, tmp_path / "a.mp3")
    assert heard.integrated == pytest.approx(choice.loudness, abs=0.3)
    assert heard.true_peak <= choice.true_peak


def test_peaky_speech_is_limited(tmp_path: Path, sounds: dict[str, Path]) -> None:
    def clicks(duration_ms: int, seed: int) -> Wave:
        sound = 0.05 * speech(duration_ms, seed)
        sound[::6000] = 0.9
        return sound

    peaky = furnish(tmp_path / "run", sounds, clicks)
    heard = master(peaky.timeline, peaky.run, sounds, SoundChoice(), tmp_path / "a.mp3")
    assert heard.integrated == pytest.approx(-16.0, abs=0.5)
    assert heard.true_peak <= -1.0


def test_a_bulletin_of_silent_clips_still_meets_its_targets(tmp_path: Path, sounds: dict[str, Path]) -> None:
    made = furnish(tmp_path / "run", sounds, silence).produce()
    assert made.loudness == pytest.approx(-16.0, abs=0.5)
    assert made.true_peak <= -1.0


def test_a_programme_of_pure_silence_is_refused(tmp_path: Path, sounds: dict[str, Path]) -> None:
    mute = furnish(tmp_path / "run", sounds, silence)
    timeline = only(mute.timeline, Track.VOICE)
    with pytest.raises(AudionewsError, match="silencieux"):
        master(timeline, mute.run, sounds, SoundChoice(), tmp_path / "a.mp3")


def test_targets_out_of_reach_are_told_with_the_figures_and_the_old_mp3_stays(fresh: Room) -> None:
    old = fresh.run / "6-bulletin.mp3"
    old.write_bytes(b"hier")
    loud = replace(STATION, sound=SoundChoice(loudness=-12.0, true_peak=-9.0))
    with pytest.raises(AudionewsError, match=r"mesure -1\d\.\d LUFS .* -12\.0 LUFS"):
        fresh.produce(loud)
    assert old.read_bytes() == b"hier"
    assert sorted(path.name for path in fresh.run.iterdir()) == ["4-clips", "6-bulletin.mp3"]


def test_the_stem_is_sample_exact(room: Room, tmp_path: Path) -> None:
    write_stem(room.timeline, room.run, tmp_path / "stem.wav")
    with wave.open(str(tmp_path / "stem.wav"), "rb") as stem:
        assert stem.getnframes() == room.timeline.duration_ms * 24
        content = stem.readframes(stem.getnframes())
    for cue in room.timeline.cues:
        if cue.track is Track.VOICE:
            with wave.open(str(room.run / cue.source), "rb") as clip:
                start = cue.start_ms * 48
                assert content[start : start + cue.duration_ms * 48] == clip.readframes(clip.getnframes())


def test_a_missing_clip_is_named(fresh: Room) -> None:
    (fresh.run / "4-clips/sujet-a-2.wav").unlink()
    with pytest.raises(AudionewsError, match=r"sujet-a-2\.wav .* manque") as caught:
        fresh.produce()
    assert "--from clips" in caught.value.hint


@pytest.mark.parametrize(("rate", "duration_ms", "what"), [(22_050, 2789, "24 kHz"), (24_000, 1000, "durée prévue")])
def test_a_clip_of_another_shape_is_named(fresh: Room, rate: int, duration_ms: int, what: str) -> None:
    write_wav(fresh.run / "4-clips/sujet-a-1.wav", speech(duration_ms, 1), rate)
    with pytest.raises(AudionewsError, match=rf"sujet-a-1\.wav .*{what}"):
        fresh.produce()


def test_two_voices_at_once_are_refused(fresh: Room, tmp_path: Path) -> None:
    first, second = [cue for cue in fresh.timeline.cues if cue.track is Track.VOICE][:2]
    crossed = replace(fresh.timeline, cues=(first, replace(second, start_ms=first.start_ms + 10)))
    with pytest.raises(AudionewsError, match="avant la fin du précédent"):
        write_stem(crossed, fresh.run, tmp_path / "stem.wav")
