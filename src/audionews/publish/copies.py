"""Episode → what radios fetch of it: sounds, conducteur, and a JSON that tells of all of them. Nothing is written here.

The fields of the JSON are told in docs/radios.md; `VERSION` is raised when one changes its meaning or leaves.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from audionews.errors import AudionewsError
from audionews.model import Bulletin, Episode, Recording
from audionews.publish.conducteur import conducteur_page, conducteur_text, items
from audionews.publish.sheet import Sheet, Sound
from audionews.station import Station

VERSION = 1
FOLDER = "broadcast"  # of the site
BULLETIN, ABSENT = "bulletin", "absent"  # what a sound is: its JSON's "state"
TYPES = {"wav": "audio/wav", "mp3": "audio/mpeg"}  # by kind, which is the ending of the file too
KINDS = {"Antenne": "wav", "Podcast": "mp3"}  # by the labels of the conducteur's sounds
NO_BULLETIN = "Pas de journal"
SYNTHETIC = "Voix de synthèse."
DISCLOSURE = f"{SYNTHETIC} Textes condensés par un programme à partir des articles cités."


@dataclass(frozen=True, slots=True)
class Copies:
    """The files of one name under ``broadcast/``, each with its ending."""

    name: str  # "radio-bandoula-2025-06-07-matin", without an ending
    sounds: Mapping[str, Path]  # "wav" or "mp3" → the finished file
    texts: Mapping[str, str]  # "html", "txt" → its content
    told: str  # the JSON: it names every file, with digests and sizes


def dated_name(station: Station, key: str) -> str:
    """Give the name of a bulletin's files by its id; the WAV's cart calls it the cut ID."""
    return f"{station.identity.slug}-{key}"


def absence_name(slot_ms: int) -> str:
    """Give the name of the files that say there is no bulletin, by the slot they fill; 0 for none."""
    return f"absence-{slot_ms // 1000}s"


def sounds(bulletin: Bulletin, folder: Path) -> dict[str, Path]:
    """Give the files of a finished bulletin that radios fetch: ``"mp3"``, and ``"wav"`` where the station makes one."""
    return {kind: folder / one.path for kind, one in _measured(bulletin).items()}


def _measured(bulletin: Bulletin) -> dict[str, Recording | Bulletin]:
    aired = [("wav", one) for one in bulletin.recordings if one.kind == "broadcast"]
    return dict([*aired, ("mp3", bulletin)])


def files(episode: Episode, sheet: Sheet, sounds: Mapping[str, Path], station: Station) -> Copies:
    """Gather what radios fetch of a bulletin.

    Args:
        episode: the bulletin.
        sheet: its conducteur, with the measured sounds.
        sounds: ``"mp3"`` → the podcast master, ``"wav"`` → the master for the air where the station makes one.
        station: who speaks, and where the public finds it.

    Returns:
        Its dated copies. The HTML stands alone: it names no other file, so that it can be fetched and printed.

    Raises:
        AudionewsError: a sound is not there, or the conducteur has not measured it.
    """
    name, url = dated_name(station, episode.id), station.identity.url
    named = [(KINDS[one.label], replace(one, name=f"{name}.{KINDS[one.label]}")) for one in sheet.sounds]
    measured = {kind: one for kind, one in named if kind in sounds}
    if missing := sounds.keys() - measured.keys():
        raise AudionewsError(f"Le conducteur ne connaît pas le son {', '.join(missing)}", "Refaites ce journal")
    page = f"{url}/episodes/{episode.id}/"
    made = replace(sheet, sounds=tuple(measured.values()))
    told = {
        **_head(BULLETIN, name, episode.title, sheet.station),
        "id": episode.id,
        "date": episode.date.isoformat(),
        "edition": episode.edition,
        "published": episode.published.isoformat(),
        "corrected": episode.corrections[-1].at.isoformat() if episode.corrections else "",
        "starts": sheet.starts.isoformat(),
        "expires": sheet.expires.isoformat(),
        "duration_ms": sheet.duration_ms,
        "slot_ms": station.slot_ms(episode.edition),
        "first_words": sheet.first,
        "last_words": sheet.last,
        "in_ms": sheet.first_ms,
        "out_ms": sheet.last_ms,
        "files": [_file(name, kind, url, sounds[kind], one) for kind, one in measured.items()],
        "items": items(sheet),
        "conducteur": {"html": _url(url, name, "html"), "text": _url(url, name, "txt")},
        "page": page,
        "disclosure": DISCLOSURE,
    }
    texts = {"html": conducteur_page(made, station, back=page), "txt": conducteur_text(made)}
    return Copies(name, sounds, texts, _json(told))


def absence(text: str, bulletin: Bulletin, folder: Path, slot_ms: int, station: Station) -> Copies:
    """Gather what radios fetch when there is no bulletin.

    Args:
        text: what is said.
        bulletin: the finished sounds.
        folder: where they are.
        slot_ms: that they fill; 0 for none.
        station: who speaks.

    Raises:
        AudionewsError: a sound is not there.
    """
    name, url = absence_name(slot_ms), station.identity.url
    measured, given = _measured(bulletin), sounds(bulletin, folder)
    exact = measured.get("wav")  # an MP3 ends with a whole frame
    told = {
        **_head(ABSENT, name, NO_BULLETIN, station.identity.name),
        "duration_ms": exact.duration_ms if exact else slot_ms or bulletin.duration_ms,
        "slot_ms": slot_ms,
        "text": text,
        "files": [_file(name, kind, url, given[kind], one) for kind, one in measured.items()],
        "disclosure": SYNTHETIC,
    }
    return Copies(name, given, {}, _json(told))


def renamed(told: Mapping[str, Any], name: str) -> str:
    """Give the JSON of some files for their copies of another name; ``name`` in it stays that of the dated ones."""
    whole = json.loads(json.dumps(told))
    former = whole["name"]
    for one in whole["files"]:
        base = one["url"].removesuffix(one["path"])
        one["path"] = f"{FOLDER}/{name}.{one['kind']}"
        one["url"] = base + one["path"]
    sheets = whole.get("conducteur", {})
    for kind, address in sheets.items():
        before, _, after = address.rpartition(former)
        sheets[kind] = before + name + after
    return _json(whole)


def _head(state: str, name: str, title: str, station: str) -> dict[str, Any]:
    return {"version": VERSION, "state": state, "name": name, "title": title, "station": station}


def _file(name: str, kind: str, url: str, path: Path, one: Sound | Recording | Bulletin) -> dict[str, Any]:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise AudionewsError(
            f"Le son {path} ne peut pas être lu ({error.strerror or error})", "Refaites ce journal"
        ) from error
    return {
        "kind": kind,
        "type": TYPES[kind],
        "url": _url(url, name, kind),
        "path": f"{FOLDER}/{name}.{kind}",
        "bytes": size,
        "sha256": one.sha256,
        "duration_ms": one.duration_ms,
        "loudness": _level(one.loudness),
        "true_peak": _level(one.true_peak),
    }


def _url(url: str, name: str, ending: str) -> str:
    return f"{url}/{FOLDER}/{name}.{ending}"


def _level(value: float) -> float | None:
    return round(value, 2) if math.isfinite(value) else None  # JSON has no infinity; silence has no level


def _json(whole: dict[str, Any]) -> str:
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
