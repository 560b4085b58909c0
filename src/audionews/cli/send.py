"""`audionews send`: the site goes to where the public gets it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audionews.cli import job as jobs
from audionews.errors import UsageError

if TYPE_CHECKING:
    from audionews.desk import sending


@click.command(short_help="Envoyer le site vers ses cibles.")
@click.argument("names", metavar="[NOM]…", nargs=-1)
@jobs.place_options
@click.option("--check", "checking", is_flag=True, help="Essayer les cibles : écrire, relire et supprimer un fichier.")
@click.option("--all", "anew", is_flag=True, help="Envoyer tout, même ce qui est déjà parti.")
@click.option("--dry-run", "dry", is_flag=True, help="Dire ce qui partirait, sans rien envoyer.")
def send(
    names: tuple[str, ...], station_path: Path | None, output: Path | None, checking: bool, anew: bool, dry: bool
) -> None:
    """Envoyer le site vers les cibles de la station, ou vers celles qui sont nommées : seul voyage ce qui a changé.

    \b
    Exemples :
      audionews send --check
      audionews send
      audionews send hebergeur --dry-run

    Les mots de passe se posent dans l’environnement ou dans le trousseau du système : voyez docs/targets.md.
    """
    from audionews.desk import lock, sending

    if checking and (anew or dry):
        raise UsageError("--check n’envoie rien", "Ôtez --all et --dry-run")
    job = jobs.job(jobs.station(station_path), None, None, output)
    job = replace(job, say=lambda text: click.echo(text, err=True))
    if not job.station.targets:
        raise UsageError("La station n’a pas de cible", "Ajoutez une table [[target]] à station.toml : docs/targets.md")
    if checking:
        sending.check(job, names)
    elif dry:
        _show(sending.draft(job, names, anew=anew))
    else:
        with lock.hold(job.output):
            sending.deliver(job, names, anew=anew)


def _show(drafts: tuple[sending.Draft, ...]) -> None:
    """Print what would travel: a line for each file, in order, with its bytes."""
    for one in drafts:
        size = sum(one.sizes[path] for path in one.plan.sent)
        click.echo(f"{one.target.name}\t{one.target.url}\t{len(one.plan.sent)} + {len(one.plan.deleted)} -\t{size}")
        for path in one.plan.withdrawn:
            click.echo(f"-\t{path}")
        for path in one.plan.sent:
            click.echo(f"+\t{path}\t{one.sizes[path]}")
        for path in one.plan.deletes:
            click.echo(f"-\t{path}")
