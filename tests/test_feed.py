"""The rules of a podcast feed, one by one; sources are the tables of Apple, PSP-1 and podcast-namespace."""

from __future__ import annotations

import base64
import locale
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from audionews.model import Alternate, Correction, Credit, Episode
from audionews.publish.feed import ALL, Document, documents, feed, opml, podcast_guid, shorten
from audionews.publish.library import Entry
from audionews.station import FeedChoice, Person, Podcast, Station
from tests.publish_samples import former_episodes, sample_episode, sample_station

GOLDEN = Path(__file__).parent / "data" / "feed.xml"
CAPTIONS, CUT = {"rel": "captions"}, {"vtt", "srt"}
COVER = "cover-1a2b3c4d.jpg"
GUID = "9b024349-ccf0-5f69-a609-6b82873eab3c"
DOCUMENTS = (("feed.xml", 0), ("archives/feed-2.xml", 2), ("archives/feed-1.xml", 1))  # newest first
NAMES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "fh": "http://purl.org/syndication/history/1.0",
}


def _feed(*episodes: Episode, station: Station | None = None) -> bytes:
    listed = episodes or (sample_episode(), *former_episodes(2))
    return feed(Document("feed.xml", tuple(one.id for one in listed)), listed, station or sample_station(), COVER)


def _find(path: str, data: bytes | None = None) -> Any:
    return etree.fromstring(data or _feed()).xpath(path, namespaces=NAMES)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/rss/@version", "2.0"),
        ("/rss/channel/title/text()", "Radio du Lac"),
        ("/rss/channel/link/text()", "https://radio.example/lac/"),
        ("/rss/channel/language/text()", "fr"),
        ("/rss/channel/copyright/text()", "Radio du Lac"),
        ("/rss/channel/generator/text()", "audionews"),
        (
            "/rss/channel/atom:link[@rel='self'][@type='application/rss+xml']/@href",
            "https://radio.example/lac/feed.xml",
        ),
        ("/rss/channel/itunes:image/@href", f"https://radio.example/lac/{COVER}"),
        ("/rss/channel/itunes:category/@text", "News"),
        ("/rss/channel/itunes:category/itunes:category/@text", "Daily News"),
        ("/rss/channel/itunes:explicit/text()", "false"),
        ("/rss/channel/itunes:author/text()", "Radio du Lac"),
        ("/rss/channel/itunes:owner/itunes:email/text()", "redaction@radio.example"),
        ("/rss/channel/itunes:type/text()", "episodic"),
        ("/rss/channel/podcast:locked/text()", "no"),
        ("/rss/channel/podcast:medium/text()", "podcast"),
    ],
)
def test_channel(path: str, value: str) -> None:
    assert _find(path) == [value]


def test_channel_texts_are_short_enough() -> None:
    station = sample_station()
    long = replace(station, identity=replace(station.identity, description="é <b> " * 1500))
    [text] = _find("/rss/channel/description/text()", _feed(station=long))
    assert len(text.encode()) <= 4000
    assert text.endswith(" …")


def test_a_category_without_sub_category() -> None:
    station = sample_station()
    plain = replace(station, identity=replace(station.identity, category=("News",)))
    assert _find("//itunes:category/@text", _feed(station=plain)) == ["News"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title/text()", "Journal du matin, samedi 7\u00a0juin 2025"),
        ("link/text()", "https://radio.example/lac/episodes/2025-06-07-matin/"),
        ("guid[@isPermaLink='false']/text()", sample_episode().guid),
        ("enclosure/@type", "audio/mpeg"),
        ("enclosure/@url", f"https://radio.example/lac/{sample_episode().audio}"),
        ("enclosure/@length", "5"),
        ("pubDate/text()", "Sat, 07 Jun 2025 07:05:00 +0000"),
        ("itunes:duration/text()", str(round(sample_episode().duration_ms / 1000))),
        ("itunes:explicit/text()", "false"),
        ("itunes:episodeType/text()", "full"),
        (
            "podcast:transcript[@type='text/vtt'][@language='fr']/@url",
            "https://radio.example/lac/episodes/2025-06-07-matin/transcript.vtt",
        ),
        (
            "podcast:chapters[@type='application/json+chapters']/@url",
            "https://radio.example/lac/episodes/2025-06-07-matin/chapters.json",
        ),
    ],
)
def test_item(path: str, value: str) -> None:
    assert _find(f"/rss/channel/item[1]/{path}") == [value]


