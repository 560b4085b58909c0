"""Kokoro-82M in French: the neural voice, offline.

Facts this rests on, measured: docs/voices.md. One call a sentence, because the voice hurries in long ones;
one session with one thread of its own, called from as many Python threads as there are cores, because that is the
fastest way. What a call holds in memory grows with its text, so that together they may not have more than `ROOM`
tokens.
"""

from __future__ import annotations

import ctypes
import os
import re
import threading
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Any, ClassVar, Literal, NamedTuple, TypeAlias

from audionews.errors import AudionewsError
from audionews.voices import weights
from audionews.voices.base import Engine, Sound
from audionews.voices.cut import cut
from audionews.voices.finish import joined
from audionews.voices.graph import DURATIONS, PITCH
from audionews.voices.melody import pitches
from audionews.voices.phonemes import phonemes, tokens
from audionews.voices.spans import word_tokens

RATE = 24_000  # Hz, of the model
FRAME = 600  # samples: the model's durations are counted in these
MOST_TOKENS = 180  # of one call, some 11 s; the model's own limit is 510, but it reads those a third faster
ROOM = 110 * max(2, os.cpu_count() or 2)  # tokens of all calls at work: 1.5 MB each (docs/voices.md, « Memory »)
EARLY = 2  # frames by which a word is heard before its token's time (docs/voices.md, « When each word is heard »)
ROWS, WIDTH = 510, 256  # of a voice table: one style for each number of tokens
SHIPPED = ("ff_siwis", "im_nicola")
_PART = re.compile(r"(\w+)(?::(\d*\.?\d+))?")

Inputs: TypeAlias = "dict[str, Any]"  # the arrays of one call: tokens, style, speed, pitch


@dataclass(frozen=True, slots=True)
class Options:
    """Table ``[engines.kokoro]``."""

    model: Literal["int8", "full"] = "int8"  # "full", 32 bits: after `audionews voices install kokoro-full`


class Piece(NamedTuple):
    """What one call of the model reads."""

    inputs: Inputs
    words: tuple[tuple[int, int], ...]  # of each word, its first token and the one after its last, pads not counted


class Room:
    """So many tokens may be at work at once; whoever has more than all of it works alone.

    Args:
        whole: how many.
    """

    def __init__(self, whole: int) -> None:
        self.whole, self._used, self._changed = whole, 0, threading.Condition()

    @contextmanager
    def taken(self, size: int) -> Iterator[None]:
        """Wait for room, and hold it."""
        with self._changed:
            self._changed.wait_for(lambda: not self._used or self._used + size <= self.whole)
            self._used += size
        try:
            yield
        finally:
            with self._changed:
                self._used -= size
                self._changed.notify_all()


