"""The stage of the clips: who reads for each presenter, and who takes over."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from audionews.desk import casting, codec, registry
from audionews.desk.job import Job
from audionews.desk.stages import CLIPS, SCRIPT
from audionews.desk.words import entries
from audionews.desk.workspace import Workspace
from audionews.errors import AudionewsError, UsageError
from audionews.french import grammar
from audionews.language import language
from audionews.model import Clip, Script
from audionews.station import Station
from audionews.voices.base import Engine

if TYPE_CHECKING:
    from audionews.voices.cache import Cache

log = logging.getLogger(__name__)

MB = 1_000_000


def settings(job: Job) -> Any:
    """The clips depend on the presenters, their engines and the station's own words; the workers change nothing."""
    station = job.station
    return [
        codec.encode((station.presenters, station.voice.ladder)).decode(),
        *(codec.encode(station.engines).decode(), station.lexicon),
    ]


def clips(job: Job, space: Workspace) -> None:
    """Voice each sentence; those heard before come from the cache, which is then brought back to its size."""
    from audionews.desk.workers import hire
    from audionews.voices.cache import Cache
    from audionews.voices.clips import Reader, make_clips

    station = job.station
    cache = Cache(job.output / "cache" / "voices", job.say)
    readers = [Reader(one.name, ladder(station, number)) for number, one in enumerate(station.presenters, 1)]
    made, served = make_clips(
        *(codec.load(space.path(SCRIPT), Script), readers, space.folder, cache),
        *(language(station.identity.language), hire(station.workers, job.say)),
        entries=entries(station),
        progress=job.progress,
    )
    for engine_used in (rung for reader in readers for rung in reader.rungs):
        engine_used.rest()
    codec.save(space.path(CLIPS), made)
    space.run.voices = list(served)
    space.run.grade = "degraded" if any(one.why for one in served) else "full"
    for one in served:
        if one.why:
            wanted = grammar.de(one.wanted)
            job.say(f"{one.presenter} : {one.used} a pris le relais {wanted} pour tout le bulletin ({one.why}).")
    _bound(cache, made, station.cache.voices_mb * MB, job.say)


def _bound(cache: Cache, made: tuple[Clip, ...], limit: int, say: Callable[[str], None]) -> None:
    """Remove the least recently used clips beyond the limit in bytes, never one of this run; no failure stops it."""
    sounds = {one.sha256 for one in made}
    try:
        cache.prune(limit, frozenset(one.key for one in cache.listed() if one.sha256 in sounds))
    except OSError as error:
        say(f"Attention, les sons anciens n’ont pas pu être ôtés de {cache.folder} ({error.strerror or error}).")


def neural(station: Station) -> bool:
    """Tell whether a network will have to be loaded to read for the station, as far as one can know."""
    with suppress(AudionewsError):  # a slip, or a broken package: it is told when the voices are built
        kinds = [registry.load("audionews.voices", one.engine) for one in station.presenters]
        if any(kind.needs_network for kind in kinds):  # it may fail
            kinds += [registry.load("audionews.voices", one.partition(":")[0]) for one in station.voice.ladder]
        return any(kind.neural for kind in kinds)
    return False


def engine(station: Station, presenter: int = 1) -> Engine:
    """Build the engine that is wanted for presenter 1 or 2.

    Raises:
        UsageError: there is no such engine or voice.
        MissingExtraError: it is not installed.
    """
    chosen = station.presenters[presenter - 1]
    name, options = casting.voice_of(station, presenter), station.engines.get(chosen.engine, {})
    built: Engine = registry.voice(chosen.engine, options, name, chosen.speed)
    return built


def ladder(station: Station, presenter: int) -> tuple[Engine, ...]:
    """Give the engine that is wanted for a presenter, then those that would take over and can be built.

    Raises:
        UsageError: there is no such engine or voice, be it on the ladder.
        AudionewsError: the one that is wanted cannot be built.
    """
    first = engine(station, presenter)
    rungs = [first]
    for text in station.voice.ladder:
        name, _, voice = text.partition(":")
        if name == first.name and voice in {"", first.voice}:
            continue
        try:
            voice = voice or registry.load("audionews.voices", name).voice_of(presenter)
            rungs.append(registry.voice(name, station.engines.get(name, {}), voice, first.speed))
        except UsageError:  # a slip in station.toml is told before it is needed
            raise
        except Exception as error:  # not installed, or a foreign package that is broken: the others may do
            log.info("%s ne pourrait pas prendre le relais : %s", name, error)
    return tuple(rungs)
