"""ROUGE F1 over Unicode words without stemming; the usual tokenizers delete accented letters."""

from __future__ import annotations

import re
from collections import Counter


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def rouge_n(candidate: list[str], reference: list[str], n: int) -> float:
    ours, theirs = (Counter(zip(*(words[at:] for at in range(n)), strict=False)) for words in (candidate, reference))
    return _f1((ours & theirs).total(), ours.total(), theirs.total())


def rouge_l(candidate: list[str], reference: list[str]) -> float:
    row = [0] * (len(reference) + 1)
    for word in candidate:
        last = 0
        for at, other in enumerate(reference, 1):
            last, row[at] = row[at], last + 1 if word == other else max(row[at], row[at - 1])
    return _f1(row[-1], len(candidate), len(reference))


def scores(candidate: str, reference: str) -> tuple[float, float, float]:
    """Give ROUGE-1, ROUGE-2 and ROUGE-L F1, 0 to 1."""
    ours, theirs = tokens(candidate), tokens(reference)
    return rouge_n(ours, theirs, 1), rouge_n(ours, theirs, 2), rouge_l(ours, theirs)


def _f1(common: int, ours: int, theirs: int) -> float:
    return 2 * common / (ours + theirs) if common else 0.0
