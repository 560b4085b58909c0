"""The house's own ears: a finished file is decoded again and listened to, whatever made it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audionews.sound import loudness
from audionews.sound.container import Container, container
from audionews.sound.decode import decoded
from audionews.sound.grid import STEP_MS
from audionews.sound.meter import Loudness, Meter
from audionews.sound.peaks import decibels

if TYPE_CHECKING:
    from audionews.sound.grid import Block, Curve

FINE_MS, MOMENTS = 2, 5  # of the finer curve, where sound may stop at once; as many make a step of 10 ms
SILENT_DB = -60.0  # mean level of 10 ms, per channel: below it a listener hears nothing
FULL = 0.9999  # linear: full scale, but for rounding
CLIPPED = 3  # samples in a row at full scale
DEAD_DB = 30.0  # between the two channels
AUDIBLE_LUFS = -45.0  # of 3 s: quieter ones are not asked whether they survive in mono
EDGE_MS = 200  # at both ends of a clip: there a word is cut first
CUT_DB = 6.0  # that are missing there of what the clip holds; a limiter takes less
ABRUPT_DB, NOTHING_DB = -30.0, -90.0  # from one moment to the next: no sound of nature ends so
ITEM_MS = 3000  # a shorter item has no loudness of its own


@dataclass(frozen=True, slots=True)
class Item:
    """A part of the programme: who compares loudness compares these."""

    title: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Report:
    """What was heard in one file."""

    file: Container
    rate: int  # Hz
    channels: int
    loudness: Loudness
    clipped: int = 0  # places with 3 or more samples in a row at full scale
    silence_ms: int = 0  # the longest
    silence_at_ms: int = 0
    dc: float = 0.0  # linear, of the worse channel
    mono: float = 0.0  # dB lost by the worst 3 s when both channels are added up
    dead: bool = False  # one of two channels is 30 dB below the other, or mute
    cuts: tuple[int, ...] = ()  # ms: words that are cut off
    drifts: tuple[tuple[str, float], ...] = ()  # items and how many LU they are from the programme

    @property
    def dc_db(self) -> float:
        """Give the constant part of the sound in dB of full scale."""
        return decibels(self.dc)

    @property
    def two_speakers(self) -> float:
        """Give the loudness as it is heard: a file of one channel is played on two loudspeakers."""
        return self.loudness.integrated + (loudness.DUAL_MONO if self.channels == 1 else 0.0)


@dataclass(frozen=True, slots=True)
class Words:
    """What should be heard where: the ends of each clip may not be missing."""

    spans: tuple[tuple[int, int], ...]  # start and end of each clip, in ms
    energies: Curve  # of the voice as it should be in the file, one for each step of 10 ms


def listen(path: Path, items: Sequence[Item] = (), words: Words | None = None) -> Report:
    """Decode a file and listen to all of it, once.

    Args:
        path: any file ffmpeg reads.
        items: whose loudness is compared with the whole; the file's own chapters when empty.
        words: what is said; without it only sudden ends are heard.

    Raises:
        AudionewsError: it cannot be decoded.
    """
    file = container(path)
    with decoded(path) as sound:
        ear = _Ear(sound.rate, sound.weights)
        for block in sound.blocks:
            ear.feed(block)
    ear.end()
    heard, energies = ear.meter.loudness(), ear.meter.energies
    items = items or [Item(one.title, one.start_ms, one.end_ms) for one in file.chapters]
    silence, at = ear.silence()
    return Report(
        file=file,
        rate=sound.rate,
        channels=sound.channels,
        loudness=heard,
        clipped=ear.clipped,
        silence_ms=silence,
        silence_at_ms=at,
        dc=ear.dc,
        mono=ear.mono(),
        dead=ear.dead,
        cuts=tuple(sorted({*ear.abrupt, *(_missing(words, energies) if words else ())})),
        drifts=_drifts(items, energies, heard.integrated),
    )


def _drifts(items: Sequence[Item], energies: Curve, whole: float) -> tuple[tuple[str, float], ...]:
    found = []
    for item in items:
        part = energies[item.start_ms // 10 : item.end_ms // 10]
        own = loudness.integrated(part)
        if item.end_ms - item.start_ms >= ITEM_MS and math.isfinite(own) and math.isfinite(whole):
            found.append((item.title, own - whole))
    return tuple(found)


def _missing(words: Words, energies: Curve) -> list[int]:
    """Give the ends of clips that are not heard."""
    found = []
    for start, end in words.spans:
        for edge, first, last in ((start, start, min(start + EDGE_MS, end)), (end, max(end - EDGE_MS, start), end)):
            wanted = words.energies[first // 10 : last // 10].sum()
            heard = energies[first // 10 : last // 10].sum()
            if wanted > loudness.energy(AUDIBLE_LUFS) and heard < wanted * 10 ** (-CUT_DB / 10):
                found.append(edge)
    return found


class _Ear:
    """All that is listened for, block by block; what is kept is one value for each step of 10 ms."""

    def __init__(self, rate: int, weights: Sequence[float]) -> None:
        import numpy as np

        self.meter = Meter(rate, weights)
        self.rate, self.channels = rate, len(weights)
        self.clipped, self.frames = 0, 0
        self.abrupt: list[int] = []  # ms: places at which sound stops from one moment to the next
        self._fine = max(1, round(rate * FINE_MS / 1000))
        self._run = 0  # samples at full scale at the end of the last block
        self._sums: Any = 0.0
        self._rest: Any = None
        self._last = np.zeros(2)  # the two moments before this block
        self._levels: list[Any] = []  # mean square of each channel, (channels, steps)
        self._crossed: list[Any] = []  # mean product of left and right

    def feed(self, block: Block) -> None:
        import numpy as np

        self.meter.feed(block)
        self.frames += block.shape[1]
        self._sums = self._sums + block.sum(axis=1, dtype=np.float64)
        self._clips(block)
        if self._rest is not None:
            wide = max(len(block), len(self._rest))
            held = [np.broadcast_to(one, (wide, one.shape[1])) for one in (self._rest, block)]
            block = np.concatenate(held, axis=1)
        step = self._fine * MOMENTS
        whole = block.shape[1] // step * step
        self._rest = block[:, whole:].copy() if whole < block.shape[1] else None
        if whole:
            self._levels_of(block[:, :whole].reshape(len(block), -1, self._fine))

    def _levels_of(self, pieces: Any) -> None:
        import numpy as np

        squares = np.einsum("cki,cki->ck", pieces, pieces) / self._fine
        self._ends(squares.sum(axis=0))
        levels = squares.reshape(len(squares), -1, MOMENTS).mean(axis=2)
        self._levels.append(np.broadcast_to(levels, (self.channels, levels.shape[1])).astype(np.float32))
        if self.channels == 2:
            both = np.einsum("ki,ki->k", pieces[0], pieces[-1]) / self._fine
            self._crossed.append(both.reshape(-1, MOMENTS).mean(axis=1).astype(np.float32))

    def _ends(self, levels: Any) -> None:
        """Note where sound stops from one moment of 2 ms to the next two."""
        import numpy as np

        before = sum(one.shape[1] for one in self._levels) * MOMENTS - len(self._last)
        levels = np.concatenate([self._last, levels])
        gone = np.maximum(levels[1:-1], levels[2:]) < 10 ** (NOTHING_DB / 10)
        sudden = np.flatnonzero((levels[:-2] > 10 ** (ABRUPT_DB / 10)) & gone)
        self.abrupt += [int(before + at + 1) * FINE_MS for at in sudden]
        self._last = levels[-2:]

    def _clips(self, block: Block) -> None:
        """Count places where the sound stays at full scale; most blocks never get there."""
        import numpy as np

        if max(float(block.max(initial=0.0)), -float(block.min(initial=0.0))) < FULL:
            self.clipped += self._run >= CLIPPED  # it ended with the last block
            self._run = 0
            return
        at = np.flatnonzero(np.concatenate([np.ones(self._run, bool), (np.abs(block) >= FULL).any(axis=0), [False]]))
        full = np.zeros(self._run + block.shape[1] + 2, np.int8)
        full[at + 1] = 1
        edges = np.diff(full)
        lengths = np.flatnonzero(edges == -1) - np.flatnonzero(edges == 1)
        ended = len(lengths) > 0 and full[-2] == 0
        self.clipped += int((lengths[: None if ended else -1] >= CLIPPED).sum())
        self._run = 0 if ended else int(lengths[-1])

    def end(self) -> None:
        self.meter.end()
        self.clipped += self._run >= CLIPPED

    @cached_property
    def _curve(self) -> Any:
        """All levels; asked for once the stream has ended."""
        import numpy as np

        return np.concatenate(self._levels, axis=1) if self._levels else np.zeros((self.channels, 0), np.float32)

    @property
    def dc(self) -> float:
        import numpy as np

        return float(np.max(np.abs(self._sums))) / max(1, self.frames)

    @property
    def dead(self) -> bool:
        if self.channels != 2:
            return False
        levels = sorted(float(one) for one in self._curve.mean(axis=1, dtype=float)) or [0.0, 0.0]
        return levels[1] > 0 and levels[0] < levels[1] * 10 ** (-DEAD_DB / 10)

    def mono(self) -> float:
        """Give the dB that the worst 3 s lose in mono, 0 or less; nothing is lost where both channels are the same."""
        import numpy as np

        if self.channels != 2 or not self._crossed:
            return 0.0
        apart, crossed = self._curve.sum(axis=0, dtype=float), np.concatenate(self._crossed).astype(float)
        window = min(len(apart), 3000 // STEP_MS)
        if not window:
            return 0.0
        sums = [np.concatenate([[0.0], np.cumsum(one)]) for one in (apart, crossed)]
        separate, both = ((one[window:] - one[:-window]) / window for one in sums)
        loud = separate > loudness.energy(AUDIBLE_LUFS)
        if not loud.any():
            return 0.0
        kept = np.maximum((separate + 2 * both)[loud] / 2 / separate[loud], 1e-6)
        return min(0.0, 10 * math.log10(float(kept.min())))

    def silence(self) -> tuple[int, int]:
        """Give length and place of the longest silence, in ms."""
        import numpy as np

        levels = self._curve.max(axis=0, initial=0.0)
        quiet = np.zeros(len(levels) + 2, np.int8)
        quiet[1:-1] = levels < 10 ** (SILENT_DB / 10)
        edges = np.diff(quiet)
        starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
        if not len(starts):
            return 0, 0
        longest = int(np.argmax(ends - starts))
        return int(ends[longest] - starts[longest]) * 10, int(starts[longest]) * 10
