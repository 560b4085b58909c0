from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from audionews.errors import AudionewsError
from audionews.files import hashed_name, write


def test_folders_are_made_and_nothing_else_is_left(tmp_path: Path) -> None:
    assert write(tmp_path / "a" / "b.txt", b"one")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]


def test_the_same_bytes_leave_the_file_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write(path, b"one")
    os.utime(path, (1, 1))
    before = path.stat()
    assert not write(path, b"one")
    assert (path.stat().st_mtime, path.stat().st_ino) == (before.st_mtime, before.st_ino)
    assert write(path, b"two")
    assert path.read_bytes() == b"two"


def test_others_may_read_what_is_published(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"one")
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o666 & ~umask


def test_a_failure_keeps_the_former_file_and_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    write(path, b"one")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AudionewsError, match="No space left") as caught:
        write(path, b"two")
    assert "place libre" in str(caught.value)
    assert path.read_bytes() == b"one"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_the_bytes_reach_the_disk_before_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acts: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def note_fsync(descriptor: int) -> None:
        acts.append("fsync")
        fsync(descriptor)

    def note_replace(self: Path, target: Any) -> Path:
        acts.append("replace")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_replace)
    write(tmp_path / "a.txt", b"one")
    assert acts == ["fsync", "replace", "fsync"]


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(AudionewsError, match=r"a\.txt ne peut pas être écrit"):
        write(tmp_path / "a.txt", b"one")


def test_a_name_holds_a_hash_of_the_content() -> None:
    assert hashed_name("cover.jpg", b"one") == "cover-7692c3ad.jpg"
    assert hashed_name("cover.jpg", b"two") != hashed_name("cover.jpg", b"one")
