"""`audionews serve`: hear the result, and see the page."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import click

from audionews.cli import job as jobs
from audionews.errors import UsageError

EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  # compared with, not listened on


@click.command(short_help="Servir le site produit, pour l’écouter.")
@jobs.place_options
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse ; 0.0.0.0 ouvre au réseau.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 : le premier qui est libre."
)
def serve(station_path: Path | None, output: Path | None, host: str, port: int) -> None:
    """Servir le site produit (page, flux, sons) sur cette machine.

    Pour essayer, et pour le réseau d’une petite station ; pour le public, voir docs/hosting.md.
    """
    from audionews.publish import serve as server

    folder = output or jobs.station(station_path).folder / "output"
    site = folder / "site"
    if not (site / "feed.xml").exists():
        raise UsageError(f"Il n’y a encore rien de publié dans {folder}", "Construisez un bulletin : audionews build")

    def ready(taken: int) -> None:
        click.echo(f"La page est à {address(host, taken)} — Ctrl-C pour arrêter.", err=True)
        if not loopback(host):
            click.echo(warning(taken), err=True)

    try:
        server.serve(site, host=host, port=port, ready=ready)
    except KeyboardInterrupt:  # the only way to stop it is no failure
        click.echo("Arrêté.", err=True)


def address(host: str, port: int) -> str:
    """Give the address to type into a browser of this machine."""
    shown = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def loopback(host: str) -> bool:
    """Tell whether only this machine reaches this address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def warning(port: int) -> str:
    """Tell what it means that other machines reach the site."""
    return (
        f"Attention : ouvert au réseau. Toute machine qui atteint celle-ci sur le port {port} peut lire le site, sans "
        "chiffrement (http) ni mot de passe. Pour le public, mettez nginx ou un CDN devant : docs/hosting.md."
    )
