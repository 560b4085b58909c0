"""`audionews hold`: what waits for a human, and the human's decision."""

from __future__ import annotations

from pathlib import Path

import click

from audionews.cli import job as jobs
from audionews.errors import UsageError


@click.command(short_help="Lister ce qui est retenu, libérer ou refuser.")
@click.argument("ids", nargs=-1, metavar="[ID…]")
@click.option("--release", is_flag=True, help="Libérer ces articles : ils seront lus à la prochaine construction.")
@click.option("--refuse", is_flag=True, help="Les refuser pour de bon.")
@click.option("--all", "everything", is_flag=True, help="Lister aussi ce qui a été libéré ou refusé.")
@jobs.place_options
def hold(
    ids: tuple[str, ...],
    release: bool,
    refuse: bool,
    everything: bool,
    station_path: Path | None,
    output: Path | None,
) -> None:
    """Lister les articles retenus : identifiant, jour, source, raison, titre.

    Sont retenus les sujets de la table [hold] de station.toml, et les sources qui portent hold = true. Rien n’en
    est lu avant qu’une personne les libère :

    \b
      audionews hold --release 3f9a0c12
      audionews hold --refuse 3f9a0c12 77b1e2d4
    """
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from audionews.desk import holds, ledger
    from audionews.desk.ledger import Waiting

    station = jobs.station(station_path, needed=output is None)
    path = (output or station.folder / "output") / "audionews.db"
    if release and refuse:
        raise UsageError("--release et --refuse ne vont pas ensemble", "Choisissez l’un des deux")
    if bool(ids) != (release or refuse):
        raise UsageError(
            "Il manque --release ou --refuse" if ids else "Il manque l’identifiant des articles",
            "Par exemple : audionews hold --release 3f9a0c12",
        )
    if ids:
        state = Waiting.RELEASED if release else Waiting.REFUSED
        for one in holds.decide(path, ids, state, datetime.now(ZoneInfo(station.identity.timezone))):
            click.echo(f"{'Libéré' if release else 'Refusé'} : {one.title}")
        return
    shown = [one for one in ledger.held(path) if everything or one.state is Waiting.HELD] if path.exists() else []
    names = {Waiting.HELD: "retenu", Waiting.RELEASED: "libéré", Waiting.REFUSED: "refusé"}
    for one in shown:
        state_name = f"  {names[one.state]}" if everything else ""
        click.echo(f"{one.article}  {one.since}{state_name}  {one.source}  {one.why}  {one.title}")
    if not shown:
        click.echo("Rien n’est retenu.", err=True)
