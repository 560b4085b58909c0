"""One event, one story: the articles that tell the same event, and whether listeners have heard it before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from audionews.articles.imprint import Imprint, imprint
from audionews.articles.likeness import Rarity, Weighed, apart, likeness, same_event, weigh
from audionews.articles.news import has_news
from audionews.french.dates import spell
from audionews.french.sentences import words
from audionews.model import Article, Event, Remark, Rights

COMMON = 50  # a term that more articles hold than these, and than one in these, finds no candidates
CANDIDATES = 40  # of each article, looked at closely
ENOUGH_WORDS = 60  # an article with fewer is told first only when there is no fuller one
RIGHTS = (Rights.LICENCE, Rights.ACCORD, Rights.CITATION, Rights.UNKNOWN)  # best first


@dataclass(frozen=True, slots=True)
class Aired:
    """A story that was told on air."""

    bulletin: str  # "2025-06-07-matin"
    air: str  # "2025-06-07 07:00"
    title: str
    said: tuple[str, ...]  # the sentences told
    imprints: tuple[Imprint, ...]  # of the event's articles

    @property
    def day(self) -> date:
        """The day of the broadcast."""
        return date.fromisoformat(self.air[:10])


def group(articles: Sequence[Article], known: Iterable[Imprint] = ()) -> tuple[Event, ...]:
    """Put the articles together that tell the same event.

    Args:
        articles: the day's, in the order of the collection.
        known: articles of the last days; they tell which names and words are ordinary here.

    Returns:
        The events, in the order of their first article; in each, first the article to be told: one whose words
        may be taken, full, fresh.
    """
    imprints = [imprint(article) for article in articles]
    rarity = Rarity([one] for one in (*imprints, *known))
    index = _Index(imprints, imprints, rarity)
    pairs = [
        (likeness(index.weighed(at), index.weighed(other)), at, other)
        for at in range(len(imprints))
        for other in index.telling(index.weighed(at))
        if other < at
    ]
    cluster = {at: [at] for at in range(len(articles))}
    for _like, at, other in sorted(pairs, reverse=True):
        mine, theirs = cluster[at], cluster[other]
        # Two events are not made one by an article that is like both.
        if mine is not theirs and not any(apart(index.weighed(a), index.weighed(b)) for a in mine for b in theirs):
            mine += theirs
            cluster |= dict.fromkeys(theirs, mine)
    firsts = [at for at in range(len(articles)) if min(cluster[at]) == at]
    return tuple(Event(tuple(sorted((articles[one] for one in sorted(cluster[at])), key=_first))) for at in firsts)


def against(events: Sequence[Event], aired: Sequence[Aired]) -> tuple[tuple[Event, ...], tuple[Remark, ...]]:
    """Hold the day's events against what was told on air.

    Args:
        events: of the day.
        aired: the stories told in the last days, before this broadcast.

    Returns:
        The events to tell: those heard before and with something new carry the day they were last told and the
        sentences told then, and begin with the article that has the news. And a remark for each one left out.
    """
    stories = [place for place, story in enumerate(aired) for _one in story.imprints]
    old = [one for story in aired for one in story.imprints]
    imprints = [[imprint(article) for article in event.articles] for event in events]
    rarity = Rarity([*imprints, *(story.imprints for story in aired)])
    index = _Index(old, [one for several in imprints for one in several], rarity)
    kept: list[Event] = []
    dropped: list[Remark] = []
    for event, own in zip(events, imprints, strict=True):
        weighed = [weigh(one, rarity) for one in own]
        heard = _heard(weighed, index)
        if not heard:
            kept.append(event)
            continue
        places = {stories[at] for at in heard}
        last = max((aired[place] for place in places), key=lambda story: story.air)
        known = [index.weighed(at) for at, place in enumerate(stories) if place in places]
        fresh = [has_news(one, known) for one in weighed]
        if any(fresh):
            order = sorted(zip(fresh, event.articles, strict=True), key=lambda pair: not pair[0])
            kept.append(replace(event, articles=tuple(one for _, one in order), aired=last.day, said=last.said))
        else:
            day = spell(last.day, year=False)
            first = event.articles[0]
            dropped.append(Remark(first.origin or first.title, f"déjà raconté le {day}, rien de nouveau depuis"))
    return tuple(kept), tuple(dropped)


class _Index:
    """Finds the articles that share rare terms with another, without comparing each with each."""

    def __init__(self, imprints: Sequence[Imprint], queries: Iterable[Imprint], rarity: Rarity) -> None:
        """Index articles by the terms that will be asked for."""
        self._imprints, self._rarity = imprints, rarity
        self._weighed: dict[int, Weighed] = {}
        asked = {term for one in queries for term in one.terms.split()}
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        self._articles: defaultdict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(imprints):
            self._articles[one.article].append(at)
            for term in asked.intersection(one.terms.split()):
                self._holders[term].append(at)
        self._most = max(COMMON, len(imprints) // COMMON)

    def weighed(self, at: int) -> Weighed:
        """Give an indexed article, weighed when it is first needed."""
        if at not in self._weighed:
            self._weighed[at] = weigh(self._imprints[at], self._rarity)
        return self._weighed[at]

    def telling(self, one: Weighed) -> set[int]:
        """Give the articles that tell the same event as one."""
        return {at for at in self.candidates(one.imprint) if same_event(one, self.weighed(at))}

    def candidates(self, one: Imprint) -> tuple[int, ...]:
        """Give the articles most like one, by the rare terms they share; the same article among them."""
        weight: defaultdict[int, float] = defaultdict(float)
        for term in one.terms.split():
            holders = self._holders.get(term, ())
            if len(holders) <= self._most:
                bits = self._rarity.bits(term)
                for at in holders:
                    weight[at] += bits * bits
        best = sorted(weight, key=lambda at: -weight[at])[:CANDIDATES]
        return tuple(dict.fromkeys((*self._articles.get(one.article, ()), *best)))


def _heard(weighed: Sequence[Weighed], index: _Index) -> frozenset[int]:
    """Find the articles of former broadcasts that tell an event, and those that tell theirs."""
    heard = {at for one in weighed for at in index.telling(one)}
    return frozenset(heard.union(*(index.telling(index.weighed(at)) for at in heard)))


def _first(article: Article) -> tuple[int, bool, int, bool, int]:
    """Order the articles of an event: the one to be told first is the least."""
    length = sum(map(words, article.body))
    day = article.published.toordinal() if article.published else 0
    return RIGHTS.index(article.rights), length < ENOUGH_WORDS, -day, not article.title, -length
