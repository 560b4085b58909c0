"""Measure the voices stage: its pace against the kokoro-onnx library and against bare inference, and its memory.

usage: benchmarks/voices [--sentences 48] [--heard] [--clips]

The same sentences of the example's script, with the same int8 weights and the same voice, each way as its own process
with its model loaded beforehand, in turns of one run; the better of two turns counts.

- `create`: kokoro-onnx's own `Kokoro.create()`, sentence after sentence, as its documentation shows it.
- `bare`: onnxruntime alone on inputs prepared beforehand: one session with one thread, two Python threads; once with
  the weights as published, once with the graph as `voices/graph.py` changes it.
- `ours`: the stage itself with two workers: phonemes, inference, finishing, checks, word times.

--heard goes on with heard.py: what a recogniser hears of both presenters, and when. --clips with clips.py: how even,
how sharp and how melodious they are, and what the checks see.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
MB = 550  # of the whole process
TURNS = 2
INPUTS = ("tokens", "style", "speed", "pitch")  # the network as published has no pitch


class Cost(NamedTuple):
    """What one way took for the same sentences."""

    wall: float  # seconds
    cpu: float
    sound: float  # seconds made
    mb: float  # peak of the process


def measured(work: Any) -> None:
    """Run a way that gives the seconds of sound it made, and print its cost."""
    cpu, start = time.process_time(), time.perf_counter()
    sound = work()
    cost = Cost(
        time.perf_counter() - start,
        time.process_time() - cpu,
        sound,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )
    print(json.dumps(cost))


def create(folder: Path) -> None:
    """Speak with kokoro-onnx."""
    from kokoro_onnx import Kokoro

    kokoro = Kokoro(str(folder / "model.onnx"), str(folder / "voices.npz"))
    texts = json.loads((folder / "texts.json").read_text("utf-8"))
    kokoro.create("Bonjour.", voice="ff_siwis", lang="fr-fr")

    def work() -> float:
        return sum(len(kokoro.create(text, voice="ff_siwis", lang="fr-fr")[0]) / 24_000 for text in texts)

    measured(work)


def bare(folder: Path, changed: bool) -> None:
    """Run the network alone."""
    import numpy
    import onnxruntime

    from audionews.voices import weights

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    path = weights.best("int8") if changed else weights.model_file()
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    with numpy.load(folder / "inputs.npz") as arrays:
        number = len(arrays.files) // len(INPUTS)
        inputs = [{name: arrays[f"{name}{at}"] for name in INPUTS} for at in range(number)]
    tells = {one.name for one in session.get_inputs()}
    inputs = [{name: array for name, array in one.items() if name in tells} for one in inputs]
    session.run(None, inputs[0])

    def work() -> float:
        with ThreadPoolExecutor(2) as two:
            return sum(found[0].size / 24_000 for found in two.map(lambda one: session.run(None, one), inputs))

    measured(work)


def ours(folder: Path) -> None:
    """Run the voices stage with two workers."""
    from audionews.voices.kokoro import Kokoro
    from audionews.voices.work import Threads, order

    engine = Kokoro(Kokoro.Options())
    orders = [order(engine, text) for text in json.loads((folder / "given.json").read_text("utf-8"))]
    engine.speak("Bonjour.")

    def work() -> float:
        made = dict(Threads(2, lambda _order: engine).run(orders, lambda _order: False))
        assert len(made) == len(orders)
        return sum(len(clip) / 48_000 for clip in made.values())

    measured(work)


WAYS: dict[str, Callable[[Path], None]] = {
    "create": create,
    "bare": lambda folder: bare(folder, False),
    "bare+": lambda folder: bare(folder, True),
    "ours": ours,
}


def script(folder: Path) -> list[str]:
    """Give the different sentences of the example's script, as they are said."""
    from audionews.desk import codec
    from audionews.language import language
    from audionews.model import Script

    command = [sys.executable, "-m", "audionews", "build", "--quiet", "--until", "script", "--date", "2025-06-07"]
    place = ("--station", str(ROOT / "examples" / "station.toml"), "--output", str(folder / "output"))
    subprocess.run([*command, *place], check=True, stdout=subprocess.DEVNULL)
    found = codec.load(folder / "output" / "runs" / "2025-06-07-matin" / "3-script.json", Script)
    return list(dict.fromkeys(language("fr").spoken(one.text) for one in found.segments if one.text))


