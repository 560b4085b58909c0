"""`audionews show` and `audionews engines`: look at what there is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from audionews.cli import job as jobs
from audionews.errors import UsageError


@click.command(short_help="Montrer ce qu’une étape a laissé.")
@click.argument("stage", required=False, metavar="[ÉTAPE]")
@jobs.bulletin_options
@click.option("--json", "raw", is_flag=True, help="Les données mêmes de l’étape, sans mise en forme.")
@click.option("--spoken", is_flag=True, help="Pour script : le texte comme il est prononcé.")
def show(
    stage: str | None,
    station_path: Path | None,
    day: datetime | None,
    edition: str | None,
    output: Path | None,
    raw: bool,
    spoken: bool,
) -> None:
    """Montrer ce qu’une étape a laissé : articles, rundown, script, clips, timeline, bulletin, episode.

    Sans étape : l’état de toutes.
    """
    from audionews.desk import views

    job = jobs.job(jobs.station(station_path, needed=output is None), day, edition, output)
    if not (job.run_folder / "run.json").exists():
        raise UsageError(
            f"Il n’y a pas de bulletin {job.bulletin_id} dans {job.output}",
            "Vérifiez --date, --edition et --output, ou construisez-le : audionews build",
        )
    click.echo(views.show(job.run_folder, stage or "", raw=raw, spoken=spoken), nl=False)


@click.command(short_help="Lister les voix et les sources, et leur état.")
def engines() -> None:
    """Lister les moteurs de voix et les genres de sources : nom, origine, prêt ou non."""
    from audionews.desk.registry import survey

    for plugin in survey():
        click.echo(f"{plugin.group:8} {plugin.name:10} {plugin.origin:24} {plugin.state}")
