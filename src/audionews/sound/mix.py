"""Timeline → blocks of sound: voices at their samples, music around and under them. Nothing is kept but a block.

All that is slower than sound (fades, ducking) is a curve on the grid of 10 ms, drawn as straight lines between steps.
"""

from __future__ import annotations

import math
import wave
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audionews.model import Cue, Timeline, Track
from audionews.sound.grid import PER_MS, STEP, STEP_MS
from audionews.sound.takes import Takes, active

if TYPE_CHECKING:
    from audionews.sound.grid import Block, Curve

BLOCK = 200 * STEP  # samples: 2 s, which the processor's cache holds
# dB under speech. The loudest moment of each sound is known (`jingles`): with this it is 18 LU below speech.
DUCKED: Mapping[Track, float] = {Track.JINGLE: -21.0, Track.OUTRO: -21.0, Track.STING: -18.0, Track.BED: -13.0}
SLOPE_MS = 300  # the music steps back, and comes up again, within this
AHEAD_MS = 100  # it has stepped back this long before a word
HOLD_MS = 700  # and stays so this long after one: pauses between sentences are no occasion to come up


@dataclass(frozen=True)
class Layers:
    """One block before it is summed: voice (1, n), and music (2, n) where there is any."""

    voice: Block
    music: Block | None

    @property
    def sum(self) -> Block:
        """Give the mix: (1, n) for voice alone, the same on both sides; else (2, n)."""
        return self.voice if self.music is None else self.music + self.voice


class Mix:
    """A programme that can be rendered as often as it is wanted.

    Args:
        timeline: what is placed where.
        takes: its voices.
        sounds: name of a sound → its WAV, as `jingles.prepare` gives them.
    """

    def __init__(self, timeline: Timeline, takes: Takes, sounds: Mapping[str, Path]) -> None:
        self.timeline, self.takes, self.sounds = timeline, takes, sounds
        self.frames = timeline.duration_ms * PER_MS
        self.music = tuple(cue for cue in timeline.cues if cue.track is not Track.VOICE)

    def layers(self) -> Iterator[Layers]:
        """Render the programme from its start to its end, block by block."""
        import numpy as np

        held: dict[str, Block] = {}  # clips that reach into the next block
        waiting = list(reversed(self.takes.cues))
        playing: list[Cue] = []
        for start in range(0, self.frames, BLOCK):
            count = min(BLOCK, self.frames - start)
            voice = np.zeros((1, count), np.float32)
            while waiting and waiting[-1].start_ms * PER_MS < start + count:
                cue = waiting.pop()
                playing.append(cue)
                held[cue.segment + cue.source] = self.takes.read(cue)
            for cue in playing:
                _lay(voice, held[cue.segment + cue.source], cue.start_ms * PER_MS - start)
            ended = [cue for cue in playing if (cue.start_ms + cue.duration_ms) * PER_MS <= start + count]
            for cue in ended:
                playing.remove(cue)
                del held[cue.segment + cue.source]
            yield Layers(voice, self._music(start, count))

    def _music(self, start: int, count: int) -> Block | None:
        import numpy as np

        here = [cue for cue in self.music if _overlaps(cue, start, start + count)]
        if not here:
            return None
        total = np.zeros((2, count), np.float32)
        for cue in here:
            at = cue.start_ms * PER_MS
            first, last = max(start, at), min(start + count, at + cue.duration_ms * PER_MS)
            sound = _read(self.sounds[cue.source], first - at, last - first)
            sound *= self._envelope(cue, first, last)
            total[:, first - start : last - start] += sound
        return total

    def _envelope(self, cue: Cue, first: int, last: int) -> Block:
        """Give the gain of a cue between two samples of the programme: its fades, at equal power, and its ducking."""
        import numpy as np

        gain: Block = np.exp(between(self.speech, first, last) * np.float32(DUCKED[cue.track] / 20 * math.log(10)))
        places = np.arange(first, last) - cue.start_ms * PER_MS
        for length_ms, off in (
            (cue.fade_in_ms, places),
            (cue.fade_out_ms, cue.duration_ms * PER_MS - 1 - places),
        ):
            length = length_ms * PER_MS
            if length and len(off) and off.min() < length:
                gain = gain * np.sin(np.pi / 2 * np.clip(off / length, 0, 1)).astype(np.float32)
        return gain

    @cached_property
    def speech(self) -> Curve:
        """Give for each step how far the music has stepped back, 0 to 1: it follows the speech, and foresees it."""
        import numpy as np

        half = SLOPE_MS // STEP_MS // 2
        spoken = active(self.takes).astype(float)
        before, after = half + AHEAD_MS // STEP_MS, half + HOLD_MS // STEP_MS
        # A step counts when somebody speaks within `before` steps after it or `after` steps before it.
        sums = np.concatenate([[0.0], np.cumsum(np.pad(spoken, (after, before)))])
        near = (sums[before + after + 1 :] - sums[: -before - after - 1]) > 0
        slope = np.hanning(2 * half + 3)[1:-1]
        smooth: Curve = np.convolve(np.pad(near.astype(float), half, "edge"), slope / slope.sum(), "valid")
        return np.clip(smooth, 0.0, 1.0)


def between(curve: Any, first: int, last: int) -> Block:
    """Draw a curve of steps between two samples: straight lines from the middle of each step to that of the next."""
    import numpy as np

    # Lines over single steps, then the cut: as many products as samples, and no search.
    start, end = first // STEP, -(-last // STEP)
    here = np.clip(np.arange(start - 1, end + 1), 0, len(curve) - 1)
    held = curve[here].astype(np.float32)
    rising = np.arange(STEP // 2, dtype=np.float32) / STEP
    lines = np.empty((end - start, 2, STEP // 2), np.float32)
    edges = (held[:-1] + held[1:]) / 2  # where two steps meet
    lines[:, 0] = edges[:-1, None] + 2 * rising * (held[1:-1] - edges[:-1])[:, None]
    lines[:, 1] = held[1:-1, None] + 2 * rising * (edges[1:] - held[1:-1])[:, None]
    flat: Block = lines.reshape(-1)[first - start * STEP : last - start * STEP]
    return flat


def _lay(voice: Block, sound: Block, at: int) -> None:
    """Add a sound to a block at a sample that may lie before it."""
    first, last = max(0, at), min(voice.shape[1], at + sound.shape[1])
    voice[:, first:last] += sound[:, first - at : last - at]


def _overlaps(cue: Cue, first: int, last: int) -> bool:
    return cue.start_ms * PER_MS < last and (cue.start_ms + cue.duration_ms) * PER_MS > first


def _read(path: Path, start: int, count: int) -> Block:
    """Read stereo samples of a sound that begins again when it ends, (2, count)."""
    import numpy as np

    parts = []
    with wave.open(str(path), "rb") as sound:
        length, left = sound.getnframes(), count
        while left:
            sound.setpos(start % length)
            parts.append(sound.readframes(min(left, length - start % length)))
            got = len(parts[-1]) // 4
            start, left = start + got, left - got
    samples = np.frombuffer(b"".join(parts), "<i2").reshape(-1, 2)
    return np.ascontiguousarray(samples.T).astype(np.float32) / np.float32(32768)
