"""One file → the raw articles in it, and what was refused with its reason. Bad input raises nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from audionews.articles.decode import UndecodableError, decode
from audionews.articles.headers import parse_date, parse_head
from audionews.articles.patterns import is_final, signature
from audionews.model import Remark

MAX_BYTES = 5_000_000
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
        return _refusal(origin, f"extension « {path.suffix} » inconnue ; sont lus : {kinds}")
    try:
        if not path.is_file():
            return _refusal(origin, "n’est pas un fichier ordinaire, ou n’existe pas")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return _refusal(origin, f"ne peut pas être lu ({error.strerror or error}) : vérifiez ses droits")
    if len(data) > MAX_BYTES:
        return _refusal(origin, f"dépasse {MAX_BYTES // 1_000_000} Mo : ce n’est pas un article")
    try:
        text, remark = decode(data)
    except UndecodableError as error:
        return _refusal(origin, str(error))
    reading = reader(text, origin, path.name)
    remarks = (Remark(origin, remark),) if remark else ()
    return reading._replace(remarks=remarks + reading.remarks)


def _refusal(origin: str, message: str) -> Reading:
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
    reading = _raw({"title": guessed, **fields}, unwrap(body), origin)
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


def unwrap(text: str) -> tuple[str, ...]:
    """Give the non-empty lines of a text, those broken in mid-sentence joined again.

    A line is joined to the one before it when no blank line parts them and it goes on in lower case after no
    final punctuation, or when their block was wrapped to one width.
    """
    lines: list[str] = []
    for block in re.split(r"\n[^\S\n]*\n", text):
        rows = [row.strip() for row in block.split("\n") if row.strip()]
        wrapped = _is_wrapped(rows)
        for at, row in enumerate(rows):
            broken = at and row[0].islower() and not re.search(r"[.!?…»\"”:]$", rows[at - 1])
            if at and (wrapped or broken):
                lines[-1] = f"{lines[-1]} {row}"
            else:
                lines.append(row)
    return tuple(lines)


def _is_wrapped(rows: list[str]) -> bool:
    widths = [len(row) for row in rows]
    if len(rows) < 3 or max(widths) > 120 or min(widths[:-1]) < 0.75 * max(widths):
        return False
    return sum(row.endswith((".", "!", "?")) for row in rows[:-1]) < len(rows) / 2


def _read_html(text: str, origin: str, _name: str) -> Reading:
    import trafilatura

    try:
        found: Any = trafilatura.bare_extraction(
            text,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # a page may break the parser in ways its library does not declare
        return _refusal(origin, f"page HTML illisible ({type(error).__name__})")
    body = (getattr(found, "text", None) or "") if found else ""
    names = ("title", "author", "date", "url")
    fields = {name: getattr(found, name, None) or "" for name in names}
    declared = re.search(r"<html[^>]*\blang\s*=\s*[\"']?([A-Za-z-]+)", text[:5000], re.IGNORECASE)
    language = declared[1] if declared and declared[1].lower().startswith("fr") else ""
    return _raw({**fields, "language": language}, unwrap(body), origin)


def _read_json(text: str, origin: str, _name: str) -> Reading:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        return _refusal(origin, f"JSON mal formé ({_brief(error)})")
    records = value if isinstance(value, list) else [value]
    several = isinstance(value, list)
    return _join(_record(one, f"{origin} [{number}]" if several else origin) for number, one in enumerate(records, 1))


def _read_jsonl(text: str, origin: str, _name: str) -> Reading:
    return _join(_line(line, f"{origin}:{number}") for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _line(line: str, origin: str) -> Reading:
    try:
        return _record(json.loads(line), origin)
    except (ValueError, RecursionError) as error:
        return _refusal(origin, f"ligne JSON mal formée ({_brief(error)})")


def _brief(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"ligne {error.lineno}, colonne {error.colno}"
    return "trop profond ou nombre démesuré"


def _record(record: object, origin: str) -> Reading:
    if not isinstance(record, dict):
        return _refusal(origin, "n’est pas un objet JSON avec un champ « text »")
    fields = {name: _first(record, keys) for name, keys in KEYS.items()}
    return _raw(fields, unwrap(fields.pop("text")), origin)


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


def _raw(fields: dict[str, str], lines: tuple[str, ...], origin: str) -> Reading:
    if not lines:
        return _refusal(origin, "aucun texte")
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
    ".jsonl": _read_jsonl,
}
