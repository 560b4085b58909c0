"""An article → the whole sentences of it that are read on air. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from audionews.condense.alone import OPENS_QUOTED, is_whole, stands_alone, without_quotations
from audionews.condense.features import FIRST_PERSON, NAMES, content, measure
from audionews.condense.source import body as body_of
from audionews.french import dates, sentences
from audionews.model import Article, Sentence

__all__ = ["condense", "rank", "stands_alone"]

NOT_NARRATED = re.compile(rf"{FIRST_PERSON.pattern}|[?!]", re.IGNORECASE)  # nobody on air says these
CURT = 8  # words: less means little without the sentence before it ("Aucun décès n’a été enregistré.")
TOO_SHORT = 5  # words: less is a heading or a comment
TOO_LONG = 45  # words: beyond this a sentence is lost at first hearing
REPETITION = 0.6  # taken off the score of a sentence that says nothing new
LEANING = 0.03  # taken off one that is only understood after the sentence before it


@dataclass(frozen=True, slots=True)
class _Candidate:
    at: int  # its place among the article's sentences
    text: str
    words: int
    score: float
    content: frozenset[str]


def condense(article: Article, budget_words: int, day: date | None = None) -> tuple[Sentence, ...]:
    """Choose the sentences of an article that tell it best within a budget.

    Args:
        article: its body is used, and its title to know what matters.
        budget_words: the words the ear hears, at most; exceeded only when a single sentence is returned.
        day: the day of the bulletin; relative dates are true only when the article is of that day.

    Returns:
        Whole sentences of the repaired body, in the article's order, the first of which stands alone; () when
        none can be used.
    """
    sources = body_of(article)
    body = tuple(one.text for one in sources)
    same_day = day is not None and article.published == day
    usable = _usable(body, rank(body, article.title), same_day)
    short = [one for one in usable if one.words <= TOO_LONG]
    chosen = _choose(short, body, budget_words) or _choose(usable, body, budget_words)
    if not chosen:
        chosen = _least(short) or _least(usable)
    return tuple(Sentence(one.text, (sources[one.at].span(),)) for one in chosen)


def body_sentences(article: Article) -> tuple[str, ...]:
    """Give the sentences of an article's body, its typography repaired."""
    return tuple(one.text for one in body_of(article))


def rank(body: Sequence[str], title: str = "") -> tuple[float, ...]:
    """Score each sentence: what part of a human summary it is expected to give.

    Args:
        body: all sentences of the article, in order.
        title: its title, "" when unknown.

    Returns:
        One score a sentence: the expected mean of ROUGE-1, -2 and -L F1 (0 to 1) against an editor's abstract.
    """
    bias, weights = _ranker()
    rows = measure(body, title)
    return tuple(bias + sum(w * value for w, value in zip(weights, row, strict=True)) for row in rows)


@cache
def _ranker() -> tuple[float, tuple[float, ...]]:
    text = resources.files("audionews.condense").joinpath("data/ranker.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return float(table["bias"]), tuple(float(table["weights"][name]) for name in NAMES)


def _usable(body: Sequence[str], scores: Sequence[float], same_day: bool) -> list[_Candidate]:
    """Give the sentences that may be read at all, wherever they stand."""
    return [
        _Candidate(at, text, sentences.words(text), score, frozenset(content(text)))
        for at, (text, score) in enumerate(zip(body, scores, strict=True))
        if at not in _inside_quotation(body)
        and is_whole(text)
        and sentences.words(text) >= TOO_SHORT
        and not NOT_NARRATED.search(without_quotations(text))
        and (same_day or not dates.is_relative(text))
    ]


def _inside_quotation(body: Sequence[str]) -> frozenset[int]:
    """Find the sentences within a quotation that one sentence opens and a later one closes."""
    inside: set[int] = set()
    opened = -1
    for at, text in enumerate(body):
        if opened >= 0 and text.count("»") > text.count("«"):
            inside |= set(range(opened, at + 1))
            opened = -1
        elif text.count("«") > text.count("»"):
            opened = at
    return frozenset(inside)


def _choose(candidates: list[_Candidate], body: Sequence[str], budget: int) -> list[_Candidate]:
    """Add the best sentence that fits and is understood where it would stand, until none is left.

    The article's own opening comes first whenever it stands alone: the press says there what is new, and what
    follows ("le bilan", "le choc") is told to those who have read it.
    """
    chosen = [one for one in candidates[:1] if one.at == 0 and one.words <= budget and _is_understood([one], body)]
    left = candidates[len(chosen) :]
    while left:
        room = budget - sum(one.words for one in chosen)
        fitting = [one for one in left if one.words <= room]
        ordered = sorted(fitting, key=lambda one: (-_gain(one, chosen), one.at))
        for one in ordered:
            whole = sorted([*chosen, one], key=lambda other: other.at)
            if _is_understood(whole, body):
                chosen = whole
                left.remove(one)
                break
        else:
            return chosen
    return chosen


def _gain(one: _Candidate, chosen: list[_Candidate]) -> float:
    said = frozenset[str]().union(*(other.content for other in chosen))
    repeated = len(one.content & said) / max(1, len(one.content))
    leaning = 0.0 if stands_alone(one.text, tuple(other.text for other in chosen if other.at < one.at)) else LEANING
    return one.score - REPETITION * repeated * abs(one.score) - leaning


def _is_understood(chosen: list[_Candidate], body: Sequence[str]) -> bool:
    """Tell whether each sentence stands alone, or follows the very sentence it leans on in the article."""
    before: list[_Candidate] = []
    for one in chosen:
        said = tuple(other.text for other in before)
        follows = bool(before) and before[-1].at == one.at - 1
        alone = stands_alone(one.text, said) and (one.words >= CURT or one.at == 0)
        if not alone and not (follows and not OPENS_QUOTED.match(one.text)):
            return False
        before.append(one)
    return bool(body)


def _least(candidates: list[_Candidate]) -> list[_Candidate]:
    """Give the shortest sentence that stands alone, for a budget that none fits."""
    alone = [one for one in candidates if stands_alone(one.text)]
    return [min(alone, key=lambda one: (one.words, one.at))] if alone else []
