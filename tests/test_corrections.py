"""After publication: a bulletin is put right or taken back, and old files leave; by the commands an editor types."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from audionews.desk import codec, corrections, ledger, pipeline, shelf, upkeep
from audionews.desk.job import Job
from audionews.errors import AudionewsError, UsageError
from tests.helpers import NOON, make_job, make_station

KEY = "2025-06-07-matin"
NOTE = "Les travaux ont coûté 85 millions, non 95."
NAMES = {"podcast": "https://podcastindex.org/namespace/1.0", "content": "http://purl.org/rss/1.0/modules/content/"}


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_station(tmp_path_factory.mktemp("once") / "station")
    pipeline.build(make_job(folder))
    return folder


@pytest.fixture
def job(tmp_path: Path, built_once: Path) -> Job:
    """Give the job of a published bulletin."""
    shutil.copytree(built_once, tmp_path / "station")
    return make_job(tmp_path / "station")


def edit(job: Job, old: str, new: str) -> None:
    """Change the script as an editor does."""
    path = job.run_folder / "3-script.txt"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def feed(job: Job) -> Any:
    return etree.parse(job.site / "feed.xml")


def listed(job: Job) -> Iterator[Path]:
    """Give every file of the site that the feed names."""
    for address in feed(job).xpath("//@url | //@uri | //item//@href"):
        if str(address).startswith("https://radio.example/"):
            yield job.site / str(address).removeprefix("https://radio.example/")


def page(job: Job) -> str:
    return (job.site / "episodes" / KEY / "index.html").read_text("utf-8")


def corrected(job: Job, later: timedelta = timedelta(hours=1)) -> Job:
    """Correct a sentence of the published bulletin."""
    edit(job, "sept mois", "huit mois")
    made = replace(job, note=NOTE, now=job.now + later)
    corrections.correct(made)
    return made


def next_edition(job: Job) -> Job:
    """Build the evening's edition, of an article that came in since."""
    (job.station.folder / "articles" / "bac.txt").write_text(
        "Titre : Le bac reprend son service\nDate : 2025-06-07\n\n"
        "Le bac de Bandoula reprend son service lundi 9 juin. Il transporte 400 personnes par jour.\nAwa SISSOKO\n",
        "utf-8",
    )
    evening = replace(job, edition="soir", now=NOON + timedelta(hours=7))
    pipeline.build(evening)
    return evening


def test_a_correction_keeps_id_and_date_and_gives_the_sound_a_new_address(job: Job) -> None:
    [before] = feed(job).iter("item")
    clips = {path.name: path.stat().st_ino for path in (job.output / "cache" / "voices").rglob("*.wav")}
    corrected(job)
    [after] = feed(job).iter("item")
    for tag in ("guid", "pubDate", "title", "link"):
        assert before.findtext(tag) == after.findtext(tag)
    old, new = before.find("enclosure").get("url"), after.find("enclosure").get("url")
    assert old != new
    assert "huit mois" in page(job)
    assert all(path.is_file() for path in listed(job))
    assert (job.site / old.removeprefix("https://radio.example/")).is_file(), "apps may still ask for it"
    kept = {path.name: path.stat().st_ino for path in (job.output / "cache" / "voices").rglob("*.wav")}
    assert clips.items() <= kept.items(), "what did not change is not read again"


def test_a_correction_is_told_on_the_page_in_the_feed_and_to_those_who_keep_it(job: Job) -> None:
    corrected(job)
    assert page(job).count("travaux ont coûté 85\u00a0millions, non 95.") >= 2, "in the banner and in the list"
    [notes] = feed(job).xpath("//item/content:encoded/text()", namespaces=NAMES)
    assert "Corrigé le samedi 7\u00a0juin 2025" in notes
    told = json.loads((job.site / "latest.json").read_text("utf-8"))
    assert told["corrected"] == {KEY: (NOON + timedelta(hours=1)).isoformat()}
    radio = json.loads((job.site / "broadcast" / "latest.json").read_text("utf-8"))
    assert radio["id"] == KEY
    assert radio["files"][0]["sha256"] == told["sha256"]
    assert radio["corrected"] == told["corrected"][KEY]
    for sheet in ("broadcast/latest.html", "broadcast/latest.txt", f"episodes/{KEY}/conducteur.html"):
        paper = (job.site / sheet).read_text("utf-8")
        assert re.search("Version 2, corrigée le 7\u00a0juin 2025 à \\d+\u00a0h\u00a0\\d\\d", paper), sheet


