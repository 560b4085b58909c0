"""Find ffmpeg and run it. The only module that starts it, so that every call is bounded and explained."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from typing import IO, cast

from audionews.errors import DISK_FULL, AudionewsError

NO_CAUSE = re.compile(r"Conversion failed|\btime=\S+ bitrate=")  # lines of a log that say only how far it was
NEEDED = ("libmp3lame", "libopus", "aresample", "atempo")


@cache
def binary() -> str:
    """Give the path of the ffmpeg in use.

    The one AUDIONEWS_FFMPEG names; else the one on PATH if it has all the parts we use; else the packaged
    one, so that pip alone is enough.
    """
    chosen = os.environ.get("AUDIONEWS_FFMPEG")
    if chosen:
        found = shutil.which(chosen)
        if found is None:
            raise AudionewsError(
                f"AUDIONEWS_FFMPEG désigne {chosen}, qui n’est pas un programme",
                "Corrigez ou retirez cette variable",
            )
        return found
    on_path = shutil.which("ffmpeg")
    if on_path and _has_all_parts(on_path):
        return on_path
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def _has_all_parts(program: str) -> bool:
    try:
        listed = "".join(
            subprocess.run(
                [program, "-hide_banner", what], capture_output=True, text=True, timeout=20, check=True
            ).stdout
            for what in ("-encoders", "-filters")
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return all(f" {part} " in listed for part in NEEDED)


def run(*arguments: str, timeout: float = 600.0, stdin: bytes | None = None) -> tuple[bytes, str]:
    """Run ffmpeg and give its standard output and its log.

    Args:
        arguments: all after ``ffmpeg -nostdin -hide_banner -y``.
        timeout: seconds after which it is killed.
        stdin: bytes handed to it as input ``pipe:0``.

    Raises:
        AudionewsError: ffmpeg failed or took too long; the last line of its log says why.
    """
    command = _command(*([] if stdin is not None else ["-nostdin"]), *arguments)
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as error:
        raise AudionewsError(f"ffmpeg a dépassé {timeout:.0f} s et a été arrêté", "Relancez la commande") from error
    except OSError as error:
        raise AudionewsError(f"ffmpeg ne démarre pas ({error})", "Réinstallez imageio-ffmpeg") from error
    log = done.stderr.decode("utf-8", "replace")
    if done.returncode != 0:
        raise _explained(log) from RuntimeError(log)
    return done.stdout, log


@contextlib.contextmanager
def reading(*arguments: str) -> Iterator[IO[bytes]]:
    """Start ffmpeg and give what it writes to ``pipe:1`` while it works; whoever reads sets the pace.

    Raises:
        AudionewsError: ffmpeg failed; said when all it wrote has been read, or when the reader failed on it.
    """
    with tempfile.TemporaryFile() as log:
        process = _start(_command("-nostdin", *arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, log=log)
        stream, abandoned = cast("IO[bytes]", process.stdout), True
        try:
            yield stream
            abandoned = bool(stream.read(1))  # the reader has had enough: no failure
        except AudionewsError:
            if not stream.read(1) and process.wait() > 0:  # it had come to its end, and badly: that is why
                raise _explained(_log(log)) from RuntimeError(_log(log))
            raise
        finally:
            stream.close()
            code = process.wait()
        if code != 0 and not abandoned:
            raise _explained(_log(log)) from RuntimeError(_log(log))


def feed(*arguments: str, chunks: Iterable[bytes | memoryview]) -> str:
    """Run ffmpeg with what it reads from ``pipe:0`` handed over piece by piece, and give its log.

    Raises:
        AudionewsError: ffmpeg failed; the last line of its log says why.
    """
    with tempfile.TemporaryFile() as log:
        process = _start(_command(*arguments), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, log=log)
        try:
            with (
                contextlib.suppress(BrokenPipeError),
                cast("IO[bytes]", process.stdin) as stream,
            ):  # it has failed: its log says why
                for chunk in chunks:
                    stream.write(chunk)
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.wait() != 0:
            raise _explained(_log(log)) from RuntimeError(_log(log))
        return _log(log)


def _command(*arguments: str) -> list[str]:
    return [binary(), "-hide_banner", "-y", *arguments]


def _start(command: list[str], *, stdin: int, stdout: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=log)
    except OSError as error:
        raise AudionewsError(f"ffmpeg ne démarre pas ({error})", "Réinstallez imageio-ffmpeg") from error


def _log(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")


def _explained(log: str) -> AudionewsError:
    if os.strerror(errno.ENOSPC) in log:
        return AudionewsError(*DISK_FULL)
    lines = [line.strip() for line in log.splitlines() if line.strip() and not NO_CAUSE.search(line)]
    last = lines[-1] if lines else "sans message"
    return AudionewsError(f"ffmpeg a échoué : {last}", "Relancez avec --debug pour le journal entier")
