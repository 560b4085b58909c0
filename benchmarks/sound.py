"""Measure the sound room: what it costs beside encoding alone and beside pydub, its meter, what it makes of anything.

usage: benchmarks/sound [--rounds 3] [--quick] [--scale] [--mixes 100] [--seed 1]

One programme of ten minutes, of espeak's clips, is made into an MP3 of 128 kbit/s in several ways, each a process of
its own from the start of Python on, in turns of one run; its processor seconds (user and system, children included)
and the memory of the largest process of its tree are what the system says of it. The least of the rounds counts; the
median of the ratios within each round is told too, for on a busy machine the least is a matter of luck.

- `encode`: ffmpeg alone, on the samples our own encoder is given.
- `mix`: ours, without listening; `ears`: ours as the product does it; `broadcast`: with the file for the air too.
- `pydub`: clips joined once, music overlaid; `by-hand`: pydub for single sounds, the programme in a bytearray.

Then ebu.py, the signals of EBU Tech 3341 and 3342, and randommixes.py. --quick leaves these out, --scale adds
programmes of one hour and of two.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
MINUTES, HOUR, TWO_HOURS = 10, 60, 120
OURS = ("mix", "ears", "broadcast")
TURNS = ("encode", "mix", "pydub", "ears", "by-hand", "broadcast")
MB, MB_LONG = 150, 220
LINEAR = 6.3  # times the processor for 6 times the length


class Cost(NamedTuple):
    """What one way took."""

    cpu: float  # seconds, user and system, children included
    wall: float  # seconds
    mb: float  # peak of the largest process


class Costs(NamedTuple):
    """What one way took in each round."""

    rounds: list[Cost]

    @property
    def cpu(self) -> float:
        """Give the least processor seconds."""
        return min(one.cpu for one in self.rounds)

    @property
    def mb(self) -> float:
        """Give the most memory."""
        return max(one.mb for one in self.rounds)


def row(what: str, figure: str, limit: str, good: bool) -> bool:
    """Print one line of the result."""
    print(f"{'ok' if good else 'FELL SHORT':10} {what:58} {figure:40} {limit}", flush=True)
    return good


def way(name: str, folder: Path) -> Cost:
    """Run one way and give its cost; a failure ends the benchmark."""
    command = [sys.executable, __file__, "--way", name, str(folder)]
    if name == "encode":
        from audionews import ffmpeg

        source = ("-f", "f32le", "-ar", "48000", "-ac", "2", "-i", f"file:{folder / 'master.f32'}")
        command = [ffmpeg.binary(), "-nostdin", "-hide_banner", "-loglevel", "error", "-y", *source]
        command += ["-c:a", "libmp3lame", "-b:a", "128k", f"file:{folder / 'way.mp3'}"]
    start = time.perf_counter()
    child = subprocess.Popen(command)
    # A process begins with the memory of the one that started it: this one stays small.
    _pid, status, used = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{name} failed")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024)


def minutes(folder: Path) -> float:
    """Give how long a programme is to the millisecond."""
    return float(json.loads((folder / "timeline.json").read_bytes())["duration_ms"]) / 60_000


def turns(ways: tuple[str, ...], folder: Path, rounds: int) -> dict[str, Costs]:
    """Run some ways in turn, forth and back."""
    found: dict[str, Costs] = {name: Costs([]) for name in ways}
    for turn in range(rounds):
        for name in ways if turn % 2 == 0 else reversed(ways):
            cost = way(name, folder)
            print(
                f"  {folder.name} min, {name:9} CPU {cost.cpu:6.2f} s, wall {cost.wall:6.1f} s, {cost.mb:5.0f} MB, "
                f"{os.getloadavg()[0]:.1f} at work",
                flush=True,
            )
            found[name].rounds.append(cost)
    return found


def ratio(what: str, ours: Costs, other: Costs, limit: float, scale: float = 1.0) -> bool:
    """Print a ratio of processor seconds; what the other took is multiplied by `scale`."""
    figure = ours.cpu / other.cpu / scale
    middle = statistics.median(one.cpu / two.cpu / scale for one, two in zip(ours.rounds, other.rounds, strict=True))
    told = f"{ours.cpu:.2f} / {other.cpu * scale:.2f} s = {figure:.2f} (median {middle:.2f})"
    return row(what, told, f"≤ {limit:g}", figure <= limit)


def ten_minutes(best: dict[str, Costs]) -> list[bool]:
    """Print the figures of the programme of ten minutes."""
    alone, pydub, hand = (best[name] for name in ("encode", "pydub", "by-hand"))
    mix, _, whole = (best[name] for name in OURS)
    most = max(best[name].mb for name in OURS)
    less = pydub.mb / most
    good = [
        ratio("mix, master, MP3 / encoding alone, CPU", mix, alone, 1.3),
        ratio("the same with its own ears / encoding alone, CPU", best["ears"], alone, 1.8),
        ratio("with the file for the air, heard too / encoding alone, CPU", whole, alone, 2.2),
        ratio("mix, master, MP3 / the same by pydub, CPU", mix, pydub, 1.0),
        row("memory, pydub / ours", f"{pydub.mb:.0f} / {most:.0f} MB = {less:.1f}", "≥ 8", less >= 8),
        row("memory of the largest process, all files", f"{most:.0f} MB", f"≤ {MB} MB", most <= MB),
    ]
    print(
        f"{'':10} pydub with its programme in a bytearray, no limit set: {mix.cpu:.2f} / {hand.cpu:.2f} s = "
        f"{mix.cpu / hand.cpu:.2f}, {hand.mb:.0f} / {most:.0f} MB = {hand.mb / most:.1f}",
        flush=True,
    )
    return good


def scale(folder: Path, best: dict[str, Costs], rounds: int) -> list[bool]:
    """Print time and memory of one hour and of two."""
    short, good, most = folder / str(MINUTES), [], 0.0
    for long in (HOUR, TWO_HOURS):
        place = folder / str(long)
        way("make", place)
        found = turns(("mix", "broadcast"), place, rounds if long == HOUR else 1)
        most = max(one.mb for one in found.values())
        for name in found if long == HOUR else ():
            exact = minutes(place) / minutes(short) * MINUTES / HOUR  # neither is quite as long as its name
            good.append(ratio(f"{name}: an hour / ten minutes, CPU", found[name], best[name], LINEAR, exact))
        shutil.rmtree(place)
    good.append(row("memory of the largest process, two hours", f"{most:.0f} MB", f"≤ {MB_LONG} MB", most <= MB_LONG))
    return good


def main() -> int:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="only what ten minutes cost")
    parser.add_argument("--scale", action="store_true", help="one hour and two as well")
    parser.add_argument("--mixes", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--way", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        from ways import WAYS

        WAYS[options.way[0]](Path(options.way[1]))
        return 0
    with tempfile.TemporaryDirectory(prefix="sound-") as name:
        folder = Path(name)
        place = folder / str(MINUTES)
        way("make", place)
        way("pcm", place)
        best = turns(TURNS, place, options.rounds)
        good = ten_minutes(best)
        if options.scale:
            good += scale(folder, best, options.rounds)
    if not options.quick:
        for command in (["ebu.py"], ["randommixes.py", "--mixes", str(options.mixes), "--seed", str(options.seed)]):
            done = subprocess.run([sys.executable, str(HERE / command[0]), *command[1:]], check=False)
            good.append(done.returncode == 0)
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
