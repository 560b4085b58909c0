"""Measure what many bulletins cost: workers of a cluster, a shared pool of clips, and the arithmetic of a day.

usage: benchmarks/scale [--sentences 60] [--bulletins 200] [--write]

Workers: the same sentences, both presenters, by threads of this process, by one Dask worker and by two, in turns of one
run; models loaded beforehand. The pool: the bulletins of an imagined network, whose articles are OrangeSum's (see
orangesum.py), with the silent voice; the neural voice's share is calculated from its measured cost. --write puts the
tables into docs/scale.md.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import orangesum  # noqa: E402
import voices  # noqa: E402
from tests.dask_helpers import Cluster  # noqa: E402

from audionews.desk import codec, pipeline, registry  # noqa: E402
from audionews.desk.dask import Dask  # noqa: E402
from audionews.desk.job import Job  # noqa: E402
from audionews.desk.workers import engine_of  # noqa: E402
from audionews.language import language  # noqa: E402
from audionews.model import Clip  # noqa: E402
from audionews.settings import parse  # noqa: E402
from audionews.voices.reading import read  # noqa: E402
from audionews.voices.work import Order, Threads, Workers, order  # noqa: E402

DOC = ROOT / "docs" / "scale.md"
DAY, NOON = date(2025, 6, 7), datetime(2025, 6, 7, 12, 0, tzinfo=ZoneInfo("Africa/Bamako"))
STEPS = (1, 2, 5, 10, 20, 50, 100, 200)
BLOCK = 30  # sentences of one turn
CALM = {  # what docs/scale.md advises: Dask else samples its own stack a hundred times a second
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "5s",
}
EDITIONS = ("matin", "midi", "soir")
COUNTRY, REGION, OWN = 12, 5, 3  # articles offered to one edition: to all stations, to five neighbours, to one
NEIGHBOURS = 5
SECOND = 48_000  # bytes of one second of a clip
DAYS = (10, 1_000, 100_000)  # bulletins
PEAK, LOAD = 1 / 3, 0.7  # of the day's bulletins in its busiest hour; of each core in use then


class Speech(NamedTuple):
    """What the neural voice costs."""

    cpu: float  # seconds of CPU for one second of speech
    worker_mb: float  # peak memory of one worker
    scheduler_ms: float  # CPU of the scheduler for one clip
    clip_kb: float  # one clip as it travels


class Made(NamedTuple):
    """One bulletin with the silent voice, up to its clips."""

    clips: list[tuple[str, int]]  # what is said and by whom; milliseconds
    cpu: float  # seconds


class Whole(NamedTuple):
    """One bulletin as its own process, silent voice, nothing cached."""

    cpu: float  # seconds
    wall: float
    mb: float


# Workers


def sentences(number: int) -> list[Order]:
    """Give orders for the neural voice: the example's script, by one presenter and by the other, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        said = voices.script(Path(folder))
    french, made = language("fr"), []
    for speed in (1.0, 1.05, 0.95):  # other speeds make other sentences of the same lines
        for at, line in enumerate(said):
            kind = registry.load("audionews.voices", "kokoro")
            engine = registry.voice("kokoro", {}, kind.voice_of(1 + at % 2), speed)
            made.append(order(engine, read(line, engine, {}, french)))
    return made[:number]


def cpu_of(pids: Sequence[int]) -> float:
    """Give the CPU seconds that processes have used so far."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def peak_mb(pid: int) -> float:
    """Give the most memory a process has held."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) / 1024


