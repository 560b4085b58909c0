"""`audionews correct`, `withdraw` and `tidy`: what is published is put right, taken back, kept in order."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audionews.cli import job as jobs
from audionews.errors import UsageError

if TYPE_CHECKING:
    from audionews.desk.job import Job

EPISODE = re.compile(r"(\d{4}-\d{2}-\d{2})-([a-z0-9-]{1,24})")


@click.command(short_help="Publier la correction d’un journal déjà publié.")
@click.argument("episode", metavar="JOURNAL")
@click.option(
    "--note",
    required=True,
    metavar="PHRASE",
    help="Ce qui est corrigé, en une phrase pour le public : « Le budget est de 14 millions, non de 41. »",
)
@click.option("--no-air", is_flag=True, help="Ne pas le dire à l’antenne dans la prochaine édition.")
@jobs.place_options
def correct(episode: str, note: str, no_air: bool, station_path: Path | None, output: Path | None) -> None:
    """Publier la correction d’un journal déjà publié.

    JOURNAL : sa date et son édition, par exemple 2025-06-07-matin. Corrigez d’abord son texte, le fichier
    runs/JOURNAL/3-script.txt du dossier produit ; seules les phrases changées sont relues par la voix. Le journal
    garde sa place et son identifiant dans les podcasts, son fichier son change d’adresse, la page et le flux
    disent la correction, et la prochaine édition la dit à l’antenne.
    """
    from audionews.desk import corrections

    job = replace(_job(episode, station_path, output), note=_sentence(note), say=_say)
    corrections.correct(job, on_air=not no_air)
    click.echo(f"Corrigé : {job.site / 'episodes' / job.bulletin_id / 'index.html'}")


@click.command(short_help="Retirer un journal publié.")
@click.argument("episode", metavar="JOURNAL")
@click.option(
    "--reason",
    required=True,
    metavar="PHRASE",
    help="Pourquoi, en une phrase pour le public : « Une information n’était pas vérifiée. »",
)
@jobs.place_options
def withdraw(episode: str, reason: str, station_path: Path | None, output: Path | None) -> None:
    """Retirer un journal publié : du flux, des pages et de l’antenne, tout de suite.

    JOURNAL : sa date et son édition, par exemple 2025-06-07-matin. Le son et le texte sont supprimés ; la page dit
    la date et le motif du retrait. Un journal retiré ne revient que par « audionews correct ».
    """
    from audionews.desk import corrections

    job = replace(_job(episode, station_path, output), say=_say)
    corrections.withdraw(job, _sentence(reason))
    click.echo(f"Retiré : {job.site / 'episodes' / job.bulletin_id / 'index.html'}")


@click.command(short_help="Retirer de l’antenne ce qui est périmé, et faire de la place.")
@jobs.place_options
def tidy(station_path: Path | None, output: Path | None) -> None:
    """Retirer de l’antenne ce qui est périmé, et faire de la place.

    À lancer souvent, par exemple toutes les dix minutes : broadcast/latest.* ne donne jamais aux radios un journal
    plus vieux que [broadcast] valid_hours. Les sons de travail et les copies datées s’en vont selon [retention] ;
    rien de ce qu’un flux annonce n’est supprimé. Ce qui change est envoyé aux destinations de la station.
    """
    from audionews.desk import lock, upkeep

    of = jobs.station(station_path)
    job = jobs.job(of, None, None, output)
    with lock.hold(job.output):
        click.echo(upkeep.air(job))
        freed = upkeep.sweep(job)
        upkeep.deliver(replace(job, say=_say))
    if freed:
        click.echo(f"Place : {freed / 1_000_000:.0f} Mo libérés.")


def _job(episode: str, station_path: Path | None, output: Path | None) -> Job:
    found = EPISODE.fullmatch(episode)
    try:
        day = datetime.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if not found or not day:
        raise UsageError(
            f"« {episode} » ne désigne pas un journal", "Écrivez sa date et son édition : 2025-06-07-matin"
        )
    return jobs.job(jobs.station(station_path), day, found[2], output)


def _sentence(text: str) -> str:
    """Give a sentence for the public, typeset, with its full stop."""
    from audionews.french.typography import typeset

    said = " ".join(text.split())
    if not said:
        raise UsageError("La phrase pour le public est vide", "Écrivez ce qui a changé, en une phrase")
    return typeset(said if said[-1] in ".!?…»" else f"{said}.")


def _say(message: str) -> None:
    click.echo(message, err=True)
