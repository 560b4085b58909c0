"""What feedgen lacks: the elements of iTunes as validators want them, of Podcasting 2.0, Atom and RFC 5005.

Sources: Apple's tag reference; podcast-namespace, docs/tags/NAME.md; RFC 4287; RFC 5005.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from email.utils import format_datetime
from typing import TYPE_CHECKING

from audionews.model import Alternate, Episode
from audionews.station import Identity, Person, Station

if TYPE_CHECKING:
    from lxml.etree import _Element

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005
LISTED = ("opus", "mp3")  # alternates for apps that choose; a voice note is for people
# What a rule of recurrence is to people.
FREQUENCIES = {
    "FREQ=HOURLY": "Toutes les heures",
    "FREQ=DAILY": "Tous les jours",
    "FREQ=WEEKLY": "Toutes les semaines",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": "Du lundi au vendredi",
    "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR": "Du lundi au vendredi",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA": "Du lundi au samedi",
}
NAME = 128  # characters of a person, place or license; longer ones are cut by aggregators
# podcast-namespace, docs/examples/transcripts: captions are cut to be shown while they are heard. The JSON holds
# sentences, and the time of each word; the WebVTT by the word is not listed: apps choose by type alone, and some would
# print its tags as they stand.
TRANSCRIPTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("transcript.vtt", "text/vtt", {"rel": "captions"}),
    ("transcript.srt", "application/x-subrip", {"rel": "captions"}),
    ("transcript.json", "application/json", {}),
    ("transcript.html", "text/html", {}),
)


class Channel:
    """What feedgen lacks on the channel; the interface of feedgen.ext.base.BaseExtension.

    Args:
        station: who speaks.
        cover: address of the picture.
        guid: the podcast's permanent id.
        links: relation → address, of Atom's link elements beside self.
        archive: whether this is one of RFC 5005's archive documents, which apps read once.
    """

    def __init__(
        self, station: Station, cover: str, guid: str, links: Sequence[tuple[str, str]], *, archive: bool
    ) -> None:
        self._station, self._cover, self._guid = station, cover, guid
        self._links, self._archive = links, archive

    def extend_ns(self) -> dict[str, str]:
        """Give the prefixes of the whole feed."""
        return {"itunes": ITUNES, "podcast": PODCAST, **({"fh": HISTORY} if self._archive else {})}

    def extend_rss(self, root: _Element) -> _Element:
        """Add the elements to the channel, the first child of the root."""
        identity, podcast, channel = self._station.identity, self._station.podcast, root[0]
        for relation, address in self._links:
            _tag(channel, ATOM, "link", rel=relation, href=address)
        if self._archive:
            _tag(channel, HISTORY, "archive")
        _tag(channel, ITUNES, "author", identity.author)
        owner = _tag(channel, ITUNES, "owner")
        _tag(owner, ITUNES, "name", identity.author)
        _tag(owner, ITUNES, "email", identity.email)
        _tag(channel, ITUNES, "image", href=self._cover)
        parent = channel
        for name in identity.category:
            parent = _tag(parent, ITUNES, "category", text=name)
        # feedgen's own extension knows only yes, no and clean, which the W3C validator calls an error.
        _tag(channel, ITUNES, "explicit", "false")
        _tag(channel, ITUNES, "type", "episodic")
        _tag(channel, PODCAST, "guid", self._guid)
        _tag(channel, PODCAST, "locked", "yes" if podcast.locked else "no", owner=identity.email)
        _tag(channel, PODCAST, "medium", "podcast")
        alt = f"{identity.name}, image du podcast"
        art = {"alt": alt, "aspect-ratio": "1/1", "type": "image/jpeg", "purpose": "artwork"}
        _tag(channel, PODCAST, "image", href=self._cover, **art)
        if podcast.frequency:
            told = FREQUENCIES.get(podcast.frequency, podcast.frequency)
            _tag(channel, PODCAST, "updateFrequency", told, rrule=podcast.frequency)
        if podcast.license:
            given = {"url": podcast.license_url} if podcast.license_url else {}
            _tag(channel, PODCAST, "license", podcast.license[:NAME], **given)
        if identity.location:
            _location(channel, identity)
        for one in self._station.persons:
            _person(channel, one)
        _tag(channel, PODCAST, "txt", "true", purpose="ai-content")
        return root


class Item:
    """What feedgen lacks on an item."""

    def describe(self, episode: Episode, station: Station) -> None:
        """Say which episode this item is."""
        self._episode, self._station = episode, station

    def extend_ns(self) -> dict[str, str]:
        """Give no prefix: the channel has given them."""
        return {}

    def extend_rss(self, item: _Element) -> _Element:
        """Add the elements to the item."""
        episode, identity = self._episode, self._station.identity
        folder = f"{identity.url}/episodes/{episode.id}"
        # feedgen writes dates by way of setlocale, which changes the whole process; ours come from here.
        _tag(item, "", "pubDate", format_datetime(episode.published))
        if episode.corrections:
            _tag(item, ATOM, "updated", episode.corrections[-1].at.isoformat())
        _tag(item, ITUNES, "title", episode.title)
        _tag(item, ITUNES, "duration", str(round(episode.duration_ms / 1000)))
        _tag(item, ITUNES, "explicit", "false")
        _tag(item, ITUNES, "episodeType", "full")
        for name, kind, more in TRANSCRIPTS:
            address = {"url": f"{folder}/{name}", "type": kind, "language": episode.language}
            _tag(item, PODCAST, "transcript", **more, **address)
        for one in episode.alternates:
            if one.kind in LISTED:
                _alternate(item, one, identity, episode.language)
        _tag(item, PODCAST, "chapters", url=f"{folder}/chapters.json", type="application/json+chapters")
        if episode.card:
            shown = {"alt": episode.title, "aspect-ratio": "40/21", "width": "1200", "height": "630"}
            _tag(item, PODCAST, "image", href=f"{identity.url}/{episode.card}", **shown, purpose="social")
        _tag(item, PODCAST, "txt", "true", purpose="ai-content")
        return item


def _alternate(item: _Element, one: Alternate, identity: Identity, language: str) -> None:
    """Offer the episode in another size of sound (podcast-namespace, docs/tags/alternate-enclosure.md)."""
    made = _tag(
        item,
        PODCAST,
        "alternateEnclosure",
        type=one.type,
        length=str(one.bytes),
        bitrate=str(one.kbps * 1000),
        title=f"Léger, {one.kbps} kbit/s",
        lang=language,
        **({"codecs": "opus"} if one.kind == "opus" else {}),
    )
    _tag(made, PODCAST, "source", uri=f"{identity.url}/{one.audio}")
    digest = base64.b64encode(bytes.fromhex(one.sha256)).decode()
    _tag(made, PODCAST, "integrity", type="sri", value=f"sha256-{digest}")


def _location(channel: _Element, identity: Identity) -> None:
    given = {"geo": f"geo:{identity.geo}" if identity.geo else "", "osm": identity.osm, "country": identity.country}
    told = {name: value for name, value in given.items() if value}
    _tag(channel, PODCAST, "location", identity.location[:NAME], rel="subject", **told)


def _person(channel: _Element, one: Person) -> None:
    told = {name: value for name, value in (("href", one.href), ("img", one.img)) if value}
    _tag(channel, PODCAST, "person", one.name[:NAME], role=one.role, group=one.group, **told)


def _tag(parent: _Element, space: str, tag: str, content: str = "", **attributes: str) -> _Element:
    from lxml.etree import SubElement

    made = SubElement(parent, f"{{{space}}}{tag}" if space else tag, attributes)
    made.text = content or None
    return made
