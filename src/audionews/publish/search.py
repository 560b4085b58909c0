"""The search in the text of all bulletins: an index of static files, a month each, that the page loads when asked.

``search/2025-06.json`` holds what was said in a month, the newest bulletin first, and ``search/index.json`` the months
with what each costs to load. The index is the text itself: results are sentences with their moment, and a new bulletin
changes the file of its month only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audionews.model import Episode
from audionews.publish.assets import Assets
from audionews.publish.listing import month_name
from audionews.publish.render import page as written
from audionews.publish.render import weight
from audionews.station import Station


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found of a bulletin."""

    id: str
    title: str
    lines: tuple[tuple[int, str], ...]  # second of the programme, sentence as printed


def entry(episode: Episode) -> Entry:
    """Give what can be found of an episode, its captions included."""
    return Entry(episode.id, episode.title, tuple((one.start_ms // 1000, one.text) for one in episode.captions))


def month(entries: Iterable[Entry]) -> bytes:
    """Write the index of a month, one bulletin to a line, in the order given; the same entries give the same bytes."""
    import msgspec

    return b"[" + b",\n".join([msgspec.json.encode(one) for one in entries]) + b"]\n"


def catalogue(months: Sequence[tuple[str, int]]) -> bytes:
    """Write the list of the months.

    Args:
        months: month and bytes of its index, newest first.
    """
    rest = sum(size for _month, size in months)
    rows = []
    for key, size in months:
        rows.append({"month": key, "name": month_name(key), "weight": weight(size), "rest": weight(rest)})
        rest -= size
    return (json.dumps(rows, ensure_ascii=False, indent=0) + "\n").encode()


def page(station: Station, files: Assets) -> str:
    """Write the page that searches, ``recherche.html``."""
    return written("search", station, "", "recherche.html", {"assets": files})
