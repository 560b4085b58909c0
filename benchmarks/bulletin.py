"""Measure the example bulletin: cold against bare inference, warm, one story changed, start-up, what is heard.

usage: benchmarks/run [--no-listen]

`bare` is Kokoro's inference alone: the same inputs, one session, two threads, the model loaded beforehand.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from audionews.desk import codec
from audionews.language import language
from audionews.model import Clip
from audionews.voices.kokoro import Kokoro
from audionews.voices.reading import in_sounds

ROOT = Path(__file__).parent.parent
LISTEN = ROOT.parent / "shared" / "tools" / "listen.py"
PROGRAM = [sys.executable, "-m", "audionews"]
RUN = Path("runs", "2025-06-07-matin")


class Cost(NamedTuple):
    """What a whole process took."""

    wall: float  # seconds
    cpu: float  # seconds, user and system, children included


def process(*arguments: str) -> Cost:
    """Run a command and give its cost; a failure ends the benchmark."""
    start = time.perf_counter()
    child = subprocess.Popen([*PROGRAM, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert child.stderr is not None
    log = child.stderr.read()
    _pid, status, used = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{' '.join(arguments)} failed:\n{log.decode()}")
    return Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime)


def bare(sentences: list[str]) -> float:
    """Give the wall seconds of inference alone with the best threading found."""
    engine = Kokoro(Kokoro.Options())
    inputs = [one for sentence in sentences for one in engine.inputs(sentence)]
    engine.infer(inputs[0])
    start = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(engine.infer, inputs))
    return time.perf_counter() - start


def row(what: str, figure: str, limit: str, good: bool) -> None:
    """Print one line of the result."""
    print(f"{'ok  ' if good else 'FELL SHORT':10} {what:46} {figure:28} {limit}", flush=True)


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-listen", action="store_true", help="leave the recogniser out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        example = Path(folder, "station")
        shutil.copytree(ROOT / "examples", example)
        output = Path(folder, "output")
        build = ("build", "--station", str(example / "station.toml"), "--date", "2025-06-07", "--output", str(output))

        process(*build, "--until", "script")  # byte code and weights are part of the set-up, not of the bulletin
        shutil.rmtree(output)
        cold = process(*build)
        clips = codec.load(output / RUN / "4-clips" / "clips.json", tuple[Clip, ...])
        sentences = [in_sounds(clip.spoken, {}, language("fr")) for clip in clips]
        inference = bare(sentences)
        again = Path(folder, "again")
        cold = min(cold, process(*build[:-1], str(again)))
        inference = min(inference, bare(sentences))
        ratio = cold.wall / inference
        row(
            "cold bulletin / bare inference, wall",
            f"{cold.wall:.1f} s / {inference:.1f} s = {ratio:.3f}",
            "≤ 1.15",
            ratio <= 1.15,
        )

        warm = min((process(*build) for _ in range(3)), key=lambda cost: cost.cpu)
        row("nothing changed, CPU", f"{warm.cpu:.2f} s", "≤ 2 s", warm.cpu <= 2)

        cache = output / "cache" / "voices"
        before = {path.name for path in cache.rglob("*.wav")}
        article = example / "articles" / "gazette" / "01-eau-potable.txt"
        article.write_text(article.read_text("utf-8").replace("18.600 habitants", "18.700 habitants"), "utf-8")
        process(*build)
        fresh = codec.load(output / RUN / "4-clips" / "clips.json", tuple[Clip, ...])
        changed = len({clip.spoken for clip in fresh} - {clip.spoken for clip in clips})
        voiced = len({path.name for path in cache.rglob("*.wav")} - before)
        row("one story changed: sentences voiced", f"{voiced} of {changed} changed", "equal", voiced == changed > 0)

        start = min(process("--help").wall for _ in range(5))
        row("audionews --help, wall", f"{start:.3f} s", "≤ 0.3 s", start <= 0.3)

        if options.no_listen or not LISTEN.exists():
            print("           word error rate: not measured, the recogniser (listen.py) is not beside this checkout")
            return
        heard(again, sentences=[clip.spoken for clip in clips])


def heard(output: Path, sentences: list[str]) -> None:
    """Let the recogniser hear the whole bulletin and compare it with the spoken script."""
    expected = output / "spoken.txt"
    expected.write_text("\n".join(sentences), "utf-8")
    command = [
        sys.executable,
        str(LISTEN),
        str(next((output / "runs").glob("*/6-bulletin.mp3"))),
        "--expect-file",
        str(expected),
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    rate = float(told.rsplit("word error rate", 1)[1].split()[0])
    row("word error rate of the whole bulletin", f"{rate:.3f}", "≤ 0.15", rate <= 0.15)


if __name__ == "__main__":
    main()
