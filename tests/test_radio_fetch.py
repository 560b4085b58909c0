"""The program of docs/radios.md, as a station runs it, against a plain web server that knows nothing of clocks."""

from __future__ import annotations

import functools
import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audionews.publish import radio
from tests.helpers import ROOT
from tests.radio_samples import EVENING, gathered, silent

TODAY = f"{datetime.now(UTC).date()}-soir"  # its end is a day away at least
Fetch = Callable[..., str]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Answers as any server of files does, and writes no log."""

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site" / "broadcast").mkdir(parents=True)
    return tmp_path / "site"


@pytest.fixture
def server(site: Path) -> Iterator[http.server.ThreadingHTTPServer]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site))) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join(10)


@pytest.fixture
def fetch(server: http.server.ThreadingHTTPServer, tmp_path: Path) -> Fetch:
    """Give what runs the documented program once; it waits for nobody."""
    text = (ROOT / "docs" / "radios.md").read_text("utf-8").split("```python\n")[1].split("```")[0]
    program = tmp_path / "journal.py"
    program.write_text(text.replace("PAUSE = 5", "PAUSE = 0"), "utf-8")
    address = f"http://127.0.0.1:{server.server_address[1]}/broadcast"

    def run(kind: str = "wav") -> str:
        command = [sys.executable, str(program), address, kind, str(tmp_path / f"journal.{kind}")]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()

    return run


def publish(site: Path, key: str, said: bytes = b"news") -> bytes:
    made, _ = gathered(site.parent / "work", key, said)
    radio.keep(site, made)
    radio.air(site, made.name)
    return made.sounds["wav"].read_bytes()


def test_it_follows_what_may_be_aired(site: Path, fetch: Fetch, tmp_path: Path) -> None:
    local = tmp_path / "journal.wav"
    assert fetch() == "none"
    sound = publish(site, TODAY)
    assert (fetch(), local.read_bytes()) == ("new", sound)
    assert (fetch(), local.read_bytes()) == ("same", sound)
    corrected = publish(site, TODAY, b"corrected")
    assert (fetch(), local.read_bytes()) == ("new", corrected)
    radio.clear(site)
    assert fetch() == "none"
    assert not local.exists()


def test_what_a_server_without_a_clock_still_gives_is_not_taken(site: Path, fetch: Fetch, tmp_path: Path) -> None:
    publish(site, EVENING)
    assert fetch() == "none"
    assert not (tmp_path / "journal.wav").exists()


def test_without_a_line_a_bulletin_is_kept_until_its_end(
    site: Path, fetch: Fetch, server: http.server.ThreadingHTTPServer, tmp_path: Path
) -> None:
    local, note = tmp_path / "journal.wav", tmp_path / "journal.wav.json"
    publish(site, TODAY)
    fetch()
    server.shutdown()
    server.server_close()
    assert (fetch(), local.exists()) == ("same", True)
    told = json.loads(note.read_text("utf-8"))
    note.write_text(json.dumps(told | {"expires": "2025-06-08T07:00:00+00:00"}), "utf-8")
    assert (fetch(), local.exists(), note.exists()) == ("none", False, False)


def test_a_sound_that_is_not_the_one_told_is_not_taken(site: Path, fetch: Fetch, tmp_path: Path) -> None:
    sound = publish(site, TODAY)
    fetch()
    publish(site, TODAY, b"corrected")
    latest = site / "broadcast" / "latest.wav"
    latest.unlink()
    latest.write_bytes(b"half")
    assert (fetch(), (tmp_path / "journal.wav").read_bytes()) == ("same", sound)
    assert not list(tmp_path.glob("*.part"))


def test_the_word_of_absence_is_taken_like_a_bulletin(site: Path, fetch: Fetch, tmp_path: Path) -> None:
    made = silent(site.parent / "work", 0)
    radio.keep(site, made)
    radio.air(site, made.name)
    assert fetch("wav") == "none", "this station makes none"
    assert fetch("mp3") == "new"
    assert (tmp_path / "journal.mp3").read_bytes() == made.sounds["mp3"].read_bytes()
    assert fetch("mp3") == "same"