def test_every_kind_of_transcript_is_listed_once() -> None:
    """Apps choose by type alone, so no type may stand twice; only what is cut for a screen is said to be captions."""
    folder = "https://radio.example/lac/episodes/2025-06-07-matin"
    listed = [dict(one.attrib) for one in _find("/rss/channel/item[1]/podcast:transcript")]
    kinds = {"vtt": "text/vtt", "srt": "application/x-subrip", "json": "application/json", "html": "text/html"}
    assert listed == [
        {"url": f"{folder}/transcript.{end}", "type": kind, "language": "fr"}
        | (CAPTIONS if end in {"vtt", "srt"} else {})
        for end, kind in kinds.items()
    ]


def test_newest_comes_first_and_every_address_once() -> None:
    data = _feed(sample_episode(), *former_episodes(6))
    dates = [parsedate_to_datetime(text) for text in _find("//item/pubDate/text()", data)]
    assert dates == sorted(dates, reverse=True)
    for path in ("//item/guid/text()", "//enclosure/@url"):
        found = _find(path, data)
        assert len(set(found)) == len(found) == 7


def test_nothing_comes_from_the_clock_and_the_locale_is_left_alone() -> None:
    before = locale.setlocale(locale.LC_ALL)
    assert _feed() == _feed()
    assert locale.setlocale(locale.LC_ALL) == before
    assert _find("//lastBuildDate/text()") == ["Sat, 07 Jun 2025 07:05:00 +0000"]


def test_last_build_date_is_the_newest_publication() -> None:
    late = replace(former_episodes(1)[0], published=datetime(2025, 6, 8, 9, 0, tzinfo=UTC))
    assert _find("//lastBuildDate/text()", _feed(sample_episode(), late)) == ["Sun, 08 Jun 2025 09:00:00 +0000"]


def test_notes_have_time_codes_sources_and_the_disclosure() -> None:
    [text] = _find("/rss/channel/item[1]/content:encoded/text()")
    assert "<li>0:12&nbsp;– Télécoms" in text
    assert '<a href="https://presse.example/telecoms?a=1&amp;b=2">le quotidien L’Essor</a>' in text
    assert "&lt;sans&gt;" in text
    assert "javascript:" not in text
    assert "Voix de synthèse. Textes condensés par un programme à partir des articles cités." in text


def test_long_notes_leave_the_last_stories_to_the_page() -> None:
    many = tuple(Credit(f"s{n}", f"Titre {n}", "le quotidien", url="https://x.example/" + "a" * 400) for n in range(30))
    episode = replace(sample_episode(), credits=many)
    [text] = _find("//item/content:encoded/text()", _feed(episode))
    assert 3000 < len(text.encode()) <= 4000
    assert "La suite du sommaire est sur la page du journal." in text


def test_description_is_html_of_the_summary() -> None:
    [text] = _find("/rss/channel/item[1]/description/text()")
    assert text.endswith("Lutte\u00a0: une finale &lt;sans&gt; surprise\u202f?")


def test_bytes_are_utf8_with_a_declaration_and_the_exact_names() -> None:
    data = _feed()
    assert data.lower().startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    root = etree.fromstring(data)
    assert root.nsmap == {name: space for name, space in NAMES.items() if name != "fh"}


