"""The site's server on loopback, spoken to byte by byte: what a polite client would never send too."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

from audionews.publish.guard import LIMITS, Limits
from audionews.publish.serve import make_server


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Message
    body: bytes


@contextlib.contextmanager
def serving(
    site: Path,
    limits: Limits = LIMITS,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    listening: socket.socket | None = None,
) -> Iterator[int]:
    """Serve a folder, and give the port; on a socket that was opened before the site was made, where one is given."""
    server = make_server(site, limits, now)
    listening = listening or socket.create_server(("127.0.0.1", 0), backlog=1024)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


def talk(port: int, sent: bytes, seconds: float = 10) -> bytes:
    """Send these bytes and give all that comes until the server closes; b"" when it does so without a word."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as line:
        with contextlib.suppress(ConnectionError):  # the server may close while it is still being sent to
            line.sendall(sent)
        return drain(line)


def drain(line: socket.socket) -> bytes:
    """Read until the server closes."""
    got = b""
    with contextlib.suppress(ConnectionError):
        while piece := line.recv(65_536):
            got += piece
    return got


def ask(port: int, path: str | bytes, method: str = "GET", **sent: str) -> Reply:
    """Ask once; an underscore in the name of a header stands for a hyphen."""
    target = path if isinstance(path, bytes) else path.encode()
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in sent.items()]
    head = "\r\n".join(["Host: radio.example", "Connection: close", *lines, "", ""])
    return read(talk(port, method.encode() + b" " + target + b" HTTP/1.1\r\n" + head.encode("latin-1")))


def read(got: bytes) -> Reply:
    """Read an answer."""
    head, _, body = got.partition(b"\r\n\r\n")
    first, _, rest = head.partition(b"\r\n")
    return Reply(int(first.split()[1]), BytesParser().parsebytes(rest + b"\r\n\r\n"), body)


def soon(true: Callable[[], bool], seconds: float = 10) -> bool:
    """Wait until something is true, no longer than needed."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
