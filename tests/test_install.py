"""The wheel, in an empty environment outside the checkout, as a stranger installs it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import ROOT

pytestmark = pytest.mark.install


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(one) for one in command], cwd=cwd, capture_output=True, text=True, check=False, timeout=900
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_builds_a_bulletin_where_nothing_else_is(tmp_path: Path) -> None:
    """Build the wheel, install it with its neural voice, and speak a first bulletin from `audionews init`."""
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    # From a copy: setuptools leaves a build folder beside the sources, and would ship what was deleted since.
    ignored = shutil.ignore_patterns(".*", "build", "output", "*.egg-info", "__pycache__")
    shutil.copytree(ROOT, tmp_path / "sources", ignore=ignored)
    run(*pip, "wheel", "--no-deps", "--wheel-dir", tmp_path, tmp_path / "sources", cwd=tmp_path)
    (wheel,) = tmp_path.glob("audionews-*.whl")
    run(sys.executable, "-m", "venv", tmp_path / "empty", cwd=tmp_path)
    python = tmp_path / "empty" / "bin" / "python"
    install = (python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
    run(*install, wheel, cwd=tmp_path)
    program = tmp_path / "empty" / "bin" / "audionews"
    where = run(python, "-c", "import audionews; print(audionews.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(tmp_path)
    run(program, "init", "station", cwd=tmp_path)
    without = subprocess.run([program, "build"], cwd=tmp_path / "station", capture_output=True, text=True, check=False)
    assert without.returncode == 4
    assert "audionews[neural]" in without.stderr.strip().splitlines()[-1]
    run(*install, f"{wheel}[neural]", cwd=tmp_path)
    told = run(program, "build", "--format", "titres", cwd=tmp_path / "station")
    assert "LUFS" in told
    site = tmp_path / "station" / "output" / "site"
    assert {"feed.xml", "index.html", "latest.json", "recherche.html"} <= {path.name for path in site.iterdir()}
    assert (site / "broadcast" / "latest.mp3").is_file()
    states = {line.split()[1]: line for line in run(program, "engines", cwd=tmp_path).splitlines()}
    ready = {"folder", "jsonl", "rss", "web", "espeak", "gtts", "kokoro", "silence"}
    assert states.keys() == ready | {"openai", "piper"}
    assert {name for name, line in states.items() if line.endswith("prêt")} - {"openai"} == ready
    assert "à installer : Installez-le : pip install" in states["piper"]
