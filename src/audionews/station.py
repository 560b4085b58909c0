"""Everything a run needs to know of a station; each default is written here, once. `settings` reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from audionews.errors import UsageError, nearest
from audionews.model import Rights

SHORTEST_SLOT_MS, LONGEST_SLOT_MS = 20_000, 7_200_000
LEXICON = "lexicon.toml"  # beside station.toml: how the station's own words are said


@dataclass(frozen=True, slots=True)
class Identity:
    """Table ``[station]``: who speaks, and where the public finds it."""

    name: str = "Radio de démonstration"
    slug: str = ""  # short ASCII id; made from the name when empty
    url: str = "http://127.0.0.1:8000"  # the address site/ is served under, without a trailing slash
    description: str = "L’actualité du jour, lue par une voix de synthèse à partir de la presse."
    author: str = ""  # the name when empty
    email: str = "redaction@example.org"
    language: str = "fr"
    timezone: str = "Africa/Bamako"
    category: tuple[str, ...] = ("News", "Daily News")  # Apple's names, sub-category second
    copyright: str = ""
    cover: str = ""  # a square JPEG or PNG beside station.toml; drawn by the program when empty
    color: str = "#0B5C6B"  # of the drawn cover
    location: str = ""  # what it tells about: "Mopti"
    geo: str = ""  # "14.49,-4.20": its latitude and longitude
    osm: str = ""  # "R2156389": its object in OpenStreetMap
    country: str = ""  # "ML": ISO 3166-1


@dataclass(frozen=True, slots=True)
class Programme:
    """Table ``[bulletin]``: what is built when the command line does not say."""

    format: str = "journal"
    edition: str = "matin"
    max_age_days: int = 2  # an article older than this on the day of the bulletin is not news
    memory_days: int = 7  # what was told in these days comes back only with something new
    words_per_minute: int = 0  # of the voice; the engine's own when 0
    slot: str = ""  # "3:00": exactly this long on air; as long as it happens to be when empty
    short: str = "tapis"  # when the day does not fill it: "tapis", the bed carries the end; "dire", the run says so


@dataclass(frozen=True, slots=True)
class Edition:
    """Table ``[editions.NAME]``: one bulletin of the day."""

    title: str
    time: str  # "07:00", local
    slot: str = ""  # in place of the one of [bulletin]
    format: str = ""  # the same


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """Table ``[voice]``: who reads."""

    engine: str = "kokoro"
    name: str = ""  # of the engine's voices; its own default when empty
    speed: float = 1.0  # 0.7 to 1.3
    ladder: tuple[str, ...] = ("kokoro", "espeak")  # who takes over, in turn, from an engine that fails: engine[:voice]


@dataclass(frozen=True, slots=True)
class Presenter:
    """Table ``[[presenter]]``, one or two of them; what it leaves out is that of ``[voice]``."""

    name: str  # for the eye: transcript, conducteur, script; never said on air
    engine: str = ""
    voice: str = ""  # of the engine's voices; its own default for a first or second presenter when empty
    speed: float = 0.0


@dataclass(frozen=True, slots=True)
class Workers:
    """Table ``[workers]``: who makes the clips."""

    threads: int = 0  # on this machine; as many as it has cores, four at most, when 0
    dask: str = ""  # "tcp://host:port" of a scheduler whose workers make them instead


@dataclass(frozen=True, slots=True)
class CacheChoice:
    """Table ``[cache]``: what is kept to save work."""

    voices_mb: int = 1000  # of finished clips; the least recently used leave first


@dataclass(frozen=True, slots=True)
class SoundChoice:
    """Table ``[sound]``: levels of the podcast master, and the station's own sounds."""

    loudness: float = -16.0  # LUFS, integrated
    true_peak: float = -1.0  # dBTP, never above
    bitrate: int = 128  # kbit/s, constant
    light: bool = True  # low-data editions and a voice note beside the MP3
    family: str = "sobre"  # of the sounds made by the program: "sobre", "clair" or "kora"
    key: str = ""  # "ré", "D", "si b", "Bb"; the family's own when empty
    tempo: int = 0  # beats a minute; the family's own when 0
    seed: int = 0  # another number, other notes
    jingle: str = ""  # files beside station.toml; made by the program when empty
    sting: str = ""
    bed: str = ""
    outro: str = ""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Table ``[broadcast]``: the master for the air, and until when it may be aired."""

    wav: bool = True  # make it, and each story as a file of its own
    loudness: float = -23.0  # LUFS, integrated (EBU R 128)
    true_peak: float = -3.0  # dBTP, never above
    bits: int = 24  # or 16
    valid_hours: float = 24.0  # from the edition's time on; then it is old news (AES46's end date and time)
    expired: str = "rien"  # what broadcast/latest.* hold from then on: "rien", or "annonce", a spoken word of absence

    def until(self, starts: datetime) -> datetime:
        """Give when what goes on air at a moment is old news: so many hours later, whatever the clocks do meanwhile."""
        return (starts.astimezone(UTC) + timedelta(hours=self.valid_hours)).astimezone(starts.tzinfo)


@dataclass(frozen=True, slots=True)
class Podcast:
    """Table ``[podcast]``: what the feeds say of the programme."""

    items: int = 30  # episodes of a feed's first document at least; older ones are in archives (RFC 5005)
    frequency: str = "FREQ=DAILY"  # an RRULE of RFC 5545; not told when empty
    locked: bool = False  # no other host may take the feed over
    guid: str = ""  # of a podcast that existed before it came here; made of the feed's address when empty
    license: str = ""  # an identifier of SPDX, in lower case, or a name of the station's own
    license_url: str = ""
    hub: str = ""  # a WebSub hub that is told of each publication


@dataclass(frozen=True, slots=True)
class FeedChoice:
    """Table ``[[feed]]``: a feed of some of the bulletins, beside the one of all."""

    name: str  # "matin" → feed-matin.xml
    title: str = ""  # the station's name and this one's when empty
    description: str = ""  # the station's when empty
    editions: tuple[str, ...] = ()  # of these only; all when empty
    formats: tuple[str, ...] = ()
    language: str = ""  # in this one only


@dataclass(frozen=True, slots=True)
class Person:
    """Table ``[[person]]``: who makes the programme, as podcast apps show it."""

    name: str
    role: str = "host"  # in the words of podcast-namespace's taxonomy
    group: str = "cast"
    href: str = ""
    img: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """Table ``[retention]``: what is removed after a time; never what a feed lists."""

    runs_days: int = 30  # the sounds of a run folder; its texts stay
    broadcast_days: int = 7  # dated copies for radios
    replaced_days: int = 30  # sounds that a correction has replaced
    mb: int = 0  # of the output folder, at most, what the feeds list apart; no limit when 0


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """Table ``[[target]]``: a place the site is sent to."""

    url: str  # of a folder, or of any file system that fsspec knows: s3://bucket/path, sftp://user@host/path
    name: str = ""  # in messages, and of its secrets; made of the address when empty
    options: dict[str, Any] = field(default_factory=dict)  # of the file system; never a secret


@dataclass(frozen=True, slots=True)
class SourceTable:
    """Table ``[[source]]``: where articles come from; the options are the source's own."""

    kind: str = "folder"
    name: str = ""  # as said on air: "le quotidien L’Essor"
    rights: Rights = Rights.UNKNOWN
    teasers: bool = False  # a complete and dated extract of another article may become a brief
    hold: bool = False  # nothing of it is read before a human releases it
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Protection:
    """Table ``[protection]``: whom the station names; by law and custom nobody of these."""

    minors: bool = False
    victims: bool = False  # of sexual violence
    suspects: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """Table ``[hold]``: what waits for a human."""

    topics: tuple[str, ...] = ()  # words of a title or text


