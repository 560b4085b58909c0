"""The making of one clip: what is asked, what comes back, and who may be asked, here or on other machines."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol, TypeAlias

from audionews.errors import AudionewsError
from audionews.voices import finish
from audionews.voices.base import Engine, Sound
from audionews.voices.cut import cut
from audionews.voices.inspect import fault_of_clip, fault_of_sound

UPDATE = "Installez la même version d’audionews sur toutes les machines"
HINT = "Reformulez cette phrase, ou changez de moteur avec --voice"


@dataclass(frozen=True, slots=True)
class Order:
    """All that makes one clip: any process that has this engine makes the same bytes of it."""

    engine: str
    version: str  # of the engine, and of what is done to its sounds
    options: str  # of the engine, as canonical JSON
    voice: str
    speed: float
    text: str  # as `reading.read` gives it
    unheard: tuple[str, ...] = ()  # options that change nothing of the sound

    @property
    def key(self) -> str:
        """The name of the clip in caches: the SHA-256, in hexadecimal, of all that makes it sound as it does."""
        heard = self.options
        if self.unheard:
            heard = _json({name: value for name, value in json.loads(heard).items() if name not in self.unheard})
        parts = (self.engine, self.version, heard, self.voice, self.speed, self.text)
        return hashlib.sha256(_json(parts).encode()).hexdigest()


class Failure(NamedTuple):
    """Why there is no clip, in French, as an `AudionewsError` says it."""

    message: str
    hint: str = HINT


Result: TypeAlias = bytes | Failure


class Workers(Protocol):
    """Whoever makes clips."""

    def run(self, orders: Sequence[Order], unwanted: Callable[[Order], bool]) -> Iterator[tuple[Order, Result]]:
        """Make clips; each order is answered once, in any order, but those that are no longer wanted.

        Args:
            orders: all different.
            unwanted: asked before an order is begun.
        """


def order(engine: Engine, text: str) -> Order:
    """Write the order for a text to be read by an engine."""
    options = _json(dataclasses.asdict(engine.options))
    return Order(engine.name, version(engine), options, engine.voice, engine.speed, text, engine.unheard)


def version(engine: Engine) -> str:
    """Give the version of a sound: of the engine that makes it, and of what is done to it here."""
    return f"{engine.version}+{finish.VERSION}"


def made(order: Order, engine: Engine) -> Result:
    """Read, check and finish a text; what comes out bad is made once more. Nothing is raised.

    Args:
        order: what is asked.
        engine: the one the order names, built as it says.

    Returns:
        A finished clip, a WAV file; or why there is none.
    """
    if order.version != version(engine):  # another machine's: its clip would not sound as the others
        return Failure(f"{engine.label} est ici d’une autre version ({version(engine)}, pas {order.version})", UPDATE)
    try:
        return voiced(order.text, engine)
    except AudionewsError as error:
        return Failure(error.message, error.hint)
    except Exception as error:  # a foreign engine may fail in any way
        return Failure(f"{engine.label} a échoué ({type(error).__name__} : {error})")


def voiced(text: str, engine: Engine) -> bytes:
    """Voice one sentence and check it, twice when needed.

    Args:
        text: as `reading.read` gives it.
        engine: who reads.

    Returns:
        A finished clip, a WAV file.

    Raises:
        AudionewsError: the engine failed or took too long, or what it gave is bad twice.
    """
    fault, words = "", text.replace("\u0303", "")  # a tilde over a letter is no end of a word
    for _ in range(2):
        texts = cut(text, engine.max_chars)
        pieces = [limited(partial(engine.speak, one), engine) for one in texts]
        fault = next(filter(None, (fault_of_sound(one, engine.silent, engine.leads) for one in pieces)), "")
        if not fault:
            wav = finish.finish(finish.joined(pieces, texts), engine.silent)
            fault = fault_of_clip(wav, words, engine.speed, engine.silent, engine.words_per_minute)
        if not fault:
            return wav
    raise AudionewsError(f"{engine.label} l’a mal lue deux fois ({fault})", HINT)


def limited(speak: Callable[[], Sound], engine: Engine) -> Sound:
    """Call an engine, and stop waiting for it after its time limit; a call that hangs is left to itself."""
    answer: queue.SimpleQueue[Sound | BaseException] = queue.SimpleQueue()

    def call() -> None:
        try:
            answer.put(speak())
        except BaseException as error:
            answer.put(error)

    threading.Thread(target=call, name="speak", daemon=True).start()
    try:
        found = answer.get(timeout=engine.time_limit)
    except queue.Empty:
        raise AudionewsError(f"{engine.label} n’a pas répondu en {engine.time_limit:.0f} s", HINT) from None
    if isinstance(found, Exception):
        raise found
    if isinstance(found, BaseException):  # SystemExit would end the worker without a word, and it is waited for
        raise RuntimeError(type(found).__name__) from found
    return found


class Threads:
    """Workers of this process. Engines let go of Python's lock while they compute, so that threads are enough.

    Args:
        count: how many work at once.
        engine_of: builds the engine an order names; called once for each kind of order.
    """

    def __init__(self, count: int, engine_of: Callable[[Order], Engine]) -> None:
        self.count = max(1, count)
        self.engine_of = engine_of

    def run(self, orders: Sequence[Order], unwanted: Callable[[Order], bool]) -> Iterator[tuple[Order, Result]]:
        """Make clips: every other worker begins with the longest, the others with the shortest.

        So the sentences that are at work at once are never all long ones: a network's memory grows with their length.
        """
        waiting = deque(sorted(orders, key=lambda one: -len(one.text)))
        ready: queue.SimpleQueue[tuple[Order, Result | None]] = queue.SimpleQueue()
        stopped = threading.Event()

        def work(take: Callable[[], Order]) -> None:
            while not stopped.is_set():
                try:
                    one = take()
                except IndexError:  # nothing is left
                    return
                ready.put((one, None if unwanted(one) else self._made(one)))

        for number in range(min(self.count, len(orders))):
            take = waiting.pop if number % 2 else waiting.popleft
            threading.Thread(target=work, args=(take,), name=f"voice-{number}", daemon=True).start()
        try:
            for _ in orders:
                one, result = ready.get()
                if result is not None:
                    yield one, result
        finally:
            stopped.set()

    def _made(self, order: Order) -> Result:
        try:
            engine = self.engine_of(order)
        except AudionewsError as error:
            return Failure(error.message, error.hint)
        except Exception as error:  # a foreign engine may fail in any way
            return Failure(f"Le moteur {order.engine} n’a pas pu être préparé ({type(error).__name__} : {error})")
        return made(order, engine)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
