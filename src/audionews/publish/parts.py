"""What the site is made of, in the order of publication, and what each part of it depends on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from audionews.model import Episode
from audionews.publish import offline, search
from audionews.publish.assets import Assets
from audionews.publish.feed import ALL, Document, description, documents, feed, opml, path, title
from audionews.publish.library import Entry, Library
from audionews.publish.listing import ROWS, Row, Subscription, archive_page, index_page, subscribe_page
from audionews.publish.page import embed_page, pages
from audionews.station import FeedChoice, Station

LISTS = ("archives/", "search/", "feed-")  # lists that go when what they list has gone


@dataclass(frozen=True, slots=True)
class Part:
    """Files of the site that are made together, and again only when what they are made of has changed."""

    mark: str  # the path of one of them: it tells whether they are there
    inputs: tuple[str, ...]
    files: Callable[[], Iterable[tuple[str, bytes]]]
    last: bool = False  # it lists what has to be there before

    def key(self, common: str) -> str:
        """Hash all they are made of; `common` is what all parts depend on."""
        return sha256(json.dumps([common, *self.inputs]).encode()).hexdigest()


def told(station: Station) -> str:
    """Give all that pages and feeds tell of a station, as a text that changes with it."""
    names = [one.name for one in station.presenters]
    return repr((station.identity, station.podcast, station.feeds, station.persons, names))


@dataclass(slots=True)
class Plan:
    """All parts of a site. Of the episodes, no more than those of a month are in memory at once."""

    library: Library
    station: Station
    names: Assets
    loaded: Sequence[str]  # addresses of the assets
    guids: Mapping[str, str]  # of the feeds, by name
    site: Path  # where the parts before stand
    _near: tuple[str, dict[str, Episode]] = field(default=("", {}))  # a month and its episodes, whole

    def parts(self) -> Iterator[Part]:
        """Give the parts in the order of publication: pages, what lists them, the feeds, of them the first last."""
        entries = self.library.entries
        months = [(month, tuple(group)) for month, group in groupby(entries, key=lambda one: one.month)]
        keys = [month for month, _group in months]
        for at, (month, group) in enumerate(months):
            for one in group:
                yield Part(f"episodes/{one.id}/index.html", (one.digest,), partial(self._pages, one))
            near = tuple(keys[max(0, at - 1) : at + 2])
            digests = tuple(one.digest for one in group)
            yield Part(f"archives/{month}.html", (*digests, *near), partial(self._archive, group, near))
            if not all(one.withdrawn for one in group):
                yield Part(f"search/{month}.json", digests, partial(self._search, group))
        yield from self._lists(entries, keys)
        digest_of = {one.id: one.digest for one in entries}
        for choice in (*self.station.feeds, ALL):
            for document in documents(choice, entries, self.station.podcast.items):
                key = (*(digest_of[one] for one in document.ids), repr(document), self.guids.get(choice.name, ""))
                yield Part(document.path, key, partial(self._feed, choice, document), last=True)

    def _lists(self, entries: Sequence[Entry], months: Sequence[str]) -> Iterator[Part]:
        """Give what tells of all bulletins together."""
        live = [one for one in entries if not one.withdrawn]
        shown = live[: ROWS + 1]
        feeds = [
            Subscription(title(one, self.station), path(one), description(one, self.station)) for one in self._feeds()
        ]
        digests = tuple(one.digest for one in shown)
        searched = tuple(dict.fromkeys(one.month for one in live))
        yield Part("search/index.json", tuple(one.digest for one in live), partial(self._catalogue, searched))
        yield Part("index.html", (*digests, *months), partial(self._first, shown, months, feeds))
        yield Part(
            "abonner.html", (), lambda: [("abonner.html", subscribe_page(feeds, self.station, self.names).encode())]
        )
        yield Part("recherche.html", (), lambda: [("recherche.html", search.page(self.station, self.names).encode())])
        yield Part(offline.WORKER, (), lambda: offline.files(self.station, self.loaded).items())
        changes = tuple(
            f"{one.id} {one.withdrawn} {one.corrected}" for one in entries if one.withdrawn or one.corrected
        )
        yield Part("latest.json", (*digests[:1], *changes), partial(self._latest, live, entries))
        yield Part("feeds.opml", (), lambda: [("feeds.opml", opml(self._feeds(), self.station))])

    def _feeds(self) -> tuple[FeedChoice, ...]:
        return (ALL, *self.station.feeds)

    def _month(self, month: str) -> Mapping[str, Episode]:
        """Give the episodes of a month, whole, from memory if it was the last one asked for."""
        if self._near[0] != month:
            ids = [one.id for one in self.library.entries if one.month == month]
            self._near = (month, {one.id: one for one in self.library.whole(ids)})
        return self._near[1]

    def _pages(self, one: Entry) -> Iterator[tuple[str, bytes]]:
        folder = f"episodes/{one.id}"
        made = self._month(one.month)[one.id]
        page, framed = pages(made, self.station, self.names)
        yield f"{folder}/embed.html", framed.encode()
        yield f"{folder}/index.html", page.encode()

    def _archive(self, group: Sequence[Entry], months: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        month = group[0].month
        found = self._month(month)
        rows = [_row(found[one.id]) for one in group]
        yield f"archives/{month}.html", archive_page(month, rows, months, self.station, self.names).encode()

    def _search(self, group: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
        found = self._month(group[0].month)
        entries = [search.entry(found[one.id]) for one in group if not one.withdrawn]
        yield f"search/{group[0].month}.json", search.month(entries)

    def _catalogue(self, months: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        sizes = [(one, (self.site / "search" / f"{one}.json").stat().st_size) for one in months]
        yield "search/index.json", search.catalogue(sizes)

    def _first(
        self, shown: Sequence[Entry], months: Sequence[str], feeds: Sequence[Subscription]
    ) -> Iterator[tuple[str, bytes]]:
        found = [*self.library.brief([one.id for one in shown])]
        latest, rows = (found[0] if found else None), [_row(one) for one in found[1:]]
        # Where all are withdrawn, other sites are told so of the newest.
        for framed in [latest] if latest else self.library.brief([one.id for one in self.library.entries[:1]]):
            yield "embed.html", embed_page(framed, self.station, self.names, "").encode()
        yield "index.html", index_page(latest, rows, months, feeds, self.station, self.names).encode()

    def _latest(self, live: Sequence[Entry], entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
        newest = next(self.library.brief([one.id for one in live[:1]]), None)
        yield "latest.json", _json(newest, entries, self.station.identity.url)

    def _feed(self, choice: FeedChoice, document: Document) -> Iterator[tuple[str, bytes]]:
        episodes = self.library.brief(document.ids)
        guid, style = self.guids.get(choice.name, ""), self.names.feed_style
        made = feed(document, episodes, self.station, self.names.cover, choice=choice, guid=guid, style=style)
        yield document.path, made


def _row(made: Episode) -> Row:
    light = min([made.bytes, *(one.bytes for one in made.alternates)])
    name = made.title.partition(",")[0]
    changed = bool(made.corrections)
    return Row(made.id, name, made.date, made.duration_ms, light, changed, made.withdrawn is not None)


def _json(newest: Episode | None, entries: Sequence[Entry], url: str) -> bytes:
    """Describe the latest bulletin to listeners' pages and to watchdogs, and tell which ones are not what they were."""
    whole: dict[str, Any] = {}
    if newest:
        whole = {
            "id": newest.id,
            "title": newest.title,
            "date": newest.date.isoformat(),
            "edition": newest.edition,
            "published": newest.published.isoformat(),
            "duration_ms": newest.duration_ms,
            "bytes": newest.bytes,
            "sha256": newest.sha256,
            "loudness": newest.loudness,
            "true_peak": newest.true_peak,
            "audio": f"{url}/{newest.audio}",
            "page": f"{url}/episodes/{newest.id}/",
        }
    whole["withdrawn"] = [one.id for one in entries if one.withdrawn]
    whole["corrected"] = {one.id: one.corrected for one in entries if one.corrected and not one.withdrawn}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
