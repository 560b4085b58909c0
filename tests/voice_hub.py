"""A hub of voices on the loopback: it answers as those of the catalogue do, well and badly.

A large file is a redirect that states the SHA-256, to another address that gives it whole or in part; a small one
comes at once, named as Git names it. A fault of `faults` is taken for each answer that has a body, then all is well.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LARGE = 10_000  # bytes, from which a file is kept apart


@dataclass
class Hub:
    """What it has, what it does next, and what it was asked."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(
        default_factory=list
    )  # (path, Range, If-Range) of each answer with a body
    states: bool = True  # the digests
    ranges: bool = True
    weak: bool = False  # etags
    sizes: bool = True
    held: threading.Event = field(default_factory=threading.Event)

    @property
    def ranges_asked(self) -> list[str]:
        return [asked for _, asked, _ in self.asked]


@contextmanager
def hub() -> Iterator[Hub]:
    state = Hub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            path = self.path.removeprefix("/cdn")
            content = state.files.get(path)
            if content is None:
                self._send(404, b"Entry not found")
            elif len(content) >= LARGE and path == self.path:
                self.send_response(302)
                if state.states:
                    self.send_header("X-Linked-ETag", f'"{hashlib.sha256(content).hexdigest()}"')
                    self.send_header("X-Linked-Size", str(len(content)))
                    self.send_header("X-Repo-Commit", "c" * 40)
                self.send_header("ETag", '"of-the-redirect"')
                self.send_header("Location", f"/cdn{path}")
                self.send_header("Content-Length", "0")
                self.send_header("Connection", "close")
                self.end_headers()
            else:
                self._file(content)

        def _file(self, content: bytes) -> None:
            wanted, only_if = self.headers.get("Range", ""), self.headers.get("If-Range", "")
            state.asked.append((self.path, wanted, only_if))
            fault = state.faults.pop(0) if state.faults else ""
            name = hashlib.md5(content).hexdigest()
            headers = {"Accept-Ranges": "bytes", "ETag": f'W/"{name}"' if state.weak else f'"{name}"'}
            if state.states and len(content) < LARGE:
                blob = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
                headers |= {"X-Repo-Commit": "c" * 40, "ETag": f'"{blob}"'}
            if fault.isdigit():
                return self._send(int(fault), b"<html>Sorry</html>", {"Retry-After": "0"})
            if fault == "page":
                return self._send(200, b"<html>Bienvenue ici</html>", {"Content-Type": "text/html"})
            if fault == "other bytes":
                content = bytes(reversed(content))
            found = re.fullmatch(r"bytes=(\d+)-", wanted)
            start = int(found[1]) if found and state.ranges and only_if in {"", headers["ETag"]} else 0
            if start >= len(content):
                return self._send(416, b"", {"Content-Range": f"bytes */{len(content)}"})
            if start:
                headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            return self._send(206 if start else 200, content[start:], headers, fault)

        def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None, fault: str = "") -> None:
            self.send_response(status)
            for key, value in (headers or {}).items():
                self.send_header(key, value)
            self.send_header("Connection", "close")
            if state.sizes:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            half = body[: len(body) // 2]
            if fault == "cut":
                self.wfile.write(half)
            elif fault in {"hang", "hang at once"}:
                self.wfile.write(half if fault == "hang" else b"")
                self.wfile.flush()
                state.held.wait(20)
            elif fault == "drip":
                for byte in half:
                    self.wfile.write(bytes([byte]))
                    if state.held.wait(0.02):
                        break
            else:
                for at in range(0, len(body), 50_000):
                    self.wfile.write(body[at : at + 50_000])
                    if fault == "slow":
                        time.sleep(0.05)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:  # a client that hangs up is no news
            pass

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield state
    finally:
        state.held.set()
        server.shutdown()
        server.server_close()
