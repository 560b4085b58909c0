"""Tenses of books and words that weigh: passé simple, present participles, adverbs in -ment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audionews.proof.style.finding import Fault
from audionews.proof.style.heard import Heard, Hearing
from audionews.proof.style.tables import words

_PLURAL = re.compile(r"(?<![\w’-])[a-zà-ÿ]{2,}(?:èrent|irent|urent)(?![\w-])")
_LOWER = re.compile(r"(?<![\w-])[a-zà-ÿ]{3,}(?![\w-])")


def bookish(heard: Heard) -> Iterator[Fault]:
    """Find the passé simple."""
    if not heard.told:
        return
    plural = [word for word in _PLURAL.findall(heard.narration) if word not in words("words", "not_past")]
    listed = [word for word in _LOWER.findall(heard.narration) if word in words("words", "past")]
    for word in dict.fromkeys([*plural, *listed]):
        yield Fault("S5", word, heard.segment.id)


def participles(heard: Heard) -> Iterator[Fault]:
    """Find a present participle used as a verb."""
    if not heard.body or "ant" not in heard.narration:
        return
    tree = heard.tree
    for token in tree.tokens:
        before = tree.tokens[token.at - 1].text.lower() if token.at else ""
        if (
            token.text.endswith("ant")
            and token.pos == "VERB"
            and token.feature("VerbForm") == "Part"
            and token.feature("Tense") == "Pres"
            and token.dep in {"acl", "advcl"}
            and token.text.lower() not in words("words", "not_participle")
            and before not in {"en", "tout"}
        ):
            yield Fault("S5a", token.text, heard.segment.id)


def adverbs(hearing: Hearing) -> Iterator[Fault]:
    """Find a second adverb in -ment in one story."""
    for story in hearing.stories:
        found = [
            (one, token.text)
            for one in story
            if "ment" in one.narration
            for token in one.tree.tokens
            if token.pos == "ADV" and token.text.endswith("ment") and token.text.lower() not in {"notamment", "comment"}
        ]
        for one, word in found[1:]:
            yield Fault("S22a", word, one.segment.id)
