"""Rundown → Script: the words of the bulletin, made from Jinja2 templates and the stories' own sentences."""

from __future__ import annotations

from dataclasses import replace

from audionews.errors import UsageError
from audionews.french.dates import spell
from audionews.french.expansion import first_mention
from audionews.french.grammar import a, de, join, que
from audionews.model import Item, Place, Rundown, Script
from audionews.script import formats, text
from audionews.script.headline import adds
from audionews.script.phrases import Phrases
from audionews.station import Station


def write(rundown: Rundown, station: Station, recent: frozenset[str] = frozenset()) -> Script:
    """Write the script of a bulletin.

    Args:
        rundown: what is read, in which order.
        station: its name, edition and templates.
        recent: ids of the phrase patterns used in the last editions; others are preferred.

    Raises:
        UsageError: a template or the phrases file is missing or not valid.
    """
    phrases = Phrases(
        source=formats.read("bulletin/phrases.toml", station.folder),
        seed=rundown.bulletin_id,
        recent=recent,
        words={
            "station": station.identity.name,
            "jour": spell(rundown.date, year=False),
            "edition": rundown.title,
        },
        hour=int(station.edition(rundown.edition).time[:2]),
    )
    composed = _compose(rundown, station, phrases)
    return text.parse(composed, rundown, tuple(phrases.used))


def _compose(rundown: Rundown, station: Station, phrases: Phrases) -> str:
    from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError

    name = formats.load(rundown.format, station.folder).template
    environment = Environment(
        loader=FunctionLoader(lambda path: formats.read(path, station.folder)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 words to be read aloud, not HTML
    )
    environment.filters["genitive"] = de
    environment.globals.update(phrase=phrases.choose, a=a, de=de, que=que, join=join, adds=adds)
    items = tuple(_named(item) for item in rundown.items)
    environment.globals.update(
        rundown=replace(rundown, items=items),
        headlined=[item for item in items if item.headlined],
        stories=[item for item in items if item.place is Place.STORY],
        briefs=[item for item in items if item.place is Place.BRIEF],
        sources=list(dict.fromkeys(item.story.source for item in items if item.story.source))[:4],
    )
    try:
        return environment.get_template(name).render()
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f", ligne {line}" if line else ""
        raise UsageError(f"Le modèle templates/{name}{place} ne fonctionne pas ({error})", "Corrigez-le") from error


def _named(item: Item) -> Item:
    """Give the sigles of a story in full at first mention; its headline stays as it is."""
    story = item.story
    told = first_mention([one.text for one in story.sentences], story.headline)
    named = (replace(one, text=text) for one, text in zip(story.sentences, told, strict=True))
    return replace(item, story=replace(story, sentences=tuple(named)))
