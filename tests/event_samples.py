"""The labelled articles of tests/data/events, shared by tests and benchmarks."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from audionews.model import Article, Label, Line

DATA = Path(__file__).parent / "data" / "events"


class Sample(NamedTuple):
    """An article, and the event it tells."""

    article: Article
    event: str
    update: bool


def samples(path: Path) -> tuple[Sample, ...]:
    """Read a labelled set."""
    rows = tomllib.loads(path.read_text("utf-8"))["article"]
    return tuple(
        Sample(
            Article(
                id=f"{path.stem}-{at}",
                lines=tuple(Line(text, Label.BODY) for text in row["body"].split("\n") if text),
                title=row["title"],
                published=row["published"],
                source=row["source"],
                origin=f"{path.stem}-{at}.txt",
            ),
            row["event"],
            row.get("update", False),
        )
        for at, row in enumerate(rows)
    )
