"""How far the voices are: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audionews.cli.build import _Desk, cut, told
from audionews.desk import pipeline
from audionews.settings import load
from audionews.voices.progress import Progress
from tests.helpers import make_job, make_station

STATION = """
[station]
name = "Radio Essai"
url = "https://radio.example"
[voice]
engine = "espeak"
[[presenter]]
name = "Awa"
[[presenter]]
name = "Issa"
voice = "fr+f3"
[[source]]
path = "articles"
name = "le journal L’Exemple"
"""
BOTH = "espeak:fr, espeak:fr+f3"
DRAWN = re.compile(r"\r  \[(?P<bar>[#-]{10})\]  (?P<done>\d+)/(?P<total>\d+)  (?P<told>[^\r\n]*)")


@dataclass
class Terminal:
    """What was written on a terminal."""

    slave: int
    written: bytearray = field(default_factory=bytearray)

    @property
    def text(self) -> str:
        return self.written.decode("utf-8").replace("\x1b[?25l", "").replace("\x1b[?25h", "")

    @property
    def frames(self) -> list[re.Match[str]]:
        return list(DRAWN.finditer(self.text))


@contextmanager
def terminal(columns: int = 80) -> Iterator[Terminal]:
    """Open a terminal of so many columns, and read what is written on it until the block ends."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    made = Terminal(slave)

    def read() -> None:
        try:
            while part := os.read(master, 65_536):
                made.written += part
        except OSError:  # everybody has closed the other side
            pass

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield made
    finally:
        os.close(slave)
        reader.join(10)
        os.close(master)


@contextmanager
def desk(monkeypatch: pytest.MonkeyPatch, columns: int = 80, quiet: bool = False) -> Iterator[tuple[_Desk, Terminal]]:
    """Give a desk whose standard error is a terminal."""
    with terminal(columns) as made, os.fdopen(os.dup(made.slave), "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        with _Desk(quiet) as one:
            yield one, made


# what is said


def test_sound_speed_time_left_and_voices_are_told() -> None:
    now = Progress(3, 12, made_ms=30_000, left_ms=90_000, voices=BOTH)
    assert told(now, 10.0) == "30 s de son, 3,0 × le temps réel, reste 0:30, espeak"
    assert told(now, 60.0) == "30 s de son, 0,5 × le temps réel, reste 3:00, espeak"
    assert told(now._replace(left_ms=3_000_000), 30.0).endswith("reste 50:00, espeak")
    assert told(now._replace(voices="gtts:fr, kokoro:ff_siwis"), 10.0).endswith("reste 0:30, gtts, kokoro")


@pytest.mark.parametrize(("made_ms", "seconds"), [(0, 0.0), (0, 12.0), (1000, 0.0)])
def test_nothing_is_promised_before_anything_is_known(made_ms: int, seconds: float) -> None:
    now = Progress(0, 12, made_ms=made_ms, left_ms=90_000, voices="espeak:fr")
    assert told(now, seconds) == f"{made_ms // 1000} s de son, espeak"


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.floats(0.001, 10**6))
def test_any_figures_can_be_told(made_ms: int, left_ms: int, seconds: float) -> None:
    said = told(Progress(1, 2, made_ms, left_ms, "espeak:fr"), seconds)
    assert re.fullmatch(r"\d+ s de son, (\d+,\d × le temps réel, reste \d+:[0-5]\d, )?espeak", said)


@given(st.text(max_size=30), st.integers(-5, 40))
def test_what_is_too_long_is_cut(text: str, most: int) -> None:
    made = cut(text, most)
    assert made == text if len(text) <= most else len(made) <= max(1, most) and made.endswith("…")


# the bar


def test_the_bar_is_drawn_again_on_the_same_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with desk(monkeypatch) as (one, made):
        one.say("Voix…")
        for done in range(5):
            one.progress(Progress(done, 4, done * 3000, (4 - done) * 3000, "espeak:fr"))
            time.sleep(0.01)
        one.say("Montage…")
    assert [(frame["done"], frame["total"]) for frame in made.frames[:1] + made.frames[-1:]] == [("0", "4"), ("4", "4")]
    assert [frame["bar"].count("#") for frame in made.frames if frame["done"] == "2"][-1] == 5
    assert made.frames[0]["told"] == "0 s de son, espeak"
    assert re.fullmatch(r"12 s de son, [\d,]+ × le temps réel, reste 0:00, espeak", made.frames[-1]["told"].strip())
    lines = [line for line in made.text.replace("\r\n", "\n").split("\n") if line]
    assert lines[0] == "Voix…" and lines[-1] == "Montage…" and len(lines) == 3


