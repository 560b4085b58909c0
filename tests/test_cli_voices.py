"""`audionews voices`: what can read is listed, heard and installed, and a broken engine costs only itself."""

from __future__ import annotations

import json
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audionews.cli.voices import voices
from audionews.desk import registry
from audionews.errors import AudionewsError, UsageError
from audionews.voices import catalogue
from tests import piper_voice
from tests.voice_hub import Hub, hub

NAME = "fr_FR-essai-medium"
STATION = """
[voice]
engine = "espeak"

[[presenter]]
name = "Awa"
voice = "fr+f3"

[[presenter]]
name = "Issa"
engine = "silence"
"""
FOREIGN = """
from audionews.voices.base import Engine, Sound

class Broken(Engine):
    name, version, words_per_minute = "broken", "1", 160

    @classmethod
    def voices(cls):
        return ("../a b", "mute")

    def speak(self, text):
        raise ZeroDivisionError("no breath")

class Distant(Broken):
    name, needs_network, word_times, max_chars = "distant", True, True, 99

class Lost(Broken):
    @classmethod
    def voices(cls):
        raise KeyError("voices")
"""
ENTRIES = """[audionews.voices]
broken = foreign_voices:Broken
distant = foreign_voices:Distant
gone = foreign_voices_that_are_gone:Gone
lost = foreign_voices:Lost
piper = audionews.voices.piper:Piper
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Run in an empty folder, with the engines of a foreign package beside ours."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("AUDIONEWS_VOICES_URL", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    package = tmp_path / "package"
    (package / "foreign_voices-1.dist-info").mkdir(parents=True)
    (package / "foreign_voices-1.dist-info" / "METADATA").write_text("Name: foreign-voices\nVersion: 1\n")
    (package / "foreign_voices-1.dist-info" / "entry_points.txt").write_text(ENTRIES)
    (package / "foreign_voices.py").write_text(FOREIGN)
    (tmp_path / "station").mkdir()
    monkeypatch.chdir(tmp_path / "station")
    monkeypatch.syspath_prepend(str(package))
    registry._entries.cache_clear()
    yield tmp_path
    registry._entries.cache_clear()


def run(*arguments: str) -> Result:
    return CliRunner(mix_stderr=False).invoke(voices, list(arguments), prog_name="audionews voices")


def line(result: Result, *words: str) -> str:
    (found,) = [one for one in result.stdout.splitlines() if set(words) <= set(one.split())]
    return found


def test_each_voice_of_each_engine_has_its_line() -> None:
    Path("station.toml").write_text(STATION, "utf-8")
    done = run()
    assert done.exit_code == 0, done.exception
    assert line(done, "espeak", "fr+f3").endswith("prêt ← Awa")
    assert line(done, "silence").endswith("prêt ← Issa")
    assert line(done, "gtts", "fr-CA").split()[2:5] == ["fr", "réseau", "par"]
    assert "par mot" in line(done, "distant", "mute")
    assert "à installer : Installez-la : audionews voices install fr_FR-tom-medium" in line(
        done, "piper", "fr_FR-tom-medium"
    )
    assert "cassé : KeyError('voices')" in line(done, "lost")
    assert "No module named 'foreign_voices_that_are_gone'" in line(done, "gone")
    assert "353,7\u202fMo" in line(done, "kokoro-full") and "Apache 2.0" in line(done, "kokoro-full")


def test_limits_are_shown_when_asked_for() -> None:
    done = run("--details", "--engine", "distant", "--engine", "silence")
    assert done.exit_code == 0 and "99 caractères et 60 s au plus" in done.stdout
    assert done.stdout.count("mots par minute") == 2 and "kokoro " not in done.stdout
    assert isinstance(run("--engine", "kokoroo").exception, UsageError)


def test_all_of_it_is_there_for_programs() -> None:
    whole = json.loads(run("--json").stdout)
    (distant, _) = [one for one in whole["voices"] if one["engine"] == "distant"]
    assert distant["needs_network"] and distant["word_times"] and distant["max_chars"] == 99 and distant["ready"]
    assert distant["origin"] == "foreign-voices 1"
    assert {one["name"]: one["installed"] for one in whole["installable"]}["fr_FR-upmc-medium"] is False


def test_each_ready_voice_is_heard_and_a_broken_one_costs_only_itself() -> None:
    Path("station.toml").write_text(STATION, "utf-8")
    only = [part for name in ("espeak", "silence", "broken", "distant", "lost", "piper") for part in ("--engine", name)]
    done = run("--sample", "essais", *only)
    made = sorted(path.name for path in Path("essais").iterdir())
    assert made == ["espeak-fr+f3.wav", "espeak-fr-be.wav", "espeak-fr-ch.wav", "espeak-fr.wav", "silence-muette.wav"]
    assert sorted(done.stdout.split()) == [f"essais/{name}" for name in made]
    with wave.open("essais/espeak-fr.wav") as file:
        assert 4 < file.getnframes() / file.getframerate() < 15
    assert isinstance(done.exception, AudionewsError) and str(done.exception).startswith("2 voix n’ont pas parlé")
    assert "broken:mute n’a pas parlé : no breath" in done.stderr
    assert "distant:mute passé : demande le réseau (--network)" in done.stderr
    assert "piper:fr_FR-tom-medium passé : à installer" in done.stderr
    assert list(Path("..").glob("*.wav")) == []
    assert "distant:mute n’a pas parlé" in run("--sample", "essais", "--network", "--engine", "distant").stderr


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Hub]:
    pytest.importorskip("onnx", reason="the tests make their voice with onnx")
    made = piper_voice.make(tmp_path / "made", NAME)
    with hub() as one:
        for path in (made, made.with_name(f"{made.name}.json")):
            one.files[f"/main/fr/fr_FR/essai/medium/{path.name}"] = path.read_bytes()
        yield one


def test_a_voice_is_installed_listed_heard_and_removed(server: Hub) -> None:
    done = run("install", NAME, "--from", server.url)
    assert done.exit_code == 0, done.exception
    assert done.stdout == f"{catalogue.folder() / NAME}\n"
    assert "Licence : à lire sur sa fiche" in done.stderr
    assert "vérifié par la seule empreinte que donne le serveur" in done.stderr
    assert line(run("--engine", "piper"), "piper", NAME).endswith("prêt")
    assert run("--engine", "piper", "--sample", "essais").stdout == f"essais/piper-{NAME}.wav\n"
    assert run("remove", NAME).exit_code == 0
    assert NAME not in run("--engine", "piper").stdout
    assert isinstance(run("remove", NAME).exception, UsageError)


def test_a_mirror_may_stand_in_the_environment(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIONEWS_VOICES_URL", server.url)
    assert run("install", NAME).exit_code == 0 and (catalogue.folder() / NAME / f"{NAME}.onnx").exists()


def test_nothing_is_fetched_when_one_of_the_names_is_wrong(server: Hub) -> None:
    for wrong in ("fr_FR-siwis-low", "kokoro-ful", "../x"):
        assert isinstance(run("install", NAME, wrong, "--from", server.url).exception, UsageError)
    assert server.asked == []
