"""Announcements of other articles that may stand as briefs of their own: whole, and dated."""

from __future__ import annotations

import re
from datetime import date

from audionews.articles.clean import WHOLE, fingerprint
from audionews.french.dates import DAYS, MONTHS
from audionews.model import Article, Label, Line

YEARS = range(-1, 4)  # around the year of the page: other articles are older or newer, in the end the crawl's
SHORTEST = 8  # words: less is a title

_MONTH = "|".join(MONTHS)
_DATE = re.compile(
    rf"(?:\b(?P<name>{'|'.join(DAYS)})\s)?(?P<day>\d{{1,2}})(?:er)?\s(?P<month>{_MONTH})(?:\s(?P<year>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)


def teaser_articles(article: Article) -> tuple[Article, ...]:
    """Make an article of each announcement on a page that is whole and says its date.

    Args:
        article: a labelled page, of a source whose announcements the station lets be used.

    Returns:
        The articles, each of one paragraph, without title or address: what is known of them is their text, their
        date and the page they stand on. Those a site cut, and those whose day is not certain, are left out.
    """
    found: list[Article] = []
    for line in article.lines:
        if line.label is not Label.TEASER or not line.reason.startswith(WHOLE) or len(line.text.split()) < SHORTEST:
            continue
        if day := dated(line.text, article.published):
            body = Line(line.text, Label.BODY, "annonce entière et datée, sur la page d’un autre article")
            origin = f"{article.origin} (annonce {len(found) + 1})"
            found.append(
                Article(
                    id=fingerprint([line.text]),
                    lines=(body,),
                    published=day,
                    source=article.source,
                    origin=origin,
                    rights=article.rights,
                )
            )
    return tuple(found)


def dated(text: str, page: date | None) -> date | None:
    """Find the day a text tells of.

    Args:
        text: a few sentences.
        page: the date of the page it stands on, if known.

    Returns:
        The latest date in it; None when it has none, or one whose year is neither printed nor certain by its weekday.
    """
    days = [_day(found, page) for found in _DATE.finditer(text)]
    certain = [day for day in days if day is not None]
    return max(certain) if certain and len(certain) == len(days) else None


def _day(found: re.Match[str], page: date | None) -> date | None:
    """Give the calendar day of a printed date; without a year, the one year near the page's whose weekday fits."""
    month = MONTHS.index(found["month"].lower()) + 1
    if found["year"]:
        years = [int(found["year"])]
    elif found["name"] and page:
        years = [page.year + distance for distance in YEARS]
    else:
        return None
    fitting = [day for year in years if (day := _date(year, month, int(found["day"]))) and _fits(day, found["name"])]
    return fitting[0] if len(fitting) == 1 else None


def _fits(day: date, name: str | None) -> bool:
    return name is None or DAYS[day.weekday()] == name.lower()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
