"""`audionews measure`: what a radio engineer sees of any file, and by which code a script knows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from audionews import ffmpeg


def measure(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "audionews", "measure", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=120)


def tone(path: Path, db: float, seconds: float = 4.0, rate: int = 48_000, more: str = "") -> Path:
    """A sine of 1 kHz on both channels: its peak level in dBFS is its loudness in LUFS."""
    source = f"aevalsrc={10 ** (db / 20):.6f}*sin(2*PI*1000*t):s={rate}:d={seconds}"
    fades = f"afade=t=in:d=0.02,afade=t=out:st={seconds - 0.02}:d=0.02"
    ffmpeg.run("-f", "lavfi", "-i", source, "-af", f"{fades},pan=stereo|c0=c0|c1=c0{more}", str(path))
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return tone(tmp_path / "bon.wav", -16.0)


def rows(told: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(told)
    return listed


def test_a_file_on_target_is_told_and_exits_0(good: Path, tmp_path: Path) -> None:
    done = measure("--target", "podcast", "bon.wav", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    head, line = done.stdout.splitlines()
    assert head.split()[:6] == ["durée", "Hz", "voies", "LUFS", "LRA", "dBTP"]
    assert line.split()[:6] == ["0:04,000", "48000", "2", "−16,0", "0,0", "−16,0"]
    assert line.endswith("bon.wav")


def test_a_file_off_target_says_by_how_much_and_exits_1(good: Path, tmp_path: Path) -> None:
    done = measure("--target", "broadcast", "bon.wav", cwd=tmp_path)
    assert done.returncode == 1
    assert "défaut : −16,0 LUFS au lieu de −23,0 ± 0,2" in done.stdout


def test_without_a_target_faults_are_told_and_it_exits_0(tmp_path: Path) -> None:
    tone(tmp_path / "muet.wav", -16.0, more=",volume=0:enable='between(t,0.5,3.4)'")
    done = measure("muet.wav", cwd=tmp_path)
    assert done.returncode == 0
    assert "défaut : silence de 2,9 s à 0,5 s" in done.stdout


def test_json_holds_every_figure(good: Path, tmp_path: Path) -> None:
    (row,) = rows(measure("--json", "bon.wav", cwd=tmp_path).stdout)
    assert (row["kind"], row["rate"], row["channels"], row["duration_ms"]) == ("WAV", 48_000, 2, 4000)
    for name in ("integrated", "momentary", "short_term", "true_peak"):
        assert row[name] == pytest.approx(-16.0, abs=0.1), name
    assert (row["clipped"], row["dead_channel"], row["cuts_ms"], row["faults"]) == (0, False, [], [])
    assert row["bytes"] == good.stat().st_size


def test_silence_has_no_figure_in_json(tmp_path: Path) -> None:
    ffmpeg.run("-f", "lavfi", "-i", "anullsrc", "-t", "1", str(tmp_path / "rien.wav"))
    (row,) = rows(measure("--json", "rien.wav", cwd=tmp_path).stdout)
    assert (row["integrated"], row["true_peak"]) == (None, None)


def test_one_bad_file_costs_only_itself(good: Path, tmp_path: Path) -> None:
    (tmp_path / "texte.mp3").write_text("bonjour")
    done = measure("texte.mp3", "absent.wav", "bon.wav", cwd=tmp_path)
    assert done.returncode == 1
    assert "bon.wav" in done.stdout
    first, second = done.stderr.splitlines()
    assert first.startswith("Erreur : texte.mp3 ne peut pas être lu comme un son")
    assert second.startswith("Erreur : absent.wav n’est pas un fichier")


def test_levels_are_those_of_the_station(good: Path, tmp_path: Path) -> None:
    (tmp_path / "station.toml").write_text('[station]\nname = "R"\n[sound]\nloudness = -19.0\n', "utf-8")
    assert "−16,0 LUFS au lieu de −19,0" in measure("--target", "podcast", "bon.wav", cwd=tmp_path).stdout


def test_one_channel_is_held_against_what_two_loudspeakers_give(tmp_path: Path) -> None:
    tone(tmp_path / "mono.wav", -16.0, more=",pan=mono|c0=c0")
    done = measure("--target", "podcast", "mono.wav", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "−19,0" in done.stdout
