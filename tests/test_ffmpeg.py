"""ffmpeg: found by pip alone, and its failures explained."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from audionews import ffmpeg
from audionews.errors import AudionewsError

TONE = ("-f", "lavfi", "-i", "sine=440:duration=1")


@pytest.fixture(autouse=True)
def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUDIONEWS_FFMPEG", raising=False)
    ffmpeg.binary.cache_clear()


def test_without_one_on_the_path_the_packaged_one_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "imageio_ffmpeg" in ffmpeg.binary()
    sound, _log = ffmpeg.run(*TONE, "-f", "s16le", "-")
    assert len(sound) == 2 * 44100


def test_one_on_the_path_that_lacks_a_part_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    poor = tmp_path / "ffmpeg"
    poor.write_text("#!/bin/sh\necho ' V..... libx264 '\n")
    poor.chmod(poor.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert ffmpeg.binary() != str(poor)


def test_a_whole_one_on_the_path_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "ffmpeg").symlink_to(ffmpeg.binary())
    ffmpeg.binary.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ffmpeg.binary() == str(tmp_path / "ffmpeg")


def test_a_named_one_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIONEWS_FFMPEG", "no-such-program")
    with pytest.raises(AudionewsError, match="no-such-program"):
        ffmpeg.binary()


def test_a_failure_names_its_cause(tmp_path: Path) -> None:
    with pytest.raises(AudionewsError, match="No such file"):
        ffmpeg.run("-i", str(tmp_path / "absent.wav"), "-f", "null", "-")


def test_a_full_disk_is_called_so() -> None:
    with pytest.raises(AudionewsError, match="plus de place"):
        ffmpeg.run(*TONE, "-f", "s16le", "/dev/full")


def test_a_call_that_hangs_is_stopped() -> None:
    with pytest.raises(AudionewsError, match="dépassé"):
        ffmpeg.run("-re", "-f", "lavfi", "-i", "sine=440", "-f", "null", "-", timeout=0.5)