@pytest.mark.parametrize(
    ("address", "guid"),
    [
        ("https://podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("https://mp3s.nashownotes.com/pc20rss.xml/", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
    ],
)
def test_podcast_guid_of_the_published_vectors(address: str, guid: str) -> None:
    assert podcast_guid(address) == guid


def test_a_feed_whose_only_episode_was_withdrawn_is_empty_and_the_same_each_time() -> None:
    empty = feed(Document("feed.xml", ()), (), sample_station(), COVER)
    assert empty == feed(Document("feed.xml", ()), (), sample_station(), COVER)
    assert not _find("//item", empty)
    assert not feedparser.parse(empty).bozo


def test_shorten_cuts_at_a_word() -> None:
    assert shorten("un deux trois", 13) == "un deux trois"
    assert shorten("un deux trois quatre", 13) == "un deux …"
    assert len(shorten("é " * 100, 50).encode()) <= 50


def test_feedparser_reads_it_without_complaint() -> None:
    read = feedparser.parse(_feed())
    assert not read.bozo
    assert read.version == "rss20"
    assert read.entries[0].title == sample_episode().title
    assert read.entries[0].enclosures[0].length == "5"
    assert read.feed.image.href.endswith(COVER)


def test_golden_feed() -> None:
    """The whole feed, byte for byte, as the W3C feed validator (43dabeb) took it without an error."""
    assert _feed() == GOLDEN.read_bytes()


def test_low_data_editions_are_alternate_enclosures() -> None:
    """podcast-namespace, docs/tags/alternate-enclosure.md; the voice note is for people, not for apps."""
    light = (
        Alternate("opus", "episodes/x/x-24k-0a0b0c0d.opus", "audio/ogg", 540_000, "0a0b0c0d" * 8, 24),
        Alternate("mp3", "episodes/x/x-48k-0a0b0c0d.mp3", "audio/mpeg", 1_080_000, "0a0b0c0d" * 8, 48),
        Alternate("voice-note", "episodes/x/x-message-0a0b0c0d.ogg", "audio/ogg", 540_000, "0a0b0c0d" * 8, 24),
    )
    data = _feed(replace(sample_episode(), alternates=light))
    first, second = _find("//item/podcast:alternateEnclosure", data)
    assert dict(first.attrib) == {
        "type": "audio/ogg",
        "codecs": "opus",
        "length": "540000",
        "bitrate": "24000",
        "title": "Léger, 24 kbit/s",
        "lang": "fr",
    }
    assert (second.get("type"), second.get("length"), second.get("bitrate")) == ("audio/mpeg", "1080000", "48000")
    assert _find("//podcast:source/@uri", data) == [f"https://radio.example/lac/{one.audio}" for one in light[:2]]
    digest = base64.b64encode(bytes.fromhex("0a0b0c0d" * 8)).decode()
    assert _find("//podcast:integrity/@value", data) == [f"sha256-{digest}"] * 2
    assert _find("//item/enclosure/@type", data) == ["audio/mpeg"], "the feed's own enclosure stays the MP3"


# More than one document, more than one feed


def _entries(count: int, withdrawn: Sequence[int] = (), edition: str = "matin") -> tuple[Entry, ...]:
    """Give so many bulletins, newest first, numbered from the oldest, 0."""
    made = [
        Entry(f"{n:04d}", f"2025-06-07 {n:04d}", edition, "journal", "fr", n in withdrawn, "", str(n))
        for n in range(count)
    ]
    return tuple(reversed(made))


@given(st.integers(0, 400), st.integers(10, 60), st.sets(st.integers(0, 399)))
def test_documents_hold_every_bulletin_once_and_a_bounded_number(count: int, items: int, withdrawn: set[int]) -> None:
    entries = _entries(count, tuple(withdrawn))
    *archives, first = documents(ALL, entries, items)
    listed = [one for document in (first, *reversed(archives)) for one in document.ids]
    assert listed == [one.id for one in entries if not one.withdrawn]
    assert first.path == "feed.xml"
    assert [one.number for one in archives] == list(range(1, len(archives) + 1))
    assert all(len(one.ids) <= items for one in archives)
    assert len(first.ids) < 2 * items
    if not withdrawn:
        assert len(first.ids) >= min(count, items)


@given(st.integers(0, 300), st.integers(10, 60))
def test_one_bulletin_more_leaves_the_archives_as_they_were(count: int, items: int) -> None:
    before, after = documents(ALL, _entries(count), items), documents(ALL, _entries(count + 1), items)
    closed = {one.path: one.ids for one in after[:-1]}
    assert {path: ids for path, ids in closed.items() if path in {one.path for one in before[:-1]}} == {
        one.path: one.ids for one in before[:-1]
    }
    assert len(after) - len(before) in {0, 1}


def test_a_feed_of_an_edition_a_format_or_a_language_holds_no_other() -> None:
    entries = (*_entries(3), *_entries(2, edition="soir"))
    [evening] = documents(FeedChoice("soir", editions=("soir",)), entries, 100)
    assert (evening.path, len(evening.ids)) == ("feed-soir.xml", 2)
    assert documents(FeedChoice("titres", formats=("titres",)), entries, 100)[-1].ids == ()
    assert len(documents(FeedChoice("fr", language="fr"), entries, 100)[-1].ids) == 5
    assert documents(FeedChoice("bm", language="bm"), entries, 100)[-1].ids == ()


def _links(data: bytes) -> dict[str, str]:
    return {str(one.get("rel")): str(one.get("href")) for one in _find("/rss/channel/atom:link", data)}


def test_documents_of_a_feed_lead_to_each_other_as_rfc_5005_says() -> None:
    url, station = "https://radio.example/lac", sample_station()
    third, second, oldest = (Document(path, (), number, 2) for path, number in DOCUMENTS)
    assert _links(feed(third, (), station, COVER)) == {
        "self": f"{url}/feed.xml",
        "first": f"{url}/feed.xml",
        "last": f"{url}/archives/feed-1.xml",
        "next": f"{url}/archives/feed-2.xml",
        "prev-archive": f"{url}/archives/feed-2.xml",
    }
    made = feed(second, (), station, COVER)
    assert _links(made) == {
        "self": f"{url}/archives/feed-2.xml",
        "first": f"{url}/feed.xml",
        "last": f"{url}/archives/feed-1.xml",
        "next": f"{url}/archives/feed-1.xml",
        "prev-archive": f"{url}/archives/feed-1.xml",
        "previous": f"{url}/feed.xml",
        "current": f"{url}/feed.xml",
    }
    links = _links(feed(oldest, (), station, COVER))
    assert "next" not in links
    assert "prev-archive" not in links
    assert links["next-archive"] == links["previous"] == f"{url}/archives/feed-2.xml"
    marked = [bool(_find("/rss/channel/fh:archive", feed(one, (), station, COVER))) for one in (third, second, oldest)]
    assert marked == [False, True, True]


def rich_feed() -> bytes:
    """Give a feed that has all a station can tell of itself."""
    station = sample_station()
    station = replace(
        station,
        identity=replace(station.identity, location="Mopti", geo="14.49,-4.20", osm="R2156389", country="ML"),
        podcast=Podcast(
            frequency="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            locked=True,
            license="cc-by-4.0",
            license_url="https://creativecommons.org/licenses/by/4.0/",
            hub="https://hub.example/",
        ),
        persons=(Person("Awa Sissoko", "editor", "writing", "https://radio.example/awa"),),
    )
    noon = datetime(2025, 6, 7, 12, 30, tzinfo=UTC)
    fault = Correction(noon, "Le budget est de 14 millions, non de 41.")
    one = replace(sample_episode(), corrections=(fault,), card="episodes/2025-06-07-matin/carte-0a0b0c0d.png")
    return feed(Document("feed.xml", (one.id,), archives=1), [one], station, COVER, guid=GUID, style="assets/feed.css")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("podcast:locked/text()", "yes"),
        ("podcast:guid/text()", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("podcast:updateFrequency/text()", "Du lundi au vendredi"),
        ("podcast:updateFrequency/@rrule", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("podcast:license/text()", "cc-by-4.0"),
        ("podcast:license/@url", "https://creativecommons.org/licenses/by/4.0/"),
        ("podcast:location/text()", "Mopti"),
        ("podcast:location/@geo", "geo:14.49,-4.20"),
        ("podcast:location/@osm", "R2156389"),
        ("podcast:location/@country", "ML"),
        ("podcast:person/text()", "Awa Sissoko"),
        ("podcast:person/@role", "editor"),
        ("podcast:txt[@purpose='ai-content']/text()", "true"),
        ("podcast:image[@purpose='artwork']/@href", f"https://radio.example/lac/{COVER}"),
        ("atom:link[@rel='hub']/@href", "https://hub.example/"),
        ("item/podcast:image/@href", "https://radio.example/lac/episodes/2025-06-07-matin/carte-0a0b0c0d.png"),
        ("item/atom:updated/text()", "2025-06-07T12:30:00+00:00"),
        ("lastBuildDate/text()", "Sat, 07 Jun 2025 12:30:00 +0000"),
        ("item/pubDate/text()", "Sat, 07 Jun 2025 07:05:00 +0000"),
    ],
)
def test_what_a_station_tells_of_itself(path: str, value: str) -> None:
    assert _find(f"/rss/channel/{path}", rich_feed()) == [value]


def test_a_correction_is_told_in_the_notes_and_a_browser_is_given_a_style() -> None:
    data = rich_feed()
    [notes] = _find("/rss/channel/item/content:encoded/text()", data)
    assert "Corrigé le samedi 7\u00a0juin 2025&nbsp;:</strong> Le budget est de 14 millions, non de 41." in notes
    assert data.splitlines()[1] == b'<?xml-stylesheet type="text/css" href="assets/feed.css"?>'
    assert not feedparser.parse(data).bozo


def test_opml_lists_all_feeds() -> None:
    choices = (ALL, FeedChoice("matin", title="Le matin <7 h>"))
    outlines = etree.fromstring(opml(choices, sample_station())).findall("./body/outline")
    assert [(one.get("type"), one.get("text"), one.get("xmlUrl")) for one in outlines] == [
        ("rss", "Radio du Lac", "https://radio.example/lac/feed.xml"),
        ("rss", "Le matin <7\u00a0h>", "https://radio.example/lac/feed-matin.xml"),
    ]
