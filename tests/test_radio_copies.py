"""What is told of a bulletin: JSON, HTML and text agree, and say no more than docs/radios.md does."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from audionews.errors import AudionewsError
from audionews.publish import copies, radio
from audionews.publish.render import clock
from tests.helpers import ROOT
from tests.publish_samples import sample_episode
from tests.radio_samples import EVENING, URL, assert_true, gathered, held, latest, silent, station

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAME = "radio-du-lac-2025-06-07-matin"


def told_of(tmp_path: Path, **changes: Any) -> dict[str, Any]:
    return dict(json.loads(gathered(tmp_path, **changes)[0].told))


def test_the_json_tells_all_that_automation_asks(tmp_path: Path) -> None:
    told = told_of(tmp_path)
    assert (told["version"], told["state"], told["name"], told["id"]) == (1, "bulletin", NAME, "2025-06-07-matin")
    assert (told["title"], told["station"]) == ("Journal du matin, samedi 7\u00a0juin 2025", "Radio du Lac")
    assert (told["date"], told["edition"]) == ("2025-06-07", "matin")
    assert (told["starts"], told["expires"]) == ("2025-06-07T07:00:00+00:00", "2025-06-08T07:00:00+00:00")
    assert told["published"] == "2025-06-07T07:05:00+00:00"
    assert (told["first_words"], told["in_ms"]) == ("Bonjour, voici les", 3000)
    assert told["last_words"] == "journal. À demain\u202f!"
    assert told["in_ms"] < told["out_ms"] < told["duration_ms"]
    assert told["page"] == f"{URL}/episodes/2025-06-07-matin/"
    assert told["conducteur"] == {"html": f"{URL}/broadcast/{NAME}.html", "text": f"{URL}/broadcast/{NAME}.txt"}
    assert told["disclosure"].startswith("Voix de synthèse.")


def test_the_json_tells_of_each_sound_as_it_was_measured(tmp_path: Path) -> None:
    made, _ = gathered(tmp_path)
    air, podcast = json.loads(made.told)["files"]
    assert (air["kind"], air["type"], podcast["kind"], podcast["type"]) == ("wav", "audio/wav", "mp3", "audio/mpeg")
    for one in (air, podcast):
        content = made.sounds[one["kind"]].read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert one["path"] == f"broadcast/{NAME}.{one['kind']}"
        assert one["url"] == f"{URL}/{one['path']}"
    assert (air["loudness"], air["true_peak"]) == (-23.04, -3.1)
    assert (podcast["loudness"], podcast["true_peak"]) == (-16.02, -1.4)
    assert podcast["duration_ms"] - air["duration_ms"] == 12


def test_without_a_master_for_the_air_there_is_the_mp3(tmp_path: Path) -> None:
    made, _ = gathered(tmp_path, wav=False)
    assert [one["kind"] for one in json.loads(made.told)["files"]] == ["mp3"]
    assert list(made.sounds) == ["mp3"]
    assert "Antenne" not in html.fromstring(made.texts["html"]).xpath("//dt/text()")


def test_the_slot_is_that_of_the_edition(tmp_path: Path) -> None:
    slots = station(bulletin={"slot": "3:00"}, editions={"soir": {"title": "Soir", "time": "19:00", "slot": "5:00"}})
    assert told_of(tmp_path, at=slots)["slot_ms"] == 180_000
    assert told_of(tmp_path, at=slots, key=EVENING)["slot_ms"] == 300_000
    assert told_of(tmp_path)["slot_ms"] == 0


def test_json_text_and_page_have_the_same_rows_and_they_add_up(tmp_path: Path) -> None:
    made, _ = gathered(tmp_path)
    told = json.loads(made.told)
    rows = [
        [cell.text_content().strip() for cell in row] for row in html.fromstring(made.texts["html"]).xpath("//tbody/tr")
    ]
    lines = [line for line in made.texts["txt"].splitlines() if re.match(r" {0,2}\d+  \d\d:", line)]
    assert len(told["items"]) == len(rows) == len(lines) > 5
    for one, row, line in zip(told["items"], rows, lines, strict=True):
        cumulated = clock(one["start_ms"] + one["duration_ms"])
        assert (str(one["number"]), one["nature"], ", ".join(one["voices"]), cumulated) == (*row[:1], *row[3:5], row[6])
        assert row[2].startswith(one["title"])
        assert row[2].rstrip("\u202f»").endswith(one["out_cue"])
        assert one["in_cue"] in row[2]
        for part in (one["title"], one["in_cue"], one["out_cue"], one["nature"], cumulated):
            assert part in line
    assert sum(one["duration_ms"] for one in told["items"]) == told["duration_ms"] == told["files"][0]["duration_ms"]


def test_a_row_of_few_words_has_a_cue_at_its_end_too(tmp_path: Path) -> None:
    spoken = [one for one in told_of(tmp_path)["items"] if one["voices"]]
    assert all(one["in_cue"] and one["out_cue"] for one in spoken)
    assert [one["out_cue"] for one in spoken][-1] == "C’était le journal. À demain\u202f!"
    assert {one["source"] for one in spoken} >= {"le quotidien L’Essor", "le journal Le Sillon"}


def test_the_page_names_no_other_file_and_leads_to_the_public_page(tmp_path: Path) -> None:
    page = html.fromstring(gathered(tmp_path)[0].texts["html"])
    assert not page.xpath("//img | //script | //link[@rel='stylesheet'] | //iframe")
    links = [str(one) for one in page.xpath("//a/@href")]
    assert f"{URL}/episodes/2025-06-07-matin/" in links
    assert all(one.startswith(("https://", "mailto:")) for one in links), (
        "fetched and opened from a disk, all still work"
    )
    assert f"{NAME}.wav" in page.text_content() and f"{NAME}.mp3" in page.text_content()


def test_silence_has_no_level_in_json(tmp_path: Path) -> None:
    made, paper = gathered(tmp_path)
    mute = tuple(replace(one, loudness=float("-inf"), true_peak=float("-inf")) for one in paper.sounds)
    silence = copies.files(sample_episode(), replace(paper, sounds=mute), made.sounds, station())
    assert {one["loudness"] for one in json.loads(silence.told)["files"]} == {None}
    assert "Infinity" not in silence.told


def test_a_sound_that_is_not_there_or_was_not_measured_is_told(tmp_path: Path) -> None:
    made, paper = gathered(tmp_path)
    with pytest.raises(AudionewsError, match=r"gone\.mp3 ne peut pas être lu"):
        copies.files(sample_episode(), paper, {"mp3": tmp_path / "gone.mp3"}, station())
    with pytest.raises(AudionewsError, match="ne connaît pas le son wav"):
        copies.files(sample_episode(), replace(paper, sounds=paper.sounds[1:]), made.sounds, station())


def test_latest_is_the_same_under_its_own_addresses(tmp_path: Path) -> None:
    made, _ = gathered(tmp_path)
    radio.keep(tmp_path, made)
    radio.air(tmp_path, made.name)
    own, told = latest(tmp_path), json.loads(made.told)
    assert [one["path"] for one in own["files"]] == ["broadcast/latest.wav", "broadcast/latest.mp3"]
    assert own["conducteur"] == {"html": f"{URL}/broadcast/latest.html", "text": f"{URL}/broadcast/latest.txt"}
    assert own["name"] == NAME, "the name of the dated files stays"
    for key in told.keys() - {"files", "conducteur"}:
        assert own[key] == told[key]
    files = held(tmp_path)
    assert all(files[f"latest.{ending}"] == files[f"{NAME}.{ending}"] for ending in ("wav", "mp3", "html", "txt"))
    assert_true(tmp_path)


def test_a_name_that_stands_in_the_stations_address_stays_there(tmp_path: Path) -> None:
    made, _ = gathered(tmp_path)
    told = json.loads(made.told.replace(URL, f"https://{NAME}.example"))
    moved = json.loads(copies.renamed(told, "latest"))
    assert moved["conducteur"]["html"] == f"https://{NAME}.example/broadcast/latest.html"
    assert moved["files"][0]["url"] == f"https://{NAME}.example/broadcast/latest.wav"


# the documentation


def fields(section: str) -> set[str]:
    """Give the names that docs/radios.md explains in a table under a heading."""
    text = (ROOT / "docs" / "radios.md").read_text("utf-8")
    part = text.split(f"### {section}\n")[1].split("\n#")[0]
    first = (line.split("|")[1] for line in part.splitlines() if line.startswith("| `"))
    return {name for cell in first for name in re.findall(r"`([^`]+)`", cell)}


def test_every_field_is_documented_and_no_other(tmp_path: Path) -> None:
    told, absent = told_of(tmp_path), json.loads(silent(tmp_path, 0).told)
    assert fields("A bulletin") == set(told)
    assert fields("A sound: `files`") == set(told["files"][0]) == set(absent["files"][0])
    assert fields("An item: `items`") == set().union(*told["items"])
    assert fields("No bulletin") == set(absent) - {"version", "name", "title", "station", "files"}


# print


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium_path, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.mark.browser
def test_the_published_conducteur_prints_on_one_sheet_of_a4(browser: Browser, tmp_path: Path) -> None:
    made, _ = gathered(tmp_path)
    radio.keep(tmp_path, made)
    radio.air(tmp_path, made.name)
    page = browser.new_page()
    page.goto((tmp_path / "broadcast" / "latest.html").as_uri())
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1
    width, height = map(float, re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)[0])
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
