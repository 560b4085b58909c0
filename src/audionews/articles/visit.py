"""Ask servers as a good guest does: by their robots.txt, slowly, and only for what has changed."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from audionews import __version__
from audionews.articles import fetch, robots
from audionews.articles.errors import FetchError
from audionews.articles.fetch import Answer, Limits
from audionews.articles.state import Cache, Kept

AGENT = "audionews"
STALE = 86_400.0  # seconds an answer of earlier may serve when its server is down
PATIENCE = 2  # failures after which a host is left alone for the rest of the run
TROUBLE = frozenset({408, 425, 429, *range(500, 600)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Keys of every ``[[source]]`` that is read over the network; seconds, bytes."""

    delay: float = 2.0  # between two pages of one host; robots.txt may ask for more
    timeout: float = 10.0  # the longest silence of a server
    total: float = 30.0  # for one answer, however it drips
    max_seconds: float = 180.0  # for the whole source
    max_bytes: int = 3_000_000  # of one answer, unpacked
    keep_minutes: float = 10.0  # an answer younger than this is not asked for again
    allow_private: bool = False  # whether this machine and the local network may be reached
    contact: str = ""  # e-mail or address told to the servers, so that they can complain


class Visit(NamedTuple):
    """An answer, and what must be told of it in French ("" when nothing)."""

    answer: Answer
    remark: str = ""


@dataclass(slots=True)
class _Host:
    rules: robots.Robots | None = None
    last: float = 0.0  # when it was last asked, by the monotonic clock
    failures: int = 0


@dataclass(slots=True)
class Visitor:
    """One source's visits of one run."""

    options: Options
    cache: Cache
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    started: float = field(default_factory=time.monotonic)
    hosts: dict[str, _Host] = field(default_factory=dict)

    def get(self, url: str, accept: str) -> Visit:
        """Give what stands at an address: asked now, unchanged since, or kept from earlier.

        Args:
            url: an http or https address.
            accept: the kinds of content wanted, as in the header.

        Raises:
            FetchError: there is none, it may not be asked, or it breaks a limit.
        """
        fetch.split(url)
        kept = self.cache.get(url)
        if kept and self._is_fresh(kept):
            return Visit(kept.answer)
        try:
            answer = self._ask(url, accept, kept, self._enter)
        except FetchError as error:
            return self._stale(kept, error)
        if answer.status == 200:
            return Visit(answer)
        raise FetchError(_refused(answer.status))

    def _ask(self, url: str, accept: str, kept: Kept | None, on_hop: Callable[[str], None]) -> Answer:
        """Ask, with what is known of the former answer; keep the new one. A server in trouble raises."""
        headers = {
            "User-Agent": f"{AGENT}/{__version__}" + (f" ({self.options.contact})" if self.options.contact else ""),
            "Accept": accept,
            "Accept-Language": "fr",
        }
        if kept and (etag := kept.answer.headers.get("etag")):
            headers["If-None-Match"] = etag
        if kept and (modified := kept.answer.headers.get("last-modified")):
            headers["If-Modified-Since"] = modified
        left = self.options.max_seconds - (time.monotonic() - self.started)
        if left <= 0:
            raise FetchError(f"les {self.options.max_seconds:g} secondes de cette source sont passées", passing=True)
        limits = Limits(
            connect=min(5.0, self.options.timeout),
            read=self.options.timeout,
            total=min(self.options.total, left),
            size=self.options.max_bytes,
            allow_private=self.options.allow_private,
        )
        host = self._host(url)
        try:
            answer = fetch.get(url, headers, limits, on_hop)
        except FetchError as error:
            host.failures += error.passing
            raise
        if answer.status in TROUBLE:
            host.failures = PATIENCE  # it asked to be left alone, or cannot serve: the next page would not help
            raise FetchError(_refused(answer.status), passing=True)
        if answer.status == 304 and kept:
            answer = kept.answer
        if answer.status == 200:
            self.cache.put(url, answer, self.now())
        return answer

    def _stale(self, kept: Kept | None, error: FetchError) -> Visit:
        """Serve an answer of at most a day ago while its server is in trouble."""
        if not (kept and error.passing and 0 <= self.now() - kept.at <= STALE):
            raise error
        when = datetime.fromtimestamp(kept.at, UTC)
        return Visit(kept.answer, f"{error} ; lu dans la copie du {when:%d/%m à %H h %M} (temps universel)")

    def _enter(self, url: str) -> None:
        """Before each page: is the host still well, does it let us in, have we waited long enough?"""
        _, _, _, target = fetch.split(url)
        host = self._host(url)
        if host.failures >= PATIENCE:
            raise FetchError("le serveur a déjà refusé ou manqué de répondre : laissé en paix", passing=True)
        if host.rules is None:
            host.rules = self._rules(url)
        if not host.rules.allows(target):
            raise FetchError("robots.txt du site l’interdit")
        wait = host.last + max(self.options.delay, host.rules.delay) - time.monotonic() if host.last else 0.0
        if wait > self.options.max_seconds - (time.monotonic() - self.started):
            raise FetchError("l’attente que le site demande entre deux pages dépasse le temps de cette source", True)
        if wait > 0:
            self.sleep(wait)
        host.last = time.monotonic()

    def _rules(self, url: str) -> robots.Robots:
        """Read a host's robots.txt: without one all is allowed; while its server is in trouble nothing is."""
        scheme, name, port, _ = fetch.split(url)
        address = f"{scheme}://{f'[{name}]' if ':' in name else name}:{port}/robots.txt"
        kept = self.cache.get(address)
        if kept and self._is_fresh(kept):
            return self._parsed(kept.answer)
        try:
            return self._parsed(self._ask(address, "text/plain", kept, lambda _url: None))
        except FetchError as error:
            if not error.passing:
                raise
            with contextlib.suppress(FetchError):
                return self._parsed(self._stale(kept, error).answer)
            raise FetchError(f"robots.txt ne peut pas être lu : {error}", passing=True) from None

    def _is_fresh(self, kept: Kept) -> bool:
        return 0 <= self.now() - kept.at < self.options.keep_minutes * 60

    @staticmethod
    def _parsed(answer: Answer) -> robots.Robots:
        if answer.status != 200:
            return robots.EVERYTHING
        return robots.parse(answer.body.decode("utf-8", "replace"), AGENT)

    def _host(self, url: str) -> _Host:
        scheme, name, port, _ = fetch.split(url)
        return self.hosts.setdefault(f"{scheme}://{name}:{port}", _Host())


def _refused(status: int) -> str:
    told = {
        401: "la page demande un mot de passe",
        403: "le serveur refuse de donner la page",
        404: "la page n’existe pas",
        410: "la page a été retirée",
        429: "le serveur trouve nos demandes trop nombreuses",
        503: "le serveur est indisponible",
    }
    return f"{told.get(status, 'réponse inattendue du serveur')} ({status})"
