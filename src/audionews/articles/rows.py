"""The rows of article files as they stand, each with the label the pipeline gives it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from audionews.articles.clean import to_article, visible
from audionews.articles.decode import decode
from audionews.articles.read import Raw, read
from audionews.articles.repeats import relabel
from audionews.model import Article, Label, Line, Remark


@dataclass(frozen=True, slots=True)
class Labelled:
    """One file: its non-empty rows in order, as they stand, and their labels."""

    origin: str
    rows: tuple[Line, ...]


def labelled(paths: Iterable[Path]) -> tuple[tuple[Labelled, ...], tuple[Remark, ...]]:
    """Label the rows of files, each file being a page of one day's collection.

    Args:
        paths: files that `read` takes.

    Returns:
        The files that could be read, in order, and what was refused with its reason.
    """
    files: list[tuple[Path, tuple[Raw, ...]]] = []
    refused: list[Remark] = []
    for path in paths:
        reading = read(path)
        refused += reading.refused
        if reading.raws:
            files.append((path, reading.raws))
    articles = iter(relabel([to_article(raw) for _, raws in files for raw in raws]))
    return (
        tuple(
            Labelled(path.as_posix(), tuple(row for raw in raws for row in _rows(path, raw, next(articles))))
            for path, raws in files
        ),
        tuple(refused),
    )


def _rows(path: Path, raw: Raw, article: Article) -> tuple[Line, ...]:
    """Give the rows of one article; a plain text is shown row by row, as it lies in its file."""
    given = iter(article.lines)
    lines = [
        next(given) if visible(line) else Line(line, Label.BOILERPLATE, "ligne sans un signe visible")
        for line in raw.lines
    ]
    if path.suffix.lower() != ".txt":
        return tuple(Line(text, line.label, line.reason) for text, line in zip(raw.lines, lines, strict=True))
    text, _ = decode(path.read_bytes())
    rows = [row.strip() for row in text.split("\n") if row.strip()]
    head = Line("", Label.BOILERPLATE, "en-tête du fichier")
    found = [head if at < 0 else lines[at] for at in _origins(rows, raw.lines)]
    return tuple(Line(row, line.label, line.reason) for row, line in zip(rows, found, strict=True))


def _origins(rows: Sequence[str], lines: Sequence[str]) -> list[int]:
    """Give for each row of a file the line it went into, -1 for none: `read` drops a head and joins broken rows."""
    found: list[int] = []
    at, left = len(lines) - 1, len(lines[-1].replace(" ", "")) if lines else 0
    for row in reversed(rows):
        while at >= 0 and left <= 0:
            at -= 1
            left = len(lines[at].replace(" ", "")) if at >= 0 else 0
        found.append(at)
        left -= len(row.replace(" ", ""))
    return found[::-1]
