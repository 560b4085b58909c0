"""Whatever an article holds, what is published is well-formed and harmless, and the text is still there."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import html5lib
import mutagen.id3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from audionews import ffmpeg
from audionews.desk import pipeline
from audionews.model import Chapter, Correction, Credit, Episode, Withdrawal
from audionews.publish.assets import assets
from audionews.publish.episode import printed
from audionews.publish.feed import Document, feed
from audionews.publish.listing import Row, index_page
from audionews.publish.page import embed_page, episode_page, withdrawn_page
from audionews.publish.search import entry, month
from audionews.publish.transcript import chapters_json, srt, transcript_html, transcript_json, vtt, words_vtt
from audionews.sound.tags import tag
from tests.helpers import make_job, make_station
from tests.publish_samples import PUBLISHED, sample_episode, sample_station

PIECES = (
    "]]>",
    "<script>window.pwned=1</script>",
    '"><img src=x onerror=window.pwned=1>',
    "</title></textarea></style>",
    "<!--",
    "&amp;lt;",
    "&#x202e;",
    "\x00",
    "\x07\x1b[31m",
    "\u0085\u009c",
    "\u202eadroit\u202c",
    "\u2066isolé",
    "\u2028\u2029",
    "👩\u200d👩\u200d👧 🇲🇱",
    "مرحبا بالعالم",
    "\ufffe\uffff",
    "{{ 7 * 7 }} {% raw %} ${x}",
    "-->\nWEBVTT\n\n00:00.000 --> 99:00.000\n",
    "javascript:alert(1)",
    "`'\"\\",
)
texts = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=60),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=6).map(" ".join),
)
addresses = st.one_of(
    texts, texts.map("https://presse.example/{}".format), st.sampled_from(["javascript:alert(1)", "data:x"])
)
STATION = sample_station()
SCHEMES = ("javascript:", "data:text", "vbscript:")
FILES = assets(STATION, "cover-1a2b3c4d.jpg")[0]
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def hostile(text: str, other: str, address: str) -> Episode:
    """Give an episode each of whose printed values comes from an article or an editor."""
    said, named, url = printed(text), printed(other), printed(address)
    base = sample_episode()
    captions = tuple(
        replace(one, text=said if place % 2 else named, words=(), beats="") for place, one in enumerate(base.captions)
    )
    return replace(
        base,
        title=named or "Journal",
        summary=said,
        captions=captions,
        chapters=tuple(replace(one, title=said, url=url) for one in base.chapters),
        credits=(Credit("telecoms", said, named, said, url, PUBLISHED.date()), *base.credits[1:]),
        corrections=(Correction(PUBLISHED + timedelta(hours=1), said),),
    )


def elements(page: str) -> list[Any]:
    """Give the elements of a page as a browser sees them."""
    return [one for one in html5lib.parse(page, namespaceHTMLElements=False).iter() if isinstance(one.tag, str)]


def clean(data: str) -> bool:
    return not CONTROLS.search(data) and not BIDI.search(data)


@settings(max_examples=150, deadline=None)
@given(texts, texts, addresses)
def test_feeds_are_well_formed_and_say_what_was_written(text: str, other: str, address: str) -> None:
    made = hostile(text, other, address)
    data = feed(Document("feed.xml", (made.id,)), [made], STATION, "c.jpg")
    root = etree.fromstring(data)
    assert clean(data.decode())
    assert root.findtext(".//item/title") == made.title
    read = feedparser.parse(data)
    assert not read.bozo
    assert len(read.entries) == 1
    notes = root.findtext(".//item/{http://purl.org/rss/1.0/modules/content/}encoded") or ""
    shown = html5lib.parseFragment(notes, namespaceHTMLElements=False)
    tags = {one.tag for one in shown.iter() if isinstance(one.tag, str)}
    assert tags <= {"DOCUMENT_FRAGMENT", "p", "strong", "ul", "li", "a"}
    links = [one.get("href") or "" for one in shown.iter("a")]
    assert all(one.startswith(("http://", "https://")) for one in links)


@settings(max_examples=100, deadline=None)
@given(texts, texts, addresses)
def test_pages_hold_no_element_that_nobody_wrote(text: str, other: str, address: str) -> None:
    made = hostile(text, other, address)
    plain = sample_episode()
    usual = replace(
        plain,
        corrections=(Correction(PUBLISHED, "Une phrase."),),
        credits=(replace(plain.credits[0], author="Awa"), *plain.credits[1:]),
    )
    gone = Withdrawal(PUBLISHED, made.summary)
    row = Row(made.id, made.title, made.date, made.duration_ms, made.bytes)
    pages = {
        "episode": (episode_page(made, STATION, FILES), episode_page(usual, STATION, FILES)),
        "embed": (embed_page(made, STATION, FILES, ""), embed_page(usual, STATION, FILES, "")),
        "withdrawn": (
            withdrawn_page(replace(made, withdrawn=gone), STATION, FILES),
            withdrawn_page(replace(usual, withdrawn=gone), STATION, FILES),
        ),
        "index": (
            index_page(made, [row], ["2025-06"], [], STATION, FILES),
            index_page(usual, [replace(row, name="Journal")], ["2025-06"], [], STATION, FILES),
        ),
        "transcript": (transcript_html(made, STATION), transcript_html(usual, STATION)),
    }
    for name, (page, expected) in pages.items():
        assert clean(page), name
        known, found = {one.tag for one in elements(expected)}, elements(page)
        assert {one.tag for one in found} <= known | {"sup"}, name
        assert sum(one.tag == "script" for one in found) == expected.count("<script"), name
        for one in found:
            assert not [key for key in one.attrib if str(key).startswith("on")], name
            assert not (one.get("href") or "").strip().lower().startswith(SCHEMES), name
        [policy] = [one.get("content") for one in found if one.get("http-equiv") == "Content-Security-Policy"]
        assert str(policy).startswith("default-src 'none'"), name


@settings(max_examples=100, deadline=None)
@given(texts, texts, addresses)
def test_transcripts_chapters_and_search_keep_their_form(text: str, other: str, address: str) -> None:
    made = hostile(text, other, address)
    for written in (vtt(made), words_vtt(made)):
        assert clean(written)
        blocks = written.strip("\n").split("\n\n")
        assert blocks[0] == "WEBVTT"
        assert all(re.match(r"\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3}\n[^\n]", one) for one in blocks[1:])
    for block in filter(None, srt(made).split("\n\n")):
        assert re.match(r"\d+\n\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}\n[^\n]", block)
    for data in (transcript_json(made), chapters_json(made, STATION), month([entry(made)]).decode()):
        json.loads(data)
        assert clean(data)
    assert len(month([entry(made), entry(made)]).decode().strip().split(",\n")) == 2, "the page reads it line by line"


def _silent_mp3(path: Path) -> Path:
    ffmpeg.run("-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono", "-t", "0.2", "-b:a", "64k", str(path), timeout=30)
    return path


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts, texts)
def test_tags_of_the_sound_are_read_back(tmp_path: Path, text: str, other: str) -> None:
    bare = tmp_path / "bare.mp3"
    if not bare.exists():
        _silent_mp3(bare)
    path = tmp_path / "tagged.mp3"
    path.write_bytes(bare.read_bytes())
    title, station = printed(text) or "Journal", printed(other) or "Radio"
    chapters = (Chapter(0, 100, title), Chapter(100, 200, station))
    tag(
        path,
        title=title,
        station=station,
        date=PUBLISHED.date(),
        cover=b"",
        chapters=chapters,
        comment=title,
        lyrics=title,
    )
    id3: Any = mutagen.id3
    read = id3.ID3(path)
    assert str(read["TIT2"]) == title
    assert str(read["TPE1"]) == station
    assert str(read["CHAP:chp1"].sub_frames["TIT2"]) == station


@pytest.mark.parametrize("piece", PIECES, ids=ascii)
def test_printed_texts_lose_only_what_cannot_be_printed(piece: str) -> None:
    kept = printed(f"avant {piece} après")
    assert clean(kept)
    visible = [one for one in piece if unicodedata.category(one)[0] not in "CZ" and one not in "'\"`"]
    assert [one for one in kept if one in visible or one.isalnum()], kept
    assert kept.startswith("avant")
    assert kept.endswith("après")


ARTICLE = """Titre : {title}
Date : 2025-06-06

