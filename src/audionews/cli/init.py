"""`audionews init`: a commented station to start from."""

from __future__ import annotations

from datetime import date, datetime
from importlib import resources
from pathlib import Path

import click

from audionews.errors import UsageError


@click.command(short_help="Créer une station, prête à l’emploi.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DOSSIER")
def init(folder: Path) -> None:
    """Écrire dans DOSSIER un station.toml commenté et trois articles d’exemple.

    « audionews build » y marche aussitôt. Un fichier déjà présent n’est jamais remplacé.
    """
    written = write_station(folder, datetime.now().astimezone().date())
    for path in written:
        click.echo(path)
    click.echo(f"Ensuite : cd {folder} && audionews build", err=True)


def write_station(folder: Path, today: date) -> list[Path]:
    """Write the starting station.

    Args:
        folder: made if it is missing.
        today: the date the sample articles bear.

    Raises:
        UsageError: the folder already has a station, or cannot be written.
    """
    if (folder / "station.toml").exists():
        raise UsageError(f"{folder} contient déjà une station", "Choisissez un autre dossier, ou modifiez celle-ci")
    model = resources.files("audionews.templates").joinpath("station")
    written = []
    try:
        (folder / "articles").mkdir(parents=True, exist_ok=True)
        for name in sorted(one.name for one in model.joinpath("articles").iterdir()):
            path = folder / "articles" / f"{today.isoformat()}-{name}"
            if not path.exists():
                path.write_text(model.joinpath("articles", name).read_text("utf-8"), "utf-8")
                written.append(path)
        station = folder / "station.toml"
        station.write_text(model.joinpath("station.toml").read_text("utf-8"), "utf-8")
    except OSError as error:
        raise UsageError(
            f"{folder} ne peut pas être écrit ({error.strerror})", "Choisissez un autre dossier"
        ) from error
    return [station, *written]
