"""From clips to all the files of a bulletin: what is asserted is read from the files, decoded and measured."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import html
import io
import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import wavinfo
from mutagen import id3
from PIL import Image

from audionews import ffmpeg
from audionews.cli import main as program
from audionews.errors import DISK_FULL, AudionewsError
from audionews.french.typography import typeset
from audionews.model import Bulletin, Item, Place, Rundown, Sentence, Story, Track
from audionews.publish.episode import make_episode
from audionews.publish.render import clock, notes
from audionews.publish.transcript import chapters_json
from audionews.sound import ears, encode, light
from audionews.sound.ears import Report
from audionews.sound.measure import measure
from audionews.sound.takes import doubled
from audionews.station import Broadcast, SoundChoice
from tests.helpers import ROOT
from tests.sound_samples import (
    BRIEF,
    NAME,
    RATE,
    SCRIPT,
    STATION,
    TITLES,
    URLS,
    Room,
    Samples,
    clicks,
    decode,
    digests,
    finished,
    furnish,
    mpeg_frames,
    on,
    only,
    read_wav,
    silence,
    speech,
    tone,
    write_wav,
)

FILES = [
    f"6-broadcast/{NAME}-01-marche.txt",
    f"6-broadcast/{NAME}-01-marche.wav",
    f"6-broadcast/{NAME}-02-route.txt",
    f"6-broadcast/{NAME}-02-route.wav",
    f"6-broadcast/{NAME}.wav",
    "6-bulletin.mp3",
    "6-bulletin.png",
    f"6-light/{NAME}-24k.opus",
    f"6-light/{NAME}-48k.mp3",
    f"6-light/{NAME}-message.ogg",
]
MP3_ONLY = replace(STATION, sound=SoundChoice(light=False), broadcast=Broadcast(wav=False))
Mp3 = Iterable[Samples]


@pytest.fixture(scope="module")
def finished_room(tmp_path_factory: pytest.TempPathFactory) -> tuple[Room, Bulletin]:
    return finished(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def room(finished_room: tuple[Room, Bulletin]) -> Room:
    return finished_room[0]


@pytest.fixture(scope="module")
def made(finished_room: tuple[Room, Bulletin]) -> Bulletin:
    return finished_room[1]


@pytest.fixture
def fresh(tmp_path: Path, room: Room) -> Room:
    return furnish(tmp_path / "run", room.sounds)


@pytest.fixture
def brief(tmp_path: Path, room: Room) -> Room:
    return furnish(tmp_path / "run", room.sounds, script=BRIEF)


def read_tags(path: Path) -> Any:
    module: Any = id3
    return module.ID3(path, translate=False)


def ffmpeg_meter(path: Path) -> tuple[float, float]:
    """Loudness and true peak by a meter that is not ours."""
    _, log = ffmpeg.run(
        "-i", f"file:{path}", "-map", "0:a", "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"
    )
    summary = log.rpartition("Summary:")[2]
    found = [re.search(rf"{name}:\s+(-?[\d.]+)", summary) for name in ("I", "Peak")]
    integrated, peak = (float(one[1]) for one in found if one)
    return integrated, peak


def of_yesterday(run: Path) -> dict[str, str]:
    """Put files there as a former run left them."""
    for name in ("6-bulletin.mp3", "6-bulletin.png", "6-broadcast/hier.wav", "6-light/hier.opus", "6-light/hier.mp3"):
        (run / name).parent.mkdir(exist_ok=True)
        (run / name).write_bytes(f"hier {name}".encode() * 100)
    return digests(run)


# The files


def test_the_mp3_meets_its_targets(room: Room, made: Bulletin) -> None:
    heard = measure(room.run / made.path)
    assert heard.integrated == pytest.approx(-16.0, abs=0.3)
    assert heard.true_peak <= -1.0
    assert (made.loudness, made.true_peak) == (heard.integrated, heard.true_peak)
    theirs = ffmpeg_meter(room.run / made.path)
    assert theirs[0] == pytest.approx(-16.0, abs=0.3)
    assert theirs[1] <= -1.0


def test_the_file_for_the_air_meets_its_targets(room: Room, made: Bulletin) -> None:
    path = room.run / made.recordings[0].path
    heard, theirs = measure(path), ffmpeg_meter(path)
    for integrated, peak in ((heard.integrated, heard.true_peak), theirs):
        assert integrated == pytest.approx(-23.0, abs=0.2)
        assert peak <= -3.0


def test_each_file_lasts_as_long_as_the_timeline(room: Room, made: Bulletin) -> None:
    whole = room.timeline.duration_ms
    assert made.duration_ms == pytest.approx(whole, abs=20)
    assert decode(room.run / made.path).shape[1] / 48 == pytest.approx(whole, abs=20)
    assert read_wav(room.run / made.recordings[0].path).shape[1] == whole * 48


def test_the_mp3_is_constant_128_stereo_with_its_gapless_header(room: Room, made: Bulletin) -> None:
    frames = list(mpeg_frames((room.run / made.path).read_bytes()))
    assert b"Info" in frames[0][:64]
    assert {frame[1] >> 3 & 1 for frame in frames} == {1}, "MPEG-1: 48 kHz"
    assert {frame[2] >> 4 for frame in frames} == {9}, "128 kbit/s"
    assert {frame[3] >> 6 for frame in frames} <= {0, 1}, "stereo or joint stereo"


def test_the_bulletin_tells_of_the_very_files(room: Room, made: Bulletin) -> None:
    content = (room.run / made.path).read_bytes()
    assert (made.path, made.bytes) == ("6-bulletin.mp3", len(content))
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    assert content[:4] == b"ID3\x03"
    assert made.chapters == room.timeline.chapters
    assert read_tags(room.run / made.path)["TPE1"].text == ["Radio de démonstration"]
    assert [one.kind for one in made.recordings] == ["broadcast", "story", "story", "opus", "mp3", "voice-note"]
    for one in made.recordings:
        content = (room.run / one.path).read_bytes()
        assert (one.bytes, one.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_the_picture_lies_beside_them(room: Room, made: Bulletin) -> None:
    with Image.open(room.run / made.picture) as picture:
        assert (picture.format, picture.size) == ("PNG", (1600, 560))


def test_two_runs_give_the_same_bytes_and_leave_nothing_else(room: Room, made: Bulletin, fresh: Room) -> None:
    of_yesterday(fresh.run)
    assert fresh.produce() == made
    assert sorted(fresh.files()) == FILES
    assert fresh.files() == room.files()
    assert sorted(path.name for path in fresh.run.iterdir()) == [
        *("4-clips", "6-broadcast", "6-bulletin.mp3", "6-bulletin.png", "6-light")
    ]


def test_files_the_station_does_not_want_are_not_made_and_old_ones_leave(brief: Room) -> None:
    of_yesterday(brief.run)
    made = brief.produce(MP3_ONLY)
    assert made.recordings == ()
    assert sorted(brief.files()) == ["6-bulletin.mp3", "6-bulletin.png"]


# When what is heard


def test_words_are_heard_when_the_timeline_says(room: Room, made: Bulletin) -> None:
    """In the MP3 as in the file for the air: the sound of each clip is found at its cue, and comes in there."""
    for path, within in ((made.path, 12.0), (made.recordings[0].path, 0.021)):
        mono = decode(room.run / path).mean(axis=0)
        for cue in room.voices():
            clip = doubled(read_wav(room.run / cue.source)[0])
            start = cue.start_ms * 48
            place = mono[start - 2400 : start + 24_000]
            lag = int(np.correlate(place, clip[:21_600], "valid").argmax()) - 2400
            assert abs(lag) / 48 <= within, (path, cue.segment)
    quiet = [cue for cue in room.voices() if cue.segment in {"sujet-marche-1", "sujet-marche-2", "sujet-route-2"}]
    mono = np.abs(decode(room.run / made.path).mean(axis=0))
    for cue in quiet:
        before = mono[(cue.start_ms - 200) * 48 : (cue.start_ms + 300) * 48]
        assert np.argmax(before > 0.02) / 48 - 200 == pytest.approx(0, abs=12), cue.segment


# Other levels, other clips


@pytest.mark.parametrize(
    "choice",
    [
        SoundChoice(-23.0, -3.0, 192, light=False),
        SoundChoice(-16.0, -1.0, 64, light=False),
        SoundChoice(-14.0, -1.0, 160, light=False),
        SoundChoice(-19.0, -2.0, 96, light=False),
    ],
)
def test_other_targets_are_met_too(brief: Room, choice: SoundChoice) -> None:
    made = brief.produce(replace(MP3_ONLY, sound=choice))
    heard = measure(brief.run / made.path)
    assert heard.integrated == pytest.approx(choice.loudness, abs=0.3)
    assert heard.true_peak <= choice.true_peak
    frames = list(mpeg_frames((brief.run / made.path).read_bytes()))
    rates = {64: 5, 96: 7, 160: 10, 192: 11}
    assert {frame[2] >> 4 for frame in frames[1:]} == {rates[choice.bitrate]}


@pytest.fixture(scope="module")
def peaky(tmp_path_factory: pytest.TempPathFactory, room: Room) -> Room:
    return furnish(tmp_path_factory.mktemp("peaky") / "run", room.sounds, clicks, BRIEF)


def test_peaky_speech_is_limited(peaky: Room) -> None:
    made = peaky.produce()
    for path, loudness, within, ceiling in (
        (made.path, -16.0, 0.3, -1.0),
        *((one.path, -23.0, 0.2, -3.0) for one in made.recordings if one.type == "audio/wav"),
    ):
        heard = measure(peaky.run / path)
        assert heard.integrated == pytest.approx(loudness, abs=within), path
        assert heard.true_peak <= ceiling, path
    # It had something to do: the clip's own peaks stand higher above its loudness than the ceiling does.
    clip = measure(peaky.run / peaky.voices()[0].source)
    assert clip.true_peak - clip.integrated - 3.01 > -1.0 + 16.0 + 3


def test_a_bulletin_of_silent_clips_still_meets_its_targets(tmp_path: Path, room: Room) -> None:
    said: list[str] = []
    mute = furnish(tmp_path / "run", room.sounds, silence)
    made = mute.produce(say=said.append)
    assert made.loudness == pytest.approx(-16.0, abs=0.3)
    assert made.true_peak <= -1.0
    assert [one.kind for one in made.recordings] == ["broadcast", "opus", "mp3", "voice-note"]
    assert made.recordings[0].loudness == pytest.approx(-23.0, abs=0.2)


def test_a_programme_of_pure_silence_is_refused(tmp_path: Path, room: Room) -> None:
    mute = furnish(tmp_path / "run", room.sounds, silence)
    with pytest.raises(AudionewsError, match="silencieux") as caught:
        replace(mute, timeline=only(mute.timeline, Track.VOICE)).produce()
    assert "\n" not in str(caught.value)
    assert mute.files() == {}


def test_an_item_that_is_softer_than_the_rest_is_told_but_no_reason_to_stop(tmp_path: Path, room: Room) -> None:
    def uneven(duration_ms: int, number: int) -> Any:
        return speech(duration_ms, number) * (0.5 if number in {5, 6} else 1.0)

    said: list[str] = []
    furnish(tmp_path / "run", room.sounds, uneven).produce(MP3_ONLY, say=said.append)
    (line,) = said
    assert re.fullmatch(r"Attention, « La route coupée » est à −[4-6],\d LU du reste", line)


def test_music_that_drowns_the_words_is_refused_with_its_level(tmp_path: Path, room: Room) -> None:
    loud = dict(room.sounds)
    loud["bed"] = write_wav(tmp_path / "bed.wav", np.tile(tone(440, 6.0, 0.7), (2, 1)), RATE)
    drowned = furnish(tmp_path / "run", loud)
    with pytest.raises(AudionewsError, match=r"la parole n’est qu’à \d+,\d LU au-dessus de la musique"):
        drowned.produce()


# What cannot be


def test_targets_out_of_reach_are_told_with_the_figures_and_the_old_files_stay(fresh: Room) -> None:
    before = of_yesterday(fresh.run)
    loud = replace(STATION, sound=SoundChoice(loudness=-12.0, true_peak=-9.0))
    with pytest.raises(AudionewsError, match=r"Le MP3 est refusé : −1\d,\d LUFS au lieu de −12,0 ± 0,3") as caught:
        fresh.produce(loud)
    assert "[sound]" in caught.value.hint
    assert "\n" not in str(caught.value)
    assert digests(fresh.run) == before
    assert not list(fresh.run.glob("bulletin-*"))


def test_a_target_of_the_air_out_of_reach_is_told_by_the_name_of_the_file(peaky: Room, tmp_path: Path) -> None:
    with pytest.raises(AudionewsError, match=rf"Le fichier d’antenne {NAME}\.wav est refusé : −\d+,\d LUFS au lieu de"):
        furnish(tmp_path / "run", peaky.sounds, clicks, BRIEF).produce(
            replace(STATION, broadcast=Broadcast(loudness=-9.0, true_peak=-9.0))
        )


class Coder:
    """The MP3 encoder, off by some dB that may differ from one time to the next."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *off: float) -> None:
        self.right, self.off, self.calls = encode.mp3, off, 0
        monkeypatch.setattr(encode, "mp3", self)

    def __call__(self, blocks: Mp3, out: Path, kbps: int) -> None:
        gain = np.float32(10 ** (self.off[min(self.calls, len(self.off) - 1)] / 20))
        self.calls += 1
        self.right((one * gain for one in blocks), out, kbps)


