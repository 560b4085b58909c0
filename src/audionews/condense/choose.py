"""An article → the sentences of it that are read on air. Pure, but for the parser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from audionews.condense.alone import stands_alone
from audionews.condense.context import Context
from audionews.condense.features import Worth, small
from audionews.condense.options import Option, are_understood, options
from audionews.condense.rank import rank, ranker
from audionews.condense.search import Story, field, filled, grown
from audionews.condense.source import body as body_of
from audionews.model import Article, Sentence

__all__ = ["body_sentences", "condense", "rank", "stands_alone"]

TELLING = 0.5  # share of the best sentence's worth that another must have where the budget need not be filled
CORE = 80  # words: no longer story is looked for, what is beyond is filled up


def always(_: Sentence) -> bool:
    """Allow every sentence."""
    return True


def condense(
    article: Article,
    budget_words: int,
    day: date | None = None,
    *,
    allow: Callable[[Sentence], bool] = always,
    said: Sequence[str] = (),
    fill: bool = True,
) -> tuple[Sentence, ...]:
    """Choose and shorten the sentences of an article that tell it best within a budget.

    Args:
        article: its body is used, and its title to know what matters.
        budget_words: the words the ear hears, at most; exceeded only when no sentence of it fits, and then by one.
        day: the day of the bulletin; None when unknown.
        allow: refuses a sentence that must not be said; the next best takes its place.
        said: what listeners have heard of this event: it is not said again, and () is given when nothing is new.
        fill: fill the budget; otherwise stop where more words would add little.

    Returns:
        Sentences in the article's order, the first of which stands alone; () when none can be used. Their ranks are
        0 for the first, and then the order in which they may leave, the highest first.

    Raises:
        AudionewsError: the parser's model is not installed.
    """
    sources = body_of(article)
    worth = ranker().weigh([one.text for one in sources], article.title)
    context = Context(sources, article.title, article.published, day)
    choice = options(sources, worth, context, wanted(budget_words), allow, said, 0.0 if fill else TELLING)
    story = best(choice, worth, budget_words, fill=fill)
    return ranked(story, worth)


def wanted(budget: int) -> int:
    """Give how many printed sentences are enough to choose from for a budget in words."""
    return max(6, budget // 8)


def best(choice: Sequence[Option], worth: Worth, budget: int, *, fill: bool = False) -> Story:
    """Give the best story that can be made of some options.

    Args:
        choice: the ways sentences may be said.
        worth: of the article.
        budget: words, at most.
        fill: fill the budget.

    Returns:
        Its options in the article's order; the shortest one that stands alone when none fits; () when none does.
    """
    laid = field(choice, worth)
    chosen = grown(laid, min(budget, CORE))
    if chosen:
        return filled(laid, chosen, budget) if fill else chosen
    alone = [one for one in choice if stands_alone(one.sentences[0].text)]
    return tuple(sorted(alone, key=lambda one: (one.words, one.at))[:1])


def ranked(story: Story, worth: Worth) -> tuple[Sentence, ...]:
    """Give a story's sentences with the order in which they may leave.

    What leaves first is the sentence without which the rest, still understood, is expected to tell most.
    """
    ranks: dict[tuple[int, int], int] = {}
    left = story
    for number in range(sum(len(one.sentences) for one in story) - 1, 0, -1):
        shorter = [(at, _without(left, at)) for at in range(len(left)) if at or len(left[0].sentences) > 1]
        whole = [one for one in shorter if are_understood(one[1])] or shorter[-1:]
        at, rest = max(whole, key=lambda one: sum(worth.expected(_tokens(one[1]))))
        ranks[left[at].at, len(left[at].sentences) - 1] = number
        left = rest
    return tuple(
        replace(one, rank=ranks.get((option.at, at), 0)) for option in story for at, one in enumerate(option.sentences)
    )


def body_sentences(article: Article) -> tuple[str, ...]:
    """Give the sentences of an article's body, its typography repaired."""
    return tuple(one.text for one in body_of(article))


def _without(story: Story, at: int) -> Story:
    """Take the last sentence of an option out of a story."""
    kept = (story[at].without_last(),) if len(story[at].sentences) > 1 else ()
    return story[:at] + kept + story[at + 1 :]


def _tokens(story: Story) -> list[str]:
    return [word for one in story for word in small(one.text)]
