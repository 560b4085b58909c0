"""What was published, in the ledger: the site and its feeds are made of it.

An episode is kept in two parts. What lists, feeds and archives tell of it is small; its captions are many, and only
its own page and the search need them. So a feed of ten years is written without reading what was said in them.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from audionews.desk import codec
from audionews.desk.ledger import Told, opened
from audionews.model import Caption, Episode
from audionews.publish.library import Entry

BATCH = 200  # episodes read at once


@dataclass(frozen=True, slots=True)
class Shelf:
    """The published episodes (`audionews.publish.library.Library`)."""

    path: Path
    entries: tuple[Entry, ...]  # newest broadcast first
    fresh: Mapping[str, Episode] = field(default_factory=dict)  # not in the ledger yet; whole

    def with_episode(self, made: Episode, air: str) -> Shelf:
        """Give the shelf as it will be when an episode is recorded, in place of the one of the same id."""
        others = [one for one in self.entries if one.id != made.id]
        ordered = sorted([*others, entry(made, air)], key=lambda one: (one.air, one.id), reverse=True)
        return replace(self, entries=tuple(ordered), fresh={**self.fresh, made.id: made})

    def brief(self, ids: Sequence[str]) -> Iterator[Episode]:
        """Give episodes without their captions, in that order."""
        query = "SELECT id, CAST(value AS BLOB) FROM episodes WHERE id IN"
        for _id, made in self._read(ids, query):
            yield made if isinstance(made, Episode) else codec.decode(made, Episode, str(self.path))

    def whole(self, ids: Sequence[str]) -> Iterator[Episode]:
        """Give episodes with their captions, in that order; of their words only the beats."""
        captions = dict(self._read(ids, "SELECT id, captions FROM shelf WHERE id IN"))
        for made in self.brief(ids):
            said = captions[made.id]
            if isinstance(said, Episode) or not said:
                yield made
            else:
                yield replace(made, captions=codec.decode(zlib.decompress(said), tuple[Caption, ...], str(self.path)))

    def one(self, key: str) -> Episode | None:
        """Give an episode with its captions; None when there is none of that id."""
        return next(self.whole([key]), None) if any(each.id == key for each in self.entries) else None

    def _read(self, ids: Sequence[str], query: str) -> Iterator[tuple[str, Episode | bytes]]:
        """Give what a query finds for each id, in that order, a part of them at a time; what is fresh as it is."""
        for start in range(0, len(ids), BATCH):
            part = ids[start : start + BATCH]
            found: dict[str, Episode | bytes] = {one: self.fresh[one] for one in part if one in self.fresh}
            asked = [one for one in part if one not in found]
            if asked:
                with opened(self.path) as connection:
                    found |= dict(connection.execute(f"{query} ({', '.join('?' * len(asked))})", asked).fetchall())
            yield from ((one, found.get(one, b"")) for one in part)


def entry(made: Episode, air: str) -> Entry:
    """Put an episode in the list of all."""
    return Entry(
        id=made.id,
        air=air,
        edition=made.edition,
        format=made.format,
        language=made.language,
        withdrawn=made.withdrawn is not None,
        corrected=made.corrections[-1].at.isoformat() if made.corrections else "",
        digest=hashlib.sha256(codec.encode(_short(made))).hexdigest(),
    )


def shelf(path: Path) -> Shelf:
    """Open what was published; nothing is read of the episodes themselves."""
    with opened(path) as connection:
        rows = connection.execute(
            "SELECT e.id, e.air, s.edition, s.format, s.language, s.withdrawn, s.corrected, s.digest, "
            "CASE WHEN s.id IS NULL THEN e.value END "
            "FROM episodes e LEFT JOIN shelf s ON s.id = e.id ORDER BY e.air DESC, e.id DESC"
        ).fetchall()
    return Shelf(path, tuple(_entry(path, row) for row in rows))


def record(path: Path, made: Episode, air: str, told: Sequence[Told] = ()) -> None:
    """Remember a published episode in place of the former one of the same id.

    Args:
        path: the ledger.
        made: the episode, with its captions.
        air: the time of broadcast.
        told: the stories told in it, in place of those that were.
    """
    listed, captions = entry(made, air), zlib.compress(codec.encode(_short(made).captions))
    with opened(path) as connection:
        row = (made.id, air, codec.encode(replace(made, captions=())).decode())
        connection.execute("INSERT OR REPLACE INTO episodes VALUES (?, ?, ?)", row)
        connection.execute(
            "INSERT OR REPLACE INTO shelf VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(listed.id, listed.edition, listed.format, listed.language),
                *(int(listed.withdrawn), listed.corrected, listed.digest, captions),
            ),
        )
        connection.execute("DELETE FROM told WHERE bulletin = ?", (made.id,))
        rows = [(made.id, place, air, codec.encode(one).decode()) for place, one in enumerate(told)]
        connection.executemany("INSERT INTO told VALUES (?, ?, ?, ?)", rows)


def _short(made: Episode) -> Episode:
    """Leave out the times of single words, which the beats tell too."""
    return replace(made, captions=tuple(replace(one, words=()) for one in made.captions))


def _entry(path: Path, row: tuple[str, ...]) -> Entry:
    key, air, edition, form, language, withdrawn, corrected, digest, value = row
    if value is not None:  # a ledger of an older version: the episode itself holds its captions
        return entry(codec.decode(value.encode(), Episode, str(path)), air)
    return Entry(key, air, edition, form, language, bool(withdrawn), corrected, digest)
