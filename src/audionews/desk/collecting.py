"""What the sources give today: marked with their rights, sifted, held back where a human must read first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from audionews.desk import holds, ledger, memory, registry
from audionews.desk.job import Job
from audionews.desk.ledger import Waiting
from audionews.errors import UsageError
from audionews.model import Article, Collection, Rights
from audionews.settings import convert
from audionews.station import SourceTable


def tables(job: Job) -> tuple[SourceTable, ...]:
    """Give the tables of the sources of a job: the command line's articles, else the station's.

    Raises:
        UsageError: there are neither.
    """
    if job.articles:
        return tuple(
            SourceTable("folder", rights=Rights.ACCORD, options={"path": str(path.resolve())}) for path in job.articles
        )
    if not job.station.sources:
        raise UsageError("La station n’a aucune source", "Ajoutez une table [[source]], ou nommez des articles")
    return job.station.sources


def sources(job: Job) -> list[Any]:
    """Make the sources of a job ready, each with a folder of its own for what it keeps."""
    return [_source(job, table, at) for at, table in enumerate(tables(job))]


def _source(job: Job, table: SourceTable, at: int) -> Any:
    source = registry.load("audionews.sources", table.kind)
    options = convert(table.options, source.Options, f"station.toml, [[source]] {table.kind}")
    cache = job.output / "cache" / "sources" / f"{at + 1}-{table.kind}"
    return source(options, job.station.folder, table.name, cache=cache)


def settings(job: Job) -> Any:
    """Give all that changes what is collected: the files or answers of the sources, the day, what a human decided."""
    marks = [[one.rights, one.teasers, one.hold] for one in tables(job)]
    decided = [[one.article, one.state] for one in _held(job) if one.state is not Waiting.HELD]
    prints = [source.fingerprint() for source in sources(job)]
    return [prints, marks, decided, job.station.hold.topics, job.day.isoformat(), job.station.programme.max_age_days]


def _held(job: Job) -> tuple[ledger.Held, ...]:
    return ledger.held(job.ledger) if job.ledger.exists() else ()


def collected(job: Job, given: Sequence[Collection]) -> Collection:
    """Put together what the sources of a job gave.

    Args:
        job: the bulletin.
        given: one collection for each of its sources, in their order.

    Returns:
        One article of each, with its source's rights, its labels corrected by the whole day, fresh ones only;
        complete and dated extracts of other articles besides, where the station wants them.
    """
    from audionews.articles.collect import merge, on_air
    from audionews.articles.repeats import relabel
    from audionews.articles.teasers import teaser_articles

    marked = [
        replace(one, articles=tuple(replace(article, rights=table.rights) for article in one.articles))
        for one, table in zip(given, tables(job), strict=True)
    ]
    with_extracts = {
        a.origin for one, table in zip(given, tables(job), strict=True) if table.teasers for a in one.articles
    }
    whole = merge(marked)
    own = relabel(whole.articles)
    extracts = [extract for one in own if one.origin in with_extracts for extract in teaser_articles(one)]
    again = merge([Collection((*own, *extracts), whole.refused, whole.remarks)])
    return on_air(again, job.day, job.station.programme.max_age_days)


def sifted(job: Job, found: Collection, given: Sequence[Collection]) -> Collection:
    """Keep back what must wait for a human and what came in long ago, and remember the rest."""
    waits = {a.origin for one, table in zip(given, tables(job), strict=True) if table.hold for a in one.articles}
    reasons = [holds.held(article, job.station.hold, article.origin in waits) for article in found.articles]
    kept: tuple[Article, ...]
    kept, remarks = holds.sift(job.ledger, found.articles, reasons, job.day)
    left = Collection(kept, (*found.refused, *remarks), found.remarks)
    return memory.not_old(job.ledger, left, job.day, job.station.programme.max_age_days)
