"""Laying a sentence beside a sentence of the article: which word of one is which of the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audionews.proof.facts.reading import Item

# Ordinary words decide how two sentences lie beside each other, so that a figure or a name that was exchanged for
# another one is laid on what stood in its place, and not on itself further on.
WORD, LIKE, SAME, OTHER = 3.0, 2.0, 1.2, 0.5
_COMMON = 5  # letters two words must share to be forms of one


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of items, by their places; -1 for an item of the sentence that lies on nothing."""

    pairs: tuple[int, ...]  # for each item of what is said, its item in the source
    share: float  # of the said words, how much lies on a like word


def align(said: Sequence[Item], printed: Sequence[Item], same: Callable[[Item, Item], bool]) -> Alignment:
    """Lay one row of items beside another, in order, for the greatest likeness.

    Args:
        said: the items of the sentence.
        printed: those of the source.
        same: tells whether two items of one kind (figures, dates, names) are the same fact.
    """
    rows, columns = len(said), len(printed)
    gains = [[_likeness(one, other, same) for other in printed] for one in said]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        here, below, gain = best[row], best[row + 1], gains[row]
        for column in range(columns - 1, -1, -1):
            top = max(here[column + 1], below[column])
            if gain[column]:
                paired = gain[column] + below[column + 1]
                top = max(paired, top)
            here[column] = top
    pairs, column = [-1] * rows, 0
    for row in range(rows):
        while column < columns and best[row][column] > 0:
            gain_here = gains[row][column]
            if gain_here and best[row][column] == gain_here + best[row + 1][column + 1]:
                pairs[row], column = column, column + 1
                break
            if best[row][column] == best[row + 1][column]:
                break
            column += 1
    weight = sum(WORD if one.kind == "word" else SAME for one in said) or 1.0
    held = sum(gains[row][column] for row, column in enumerate(pairs) if column >= 0 and gains[row][column] != OTHER)
    return Alignment(tuple(pairs), held / weight)


def _likeness(said: Item, printed: Item, same: Callable[[Item, Item], bool]) -> float:
    if said.kind == printed.kind:
        if said.kind == "word":
            if said.key == printed.key:
                return WORD
            shared = min(len(said.key), len(printed.key))
            return LIKE if shared >= _COMMON and said.key[:shared] == printed.key[:shared] else 0.0
        return SAME if same(said, printed) else OTHER
    if {said.kind, printed.kind} == {"word", "name"}:
        word, name = (said, printed) if said.kind == "word" else (printed, said)
        return SAME if name.name and word.key in {name.key, *name.name.parts} else 0.0
    if {said.kind, printed.kind} == {"date", "number"}:
        return SAME if same(said, printed) else 0.0
    return 0.0
