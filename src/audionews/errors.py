"""The errors a user may meet, and the exit code each one ends the program with.

Every message says in one line, in French, what failed, the probable cause and what to type next::

    AudionewsError          exit 1   the run could not be finished; what was published stays as it was
    ├── UsageError          exit 2   the station file or the command line is wrong
    ├── BusyError           exit 3   another run holds the lock of this output folder
    └── MissingExtraError   exit 4   an optional part is not installed
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

DISK_FULL = ("Il n’y a plus de place sur le disque", "Libérez de la place, puis relancez la même commande")


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Give the hint for a name that is not known: the nearest one that is, else what to write."""
    near = difflib.get_close_matches(word, list(known), 1, 0.5)
    return f"Vouliez-vous dire « {near[0]} » ?" if near else f"Écrivez {otherwise}"


class AudionewsError(Exception):
    """Something failed in a way the user can act upon.

    Args:
        message: what failed and the probable cause, without a full stop at the end.
        hint: what to type or change next.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Give the whole message on one line."""
        whole = " ".join(f"{self.message}. {self.hint}".split()).rstrip(". ")
        return whole if whole.endswith(("?", "!")) else f"{whole}."


class UsageError(AudionewsError):
    """The station file or the command line asks for something that cannot be."""

    exit_code = 2


class BusyError(AudionewsError):
    """Another run is under way in the same output folder."""

    exit_code = 3


class MissingExtraError(AudionewsError):
    """An optional part of the program is not installed."""

    exit_code = 4
