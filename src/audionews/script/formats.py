"""Bulletin formats and templates: the station's own folder first, then the package's."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, replace
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from audionews.errors import UsageError
from audionews.script.cast import USUAL, Cast, cast_of
from audionews.settings import convert

BREATH = (0.6, 1.5)
# From a slot to the speech in it, measured on the four formats:
FRAME = 8.0  # seconds: the jingle before the first words, the outro
PAUSES = 1.09  # a voice's pace counts the pauses between sentences; those between stories come on top
SPARE = 1.05  # a little too much is read: a sentence can be left out of what is voiced, none can be put in
FULLEST, FULLEST_IN_SLOT = 1.35, 2.0  # of a story's place: a long story rather than an empty end
LIGHT_FROM = 0.6  # of its usual length: a shorter programme has no light story to close it


@dataclass(frozen=True, slots=True)
class Format:
    """How much of what a bulletin holds, in seconds of speech; read from templates/formats/NAME.toml."""

    template: str  # of the script, relative to templates/
    speech: float  # in all
    titles: int = 0  # at most
    recap: int = 0  # titles said again at the end, at most
    stories: tuple[float, ...] = ()  # each full story, first story first
    block: float = 0.0  # on one story without a relaunch; 0 for no limit
    relaunch: bool = False  # the station's name at half-time
    briefs: int = 0  # as a rule
    most_briefs: int = 0  # at most, when the stories are short
    brief: float = 16.0
    light: float = 0.0  # of the light story that closes; 0 for none
    headlines_only: bool = False  # briefs are told by their headline alone
    fullest: float = FULLEST  # of its place: how long a story may become where the day holds few
    breath: float = 1.0  # factor on the pauses, 0.6 to 1.5
    cast: Cast = USUAL  # who reads what


def words(seconds: float, rate: float) -> int:
    """Give how many spoken words fit into some seconds at a rate in words a minute."""
    return round(seconds * rate / 60)


def for_slot(form: Format, seconds: float) -> Format:
    """Give a format for a slot: as much of each part as there is room for, in the same proportions.

    Args:
        form: as its file says.
        seconds: the slot, from the jingle to the end of the outro.

    Returns:
        The format with a little more speech than the slot holds. A longer one has more stories of the last length and
        more briefs, but no more titles: nobody remembers them.
    """
    speech = max(1.0, SPARE * (seconds - FRAME) / (1.0 if form.headlines_only else PAUSES))
    share = speech / form.speech
    number = max(1, round(len(form.stories) * share))
    stories = (*form.stories, *form.stories[-1:] * number)[:number]
    # One long story must not take the whole of a short slot.
    shorter = min(1.0, speech * sum(form.stories) / form.speech / max(1.0, sum(stories)))
    return replace(
        form,
        speech=speech,
        titles=min(form.titles, round(form.titles * share)),
        recap=min(form.recap, round(form.recap * share)),
        stories=tuple(one * shorter for one in stories),
        briefs=max(1 if form.headlines_only else 0, round(form.briefs * share)),
        fullest=max(form.fullest, FULLEST_IN_SLOT),
        most_briefs=max(form.most_briefs, round(form.most_briefs * share)),
        light=form.light if share >= LIGHT_FROM else 0.0,
    )


def folders(station_folder: Path) -> tuple[Traversable, ...]:
    """Give where templates are looked for: the station's ``templates/`` folder, then the package's."""
    own = station_folder / "templates"
    return (*((own,) if own.is_dir() else ()), resources.files("audionews.templates"))


def read(name: str, station_folder: Path) -> str:
    """Read one template file by its path below templates/.

    Raises:
        UsageError: neither the station nor the package has it.
    """
    for folder in folders(station_folder):
        found = folder.joinpath(name)
        if found.is_file():
            return found.read_text("utf-8")
    raise UsageError(f"Le modèle templates/{name} est introuvable", "Vérifiez son nom dans le dossier de la station")


def names(station_folder: Path) -> list[str]:
    """List the formats a station can use."""
    found = {
        one.name.removesuffix(".toml")
        for folder in folders(station_folder)
        if folder.joinpath("formats").is_dir()
        for one in folder.joinpath("formats").iterdir()
        if one.name.endswith(".toml")
    }
    return sorted(found)


def load(name: str, station_folder: Path) -> Format:
    """Read a format.

    Raises:
        UsageError: there is none of that name (those there are, are named), or it is not valid.
    """
    if name not in names(station_folder):
        known = ", ".join(names(station_folder))
        raise UsageError(f"Le format « {name} » n’existe pas", f"Choisissez parmi : {known}")
    where = f"templates/formats/{name}.toml"
    try:
        table = tomllib.loads(read(f"formats/{name}.toml", station_folder))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{where} n’est pas du TOML valide ({error})", "Corrigez la ligne indiquée") from error
    readers = cast_of(table.pop("cast", {}), where)
    form = convert(table, Format, where)
    if not BREATH[0] <= form.breath <= BREATH[1]:
        raise UsageError(
            f"{where}, breath = {form.breath} est hors limites", "Choisissez entre {} et {}".format(*BREATH)
        )
    return replace(form, cast=readers)


def fingerprint(station_folder: Path) -> str:
    """Hash all that the words are made from, so that a changed template makes the script anew."""
    digest = hashlib.sha256()
    for folder in folders(station_folder):
        for part in ("formats", "bulletin"):
            if folder.joinpath(part).is_dir():
                for one in sorted(folder.joinpath(part).iterdir(), key=lambda entry: entry.name):
                    if one.is_file():
                        digest.update(f"{part}/{one.name}\0".encode() + one.read_bytes())
    return digest.hexdigest()
