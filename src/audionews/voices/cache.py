"""Finished clips kept by what made them, so that no sentence is ever voiced twice.

The cache is a convenience: when it cannot be read or written, clips are made again, and the bulletin all the same.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import tempfile
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

STALE = 3600  # seconds after which what a killed process has left is taken away
_TRIES = 10  # to write into a folder that other processes take away whenever it is empty
_FOLDER = re.compile(r"[0-9a-f]{2}")
_NAME = re.compile(r"([0-9a-f]{64})\.([0-9a-f]{64})\.wav")
_LEFTOVER = re.compile(r"\.(links-|[0-9a-f]{64}\.).*")


@dataclass(frozen=True, slots=True)
class Entry:
    """A clip for as long as this value lives, whatever other processes prune meanwhile.

    Attributes:
        path: the file, verified.
        sha256: of its content, in hexadecimal.
    """

    path: Path
    sha256: str
    _cache: Cache = field(repr=False, compare=False)  # its folder of links goes with it


class Listed(NamedTuple):
    """What a file of the cache looks like from outside: nothing is read."""

    used: int  # when it was last kept or found, in ns since 1970
    bytes: int
    links: int  # more than one: a run folder has it too
    key: str
    sha256: str
    path: str


class Usage(NamedTuple):
    """How full a cache is."""

    entries: int
    bytes: int
    shared: int  # of those bytes: run folders hold them too
    oldest: int | None  # use, in ns since 1970; None when there is no entry
    newest: int | None
    leftovers: int  # files and folders at work, or left by killed processes


class Pruned(NamedTuple):
    """What was taken away."""

    entries: int
    bytes: int
    freed: int  # of those bytes: no run folder holds them
    leftovers: int


class Cache:
    """A folder of files named ``ab/<key>.<SHA-256 of the content>.wav``, which several processes may share.

    The content's digest stands in the name, so that one rename makes a whole entry, and damage (a disk, or an
    editor who changed a clip in place through its hard link) is seen when it is found. Hence nothing waits here for
    the disk (fsync): what a power cut spoils is made again. An entry's time of change is that of its last use.

    What is found or kept is linked at once into a folder of this process, which goes with the last `Entry`: pruning
    takes a name away, never the content that somebody is about to use.

    Args:
        folder: the cache's own; it is made when needed.
        say: told once, in French, when clips cannot be kept.
    """

    def __init__(self, folder: Path, say: Callable[[str], None] = lambda _line: None) -> None:
        self.folder = folder
        self._say = say
        self._told = False
        self._own: Path | None = None

    def find(self, key: str) -> Entry | None:
        """Give the entry of a key and mark it as used; a damaged one is removed and counts for nothing."""
        found = (_NAME.fullmatch(one.name) for one in _scanned(self.folder / key[:2]))
        for name in sorted(one[0] for one in found if one and one[1] == key):
            path, named = self.folder / key[:2] / name, name.split(".")[1]
            own = self._links() / secrets.token_hex(8)
            with suppress(OSError):  # another process has just removed it, or the disk fails: it is made again
                _link(path, own)
                if hashlib.sha256(own.read_bytes()).hexdigest() != named:
                    path.unlink(missing_ok=True)
                    continue
                with suppress(OSError):  # removed since, or another user's
                    os.utime(path)
                return Entry(own, named, self)
        return None

    def keep(self, key: str, content: bytes) -> Entry:
        """Write an entry, in one step. Where the cache cannot be written, the clip lasts as long as its `Entry`.

        Args:
            key: hexadecimal name of what the content was made from.
            content: the whole file.

        Raises:
            OSError: there is no room for it anywhere, not even where the system has its temporary files.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        own = self._written(content)
        try:
            self._enter(own, self.folder / key[:2] / f"{key}.{sha256}.wav")
        except OSError as error:
            self._tell(error)
        return Entry(own, sha256, self)

    def listed(self) -> Iterator[Listed]:
        """List the entries in no order, without reading them: a second or two for 100,000."""
        for folder in self._folders():
            for one in _scanned(folder):
                if (match := _NAME.fullmatch(one.name)) and (stat := _stat(one)):
                    yield Listed(stat.st_mtime_ns, stat.st_size, stat.st_nlink, match[1], match[2], one.path)

    def usage(self) -> Usage:
        """Tell how full the cache is; each entry counts once, however many run folders link to it."""
        entries = list(self.listed())
        return Usage(
            entries=len(entries),
            bytes=sum(one.bytes for one in entries),
            shared=sum(one.bytes for one in entries if one.links > 1),
            oldest=min((one.used for one in entries), default=None),
            newest=max((one.used for one in entries), default=None),
            leftovers=sum(1 for _ in self._leftovers()),
        )

    def prune(self, limit: int, keep: frozenset[str] = frozenset(), *, dry: bool = False) -> Pruned:
        """Remove the least recently used entries until the others fit, and what killed processes have left.

        A run folder that links to an entry holds its bytes until it goes too: such an entry counts and leaves like
        the others, so that the cache alone is never larger than its limit, but the disk gains nothing at once.

        Args:
            limit: bytes that may stay.
            keep: keys of entries that stay whatever their size.
            dry: remove nothing, only tell.

        Returns:
            What was removed here; what another process removed at the same moment is not counted.
        """
        entries = sorted(self.listed())
        total = sum(one.bytes for one in entries)
        gone: list[Listed] = []
        for one in entries:
            if total <= limit:
                break
            if one.key in keep:
                continue
            with suppress(FileNotFoundError):  # pruned by another process: it counts no more
                if not dry:
                    if os.stat(one.path).st_mtime_ns != one.used:  # noqa: PTH116 - used since it was listed
                        continue
                    os.unlink(one.path)  # noqa: PTH108 - a Path for each of 100,000 takes longer than the removal
                gone.append(one)
            total -= one.bytes
        return Pruned(
            entries=len(gone),
            bytes=sum(one.bytes for one in gone),
            freed=sum(one.bytes for one in gone if one.links == 1),
            leftovers=self._swept(dry),
        )

    def _swept(self, dry: bool) -> int:
        """Remove old leftovers, then empty folders; give the number of leftovers."""
        before, count = time.time() - STALE, 0
        for one in self._leftovers():
            stat = _stat(one)
            if stat is None or stat.st_mtime > before:
                continue
            count += 1
            if dry:
                continue
            if one.is_dir(follow_symlinks=False):
                shutil.rmtree(one.path, ignore_errors=True)
            else:
                Path(one.path).unlink(missing_ok=True)
        if not dry:
            for folder in self._folders():
                with suppress(OSError):  # it is not empty
                    folder.rmdir()
        return count

    def _folders(self) -> Iterator[Path]:
        return (Path(one.path) for one in _scanned(self.folder) if _FOLDER.fullmatch(one.name))

    def _leftovers(self) -> Iterator[os.DirEntry[str]]:
        for folder in (self.folder, *self._folders()):
            yield from (one for one in _scanned(folder) if _LEFTOVER.fullmatch(one.name))

    def _links(self) -> Path:
        """Give this process's folder of links: in the cache, or among the system's temporary files."""
        if self._own is None:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._own = self._temporary(self.folder)
            except OSError as error:
                self._tell(error)
                self._own = self._temporary(None)
        return self._own

    def _temporary(self, folder: Path | None) -> Path:
        made = tempfile.mkdtemp(prefix=".links-", dir=folder)
        weakref.finalize(self, shutil.rmtree, made, ignore_errors=True)
        return Path(made)

    def _written(self, content: bytes) -> Path:
        name = secrets.token_hex(8)
        try:
            own = self._links() / name
            own.write_bytes(content)
        except OSError as error:
            self._tell(error)
            self._own = self._temporary(None)
            own = self._own / name
            own.write_bytes(content)
        return own

    @staticmethod
    def _enter(own: Path, path: Path) -> None:
        for left in reversed(range(_TRIES)):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                place(own, path)
            except FileNotFoundError:  # the folder was empty, and another process has just removed it
                if not left:
                    raise
            else:
                return

    def _tell(self, error: OSError) -> None:
        if not self._told:
            self._told = True
            self._say(
                f"Attention, les sons ne peuvent pas être gardés dans {self.folder} ({error.strerror or error}) : "
                "ils devront être refaits la prochaine fois. Vérifiez la place libre et les droits de ce dossier."
            )


def place(source: Path, target: Path) -> None:
    """Put a file in its place in one step: a hard link where the disk allows it, else a copy."""
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        _link(source, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)  # renaming onto another link of the same file does nothing


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:
        target.write_bytes(source.read_bytes())


def _scanned(folder: Path) -> Iterator[os.DirEntry[str]]:
    """List a folder; one that is missing, or removed meanwhile, holds nothing."""
    try:
        with os.scandir(folder) as found:
            yield from found
    except OSError:
        return


def _stat(one: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return one.stat(follow_symlinks=False)
    except OSError:  # removed meanwhile
        return None