{title} Le conseil communal a voté jeudi un budget de 14 millions de francs. La séance a duré trois heures.
Le maire Fanta SACKO a remercié les élus pour leur travail. Les travaux commencent lundi dans les trois quartiers.
Awa <b>SISSOKO</b>
"""


def test_a_hostile_article_goes_through_the_whole_house(tmp_path: Path) -> None:
    make_station(tmp_path)
    hostile_title = '<script>window.pwned=1</script> ]]> \u202eBudget "voté" 👩\u200d👧 <img src=x onerror=pwned=1>'
    (tmp_path / "articles" / "mal.txt").write_text(ARTICLE.format(title=hostile_title), "utf-8")
    (tmp_path / "articles" / "nul.txt").write_bytes(ARTICLE.format(title="Un \x00 nul").encode())
    (tmp_path / "articles" / "long.txt").write_text(ARTICLE.format(title="Un très long titre " * 5500), "utf-8")
    job = make_job(tmp_path)
    pipeline.build(job)
    for path in job.site.rglob("*"):
        assert re.fullmatch(r"[a-z0-9./-]+", path.relative_to(job.site).as_posix(), re.IGNORECASE), path
        assert len(path.name) <= 120
        if path.suffix in {".html", ".xml", ".json", ".vtt", ".srt", ".txt"}:
            data = path.read_text("utf-8")
            assert "<script>window" not in data, path
            assert "<img src=x" not in data or path.suffix in {".json", ".vtt", ".srt", ".txt"}, path
            assert clean(data), path
    etree.parse(job.site / "feed.xml")
    assert sum(path.stat().st_size for path in job.site.rglob("feed.xml")) < 100_000
