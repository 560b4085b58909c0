"""Values of what is published: captions, credits, the episode."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from audionews.model.sound import Chapter
from audionews.model.words import Role, Word


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
    beats: str = ""  # the same in short: the start in ms, then hundredths of a second from each word to the next


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

    kind: str  # of the recording: "opus", "mp3", "voice-note"
    audio: str  # relative to site/
    type: str  # MIME
    bytes: int
    sha256: str
    kbps: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong in a published bulletin, and was put right."""

    at: datetime  # aware
    text: str  # one sentence, printed: "Le budget est de 14 millions, non de 41."


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why a bulletin was taken back, and when."""

    at: datetime  # aware
    reason: str  # one sentence, printed


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
    format: str = ""  # of the bulletin: "journal", "titres"
    language: str = "fr"
    card: str = ""  # the picture shown where a link is shared, relative to site/
    corrections: tuple[Correction, ...] = ()  # oldest first
    withdrawn: Withdrawal | None = None  # then only title, dates and reason are told
