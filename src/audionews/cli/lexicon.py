"""`audionews lexicon`: how words are said."""

from __future__ import annotations

from pathlib import Path

import click

from audionews.cli import job as jobs
from audionews.errors import AudionewsError, UsageError


@click.group(short_help="Voir et compléter la prononciation des mots.")
def lexicon() -> None:
    """Voir et compléter la prononciation des mots : celle de la maison, et celle de la station.

    Les mots de la station sont dans lexicon.toml, à côté de station.toml, un par ligne ; ils l’emportent :

    \b
      Abuja = "Aboudja /abudʒa/"
    """


@lexicon.command(short_help="Comparer ce qui est lu sans et avec le lexique.")
@click.argument("words", nargs=-1, metavar="[MOT…]")
@jobs.station_option
def check(words: tuple[str, ...], station_path: Path | None) -> None:
    """Montrer ce que la voix lit sans et avec le lexique, et les fautes des entrées.

    Sans MOT : tous les mots de la station.
    """
    from audionews.voices.review import review

    own = dict(jobs.station(station_path, needed=not words).lexicon)
    if not words and not own:
        click.echo("La station n’a pas encore de lexicon.toml, ou il est vide.")
    wrong = 0
    for word in words or own:
        seen = review(word, own.get(word, ""))
        wrong += bool(seen.faults)
        rows = [("sans lexique", seen.plain), ("maison", seen.house)]
        if word in own:
            rows.append(("station", seen.station))
        rows.append(("en lettres", seen.respelled))
        rows += [("à revoir", fault) for fault in seen.faults]
        rows += [("à savoir", "l’entrée ne change rien")] if seen.useless else []
        click.echo("\n".join([word, *(f"  {name:12} {what}" for name, what in rows)]))
    if wrong:
        raise AudionewsError(f"À revoir : {wrong} sur {len(words or own)}", "Voyez docs/lexicon.md")


@lexicon.command("list", short_help="Lister les entrées.")
@click.argument("start", default="", metavar="[DÉBUT]")
@jobs.station_option
def entries_(start: str, station_path: Path | None) -> None:
    """Lister les entrées, ou celles qui commencent par DÉBUT, avec leur origine : station ou maison."""
    from audionews.french.lexicon import house, written

    own = dict(jobs.station(station_path, needed=False).lexicon)
    rows = {word: (written(one), "maison") for word, one in house().items()}
    rows |= {word: (text, "station") for word, text in own.items()}
    for word in sorted(rows, key=_folded):
        if _folded(word).startswith(_folded(start)):
            click.echo(f"{word:24} {rows[word][0]:40} {rows[word][1]}")


@lexicon.command("import", short_help="Ajouter un lexique PLS du W3C.")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="FICHIER.pls")
@click.option("--replace", is_flag=True, help="Remplacer les entrées de la station qui y sont aussi.")
@jobs.station_option
def import_(path: Path, replace: bool, station_path: Path | None) -> None:
    """Ajouter les mots d’un lexique PLS 1.0 (W3C) au lexicon.toml de la station.

    Les sons que le français n’a pas deviennent les plus proches ; ce qui ne peut pas être dit est refusé, nommé.
    """
    from audionews.desk import pls
    from audionews.desk.words import merge
    from audionews.station import LEXICON

    folder = jobs.station(station_path).folder
    if path.name == LEXICON:
        raise UsageError(f"{path} n’est pas un lexique PLS", "Donnez un fichier .pls")
    found = pls.read(path)
    for remark in found.remarks:
        click.echo(f"Attention : {remark}.", err=True)
    for word, why in found.refused:
        click.echo(f"Refusé, « {word} » : {why}.", err=True)
    done = merge(folder / LEXICON, found.entries, f"Importé de {path.name}", replace)
    replaced = f"{done.replaced} remplacées, " if replace else ""
    click.echo(f"{done.added} ajoutées, {replaced}{done.kept} déjà là, {len(found.refused)} refusées")


def _folded(text: str) -> str:
    """Give a text without capitals and accents, for sorting and finding."""
    import unicodedata

    return "".join(char for char in unicodedata.normalize("NFD", text.lower()) if char.isalnum() or char == " ")
