"""Serve the site as podcast apps need it, for trials and small stations: ASGI, on loopback unless told otherwise.

Reading is done in the event loop: a part of a file that the system holds in memory costs less than handing it to a
thread. Whoever reads slowly holds one piece of 64 kB and no more.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audionews.errors import AudionewsError
from audionews.publish.answer import Answer
from audionews.publish.folder import Site
from audionews.publish.guard import LIMITS, Limits, guarded
from audionews.publish.headers import headers

if TYPE_CHECKING:
    import uvicorn

__all__ = ["create_app", "headers", "make_server", "serve"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]
PIECE = 65_536  # bytes read and sent at a time
BACKLOG = 1024  # connections that wait to be taken


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(site: Path, now: Callable[[], datetime] = _now) -> App:
    """Make the ASGI application that serves `site`.

    Args:
        site: folder of the public files.
        now: gives the moment of a request, aware: after the time of a bulletin its ``broadcast/latest.*`` is not
            served as today's.
    """
    served = Site(site, now)

    async def app(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])  # ASGI's way to say that there is no such thing here
        target = scope.get("raw_path") or scope["path"].encode()
        method: str = scope["method"]
        await _send(served.answer(method, target, _read(scope["headers"])), method, receive, send)

    return app


def make_server(site: Path, limits: Limits = LIMITS, now: Callable[[], datetime] = _now) -> uvicorn.Server:
    """Make the server of `site`, with its limits; it takes sockets that are already open."""
    import uvicorn

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            for one in list(self.server_state.connections):
                one.transport.abort()  # whoever still listens comes back and asks for the rest
            await super().shutdown(sockets)

    return Server(
        uvicorn.Config(
            create_app(site, now),
            http=guarded(limits),
            ws="none",
            lifespan="off",
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            backlog=BACKLOG,
            limit_concurrency=limits.connections,
            timeout_keep_alive=limits.header_s,
            timeout_graceful_shutdown=2,
            h11_max_incomplete_event_size=limits.header_bytes,
        )
    )


def serve(site: Path, host: str = "127.0.0.1", port: int = 8000, ready: Callable[[int], None] | None = None) -> None:
    """Serve the site until interrupted.

    Args:
        site: folder of the public files.
        host: address of this machine, or its name; ``0.0.0.0`` or ``::`` for all of them.
        port: any free one when 0.
        ready: told the port once it is taken.

    Raises:
        AudionewsError: there is no site in this folder, or the port is taken.
    """
    if not (site / "index.html").is_file():
        raise AudionewsError(f"Il n’y a pas encore de site dans {site}", "Fabriquez un journal d’abord")
    with _listen(host, port) as listening:
        _more_files()
        if ready:
            ready(listening.getsockname()[1])
        make_server(site).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before the server starts, so that a taken one is told in one line."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        hints = {
            errno.EADDRINUSE: f"Choisissez un autre port, par exemple {port + 1}",
            errno.EACCES: "Choisissez un port à partir de 1024",
        }
        raise AudionewsError(
            f"L’adresse {host}:{port} ne peut pas être ouverte ({error.strerror or error})",
            hints.get(error.errno or 0, "Donnez une adresse de cette machine, par exemple --host 127.0.0.1"),
        ) from error


def _more_files() -> None:
    """Open as many files as the system lets us: each slow listener holds two."""
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * LIMITS.connections + 100
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(
            resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
        )


def _read(sent: list[tuple[bytes, bytes]]) -> Mapping[str, str]:
    read: dict[str, str] = {}
    for raw, value in sent:
        name = raw.decode("latin-1")
        read[name] = f"{read[name]}, {value.decode('latin-1')}" if name in read else value.decode("latin-1")
    return read


async def _send(answer: Answer, method: str, receive: Receive, send: Send) -> None:
    """Send an answer; its file is closed in any case."""
    told = [(name.encode(), value.encode("latin-1")) for name, value in answer.headers.items()]
    if answer.status not in {204, 304}:
        told.append((b"Content-Length", b"%d" % answer.length))
    start = {"type": "http.response.start", "status": int(answer.status), "headers": told}
    try:
        if method == "HEAD":
            await send(start)
            await send({"type": "http.response.body", "body": b""})
        elif answer.length <= PIECE:
            pieces = [part for one in answer.parts for part in (one.before, _piece(answer.file, one.start, one.stop))]
            body = b"".join(filter(None, (*pieces, answer.body)))  # one alone is not copied
            await send(start)
            await send({"type": "http.response.body", "body": body})
        else:
            await send(start)
            await _stream(answer, receive, send)
    finally:
        if answer.file >= 0:
            os.close(answer.file)


async def _stream(answer: Answer, receive: Receive, send: Send) -> None:
    """Send what is longer than a piece, until it is done or nobody is there any more."""
    gone = asyncio.ensure_future(_gone(receive))
    try:
        for one in answer.parts:
            if one.before:
                await send({"type": "http.response.body", "body": one.before, "more_body": True})
            for at in range(one.start, one.stop, PIECE):
                if gone.done():
                    return
                data = _piece(answer.file, at, min(at + PIECE, one.stop))
                await send({"type": "http.response.body", "body": data, "more_body": True})
                await asyncio.sleep(0)  # others are served between two pieces, and a lost connection is noticed
        await send({"type": "http.response.body", "body": answer.body})
    finally:
        gone.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _piece(file: int, start: int, stop: int) -> bytes:
    """Read a piece.

    Raises:
        EOFError: the file is shorter than when it was opened; the connection ends, so nobody takes a part for all.
    """
    data = os.pread(file, stop - start, start)
    if len(data) < stop - start:
        raise EOFError(f"{stop - start - len(data)} bytes are missing at {start}")
    return data
