"""`audionews spoken`: how a text will be read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from audionews.language import Language, language


@click.command(short_help="Écrire un texte comme il sera lu.")
@click.argument("text", nargs=-1, metavar="[TEXTE…]")
@click.option("--explain", is_flag=True, help="Montrer quelle règle a changé quoi.")
@click.option("--expand", is_flag=True, help="Dire en entier les sigles à leur première mention, comme dans un sujet.")
def spoken(text: tuple[str, ...], explain: bool, expand: bool) -> None:
    """Écrire un texte comme il sera lu à l’antenne : nombres, dates, sigles et abréviations en toutes lettres.

    Les mots donnés forment un texte ; des textes entre guillemets, une ligne chacun. Avec « - », ou sans texte, une
    ligne sort pour chaque ligne de l’entrée standard.

    \b
    Exemples :
      audionews spoken "Le 7 juin, 3,6 milliards de Fcfa"
      audionews spoken --explain "la 7è rencontre à 14h30"
      audionews spoken - < article.txt
    """
    tongue = language("fr")
    lines = _given(text) if text and text != ("-",) else _input()
    for line in lines:
        click.echo("\n".join(_answer(tongue, line, explain, expand)))


def _given(text: tuple[str, ...]) -> Iterable[str]:
    return text if any(" " in one for one in text) else (" ".join(text),)


def _input() -> Iterator[str]:
    """Give the lines of standard input: only a line feed ends one, and bytes that are no UTF-8 do not stop us."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")


def _answer(tongue: Language, line: str, explain: bool, expand: bool) -> Iterator[str]:
    """Give the spoken form on one line, after the changes that led to it."""
    if expand:
        line = _expanded(tongue, line)
    if explain:
        for rule, before, after in tongue.explain(line):
            yield f"  {rule} : {_shown(before)} → {_shown(after)}"
    yield " ".join(tongue.spoken(line).splitlines())


def _expanded(tongue: Language, line: str) -> str:
    return " ".join(tongue.first_mention(tongue.sentences(line)))


def _shown(piece: str) -> str:
    """Put a piece between guillemets when its blanks would not be seen."""
    return f"« {piece} »" if piece.strip() != piece or not piece else piece
