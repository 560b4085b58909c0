"""Bulletins as radios fetch them, small and quick, for the tests of what is kept in ``site/broadcast``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from audionews import settings
from audionews.model import Bulletin, Recording
from audionews.publish import copies
from audionews.publish.copies import FOLDER, Copies
from audionews.publish.episode import make_episode
from audionews.publish.sheet import Sheet, sheet
from audionews.station import Station
from tests.publish_samples import (
    DAY,
    PUBLISHED,
    sample_clips,
    sample_rundown,
    sample_script,
    sample_timeline,
)

URL = "https://radio.example/lac"
MORNING, EVENING = "2025-06-07-matin", "2025-06-07-soir"


def station(**tables: Any) -> Station:
    """Give a station whose bulletins are news for 24 hours."""
    named = {"name": "Radio du Lac", "url": URL, "email": "redaction@radio.example"}
    return settings.parse({"station": named, **tables}, Path("/nowhere"))


def gathered(
    work: Path, key: str = MORNING, said: bytes = b"news", *, wav: bool = True, at: Station | None = None
) -> tuple[Copies, Sheet]:
    """Give the copies of a bulletin whose sounds hold these bytes, and its conducteur.

    Args:
        work: a folder for the sounds.
        key: id of the bulletin.
        said: what its sounds hold.
        wav: the station makes a master for the air.
        at: the station.
    """
    house, day, edition = at or station(), date.fromisoformat(key[:10]), key[11:]
    planned = replace(sample_rundown(key, day), edition=edition, title=house.edition(edition).title)
    written = sample_script(planned)
    placed = sample_timeline(written)
    folder = work / hashlib.sha256(key.encode() + said).hexdigest()[:8]
    (folder / "6-broadcast").mkdir(parents=True, exist_ok=True)
    mp3, aired = b"ID3 " + key.encode() + said, b"RIFF " + key.encode() + said * 2
    (folder / "6-bulletin.mp3").write_bytes(mp3)
    (folder / "6-broadcast" / "air.wav").write_bytes(aired)
    length = placed.duration_ms
    air = Recording("broadcast", "6-broadcast/air.wav", "audio/wav", len(aired), _sum(aired), length, -23.04, -3.1)
    made = Bulletin(
        *("6-bulletin.mp3", len(mp3), _sum(mp3), length + 12, -16.02, -1.4, placed.chapters), (air,) if wav else ()
    )
    published = PUBLISHED + timedelta(days=(day - DAY).days)
    episode = make_episode(planned, written, sample_clips(written), placed, made, house, published=published)
    paper = sheet(planned, written, placed, made, house)
    return copies.files(episode, paper, copies.sounds(made, folder), house), paper


def silent(work: Path, slot_ms: int, at: Station | None = None) -> Copies:
    """Give the copies that say there is no bulletin."""
    folder = work / f"absence-{slot_ms}"
    folder.mkdir(parents=True, exist_ok=True)
    sound = b"ID3 nothing" + str(slot_ms).encode()
    (folder / "6-bulletin.mp3").write_bytes(sound)
    made = Bulletin("6-bulletin.mp3", len(sound), _sum(sound), slot_ms or 14_000, -16.0, -1.4, ())
    return copies.absence("Radio du Lac. Rien.", made, folder, slot_ms, at or station())


def held(site: Path) -> dict[str, bytes]:
    """Give every file that radios find, temporary ones too: name → content."""
    return {path.name: path.read_bytes() for path in (site / FOLDER).iterdir()} if (site / FOLDER).is_dir() else {}


def latest(site: Path) -> dict[str, Any]:
    """Give ``latest.json``; nothing when it is not there."""
    path = site / FOLDER / "latest.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}


def assert_true(site: Path) -> None:
    """See that each JSON tells of files that are there as it tells, and that no temporary file was left."""
    files = held(site)
    assert not [name for name in files if name.startswith(".")]
    for name in [one for one in files if one.endswith(".json")]:
        told = json.loads(files[name])
        assert told["files"]
        for one in told["files"]:
            found = files[one["path"].removeprefix(f"{FOLDER}/")]
            assert (one["bytes"], one["sha256"]) == (len(found), _sum(found)), (name, one["kind"])
            assert one["url"] == f"{URL}/{one['path']}"
        for address in told.get("conducteur", {}).values():
            assert address.removeprefix(f"{URL}/{FOLDER}/") in files


def moment(text: str) -> datetime:
    """Read ``"2025-06-07 07:00"``, in the zone of Bamako, which is UTC."""
    return datetime.fromisoformat(f"{text}:00+00:00")


def break_at(number: int, patch: pytest.MonkeyPatch, owner: Any, what: str) -> Callable[[], int]:
    """Let the n-th call of a function of the system fail as a full disk does; give a count of the calls."""
    calls, original = 0, getattr(owner, what)

    def broken(*arguments: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number:
            raise OSError(28, "No space left on device")
        return original(*arguments, **more)

    patch.setattr(owner, what, broken)
    return lambda: calls


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
