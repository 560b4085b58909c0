"""The newsroom's memory (SQLite): what was published. The feed is rebuilt whole from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audionews.desk import codec
from audionews.errors import AudionewsError
from audionews.model import Episode

SCHEMA = """
CREATE TABLE IF NOT EXISTS episodes (
    id    TEXT PRIMARY KEY,  -- "2025-06-07-matin"
    air   TEXT NOT NULL,     -- "2025-06-07 07:00": the order of the broadcasts
    value TEXT NOT NULL      -- the Episode as JSON
)
"""


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=30)
        try:
            with connection:
                connection.execute(SCHEMA)
                yield connection
        finally:
            connection.close()
    except (sqlite3.Error, OSError) as error:
        raise AudionewsError(
            f"Le registre {path} ne répond pas ({error})",
            "Vérifiez le disque ; en dernier recours, mettez ce fichier de côté",
        ) from error


def record(path: Path, episode: Episode, air: str) -> None:
    """Remember a published episode, in place of the former one of the same id."""
    with _open(path) as connection:
        row = (episode.id, air, codec.encode(episode).decode())
        connection.execute("INSERT OR REPLACE INTO episodes VALUES (?, ?, ?)", row)


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
