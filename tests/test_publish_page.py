from __future__ import annotations

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from audionews.model import Caption, Chapter, Credit, Role
from audionews.publish.page import assets, episode_page, index_page, moment, sections
from audionews.publish.render import clock, spoken_length, web, weight
from audionews.station import Station
from tests.publish_samples import former_episodes, sample_episode, sample_station

DISCLOSURE = "Voix de synthèse. Textes condensés par un programme à partir des articles cités."


class _Page(HTMLParser):
    """Links, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]


def _pages(station: Station | None = None, former: int = 3) -> dict[str, _Page]:
    at = station or sample_station()
    names, _ = assets(at, "cover-1a2b3c4d.jpg")
    episode = sample_episode(at=at)
    return {
        "index": _Page(index_page([episode, *former_episodes(former, at)], at, names)),
        "bulletin": _Page(episode_page(episode, at, names)),
    }


@pytest.fixture(params=["index", "bulletin"])
def page(request: pytest.FixtureRequest) -> _Page:
    return _pages()[str(request.param)]


def test_every_page_tells_what_the_voice_is_and_how_to_write(page: _Page) -> None:
    assert DISCLOSURE in page.text
    assert "relu" not in page.text
    assert "mailto:redaction@radio.example" in page.all("href")


def test_nothing_inline_and_nothing_from_elsewhere(page: _Page) -> None:
    for tag, attributes in page.tags:
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert tag != "style"
        assert tag != "script" or attributes["src"]
        for name in ("src", "href"):
            if tag in {"script", "audio", "img"} or attributes.get("rel") in {"stylesheet", "icon"}:
                assert "//" not in attributes.get(name, ""), "the site must work from any folder"
    [policy] = [a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy


def test_one_main_heading_no_level_skipped_and_every_id_once(page: _Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    ids = page.all("id")
    assert len(set(ids)) == len(ids)
    assert page.tags[0] == ("html", {"lang": "fr"})


def test_french_typography_in_text_and_attributes(page: _Page) -> None:
    contents = [attributes["content"] for _, attributes in page.tags if "property" in attributes]
    for text in [page.text, *contents, *page.all("aria-label"), *page.all("data-title")]:
        assert not re.search(r" [;:!?»%]|« |\d (?:s|min|Mo|h)\b|'", text), text


def test_relative_links_lead_to_files_of_the_site() -> None:
    known = {"index.html", "feed.xml", *assets(sample_station(), "c.jpg")[1]}
    episodes = [sample_episode(), *former_episodes(3)]
    for one in episodes:
        folder = f"episodes/{one.id}"
        known |= {one.audio, f"{folder}/index.html", f"{folder}/transcript.vtt", f"{folder}/transcript.srt"}
        known |= {f"{folder}/transcript.words.vtt", f"{folder}/transcript.json"}
    pages = _pages()
    for name, base in (("index", Path()), ("bulletin", Path("episodes/2025-06-07-matin"))):
        for link in [*pages[name].all("href"), *pages[name].all("src")]:
            if re.match(r"https?:|mailto:|#", link):
                continue
            parts: list[str] = []
            for part in (base / link.partition("#")[0]).parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            assert "/".join(parts) in known, link


def test_the_sound_is_not_fetched_before_play(page: _Page) -> None:
    [audio] = [attributes for tag, attributes in page.tags if tag == "audio"]
    assert audio["preload"] == "none"
    assert "controls" in audio


def test_byte_budgets() -> None:
    _, files = assets(sample_station(), "c.jpg")
    limits = {".css": 12_000, ".js": 14_000, ".svg": 2_000}
    for name, data in files.items():
        assert len(data) <= limits[Path(name).suffix], name
    at = sample_station()
    names, _ = assets(at, "c.jpg")
    episode = sample_episode()
    assert len(index_page([episode, *former_episodes(40)], at, names).encode()) <= 45_000
    long = replace(episode, captions=episode.captions * 14)  # about 1,500 words: a magazine of ten minutes
    assert len(episode_page(long, at, names).encode()) <= 45_000


def test_sources_stand_under_their_stories() -> None:
    page = _pages()["bulletin"]
    assert "https://presse.example/telecoms?a=1&b=2" in page.all("href")
    assert not [link for link in page.all("href") if link.startswith("javascript")]
    text = " ".join(page.text.split())
    assert "le quotidien L’Essor, samedi 7 juin 2025" in text


def test_deep_links_are_the_ids_of_the_stories() -> None:
    page = _pages()["bulletin"]
    ids = [one for one in page.all("id") if one.startswith("t=")]
    assert ids[:3] == ["t=0", "t=12", "t=34"]
    assert {f"#{one}" for one in ids} <= set(page.all("href"))


def test_every_sentence_is_on_the_page_with_its_time() -> None:
    episode, page = sample_episode(), _pages()["bulletin"]
    assert page.all("data-t") == [str(caption.start_ms) for caption in episode.captions]
    for caption in episode.captions:
        assert caption.text in page.text


def test_former_bulletins_stand_under_their_day() -> None:
    page = _pages(former=34)["index"]
    rows = [link for link in page.all("href") if re.fullmatch(r"episodes/[\w-]+/index\.html", link)]
    assert len(set(rows)) == 31
    assert "Les journaux plus anciens restent dans le flux RSS." in page.text
    assert "anciens" not in _pages()["index"].text


def test_a_first_bulletin_has_no_former_ones() -> None:
    assert "précédents" not in _pages(former=0)["index"].text


def test_the_feed_address_is_readable_text() -> None:
    assert "https://radio.example/lac/feed.xml" in _pages()["index"].text


def test_markup_in_a_title_is_text() -> None:
    hostile = replace(sample_episode(), title='<script src="x">', summary='"><img src=x>')
    names, _ = assets(sample_station(), "c.jpg")
    page = _Page(episode_page(hostile, sample_station(), names))
    assert [a for tag, a in page.tags if tag in {"script", "img"}] == [{"src": f"../../{names.player}", "defer": ""}]


def test_a_station_overrides_a_template(tmp_path: Path) -> None:
    (tmp_path / "templates" / "site").mkdir(parents=True)
    (tmp_path / "templates" / "site" / "style.css").write_text("body { color: red; }")
    own = replace(sample_station(), folder=tmp_path)
    names, files = assets(own, "c.jpg")
    assert files[names.style] == b"body { color: red; }"
    assert names.player == assets(sample_station(), "c.jpg")[0].player


def test_a_missing_value_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "templates" / "site").mkdir(parents=True)
    (tmp_path / "templates" / "site" / "episode.html.j2").write_text("{{ nothing }}")
    own = replace(sample_station(), folder=tmp_path)
    with pytest.raises(UndefinedError, match="nothing"):
        episode_page(sample_episode(), own, assets(own, "c.jpg")[0])


def test_sections_lose_no_sentence_and_no_source() -> None:
    episode = sample_episode()
    made = sections(episode)
    said = [one for section in made for paragraph in section.paragraphs for one in paragraph]
    assert tuple(said) == episode.captions
    assert [one for section in made for one in section.credits] == list(episode.credits)
    assert not made[0].credits, "a headline is not yet the story"


def test_sections_without_chapters_and_with_a_shared_one() -> None:
    captions = (Caption(0, 900, "Un.", Role.BRIEF, "a"), Caption(1000, 2000, "Deux.", Role.BRIEF, "b"))
    episode = replace(
        sample_episode(), captions=captions, credits=(Credit("b", "B"), Credit("a", "A"), Credit("c", "C"))
    )
    [bare] = sections(replace(episode, chapters=()))
    assert [one.story for one in bare.credits] == ["a", "b", "c"]
    assert len(bare.paragraphs) == 2
    [shared] = sections(replace(episode, chapters=(Chapter(0, 2000, "En bref"),)))
    assert shared.title == "En bref"
    assert [one.story for one in shared.credits] == ["a", "b", "c"]


def test_numbers_as_they_are_shown() -> None:
    assert [clock(ms) for ms in (0, 78_000, 599_999, 3_661_000)] == ["0:00", "1:18", "9:59", "1:01:01"]
    assert [spoken_length(ms) for ms in (58_400, 575_000, 120_000, 0)] == [
        "58\u00a0s",
        "9\u00a0min\u00a035\u00a0s",
        "2\u00a0min",
        "0\u00a0s",
    ]
    assert weight(6_910_000) == "6,9\u00a0Mo"
    assert web("https://a.example") == "https://a.example"
    assert [web(one) for one in ("", "javascript:alert(1)", "data:text/html,x", "//a.example")] == [""] * 4


def test_moments_are_told_in_the_zone_of_the_station() -> None:
    at = sample_station()
    paris = replace(at, identity=replace(at.identity, timezone="Europe/Paris"))
    assert moment(sample_episode().published, at) == "7\u00a0juin 2025 à 7\u00a0h\u00a005"
    assert moment(sample_episode().published, paris) == "7\u00a0juin 2025 à 9\u00a0h\u00a005"
