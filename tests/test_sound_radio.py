"""Files for the air, read back by libraries that are not ours."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import wavinfo
from wave_chunk_parser.chunks import RiffChunk

from audionews.errors import AudionewsError
from audionews.model import Bulletin, Cue, Fit, Recording, Role, Script, Segment, Timeline, Track
from audionews.sound import encode
from audionews.sound.broadcast import CartLabel, head
from audionews.sound.master import survey
from audionews.sound.measure import measure
from audionews.sound.mix import Mix
from audionews.sound.notice import heard, lyrics, of_story, out_cue
from audionews.sound.radio import programme, stories
from audionews.sound.takes import doubled, take
from audionews.station import Broadcast
from tests.sound_samples import (
    BRIEF,
    NAME,
    NOTICE,
    SCRIPT,
    Room,
    Samples,
    finished,
    furnish,
    make_sounds,
    on,
    read_wav,
    silence,
)

LABEL = CartLabel(title="t", artist="a", cut_id="c", start=NOTICE.air, end=NOTICE.until, speech_ms=(0, 0))
MARKET = "Le marché a rouvert ce matin.\nLes commerçantes y reviennent peu à peu."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Room, Bulletin]:
    return finished(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def room(made: tuple[Room, Bulletin]) -> Room:
    return made[0]


@pytest.fixture(scope="module")
def files(made: tuple[Room, Bulletin]) -> list[Recording]:
    return [one for one in made[1].recordings if one.kind in {"broadcast", "story"}]


def info(path: Path) -> Any:
    return wavinfo.WavInfoReader(path, info_encoding="utf-8")


def cart(path: Path) -> Any:
    with path.open("rb") as stream:
        return RiffChunk.from_file(stream).get_chunk("cart")


# The box


def test_names_are_fixed_and_dated(files: list[Recording]) -> None:
    assert [one.path for one in files] == [
        f"6-broadcast/{NAME}.wav",
        f"6-broadcast/{NAME}-01-marche.wav",
        f"6-broadcast/{NAME}-02-route.wav",
    ]
    assert [one.story for one in files] == ["", "marche", "route"]
    assert {one.type for one in files} == {"audio/wav"}


def test_the_loudness_fields_say_what_the_meter_reads(room: Room, files: list[Recording]) -> None:
    for one in files:
        read, told = measure(room.run / one.path), info(room.run / one.path).bext
        assert told.version == 2
        for field, value in {
            "loudness_value": read.integrated,
            "loudness_range": read.range,
            "max_true_peak": read.true_peak,
            "max_momentary_loudness": read.momentary,
            "max_shortterm_loudness": read.short_term,
        }.items():
            assert getattr(told, field) == pytest.approx(value, abs=0.00501), (one.path, field)
        assert (one.loudness, one.true_peak) == (read.integrated, read.true_peak)


def test_each_file_meets_the_target_of_the_air(room: Room, files: list[Recording]) -> None:
    for one in files:
        read = measure(room.run / one.path)
        assert read.integrated == pytest.approx(-23.0, abs=0.2), one.path
        assert read.true_peak <= -3.0, one.path
        shape = info(room.run / one.path).fmt
        assert (shape.sample_rate, shape.channel_count, shape.bits_per_sample) == (48_000, 2, 24)
        assert one.duration_ms == read.duration_ms


def test_points_are_the_chapters(room: Room, files: list[Recording]) -> None:
    chapters = room.timeline.chapters
    assert info(room.run / files[0].path).cues.to_dict() == {
        number: {"frame": one.start_ms * 48, "label": " ".join(one.title.split())}  # no-break spaces do no good there
        for number, one in enumerate(chapters, 1)
    }
    assert len(chapters) == 4
    assert info(room.run / files[1].path).cues.to_dict() == {}


# The label


def test_the_label_of_the_programme(room: Room, files: list[Recording]) -> None:
    told = cart(room.run / files[0].path)
    assert told.title == "Journal du matin, samedi 7 juin 2025"
    assert (told.artist, told.cut_id, told.category) == ("Radio de demonstration", NAME, "NEWS")
    assert told.start_date == datetime(2025, 6, 7, 7, 0)
    assert told.end_date == datetime(2025, 6, 8, 7, 0)
    assert told.out_cue == "journal du matin. A demain !"
    assert info(room.run / files[0].path).bext.originator_ref == "demonstration-2025-06-07-matin"
    assert told.url == NOTICE.page
    first, last = room.voices()[0], room.voices()[-1]
    moments = {one.name: one.time for one in told.timers}
    assert moments["INTe"] == first.start_ms * 48
    assert moments["OUTs"] == (last.start_ms + last.duration_ms) * 48
    assert moments["AUDe"] == room.timeline.duration_ms * 48


def test_the_label_of_a_story(room: Room, files: list[Recording]) -> None:
    told = cart(room.run / files[1].path)
    assert told.title == 'A Segou, "le marche" rouvre'
    assert told.cut_id == f"{NAME}-01-marche"
    assert told.out_cue == "y reviennent peu a peu."
    assert told.tag_text == "Le marche a rouvert ce matin.\r\nLes commercantes y reviennent peu a peu.\r\n"
    assert (told.start_date, told.end_date) == (datetime(2025, 6, 7, 7, 0), datetime(2025, 6, 8, 7, 0))


# The sound


def level(sound: Samples, clip: Samples) -> float:
    return float(sound.astype(float) @ clip / (clip.astype(float) @ clip))


def test_the_programme_is_the_mix_to_the_sample(room: Room, files: list[Recording]) -> None:
    sound = read_wav(room.run / files[0].path)
    assert sound.shape == (2, room.timeline.duration_ms * 48)
    stories_only = [cue for cue in room.voices() if cue.segment.startswith("sujet")]
    gains = []
    for cue in stories_only:
        place = sound[:, cue.start_ms * 48 : (cue.start_ms + cue.duration_ms) * 48]
        clip = doubled(read_wav(room.run / cue.source)[0])
        gains.append(level(place[0], clip))
        assert np.array_equal(place[0], place[1])
        assert np.abs(place[0] - gains[-1] * clip).max() < 2**-22  # a step of 24 bits
    assert gains == pytest.approx([gains[0]] * 4, rel=1e-5)


def test_a_story_is_its_voice_alone_with_its_pauses(room: Room, files: list[Recording]) -> None:
    for one, slug in zip(files[1:], ("marche", "route"), strict=True):
        sound = read_wav(room.run / one.path)
        assert np.array_equal(sound[0], sound[1])
        cues = [cue for cue in room.voices() if cue.segment.startswith(f"sujet-{slug}")]
        begin = np.flatnonzero(sound[0])[0] / 48
        first = round(begin) - (round(begin) - 200) % 10
        spoken = np.zeros(sound.shape[1], bool)
        lead = 200 + (cues[0].start_ms - 200) % 10
        assert first == pytest.approx(lead, abs=10)
        for cue in cues:
            start = (lead + cue.start_ms - cues[0].start_ms) * 48
            clip = doubled(read_wav(room.run / cue.source)[0])
            place = sound[0, start : start + len(clip)]
            assert np.abs(place - level(place, clip) * clip).max() < 2**-22, cue.segment
            spoken[start : start + len(clip)] = True
        assert not sound[:, ~spoken].any()
        assert sound.shape[1] % 480 == 0
        assert 200 <= (sound.shape[1] - np.flatnonzero(spoken)[-1]) / 48 <= 211


def test_a_sheet_lies_beside_each_story(room: Room, files: list[Recording]) -> None:
    sheet = (room.run / files[1].path).with_suffix(".txt").read_text("utf-8")
    assert sheet == (
        "À Ségou, «\u00a0le marché\u00a0» rouvre\n"
        f"{NAME}-01-marche.wav, 0:06, −23,0 LUFS\n"
        "À l’antenne du 07/06/2025 07:00 au 08/06/2025 07:00\n"
        "Derniers mots : y reviennent peu à peu.\n"
        "\n"
        f"{MARKET}\n"
    )
    folder = room.run / "6-broadcast"
    assert sorted(path.suffix for path in folder.iterdir()) == [".txt", ".txt", ".wav", ".wav", ".wav"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Room:
    folder = tmp_path_factory.mktemp("small")
    return furnish(folder / "run", make_sounds(folder), script=BRIEF)


def aired(room: Room, choice: Broadcast, folder: Path) -> tuple[Path, Recording]:
    mix = room.mix()
    folder.mkdir()
    read = survey(mix, choice.loudness, choice.true_peak)
    made, _ = programme(mix, read, room.script, NOTICE, choice, False, folder)
    return folder / f"{NAME}.wav", made


def test_sixteen_bits_are_dithered_and_the_same_each_time(small: Room, tmp_path: Path) -> None:
    path, made = aired(small, Broadcast(bits=16), tmp_path / "a")
    again, _ = aired(small, Broadcast(bits=16), tmp_path / "b")
    assert path.read_bytes() == again.read_bytes()
    assert info(path).fmt.bits_per_sample == 16
    assert made.loudness == pytest.approx(-23.0, abs=0.2)
    fine = read_wav(aired(small, Broadcast(bits=24), tmp_path / "c")[0])
    off = read_wav(path) * 32768 - fine * 32767
    assert np.abs(off).max() < 2.0
    # Triangular noise of ±1 step and rounding: the deviation is √(1/6 + 1/12); and it does not follow the sound.
    assert off.std() == pytest.approx(math.sqrt(0.25), rel=0.05)
    assert abs(np.corrcoef(off[0], fine[0])[0, 1]) < 0.01


@pytest.mark.parametrize(("bits", "step"), [(16, 1.6 / 2**15), (24, 0.7 / 2**23)])
def test_samples_are_written_as_they_are_in_both_channels(tmp_path: Path, bits: int, step: float) -> None:
    """Full scale too: what is louder stays there, and does not turn over."""
    rng = np.random.default_rng(1)
    stereo = rng.uniform(-1, 1, (2, 4800)).astype(np.float32)
    mono = rng.uniform(-1, 1, (1, 2400)).astype(np.float32)
    loud = np.full((2, 480), 1.5, np.float32)
    frames = 4800 + 2400 + 480
    start = head(frames, bits, LABEL, (), None)
    encode.wav([stereo, mono, loud], tmp_path / "a.wav", bits, start)
    sound = read_wav(tmp_path / "a.wav")
    expected = np.concatenate([stereo, np.tile(mono, (2, 1)), np.ones((2, 480), np.float32)], axis=1)
    assert sound.shape == expected.shape
    assert np.abs(sound - expected).max() <= step + 2.0 ** (1 - bits)


@pytest.mark.parametrize("choice", [Broadcast(loudness=-24.0, true_peak=-2.0), Broadcast(loudness=-18.0, bits=16)])
def test_other_targets_are_met_too(small: Room, tmp_path: Path, choice: Broadcast) -> None:
    path, _ = aired(small, choice, tmp_path / "a")
    read = measure(path)
    assert read.integrated == pytest.approx(choice.loudness, abs=0.2)
    assert read.true_peak <= choice.true_peak
    assert info(path).bext.loudness_value == pytest.approx(read.integrated, abs=0.00501)


def test_a_story_at_the_very_start_begins_with_its_breath(small: Room, tmp_path: Path) -> None:
    (cue,) = small.voices()
    early = Timeline((replace(cue, start_ms=0),), cue.duration_ms, small.timeline.chapters)
    ((made, _),) = stories(small.mix(early), BRIEF, NOTICE, Broadcast(), tmp_path)
    sound = read_wav(tmp_path / Path(made.path).name)
    assert not sound[:, : 200 * 48].any()
    assert sound[:, 200 * 48 : 210 * 48].any()
    assert made.duration_ms == 2810


def test_a_story_whose_end_got_lost_is_refused(small: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the very start of the programme too, where the breath before it is longer than what lies before it."""
    (cue,) = small.voices()
    early = Timeline((replace(cue, start_ms=0),), cue.duration_ms, small.timeline.chapters)
    right, end = encode.wav, 200 + cue.duration_ms

    def deaf(blocks: Iterable[Samples], out: Path, bits: int, start: bytes) -> None:
        whole = np.concatenate(list(blocks), axis=1)
        whole[:, (end - 250) * 48 :] = 0
        right([whole], out, bits, start)

    monkeypatch.setattr(encode, "wav", deaf)
    with pytest.raises(AudionewsError, match=rf"{NAME}-01-marche\.wav est refusé : .*mot coupé à 2,60 s"):
        list(stories(small.mix(early), BRIEF, NOTICE, Broadcast(), tmp_path))


