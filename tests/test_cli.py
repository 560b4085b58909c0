"""The command line as a user types it: exit codes, one-line errors, data on stdout."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from audionews import settings
from audionews import station as station_tables
from audionews.cli import init
from audionews.cli import job as jobs
from audionews.desk import lock, registry
from audionews.errors import UsageError
from audionews.station import Condense, Edition, SourceTable
from tests.helpers import DAY, make_station

STATION = """
[station]
name = "Radio Essai"
[voice]
engine = "silence"
[[source]]
path = "articles"
name = "le journal L’Exemple"
"""
# Keys of the commented station whose value shows how to write one; all others show the default.
EXAMPLES = {
    *("name", "slug", "author", "copyright", "cover", "jingle", "sting", "bed", "outro"),
    *("location", "geo", "osm", "country", "license"),
    *("words_per_minute", "slot", "key", "tempo", "dask", "topics", "themes", "places", "sources", "base_url", "model"),
}


def audionews(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "audionews", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def station(tmp_path: Path) -> Path:
    folder = make_station(tmp_path / "station")
    (folder / "station.toml").write_text(STATION, "utf-8")
    return folder


def test_build_then_show(station: Path) -> None:
    built = audionews("build", "--date", "2025-06-07", cwd=station)
    assert built.returncode == 0, built.stderr
    assert [line.split(":")[0].strip() for line in built.stdout.splitlines()] == [
        "Bulletin",
        "Durée",
        "Niveau",
        "Voix",
        "Antenne",
        "Flux",
        "Page",
    ]
    sound = Path(built.stdout.splitlines()[0].partition(":")[2].strip())
    assert sound.is_file()
    state = audionews("show", "--date", "2025-06-07", cwd=station)
    assert state.stdout.count("faite") == 7
    for stage in ("articles", "rundown", "script", "clips", "timeline", "bulletin", "episode"):
        shown = audionews("show", stage, "--date", "2025-06-07", cwd=station)
        assert shown.returncode == 0 and shown.stdout.strip(), shown.stderr
    spoken = audionews("show", "script", "--spoken", "--date", "2025-06-07", cwd=station).stdout
    assert "samedi sept juin" in spoken
    assert not any(one.isdigit() for one in spoken)


def test_a_slot_is_kept_to_the_millisecond_and_told(station: Path) -> None:
    options = ("build", "--date", "2025-06-07", "--until", "timeline", "--slot")
    built = audionews(*options, "1:30", cwd=station)
    assert built.returncode == 0, built.stderr
    run = station / "output" / "runs" / "2025-06-07-matin"
    placed = json.loads((run / "5-timeline.json").read_text("utf-8"))
    assert placed["duration_ms"] == placed["fit"]["asked_ms"] == 90_000
    assert json.loads((run / "run.json").read_text("utf-8"))["slot"] == placed["fit"]
    assert "Créneau : 1:30, " in built.stderr
    for stage in ((), ("timeline",)):
        assert "1:30, " in audionews("show", *stage, "--date", "2025-06-07", cwd=station).stdout
    audionews(*options[:-1], cwd=station)
    assert json.loads((run / "run.json").read_text("utf-8"))["slot"] is None


def test_a_station_may_say_that_its_slot_is_not_filled(station: Path) -> None:
    (station / "station.toml").write_text('[bulletin]\nslot = "20:00"\nshort = "dire"\n' + STATION, "utf-8")
    built = audionews("build", "--date", "2025-06-07", "--until", "timeline", cwd=station)
    assert re.search(r"Il manque 1\d{3} s pour remplir le créneau de 20:00", built.stderr)


def test_the_slot_of_the_command_line_is_that_of_every_edition() -> None:
    given = settings.parse({"editions": {"soir": {"title": "Le soir", "time": "19:00", "slot": "10:00"}}}, Path("/x"))
    assert [jobs.with_slot(given, "3:00").slot_ms(name) for name in ("matin", "soir")] == [180_000, 180_000]
    assert jobs.with_slot(given, None) is given
    with pytest.raises(UsageError, match="3 minutes"):
        jobs.with_slot(given, "3 minutes")


def test_articles_on_the_command_line_need_no_station(station: Path, tmp_path: Path) -> None:
    (station / "station.toml").unlink()
    articles = [str(path) for path in sorted((station / "articles").iterdir())]
    built = audionews(
        "build",
        *articles,
        "--date",
        "2025-06-07",
        "--voice",
        "silence",
        "--until",
        "script",
        "--output",
        "o",
        cwd=tmp_path,
    )
    assert built.returncode == 0, built.stderr
    text = (tmp_path / "o" / "runs" / "2025-06-07-matin" / "3-script.txt").read_text("utf-8")
    assert "pompe neuve" in text and "Coupe du cercle" in text
    assert str(tmp_path / "o" / "runs" / "2025-06-07-matin" / "3-script.txt") in built.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["build", "--date", "2025-06-07", "--edition", "nuit"], 2, "n’existe pas"),
        (["build", "--date", "2025-06-07", "--format", "jurnal"], 2, "Choisissez parmi"),
        (["build", "--date", "2025-06-07", "--voice", "kokro"], 2, "kokoro"),
        (["build", "--date", "2025-06-07", "--voice", "espeak:nobody"], 2, "voix"),
        (["build", "--date", "7 juin"], 2, "--date"),
        (["build", "--station", "absent.toml"], 2, "audionews init"),
        (["build", "absent.txt", "--date", "2025-06-07"], 2, "absent.txt"),
        (["build", "--date", "2024-01-01"], 1, "Aucun article utilisable"),
        (["show", "--date", "2024-01-01"], 2, "audionews build"),
        (["serve"], 2, "audionews build"),
        (["init", "."], 2, "déjà une station"),
    ],
)
def test_errors_are_one_line_with_a_way_out(station: Path, arguments: list[str], code: int, said: str) -> None:
    done = audionews(*arguments, cwd=station)
    assert done.returncode == code, done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert said in last
    assert "Traceback" not in done.stderr
    assert not (station / "output" / "site").exists()


def test_debug_shows_the_trace(station: Path) -> None:
    done = audionews("--debug", "build", "--date", "2024-01-01", cwd=station)
    assert "Traceback" in done.stderr and done.returncode != 0


def test_a_busy_folder_is_exit_3(station: Path) -> None:
    with lock.hold(station / "output"):
        done = audionews("build", "--date", "2025-06-07", cwd=station)
    assert done.returncode == 3
    assert "Une autre commande" in done.stderr


def test_quiet_says_nothing_when_all_is_well(station: Path) -> None:
    done = audionews("build", "--date", "2025-06-07", "--until", "script", "--quiet", cwd=station)
    assert done.returncode == 0
    assert done.stderr == ""


@pytest.mark.parametrize("command", ["build", "show", "serve", "engines", "init"])
def test_every_command_explains_itself(command: str, tmp_path: Path) -> None:
    done = audionews(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 5


def test_init_writes_a_station_that_builds_at_once(tmp_path: Path) -> None:
    init.write_station(tmp_path / "neuve", DAY)
    built = audionews("build", "--date", "2025-06-07", "--voice", "silence", cwd=tmp_path / "neuve")
    assert built.returncode == 0, built.stderr


def test_the_commented_station_names_every_key_and_its_default(tmp_path: Path) -> None:
    """Uncomment every line of the station `init` writes: it loads, no key is missing, only examples differ."""
    init.write_station(tmp_path / "neuve", DAY)
    text = (tmp_path / "neuve" / "station.toml").read_text("utf-8")
    table = tomllib.loads(re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE))
    settings.parse(table, tmp_path)
    kinds = dict(_tables())
    assert table.keys() - {"engines"} == {name.partition(".")[0] for name in kinds}
    for name, kind in kinds.items():
        top, _, under = name.replace("NAME", "nuit").partition(".")
        found = table[top][under] if under else table[top]
        written = {key for one in found for key in one} if isinstance(found, list) else set(found)
        wanted = {one.name for one in fields(kind)}
        if kind is SourceTable:  # the keys of each kind of source are its own
            wanted, written = wanted - {"options"}, written & wanted
        assert written == wanted, name
        if isinstance(found, dict) and kind not in (Edition, Condense):
            assert {key for key in wanted if found[key] != _plain(getattr(kind(), key))} <= EXAMPLES, name
    for name, options in table["engines"].items():
        settings.convert(options, registry.load("audionews.voices", name).Options, name)


def _tables() -> Iterator[tuple[str, Any]]:
    """Give the tables of station.py by the names their docstrings tell."""
    for kind in vars(station_tables).values():
        if found := re.match(r"Table ``\[+([\w.]+)\]", getattr(kind, "__doc__", None) or ""):
            yield found[1], kind


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
