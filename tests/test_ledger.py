"""The ledger remembers what was told, what came in and what waits; an older ledger is opened as it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from audionews.articles.events import Aired, against, group
from audionews.articles.imprint import imprint
from audionews.desk import codec, ledger, memory, shelf
from audionews.desk.ledger import Told
from audionews.errors import AudionewsError
from audionews.model import Article, Collection, Episode, Label, Line
from tests.event_samples import DATA, samples

DAY = date(2025, 6, 7)
ARTICLES = [one.article for one in samples(DATA / "labelled.toml")]


def episode(bulletin: str, patterns: tuple[str, ...] = ()) -> Episode:
    return Episode(
        *(bulletin, "guid", "Journal", DAY, "matin", datetime(2025, 6, 7, 7, tzinfo=UTC), "Résumé", "a.mp3", 1, "0"),
        *(1000, -16.0, -1.0, (), (), (), patterns),
    )


def story(at: int) -> Told:
    return Told(ARTICLES[at].title, (f"Phrase {at}.",), (imprint(ARTICLES[at]),))


def titles(path: Path, air: str, days: int = 7) -> list[str]:
    return [one.title for one in ledger.aired(path, air, days)]


def test_stories_are_remembered_with_their_episode(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    shelf.record(path, episode("2025-06-07-matin"), "2025-06-07 07:00", [story(0), story(5)])
    assert ledger.aired(path, "2025-06-07 13:00", 7) == tuple(
        Aired("2025-06-07-matin", "2025-06-07 07:00", one.title, one.said, one.imprints) for one in (story(0), story(5))
    )


def test_an_edition_built_again_does_not_count_its_own_former_airing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    shelf.record(path, episode("2025-06-07-matin"), "2025-06-07 07:00", [story(0)])
    shelf.record(path, episode("2025-06-07-midi"), "2025-06-07 13:00", [story(5)])
    assert titles(path, "2025-06-07 07:00") == []
    assert titles(path, "2025-06-07 13:00") == [ARTICLES[0].title]
    shelf.record(path, episode("2025-06-07-matin"), "2025-06-07 07:00", [story(8)])
    assert titles(path, "2025-06-07 13:00") == [ARTICLES[8].title]
    shelf.record(path, episode("2025-06-07-matin"), "2025-06-07 07:00")
    assert titles(path, "2025-06-07 13:00") == []


def test_memory_reaches_back_as_many_days_as_asked(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    for at, day in enumerate(("2025-05-30", "2025-05-31", "2025-06-06", "2025-06-07")):
        shelf.record(path, episode(f"{day}-matin"), f"{day} 07:00", [story(at)])
    assert titles(path, "2025-06-07 19:00", 7) == [ARTICLES[at].title for at in (1, 2, 3)]
    assert titles(path, "2025-06-07 19:00", 0) == [ARTICLES[3].title]


def test_a_ledger_of_the_former_version_is_opened_and_keeps_its_episodes(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    old = episode("2025-06-06-matin", ("G1",))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE episodes (id TEXT PRIMARY KEY, air TEXT NOT NULL, value TEXT NOT NULL)")
        row = (old.id, "2025-06-06 07:00", codec.encode(old).decode())
        connection.execute("INSERT INTO episodes VALUES (?, ?, ?)", row)
    assert ledger.aired(path, "2025-06-07 07:00", 7) == ()
    shelf.record(path, episode("2025-06-07-matin"), "2025-06-07 07:00", [story(0)])
    assert [one.id for one in shelf.shelf(path).entries] == ["2025-06-07-matin", "2025-06-06-matin"]
    assert ledger.recent_patterns(path, "2025-06-07 07:00") == {"G1"}


def test_what_cannot_be_written_leaves_the_former_state(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    shelf.record(path, episode("2025-06-07-matin"), "2025-06-07 07:00", [story(0)])
    broken = replace(story(1), said=(object(),))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        shelf.record(path, episode("2025-06-07-matin", ("G2",)), "2025-06-07 07:00", [broken])
    assert ledger.recent_patterns(path, "2025-06-08 07:00") == frozenset()
    assert titles(path, "2025-06-07 13:00") == [ARTICLES[0].title]


def test_a_damaged_ledger_is_one_line_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"not a database at all, but long enough to be taken for one" * 40)
    with pytest.raises(AudionewsError, match="ne répond pas"):
        ledger.aired(path, "2025-06-07 07:00", 7)


def test_the_day_an_article_was_first_seen_stays_and_old_ones_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledger.remember(path, ARTICLES[:2], DAY - timedelta(days=30), keep_days=60)
    ledger.remember(path, ARTICLES[1:3], DAY, keep_days=60)
    later = DAY + timedelta(days=1)
    assert {one.article: one.day for one in ledger.seen(path, later)} == {
        ARTICLES[0].id: DAY - timedelta(days=30),
        ARTICLES[1].id: DAY - timedelta(days=30),
        ARTICLES[2].id: DAY,
    }
    assert {one.article for one in ledger.seen(path, DAY)} == {ARTICLES[0].id, ARTICLES[1].id}
    ledger.remember(path, [], DAY, keep_days=7)
    assert {one.article for one in ledger.seen(path, later)} == {ARTICLES[2].id}


def test_an_undated_article_seen_long_ago_is_not_news(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    undated = replace(ARTICLES[0], published=None)
    dated = replace(ARTICLES[5], published=DAY)
    assert memory.not_old(path, Collection((undated, dated)), DAY - timedelta(days=10), 2).refused == ()
    again = memory.not_old(path, Collection((replace(undated, id="other"), dated)), DAY, 2)
    assert again.articles == (dated,)
    assert [one.message for one in again.refused] == ["article sans date, déjà reçu le 28/05/2025"]
    same_day = memory.not_old(path, Collection((undated,)), DAY - timedelta(days=10), 2)
    assert same_day.articles == (undated,)


def test_a_bulletin_is_remembered_and_the_next_one_tells_only_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    morning = [one for one in ARTICLES if "Kéniéla" in " ".join(one.body) and one.published == date(2025, 6, 6)]
    update = next(one for one in ARTICLES if one.title.startswith("Mine de Kéniéla"))
    other = ARTICLES[5]
    air = "2025-06-07 07:00"
    row = Told("La mine", ("Huit morts.",), tuple(map(imprint, morning)))
    shelf.record(path, episode("2025-06-07-matin"), air, [row])
    events, dropped = against(group([morning[0], other]), ledger.aired(path, "2025-06-07 13:00", 7))
    assert [event.articles[0] for event in events] == [other]
    assert len(dropped) == 1
    events, dropped = against(group([*morning, update]), ledger.aired(path, "2025-06-08 07:00", 7))
    assert (events[0].articles[0], events[0].aired, events[0].said) == (update, DAY, ("Huit morts.",))
    assert against(group(morning), ledger.aired(path, air, 7))[1] == ()  # built again


def test_an_empty_article_is_remembered_too(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledger.remember(path, [Article("vide", (Line("Court.", Label.BODY),))], DAY)
    assert [one.signature for one in ledger.seen(path, DAY + timedelta(days=1))] == [b""]
