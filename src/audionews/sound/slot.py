"""A programme of exactly so long: what is left out, how pauses, bed and tempo take up the rest. Pure.

In this order, and no further than it takes: whole stories and single sentences, those that matter least; the pauses,
and a little of the bed; at most 3 % of tempo; the bed alone, for what the day cannot fill. What is left out once it is
voiced must not show: a link, a reminder, a list of sources leaves with what it was said for.
"""

from __future__ import annotations

import math
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from audionews.errors import AudionewsError
from audionews.model import Clip, Fit, Rundown, Script, Timeline
from audionews.sound.leave import TOLD, Cut, sentence_cuts, story_cuts, without
from audionews.sound.timeline import GRAVE, Pace, Step, end_ms, laid, matched, steps

TIGHT, EASY, WIDE = 800, 1150, 1350  # thousandths of the house's pauses; beyond the second the bed comes first
FAST, SLOW = 10_300, 9_700  # ten thousandths of the voices' tempo
BED_MS = 3000  # of the bed alone: more is a lack of news
CUTS_TRIED = 4  # fewer sentences left out than would make the programme short enough at the house's pace
# What each of these costs; the way to fill the slot that costs least is taken.
JARRING = 4.0  # a grave story that now runs into sport or culture
TEMPO, PAUSES = 3.0, 1.5  # at their limits; less than in proportion below them
BED = 0.25  # a second of the bed alone


class _Way(NamedTuple):
    """A way to fill the slot."""

    cost: float
    cuts: tuple[Cut, ...]
    read: tuple[Step, ...]
    pace: Pace


def fit(
    script: Script,
    clips: tuple[Clip, ...],
    rundown: Rundown,
    lengths: Mapping[str, int],
    asked_ms: int,
    *,
    short: str = "tapis",
    breath: float = 1.0,
) -> Timeline:
    """Place a programme so that it lasts as long as its slot.

    Args:
        script: the segments in the order they are read.
        clips: one for each segment with words.
        rundown: the stories: which of them matter least, and in which order their sentences may leave.
        lengths: of ``jingle``, ``sting``, ``bed`` and ``outro``, in ms.
        asked_ms: the slot.
        short: what is done when the day does not fill it: ``"tapis"``, the bed carries the end; ``"dire"``, the
            programme stays as long as it is, and `Fit.short_ms` says what lacks.
        breath: of the format: a factor on the house's pauses.

    Returns:
        The timeline, `asked_ms` long to the millisecond unless it is said to be short; its `fit` says how.

    Raises:
        AudionewsError: the least that can be read is longer than the slot; or as `arrange`.
    """
    voiced, house = matched(script, clips), Pace(breath)
    tight = Pace(breath, TIGHT / 1000, FAST / 10_000)

    def read(cuts: Sequence[Cut]) -> tuple[Step, ...]:
        return steps(without(script, rundown, cuts), voiced, lengths, tight)

    whole = read(())
    least, best = sys.maxsize, _Way(math.inf, (), whole, house)
    for cuts in _choices(script, rundown, lambda some: end_ms(read(some), lengths, house) <= asked_ms):
        lost = sum(one.cost for one in cuts)
        if lost >= best.cost:
            continue
        said = read(cuts)
        least = min(least, end_ms(said, lengths, tight))
        pace = _pace(said, lengths, asked_ms, house, endless=short == "tapis")
        if pace:
            lack = asked_ms - end_ms(said, lengths, replace(pace, fill_ms=0))
            jars = max(0, _jars(said) - _jars(whole))
            cost = lost + JARRING * jars + _strain(pace) + BED * lack / 1000
            best = min(best, _Way(cost, cuts, said, pace), key=lambda one: one.cost)
    if best.cost == math.inf:
        raise AudionewsError(
            f"Le moins qui puisse être lu dure {clock(least + 999)}, et le créneau est de {clock(asked_ms)}",
            "Donnez un créneau plus long (--slot), ou un format plus court (--format titres, --format flash)",
        )
    titles = {item.story.slug: item.story.title for item in rundown.items}
    urls = {item.story.slug: item.story.url for item in rundown.items if item.story.url}
    made = laid(best.read, lengths, titles, urls, best.pace)
    how = Fit(
        asked_ms=asked_ms,
        natural_ms=end_ms(steps(script, voiced, lengths, house), lengths, house),
        left_out=tuple(name for one in best.cuts for name in one.told),
        pauses=best.pace.pauses,
        tempo=best.pace.tempo,
        bed_ms=best.pace.fill_ms,
        short_ms=asked_ms - made.duration_ms,
    )
    return replace(made, fit=how)


