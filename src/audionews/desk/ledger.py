"""The newsroom's memory (SQLite): what was published, told and seen, and what waits for a human.

The feed is rebuilt whole from the episodes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from audionews.articles.copies import Seen, signatures
from audionews.articles.events import Aired
from audionews.articles.imprint import Imprint
from audionews.desk import codec
from audionews.errors import AudionewsError
from audionews.model import Article, Episode

# Tables are only ever added, so that a ledger of an older version is opened as it is.
SCHEMA = (
    """
    CREATE TABLE IF NOT EXISTS episodes (
        id    TEXT PRIMARY KEY,  -- "2025-06-07-matin"
        air   TEXT NOT NULL,     -- "2025-06-07 07:00": the order of the broadcasts
        value TEXT NOT NULL      -- the Episode as JSON
    )""",
    """
    CREATE TABLE IF NOT EXISTS told (
        bulletin TEXT NOT NULL,
        place    INTEGER NOT NULL,  -- in the bulletin
        air      TEXT NOT NULL,     -- as above
        value    TEXT NOT NULL,     -- the Told as JSON
        PRIMARY KEY (bulletin, place)
    )""",
    "CREATE INDEX IF NOT EXISTS told_air ON told (air)",
    """
    CREATE TABLE IF NOT EXISTS seen (
        article   TEXT PRIMARY KEY,
        day       TEXT NOT NULL,  -- when it was first seen
        source    TEXT NOT NULL,
        url       TEXT NOT NULL,
        title     TEXT NOT NULL,
        signature BLOB NOT NULL
    )""",
    """
    CREATE TABLE IF NOT EXISTS held (
        article TEXT PRIMARY KEY,
        title   TEXT NOT NULL,
        source  TEXT NOT NULL,
        why     TEXT NOT NULL,
        since   TEXT NOT NULL,            -- the day it came in
        state   TEXT NOT NULL,            -- a Waiting
        decided TEXT NOT NULL DEFAULT ''  -- when a human did
    )""",
)


@dataclass(frozen=True, slots=True)
class Told:
    """A story of a bulletin, as it is remembered."""

    title: str
    said: tuple[str, ...]  # its sentences
    imprints: tuple[Imprint, ...]  # of the event's articles


class Waiting(StrEnum):
    """What became of a held article."""

    HELD = "held"
    RELEASED = "released"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Held:
    """An article that is not read before a human releases it."""

    article: str  # its id
    title: str
    source: str
    why: str  # in French
    since: date
    state: Waiting = Waiting.HELD


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=30)
        try:
            with connection:
                for statement in SCHEMA:
                    connection.execute(statement)
                yield connection
        finally:
            connection.close()
    except (sqlite3.Error, OSError) as error:
        raise AudionewsError(
            f"Le registre {path} ne répond pas ({error})",
            "Vérifiez le disque ; en dernier recours, mettez ce fichier de côté",
        ) from error


# What was published


def record(path: Path, episode: Episode, air: str, told: Sequence[Told] = ()) -> None:
    """Remember a published episode and the stories told in it, in place of the former ones of the same id."""
    with _open(path) as connection:
        row = (episode.id, air, codec.encode(episode).decode())
        connection.execute("INSERT OR REPLACE INTO episodes VALUES (?, ?, ?)", row)
        connection.execute("DELETE FROM told WHERE bulletin = ?", (episode.id,))
        rows = [(episode.id, place, air, codec.encode(one).decode()) for place, one in enumerate(told)]
        connection.executemany("INSERT INTO told VALUES (?, ?, ?, ?)", rows)


def episodes(path: Path) -> tuple[tuple[str, Episode], ...]:
    """Give all published episodes with their time of broadcast, newest broadcast first."""
    with _open(path) as connection:
        rows = connection.execute("SELECT air, value FROM episodes ORDER BY air DESC, id DESC").fetchall()
    return tuple((air, codec.decode(value.encode(), Episode, str(path))) for air, value in rows)


def recent_patterns(path: Path, air: str, editions: int = 2) -> frozenset[str]:
    """Give the phrase patterns used in the editions just before a time of broadcast."""
    with _open(path) as connection:
        rows = connection.execute(
            "SELECT value FROM episodes WHERE air < ? ORDER BY air DESC LIMIT ?", (air, editions)
        ).fetchall()
    return frozenset(
        pattern for (value,) in rows for pattern in codec.decode(value.encode(), Episode, str(path)).patterns
    )


def aired(path: Path, air: str, days: int) -> tuple[Aired, ...]:
    """Give the stories told before a time of broadcast, oldest first.

    Args:
        path: the ledger.
        air: the time of the broadcast; what this edition itself told when it was built before does not count.
        days: how many days before that day count; 0 for the earlier editions of that day only.
    """
    oldest = _before(date.fromisoformat(air[:10]), days)
    with _open(path) as connection:
        rows = connection.execute(
            "SELECT bulletin, air, value FROM told WHERE air < ? AND air >= ? ORDER BY air, place", (air, oldest)
        ).fetchall()
    stories = [(bulletin, then, codec.decode(value.encode(), Told, str(path))) for bulletin, then, value in rows]
    return tuple(Aired(bulletin, then, one.title, one.said, one.imprints) for bulletin, then, one in stories)


# What came in


def remember(path: Path, articles: Sequence[Article], day: date, keep_days: int = 90) -> None:
    """Remember the articles that came in on a day; forget those first seen more than `keep_days` before."""
    rows = [
        (article.id, day.isoformat(), article.source, article.url, article.title, signature)
        for article, signature in zip(articles, signatures(articles), strict=True)
    ]
    with _open(path) as connection:
        connection.executemany(
            "INSERT INTO seen VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (article) DO UPDATE SET day = min(day, excluded.day)",
            rows,
        )
        connection.execute("DELETE FROM seen WHERE day < ?", (_before(day, keep_days),))


def seen(path: Path, before: date) -> tuple[Seen, ...]:
    """Give the articles first seen before a day."""
    with _open(path) as connection:
        rows = connection.execute(
            "SELECT article, day, signature FROM seen WHERE day < ? ORDER BY day, article", (before.isoformat(),)
        ).fetchall()
    return tuple(Seen(article, date.fromisoformat(day), signature) for article, day, signature in rows)


# What waits for a human


def hold(path: Path, waiting: Iterable[Held]) -> None:
    """Write down what waits; what a human has decided stays decided."""
    with _open(path) as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO held (article, title, source, why, since, state) VALUES (?, ?, ?, ?, ?, ?)",
            [(one.article, one.title, one.source, one.why, one.since.isoformat(), one.state) for one in waiting],
        )


def held(path: Path) -> tuple[Held, ...]:
    """Give all that was ever held, newest first, with what became of it."""
    with _open(path) as connection:
        rows = connection.execute(
            "SELECT article, title, source, why, since, state FROM held ORDER BY since DESC, article"
        ).fetchall()
    return tuple(
        Held(article, title, source, why, date.fromisoformat(since), Waiting(state))
        for article, title, source, why, since, state in rows
    )


def decide(path: Path, article: str, state: Waiting, now: datetime) -> None:
    """Remember what a human decided of a held article, and when."""
    with _open(path) as connection:
        connection.execute(
            "UPDATE held SET state = ?, decided = ? WHERE article = ?", (state, now.isoformat(), article)
        )


def _before(day: date, days: int) -> str:
    return (day - timedelta(days=min(days, day.toordinal() - 1))).isoformat()
