"""Values of the newsroom: articles, what they tell, and the rundown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Label(StrEnum):
    """What a line of a scraped page is."""

    BODY = "body"
    CHAPO = "chapo"
    CAPTION = "caption"
    BYLINE = "byline"
    TEASER = "teaser"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line of a page, labelled, with the reason of the label in French."""

    text: str
    label: Label
    reason: str = ""


class Rights(StrEnum):
    """What a station may take of a source's words (radio-writing, section 5)."""

    LICENCE = "licence"
    ACCORD = "accord"
    CITATION = "citation"  # at most 15 consecutive words; the rest reworded or left out
    UNKNOWN = "inconnu"  # a brief of one sentence, with its credit


@dataclass(frozen=True, slots=True)
class Article:
    """One press article as it was read, each line labelled; nothing is thrown away yet."""

    id: str  # first 12 hex digits of the SHA-256 of the body
    lines: tuple[Line, ...]
    title: str = ""  # as printed; "" when the page gave none
    published: date | None = None
    author: str = ""
    url: str = ""
    source: str = ""  # a category noun and the title, as said on air: "le quotidien L’Essor"
    section: str = ""
    origin: str = ""  # the file (and line) it came from, for messages
    rights: Rights = Rights.ACCORD

    @property
    def text(self) -> str:
        """All lines of the page, one under the other: what every `Span` counts its characters in."""
        return "\n".join(line.text for line in self.lines)

    @property
    def body(self) -> tuple[str, ...]:
        """The paragraphs that belong to the article, chapô first."""
        chapo = tuple(line.text for line in self.lines if line.label is Label.CHAPO)
        return chapo + tuple(line.text for line in self.lines if line.label is Label.BODY)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth telling about one input or one story: refused, dropped, or read with a doubt."""

    origin: str
    message: str  # French, one line


@dataclass(frozen=True, slots=True)
class Collection:
    """The day's articles, and what was refused with its reason."""

    articles: tuple[Article, ...]
    refused: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article: the characters of `Article.text` from `start` to before `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence to be read, and the stretches of its article that it says."""

    text: str
    spans: tuple[Span, ...] = ()  # in the order of the article
    paragraph: int = 0  # of the article, by the number of its line; a breath is taken where it changes
    rank: int = 0  # the highest leaves first when a story must be shorter; what is left is still whole and true


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: its articles, the one that is told first."""

    articles: tuple[Article, ...]
    aired: date | None = None  # the day it was last told on air; then it is told as an update
    said: tuple[str, ...] = ()  # the sentences told of it then


@dataclass(frozen=True, slots=True)
class Story:
    """An event condensed: sentences made of its article's own words, in the order they are read."""

    slug: str  # short ASCII id, unique in the bulletin
    article_id: str
    title: str  # for the eye: chapters, page
    headline: str  # for the ear; "" when the article has no title to announce it by
    sentences: tuple[Sentence, ...]  # the first stands alone
    theme: str = "societe"  # a key of script/data/themes.toml
    gravity: int = 1  # 3 death … 0 sport and culture (radio-writing, section 3.3)
    score: float = 0.0
    source: str = ""
    author: str = ""
    url: str = ""
    published: date | None = None
    others: tuple[str, ...] = ()  # the other sources that tell it, as said on air
    also: tuple[str, ...] = ()  # ids of their articles
    aired: date | None = None  # the day it was told before: this is an update
    place: str = ""  # "à Bamako", "dans la région de Mopti"; "" when the article names none
    rights: Rights = Rights.ACCORD
    taken: int = 0  # words taken from the article
    why: str = ""  # why it was chosen, and this high, in French
    recap: Sentence | None = None  # the same in few other words, for the reminder at the end


class Place(StrEnum):
    """The place a story has in the bulletin."""

    STORY = "story"
    BRIEF = "brief"


@dataclass(frozen=True, slots=True)
class Item:
    """A story in its place."""

    place: Place
    story: Story
    headlined: bool = False
    words: int = 0  # it should take, as spoken


@dataclass(frozen=True, slots=True)
class Rectification:
    """What an earlier bulletin got wrong, to be put right on air."""

    bulletin: str  # id
    title: str  # "Journal du matin"
    date: date
    text: str  # the editor's sentence, printed: "Le budget est de 14 millions, non de 41."


@dataclass(frozen=True, slots=True)
class Rundown:
    """What is read, in which order."""

    bulletin_id: str  # "2025-06-07-matin"
    date: date
    edition: str
    format: str
    title: str  # "Journal du matin"
    items: tuple[Item, ...]
    dropped: tuple[Remark, ...] = ()
    rectifications: tuple[Rectification, ...] = ()  # said before the first story
