"""Put the files of a voice into the user's folder, or take them away."""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from audionews.errors import AudionewsError, UsageError, nearest
from audionews.voices.catalogue import File, Item, folder
from audionews.voices.download import PATIENCE, Patience, fetch


def install(
    item: Item,
    base: str = "",
    say: Callable[[str], None] = lambda _line: None,
    progress: Callable[[File, int, int], None] = lambda _file, _done, _total: None,
    patience: Patience = PATIENCE,
) -> None:
    """Fetch what is missing of an item. Several processes may ask for it at once: the others wait, then find it.

    Args:
        item: as `catalogue.item` gives it.
        base: the address of a mirror with the same layout; the usual server when empty.
        say: told what the user should know, in French, one line.
        progress: called with the file, the bytes that are here and those of the whole (0 when nobody knows).
        patience: how long the server may take.

    Raises:
        UsageError: the base is no address.
        AudionewsError: a file cannot be had; what has come of it is kept for the next time.
    """
    if base and not re.match(r"https?://[^/\s]+", base):
        raise UsageError(f"« {base} » n’est pas une adresse", "Écrivez par exemple --from https://miroir.example/voix")
    try:
        with _alone(item.name, say):
            for file in item.files:
                target = item.folder / file.name
                if not _there(target, file):
                    if not file.sha256:
                        say(f"{file.name} : hors du catalogue, vérifié par la seule empreinte que donne le serveur")
                    fetch(item.address(file, base), target, file.sha256, file.size, partial(progress, file), patience)
    except OSError as error:
        raise AudionewsError(
            f"{item.folder} ne peut pas être écrit ({error.strerror or error})",
            "Vérifiez ses droits, ou désignez un autre dossier par XDG_CACHE_HOME",
        ) from error


def remove(name: str) -> None:
    """Take an item from the disk, and what has come of it.

    Raises:
        UsageError: it is not there.
    """
    there = installed_names()
    if name not in there:
        raise UsageError(f"« {name} » n’est pas installé", nearest(name, there, "un nom de « audionews voices »"))
    with _alone(name, lambda _line: None):
        shutil.rmtree(folder() / name, ignore_errors=True)


def installed_names() -> list[str]:
    """Give the names of all that lies on disk, whole or begun."""
    return sorted(path.name for path in folder().glob("[!.]*") if path.is_dir())


def _there(target: Path, file: File) -> bool:
    if not target.is_file():
        return False
    if not file.sha256:
        return True
    with target.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256


@contextmanager
def _alone(name: str, say: Callable[[str], None]) -> Iterator[None]:
    """Wait until no other process installs or removes that item; the lock goes with the process that holds it."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / f".{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Une autre commande installe déjà {name} : attente…")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
