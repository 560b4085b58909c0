"""What is worth telling of an article, learned from the abstracts that editors wrote. Pure.

Three small forests (data/ranker.json, made by scripts/train-ranker): the chance that a word, and a pair of words, of
the article stands in an editor's abstract; and how good a whole story is, which also knows its order and length.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from audionews.condense.features import Worth, content, logistic, pair_rows, small, story_row, tokens, word_rows
from audionews.condense.forest import Forest, forest


@dataclass(frozen=True)
class Ranker:
    """What was learned."""

    known: Mapping[str, Sequence[float]]
    words: Forest
    pairs: Forest
    stories: Forest | None  # None while it is being trained

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
        worth = Worth(words, pairs, content(title), len(cut))
        alone = [worth.expected(small(one)) for one in sentences if len(tokens(one)) > 3]
        return replace(worth, best=max(alone, key=sum, default=(0.0, 0.0)))

    def judge(self, worth: Worth, stories: Sequence[tuple[Sequence[str], Sequence[int]]]) -> list[float]:
        """Give how much better than the article's other stories each story is expected to be.

        Args:
            worth: of the article.
            stories: of each story its sentences, and the place of their printed sentences in the article.

        Returns:
            One number a story, to be compared with each other only.
        """
        rows = [story_row(worth, *one) for one in stories]
        return self.stories.answers(rows) if self.stories else [row[0] + row[1] for row in rows]


@cache
def ranker() -> Ranker:
    """Give the ranker that comes with the program."""
    text = resources.files("audionews.condense").joinpath("data/ranker.json").read_text("utf-8")
    learned = json.loads(text)
    return Ranker(learned["known"], forest(learned["words"]), forest(learned["pairs"]), forest(learned["stories"]))


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
