"""What a story is about and how grave it is, by the lexicon in data/themes.toml."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from audionews import tables

LIGHT = ("sport", "culture")


def theme(title: str, body: tuple[str, ...], section: str = "") -> str:
    """Name the theme of a story: a key of data/themes.toml.

    A word of the title or of the newspaper's section counts three times one of the body. Without any known
    word the theme is "societe".
    """
    heading, text = fold(f"{section} {title}"), fold(" ".join(body))
    scores = {
        name: sum(3 * _count(word, heading) + _count(word, text) for word in table["words"])
        for name, table in lexicon()["theme"].items()
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] else "societe"


def weight(name: str) -> int:
    """Give the newsroom's weight of a theme, 0 (light) to 3."""
    table = lexicon()["theme"].get(name)
    return int(table["weight"]) if table else 1


def gravity(texts: tuple[str, ...], name: str = "") -> int:
    """Score what is said: 3 death and attack, 2 accident or arrest, 1 ordinary, 0 sport and culture."""
    text = fold(" ".join(texts))
    words = lexicon()["gravity"]
    if any(_asserted(word, text) for word in words["grave"]):
        return 3
    if any(_asserted(word, text) for word in words["serious"]):
        return 2
    return 0 if name in LIGHT else 1


def fold(text: str) -> str:
    """Lower-case, strip accents and punctuation, so that words can be compared: " l armee a tenu "."""
    bare = unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return f" {' '.join(re.findall(r'[a-z0-9]+', ''.join(c for c in bare if not unicodedata.combining(c))))} "


def lexicon() -> dict[str, Any]:
    """Give data/themes.toml."""
    return tables.data("audionews.script", "themes")


def _count(word: str, text: str) -> int:
    return text.count(" " + fold(word).strip() + (" " if word.endswith(" ") else ""))


def _asserted(word: str, text: str) -> bool:
    pattern = " " + re.escape(fold(word).strip()) + (" " if word.endswith(" ") else "")
    none = set(lexicon()["gravity"]["none"])
    return any(none.isdisjoint(text[: hit.start()].split()[-3:]) for hit in re.finditer(pattern, text))