def clock(ms: int) -> str:
    """Write a length as minutes and seconds: 180000 → "3:00"."""
    return f"{ms // 60_000}:{ms // 1000 % 60:02d}"


# How long


def _choices(script: Script, rundown: Rundown, fits: Callable[[Sequence[Cut]], bool]) -> Iterator[tuple[Cut, ...]]:
    """Give what may be left out: so many whole stories, and about as many sentences as it then takes; the least last.

    Args:
        script: what is read.
        rundown: its stories.
        fits: whether the programme without these is short enough at the house's pace.
    """
    stories, sentences = story_cuts(script, rundown), sentence_cuts(script, rundown)
    for number in range(len(stories) + 1):
        whole = tuple(stories[:number])
        gone = frozenset[str]().union(*(one.stories for one in whole))
        spare = [one for one in sentences if one.of not in gone]
        tried = [(*whole, *spare[:some]) for some in range(len(spare) + 1)]
        at = min(bisect_left(tried, True, key=fits), len(spare))
        for some in range(max(0, at - CUTS_TRIED), at + 1):
            yield tried[some]
            # Another story's next sentence in place of the last one may be of a better length.
            others = {one.of: one for one in reversed(spare[some:])} if some else {}
            yield from ((*tried[some - 1], one) for slug, one in others.items() if slug != spare[some - 1].of)
        if at == 0 and fits(whole):
            return


def _pace(read: Sequence[Step], lengths: Mapping[str, int], asked: int, house: Pace, *, endless: bool) -> Pace | None:
    """Give the pace at which a programme ends with its slot; None when it is too long at any.

    Where no pace is slow enough, it is the house's: the bed carries the end when it is `endless`, or the end lacks.
    """

    def at(pauses: int, tempo: int = 10_000) -> Pace:
        return replace(house, pauses=pauses / 1000, tempo=tempo / 10_000)

    def end(pauses: int, tempo: int = 10_000) -> int:
        return end_ms(read, lengths, at(pauses, tempo))

    def filled(pace: Pace) -> Pace:
        return replace(pace, fill_ms=asked - end_ms(read, lengths, pace))

    if end(TIGHT, FAST) > asked:
        return None
    if end(TIGHT) > asked:
        enough = bisect_left(range(10_000, FAST), True, key=lambda one: end(TIGHT, one) <= asked)
        return filled(at(TIGHT, 10_000 + enough))
    if end(WIDE, SLOW) + BED_MS < asked:
        return filled(house) if endless else house
    if end(WIDE) + BED_MS < asked:
        enough = bisect_left(range(SLOW, 10_000), True, key=lambda one: end(WIDE, one) + BED_MS < asked)
        return filled(at(WIDE, SLOW + enough - 1))
    most = TIGHT - 1 + bisect_right(range(TIGHT, WIDE + 1), asked, key=end)
    needed = TIGHT + bisect_left(range(TIGHT, most), asked - BED_MS, key=end)
    return filled(at(min(most, max(needed, EASY))))


def _strain(pace: Pace) -> float:
    """Weigh how far a pace is from the house's."""
    limit = 1 - TIGHT / 1000 if pace.pauses < 1 else WIDE / 1000 - 1
    return TEMPO * ((pace.tempo - 1) / (FAST / 10_000 - 1)) ** 2 + PAUSES * ((pace.pauses - 1) / limit) ** 2


def _jars(read: Sequence[Step]) -> int:
    """Count the grave stories that run into sport or culture."""
    told = (step.segment for step in read if step.segment.role in TOLD)
    return sum(one.gravity >= GRAVE and other.gravity == 0 for one, other in pairwise(told))
