"""The house's ears: each fault is heard where it was planted, and none in a file that has none."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen import oggopus

from audionews import ffmpeg
from audionews.model import Bulletin
from audionews.sound.container import container
from audionews.sound.ears import Item, Report, Words, listen
from audionews.sound.targets import LISTENABLE, broadcast, drifts, faults, podcast
from tests.sound_samples import NAME, RATE, Room, Samples, finished, read_wav, tone, write_wav

Change = Callable[[Samples], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Room, Bulletin]:
    return finished(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def room(made: tuple[Room, Bulletin]) -> Room:
    return made[0]


@pytest.fixture(scope="module")
def aired(room: Room) -> Path:
    return room.run / "6-broadcast" / f"{NAME}.wav"


@pytest.fixture(scope="module")
def good(aired: Path) -> Samples:
    sound = read_wav(aired)
    sound.setflags(write=False)
    return sound


@pytest.fixture(scope="module")
def items(room: Room) -> list[Item]:
    return [Item(one.title, one.start_ms, one.end_ms) for one in room.timeline.chapters]


@pytest.fixture(scope="module")
def said(room: Room, aired: Path) -> Words:
    """What should be heard in the file for the air: its one gain is read off the file itself."""
    takes = room.mix().takes
    cue = takes.cues[4]
    place = slice(cue.start_ms * 48, (cue.start_ms + cue.duration_ms) * 48)
    gain = np.abs(read_wav(aired)[0, place]).max() / np.abs(takes.read(cue)).max()
    spans = tuple((one.start_ms, one.start_ms + one.duration_ms) for one in takes.cues)
    return Words(spans, takes.energies * gain**2)


def spoilt(good: Samples, path: Path, change: Change) -> Path:
    sound = good.copy()
    change(sound)
    return write_wav(path, sound.astype(float), RATE)


def faded(sound: Samples, start_ms: int, end_ms: int, to: float = 0.0) -> None:
    """Turn a stretch down, softly on both sides: so that nothing but its level is wrong."""
    count, soft = (end_ms - start_ms) * 48, 960
    edge = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / soft)
    sound[:, start_ms * 48 : end_ms * 48] *= (1 - (1 - to) * edge).astype(np.float32)


# Nothing is wrong


def test_nothing_is_wrong_with_a_good_file(room: Room, made: tuple[Room, Bulletin], items: list[Item]) -> None:
    whole = room.timeline.duration_ms
    assert faults(listen(room.run / made[1].path, items), replace(podcast(), duration_ms=whole, chapters=4)) == ()
    for one in made[1].recordings:
        heard = listen(room.run / one.path)
        assert faults(heard) == (), one.path
        assert drifts(heard) == (), one.path


def test_nothing_is_wrong_with_the_file_for_the_air_nor_its_words(
    room: Room, aired: Path, items: list[Item], said: Words
) -> None:
    heard = listen(aired, items, said)
    assert faults(heard, replace(broadcast(), duration_ms=room.timeline.duration_ms, chapters=4)) == ()
    assert drifts(heard) == ()
    assert (heard.rate, heard.channels, heard.file.kind, heard.file.info) == (48_000, 2, "WAV", None)
    assert heard.mono > -3


# Flaws


def _clip(first: int, count: int, value: float = 1.0) -> Change:
    def change(sound: Samples) -> None:
        sound[0, first : first + count] = value

    return change


@pytest.mark.parametrize(
    ("first", "count", "heard"),
    [
        pytest.param(500_000, 3, 1, id="three samples"),
        pytest.param(500_000, 2, 0, id="two may be chance"),
        pytest.param(500_000, 400, 1, id="one long place"),
        pytest.param(239_999, 3, 1, id="over the end of a block of 5 s"),
        pytest.param(239_997, 3, 1, id="just before the end of a block"),
        pytest.param(240_000, 3, 1, id="at the start of a block"),
        pytest.param(238_000, 3000, 1, id="long, over the end of a block"),
        pytest.param(239_990, 240_020, 1, id="over a whole block"),
        pytest.param(0, 3, 1, id="at the start"),
        pytest.param(31_124 * 48 - 3, 3, 1, id="at the end"),
    ],
)
def test_runs_at_full_scale_are_counted(good: Samples, tmp_path: Path, first: int, count: int, heard: int) -> None:
    report = listen(spoilt(good, tmp_path / "a.wav", _clip(first, count)))
    assert report.clipped == heard
    assert faults(replace(report, cuts=(), dc=0.0)) == (("écrêté à 1 endroit",) if heard else ())


def test_clipping_is_told_with_how_often(good: Samples, tmp_path: Path) -> None:
    def change(sound: Samples) -> None:
        for at in range(12):
            sound[at % 2, 10_700 * 48 + 9000 * at :][:5] = (-1.0, 1.0)[at % 2]

    assert faults(listen(spoilt(good, tmp_path / "a.wav", change))) == ("écrêté à 12 endroits",)


def test_a_loud_tone_below_full_scale_is_not_clipped(tmp_path: Path) -> None:
    soft = np.minimum(1, np.minimum(np.arange(RATE), np.arange(RATE)[::-1]) / 2400)
    path = write_wav(tmp_path / "a.wav", np.tile(tone(100, 1.0, 0.9995) * soft, (2, 1)), RATE)
    assert faults(listen(path)) == ()


def test_a_silence_of_three_seconds_is_heard_in_its_place(good: Samples, tmp_path: Path) -> None:
    report = listen(spoilt(good, tmp_path / "a.wav", lambda sound: faded(sound, 11_990, 15_030)))
    assert report.silence_ms == pytest.approx(3000, abs=40)
    assert report.silence_at_ms == pytest.approx(12_000, abs=20)
    assert faults(report) == ("silence de 3,0 s à 12,0 s",)
    assert faults(report, replace(broadcast(), longest_silence_ms=0, loudness=report.loudness.integrated)) == ()


@pytest.mark.parametrize(("level", "silent"), [(-70.0, True), (-50.0, False)])
def test_the_hum_of_a_room_is_no_silence(good: Samples, tmp_path: Path, level: float, silent: bool) -> None:
    noise = 10 ** (level / 20) * np.random.default_rng(9).standard_normal(good.shape)

    def change(sound: Samples) -> None:
        faded(sound, 12_000, 15_000)
        sound += noise.astype(np.float32)

    assert ("silence de" in " ".join(faults(listen(spoilt(good, tmp_path / "a.wav", change))))) == silent


def test_a_pause_of_two_seconds_is_none(good: Samples, tmp_path: Path) -> None:
    assert faults(listen(spoilt(good, tmp_path / "a.wav", lambda sound: faded(sound, 12_000, 14_200)))) == ()


def test_silence_at_the_end_and_all_over_is_heard(tmp_path: Path, good: Samples) -> None:
    end = listen(spoilt(good, tmp_path / "a.wav", lambda sound: faded(sound, 27_000, 31_124)))
    assert (end.silence_ms + end.silence_at_ms) == pytest.approx(31_120, abs=20)
    mute = listen(write_wav(tmp_path / "b.wav", np.zeros((2, 4 * RATE)), RATE))
    assert (mute.silence_ms, mute.silence_at_ms) == (4000, 0)
    assert faults(mute, podcast()) == ("aucun son ne s’entend", "silence de 4,0 s à 0,0 s")


def _dc(sound: Samples) -> None:
    sound[1] += 0.01


def test_a_constant_part_is_heard_in_one_channel_too(good: Samples, tmp_path: Path) -> None:
    report = listen(spoilt(good, tmp_path / "a.wav", _dc))
    assert report.dc_db == pytest.approx(-40.0, abs=0.3)
    assert faults(report) == ("composante continue de −40,0 dB",)


@pytest.mark.parametrize("left", [0.0, 0.02])
@pytest.mark.parametrize("channel", [0, 1])
def test_a_dead_channel_is_heard(good: Samples, tmp_path: Path, channel: int, left: float) -> None:
    def change(sound: Samples) -> None:
        sound[channel] *= left

    report = listen(spoilt(good, tmp_path / "a.wav", change))
    assert report.dead
    assert faults(report) == ("une des deux voies est muette",)


def test_channels_against_each_other_are_heard(good: Samples, tmp_path: Path) -> None:
    def change(sound: Samples) -> None:
        sound[1, 12_000 * 48 : 16_000 * 48] *= -1

    report = listen(spoilt(good, tmp_path / "a.wav", change))
    assert report.mono < -20
    (fault,) = faults(report)
    assert fault.startswith("perd ") and fault.endswith(" dB en mono")


def test_two_channels_that_have_nothing_in_common_lose_three_decibels(tmp_path: Path) -> None:
    noise = 0.1 * np.random.default_rng(5).standard_normal((2, 6 * RATE))
    report = listen(write_wav(tmp_path / "a.wav", noise, RATE))
    assert report.mono == pytest.approx(-3.0, abs=0.2)
    assert faults(report) == ()


def test_one_channel_has_no_mono_to_lose(tmp_path: Path) -> None:
    report = listen(write_wav(tmp_path / "a.wav", tone(300, 4.0), RATE))
    assert (report.channels, report.mono, report.dead) == (1, 0.0, False)
    assert report.two_speakers == pytest.approx(report.loudness.integrated + 3.01, abs=0.01)


# Words


def cut_words(report: Report) -> tuple[str, ...]:
    """Give the faults, without what the level has to say of a missing clip."""
    return faults(report, replace(broadcast(), tolerance=9.0, longest_silence_ms=0))


@pytest.mark.parametrize("place", range(8))
def test_a_clip_that_is_left_out_is_heard(
    room: Room, good: Samples, said: Words, tmp_path: Path, place: int, items: list[Item]
) -> None:
    """Under music too: there the words are replaced by what sounds below them."""
    start, end = said.spans[place]
    music = np.concatenate(
        [np.zeros((2, one.voice.shape[1])) if one.music is None else one.music for one in room.mix().layers()], axis=1
    )

    def change(sound: Samples) -> None:
        sound[:, start * 48 : end * 48] = 10 ** (-7 / 20) * music[:, start * 48 : end * 48]

    report = listen(spoilt(good, tmp_path / "a.wav", change), items, said)
    assert {start, end} <= set(report.cuts)
    found = cut_words(report)
    assert f"mot coupé à {start / 1000:.2f} s".replace(".", ",") in found
    assert all(fault.startswith("mot coupé") for fault in found)


def test_a_clip_without_its_end_is_heard(good: Samples, said: Words, tmp_path: Path, items: list[Item]) -> None:
    _, end = said.spans[4]
    report = listen(spoilt(good, tmp_path / "a.wav", lambda sound: faded(sound, end - 300, end + 20)), items, said)
    assert cut_words(report) == (f"mot coupé à {end / 1000:.2f} s".replace(".", ","),)


def test_a_clip_without_its_start_is_heard(good: Samples, said: Words, tmp_path: Path, items: list[Item]) -> None:
    start, _ = said.spans[6]
    report = listen(spoilt(good, tmp_path / "a.wav", lambda sound: faded(sound, start - 20, start + 300)), items, said)
    assert cut_words(report) == (f"mot coupé à {start / 1000:.2f} s".replace(".", ","),)


def test_a_clip_in_another_place_is_heard(good: Samples, said: Words, tmp_path: Path, items: list[Item]) -> None:
    start, end = said.spans[4]

    def change(sound: Samples) -> None:
        clip = sound[:, start * 48 : end * 48].copy()
        sound[:, start * 48 : end * 48] = 0
        sound[:, (start - 300) * 48 : (end - 300) * 48] = clip

    report = listen(spoilt(good, tmp_path / "a.wav", change), items, said)
    assert end in report.cuts


def test_a_sudden_end_is_heard_without_knowing_the_words(good: Samples, tmp_path: Path) -> None:
    loud = int(np.abs(good[0, 14_000 * 48 : 15_000 * 48]).argmax()) + 14_000 * 48 + 24

    def change(sound: Samples) -> None:
        sound[:, loud : loud + 48_000] = 0

    report = listen(spoilt(good, tmp_path / "a.wav", change))
    (at,) = report.cuts
    assert at == pytest.approx(loud / 48, abs=4)
    assert faults(report) == (f"mot coupé à {at / 1000:.2f} s".replace(".", ","),)


def test_an_item_that_is_softer_is_named_but_not_refused(
    good: Samples, said: Words, tmp_path: Path, items: list[Item]
) -> None:
    soft = items[2]
    report = listen(
        spoilt(good, tmp_path / "a.wav", lambda sound: faded(sound, soft.start_ms, soft.end_ms, 10 ** (-3 / 20))),
        items,
        said,
    )
    (told,) = drifts(report)
    assert re.fullmatch(r"« La route coupée » est à −[23],\d LU du reste", told)
    assert dict(report.drifts)["La route coupée"] == pytest.approx(-2.6, abs=0.5)
    assert faults(report) == ()


# Targets


def test_the_level_and_the_peak_are_told_with_both_figures(good: Samples, tmp_path: Path) -> None:
    def louder(sound: Samples) -> None:
        sound *= 10 ** (0.5 / 20)

    report = listen(spoilt(good, tmp_path / "a.wav", louder))
    assert faults(report, broadcast()) == ("−22,5 LUFS au lieu de −23,0 ± 0,2",)
    assert faults(report, broadcast(-22.5)) == ()
    peak = report.loudness.true_peak
    (fault,) = faults(report, broadcast(-22.5, peak - 0.1))
    assert fault == f"crête de −{-peak:.1f} dBTP, au-dessus de −{0.1 - peak:.1f}".replace(".", ",")


def test_a_peak_between_samples_is_over_though_no_sample_is(tmp_path: Path) -> None:
    t = np.arange(4 * RATE)
    soft = np.minimum(1, np.minimum(t, t[::-1]) / 4800)
    sound = 0.8 * np.sin(np.pi / 2 * t + np.pi / 4) * soft  # samples at 0.57, −5 dB; the wave at 0.8, −1.9 dB
    report = listen(write_wav(tmp_path / "a.wav", np.tile(sound, (2, 1)), RATE))
    (fault,) = faults(report, broadcast(report.loudness.integrated))
    assert fault == "crête de −1,9 dBTP, au-dessus de −3,0"


def test_another_rate_is_told(aired: Path, tmp_path: Path) -> None:
    ffmpeg.run("-i", str(aired), "-ar", "22050", str(tmp_path / "a.wav"))
    assert "22050 Hz au lieu de 48000" in faults(listen(tmp_path / "a.wav"), broadcast())
    assert "22050 Hz au lieu de 44100 ou 48000" in faults(listen(tmp_path / "a.wav"), podcast())


@pytest.mark.parametrize(("missing", "wrong"), [(15, False), (50, True), (-50, True)])
def test_another_length_is_told(room: Room, good: Samples, tmp_path: Path, missing: int, wrong: bool) -> None:
    end = good.shape[1] - missing * 48
    sound = np.pad(good, ((0, 0), (0, max(0, -missing) * 48)))[:, :end]
    report = listen(write_wav(tmp_path / "a.wav", sound.astype(float), RATE))
    found = faults(report, replace(broadcast(), duration_ms=room.timeline.duration_ms))
    assert found == ((f"dure {31.124 - missing / 1000:.3f} s au lieu de 31.124 s",) if wrong else ())


def test_missing_chapters_are_told(good: Samples, tmp_path: Path) -> None:
    report = listen(write_wav(tmp_path / "a.wav", good.astype(float), RATE))
    assert faults(report, replace(broadcast(), chapters=4)) == ("0 chapitres dans le fichier au lieu de 4",)


def test_an_mp3_without_its_info_header_is_told(aired: Path, tmp_path: Path) -> None:
    for name, more in (("with.mp3", "1"), ("without.mp3", "0")):
        ffmpeg.run("-i", str(aired), "-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", more, str(tmp_path / name))
    assert faults(listen(tmp_path / "with.mp3")) == ()
    report = listen(tmp_path / "without.mp3")
    assert report.file.info is False
    assert "MP3 sans en-tête Info : durée et raccords faux dans les lecteurs" in faults(report)


def test_nothing_but_flaws_is_asked_of_any_file(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", np.tile(tone(300, 2.0, 0.01), (2, 1)), RATE)
    assert faults(listen(path), LISTENABLE) == ()


# Containers


def test_chapters_are_read_in_every_kind_of_file(room: Room, made: tuple[Room, Bulletin], aired: Path) -> None:
    expected = [(one.start_ms, one.end_ms, " ".join(one.title.split())) for one in room.timeline.chapters]
    kinds = {"broadcast": "WAV", "opus": "Ogg Opus", "mp3": "MP3"}
    files = [room.run / made[1].path, *(room.run / one.path for one in made[1].recordings if one.kind in kinds)]
    assert [container(path).kind for path in files] == ["MP3", "WAV", "Ogg Opus", "MP3"]
    for path in files:
        found = [(one.start_ms, one.end_ms, " ".join(one.title.split())) for one in container(path).chapters]
        assert found == expected, path
    (note,) = [room.run / one.path for one in made[1].recordings if one.kind == "voice-note"]
    assert container(note).chapters == ()


def test_chapters_that_make_no_sense_are_left_out(room: Room, made: tuple[Room, Bulletin], tmp_path: Path) -> None:
    """As any program may have written them."""
    module: Any = oggopus
    (opus,) = [room.run / one.path for one in made[1].recordings if one.kind == "opus"]
    for wrong in ("trois minutes", "1:2", "00:00:0x", "00:00:inf", "00:00:nan"):
        path = tmp_path / "a.opus"
        path.write_bytes(opus.read_bytes())
        tags = module.OggOpus(path)
        tags["CHAPTER002"] = wrong
        tags.save()
        assert [one.title for one in container(path).chapters] == [
            one.title for one in room.timeline.chapters if one.story != "marche"
        ]


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8))
def test_a_damaged_head_is_no_reason_to_fall(
    made: tuple[Room, Bulletin], tmp_path_factory: pytest.TempPathFactory, at: int, damage: bytes
) -> None:
    room, bulletin = made
    for source in (room.run / bulletin.path, room.run / "6-broadcast" / f"{NAME}.wav"):
        content = source.read_bytes()[:40_000]
        path = tmp_path_factory.getbasetemp() / f"damaged{source.suffix}"
        path.write_bytes(content[:at] + damage + content[at + len(damage) :])
        assert container(path).bytes == len(content)


def test_a_file_that_ends_in_its_head_is_no_reason_to_fall(aired: Path, tmp_path: Path) -> None:
    head = aired.read_bytes()[:4000]
    for count in range(0, head.index(b"data") + 8, 7):
        (tmp_path / "a.wav").write_bytes(head[:count])
        assert container(tmp_path / "a.wav").bytes == count


def test_a_file_of_no_known_kind_is_told_by_its_size(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_text("bonjour")
    assert container(tmp_path / "a.mp3") == replace(container(tmp_path / "a.mp3"), bytes=7, kind="", chapters=())
    assert container(tmp_path / "a.mp3").info is None


def test_the_files_own_chapters_are_compared_when_no_items_are_given(room: Room, aired: Path) -> None:
    told = [title for title, _ in listen(aired).drifts]
    assert told == [" ".join(one.title.split()) for one in room.timeline.chapters]
    short = [Item("bref", 11_000, 13_000), Item("long", 11_000, 16_000)]
    assert [title for title, _ in listen(aired, short).drifts] == ["long"]


def test_an_item_of_silence_has_no_loudness(tmp_path: Path) -> None:
    sound = np.zeros((2, 10 * RATE))
    sound[:, : 4 * RATE] = tone(300, 4.0)
    report = listen(write_wav(tmp_path / "a.wav", sound, RATE), [Item("a", 0, 5000), Item("b", 5000, 10_000)])
    assert [title for title, _ in report.drifts] == ["a"]
    assert math.isfinite(report.loudness.integrated)
