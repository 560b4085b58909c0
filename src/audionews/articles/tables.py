"""The data files of this room."""

from __future__ import annotations

from functools import partial

from audionews import tables

data = partial(tables.data, "audionews.articles")


def phrases(text: str) -> tuple[str, ...]:
    """Split a list of phrases written with | between them."""
    return tuple(one.strip() for one in text.split("|") if one.strip())
