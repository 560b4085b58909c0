"""What is worth telling of an article, learned from the abstracts that editors wrote. Pure.

Two small forests (data/ranker.json, made by scripts/train-ranker): the chance that a word, and a pair of words, of the
article stands in an editor's abstract. What a story is worth follows from them: the ROUGE it is expected to reach. (A
third forest that judged whole stories was tried: over 4,000 articles it chose no better.)
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from audionews.condense.features import Worth, logistic, pair_rows, small, tokens, word_rows
from audionews.condense.forest import Forest, forest


@dataclass(frozen=True)
class Ranker:
    """What was learned."""

    known: Mapping[str, Sequence[float]]
    words: Forest
    pairs: Forest

    def weigh(self, sentences: Sequence[str], title: str = "") -> Worth:
        """Give what an editor would keep of an article.

        Args:
            sentences: its body, in order.
            title: its title, "" when unknown.

        Returns:
            The worth of its words and pairs of words.
        """
        cut, head = [tokens(one) for one in sentences], tokens(title)
        rows = word_rows(cut, head, self.known)
        words = dict(zip(rows, map(logistic, self.words.answers([*rows.values()])), strict=True))
        couples = pair_rows(cut, head, words, rows)
        pairs = dict(zip(couples, map(logistic, self.pairs.answers([*couples.values()])), strict=True))
        return Worth(words, pairs)


@cache
def ranker() -> Ranker:
    """Give the ranker that comes with the program."""
    text = resources.files("audionews.condense").joinpath("data/ranker.json").read_text("utf-8")
    learned = json.loads(text)
    return Ranker(learned["known"], forest(learned["words"]), forest(learned["pairs"]))


def rank(sentences: Sequence[str], title: str = "") -> tuple[float, ...]:
    """Score each sentence of an article alone; no parser is asked.

    Args:
        sentences: all of the article's, in order.
        title: its title, "" when unknown.

    Returns:
        One score a sentence: the expected mean of its ROUGE-1 and ROUGE-2 F1 (0 to 1) against an editor's abstract.
    """
    worth = ranker().weigh(sentences, title)
    return tuple(sum(worth.expected(small(one))) / 2 for one in sentences)
