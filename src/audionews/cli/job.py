"""The options that say which bulletin is meant, shared by the commands; the clock is read here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from audionews.errors import UsageError

if TYPE_CHECKING:
    from audionews.desk.job import Job
    from audionews.station import Station


station_option = click.option(
    "--station",
    "station_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Fichier de la station. [défaut : station.toml du dossier courant]",
)
output_option = click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Dossier de ce qui est produit. [défaut : output, à côté de station.toml]",
)
date_option = click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="AAAA-MM-JJ",
    help="Jour du bulletin. [défaut : aujourd’hui, à l’heure de la station]",
)
edition_option = click.option(
    "--edition", metavar="matin|midi|soir|NOM", help="Édition du jour. [défaut : celle de la station]"
)


def bulletin_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --station, --date, --edition and --output to a command."""
    return station_option(date_option(edition_option(output_option(command))))


def place_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --station and --output to a command that works on what is published."""
    return station_option(output_option(command))


def station(path: Path | None, needed: bool = True) -> Station:
    """Read the station file, or give a plain station where none is needed.

    Raises:
        UsageError: there is no station file, and one is needed.
    """
    from audionews.settings import load, parse

    if path is not None:
        return load(path)
    here = Path("station.toml")
    if here.exists():
        return load(here)
    if needed:
        raise UsageError(
            "Il n’y a pas de station.toml dans ce dossier",
            "Créez une station avec « audionews init DOSSIER », ou indiquez la vôtre avec --station",
        )
    return parse({}, Path.cwd())


def with_voice(of: Station, voice: str | None) -> Station:
    """Give the station with one presenter of another voice, ``engine`` or ``engine:voice``; as it is without one."""
    if not voice:
        return of
    engine, _, name = voice.partition(":")
    choice = replace(of.voice, engine=engine, name=name)
    return replace(of, voice=choice, presenters=(replace(of.presenters[0], engine=engine, voice=name),))


def with_slot(of: Station, slot: str | None) -> Station:
    """Give the station with another slot for all its editions, ``"3:00"``; as it is without one.

    Raises:
        UsageError: it is not the length of a bulletin.
    """
    from audionews.station import slot_ms

    if not slot:
        return of
    slot_ms(slot)
    editions = {name: replace(one, slot=slot) for name, one in of.editions.items()}
    return replace(of, editions=editions)


def with_workers(of: Station, workers: str | None) -> Station:
    """Give the station with other workers, a number of threads or the address of a cluster; as it is without any.

    Raises:
        UsageError: it is neither.
    """
    from audionews.settings import MOST_THREADS, cluster
    from audionews.station import Workers

    if not workers:
        return of
    if workers.isascii() and workers.isdigit():
        if not MOST_THREADS >= int(workers) > 0:
            raise UsageError(f"--workers {workers} est hors limites", f"Choisissez entre 1 et {MOST_THREADS}")
        return replace(of, workers=Workers(threads=int(workers)))
    return replace(of, workers=Workers(dask=cluster(workers, "--workers")))


def job(
    of: Station,
    day: datetime | None,
    edition: str | None,
    output: Path | None,
    form: str | None = None,
    voice: str | None = None,
) -> Job:
    """Put together what the command line says and what the station says.

    Args:
        voice: ``engine`` or ``engine:voice``, in place of the station's.
    """
    from audionews.desk.job import Job

    now = datetime.now(ZoneInfo(of.identity.timezone))
    of = with_voice(of, voice)
    name = edition or of.programme.edition
    of.edition(name)
    return Job(
        station=of,
        day=day.date() if day else now.date(),
        edition=name,
        format=form or of.edition(name).format or of.programme.format,
        output=(output or of.folder / "output").resolve(),
        now=now,
    )