@dataclass(frozen=True, slots=True)
class Ranking:
    """Table ``[ranking]``: what the station's listeners care for; 1 is ordinary, 2 twice as much, 0 never."""

    themes: dict[str, float] = field(default_factory=dict)
    places: dict[str, float] = field(default_factory=dict)
    sources: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Llm:
    """Table ``[condense.llm]``: a server that may rewrite stories; none when `base_url` is empty."""

    base_url: str = ""  # of any server that answers /chat/completions as OpenAI does
    model: str = ""
    api_key_env: str = "OPENAI_API_KEY"  # the environment variable that holds the key
    timeout: float = 30.0  # seconds for one story


@dataclass(frozen=True, slots=True)
class Condense:
    """Table ``[condense]``: how articles are condensed."""

    llm: Llm = Llm()


EDITIONS = {
    "matin": Edition("Journal du matin", "07:00"),
    "midi": Edition("Journal de la mi-journée", "13:00"),
    "soir": Edition("Journal du soir", "19:00"),
}


@dataclass(frozen=True, slots=True)
class Station:
    """Everything a run needs to know of a station. `folder` is where its relative paths start."""

    folder: Path
    identity: Identity = Identity()
    programme: Programme = Programme()
    voice: VoiceChoice = VoiceChoice()
    sound: SoundChoice = SoundChoice()
    broadcast: Broadcast = Broadcast()
    podcast: Podcast = Podcast()
    retention: Retention = Retention()
    protection: Protection = Protection()
    hold: Hold = Hold()
    ranking: Ranking = Ranking()
    condense: Condense = Condense()
    workers: Workers = Workers()
    cache: CacheChoice = CacheChoice()
    presenters: tuple[Presenter, ...] = (Presenter("Voix", "kokoro", "", 1.0),)  # one or two, complete
    editions: dict[str, Edition] = field(default_factory=lambda: dict(EDITIONS))
    sources: tuple[SourceTable, ...] = ()
    feeds: tuple[FeedChoice, ...] = ()  # beside the one of all bulletins
    persons: tuple[Person, ...] = ()
    targets: tuple[TargetChoice, ...] = ()
    engines: dict[str, dict[str, Any]] = field(default_factory=dict)  # [engines.NAME]: options of voice engines
    lexicon: tuple[tuple[str, str], ...] = ()  # of lexicon.toml: (word as printed or spoken, how it is said)

    def edition(self, name: str) -> Edition:
        """Give the edition of that name.

        Raises:
            UsageError: the station has none; the nearest one is named.
        """
        if name in self.editions:
            return self.editions[name]
        raise UsageError(
            f"L’édition « {name} » n’existe pas pour cette station",
            nearest(name, self.editions, "[editions.NOM]"),
        )

    def slot_ms(self, edition: str) -> int:
        """Give how long that edition has to be, in ms; 0 when it has no slot."""
        return slot_ms(self.edition(edition).slot or self.programme.slot)


def slot_ms(text: str) -> int:
    """Read a length in minutes and seconds: ``"3:00"`` → 180000; 0 for the empty text.

    Raises:
        UsageError: it is none, or out of reach of a bulletin: 20 seconds to two hours.
    """
    found = re.fullmatch(r"(\d{1,3}):([0-5]\d)", text)
    length = (int(found[1]) * 60 + int(found[2])) * 1000 if found else 0
    if text and not SHORTEST_SLOT_MS <= length <= LONGEST_SLOT_MS:
        raise UsageError(f"« {text} » n’est pas la durée d’un bulletin", 'Écrivez par exemple slot = "3:00"')
    return length
