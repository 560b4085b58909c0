"""The day's work: built once, built again, corrected by hand, broken in the middle."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from audionews.desk import lock, pipeline, shelf, stages
from audionews.desk.job import Job
from audionews.errors import AudionewsError, BusyError, UsageError
from audionews.model import Episode
from audionews.settings import parse
from tests.helpers import DAY, NOON, make_job, make_station


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small station once; tests work on copies of it."""
    folder = make_station(tmp_path_factory.mktemp("built") / "station")
    pipeline.build(make_job(folder))
    return folder


@pytest.fixture
def job(tmp_path: Path, built_once: Path) -> Job:
    """Give the job of a station that has built nothing yet, its jingles made."""
    folder = make_station(tmp_path / "station")
    shutil.copytree(built_once / "output" / "cache" / "sounds", folder / "output" / "cache" / "sounds")
    return make_job(folder)


@pytest.fixture
def built(tmp_path: Path, built_once: Path) -> Job:
    """Give the job of a station whose bulletin is published."""
    shutil.copytree(built_once, tmp_path / "built")
    return make_job(tmp_path / "built")


def guids(job: Job) -> list[str]:
    return [one.text or "" for one in etree.parse(job.site / "feed.xml").iter("guid")]


def newest(job: Job) -> Episode:
    """Give the newest episode of the ledger."""
    published = shelf.shelf(job.ledger)
    return next(published.whole([published.entries[0].id]))


