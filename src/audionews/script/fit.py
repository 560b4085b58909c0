"""Trim a rundown to the words its slot holds, story by story, from the sentences that matter least."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate, combinations

from audionews.model import Item, Place, Remark, Rundown, Script
from audionews.script.formats import FULLEST

CLOSE = 0.01  # of the budget: near enough
ROUNDS = 4  # writings: the house's own words change a little with what they frame
MOST_WEIGHED = 12  # headlines: their sets are all tried; those before them are taken
AROUND = 6  # of the house’s own words for each story: its link, its source
DROPPED = {Place.STORY: 9.0, Place.BRIEF: 1.0}  # the cost of leaving a story out; one as long as its place costs 0

# Sentences kept, their spoken words, what this length costs.
_Option = tuple[int, int, float]


def fit(
    rundown: Rundown,
    budget: int,
    briefs: int,
    write: Callable[[Rundown], Script],
    count: Callable[[str], int],
    fullest: float = FULLEST,
) -> Rundown:
    """Choose how many sentences of each story are read, and which spare briefs.

    Args:
        rundown: as planned: with more sentences and more briefs than there is room for.
        budget: spoken words of the whole bulletin.
        briefs: their number as a rule; the others are spare.
        write: the rundown → its script.
        count: a text → its spoken words.
        fullest: how long a story may become, in times its place.

    Returns:
        The rundown as it is read: its words near the budget whenever the day holds enough; a remark says what
        lacks, or which briefs found no room.
    """
    usual = [item for item in rundown.items if item.place is Place.BRIEF][:briefs]
    options = [_options(item, item.place is Place.STORY or item in usual, fullest, count) for item in rundown.items]
    frame, total, best, nearest = budget // 4, 0, rundown, math.inf
    for _ in range(ROUNDS):
        kept = _lengths(options, budget - frame)
        if not any(kept):  # no room but for the house's words: the first story is told in a sentence all the same
            kept = [1, *kept[1:]] if kept else kept
        items = tuple(_cut(item, length) for item, length in zip(rundown.items, kept, strict=True) if length)
        told = sum(count(one.text) for item in items for one in item.story.sentences)
        written = sum(count(segment.text) for segment in write(replace(rundown, items=items)).segments)
        frame = written - told - AROUND * len(items)
        if abs(budget - written) <= nearest:
            nearest, total, best = abs(budget - written), written, replace(rundown, items=items)
        if nearest <= CLOSE * budget:
            break
    slugs = {item.story.slug for item in best.items}
    out = (item for item in rundown.items if item.story.slug not in slugs)
    dropped = [Remark(item.story.title, f"pas de place dans ce format ({item.story.why})") for item in out]
    if best.items and total < (1 - 3 * CLOSE) * budget:
        dropped.append(Remark("bulletin", f"{total} mots pour {budget} : le jour ne remplit pas ce format"))
    return replace(best, dropped=(*rundown.dropped, *dropped))


def _options(item: Item, usual: bool, fullest: float, count: Callable[[str], int]) -> list[_Option]:
    """Give the lengths a story may have: whole sentences, those that matter least leaving first."""
    room = max(1, item.words)
    found: list[_Option] = [(0, 0, DROPPED[item.place] if usual else 0.0)]
    words = 0
    for kept, one in enumerate(sorted(item.story.sentences, key=lambda one: one.rank), 1):
        words += count(one.text)
        if kept == 1 or words <= fullest * room:
            # A spare brief costs a little, so that the day's first ones are told in full before it is taken in.
            found.append((kept, words + AROUND, (1 - words / room) ** 2 + (0.0 if usual else 0.4)))
    return found


def _lengths(options: list[list[_Option]], wanted: int) -> list[int]:
    """Choose a length for each story so that all words together come nearest to what is wanted, at least cost.

    A knapsack with one choice a story, by dynamic programming over the sum of words.
    """
    reached: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for choices in options:
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for said, (cost, kept) in reached.items():
            for length, words, price in choices:
                total, sum_of = said + words, cost + price
                if total <= wanted * (1 + CLOSE) and (total not in following or sum_of < following[total][0]):
                    following[total] = (sum_of, (*kept, length))
        reached = following or reached
    near = [total for total in reached if abs(total - wanted) <= CLOSE * wanted]
    best = min(near, key=lambda total: reached[total][0]) if near else max(reached, default=0)
    kept = reached[best][1]
    return [*kept, *(0 for _ in options[len(kept) :])]


def _cut(item: Item, ranks: int) -> Item:
    """Keep the sentences of the first ranks: what is left is a story by construction."""
    kept = sorted(item.story.sentences, key=lambda one: one.rank)[:ranks]
    told = tuple(one for one in item.story.sentences if one in kept)
    return replace(item, story=replace(item.story, sentences=told))


def fit_headlines(
    rundown: Rundown, budget: int, wanted: int, write: Callable[[Rundown], Script], count: Callable[[str], int]
) -> Rundown:
    """Choose the headlines whose words come nearest to a budget, the first ones preferred.

    Args:
        rundown: as planned, more headlines than there is room for.
        budget: spoken words of the whole bulletin.
        wanted: how many headlines as a rule; one less or two more where that fits better.
        write: the rundown → its script.
        count: a text → its spoken words.
    """
    lengths = [count(item.story.headline) for item in rundown.items]
    script = write(replace(rundown, items=rundown.items[:wanted]))
    frame = sum(count(segment.text) for segment in script.segments) - sum(lengths[:wanted])
    # A long slot holds more than can be weighed: the first ones are sure, the choice is among the next.
    first = bisect_right(list(accumulate(lengths)), budget - frame)
    sure = max(0, first - MOST_WEIGHED // 2)
    if sure or (rundown.rectifications and first < wanted):  # what is put right takes the place of headlines
        wanted = max(1, first)
    places = range(min(sure, len(lengths)), min(sure + MOST_WEIGHED, len(lengths)))
    sizes = range(max(1, min(wanted - 1 - sure, len(places))), min(wanted + 2 - sure, len(places)) + 1)
    sets = [(*range(places.start), *one) for size in sizes for one in combinations(places, size)]
    if not sets:
        return rundown
    off = {one: abs(frame + sum(lengths[at] for at in one) - budget) for one in sets}
    near = [one for one in sets if off[one] <= 2 * CLOSE * budget]
    chosen = min(near, key=lambda one: (sum(one), one)) if near else min(sets, key=lambda one: (off[one], one))
    out = (item for at, item in enumerate(rundown.items) if at not in chosen)
    dropped = [Remark(item.story.title, f"pas de place dans ce format ({item.story.why})") for item in out]
    return replace(rundown, items=tuple(rundown.items[at] for at in chosen), dropped=(*rundown.dropped, *dropped))
