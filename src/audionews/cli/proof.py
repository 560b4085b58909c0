"""`audionews proof`: the rules of the house's style held against a script, an editor's text or any text."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audionews.cli import job as jobs
from audionews.errors import UsageError

if TYPE_CHECKING:
    from audionews.model import Rundown, Script
    from audionews.proof.style import Finding

PLAIN = "texte"  # the one story of a text without marks
OF_BULLETINS = frozenset({"B4", "B5"})  # rules that a text without marks cannot keep


@click.command(short_help="Relire un script : chaque faute, sa place et son remède.")
@click.argument("script", required=False, metavar="[SCRIPT]")
@jobs.bulletin_options
@click.option("--json", "as_json", is_flag=True, help="Écrire un tableau JSON, une faute par objet.")
def proof(
    script: str | None,
    station_path: Path | None,
    day: datetime | None,
    edition: str | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Relire un script selon le guide d’écriture : règle, place, mots en faute, remède. Les règles : docs/proof.md.

    SCRIPT est un fichier comme 3-script.txt, ou un texte, une phrase par ligne ; « - » lit l’entrée standard. Sans
    SCRIPT, c’est celui du bulletin de la station. Le code de sortie est 1 quand une faute interdit l’antenne.

    \b
    Exemples :
      audionews proof
      audionews proof brouillon.txt
      audionews proof - < texte.txt
    """
    path = Path(script) if script else _of_bulletin(station_path, day, edition, output)
    text = sys.stdin.buffer.read().decode("utf-8", "replace").removeprefix("\ufeff") if script == "-" else _read(path)
    rows = _rows(text, _rundown_beside(path), day.date() if day else date.min)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        click.echo(_table(rows), nl=False)
    if any(row["blocking"] for row in rows):
        raise click.exceptions.Exit(1)


def _of_bulletin(station_path: Path | None, day: datetime | None, edition: str | None, output: Path | None) -> Path:
    job = jobs.job(jobs.station(station_path, needed=output is None), day, edition, output)
    path = job.run_folder / "3-script.txt"
    if not path.exists():
        raise UsageError(
            f"Il n’y a pas de script du bulletin {job.bulletin_id} dans {job.output}",
            "Construisez-le avec « audionews build --until script », ou donnez un fichier",
        )
    return path


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} ne peut pas être lu ({error})", "Vérifiez son nom, ses droits et son encodage UTF-8"
        ) from error


def _rundown_beside(path: Path) -> Rundown | None:
    """Give the rundown that a run left beside its script."""
    from audionews.desk import codec
    from audionews.model import Rundown

    beside = path.parent / "2-rundown.json"
    return codec.load(beside, Rundown) if path.name == "3-script.txt" and beside.exists() else None


def _rows(text: str, rundown: Rundown | None, day: date) -> list[dict[str, str | int | bool]]:
    """Proof-read a text; give what was found with the line it stands on, 0 for the bulletin as a whole."""
    from audionews.language import language
    from audionews.proof.style import proofread

    script, marked = _script(text, rundown, day)
    found = proofread(script, rundown, spoken=language("fr").spoken)
    lines = _lines(text, script)
    return [_row(one, lines.get(one.segment, 0)) for one in found if marked or one.rule not in OF_BULLETINS]


def _script(text: str, rundown: Rundown | None, day: date) -> tuple[Script, bool]:
    """Read a script, and tell whether it has marks; a text without any is one story."""
    from audionews.script.text import MARK, parse

    marks = [mark for line in text.splitlines() if (mark := MARK.fullmatch(line.strip()))]
    if not marks:
        text = f"[sujet {PLAIN}]\n{text}"
    return parse(text, rundown or _stories(text, {mark["slug"] or PLAIN for mark in marks} or {PLAIN}, day)), bool(
        marks
    )


def _stories(text: str, slugs: set[str], day: date) -> Rundown:
    """Make the rundown of a script that has none: its stories, as grave as their words."""
    from audionews.model import Item, Place, Rundown, Story
    from audionews.script import themes

    said: dict[str, str] = dict.fromkeys(sorted(slugs), "")
    slug = ""
    for line in text.splitlines():
        if line.strip().startswith("["):
            slug = line.strip(" []").partition(" ")[2]
        elif slug in said:
            said[slug] += f" {line}"
    items = tuple(
        Item(
            Place.STORY,
            Story(name, "", "", "", (), gravity=themes.gravity((told,), themes.theme("", (told,))), source="?"),
        )
        for name, told in said.items()
    )
    return Rundown("", day, "", "", "Script", items)


def _lines(text: str, script: Script) -> dict[str, int]:
    """Find the line each segment of a script stands on."""
    from audionews.french.typography import typeset

    printed = [typeset(line) for line in text.splitlines()]
    found, at = {}, 0
    for segment in script.segments:
        number = next(
            (place for place in range(at, len(printed)) if segment.text and segment.text in printed[place]), None
        )
        if number is not None:
            found[segment.id], at = number + 1, number
    return found


def _row(one: Finding, line: int) -> dict[str, str | int | bool]:
    return {
        "rule": one.rule,
        "blocking": one.blocking,
        "segment": one.segment,
        "place": one.place,
        "line": line,
        "words": one.words,
        "mend": one.mend,
    }


def _table(rows: list[dict[str, str | int | bool]]) -> str:
    """Draw the faults for a reader: rule, place and words on one line, the remedy below."""
    from audionews.proof.style import rules

    drawn = []
    for row in rows:
        where = f"ligne {row['line']}, {row['place']}" if row["line"] else str(row["place"])
        weight = "BLOQUE" if row["blocking"] else "avis  "
        drawn.append(f"{weight}  {row['rule']:4} {rules()[str(row['rule'])].name}  ({where})")
        drawn.append(f"        « {str(row['words']).strip()} » : {row['mend']}")
    return "\n".join([*drawn, _sum(rows)]) + "\n"


def _sum(rows: list[dict[str, str | int | bool]]) -> str:
    blocked = sum(bool(row["blocking"]) for row in rows)
    if not rows:
        return "Aucune faute trouvée."
    total = f"{len(rows)} faute{'s' if len(rows) > 1 else ''}"
    return f"{total} ; qui interdit l’antenne : {blocked or 'aucune'}."
