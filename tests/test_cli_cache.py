"""`audionews cache`: shows what is kept and for whom, and takes away no more than what was asked."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from audionews.cli.cache import cache
from audionews.desk import codec
from audionews.errors import UsageError
from audionews.model import Clip
from audionews.voices.cache import Cache

STATION = """
[station]
timezone = "Africa/Bamako"

[cache]
voices_mb = 10
"""
VOICES = {"a": "kokoro:ff_siwis", "b": "kokoro:ff_siwis", "c": "espeak:fr"}
MB = 1_000_000


def run(*arguments: object, fails: type[Exception] | None = None) -> Result:
    result = CliRunner().invoke(cache, [str(one) for one in arguments])
    if fails is None:
        assert result.exception is None, result.output
    else:
        assert isinstance(result.exception, fails)
    return result


def shown(*arguments: object) -> dict[str, Any]:
    seen: dict[str, Any] = json.loads(run(*arguments, "--json").stdout)
    return seen


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a station with four clips of 4 MB, used on four days; the last one's bulletin is gone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    (tmp_path / "user" / "audionews").mkdir(parents=True)
    (tmp_path / "user" / "audionews" / "weights.onnx").write_bytes(bytes(3 * MB))
    sounds = tmp_path / "output" / "cache" / "sounds" / "sounds-1"
    sounds.mkdir(parents=True)
    (sounds / "jingle.wav").write_bytes(bytes(2 * MB))
    (tmp_path / "station.toml").write_text(STATION, "utf-8")
    clips, kept = [], Cache(tmp_path / "output" / "cache" / "voices")
    for number, letter in enumerate("abcd"):
        key = hashlib.sha256(letter.encode()).hexdigest()
        entry = kept.keep(key, letter.encode() * (4 * MB))
        os.utime(entry.path, (number * 86_400, number * 86_400))
        clips += [Clip(letter, "", 0, "", VOICES[letter], entry.sha256)] if letter in VOICES else []
    codec.save(tmp_path / "output" / "runs" / "2025-06-07-matin" / "4-clips" / "clips.json", clips)
    return tmp_path / "station.toml"


def left(station: Path) -> str:
    keys = {hashlib.sha256(letter.encode()).hexdigest(): letter for letter in "abcd"}
    return "".join(sorted(keys[one.key] for one in Cache(station.parent / "output" / "cache" / "voices").listed()))


def test_what_is_kept_is_shown(station: Path) -> None:
    lines = [" ".join(line.split()) for line in run("--station", station).stdout.splitlines()]
    assert lines == [
        f"sons des phrases 4 16,0 Mo {station.parent}/output/cache/voices",
        "kokoro:ff_siwis 2 8,0 Mo",
        "espeak:fr 1 4,0 Mo",
        "bulletins effacés 1 4,0 Mo",
        f"jingles et virgules 1 2,0 Mo {station.parent}/output/cache/sounds",
        f"voix installées 1 3,0 Mo {station.parent}/user/audionews",
        "",
        "Limite des sons : 10,0 Mo, les moins récemment utiles partent",
        "Derniers emplois : de 01/01/1970 00:00 à 04/01/1970 00:00",
    ]


def test_what_is_kept_is_given_as_json(station: Path) -> None:
    assert shown("--station", station) == {
        "folder": f"{station.parent}/output/cache/voices",
        "limit": 10 * MB,
        "entries": 4,
        "bytes": 16 * MB,
        "shared": 0,
        "oldest": "1970-01-01T00:00:00+00:00",
        "newest": "1970-01-04T00:00:00+00:00",
        "leftovers": 0,
        "voices": {
            "kokoro:ff_siwis": {"entries": 2, "bytes": 8 * MB},
            "espeak:fr": {"entries": 1, "bytes": 4 * MB},
            "bulletins effacés": {"entries": 1, "bytes": 4 * MB},
        },
        "others": [
            {
                "name": "jingles et virgules",
                "files": 1,
                "bytes": 2 * MB,
                "folder": f"{station.parent}/output/cache/sounds",
            },
            {"name": "voix installées", "files": 1, "bytes": 3 * MB, "folder": f"{station.parent}/user/audionews"},
        ],
    }


def test_a_folder_where_nothing_was_made_is_shown_empty(tmp_path: Path) -> None:
    seen = shown("--output", tmp_path / "none")
    assert (seen["entries"], seen["oldest"], seen["voices"]) == (0, None, {})
    assert "sons des phrases" in run("--output", tmp_path / "none").stdout
    assert not (tmp_path / "none").exists()


def test_a_damaged_run_hides_nothing_else(station: Path) -> None:
    (station.parent / "output" / "runs" / "2025-06-07-matin" / "4-clips" / "clips.json").write_text("{", "utf-8")
    assert shown("--station", station)["voices"] == {"bulletins effacés": {"entries": 4, "bytes": 16 * MB}}


def test_clips_that_run_folders_have_too_are_told(station: Path) -> None:
    path = next((station.parent / "output" / "cache" / "voices").glob("??/*.wav"))
    (station.parent / "output" / "clip.wav").hardlink_to(path)
    assert "Aussi dans des dossiers de bulletins : 4,0\u00a0Mo" in run("--station", station).stdout
    told = run("prune", "--all", "--station", station).stdout
    assert "Place gagnée : 12,0\u00a0Mo, le reste est aussi dans des dossiers de bulletins" in told


def test_pruning_goes_down_to_the_stations_limit(station: Path) -> None:
    assert run("prune", "--station", station).stdout == "Sons ôtés : 2, 8,0\u00a0Mo\n"
    assert left(station) == "cd"


def test_a_limit_can_be_given(station: Path) -> None:
    told = run("prune", "--limit", 4, "--output", station.parent / "output", "--json").stdout
    assert json.loads(told) == {
        "dry_run": False,
        "limit": 4 * MB,
        "entries": 3,
        "bytes": 12 * MB,
        "freed": 12 * MB,
        "leftovers": 0,
    }
    assert left(station) == "d"


def test_all_clips_can_go_and_nothing_else(station: Path) -> None:
    run("prune", "--all", "--station", station)
    seen = shown("--station", station)
    assert seen["entries"] == 0 and [one["files"] for one in seen["others"]] == [1, 1]


def test_a_dry_run_removes_nothing(station: Path) -> None:
    assert run("prune", "--station", station, "--dry-run").stdout == "Sons à ôter : 2, 8,0\u00a0Mo\n"
    assert left(station) == "abcd"


def test_the_options_may_stand_before_the_command(station: Path) -> None:
    assert json.loads(run("--station", station, "--json", "prune").stdout)["entries"] == 2


def test_contrary_options_are_refused(station: Path) -> None:
    run("prune", "--all", "--limit", 3, "--station", station, fails=UsageError)
    assert left(station) == "abcd"


def test_a_station_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run(fails=UsageError)
    run("prune", "--all", fails=UsageError)
