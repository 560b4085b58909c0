"""The values that go through the house, from the article to the feed.

All are frozen. Times are integer milliseconds, levels are LUFS or dBTP, paths are POSIX strings relative
to the folder named in the field's comment. Only the standard library is imported here.

    Article → Story → Rundown → Script (Segment…) → Clip → Timeline (Cue…) → Bulletin → Episode → feed
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
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
class Rundown:
    """What is read, in which order."""

    bulletin_id: str  # "2025-06-07-matin"
    date: date
    edition: str
    format: str
    title: str  # "Journal du matin"
    items: tuple[Item, ...]
    dropped: tuple[Remark, ...] = ()


class Role(StrEnum):
    """What a segment does in the bulletin. The values are the French words that mark a script."""

    OPENING = "ouverture"
    HEADLINE = "titre"
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


@dataclass(frozen=True, slots=True)
class Clip:
    """One segment as sound: mono 16-bit WAV at 24 kHz, silence trimmed, levelled, a whole number of ms."""

    segment: str
    path: str  # relative to the run folder
    duration_ms: int
    spoken: str  # the text after the rules for the ear
    voice: str  # "kokoro:ff_siwis"
    sha256: str
    words: tuple[Word, ...] = ()  # of the segment's text, timed from the clip's start; () when the engine gives none


@dataclass(frozen=True, slots=True)
class Service:
    """Who has read for a presenter: the engine that was wanted, or the one that took over for the whole bulletin."""

    presenter: str
    wanted: str  # "gtts:fr"
    used: str  # "kokoro:ff_siwis"; as `wanted` unless that failed
    why: str = ""  # it failed, in French


class Track(StrEnum):
    """The layers of the mix."""

    VOICE = "voice"
    JINGLE = "jingle"
    STING = "sting"
    BED = "bed"
    OUTRO = "outro"


@dataclass(frozen=True, slots=True)
class Cue:
    """One timed item on the timeline."""

    track: Track
    start_ms: int
    duration_ms: int
    source: str  # voice: a clip's path relative to the run folder; else the sound's name
    segment: str = ""  # of the clip
    fade_in_ms: int = 0
    fade_out_ms: int = 0


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named place in the bulletin."""

    start_ms: int
    end_ms: int
    title: str
    story: str = ""  # slug, "" for opening and closing
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a programme came to the length of its slot, in the order in which it was tried."""

    asked_ms: int
    natural_ms: int  # as it was written and read, with the house's own pauses
    left_out: tuple[str, ...] = ()  # what is not read, in French: titles of stories, sentences
    pauses: float = 1.0  # factor on the pauses
    tempo: float = 1.0  # of the voices; above 1 is faster
    bed_ms: int = 0  # the bed alone, after the last words
    short_ms: int = 0  # what is still missing


@dataclass(frozen=True, slots=True)
class Timeline:
    """Placed cues, no sound yet. A voice cue lasts as long as its clip, divided by the tempo."""

    cues: tuple[Cue, ...]
    duration_ms: int
    chapters: tuple[Chapter, ...]
    fit: Fit | None = None  # for a programme that has a slot

    @property
    def tempo(self) -> float:
        """Give how much faster than recorded the voices are read."""
        return self.fit.tempo if self.fit else 1.0


@dataclass(frozen=True, slots=True)
class Recording:
    """The programme, or one story of it, as a file: measured after encoding."""

    kind: str  # "broadcast", "story", "opus", "mp3", "voice-note"
    path: str  # relative to the run folder; its last part is the file's fixed and dated name
    type: str  # MIME: "audio/wav"
    bytes: int
    sha256: str
    duration_ms: int
    loudness: float  # LUFS, integrated, as played on two loudspeakers
    true_peak: float  # dBTP
    kbps: int = 0  # of compressed sound
    story: str = ""  # slug


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The finished programme: a tagged MP3, measured after encoding, and what else was made of the same mix."""

    path: str  # relative to the run folder
    bytes: int
    sha256: str
    duration_ms: int
    loudness: float  # LUFS, integrated, of the decoded MP3
    true_peak: float  # dBTP, of the decoded MP3
    chapters: tuple[Chapter, ...]
    recordings: tuple[Recording, ...] = ()
    picture: str = ""  # of the mix, PNG, relative to the run folder


@dataclass(frozen=True, slots=True)
class Caption:
    """One sentence as it is heard, for the transcript and the page."""

    start_ms: int
    end_ms: int
    text: str
    role: Role
    story: str = ""
    speaker: str = ""  # the presenter's name; "" when there is only one
    words: tuple[Word, ...] = ()  # of the text, timed from the programme's start; () when only the sentence is timed


@dataclass(frozen=True, slots=True)
class Credit:
    """Where a story of the episode comes from, as printed."""

    story: str  # slug
    title: str
    source: str = ""
    author: str = ""
    url: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Alternate:
    """The episode in another size of sound."""

    audio: str  # relative to site/
    type: str  # MIME
    bytes: int
    sha256: str
    kbps: int
    title: str  # as listeners see it: "Léger, 24 kbit/s"


@dataclass(frozen=True, slots=True)
class Episode:
    """A published bulletin: all the feed and the pages need to know of it."""

    id: str  # the bulletin's id
    guid: str  # permanent: never changes for the same station, date and edition
    title: str  # "Journal du matin, samedi 7 juin 2025"
    date: date
    edition: str
    published: datetime  # aware
    summary: str  # plain text, one paragraph
    audio: str  # relative to site/
    bytes: int
    sha256: str
    duration_ms: int
    loudness: float
    true_peak: float
    chapters: tuple[Chapter, ...]
    captions: tuple[Caption, ...]
    credits: tuple[Credit, ...]
    patterns: tuple[str, ...] = field(default=())
    alternates: tuple[Alternate, ...] = ()
    picture: str = ""  # of the mix, relative to site/
