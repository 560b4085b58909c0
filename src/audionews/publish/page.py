"""Episode → its pages: the bulletin, the small player for other sites, and what is left of one that was withdrawn.

Static HTML that reads and plays without JavaScript. What is told of each word of a bulletin is written here by plain
joins, not by a template, and so are the other parts that come many times: when a template changes, thousands of pages
are made anew.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from audionews.french.typography import typeset
from audionews.model import Caption, Chapter, Credit, Episode, Role
from audionews.publish.assets import Assets
from audionews.publish.render import clock, day, page, sup, told, web, weight
from audionews.station import Station

if TYPE_CHECKING:
    from markupsafe import Markup

SIZES = {"opus": "Léger", "mp3": "Normal", "full": "Complet"}  # of the sounds a listener chooses from, lightest first
# A sentence of the press after a colon: these words, and no others, surely have their capital from the sentence.
_SMALL = {"Le", "La", "Les", "Un", "Une", "Des", "Ce", "Cet", "Cette", "Ces", "Il", "Elle", "Ils", "Elles", "C’est"}


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter of the text: what is said from its start to the next one's, and where it comes from."""

    start_ms: int
    title: str
    paragraphs: tuple[tuple[Caption, ...], ...]
    credits: tuple[Credit, ...]


@dataclass(frozen=True, slots=True)
class Sound:
    """One of the sizes a bulletin is offered in."""

    kind: str  # "opus", "mp3", or "full" for the one of the feed
    name: str  # for the eye: "Léger"
    audio: str  # relative to the site
    type: str  # MIME, with the codec where a browser asks for it
    bytes: int

    @property
    def weight(self) -> str:
        """Give its size as prose."""
        return weight(self.bytes)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the button that keeps a bulletin on the listener's device has to know; see ``keep.js``."""

    sounds: str  # three addresses relative to the site, lightest first, with | between them; missing ones empty
    sizes: str  # their bytes, the same way
    weight: str  # of the lightest


def sounds(episode: Episode) -> tuple[Sound, ...]:
    """Give the sizes of sound a listener chooses from, lightest first; the last one is the feed's."""
    made = {"full": Sound("full", SIZES["full"], episode.audio, "audio/mpeg", episode.bytes)}
    for one in episode.alternates:
        if one.kind in SIZES:
            kind = "audio/ogg; codecs=opus" if one.kind == "opus" else one.type
            made[one.kind] = Sound(one.kind, SIZES[one.kind], one.audio, kind, one.bytes)
    return tuple(made[kind] for kind in SIZES if kind in made)


def kept(episode: Episode) -> Kept:
    """Give what is needed to keep a bulletin."""
    known = {one.kind: one for one in sounds(episode)}
    three = [known.get(kind) for kind in SIZES]
    return Kept(
        sounds="|".join(one.audio if one else "" for one in three),
        sizes="|".join(str(one.bytes) if one else "" for one in three),
        weight=next(iter(known.values())).weight,
    )


def episode_page(episode: Episode, station: Station, files: Assets) -> str:
    """Write the page of one bulletin, ``episodes/<id>/index.html``."""
    return _bulletin(episode, station, _common(episode, files))


def _bulletin(episode: Episode, station: Station, common: Mapping[str, Any]) -> str:
    corrections = [(told(one.at, station), one.at, _continued(one.text)) for one in episode.corrections]
    corrected = ""
    if episode.corrections:
        last = episode.corrections[-1]
        corrected = f"Corrigé {told(last.at, station, episode.date, brief=True)}\u00a0: {_continued(last.text)}"
    values = {
        **common,
        "published": told(episode.published, station),
        "sections": [(one, text(one)) for one in sections(episode)],
        "corrected": corrected,
        "corrections": corrections,
    }
    return page("episode", station, "../../", f"episodes/{episode.id}/", values)


def pages(episode: Episode, station: Station, files: Assets) -> tuple[str, str]:
    """Write the page of a bulletin and its small player; of a withdrawn one, what is left of both."""
    if episode.withdrawn:
        return withdrawn_page(episode, station, files), embed_page(episode, station, files, "../../")
    common = _common(episode, files)
    return _bulletin(episode, station, common), _embed(episode, station, common, "../../")


def withdrawn_page(episode: Episode, station: Station, files: Assets) -> str:
    """Write what stands at the address of a bulletin that was taken back: when and why, no sound and no text.

    Raises:
        ValueError: it was not taken back.
    """
    values = {"assets": files, "episode": episode, "withdrawn": _withdrawal(episode, station)}
    if not episode.withdrawn:
        raise ValueError("this bulletin was not withdrawn")
    return page("withdrawn", station, "../../", f"episodes/{episode.id}/", values)


