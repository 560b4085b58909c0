"""ffmpeg: found by pip alone, and its failures explained."""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audionews import ffmpeg
from audionews.errors import DISK_FULL, AudionewsError

TONE = ("-f", "lavfi", "-i", "sine=440:duration=1")


@pytest.fixture(autouse=True)
def forget(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("AUDIONEWS_FFMPEG", raising=False)
    ffmpeg.binary.cache_clear()
    yield
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


# As a pipe, in and out

RAW = ("-f", "s16le", "-ar", "48000", "-ac", "1", "-i", "pipe:0")
OUT = ("-f", "s16le", "pipe:1")
ENDLESS = ("-f", "lavfi", "-i", "sine=440")
SECOND = bytes(96_000)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that were started."""
    processes: list[subprocess.Popen[bytes]] = []
    right = subprocess.Popen

    def start(*given: Any, **more: Any) -> subprocess.Popen[bytes]:
        processes.append(right(*given, **more))
        return processes[-1]

    ffmpeg.binary()
    monkeypatch.setattr(subprocess, "Popen", start)
    return processes


def test_what_ffmpeg_writes_is_read_while_it_works() -> None:
    with ffmpeg.reading("-f", "lavfi", "-i", "sine=440:duration=2", *OUT) as stream:
        sound = stream.read()
    assert len(sound) == 2 * 2 * 44_100
    assert np.abs(np.frombuffer(sound, "<i2")).max() > 1000


def test_a_reader_that_stops_early_is_no_failure(started: list[subprocess.Popen[bytes]]) -> None:
    with ffmpeg.reading(*ENDLESS, *OUT) as stream:
        assert len(stream.read(1000)) == 1000
    (process,) = started
    assert process.returncode is not None
    with ffmpeg.reading(*ENDLESS, *OUT):
        pass
    assert started[-1].returncode is not None


def test_a_failure_while_reading_is_told_by_the_last_line_of_the_log(tmp_path: Path) -> None:
    with (
        pytest.raises(AudionewsError, match=r"ffmpeg a échoué : .*No such file") as caught,
        ffmpeg.reading("-i", str(tmp_path / "absent.wav"), *OUT) as stream,
    ):
        assert stream.read() == b""
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is not None
    assert "absent.wav" in str(caught.value.__cause__)


def test_a_failure_is_told_before_what_the_reader_makes_of_it(tmp_path: Path) -> None:
    """No bytes come: the reader says that there is no sound, ffmpeg why."""
    with (
        pytest.raises(AudionewsError, match="No such file"),
        ffmpeg.reading("-i", str(tmp_path / "absent.wav"), *OUT) as stream,
    ):
        if not stream.read(12):
            raise AudionewsError("Ce fichier ne contient aucun son lisible")


def test_a_failure_after_the_first_bytes_is_told(tmp_path: Path) -> None:
    """A file that is damaged in its middle, where ffmpeg is told to stop at the first error."""
    ffmpeg.run(*TONE, "-c:a", "flac", str(tmp_path / "a.flac"))
    content = bytearray((tmp_path / "a.flac").read_bytes())
    content[len(content) // 2 : len(content) // 2 + 2000] = bytes(2000)
    (tmp_path / "a.flac").write_bytes(content)
    with (
        pytest.raises(AudionewsError, match="ffmpeg a échoué") as caught,
        ffmpeg.reading("-xerror", "-err_detect", "explode", "-i", str(tmp_path / "a.flac"), *OUT) as stream,
    ):
        assert stream.read()
    # The cause, and not how far it had come.
    assert "time=" not in str(caught.value)


@pytest.mark.parametrize("error", [AudionewsError("Ce son est trop long"), ValueError("autre")])
def test_what_the_reader_says_is_not_hidden_by_a_pipe_that_it_closed(
    error: Exception, started: list[subprocess.Popen[bytes]]
) -> None:
    with pytest.raises(type(error), match=str(error).rstrip(".")), ffmpeg.reading(*ENDLESS, *OUT) as stream:
        stream.read(100_000)
        raise error
    assert started[0].returncode is not None


def test_pieces_are_handed_over_as_they_come(tmp_path: Path) -> None:
    pieces: list[Any] = [b"\1\0" * 1000, memoryview(b"\2\0" * 500), b"\3\0" * 250]
    log = ffmpeg.feed(*RAW, "-f", "s16le", str(tmp_path / "a.raw"), chunks=iter(pieces))
    assert (tmp_path / "a.raw").read_bytes() == b"".join(bytes(one) for one in pieces)
    assert "s16le" in log


def test_a_disk_that_fills_up_while_it_is_fed_is_called_so(started: list[subprocess.Popen[bytes]]) -> None:
    handed = 0

    def pieces() -> Iterator[bytes]:
        nonlocal handed
        for _ in range(10_000):
            handed += 1
            yield SECOND

    with pytest.raises(AudionewsError) as caught:
        ffmpeg.feed(*RAW, "-f", "s16le", "/dev/full", chunks=pieces())
    assert (caught.value.message, caught.value.hint) == DISK_FULL
    assert handed < 10_000  # it is not fed to the end
    assert started[0].returncode is not None


def test_a_failure_while_it_is_fed_is_told_by_the_last_line_of_the_log(tmp_path: Path) -> None:
    with pytest.raises(AudionewsError, match=r"ffmpeg a échoué : .*not found") as caught:
        ffmpeg.feed(*RAW, "-c:a", "no-such-codec", str(tmp_path / "a.mp3"), chunks=[SECOND] * 50)
    assert "\n" not in str(caught.value)
    with pytest.raises(AudionewsError, match=r"ffmpeg a échoué : .*No such file"):
        ffmpeg.feed(*RAW, "-f", "s16le", str(tmp_path / "absent" / "a.raw"), chunks=[SECOND])


def test_whoever_makes_the_pieces_and_fails_ends_ffmpeg(tmp_path: Path, started: list[subprocess.Popen[bytes]]) -> None:
    def pieces() -> Iterator[bytes]:
        yield SECOND
        raise AudionewsError("Le son a disparu")

    with pytest.raises(AudionewsError, match="Le son a disparu"):
        ffmpeg.feed(*RAW, "-f", "s16le", str(tmp_path / "a.raw"), chunks=pieces())
    (process,) = started
    assert process.returncode is not None
    with contextlib.suppress(ProcessLookupError):
        os.kill(process.pid, 0)
        raise AssertionError("still running")


def test_one_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "ffmpeg"
    broken.write_bytes(b"no program")
    broken.chmod(0o755)
    monkeypatch.setenv("AUDIONEWS_FFMPEG", str(broken))
    with pytest.raises(AudionewsError, match="ne démarre pas"):
        ffmpeg.feed(*RAW, "-f", "s16le", str(tmp_path / "a.raw"), chunks=[SECOND])
    with pytest.raises(AudionewsError, match="ne démarre pas"), ffmpeg.reading(*ENDLESS, *OUT):
        pass
