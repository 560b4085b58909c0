from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from audionews.desk import codec, pipeline, shelf, stages
from audionews.desk.job import Job
from audionews.desk.workspace import Workspace
from audionews.errors import AudionewsError
from audionews.model import Alternate, Bulletin, Episode, Withdrawal
from audionews.publish import site as site_module
from audionews.publish.feedtags import PODCAST
from audionews.publish.serve import headers
from tests.publish_samples import (
    DAY,
    PUBLISHED,
    former_episodes,
    publish,
    sample_clips,
    sample_episode,
    sample_rundown,
    sample_script,
    sample_station,
    sample_timeline,
)

SOUND = b"ID3 the sound of the morning"
EVENING = b"ID3 the sound of the evening"


def _publish(
    site: Path,
    sound: bytes = SOUND,
    key: str = "2025-06-07-matin",
    former: Sequence[Episode] = (),
    before: Sequence[Episode] = (),
) -> Episode:
    source = site.parent / "bulletin.mp3"
    source.write_bytes(sound)
    episode = sample_episode(key, sound)
    publish(episode, source, [*before, episode, *former], sample_station(), site)
    return episode


def _snapshot(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def _listed(site: Path) -> dict[str, bytes]:
    """Give every file of ours that the feed names; a missing one is an error."""
    root = etree.fromstring((site / "feed.xml").read_bytes())
    addresses = [str(one) for one in root.xpath("//@url | //@href")]
    base = "https://radio.example/lac/"
    return {one: (site / one.removeprefix(base)).read_bytes() for one in addresses if one.startswith(base)}


def test_a_first_publication_holds_all(tmp_path: Path) -> None:
    site = tmp_path / "site"
    episode = _publish(site)
    names = set(_snapshot(site))
    folder = "episodes/2025-06-07-matin"
    assert {episode.audio, "feed.xml", "index.html", "embed.html", "latest.json", "feeds.opml", "sw.js"} <= names
    transcripts = {f"transcript.{one}" for one in ("vtt", "words.vtt", "srt", "json", "html")}
    assert {f"{folder}/{one}" for one in {"index.html", "embed.html", "chapters.json", *transcripts}} <= names
    assert {
        "abonner.html",
        "recherche.html",
        "archives/2025-06.html",
        "search/2025-06.json",
        "search/index.json",
    } <= names
    assert len(names) == 28, sorted(names)
    assert len(_listed(site)) == 8


def test_transcripts_are_served_to_players_elsewhere_under_the_types_that_the_feed_tells(tmp_path: Path) -> None:
    site = tmp_path / "site"
    _publish(site)
    listed = etree.fromstring((site / "feed.xml").read_bytes()).findall(f".//{{{PODCAST}}}transcript")
    assert len(listed) == 4
    for one in listed:
        served = headers(one.attrib["url"])
        assert served["Content-Type"].partition(";")[0] == one.attrib["type"]
        assert served["Access-Control-Allow-Origin"] == "*"
    assert headers("transcript.words.vtt") == headers("transcript.vtt")


def test_words_and_speakers_come_from_the_run_to_the_public(tmp_path: Path) -> None:
    """The stage as the pipeline runs it, on the files that the stages before it leave."""
    station = sample_station(presenters=("Awa", "Moussa Traoré"))
    job = Job(station, DAY, "matin", "journal", tmp_path, PUBLISHED)
    rundown = sample_rundown(job.bulletin_id)
    script = sample_script(rundown)
    placed, digest = sample_timeline(script), hashlib.sha256(SOUND).hexdigest()
    left = {
        stages.RUNDOWN: rundown,
        stages.SCRIPT: script,
        stages.CLIPS: sample_clips(script),
        stages.TIMELINE: placed,
        stages.BULLETIN: Bulletin("b.mp3", len(SOUND), digest, placed.duration_ms, -16.0, -1.0, placed.chapters),
    }
    space = Workspace(job.run_folder)
    for name, value in left.items():
        codec.save(space.path(name), value)
    space.path(stages.BULLETIN_SOUND).write_bytes(SOUND)
    codec.save_lines(space.path(stages.ARTICLES), ())

    [stage] = [one for one in pipeline.STAGES if one.name == "episode"]
    stage.work(job, space)
    assert {*left, stages.ARTICLES} == set(stage.needs), "a change of any of them publishes again"
    told = json.loads((job.site / "episodes" / job.bulletin_id / "transcript.json").read_text("utf-8"))["segments"]
    assert {one["speaker"] for one in told} == {"Awa", "Moussa Traoré"}
    assert told[0]["words"][1] == {"startTime": 3.54, "endTime": 3.84, "body": "voici"}

    made = codec.load(space.path(stages.EPISODE), Episode)
    kept = shelf.shelf(job.ledger).one(job.bulletin_id)
    assert kept
    assert made.captions[0].words
    assert kept.captions == tuple(replace(one, words=()) for one in made.captions), "its beats tell the same"
    assert kept.captions[0].beats.startswith(f"{made.captions[0].words[0].start_ms} ")
    renamed = replace(station, presenters=(replace(station.presenters[0], name="Fanta"), station.presenters[1]))
    assert stage.settings(job) != stage.settings(replace(job, station=renamed))


def test_the_feed_lists_the_bytes_that_are_there(tmp_path: Path) -> None:
    site = tmp_path / "site"
    _publish(site)
    root = etree.fromstring((site / "feed.xml").read_bytes())
    [enclosure] = root.findall(".//enclosure")
    sound = (site / enclosure.attrib["url"].removeprefix("https://radio.example/lac/")).read_bytes()
    assert sound == SOUND
    assert enclosure.attrib["length"] == str(len(SOUND))


def test_latest_describes_the_sound(tmp_path: Path) -> None:
    site = tmp_path / "site"
    episode = _publish(site)
    latest = json.loads((site / "latest.json").read_text("utf-8"))
    assert latest == {
        "id": "2025-06-07-matin",
        "title": episode.title,
        "date": DAY.isoformat(),
        "edition": "matin",
        "published": "2025-06-07T07:05:00+00:00",
        "duration_ms": episode.duration_ms,
        "bytes": len(SOUND),
        "sha256": hashlib.sha256(SOUND).hexdigest(),
        "loudness": -16.02,
        "true_peak": -1.4,
        "audio": f"https://radio.example/lac/{episode.audio}",
        "page": "https://radio.example/lac/episodes/2025-06-07-matin/",
        "withdrawn": [],
        "corrected": {},
    }


def test_publishing_again_touches_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    _publish(site)
    for path in site.rglob("*"):
        os.utime(path, (1, 1))
    before = {path: path.stat() for path in site.rglob("*")}
    _publish(site)
    after = {path: path.stat() for path in site.rglob("*")}
    assert {path: one.st_mtime_ns for path, one in after.items()} == {
        path: one.st_mtime_ns for path, one in before.items()
    }


def test_an_older_bulletin_leaves_the_latest_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    evening = _publish(site, EVENING, "2025-06-07-soir")
    _publish(site, SOUND, "2025-06-07-matin", before=[evening])
    assert json.loads((site / "latest.json").read_text("utf-8"))["id"] == "2025-06-07-soir"


def test_a_correction_keeps_the_former_sound(tmp_path: Path) -> None:
    site = tmp_path / "site"
    first = _publish(site)
    second = _publish(site, b"ID3 corrected")
    assert first.guid == second.guid
    assert (site / first.audio).read_bytes() == SOUND
    assert (site / second.audio).read_bytes() == b"ID3 corrected"


def test_sound_comes_first_and_the_feed_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    replace = Path.replace

    def note(self: Path, target: Any) -> Path:
        order.append(Path(target).name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", note)
    episode = _publish(tmp_path / "site")
    assert order[0] == Path(episode.audio).name
    assert order[-3:] == ["latest.json", "feeds.opml", "feed.xml"]
    assert order.count("index.html") == 2
    assert order.index("index.html") > order.index("chapters.json")


def _break_at(number: int, monkeypatch: pytest.MonkeyPatch, what: str) -> Callable[[], int]:
    """Let the n-th write of the program fail as a full disk would; give a count of the writes."""
    calls = 0
    original: Any = getattr(os, what) if what == "fsync" else getattr(Path, what)

    def broken(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number:
            raise OSError(28, "No space left on device")
        return original(*arguments)

    monkeypatch.setattr(os if what == "fsync" else Path, what, broken)
    return lambda: calls


@pytest.mark.parametrize("what", ["fsync", "replace"])
def test_a_failure_at_any_write_leaves_the_former_feed_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr("tests.publish_samples.small_cover", lambda station: b"a picture")
    number, finished = 0, False
    former = _publish(tmp_path / "former")
    while not finished:
        number += 1
        site = tmp_path / f"{what}-{number}" / "site"
        shutil.copytree(tmp_path / "former", site)
        feed, listed = (site / "feed.xml").read_bytes(), _listed(site)
        with monkeypatch.context() as patch:
            count = _break_at(number, patch, what)
            try:
                _publish(site, EVENING, "2025-06-07-soir", [former])
                finished = count() < number
            except AudionewsError as error:
                assert "No space left" in str(error)
        if not finished and (site / "feed.xml").read_bytes() == feed:
            assert _listed(site) == listed
        assert _listed(site), "whatever the feed lists is there"
        assert not list(site.rglob(".*")), "no temporary file is left"
        _publish(site, EVENING, "2025-06-07-soir", [former])
        assert b"2025-06-07-soir" in (site / "feed.xml").read_bytes()
    assert number > 8


def test_a_sound_that_was_changed_is_not_published(tmp_path: Path) -> None:
    source = tmp_path / "bulletin.mp3"
    source.write_bytes(b"another")
    episode = sample_episode(sound=SOUND)
    with pytest.raises(AudionewsError, match="a changé depuis qu’il a été mesuré"):
        publish(episode, source, [episode], sample_station(), tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_missing_sound_is_told(tmp_path: Path) -> None:
    episode = sample_episode(sound=SOUND)
    with pytest.raises(AudionewsError, match="ne peut pas être lu"):
        publish(episode, tmp_path / "absent.mp3", [episode], sample_station(), tmp_path / "site")


def test_former_episodes_stay_in_the_feed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    _publish(site, former=former_episodes(4))
    assert (site / "feed.xml").read_bytes().count(b"<item>") == 5


def test_a_month_of_which_all_was_withdrawn_is_in_the_archives_and_not_searched(tmp_path: Path) -> None:
    site = tmp_path / "site"
    gone = replace(
        sample_episode("2025-05-30-matin", b"gone", date(2025, 5, 30)), withdrawn=Withdrawal(PUBLISHED, "Non vérifié.")
    )
    _publish(site, former=[gone])
    assert "retiré" in (site / "archives" / "2025-05.html").read_text("utf-8")
    assert [one["month"] for one in json.loads((site / "search" / "index.json").read_bytes())] == ["2025-06"]
    assert not (site / "search" / "2025-05.json").exists()


def test_importing_the_room_is_light() -> None:
    names = [path.stem for path in Path(site_module.__file__).parent.glob("*.py")]
    code = (
        "import sys\n"
        + "".join(f"import audionews.publish.{name}\n" for name in names)
        + "heavy = {'feedgen', 'lxml', 'PIL', 'jinja2', 'starlette', 'uvicorn', 'msgspec'}\n"
        + "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_other_sounds_picture_and_sheet_are_published_before_the_feed(tmp_path: Path) -> None:
    site, light = tmp_path / "site", tmp_path / "light.opus"
    source, picture = tmp_path / "bulletin.mp3", tmp_path / "mix.png"
    for path, data in ((source, SOUND), (light, b"OggS small"), (picture, b"PNG")):
        path.write_bytes(data)
    digest = hashlib.sha256(b"OggS small").hexdigest()
    one = Alternate("opus", "episodes/2025-06-07-matin/x-24k-0a0b0c0d.opus", "audio/ogg", 10, digest, 24)
    drawn = "episodes/2025-06-07-matin/mixage.png"
    episode = replace(sample_episode("2025-06-07-matin", SOUND), alternates=(one,), picture=drawn)

    def go() -> None:
        others = {one.audio: light, drawn: picture}
        publish(episode, source, [episode], sample_station(), site, others=others, sheet="<p>Conducteur")

    go()
    files = _snapshot(site)
    assert (files[one.audio], files[drawn]) == (b"OggS small", b"PNG")
    assert files["episodes/2025-06-07-matin/conducteur.html"] == b"<p>Conducteur"
    page = files["episodes/2025-06-07-matin/index.html"].decode()
    assert "x-24k-0a0b0c0d.opus" in page
    assert 'href="conducteur.html"' in page
    light.write_bytes(b"OggS other")
    with pytest.raises(AudionewsError, match="a changé depuis qu’il a été mesuré"):
        go()
    assert _snapshot(site) == files