def embed_page(episode: Episode, station: Station, files: Assets, root: str) -> str:
    """Write the small player that other sites show in a frame, 180 px high.

    Args:
        episode: the bulletin; of a withdrawn one only that is told.
        station: who speaks.
        files: what the page loads.
        root: ``"../../"`` for ``episodes/<id>/embed.html``, nothing for ``embed.html`` of the latest.
    """
    return _embed(episode, station, _common(episode, files), root)


def _embed(episode: Episode, station: Station, common: Mapping[str, Any], root: str) -> str:
    values = {**common, "withdrawn": _withdrawal(episode, station)}
    return page("embed", station, root, f"episodes/{episode.id}/", values)


def sections(episode: Episode) -> tuple[Section, ...]:
    """Share the sentences out to the chapters; each credit stands under the first story that needs it."""
    chapters = episode.chapters or (Chapter(0, episode.duration_ms, episode.title),)
    ends = [*(one.start_ms for one in chapters[1:]), max(episode.duration_ms, chapters[-1].start_ms) + 1]
    left = {credit.story: credit for credit in episode.credits}
    made = []
    for number, (chapter, end) in enumerate(zip(chapters, ends, strict=True)):
        start = chapter.start_ms if number else -1
        said = [one for one in episode.captions if start <= one.start_ms < end]
        heard = [chapter.story, *(one.story for one in said if one.role is not Role.HEADLINE)]
        credits_here = tuple(left.pop(story) for story in dict.fromkeys(heard) if story in left)
        made.append(Section(chapter.start_ms, chapter.title, _paragraphs(said), credits_here))
    if left:
        made[-1] = replace(made[-1], credits=(*made[-1].credits, *left.values()))
    return tuple(made)


def text(section: Section) -> Markup:
    """Write a section: its heading with a link to its moment, each sentence with its times, where it comes from."""
    from markupsafe import Markup

    seconds, at = section.start_ms // 1000, clock(section.start_ms)
    paragraphs = [
        " ".join(
            [f'<span data-t="{one.beats or one.start_ms}">{escape(one.text, quote=False)}</span>' for one in paragraph]
        )
        for paragraph in section.paragraphs
    ]
    heading = (
        f'<h3><span>{sup(section.title)}</span> <a class="at" href="#t={seconds}" data-start="{section.start_ms}"'
        f' aria-label="{at}, aller à ce moment">{at}</a></h3>'
    )
    lines = [heading, *[f"<p>{one}</p>" for one in paragraphs], *map(source, section.credits)]
    return Markup("\n".join(lines))  # noqa: S704 - each text was escaped


def source(credit: Credit) -> str:
    """Write where a story comes from; no other link than one of the web."""
    title, url = escape(credit.title), web(credit.url)
    linked = f'<a href="{escape(url)}" rel="external noopener">{title}</a>' if url else title
    named = [escape(one) for one in (credit.source, credit.author) if one]
    if credit.published:
        named.append(f'<time datetime="{credit.published.isoformat()}">{sup(day(credit.published))}</time>')
    return f'<p class="source">Source&nbsp;: {", ".join([linked, *named])}</p>'


def chapters(episode: Episode, where: str) -> Markup:
    """Write the list of a bulletin's chapters.

    Args:
        episode: the bulletin.
        where: address of the page with its text; nothing on that page.
    """
    from markupsafe import Markup

    rows = [
        f'<li><a href="{where}#t={one.start_ms // 1000}" data-start="{one.start_ms}"><span>{sup(one.title)}</span>'
        f' <time datetime="PT{one.start_ms // 1000}S">{clock(one.start_ms)}</time></a></li>'
        for one in episode.chapters
    ]
    return Markup("\n".join(['<ol class="chapters">', *rows, "</ol>"]))  # noqa: S704 - each title was escaped


def _common(episode: Episode, files: Assets) -> dict[str, Any]:
    return {
        "assets": files,
        "episode": episode,
        "sounds": sounds(episode),
        "kept": kept(episode),
        "dated": short_day(episode.date),
        "chapters": chapters(episode, ""),
    }


def short_day(one: date) -> str:
    """Write a day without its name and its year: ``"7 juin"``."""
    return day(one).partition(" ")[2].rpartition(" ")[0]


def _withdrawal(episode: Episode, station: Station) -> str:
    if not episode.withdrawn:
        return ""
    when = told(episode.withdrawn.at, station, episode.date)
    return f"Ce journal a été retiré {when}. Motif\u00a0: {_continued(episode.withdrawn.reason)}"


def _continued(sentence: str) -> str:
    """Typeset a sentence as the continuation of one: without its capital, where that is surely no name's."""
    sentence = typeset(sentence)
    word, blank, rest = sentence.partition(" ")
    return f"{word.lower()}{blank}{rest}" if word in _SMALL or word.startswith(("L’", "D’")) else sentence


def _paragraphs(said: Iterable[Caption]) -> tuple[tuple[Caption, ...], ...]:
    groups = itertools.groupby(said, key=lambda one: (one.story, one.role is Role.HEADLINE))
    return tuple(tuple(group) for _, group in groups)