def workers(number: int) -> tuple[Speech, list[str]]:
    """Measure the workers; give the neural voice's cost, and the lines of a table."""
    asked = sentences(number)
    os.environ |= CALM
    with tempfile.TemporaryDirectory() as folder, Cluster(Path(folder, "1")) as one, Cluster(Path(folder, "2")) as two:
        hands = [one.worker(), two.worker(), two.worker()]
        clusters = [one.scheduler, two.scheduler, *hands]
        local = Threads(2, engine_of)
        ways: dict[str, Workers] = {
            "threads, 2": local,
            "Dask, 1 worker": Dask(one.address, local, print),
            "Dask, 2 workers": Dask(two.address, local, print),
        }
        for way in ways.values():
            everything(way, asked[-6:])
        wall, cpu = dict.fromkeys(ways, 0.0), dict.fromkeys(ways, 0.0)
        sound = scheduler = 0.0
        for turn, start in enumerate(range(0, len(asked), BLOCK)):
            names = list(ways)[turn % 3 :] + list(ways)[: turn % 3]
            results = []
            for name in names:
                before, began = cpu_of([os.getpid(), *(one.pid for one in clusters)]), time.perf_counter()
                at_scheduler = cpu_of([two.scheduler.pid])
                results.append(everything(ways[name], asked[start : start + BLOCK]))
                wall[name] += time.perf_counter() - began
                cpu[name] += cpu_of([os.getpid(), *(one.pid for one in clusters)]) - before
                scheduler += cpu_of([two.scheduler.pid]) - at_scheduler if name == "Dask, 2 workers" else 0.0
            assert results[0] == results[1] == results[2], "not the same bytes"
            sound += sum(seconds(clip) for clip in results[0].values())
            size = sum(map(len, results[0].values())) / len(results[0])
            print(f"  {min(start + BLOCK, number)} of {number} sentences", file=sys.stderr)
        mb = max(peak_mb(hand.pid) for hand in hands)
    speech = Speech(cpu["threads, 2"] / sound, mb, scheduler * 1000 / number, size / 1000)
    lines = [
        "| who makes the clips | wall s | CPU s | CPU s per s of speech |",
        "|---|---|---|---|",
        *(f"| {name} | {wall[name]:.1f} | {cpu[name]:.1f} | {cpu[name] / sound:.3f} |" for name in ways),
        "",
        f"{number} sentences, {sound:.0f} s of speech, the same bytes from all three, in turns of {BLOCK}.",
        "",
        told("2 Dask workers against 1, wall", wall["Dask, 1 worker"] / wall["Dask, 2 workers"], at_least=1.8),
        told("Dask against threads, 2 each, wall", wall["Dask, 2 workers"] / wall["threads, 2"], at_most=1.08),
        told("Dask against threads, 2 each, CPU", cpu["Dask, 2 workers"] / cpu["threads, 2"], at_most=1.08),
        f"- One worker holds {mb:.0f} MB at most. A clip travels as {speech.clip_kb:.0f} kB, from the worker to the "
        f"scheduler and on to the client. The scheduler spends {speech.scheduler_ms:.0f} ms of CPU on one.",
    ]
    return speech, lines


def everything(way: Workers, asked: Sequence[Order]) -> dict[Order, bytes]:
    """Have all orders made; a failure ends the benchmark."""
    found = dict(way.run(asked, lambda _one: False))
    assert len(found) == len(asked)
    assert all(isinstance(one, bytes) for one in found.values()), [
        x for x in found.values() if not isinstance(x, bytes)
    ]
    return {one: found[one] for one in asked}  # type: ignore[misc]


def seconds(clip: bytes) -> float:
    """Give the length of a WAV file."""
    with wave.open(io.BytesIO(clip), "rb") as file:
        return file.getnframes() / file.getframerate()


def told(what: str, ratio: float, at_least: float = 0.0, at_most: float = 0.0) -> str:
    """Hold a ratio against its limit."""
    good = ratio >= at_least if at_least else ratio <= at_most
    limit = f"≥ {at_least:.2f}" if at_least else f"≤ {at_most:.2f}"
    return f"- {what}: **{ratio:.3f}** ({limit}{'' if good else ', FELL SHORT'})."


# The pool


