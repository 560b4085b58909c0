"""The pages of tests/data/pages, and how much of what they must give two readers keep."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "data" / "pages"


class Seen(NamedTuple):
    """What a reader made of a page."""

    text: str
    title: str
    date: str
    author: str


class Figures(NamedTuple):
    """Over all pages."""

    kept: int
    required: int
    leaked: int
    forbidden: int
    titles: int
    dates: int
    authors: int

    def __str__(self) -> str:
        fields = f"titres {self.titles}, dates {self.dates}, auteurs {self.authors}"
        return f"gardé {self.kept}/{self.required}, laissé passer {self.leaked}/{self.forbidden}, {fields}"


@dataclass(frozen=True)
class Page:
    """One page and what it must give."""

    name: str
    required: list[str]
    forbidden: list[str]
    title: str
    date: str | None
    author: str | None

    def read(self) -> bytes:
        return (FOLDER / f"{self.name}.html").read_bytes()


def _pages() -> tuple[Page, ...]:
    expected: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text("utf-8"))
    return tuple(Page(name, **fields) for name, fields in expected.items())


PAGES = _pages()


def ours(data: bytes) -> Seen:
    from audionews.articles.decode import declared, decode
    from audionews.articles.headers import parse_date
    from audionews.articles.pages import read_page

    page = read_page(decode(data, declared(data))[0])
    day = parse_date(page.fields.get("date", ""))
    title, author = page.fields.get("title", ""), page.fields.get("author", "")
    return Seen(" ".join(page.lines), title, day.isoformat() if day else "", author)


def trafilatura_alone(data: bytes) -> Seen:
    import trafilatura

    text = trafilatura.extract(data, include_comments=False) or ""
    meta: Any = trafilatura.extract_metadata(data)  # type: ignore[arg-type]  # it takes bytes too
    return Seen(text, meta.title or "", meta.date or "", meta.author or "")


def measure(reader: Callable[[bytes], Seen]) -> Figures:
    """Count over all pages what is kept of the required strings, and what passes of the forbidden ones."""
    counts = [0] * 7
    for page in PAGES:
        seen = reader(page.read())
        text = " ".join(seen.text.split())
        counts[0] += sum(one in text for one in page.required)
        counts[1] += len(page.required)
        counts[2] += sum(one in text for one in page.forbidden)
        counts[3] += len(page.forbidden)
        counts[4] += seen.title == page.title
        counts[5] += seen.date == (page.date or "")
        counts[6] += seen.author == (page.author or "")
    return Figures(*counts)
