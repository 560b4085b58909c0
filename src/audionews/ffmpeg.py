"""Find ffmpeg and run it. The only module that starts it, so that every call is bounded and explained."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from functools import cache

from audionews.errors import DISK_FULL, AudionewsError

NEEDED = ("libmp3lame", "ebur128", "alimiter", "sidechaincompress", "aresample")


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
    command = [binary(), "-hide_banner", "-y", *(["-nostdin"] if stdin is None else []), *arguments]
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


def _explained(log: str) -> AudionewsError:
    if os.strerror(errno.ENOSPC) in log:
        return AudionewsError(*DISK_FULL)
    lines = [line.strip() for line in log.splitlines() if line.strip() and "Conversion failed" not in line]
    last = lines[-1] if lines else "sans message"
    return AudionewsError(f"ffmpeg a échoué : {last}", "Relancez avec --debug pour le journal entier")
