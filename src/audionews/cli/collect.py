"""`audionews collect`: what the sources hold today; nothing is published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audionews.cli import job as jobs

if TYPE_CHECKING:
    from audionews.model import Article, Collection, Remark


@dataclass(frozen=True, slots=True)
class _Found:
    """What one source gave, and what of it would go on air."""

    name: str
    kind: str
    articles: tuple[tuple[Article, str], ...]  # each with the reason why it stays out, "" when it does not
    refused: tuple[Remark, ...]
    remarks: tuple[Remark, ...]


@click.command(short_help="Montrer ce que les sources donnent aujourd’hui.")
@click.argument("articles", nargs=-1, type=click.Path(path_type=Path))
@jobs.bulletin_options
@click.option("--json", "raw", is_flag=True, help="Tout en un objet JSON, pour un programme.")
def collect(
    articles: tuple[Path, ...],
    station_path: Path | None,
    day: datetime | None,
    edition: str | None,
    output: Path | None,
    raw: bool,
) -> None:
    """Montrer ce que les sources de la station donnent : titre, date, nombre de mots, origine.

    ARTICLES : des fichiers ou des dossiers à lire à la place des sources. Ce qui est refusé est montré avec sa raison ;
    rien n’est publié. Une source en panne ne gêne pas les autres.
    """
    from audionews.articles.collect import each
    from audionews.desk import collecting

    station = jobs.station(station_path, needed=not articles)
    plan = replace(jobs.job(station, day, edition, output), articles=articles)
    asked = collecting.sources(plan)
    given = each(asked)
    kept = collecting.collected(plan, given)
    found = [_found(source.source_name, source.name, one, kept) for source, one in zip(asked, given, strict=True)]
    if raw:
        click.echo(json.dumps(_as_json(found, len(kept.articles)), ensure_ascii=False, indent=1))
        return
    for line in _lines(found):
        click.echo(line)
    click.echo(f"{_counted(len(kept.articles), 'article')} pour le bulletin du {plan.day:%d/%m/%Y}.")


def _found(name: str, kind: str, given: Collection, kept: Collection) -> _Found:
    on_air = {article.origin: article for article in kept.articles}
    reasons = {one.origin: one.message for one in (*kept.remarks, *kept.refused)}
    return _Found(
        name,
        kind,
        tuple(
            (on_air.get(one.origin, one), "" if one.origin in on_air else reasons.get(one.origin, "écarté"))
            for one in given.articles
        ),
        given.refused,
        given.remarks,
    )


def _lines(found: list[_Found]) -> Iterator[str]:
    for source in found:
        read, refused = (
            _counted(len(one), word) for one, word in ((source.articles, "lu"), (source.refused, "refusé"))
        )
        yield f"{source.name or 'sans nom'} ({source.kind}) : {read}, {refused}"
        for article, reason in source.articles:
            day = f"{article.published:%d/%m/%Y}" if article.published else "sans date "
            title = article.title or "sans titre : " + " ".join(article.body[0].split()[:8]) + "…"
            yield f"  {day}  {_words(article):5} mots  {title}  [{article.origin}]"
            if reason:
                yield f"              écarté : {reason}"
        yield from (f"  refusé      {one.origin} : {one.message}" for one in source.refused)
        yield from (f"  remarque    {one.origin} : {one.message}" for one in source.remarks)


def _as_json(found: list[_Found], kept: int) -> dict[str, Any]:
    def remarks(given: tuple[Remark, ...]) -> list[dict[str, str]]:
        return [{"origin": one.origin, "message": one.message} for one in given]

    return {
        "kept": kept,
        "sources": [
            {
                "name": source.name,
                "kind": source.kind,
                "articles": [
                    {
                        "id": article.id,
                        "title": article.title,
                        "date": article.published.isoformat() if article.published else None,
                        "author": article.author,
                        "section": article.section,
                        "words": _words(article),
                        "url": article.url,
                        "origin": article.origin,
                        "dropped": reason,
                    }
                    for article, reason in source.articles
                ],
                "refused": remarks(source.refused),
                "remarks": remarks(source.remarks),
            }
            for source in found
        ],
    }


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number > 1 else ''}"


def _words(article: Article) -> int:
    return sum(len(line.split()) for line in article.body)
