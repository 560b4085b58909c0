"""Where a story takes place, as it is said on air: « à Bamako », « au Mali », « dans la région de Mopti »."""

from __future__ import annotations

import re
from functools import cache

from audionews import tables

_AREA = re.compile(
    r"\bdans (?:la région|le cercle|la commune(?: rurale| urbaine)?|le district|la province|le département) "
    r"(?:de |d’|du )[A-ZÀ-Ý][\w’-]+(?: [A-ZÀ-Ý][\w’-]+){0,2}"
)
_HEAD = re.compile(r"^(?P<name>[A-ZÀ-Ý][\w’-]+(?: [A-ZÀ-Ý][\w’-]+)?)\s*:")


def place(title: str, text: str) -> str:
    """Give the first place an article names, with its preposition.

    Args:
        title: of the article, "" when unknown.
        text: its first paragraphs.

    Returns:
        The place in the words of the article, "" when it names none that is known: a town the title opens with
        (« Bandoula : … »), an area (« dans la région de Mopti »), a town or country of data/places.toml.
    """
    both = f"{title}. {text}".replace("'", "’")
    head = _HEAD.match(title)
    if head and re.search(rf"\bà {re.escape(head['name'])}\b", both):
        return f"à {head['name']}"
    found = [one for one in (_AREA.search(both), _known().search(both)) if one]
    return min(found, key=lambda one: one.start()).group() if found else ""


@cache
def _known() -> re.Pattern[str]:
    table = tables.data("audionews.script", "places")
    groups = (
        rf"{word} (?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})" for word, names in table.items()
    )
    return re.compile(rf"(?<![\w’-])(?:{'|'.join(groups)})(?![\w’-])")
