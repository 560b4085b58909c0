"""A server on loopback that answers as a language model's does: truly, falsely, slowly, brokenly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], object]  # what was asked → the sentences, a status, raw bytes, or "slow"


def chat(phrases: object) -> bytes:
    """Wrap sentences as a chat completion, in the fence models like to add."""
    content = f"```json\n{json.dumps({'phrases': phrases}, ensure_ascii=False)}\n```"
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


@contextmanager
def serving(answer: Answer) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Serve one behaviour; give the base address and the requests received so far."""
    seen: list[dict[str, Any]] = []
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append({"path": self.path, "key": self.headers["Authorization"], **body})
            said = answer(body)
            if said == "hang":
                stop.wait(20)
                return
            if said == "drip":
                self.send_response(200)
                self.end_headers()
                while not stop.is_set():
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.05)
                return
            if isinstance(said, int):
                self.send_response(said)
                self.send_header("Location", "http://127.0.0.1:9/")
                self.end_headers()
                return
            data = said if isinstance(said, bytes) else chat(said)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(data)

        def handle(self) -> None:
            with suppress(ConnectionError):  # the program hung up: that is what is tested
                super().handle()

        def log_message(self, *_args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", seen
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
