"""Finished clips kept by what made them, so that no sentence is ever voiced twice."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the cache, verified: its place, and the SHA-256 of its content in hexadecimal."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of files named ``ab/<key>.<SHA-256 of the content>.wav``.

    The content's digest stands in the name, so that one rename makes a whole entry, and damage (a disk, or an
    editor who changed a clip in place through its hard link) is seen. Several processes may share it.
    """

    folder: Path

    def find(self, key: str) -> Entry | None:
        """Give the entry of a key; a damaged one is removed and counts for nothing."""
        for path in sorted((self.folder / key[:2]).glob(f"{key}.*.wav")):
            named = path.name.split(".")[1]
            try:
                if hashlib.sha256(path.read_bytes()).hexdigest() == named:
                    return Entry(path, named)
                path.unlink(missing_ok=True)
            except FileNotFoundError:  # another process has just removed it
                continue
        return None

    def keep(self, key: str, content: bytes) -> Entry:
        """Write an entry, in one step.

        Args:
            key: hexadecimal name of what the content was made from.
            content: the whole file.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.folder / key[:2] / f"{key}.{sha256}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        return Entry(path, sha256)


def place(source: Path, target: Path) -> None:
    """Put a file in its place in one step: a hard link where the disk allows it, else a copy."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    try:
        try:
            temporary.hardlink_to(source)
        except OSError:
            temporary.write_bytes(source.read_bytes())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)  # renaming onto another link of the same file does nothing
