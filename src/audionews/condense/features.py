"""What can be measured of an article's words, and of its pairs of words. Pure Python.

The numbers stand in the order of the names: the trees of data/ranker.json ask for them by their place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

Pair = tuple[str, str]

WORDS = (
    "times",  # it stands in the article
    "sentences",  # it stands in
    "first",  # sentence that has it
    "place",  # in that sentence
    "in_title",
    "no_title",
    "capital",  # share of its places where it has one, sentence openings apart
    "letters",
    "known",  # how often an editor kept it, over all articles
    "common",  # in how many articles it stands, logarithm
    "empty",  # a word of grammar
    "second",  # it stands in the second sentence
    "size",  # of the article, in sentences
    "best_title",  # what its best sentence shares with the title
    "first_title",  # what its first sentence shares with the title
)
PAIRS = (
    "first_worth",
    "second_worth",
    "times",
    "first",
    "in_title",
    "capital",
    "first_empty",
    "second_empty",
    "no_title",
    "size",
    "opening",
    "second",
    "place",
    "first_times",
    "second_times",
)
_STOP = (
    "a afin ai ainsi alors après au aussi autre autres aux avait avant avec avoir c car ce ceci cela celle celles "
    "celui cependant ces cet cette ceux chez comme comment contre d dans de depuis des donc dont du déjà elle elles "
    "en encore entre est et eux fait faire fut ici il ils j l la le les leur leurs lors lorsque lui m mais moins "
    "mon même mêmes n ne ni nos notre nous on ont ou par parce pas pendant peu peut plus pour pourquoi qu quand que "
    "quel quelle quelles quels qui s sa sans se selon sera ses si soit son sont sous sur t ta tandis tous tout "
    "toute toutes trop très tu un une vers vos votre vous y à étaient était été être"
)
STOP = frozenset(_STOP.split())
EXPECTED = 37  # tokens of an abstract that is met in the press
UNKNOWN_WORTH = 0.03  # of a word that was put in
_TOKEN = re.compile(r"\w+")


@lru_cache(maxsize=4096)  # the sentences of an article are measured alone and in every story they may be part of
def tokens(text: str) -> tuple[str, ...]:
    """Give the words of a text as it is printed: runs of letters and figures."""
    return tuple(_TOKEN.findall(text))


@lru_cache(maxsize=4096)
def small(text: str) -> tuple[str, ...]:
    """Give the words of a text in small letters."""
    return tuple(word.lower() for word in tokens(text))


def content(text: str) -> frozenset[str]:
    """Give the words of a text that carry its matter, in small letters."""
    return frozenset(small(text)) - STOP


@dataclass(slots=True)
class _Seen:
    """What was seen of one word or pair so far."""

    first: int
    place: int
    title: float  # what the first sentence shares with the title
    best: float = 0.0
    times: int = 0
    capitals: int = 0
    sentences: set[int] = field(default_factory=set)

    def at(self, sentence: int, capital: bool, title: float) -> None:
        self.times += 1
        self.capitals += capital
        self.best = max(self.best, title)
        self.sentences.add(sentence)


def word_rows(
    sentences: Sequence[Sequence[str]], title: Sequence[str], known: Mapping[str, Sequence[float]]
) -> dict[str, tuple[float, ...]]:
    """Measure every word of an article.

    Args:
        sentences: the words of each sentence, as printed.
        title: the words of the title; empty when there is none.
        known: for common words, how often an editor kept them, and the logarithm of how many articles have them.

    Returns:
        For each word in small letters, one number a name of `WORDS`.
    """
    entitled = {word.lower() for word in title}
    wanted = entitled - STOP
    seen: dict[str, _Seen] = {}
    for at, sentence in enumerate(sentences):
        small = [word.lower() for word in sentence]
        share = len(wanted.intersection(small)) / max(1, len(wanted))
        for place, word in enumerate(small):
            if word not in seen:
                seen[word] = _Seen(at, place, share)
            seen[word].at(at, place > 0 and sentence[place][0].isupper(), share)
    size, unknown = len(sentences), (0.09, 0.0)
    return {
        word: (
            one.times,
            len(one.sentences),
            one.first,
            one.place,
            word in entitled,
            not entitled,
            one.capitals / one.times,
            len(word),
            *known.get(word, unknown),
            word in STOP,
            1 in one.sentences,
            size,
            one.best,
            one.title,
        )
        for word, one in seen.items()
    }


def pair_rows(
    sentences: Sequence[Sequence[str]],
    title: Sequence[str],
    worth: Mapping[str, float],
    rows: Mapping[str, Sequence[float]],
) -> dict[Pair, tuple[float, ...]]:
    """Measure every pair of neighbours of an article; arguments as for `word_rows`.

    Args:
        sentences: the words of each sentence, as printed.
        title: the words of the title.
        worth: what each word is worth.
        rows: what `word_rows` gave.

    Returns:
        For each pair in small letters, one number a name of `PAIRS`.
    """
    entitled = set(pairwise(word.lower() for word in title))
    seen: dict[Pair, _Seen] = {}
    for at, sentence in enumerate(sentences):
        small = [word.lower() for word in sentence]
        for place, pair in enumerate(pairwise(small)):
            if pair not in seen:
                seen[pair] = _Seen(at, place, 0.0)
            capital = sentence[place][0].isupper() or sentence[place + 1][0].isupper()
            seen[pair].at(at, capital, 0.0)
    size = len(sentences)
    return {
        pair: (
            worth[pair[0]],
            worth[pair[1]],
            one.times,
            one.first,
            pair in entitled,
            one.capitals / one.times,
            pair[0] in STOP,
            pair[1] in STOP,
            not entitled,
            size,
            0 in one.sentences,
            1 in one.sentences,
            one.place,
            rows[pair[0]][0],
            rows[pair[1]][0],
        )
        for pair, one in seen.items()
    }


@dataclass(frozen=True)
class Worth:
    """What an editor's abstract is expected to hold of an article: the chance of each of its words and pairs."""

    words: Mapping[str, float]
    pairs: Mapping[Pair, float]

    def expected(self, words: Sequence[str], length: int = EXPECTED) -> tuple[float, float]:
        """Give the expected ROUGE-1 and ROUGE-2 F1 of a text in small letters against an abstract this long."""
        one = sum(self.words.get(word, UNKNOWN_WORTH) for word in set(words))
        two = sum(self.pairs.get(pair, 0.0) for pair in set(pairwise(words)))
        return 2 * one / (len(words) + length), 2 * two / max(1, len(words) + length - 2)


def logistic(value: float) -> float:
    """Turn a sum of trees into a chance."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
