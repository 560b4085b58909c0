"""Patience has an end: uvicorn's HTTP, and when a connection that leads nowhere is closed."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client may take."""

    header_s: int = 15  # from the connection, or the last answer, to the end of the next request's header
    stalled_s: float = 60.0  # without a single byte taken, while there are some to take
    header_bytes: int = 16_384  # of a request's first line and headers
    connections: int = 2000  # at once; more are told to come back (503)


LIMITS = Limits()


def guarded(limits: Limits) -> type[asyncio.Protocol]:
    """Make uvicorn's protocol on h11 with these limits.

    uvicorn closes a connection that is silent between two requests. It waits without end for a header that comes
    byte by byte, and for a client that stops reading.
    """
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Guarded(H11Protocol):
        late: asyncio.TimerHandle | None = None
        stalled: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            # The next piece is read once the last one has left: what waits for a slow client is one piece.
            transport.set_write_buffer_limits(high=0)
            # asyncio leaves it out for sockets made without naming TCP; a small answer would wait 40 ms for an ACK.
            transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.await_header()

        def connection_lost(self, exc: Exception | None) -> None:
            for timer in (self.late, self.stalled):
                if timer:
                    timer.cancel()
            super().connection_lost(exc)

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self.await_header()

        def await_header(self) -> None:
            if self.late:
                self.late.cancel()
            if not self.transport.is_closing():
                self.late = self.loop.call_later(limits.header_s, self.close_late)

        def close_late(self) -> None:
            if self.cycle is None or self.cycle.response_complete:
                self.transport.close()  # what waits to be sent still is

        def pause_writing(self) -> None:
            super().pause_writing()
            self.watch(self.transport.get_write_buffer_size())

        def resume_writing(self) -> None:
            super().resume_writing()
            if self.stalled:
                self.stalled.cancel()

        def watch(self, waiting: int) -> None:
            self.stalled = self.loop.call_later(limits.stalled_s, self.abort_stalled, waiting)

        def abort_stalled(self, waiting: int) -> None:
            left = self.transport.get_write_buffer_size()
            if left < waiting:
                self.watch(left)
            else:
                self.transport.abort()

    return Guarded