@pytest.mark.parametrize("columns", [20, 40, 80, 120, 0])
def test_the_bar_never_fills_its_line(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    voices = "kokoro:ff_siwis, kokoro:ff_siwis:0.3+im_nicola:0.7"
    with desk(monkeypatch, columns) as (one, made):
        for done in (0, 12, 123):
            one.start -= 30  # as if that had taken half a minute
            one.progress(Progress(done, 123, done * 4000, (123 - done) * 4000, voices))
    widest = max(len(frame[0].rstrip()) - 1 for frame in made.frames)
    assert len(made.frames) >= 3 and widest < max(columns or 80, 30)
    if columns in {0, 80, 120}:
        assert re.fullmatch(
            "492 s de son, [78],[0-9] × le temps réel, reste 0:00, kokoro", made.frames[-1]["told"].strip()
        )


def test_an_engine_that_takes_over_begins_a_bar_and_its_clock_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with desk(monkeypatch, 120) as (one, made):
        for done in range(4):
            one.progress(Progress(done, 6, done * 1000, (6 - done) * 1000, "gtts:fr"))
        time.sleep(0.2)
        start = time.monotonic()
        for done in range(2, 7):
            one.progress(Progress(done, 6, (done - 2) * 2000, (6 - done) * 2000, "espeak:fr"))
        seconds = time.monotonic() - start
    first, second = (line for line in made.text.replace("\r\n", "\n").split("\n") if line)
    assert "gtts" in first and "espeak" not in first
    assert [(frame["done"], frame["bar"].count("#")) for frame in DRAWN.finditer(second)][-1] == ("6", 10)
    frames = list(DRAWN.finditer(second))
    speed = re.search(r"([\d]+),\d × le temps réel", frames[-1]["told"])
    assert speed and int(speed[1]) >= 8 / max(seconds, 0.001) - 1 and frames[0]["told"].startswith("0 s de son, espeak")


def test_a_message_in_the_middle_has_its_own_line_and_stops_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    with desk(monkeypatch, 120) as (one, made):
        one.progress(Progress(0, 4, 0, 4000, "espeak:fr"))
        time.sleep(0.3)
        one.progress(Progress(2, 4, 2000, 2000, "espeak:fr"))
        one.say("La grappe ne répond plus.")
        one.progress(Progress(3, 4, 3000, 1000, "espeak:fr"))
    assert "\nLa grappe ne répond plus.\r\n" in made.text
    speed = re.search(r"([\d,]+) × le temps réel", made.frames[-1]["told"])
    assert speed and float(speed[1].replace(",", ".")) <= 10  # 3 s of sound in 0.3 s at least


def test_a_quiet_desk_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with desk(monkeypatch, quiet=True) as (one, made):
        one.say("Voix…")
        one.progress(Progress(0, 4, 0, 4000, "espeak:fr"))
        one.progress(Progress(4, 4, 4000, 0, "espeak:fr"))
    assert made.text == ""


# the whole program


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a station whose script is written."""
    folder = make_station(tmp_path_factory.mktemp("written") / "station")
    (folder / "station.toml").write_text(STATION, "utf-8")
    pipeline.build(replace(make_job(folder), station=load(folder / "station.toml")), last="script")
    return folder


@pytest.fixture
def station(tmp_path: Path, written: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "station"))


def program(station: Path, *options: str, stderr: int) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "audionews", "build", "--date", "2025-06-07", "--until", "clips", *options],
        cwd=station,
        stdout=subprocess.PIPE,
        stderr=stderr,
        check=False,
        timeout=120,
    )


def test_on_a_terminal_the_build_shows_how_far_the_voices_are(station: Path) -> None:
    with terminal() as made:
        done = program(station, stderr=made.slave)
    assert done.returncode == 0, made.text
    assert "4-clips" in done.stdout.decode()
    first, last = made.frames[0], made.frames[-1]
    assert (first["done"], first["bar"]) == ("0", "-" * 10)
    assert last["done"] == last["total"] != "0" and last["bar"] == "#" * 10
    assert re.match(r"\d+ s de son, [\d,]+ × le temps réel, reste 0:00, espeak", last["told"])
    assert "Voix…\r\n" in made.text and made.text.endswith("\n")
    assert all(len(frame[0].rstrip()) - 1 < 80 for frame in made.frames)


def test_without_a_terminal_there_is_no_bar(station: Path) -> None:
    done = program(station, stderr=subprocess.PIPE)
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == ["Voix…"]


def test_a_quiet_build_shows_nothing_on_a_terminal(station: Path) -> None:
    with terminal() as made:
        done = program(station, "--quiet", stderr=made.slave)
    assert done.returncode == 0 and made.text == ""
