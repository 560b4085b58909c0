"""The data files of this room."""

from __future__ import annotations

from functools import partial

from audionews import tables

data = partial(tables.data, "audionews.french")
word_set = partial(tables.word_set, "audionews.french")
