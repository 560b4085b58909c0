"""Episodes → the podcast feed: RSS 2.0 with the iTunes and Podcasting 2.0 tags."""

from __future__ import annotations

import base64
import html
import uuid
from collections.abc import Sequence
from email.utils import format_datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from audionews.model import Alternate, Episode
from audionews.publish.render import notes
from audionews.station import Identity, Station

if TYPE_CHECKING:
    from lxml.etree import _Element

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
PODCAST_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # podcast-namespace, docs/tags/guid.md
LISTED = ("opus", "mp3")  # alternates for apps that choose; a voice note is for people
MAX_BYTES = 4000  # of a description; Apple, tag reference


def feed(episodes: Sequence[Episode], station: Station, cover: str) -> bytes:
    """Write the feed. The same episodes give the same bytes: nothing comes from the clock.

    Args:
        episodes: newest first, at least one.
        station: who speaks, and the address of the site.
        cover: name of the picture in the site, with the ending that fits its content.

    Returns:
        XML in UTF-8.

    Raises:
        ValueError: there is no episode.
    """
    from feedgen.feed import FeedGenerator

    if not episodes:
        raise ValueError("a feed needs an episode")
    identity, address = station.identity, f"{station.identity.url}/feed.xml"
    made = FeedGenerator()
    made.register_extension("podcast", partial(_Channel, station, cover), _Item, atom=False)
    made.title(identity.name)
    made.link(href=address, rel="self", type="application/rss+xml")
    made.link(href=f"{identity.url}/")  # last: feedgen takes the last link added as the site's
    made.description(_plain(identity.description))
    made.language(identity.language)
    made.lastBuildDate(max(episode.published for episode in episodes))
    made.generator("audionews")
    if identity.copyright:
        made.copyright(identity.copyright)
    for episode in episodes:
        _add(made, episode, station)
    return bytes(made.rss_str(pretty=True))


def podcast_guid(address: str) -> str:
    """Give the permanent id of a podcast: UUIDv5 of its feed's address, bare of scheme and final slashes."""
    return str(uuid.uuid5(PODCAST_GUIDS, address.partition("://")[2].rstrip("/")))


def shorten(text: str, limit: int = MAX_BYTES) -> str:
    """Cut a text at a word so that it holds in `limit` bytes of UTF-8, and show the cut."""
    if len(text.encode()) <= limit:
        return text
    kept = text.encode()[: limit - 4].decode(errors="ignore").rpartition(" ")[0]
    return f"{kept} …"


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


class _Channel:
    """What feedgen lacks on the channel; the interface of feedgen.ext.base.BaseExtension."""

    def __init__(self, station: Station, cover: str) -> None:
        self._station, self._cover = station, cover

    def extend_ns(self) -> dict[str, str]:
        return {"itunes": ITUNES, "podcast": PODCAST}

    def extend_rss(self, root: _Element) -> _Element:
        identity, channel = self._station.identity, root[0]
        _tag(channel, ITUNES, "author", identity.author)
        owner = _tag(channel, ITUNES, "owner")
        _tag(owner, ITUNES, "name", identity.author)
        _tag(owner, ITUNES, "email", identity.email)
        _tag(channel, ITUNES, "image", href=f"{identity.url}/{self._cover}")
        parent = channel
        for name in identity.category:
            parent = _tag(parent, ITUNES, "category", text=name)
        # feedgen's own extension knows only yes, no and clean, which the W3C validator calls an error.
        _tag(channel, ITUNES, "explicit", "false")
        _tag(channel, ITUNES, "type", "episodic")
        _tag(channel, PODCAST, "guid", podcast_guid(f"{identity.url}/feed.xml"))
        _tag(channel, PODCAST, "locked", "no", owner=identity.email)
        _tag(channel, PODCAST, "medium", "podcast")
        return root


class _Item:
    """What feedgen lacks on an item."""

    def describe(self, episode: Episode, station: Station) -> None:
        self._episode, self._station = episode, station

    def extend_ns(self) -> dict[str, str]:
        return {}

    def extend_rss(self, item: _Element) -> _Element:
        episode, identity = self._episode, self._station.identity
        folder = f"{identity.url}/episodes/{episode.id}"
        # feedgen writes dates by way of setlocale, which changes the whole process; ours come from here.
        _tag(item, "", "pubDate", format_datetime(episode.published))
        _tag(item, ITUNES, "title", episode.title)
        _tag(item, ITUNES, "duration", str(round(episode.duration_ms / 1000)))
        _tag(item, ITUNES, "explicit", "false")
        _tag(item, ITUNES, "episodeType", "full")
        # Captions are cut to be shown while they are heard; the JSON holds sentences, and the time of each word. The
        # WebVTT by the word is not listed: apps choose by type alone, and some would print its tags as they stand.
        for name, kind, more in (
            ("transcript.vtt", "text/vtt", {"rel": "captions"}),
            ("transcript.srt", "application/x-subrip", {"rel": "captions"}),
            ("transcript.json", "application/json", {}),
        ):
            address = {"url": f"{folder}/{name}", "type": kind, "language": identity.language}
            _tag(item, PODCAST, "transcript", **more, **address)
        for one in episode.alternates:
            if one.kind in LISTED:
                _alternate(item, one, identity)
        _tag(item, PODCAST, "chapters", url=f"{folder}/chapters.json", type="application/json+chapters")
        return item


def _alternate(item: _Element, one: Alternate, identity: Identity) -> None:
    """Offer the episode in another size of sound (podcast-namespace, docs/tags/alternate-enclosure.md)."""
    made = _tag(
        item,
        PODCAST,
        "alternateEnclosure",
        type=one.type,
        length=str(one.bytes),
        bitrate=str(one.kbps * 1000),
        title=f"Léger, {one.kbps} kbit/s",
        lang=identity.language,
        **({"codecs": "opus"} if one.kind == "opus" else {}),
    )
    _tag(made, PODCAST, "source", uri=f"{identity.url}/{one.audio}")
    digest = base64.b64encode(bytes.fromhex(one.sha256)).decode()
    _tag(made, PODCAST, "integrity", type="sri", value=f"sha256-{digest}")


def _tag(parent: _Element, space: str, tag: str, content: str = "", **attributes: str) -> _Element:
    from lxml.etree import SubElement

    made = SubElement(parent, f"{{{space}}}{tag}" if space else tag, attributes)
    made.text = content or None
    return made
