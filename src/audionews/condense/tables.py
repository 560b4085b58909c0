"""The data files of this room."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def data(name: str) -> dict[str, Any]:
    """Read one of the data files of this room.

    Args:
        name: « moments » for data/moments.toml.

    Returns:
        Its tables.
    """
    return tomllib.loads(files("audionews.condense").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """Read a list of words of a data file.

    Args:
        name: the file, as for ``data``.
        key: a text of words with blanks between them.

    Returns:
        The words.
    """
    return frozenset(data(name)[key].split())
