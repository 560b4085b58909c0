"""The spoken word of absence: exactly as long as the slot, in the station's voice, and never a bulletin's failure."""

from __future__ import annotations

import json
import shutil
import socket
import wave
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import wavinfo
from mutagen import id3

from audionews.desk import absence, codec, voicing
from audionews.desk.absence import written
from audionews.desk.job import Job
from audionews.errors import AudionewsError
from audionews.model import Script
from audionews.publish import radio
from audionews.settings import parse
from audionews.sound.measure import measure
from tests.helpers import make_job, make_station
from tests.radio_samples import held
from tests.sound_samples import decode, tone, write_wav

WORDS = "Radio Essai. Le journal n’est pas prêt à cette heure. Vous le retrouverez à la prochaine édition."


def job_of(folder: Path, told: list[str] | None = None, **tables: Any) -> Job:
    table = {
        "station": {"name": "Radio Essai", "url": "https://radio.example"},
        "voice": {"engine": "silence"},
        "bulletin": {"slot": "0:20"},
        "broadcast": {"expired": "annonce"},
        "source": [{"kind": "folder", "path": "articles"}],
    }
    return make_job(folder, station=parse(table | tables, folder), say=(told if told is not None else []).append)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """Give a job whose absence has been made once, read by espeak, for a slot of 20 seconds."""
    job = job_of(make_station(tmp_path_factory.mktemp("spoken") / "station"), voice={"engine": "espeak"})
    assert absence.absence(job)
    return job


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_station(tmp_path / "station")


def file_of(job: Job, ending: str, name: str = "absence-20s") -> Path:
    return job.site / "broadcast" / f"{name}.{ending}"


def caches(job: Job) -> list[str]:
    return sorted(path.name for path in (job.output / "cache" / "absence").iterdir())


