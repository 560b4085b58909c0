"""What can be fetched and what lies on disk: the files of Piper's French voices and of full-precision Kokoro."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from audionews.errors import UsageError, nearest
from audionews.tables import data, word_set
from audionews.voices import weights

ROOM = "audionews.voices"
# As the hub names Piper's voices, and lays them out: « fr/fr_FR/siwis/medium/fr_FR-siwis-medium.onnx ».
_FRENCH = re.compile(r"(fr_[A-Z]{2})-(\w+)-(x_low|low|medium|high)", re.ASCII)


@dataclass(frozen=True, slots=True)
class File:
    """One file to fetch. `sha256` is empty and `size` 0 where only the server can tell them."""

    path: str  # below the base and the revision
    sha256: str = ""
    size: int = 0  # bytes

    @property
    def name(self) -> str:
        """Its name on disk."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be installed: a voice, or the weights of an engine."""

    name: str
    engine: str
    what: str
    licence: str
    revision: str
    files: tuple[File, ...]
    speakers: tuple[str, ...] = ()  # of a voice that has several worth naming; the second presenter's first

    @property
    def size(self) -> int:
        """Bytes to fetch, as far as they are known."""
        return sum(file.size for file in self.files)

    @property
    def folder(self) -> Path:
        """Where its files lie once installed."""
        return folder() / self.name

    @property
    def installed(self) -> bool:
        """Whether all its files are there."""
        return all((self.folder / file.name).is_file() for file in self.files)

    def address(self, file: File, base: str = "") -> str:
        """Give the address of a file, on the usual server or on a mirror with the same layout."""
        return "/".join(((base or data(ROOM, "catalogue")["base"][self.engine]).rstrip("/"), self.revision, file.path))


def folder() -> Path:
    """Give the folder of all that is installed, one folder an item."""
    return weights.cache_folder() / "installed"


@cache
def items() -> tuple[Item, ...]:
    """Give all that is known to be good, the voices worth proposing first."""
    return tuple(_item(table) for table in data(ROOM, "catalogue")["voice"])


def item(name: str) -> Item:
    """Give an item by its name. A French voice of Piper that the catalogue does not know yet is one too.

    Raises:
        UsageError: there is none of that name, or it is not fit for the air.
    """
    if name in word_set(ROOM, "catalogue", "unfit"):
        raise UsageError(
            f"La voix {name} ne connaît pas les voyelles nasales du français : « banc » y devient « bas »",
            "Prenez fr_FR-siwis-medium",
        )
    for one in items():
        if one.name == name:
            return one
    found = _FRENCH.fullmatch(name)
    if not found:
        raise UsageError(f"Il n’y a rien à installer sous le nom « {name} »", nearest(name, names(), _listed()))
    path = f"fr/{found[1]}/{found[2]}/{found[3]}/{name}.onnx"
    what, licence = "voix hors du catalogue", "à lire sur sa fiche (MODEL_CARD)"
    return Item(name, "piper", what, licence, "main", (File(path), File(f"{path}.json")))


def can_install(name: str, engine: str) -> bool:
    """Tell whether an item of that name can be had for an engine."""
    try:
        return item(name).engine == engine
    except UsageError:
        return False


def names() -> list[str]:
    """Give the names of all items."""
    return [one.name for one in items()]


def _item(table: dict[str, Any]) -> Item:
    given = {key: value for key, value in table.items() if key not in {"file", "speakers"}}
    return Item(**given, files=tuple(File(**one) for one in table["file"]), speakers=tuple(table.get("speakers", ())))


def _listed() -> str:
    return "l’un de " + ", ".join(names())
