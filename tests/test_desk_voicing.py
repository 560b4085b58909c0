"""The stage of the clips in a real run: who reads, who takes over, what is told, and how large the cache stays."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from audionews.cli.build import build
from audionews.cli.inspect import show
from audionews.desk import codec, pipeline, registry, sounding, stages, voicing, workers
from audionews.desk.job import Job
from audionews.desk.workspace import Run, Workspace
from audionews.errors import AudionewsError, MissingExtraError, UsageError
from audionews.model import Clip, Script, Service
from audionews.settings import load, parse
from audionews.station import CacheChoice, Workers
from audionews.voices.cache import Cache
from audionews.voices.progress import Progress
from audionews.voices.work import Failure, Order, Threads
from tests.helpers import make_job, make_station

STATION = """
[station]
name = "Radio Essai"
url = "https://radio.example"
[voice]
engine = "diary"
ladder = ["espeak"]
[[presenter]]
name = "Awa"
[[presenter]]
name = "Issa"
engine = "distant"
voice = "fr+f3"
[[source]]
path = "articles"
name = "le journal L’Exemple"
"""
# Engines of a foreign package; each writes down what it is asked to read.
FOREIGN = '''
import os
from pathlib import Path

from audionews.errors import AudionewsError, MissingExtraError
from audionews.voices.espeak import Espeak

class Diary(Espeak):
    """Reads as espeak does."""
    name, version = "diary", "1"

    def speak(self, text):
        with open(os.environ["DIARY"], "a") as diary:
            diary.write(f"{self.label} {text}\\n")
        return super().speak(text)

class Distant(Diary):
    """Has an empty battery on one sentence."""
    name = "distant"

    def speak(self, text):
        sound = super().speak(text)
        if os.environ.get("REFUSED", "") in text:
            raise AudionewsError("Le service refuse cette phrase", "Réessayez demain")
        return sound

class Absent(Diary):
    name = "absent"

    def __init__(self, options, voice="", speed=1.0):
        raise MissingExtraError("absent n’est pas installé", "Installez-le")

class Unready(Diary):
    name = "unready"

    def __init__(self, options, voice="", speed=1.0):
        raise RuntimeError("no device")
'''
ENTRIES = """[audionews.voices]
diary = foreign_engines:Diary
distant = foreign_engines:Distant
absent = foreign_engines:Absent
unready = foreign_engines:Unready
broken = foreign_engines_that_are_gone:Gone
"""


@pytest.fixture(autouse=True)
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Install the foreign package, and give the file its engines write into."""
    package = tmp_path / "package"
    (package / "foreign_engines-1.dist-info").mkdir(parents=True)
    (package / "foreign_engines-1.dist-info" / "METADATA").write_text("Name: foreign-engines\nVersion: 1\n")
    (package / "foreign_engines-1.dist-info" / "entry_points.txt").write_text(ENTRIES)
    (package / "foreign_engines.py").write_text(FOREIGN)
    monkeypatch.syspath_prepend(str(package))
    monkeypatch.setenv("DIARY", str(tmp_path / "diary"))
    monkeypatch.setenv("REFUSED", "this is said by nobody")
    registry._entries.cache_clear()
    workers._engine.cache_clear()
    yield tmp_path / "diary"
    registry._entries.cache_clear()
    workers._engine.cache_clear()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a station whose script is written, and its jingles made."""
    folder = make_station(tmp_path_factory.mktemp("written") / "station")
    job = job_of(folder, {"name": "Awa"}, {"name": "Issa"}, voice={"engine": "espeak"})
    sounding.sounds(job)
    pipeline.build(job, last="script")
    return folder


@pytest.fixture
def folder(tmp_path: Path, written: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "station"))


def job_of(folder: Path, *presenters: dict[str, Any], **tables: Any) -> Job:
    table = {
        "station": {"name": "Radio Essai", "url": "https://radio.example"},
        "voice": {"engine": "diary", "ladder": ["espeak"]},
        "presenter": list(presenters),
        "source": [{"kind": "folder", "path": "articles", "name": "le journal L’Exemple"}],
    }
    return make_job(folder, station=parse(table | tables, folder))


def two(folder: Path, second: str = "distant", **tables: Any) -> Job:
    return job_of(folder, {"name": "Awa"}, {"name": "Issa", "engine": second, "voice": "fr+f3"}, **tables)


def clips_of(job: Job) -> tuple[Clip, ...]:
    return codec.load(job.run_folder / stages.CLIPS, tuple[Clip, ...])


def read_by(job: Job) -> dict[str, set[str]]:
    """Give the voices that each presenter's clips have."""
    presenters = {one.id: one.presenter for one in codec.load(job.run_folder / stages.SCRIPT, Script).segments}
    voices: dict[str, set[str]] = {}
    for clip in clips_of(job):
        name = job.station.presenters[presenters[clip.segment] - 1].name
        voices.setdefault(name, set()).add(clip.voice)
    return voices


