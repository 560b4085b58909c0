"""`audionews collect`: what the sources hold, one down among them, and nothing published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audionews.cli.collect import collect
from tests.helpers import make_station

OLD = "Titre : Le puits a tari\nDate : 2025-05-01\n\nLe puits de Bandoula a tari. La mairie promet de l’eau par camion."


@pytest.fixture
def station(tmp_path: Path) -> Path:
    folder = make_station(tmp_path / "station")
    (folder / "articles" / "puits.txt").write_text(OLD, "utf-8")
    (folder / "articles" / "vide.txt").write_bytes(b"")
    (folder / "station.toml").write_text(
        '[[source]]\nname = "le journal L’Exemple"\npath = "articles"\n'
        '[[source]]\nname = "le site Perdu"\npath = "autres"\n',
        "utf-8",
    )
    (folder / "autres").mkdir()
    (folder / "autres" / "a.jsonl").write_text("{oups\n", "utf-8")
    return folder


def run(station: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        collect,
        ["--station", str(station / "station.toml"), "--date", "2025-06-07", *arguments],
        catch_exceptions=False,
    )


def test_each_source_with_its_articles_and_refusals(station: Path) -> None:
    done = run(station)
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[0] == "le journal L’Exemple (folder) : 3 lus, 1 refusé"
    assert any(line.startswith("  06/06/2025") and "L’AS Toula remporte" in line for line in lines)
    assert "écarté : article du 01/05/2025" in done.output
    assert any("refusé" in line and "vide.txt : fichier vide" in line for line in lines)
    assert "le site Perdu (folder) : 0 lu, 1 refusé" in lines
    assert lines[-1] == "2 articles pour le bulletin du 07/06/2025."
    assert not (station / "output" / "site").exists()
    assert not (station / "output" / "runs").exists()


def test_json_for_programs(station: Path) -> None:
    told = json.loads(run(station, "--json").output)
    assert told["kept"] == 2
    first, second = told["sources"]
    assert [bool(one["dropped"]) for one in first["articles"]] == [False, False, True]
    assert all(one["words"] > 10 and one["origin"] for one in first["articles"])
    assert second["refused"][0]["origin"].endswith("a.jsonl:1")


def test_files_named_on_the_command_line(station: Path) -> None:
    done = run(station, str(station / "articles" / "eau.txt"))
    assert done.output.splitlines()[-1] == "1 article pour le bulletin du 07/06/2025."
