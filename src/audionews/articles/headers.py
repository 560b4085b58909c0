"""What the head of a text file says of its article: title, date, author, source…"""

from __future__ import annotations

import re
from datetime import date

# French and English names of a field, without accents.
NAMES = {
    "titre": "title",
    "title": "title",
    "date": "date",
    "published": "date",
    "publie": "date",
    "publie le": "date",
    "auteur": "author",
    "author": "author",
    "source": "source",
    "url": "url",
    "adresse": "url",
    "lien": "url",
    "link": "url",
    "rubrique": "section",
    "section": "section",
    "langue": "language",
    "language": "language",
    "lang": "language",
}
MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
FIELD = re.compile(r"^\s*([A-Za-zÀ-ÿ]+(?: le)?)[\s\u00a0\u202f]*:[\s\u00a0\u202f]*(.*)$")


def parse_head(text: str, markdown: bool = False) -> tuple[dict[str, str], str]:
    """Split a text file into its header fields and its body.

    Args:
        text: the whole file.
        markdown: whether ``# Title`` as the first line is the title.

    Returns:
        The fields found (keys title, date, author, source, url, section, language) and the rest.
    """
    lines = text.lstrip("\n").split("\n")
    fields: dict[str, str] = {}
    if lines and lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:40]):
        end = next(at for at, line in enumerate(lines[1:], 1) if line.strip() == "---")
        fields, lines = _fields(lines[1:end]), lines[end + 1 :]
    else:
        end = next((at for at, line in enumerate(lines) if not _fields([line])), len(lines))
        followed_by_blank = end == len(lines) or not lines[end].strip()
        if end > 1 or (end == 1 and followed_by_blank):  # one line alone may be the article's own words
            fields, lines = _fields(lines[:end]), lines[end:]
    rest = "\n".join(lines).lstrip("\n")
    if markdown and (heading := re.match(r"#[ \t]+(.+?)[ \t#]*(?:\n|$)", rest)):
        fields.setdefault("title", heading[1])
        rest = rest[heading.end() :].lstrip("\n")
    return fields, rest


def _fields(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        if (one := FIELD.match(line)) and (name := NAMES.get(_plain(one[1]))):
            found.setdefault(name, one[2].strip().strip("\"'").strip())
    return found


def parse_date(text: str) -> date | None:
    """Read a calendar date: 2025-06-07 (with or without a time), 07/06/2025, or 7 juin 2025.

    Returns:
        The date, or None when there is none or it is not in the calendar.
    """
    plain = _plain(text)
    if iso := re.match(r"(\d{4})-(\d{2})-(\d{2})(?!\d)", plain):
        year, month, day = iso.groups()
    elif numbers := re.match(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)", plain):
        day, month, year = numbers.groups()
    elif (words := re.search(r"\b(\d{1,2})(?:er)? ([a-z]+) (\d{4})\b", plain)) and words[2] in MONTHS:
        day, month, year = words[1], str(MONTHS.index(words[2]) + 1), words[3]
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _plain(text: str) -> str:
    import unicodedata

    folded = unicodedata.normalize("NFD", text.strip().lower())
    return re.sub(r"\s+", " ", "".join(letter for letter in folded if not unicodedata.combining(letter)))
