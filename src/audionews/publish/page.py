"""Episodes → the pages listeners see: static HTML that reads and plays without JavaScript."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from audionews.files import hashed_name
from audionews.french.dates import spell
from audionews.french.typography import typeset
from audionews.model import Caption, Chapter, Credit, Episode, Role
from audionews.publish.cover import ink
from audionews.publish.render import environment, source
from audionews.station import Identity, Station

ROWS = 30  # bulletins listed on the first page


@dataclass(frozen=True, slots=True)
class Assets:
    """Addresses of what the pages load, relative to the site; each name holds a hash of the content."""

    style: str
    player: str
    icon: str
    cover: str


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter of the text: what is said from its start to the next one's, and where it comes from."""

    start_ms: int
    title: str
    paragraphs: tuple[tuple[Caption, ...], ...]
    credits: tuple[Credit, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A former bulletin in the list of the first page."""

    id: str
    name: str
    duration_ms: int


def assets(station: Station, cover: str) -> tuple[Assets, dict[str, bytes]]:
    """Make the files the pages load.

    Args:
        station: whose templates, if any, come first.
        cover: name of the picture in the site.

    Returns:
        Their addresses, and their contents by address.
    """
    made = environment(station)
    texts = {
        "style.css": source(made, "site/style.css"),
        "player.js": source(made, "site/player.js"),
        "icon.svg": made.get_template("site/icon.svg.j2").render(
            station=station.identity, ink="#{:02x}{:02x}{:02x}".format(*ink(station.identity))
        ),
    }
    files = {f"assets/{hashed_name(name, text.encode())}": text.encode() for name, text in texts.items()}
    style, player, icon = files
    return Assets(style, player, icon, cover), files


def episode_page(episode: Episode, station: Station, files: Assets) -> str:
    """Write the page of one bulletin, ``episodes/<id>/index.html``."""
    return (
        environment(station)
        .get_template("site/episode.html.j2")
        .render(
            station=_identity(station),
            assets=files,
            root="../../",
            address=f"episodes/{episode.id}/",
            episode=episode,
            published=moment(episode.published, station),
            sections=sections(episode),
        )
    )


def index_page(episodes: Sequence[Episode], station: Station, files: Assets) -> str:
    """Write the first page: the latest bulletin, the former ones by day, and how to subscribe.

    Args:
        episodes: newest first, at least one.
        station: who speaks.
        files: what the page loads.
    """
    latest, former = episodes[0], episodes[1 : ROWS + 1]
    days = [
        (date, [Row(one.id, one.title.partition(",")[0], one.duration_ms) for one in group])
        for date, group in itertools.groupby(former, key=lambda one: one.date)
    ]
    return (
        environment(station)
        .get_template("site/index.html.j2")
        .render(
            station=_identity(station),
            assets=files,
            root="",
            address="",
            latest=latest,
            published=moment(latest.published, station),
            days=days,
            older=len(episodes) > ROWS + 1,
        )
    )


def sections(episode: Episode) -> tuple[Section, ...]:
    """Share the sentences out to the chapters; each credit stands under the first story that needs it."""
    chapters = episode.chapters or (Chapter(0, episode.duration_ms, episode.title),)
    ends = [*(one.start_ms for one in chapters[1:]), max(episode.duration_ms, chapters[-1].start_ms) + 1]
    left = {credit.story: credit for credit in episode.credits}
    made = []
    for number, (chapter, end) in enumerate(zip(chapters, ends, strict=True)):
        start = chapter.start_ms if number else -1
        said = [one for one in episode.captions if start <= one.start_ms < end]
        told = [chapter.story, *(one.story for one in said if one.role is not Role.HEADLINE)]
        credits_here = tuple(left.pop(story) for story in dict.fromkeys(told) if story in left)
        made.append(Section(chapter.start_ms, chapter.title, _paragraphs(said), credits_here))
    if left:
        made[-1] = replace(made[-1], credits=(*made[-1].credits, *left.values()))
    return tuple(made)


def moment(when: datetime, station: Station) -> str:
    """Write a moment in the station's zone: ``"7 juin 2025 à 7 h 05"``."""
    local = when.astimezone(ZoneInfo(station.identity.timezone))
    date = typeset(spell(local.date()).partition(" ")[2])
    return f"{date} à {local.hour}\u00a0h\u00a0{local.minute:02d}"


def _paragraphs(said: Sequence[Caption]) -> tuple[tuple[Caption, ...], ...]:
    groups = itertools.groupby(said, key=lambda one: (one.story, one.role is Role.HEADLINE))
    return tuple(tuple(group) for _, group in groups)


def _identity(station: Station) -> Identity:
    identity = station.identity
    return replace(
        identity,
        name=typeset(identity.name),
        description=typeset(identity.description),
        copyright=typeset(identity.copyright),
    )
