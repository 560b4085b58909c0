"""station.toml → a frozen Station. The only reader of configuration; each default is written here, once."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from audionews.errors import UsageError
from audionews.files import slugify
from audionews.model import Rights

LEXICON = "lexicon.toml"  # beside station.toml: how the station's own words are said
T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class Programme:
    """Table ``[bulletin]``: what is built when the command line does not say."""

    format: str = "journal"
    edition: str = "matin"
    max_age_days: int = 2  # an article older than this on the day of the bulletin is not news
    memory_days: int = 7  # what was told in these days comes back only with something new
    words_per_minute: int = 0  # of the voice; the engine's own when 0


@dataclass(frozen=True, slots=True)
class Edition:
    """Table ``[editions.NAME]``: one bulletin of the day."""

    title: str
    time: str  # "07:00", local


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """Table ``[voice]``: who reads."""

    engine: str = "kokoro"
    name: str = ""  # of the engine's voices; its own default when empty
    speed: float = 1.0  # 0.7 to 1.3


@dataclass(frozen=True, slots=True)
class SoundChoice:
    """Table ``[sound]``: levels of the podcast master, and the station's own sounds."""

    loudness: float = -16.0  # LUFS, integrated
    true_peak: float = -1.0  # dBTP, never above
    bitrate: int = 128  # kbit/s, constant
    jingle: str = ""  # files beside station.toml; made by the program when empty
    sting: str = ""
    bed: str = ""
    outro: str = ""


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
    protection: Protection = Protection()
    hold: Hold = Hold()
    ranking: Ranking = Ranking()
    condense: Condense = Condense()
    editions: dict[str, Edition] = field(default_factory=lambda: dict(EDITIONS))
    sources: tuple[SourceTable, ...] = ()
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
            _suggest(name, self.editions, "[editions.NOM]"),
        )


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
        "protection": Protection,
        "hold": Hold,
        "ranking": Ranking,
        "condense": Condense,
    }
    known = [*tables, "editions", "source", "engines"]
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
        editions[name] = convert(one, Edition, f"{where}, [editions.{name}]")
    for name, edition in editions.items():
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", edition.time):
            raise UsageError(f"{where}, [editions.{name}] : l’heure « {edition.time} » est illisible", "Écrivez 07:00")
    station = Station(
        folder=folder,
        identity=_identity(parts["station"], where),
        programme=parts["bulletin"],
        voice=parts["voice"],
        sound=parts["sound"],
        protection=parts["protection"],
        hold=parts["hold"],
        ranking=parts["ranking"],
        condense=parts["condense"],
        editions=editions,
        sources=tuple(_source(one, where) for one in _list(table.get("source", []), where)),
        engines={name: _mapping(one, where) for name, one in _mapping(table.get("engines", {}), where).items()},
    )
    _check_levels(station, where)
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


def _check_levels(station: Station, where: str) -> None:
    limits = {
        "[voice] speed": (station.voice.speed, 0.7, 1.3),
        "[sound] loudness": (station.sound.loudness, -30.0, -12.0),
        "[sound] true_peak": (station.sound.true_peak, -9.0, -0.5),
        "[sound] bitrate": (station.sound.bitrate, 48, 320),
        "[bulletin] max_age_days": (station.programme.max_age_days, 0, 365),
        "[bulletin] memory_days": (station.programme.memory_days, 0, 365),
        "[bulletin] words_per_minute": (station.programme.words_per_minute or 165, 100, 220),
        "[condense.llm] timeout": (station.condense.llm.timeout, 1, 600),
    }
    for name, (value, low, high) in limits.items():
        if not low <= value <= high:
            raise UsageError(f"{where}, {name} = {value} est hors limites", f"Choisissez entre {low} et {high}")


def _refuse_unknown(table: dict[str, Any], known: list[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise UsageError(f"{where} : « {key} » est inconnu", _suggest(key, known, "l’un de " + ", ".join(known)))


def _suggest(word: str, known: Any, otherwise: str) -> str:
    near = difflib.get_close_matches(word, list(known), 1, 0.5)
    return f"Vouliez-vous dire « {near[0]} » ?" if near else f"Écrivez {otherwise}"


def _mapping(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UsageError(f"{where} devrait être une table", "Voyez docs/station.md")
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise UsageError(f"{where}, source devrait s’écrire [[source]], avec deux crochets", "Voyez docs/station.md")
    return value
