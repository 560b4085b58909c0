"""One meter for all: blocks of sound in, loudness and true peak out, in one pass and little memory."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audionews.sound import loudness
from audionews.sound.kweight import KWeighting
from audionews.sound.peaks import TruePeak, decibels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from audionews.sound.grid import Block


@dataclass(frozen=True, slots=True)
class Loudness:
    """What the meter says of one sound; −inf for silence."""

    integrated: float  # LUFS; −inf for less than 0.4 s too
    range: float  # LU
    true_peak: float  # dBTP; −inf when it was not measured
    duration_ms: int
    momentary: float = -math.inf  # LUFS: the loudest 400 ms
    short_term: float = -math.inf  # LUFS: the loudest 3 s


class Meter:
    """Reads a stream of blocks.

    Args:
        rate: in Hz.
        weights: of the channels (BS.1770, table 3: 1, and 1.41 for the surrounds); (1, 1) for stereo.
        above: linear; true peaks of steps that cannot be higher are told by their samples alone. None: no true peak is
            measured; "highest": only the highest of all is exact, which costs least.
    """

    def __init__(self, rate: int, weights: Sequence[float], above: float | str | None = "highest") -> None:
        self.rate, self.frames = rate, 0
        self._weights, self._above = weights, above
        self._hearing, self._peak = KWeighting(rate, len(weights)), TruePeak(rate)
        self.step, self._highest = self._hearing.step, 0.0
        self._rest: Any = None
        self._energies: list[Any] = []
        self._peaks: list[Any] = []

    def feed(self, block: Block) -> None:
        """Take a block, (channels, n), or (1, n) for the same in all channels."""
        import numpy as np

        self.frames += block.shape[1]
        if self._rest is not None:
            wide = max(len(block), len(self._rest))
            held = [np.broadcast_to(one, (wide, one.shape[1])) for one in (self._rest, block)]
            block = np.concatenate(held, axis=1)
        whole = block.shape[1] // self.step * self.step
        self._rest = block[:, whole:].copy() if whole < block.shape[1] else None
        if whole:
            self._read(block[:, :whole])

    def _read(self, block: Block) -> None:
        import numpy as np

        weights = np.array(self._weights if len(self._weights) > 1 else [1.0])
        energies = self._hearing.energies(block)
        heard = energies[0] * weights.sum() if len(energies) == 1 else weights @ energies
        self._energies.append(heard / self.step)
        if self._above is not None:
            above = self._highest if isinstance(self._above, str) else self._above
            self._note(self._peak.feed(block, above))

    def _note(self, peaks: Block) -> None:
        if len(peaks):
            self._peaks.append(peaks)
            self._highest = max(self._highest, float(peaks.max()))

    def end(self) -> None:
        """Say that the stream has ended; the last step is filled with silence."""
        import numpy as np

        if self._rest is not None:
            missing = self.step - self._rest.shape[1]
            block, self._rest = np.pad(self._rest, ((0, 0), (0, missing))), None
            self._read(block)
        if self._above is not None and self._energies:
            self._note(self._peak.end(self._highest if isinstance(self._above, str) else self._above))

    @property
    def energies(self) -> NDArray[np.float64]:
        """Give the weighted energy of each step of 10 ms."""
        import numpy as np

        return np.concatenate(self._energies) if self._energies else np.zeros(0)

    @property
    def peaks(self) -> Block:
        """Give the peak of each step, linear."""
        import numpy as np

        return np.concatenate(self._peaks) if self._peaks else np.zeros(0, np.float32)

    def loudness(self) -> Loudness:
        """Give the figures of all that was fed."""
        energies = self.energies
        return Loudness(
            integrated=loudness.integrated(energies),
            range=loudness.spread(energies),
            true_peak=decibels(self._highest),
            duration_ms=round(self.frames * 1000 / self.rate),
            momentary=loudness.loudest(energies, loudness.MOMENTARY),
            short_term=loudness.loudest(energies, loudness.SHORT_TERM),
        )
