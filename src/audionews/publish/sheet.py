"""Bulletin → what a technician needs to air it, row by row: the conducteur as values; `conducteur` shows it.

Each row lasts until the next one starts, so that the durations of the rows add up to that of the programme.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from audionews.french.typography import FIXED, NARROW, typeset
from audionews.model import Bulletin, Correction, Fit, Item, Role, Rundown, Script, Segment, Timeline, Track
from audionews.publish.episode import TITLE, printed, title
from audionews.publish.render import clock, moment, spoken_length
from audionews.station import Station

WORDS = 3  # at the start and at the end of what is read in a row: enough to recognise it by ear
BED_ALONE_MS = 1000  # from this long on it has a row
MINUS = "\u2212"

# What a row is → what it is called, and its nature.
KINDS: Mapping[str, tuple[str, str]] = {
    "jingle": ("Jingle", "jingle"),
    "jingle et ouverture": ("Jingle et ouverture", "jingle"),
    "ouverture": ("Ouverture", "texte"),
    "titres": ("Titres", "titres"),
    "rectificatif": ("Rectificatif", "texte"),
    "relance": ("Relance", "texte"),
    "rappel": ("Rappel des titres", "rappel"),
    "fermeture": ("Fermeture", "texte"),
    "virgule": ("Virgule", "virgule"),
    "tapis": ("Tapis seul", "tapis"),
    "fin": ("Jingle de fin", "jingle"),
    "texte": ("Texte", "texte"),
}
SOUNDS = {Track.JINGLE: "jingle", Track.STING: "virgule", Track.OUTRO: "fin"}


@dataclass(frozen=True, slots=True)
class Row:
    """One element of the bulletin. Times are in ms from the start of the programme."""

    number: int  # from 1
    start_ms: int
    duration_ms: int  # until the next row starts
    title: str
    nature: str  # "jingle", "titres", "texte", "brève", "virgule", "rappel", "tapis"
    voices: tuple[str, ...] = ()  # the presenters' names, in the order they are heard
    first: str = ""  # the first words that are read; all of them when they are few
    last: str = ""  # the last ones, the out-cue; "" when `first` says all
    story: str = ""  # slug
    source: str = ""
    url: str = ""

    @property
    def end_ms(self) -> int:
        """Give when the next row starts, or the programme ends."""
        return self.start_ms + self.duration_ms

    @property
    def shown_ms(self) -> int:
        """Give the duration in whole seconds, such that start and duration make the next start as they are shown."""
        return (self.end_ms // 1000 - self.start_ms // 1000) * 1000

    @property
    def words(self) -> str:
        """Give the words to recognise the row by: « Le conseil … vendredi. »; "" when nothing is read."""
        return _quoted(" … ".join(filter(None, (self.first, self.last))))


@dataclass(frozen=True, slots=True)
class Sound:
    """A file of the whole programme that may be aired."""

    label: str  # "Antenne", "Podcast"
    name: str
    sha256: str
    duration_ms: int
    loudness: float  # LUFS
    true_peak: float  # dBTP

    @property
    def level(self) -> str:
        """Give its level in words: « −16,0 LUFS, crête −1,4 dBTP »."""
        return f"{_level(self.loudness)}{FIXED}LUFS, crête {_level(self.true_peak)}{FIXED}dBTP"


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the conducteur says, in printed French."""

    station: str
    title: str  # "Journal du matin, samedi 7 juin 2025"
    starts: datetime  # on air; aware, in the station's zone
    expires: datetime  # not to be aired from then on
    duration_ms: int
    rows: tuple[Row, ...]
    sounds: tuple[Sound, ...]
    first: str = ""  # words of the programme
    first_ms: int = 0  # when they begin
    last: str = ""  # words of the programme: the out-cue
    last_ms: int = 0  # when they end
    slot: str = ""  # "Créneau 3:00, tenu : pauses × 0,92, voix × 1,01"; "" without a slot
    version: str = ""  # "Version 2, corrigée le 7 juin 2025 à 9 h 10"; "" for the first one
    left_out: tuple[str, ...] = ()
    contact: str = ""

    def at(self, ms: int) -> str:
        """Give the time on the studio's clock: ``"07:01:18"``."""
        passed = self.starts.astimezone(UTC) + timedelta(seconds=ms // 1000)
        return passed.astimezone(self.starts.tzinfo).strftime("%H:%M:%S")


@dataclass(slots=True)
class _Part:
    """A row that is being filled."""

    kind: str  # a key of KINDS, or "" for a story
    start_ms: int
    story: str = ""
    said: list[Segment] = field(default_factory=list)


def sheet(
    rundown: Rundown,
    script: Script,
    timeline: Timeline,
    bulletin: Bulletin,
    station: Station,
    audio: str = "",
    corrections: Sequence[Correction] = (),
) -> Sheet:
    """Gather what the conducteur of a finished bulletin says.

    Args:
        rundown: titles and sources of the stories.
        script: the words of each segment.
        timeline: where each is heard, and how the programme came to fit its slot.
        bulletin: the measured sounds.
        station: who speaks, at which hour, and for how long it may be aired.
        audio: path or name of the MP3 as it is published; that of the run when "".
        corrections: made since it was first published.

    Raises:
        UsageError: the station has no such edition any more.
    """
    zone, identity = ZoneInfo(station.identity.timezone), station.identity
    starts = datetime.combine(rundown.date, time.fromisoformat(station.edition(rundown.edition).time), zone)
    said = {segment.id: segment for segment in script.segments}
    voiced = sorted((cue for cue in timeline.cues if cue.track is Track.VOICE), key=lambda cue: cue.start_ms)
    texts = [said[cue.segment].text for cue in voiced] or [""]
    return Sheet(
        station=typeset(identity.name),
        title=title(rundown),
        starts=starts,
        expires=(starts.astimezone(UTC) + timedelta(hours=station.broadcast.valid_hours)).astimezone(zone),
        duration_ms=timeline.duration_ms,
        rows=tuple(_rows(timeline, said, rundown, [one.name for one in station.presenters])),
        sounds=tuple(_sounds(bulletin, audio or bulletin.path)),
        first=" ".join(_words(texts[0])[:WORDS]),
        first_ms=voiced[0].start_ms if voiced else 0,
        last=" ".join(_words(texts[-1])[-WORDS:]),
        last_ms=voiced[-1].start_ms + voiced[-1].duration_ms if voiced else 0,
        slot=_slot(timeline.fit) if timeline.fit else "",
        version=_version(corrections, station),
        left_out=tuple(map(printed, timeline.fit.left_out)) if timeline.fit else (),
        contact=identity.email,
    )


def _rows(timeline: Timeline, said: Mapping[str, Segment], rundown: Rundown, names: Sequence[str]) -> Iterator[Row]:
    parts = _parts(timeline, said)
    items = {item.story.slug: item for item in rundown.items}
    ends = [*(part.start_ms for part in parts[1:]), timeline.duration_ms]
    told: set[str] = set()
    for number, (part, end) in enumerate(zip(parts, ends, strict=True), 1):
        voices = (names[min(one.presenter, len(names)) - 1] for one in part.said)
        words = [word for one in part.said for word in _words(one.text)]
        few = len(words) <= 2 * WORDS
        name, nature = KINDS.get(part.kind) or _story(part, items)
        item = items.get(part.story)
        yield Row(
            number=number,
            start_ms=part.start_ms,
            duration_ms=end - part.start_ms,
            title=f"{name} (suite)" if part.story in told else name,
            nature=nature,
            voices=tuple(dict.fromkeys(voices)),
            first=" ".join(words if few else words[:WORDS]),
            last="" if few else " ".join(words[-WORDS:]),
            story=part.story,
            source=printed(item.story.source) if item else "",
            url=item.story.url if item else "",
        )
        told |= {part.story} - {""}


def _story(part: _Part, items: Mapping[str, Item]) -> tuple[str, str]:
    brief = any(one.role is Role.BRIEF for one in part.said)
    known = items.get(part.story)
    return printed(known.story.title if known else "", TITLE) or "Sujet", "brève" if brief else "texte"


def _parts(timeline: Timeline, said: Mapping[str, Segment]) -> list[_Part]:
    """Put together what makes one row, in the order it is heard."""
    cues = sorted(
        (one for one in timeline.cues if one.track is not Track.BED), key=lambda one: (one.start_ms, one.track)
    )
    spoken = [said[cue.segment] for cue in cues if cue.track is Track.VOICE]
    parts: list[_Part] = []
    words_end = 0
    for cue in cues:
        if cue.track is not Track.VOICE:
            parts.append(_Part(SOUNDS[cue.track], cue.start_ms))
            continue
        segment, words_end = spoken.pop(0), cue.start_ms + cue.duration_ms
        kind, story = _place(segment, spoken, parts)
        if kind == "ouverture" and parts and parts[-1].kind == "jingle":
            parts[-1].kind = "jingle et ouverture"
        elif not parts or (parts[-1].kind.removeprefix("jingle et "), parts[-1].story) != (kind, story):
            parts.append(_Part(kind, cue.start_ms, story))
        parts[-1].said.append(segment)
    if timeline.fit and timeline.fit.bed_ms >= BED_ALONE_MS:
        parts.append(_Part("tapis", words_end))
    return sorted(parts, key=lambda part: part.start_ms)


def _place(segment: Segment, following: Sequence[Segment], parts: Sequence[_Part]) -> tuple[str, str]:
    """Give kind and story of the row a segment belongs to."""
    before = parts[-1] if parts else _Part("", 0)
    told = any(part.story for part in parts)
    announced = any(one.role is Role.HEADLINE for one in following[:1])
    leads_on = {"titres": "titres", "rectificatif": "titres" if announced else "rectificatif"}
    house = {
        Role.CORRECTION: "rectificatif",
        Role.OPENING: "relance" if told else leads_on.get(before.kind, "ouverture"),
        Role.HEADLINE: "rappel" if told else "titres",
        Role.RECAP: "rappel",
        Role.CLOSING: "fermeture",
    }
    if segment.role in house:
        return house[segment.role], ""
    story = segment.story
    if segment.role is Role.LINK and not story:  # "En bref." leads to the story that follows
        story = next((one.story for one in following if one.story), "")
    return ("", story) if story else (before.kind if before.said else "texte", before.story)


def _words(text: str) -> list[str]:
    """Split a text at its plain blanks; quotation marks go, for the words stand between such marks themselves."""
    plain = printed(text).replace(f"«{NARROW}", "").replace(f"{NARROW}»", "")
    return [one for one in plain.split(" ") if one]


def _quoted(words: str) -> str:
    return f"«{NARROW}{words}{NARROW}»" if words else ""


def _slot(fit: Fit) -> str:
    """Say how the programme came to the length of its slot."""
    many = "s" * (len(fit.left_out) > 1)
    changes = [f"{len(fit.left_out)} passage{many} non lu{many}"] if fit.left_out else []
    changes += [f"pauses × {_factor(fit.pauses)}"] if _factor(fit.pauses) != "1" else []
    changes += [f"voix × {_factor(fit.tempo)}"] if _factor(fit.tempo) != "1" else []
    changes += [f"tapis seul {spoken_length(fit.bed_ms)}"] if fit.bed_ms >= BED_ALONE_MS else []
    kept = f"il manque {spoken_length(fit.short_ms + 999)}" if fit.short_ms else "tenu"
    return f"Créneau {clock(fit.asked_ms)}, {kept}" + (f"{FIXED}: {', '.join(changes)}" if changes else "")


def _version(corrections: Sequence[Correction], station: Station) -> str:
    return f"Version {len(corrections) + 1}, corrigée le {moment(corrections[-1].at, station)}" if corrections else ""


def _factor(value: float) -> str:
    return f"{round(value, 2):g}".replace(".", ",")


def _level(value: float) -> str:
    return f"{value:.1f}".replace("-", MINUS).replace(".", ",").replace("inf", "∞")


def _sounds(bulletin: Bulletin, audio: str) -> Iterator[Sound]:
    """Give the sounds of the whole programme: those for the air first."""
    for one in bulletin.recordings:
        if one.kind == "broadcast":
            name = PurePosixPath(one.path).name
            yield Sound("Antenne", name, one.sha256, one.duration_ms, one.loudness, one.true_peak)
    name, levels = PurePosixPath(audio).name, (bulletin.loudness, bulletin.true_peak)
    yield Sound("Podcast", name, bulletin.sha256, bulletin.duration_ms, *levels)
