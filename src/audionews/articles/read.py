"""One file → the raw articles in it, and what was refused with its reason. Bad input raises nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from audionews.articles.decode import UndecodableError, declared, decode
from audionews.articles.headers import parse_date, parse_head
from audionews.articles.patterns import is_final, signature
from audionews.articles.unwrap import unwrap
from audionews.model import Remark

MAX_BYTES = 5_000_000
MAX_LIST = 50_000_000  # of a file that holds many articles
MAX_LINE = 100_000  # characters: no paragraph is longer
TITLE_WORDS = 20
# The names a JSON record may give each field, the first one present is taken.
KEYS = {
    "text": ("text", "body", "content", "texte"),
    "title": ("title", "titre"),
    "date": ("date", "published", "published_at", "date_published"),
    "author": ("author", "auteur"),
    "url": ("url", "link"),
    "source": ("source",),
    "section": ("section", "rubrique"),
    "language": ("language", "lang", "langue"),
}


@dataclass(frozen=True, slots=True)
class Raw:
    """An article as its file gives it: fields and the lines of its text, nothing judged yet."""

    origin: str  # the file, with ":12" for its twelfth line
    lines: tuple[str, ...]
    title: str = ""
    published: date | None = None
    author: str = ""
    url: str = ""
    source: str = ""
    section: str = ""
    language: str = ""


class Reading(NamedTuple):
    """What one file gave."""

    raws: tuple[Raw, ...]
    refused: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()


def read(path: Path, origin: str = "") -> Reading:
    """Read one file of articles (.txt, .md, .html, .htm, .json, .jsonl).

    Args:
        path: the file.
        origin: its name in messages; the path itself when empty.

    Returns:
        The articles of the file, the refusals and the doubts. Whatever is in the file, nothing is raised.
    """
    origin = origin or path.as_posix()
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        kinds = ", ".join(READERS)
        return refusal(origin, f"extension « {path.suffix} » inconnue ; sont lus : {kinds}")
    most = MAX_LIST if path.suffix.lower() == ".jsonl" else MAX_BYTES
    try:
        if not path.is_file():
            return refusal(origin, "n’est pas un fichier ordinaire, ou n’existe pas")
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        return refusal(origin, f"ne peut pas être lu ({error.strerror or error}) : vérifiez ses droits")
    if len(data) > most:
        return refusal(origin, f"dépasse {most // 1_000_000} Mo : ce n’est pas un article")
    try:
        text, remark = decode(data, declared(data) if reader is _read_html else "")
    except UndecodableError as error:
        return refusal(origin, str(error))
    reading = reader(text, origin, path.name)
    remarks = (Remark(origin, remark),) if remark else ()
    return reading._replace(remarks=remarks + reading.remarks)


def refusal(origin: str, message: str) -> Reading:
    """Give a reading that holds a refusal only."""
    return Reading((), (Remark(origin, message),))


def _read_text(text: str, origin: str, name: str) -> Reading:
    markdown = name.lower().endswith(".md")
    fields, body = parse_head(text, markdown)
    if markdown:
        body = _plain_markdown(body)
        fields |= {"title": _plain_markdown(fields["title"])} if fields.get("title") else {}
    if not fields.get("date") and parse_date(name[:10]):
        fields["date"] = name[:10]
    guessed = "" if fields.get("title") else _heading(body)
    reading = made({"title": guessed, **fields}, unwrap(body), origin)
    if guessed and reading.raws:
        told = Remark(origin, f"première ligne prise pour le titre : « {guessed[:60]} »")
        reading = reading._replace(remarks=(*reading.remarks, told))
    return reading


def _heading(body: str) -> str:
    """Give a short first line without a full stop that a blank line parts from the text, else ""."""
    first, _, rest = body.partition("\n\n")
    short = "\n" not in first.strip() and len(first.split()) <= TITLE_WORDS
    return first.strip() if short and rest.strip() and not is_final(first.strip()) and not signature(first) else ""


def _plain_markdown(text: str) -> str:
    """Take the marks off: what is left is what a reader of the rendered page sees, images but captions gone."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?m)^[ \t]*(?:#{1,6}|>|[*+-])[ \t]+", "", text)
    return re.sub(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1", r"\2", text)


def _read_html(text: str, origin: str, _name: str) -> Reading:
    return page(text, origin)


def page(html: str, origin: str, url: str = "") -> Reading:
    """Read a web page.

    Args:
        html: the page as text.
        origin: its name in messages.
        url: its address, when known.
    """
    from audionews.articles.pages import read_page

    found = read_page(html, url)
    return made(found.fields, found.lines, origin)


def _read_json(text: str, origin: str, _name: str) -> Reading:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        return refusal(origin, f"JSON mal formé ({_brief(error)})")
    records = value if isinstance(value, list) else [value]
    several = isinstance(value, list)
    return _join(_record(one, f"{origin} [{number}]" if several else origin) for number, one in enumerate(records, 1))


def read_jsonl(text: str, origin: str, _name: str = "") -> Reading:
    """Read articles, one JSON object a line; a bad line costs only itself."""
    return _join(_line(line, f"{origin}:{number}") for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _line(line: str, origin: str) -> Reading:
    try:
        return _record(json.loads(line), origin)
    except (ValueError, RecursionError) as error:
        return refusal(origin, f"ligne JSON mal formée ({_brief(error)})")


def _brief(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"ligne {error.lineno}, colonne {error.colno}"
    return "trop profond ou nombre démesuré"


def _record(record: object, origin: str) -> Reading:
    if not isinstance(record, dict):
        return refusal(origin, "n’est pas un objet JSON avec un champ « text »")
    fields = {name: _first(record, keys) for name, keys in KEYS.items()}
    return made(fields, unwrap(fields.pop("text")), origin)


def _first(record: dict[str, Any], keys: Iterable[str]) -> str:
    """Give the first field present as text; a list of texts counts as lines."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, list):
            value = "\n\n".join(one for one in value if isinstance(one, str))
        if isinstance(value, str) and value.strip():
            return value.encode("utf-8", "replace").decode()  # JSON may hold half a surrogate pair
    return ""


def _join(readings: Iterable[Reading]) -> Reading:
    every = list(readings)
    return Reading(
        tuple(raw for one in every for raw in one.raws),
        tuple(remark for one in every for remark in one.refused),
        tuple(remark for one in every for remark in one.remarks),
    )


def made(fields: dict[str, str], lines: tuple[str, ...], origin: str) -> Reading:
    """Make the reading of one article: its fields in order, an unreadable date told, a text without lines refused."""
    lines = tuple(line for line in lines if len(line) <= MAX_LINE)
    if not lines:
        return refusal(origin, "aucun texte")
    given = " ".join(fields.get("date", "").split())
    published = parse_date(given)
    remarks = (Remark(origin, f"date illisible : « {given[:40]} »"),) if given and not published else ()
    texts = {
        name: " ".join(fields.get(name, "").split())
        for name in ("title", "author", "url", "source", "section", "language")
    }
    return Reading((Raw(origin, lines, published=published, **texts),), (), remarks)


READERS: dict[str, Callable[[str, str, str], Reading]] = {
    ".txt": _read_text,
    ".md": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".json": _read_json,
    ".jsonl": read_jsonl,
}
