"""`audionews cache`: what is kept so that nothing is made twice, and how to make it smaller."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from audionews.cli import job as jobs
from audionews.errors import AudionewsError, UsageError

if TYPE_CHECKING:
    from audionews.desk.job import Job
    from audionews.voices.cache import Cache, Usage

MB = 1_000_000
OTHERS = {"sounds": "jingles et virgules", "sources": "réponses des sources"}
GONE = "bulletins effacés"  # nobody knows any more which voice it was


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --station, --output and --json, which may stand before or after « prune »."""
    json_option = click.option("--json", "raw", is_flag=True, help="En JSON, les tailles en octets.")
    return jobs.place_options(json_option(command))


@click.group(invoke_without_command=True, short_help="Voir ce qui est gardé d’un bulletin à l’autre, l’alléger.")
@_options
@click.pass_context
def cache(context: click.Context, station_path: Path | None, output: Path | None, raw: bool) -> None:
    """Voir ce qui est gardé d’un bulletin à l’autre pour ne rien refaire : le son de chaque phrase, et le reste.

    \b
    Exemples :
      audionews cache
      audionews cache prune --limit 200
    """
    if context.invoked_subcommand:
        return
    job = _job(station_path, output)
    clips = _clips(job)
    if raw:
        click.echo(_json(job, clips), nl=False)
    else:
        _table(job, clips)


@cache.command(short_help="Ôter les sons qui n’ont plus servi depuis le plus longtemps.")
@_options
@click.option(
    "--limit", type=click.IntRange(min=0), metavar="MO", help="Mégaoctets qui restent. [défaut : ceux de la station]"
)
@click.option("--all", "everything", is_flag=True, help="Ôter tous les sons.")
@click.option("--dry-run", "dry", is_flag=True, help="Dire ce qui serait ôté, sans rien ôter.")
@click.pass_context
def prune(
    context: click.Context,
    station_path: Path | None,
    output: Path | None,
    raw: bool,
    limit: int | None,
    everything: bool,
    dry: bool,
) -> None:
    """Ôter les sons qui n’ont plus servi depuis le plus longtemps, jusqu’à ce que les autres tiennent dans la limite.

    Les bulletins et leurs dossiers restent comme ils sont, même ceux qui se fabriquent en ce moment ; une phrase
    dont le son n’est plus là sera lue de nouveau.
    """
    if everything and limit is not None:
        raise UsageError("--all et --limit se contredisent", "Gardez l’un des deux")
    given = context.parent.params if context.parent else {}
    job = _job(station_path or given.get("station_path"), output or given.get("output"))
    clips = _clips(job)
    most = 0 if everything else (job.station.cache.voices_mb if limit is None else limit) * MB
    gone = clips.prune(most, dry=dry)
    if raw or given.get("raw"):
        from audionews.desk import codec

        click.echo(codec.encode({"dry_run": dry, "limit": most, **gone._asdict()}), nl=False)
        return
    from audionews.publish.render import weight

    click.echo(f"{'Sons à ôter' if dry else 'Sons ôtés'} : {_number(gone.entries)}, {weight(gone.bytes)}")
    if gone.freed < gone.bytes:
        click.echo(
            f"Place {'à gagner' if dry else 'gagnée'} : {weight(gone.freed)}, "
            "le reste est aussi dans des dossiers de bulletins"
        )
    if gone.leftovers:
        click.echo(f"Restes de travaux interrompus : {_number(gone.leftovers)}")


def _job(station_path: Path | None, output: Path | None) -> Job:
    return jobs.job(jobs.station(station_path, needed=output is None), None, None, output)


def _clips(job: Job) -> Cache:
    from audionews.voices.cache import Cache

    return Cache(job.output / "cache" / "voices")


class _Row(NamedTuple):
    name: str
    files: int
    bytes: int
    folder: str = ""


@dataclass(frozen=True, slots=True)
class _Made:
    """What a run keeps of a clip, as far as it matters here."""

    sha256: str
    voice: str


def _voices(job: Job, clips: Cache) -> list[_Row]:
    """Give the share of each voice, by the bulletins that are still there; the largest first."""
    from audionews.desk import codec
    from audionews.desk.stages import CLIPS

    voice_of: dict[str, str] = {}
    for path in (job.output / "runs").glob(f"*/{CLIPS}"):
        with suppress(AudionewsError, OSError):  # a run that is being made, or is damaged
            voice_of |= {one.sha256: one.voice for one in codec.load(path, list[_Made])}
    rows: dict[str, _Row] = {}
    for one in clips.listed():
        name = voice_of.get(one.sha256, GONE)
        row = rows.get(name, _Row(name, 0, 0))
        rows[name] = _Row(name, row.files + 1, row.bytes + one.bytes)
    return sorted(rows.values(), key=lambda row: (row.name == GONE, -row.bytes, row.name))


def _others(job: Job) -> Iterator[_Row]:
    """Measure what else is kept: in the output folder, and for the user between stations."""
    from audionews.voices.weights import cache_folder

    kept = job.output / "cache"
    for folder in sorted(kept.iterdir()) if kept.is_dir() else ():
        if folder.is_dir() and folder.name != "voices":
            yield _measured(OTHERS.get(folder.name, folder.name), folder)
    yield _measured("voix installées", cache_folder())


def _measured(name: str, folder: Path) -> _Row:
    sizes = []
    for place, _, files in os.walk(folder):
        for file in files:
            with suppress(OSError):  # gone meanwhile
                sizes.append((Path(place) / file).lstat().st_size)
    return _Row(name, len(sizes), sum(sizes), str(folder))


def _table(job: Job, clips: Cache) -> None:
    from audionews.publish.render import weight

    usage = clips.usage()
    rows = [
        _Row("sons des phrases", usage.entries, usage.bytes, str(clips.folder)),
        *(row._replace(name=f"  {row.name}") for row in _voices(job, clips)),
        *_others(job),
    ]
    width = max(len(row.name) for row in rows)
    for row in rows:
        click.echo(f"{row.name:{width}}  {_number(row.files):>7}  {weight(row.bytes):>10}  {row.folder}".rstrip())
    click.echo(f"\nLimite des sons : {weight(job.station.cache.voices_mb * MB)}, les moins récemment utiles partent")
    if usage.oldest is not None and usage.newest is not None:
        click.echo(f"Derniers emplois : de {_day(usage.oldest, job)} à {_day(usage.newest, job)}")
    if usage.shared:
        click.echo(f"Aussi dans des dossiers de bulletins : {weight(usage.shared)}, que les ôter d’ici ne libère pas")
    if usage.leftovers:
        click.echo(f"Travaux en cours ou interrompus : {_number(usage.leftovers)}")


def _json(job: Job, clips: Cache) -> bytes:
    from audionews.desk import codec

    usage: Usage = clips.usage()
    times = {
        name: None if used is None else _moment(used, job).isoformat(timespec="seconds")
        for name, used in (("oldest", usage.oldest), ("newest", usage.newest))
    }
    whole = {
        "folder": str(clips.folder),
        "limit": job.station.cache.voices_mb * MB,
        **usage._asdict(),
        **times,
        "voices": {row.name: {"entries": row.files, "bytes": row.bytes} for row in _voices(job, clips)},
        "others": [row._asdict() for row in _others(job)],
    }
    return codec.encode(whole)


def _moment(used: int, job: Job) -> datetime:
    return datetime.fromtimestamp(used / 1e9, job.now.tzinfo)


def _day(used: int, job: Job) -> str:
    return f"{_moment(used, job):%d/%m/%Y %H:%M}"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")
