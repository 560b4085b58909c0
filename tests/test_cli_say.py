"""`audionews say`: an editor hears a text, or sees its sounds."""

from __future__ import annotations

import subprocess
import sys
import wave
from pathlib import Path


def say(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "audionews", "say", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_text_is_written_as_sound(tmp_path: Path) -> None:
    done = say("Le", "7", "juin", "-o", "essai.wav", "--voice", "espeak", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "essai.wav\n"), done.stderr
    with wave.open(str(tmp_path / "essai.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 24_000)
        assert 0.5 < file.getnframes() / 24_000 < 3


def test_the_sounds_are_shown_with_the_station_s_lexicon(tmp_path: Path) -> None:
    plain = say("--phonemes", "À Bandoula.", cwd=tmp_path)
    assert plain.returncode == 0, plain.stderr
    (tmp_path / "station.toml").write_text("", "utf-8")
    (tmp_path / "lexicon.toml").write_text('Bandoula = "Banedoula /bandula/"\n', "utf-8")
    own = say("--phonemes", "À Bandoula.", cwd=tmp_path)
    assert plain.stdout.replace("ˈ", "") == "a bɑ̃dula.\n"
    assert own.stdout.replace("ˈ", "") == "a bandula.\n"


def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path) -> None:
    for arguments in (
        ["mot"],
        ["mot", "-o", "x.mp3"],
        ["…", "-o", "x.wav"],
        ["mot", "-o", "x.wav", "--voice", "nulle"],
    ):
        done = say(*arguments, cwd=tmp_path)
        assert done.returncode == 2, arguments
        assert done.stderr.startswith("Erreur : ") and done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())
