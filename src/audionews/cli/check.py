"""`audionews check`: is a text true to its article?"""

from __future__ import annotations

import json
import re
import sys
from datetime import date, datetime
from pathlib import Path

import click

from audionews.errors import AudionewsError, UsageError
from audionews.model import Article

_NOT_TOLD = {"ouverture", "lancement", "source", "fermeture", "virgule"}  # the house’s own words
_MARK = re.compile(r"\[\s*(?P<role>\w+)(?:\s+[a-z0-9-]+)?\s*\]")


@click.command(short_help="Vérifier qu’un texte est fidèle à son article.")
@click.argument("article", type=click.Path(path_type=Path), metavar="ARTICLE")
@click.argument("script", default="-", type=click.Path(allow_dash=True), metavar="[TEXTE]")
@click.option("--date", "day", metavar="AAAA-MM-JJ", help="Jour de diffusion (sinon, celui de l’article).")
@click.option("--json", "as_json", is_flag=True, help="Une ligne JSON par phrase fautive.")
def check(article: Path, script: str, day: str | None, as_json: bool) -> None:
    """Comparer chaque phrase d’un TEXTE avec l’ARTICLE dont elle vient.

    Tout nombre, nom, date, citation, négation, attribution ou réserve de la phrase doit se trouver dans l’article, à
    l’endroit dont elle parle. TEXTE est un fichier, une phrase ou un paragraphe par ligne, ou un texte d’antenne
    (3-script.txt) ; avec « - », ou sans TEXTE, il est lu sur l’entrée standard. Le code de sortie est 1 si une phrase
    est en faute.

    \b
    Exemples :
      audionews check article.txt texte.txt
      echo "Le pont a coûté 85 millions." | audionews check article.txt
    """
    from audionews.french.sentences import split
    from audionews.proof.facts import check as compare

    held = _article(article)
    spoken = _day(day)
    at_fault = sentences = 0
    for sentence in (one for line in _lines(script) for one in split(line)):
        sentences += 1
        faults = compare(sentence, held, day=spoken)
        if not faults:
            continue
        at_fault += 1
        if as_json:
            told = [{"kind": one.kind, "words": one.words, "reason": one.reason} for one in faults]
            click.echo(json.dumps({"sentence": sentence, "faults": told}, ensure_ascii=False))
        else:
            click.echo(sentence)
            for one in faults:
                click.echo(f"  {one.kind} : « {one.words} » — {one.reason}")
    if not sentences:
        raise UsageError("Le texte est vide : rien à vérifier", "Donnez une phrase par ligne")
    click.echo(f"{sentences} phrase(s) vérifiée(s), {at_fault} en faute", err=True)
    if at_fault:
        sys.exit(1)


def _article(path: Path) -> Article:
    """Read the one article of a file."""
    from audionews.articles.collect import from_paths

    collection = from_paths([path])
    if not collection.articles:
        reason = collection.refused[0].message if collection.refused else "aucun article n’y a été trouvé"
        raise AudionewsError(f"{path} : {reason}", "Donnez un fichier .txt, .md, .html ou .json qui tient un article")
    if len(collection.articles) > 1:
        raise UsageError(f"{path} tient {len(collection.articles)} articles", "Donnez un fichier qui n’en tient qu’un")
    return collection.articles[0]


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise UsageError(f"« {text} » n’est pas une date", "Écrivez-la comme 2025-06-07") from error


def _lines(script: str) -> list[str]:
    """Give the lines that tell something of the article: no comment, no mark, no words of the house."""
    try:
        raw = sys.stdin.buffer.read() if script == "-" else Path(script).read_bytes()
    except OSError as error:
        raise UsageError(f"{script} ne peut pas être lu ({error.strerror})", "Vérifiez le nom du fichier") from error
    told, found = True, []
    for line in raw.decode("utf-8-sig", "replace").splitlines():
        mark = _MARK.fullmatch(line.strip())
        if mark:
            told = mark["role"].lower() not in _NOT_TOLD
        elif told and line.strip() and not line.lstrip().startswith("# "):
            found.append(line.strip())
    return found
