"""Options → the story expected to tell most: grown sentence by sentence, within the budget. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from audionews.condense.features import EXPECTED, UNKNOWN_WORTH, Worth, content, small
from audionews.condense.options import Option, are_understood

WIDTH = 6  # stories that are grown at each step
REPEATED = 0.7  # share of a sentence's matter that was said already: it is not said again

Story = tuple[Option, ...]


@dataclass(frozen=True)
class Field:
    """All options of an article at once: which words and pairs each holds, and what these are worth."""

    options: Sequence[Option]
    words: Any  # (options, words): whether it holds it
    pairs: Any  # (options, pairs)
    words_worth: Any
    pairs_worth: Any
    sizes: Any  # tokens of each option
    matter: Sequence[frozenset[str]]  # of each option


@dataclass(frozen=True)
class _Grown:
    """A story on its way."""

    chosen: tuple[int, ...]  # options, in the article's order
    words: Any
    pairs: Any
    size: int  # tokens
    matter: frozenset[str]


def field(options: Sequence[Option], worth: Worth) -> Field:
    """Lay out the ways an article's sentences may be said.

    Args:
        options: in the article's order.
        worth: of the article.

    Returns:
        What `grown` and `filled` choose from.
    """
    import numpy as np

    own = [small(one.text) for one in options]
    places: dict[str, int] = {}
    couples: dict[tuple[str, str], int] = {}
    for one in own:
        for word in one:
            places.setdefault(word, len(places))
        for pair in pairwise(one):
            couples.setdefault(pair, len(couples))
    words = np.zeros((len(own), len(places)), bool)
    pairs = np.zeros((len(own), len(couples)), bool)
    for at, one in enumerate(own):
        words[at, [places[word] for word in one]] = True
        pairs[at, [couples[pair] for pair in pairwise(one)]] = True
    return Field(
        options,
        words,
        pairs,
        np.array([worth.words.get(word, UNKNOWN_WORTH) for word in places], np.float32),
        np.array([worth.pairs.get(pair, 0.0) for pair in couples], np.float32),
        np.array([len(one) for one in own]),
        [content(one.text) for one in options],
    )


def grown(choice: Field, budget: int) -> Story:
    """Give the most promising story of any length within a budget.

    Args:
        choice: the ways sentences may be said.
        budget: words, at most.

    Returns:
        One that is understood and does not repeat itself; () when none fits.
    """
    found: dict[tuple[int, ...], float] = {}
    beam = [_start(choice)]
    while beam:
        steps = sorted(
            (-score, added, at) for at, one in enumerate(beam) for score, added in _steps(choice, one, budget, EXPECTED)
        )
        parents, beam = beam, []
        for loss, added, at in steps:
            one = _with(choice, parents[at], added)
            if one.chosen not in found and are_understood([choice.options[each] for each in one.chosen]):
                found[one.chosen] = -loss
                beam.append(one)
                if len(beam) == WIDTH:
                    break
    best = min(found, key=lambda chosen: (-found[chosen], chosen), default=())
    return tuple(choice.options[at] for at in best)


def filled(choice: Field, story: Story, budget: int) -> Story:
    """Add to a story what tells most, as long as anything fits that is understood and new.

    Args:
        choice: the ways sentences may be said.
        story: what is said already.
        budget: words, at most.

    Returns:
        The longer story.
    """
    one = _start(choice)
    for option in story:
        one = _with(choice, one, choice.options.index(option))
    while True:
        for _, added in sorted(_steps(choice, one, budget, max(EXPECTED, budget)), reverse=True):
            longer = _with(choice, one, added)
            if are_understood([choice.options[each] for each in longer.chosen]):
                one = longer
                break
        else:
            return tuple(choice.options[at] for at in one.chosen)


def _start(choice: Field) -> _Grown:
    import numpy as np

    nothing = np.zeros(choice.words.shape[1], bool), np.zeros(choice.pairs.shape[1], bool)
    return _Grown((), *nothing, 0, frozenset())


def _with(choice: Field, one: _Grown, added: int) -> _Grown:
    """Give a story with an option more."""
    return _Grown(
        tuple(sorted((*one.chosen, added))),
        one.words | choice.words[added],
        one.pairs | choice.pairs[added],
        one.size + int(choice.sizes[added]),
        one.matter | choice.matter[added],
    )


def _steps(choice: Field, one: _Grown, budget: int, length: int) -> list[tuple[float, int]]:
    """Give each option that may be added, with the expected ROUGE-1 and -2 F1 then, the abstract of that length."""
    used = {choice.options[at].at for at in one.chosen}
    room = budget - sum(choice.options[at].words for at in one.chosen)
    size = one.size + choice.sizes
    words = (choice.words | one.words) @ choice.words_worth
    pairs = (choice.pairs | one.pairs) @ choice.pairs_worth
    scores = 2 * words / (size + length) + 2 * pairs / (size + length - 2)
    return [
        (float(scores[at]), at)
        for at, option in enumerate(choice.options)
        if option.words <= room
        and option.at not in used
        and len(choice.matter[at] & one.matter) <= REPEATED * len(choice.matter[at])
    ]
