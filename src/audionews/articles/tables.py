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
        name: "furniture" for data/furniture.toml.

    Returns:
        Its tables.
    """
    return tomllib.loads(files("audionews.articles").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


def phrases(text: str) -> tuple[str, ...]:
    """Split a list of phrases written with | between them."""
    return tuple(one.strip() for one in text.split("|") if one.strip())
