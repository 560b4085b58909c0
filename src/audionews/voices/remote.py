"""Sounds from a speech server: what may pass is asked again, later and later; what is refused is not.

A whole bulletin waits for the slowest of its sentences. So there is an end to all tries of one sentence, and a server
that keeps failing is left alone (`breaker`), so that the next voice takes over at once.
"""

from __future__ import annotations

import logging
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audionews.errors import UsageError
from audionews.voices.base import Sound
from audionews.voices.breaker import breaker_of
from audionews.voices.decode import DamagedError, decoded
from audionews.voices.exchange import Answer, ExchangeError, exchange, host
from audionews.voices.inspect import fault_of_sound

if TYPE_CHECKING:
    from requests import PreparedRequest

log = logging.getLogger(__name__)

LONGEST_WAIT = 20.0  # seconds between two tries; a server that asks for more is not asked again
MARGIN = 10.0  # seconds that are left beyond the last try, so that its own word on the cause is heard


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server may take; seconds."""

    timeout: float  # for one exchange, all of it
    tries: int
    wait: float  # before the second try; doubled each time, plus up to half at random

    @property
    def longest(self) -> float:
        """All tries, and the waits between them."""
        return self.tries * self.timeout + 1.5 * self.wait * float(2 ** (self.tries - 1) - 1)

    @property
    def limit(self) -> float:
        """The `time_limit` of an engine that has this patience."""
        return self.longest + MARGIN


def patience(options: Any, table: str) -> Patience:
    """Take the patience from the options of an engine.

    Args:
        options: with `timeout`, `tries` and `wait`.
        table: where they are written: ``"[engines.gtts]"``.

    Raises:
        UsageError: one of them is out of bounds.
    """
    for name, low, high in (("timeout", 0.1, 600), ("tries", 1, 10), ("wait", 0, 60)):
        value = getattr(options, name)
        if not low <= value <= high:
            raise UsageError(f"{table} {name} = {value} est hors limites", f"Choisissez entre {low} et {high}")
    return Patience(options.timeout, options.tries, options.wait)


def address(base_url: str, table: str) -> str:
    """Check the address of a server, and give it without the slash at its end.

    Raises:
        UsageError: it is none, or holds a password, which would be seen in messages.
    """
    if not re.fullmatch(r"https?://[^/\s@?#]+(?:/[^\s@?#]*)?", base_url):
        raise UsageError(
            f"{table} base_url : « {base_url.rpartition('@')[2]} » n’est pas une adresse", "Écrivez https://hôte"
        )
    return base_url.rstrip("/")


def sound(
    request: PreparedRequest, patience: Patience, end: float, unwrap: Callable[[Answer], bytes], tempo: float = 1.0
) -> Sound:
    """Ask a server for a sound.

    Args:
        request: what is sent; at each try again.
        patience: how long that may take.
        end: the moment, by `time.monotonic`, after which nothing is begun any more.
        unwrap: takes the sound file out of an answer, or raises ExchangeError.
        tempo: 1.2 makes the sound a fifth faster.

    Raises:
        ExchangeError: there is none, or not all of it, or it cannot be speech.
    """
    server = host(request.url or "")
    breaker, attempt = breaker_of(server), 1
    while True:
        if refusal := breaker.refusal():
            raise ExchangeError(refusal)
        failure = "a échoué"
        try:
            answer = exchange(request, min(patience.timeout, max(0.1, end - time.monotonic())))
            made = _heard(answer, unwrap, tempo)
            failure = ""
            return made
        except ExchangeError as error:
            failure = error.reason if error.passing else ""  # a refusal is an answer: the server is well
            wait = max(_backoff(patience.wait, attempt), error.wait)
            late = time.monotonic() + wait >= end
            if not error.passing or attempt >= patience.tries or wait > LONGEST_WAIT or late:
                raise
            log.info("%s %s : nouvel essai dans %.1f s", server, error.reason, wait)
        finally:
            breaker.tell(failure)
        time.sleep(wait)
        attempt += 1


def _heard(answer: Answer, unwrap: Callable[[Answer], bytes], tempo: float) -> Sound:
    try:
        made = decoded(unwrap(answer), tempo, answer.whole)
        fault = fault_of_sound(made)
    except DamagedError as error:
        made, fault = Sound(b"", 1), str(error)
    if fault:
        raise ExchangeError(f"a envoyé un son inutilisable ({fault})", passing=True, answer=answer)
    return made


def _backoff(wait: float, attempt: int) -> float:
    grown: float = wait * 2 ** (attempt - 1) * random.uniform(1.0, 1.5)  # noqa: S311 - spreads the tries, no secret
    return min(grown, LONGEST_WAIT)
