"""The stage of the clips: who reads for each presenter, and who takes over."""

from __future__ import annotations

from typing import Any

from audionews.desk import codec, registry
from audionews.desk.job import Job
from audionews.desk.stages import CLIPS, SCRIPT
from audionews.desk.words import entries
from audionews.desk.workspace import Workspace
from audionews.errors import MissingExtraError
from audionews.language import language
from audionews.model import Script
from audionews.station import Station
from audionews.voices.base import Engine


def settings(job: Job) -> Any:
    """The clips depend on the presenters, their engines and the station's own words; the workers change nothing."""
    station = job.station
    return [
        codec.encode((station.presenters, station.voice.ladder)).decode(),
        *(codec.encode(station.engines).decode(), station.lexicon),
    ]


def clips(job: Job, space: Workspace) -> None:
    """Voice each sentence; those heard before come from the cache."""
    from audionews.desk.workers import hire
    from audionews.voices.cache import Cache
    from audionews.voices.clips import Reader, make_clips

    station = job.station
    cache = Cache(job.output / "cache" / "voices")
    readers = [Reader(one.name, ladder(station, number)) for number, one in enumerate(station.presenters, 1)]
    made, served = make_clips(
        *(codec.load(space.path(SCRIPT), Script), readers, space.folder, cache),
        *(language(station.identity.language), hire(station.workers, job.say)),
        entries=entries(station),
        progress=job.progress,
    )
    codec.save(space.path(CLIPS), made)
    space.run.voices = list(served)
    space.run.grade = "degraded" if any(one.why for one in served) else "full"
    for one in served:
        if one.why:
            job.say(f"{one.presenter} : {one.used} a pris le relais de {one.wanted} pour tout le bulletin ({one.why}).")


def engine(station: Station, presenter: int = 1) -> Engine:
    """Build the engine that is wanted for presenter 1 or 2.

    Raises:
        UsageError: there is no such engine or voice.
        MissingExtraError: it is not installed.
    """
    chosen = station.presenters[presenter - 1]
    name = chosen.voice or registry.load("audionews.voices", chosen.engine).voice_of(presenter)
    built: Engine = registry.voice(chosen.engine, station.engines.get(chosen.engine, {}), name, chosen.speed)
    return built


def ladder(station: Station, presenter: int) -> tuple[Engine, ...]:
    """Give the engine that is wanted for a presenter, then those that would take over and are installed."""
    first = engine(station, presenter)
    rungs = [first]
    for text in station.voice.ladder:
        name, _, voice = text.partition(":")
        if name == first.name and voice in {"", first.voice}:
            continue
        kind = registry.load("audionews.voices", name)
        options = station.engines.get(name, {})
        try:
            rungs.append(registry.voice(name, options, voice or kind.voice_of(presenter), first.speed))
        except MissingExtraError:
            continue  # nothing to fall back on there; the others may do
    return tuple(rungs)
