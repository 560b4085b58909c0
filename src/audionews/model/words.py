"""Values of what is read: segments, the script, words in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from audionews.model.news import Span


class Role(StrEnum):
    """What a segment does in the bulletin. The values are the French words that mark a script."""

    OPENING = "ouverture"
    HEADLINE = "titre"
    CORRECTION = "correction"  # what an earlier bulletin got wrong; no story is read in it
    LINK = "lancement"
    STORY = "sujet"
    BRIEF = "brève"
    RECAP = "rappel"
    CREDIT = "source"
    CLOSING = "fermeture"
    STING = "virgule"  # no words: the short sound between two blocks


@dataclass(frozen=True, slots=True)
class Segment:
    """The smallest unit that is voiced as one clip: one sentence, or a sting without words."""

    id: str  # "sujet-marche-2": the role, the story's slug or the block's number, the sentence's number
    role: Role
    text: str = ""  # as printed, French typography; the spoken form is made in voices/
    story: str = ""  # slug of the story it belongs to
    gravity: int = 1  # of that story
    spans: tuple[Span, ...] = ()  # of the story's article that it says; () for the house's own words
    presenter: int = 1  # who reads it: 1 or 2, in the station's order
    paragraph: bool = False  # it opens a new paragraph of its story


@dataclass(frozen=True, slots=True)
class Script:
    """Everything that is read, word for word."""

    bulletin_id: str
    title: str  # "Journal du matin"
    date: date
    segments: tuple[Segment, ...]
    patterns: tuple[str, ...] = ()  # ids of the phrase patterns used, so that the next editions vary


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed, its punctuation with it, and when it is heard.

    The words of a text are what stands between its plain blanks: « 11\u202f700 FCFA. » is two. Times are in ms from
    the start of the clip or of the programme, as the value that holds the word says.
    """

    text: str
    start_ms: int
    end_ms: int