def test_the_next_edition_says_it_and_no_other(job: Job) -> None:
    corrected(job)
    evening = next_edition(job)
    said = (evening.run_folder / "3-script.txt").read_text("utf-8")
    assert "Les travaux ont coûté 85 millions, non 95." in said.replace("\u00a0", " ")
    night = (job.day + timedelta(days=1), "matin")
    assert ledger.pending(job.ledger, "2025-06-08 07:00", f"{night[0]}-{night[1]}") == ()
    assert ledger.pending(job.ledger, evening.air, evening.bulletin_id), "built again, it says it again"


def test_nothing_is_said_on_air_when_the_editor_does_not_want_it(job: Job) -> None:
    edit(job, "sept mois", "huit mois")
    corrections.correct(replace(job, note=NOTE), on_air=False)
    assert ledger.pending(job.ledger, "2025-06-07 19:00", "2025-06-07-soir") == ()


def test_a_correction_that_changes_nothing_is_refused(job: Job) -> None:
    before = (job.site / "feed.xml").read_bytes()
    with pytest.raises(UsageError, match="n’a pas changé"):
        corrections.correct(replace(job, note=NOTE))
    assert (job.site / "feed.xml").read_bytes() == before
    assert ledger.pending(job.ledger, "2025-06-07 19:00", "2025-06-07-soir") == ()


def test_other_articles_do_not_change_what_is_corrected(job: Job) -> None:
    """Between publication and correction the sources went on: only the text that was corrected counts."""
    for path in (job.station.folder / "articles").iterdir():
        path.unlink()
    corrected(job)
    assert "AS Toula" in page(job)


@pytest.mark.parametrize("what", ["correct", "withdraw"])
def test_what_was_never_published_is_refused(tmp_path: Path, what: str) -> None:
    job = replace(make_job(make_station(tmp_path)), note=NOTE)
    with pytest.raises(UsageError, match="jamais été publié"):
        corrections.correct(job) if what == "correct" else corrections.withdraw(job, "Erreur.")


def test_a_withdrawn_bulletin_is_gone_everywhere_but_for_its_tombstone(job: Job) -> None:
    assert (job.site / "broadcast" / "latest.mp3").is_file()
    corrections.withdraw(replace(job, now=NOON), "Une information n’était pas vérifiée.")
    assert not [*feed(job).iter("item")]
    left = {path.name for path in (job.site / "episodes" / KEY).iterdir()}
    assert left == {"index.html", "embed.html"}
    assert "Une information n’était pas vérifiée".lower() in page(job).lower()
    assert "<audio" not in page(job)
    for story in ("Toula", "pompe"):
        for path in job.site.rglob("*"):
            if path.suffix in {".html", ".json", ".xml", ".txt"}:
                assert story not in path.read_text("utf-8"), path
    assert json.loads((job.site / "latest.json").read_text("utf-8"))["withdrawn"] == [KEY]
    assert not [*(job.site / "broadcast").glob("*")], "radios find nothing"
    assert ledger.aired(job.ledger, "2025-06-08 07:00", 7) == (), "and what was told may be told again"


def test_an_earlier_bulletin_that_is_still_news_takes_the_place_of_a_withdrawn_one(job: Job) -> None:
    evening = next_edition(job)
    corrections.withdraw(evening, "Erreur.")
    assert json.loads((job.site / "latest.json").read_text("utf-8"))["id"] == KEY
    assert json.loads((job.site / "broadcast" / "latest.json").read_text("utf-8"))["id"] == KEY


def test_a_withdrawn_bulletin_comes_back_only_as_a_correction(job: Job) -> None:
    corrections.withdraw(job, "Une information n’était pas vérifiée.")
    with pytest.raises(AudionewsError, match="a été retiré"):
        pipeline.build(job)
    assert not [*feed(job).iter("item")]
    corrected(job)
    assert len([*feed(job).iter("item")]) == 1
    assert "huit mois" in page(job)
    assert all(path.is_file() for path in listed(job))


