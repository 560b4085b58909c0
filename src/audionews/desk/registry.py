"""Plugins by entry point: voices and sources, ours and foreign. A broken one is named and stops nothing."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from audionews.errors import AudionewsError, MissingExtraError, UsageError
from audionews.settings import convert

GROUPS = ("audionews.sources", "audionews.voices")


@dataclass(frozen=True, slots=True)
class Plugin:
    """What `audionews engines` tells of one plugin."""

    group: str
    name: str
    origin: str  # the package it comes from
    state: str  # "prêt", or what to install or mend


@cache
def _entries(group: str) -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=group)}


def load(group: str, name: str) -> Any:
    """Load the class of a plugin.

    Raises:
        UsageError: there is none of that name; the nearest one is named.
        AudionewsError: its package is broken.
    """
    entries = _entries(group)
    if name not in entries:
        near = difflib.get_close_matches(name, entries, 1, 0.5) or sorted(entries)
        kind = "moteur de voix" if group.endswith("voices") else "genre de source"
        raise UsageError(f"Le {kind} « {name} » n’existe pas", f"Essayez {', '.join(near)} (audionews engines)")
    try:
        return entries[name].load()
    except Exception as error:  # a foreign package may fail in any way when it is imported
        raise AudionewsError(
            f"Le module « {name} » ({_origin(entries[name])}) est cassé : {error}",
            "Réinstallez-le, ou choisissez-en un autre (audionews engines)",
        ) from error


def voice(name: str, options: dict[str, Any], voice_name: str, speed: float) -> Any:
    """Make a voice engine ready, its options checked."""
    engine = load("audionews.voices", name)
    return engine(convert(options, engine.Options, f"station.toml, [engines.{name}]"), voice_name, speed)


def survey() -> tuple[Plugin, ...]:
    """Try every plugin and tell its state."""
    found = []
    for group in GROUPS:
        for name, entry in sorted(_entries(group).items()):
            found.append(Plugin(group.partition(".")[2], name, _origin(entry), _state(group, name)))
    return tuple(found)


def _state(group: str, name: str) -> str:
    try:
        plugin = load(group, name)
        if group == "audionews.voices":
            plugin(plugin.Options())
    except MissingExtraError as error:
        return f"à installer : {error.hint}"
    except AudionewsError as error:
        return str(error)
    except Exception as error:  # as above: a foreign class may do anything
        return f"cassé : {error}"
    return "prêt"


def _origin(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else "?"
