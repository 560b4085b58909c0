"""Whether two articles tell the same event: names, places, figures and rare words weighed by how rare they are.

Two events of one kind (two accidents, two matches, a minister's two meetings) share their words, and papers that tell
one event in their own words do not. So names count most, and a place of its own forbids.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from audionews.articles.imprint import DAY, FIGURE, GIVEN, NAME, PLACE, STEM, Imprint
from audionews.articles.tables import data

RARE = 9  # bits: what a term tells that few articles hold, one in 512
EVERYDAY = 4  # bits at most: of names that stand in papers of the region every day
PRIOR = 50  # articles that the counts of the French press weigh as much as
SOURCES = 3  # articles that may hold a term because they tell one event
# Chosen on benchmarks/events.py: no false pair among the invented articles, and of the pairs found in OrangeSum only
# those of one event, or of one affair at several dates.
SAME = 0.95  # of the likeness, 0 to 3
SAME_OTHER_DAY = 1.3  # where they speak of other days
WHAT = 0.1  # share of the words and figures in the lead of each that the other holds: the same people, another act
AGREED = 0.3  # share of the names in the lead of each that the other holds
NAMES = 10.0  # bits of the names they share
ELSEWHERE = 0.25  # share of the places in a lead that the other holds; less on both sides: two places
COPIED = 0.8  # share of the shorter article in the longer one: one text, in two crawls
FIGURES = 0.5  # share of figures; what is like it on another day with less is the next of a series (a week's prices)
NEAR = 2  # days between publications that may tell one event without naming its day


class Rarity:
    """How much a term tells: minus the binary logarithm of the share of articles that hold it."""

    def __init__(self, tellings: Iterable[Sequence[Imprint]]) -> None:
        """Count the terms of the articles at hand; the French press at large stands behind them.

        Args:
            tellings: articles known to tell one event count as one, and an article counts once.
        """
        self._count: Counter[str] = Counter()
        self._total = 0
        self._known: dict[str, float] = {}
        counted: set[str] = set()
        for telling in tellings:
            new = [one for one in telling if one.article not in counted]
            counted |= {one.article for one in new}
            self._count.update({term for one in new for term in one.terms.split()})
            self._total += bool(new)

    def bits(self, term: str) -> float:
        """Give the weight of a term, 0 to about 10."""
        if term not in self._known:
            usual, others = 2.0 ** -_usual(term), max(0, self._count[term] - SOURCES)
            share = min(1.0, (usual * PRIOR + others) / (PRIOR + self._total))
            self._known[term] = -math.log2(share) / (2 if term[0] in GIVEN + DAY else 1)
        return self._known[term]


@dataclass(frozen=True, slots=True)
class Weighed:
    """An imprint with the weight of its terms in bits."""

    imprint: Imprint
    terms: dict[str, float]  # places apart: they are names as well
    names: dict[str, float]
    all_names: frozenset[str]  # given ones too, without their mark
    lead_names: dict[str, float]  # without their mark
    lead_places: dict[str, float]
    lead_acts: dict[str, float]  # words and figures
    lead_figures: frozenset[str]
    lead_days: frozenset[str]


def weigh(imprint: Imprint, rarity: Rarity) -> Weighed:
    """Weigh the terms of an imprint."""
    every, lead = imprint.terms.split(), imprint.lead.split()
    terms = {term: rarity.bits(term) for term in every if term[0] != PLACE}
    return Weighed(
        imprint=imprint,
        terms=terms,
        names={term: bits for term, bits in terms.items() if term[0] == NAME},
        all_names=frozenset(term[1:] for term in every if term[0] in NAME + GIVEN),
        lead_names={term[1:]: terms[term] for term in lead if term[0] == NAME},
        lead_places={term[1:]: rarity.bits(NAME + term[1:]) for term in lead if term[0] == PLACE},
        lead_acts={term: terms[term] for term in lead if term[0] not in NAME + GIVEN + PLACE + DAY},
        lead_figures=frozenset(term for term in lead if term[0] == FIGURE),
        lead_days=frozenset(term for term in lead if term[0] == DAY),
    )


def same_event(one: Weighed, other: Weighed) -> bool:
    """Tell whether two articles tell the same event; in doubt they do not."""
    if one.imprint.article == other.imprint.article:
        return True
    another_day = _other_day(one, other)
    if apart(one, other) or _counts_differ(one, other) or (another_day and _figures(one, other) < FIGURES):
        return False
    copied = _contained(one, other) >= COPIED
    if copied and not another_day and not (one.lead_names and other.lead_names):
        return True
    first, second = _agreement(one, other)
    shared = sum(bits for name, bits in one.names.items() if name in other.names)
    named = min(first, second) >= AGREED and shared >= NAMES
    if not (copied or (named and _what(one, other) >= WHAT)):
        return False
    return likeness(one, other) >= (SAME_OTHER_DAY if another_day else SAME)


def likeness(one: Weighed, other: Weighed) -> float:
    """Say how alike two articles are, 0 to 3: in all they say, in their names, and in who does what in their leads."""
    first, second = _agreement(one, other)
    lead = _what(one, other) * math.sqrt(first * second)
    return _cosine(one.terms, other.terms) + _cosine(one.names, other.names) + lead


def apart(one: Weighed, other: Weighed) -> bool:
    """Tell whether the leads of two articles speak of two places."""
    shares = (_share(one.lead_places, other.all_names), _share(other.lead_places, one.all_names))
    return bool(one.lead_places and other.lead_places) and max(shares) < ELSEWHERE


def _other_day(one: Weighed, other: Weighed) -> bool:
    if one.lead_days and other.lead_days:
        return one.lead_days.isdisjoint(other.terms) and other.lead_days.isdisjoint(one.terms)
    first, second = one.imprint.published, other.imprint.published
    return bool(first and second) and abs((first - second).days) > NEAR  # type: ignore[operator]


def _counts_differ(one: Weighed, other: Weighed) -> bool:
    """Tell whether two leads count the same things otherwise, tolls apart: another stage, price or hour."""
    first, second = _counts(one), _counts(other)
    units = first.keys() & second.keys()
    differ = sum(first[unit].isdisjoint(second[unit]) for unit in units)
    return differ > 1 and differ > len(units) - differ


def _counts(one: Weighed) -> dict[str, set[str]]:
    """Give the numbers in a lead by what they count."""
    counts: dict[str, set[str]] = {}
    for term in one.lead_figures:
        number, _, unit = term[1:].partition("_")
        if unit not in tolls():
            counts.setdefault(unit, set()).add(number)
    return counts


def _what(one: Weighed, other: Weighed) -> float:
    """Give how much of what the leads tell of, names apart, stands in the other article."""
    return math.sqrt(_covered(one.lead_acts, other.terms) * _covered(other.lead_acts, one.terms))


def _figures(one: Weighed, other: Weighed) -> float:
    """Give the share of the figures in the two leads that they have in common."""
    every = one.lead_figures | other.lead_figures
    return len(one.lead_figures & other.lead_figures) / len(every) if every else 1.0


def _agreement(one: Weighed, other: Weighed) -> tuple[float, float]:
    """Give the share of the names in each lead that the other article holds."""
    return _share(one.lead_names, other.all_names), _share(other.lead_names, one.all_names)


def _share(weights: dict[str, float], held: frozenset[str]) -> float:
    """Give the share of the names, by weight, that stand among those held."""
    total = sum(weights.values())
    return sum(bits for name, bits in weights.items() if name in held) / total if total else 0.0


def _covered(weights: dict[str, float], held: dict[str, float]) -> float:
    """Give the share of the terms, by squared weight, that stand among those held."""
    return _dot(weights, held) / (_square(weights) or 1.0)


def _contained(one: Weighed, other: Weighed) -> float:
    """Give how much of the shorter article stands in the other, by squared weight."""
    return _dot(one.terms, other.terms) / (min(_square(one.terms), _square(other.terms)) or 1.0)


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    return _dot(one, other) / (math.sqrt(_square(one) * _square(other)) or 1.0)


def _dot(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(bits * bits for term, bits in one.items() if term in other)


def _square(weights: dict[str, float]) -> float:
    return sum(bits * bits for bits in weights.values())


@cache
def _usual(term: str) -> float:
    """Give the bits of a term in the French press at large; a name tells no more than its ordinary word."""
    common = _common()
    bits = float(common.get(term, RARE))
    if term[0] in NAME + GIVEN:
        bits = min(bits, common.get(term[1 : STEM + 1], RARE), EVERYDAY if term[1:] in _everyday() else RARE)
    return bits


@cache
def tolls() -> frozenset[str]:
    """Give what a toll counts: the dead, houses, cases."""
    return frozenset(data("events")["tolls"].split())


@cache
def _common() -> dict[str, int]:
    return {term: int(bits) for bits, terms in data("common")["bits"].items() for term in terms.split()}


@cache
def _everyday() -> frozenset[str]:
    return frozenset(data("events")["everyday_names"].split())
