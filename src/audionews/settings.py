"""station.toml and lexicon.toml → a frozen Station. The only reader of configuration."""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from audionews.errors import UsageError, nearest
from audionews.files import slugify
from audionews.model import Rights
from audionews.station import (
    EDITIONS,
    LEXICON,
    Broadcast,
    CacheChoice,
    Condense,
    Edition,
    FeedChoice,
    Hold,
    Identity,
    Llm,
    Person,
    Podcast,
    Presenter,
    Programme,
    Protection,
    Ranking,
    Retention,
    SoundChoice,
    SourceTable,
    Station,
    TargetChoice,
    VoiceChoice,
    Workers,
    slot_ms,
)

T = TypeVar("T")

PACES = (0.7, 1.3)  # slowest and fastest that may be asked of a voice
FAMILIES = ("sobre", "clair", "kora")  # of the sounds the program makes
EXPIRED = ("rien", "annonce")  # what a radio finds where the bulletin was
SHORT = ("tapis", "dire")  # what a station does when the day does not fill its slot
MOST_PRESENTERS = 2
MOST_THREADS = 64
ALONE = "Voix"  # of a station that names no presenter
# Of a presenter: on one line, for it is written in marks of the script, « [titre eau : Awa] ».
NAME = re.compile(r"[^\W_][^\[\]:\x00-\x1f\x7f-\x9f\u2028\u2029]{0,39}")


def load(path: Path) -> Station:
    """Read a station file.

    Raises:
        UsageError: it cannot be read, is not TOML, has an unknown key (the nearest one is named) or a value
            of the wrong kind (its place is named).
    """
    table = _toml(path)
    if table is None:
        raise UsageError(f"Il n’y a pas de station dans {path}", "Créez-en une : audionews init DOSSIER")
    folder = path.resolve().parent
    return replace(parse(table, folder, str(path)), lexicon=lexicon(path.parent / LEXICON))


def lexicon(path: Path) -> tuple[tuple[str, str], ...]:
    """Read a station's lexicon: words, flat or in tables of any name, each with how it is said.

    Args:
        path: the file; it need not exist.

    Returns:
        A (word, how it is said) for each entry, in order.

    Raises:
        UsageError: it cannot be read, is not TOML, or an entry is not words; its place is named.
    """
    pairs: dict[str, str] = {}
    for name, value in (_toml(path) or {}).items():
        table = value if isinstance(value, dict) else {name: value}
        for word, written in table.items():
            place = f"{path}, « {word} »"
            if not isinstance(written, str):
                raise UsageError(f"{place} devrait être un texte", 'Écrivez par exemple : Abuja = "Aboudja"')
            if not re.match(r"\w", word):
                raise UsageError(f"{place} ne commence pas par une lettre", "Écrivez le mot seul, sans ponctuation")
            if pairs.setdefault(word, written) != written:
                raise UsageError(f"{place} est dit de deux façons", "Gardez-en une")
    return tuple(pairs.items())


