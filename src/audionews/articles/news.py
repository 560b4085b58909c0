"""Whether an article has something new for those who heard its event told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from audionews.articles.imprint import DAY, FIGURE, NAME, Imprint
from audionews.articles.likeness import Weighed, tolls

NEW = 0.25  # share of the weight of an article that nobody has heard
HELD = 0.8  # share of the weight of an article that a longer one repeats
TELLING = 5.0  # bits: a name or figure rare enough to be news


def has_news(article: Weighed, told: Sequence[Weighed]) -> bool:
    """Tell whether an article of an event says something new.

    New is another toll, a later day of which it tells, or the same text gone on with new names and figures. Another
    paper's words for the same facts are not new.

    Args:
        article: an article of the event.
        told: the articles that the event was told from.
    """
    if article.imprint.article in {one.imprint.article for one in told}:
        return False
    known = {term for one in told for term in one.terms}
    fresh = {term: bits for term, bits in article.terms.items() if term not in known}
    telling = [term for term, bits in fresh.items() if term[0] in NAME + FIGURE and bits >= TELLING]
    share = sum(fresh.values()) / (sum(article.terms.values()) or 1.0)
    published, last = article.imprint.published, _last(one.imprint for one in told)
    if published and last and published < max(one.imprint.published or published for one in told):
        return False
    if _toll_changed(article.lead_figures, known, later=bool(published and last and published > last)):
        return True
    if share < NEW:
        return False
    later = any(last and day > last for day in _past_days(article.imprint))
    return later or (len(telling) > 1 and any(_held(one, article) for one in told))


def _toll_changed(figures: Iterable[str], known: Iterable[str], later: bool) -> bool:
    """Tell whether a toll is higher than any that was told; or, in a later article, another one."""
    told: defaultdict[str, list[float]] = defaultdict(list)
    for term in known:
        if term[0] == FIGURE:
            number, unit = _figure(term)
            told[unit].append(number)
    for term in figures:
        number, unit = _figure(term)
        if unit in tolls() and told[unit] and number not in told[unit] and (later or number > max(told[unit])):
            return True
    return False


def _figure(term: str) -> tuple[float, str]:
    number, _, unit = term[1:].partition("_")
    try:
        return float(number.replace(",", ".")), unit
    except ValueError:  # a score
        return 0.0, ""


def _past_days(imprint: Imprint) -> list[date]:
    """Give the days that the lead of an article names, up to the day it was published."""
    days = []
    published = imprint.published
    for term in imprint.lead.split() if published else ():
        if term[0] == DAY and published:
            month, day = map(int, term[1:].split("-"))
            try:
                named = date(published.year - ((month, day) > (published.month, published.day)), month, day)
            except ValueError:  # the 29th of February of another year, or a slip
                continue
            days.append(named)
    return days


def _last(imprints: Iterable[Imprint]) -> date | None:
    """Give the last day that articles knew of."""
    days = [day for one in imprints for day in (*_past_days(one), one.published) if day]
    return max(days, default=None)


def _held(one: Weighed, article: Weighed) -> bool:
    """Tell whether an article repeats another one."""
    return sum(bits for term, bits in one.terms.items() if term in article.terms) >= HELD * sum(one.terms.values())
