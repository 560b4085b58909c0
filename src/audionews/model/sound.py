"""Values of what is heard: clips, the timeline, the finished files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from audionews.model.words import Word


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
