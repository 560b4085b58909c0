"""`audionews condense`: the story an article gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audionews.errors import AudionewsError

if TYPE_CHECKING:
    from audionews.model import Article, Sentence


@dataclass(frozen=True, slots=True)
class _Entry:
    """One article of a file, or the reason why it gives none; and the text its places are counted in."""

    origin: str
    article: Article | None
    printed: str
    refusal: str = ""


@click.command(short_help="Condenser des articles pour l’oreille.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FICHIER…")
@click.option(
    "--words",
    type=click.IntRange(min=1),
    default=60,
    show_default="60",
    metavar="N",
    help="Mots au plus ; une phrase les dépasse seulement quand aucune n’y tient.",
)
@click.option("--json", "as_json", is_flag=True, help="Écrire un objet JSON par ligne, pour chaque article.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="AAAA-MM-JJ",
    help="Jour de l’écoute, pour « hier » ou « lundi ». [défaut : le jour de l’article]",
)
def condense(files: tuple[Path, ...], words: int, as_json: bool, day: datetime | None) -> None:
    """Donner le sujet que fait chaque article : quelques phrases qu’on comprend à l’oreille.

    Rien n’est ajouté : les phrases sont faites des mots de l’article. Sans --date, et quand l’article n’est pas
    daté, les dates relatives sont laissées de côté.

    Avec --json, une ligne par fichier, dans l’ordre (par article quand un fichier en a plusieurs) :
    {"text": …, "sentences": [{"text": …, "spans": [[début, fin], …]}, …]}. Les places comptent les caractères du
    fichier lu en texte, une fin de ligne valant un caractère ; du champ du texte pour un article JSON ; du texte
    extrait pour une page HTML. Un article dont rien ne peut être dit donne {"text": "", "sentences": []}.

    \b
    Exemples :
      audionews condense article.txt --words 60
      audionews condense --json --date 2025-06-07 articles/*.txt
    """
    from audionews.condense.choose import condense as condensed

    for number, entry in enumerate(one for file in files for one in _entries(file)):
        told: tuple[Sentence, ...] = ()
        if entry.article is not None:
            on = day.date() if day else entry.article.published
            told = condensed(entry.article, words, on, fill=False)
        if not told:
            reason = entry.refusal or "aucune phrase ne se comprend seule ; rien n’est dit"
            click.echo(f"{entry.origin} : {reason}", err=True)
        if as_json:
            click.echo(json.dumps(_shown(entry, told), ensure_ascii=False))
        elif told:
            click.echo(("\n" if number else "") + " ".join(one.text for one in told))
    if not any(map(_can_be_read, files)):
        raise AudionewsError("Aucun fichier n’a pu être lu", "Vérifiez les noms et les droits, puis recommencez")


def _shown(entry: _Entry, told: tuple[Sentence, ...]) -> dict[str, Any]:
    from audionews.condense.trace import moved, traced

    places = traced(entry.article.text, entry.printed) if entry.article and told else ()
    return {
        "text": " ".join(one.text for one in told),
        "sentences": [
            {"text": one.text, "spans": [[span.start, span.end] for span in moved(one.spans, places)]} for one in told
        ],
    }


def _entries(file: Path) -> Iterator[_Entry]:
    """Read a file: each of its articles in order, and each one refused."""
    from audionews.articles.clean import to_article
    from audionews.articles.language import is_french
    from audionews.articles.read import read

    reading = read(file)
    for remark in reading.remarks:
        click.echo(f"{remark.origin} : {remark.message}", err=True)
    found = [_Entry(one.origin, None, "", one.message) for one in reading.refused]
    texts = _texts(file)
    for raw in reading.raws:
        if is_french(" ".join(raw.lines), raw.language):
            article = to_article(raw)
            found.append(_Entry(raw.origin, article, texts.get(raw.origin, article.text)))
        else:
            found.append(_Entry(raw.origin, None, "", "n’est pas en français"))
    start = len(file.as_posix())
    yield from sorted(found, key=lambda one: int(one.origin[start:].strip(": []") or 0))


def _texts(file: Path) -> dict[str, str]:
    """Give the texts in which places are counted, by the origin of their article; not that of a page."""
    from audionews.articles.decode import UndecodableError, decode

    origin, kind = file.as_posix(), file.suffix.lower()
    try:
        text, _ = decode(file.read_bytes())
        if kind in {".txt", ".md"}:
            return {origin: text}
        if kind == ".jsonl":
            lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
            return {f"{origin}:{number}": _text(json.loads(line)) for number, line in lines if _is_json(line)}
        if kind == ".json":
            value = json.loads(text)
            several = value if isinstance(value, list) else []
            return {origin: _text(value)} | {f"{origin} [{at}]": _text(one) for at, one in enumerate(several, 1)}
    except (OSError, UndecodableError, ValueError, RecursionError):
        pass  # the reader has told why
    return {}


def _text(record: object) -> str:
    """Give the text of a record as it stands in its field."""
    from audionews.articles.read import KEYS

    fields: dict[str, object] = record if isinstance(record, dict) else {}
    for key in KEYS["text"]:
        value = fields.get(key)
        if isinstance(value, list):
            value = "\n\n".join(one for one in value if isinstance(one, str))
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _can_be_read(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            stream.read(1)
    except OSError:
        return False
    return True
