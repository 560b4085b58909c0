"""`audionews voices`: list the voices, hear them, install them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audionews.cli import job as jobs
from audionews.errors import AudionewsError

if TYPE_CHECKING:
    from audionews.desk.casting import Choice
    from audionews.station import Station
    from audionews.voices.catalogue import File

SAMPLE = "Voici la voix {voice}, du moteur {engine} : à Ségou, Awa Coulibaly a compté 1 250 sacs de riz."
READS = {"phonemes": "des sons", "respellings": "des mots réécrits", "plain": "le texte même"}


@click.group(invoke_without_command=True, short_help="Lister les voix, les entendre, en installer.")
@jobs.station_option
@click.option("--details", is_flag=True, help="Montrer aussi les limites de chaque moteur.")
@click.option("--json", "raw", is_flag=True, help="Tout montrer, en JSON.")
@click.option(
    "--sample",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DOSSIER",
    help="Faire dire une phrase à chaque voix prête, dans DOSSIER/MOTEUR-VOIX.wav.",
)
@click.option("--engine", "engines", multiple=True, metavar="MOTEUR", help="Seulement les voix de ce moteur.")
@click.option("--network", is_flag=True, help="Avec --sample : aussi les voix qui demandent le réseau.")
@click.pass_context
def voices(
    context: click.Context,
    station_path: Path | None,
    details: bool,
    raw: bool,
    folder: Path | None,
    engines: tuple[str, ...],
    network: bool,
) -> None:
    """Lister les voix de tous les moteurs : état, réseau, temps des mots, qui les emploie à l’antenne.

    \b
    Exemples :
      audionews voices
      audionews voices --sample essais
      audionews voices install fr_FR-siwis-medium
    """
    if context.invoked_subcommand:
        return
    from audionews.desk.casting import choices

    of = jobs.station(station_path, needed=False)
    found = list(choices(of, engines))
    if folder is not None:
        _sample(found, of, folder, network)
    elif raw:
        click.echo(_json(found))
    else:
        _table(found, details)


@voices.command(short_help="Mettre des voix sur cette machine.")
@click.argument("names", nargs=-1, required=True, metavar="NOM…")
@click.option(
    "--from",
    "base",
    envvar="AUDIONEWS_VOICES_URL",
    metavar="ADRESSE",
    help="Miroir qui range les fichiers de même. [défaut : AUDIONEWS_VOICES_URL, sinon le serveur de l’éditeur]",
)
def install(names: tuple[str, ...], base: str | None) -> None:
    """Mettre sur cette machine des voix de Piper ou les poids entiers de Kokoro.

    Chaque fichier est vérifié avant d’être mis en place. Une installation interrompue reprend où elle en était.
    """
    from audionews.voices import catalogue
    from audionews.voices import install as installing

    for one in [catalogue.item(name) for name in names]:
        size = f", {_megabytes(one.size)}" if one.size else ""
        _tell(f"{one.name} : {one.what}{size}. Licence : {one.licence}.")
        with _Bars() as bars:
            installing.install(one, base or "", bars.tell, bars.show)
        click.echo(one.folder)


@voices.command(short_help="Ôter des voix de cette machine.")
@click.argument("names", nargs=-1, required=True, metavar="NOM…")
def remove(names: tuple[str, ...]) -> None:
    """Ôter de cette machine ce que « audionews voices install » y a mis."""
    from audionews.voices import install as installing

    for name in names:
        installing.remove(name)
        _tell(f"{name} : ôté.")


def _sample(found: Sequence[Choice], of: Station, folder: Path, network: bool) -> None:
    from audionews.desk import registry
    from audionews.desk.words import entries
    from audionews.files import write
    from audionews.language import language
    from audionews.voices.say import say

    words, tongue, failed = entries(of), language(of.identity.language), 0
    for one in found:
        if not one.ready or (one.needs_network and not network):
            why = "demande le réseau (--network)" if one.ready else one.state
            _tell(f"{one.engine}:{one.voice} passé : {why}")
            continue
        path = folder / (re.sub(r"[^\w.+-]", "-", f"{one.engine}-{one.voice}") + ".wav")
        try:
            engine = registry.voice(one.engine, of.engines.get(one.engine, {}), one.voice, 1.0)
            write(path, say(_sentence(one), engine, words, tongue))
        except Exception as error:  # a foreign engine may fail in any way; the others are heard all the same
            _tell(f"{one.engine}:{one.voice} n’a pas parlé : {error}")
            failed += 1
        else:
            click.echo(path)
    if failed:
        raise AudionewsError(
            f"{failed} voix n’ont pas parlé" if failed > 1 else "Une voix n’a pas parlé", "Voyez plus haut"
        )


def _sentence(one: Choice) -> str:
    """Write what a voice says of itself, its name as one can say it: « ff siwis 0,3 im nicola 0,7 »."""
    name = re.sub(r"(?<=\d)\.(?=\d)", ",", one.voice)
    return SAMPLE.format(voice=" ".join(re.sub(r"[^\w,]+|_", " ", name).split()), engine=one.engine)


def _table(found: Sequence[Choice], details: bool) -> None:
    from audionews.voices.catalogue import items

    rows = [
        (
            one.engine,
            one.voice or "?",
            ",".join(one.languages),
            "réseau" if one.needs_network else "sur place",
            "par mot" if one.word_times else "par phrase",
            one.state + (f" ← {', '.join(one.presenters)}" if one.presenters else ""),
        )
        for one in found
    ]
    lines = _aligned([("moteur", "voix", "langue", "où", "temps", "état ← qui la prend"), *rows])
    for at, line in enumerate(lines):
        click.echo(line)
        if details and at and (at == len(found) or found[at].engine != found[at - 1].engine):
            one = found[at - 1]
            click.echo(
                f"    {one.origin} ; lit {READS.get(one.reads, one.reads)} ; {one.max_chars} caractères et "
                f"{one.time_limit:g} s au plus par appel ; {one.words_per_minute} mots par minute"
            )
    click.echo("\nÀ installer (audionews voices install NOM) :")
    for line in _aligned(
        [
            (item.name, _megabytes(item.size), item.licence, f"{item.what}{', installé' if item.installed else ''}")
            for item in items()
        ]
    ):
        click.echo(line)


def _json(found: Sequence[Choice]) -> str:
    import json
    from dataclasses import asdict

    from audionews.voices.catalogue import items

    kept = ("name", "engine", "what", "licence", "size", "installed")
    whole = {
        "voices": [asdict(one) | {"ready": one.ready} for one in found],
        "installable": [{key: getattr(item, key) for key in kept} for item in items()],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}".replace(".", ",") + "\u202fMo"


def _tell(line: str) -> None:
    click.echo(line, err=True)


class _Bars:
    """One bar a file, on stderr; click shows none without a terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._file: File | None = None

    def __enter__(self) -> _Bars:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None

    def tell(self, line: str) -> None:
        """Say a line below the bar."""
        self.__exit__()
        _tell(line)

    def show(self, file: File, done: int, total: int) -> None:
        """Show how much of a file is here; a file that starts again has a new bar."""
        if file != self._file or self._bar is None or done < self._bar.pos:
            self.__exit__()
            self._file = file
            self._bar = click.progressbar(
                length=total or None,
                label=file.name,
                file=click.get_text_stream("stderr"),
                item_show_func=lambda now: now and f"{_megabytes(now)}",
            )
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos, done)
