"""The templates of the pages and of the feed's notes: the station's own first, then ours."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from audionews.french.dates import spell
from audionews.french.typography import typeset
from audionews.model import Episode
from audionews.station import Station

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(station: Station) -> Environment:
    """Make the Jinja environment: a missing value is an error, and every value is escaped."""
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(station.folder / "templates"), PackageLoader("audionews.templates", "")]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(clock=clock, spoken_length=spoken_length, weight=weight, day=day, web=web)
    return made


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


def weight(size: int) -> str:
    """Write a number of bytes as prose: ``6910000`` → ``"6,9 Mo"``, with a no-break space."""
    return f"{size / 1_000_000:.1f}\u00a0Mo".replace(".", ",")


def day(moment: date | datetime) -> str:
    """Write a day in full: ``"samedi 7 juin 2025"``."""
    return typeset(spell(moment.date() if isinstance(moment, datetime) else moment))


def web(address: str) -> str:
    """Give an address if it is one of the web, else nothing: no other scheme may stand in a link."""
    return address if urlsplit(address).scheme in {"http", "https"} else ""


def notes(episode: Episode, station: Station, limit: int = 4000) -> str:
    """Write the show notes of the feed as HTML: time codes, titles, sources.

    Args:
        episode: the episode.
        station: who speaks.
        limit: bytes; directories cut longer notes (feed.md, section 2). Last stories are left to the page.
    """
    template = environment(station).get_template("site/notes.html.j2")
    starts = {one.story: one.start_ms for one in episode.chapters if one.story}
    text = ""
    for shown in range(len(episode.credits), -1, -1):
        text = template.render(
            episode=episode,
            station=station.identity,
            credits=episode.credits[:shown],
            left=len(episode.credits) - shown,
            starts=starts,
            page=f"{station.identity.url}/episodes/{episode.id}/",
        ).strip()
        if len(text.encode()) <= limit:
            break
    return text
