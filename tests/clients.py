"""A site as the program makes it, a server that notes what it is asked, and programs of others that listen to it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from audionews.desk import pipeline
from audionews.desk.job import Job
from audionews.publish.serve import App, Message, Receive, Send, create_app
from tests.helpers import make_job, make_station

NODE = Path(sys.prefix) / "node" / "node_modules"  # what scripts/test gets from npm
HALF_A_DAY = timedelta(hours=12)
FERRY = """Titre : Le bac de Bandoula reprend son service
Date : 2025-06-07

Le bac de Bandoula a repris son service samedi 7 juin, après deux semaines de panne. Il peut porter 40 passagers.
La traversée coûte 200 Fcfa par personne. Un second bac est attendu en juillet, selon la mairie.
Awa SISSOKO
"""
LIMIT = 120  # seconds; no program of others takes longer


@dataclass(frozen=True)
class Asked:
    """One request, and how it was answered."""

    method: str
    path: str
    status: int
    headers: Mapping[str, str]  # of the request, names in lower case


@dataclass
class Served:
    """A site on loopback: its address, and what it was asked since the last `forget`."""

    url: str
    asked: list[Asked] = field(default_factory=list)

    def forget(self) -> None:
        self.asked.clear()

    def seen(self, ending: str) -> list[Asked]:
        """Give the requests for addresses with such an end, HEAD left out."""
        return [one for one in self.asked if one.path.endswith(ending) and one.method == "GET"]


def listen() -> socket.socket:
    """Take a free port of loopback: the address is known before the site that holds it is made."""
    return socket.create_server(("127.0.0.1", 0), backlog=128)


def address(listening: socket.socket) -> str:
    """Give the address of a port that was taken."""
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextlib.contextmanager
def serving(site: Path, listening: socket.socket, now: Any = None) -> Iterator[Served]:
    """Serve a site as `audionews serve` does, and note each request."""
    import uvicorn

    served = Served(address(listening))
    app = create_app(site) if now is None else create_app(site, now=now)
    server = uvicorn.Server(uvicorn.Config(_noting(app, served), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(10)
        listening.close()


def _noting(app: App, served: Served) -> App:
    async def noted(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
                served.asked.append(Asked(scope["method"], scope["path"], message["status"], names))
            await send(message)

        await app(scope, receive, note)

    return noted


@dataclass(frozen=True)
class Radio:
    """A small radio on the web, in the states that listeners find it in one after another."""

    served: Served
    shown: Path  # the folder that is served
    states: Path  # "first": one bulletin; "corrected": its sound is another; "evening": a second bulletin beside it

    def show(self, state: str) -> Path:
        """Put a state of the site before the public, forget what was asked before, and give its folder."""
        shutil.rmtree(self.shown, ignore_errors=True)
        shutil.copytree(self.states / state, self.shown)
        self.served.forget()
        return self.shown

    @property
    def feed(self) -> str:
        """The address listeners subscribe to."""
        return f"{self.served.url}/feed.xml"


@contextlib.contextmanager
def radio(top: Path) -> Iterator[Radio]:
    """Build that radio and put it on the web."""
    listening, states = listen(), top / "states"
    job = new_station(top / "station", address(listening))
    shutil.copytree(build(job), states / "first")
    water = top / "station" / "articles" / "eau.txt"
    water.write_text(water.read_text("utf-8").replace("1.200 habitants", "1.300 habitants"), "utf-8")
    shutil.copytree(build(job), states / "corrected")
    (top / "station" / "articles" / "bac.txt").write_text(FERRY, "utf-8")
    shutil.copytree(build(replace(job, edition="soir", format="titres", now=job.now + HALF_A_DAY)), states / "evening")
    with serving(top / "shown", listening, now=lambda: job.now + HALF_A_DAY) as served:
        yield Radio(served, top / "shown", states)


def station_job(folder: Path, url: str, **changes: Any) -> Job:
    """Give the job of the small station of `helpers`, its site at `url`, its picture a plain one (none is drawn)."""
    job = make_job(folder, **changes)
    _plain_cover(folder / "cover.jpg")
    identity = replace(job.station.identity, url=url, cover="cover.jpg")
    return replace(job, station=replace(job.station, identity=identity))


def new_station(folder: Path, url: str, **changes: Any) -> Job:
    """Make that station, and give its job."""
    return station_job(make_station(folder), url, **changes)


def build(*jobs: Job) -> Path:
    """Build bulletins one after another, and give the site of the last."""
    for job in jobs:
        pipeline.build(job)
    return jobs[-1].site


def run(
    *command: str | Path, cwd: Path, text: str = "", env: Mapping[str, str] | None = None, fails: bool = False
) -> str:
    """Run a program of others to its end and give what it says; no proxy stands between it and loopback.

    A status other than 0 is an error of the test, with all that was said, unless it `fails`.
    """
    bare = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(
        [str(one) for one in command],
        cwd=cwd,
        env={**bare, "HOME": str(cwd), "LC_ALL": "C.UTF-8", **(env or {})},
        input=text,
        capture_output=True,
        text=True,
        errors="replace",  # Liquidsoap logs pictures
        timeout=LIMIT,
        check=False,
    )
    said = done.stdout + done.stderr
    assert bool(done.returncode) is fails, f"{command[0]}: status {done.returncode}\n{said}"
    return said


def found(name: str) -> Path | None:
    """Find a program, or the folder of a package of npm's; None when it is not here.

    Node comes with Python's environment; sshd and its like stand where ordinary users do not look.
    """
    path = f"{Path(sys.prefix) / 'bin'}:{os.environ.get('PATH', '')}:/usr/sbin"
    program = shutil.which(name, path=path)
    folder = NODE / name
    return Path(program) if program else folder if folder.is_dir() else None


def tool(name: str) -> Path:
    """Give the path of a program, or the folder of a package of npm's."""
    path = found(name)
    assert path, f"no {name}: run scripts/test, which installs it"
    return path


def files(folder: Path, pattern: str = "*") -> Sequence[Path]:
    """Give the files under a folder, in order."""
    return sorted(path for path in folder.rglob(pattern) if path.is_file())


def _plain_cover(path: Path) -> None:
    from PIL import Image

    if not path.exists():
        Image.new("RGB", (1400, 1400), "#0B5C6B").save(path)
