"""The templates of the pages and of the feed's notes: the station's own first, then ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from audionews.french.dates import spell
from audionews.french.typography import typeset
from audionews.model import Credit, Episode
from audionews.station import Identity, Station

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_FIRST = re.compile(r"\b1er\b")


def environment(station: Station) -> Environment:
    """Give the Jinja environment of a station: a missing value is an error, and every value is escaped.

    Each template is read and compiled once in the life of the program: thousands of pages are made from it.
    """
    return _environment(station.folder)


@cache
def _environment(folder: Path) -> Environment:
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder / "templates"), PackageLoader("audionews.templates", "")]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(
        clock=clock, spoken_length=spoken_length, length_in_words=length_in_words, weight=weight, day=day, web=web
    )
    made.filters.update(sup=sup, wrapping=wrapping)
    return made


def page(name: str, station: Station, root: str, address: str, values: Mapping[str, Any]) -> str:
    """Render a page.

    Args:
        name: of the template under ``site/``.
        station: who speaks.
        root: way from the page to the site's folder: ``"../../"``, or nothing.
        address: of the page, relative to the site.
        values: what the template shows beside these.
    """
    template = environment(station).get_template(f"site/{name}.html.j2")
    return template.render(station=printed(station.identity), root=root, address=address, **values)


@cache
def printed(identity: Identity) -> Identity:
    """Give a station's name, description and copyright the typography of a French page."""
    return replace(
        identity,
        name=typeset(identity.name),
        description=typeset(identity.description),
        copyright=typeset(identity.copyright),
    )


def source(made: Environment, name: str) -> str:
    """Give a file of the templates as it stands: style sheet, script."""
    from jinja2 import TemplateNotFound

    if made.loader is None:
        raise TemplateNotFound(name)
    return made.loader.get_source(made, name)[0]


def clock(ms: int) -> str:
    """Write a place in the sound as on a display: ``78000`` → ``"1:18"``, hours only when there are any."""
    seconds = ms // 1000
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}"


def spoken_length(ms: int) -> str:
    """Write a length as prose: ``575000`` → ``"9 min 35 s"``, with no-break spaces."""
    minutes, seconds = divmod(ms // 1000, 60)
    parts = [f"{minutes}\u00a0min"] if minutes else []
    return "\u00a0".join([*parts, f"{seconds}\u00a0s"] if seconds or not minutes else parts)


def length_in_words(ms: int) -> str:
    """Write a length for the ear: ``575000`` → ``"9 minutes 35 secondes"``; a screen reader spells "min" and "s"."""
    counts = zip(divmod(ms // 1000, 60), ("minute", "seconde"), strict=True)
    parts = [f"{count}\u00a0{word}{'s' if count > 1 else ''}" for count, word in counts if count]
    return " ".join(parts) or "0\u00a0seconde"


def weight(size: int) -> str:
    """Write a number of bytes as prose: ``6910000`` → ``"6,9 Mo"``, ``43000`` → ``"43 ko"``; no-break spaces."""
    if size < 100_000:
        return f"{-(-size // 1000)}\u00a0ko"
    return f"{size / 1_000_000:.1f}\u00a0Mo".replace(".", ",")


def day(moment: date | datetime) -> str:
    """Write a day in full: ``"samedi 7 juin 2025"``."""
    return _day(moment.date() if isinstance(moment, datetime) else moment)


@lru_cache(4096)
def _day(one: date) -> str:
    name, number, month, year = spell(one).split(" ")
    return f"{name} {number}\u00a0{month} {year}"  # as `typeset` would, which takes the time of a hundred of these


def moment(when: datetime, station: Station) -> str:
    """Write a moment in the station's zone to the minute: ``"7 juin 2025 à 7 h 00"``."""
    local = when.astimezone(ZoneInfo(station.identity.timezone))
    return f"{_date(local.date())} à {local.hour}\u00a0h\u00a0{local.minute:02d}"


def told(when: datetime, station: Station, since: date | None = None, brief: bool = False) -> str:
    """Write a moment in the station's zone as one says it: ``"le 7 juin 2025 à 7 h"``.

    Args:
        when: the moment.
        station: whose zone.
        since: a day that the reader has in mind: in its year no year is said.
        brief: and on that day only the hour.
    """
    local = when.astimezone(ZoneInfo(station.identity.timezone))
    minutes = f"\u00a0{local.minute:02d}" if local.minute else ""
    at = f"à {local.hour}\u00a0h{minutes}"
    if brief and since == local.date():
        return at
    written = _date(local.date())
    return f"le {written.rpartition(' ')[0] if since and since.year == local.year else written} {at}"


def _date(one: date) -> str:
    return _day(one).partition(" ")[2]


def sup(text: str) -> Markup:
    """Escape a text and raise the letters of the first of the month: ``"1er juin"`` → ``1<sup>er</sup> juin``."""
    from markupsafe import Markup
    from markupsafe import escape as safely

    safe = safely(text)
    return Markup(_FIRST.sub("1<sup>er</sup>", safe)) if "1er" in safe else safe  # noqa: S704 - escaped just before


def wrapping(address: str) -> Markup:
    """Escape an address and let it break after each slash, where a line is too short for it."""
    from markupsafe import Markup

    return Markup(re.sub(r"/(?=[^/])", "/<wbr>", escape(address)))  # noqa: S704 - escaped just before


def web(address: str) -> str:
    """Give an address if it is one of the web, else nothing: no other scheme may stand in a link."""
    return address if address[:8].lower().startswith(("http://", "https://")) else ""


def notes(episode: Episode, station: Station, limit: int = 4000) -> str:
    """Write the show notes of the feed as HTML: time codes, titles, sources.

    Args:
        episode: the episode.
        station: who speaks.
        limit: bytes; directories cut longer notes (feed.md, section 2). Last stories are left to the page.
    """
    from markupsafe import Markup

    template = environment(station).get_template("site/notes.html.j2")
    starts = {one.story: one.start_ms for one in episode.chapters if one.story}
    stories = [_story(one, starts) for one in episode.credits]
    text = ""
    for shown in range(len(stories), -1, -1):
        text = template.render(
            episode=episode,
            station=station.identity,
            stories=Markup("\n".join(stories[:shown])),  # noqa: S704 - each text was escaped
            left=len(stories) - shown,
            page=f"{station.identity.url}/episodes/{episode.id}/",
        ).strip()
        if len(text.encode()) <= limit:
            break
    return text


def _story(credit: Credit, starts: Mapping[str, int]) -> str:
    """Write a line of the notes: when, what, and a link to where it comes from."""
    at = f"{clock(starts[credit.story])}&nbsp;– " if credit.story in starts else ""
    name, url = escape(credit.source, quote=False), web(credit.url)
    linked = f'<a href="{escape(url)}">{name or "source"}</a>' if url else name
    return f"<li>{at}{escape(credit.title, quote=False)}{f' ({linked})' if linked else ''}</li>"
