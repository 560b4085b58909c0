"""`audionews jingles`: the program's four sounds as files, to be heard, chosen, or worked on elsewhere."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from audionews.cli import job as jobs
from audionews.errors import UsageError
from audionews.station import SoundChoice

CHOSEN = ("family", "key", "tempo", "seed")


@click.command(short_help="Écrire les sons du programme en fichiers.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DOSSIER")
@click.option("--family", metavar="sobre|clair|kora", help="Famille de sons. [défaut : celle de la station]")
@click.option("--all", "every", is_flag=True, help="Les trois familles, chacune dans un sous-dossier à son nom.")
@click.option("--key", metavar="NOTE", help="Tonalité : ré, fa#, si b, D, Bb… [défaut : celle de la famille]")
@click.option("--tempo", type=int, metavar="60-160", help="Battements par minute. [défaut : ceux de la famille]")
@click.option("--seed", type=int, metavar="NOMBRE", help="Un autre nombre donne un autre air. [défaut : 0]")
@click.option("--force", is_flag=True, help="Remplacer ce qui porte déjà ces noms.")
@click.option(
    "--station",
    "station_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Fichier de la station. [défaut : station.toml du dossier courant, s’il y en a un]",
)
def jingles(
    folder: Path,
    family: str | None,
    every: bool,
    key: str | None,
    tempo: int | None,
    seed: int | None,
    force: bool,
    station_path: Path | None,
) -> None:
    """Écrire dans DOSSIER les quatre sons que fabrique le programme, en WAV stéréo de 48 kHz.

    \b
      jingle.wav   le jingle qui ouvre le journal, de 4 à 8 s
      sting.wav    la virgule entre deux thèmes, 1,5 s au plus
      bed.wav      le tapis sous les titres ; il tourne en boucle sans couture
      outro.wav    le jingle de fin, de 3 à 6 s

    Les quatre sont bâtis sur un même air. Trois familles : « sobre », sans gaieté ni tristesse, pour les nouvelles de
    tous les jours ; « clair », lames et clochettes en majeur ; « kora », cordes et percussions mandingues. Ce qui n’est
    pas dit ici est pris de la table [sound] de station.toml ; les mêmes choix donnent toujours les mêmes sons.

    \b
    Exemples :
      audionews jingles essais --all
      audionews jingles sons --family kora --key sol --seed 7
    """
    from audionews.files import write
    from audionews.settings import FAMILIES

    if every and family is not None:
        raise UsageError("--all et --family se contredisent", "Gardez l’un des deux")
    of = jobs.station(station_path, needed=False)
    choice = replace(
        of.sound,
        family=of.sound.family if family is None else family,
        key=of.sound.key if key is None else key,
        tempo=of.sound.tempo if tempo is None else tempo,
        seed=of.sound.seed if seed is None else seed,
    )
    wanted = {folder / one: replace(choice, family=one) for one in FAMILIES} if every else {folder: choice}
    sounds = {path: data for place, one in wanted.items() for path, data in _made(place, one).items()}
    if not force:
        _refuse_foreign(sounds)
    width = max(len(str(path)) for path in sounds)
    for path, data in sounds.items():
        write(path, data)
        click.echo(_line(path, width))
    click.echo(_hint(folder, choice, of.folder, every), err=True)


def _made(place: Path, choice: SoundChoice) -> dict[Path, bytes]:
    """Give the four files of a choice, not yet written."""
    from audionews.sound.jingles import render

    with tempfile.TemporaryDirectory() as work:
        return {place / path.name: path.read_bytes() for path in render(Path(work), choice).values()}


def _refuse_foreign(sounds: dict[Path, bytes]) -> None:
    """Refuse before anything is written, so that a folder never holds half of one choice and half of another."""
    other = [path for path, data in sounds.items() if path.is_file() and path.read_bytes() != data]
    if other:
        others = f" ({len(other)} fichiers en tout)" if len(other) > 1 else ""
        raise UsageError(
            f"{other[0]} existe déjà, avec un autre contenu{others}",
            "Choisissez un autre dossier, ou ajoutez --force pour le remplacer",
        )


def _line(path: Path, width: int) -> str:
    from audionews.sound.measure import measure

    heard = measure(path, peaks=False)
    figures = f"{heard.duration_ms / 1000:5.1f} s  {heard.integrated:.1f} LUFS"
    return f"{path!s:{width}}  {figures.replace('.', ',').replace('-', '−')}"


def _hint(folder: Path, choice: SoundChoice, station_folder: Path, every: bool) -> str:
    """Say what to write in station.toml: the choice itself, or the files for who works on them."""
    plain = SoundChoice()
    example = ", par exemple" if every else ""
    lines = [f"Pour que la station les prenne, écrivez{example} dans la table [sound] de station.toml :"]
    lines += [
        f"  {name} = {json.dumps(getattr(choice, name), ensure_ascii=False)}"
        for name in CHOSEN
        if name == "family" or getattr(choice, name) != getattr(plain, name)
    ]
    place = Path(os.path.relpath(folder / choice.family if every else folder, station_folder))
    lines.append("Ou, si vous les retouchez, nommez les fichiers :")
    lines += [
        f"  {name} = {json.dumps((place / f'{name}.wav').as_posix(), ensure_ascii=False)}"
        for name in ("jingle", "sting", "bed", "outro")
    ]
    return "\n".join(lines)
