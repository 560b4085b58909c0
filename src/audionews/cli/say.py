"""`audionews say`: hear a text before it is aired."""

from __future__ import annotations

from pathlib import Path

import click

from audionews.cli import job as jobs
from audionews.errors import UsageError


@click.command(short_help="Faire entendre un texte.")
@click.argument("text", nargs=-1, required=True, metavar="TEXTE")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="SON.wav",
    help="Le son à écrire, en WAV.",
)
@click.option("--phonemes", is_flag=True, help="Montrer les sons (API) que lira une voix hors ligne, sans parler.")
@click.option("--voice", metavar="MOTEUR[:VOIX]", help="Autre voix que celle de la station.")
@jobs.station_option
def say(
    text: tuple[str, ...], output: Path | None, phonemes: bool, voice: str | None, station_path: Path | None
) -> None:
    """Faire entendre un texte comme il serait lu dans le bulletin, avec le lexique de la station.

    \b
    Exemples :
      audionews say "Le ministre Coulibaly est à Tessalit." -o essai.wav
      audionews say --phonemes Coulibaly
    """
    from audionews.desk.voicing import engine
    from audionews.desk.words import entries
    from audionews.files import write
    from audionews.language import language
    from audionews.voices.say import heard
    from audionews.voices.say import say as voiced

    if output is None and not phonemes:
        raise UsageError("Il manque le nom du son", "Ajoutez -o essai.wav, ou --phonemes pour lire les sons")
    if output is not None and output.suffix.lower() != ".wav":
        raise UsageError(f"{output} ne finit pas par .wav", "Le son est écrit en WAV : -o essai.wav")
    of = jobs.with_voice(jobs.station(station_path, needed=False), voice)
    words, line, tongue = entries(of), " ".join(text), language(of.identity.language)
    if phonemes:
        click.echo(heard(line, words, tongue))
    if output is not None:
        write(output, voiced(line, engine(of), words, tongue))
        click.echo(output)
