"""Kokoro-82M (int8) in French: the neural voice, offline.

Facts this rests on, measured: docs/voices.md. One call a sentence, because the voice hurries in long ones;
one session with one thread of its own, called from two Python threads, because that is the fastest way.
"""

from __future__ import annotations

import re
import threading
from functools import cache
from importlib import resources
from typing import Any, ClassVar, TypeAlias

from audionews.voices import weights
from audionews.voices.base import Engine, Sound
from audionews.voices.cut import cut
from audionews.voices.finish import joined
from audionews.voices.phonemes import phonemes, tokens

RATE = 24_000  # Hz, of the model
MOST_TOKENS = 250  # of one call; the model's own limit is 510, but it reads those a third faster
ROWS, WIDTH = 510, 256  # of a voice table: one style for each number of tokens
_PART = re.compile(r"(\w+)(?::(\d*\.?\d+))?")

Inputs: TypeAlias = "dict[str, Any]"  # the three arrays of one call: tokens, style, speed


class Kokoro(Engine):
    """The default voice. A blend is written ``ff_siwis:0.3+im_nicola:0.7``."""

    name = "kokoro"
    version = "v1.0-int8/1"
    words_per_minute = 168
    reads = "phonemes"
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, options: Any, voice: str = "", speed: float = 1.0) -> None:
        super().__init__(options, voice, speed)
        weights.require()

    @classmethod
    def voices(cls) -> tuple[str, ...]:
        """Give the tables that are shipped, and the blend that makes the second presenter."""
        return ("ff_siwis", "im_nicola", "ff_siwis:0.3+im_nicola:0.7")

    @classmethod
    def has(cls, voice: str) -> bool:
        """Tell whether a name or a blend is made of the shipped tables."""
        parts = parse(voice)
        return bool(parts) and all(name in cls.voices() for name in parts) and sum(parts.values()) > 0

    def speak(self, text: str) -> Sound:
        """Read one sentence; a very long one in several breaths."""
        return joined([self.infer(one) for one in self.inputs(text)])

    def inputs(self, text: str) -> list[Inputs]:
        """Prepare the model's inputs for one sentence: all that comes before the inference."""
        import numpy

        table = style(self.voice)
        speed = numpy.array([self.speed], dtype=numpy.float32)
        made = []
        for piece in cut(text, MOST_TOKENS, lambda one: len(phonemes(one))):
            numbers = tokens(phonemes(piece))
            if numbers:
                row = table[min(len(numbers), ROWS) - 1].reshape(1, WIDTH)
                made.append({"tokens": numpy.array([[0, *numbers, 0]]), "style": row, "speed": speed})
        return made

    def infer(self, inputs: Inputs) -> Sound:
        """Run the model once: all that the neural network itself costs."""
        import numpy

        with self._lock:
            session = _session()
        (audio,) = session.run(["audio"], inputs)
        peak = max(1.0, float(numpy.abs(audio).max(initial=0.0)))  # blends come near full scale
        return Sound((audio.reshape(-1) * (32767.0 / peak)).round().astype("<i2").tobytes(), RATE)


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

    folder = resources.files("audionews.voices") / "data"
    tables = {
        name: numpy.frombuffer((folder / f"{name}.bin").read_bytes(), dtype="<f4").reshape(ROWS, WIDTH)
        for name in parse(voice)
    }
    return sum(weight * tables[name] for name, weight in parse(voice).items()).astype(numpy.float32)  # type: ignore[union-attr]


@cache
def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(weights.model_file()), options, providers=["CPUExecutionProvider"])
