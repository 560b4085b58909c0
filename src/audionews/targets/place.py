"""What every kind of target can do, and the plainest of them: a folder."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from audionews.errors import AudionewsError
from audionews.files import sync
from audionews.targets import faults
from audionews.targets.choice import Target
from audionews.targets.faults import Fault

PART = ".audionews-part"  # ends the name of a file that is on its way
# What no place may take for something else: the end of a path, a wildcard, the end of a line.
ODD = re.compile(r"[\x00-\x1f\x7f\\?#%*:\"<>|\ud800-\udfff\u2028\u2029]")


class Place(Protocol):
    """A target that can be written to. Paths are relative to its root, with ``/`` between names.

    Nothing is known of the connection between calls: each call opens it when it is not open.
    """

    target: Target
    parallel: int  # files that may be sent at once

    def put(self, local: Path, path: str, headers: Mapping[str, str]) -> None:
        """Send a file; whoever reads there sees the former one or the whole new one, never a part."""

    def read(self, path: str) -> bytes:
        """Give a file's content; for small ones."""

    def delete(self, path: str) -> None:
        """Delete a file, and what an interrupted transfer may have left of it; none there is no error."""

    def explain(self, error: BaseException, path: str) -> Fault:
        """Say what an exception of one of the above means; `path` is what was being written."""

    def close(self) -> None:
        """Close the connection."""


def check_path(path: str) -> str:
    """Give a path of the site as it is, when it is one.

    Raises:
        AudionewsError: it would lead out of the target's root, or is not the same on every kind of target.
    """
    if not path or ODD.search(path) or any(part in {"", ".", ".."} for part in path.split("/")):
        raise AudionewsError(
            f"Le nom de fichier {path!r} ne peut pas être envoyé", "Renommez ce fichier du site, puis relancez l’envoi"
        )
    return path


def part_of(path: str) -> str:
    """Give the name a file has while it is on its way: ``a/b.mp3`` → ``a/.b.mp3.audionews-part``."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}.{name}{PART}"


class Folder:
    """A folder of this machine, or one that is mounted."""

    parallel = 1

    def __init__(self, target: Target) -> None:
        self.target = target
        self._root = Path(target.path)

    def put(self, local: Path, path: str, headers: Mapping[str, str]) -> None:  # noqa: ARG002
        """Copy a file; it takes its name when all of it has reached the disk."""
        if not self._root.is_dir():  # never made here: where a disk is not mounted, its mount point is a trap
            raise FileNotFoundError(2, "no such folder", str(self._root))
        final, part = self._root / check_path(path), self._root / part_of(path)
        final.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(local, part)
            sync(part)
            seen = local.stat()
            os.utime(part, ns=(seen.st_mtime_ns, seen.st_mtime_ns))  # web servers tell it as Last-Modified
            part.replace(final)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        sync(final.parent)

    def read(self, path: str) -> bytes:
        """Give a file's content."""
        return (self._root / check_path(path)).read_bytes()

    def delete(self, path: str) -> None:
        """Delete a file, and the folders that it leaves empty."""
        final = self._root / check_path(path)
        (self._root / part_of(path)).unlink(missing_ok=True)
        final.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # not empty, or not there
            for folder in final.parents:
                if folder == self._root:
                    break
                folder.rmdir()

    def explain(self, error: BaseException, path: str) -> Fault:
        """Say what an exception means."""
        return faults.of_system(self.target, error, path) or faults.unknown(error, str(error))

    def close(self) -> None:
        """Do nothing: there is no connection."""
