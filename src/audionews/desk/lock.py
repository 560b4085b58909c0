"""One run at a time in one output folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audionews.errors import AudionewsError, BusyError


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold the lock of an output folder; the system lets it go even when the process is killed.

    Raises:
        BusyError: another run holds it; its process number is named.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / ".lock").open("a+", encoding="ascii")
    except OSError as error:
        raise AudionewsError(
            f"Le dossier {folder} ne peut pas être écrit ({error.strerror})",
            "Choisissez-en un autre avec --output",
        ) from error
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            stream.seek(0)
            raise BusyError(
                f"Une autre commande audionews travaille dans {folder} (processus {stream.read().strip() or '?'})",
                "Attendez qu’il finisse, ou choisissez un autre dossier avec --output",
            ) from error
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        yield