class Kokoro(Engine):
    """The default voice. A blend is written ``ff_siwis:0.3+im_nicola:0.7``."""

    name = "kokoro"
    version = "v1.0/4"
    words_per_minute = 168
    reads = "phonemes"
    word_times = True
    leads = True
    neural = True
    time_limit = 120.0
    Options = Options
    _lock: ClassVar[threading.Lock] = threading.Lock()
    _room: ClassVar[Room] = Room(ROOM)

    def __init__(self, options: Any, voice: str = "", speed: float = 1.0) -> None:
        super().__init__(options, voice, speed)
        weights.require()
        self._model: Literal["int8", "full"] = getattr(options, "model", "int8")
        if self._model == "full":
            weights.full_file()

    @classmethod
    def voices(cls) -> tuple[str, ...]:
        """Give the default voice, the blend that makes the second presenter, and the other table that is shipped."""
        return ("ff_siwis", "ff_siwis:0.3+im_nicola:0.7", "im_nicola")

    @classmethod
    def has(cls, voice: str) -> bool:
        """Tell whether a name or a blend is made of tables that are shipped, or installed with the full weights."""
        parts = parse(voice)
        return bool(parts) and all(name in SHIPPED or name in _installed() for name in parts)

    def speak(self, text: str) -> Sound:
        """Read one sentence; a very long one in several breaths.

        Raises:
            AudionewsError: it took longer than the time limit, or the model cannot be loaded.
        """
        end = time.monotonic() + self.time_limit
        parts = self._parts(text)
        sound = joined([self._said(piece, end) for _, piece in parts], [part for part, _ in parts])
        return sound if len(sound.words) == len(text.split()) else replace(sound, words=())

    def inputs(self, text: str) -> list[Inputs]:
        """Prepare the model's inputs for one sentence: all that comes before the inference."""
        return [piece.inputs for _, piece in self._parts(text)]

    def infer(self, inputs: Inputs) -> tuple[Any, Any]:
        """Run the model once: all that the neural network itself costs.

        Returns:
            The samples, float32 within ±1 or near it; and the frames each token lasts, pads included, or None.
        """
        return self._run(inputs, time.monotonic() + self.time_limit)

    def warm(self) -> None:
        """Load the network now; the first `speak` does it otherwise."""
        self._session()

    @classmethod
    def rest(cls) -> None:
        """Let go of the network; the next `speak` loads it again."""
        with cls._lock:
            _session.cache_clear()

    def _session(self) -> Any:
        with self._lock:
            return _session(self._model)

    def _parts(self, text: str) -> list[tuple[str, Piece]]:
        import numpy

        table, speed = style(self.voice), numpy.array([self.speed], dtype=numpy.float32)
        made = []
        for part in cut(text, MOST_TOKENS, lambda one: len(phonemes(one))):
            symbols, words = word_tokens(part)
            numbers = tokens(symbols)
            if numbers:
                row = table[min(len(numbers), ROWS) - 1].reshape(1, WIDTH)
                sung = numpy.array([[[1.0, *pitches(symbols, part), 1.0]]], dtype=numpy.float32)
                inputs = {"tokens": numpy.array([[0, *numbers, 0]]), "style": row, "speed": speed, PITCH: sung}
                made.append((part, Piece(inputs, words)))
        return made

    def _said(self, piece: Piece, end: float) -> Sound:
        import numpy

        audio, frames = self._run(piece.inputs, end)
        peak = max(1.0, float(numpy.abs(audio).max(initial=0.0)))  # blends come near full scale
        pcm = (audio.reshape(-1) * (32767.0 / peak)).round().astype("<i2").tobytes()
        return Sound(pcm, RATE, _times(piece.words, frames, len(pcm) // 2))

    def _run(self, inputs: Inputs, end: float) -> tuple[Any, Any]:
        import onnxruntime

        session, run = self._session(), onnxruntime.RunOptions()
        timer = threading.Timer(max(0.0, end - time.monotonic()), setattr, (run, "terminate", True))
        timer.daemon = True
        timer.start()
        try:
            names = [one.name for one in session.get_outputs()]
            with self._room.taken(inputs["tokens"].size):
                found = session.run(None, _named(inputs, session), run)
        except Exception as error:
            if not run.terminate:
                raise
            raise AudionewsError(
                f"{self.label} n’a pas fini de lire en {self.time_limit:.0f} s",
                "Cette machine est trop chargée : relancez plus tard, ou donnez moins de travail à la fois",
            ) from error
        finally:
            timer.cancel()
        return found[0], found[names.index(DURATIONS)].reshape(-1) if DURATIONS in names else None


def parse(voice: str) -> dict[str, float]:
    """Read a voice's name: ``"a:0.3+b:0.7"`` → weights that add up to 1; empty when it cannot be read."""
    found = [_PART.fullmatch(part.strip()) for part in voice.split("+")]
    if not all(found):
        return {}
    parts = {one[1]: float(one[2] or 1) for one in found if one}
    whole = sum(parts.values())
    return {name: weight / whole for name, weight in parts.items()} if whole else {}


@cache
def style(voice: str) -> Any:
    """Give a voice's table of styles, float32 (510, 256): the weighted mean of the tables it is made of."""
    import numpy

    return sum(weight * _table(name) for name, weight in parse(voice).items()).astype(numpy.float32)


def _table(name: str) -> Any:
    import numpy

    if name in SHIPPED:
        content = (resources.files("audionews.voices") / "data" / f"{name}.bin").read_bytes()
        return numpy.frombuffer(content, dtype="<f4").reshape(ROWS, WIDTH)
    with numpy.load(weights.full_voices()) as tables:
        return tables[name].reshape(ROWS, WIDTH)


def _installed() -> frozenset[str]:
    """Give the names of the voices that came with the full weights."""
    try:
        with zipfile.ZipFile(weights.full_voices()) as tables:
            return frozenset(name.removesuffix(".npy") for name in tables.namelist())
    except (AudionewsError, OSError, zipfile.BadZipFile):
        return frozenset()


def _times(words: Sequence[tuple[int, int]], frames: Any, length: int) -> tuple[tuple[int, int], ...]:
    """Give each word's first sample and the one after its last, from the frames that each token lasts."""
    if frames is None:
        return ()
    # Of the pad, then of each token.
    ends = [min(length, FRAME * max(0, end - EARLY)) for end in accumulate(int(one) for one in frames)]
    return tuple((ends[first], ends[after]) for first, after in words)


def _named(inputs: Inputs, session: Any) -> Inputs:
    """Name and type the inputs as that export of the model does."""
    import numpy

    types = {"tensor(float)": numpy.float32, "tensor(int32)": numpy.int32, "tensor(int64)": numpy.int64}
    wanted = {one.name: types[one.type] for one in session.get_inputs()}
    given = inputs | {"input_ids": inputs["tokens"]}
    return {name: given[name].astype(kind, copy=False) for name, kind in wanted.items()}


@cache
def _session(model: Literal["int8", "full"]) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # at the second text of a length it would ask for all the memory again, at once
    session = onnxruntime.InferenceSession(str(weights.best(model)), options, providers=["CPUExecutionProvider"])
    _keep_little()
    return session


def _keep_little() -> None:
    """Have the GNU C library keep less memory for itself: some 10 MB of a whole build; others lack this."""
    m_mmap_threshold, m_arena_max = -3, -8  # malloc.h
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(m_arena_max, 2)  # heaps: else up to eight for each core, as threads come and go
        library.mallopt(m_mmap_threshold, 1 << 18)  # bytes: larger blocks go back to the system when they are freed
        library.malloc_trim(0)  # and so does what the loading left
