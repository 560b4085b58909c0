"""Which events matter today: importance, freshness, diversity, the station’s weights; each choice is explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from audionews.french.sentences import split
from audionews.model import Article, Event
from audionews.script.places import place
from audionews.script.themes import LIGHT, fold, gravity, theme, weight
from audionews.station import Ranking

OPENING = 4  # sentences that say what an article is about
THEME_OPENING = 10  # and by whose words its theme is told
AGAIN_THEME = 1.2  # taken off an event for each one of its theme that is already in
AGAIN_PLACE = 0.5  # and for each one of its place


@dataclass(frozen=True, slots=True)
class Ranked:
    """An event with what the newsroom thinks of it."""

    event: Event
    theme: str
    gravity: int
    place: str
    score: float
    why: str  # French

    @property
    def article(self) -> Article:
        """The article that is told."""
        return self.event.articles[0]

    @property
    def light(self) -> bool:
        """Sport and culture, which close a bulletin."""
        return self.theme in LIGHT and self.gravity == 0


def rank(events: Iterable[Event], day: date, ranking: Ranking) -> tuple[Ranked, ...]:
    """Score each event on its own; those a station gives no weight are left out.

    Args:
        events: the day's events.
        day: of the bulletin.
        ranking: the station's weights.

    Returns:
        The events, best first.
    """
    found = (_ranked(event, day, ranking) for event in events)
    return tuple(sorted(filter(None, found), key=lambda one: (-one.score, one.article.title, one.article.id)))


def varied(ranked: Iterable[Ranked]) -> Iterator[Ranked]:
    """Give the events one by one: each time the best one, counting what is already in."""
    left = list(ranked)
    themes: Counter[str] = Counter()
    places: Counter[str] = Counter()
    while left:
        # A far lower one never wins by variety alone: the first twenty are enough to choose among.
        best = max(
            left[:20], key=lambda one: one.score - AGAIN_THEME * themes[one.theme] - AGAIN_PLACE * places[one.place]
        )
        left.remove(best)
        themes[best.theme] += 1
        places[best.place] += bool(best.place)
        yield best


def _ranked(event: Event, day: date, ranking: Ranking) -> Ranked | None:
    article = event.articles[0]
    told = tuple(one for paragraph in article.body[:THEME_OPENING] for one in split(paragraph))[:THEME_OPENING]
    opening = told[:OPENING]
    name = theme(article.title, told, article.section)
    grave = gravity((article.title, *opening), name)
    where = place(article.title, " ".join(opening))
    station = _station(ranking, name, where, article.source)
    if station == 0:
        return None
    reasons = [f"gravité {grave}", f"thème {name}"]
    score = 2.0 * grave + weight(name)
    if article.published == day:
        score, reasons = score + 1.0, [*reasons, "du jour"]
    elif article.published and (day - article.published).days == 1:
        score, reasons = score + 0.5, [*reasons, "de la veille"]
    if article.title:
        score += 0.5
    sources = len({one.source for one in event.articles if one.source})
    if sources > 1:
        score, reasons = score + 0.7 * (sources - 1), [*reasons, f"{sources} sources"]
    if event.aired:
        reasons.append(f"déjà annoncé le {event.aired:%d/%m}, avec du nouveau")
    if station != 1:
        reasons.append(f"poids de la station × {station:g}".replace(".", ","))
    return Ranked(event, name, grave, where, round(score * station, 3), ", ".join(reasons))


def _station(ranking: Ranking, name: str, where: str, source: str) -> float:
    """Multiply the station's weights that concern an event."""
    weight = ranking.themes.get(name, 1.0)
    told = fold(where)
    for key, value in ranking.places.items():
        weight *= value if where and fold(key) in told else 1.0
    for key, value in ranking.sources.items():
        weight *= value if fold(key) in fold(source) else 1.0
    return weight
