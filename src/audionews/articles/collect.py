"""Files and folders → the day's collection: one article of each, fresh ones only."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fnmatch import fnmatch
from pathlib import Path
from typing import Protocol

from audionews.articles.clean import to_article
from audionews.articles.language import is_french
from audionews.articles.read import Raw, Reading, read
from audionews.errors import AudionewsError
from audionews.model import Article, Collection, Remark, Rights


def from_paths(
    paths: Iterable[Path], source_name: str = "", *, recursive: bool = True, glob: str = "*", base: Path | None = None
) -> Collection:
    """Read articles from files and folders.

    Args:
        paths: files, read in this order, and folders, read in the order of their names.
        source_name: what the articles come from, as said on air, where a file does not say it.
        recursive: whether folders inside folders are read.
        glob: the pattern file names inside folders must match.
        base: the folder origins are told relative to; as given when None.

    Returns:
        The articles without duplicates, and what was refused with its reason.
    """
    readings = (read(file, _origin(file, base)) for path in paths for file in files_of(path, recursive, glob))
    return merge([accepted(readings, source_name)])


def accepted(readings: Iterable[Reading], source_name: str = "") -> Collection:
    """Make articles of what files or pages gave: French ones that hold a line of their own.

    Args:
        readings: in the order of the collection.
        source_name: what the articles come from, as said on air, where they do not say it.
    """
    articles: list[Article] = []
    refused: list[Remark] = []
    remarks: list[Remark] = []
    for reading in readings:
        refused += reading.refused
        remarks += reading.remarks
        for raw in reading.raws:
            article = _accept(raw, source_name)
            if isinstance(article, Remark):
                refused.append(article)
            else:
                articles.append(article)
    return Collection(tuple(articles), tuple(refused), tuple(remarks))


class Source(Protocol):
    """Where articles come from: an entry point of the group ``audionews.sources`` makes one of its table."""

    name: str
    source_name: str

    def collect(self) -> Collection:
        """Give what there is, the same however often it is asked."""

    def fingerprint(self) -> str:
        """Give a hash: equal ones mean an equal collection."""


def each(sources: Iterable[Source]) -> tuple[Collection, ...]:
    """Collect from each source, in order; one that breaks gives a refusal and costs only itself.

    Raises:
        AudionewsError: the station's own table is wrong, as a folder that does not exist.
    """
    return tuple(_guarded(source) for source in sources)


def _guarded(source: Source) -> Collection:
    try:
        return source.collect()
    except AudionewsError:
        raise
    except Exception as error:  # sources of other packages may break in any way
        broken = f"la source est cassée ({type(error).__name__} : {error})"
        return Collection((), (Remark(source.source_name or source.name, " ".join(broken.split())[:200]),))


def fingerprint(paths: Iterable[Path], *, recursive: bool = True, glob: str = "*") -> str:
    """Hash the names and bytes of the files `from_paths` would read, so that unchanged input is not read again.

    Names count from the path given: a station that is moved is not read again either.
    """
    digest = hashlib.sha256()
    for path in paths:
        for file in files_of(path, recursive, glob):
            name = file.relative_to(path) if file != path else Path(file.name)
            digest.update(f"{name}\0".encode("utf-8", "surrogateescape") + _digest(file))
    return digest.hexdigest()


def _digest(file: Path) -> bytes:
    """Hash one file; what `read` refuses unread (a pipe, a file without rights) counts by its refusal."""
    try:
        if not file.is_file():
            return b"-"
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError as error:
        return str(error).encode("utf-8", "surrogateescape")


def merge(collections: Iterable[Collection]) -> Collection:
    """Put the collections of several sources together, one article of each."""
    all_of = tuple(collections)
    unique, doubles = without_duplicates(article for one in all_of for article in one.articles)
    return Collection(
        unique,
        tuple(remark for one in all_of for remark in one.refused),
        (*(remark for one in all_of for remark in one.remarks), *doubles),
    )


def on_air(collection: Collection, day: date, max_age_days: int) -> Collection:
    """Keep the articles that are news on a day.

    Args:
        collection: what was collected.
        day: the day of the bulletin.
        max_age_days: the greatest age in days; 0 keeps the day's own articles only.

    Returns:
        The collection without articles dated before or after; undated ones stay, with a remark.
    """
    kept: list[Article] = []
    refused = list(collection.refused)
    remarks = list(collection.remarks)
    oldest = day - timedelta(days=min(max_age_days, day.toordinal() - 1))
    for article in collection.articles:
        published = article.published
        if published is None:
            remarks.append(Remark(article.origin, "article sans date : accepté, son âge est inconnu"))
        elif published < oldest:
            days = f"plus de {max_age_days} jour{'s' if max_age_days > 1 else ''} avant le bulletin"
            refused.append(Remark(article.origin, f"article du {published:%d/%m/%Y}, {days}"))
            continue
        elif published > day:
            refused.append(Remark(article.origin, f"article du {published:%d/%m/%Y}, postérieur au bulletin"))
            continue
        kept.append(article)
    return Collection(tuple(kept), tuple(refused), tuple(remarks))


def without_duplicates(articles: Iterable[Article]) -> tuple[tuple[Article, ...], tuple[Remark, ...]]:
    """Keep one of the articles that have the same body: of the freest rights, then of most fields, then the first.

    Returns:
        The articles in their order, and a remark for each one left out.
    """
    kept: dict[str, Article] = {}
    remarks: list[Remark] = []
    for article in articles:
        first = kept.setdefault(article.id, article)
        if first is article:
            continue
        best, other = (article, first) if _worth(article) > _worth(first) else (first, article)
        kept[article.id] = best
        remarks.append(Remark(other.origin, f"même texte que {best.origin} : un seul des deux est gardé"))
    return tuple(kept.values()), tuple(remarks)


def _worth(article: Article) -> tuple[int, int]:
    """Weigh which of two equal texts is better to have: what may be taken of it, then what is known of it."""
    given = (article.title, article.published, article.author, article.url, article.source, article.section)
    return -list(Rights).index(article.rights), sum(bool(one) for one in given)


def _accept(raw: Raw, source_name: str) -> Article | Remark:
    if not is_french(" ".join(raw.lines), raw.language):
        return Remark(raw.origin, "n’est pas en français")
    article = to_article(raw, source_name)
    if not article.body:
        return Remark(raw.origin, "aucune ligne d’article : légendes, signatures ou annonces seulement")
    return article


def _origin(file: Path, base: Path | None) -> str:
    if base and file.is_relative_to(base):
        file = file.relative_to(base)
    return file.as_posix()


def files_of(path: Path, recursive: bool, glob: str) -> Iterator[Path]:
    """Give a file itself, or the files of a folder by name; hidden ones are passed over."""
    if not path.is_dir():
        yield path
        return
    for folder, inner, names in os.walk(path):
        inner[:] = sorted(name for name in inner if recursive and not name.startswith("."))
        yield from (Path(folder) / name for name in sorted(names) if not name.startswith(".") and fnmatch(name, glob))
