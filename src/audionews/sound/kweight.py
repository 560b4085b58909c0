"""K-weighting, as the ear hears: ITU-R BS.1770-5, annex 1, at any sampling rate, on a stream of blocks.

The two filters of the standard are one recursive filter of order 4. Recursion is slow in numpy, products of matrices
are not: written in state space, a block of B samples is

    y = x T + z C        z' = x R + z P

with x and y the B samples before and after, z the filter's four states, P its transition over B samples. The states of
all blocks of a stretch come from a scan by doubling (Blelloch, 1990), which ends early since P soon dies out.
Analogue prototypes of the two filters at any rate: De Man, “Evaluation of implementations of the EBU R128 loudness
measurement”, AES e-Brief 2018; at 48 kHz they give the standard's own coefficients.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 128  # samples of a block at most: the product's cost grows with it, the scan's falls
GONE = 1e-12  # of a state: below it nothing is carried on
SAME = 1e-9  # two channels whose states differ less have heard the same


class _Matrices(NamedTuple):
    size: int  # B
    inside: Any  # T and R side by side, (B, B + 4): one product gives both
    seen: Any  # C, (4, B)
    moves: tuple[Any, ...]  # P, P², P⁴… until nothing is left, (4, 4)


class KWeighting:
    """The filter with its memory, for one stream.

    Args:
        rate: in Hz.
        channels: of the stream.
    """

    def __init__(self, rate: int, channels: int) -> None:
        import numpy as np

        self.step = step_of(rate)
        self._matrices = _matrices(rate, self.step)
        self._states = np.zeros((channels, 4))

    def energies(self, block: NDArray[np.float32]) -> NDArray[np.float64]:
        """Filter a block and give the sum of its squares, step by step.

        Args:
            block: (channels, n), or (1, n) for the same in all of them; n a whole number of steps.

        Returns:
            (channels, n / step), or (1, n / step).
        """
        import numpy as np

        rows = block
        if len(rows) < len(self._states) and np.abs(self._states - self._states[0]).max() > SAME:
            rows = np.broadcast_to(rows, (len(self._states), rows.shape[1]))
        matrices = self._matrices
        size = matrices.size
        if not rows.shape[1]:
            return np.zeros((len(rows), 0))
        both = np.ascontiguousarray(rows).reshape(len(rows), -1, size) @ matrices.inside
        ends = both[..., size:].astype(np.float64)
        ends[:, 0] += self._states[: len(rows)] @ matrices.moves[0]
        for power, move in enumerate(matrices.moves):
            reach = 1 << power
            if reach >= ends.shape[1]:
                break
            ends[:, reach:] += ends[:, :-reach] @ move
        starts = np.concatenate([self._states[: len(rows), None], ends[:, :-1]], axis=1)
        self._states[:] = ends[:, -1]
        heard = both[..., :size]
        heard += starts.astype(np.float32) @ matrices.seen
        squares: NDArray[np.float64] = np.einsum("cbi,cbi->cb", heard, heard).astype(np.float64)
        steps: NDArray[np.float64] = squares.reshape(len(rows), -1, self.step // size).sum(axis=2)
        return steps


def step_of(rate: int) -> int:
    """Give the samples of a step of 10 ms, the nearest whole number."""
    return max(1, round(rate / 100))


def coefficients(rate: int) -> tuple[list[float], list[float]]:
    """Give both filters in one: numerator and denominator, five coefficients each, the first below being 1."""
    import numpy as np

    turn = math.tan(math.pi * 1681.974450955533 / rate)
    quality, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    scale = 1 + turn / quality + turn**2
    shelf = [high + middle * turn / quality + turn**2, 2 * (turn**2 - high), high - middle * turn / quality + turn**2]
    shelf_under = [scale, 2 * (turn**2 - 1), 1 - turn / quality + turn**2]
    turn = math.tan(math.pi * 38.13547087602444 / rate)
    quality = 0.5003270373238773
    pass_scale = 1 + turn / quality + turn**2
    pass_under = [1.0, 2 * (turn**2 - 1) / pass_scale, (1 - turn / quality + turn**2) / pass_scale]
    over = np.polymul([one / scale for one in shelf], [1.0, -2.0, 1.0])
    under = np.polymul([one / scale for one in shelf_under], pass_under)
    return list(over), list(under)


@cache
def _matrices(rate: int, step: int) -> _Matrices:
    import numpy as np

    size = next(one for one in range(min(LONGEST, step), 0, -1) if step % one == 0)
    over, under = coefficients(rate)
    # The controllable canonical form: the states are the last four values inside the recursion.
    move = np.vstack([-np.array(under[1:]), np.eye(3, 4)])
    enter, look = np.eye(4)[0], np.array(over[1:]) - over[0] * np.array(under[1:])
    powers = [np.eye(4)]
    for _ in range(size):
        powers.append(move @ powers[-1])
    answer = [over[0], *(float(look @ powers[at] @ enter) for at in range(size - 1))]
    inside = np.array([[answer[out - into] if out >= into else 0.0 for out in range(size)] for into in range(size)])
    kept = np.array([powers[size - 1 - at] @ enter for at in range(size)])
    moves = [powers[size].T]
    while np.abs(moves[-1]).max() > GONE and len(moves) < 20:
        moves.append(moves[-1] @ moves[-1])
    return _Matrices(
        size=size,
        inside=np.hstack([inside, kept]).astype(np.float32),
        seen=np.array([look @ powers[at] for at in range(size)]).T.astype(np.float32),
        moves=tuple(moves),
    )
