"""`audionews serve`: hear the result, and see the page."""

from __future__ import annotations

from pathlib import Path

import click

from audionews.cli import job as jobs
from audionews.errors import UsageError


@click.command(short_help="Servir le site produit, pour l’écouter.")
@click.option(
    "--station",
    "station_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Fichier de la station. [défaut : station.toml du dossier courant]",
)
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Dossier de ce qui a été produit.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse ; 0.0.0.0 ouvre au réseau.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def serve(station_path: Path | None, output: Path | None, host: str, port: int) -> None:
    """Servir le site produit (page, flux, sons) sur cette machine."""
    from audionews.publish import serve as server

    folder = output or jobs.station(station_path).folder / "output"
    site = folder / "site"
    if not (site / "feed.xml").exists():
        raise UsageError(f"Il n’y a encore rien de publié dans {folder}", "Construisez un bulletin : audionews build")
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"La page est à http://{shown}:{port}/ — Ctrl-C pour arrêter.", err=True)
    server.serve(site, host=host, port=port)
