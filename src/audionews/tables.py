"""Word lists and tables that a journalist can edit: data/*.toml beside the code that reads them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def data(room: str, name: str) -> dict[str, Any]:
    """Read one of the data files of a room.

    Args:
        room: a package, « audionews.french ».
        name: « units » for its data/units.toml.

    Returns:
        Its tables.
    """
    return tomllib.loads(files(room).joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


@cache
def word_set(room: str, name: str, key: str) -> frozenset[str]:
    """Read a list of words of a data file.

    Args:
        room: as for `data`.
        name: as for `data`.
        key: a text of words with blanks between them.

    Returns:
        The words.
    """
    return frozenset(data(room, name)[key].split())
