"""Podcast clients and parsers of others, as people have them, on a site that the program made."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import sqlite3
import subprocess
import time
import uuid
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.clients import LIMIT, Radio, files, run, tool

NAMES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
PODCAST_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # podcast-namespace, docs/tags/guid.md
STATES = ("first", "corrected", "evening")


def _items(site: Path) -> list[dict[str, str]]:
    """Give what the feed says of each episode, newest first, read by nothing but an XML parser."""
    wanted = {
        "title": "title/text()",
        "guid": "guid/text()",
        "link": "link/text()",
        "url": "enclosure/@url",
        "length": "enclosure/@length",
        "type": "enclosure/@type",
        "date": "pubDate/text()",
        "notes": "content:encoded/text()",
        "duration": "itunes:duration/text()",
        "chapters": "podcast:chapters/@url",
    }
    items: Any = etree.parse(site / "feed.xml").xpath("//item")
    return [{name: str(one.xpath(path, namespaces=NAMES)[0]) for name, path in wanted.items()} for one in items]


def _sound(radio: Radio, number: int = 0) -> Path:
    """Give the file of the site that an enclosure of the feed names."""
    return radio.shown / _items(radio.shown)[number]["url"].removeprefix(f"{radio.served.url}/")


class Gpo:
    """gPodder's command line, with nothing of its own but what it learns here."""

    def __init__(self, home: Path) -> None:
        self.home, self.downloads = home, home / "downloads"
        self._env = {"GPODDER_HOME": str(home / "gpodder"), "GPODDER_DOWNLOAD_DIR": str(self.downloads)}

    def __call__(self, *words: str) -> str:
        return run(tool("gpo"), *words, cwd=self.home, env=self._env)

    def sounds(self) -> list[bytes]:
        return [path.read_bytes() for path in files(self.downloads, "*.mp3")]


@pytest.mark.needs("gpo")
def test_gpodder_gets_the_very_bytes_and_an_unchanged_feed_costs_a_304(radio: Radio, tmp_path: Path) -> None:
    gpo = Gpo(tmp_path)
    radio.show("evening")
    gpo("subscribe", radio.feed)
    [first] = radio.served.seen("feed.xml")
    assert first.status == 200
    listed = gpo("episodes", "--guid")
    for item in _items(radio.shown):
        assert item["guid"] in listed
        assert item["title"].replace("\u00a0", " ") in listed.replace("\u00a0", " ")
    assert "2 episodes downloaded" in gpo("download")
    assert sorted(gpo.sounds()) == sorted(_sound(radio, number).read_bytes() for number in range(2))
    radio.served.forget()
    assert "0 new episodes" in gpo("update")
    assert "0 episodes downloaded" in gpo("download")
    assert [(one.path, one.status) for one in radio.served.asked] == [("/feed.xml", 304)]


@pytest.mark.needs("gpo")
@pytest.mark.parametrize("heard", [True, False], ids=["who had it already", "who had not yet"])
def test_a_correction_is_no_second_episode_for_gpodder(radio: Radio, tmp_path: Path, heard: bool) -> None:
    gpo = Gpo(tmp_path)
    radio.show("first")
    gpo("subscribe", radio.feed)
    [before] = _items(radio.shown)
    if heard:
        gpo("download")
    radio.show("corrected")
    gpo("update")
    [after] = _items(radio.shown)
    assert before["guid"] == after["guid"]
    assert before["url"] != after["url"]
    assert gpo("episodes", "--guid").count(after["guid"]) == 1
    assert (f"{int(not heard)} episodes downloaded" in gpo("download")) or not heard
    [sound] = gpo.sounds()
    assert (sound == _sound(radio).read_bytes()) is not heard, "gPodder fetches no sound a second time"


@pytest.mark.needs("gpo")
def test_gpodder_finds_the_new_episode_of_the_evening(radio: Radio, tmp_path: Path) -> None:
    gpo = Gpo(tmp_path)
    radio.show("corrected")
    gpo("subscribe", radio.feed)
    gpo("download")
    radio.show("evening")
    assert "1 new episode" in gpo("update")
    gpo("download")
    assert [one.path for one in radio.served.seen(".mp3")] == [f"/{_sound(radio).relative_to(radio.shown)}"]