def prepared(folder: Path, number: int) -> None:
    """Write down the sentences in each way's form."""
    import numpy

    from audionews.language import language
    from audionews.voices import weights
    from audionews.voices.kokoro import Kokoro, style
    from audionews.voices.reading import read

    french, engine = language("fr"), Kokoro(Kokoro.Options())
    said = script(folder)[:number]
    given = [read(one, engine, {}, french) for one in said]
    inputs = [one for text in given for one in engine.inputs(text)]
    arrays = {f"{name}{at}": one[name] for at, one in enumerate(inputs) for name in INPUTS}
    numpy.savez(folder / "inputs.npz", **arrays)
    numpy.savez(folder / "voices.npz", ff_siwis=style("ff_siwis").reshape(-1, 1, 256))
    (folder / "texts.json").write_text(json.dumps(said), "utf-8")
    (folder / "given.json").write_text(json.dumps(given), "utf-8")
    (folder / "model.onnx").symlink_to(weights.model_file())
    weights.best("int8")


def way(name: str, folder: Path) -> Cost:
    """Run one way as a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--way", name, "--folder", str(folder)], stdout=subprocess.PIPE, check=True
    )
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def whole(folder: Path) -> float:
    """Give the peak memory of a whole build, from the press to the feed, nothing cached."""
    command = [sys.executable, "-m", "audionews", "build", "--quiet", "--workers", "2", "--date", "2025-06-07"]
    place = ("--station", str(ROOT / "examples" / "station.toml"), "--output", str(folder / "whole"))
    child = subprocess.Popen([*command, *place], stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(child.pid, 0)
    assert status == 0, "the bulletin was not built"
    return used.ru_maxrss / 1024


def row(what: str, figure: str, limit: str, good: bool) -> bool:
    """Print one line of the result."""
    print(f"{'ok' if good else 'FELL SHORT':10} {what:58} {figure:26} {limit}", flush=True)
    return good


def main() -> int:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=48)
    parser.add_argument("--heard", action="store_true", help="go on with heard.py")
    parser.add_argument("--clips", action="store_true", help="go on with clips.py")
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        WAYS[options.way](options.folder)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepared(folder, options.sentences)
        best: dict[str, Cost] = {}
        for turn in range(TURNS):
            for one in sorted(WAYS, reverse=turn % 2 == 1):
                cost = way(one, folder)
                told = (
                    f"{one:6} {cost.wall:6.1f} s, CPU {cost.cpu:6.1f} s, {cost.sound:.0f} s of sound, {cost.mb:.0f} MB"
                )
                print(f"  {told}", file=sys.stderr)
                best[one] = min(cost, best.get(one, cost))
        own = best["ours"].wall
        good = [
            row(
                f"voices stage against {what}",
                f"{best[one].wall:.1f} / {own:.1f} s = {best[one].wall / own:.2f}",
                f"≥ {limit:.2f}",
                best[one].wall >= limit * own,
            )
            for one, what, limit in (
                ("create", "kokoro-onnx create(), same text", 1.2),
                ("bare", "bare inference, weights as published", 0.95),
                ("bare+", "bare inference, graph as changed", 0.95),
            )
        ]
        mb = best["ours"].mb
        good.append(row("memory of the stage's process, two workers", f"{mb:.0f} MB", f"≤ {MB} MB", mb <= MB))
        mb = whole(folder)
        good.append(row("memory of a whole build, two workers", f"{mb:.0f} MB", f"≤ {MB} MB", mb <= MB))
    for asked, more in ((options.heard, "heard.py"), (options.clips, "clips.py")):
        if asked:
            done = subprocess.run([sys.executable, str(Path(__file__).with_name(more))], check=False)
            good.append(done.returncode == 0)
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
