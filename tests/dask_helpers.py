"""A real cluster on loopback, scheduler and workers in processes of their own, and an engine that tests can watch.

The engine `cloche` hums as long as its words take, the same sound for the same text in any process. It lies in a
folder of its own, found by the entry point of its package; what it does in a worker is set by that worker's
environment (see `_ENGINE`).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

_ENGINE = '''
"""CLOCHE_TRACE: a folder where each process keeps what it has read; CLOCHE_FAULT: "absent" or "panne";
CLOCHE_VERSION: another version."""
import hashlib, os, time
from dataclasses import dataclass
from pathlib import Path
import numpy
from audionews.errors import AudionewsError, MissingExtraError
from audionews.voices.base import Engine, Sound
from audionews.voices.inspect import expected

@dataclass(frozen=True, slots=True)
class Options:
    pause: float = 0.0  # seconds one sentence takes to make

class Cloche(Engine):
    name = "cloche"
    version = os.environ.get("CLOCHE_VERSION", "1")
    words_per_minute = 165
    reads = "plain"
    Options = Options

    def __init__(self, options, voice="", speed=1.0):
        super().__init__(options, voice, speed)
        if os.environ.get("CLOCHE_FAULT") == "absent":
            raise MissingExtraError("La cloche n’est pas installée", "pip install cloche")

    @classmethod
    def voices(cls):
        return ("grave",)

    def speak(self, text):
        if trace := os.environ.get("CLOCHE_TRACE"):
            with open(Path(trace) / str(os.getpid()), "a") as file:
                file.write(text + "\\n")
        if os.environ.get("CLOCHE_FAULT") == "panne" or "illisible" in text:
            raise AudionewsError("La cloche est fêlée", "Changez de cloche")
        time.sleep(self.options.pause)
        seconds = expected(text)
        pitch = 150 + int(hashlib.sha256(text.encode()).hexdigest()[:2], 16)
        at = numpy.arange(round(seconds * 24000)) / 24000
        syllables = numpy.sin(numpy.pi * at * max(1, round(4 * seconds)) / seconds) ** 2
        hum = numpy.sin(2 * numpy.pi * (pitch + 20 * at) * at) * syllables
        return Sound((hum * 9000).astype("<i2").tobytes(), 24000)
'''
# Imported by Python itself at its start: makes a process look as if it had no audionews, or another version of it.
_STRANGER = """
import importlib.metadata, os, sys
stranger, version = os.environ.get("CLOCHE_STRANGER"), importlib.metadata.version
if stranger == "absent":
    class Absent:
        def find_spec(self, name, path=None, target=None):
            if name.partition(".")[0] == "audionews":
                raise ModuleNotFoundError(f"No module named {name!r}")
    sys.meta_path.insert(0, Absent())
def versions(name):
    if name != "audionews" or not stranger:
        return version(name)
    if stranger == "absent":
        raise importlib.metadata.PackageNotFoundError(name)
    return stranger
importlib.metadata.version = versions
"""


def install(folder: Path) -> Path:
    """Write the engine's package; give the folder to put on the path."""
    info = folder / "cloche-1.dist-info"
    info.mkdir(parents=True)
    (folder / "cloche.py").write_text(_ENGINE, "utf-8")
    (folder / "sitecustomize.py").write_text(_STRANGER, "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: cloche\nVersion: 1\n", "utf-8")
    (info / "entry_points.txt").write_text("[audionews.voices]\ncloche = cloche:Cloche\n", "utf-8")
    return folder


class Cluster:
    """A scheduler, and the workers that are asked for; all are ended with it.

    Args:
        folder: an empty one, for what they leave.
        path: more folders where they find modules.
        scheduler: more variables of the scheduler's environment.
    """

    def __init__(self, folder: Path, *path: Path, scheduler: dict[str, str] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.trace, self.file = folder, folder / "trace", folder / "scheduler.json"
        self.trace.mkdir()
        self.path = os.pathsep.join([*map(str, path), *filter(None, [os.environ.get("PYTHONPATH")])])
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", ["--port", "0"], scheduler or {})
        until(self._written)
        self.address = str(json.loads(self.file.read_text())["address"])

    def worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """Start one more worker, of one thread."""
        options = ["--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder)]
        return self._start("worker", options, environment)

    def read(self) -> dict[int, list[str]]:
        """Give the texts that each process has begun to read."""
        return {int(file.name): file.read_text("utf-8").splitlines() for file in self.trace.iterdir()}

    def _written(self) -> bool:
        """Tell whether the scheduler has told its address: Dask makes that file first, and fills it then."""
        return self.file.exists() and self.file.read_text().rstrip().endswith("}")

    def _start(self, what: str, options: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", what, "--host", "127.0.0.1", "--no-dashboard", *options]
        command += ["--dashboard-address", "127.0.0.1:0", "--scheduler-file", str(self.file)]
        own = {"PYTHONPATH": self.path, "CLOCHE_TRACE": str(self.trace), **environment}
        with (self.folder / f"{what}.log").open("ab") as log:
            started = subprocess.Popen(command, env={**os.environ, **own}, stdout=log, stderr=log, cwd=self.folder)
        self.processes.append(started)
        return started

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: type[BaseException] | BaseException | TracebackType | None) -> None:
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait(30)


def until(true: Callable[[], object], seconds: float = 120.0) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def freeze(process: subprocess.Popen[bytes]) -> None:
    """Let a process hang: it keeps its lines open and answers nothing."""
    process.send_signal(signal.SIGSTOP)
