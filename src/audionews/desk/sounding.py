"""Stages that are heard: the voices, the timeline, the masters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from audionews.desk import codec
from audionews.desk.job import Job, unheard
from audionews.desk.slots import fitted
from audionews.desk.stages import BULLETIN, CLIPS, RUNDOWN, SCRIPT, TIMELINE
from audionews.desk.workspace import Workspace
from audionews.errors import UsageError
from audionews.model import Clip, Rundown, Script, Timeline
from audionews.station import Station


def clips(job: Job, space: Workspace) -> None:
    """Have the script read; first, that the station's sounds can be used: voices take minutes."""
    from audionews.desk import voicing

    sounds(replace(job, say=unheard))
    voicing.clips(job, space)


# timeline


def sounds_settings(job: Job) -> Any:
    """The station's own sounds, byte for byte, and their levels."""
    from audionews.sound.jingles import VERSION

    choice = job.station.sound
    files = [job.station.folder / name for name in (choice.jingle, choice.sting, choice.bed, choice.outro) if name]
    return [VERSION, codec.encode(choice).decode(), [digest(path) for path in files]]


def sounds(job: Job) -> dict[str, Path]:
    """Give the station's jingle, sting, bed and outro as WAV files."""
    from audionews.sound.jingles import prepare

    return prepare(job.station.sound, job.station.folder, job.output / "cache" / "sounds", job.say)


def timeline_settings(job: Job) -> Any:
    """The timeline depends on the sounds, the slot, and the format's pauses."""
    from audionews.script import formats

    asked, breath = job.station.slot_ms(job.edition), formats.load(job.format, job.station.folder).breath
    return [sounds_settings(job), asked, job.station.programme.short if asked else "", breath]


def timeline(job: Job, space: Workspace) -> None:
    """Place speech and sounds in time, within the slot when there is one; how is kept in run.json and told."""
    from audionews.script import formats
    from audionews.sound import slot
    from audionews.sound.jingles import lengths
    from audionews.sound.timeline import Pace, arrange

    planned, spoken = codec.load(space.path(RUNDOWN), Rundown), codec.load(space.path(SCRIPT), Script)
    clips, sizes = codec.load(space.path(CLIPS), tuple[Clip, ...]), lengths(sounds(job))
    asked, breath = job.station.slot_ms(job.edition), formats.load(planned.format, job.station.folder).breath
    if asked:
        short = job.station.programme.short
        placed = slot.fit(spoken, clips, planned, sizes, asked, short=short, breath=breath)
    else:
        titles = {item.story.slug: item.story.title for item in planned.items}
        urls = {item.story.slug: item.story.url for item in planned.items if item.story.url}
        placed = arrange(spoken, clips, sizes, titles, urls, Pace(breath))
    space.run.slot = placed.fit
    if placed.fit:
        job.say(("" if placed.fit.short_ms else "Créneau : ") + fitted(placed.fit))
    codec.save(space.path(TIMELINE), placed)


# bulletin


def bulletin_settings(job: Job) -> Any:
    """The masters depend on the sounds, the levels and what their tags say."""
    station = job.station
    told = codec.encode((station.identity, station.broadcast, station.edition(job.edition).time)).decode()
    return [sounds_settings(job), told, cover_hash(station)]


def bulletin(job: Job, space: Workspace) -> None:
    """Mix, master, hear, tag."""
    from audionews.publish.cover import small_cover
    from audionews.publish.episode import aired, title
    from audionews.sound.bulletin import produce
    from audionews.sound.notice import Notice

    timeline, written = codec.load(space.path(TIMELINE), Timeline), codec.load(space.path(SCRIPT), Script)
    planned, _ = aired(codec.load(space.path(RUNDOWN), Rundown), written, timeline)
    credited = dict.fromkeys(item.story.source for item in planned.items if item.story.source)
    identity, air = job.station.identity, job.starts
    notice = Notice(
        title=title(planned),
        station=identity.name,
        comment="Voix de synthèse. Sources : " + ", ".join(credited) + "." if credited else "Voix de synthèse.",
        cover=small_cover(job.station),
        air=air,
        until=job.expires,
        name=f"{identity.slug}-{job.bulletin_id}",
        page=f"{identity.url}/episodes/{job.bulletin_id}/",
    )
    ready = sounds(replace(job, say=unheard))  # what is to say of them was said when the timeline was made
    made = produce(written, timeline, space.folder, job.station, ready, notice, job.say)
    codec.save(space.path(BULLETIN), made)


def cover_hash(station: Station) -> str:
    """Hash the station's own cover; "" when it has none."""
    return digest(station.folder / station.identity.cover) if station.identity.cover else ""


def digest(path: Path) -> str:
    """Hash a file that station.toml names.

    Raises:
        UsageError: it cannot be read.
    """
    import hashlib

    try:
        with path.open("rb") as stream:  # a station's bed may last for hours
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(
            f"{path} ne peut pas être lu ({error.strerror})", "Corrigez son nom dans station.toml"
        ) from error
