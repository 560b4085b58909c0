"""The newsroom's memory (SQLite): what was told, what came in, what waits for a human, what has to be put right.

What was published is in the same file: see `audionews.desk.shelf`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from audionews.articles.copies import Seen, signatures
from audionews.articles.events import Aired
from audionews.articles.imprint import Imprint
from audionews.desk import codec
from audionews.errors import AudionewsError
from audionews.model import Article, Episode, Rectification

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
    """
    CREATE TABLE IF NOT EXISTS shelf (
        id        TEXT PRIMARY KEY,  -- of the bulletin
        edition   TEXT NOT NULL,
        format    TEXT NOT NULL,
        language  TEXT NOT NULL,
        withdrawn INTEGER NOT NULL,  -- 0 or 1
        corrected TEXT NOT NULL,     -- when it was last, or ""
        digest    TEXT NOT NULL,     -- SHA-256 of the episode, captions included
        captions  BLOB NOT NULL      -- JSON, deflated: only its own page needs them
    )""",
    """
    CREATE TABLE IF NOT EXISTS rectifications (
        bulletin TEXT NOT NULL,  -- that was wrong
        at       TEXT NOT NULL,  -- when it was put right
        value    TEXT NOT NULL,  -- the Rectification as JSON
        read_in  TEXT NOT NULL DEFAULT '',  -- the bulletin that said so on air
        PRIMARY KEY (bulletin, at)
    )""",
    "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
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
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the ledger for one transaction; it is made when absent.

    Raises:
        AudionewsError: it cannot be opened or does not answer.
    """
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


# What was said on air


def recent_patterns(path: Path, air: str, editions: int = 2) -> frozenset[str]:
    """Give the phrase patterns used in the editions just before a time of broadcast."""
    with opened(path) as connection:
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
    with opened(path) as connection:
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
    with opened(path) as connection:
        connection.executemany(
            "INSERT INTO seen VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (article) DO UPDATE SET day = min(day, excluded.day)",
            rows,
        )
        connection.execute("DELETE FROM seen WHERE day < ?", (_before(day, keep_days),))


def seen(path: Path, before: date) -> tuple[Seen, ...]:
    """Give the articles first seen before a day."""
    with opened(path) as connection:
        rows = connection.execute(
            "SELECT article, day, signature FROM seen WHERE day < ? ORDER BY day, article", (before.isoformat(),)
        ).fetchall()
    return tuple(Seen(article, date.fromisoformat(day), signature) for article, day, signature in rows)


# What waits for a human


def hold(path: Path, waiting: Iterable[Held]) -> None:
    """Write down what waits; what a human has decided stays decided."""
    with opened(path) as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO held (article, title, source, why, since, state) VALUES (?, ?, ?, ?, ?, ?)",
            [(one.article, one.title, one.source, one.why, one.since.isoformat(), one.state) for one in waiting],
        )


def held(path: Path) -> tuple[Held, ...]:
    """Give all that was ever held, newest first, with what became of it."""
    with opened(path) as connection:
        rows = connection.execute(
            "SELECT article, title, source, why, since, state FROM held ORDER BY since DESC, article"
        ).fetchall()
    return tuple(
        Held(article, title, source, why, date.fromisoformat(since), Waiting(state))
        for article, title, source, why, since, state in rows
    )


def decide(path: Path, article: str, state: Waiting, now: datetime) -> None:
    """Remember what a human decided of a held article, and when."""
    with opened(path) as connection:
        connection.execute(
            "UPDATE held SET state = ?, decided = ? WHERE article = ?", (state, now.isoformat(), article)
        )


# What was wrong, and has to be said


def plan(path: Path, wrong: Rectification, at: datetime) -> None:
    """Have the next edition say what was put right at that moment."""
    with opened(path) as connection:
        connection.execute(
            "INSERT OR REPLACE INTO rectifications (bulletin, at, value) VALUES (?, ?, ?)",
            (wrong.bulletin, at.astimezone(UTC).isoformat(), codec.encode(wrong).decode()),
        )


def pending(path: Path, air: str, bulletin_id: str) -> tuple[Rectification, ...]:
    """Give what an edition has to put right: what no edition has said yet, and what this one said when built before.

    Args:
        path: the ledger.
        air: the edition's time of broadcast; it corrects none that is aired at that time or later.
        bulletin_id: the edition.
    """
    with opened(path) as connection:
        rows = connection.execute(
            "SELECT r.value FROM rectifications r JOIN episodes e ON e.id = r.bulletin "
            "WHERE e.air < ? AND (r.read_in = ? OR (r.read_in = '' AND NOT EXISTS "
            "(SELECT 1 FROM episodes p WHERE p.id = ?))) ORDER BY r.at",  # what is published takes no new one
            (air, bulletin_id, bulletin_id),
        ).fetchall()
    return tuple(codec.decode(value.encode(), Rectification, str(path)) for (value,) in rows)


def put_right(path: Path, said: Iterable[Rectification], bulletin_id: str) -> None:
    """Remember that an edition has said these, and no other."""
    rows = [(bulletin_id, codec.encode(one).decode()) for one in said]
    with opened(path) as connection:
        connection.execute("UPDATE rectifications SET read_in = '' WHERE read_in = ?", (bulletin_id,))
        connection.executemany("UPDATE rectifications SET read_in = ? WHERE value = ? AND read_in = ''", rows)


def fact(path: Path, name: str, value: str) -> str:
    """Give what was once settled under a name; it is `value` when nothing was, and stays so."""
    with opened(path) as connection:
        connection.execute("INSERT OR IGNORE INTO facts VALUES (?, ?)", (name, value))
        [(kept,)] = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchall()
    return str(kept)


def _before(day: date, days: int) -> str:
    return (day - timedelta(days=min(days, day.toordinal() - 1))).isoformat()