@pytest.mark.parametrize("number", range(1, 14))
def test_a_withdrawal_that_is_broken_off_goes_on_when_it_is_asked_again(
    job: Job, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    calls, unlink = 0, Path.unlink

    def broken(self: Path, missing_ok: bool = False) -> None:
        nonlocal calls
        calls += not self.name.startswith(".")
        if calls == number:
            raise OSError(5, "Input/output error")
        unlink(self, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", broken)
        try:
            corrections.withdraw(job, "Erreur.")
        except AudionewsError:
            assert calls >= number
    corrections.withdraw(job, "Un autre motif.")
    assert not [*feed(job).iter("item")]
    assert "erreur." in page(job).lower(), "the first reason stays"
    assert {path.name for path in (job.site / "episodes" / KEY).iterdir()} == {"index.html", "embed.html"}


# Keeping order


def test_what_is_too_old_leaves_and_what_a_feed_lists_stays(job: Job) -> None:
    corrected(job)
    old = [path for path in (job.site / "episodes" / KEY).glob("*.mp3") if path not in [*listed(job)]]
    assert len(old) == 1
    os.utime(old[0], (0, 0))
    other = job.output / "runs" / "2025-06-06-soir"
    (other / "4-clips").mkdir(parents=True)
    (other / "4-clips" / "a.wav").write_bytes(bytes(1000))
    (other / "3-script.txt").write_text("le texte")
    later = replace(job, day=job.day + timedelta(days=60), now=NOON + timedelta(days=60))
    before = {path: path.read_bytes() for path in listed(job)}
    upkeep.air(later)
    assert upkeep.sweep(later) > 1000
    assert not old[0].exists()
    assert {path: path.read_bytes() for path in listed(job)} == before
    assert not (other / "4-clips").exists()
    assert (other / "3-script.txt").is_file(), "the words of a bulletin are kept"
    assert not (job.run_folder / "6-bulletin.mp3").exists()
    assert not [*(job.site / "broadcast").glob(f"*{KEY}*")]
    assert upkeep.sweep(later) == 0


def test_a_limit_of_size_takes_the_oldest_first_and_never_what_is_listed(job: Job) -> None:
    for day in ("2025-06-04", "2025-06-05"):
        folder = job.output / "runs" / f"{day}-matin" / "4-clips"
        folder.mkdir(parents=True)
        (folder / "a.wav").write_bytes(bytes(3_000_000))
    files = [path.stat() for path in job.output.rglob("*") if path.is_file()]
    whole = sum({one.st_ino: one.st_size for one in files}.values())  # what has two names is one file
    keep = replace(job.station.retention, mb=(whole - 2_000_000) // 1_000_000)
    upkeep.sweep(replace(job, station=replace(job.station, retention=keep)))
    assert not (job.output / "runs" / "2025-06-04-matin" / "4-clips").exists()
    assert (job.output / "runs" / "2025-06-05-matin" / "4-clips").exists()
    least = replace(job.station, retention=replace(keep, mb=1))
    upkeep.sweep(replace(job, station=least, now=NOON + timedelta(days=3), day=job.day + timedelta(days=3)))
    assert not (job.output / "runs" / "2025-06-05-matin" / "4-clips").exists()
    assert all(path.is_file() for path in listed(job))


def test_a_failing_build_still_takes_yesterdays_news_off_the_air(job: Job) -> None:
    assert (job.site / "broadcast" / "latest.json").is_file()
    for path in (job.station.folder / "articles").iterdir():
        path.unlink()
    tomorrow = replace(job, day=job.day + timedelta(days=1), now=NOON + timedelta(days=1))
    with pytest.raises(AudionewsError):
        pipeline.build(tomorrow)
    assert not [*(job.site / "broadcast").glob("latest.*")]
    assert len([*feed(job).iter("item")]) == 1, "the podcast keeps it"


def test_an_old_ledger_is_opened_as_it_is(job: Job) -> None:
    """Before there was a shelf an episode was kept in one piece."""
    [whole] = shelf.shelf(job.ledger).whole([KEY])
    with closing(sqlite3.connect(job.ledger)) as connection, connection:
        connection.execute("UPDATE episodes SET value = ?", (codec.encode(whole).decode(),))
        connection.execute("DROP TABLE shelf")
    opened = shelf.shelf(job.ledger)
    assert [one.id for one in opened.entries] == [KEY]
    assert opened.one(KEY) == whole
