"""Who can read: each voice of each engine, ours and foreign, its state, and who of the station reads with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from audionews.desk import registry
from audionews.errors import AudionewsError, MissingExtraError
from audionews.station import Station

READY = "prêt"


@dataclass(frozen=True, slots=True)
class Choice:
    """One voice, as `audionews voices` shows it."""

    engine: str
    voice: str  # empty where the engine itself cannot be loaded
    origin: str  # the package the engine comes from
    state: str  # `READY`, or what to install or mend
    presenters: tuple[str, ...] = ()  # of the station, who read with it
    languages: tuple[str, ...] = ()
    needs_network: bool = False
    word_times: bool = False  # it tells when each word is said
    max_chars: int = 0  # the longest text of one call; the house cuts what is longer
    words_per_minute: int = 0
    reads: str = ""  # "phonemes", "respellings" or "plain"
    time_limit: float = 0.0  # seconds for one call

    @property
    def ready(self) -> bool:
        """Whether it can speak now."""
        return self.state == READY


def voice_of(station: Station, presenter: int) -> str:
    """Give the voice presenter 1 or 2 reads with: their own, or the engine's for them unless the other has it.

    Raises:
        UsageError: there is no such engine.
        AudionewsError: it is broken.
    """
    chosen = station.presenters[presenter - 1]
    if chosen.voice:
        return chosen.voice
    kind = registry.load("audionews.voices", chosen.engine)
    usual: str = kind.voice_of(presenter)
    taken = {one.voice for one in station.presenters if one.engine == chosen.engine}
    return next((one for one in (usual, *kind.voices()) if one not in taken), usual)


def choices(station: Station, engines: Collection[str] = ()) -> Iterator[Choice]:
    """Give all voices, engine by engine; a broken engine costs only itself.

    Args:
        station: whose presenters, and whose options of engines.
        engines: only these; all when empty.

    Raises:
        UsageError: there is no engine of one of those names.
    """
    for name in engines:
        registry.load("audionews.voices", name)
    for plugin in registry.survey():
        if plugin.group != "voices" or (engines and plugin.name not in engines):
            continue
        try:
            yield from _of_engine(plugin, station)
        except Exception as error:  # a foreign package may fail in any way
            yield Choice(plugin.name, "", plugin.origin, _told(error))


def _of_engine(plugin: registry.Plugin, station: Station) -> list[Choice]:
    kind = registry.load("audionews.voices", plugin.name)
    cast: dict[str, list[str]] = {}
    for number, one in enumerate(station.presenters, 1):
        if one.engine == plugin.name:
            cast.setdefault(voice_of(station, number), []).append(one.name)
    return [
        Choice(
            engine=plugin.name,
            voice=voice,
            origin=plugin.origin,
            state=_state(plugin.name, voice, station.engines.get(plugin.name, {})),
            presenters=tuple(cast.get(voice, ())),
            languages=tuple(kind.languages),
            needs_network=kind.needs_network,
            word_times=kind.word_times,
            max_chars=kind.max_chars,
            words_per_minute=kind.words_per_minute,
            reads=kind.reads,
            time_limit=kind.time_limit,
        )
        for voice in dict.fromkeys((*kind.voices(), *cast))  # a blend or a station's own voice is not proposed
    ]


def _state(engine: str, voice: str, options: dict[str, Any]) -> str:
    try:
        registry.voice(engine, options, voice, 1.0)
    except Exception as error:  # as above
        return _told(error)
    return READY


def _told(error: Exception) -> str:
    if isinstance(error, MissingExtraError):
        return f"à installer : {error.hint}"
    return str(error) if isinstance(error, AudionewsError) else f"cassé : {error!r}"