def silent_line() -> str:
    """Give the address of a server that refuses every call."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_it_is_exactly_as_long_as_the_slot(spoken: Job) -> None:
    with wave.open(str(file_of(spoken, "wav"))) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (48_000, 2, 3)
        assert sound.getnframes() == 20 * 48_000
    assert decode(file_of(spoken, "mp3")).shape[1] == pytest.approx(20 * 48_000, abs=20 * 48)


def test_it_meets_the_targets_of_a_bulletin(spoken: Job) -> None:
    for ending, loudness, within, peak in (("wav", -23.0, 0.2, -3.0), ("mp3", -16.0, 0.3, -1.0)):
        heard = measure(file_of(spoken, ending))
        assert heard.integrated == pytest.approx(loudness, abs=within)
        assert heard.true_peak <= peak


def test_it_says_the_words_in_the_stations_voice(spoken: Job) -> None:
    told = radio.record(spoken.site, "absence-20s")
    assert told and told["text"] == WORDS
    [key] = caches(spoken)
    script = codec.load(spoken.output / "cache" / "absence" / key / "3-script.json", Script)
    assert " ".join(one.text for one in script.segments) == WORDS
    assert script == written(spoken)
    assert (told["state"], told["duration_ms"], told["slot_ms"]) == ("absent", 20_000, 20_000)


def test_its_labels_say_that_it_is_no_bulletin_and_never_expires(spoken: Job) -> None:
    module: Any = id3
    tags = module.ID3(file_of(spoken, "mp3"))
    assert (tags["TIT2"].text, tags["TPE1"].text) == (["Pas de journal"], ["Radio Essai"])
    assert [one.sub_frames["TIT2"].text for one in tags.getall("CHAP")] == [["Pas de journal"]]
    assert "prêt à cette heure" in tags.getall("USLT")[0].text
    head = file_of(spoken, "wav").read_bytes()[:5000]
    cart = head[head.index(b"cart") + 8 :]
    assert cart[4:68].rstrip(b"\0") == b"Pas de journal"
    assert cart[132:196].rstrip(b"\0") == b"absence-20s"
    assert cart[470:488] == b"9999/12/3123:59:59"
    bext = wavinfo.WavInfoReader(str(file_of(spoken, "wav"))).bext
    assert bext.description.startswith("Pas de journal. Voix de synth")


def test_it_lies_under_one_address_whatever_the_slot(spoken: Job) -> None:
    for ending in ("wav", "mp3"):
        assert file_of(spoken, ending, "absence").samefile(file_of(spoken, ending))
    assert radio.whole(spoken.site, "absence")
    assert radio.absences(spoken.site) == {20_000: "absence-20s"}
    assert radio.dated(spoken.site) == ()


def test_done_again_no_voice_is_called_and_nothing_is_touched(spoken: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def called(*_arguments: Any) -> None:
        raise AssertionError("a voice was called")

    monkeypatch.setattr(voicing, "clips", called)
    before = {path: path.stat() for path in (spoken.site / "broadcast").iterdir()}
    tomorrow = replace(spoken, day=spoken.day.replace(day=8), now=spoken.now.replace(day=8))
    again = absence.absence(tomorrow)
    assert again == {kind: file_of(spoken, kind) for kind in ("wav", "mp3")}
    assert {path: path.stat() for path in (spoken.site / "broadcast").iterdir()} == before


def test_without_a_slot_it_lasts_as_long_as_its_words(folder: Path) -> None:
    job = job_of(folder, bulletin={}, broadcast={"expired": "annonce", "wav": False})
    made = absence.absence(job)
    assert made == {"mp3": file_of(job, "mp3", "absence-0s")}
    told = json.loads(file_of(job, "json", "absence-0s").read_text("utf-8"))
    assert 8_000 < told["duration_ms"] < 30_000
    assert (told["slot_ms"], [one["kind"] for one in told["files"]]) == (0, ["mp3"])
    assert "absence.wav" not in held(job.site)


def test_each_slot_has_its_own_and_what_nobody_needs_any_more_leaves_the_cache(folder: Path) -> None:
    editions = {"soir": {"title": "Journal du soir", "time": "19:00", "slot": "0:25"}}
    tables: dict[str, Any] = {"editions": editions, "broadcast": {"expired": "annonce", "wav": False}}
    job = job_of(folder, **tables)
    absence.absence(job)
    absence.absence(replace(job, edition="soir"))
    assert radio.absences(job.site) == {20_000: "absence-20s", 25_000: "absence-25s"}
    assert file_of(job, "mp3", "absence").samefile(file_of(job, "mp3", "absence-25s"))
    former = caches(job)
    assert len(former) == 2
    renamed = job_of(folder, **tables, station={"name": "Radio Neuve", "url": "https://radio.example"})
    absence.absence(renamed)
    assert len(caches(job)) == 1 and not set(caches(job)) & set(former)
    told = radio.record(job.site, "absence-20s")
    assert told and told["text"].startswith("Radio Neuve. ")


def test_a_station_that_wants_nothing_gets_nothing_and_what_it_had_leaves(folder: Path) -> None:
    assert absence.absence(job_of(folder, broadcast={"expired": "annonce", "wav": False}))
    quiet = job_of(folder, broadcast={"expired": "rien"})
    assert absence.absence(quiet) is None
    assert held(quiet.site) == {}


def test_a_stations_own_words_come_first(folder: Path) -> None:
    own = folder / "templates" / "bulletin" / "absence.txt.j2"
    own.parent.mkdir(parents=True)
    own.write_text("[fermeture]\nIci {{ station }}. Revenez plus tard.\n", "utf-8")
    assert [one.text for one in written(job_of(folder)).segments] == ["Ici Radio Essai.", "Revenez plus tard."]


def test_jingles_longer_than_the_slot_are_left_out(folder: Path) -> None:
    for name in ("jingle", "outro"):
        write_wav(folder / f"{name}.wav", tone(440, 11.5))
    sounds = {"jingle": "jingle.wav", "outro": "outro.wav", "light": False}
    job = job_of(folder, sound=sounds)
    assert absence.absence(job)
    with wave.open(str(file_of(job, "wav"))) as sound:
        assert sound.getnframes() == 20 * 48_000


# what goes wrong


@pytest.mark.parametrize(
    "text", ["[fermeture]\n{{ nobody }}", "[fermeture]\n{{", "[fermeture]\n", "Un mot.", "[fin]\nMot."]
)
def test_a_template_that_does_not_work_is_told_and_stops_nothing(folder: Path, text: str) -> None:
    own = folder / "templates" / "bulletin" / "absence.txt.j2"
    own.parent.mkdir(parents=True)
    own.write_text(text, "utf-8")
    told: list[str] = []
    assert absence.absence(job_of(folder, told)) is None
    [line] = told
    assert line.startswith("Attention, l’annonce « Pas de journal » n’a pas pu être faite : ")
    assert "\n" not in line


def distant(folder: Path, told: list[str], *ladder: str) -> Job:
    engines = {"openai": {"base_url": silent_line(), "tries": 1, "timeout": 2}}
    voice = {"engine": "openai", "name": "alloy", "ladder": list(ladder)}
    return job_of(folder, told, voice=voice, engines=engines, broadcast={"expired": "annonce", "wav": False})


def test_a_voice_that_fails_is_told_and_what_was_there_stays(folder: Path) -> None:
    assert absence.absence(job_of(folder, broadcast={"expired": "annonce", "wav": False}))
    told: list[str] = []
    before = held(folder / "output" / "site")
    assert absence.absence(distant(folder, told)) is None
    assert len(told) == 1 and "n’a pas pu être faite" in told[0]
    assert held(folder / "output" / "site") == before


def test_who_took_over_is_heard_until_the_wanted_voice_is_well_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = distant(folder, [], "espeak")
    assert absence.absence(job)
    [key] = caches(job)
    assert key.endswith(absence.PENDING)
    called = 0
    clips: Callable[..., None] = voicing.clips

    def counted(*arguments: Any) -> None:
        nonlocal called
        called += 1
        clips(*arguments)

    monkeypatch.setattr(voicing, "clips", counted)
    assert absence.absence(job)
    assert called == 1, "the wanted voice is asked again"
    assert caches(job) == [key]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), AudionewsError("Le disque est plein")])
def test_a_full_disk_is_told_and_stops_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def full(*_arguments: Any) -> None:
        raise error

    told: list[str] = []
    monkeypatch.setattr(voicing, "clips", full)
    job = job_of(folder, told)
    assert absence.absence(job) is None
    assert len(told) == 1
    assert caches(job) == []


def test_a_damaged_sound_of_the_cache_is_told_and_made_again(spoken: Job, tmp_path: Path) -> None:
    told: list[str] = []
    output = shutil.copytree(spoken.output, tmp_path / "output")
    job = replace(spoken, output=output, say=told.append)
    shutil.rmtree(job.site)
    [key] = caches(job)
    (job.output / "cache" / "absence" / key / "6-bulletin.mp3").write_bytes(b"half")
    assert absence.absence(job) is None
    assert "a changé depuis qu’il a été mesuré" in told[0]
    assert absence.absence(job)
    assert radio.whole(job.site, "absence-20s")
