"""Episodes → the podcast feeds: RSS 2.0 with the iTunes and Podcasting 2.0 tags, in documents of a bounded size."""

from __future__ import annotations

import html
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from audionews.french.typography import typeset
from audionews.model import Episode
from audionews.publish.feedtags import Channel, Item
from audionews.publish.library import Entry
from audionews.publish.render import notes
from audionews.station import FeedChoice, Station

PODCAST_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # podcast-namespace, docs/tags/guid.md
MAX_BYTES = 4000  # of a description; Apple, tag reference
ALL = FeedChoice("")  # the feed of all bulletins


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a feed: the first, which apps read, or one of RFC 5005's archives, which seldom change.

    An archive holds as many bulletins as the station asks for, counted from the oldest on; so a new bulletin changes
    the first document only, and now and then closes an archive.
    """

    path: str  # in the site
    ids: tuple[str, ...]  # newest first
    number: int = 0  # of the archive, from 1, the oldest; 0: the first document
    archives: int = 0  # how many there are


def documents(choice: FeedChoice, entries: Sequence[Entry], items: int) -> tuple[Document, ...]:
    """Share the bulletins of a feed out to its documents.

    Args:
        choice: which bulletins are in the feed.
        entries: all of them, newest first; the withdrawn ones keep their place and are in no document.
        items: bulletins of an archive; the first document has as many at least, and less than twice as many.

    Returns:
        The archives, the oldest first, then the first document.
    """
    oldest = [one for one in reversed(entries) if _chosen(choice, one)]
    closed = max(0, len(oldest) // items - 1)
    parts = [oldest[at * items : (at + 1) * items] for at in range(closed)] + [oldest[closed * items :]]
    listed = [tuple(one.id for one in reversed(part) if not one.withdrawn) for part in parts]
    made = [
        Document(archive_path(choice, number), ids, number, closed) for number, ids in enumerate(listed[:-1], start=1)
    ]
    return (*made, Document(path(choice), listed[-1], archives=closed))


def path(choice: FeedChoice) -> str:
    """Give where a feed's first document is in the site."""
    return f"feed-{choice.name}.xml" if choice.name else "feed.xml"


def archive_path(choice: FeedChoice, number: int) -> str:
    """Give where an archive of a feed is in the site."""
    return f"archives/{path(choice).removesuffix('.xml')}-{number}.xml"


def title(choice: FeedChoice, station: Station) -> str:
    """Give what a feed is called."""
    name = station.identity.name
    return typeset(choice.title or (f"{name} – {choice.name}" if choice.name else name))


def description(choice: FeedChoice, station: Station) -> str:
    """Give what a feed says of itself."""
    return typeset(choice.description or station.identity.description)


def feed(
    document: Document,
    episodes: Iterable[Episode],
    station: Station,
    cover: str,
    *,
    choice: FeedChoice = ALL,
    guid: str = "",
    style: str = "",
) -> bytes:
    """Write one document of a feed. The same episodes give the same bytes: nothing comes from the clock.

    Args:
        document: which one.
        episodes: those it lists, in its order.
        station: who speaks, and the address of the site.
        cover: name of the picture in the site, with the ending that fits its content.
        choice: the feed.
        guid: the podcast's permanent id; made of the feed's address when empty.
        style: path in the site of a style sheet for people who open the address in a browser.

    Returns:
        XML in UTF-8.
    """
    from feedgen.feed import FeedGenerator

    identity = station.identity
    home, first = f"{identity.url}/{document.path}", f"{identity.url}/{path(choice)}"
    kept = guid or podcast_guid(first)
    made = FeedGenerator()
    channel = Channel(
        station, f"{identity.url}/{cover}", kept, _links(document, choice, station), archive=bool(document.number)
    )
    made.register_extension("podcast", lambda: channel, Item, atom=False)
    made.title(title(choice, station))
    made.link(href=home, rel="self", type="application/rss+xml")
    made.link(href=f"{identity.url}/")  # last: feedgen takes the last link added as the site's
    made.description(_plain(description(choice, station)))
    made.language(choice.language or identity.language)
    made.generator("audionews")
    if identity.copyright:
        made.copyright(identity.copyright)
    changed = datetime.fromtimestamp(0, UTC)  # of a feed whose only bulletin was withdrawn
    for episode in episodes:
        _add(made, episode, station)
        changed = max(changed, episode.published, *(one.at for one in episode.corrections))
    made.lastBuildDate(changed)
    declaration, _, rest = bytes(made.rss_str(pretty=True)).partition(b"\n")
    if not style:
        return declaration + b"\n" + rest
    up = "../" * document.path.count("/")
    return declaration + f'\n<?xml-stylesheet type="text/css" href="{up}{style}"?>\n'.encode() + rest