def _toml(path: Path) -> dict[str, Any] | None:
    """Read a TOML file; None when there is none."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} ne peut pas être lu ({error})", "Vérifiez ses droits et son encodage UTF-8"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} n’est pas du TOML valide ({error})", "Corrigez la ligne indiquée") from error


def parse(table: dict[str, Any], folder: Path, where: str = "station.toml") -> Station:
    """Make a Station of a parsed TOML table; same errors as `load`."""
    tables: dict[str, Any] = {
        "station": Identity,
        "bulletin": Programme,
        "voice": VoiceChoice,
        "sound": SoundChoice,
        "broadcast": Broadcast,
        "podcast": Podcast,
        "retention": Retention,
        "protection": Protection,
        "hold": Hold,
        "ranking": Ranking,
        "condense": Condense,
        "workers": Workers,
        "cache": CacheChoice,
    }
    known = [*tables, "editions", "source", "engines", "presenter", "feed", "person", "target"]
    _refuse_unknown(table, known, where)
    parts: dict[str, Any] = {
        name: convert(table.get(name, {}), kind, f"{where}, [{name}]") for name, kind in tables.items()
    }
    llm = _mapping(table.get("condense", {}).get("llm", {}), f"{where}, [condense.llm]")
    _refuse_unknown(llm, [one.name for one in fields(Llm)], f"{where}, [condense.llm]")
    editions = dict(EDITIONS)
    for name, one in _mapping(table.get("editions", {}), f"{where}, [editions]").items():
        if not re.fullmatch(r"[a-z0-9-]{1,24}", name):
            raise UsageError(
                f"{where} : « {name} » ne peut pas nommer une édition",
                "Lettres a-z, chiffres et tirets seulement",
            )
        place = f"{where}, [editions.{name}]"
        ours = asdict(EDITIONS[name]) if name in EDITIONS else {}  # what is not written stays as it was
        editions[name] = convert(ours | _mapping(one, place), Edition, place)
    for name, edition in editions.items():
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", edition.time):
            raise UsageError(f"{where}, [editions.{name}] : l’heure « {edition.time} » est illisible", "Écrivez 07:00")
    station = Station(
        folder=folder,
        identity=_identity(parts["station"], where),
        programme=parts["bulletin"],
        voice=parts["voice"],
        sound=parts["sound"],
        broadcast=parts["broadcast"],
        podcast=parts["podcast"],
        retention=parts["retention"],
        protection=parts["protection"],
        hold=parts["hold"],
        ranking=parts["ranking"],
        condense=parts["condense"],
        workers=parts["workers"],
        cache=parts["cache"],
        presenters=_presenters(table.get("presenter", []), parts["voice"], where),
        editions=editions,
        sources=tuple(_source(one, where) for one in _list(table.get("source", []), "source", where)),
        feeds=_rows(table, "feed", FeedChoice, where),
        persons=_rows(table, "person", Person, where),
        targets=_rows(table, "target", TargetChoice, where),
        engines={name: _mapping(one, where) for name, one in _mapping(table.get("engines", {}), where).items()},
    )
    _check_levels(station, where)
    _check_choices(station, where)
    if station.workers.dask:
        cluster(station.workers.dask, f"{where}, [workers] dask")
    return station


def convert(options: dict[str, Any], kind: type[T], where: str) -> T:
    """Fill a frozen dataclass from its table: a part of the station, or the Options of an engine or source.

    Raises:
        UsageError: an unknown key, or a value of the wrong kind.
    """
    import msgspec

    _refuse_unknown(_mapping(options, where), [one.name for one in fields(kind)], where)  # type: ignore[arg-type]
    try:
        return msgspec.convert(options, kind)
    except msgspec.ValidationError as error:
        raise UsageError(f"{where} : {error}", "Corrigez cette valeur") from error


def _identity(given: Identity, where: str) -> Identity:
    try:
        ZoneInfo(given.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UsageError(
            f"{where} : le fuseau « {given.timezone} » est inconnu", "Écrivez par exemple Africa/Bamako"
        ) from error
    if not re.match(r"https?://[^/\s]+", given.url):
        raise UsageError(f"{where} : l’adresse « {given.url} » n’en est pas une", "Écrivez https://…")
    return replace(
        given,
        slug=given.slug or slugify(given.name),
        url=given.url.rstrip("/"),
        author=given.author or given.name,
    )


def cluster(address: str, where: str) -> str:
    """Check the address of a cluster's scheduler, and give it.

    Raises:
        UsageError: it is none.
    """
    if not re.fullmatch(r"(?:dask|tcp|tls|ucx|wss?)://[^\s/]+:\d+/?", address):
        raise UsageError(f"{where} : « {address} » n’est pas une adresse", "Écrivez dask://hôte:8786")
    return address


def _presenters(tables: Any, voice: VoiceChoice, where: str) -> tuple[Presenter, ...]:
    """Give the presenters, what they leave out filled from ``[voice]``; one without a name of its own when none is."""
    place = f"{where}, [[presenter]]"
    given = [convert(_mapping(one, place), Presenter, place) for one in _list(tables, "presenter", where)]
    names = [one.name.strip() for one in given]
    if len(given) > MOST_PRESENTERS:
        raise UsageError(f"{place} : il y en a {len(given)}", f"Gardez-en {MOST_PRESENTERS} au plus")
    if len(set(names)) < len(names) or not all(NAME.fullmatch(name) for name in names):
        raise UsageError(f"{place} : chaque nom doit être lisible et différent", 'Écrivez par exemple name = "Awa"')
    return tuple(
        Presenter(
            name=one.name.strip(),
            engine=one.engine or voice.engine,
            voice=one.voice or (voice.name if at == 0 and one.engine in {"", voice.engine} else ""),
            speed=one.speed or voice.speed,
        )
        for at, one in enumerate(given or [Presenter(ALONE)])
    )


def _source(table: Any, where: str) -> SourceTable:
    place = f"{where}, [[source]]"
    options = dict(_mapping(table, place))
    own: dict[str, Any] = {
        key: options.pop(key) for key in ("kind", "name", "rights", "teasers", "hold") if key in options
    }
    # Whoever lays articles into a folder has them from their owner; what a program fetches nobody has agreed to.
    given = own.get("kind", "folder") in {"folder", "jsonl"}
    own.setdefault("rights", (Rights.ACCORD if given else Rights.UNKNOWN).value)
    return replace(convert(own, SourceTable, place), options=options)


def _rows(table: dict[str, Any], name: str, kind: type[T], where: str) -> tuple[T, ...]:
    """Give the tables ``[[name]]``."""
    place = f"{where}, [[{name}]]"
    return tuple(convert(_mapping(one, place), kind, place) for one in _list(table.get(name, []), name, where))


def _check_levels(station: Station, where: str) -> None:
    limits = {
        "[voice] speed": (station.voice.speed, *PACES),
        **{f"[[presenter]] « {one.name} » speed": (one.speed, *PACES) for one in station.presenters},
        "[workers] threads": (station.workers.threads, 0, MOST_THREADS),
        "[cache] voices_mb": (station.cache.voices_mb, 10, 1_000_000),
        "[sound] loudness": (station.sound.loudness, -30.0, -12.0),
        "[sound] true_peak": (station.sound.true_peak, -9.0, -0.5),
        "[sound] bitrate": (station.sound.bitrate, 48, 320),
        "[sound] tempo": (station.sound.tempo or 100, 60, 160),
        "[broadcast] loudness": (station.broadcast.loudness, -30.0, -12.0),
        "[broadcast] true_peak": (station.broadcast.true_peak, -9.0, -0.5),
        "[broadcast] valid_hours": (station.broadcast.valid_hours, 0.5, 24 * 31),
        "[bulletin] max_age_days": (station.programme.max_age_days, 0, 365),
        "[bulletin] memory_days": (station.programme.memory_days, 0, 365),
        "[bulletin] words_per_minute": (station.programme.words_per_minute or 165, 100, 220),
        "[podcast] items": (station.podcast.items, 10, 1000),
        "[retention] runs_days": (station.retention.runs_days, 1, 36_500),
        "[retention] broadcast_days": (station.retention.broadcast_days, 1, 36_500),
        "[retention] replaced_days": (station.retention.replaced_days, 1, 36_500),
        "[retention] mb": (station.retention.mb, 0, 100_000_000),
        "[condense.llm] timeout": (station.condense.llm.timeout, 1, 600),
    }
    for name, (value, low, high) in limits.items():
        if not low <= value <= high:
            raise UsageError(f"{where}, {name} = {value} est hors limites", f"Choisissez entre {low} et {high}")


def _check_choices(station: Station, where: str) -> None:
    choices: dict[str, tuple[object, tuple[object, ...]]] = {
        "[bulletin] short": (station.programme.short, SHORT),
        "[broadcast] bits": (station.broadcast.bits, (16, 24)),
        "[sound] family": (station.sound.family, FAMILIES),
        "[broadcast] expired": (station.broadcast.expired, EXPIRED),
    }
    for name, (value, known) in choices.items():
        if value not in known:
            listed = ", ".join(str(one) for one in known)
            raise UsageError(f"{where}, {name} = {value} est inconnu", nearest(str(value), map(str, known), listed))
    for slot in (station.programme.slot, *(one.slot for one in station.editions.values())):
        slot_ms(slot)


def _refuse_unknown(table: dict[str, Any], known: list[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise UsageError(f"{where} : « {key} » est inconnu", nearest(key, known, "l’un de " + ", ".join(known)))


def _mapping(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UsageError(f"{where} devrait être une table", "Voyez docs/station.md")
    return value


def _list(value: Any, name: str, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise UsageError(f"{where}, {name} devrait s’écrire [[{name}]], avec deux crochets", "Voyez docs/station.md")
    return value
