"""The pages that lead to bulletins: the first one, the archives by month, how to subscribe."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from audionews.french.dates import MONTHS
from audionews.french.typography import typeset
from audionews.model import Episode
from audionews.publish.assets import Assets
from audionews.publish.page import chapters, kept, short_day, sounds
from audionews.publish.render import day, length_in_words, page, spoken_length, told, weight
from audionews.station import Station

if TYPE_CHECKING:
    from markupsafe import Markup

ROWS = 30  # bulletins listed on the first page


@dataclass(frozen=True, slots=True)
class Row:
    """A bulletin in a list."""

    id: str
    name: str  # "Journal du matin"
    date: date
    duration_ms: int
    bytes: int
    corrected: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed one may subscribe to."""

    title: str
    address: str  # relative to the site: "feed.xml", "feed-matin.xml"
    description: str


@dataclass(frozen=True, slots=True)
class App:
    """A link that opens an app at a feed."""

    name: str
    url: str


def index_page(
    latest: Episode | None,
    former: Sequence[Row],
    months: Sequence[str],
    feeds: Sequence[Subscription],
    station: Station,
    files: Assets,
) -> str:
    """Write the first page: the latest bulletin, the former ones by day, the archives, and how to subscribe.

    Args:
        latest: the newest bulletin; None when there is none.
        former: at most `ROWS` others, newest first.
        months: that have an archive page, newest first: ``"2025-06"`` → ``archives/2025-06.html``.
        feeds: the station's, the one of all bulletins first.
        station: who speaks.
        files: what the page loads.
    """
    values: dict[str, Any] = {
        "assets": files,
        "latest": latest,
        "days": days(former, ""),
        "years": years(months),
        "feeds": feeds,
    }
    if latest:
        values |= {
            "sounds": sounds(latest),
            "kept": kept(latest),
            "chapters": chapters(latest, f"episodes/{latest.id}/index.html"),
            "dated": short_day(latest.date),
            "published": told(latest.published, station),
        }
    return page("index", station, "", "", values)


def archive_page(month: str, rows: Sequence[Row], months: Sequence[str], station: Station, files: Assets) -> str:
    """Write the list of a month's bulletins, ``archives/<month>.html``.

    Args:
        month: ``"2025-06"``.
        rows: its bulletins, newest first.
        months: all that have such a page, newest first, this one among them.
        station: who speaks.
        files: what the page loads.
    """
    at = months.index(month)
    values = {
        "assets": files,
        "name": month_name(month),
        "of": f"{'d’' if month_name(month)[0] in 'ao' else 'de '}{month_name(month)}",
        "days": days(rows, "../"),
        "count": len(rows),
        "newer": months[at - 1] if at else "",
        "older": months[at + 1] if at + 1 < len(months) else "",
        "months": months,
        "month_name": month_name,
        "years": years(months),
        "month": month,
    }
    return page("archive", station, "../", f"archives/{month}.html", values)


def subscribe_page(feeds: Sequence[Subscription], station: Station, files: Assets) -> str:
    """Write how to subscribe, ``abonner.html``: the address of each feed as text, and links that open apps."""
    addresses = [f"{station.identity.url}/{one.address}" for one in feeds]
    shown = [(one, address, apps(address, one.title)) for one, address in zip(feeds, addresses, strict=True)]
    return page("subscribe", station, "", "abonner.html", {"assets": files, "feeds": feeds, "shown": shown})


def apps(feed: str, title: str) -> tuple[App, ...]:
    """Give the links by which apps subscribe to a feed.

    Sources: Apple's ``podcast:`` and Pocket Casts' ``pktc:`` take the address without its own scheme, Overcast's
    ``x-callback-url/add`` takes it whole; AntennaPod documents its link at antennapod.org/documentation/podcasters.
    """
    bare, whole = feed.partition("://")[2], quote(feed, safe="")
    return (
        App("Apple Podcasts", f"podcast://{bare}"),
        App("AntennaPod", f"https://antennapod.org/deeplink/subscribe?url={whole}&title={quote(title, safe='')}"),
        App("Pocket Casts", f"pktc://subscribe/{bare}"),
        App("Overcast", f"overcast://x-callback-url/add?url={whole}"),
    )


def days(rows: Sequence[Row], root: str) -> list[tuple[date, Markup]]:
    """Share rows out to their days, in the order given; each day's rows are written."""
    from markupsafe import Markup

    groups = itertools.groupby(rows, key=lambda one: one.date)
    return [(one, Markup("\n".join([_row(row, root) for row in group]))) for one, group in groups]  # noqa: S704


def years(months: Sequence[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Share months out to their years: ``[("2025", [("2025-06", "juin"), …]), …]``."""
    groups = itertools.groupby(months, key=lambda one: one[:4])
    return [(year, [(one, month_name(one).partition(" ")[0]) for one in group]) for year, group in groups]


@lru_cache(1024)
def month_name(month: str) -> str:
    """Write a month: ``"2025-06"`` → ``"juin 2025"``."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


@lru_cache(1024)
def _typeset(name: str) -> str:
    return typeset(name)


def _row(row: Row, root: str) -> str:
    """Write a row: one link, whose name for the ear has the day and the length in words."""
    spoken = day(row.date).rpartition(" ")[0]
    if row.withdrawn:
        shown, ear = "retiré", f", {spoken}, retiré"
    else:
        shown = f"{spoken_length(row.duration_ms)} · {weight(row.bytes)}"
        ear = f", {spoken}, {length_in_words(row.duration_ms)}"
        shown, ear = (f"corrigé · {shown}", f"{ear}, corrigé") if row.corrected else (shown, ear)
    return (
        f'<li><a href="{root}episodes/{escape(row.id)}/index.html"><span>{escape(_typeset(row.name))}'
        f'<span class="ear">{ear}</span></span> <span class="length" aria-hidden="true">{shown}</span></a></li>'
    )
