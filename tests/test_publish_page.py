"""Pages as text: what stands in them, where their links lead, what they weigh."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from rjsmin import jsmin

from audionews.model import Alternate, Caption, Chapter, Correction, Credit, Role, Withdrawal, Word
from audionews.publish.assets import Assets, assets
from audionews.publish.episode import beats
from audionews.publish.listing import Row, Subscription, archive_page, index_page, month_name, subscribe_page, years
from audionews.publish.page import embed_page, episode_page, kept, sections, sounds, withdrawn_page
from audionews.publish.render import clock, length_in_words, moment, spoken_length, sup, told, web, weight, wrapping
from audionews.station import Station
from tests.helpers import ROOT
from tests.publish_samples import former_episodes, sample_episode, sample_station

DISCLOSURE = "Voix de synthèse. Textes condensés par un programme"
NINE = datetime(2025, 6, 7, 9, 10, tzinfo=UTC)
KINDS = ("index", "empty", "archive", "bulletin", "corrected", "withdrawn", "embed", "subscribe")
FEEDS = (
    Subscription("Radio du Lac", "feed.xml", "Tous les journaux."),
    Subscription("Radio du Lac, le matin", "feed-matin.xml", "Le matin seulement."),
)
ALTERNATES = (
    Alternate("mp3", "episodes/2025-06-07-matin/a-48.mp3", "audio/mpeg", 400_000, "0" * 64, 48),
    Alternate("opus", "episodes/2025-06-07-matin/a.opus", "audio/ogg", 200_000, "0" * 64, 24),
    Alternate("voice-note", "episodes/2025-06-07-matin/note.ogg", "audio/ogg", 90_000, "0" * 64, 16),
)


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


def _rows(count: int, at: Station) -> list[Row]:
    return [
        Row(one.id, one.title.partition(",")[0], one.date, one.duration_ms, one.bytes)
        for one in former_episodes(count, at)
    ]


def _pages(station: Station | None = None, former: int = 3) -> dict[str, _Page]:
    at = station or sample_station()
    names, _ = assets(at, "cover-1a2b3c4d.jpg")
    episode = replace(sample_episode(at=at), alternates=ALTERNATES)
    corrected = replace(episode, corrections=(Correction(NINE, "Le budget est de 14 millions, non de 41."),))
    withdrawn = replace(episode, withdrawn=Withdrawal(NINE, "La source s’est trompée."))
    rows, months = _rows(former, at), ["2025-06", "2025-05"]
    texts = {
        "index": index_page(episode, rows, months, FEEDS, at, names),
        "empty": index_page(None, [], [], FEEDS[:1], at, names),
        "archive": archive_page("2025-06", rows, months, at, names),
        "bulletin": episode_page(episode, at, names),
        "corrected": episode_page(corrected, at, names),
        "withdrawn": withdrawn_page(withdrawn, at, names),
        "embed": embed_page(episode, at, names, "../../"),
        "subscribe": subscribe_page(FEEDS, at, names),
    }
    return {name: _Page(text) for name, text in texts.items()}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(kind: str) -> _Page:
    return _pages()[kind]


def test_every_page_tells_what_the_voice_is_and_how_to_write(kind: str, page: _Page) -> None:
    assert DISCLOSURE in page.text
    assert "relu" not in page.text
    if kind != "embed":  # there, the page of the bulletin is one link away
        assert "mailto:redaction@radio.example" in page.all("href")


def test_nothing_inline_and_nothing_from_elsewhere(kind: str, page: _Page) -> None:
    for tag, attributes in page.tags:
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert tag not in {"style", "iframe"}
        assert tag != "script" or attributes["src"]
        for name in ("src", "href"):
            if tag in {"script", "audio", "source", "img"} or attributes.get("rel") in {"stylesheet", "icon"}:
                assert "//" not in attributes.get(name, ""), "the site must work from any folder"
    [policy] = [a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    parts = dict(one.strip().split(" ", 1) for one in policy.split(";"))
    assert parts["default-src"] == parts["base-uri"] == parts["form-action"] == "'none'"
    assert {parts[name] for name in ("script-src", "style-src", "media-src")} == {"'self'"}
    assert ("worker-src" in parts) == ("connect-src" in parts) == (kind != "embed")
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
    attributes = [*page.all("aria-label"), *page.all("data-title"), *page.all("title"), *page.all("data-weight")]
    for text in [page.text, *contents, *attributes]:
        assert not re.search(r" [;:!?»%]|« |\d (?:s|min|ko|Mo|h|juin)\b|'", re.sub(r"<iframe.*?>", "", text)), text


def test_relative_links_lead_to_files_of_the_site(kind: str, page: _Page) -> None:
    known = {"index.html", "recherche.html", "abonner.html", "feeds.opml", *assets(sample_station(), "c.jpg")[1]}
    known |= {one.address for one in FEEDS} | {f"archives/{month}.html" for month in ("2025-06", "2025-05")}
    for one in [sample_episode(), *former_episodes(3)]:
        folder = f"episodes/{one.id}"
        known |= {one.audio, f"{folder}/index.html", f"{folder}/transcript.vtt", f"{folder}/transcript.srt"}
        known |= {f"{folder}/transcript.words.vtt", f"{folder}/transcript.json"}
    known |= {one.audio for one in ALTERNATES}
    deep = {"archive": "archives", "index": "", "empty": "", "subscribe": ""}
    base = Path(deep.get(kind, "episodes/2025-06-07-matin"))
    for link in [*page.all("href"), *page.all("src")]:
        if re.match(r"[a-z]+:|#", link):
            continue
        parts: list[str] = []
        for part in (base / link.partition("#")[0]).parts:
            parts = parts[:-1] if part == ".." else [*parts, part]
        assert "/".join(parts) in known, link


def test_the_sound_is_not_fetched_before_play_and_the_lightest_stands_first() -> None:
    for name in ("index", "bulletin", "embed"):
        page = _pages()[name]
        [audio] = [attributes for tag, attributes in page.tags if tag == "audio"]
        assert audio["preload"] == "none"
        assert "controls" in audio
        given = [attributes for tag, attributes in page.tags if tag == "source"]
        assert [one["data-kind"] for one in given] == ["opus", "mp3", "full"]
        assert [one["type"] for one in given] == ["audio/ogg; codecs=opus", "audio/mpeg", "audio/mpeg"]
        assert [one["data-bytes"] for one in given] == ["200000", "400000", "5"]
        assert given[0]["data-weight"] == "0,2\u00a0Mo"


def test_byte_budgets() -> None:
    _, files = assets(sample_station(), "c.jpg")
    limits = {".css": 12_000, ".js": 14_000, ".svg": 2_000}
    for name, data in files.items():
        assert len(data) <= limits[Path(name).suffix], name
    loaded = sum(len(data) for name, data in files.items() if re.search("/(player|keep)-", name))
    assert loaded <= 14_000, "all that a bulletin's page runs"
    at = sample_station()
    names, _ = assets(at, "c.jpg")
    episode = sample_episode()
    months = [f"{year}-{month:02d}" for year in range(2025, 2015, -1) for month in range(12, 0, -1)]
    assert len(index_page(episode, _rows(30, at), months, FEEDS, at, names).encode()) <= 45_000
    assert len(archive_page("2025-06", _rows(90, at), ["2025-06"], at, names).encode()) <= 45_000
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
    assert page.all("data-t") == [beats(caption) for caption in episode.captions]
    for caption in episode.captions:
        assert caption.text in page.text


def _caption(text: str, *starts: int) -> Caption:
    words = tuple(Word(word, at, at + 100) for word, at in zip(text.split(" "), starts, strict=False))
    return Caption(1000, 5000, text, Role.STORY, words=words)


def test_beats_are_the_start_and_the_steps_between_words() -> None:
    assert beats(_caption("Un deux trois quatre", 1200, 1630, 1904, 15_004)) == "1200 43 27 1310"
    assert beats(_caption("Un", 1200)) == "1200"
    assert beats(_caption("Un deux")) == "1000", "nothing is known of its words"
    assert beats(_caption("Un deux trois", 1200, 1300)) == "1000", "of one word nothing is known"
    assert beats(_caption("«\u202fOui\u202f», dit-il", 1200, 1700)) == "1200 50", "no-break spaces hold words together"
    assert beats(_caption("Un deux trois", 1200, 1100, 1300)) == "1200 0 10", (
        "a word never starts before the one before"
    )


def test_beats_never_drift() -> None:
    starts = [1003 + 337 * n for n in range(200)]
    first, *steps = map(int, beats(_caption(" ".join(["mot"] * 200), *starts)).split())
    heard = list(itertools.accumulate(steps, lambda at, step: at + 10 * step, initial=first))
    assert max(abs(a - b) for a, b in zip(heard, starts, strict=True)) <= 5


def test_a_bulletin_in_one_size_offers_no_choice_of_sizes() -> None:
    episode, at = sample_episode(), sample_station()
    assert [one.kind for one in sounds(episode)] == ["full"]
    assert kept(episode).sounds == f"||{episode.audio}"
    assert kept(episode).sizes == "||5"
    text = episode_page(episode, at, assets(at, "c.jpg")[0])
    assert 'class="size"' not in text
    assert "Le son, MP3" in text


def test_what_is_needed_to_keep_a_bulletin_stands_on_its_button() -> None:
    for name in ("index", "bulletin"):
        [button] = [one for tag, one in _pages()[name].tags if tag == "button" and "data-keep" in one]
        assert button["data-keep"] == "2025-06-07-matin"
        assert button["data-page"] == "episodes/2025-06-07-matin/index.html"
        assert button["data-sounds"].split("|") == [ALTERNATES[1].audio, ALTERNATES[0].audio, sample_episode().audio]
        assert button["data-sizes"] == "200000|400000|5"
        assert "hidden" in button
    assert not [one for _, one in _pages()["embed"].tags if "data-keep" in one]


def test_scripts_are_those_the_page_needs() -> None:
    names, _ = assets(sample_station(), "c.jpg")
    pages = _pages()
    for name, loaded in {
        "index": [names.player, names.keep],
        "archive": [f"../{names.player}", f"../{names.keep}"],
        "bulletin": [f"../../{names.player}", f"../../{names.keep}"],
        "withdrawn": [f"../../{names.player}", f"../../{names.keep}"],
        "embed": [f"../../{names.player}"],
        "subscribe": [names.player],
    }.items():
        assert [one["src"] for tag, one in pages[name].tags if tag == "script"] == loaded, name
    [root] = [one["data-root"] for tag, one in pages["archive"].tags if "data-root" in one]
    assert root == "../"


def test_a_shared_link_shows_the_card_of_the_bulletin_or_else_the_cover() -> None:
    at = sample_station()
    names, _ = assets(at, "cover-1a2b3c4d.jpg")
    card = replace(sample_episode(), card="episodes/2025-06-07-matin/card.jpg")
    for text, picture, size in (
        (episode_page(card, at, names), "episodes/2025-06-07-matin/card.jpg", "summary_large_image"),
        (index_page(card, [], [], FEEDS, at, names), "episodes/2025-06-07-matin/card.jpg", "summary_large_image"),
        (episode_page(sample_episode(), at, names), "cover-1a2b3c4d.jpg", "summary"),
        (index_page(None, [], [], FEEDS, at, names), "cover-1a2b3c4d.jpg", "summary"),
        (subscribe_page(FEEDS, at, names), "cover-1a2b3c4d.jpg", "summary"),
    ):
        told_ = {
            one.get("property") or one.get("name"): one["content"] for _, one in _Page(text).tags if "content" in one
        }
        assert told_["og:image"] == f"https://radio.example/lac/{picture}"
        assert told_["twitter:card"] == size


def test_each_page_names_its_own_address_and_the_feeds() -> None:
    pages = _pages()
    for name, address in {
        "index": "",
        "archive": "archives/2025-06.html",
        "bulletin": "episodes/2025-06-07-matin/",
        "embed": "episodes/2025-06-07-matin/",
        "subscribe": "abonner.html",
    }.items():
        [canonical] = [one["href"] for _, one in pages[name].tags if one.get("rel") == "canonical"]
        assert canonical == f"https://radio.example/lac/{address}"
    for name in ("index", "subscribe"):
        feeds = [one["href"] for _, one in pages[name].tags if one.get("rel") == "alternate"]
        assert feeds == ["feed.xml", "feed-matin.xml"]
    assert [one["href"] for _, one in pages["bulletin"].tags if one.get("rel") == "alternate"] == ["../../feed.xml"]


def test_a_correction_is_told_above_and_dated_below() -> None:
    at = sample_station()
    names, _ = assets(at, "c.jpg")
    later = datetime(2026, 1, 2, 18, 0, tzinfo=UTC)
    corrections = (Correction(NINE, "Mopti compte 14 quartiers."), Correction(later, "L’école a 41 classes."))
    text = _Page(episode_page(replace(sample_episode(), corrections=corrections), at, names)).text
    assert "Corrigé le 2\u00a0janvier 2026 à 18\u00a0h\u00a0: l’école a 41 classes." in text
    assert "Le 7\u00a0juin 2025 à 9\u00a0h\u00a010\u00a0: Mopti compte 14 quartiers." in text
    same = replace(sample_episode(), corrections=corrections[:1])
    assert "Corrigé à 9\u00a0h\u00a010\u00a0: Mopti compte" in _Page(episode_page(same, at, names)).text
    assert "Aucune à ce jour." in _pages()["bulletin"].text


def test_of_a_withdrawn_bulletin_only_date_and_reason_are_left() -> None:
    pages = _pages()
    said = "Ce journal a été retiré le 7\u00a0juin à 9\u00a0h\u00a010. Motif\u00a0: la source s’est trompée."
    for name in ("withdrawn", "embed"):
        at = sample_station()
        names, _ = assets(at, "c.jpg")
        gone = replace(sample_episode(), withdrawn=Withdrawal(NINE, "La source s’est trompée."))
        page = pages["withdrawn"] if name == "withdrawn" else _Page(embed_page(gone, at, names, ""))
        assert said in page.text
        assert not [tag for tag, _ in page.tags if tag in {"audio", "source"}]
        assert "L’eau manque" not in page.text
        assert "Télécoms" not in page.text
        assert [one["content"] for _, one in page.tags if one.get("name") == "robots"] == ["noindex"]
    with pytest.raises(ValueError, match="not withdrawn"):
        withdrawn_page(sample_episode(), sample_station(), assets(sample_station(), "c.jpg")[0])


def test_former_bulletins_stand_under_their_day() -> None:
    page = _pages(former=30)["index"]
    rows = [link for link in page.all("href") if re.fullmatch(r"episodes/[\w-]+/index\.html", link)]
    assert len(set(rows)) == 31
    assert [one for tag, one in page.tags if tag == "time" and one["datetime"] == "2025-06-06"]
    text = re.sub(r"[ \n]+", " ", page.text)
    assert "Journal du soir, vendredi 6\u00a0juin, 58\u00a0secondes 58\u00a0s · 1\u00a0ko" in text


def test_rows_say_what_became_of_a_bulletin() -> None:
    at = sample_station()
    [one, two] = _rows(2, at)
    rows = [replace(one, corrected=True), replace(two, withdrawn=True)]
    text = _Page(archive_page("2025-06", rows, ["2025-06"], at, assets(at, "c.jpg")[0])).text
    assert "58\u00a0secondes, corrigé" in text
    assert "corrigé · 58\u00a0s" in text
    assert "Journal du matin, vendredi 6\u00a0juin, retiré" in text
    assert "2 journaux" in text


def test_archives_lead_to_the_months_beside_them() -> None:
    at = sample_station()
    names, _ = assets(at, "c.jpg")
    months = ["2025-05", "2025-04", "2024-12"]
    text = archive_page("2025-04", [], months, at, names)
    assert "<h1>Les journaux d’avril 2025</h1>" in text
    page = _Page(text)
    assert "Mai 2025, plus récent" in page.text
    assert "Décembre 2024, plus ancien" in page.text
    assert "plus récent" not in _Page(archive_page("2025-05", [], months, at, names)).text
    assert years(months) == [
        ("2025", [("2025-05", "mai"), ("2025-04", "avril")]),
        ("2024", [("2024-12", "décembre")]),
    ]
    assert month_name("2024-08") == "août 2024"


def test_a_first_bulletin_has_no_former_ones_and_a_new_station_none_at_all() -> None:
    at = sample_station()
    names, _ = assets(at, "c.jpg")
    text = _Page(index_page(sample_episode(), [], [], FEEDS, at, names)).text
    assert "précédents" not in text
    assert "archives" not in text
    assert "Aucun journal n’est encore publié." in _pages()["empty"].text


def test_feed_addresses_are_readable_text_and_apps_have_their_links() -> None:
    page = _pages()["subscribe"]
    assert "https://radio.example/lac/feed.xml" in page.text
    assert "https://radio.example/lac/feed-matin.xml" in page.text
    assert "https://radio.example/lac/feed.xml" in _pages()["index"].text
    links = page.all("href")
    assert "podcast://radio.example/lac/feed-matin.xml" in links
    assert "pktc://subscribe/radio.example/lac/feed.xml" in links
    assert "overcast://x-callback-url/add?url=https%3A%2F%2Fradio.example%2Flac%2Ffeed.xml" in links
    assert (
        "https://antennapod.org/deeplink/subscribe?url=https%3A%2F%2Fradio.example%2Flac%2Ffeed.xml"
        "&title=Radio%20du%20Lac" in links
    )
    assert page.all("data-copy") == [f"https://radio.example/lac/{one.address}" for one in FEEDS]


def test_the_style_of_feeds_is_one_of_the_files() -> None:
    names, files = assets(sample_station(), "c.jpg")
    assert re.fullmatch(r"assets/feed-[0-9a-f]{8}\.css", names.feed_style)
    assert b"Ceci est un flux" in files[names.feed_style] or b"Ceci est un flux" in files[names.feed_style]


def test_markup_in_a_title_is_text() -> None:
    evil = '"><script src="x">alert(1)</script><img src=x onerror=alert(1)>\'&'
    base, at = sample_episode(), sample_station()
    hostile = replace(
        base,
        title=evil,
        summary=evil,
        chapters=tuple(replace(one, title=evil) for one in base.chapters),
        captions=tuple(replace(one, text=evil, words=()) for one in base.captions),
        credits=tuple(replace(one, title=evil, source=evil, author=evil) for one in base.credits),
        corrections=(Correction(NINE, evil),),
        withdrawn=Withdrawal(NINE, evil),
    )
    names, _ = assets(at, "c.jpg")
    row = Row(base.id, evil, base.date, 1000, 10)
    feeds = [Subscription(evil, "feed.xml", evil)]
    for text in (
        episode_page(hostile, at, names),
        embed_page(replace(hostile, withdrawn=None), at, names, ""),
        withdrawn_page(hostile, at, names),
        index_page(hostile, [row], ["2025-06"], feeds, at, names),
        archive_page("2025-06", [row], ["2025-06"], at, names),
        subscribe_page(feeds, at, names),
    ):
        page = _Page(text)
        assert {a["src"].rpartition("/")[2].partition("-")[0] for tag, a in page.tags if tag == "script"} <= {
            "player",
            "keep",
        }
        assert not [tag for tag, a in page.tags if tag in {"img", "iframe"} or any(name.startswith("on") for name in a)]
        assert "alert(1)" in page.text


def test_a_station_overrides_a_template(tmp_path: Path) -> None:
    (tmp_path / "templates" / "site").mkdir(parents=True)
    (tmp_path / "templates" / "site" / "style.css").write_text("body { color: red; }")
    own = replace(sample_station(), folder=tmp_path)
    names, files = assets(own, "c.jpg")
    assert files[names.style] == b"body{color:red}"
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
    assert [weight(size) for size in (6_910_000, 43_000, 1, 99_999)] == [
        "6,9\u00a0Mo",
        "43\u00a0ko",
        "1\u00a0ko",
        "100\u00a0ko",
    ]
    assert [length_in_words(ms) for ms in (575_000, 61_000, 1000, 120_000, 0)] == [
        "9\u00a0minutes 35\u00a0secondes",
        "1\u00a0minute 1\u00a0seconde",
        "1\u00a0seconde",
        "2\u00a0minutes",
        "0\u00a0seconde",
    ]
    assert str(sup("le 1er juin <b>")) == "le 1<sup>er</sup> juin &lt;b&gt;"
    assert str(wrapping("https://a.example/b/c?d=1&e")) == "https://<wbr>a.example/<wbr>b/<wbr>c?d=1&amp;e"
    assert web("https://a.example") == "https://a.example"
    assert [web(one) for one in ("", "javascript:alert(1)", "data:text/html,x", "//a.example")] == [""] * 4


def test_moments_are_told_in_the_zone_of_the_station() -> None:
    at = sample_station()
    paris = replace(at, identity=replace(at.identity, timezone="Europe/Paris"))
    assert moment(sample_episode().published, at) == "7\u00a0juin 2025 à 7\u00a0h\u00a005"
    assert moment(sample_episode().published, paris) == "7\u00a0juin 2025 à 9\u00a0h\u00a005"
    assert told(NINE, at) == "le 7\u00a0juin 2025 à 9\u00a0h\u00a010"
    assert told(NINE, at, date(2025, 1, 1)) == "le 7\u00a0juin à 9\u00a0h\u00a010"
    assert told(NINE, at, date(2025, 6, 7), brief=True) == "à 9\u00a0h\u00a010"
    assert told(NINE.replace(minute=0), at, date(2024, 6, 7)) == "le 7\u00a0juin 2025 à 9\u00a0h"


def test_assets_are_seven_small_files_named_by_what_they_hold() -> None:
    names, files = assets(sample_station(), "c.jpg")
    assert isinstance(names, Assets)
    own = [names.style, names.player, names.keep, names.search, names.icon, names.feed_style]
    assert list(files) == own
    assert names.cover == "c.jpg"
    assert all(re.fullmatch(r"assets/[a-z]+-[0-9a-f]{8}\.(css|js|svg)", one) for one in own)
    assert files == assets(sample_station(), "c.jpg")[1], "the same at each run"


@pytest.mark.parametrize("name", ["player.js", "keep.js", "keeping.js", "search.js", "worker.js"])
def test_minified_scripts_keep_their_texts(name: str) -> None:
    """The minifier knows no template within a template, and takes blanks out of the words around it."""
    whole = (ROOT / "templates" / "site" / name).read_text("utf-8")
    short, text = jsmin(whole), re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", whole, flags=re.DOTALL)
    pieces = re.findall(r"`[^`]*`", text)
    assert not [one for one in pieces if re.search(r"\$\{[^}]*$", one)], "one stands within another"
    assert not [one for one in pieces if one not in short]
