"""Rundown → Script: the words of the bulletin, made from Jinja2 templates and the stories' own sentences."""

from __future__ import annotations

import math
from dataclasses import replace

from audionews.errors import UsageError
from audionews.french.dates import spell
from audionews.french.expansion import first_mention
from audionews.french.grammar import a, de, join, que
from audionews.french.sentences import words
from audionews.model import Item, Place, Rights, Rundown, Script, Sentence, Story
from audionews.script import formats, text
from audionews.script.formats import Format
from audionews.script.headline import adds
from audionews.script.phrases import Phrases
from audionews.script.rectify import rectified
from audionews.station import Station

WORDS_A_SECOND = 2.75  # for the length of a block only
MOST_WORDS = 2  # said between briefs, the last one apart
# What the house says of its voices, when there is one and when there are two.
VOICES = ({"voix": "une voix", "a_lu": "a lu", "la_voix": "la voix"}, {"voix": "des voix", "a_lu": "ont lu"})
SHARED = (Rights.LICENCE, Rights.ACCORD)  # their source may be named once for several briefs


def write(rundown: Rundown, station: Station, recent: frozenset[str] = frozenset()) -> Script:
    """Write the script of a bulletin.

    Args:
        rundown: what is read, in which order; its sigles `named`.
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
            **VOICES[len(station.presenters) > 1],
        },
        hour=int(station.edition(rundown.edition).time[:2]),
    )
    form = formats.load(rundown.format, station.folder)
    composed = _compose(replace(rundown, items=tuple(map(_harmless, rundown.items))), station, phrases, form)
    return text.parse(composed, rundown, tuple(phrases.used), presenters(station), form.cast)


def presenters(station: Station) -> tuple[str, ...]:
    """Give the names of a station's presenters, for `text.parse` and `text.render`; they are never said."""
    return tuple(one.name for one in station.presenters)


def _harmless(item: Item) -> Item:
    """Keep a press sentence that looks like a mark of the script from being taken for one."""
    story = item.story
    sentences = tuple(replace(one, text=text.harmless(one.text)) for one in story.sentences)
    recap = story.recap and replace(story.recap, text=text.harmless(story.recap.text))
    told = replace(story, headline=text.harmless(story.headline), sentences=sentences, recap=recap)
    return replace(item, story=told)


def _compose(rundown: Rundown, station: Station, phrases: Phrases, form: Format) -> str:
    from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError

    name = form.template
    environment = Environment(
        loader=FunctionLoader(lambda path: formats.read(path, station.folder)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 words to be read aloud, not HTML
    )
    environment.filters["genitive"] = de
    environment.globals.update(phrase=phrases.choose, a=a, de=de, que=que, join=join, adds=adds)
    items = rundown.items
    first_brief = next((at for at, item in enumerate(items) if item.place is Place.BRIEF), len(items))
    briefs = [item for item in items if item.place is Place.BRIEF]
    environment.globals.update(
        rundown=rundown,
        headlined=[item for item in items if item.headlined],
        recapped=[item for item in items if item.story.recap],
        stories=[item for item in items[:first_brief] if item.place is Place.STORY],
        light=[item for item in items[first_brief:] if item.place is Place.STORY],
        briefs=_runs(briefs),
        rectified=rectified(rundown.rectifications, rundown.date),
        relaunch=form.relaunch,
        sources_of=_sources,
        sources=list(dict.fromkeys(name for item in items for name in _sources(item)))[:4],
        blocks=lambda story: _blocks(story, round(form.block * WORDS_A_SECOND)),
        changes=lambda item: _changes(item, briefs),
        returns=lambda item: _returns(item, items),
        spell=lambda day: spell(day, year=day.year != rundown.date.year),
    )
    try:
        return environment.get_template(name).render()
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f", ligne {line}" if line else ""
        raise UsageError(f"Le modèle templates/{name}{place} ne fonctionne pas ({error})", "Corrigez-le") from error


def named(rundown: Rundown) -> Rundown:
    """Give the sigles of each story in full at first mention; headlines stay as they are."""
    return replace(rundown, items=tuple(map(_named, rundown.items)))


def _named(item: Item) -> Item:
    story = item.story
    told = first_mention([one.text for one in story.sentences], story.headline)
    sentences = (replace(one, text=text) for one, text in zip(story.sentences, told, strict=True))
    return replace(item, story=replace(story, sentences=tuple(sentences)))


def _sources(item: Item) -> list[str]:
    return [name for name in (item.story.source, *item.story.others) if name]


def _runs(briefs: list[Item]) -> list[list[Item]]:
    """Put together the briefs of one source that follow each other, where it may be named once for all of them."""
    runs: list[list[Item]] = []
    for item in briefs:
        together = runs and _sources(runs[-1][-1]) == _sources(item) and item.story.rights in SHARED
        if together and runs[-1][-1].story.rights in SHARED:
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _blocks(story: Story, most: int) -> list[list[Sentence]]:
    """Cut a long story into blocks of about as many words, in the order it is read."""
    total = sum(words(one.text) for one in story.sentences)
    number = max(1, math.ceil(total / most)) if most else 1
    blocks: list[list[Sentence]] = [[]]
    said = 0
    for one in story.sentences:
        if blocks[-1] and len(blocks) < number and said >= total * len(blocks) / number:
            blocks.append([])
        blocks[-1].append(one)
        said += words(one.text)
    return blocks


def _changes(item: Item, briefs: list[Item]) -> bool:
    """Tell whether a brief has a word before it: every third change of subject, or the ear tires of them."""
    turns = [at for at, one in enumerate(briefs) if at and one.story.theme != briefs[at - 1].story.theme]
    return briefs.index(item) in turns[1::3][:MOST_WORDS]


def _returns(item: Item, items: tuple[Item, ...]) -> bool:
    """Tell whether a story's place was named earlier, but not just before it."""
    at = items.index(item)
    return any(one.story.place == item.story.place for one in items[: max(0, at - 1)])
