"""What can be measured of a sentence in its article, before it is chosen or not. Readable numbers, pure Python."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from audionews.condense.alone import OPENER, OPENS_QUOTED, without_quotations
from audionews.french import dates

# In the order of the weights in data/ranker.toml.
NAMES = (
    "first",
    "second",
    "third",
    "early",
    "depth",
    "words",
    "short",
    "long",
    "central",
    "title_recall",
    "title_precision",
    "no_title",
    "like_first",
    "new",
    "numbers",
    "names",
    "quoted",
    "asks",
    "dangling",
    "relative_date",
    "first_person",
    "conditional",
    "brackets",
    "commas",
)
_STOP = (
    "alors apres aussi autre autres avait avant avec avoir car ceci cela celle celles celui cependant ces cet "
    "cette ceux chez comme comment contre dans depuis des donc dont du elle elles encore entre est etait etaient "
    "ete etre eux fait faire fut ici ils les leur leurs lors lui mais meme memes moins mon ne nos notre nous ont "
    "ou par parce pas pendant peu peut plus pour pourquoi quand que quel quelle quelles quels qui sa sans se "
    "selon sera ses si soit son sont sous sur ta tandis tous tout toute toutes tres trop tu un une vers vos votre "
    "vous deja ainsi lorsque afin"
)
STOP = frozenset(_STOP.split())
FIRST_PERSON = re.compile(r"\b(?:je|j’\w+|nous|notre|nos|mon|ma|mes|moi)\b", re.IGNORECASE)


def content(text: str) -> tuple[str, ...]:
    """Give the content words of a text, folded, without a plural mark, in order."""
    folded = unicodedata.normalize("NFD", text.lower().replace("œ", "oe")).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]{3,}", folded)
    return tuple(word.rstrip("sx") for word in words if word not in STOP)


def measure(sentences: Sequence[str], title: str = "") -> tuple[tuple[float, ...], ...]:
    """Measure every sentence of an article.

    Args:
        sentences: the whole body, in order.
        title: the article's title, "" when there is none.

    Returns:
        One row a sentence, one column a name of `NAMES`; nearly all between 0 and 1.
    """
    own = [content(sentence) for sentence in sentences]
    counts = Counter(word for words in own for word in set(words))
    wanted = frozenset(content(title))
    first = frozenset(own[0]) if own else frozenset()
    seen: set[str] = set()
    rows = []
    for at, (sentence, words) in enumerate(zip(sentences, own, strict=True)):
        row = _place(at, len(own)) + _length(sentence)
        row += _relation(frozenset(words), wanted, first, seen, counts, len(own)) + _manner(sentence)
        rows.append(row)
        seen |= set(words)
    return tuple(rows)


def _place(at: int, size: int) -> tuple[float, ...]:
    return (float(at == 0), float(at == 1), float(at == 2), 1 / (at + 1), at / max(1, size - 1))


def _length(sentence: str) -> tuple[float, ...]:
    size = len(sentence.split())
    return (min(size, 60) / 40, max(0, 12 - size) / 12, max(0, size - 35) / 20)


def _relation(
    words: frozenset[str],
    title: frozenset[str],
    first: frozenset[str],
    seen: set[str],
    counts: Counter[str],
    size: int,
) -> tuple[float, ...]:
    """Measure what a sentence shares with the article, its title, its first sentence and what came before."""
    many = max(1, len(words))
    central = sum(counts[word] - 1 for word in words) / (math.sqrt(many) * max(1, size - 1))
    common = len(words & title)
    return (
        central,
        common / max(1, len(title)),
        common / many,
        float(not title),
        len(words & first) / many,
        len(words - seen) / many,
    )


def _manner(sentence: str) -> tuple[float, ...]:
    """Measure how a sentence is written."""
    plain = without_quotations(sentence)
    names = re.findall(r"(?<=[\s’(])[A-ZÀ-Ý][\w-]+", sentence)
    return (
        min(3, len(re.findall(r"\d+(?:[ .,]\d+)*", sentence))) / 3,
        min(6, len(names)) / 6,
        1 - len(plain.strip()) / max(1, len(sentence)),
        float("?" in sentence or "!" in sentence),
        float(bool(OPENER.match(sentence) or OPENS_QUOTED.match(sentence))),
        float(dates.is_relative(sentence)),
        float(bool(FIRST_PERSON.search(plain))),
        float(bool(re.search(r"\b(?:aurai(?:t|ent)|serai(?:t|ent)|pourrai(?:t|ent)|devrai(?:t|ent))\b", sentence))),
        float("(" in sentence),
        min(6, sentence.count(",")) / 6,
    )
