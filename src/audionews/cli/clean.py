"""`audionews clean`: what each line of a page is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audionews.errors import UsageError

if TYPE_CHECKING:
    from audionews.model import Line

NAMES = {
    "body": "texte",
    "chapo": "chapô",
    "caption": "légende",
    "byline": "signature",
    "teaser": "annonce",
    "boilerplate": "habillage",
}
NARROWEST = 60


@click.command(short_help="Montrer ce qu’est chaque ligne d’une page.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FICHIER…")
@click.option("--json", "as_json", is_flag=True, help="Écrire un tableau JSON : line, label, reason pour chaque ligne.")
def clean(files: tuple[Path, ...], as_json: bool) -> None:
    """Montrer ce qu’est chaque ligne d’une page : texte, chapô, légende, signature, annonce ou habillage, et pourquoi.

    Plusieurs fichiers comptent pour la récolte d’un jour : une annonce se reconnaît aussi à ce qu’elle revient d’une
    page à l’autre. Avec --json, les étiquettes sont body, chapo, caption, byline, teaser et boilerplate.

    \b
    Exemples :
      audionews clean article.txt
      audionews clean --json articles/*.txt
    """
    from audionews.articles.rows import labelled

    pages, refused = labelled(files)
    for remark in refused:
        click.echo(f"{remark.origin} : {remark.message}", err=True)
    if not pages:
        raise UsageError("Aucun fichier n’a pu être lu", "Donnez des fichiers .txt, .md, .html, .json ou .jsonl")
    if as_json:
        rows = [
            {"line": row.text, "label": row.label.value, "reason": row.reason} for page in pages for row in page.rows
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for number, page in enumerate(pages):
        if len(pages) > 1:
            click.echo(f"{chr(10) if number else ''}{page.origin}")
        for row in page.rows:
            click.echo(_shown(row))


def _shown(row: Line) -> str:
    """Put a row on one line of the terminal: its label, its reason, how it begins and ends."""
    head = f"{NAMES[row.label]:9}  {row.reason[:60]:60}  "
    room = max(NARROWEST, shutil.get_terminal_size((160, 24)).columns - len(head))
    text = row.text if len(row.text) <= room else f"{row.text[: room - 21]} … {row.text[-18:]}"
    return head + text
