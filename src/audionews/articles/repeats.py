"""What the day's other pages say of a line: an announcement recurs, and opens another article of its source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import NamedTuple

from audionews.articles import boundary
from audionews.articles.clean import OWN, fingerprint, letters, look
from audionews.model import Article, Label, Line

SHORTEST = 24  # letters and figures: what is shorter may recur by chance
INDEXED = 40  # letters and figures by which lines are looked up
CROWD = 60  # places looked at of a line that stands on every page
SLOGAN_WORDS = 25
SLOGAN_PAGES = 3

# Log odds that a line announces another article.
LEADS = 6.0  # it opens another article of the source
RECURS = 3.0  # it stands on the page of another article
RECURS_OFTEN = 4.5  # … of several, or it is told for an announcement there
SHARED = -6.0  # another crawl of the same article holds it as text
ALONE = 2.0  # other crawls of the same article do not hold it
WAS_TEASER = 3.0  # the page alone told so: its typing, repaired since, may have shown a cut
WAS_OWN = -1.0


class _Place(NamedTuple):
    page: int
    line: int


def relabel(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Correct the labels of pages by what the other pages of the day hold.

    A line of the text becomes an announcement when it recurs at the end of other articles' pages of the same source,
    or opens one of them, and nothing in the page speaks against it. A text printed by several sites, or crawled
    several times, is the text of each.

    Args:
        articles: the day's articles, of all sources.

    Returns:
        The articles in the same order; those that changed with their new id.
    """
    return _Day(articles).corrected()


