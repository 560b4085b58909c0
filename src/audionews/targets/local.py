"""The local site as it stands, hashed; what has not changed since it was last hashed is not read again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audionews.errors import AudionewsError
from audionews.files import write

CACHE = "site.hashes.json"  # a target's name has no dot: no state file is called so


@dataclass(frozen=True, slots=True)
class Site:
    """The files of the local site."""

    folder: Path
    digests: dict[str, str]  # path → SHA-256
    sizes: dict[str, int]  # path → bytes
    marks: dict[str, str]  # path → size, time and number of the file that was hashed

    def unchanged(self, path: str) -> bool:
        """Tell whether a file still is the one that was hashed.

        Raises:
            OSError: it is gone.
        """
        return _mark((self.folder / path).stat()) == self.marks[path]


def read_site(folder: Path, states: Path) -> Site:
    """Hash the site.

    Hidden files are not of it: a file is hidden while it is written. Nor is a symbolic link, which may lead anywhere.

    Args:
        folder: ``site/``.
        states: where the hashes are kept until the next time.

    Raises:
        AudionewsError: nothing has been published there, or a file cannot be read.
    """
    if not (folder / "feed.xml").is_file():
        # Without this, whoever lost the output folder would have every target emptied.
        raise AudionewsError(
            f"Il n’y a encore rien de publié dans {folder}", "Construisez un bulletin : audionews build"
        )
    known = _load(states / CACHE)
    digests, sizes, marks, kept = {}, {}, {}, {}
    try:
        for path, entry in _walk(str(folder)):
            seen = entry.stat(follow_symlinks=False)
            mark = _mark(seen)
            former = known.get(path, "").rpartition(" ")
            digest = former[2] if former[0] == mark else _hash(entry.path)
            digests[path], sizes[path], marks[path] = digest, seen.st_size, mark
            kept[path] = f"{mark} {digest}"
    except OSError as error:
        raise AudionewsError(
            f"Le site ne peut pas être lu ({error.filename} : {error.strerror or error})",
            "Vérifiez les droits, puis relancez l’envoi",
        ) from error
    if kept != known:
        write(states / CACHE, json.dumps(kept, ensure_ascii=False, indent=0).encode("utf-8", "surrogateescape"))
    return Site(folder, digests, sizes, marks)


def _walk(folder: str, above: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{above}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                yield above + entry.name, entry


def _mark(seen: os.stat_result) -> str:
    """Name a state of a file: files of the site are replaced, never written into, so that its number tells too."""
    return f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ino}"


def _hash(path: str) -> str:
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _load(path: Path) -> dict[str, str]:
    """Read the hashes of the last time; none when there are none, or they cannot be read: then all is hashed."""
    try:
        whole = json.loads(path.read_bytes().decode("utf-8", "surrogateescape"))
    except (OSError, ValueError):
        return {}
    if not isinstance(whole, dict) or not all(isinstance(one, str) for one in whole.values()):
        return {}
    return whole
