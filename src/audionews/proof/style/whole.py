"""The bulletin as a whole: order after deaths, patterns, credits, promises, and who is reading."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from audionews.model import Role, Rundown
from audionews.proof.style.finding import Fault
from audionews.proof.style.heard import Heard, Hearing, start
from audionews.proof.style.tables import listed, words

GRAVE = 3
DISCLOSED_FROM = 1.5  # minutes of speech: with pauses and sounds, two minutes
TOO_ALIKE = 0.6
FORMULAS = (Role.LINK, Role.CREDIT, Role.OPENING, Role.CLOSING)


def order(hearing: Hearing) -> Iterator[Fault]:
    """Find a light story right after deaths when another could stand between."""
    firsts = [story[0] for story in hearing.stories]
    for at, one in enumerate(firsts[1:], 1):
        others = [other.segment.gravity for other in firsts[at + 1 :]]
        if firsts[at - 1].segment.gravity >= GRAVE and one.segment.gravity == 0 and {1, 2} & set(others):
            yield Fault("B1", start(one.text), one.segment.id)


def light_words(hearing: Hearing) -> Iterator[Fault]:
    """Find a light word of the house right after a story of deaths, in whatever block."""
    gravity = 0
    for one in hearing.heard:
        if one.body:
            gravity = one.segment.gravity
        found = listed("words", "light_after_death").search(one.text) if one.house else None
        if found and gravity >= GRAVE and one.segment.role is not Role.CREDIT:
            yield Fault("B2", found.group(), one.segment.id)


def patterns(hearing: Hearing, recent: frozenset[str]) -> Iterator[Fault]:
    """Find a house formula used twice, or used in the last editions."""
    many = [name for name, times in Counter(hearing.script.patterns).items() if times > 1]
    said: dict[str, Heard] = {}
    for one in hearing.heard:
        formula = one.house and one.segment.role is not Role.CREDIT
        if formula and said.setdefault(one.text, one) is not one:
            yield Fault("B3", start(one.text), one.segment.id)
            many = []
    for name in many:
        yield Fault("B3", name)
    for name in sorted(recent & set(hearing.script.patterns)):
        yield Fault("B3a", name)


def credits(hearing: Hearing, rundown: Rundown | None) -> Iterator[Fault]:  # noqa: A001
    """Find stories without their newspaper, or with two; one credit may stand after the briefs of one newspaper."""
    named = {item.story.slug: bool(item.story.source) for item in rundown.items} if rundown else {}
    given = Counter(one.segment.story for one in hearing.of(Role.CREDIT))
    waiting: dict[str, Heard] = {}
    for one in hearing.heard:
        if one.first and named.get(one.segment.story, True) and not given[one.segment.story]:
            waiting[one.segment.story] = one
        elif one.segment.role is Role.CREDIT:
            waiting = {slug: first for slug, first in waiting.items() if first.segment.role is not Role.BRIEF}
            if given[one.segment.story] > 1:
                given[one.segment.story] = 1
                yield Fault("B4a", start(one.text), one.segment.id)
    for first in waiting.values():
        yield Fault("B4", start(first.text), first.segment.id)


def promises(hearing: Hearing) -> Iterator[Fault]:
    """Find headlines whose story is not told; a bulletin of headlines alone promises nothing."""
    told = {story[0].segment.story for story in hearing.stories}
    for one in hearing.of(Role.HEADLINE) if told else ():
        if not one.house and one.segment.story and one.segment.story not in told:
            yield Fault("N8", start(one.text), one.segment.id)


def disclosure(hearing: Hearing) -> Iterator[Fault]:
    """Find a programme that does not say who is reading."""
    said = any(listed("words", "disclosure").search(one.text) for one in hearing.heard if one.house)
    if hearing.minutes >= DISCLOSED_FROM and not said:
        yield Fault("B5", "voix de synthèse")


def repeated_title(hearing: Hearing) -> Iterator[Fault]:
    """Find a story whose first sentence says its headline again."""
    titles = {one.segment.story: one for one in hearing.of(Role.HEADLINE) if not one.house and one.segment.story}
    for story in hearing.stories:
        title = titles.get(story[0].segment.story)
        if title is None:
            continue
        wanted, said = _content(title.text), _content(story[0].text)
        shared = wanted & said
        if wanted and len(shared) > TOO_ALIKE * len(wanted):
            share = f"{100 * len(shared) // len(wanted)} % des mots du titre"
            yield Fault("T5", start(story[0].text), story[0].segment.id, share)


def _content(text: str) -> frozenset[str]:
    """Give the words of four letters and more, folded, singular."""
    bare = unicodedata.normalize("NFD", text.lower().replace("œ", "oe"))
    folded = "".join(char for char in bare if not unicodedata.combining(char))
    stems = (word.rstrip("sx") for word in re.findall(r"[a-z]{4,}|\d+", folded))
    return frozenset(stem for stem in stems if stem not in words("words", "common"))