def test_a_story_read_faster_keeps_its_level_and_its_pauses(room: Room, tmp_path: Path) -> None:
    """And one that starts between two steps of 10 ms."""
    cues = [replace(cue, start_ms=cue.start_ms + 7, duration_ms=round(cue.duration_ms / 1.06)) for cue in room.voices()]
    faster = Timeline(tuple(cues), room.timeline.duration_ms, room.timeline.chapters, Fit(0, 0, tempo=1.06))
    mix = Mix(faster, take(faster, room.run, tmp_path), room.sounds)
    (tmp_path / "aired").mkdir()
    told = [one for one, _ in stories(mix, SCRIPT, NOTICE, Broadcast(), tmp_path / "aired")]
    assert [one.story for one in told] == ["marche", "route"]
    for one, (first, last) in zip(told, (cues[3:5], cues[5:7]), strict=True):
        read = measure(tmp_path / "aired" / Path(one.path).name)
        assert read.integrated == pytest.approx(-23.0, abs=0.2)
        length = last.start_ms + last.duration_ms - first.start_ms
        assert length + 400 <= read.duration_ms < length + 420


def test_a_voice_of_silence_has_a_programme_but_no_stories(tmp_path: Path) -> None:
    mute = furnish(tmp_path / "run", make_sounds(tmp_path), silence, BRIEF)
    made = mute.produce()
    assert [one.kind for one in made.recordings] == ["broadcast", "opus", "mp3", "voice-note"]
    assert made.recordings[0].loudness == pytest.approx(-23.0, abs=0.2)


