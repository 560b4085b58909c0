"""A script as it is heard: each sentence with its words, its place and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from audionews.french.sentences import words as count_words
from audionews.french.syntax import Tree
from audionews.model import Role, Script, Segment
from audionews.proof.style.tables import listed

Spoken = Callable[[str], str]

TOLD = (Role.HEADLINE, Role.STORY, Role.BRIEF, Role.RECAP)  # what is said of the news
BODY = (Role.STORY, Role.BRIEF)  # the stories themselves
LONGEST_ANNOUNCEMENT = 16  # words: « Nous en parlions le samedi 7 juin : voici ce qui a changé. »

_BLANK = re.compile(r"\s+")
_QUOTATION = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")


@dataclass(frozen=True)
class Heard:
    """One sentence of a script."""

    segment: Segment
    text: str  # as printed, with single blanks and ’
    spoken: str  # as it is said
    place: str = ""  # French
    house: bool = False  # the house's own words, not the article's
    first: bool = False  # it opens its story

    @cached_property
    def narration(self) -> str:
        """What is said outside quotation marks; the marks stay."""
        return _QUOTATION.sub("« »", self.text)

    @cached_property
    def count(self) -> int:
        """Words, as they are said."""
        return count_words(self.spoken)

    @cached_property
    def told(self) -> bool:
        """Whether it says news."""
        return self.segment.role in TOLD and not self.house

    @cached_property
    def body(self) -> bool:
        """Whether it belongs to a story, headlines apart."""
        return self.segment.role in BODY and not self.house

    @cached_property
    def tree(self) -> Tree:
        """The sentence parsed."""
        from audionews.french.parse import parse

        return parse(self.text)


@dataclass(frozen=True)
class Hearing:
    """A whole script, in the order it is heard."""

    script: Script
    heard: tuple[Heard, ...]

    @cached_property
    def stories(self) -> tuple[tuple[Heard, ...], ...]:
        """The sentences of each story, headlines and house words left out."""
        told = [one for one in self.heard if one.body]
        return tuple(tuple(group) for _, group in groupby(told, key=lambda one: one.segment.story))

    @cached_property
    def minutes(self) -> float:
        """About how long it lasts without its sounds, at the pace of a synthetic voice."""
        return sum(one.count for one in self.heard) / 165

    def of(self, *roles: Role) -> tuple[Heard, ...]:
        """Give the sentences of these roles."""
        return tuple(one for one in self.heard if one.segment.role in roles)


def plain(text: str) -> str:
    """Write a text with single blanks and one kind of apostrophe."""
    return _BLANK.sub(" ", text).replace("'", "’").strip()


def sentence(text: str, role: Role, first: bool, spoken: Spoken) -> Heard:
    """Hear one sentence alone."""
    return Heard(Segment("", role, text), plain(text), spoken(text), first=first)


def listen(script: Script, spoken: Spoken) -> Hearing:
    """Hear a script.

    Args:
        script: all that is read.
        spoken: gives the words as they are said.
    """
    spans = any(one.spans for one in script.segments)
    numbers: dict[tuple[Role, str], int] = {}
    opened: set[str] = set()
    heard = []
    for segment in script.segments:
        if not segment.text:
            continue
        key = (segment.role, segment.story)
        numbers[key] = numbers.get(key, 0) + 1
        text = plain(segment.text)
        house = _is_house(segment, text, spans)
        first = segment.role in BODY and not house and segment.story not in opened
        if first:
            opened.add(segment.story)
        name = " ".join(filter(None, (segment.role.value, segment.story)))
        place = f"{name}, phrase {numbers[key]}"
        heard.append(Heard(segment, text, spoken(segment.text), place, house, first))
    return Hearing(script, tuple(heard))


def _is_house(segment: Segment, text: str, spans: bool) -> bool:
    """Tell whether the house speaks: its own roles, and the words that announce titles and briefs."""
    if segment.role not in TOLD:
        return True
    if spans and segment.spans:
        return False
    short = count_words(text) <= LONGEST_ANNOUNCEMENT
    return short and listed("words", "announcements").match(text) is not None


def start(text: str, most: int = 8) -> str:
    """Give the first words of a sentence, to name it by."""
    tokens = text.split(" ")
    return text if len(tokens) <= most else " ".join(tokens[:most]) + "…"
