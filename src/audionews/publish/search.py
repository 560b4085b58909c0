"""Placeholder of the founder until the search is written: replace this file whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from audionews.model import Episode


def entry(episode: Episode) -> dict[str, object]:
    return {"id": episode.id, "title": episode.title, "date": episode.date.isoformat(), "lines": []}


def month(entries: Iterable[dict[str, object]]) -> bytes:
    return json.dumps(list(entries)).encode()


def catalogue(site: Path, months: Sequence[str]) -> bytes:
    return b"[]"


def page(station: object, assets: object) -> str:
    return ""