def offered(number: int, pairs: Sequence[orangesum.Pair]) -> list[orangesum.Pair]:
    """Give the articles of bulletin 0, 1, 2…: three editions a station, five stations a region."""
    station, edition = divmod(number, len(EDITIONS))
    own = COUNTRY * len(EDITIONS)
    per_region = REGION * len(EDITIONS) + NEIGHBOURS * OWN * len(EDITIONS)
    region = own + (station // NEIGHBOURS) * per_region
    alone = region + REGION * len(EDITIONS) + (station % NEIGHBOURS) * OWN * len(EDITIONS)
    parts = ((0, COUNTRY), (region, REGION), (alone, OWN))
    return [pairs[start + edition * count + at] for start, count in parts for at in range(count)]


def bulletin(number: int, articles: list[orangesum.Pair], folder: Path, pool: Path) -> Job:
    """Write a station of the network, its articles of one edition and its place in the pool of clips."""
    home = folder / str(number)
    (home / "articles").mkdir(parents=True)
    for at, one in enumerate(articles):
        row = {"title": one.title, "text": one.article, "date": DAY.isoformat()}
        (home / "articles" / f"{at:02}.json").write_text(json.dumps(row), "utf-8")
    (home / "output" / "cache").mkdir(parents=True)
    (home / "output" / "cache" / "voices").symlink_to(pool)
    table = {
        "station": {"name": f"Radio {number // len(EDITIONS) + 1}", "url": "https://radio.example"},
        "voice": {"engine": "silence"},
        "source": [{"kind": "folder", "path": "articles", "name": "le journal"}],
    }
    edition = EDITIONS[number % len(EDITIONS)]
    return Job(station=parse(table, home), day=DAY, edition=edition, format="journal", output=home / "output", now=NOON)


def made(job: Job) -> Made:
    """Build a bulletin up to its clips."""
    start = os.times()
    pipeline.build(job, "", "clips")
    end = os.times()
    clips = codec.load(job.run_folder / "4-clips" / "clips.json", tuple[Clip, ...])
    # A pair of these is one order: the pace of a headline shows in its length.
    return Made([(f"{one.spoken}|{one.duration_ms}", one.duration_ms) for one in clips], sum(end[:4]) - sum(start[:4]))


def whole(folder: Path, articles: list[orangesum.Pair]) -> Whole:
    """Build one bulletin wholly, as its own process: the least of three."""
    found = []
    for at in range(3):
        place = folder / f"whole-{at}"
        (place / "pool").mkdir(parents=True)
        job = bulletin(0, articles, place, place / "pool")
        toml = '[voice]\nengine = "silence"\n[[source]]\nkind = "folder"\npath = "articles"\nname = "le journal"\n'
        (job.station.folder / "station.toml").write_text(toml, "utf-8")
        command = [sys.executable, "-m", "audionews", "build", "--quiet", "--date", DAY.isoformat(), "--station"]
        start = time.perf_counter()
        child = subprocess.Popen([*command, str(job.station.folder / "station.toml")], stdout=subprocess.DEVNULL)
        _pid, status, used = os.wait4(child.pid, 0)
        assert status == 0, "the bulletin was not built"
        found.append(Whole(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024))
    return min(found)


def pool(number: int, speech: Speech) -> tuple[Whole, list[tuple[int, float, float]], list[str]]:
    """Measure the network; give a bulletin's own cost, the growth (bulletins, seconds aired, seconds new), a table."""
    pairs = list(orangesum.pairs(orangesum.DATA / "orangesum_train4000.jsonl.gz"))
    with tempfile.TemporaryDirectory() as name:
        folder, clips = Path(name), Path(name, "pool")
        clips.mkdir()
        alone = whole(folder, offered(0, pairs))
        jobs = [bulletin(at, offered(at, pairs), folder, clips) for at in range(number)]
        found: list[Made] = []
        with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as two:
            for one in two.map(made, jobs):
                found.append(one)
                if len(found) in STEPS:
                    print(f"  {len(found)} of {number} bulletins", file=sys.stderr)
        kept = sum(1 for path in clips.rglob("*.wav") if not path.name.startswith("."))
    known: set[str] = set()
    growth, lines, aired, new = [], list[str](), 0.0, 0.0
    for at, one in enumerate(found, 1):
        for text, ms in one.clips:
            aired += ms / 1000
            if text not in known:
                known.add(text)
                new += ms / 1000
        if at in STEPS:
            growth.append((at, aired, new))
            neural = new * speech.cpu
            each, unshared = alone.cpu + neural / at, alone.cpu + aired / at * speech.cpu
            lines.append(
                f"| {at} | {aired / at:.0f} | {new / at:.0f} | {new / aired:.0%} | {neural / at:.0f} | {each:.0f} | "
                f"{each / unshared:.2f} |"
            )
    script = sum(one.cpu for one in found) / len(found)
    lines = [
        "| bulletins | s of speech each | new | share | CPU s of voice each* | CPU s each* | against no pool* |",
        "|---|---|---|---|---|---|---|",
        *lines,
        "",
        f"\\* calculated: {speech.cpu:.3f} CPU s per second of new speech, {alone.cpu:.1f} CPU s for all else (one "
        f"process a bulletin, nothing cached, {alone.wall:.1f} s of wall time, {alone.mb:.0f} MB). Measured: "
        f"{number} bulletins of {COUNTRY + REGION + OWN} articles each, by two processes on one pool; it held {kept} "
        f"clips at the end for {len(known)} different sentences. From articles to clips a bulletin took {script:.1f} "
        f"CPU s where the parser stays loaded.",
    ]
    return alone, growth, lines


# The day


def day(speech: Speech, alone: Whole, growth: list[tuple[int, float, float]]) -> list[str]:
    """Calculate what so many bulletins a day need."""
    lines = [
        "| a day | new speech | CPU h | cores, all day | cores, busiest hour | worker memory | clips kept | network | "
        "scheduler, busiest hour |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for count in DAYS:
        step, aired, new = [row for row in growth if row[0] <= count][-1]
        per = new / step * count
        voice, rest = per * speech.cpu, count * alone.cpu
        cores = (voice + rest) / 3600 * PEAK / LOAD
        hands = voice / 3600 * PEAK / LOAD
        clips = per / (speech.clip_kb * 1000 / SECOND)
        lines.append(
            f"| {count:,} | {per / 3600:.1f} h ({new / aired:.0%}) | {(voice + rest) / 3600:.1f} | "
            f"{(voice + rest) / 86400:.2f} | {cores:.1f} | {max(1, hands) * speech.worker_mb / 1000:.1f} GB | "
            f"{per * SECOND / 1e9:.2f} GB | {2 * per * SECOND / 1e9:.2f} GB | "
            f"{clips * PEAK * speech.scheduler_ms / 3_600_000:.1%} of a core |"
        )
    return lines


def write(name: str, lines: list[str]) -> None:
    """Put lines between their marks in the page."""
    text = DOC.read_text("utf-8")
    marked = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- end -->)", re.DOTALL)
    assert marked.search(text), name
    DOC.write_text(marked.sub(lambda _found: "\n".join(lines) + "\n", text, count=1), "utf-8")


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=60)
    parser.add_argument("--bulletins", type=int, default=200)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/scale.md")
    options = parser.parse_args()

    def show(name: str, lines: list[str]) -> None:
        print(f"\n{name}\n", *lines, sep="\n", flush=True)
        if options.write:
            write(name, lines)

    speech, lines = workers(options.sentences)
    show("workers", lines)
    if not (orangesum.DATA / "orangesum_train4000.jsonl.gz").exists():
        print("The pool of clips was not measured: the articles are not beside this checkout")
        return
    alone, growth, lines = pool(options.bulletins, speech)
    show("pool", lines)
    show("day", day(speech, alone, growth))


if __name__ == "__main__":
    main()