# The words


def voiced(*names: str) -> Timeline:
    cues = tuple(Cue(Track.VOICE, 1000 * at, 900, f"4-clips/{name}.wav", name) for at, name in enumerate(names))
    return Timeline((Cue(Track.JINGLE, 0, 900, "jingle"), *cues), 10_000, ())


def test_only_what_is_heard_is_written_down(room: Room) -> None:
    short = replace(room.timeline, cues=tuple(on(room.timeline, Track.VOICE, Track.STING)[:5]))
    assert heard(SCRIPT, short) == (
        "Bonjour, voici les titres.",
        "Le marché rouvre ses portes.",
        "La route de Kati est coupée.",
        "Le marché a rouvert ce matin.",
        "Les commerçantes y reviennent peu à peu.",
    )
    assert lyrics(SCRIPT, room.timeline) == (
        "Bonjour, voici les titres.\n"
        "\n"
        "Le marché rouvre ses portes.\n"
        "\n"
        "La route de Kati est coupée.\n"
        "\n"
        f"{MARKET}\n"
        "\n"
        "La route est coupée à la sortie de Kati.\n"
        "Une déviation passe par le pont neuf.\n"
        "\n"
        "C’était le journal du matin. À demain\u00a0!"
    )


def test_headlines_and_reminders_are_not_part_of_a_story() -> None:
    segments = (
        Segment("titre-a", Role.HEADLINE, "Titre.", "a"),
        Segment("lien-1", Role.LINK, "En bref."),
        Segment("lien-b", Role.LINK, "Le sport.", "b"),
        Segment("breve-b", Role.BRIEF, "Une brève.", "b"),
        Segment("sujet-a", Role.STORY, "Un sujet.", "a"),
        Segment("source-a", Role.CREDIT, "À lire dans L’Essor.", "a"),
        Segment("rappel-a", Role.RECAP, "Le rappel.", "a"),
    )
    script = Script("x", "x", NOTICE.air.date(), segments)
    assert of_story(script, voiced(*(one.id for one in segments))) == {
        "b": ["lien-b", "breve-b"],
        "a": ["sujet-a", "source-a"],
    }
    assert of_story(script, voiced("titre-a", "rappel-a")) == {}


def test_the_last_five_words_are_waited_for() -> None:
    assert out_cue("C’était le journal du matin. À demain\u00a0!") == "journal du matin. À demain\u00a0!"
    assert out_cue("Il a dit\u202f: «\u00a0non\u00a0».\nC’est tout.") == "a dit\u202f: «\u00a0non\u00a0». C’est tout."
    assert out_cue("Fin.") == "Fin."
    assert out_cue("") == ""