class _Day:
    """The pages of a day, their lines indexed by how they begin."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles
        self.keys = [[letters(line.text) for line in article.lines] for article in articles]
        self.first = [_first(article) for article in articles]
        self.index: defaultdict[str, list[_Place]] = defaultdict(list)
        places = [_Place(page, line) for page, keys in enumerate(self.keys) for line in range(len(keys))]
        for place in sorted(places, key=lambda one: one.line != self.first[one.page]):  # openings first
            self.index[self.keys[place.page][place.line][:INDEXED]].append(place)
        self.story = self._stories()
        self.crawls = Counter(self.story)

    def corrected(self) -> tuple[Article, ...]:
        return tuple(self._corrected(page) for page in range(len(self.articles)))

    def _stories(self) -> list[int]:
        """Give each page the number of its story: pages of one text have the same."""
        parent = list(range(len(self.articles)))

        def root(page: int) -> int:
            while parent[page] != page:
                parent[page] = parent[parent[page]]
                page = parent[page]
            return page

        openings: defaultdict[str, list[int]] = defaultdict(list)
        pairs: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        own = [
            [key for key, line in zip(keys, article.lines, strict=True) if line.label in OWN]
            for keys, article in zip(self.keys, self.articles, strict=True)
        ]
        for page, keys in enumerate(own):
            for pair in pairwise(keys):
                pairs[pair].append(page)
            if keys and len(keys[0]) >= SHORTEST:
                openings[keys[0]].append(page)
        # A site may set a line above every text: it is by two paragraphs in a row that a text is known again.
        for page, keys in enumerate(own):
            for other in pairs[keys[0], keys[1]] if len(keys) > 1 else openings.get(keys[0], ()) if keys else ():
                parent[root(other)] = root(page)
        return [root(page) for page in range(len(self.articles))]

    def _corrected(self, page: int) -> Article:
        article = self.articles[page]
        found = [self._elsewhere(page, at) for at in range(len(article.lines))]
        hints = [self._hint(page, at, places) for at, places in enumerate(found)]
        lines = article.lines
        if any(_speaks(line.label, hint) for line, hint in zip(lines, hints, strict=True)):
            lines = self._moved(page, hints)
        lines = self._without_slogans(page, lines, found)
        if lines == article.lines:
            return article
        return replace(article, lines=lines, id=fingerprint([line.text for line in lines if line.label in OWN]))

    def _elsewhere(self, page: int, at: int) -> list[_Place]:
        """Give the places of other pages that hold a line, whole or cut."""
        key = self.keys[page][at]
        if not key or self.articles[page].lines[at].label not in OWN | {Label.TEASER}:
            return []
        held = (one for one in self.index[key[:INDEXED]] if one.page != page)
        return [one for one in islice(held, CROWD) if _same(key, self.keys[one.page][one.line])]

    def _hint(self, page: int, at: int, places: Sequence[_Place]) -> float:
        line, article = self.articles[page].lines[at], self.articles[page]
        if line.label not in OWN | {Label.TEASER} or at == self.first[page] or len(self.keys[page][at]) < SHORTEST:
            return 0.0
        story = self.story[page]
        here = [one for one in places if self.story[one.page] == story]
        foreign = [
            one for one in places if self.story[one.page] != story and self.articles[one.page].source == article.source
        ]
        if foreign:
            return self._foreign_hint(foreign)
        if any(self.articles[one.page].lines[one.line].label in OWN for one in here):
            return SHARED
        return ALONE if self.crawls[story] > 1 and not here else 0.0

    def _foreign_hint(self, places: Sequence[_Place]) -> float:
        """Weigh that a line stands on pages of other articles of its source."""
        if any(one.line == self.first[one.page] for one in places):
            return LEADS
        announced = any(self.articles[one.page].lines[one.line].label is Label.TEASER for one in places)
        return RECURS_OFTEN if announced or len({self.story[one.page] for one in places}) > 1 else RECURS

    def _moved(self, number: int, hints: Sequence[float]) -> tuple[Line, ...]:
        """Find the end of the article again, with the hints; give the lines with their labels."""
        article = self.articles[number]
        before = [{Label.TEASER: WAS_TEASER, Label.BODY: WAS_OWN}.get(line.label, 0.0) for line in article.lines]
        known = [hint + was for hint, was in zip(hints, before, strict=True)]
        page = look([line.text for line in article.lines])
        stop = boundary.end(page, article.title, max(0, self.first[number]), known)
        while stop < len(page) and not (hints[stop] > 0 and article.lines[stop].label in OWN):
            stop += 1  # nothing leaves the text that is not seen elsewhere, or stands below what is
        return tuple(_at(line, at, stop, hints[at]) for at, line in enumerate(article.lines))

    def _without_slogans(
        self, page: int, lines: tuple[Line, ...], found: Sequence[Sequence[_Place]]
    ) -> tuple[Line, ...]:
        """Take the lines that a site prints above or below every text out of the text."""
        own = [at for at, line in enumerate(lines) if line.label in OWN]
        changed = list(lines)
        for side in (0, -1) if len(own) > 1 else ():
            line = lines[own[side]]
            stories = {self.story[one.page] for one in found[own[side]] if self._stands(one, side, self.articles[page])}
            if len(stories - {self.story[page]}) >= SLOGAN_PAGES and len(line.text.split()) <= SLOGAN_WORDS:
                reason = "ligne répétée sur les pages de la source"
                changed[own[side]] = replace(line, label=Label.BOILERPLATE, reason=reason)
        return tuple(changed)

    def _stands(self, place: _Place, side: int, article: Article) -> bool:
        """Tell whether a place is the first (0) or last (-1) line of the text of a page of the same source."""
        other = self.articles[place.page]
        own = [at for at, line in enumerate(other.lines) if line.label in OWN]
        return other.source == article.source and bool(own) and own[side] == place.line


def _speaks(label: Label, hint: float) -> bool:
    """Tell whether a hint is against a label."""
    return (label in OWN and hint > 0) or (label is Label.TEASER and hint < 0)


def _at(line: Line, at: int, stop: int, hint: float) -> Line:
    """Label a line again after the article's end has moved."""
    if at >= stop and line.label in OWN:
        seen = "vue sur d’autres pages" if hint > 0 else "sous une autre"
        return replace(line, label=Label.TEASER, reason=f"annonce d’un autre article, {seen}")
    if line.label is Label.TEASER and hint < 0:
        return replace(line, label=Label.BODY, reason="le texte de l’article, d’après ses autres copies")
    return line


def _same(one: str, other: str) -> bool:
    """Tell whether two lines are the same, one of them perhaps cut."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= INDEXED and long.startswith(short))


def _first(article: Article) -> int:
    return next((at for at, line in enumerate(article.lines) if line.label in OWN), -1)
