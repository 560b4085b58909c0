"""A server that keeps failing is left alone for a while, by all threads of the process at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Breaker:
    """Closes the door after `MOST` failures in a row; some time later lets one call through, to see.

    Args:
        clock: seconds that only go forward.
    """

    MOST = 4  # more than the tries of one sentence: one alone does not close the door on the others
    PAUSE = 30.0  # seconds

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._failures, self._until, self._why = 0, 0.0, ""

    def refusal(self) -> str:
        """Ask for a call to be let through; whoever is let through says afterwards how it went, with `tell`.

        Returns:
            Why it is not, in French, to be read after the server's name; empty when it is.
        """
        with self._lock:
            if self._failures < self.MOST:
                return ""
            left = self._until - self._clock()
            if left > 0:
                return (
                    f"a échoué {self._failures} fois de suite (il {self._why}) : "
                    f"rien ne lui est demandé pendant {max(1, round(left))} s"
                )
            self._until = self._clock() + self.PAUSE  # this call is the trial: the others wait for its end
            return ""

    def tell(self, failure: str = "") -> None:
        """Say how a call went: why it failed, in French; nothing when the server has done its part."""
        with self._lock:
            self._failures, self._why = (self._failures + 1, failure) if failure else (0, "")
            if self._failures >= self.MOST:
                self._until = self._clock() + self.PAUSE


_known: dict[str, Breaker] = {}


def breaker_of(host: str) -> Breaker:
    """Give the breaker of a server, the same one to all threads."""
    return _known.setdefault(host, Breaker())


def forget() -> None:
    """Open all doors again."""
    _known.clear()
