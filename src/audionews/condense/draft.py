"""A sentence being rewritten: words that still know which words of the article they are. Pure.

Every step of the rewriting takes words away, moves them or puts words in, and gives another draft; the tree of the
sentence stays the one of the printed sentence, so that no step needs another parse.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from audionews.condense.source import Source
from audionews.french import grammar, typography
from audionews.french.syntax import Tree
from audionews.model import Sentence, Span


class Word(NamedTuple):
    """One word or mark of a draft."""

    text: str
    space: bool = True  # a blank follows
    token: int = -1  # its place in the tree; -1 for a word that was put in


Draft = tuple[Word, ...]

_ELIDED = frozenset(["le", "la", "de", "que", "ne", "se", "je", "me", "te", "jusque", "lorsque", "puisque"])


def draft(tree: Tree) -> Draft:
    """Give a printed sentence as a draft, nothing changed."""
    return tuple(Word(one.text, one.space, one.at) for one in tree.tokens)


def without(words: Draft, places: Collection[int]) -> Draft:
    """Take out the words of these tokens."""
    return tuple(one for one in words if one.token not in places or one.token < 0)


def only(words: Draft, places: Collection[int]) -> Draft:
    """Keep the words of these tokens, and what was put in."""
    return tuple(one for one in words if one.token < 0 or one.token in places)


def put(words: Draft, text: str, before: int) -> Draft:
    """Put words in before the word of a token; at the end when the draft does not hold it."""
    at = next((place for place, one in enumerate(words) if one.token == before), len(words))
    return words[:at] + tuple(Word(one) for one in text.split()) + words[at:]


@lru_cache(maxsize=1024)  # one draft is asked for again and again while its sentence is rewritten
def printed(words: Draft) -> str:
    """Write a draft out as a sentence: capital, blanks, elision and full stop put right."""
    text = _joined(words)
    text = re.sub(r"\s+(?=[,.…)])", "", " ".join(text.split()))
    text = re.sub(r"^[\s,;:.–—-]+", "", text)
    text = re.sub(r"(?:\s*[,;:–—-])+(?=\s*[.!?…]?\s*$)", "", text)
    text = re.sub(r",(?:\s*,)+", ",", text)
    if text and not re.search(r"[.!?…][\s»”]*$", text):
        text += "."
    return typography.clean(text[:1].upper() + text[1:])


def _joined(words: Draft) -> str:
    """Put words one after the other; two that did not stand together on the page get a blank between them."""
    parts = []
    for at, one in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else None
        parted = after is not None and (one.token < 0 or after.token != one.token + 1)
        text = one.text
        if parted and after and text.lower() in _ELIDED and grammar.elides(after.text):  # as printed: « le hashtag »
            text = f"{text[:-1]}’"
        parts.append(text + (" " if (one.space or parted) and not (parted and text.endswith(("’", "-"))) else ""))
    return "".join(parts)


def sentence(words: Draft, tree: Tree, source: Source) -> Sentence:
    """Give a draft as a sentence to be read, tied to the stretches of the article that it says."""
    places = sorted({one.token for one in words if one.token >= 0 and any(map(str.isalnum, one.text))})
    spans: list[Span] = []
    before = -1
    for at in places:
        here = source.span(tree.tokens[at].start, tree.tokens[at].end)
        passed = (tree.tokens[place].text for place in range(before + 1, at))
        if spans and not any(map(str.isalnum, "".join(passed))):
            spans[-1] = Span(spans[-1].start, here.end)
        else:
            spans.append(here)
        before = at
    return Sentence(printed(words), tuple(spans), source.paragraph)
