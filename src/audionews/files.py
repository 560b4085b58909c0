"""Files: a name made of words, and a public file written whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from audionews.errors import AudionewsError

BLOCK = 1 << 20  # bytes read at once
MANY = 100  # files, from which on the whole disk is told to write at once


def write(path: Path, data: bytes, *, settled: bool = True) -> bool:
    """Put `data` at `path` in one step; a file that already holds these bytes is left untouched.

    Readers and mirrors see the former file or the new one, never a part: the bytes go to a temporary file of
    the same folder, reach the disk, and then take the name.

    Args:
        path: where.
        data: what.
        settled: whether it is sure to be there after a power cut; where it is not, call `settle` when all are written.

    Returns:
        Whether anything was written.

    Raises:
        AudionewsError: the folder or the file cannot be written; the former file is whole.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            stream.write(data)
            if settled:
                stream.flush()
                os.fsync(stream.fileno())
        temporary.replace(path)
        if settled:
            sync(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):  # where the folder itself is a file
            temporary.unlink(missing_ok=True)
        raise _unwritten(path, error) from error
    return True


def place(source: Path, path: Path, size: int, digest: str) -> bool:
    """Put a file's content at `path` in one step, as `write` does, if it is what it is said to be; never held whole.

    Args:
        source: the file.
        path: where it goes; left untouched when it has that content already.
        size: bytes that the content must have.
        digest: its SHA-256.

    Returns:
        Whether anything was written.

    Raises:
        AudionewsError: the source cannot be read or is another content, or `path` cannot be written; the former file
            is whole.
    """
    try:
        good = source.stat().st_size == size and sha256(source) == digest
    except OSError as error:
        raise AudionewsError(
            f"{source} ne peut pas être lu ({error.strerror or error})", "Refaites ce journal"
        ) from error
    if not good:
        raise AudionewsError(f"{source} a changé depuis qu’il a été mesuré", "Refaites ce journal à partir du mixage")
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        if path.is_file() and path.stat().st_size == size and sha256(path) == digest:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as given, temporary.open("wb") as stream:
            shutil.copyfileobj(given, stream, BLOCK)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
        sync(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise _unwritten(path, error) from error
    return True


def _unwritten(path: Path, error: OSError) -> AudionewsError:
    return AudionewsError(
        f"{path} ne peut pas être écrit ({error.strerror or error})",
        "Vérifiez la place libre et les droits du dossier, puis relancez la commande",
    )


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it; what is not there is no fault.

    Raises:
        AudionewsError: it cannot be removed.
    """
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise AudionewsError(
            f"{path} ne peut pas être retiré ({error.strerror or error})", "Vérifiez les droits du dossier"
        ) from error


def sha256(path: Path) -> str:
    """Hash a file that may be too large for the memory."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def hashed_name(name: str, data: bytes) -> str:
    """Put the first eight digits of the SHA-256 in a name: ``cover.jpg`` → ``cover-1a2b3c4d.jpg``."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(data).hexdigest()[:8]}{dot}{ending}"


def settle(paths: Sequence[Path]) -> None:
    """See that files written just before are there after a power cut: each by itself, or thousands at a stroke.

    Raises:
        AudionewsError: the disk fails.
    """
    if len(paths) > MANY:
        os.sync()
        return
    for path in paths:
        try:
            sync(path)
            sync(path.parent)
        except OSError as error:
            raise _unwritten(path, error) from error


def sync(path: Path) -> None:
    """Have a file or folder reach the disk: a folder, so that no feed lists a file whose name was not there yet.

    Raises:
        OSError: it cannot be.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def slugify(text: str, words: int = 6) -> str:
    """Make a short ASCII id of a name: ``"L’Essor du Mali"`` → ``"l-essor-du-mali"``."""
    folded = (
        unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "Oe").replace("’", " "))
        .encode("ascii", "ignore")
        .decode()
    )
    return "-".join(re.findall(r"[a-z0-9]+", folded.lower())[:words]) or "sans-nom"