@pytest.mark.parametrize("off", [-1.0, 1.0])
def test_a_level_that_coding_moved_is_corrected_once(brief: Room, monkeypatch: pytest.MonkeyPatch, off: float) -> None:
    coder = Coder(monkeypatch, off)
    made = brief.produce(MP3_ONLY)
    assert coder.calls == 2
    assert measure(brief.run / made.path).integrated == pytest.approx(-16.0, abs=0.1)


def test_a_level_that_is_right_is_left_alone(brief: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    coder = Coder(monkeypatch, 0.0)
    brief.produce(MP3_ONLY)
    assert coder.calls == 1


def test_a_level_that_cannot_be_corrected_is_refused_with_the_figures(
    brief: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = of_yesterday(brief.run)
    coder = Coder(monkeypatch, -1.0, -2.0)
    with pytest.raises(AudionewsError, match=r"Le MP3 est refusé : −17,0 LUFS au lieu de −16,0 ± 0,3"):
        brief.produce(MP3_ONLY)
    assert coder.calls == 2
    assert digests(brief.run) == before


def test_peaks_that_coding_raised_are_corrected_too(peaky: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    right, calls = encode.mp3, []

    def sharp(blocks: Mp3, out: Path, kbps: int) -> None:
        calls.append(out)
        right((np.where(np.abs(one) > 0.6, one * np.float32(1.2), one) for one in blocks), out, kbps)

    monkeypatch.setattr(encode, "mp3", sharp)
    made = peaky.produce(MP3_ONLY)
    assert len(calls) == 2
    assert measure(peaky.run / made.path).true_peak <= -1.0
    assert made.loudness == pytest.approx(-16.0, abs=0.3)


def test_a_word_that_got_lost_on_the_way_is_heard(fresh: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    right = encode.mp3
    lost = fresh.voices()[6]
    end = lost.start_ms + lost.duration_ms

    def deaf(blocks: Mp3, out: Path, kbps: int) -> None:
        whole = np.concatenate([np.broadcast_to(one, (2, one.shape[1])) for one in blocks], axis=1)
        whole[:, (end - 300) * 48 : end * 48] = 0
        right([whole], out, kbps)

    monkeypatch.setattr(encode, "mp3", deaf)
    with pytest.raises(AudionewsError, match=f"mot coupé à {end / 1000:.2f} s".replace(".", ",")):
        fresh.produce(MP3_ONLY)


def test_a_missing_clip_is_named_and_the_old_files_stay(fresh: Room) -> None:
    (fresh.run / "4-clips/sujet-marche-2.wav").unlink()
    before = of_yesterday(fresh.run)
    with pytest.raises(AudionewsError, match=r"sujet-marche-2\.wav .* manque") as caught:
        fresh.produce()
    assert "--from clips" in caught.value.hint
    assert digests(fresh.run) == before


# Chapters


def test_chapters_agree_wherever_they_are_told(room: Room, made: Bulletin) -> None:
    """One timing: the MP3, the file for the air, the JSON chapters of the feed and the notes of the episode."""
    items = tuple(
        Item(Place.STORY, Story(slug, slug, title, "", (Sentence("Une phrase."),), url=URLS.get(slug, "")))
        for slug, title in TITLES.items()
    )
    rundown = Rundown(SCRIPT.bulletin_id, SCRIPT.date, "matin", "journal", SCRIPT.title, items)
    published = datetime(2025, 6, 7, 7, tzinfo=UTC)
    episode = make_episode(rundown, SCRIPT, room.clips, room.timeline, made, STATION, published)

    tags = read_tags(room.run / made.path)
    (contents,) = tags.getall("CTOC")
    in_mp3 = [tags[f"CHAP:{name}"] for name in contents.child_element_ids]
    starts = [one.start_time for one in in_mp3]
    titles = [typeset(str(one.sub_frames["TIT2"])) for one in in_mp3]
    assert [one.end_time for one in in_mp3] == [*starts[1:], room.timeline.duration_ms]
    assert [one.start_ms for one in room.timeline.chapters] == starts

    in_json = json.loads(chapters_json(episode, STATION))["chapters"]
    assert [one["startTime"] for one in in_json] == [start / 1000 for start in starts]
    assert [one["title"] for one in in_json] == titles
    assert [one.get("url") for one in in_json] == [None, URLS["marche"], None, None]

    told = re.findall(r"<li>(\d+:\d\d)(?:&nbsp;|\u00a0)– ([^<]*?)(?: \(.*)?</li>", notes(episode, STATION))
    assert [(at, html.unescape(title)) for at, title in told] == [
        (clock(start), title) for start, title in zip(starts[1:3], titles[1:3], strict=True)
    ]

    points = wavinfo.WavInfoReader(room.run / made.recordings[0].path).cues.to_dict().values()
    assert [one["frame"] for one in points] == [start * 48 for start in starts]


def test_the_script_is_in_the_mp3(room: Room, made: Bulletin) -> None:
    text = read_tags(room.run / made.path)["USLT::fra"].text
    assert text.split("\n")[0] == "Bonjour, voici les titres."
    assert text.split("\n")[-1] == "C’était le journal du matin. À demain\u00a0!"
    assert all(one.text in text for one in SCRIPT.segments)


# A disk that fills up


class FullDisk:
    """Lets so many writes through, of ours and of ffmpeg; then there is no room left for any."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, run: Path, room: float = math.inf) -> None:
        self.run, self.room, self.writes = str(run), room, 0
        self.open, self.fsync, self.mkdir = io.open, os.fsync, os.mkdir
        self.feed, self.ffmpeg = ffmpeg.feed, ffmpeg.run
        monkeypatch.setattr(io, "open", self._open)
        monkeypatch.setattr(os, "fsync", lambda number: self.fits() and self.fsync(number))
        monkeypatch.setattr(os, "mkdir", lambda *given, **more: self.fits() and self.mkdir(*given, **more))
        monkeypatch.setattr(ffmpeg, "feed", lambda *given, chunks: self.feed(*self._out(given), chunks=chunks))
        monkeypatch.setattr(ffmpeg, "run", lambda *given: self.ffmpeg(*self._out(given)))

    def _full(self) -> bool:
        self.writes += 1
        return self.writes > self.room

    def fits(self) -> bool:
        if self._full():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return True

    def _open(self, path: Any, mode: str = "r", *given: Any, **more: Any) -> Any:
        stream = self.open(path, mode, *given, **more)
        if not str(path).startswith(self.run) or not set(mode) & set("wax+"):
            return stream
        return Scarce(self, stream)

    def _out(self, arguments: tuple[str, ...]) -> list[str]:
        """Let ffmpeg itself run into the full disk, at each of its files that does not fit any more."""
        return [
            "/dev/full" if one.startswith("file:") and before != "-i" and self._full() else one
            for before, one in zip(("", *arguments), arguments, strict=False)
        ]


class Scarce(contextlib.AbstractContextManager[Any]):
    """A file on that disk."""

    def __init__(self, disk: FullDisk, stream: Any) -> None:
        self.disk, self.stream = disk, stream

    def write(self, data: Any) -> Any:
        return self.disk.fits() and self.stream.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def __exit__(self, *_: object) -> None:
        self.stream.close()


@contextlib.contextmanager
def heard_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Report]]:
    """Listen to the same bytes only once: what matters here is whether they are there."""
    kept: dict[str, Report] = {}
    listen = ears.listen

    def remembered(path: Path, *given: Any) -> Report:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest not in kept:
            kept[digest] = listen(path, *given)
        return kept[digest]

    with monkeypatch.context() as patch:
        patch.setattr(ears, "listen", remembered)
        patch.setattr(light, "listen", remembered)
        yield kept


def told(room: Room, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Make the bulletin as the command does, and give what it says of its failure."""
    with monkeypatch.context() as patch:
        patch.setattr(program.cli, "main", lambda **_: room.produce())
        with pytest.raises(SystemExit) as ended:
            program.main([])
    said = capsys.readouterr()
    assert said.out == ""
    assert bool(said.err) == bool(ended.value.code)
    return said.err


def test_a_disk_that_is_full_at_any_write_leaves_what_was_there(
    brief: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = of_yesterday(brief.run)
    whole = furnish(tmp_path / "whole", brief.sounds, script=BRIEF)
    line = f"Erreur : {AudionewsError(*DISK_FULL)}\n"
    with heard_before(monkeypatch):
        with monkeypatch.context() as patch:
            disk = FullDisk(patch, whole.run)
            assert told(whole, patch, capsys) == ""
        assert disk.writes > 25
        for room in range(disk.writes):
            with monkeypatch.context() as patch:
                FullDisk(patch, brief.run, room)
                assert told(brief, patch, capsys) == line, f"write {room + 1}"
            assert digests(brief.run) == before, f"write {room + 1}"
            assert not list(brief.run.glob("bulletin-*"))
        # With room for the last one too, all is new.
        with monkeypatch.context() as patch:
            FullDisk(patch, brief.run, disk.writes)
            assert told(brief, patch, capsys) == ""
    assert brief.files() == whole.files()


SMALL_DISK = """
import contextlib, io, json, subprocess, sys
from pathlib import Path

from audionews.cli import main as program
from tests.sound_samples import BRIEF, digests, furnish, make_sounds
from tests.test_sound_bulletin import of_yesterday

disk, sounds = Path(sys.argv[1]), Path(sys.argv[2])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "none", disk], check=True)
room = furnish(disk / "run", make_sounds(sounds), script=BRIEF)
before = of_yesterday(room.run)
used = int(subprocess.run(["df", "--output=used", disk], capture_output=True, check=True).stdout.split()[1])
program.cli.main = lambda **_: room.produce()
for free in json.loads(sys.argv[3]):
    subprocess.run(["mount", "-o", f"remount,size={used + free}k", disk], check=True)
    code = 0
    with contextlib.redirect_stderr(io.StringIO()) as said:
        try:
            program.main([])
        except SystemExit as ended:
            code = ended.code
    same = digests(room.run) == before and not list(room.run.glob("bulletin-*"))
    print(json.dumps([free, code, said.getvalue(), same]), flush=True)
"""


def test_a_real_disk_that_fills_up_leaves_what_was_there(tmp_path: Path) -> None:
    """A file system of a few MB, seen by one process alone: where that may be had, as on most systems."""
    private = ["unshare", "--user", "--map-root-user", "--mount"]
    for name in ("disk", "sounds"):
        (tmp_path / name).mkdir()
    try:
        mounting = [*private, "mount", "-t", "tmpfs", "none", str(tmp_path / "disk")]
        subprocess.run(mounting, check=True, capture_output=True, timeout=30)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no file systems of one's own here; the test before this one fails each write in turn")
    kilobytes = [4, 60, 300, 1500, 2400, 16_000]
    done = subprocess.run(
        [*private, sys.executable, "-c", SMALL_DISK, tmp_path / "disk", tmp_path / "sounds", json.dumps(kilobytes)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [free for free, *_ in rows] == kilobytes
    *full, last = rows
    for free, code, said, same in full:
        assert (code, said) == (1, f"Erreur : {AudionewsError(*DISK_FULL)}\n"), free
        assert same, free
    assert last[1:] == [0, "", False]  # there was room for it all


def test_the_jingle_of_the_samples_is_where_it_should_be(room: Room) -> None:
    """The programme these tests are made with has one of everything."""
    assert [len(on(room.timeline, track)) for track in Track] == [8, 1, 1, 2, 1]
