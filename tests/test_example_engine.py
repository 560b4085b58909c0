"""The engine of examples/engine, installed as a stranger would install it, reads for the house."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent.parent / "examples" / "engine"
# Notes what it was given, and has espeak-ng read it.
SPEAKER = """
import sys, wave
from audionews.voices.espeak import Espeak
output, voice, text = sys.argv[1:]
if "quatorze" in text:
    sys.exit("no such word")
with open("heard.txt", "a", encoding="utf-8") as heard:
    print(voice, text, sys.stdin.read(), sep="|", file=heard)
sound = Espeak(Espeak.Options()).speak(text)
with wave.open(output, "wb") as file:
    file.setparams((1, 2, sound.rate, 0, "NONE", ""))
    file.writeframes(sound.pcm)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("engine")
    shutil.copytree(EXAMPLE, folder / "source")  # a build leaves its traces beside the source
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, "--target", folder / "site", folder / "source"],
        check=True,
        timeout=120,
    )
    return folder / "site"


@pytest.fixture
def station(tmp_path: Path) -> Path:
    (tmp_path / "speaker.py").write_text(SPEAKER, "utf-8")
    command = f"{sys.executable} {tmp_path / 'speaker.py'} {{output}} {{voice}} {{text}}"
    (tmp_path / "station.toml").write_text(
        f"[voice]\nengine = 'commande'\nname = 'fanta'\n[engines.commande]\ncommand = '{command}'\n", "utf-8"
    )
    return tmp_path


def run(installed: Path, station: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "audionews", *arguments],
        cwd=station,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_it_is_listed_with_what_it_lacks(installed: Path, station: Path) -> None:
    done = run(installed, station, "voices", "--engine", "commande", "--details")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[1].split()[:2] == ["commande", "fr"] and lines[1].endswith("prêt")
    assert lines[2].split()[:2] == ["commande", "fanta"] and lines[2].endswith("prêt ← Voix")
    assert "audionews-commande 1.0 ; lit des mots réécrits" in lines[3]
    for command, told in (
        ("", "ne sait pas quel programme lancer"),
        ("nobody-has-this {text}", "à installer : Installez « nobody-has-this »"),
        ("true {words}", "s’écrivent entre accolades"),
    ):
        (station / "station.toml").write_text(f"[engines.commande]\ncommand = '{command}'\n", "utf-8")
        assert told in run(installed, station, "voices", "--engine", "commande").stdout


def test_it_reads_for_the_house(installed: Path, station: Path) -> None:
    done = run(installed, station, "say", "Le maire Coulibaly; $(touch x) a 7 sacs.", "-o", "essai.wav")
    assert done.returncode == 0, done.stderr
    voice, text, stdin = (station / "heard.txt").read_text("utf-8").strip().split("|")
    assert voice == "fanta" and text == stdin and "Koulibali" in text and "sept sacs" in text
    assert not (station / "x").exists()
    with wave.open(str(station / "essai.wav")) as file:
        assert file.getframerate() == 24_000 and file.getnframes() / 24_000 > 1.5


def test_its_failure_is_one_line(installed: Path, station: Path) -> None:
    done = run(installed, station, "say", "Il y a 14 sacs.", "-o", "essai.wav")
    assert done.returncode == 1 and done.stderr.startswith("Erreur : « ") and done.stderr.count("\n") == 1
    assert "n’a pas lu une phrase (no such word)" in done.stderr and not (station / "essai.wav").exists()
