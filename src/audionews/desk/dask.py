"""Workers on other machines: a Dask cluster makes the clips, and this process what the cluster does not.

Dask shares the work out, and gives what a dead worker had begun to another. What is ours: which workers suit, how
long to wait, and that nobody but `local` is needed to finish. A worker suits when it runs this very version and has
each engine that is asked for; the others are named and left out, since their clips could sound otherwise.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import queue
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib import metadata
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

import audionews
from audionews.desk.workers import engine_of
from audionews.errors import AudionewsError, MissingExtraError
from audionews.voices import work
from audionews.voices.work import Failure, Order, Result, Workers

if TYPE_CHECKING:
    from distributed import Client, Future

AHEAD = 2  # orders given out for each thread of the cluster, so that none waits for the next one to travel
_VERSION = metadata.version(audionews.__name__)
_POLL = 0.01  # seconds between two looks at what has come back: nothing to what a clip takes
_LOOK = 1.0  # seconds between two looks at who is there


class Limits(NamedTuple):
    """How long a cluster is waited for, in seconds."""

    answer: float = 10.0  # for its scheduler to answer
    worker: float = 30.0  # for a worker that suits
    clip: float = 180.0  # for the next clip, whichever: more than two tries of the slowest engine


LIMITS = Limits()


class Dask:
    """The workers of a cluster.

    Args:
        address: of the scheduler: ``dask://host:port``, or as Dask itself writes it.
        local: who makes what the cluster does not.
        say: told what the operator should know, in French, one line.
        limits: how long to wait.

    Raises:
        MissingExtraError: Dask is not installed.
    """

    def __init__(self, address: str, local: Workers, say: Callable[[str], None], limits: Limits = LIMITS) -> None:
        if find_spec("distributed") is None:
            raise MissingExtraError(
                "Les voix ne peuvent pas être confiées à une grappe : Dask n’est pas installé",
                'pip install "audionews[cluster]"',
            )
        self.address = address.replace("dask://", "tcp://", 1).rstrip("/")
        self.local = local
        self.say = say
        self.limits = limits
        self._lost = False

    def run(self, orders: Sequence[Order], unwanted: Callable[[Order], bool]) -> Iterator[tuple[Order, Result]]:
        """Make clips, the longest first; what fails on the cluster is tried once more here."""
        left = dict.fromkeys(sorted(orders, key=lambda one: -len(one.text)))
        if left and not self._lost:
            try:
                yield from self._far(left, unwanted)
            except _LostError as error:
                self._lost = True
                self.say(f"La grappe {self.address} {error} : ce qui manque est lu ici (phrases : {len(left)}).")
        yield from self.local.run(list(left), unwanted)

    def _far(self, left: dict[Order, None], unwanted: Callable[[Order], bool]) -> Iterator[tuple[Order, Result]]:
        """Have the cluster make the orders; each leaves `left` when it is answered or no longer wanted."""
        with _connected(self.address, self.limits.answer) as client:
            crew = _Crew(client, tuple({replace(one, text=""): None for one in left}), self.say, self.limits)
            shift = _Shift(client, crew, deque(left))
            told = False
            for one, result in shift.run(unwanted, self.limits):
                if isinstance(result, Failure) and not told:
                    told = True
                    self.say(f"Ce que la grappe {self.address} n’a pas su lire est relu ici ({result.message}).")
                del left[one]
                if isinstance(result, Failure):
                    yield from self.local.run([one], unwanted)
                elif result is not None:
                    yield one, result


class _LostError(Exception):
    """The cluster cannot go on; the text says why, after its name."""


class _Crew:
    """Who of the cluster may make these clips."""

    def __init__(self, client: Client, kinds: tuple[Order, ...], say: Callable[[str], None], limits: Limits) -> None:
        self.client, self.kinds, self.say, self.limits = client, kinds, say, limits
        self.present: dict[str, int] = {}  # the threads of all that are there, by address
        self.asked: dict[str, Future[Any]] = {}
        self.fit: set[str] = set()
        self.refused: set[str] = set()
        self._next_look = 0.0

    @property
    def threads(self) -> int:
        return sum(self.present[one] for one in self.fit)

    def look(self) -> None:
        """See who has come and who has gone; now and then, for the scheduler is asked.

        Raises:
            _LostError: the scheduler does not answer.
        """
        if time.monotonic() >= self._next_look:
            try:
                self.present = dict(self.client.nthreads(callback_timeout=self.limits.answer))
            except Exception as error:  # a time limit, a closed line, a client that has given up
                raise _LostError("ne répond plus") from error
            self._next_look = time.monotonic() + _LOOK
            for gone in (self.asked.keys() | self.fit | self.refused) - self.present.keys():
                self.asked.pop(gone, None)
                self.fit.discard(gone)
                self.refused.discard(gone)
            for new in sorted(self.present.keys() - self.asked.keys() - self.fit - self.refused):
                # A worker without audionews would stop at the first thing of ours that it is sent.
                self.asked[new] = self._ask(new, metadata.version, audionews.__name__)
        for address in [address for address, future in self.asked.items() if future.done()]:
            found = _fetched(self.asked.pop(address), self.limits.answer)
            if found == _VERSION:
                self.asked[address] = self._ask(address, fault, self.kinds)
            elif found is None:
                self.fit.add(address)
            else:
                self._refuse(address, found)

    def _ask(self, address: str, what: Callable[..., Any], about: object) -> Future[Any]:
        key = f"audionews-{_digest(address, what.__name__, repr(about), _VERSION)}"
        return self.client.submit(what, about, key=key, workers=[address], priority=1)  # before the clips of others

    def _refuse(self, address: str, why: Failure | str) -> None:
        self.refused.add(address)
        if isinstance(why, str):
            why = Failure(f"audionews {why} y est installé, et {_VERSION} ici", work.UPDATE)
        self.say(f"Le poste {address} n’est pas employé : {AudionewsError(*why)}")


class _Shift:
    """The orders given to a crew, a few at a time: so that those who come late get some, and what is no longer
    wanted is never begun.
    """

    def __init__(self, client: Client, crew: _Crew, waiting: deque[Order]) -> None:
        self.client, self.crew, self.waiting = client, crew, waiting
        self.flying: dict[Order, tuple[Future[Result], frozenset[str]]] = {}

    def run(self, unwanted: Callable[[Order], bool], limits: Limits) -> Iterator[tuple[Order, Result | None]]:
        """Give each order with its result, None when it is no longer wanted.

        Raises:
            _LostError: nothing more can be hoped for.
        """
        moved, staffed = time.monotonic(), False
        while self.waiting or self.flying:
            self.crew.look()
            self._recall()
            for one in [one for one in self.flying if unwanted(one)]:
                del self.flying[one]  # letting go of its future calls it off
                yield one, None
            while self.waiting and len(self.flying) < AHEAD * self.crew.threads:
                one = self.waiting.popleft()
                if unwanted(one):
                    yield one, None
                else:
                    self._give(one)
            for one in [one for one, (future, _) in self.flying.items() if future.done()]:
                yield one, _fetched(self.flying.pop(one)[0], limits.answer)
                moved = time.monotonic()
            if bool(self.crew.fit) != staffed:
                moved, staffed = time.monotonic(), not staffed
            self._patience(time.monotonic() - moved, limits)
            time.sleep(_POLL)

    def _give(self, one: Order) -> None:
        crew = frozenset(self.crew.fit)
        # The key holds the crew: Dask computes a key once for all who ask, and keeps the first one's choice of workers.
        key = f"audionews-clip-{_digest(_VERSION, one.key, *sorted(crew))}"
        self.flying[one] = self.client.submit(make, one, key=key, workers=sorted(crew)), crew

    def _recall(self) -> None:
        """Take back the orders whose whole crew has gone: Dask would wait for these very workers to return."""
        for one in [one for one, (_, crew) in self.flying.items() if crew.isdisjoint(self.crew.present)]:
            del self.flying[one]
            self.waiting.appendleft(one)

    def _patience(self, quiet: float, limits: Limits) -> None:
        crew = self.crew
        if crew.fit:
            if quiet > limits.clip:
                raise _LostError(f"n’a rien rendu en {limits.clip:.0f} s")
        elif quiet > limits.worker or (crew.refused and not crew.asked):
            raise _LostError("n’a aucun poste qui convienne" if crew.refused else "n’a aucun poste au travail")


@contextmanager
def _connected(address: str, limit: float) -> Iterator[Client]:
    """Be a client of a scheduler; nothing that Dask has to say for itself reaches the operator.

    The client is started in a loop of ours: in one of its own it would wait for ever for a scheduler that takes the
    call and says nothing.
    """
    from distributed import Client

    for name in ("distributed", "distributed.client", "tornado.application", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)

    async def start() -> Client:
        client = Client(address, timeout=limit, set_as_default=False, name="audionews", asynchronous=True)
        try:
            await asyncio.wait_for(client, limit)
        except BaseException:
            with suppress(Exception):
                await client.close(timeout=limit)
            raise
        return client

    with _loop(limit) as loop:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # versions of other packages differ: ours are compared by `fault`
                client = asyncio.run_coroutine_threadsafe(start(), loop).result()
        except Exception as error:  # nobody there, no such host, or something else than a scheduler
            raise _LostError("ne répond pas") from error
        try:
            yield client
        finally:
            with suppress(Exception):  # a scheduler that is gone cannot be taken leave of
                client.close(timeout=limit)


@contextmanager
def _loop(limit: float) -> Iterator[asyncio.AbstractEventLoop]:
    """Run an event loop in a thread; what is still going on in it at the end is cancelled."""
    started: queue.SimpleQueue[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = queue.SimpleQueue()

    async def wait() -> None:
        stopped = asyncio.Event()
        started.put((asyncio.get_running_loop(), stopped))
        await stopped.wait()

    thread = threading.Thread(target=lambda: asyncio.run(wait()), name="dask", daemon=True)
    thread.start()
    loop, stopped = started.get()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join(limit)


def _fetched(future: Future[Any], limit: float) -> Any:
    """Fetch what a worker has made, or the failure that it met.

    Raises:
        _LostError: the scheduler has gone, and what it held with it.
    """
    try:
        return future.result(timeout=limit)
    except Exception as error:
        if future.status != "error":
            raise _LostError("ne répond plus") from error
        if isinstance(error, metadata.PackageNotFoundError):
            return Failure("audionews n’y est pas installé", work.UPDATE)
        if isinstance(error, RuntimeError) and "deserialization of the task graph" in str(error):
            raise _LostError("n’a pas audionews sur son ordonnanceur") from error
        return Failure(" ".join(f"{type(error).__name__} : {error}".split()), "")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


# What the workers run: functions of this module, which they import by name.


def make(order: Order) -> Result:
    """Make one clip."""
    return work.made(order, engine_of(order))


def fault(kinds: Sequence[Order]) -> Failure | None:
    """Tell why this process cannot make clips of these kinds; nothing when it can.

    Args:
        kinds: orders without a text.
    """
    for kind in kinds:
        try:
            engine = engine_of(kind)
        except AudionewsError as error:
            return Failure(error.message, error.hint)
        if work.version(engine) != kind.version:
            return Failure(f"{engine.label} y est en version {work.version(engine)}, pas {kind.version}", work.UPDATE)
    return None