def asked(diary: Path) -> list[str]:
    """Give what the foreign engines were asked to read: voice and text."""
    return diary.read_text("utf-8").splitlines() if diary.exists() else []


def refuse_last(job: Job, presenter: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """Have the distant engine refuse the last sentence a presenter reads; give its id."""
    pipeline.build(job, last="script")
    script = codec.load(job.run_folder / stages.SCRIPT, Script)
    theirs = [one for one in script.segments if one.text and one.presenter == presenter]
    assert len(theirs) > 2
    words = theirs[-1].text.split()
    monkeypatch.setenv("REFUSED", next(one for one in words if one.isalpha() and len(one) > 4))
    return theirs[-1].id


def named(*rows: tuple[str, str, str, str]) -> list[Service]:
    return [Service(*row) for row in rows]


def run_of(job: Job) -> Run:
    return Workspace(job.run_folder).run


# who has read


def test_a_full_service_is_written_down(folder: Path) -> None:
    job = two(folder)
    pipeline.build(job, last="clips")
    assert read_by(job) == {"Awa": {"diary:fr"}, "Issa": {"distant:fr+f3"}}
    assert run_of(job).grade == "full"
    assert run_of(job).voices == named(
        ("Awa", "diary:fr", "diary:fr", ""), ("Issa", "distant:fr+f3", "distant:fr+f3", "")
    )


@pytest.mark.parametrize(("engine", "voice"), [("silence", "silence:muette"), ("espeak", "espeak:fr")])
def test_one_presenter_reads_it_all_with_any_engine(folder: Path, engine: str, voice: str) -> None:
    job = job_of(folder, voice={"engine": engine})
    pipeline.build(job, last="clips")
    assert read_by(job) == {"Voix": {voice}}
    assert (run_of(job).grade, run_of(job).voices) == ("full", named(("Voix", voice, voice, "")))


def test_who_takes_over_reads_the_whole_bulletin_of_that_presenter_only(
    folder: Path, foreign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    job = replace(two(folder), say=told.append)
    refuse_last(job, 2, monkeypatch)
    pipeline.build(job, last="clips")
    assert read_by(job) == {"Awa": {"diary:fr"}, "Issa": {"espeak:fr+f3"}}
    assert run_of(job).grade == "degraded"
    assert run_of(job).voices == named(
        ("Awa", "diary:fr", "diary:fr", ""),
        ("Issa", "distant:fr+f3", "espeak:fr+f3", "Le service refuse cette phrase"),
    )
    assert (
        "Issa : espeak:fr+f3 a pris le relais de distant:fr+f3 pour tout le bulletin (Le service refuse cette phrase)."
        in told
    )
    firsts = [one for one in asked(foreign) if one.startswith("diary:")]
    assert len(firsts) == len(set(firsts)) == len({clip.spoken for clip in clips_of(job) if clip.voice == "diary:fr"})


def test_the_command_line_tells_who_took_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "station.toml").write_text(STATION, "utf-8")
    day = ["--station", str(folder / "station.toml"), "--date", "2025-06-07"]
    refuse_last(replace(make_job(folder), station=load(folder / "station.toml")), 2, monkeypatch)
    runner = CliRunner(mix_stderr=False)
    done = runner.invoke(build, day)
    assert done.exit_code == 0, done.exception
    line = "Issa : espeak:fr+f3, en secours de distant:fr+f3 (Le service refuse cette phrase)"
    assert "Voix     : Awa : diary:fr" in done.stdout.splitlines()
    assert f"Voix     : {line}" in done.stdout.splitlines()
    assert "Issa : espeak:fr+f3 a pris le relais de distant:fr+f3" in done.stderr
    shown = runner.invoke(show, day).stdout.splitlines()
    assert "voix       Awa : diary:fr" in shown and f"voix       {line}" in shown
    again = runner.invoke(build, day)
    assert f"Voix     : {line}" in again.stdout.splitlines() and again.stderr == ""  # nothing ran, and it is still said


def test_an_engine_that_is_well_again_reads_when_the_clips_are_made_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = two(folder)
    refuse_last(job, 2, monkeypatch)
    pipeline.build(job, last="clips")
    monkeypatch.setenv("REFUSED", "this is said by nobody")
    assert pipeline.build(job, last="clips") == []
    assert pipeline.build(job, first="clips", last="clips") == ["clips"]
    assert run_of(job).grade == "full" and read_by(job)["Issa"] == {"distant:fr+f3"}


def test_when_nobody_can_take_over_the_sentence_is_named_and_what_was_left_stands(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = two(folder, voice={"engine": "diary", "ladder": []})
    pipeline.build(job, last="clips")
    before = {path: path.read_bytes() for path in (job.run_folder / "4-clips").iterdir()}
    refuse_last(job, 2, monkeypatch)
    shutil.rmtree(job.output / "cache" / "voices")
    with pytest.raises(AudionewsError, match=r"Phrase [\w-]+ : Le service refuse cette phrase") as raised:
        pipeline.build(job, first="clips", last="clips")
    assert "Réessayez demain" in str(raised.value)
    assert {path: path.read_bytes() for path in (job.run_folder / "4-clips").iterdir()} == before
    assert run_of(job).stages["clips"].status == "failed"


# the ladder


def test_what_cannot_be_built_on_the_ladder_is_passed_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = two(folder, voice={"engine": "diary", "ladder": ["broken", "absent", "unready", "espeak:fr-ch", "silence"]})
    assert [one.label for one in voicing.ladder(job.station, 2)] == ["distant:fr+f3", "espeak:fr-ch", "silence:muette"]
    refuse_last(job, 2, monkeypatch)
    pipeline.build(job, last="clips")
    assert read_by(job)["Issa"] == {"espeak:fr-ch"}


def test_nobody_takes_over_from_themselves(folder: Path) -> None:
    job = job_of(folder, voice={"engine": "espeak", "name": "fr", "ladder": ["espeak", "espeak:fr", "espeak:fr-be"]})
    assert [one.label for one in voicing.ladder(job.station, 1)] == ["espeak:fr", "espeak:fr-be"]


def test_who_takes_over_reads_at_the_same_pace(folder: Path) -> None:
    job = job_of(folder, {"name": "Awa", "speed": 0.9})
    assert [one.speed for one in voicing.ladder(job.station, 1)] == [0.9, 0.9]


@pytest.mark.parametrize(("rung", "said"), [("espaek", "Essayez espeak"), ("espeak:nobody", "nobody")])
def test_a_slip_on_the_ladder_is_told_before_it_is_needed(folder: Path, rung: str, said: str) -> None:
    job = two(folder, voice={"engine": "diary", "ladder": [rung]})
    with pytest.raises(UsageError, match=said):
        pipeline.build(job, last="clips")


@pytest.mark.parametrize(
    ("engine", "kind", "said"),
    [
        ("absent", MissingExtraError, "Installez-le"),
        ("broken", AudionewsError, "foreign_engines_that_are_gone"),
        ("dairy", UsageError, "Essayez diary"),
    ],
)
def test_the_wanted_engine_must_be_there(folder: Path, engine: str, kind: type[AudionewsError], said: str) -> None:
    with pytest.raises(kind, match=said):
        voicing.engine(job_of(folder, voice={"engine": engine}).station)


# the workers


def test_as_many_threads_work_as_the_station_says() -> None:
    assert workers.hire(Workers(threads=3), print).count == 3  # type: ignore[attr-defined]
    here = workers.hire(Workers(), print)
    assert isinstance(here, Threads) and here.count == min(workers.MOST, len(os.sched_getaffinity(0)))


def test_an_engine_is_built_once_for_all_its_orders() -> None:
    first, second = (Order("espeak", "1", '{"pitch": 40}', "fr+f3", 1.05, text) for text in ("Un.", "Deux."))
    built = workers.engine_of(first)
    assert built is workers.engine_of(second)
    assert (built.label, built.speed, built.options.pitch) == ("espeak:fr+f3", 1.05, 40)


@pytest.mark.parametrize(
    ("engine", "said"),
    [
        ("absent", "absent n’est pas installé"),
        ("unready", "Le moteur unready n’a pas pu être préparé"),
        ("nope", "nope"),
    ],
)
def test_an_engine_that_cannot_be_built_here_is_a_failure(engine: str, said: str) -> None:
    asked_for = Order(engine, "1", '{"pitch": 50}', "fr", 1.0, "Un.")
    ((_, result),) = Threads(1, workers.engine_of).run([asked_for], lambda _one: False)
    assert isinstance(result, Failure) and said in result.message and result.hint


# what is in the cache


def test_nothing_is_read_twice_while_nothing_changes(folder: Path, foreign: Path) -> None:
    job = two(folder)
    pipeline.build(job, last="clips")
    before, clips = asked(foreign), clips_of(job)
    assert len(before) > 5
    assert pipeline.build(job, last="clips") == []
    shutil.rmtree(job.run_folder / "4-clips")
    assert pipeline.build(job, last="clips") == ["clips"]
    assert asked(foreign) == before and clips_of(job) == clips
    other = two(folder, workers={"threads": 1})
    assert pipeline.build(other, last="clips") == []  # who does the work changes nothing


def test_another_edition_takes_what_it_shares_with_the_first(folder: Path, foreign: Path) -> None:
    pipeline.build(two(folder), last="clips")
    before = asked(foreign)
    pipeline.build(replace(two(folder), edition="soir"), last="clips")
    new = asked(foreign)[len(before) :]
    assert new and not set(new) & set(before)


def test_only_what_is_heard_otherwise_is_read_again(folder: Path, foreign: Path) -> None:
    pipeline.build(two(folder), last="clips")
    before = asked(foreign)
    renamed = job_of(folder, {"name": "Awa Keïta"}, {"name": "Issa", "engine": "distant", "voice": "fr+f3"})
    assert "clips" in pipeline.build(renamed, last="clips")
    assert asked(foreign) == before and run_of(renamed).voices[0].presenter == "Awa Keïta"
    quicker = job_of(folder, {"name": "Awa", "speed": 1.1}, {"name": "Issa", "engine": "distant", "voice": "fr+f3"})
    pipeline.build(quicker, last="clips")
    assert {one.split(" ")[0] for one in asked(foreign)[len(before) :]} == {"diary:fr"}


def test_progress_is_told_by_the_run(folder: Path) -> None:
    told: list[Progress] = []
    job = replace(two(folder), progress=told.append)
    pipeline.build(job, last="clips")
    assert told[0].done == 0 and told[-1].done == told[-1].total == len({one.sha256 for one in clips_of(job)})
    assert told[-1].left_ms == 0 and told[-1].voices == "diary:fr, distant:fr+f3"


def old(job: Job, number: int) -> Path:
    """Put a clip of long ago into the cache; it is larger than a bulletin."""
    key, digest = f"{number:064x}", f"{number + 1000:064x}"
    path = job.output / "cache" / "voices" / key[:2] / f"{key}.{digest}.wav"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(6_000_000))
    os.utime(path, (number, number))
    return path


def small(job: Job, mb: int) -> Job:
    return replace(job, station=replace(job.station, cache=CacheChoice(mb)))


def test_the_cache_stays_within_its_size_and_the_oldest_leave(folder: Path) -> None:
    job = small(two(folder), 20)
    paths = [old(job, number) for number in range(1, 6)]
    pipeline.build(job, last="clips")
    cache = Cache(job.output / "cache" / "voices")
    assert cache.usage().bytes <= 20_000_000
    assert [path.exists() for path in paths] == [False, False, False, True, True]
    assert {one.sha256 for one in clips_of(job)} <= {one.sha256 for one in cache.listed()}


def test_no_clip_of_the_run_leaves_however_small_the_cache(folder: Path, foreign: Path) -> None:
    job = small(two(folder), 0)
    gone = old(job, 1)
    pipeline.build(job, last="clips")
    kept = {one.sha256 for one in Cache(job.output / "cache" / "voices").listed()}
    assert not gone.exists() and kept == {one.sha256 for one in clips_of(job)}
    before = asked(foreign)
    shutil.rmtree(job.run_folder / "4-clips")
    pipeline.build(job, last="clips")
    assert asked(foreign) == before


def test_a_run_in_which_nothing_is_voiced_removes_nothing(folder: Path) -> None:
    job = two(folder)
    pipeline.build(job, last="clips")
    path = old(job, 1)
    assert pipeline.build(small(job, 0), last="clips") == [] and path.exists()


def test_a_cache_that_cannot_be_made_smaller_stops_no_bulletin(folder: Path) -> None:
    told: list[str] = []
    job = replace(small(two(folder), 0), say=told.append)
    path = old(job, 1)
    path.unlink()
    path.mkdir()  # what cannot be removed as a file is
    pipeline.build(job, last="clips")
    assert run_of(job).stages["clips"].status == "done" and path.exists()
    (line,) = [one for one in told if "n’ont pas pu être ôtés" in one]
    assert str(job.output / "cache" / "voices") in line and "\n" not in line


def test_a_cache_that_cannot_be_written_is_told_and_stops_no_bulletin(folder: Path) -> None:
    told: list[str] = []
    job = replace(two(folder), say=told.append)
    (job.output / "cache").mkdir(parents=True, exist_ok=True)
    (job.output / "cache" / "voices").write_text("a file where a folder should be", "utf-8")
    pipeline.build(job, last="clips")
    assert read_by(job) == {"Awa": {"diary:fr"}, "Issa": {"distant:fr+f3"}}
    assert len([one for one in told if "ne peuvent pas être gardés" in one]) == 1
