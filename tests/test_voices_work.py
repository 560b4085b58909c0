"""The making of clips: who makes them, in which order, and what a bad engine costs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import astuple, dataclass, fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audionews.errors import AudionewsError, UsageError
from audionews.voices import finish, wav
from audionews.voices.base import Engine, NoOptions, Sound
from audionews.voices.espeak import Espeak
from audionews.voices.silence import Silence
from audionews.voices.work import HINT, UPDATE, Failure, Order, Result, Threads, limited, made, order, version, voiced

TEXTS = ["Un.", "Un deux trois.", "Un deux.", "Un deux trois quatre."]
PATIENCE = 10  # seconds, for what takes none


@dataclass(frozen=True, slots=True)
class Choice:
    """Options of the engine below."""

    loud: bool = False
    accent: str = "é"


class Speaker(Engine):
    """Makes the silence of a text at once, remembers what it was asked, and does what a test says instead."""

    name, version, words_per_minute, silent = "speaker", "3", 600, True
    Options = Choice

    def __init__(self, options: Choice | None = None, voice: str = "", speed: float = 1.0) -> None:
        super().__init__(options or Choice(), voice, speed)
        self.asked: list[str] = []
        self.instead: Callable[[str], Sound | None] = lambda _text: None

    @classmethod
    def voices(cls) -> tuple[str, ...]:
        return ("une", "deux")

    def speak(self, text: str) -> Sound:
        self.asked.append(text)
        return self.instead(text) or Sound(bytes(2 * 2400 * len(text.split())), 24_000)


def orders(engine: Engine, texts: list[str]) -> list[Order]:
    return [order(engine, text) for text in texts]


def run(engine: Engine, texts: list[str], count: int = 1, unwanted: Callable[[Order], bool] | None = None) -> list[str]:
    """Have texts made, and give those that came back, in that order."""
    workers = Threads(count, lambda _order: engine)
    return [one.text for one, _ in workers.run(orders(engine, texts), unwanted or (lambda _one: False))]


def working() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name.startswith("voice-")]


def rest() -> None:
    """Wait until no worker is left; it must not take long."""
    for one in working():
        one.join(PATIENCE)
    assert working() == []


@pytest.fixture(autouse=True)
def nobody_is_left_at_work() -> Iterator[None]:
    yield
    rest()


# what is asked


def test_the_key_of_an_order_is_the_same_on_every_machine_and_every_day() -> None:
    one = Order("espeak", "1.52/1+2", '{"pitch": 50}', "fr+f3", 1.05, "« Où /abudʒa/ ? »")
    assert one.key == "4eb3d27e37a6ce22e7838d5d2dcc99044868c4b951c851e1705153fcb66c58fe"
    assert one.key == Order(*astuple(one)).key


@pytest.mark.parametrize("field", [one.name for one in fields(Order) if one.name != "unheard"])
def test_the_key_depends_on_all_that_makes_the_sound(field: str) -> None:
    one = Order("espeak", "1", "{}", "fr", 1.0, "Bonjour.")
    changes: dict[str, Any] = {field: 1.01 if field == "speed" else "autre"}
    assert replace(one, **changes).key != one.key


def test_a_time_limit_is_not_heard() -> None:
    one = Order("gtts", "1", '{"timeout": 10.0, "tld": "com"}', "fr", 1.0, "Bonjour.", ("timeout",))
    assert replace(one, options='{"timeout": 20.0, "tld": "com"}').key == one.key
    assert replace(one, options='{"timeout": 10.0, "tld": "fr"}').key != one.key


@given(*[st.lists(st.text(max_size=4), min_size=5, max_size=5)] * 2)
def test_two_orders_have_one_key_only_if_they_are_the_same(one: list[str], other: list[str]) -> None:
    first, second = (Order(a, b, c, d, 1.0, e) for a, b, c, d, e in (one, other))
    assert (first.key == second.key) == (one == other)


def test_an_order_says_all_an_engine_is() -> None:
    engine = Speaker(Choice(loud=True), "deux", 0.9)
    asked = order(engine, "Bonjour.")
    assert asked == Order("speaker", version(engine), '{"accent": "é", "loud": true}', "deux", 0.9, "Bonjour.")
    assert version(engine) == f"3+{finish.VERSION}"
    assert order(engine.paced(1.05), "Bonjour.").speed == 0.945
    assert order(Silence(NoOptions()), "Bonjour.").options == "{}"


# one clip


def test_a_clip_is_a_finished_file() -> None:
    engine = Espeak(Espeak.Options())
    result = made(order(engine, "Bonjour à tous et à toutes."), engine)
    assert isinstance(result, bytes)
    sound = wav.read(result)
    assert sound.rate == finish.RATE and 0.8 < sound.seconds < 3 and len(sound.pcm) % 48 == 0


def test_another_version_makes_nothing_and_says_what_to_do() -> None:
    engine = Speaker()
    result = made(replace(order(engine, "Un."), version="2+1"), engine)
    assert isinstance(result, Failure) and engine.asked == []
    assert result.hint == UPDATE and f"({version(engine)}, pas 2+1)" in result.message


ERRORS: list[tuple[Exception, str, str]] = [
    (AudionewsError("Le service ne répond pas", "--voice kokoro"), "Le service ne répond pas", "--voice kokoro"),
    (UsageError("La voix manque", "Installez-la"), "La voix manque", "Installez-la"),
    (ZeroDivisionError("no breath"), "speaker:une a échoué (ZeroDivisionError : no breath)", HINT),
    (MemoryError(), "speaker:une a échoué (MemoryError : )", HINT),
    (OSError(28, "No space left"), "speaker:une a échoué (OSError : [Errno 28] No space left)", HINT),
    (RecursionError("deep"), "speaker:une a échoué (RecursionError : deep)", HINT),
]


def failing(error: BaseException) -> Callable[[str], Sound | None]:
    def fail(_text: str) -> Sound | None:
        raise error

    return fail


@pytest.mark.parametrize(("error", "message", "hint"), ERRORS)
def test_whatever_an_engine_raises_is_a_failure(error: Exception, message: str, hint: str) -> None:
    engine = Speaker()
    engine.instead = failing(error)
    assert made(order(engine, "Un."), engine) == Failure(message, hint)
    assert engine.asked == ["Un."]  # what raises is not asked twice


@pytest.mark.parametrize("given_back", [None, "son", Sound("texte", 24_000), Sound(b"\0\0", 0)])  # type: ignore[arg-type]
def test_what_is_no_sound_is_a_failure(given_back: object) -> None:
    class Odd(Speaker):
        silent = False

        def speak(self, text: str) -> Sound:
            return given_back  # type: ignore[return-value]

    engine = Odd()
    assert isinstance(made(order(engine, "Un."), engine), Failure)


def test_what_is_bad_once_is_made_again() -> None:
    engine, bad = Speaker(), [Sound(b"", 24_000)]
    engine.instead = lambda _text: bad.pop() if bad else None
    assert wav.read(voiced("Un deux.", engine)).seconds == 0.2
    assert engine.asked == ["Un deux."] * 2


def test_what_is_bad_twice_is_refused_with_the_fault() -> None:
    engine = Speaker()
    engine.instead = lambda _text: Sound(b"", 24_000)
    with pytest.raises(AudionewsError, match=r"speaker:une l’a mal lue deux fois \(le son est vide\)") as raised:
        voiced("Un deux.", engine)
    assert raised.value.hint == HINT and engine.asked == ["Un deux."] * 2


def test_a_finished_clip_is_held_against_its_text() -> None:
    class Brief(Espeak):
        """Says but a word of what it is given."""

        def speak(self, text: str) -> Sound:
            return super().speak(text.split(maxsplit=1)[0])

    with pytest.raises(AudionewsError, match="mal lue deux fois"):
        voiced("Bonjour à tous, et bienvenue dans cette édition du journal.", Brief(Espeak.Options()))


def test_a_long_text_is_read_in_pieces_and_whole() -> None:
    class Short(Speaker):
        max_chars = 12

    engine = Short()
    sound = wav.read(voiced("Un deux trois, quatre cinq six, sept huit.", engine))
    assert all(len(text) <= 12 for text in engine.asked)
    assert " ".join(engine.asked) == "Un deux trois, quatre cinq six, sept huit."
    assert sound.seconds > 0.8


# time


def test_an_engine_that_hangs_is_left_after_its_time_limit() -> None:
    class Hanging(Speaker):
        time_limit = 0.2

    engine, free = Hanging(), threading.Event()
    engine.instead = lambda text: None if text != "Un." else (free.wait(PATIENCE), None)[1]
    start = time.monotonic()
    result = made(order(engine, "Un."), engine)
    assert result == Failure("speaker:une n’a pas répondu en 0 s", HINT)
    assert 0.2 <= time.monotonic() - start < PATIENCE / 2
    assert isinstance(made(order(engine, "Un deux."), engine), bytes)  # the engine may be asked again
    free.set()


def test_an_engine_that_hangs_holds_up_nobody_else() -> None:
    class Hanging(Speaker):
        time_limit = 0.2

    engine, free = Hanging(), threading.Event()
    engine.instead = lambda text: None if text != "Un." else (free.wait(PATIENCE), None)[1]
    found = dict(Threads(2, lambda _order: engine).run(orders(engine, TEXTS), lambda _one: False))
    free.set()
    assert sorted(one.text for one, result in found.items() if isinstance(result, bytes)) == sorted(TEXTS[1:])


def test_a_call_gives_back_what_the_engine_gives() -> None:
    sound = Sound(b"\0\0", 24_000)
    assert limited(lambda: sound, Speaker()) is sound
    error = KeyError("x")
    with pytest.raises(KeyError) as raised:
        limited(failing(error).__get__("text"), Speaker())
    assert raised.value is error


# who makes them


def test_the_longest_comes_first() -> None:
    engine = Speaker()
    assert run(engine, TEXTS) == engine.asked == sorted(TEXTS, key=len, reverse=True)


@given(st.lists(st.integers(1, 30), unique=True, max_size=12), st.integers(0, 5))
def test_each_order_is_answered_once_whatever_the_workers(lengths: list[int], count: int) -> None:
    texts = ["mot " * length for length in lengths]
    assert sorted(run(Speaker(), texts, count)) == sorted(texts)


def test_several_work_at_once_and_no_more_than_asked_for() -> None:
    engine, together, most, lock, at_work = (
        Speaker(),
        threading.Barrier(2, timeout=PATIENCE),
        [0],
        threading.Lock(),
        [0],
    )

    def meet(_text: str) -> None:
        with lock:
            at_work[0] += 1
            most[0] = max(most[0], at_work[0])
        together.wait()  # nobody passes alone
        with lock:
            at_work[0] -= 1

    engine.instead = meet
    assert sorted(run(engine, TEXTS, 2)) == sorted(TEXTS)
    assert most == [2]


def test_what_is_no_longer_wanted_is_not_begun() -> None:
    engine = Speaker()
    assert run(engine, TEXTS, unwanted=lambda one: one.text.startswith("Un deux")) == ["Un."]
    assert engine.asked == ["Un."]
    assert run(engine, TEXTS, 3, unwanted=lambda _one: True) == []


def test_an_engine_is_built_for_each_order_and_what_it_cannot_be_is_a_failure() -> None:
    built: list[str] = []

    def engine_of(one: Order) -> Engine:
        built.append(one.text)
        if len(one.text) > 8:
            raise AudionewsError("Ce moteur n’est pas installé ici", "Installez-le")
        return Speaker()

    found = dict(Threads(2, engine_of).run(orders(Speaker(), TEXTS), lambda _one: False))
    results: dict[str, Result] = {one.text: result for one, result in found.items()}
    assert sorted(built) == sorted(TEXTS)
    assert results["Un deux trois."] == Failure("Ce moteur n’est pas installé ici", "Installez-le")
    assert isinstance(results["Un."], bytes)


def test_whoever_stops_listening_leaves_nobody_at_work() -> None:
    engine = Speaker()
    texts = [f"{'mot ' * number}fin." for number in range(1, 60)]
    running = Threads(3, lambda _order: engine).run(orders(engine, texts), lambda _one: False)
    next(running)
    assert isinstance(running, Generator)
    running.close()
    rest()
    assert len(engine.asked) < len(texts)


def test_whoever_fails_while_listening_leaves_nobody_at_work() -> None:
    engine = Speaker()
    texts = [f"{'mot ' * number}fin." for number in range(1, 60)]
    with pytest.raises(ZeroDivisionError):
        for _ in Threads(2, lambda _order: engine).run(orders(engine, texts), lambda _one: False):
            raise ZeroDivisionError
    rest()
    assert len(engine.asked) < len(texts)


def test_nothing_to_do_is_done_at_once() -> None:
    assert run(Speaker(), [], 4) == []