def state(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def listed_stands(job: Job) -> None:
    """Assert that every enclosure the feed lists is there, byte for byte as long as it says."""
    for enclosure in etree.parse(job.site / "feed.xml").iter("enclosure"):
        path = job.site / str(enclosure.get("url")).removeprefix("https://radio.example/")
        assert path.stat().st_size == int(str(enclosure.get("length")))


def test_first_build_leaves_what_the_plan_names(job: Job) -> None:
    assert tuple(pipeline.build(job)) == pipeline.NAMES
    left = {path.name for path in job.run_folder.iterdir()}
    assert left >= {
        "run.json",
        "1-articles.jsonl",
        "2-rundown.json",
        "2-rundown.md",
        "3-script.json",
        "3-script.txt",
        "4-clips",
        "5-timeline.json",
        "6-bulletin.mp3",
        "7-episode.json",
    }
    assert {"feed.xml", "index.html", "latest.json"} <= {path.name for path in job.site.iterdir()}
    assert {"latest.json", "latest.mp3", "latest.html", "latest.txt"} <= {
        path.name for path in (job.site / "broadcast").iterdir()
    }
    assert len(guids(job)) == 1
    listed_stands(job)


def test_second_build_does_nothing(built: Job) -> None:
    before = {
        path: path.stat().st_mtime_ns
        for path in built.output.rglob("*")
        if path.is_file() and "run.json" not in path.name
    }
    assert pipeline.build(replace(built, now=NOON + timedelta(hours=3))) == []
    after = {path: path.stat().st_mtime_ns for path in before}
    assert {path for path in before if before[path] != after[path]} <= {built.output / ".lock", built.ledger}


def test_same_date_and_edition_is_one_episode(built: Job) -> None:
    first = guids(built)
    article = built.station.folder / "articles" / "eau.txt"
    article.write_text(article.read_text("utf-8").replace("sept mois", "huit mois"), "utf-8")
    assert "clips" in pipeline.build(built)
    assert guids(built) == first
    listed_stands(built)


def test_another_edition_is_another_episode_and_the_newest_is_first(job: Job) -> None:
    evening = replace(job, edition="soir")
    pipeline.build(evening)
    latest = (job.site / "latest.json").read_bytes()
    pipeline.build(job)
    assert len(set(guids(job))) == 2
    assert (job.site / "latest.json").read_bytes() == latest  # the morning's, built later, is not the latest
    assert json.loads(latest)["id"] == "2025-06-07-soir"


def test_a_changed_story_voices_only_its_own_sentences(built: Job) -> None:
    cached = set((built.output / "cache" / "voices").rglob("*.wav"))
    article = built.station.folder / "articles" / "eau.txt"
    article.write_text(article.read_text("utf-8").replace("sept mois", "huit mois"), "utf-8")
    pipeline.build(built)
    assert len(set((built.output / "cache" / "voices").rglob("*.wav")) - cached) == 1


def test_text_corrected_by_hand_is_read(job: Job) -> None:
    said: list[str] = []
    job = replace(job, say=said.append)
    pipeline.build(job, last="script")
    script = job.run_folder / stages.SCRIPT_TEXT
    script.write_text(
        script.read_text("utf-8").replace("Une pompe neuve alimente", "Une pompe toute neuve alimente"), "utf-8"
    )
    assert pipeline.build(job) == ["clips", "timeline", "bulletin", "episode"]
    assert any("corrigé à la main" in message for message in said)
    assert "toute neuve" in (job.run_folder / stages.SCRIPT).read_text("utf-8")
    assert "toute neuve" in (job.site / "episodes" / job.bulletin_id / "transcript.vtt").read_text("utf-8")
    assert pipeline.build(job) == []


def test_a_correction_outlives_new_articles_and_is_announced(built: Job) -> None:
    said: list[str] = []
    built = replace(built, say=said.append)
    script = built.run_folder / stages.SCRIPT_TEXT
    script.write_text(script.read_text("utf-8").replace("Une pompe neuve", "Une pompe moderne"), "utf-8")
    pipeline.build(built)
    article = built.station.folder / "articles" / "eau.txt"
    article.write_text(article.read_text("utf-8").replace("sept mois", "huit mois"), "utf-8")
    pipeline.build(built)
    assert "moderne" in script.read_text("utf-8")
    assert any("--from script" in message for message in said)
    pipeline.build(built, first="script")
    assert "moderne" not in script.read_text("utf-8")


def test_a_figure_the_article_does_not_hold_is_pointed_out(job: Job) -> None:
    said: list[str] = []
    job = replace(job, say=said.append)
    pipeline.build(job, last="script")
    script = job.run_folder / stages.SCRIPT_TEXT
    script.write_text(script.read_text("utf-8").replace("85", "95"), "utf-8")
    pipeline.build(job, last="script")
    assert any("95" in message and "absent de l’article" in message for message in said)


def test_an_unreadable_correction_is_refused_by_line(built: Job) -> None:
    before = state(built.site)
    script = built.run_folder / stages.SCRIPT_TEXT
    script.write_text(script.read_text("utf-8") + "\n[sujt eau]\nDes mots.\n", "utf-8")
    for _again in range(2):
        with pytest.raises(UsageError, match="ligne"):
            pipeline.build(built)
    assert state(built.site) == before


def test_a_correction_from_another_system_is_read_or_refused_clearly(built: Job) -> None:
    script = built.run_folder / stages.SCRIPT_TEXT
    corrected = script.read_text("utf-8").replace("Une pompe neuve", "Une pompe moderne").replace("\n", "\r\n")
    script.write_bytes(corrected.encode("cp1252", "replace"))
    with pytest.raises(UsageError, match="UTF-8"):
        pipeline.build(built)
    script.write_bytes(corrected.encode("utf-8-sig"))
    pipeline.build(built, last="script")
    assert "Une pompe moderne" in (built.run_folder / stages.SCRIPT).read_text("utf-8")


def test_a_damaged_clip_is_made_again(built: Job) -> None:
    clip = next((built.run_folder / "4-clips").glob("*.wav"))
    whole = clip.read_bytes()
    clip.unlink()
    clip.write_bytes(whole[: len(whole) // 2])
    assert "clips" in pipeline.build(built)
    assert clip.read_bytes() == whole


def test_a_lost_site_is_published_again(built: Job) -> None:
    (built.site / "feed.xml").unlink()
    assert pipeline.build(built) == ["episode"]
    listed_stands(built)


@pytest.mark.parametrize("stage", pipeline.NAMES)
def test_a_failure_at_any_stage_leaves_what_was_published(
    built: Job, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(built.site)
    article = built.station.folder / "articles" / "eau.txt"
    article.write_text(article.read_text("utf-8").replace("sept mois", "huit mois"), "utf-8")

    def broken(_job: Job, _space: object) -> None:
        raise AudionewsError("Panne d’essai", "Rien à faire")

    whole = pipeline.STAGES
    cut = tuple(one._replace(work=broken) if one.name == stage else one for one in whole)
    monkeypatch.setattr(pipeline, "STAGES", cut)
    with pytest.raises(AudionewsError, match="Panne"):
        pipeline.build(built)
    assert state(built.site) == before
    run = json.loads((built.run_folder / "run.json").read_text("utf-8"))
    assert run["stages"][stage]["status"] == "failed"
    assert "Panne" in run["stages"][stage]["error"]
    monkeypatch.setattr(pipeline, "STAGES", whole)
    resumed = pipeline.build(built)
    assert resumed[0] == stage
    assert len(guids(built)) == 1
    listed_stands(built)


def test_no_usable_article_publishes_nothing(tmp_path: Path) -> None:
    folder = make_station(tmp_path / "station")
    for path in (folder / "articles").iterdir():
        path.write_bytes(b"")
    said: list[str] = []
    job = make_job(folder, say=said.append)
    with pytest.raises(AudionewsError, match="Aucun article utilisable"):
        pipeline.build(job)
    assert not job.site.exists()
    assert any("eau.txt" in message and "vide" in message for message in said)


def test_old_articles_are_not_today_s_news(job: Job) -> None:
    with pytest.raises(AudionewsError, match="Aucun article utilisable"):
        pipeline.build(replace(job, day=DAY + timedelta(days=30)))


def test_one_run_at_a_time(job: Job) -> None:
    with lock.hold(job.output), pytest.raises(BusyError, match="processus"):
        pipeline.build(job)
    assert pipeline.build(job, last="articles") == ["articles"]


def test_a_killed_run_lets_the_lock_go(job: Job) -> None:
    code = (
        "import sys, pathlib, os; from audionews.desk import lock\n"
        "with lock.hold(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(job.output)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        with pytest.raises(BusyError, match=str(holder.pid)):
            pipeline.build(job)
        holder.kill()
        holder.wait()
    assert pipeline.build(job, last="articles") == ["articles"]


def test_unknown_stages_are_refused(job: Job) -> None:
    with pytest.raises(UsageError, match="n’existe pas"):
        pipeline.build(job, first="scripts")
    with pytest.raises(UsageError, match="vient après"):
        pipeline.build(job, first="clips", last="script")


def test_publication_time_is_never_in_the_future(job: Job) -> None:
    early = NOON.replace(hour=5)
    pipeline.build(replace(job, now=early))
    episode = newest(job)
    assert episode.published == early
    pipeline.build(replace(job, now=NOON), first="episode")
    again = newest(job)
    assert again.published == early  # the first publication's, kept


MORE = {
    "matin": "Date : 2025-06-07\n\nLe marché de Bandoula a rouvert. Les commerçantes ont repris leurs places.\n",
    "midi": "Date : 2025-06-07\n\nLe lycée de Toula manque de tables. Les parents demandent une réunion.\n",
    "soir": "Date : 2025-06-07\n\nLa pluie a coupé la route de Mandéla. Les camions attendent au bord du fleuve.\n",
}


def test_phrases_vary_from_one_edition_to_the_next(job: Job) -> None:
    used = []
    for number, edition in enumerate(("matin", "midi", "soir")):
        for path in (job.station.folder / "articles").iterdir():
            path.unlink()
        path = job.station.folder / "articles" / f"{edition}.txt"
        path.write_text(MORE[edition], "utf-8")
        pipeline.build(replace(job, edition=edition, now=NOON + timedelta(hours=number)))
        episode = newest(job)
        used.append(set(episode.patterns))
    openings = [{one for one in ids if one.startswith(("G", "V", "F"))} for ids in used]
    assert all(openings)
    assert openings[0].isdisjoint(openings[1])
    assert openings[1].isdisjoint(openings[2])


def test_a_station_without_sources_says_so(job: Job, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="aucune source"):
        pipeline.build(replace(job, station=parse({}, tmp_path)))