class Newsboat:
    """newsboat and podboat, with a cache and a queue of their own."""

    def __init__(self, home: Path, feed: str) -> None:
        self.home, self.downloads, self.queue = home, home / "downloads", home / ".newsboat" / "queue"
        self.queue.parent.mkdir()
        (home / "urls").write_text(f"{feed}\n")
        (home / "config").write_text(f'download-path "{self.downloads}/"\npodcast-auto-enqueue yes\nmax-downloads 2\n')

    def __call__(self, command: str) -> str:
        own = ("-u", self.home / "urls", "-c", self.home / "cache.db", "-C", self.home / "config")
        return run(tool("newsboat"), *own, "-x", command, cwd=self.home)

    def items(self) -> list[dict[str, Any]]:
        with contextlib.closing(sqlite3.connect(self.home / "cache.db")) as cache:
            cache.row_factory = sqlite3.Row
            return [dict(row) for row in cache.execute("SELECT * FROM rss_item ORDER BY pubDate DESC")]

    def podboat(self, count: int) -> None:
        """Let podboat fetch its queue in a terminal, and leave it as a person does."""
        ours, its = pty.openpty()
        started = subprocess.Popen(
            [tool("podboat"), "-C", self.home / "config", "-q", self.queue, "-a"],
            stdin=its,
            stdout=its,
            stderr=its,
            cwd=self.home,
            env={**_bare(), "HOME": str(self.home), "TERM": "xterm", "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        os.close(its)
        end = time.monotonic() + LIMIT
        try:
            while self.queue.read_text().count(" finished") < count:  # no file is taken before it is whole
                assert time.monotonic() < end, self.queue.read_text()
                time.sleep(0.1)
                _drain(ours)
                if len(files(self.downloads, "*.mp3")) == count:
                    with contextlib.suppress(OSError):
                        os.write(ours, b"q")
                if started.poll() is not None:
                    break
        finally:
            started.kill()
            started.wait(10)
            os.close(ours)


def _bare() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}


def _drain(terminal: int) -> None:
    """Read what a program draws, or it stops when nobody does."""
    os.set_blocking(terminal, False)
    with contextlib.suppress(BlockingIOError, OSError):
        while os.read(terminal, 65536):
            pass


@pytest.mark.needs("newsboat")
def test_newsboat_reads_what_was_written(radio: Radio, tmp_path: Path) -> None:
    radio.show("evening")
    newsboat = Newsboat(tmp_path, radio.feed)
    newsboat("reload")
    assert newsboat("print-unread").strip() == "2 unread articles"
    for read, written in zip(newsboat.items(), _items(radio.shown), strict=True):
        assert read["title"] == written["title"]
        assert (read["guid"], read["url"]) == (written["guid"], written["link"])
        assert (read["enclosure_url"], read["enclosure_type"]) == (written["url"], "audio/mpeg")
        assert read["content"].strip() == written["notes"].strip()
        assert read["pubDate"] == parsedate_to_datetime(written["date"]).timestamp()


@pytest.mark.needs("newsboat")
def test_a_correction_is_no_second_article_for_newsboat(radio: Radio, tmp_path: Path) -> None:
    radio.show("first")
    newsboat = Newsboat(tmp_path, radio.feed)
    newsboat("reload")
    radio.show("corrected")
    newsboat("reload")
    [read], [written] = newsboat.items(), _items(radio.shown)
    assert read["guid"] == written["guid"]
    assert newsboat("print-unread").strip() == "1 unread articles"


@pytest.mark.needs("newsboat", "podboat")
def test_podboat_fetches_what_newsboat_queued(radio: Radio, tmp_path: Path) -> None:
    radio.show("evening")
    newsboat = Newsboat(tmp_path, radio.feed)
    newsboat("reload")
    newsboat.podboat(2)
    fetched = {path.name: path.read_bytes() for path in files(newsboat.downloads, "*.mp3")}
    sounds = [_sound(radio, number) for number in range(2)]
    assert fetched == {sound.name: sound.read_bytes() for sound in sounds}


@pytest.mark.parametrize("state", STATES)
def test_podcastparser_reads_what_was_written(radio: Radio, state: str) -> None:
    """It knows the podcast namespace by its former address only, so no transcript is found (feed.md, section 7)."""
    import podcastparser  # type: ignore[import-untyped, unused-ignore]

    site = radio.show(state)
    with (site / "feed.xml").open("rb") as stream:
        read = podcastparser.parse(radio.feed, stream)
    assert (read["title"], read["link"], read["language"]) == ("Radio Essai", f"{radio.served.url}/", "fr")
    assert read["type"] == "episodic"
    assert read["explicit"] is False
    assert read["cover_url"].startswith(f"{radio.served.url}/cover-")
    written = _items(site)
    assert len(read["episodes"]) == len(written)
    for episode, item in zip(read["episodes"], written, strict=True):
        assert episode["title"].replace("\u00a0", " ") == item["title"].replace("\u00a0", " ")
        assert (episode["guid"], episode["link"]) == (item["guid"], item["link"])
        assert episode["published"] == parsedate_to_datetime(item["date"]).timestamp()
        assert episode["total_time"] == int(item["duration"])
        assert episode["description_html"].strip() == item["notes"].strip()
        assert episode["enclosures"] == [
            {"url": item["url"], "file_size": int(item["length"]), "mime_type": "audio/mpeg"}
        ]


@pytest.mark.parametrize("state", STATES)
def test_feedparser_reads_what_was_written(radio: Radio, state: str) -> None:
    import feedparser

    site = radio.show(state)
    read = feedparser.parse(radio.feed)
    assert not read.bozo
    assert read.headers["content-type"].startswith("application/rss+xml")
    for entry, item in zip(read.entries, _items(site), strict=True):
        assert (entry.title, entry.id, entry.link) == (item["title"], item["guid"], item["link"])
        [enclosure] = [one for one in entry.enclosures if one.href == item["url"]]
        assert (enclosure.length, enclosure.type) == (item["length"], "audio/mpeg")


@pytest.mark.needs("podcast-partytime", "node")
@pytest.mark.parametrize("state", STATES)
def test_the_parser_of_podcasting_2_0_apps_reads_the_tags_of_their_namespace(radio: Radio, state: str) -> None:
    """The parser of Podcast Index and Podverse, on what it is written for."""
    site = radio.show(state)
    parser = tool("podcast-partytime")
    script = (
        f"const {{parseFeed}} = require({json.dumps(str(parser))});"
        "const text = require('fs').readFileSync(process.argv[1], 'utf8');"
        "process.stdout.write('\\nREAD ' + JSON.stringify(parseFeed(text, {allowMissingGuid: false})));"
    )
    said = run(tool("node"), "-e", script, site / "feed.xml", cwd=site, env={"LOGLEVEL": "silent"})
    read = json.loads(said.rpartition("\nREAD ")[2].partition("\n")[0])
    assert (read["title"], read["language"]) == ("Radio Essai", "fr")
    assert (read["medium"], read["locked"], read["explicit"]) == ("podcast", False, False)
    assert read["guid"] == str(uuid.uuid5(PODCAST_GUIDS, radio.feed.partition("://")[2]))
    for episode, item in zip(read["items"], _items(site), strict=True):
        assert (episode["title"], episode["guid"]) == (item["title"], item["guid"])
        assert episode["enclosure"] == {"url": item["url"], "length": int(item["length"]), "type": "audio/mpeg"}
        assert episode["duration"] == int(item["duration"])
        assert episode["podcastChapters"] == {"url": item["chapters"], "type": "application/json+chapters"}
        kinds = {one["type"]: one["url"].rpartition("/")[2] for one in episode["podcastTranscripts"]}
        assert kinds.items() >= {
            ("text/vtt", "transcript.vtt"),
            ("application/srt", "transcript.srt"),  # its name for all ways to say SubRip
            ("application/json", "transcript.json"),
        }
        for one in episode["podcastTranscripts"]:
            assert (site / one["url"].removeprefix(f"{radio.served.url}/")).is_file()


@pytest.mark.needs("xmllint")
@pytest.mark.parametrize("state", STATES)
def test_xmllint_has_nothing_to_say(radio: Radio, state: str) -> None:
    site = radio.show(state)
    texts = [path for ending in ("*.xml", "*.opml", "*.svg") for path in files(site, ending)]
    assert any(path.name == "feed.xml" for path in texts)
    assert run(tool("xmllint"), "--noout", "--nonet", *texts, cwd=site) == ""


@pytest.fixture(autouse=True)
def _quiet(radio: Radio) -> Iterator[None]:
    """Whatever a client asks for is there."""
    yield
    assert [one for one in radio.served.asked if one.status >= 400] == []