def opml(choices: Sequence[FeedChoice], station: Station) -> bytes:
    """List feeds for apps that subscribe to several at once (OPML 2.0, opml.org/spec2.opml)."""
    from lxml import etree

    url = station.identity.url
    whole = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(whole, "head"), "title").text = typeset(station.identity.name)
    body = etree.SubElement(whole, "body")
    for one in choices:
        name = title(one, station)
        etree.SubElement(
            body,
            "outline",
            {
                "type": "rss",
                "text": name,
                "title": name,
                "description": description(one, station),
                "language": one.language or station.identity.language,
                "htmlUrl": f"{url}/",
                "xmlUrl": f"{url}/{path(one)}",
            },
        )
    return bytes(etree.tostring(whole, pretty_print=True, xml_declaration=True, encoding="UTF-8"))


def podcast_guid(address: str) -> str:
    """Give the permanent id of a podcast: UUIDv5 of its feed's address, bare of scheme and final slashes."""
    return str(uuid.uuid5(PODCAST_GUIDS, address.partition("://")[2].rstrip("/")))


def shorten(text: str, limit: int = MAX_BYTES) -> str:
    """Cut a text at a word so that it holds in `limit` bytes of UTF-8, and show the cut."""
    if len(text.encode()) <= limit:
        return text
    kept = text.encode()[: limit - 4].decode(errors="ignore").rpartition(" ")[0]
    return f"{kept} …"


def _chosen(choice: FeedChoice, one: Entry) -> bool:
    return (
        (not choice.editions or one.edition in choice.editions)
        and (not choice.formats or one.format in choice.formats)
        and (not choice.language or one.language == choice.language)
    )


def _links(document: Document, choice: FeedChoice, station: Station) -> list[tuple[str, str]]:
    """Give the relations between the documents of a feed, as archives and as pages (RFC 5005, sections 3 and 4)."""
    url, number, count = station.identity.url, document.number, document.archives
    first = f"{url}/{path(choice)}"
    hub = [("hub", station.podcast.hub)] if station.podcast.hub and not number else []
    if not count:
        return hub
    older = number - 1 if number else count
    links = [("first", first), ("last", f"{url}/{archive_path(choice, 1)}")]
    if older:
        address = f"{url}/{archive_path(choice, older)}"
        links += [("next", address), ("prev-archive", address)]
    if number:
        newer = f"{url}/{archive_path(choice, number + 1)}" if number < count else first
        links += [("previous", newer), ("current", first)]
        links += [("next-archive", newer)] if number < count else []
    return hub + links


def _plain(text: str) -> str:
    """Make a description of a text; readers take a description for HTML."""
    return shorten(html.escape(text, quote=False))  # cut at a blank, so never inside an entity


def _add(made: Any, episode: Episode, station: Station) -> None:
    url = station.identity.url
    item = made.add_entry(order="append")
    item.title(episode.title)
    item.link(href=f"{url}/episodes/{episode.id}/")
    item.guid(episode.guid, permalink=False)
    item.description(_plain(episode.summary or episode.title))
    item.content(notes(episode, station), type="CDATA")
    item.enclosure(f"{url}/{episode.audio}", str(episode.bytes), "audio/mpeg")
    item.podcast.describe(episode, station)
