"""A small bulletin, from the rundown to the episode, for the tests of what is published."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from audionews import ffmpeg, settings
from audionews.desk.shelf import entry
from audionews.model import (
    Bulletin,
    Chapter,
    Clip,
    Cue,
    Episode,
    Item,
    Place,
    Role,
    Rundown,
    Script,
    Segment,
    Sentence,
    Story,
    Timeline,
    Track,
    Word,
)
from audionews.publish.cover import small_cover
from audionews.publish.episode import make_episode
from audionews.publish.library import Entry
from audionews.publish.site import media, update
from audionews.station import EDITIONS, Station

DAY = date(2025, 6, 7)
HOURS = {edition: one.time for edition, one in EDITIONS.items()}
PUBLISHED = datetime(2025, 6, 7, 7, 5, tzinfo=UTC)

STORIES = (
    (
        "telecoms",
        "Télécoms : les régulateurs accordent leurs règles",
        "le quotidien L’Essor",
        "https://presse.example/telecoms?a=1&b=2",
        (
            "Les régulateurs des télécommunications d’Afrique de l’Ouest veulent des règles communes.",
            "Le forum de trois jours s’est achevé samedi 7 juin sur un appel à « baisser le prix des "
            "communications entre pays voisins », jugé encore trop élevé pour les familles et les commerçants.",
            "Un comité suivra les 11 700 abonnés de l’essai.",
        ),
    ),
    (
        "eau",
        "Panne d’eau : 3 quartiers attendent",
        "le quotidien L’Essor",
        "https://presse.example/eau",
        (
            "L’eau manque depuis jeudi dans trois quartiers de la rive droite.",
            "La société des eaux promet un retour à la normale avant lundi matin.",
        ),
    ),
    (
        "mais",
        "Le prix du maïs baisse de 12 %",
        "le journal Le Sillon",
        "",
        (
            "Le sac de maïs de 100 kilos se vend 18 500 francs CFA à Sikasso.",
            "C’est 12 % de moins qu’il y a un an.",
        ),
    ),
    (
        "lutte",
        "Lutte : une finale <sans> surprise ?",
        "",
        "javascript:alert(1)",
        ("Le champion garde son titre devant 5 000 spectateurs.",),
    ),
)


@cache
def sample_station(
    name: str = "Radio du Lac", url: str = "https://radio.example/lac", presenters: tuple[str, ...] = ()
) -> Station:
    table = {"name": name, "url": url, "email": "redaction@radio.example", "copyright": "Radio du Lac"}
    return settings.parse({"station": table, "presenter": [{"name": one} for one in presenters]}, Path("/nowhere"))


def sample_rundown(key: str = "2025-06-07-matin", day: date = DAY, title: str = "Journal du matin") -> Rundown:
    items = tuple(
        Item(
            Place.STORY,
            Story(
                slug,
                f"article-{slug}",
                name,
                name,
                tuple(map(Sentence, sentences)),
                source=source,
                url=url,
                published=day,
            ),
        )
        for slug, name, source, url, sentences in STORIES
    )
    return Rundown(key, day, "matin", "journal", title, items)


def sample_script(rundown: Rundown) -> Script:
    segments = [Segment("ouverture-1", Role.OPENING, "Bonjour, voici les titres du journal.")]
    segments += [
        Segment(f"titre-{item.story.slug}", Role.HEADLINE, item.story.headline, item.story.slug)
        for item in rundown.items[:2]
    ]
    for place, item in enumerate(rundown.items):
        segments.append(Segment(f"virgule-{item.story.slug}", Role.STING))
        segments += [
            Segment(
                f"sujet-{item.story.slug}-{number}", Role.STORY, sentence.text, item.story.slug, presenter=1 + place % 2
            )
            for number, sentence in enumerate(item.story.sentences, 1)
        ]
    segments.append(Segment("fermeture-1", Role.CLOSING, "C’était le journal. À demain !"))
    return Script(rundown.bulletin_id, rundown.title, rundown.date, tuple(segments), ("bonjour-1",))


def sample_clips(script: Script) -> tuple[Clip, ...]:
    """Give the clips that `sample_timeline` places, each word at its characters; the closing has no times of words."""
    return tuple(
        Clip(
            segment.id,
            f"4-clips/{segment.id}.wav",
            len(segment.text) * 60,
            segment.text,
            "essai:voix",
            "0" * 64,
            () if segment.role is Role.CLOSING else word_times(segment.text),
        )
        for segment in script.segments
        if segment.text
    )


def word_times(text: str, start: int = 0, character: int = 60) -> tuple[Word, ...]:
    """Time the words of a text: each character takes as many ms."""
    return tuple(
        Word(found[0], start + found.start() * character, start + found.end() * character)
        for found in re.finditer(r"[^ ]+", text)
    )


def sample_timeline(script: Script) -> Timeline:
    """Place each sentence at 60 ms a character, 400 ms apart, after 4 s of jingle."""
    cues, chapters, at = [Cue(Track.JINGLE, 0, 4000, "jingle")], [], 3000
    begun = {"": 0}
    for segment in script.segments:
        length = len(segment.text) * 60 or 900
        track = Track.VOICE if segment.text else Track.STING
        cues.append(Cue(track, at, length, f"4-clips/{segment.id}.wav", segment.id if segment.text else ""))
        if segment.role is Role.STORY:
            begun.setdefault(segment.story, at)
        if segment.role is Role.CLOSING:
            begun["fin"] = at
        at += length + 400
    names = {"": "Ouverture", "fin": "Fermeture", **{slug: title for slug, title, *_ in STORIES}}
    starts = [*begun.items(), ("", at)]
    for (story, start), (_, end) in itertools.pairwise(starts):
        slug = "" if story == "fin" else story
        chapters.append(Chapter(start, end, names[story], slug))
    return Timeline(tuple(cues), at, tuple(chapters))


def sample_episode(
    key: str = "2025-06-07-matin",
    sound: bytes = b"sound",
    day: date = DAY,
    title: str = "Journal du matin",
    at: Station | None = None,
) -> Episode:
    rundown = sample_rundown(key, day, title)
    script = sample_script(rundown)
    timeline = sample_timeline(script)
    bulletin = Bulletin(
        "6-bulletin.mp3",
        len(sound),
        hashlib.sha256(sound).hexdigest(),
        timeline.duration_ms,
        -16.02,
        -1.4,
        timeline.chapters,
    )
    published = PUBLISHED + timedelta(days=(day - DAY).days)
    return make_episode(
        *(rundown, script, sample_clips(script), timeline, bulletin), at or sample_station(), published=published
    )


def former_episodes(count: int, at: Station | None = None) -> list[Episode]:
    """Give bulletins of the days before, newest first, alternately of the evening and of the morning."""
    made = []
    for number in range(1, count + 1):
        day = DAY - timedelta(days=(number + 1) // 2)
        edition, title = ("soir", "Journal du soir") if number % 2 else ("matin", "Journal du matin")
        made.append(sample_episode(f"{day}-{edition}", b"sound" * number, day, title, at))
    return made


def tones(path: Path, seconds: float) -> bytes:
    """Make an MP3 of a changing tone, and give its bytes."""
    ffmpeg.run(
        "-f",
        "lavfi",
        "-i",
        f"aevalsrc=0.2*sin(2*PI*t*(300+40*floor(mod(t\\,8)))):s=48000:d={seconds}",
        "-c:a",
        "libmp3lame",
        "-b:a",
        "64k",
        str(path),
        timeout=60,
    )
    return path.read_bytes()


@dataclass(frozen=True)
class Memory:
    """A library of episodes that are at hand, newest first."""

    episodes: Sequence[Episode]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry(one, f"{one.date} {HOURS.get(one.edition, '07:00')}") for one in self.episodes)

    def brief(self, ids: Sequence[str]) -> Iterator[Episode]:
        return (replace(one, captions=()) for one in self.whole(ids))

    def whole(self, ids: Sequence[str]) -> Iterator[Episode]:
        known = {one.id: one for one in self.episodes}
        return (known[one] for one in ids)


def publish(
    made: Episode,
    source: Path,
    episodes: Sequence[Episode],
    station: Station,
    site: Path,
    others: Mapping[str, Path] | None = None,
    sheet: str = "",
) -> list[str]:
    """Publish an episode among others, newest first, as the desk does; give what was written of pages and feeds."""
    media(made, {made.audio: source, **(others or {})}, b"PNG", sheet, station, site)
    return update(Memory(episodes), station, site, small_cover(station), version="", guids={}, known={})
