"""What a radio gets from broadcast/latest.* once the bulletin is over and nobody made another."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from audionews.publish.fresh import instead
from tests.serving import ask, serving

EXPIRES = datetime(2025, 6, 8, 7, 0, tzinfo=timezone(timedelta(hours=1)))
BEFORE, AFTER = EXPIRES - timedelta(seconds=1), EXPIRES
SOUNDS, TEXTS = ("latest.wav", "latest.mp3"), ("latest.html", "latest.txt")
BUILT = datetime(2025, 6, 7, 6, 30, tzinfo=UTC).timestamp()


@dataclass
class Radio:
    """A site with a bulletin for radios, a clock, and the server's port."""

    folder: Path
    moment: datetime = BEFORE
    port: int = field(default=0)


def write(folder: Path, name: str, text: str, at: float = BUILT) -> None:
    (folder / name).write_text(text)
    os.utime(folder / name, (at, at))


@pytest.fixture
def radio(tmp_path: Path) -> Iterator[Radio]:
    made = Radio(tmp_path / "lac" / "broadcast")
    made.folder.mkdir(parents=True)
    for name in (*SOUNDS, *TEXTS):
        write(made.folder, name, f"today's {name}")
    write(made.folder, "radio-2025-06-07-matin.mp3", "dated")
    write(made.folder, "latest.json", json.dumps({"state": "bulletin", "expires": EXPIRES.isoformat()}))
    with serving(tmp_path, now=lambda: made.moment) as made.port:
        yield made


def announce(radio: Radio) -> None:
    for name in SOUNDS:
        write(radio.folder, name.replace("latest", "absence"), f"none in {name}", BUILT - 1_000_000)


def test_until_its_time_is_over_the_bulletin_is_served_and_asked_for_each_time(radio: Radio) -> None:
    announce(radio)
    for name in (*SOUNDS, *TEXTS):
        reply = ask(radio.port, f"/lac/broadcast/{name}")
        assert (reply.status, reply.body) == (200, f"today's {name}".encode())
        assert reply.headers["Cache-Control"] == "no-cache"
        assert reply.headers["Expires"] is None
        again = ask(radio.port, f"/lac/broadcast/{name}", If_None_Match=reply.headers["ETag"])
        assert again.status == 304


def test_afterwards_it_is_gone(radio: Radio) -> None:
    radio.moment = AFTER
    for name in (*SOUNDS, *TEXTS):
        for sent in ({}, {"Range": "bytes=0-1"}, {"If_None_Match": "*"}):
            reply = ask(radio.port, f"/lac/broadcast/{name}", **sent)
            assert reply.status == 410
            assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
            assert reply.headers["Cache-Control"] == "no-cache"
            told = reply.body.decode()
            assert told.startswith("Pas de bulletin")
            assert "8\u00a0juin 2025 à 7\u00a0h\u00a000" in told
            assert "today" not in told
    assert ask(radio.port, "/lac/broadcast/latest.mp3", "HEAD").status == 410
    record = ask(radio.port, "/lac/broadcast/latest.json")
    assert record.status == 410
    assert json.loads(record.body) == {"version": 1, "state": "absent", "expired": EXPIRES.isoformat()}
    assert ask(radio.port, "/lac/broadcast/radio-2025-06-07-matin.mp3").body == b"dated", "asked for by its date"


def test_or_the_station_says_that_there_is_none(radio: Radio) -> None:
    fresh = {name: ask(radio.port, f"/lac/broadcast/{name}") for name in SOUNDS}
    announce(radio)
    radio.moment = AFTER
    for name in SOUNDS:
        reply = ask(radio.port, f"/lac/broadcast/{name}")
        assert (reply.status, reply.body) == (200, f"none in {name}".encode())
        assert reply.headers["Content-Type"] == fresh[name].headers["Content-Type"]
        assert reply.headers["Cache-Control"] == "no-cache"
        assert ask(radio.port, f"/lac/broadcast/{name}", Range="bytes=0-3").body == b"none"
        assert ask(radio.port, f"/lac/broadcast/{name}", If_None_Match=reply.headers["ETag"]).status == 304
    told = ask(radio.port, "/lac/broadcast/latest.json")
    assert told.status == 200
    assert json.loads(told.body)["state"] == "absent"
    for name in TEXTS:
        assert ask(radio.port, f"/lac/broadcast/{name}").status == 410


def test_whoever_holds_the_bulletin_never_hears_that_nothing_changed(radio: Radio) -> None:
    """The announcement is an older file than the bulletin; and the next bulletin may be older than its expiry."""
    announce(radio)
    held = ask(radio.port, "/lac/broadcast/latest.mp3").headers
    radio.moment = AFTER
    for sent in ({"If_None_Match": held["ETag"]}, {"If_Modified_Since": held["Last-Modified"]}):
        reply = ask(radio.port, "/lac/broadcast/latest.mp3", **sent)
        assert (reply.status, reply.body) == (200, b"none in latest.mp3")
    held = reply.headers
    assert held["Last-Modified"] == "Sun, 08 Jun 2025 06:00:00 GMT"
    write(radio.folder, "latest.mp3", "tomorrow's", EXPIRES.timestamp() - 300)
    later = {"state": "bulletin", "expires": (EXPIRES + timedelta(days=1)).isoformat()}
    write(radio.folder, "latest.json", json.dumps(later))
    for sent in ({"If_None_Match": held["ETag"]}, {"If_Modified_Since": held["Last-Modified"]}):
        assert ask(radio.port, "/lac/broadcast/latest.mp3", **sent).body == b"tomorrow's"


def test_what_the_station_put_there_itself_is_served(radio: Radio) -> None:
    radio.moment = AFTER
    for told in ({"state": "absent", "expires": EXPIRES.isoformat()}, {"state": "bulletin"}):
        write(radio.folder, "latest.json", json.dumps(told))
        assert ask(radio.port, "/lac/broadcast/latest.mp3").body == b"today's latest.mp3"
    (radio.folder / "latest.json").unlink()
    assert ask(radio.port, "/lac/broadcast/latest.mp3").body == b"today's latest.mp3"
    assert ask(radio.port, "/lac/broadcast/latest.json").status == 404


@pytest.mark.parametrize(
    "told", ["{", "[]", '{"expires": 5}', '{"expires": "tomorrow"}', '{"expires": "2099-06-08T07:00:00"}', "\xff"]
)
def test_a_description_that_cannot_be_read_promises_nothing(radio: Radio, told: str) -> None:
    (radio.folder / "latest.json").write_bytes(told.encode("latin-1"))
    assert ask(radio.port, "/lac/broadcast/latest.mp3").status == 410


def test_only_the_latest_of_broadcast_is_watched(tmp_path: Path) -> None:
    (tmp_path / "latest.json").write_text(json.dumps({"state": "bulletin", "expires": EXPIRES.isoformat()}))
    assert instead(tmp_path, "radio-2025-06-07-matin.wav", AFTER) is None
    assert instead(tmp_path, "absence.mp3", AFTER) is None
    assert instead(tmp_path, "latest.mp3", BEFORE) is None
    assert instead(tmp_path, "latest.mp3", AFTER.astimezone(UTC)) is not None
