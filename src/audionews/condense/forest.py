"""Small decision trees, read from text and asked many rows at once. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Row = Sequence[float]


@dataclass(frozen=True)
class Forest:
    """Trees whose answers are added up.

    All trees are written out to the same depth, so that the node after `node` is `2 * node + 1`, or `2 * node + 2`
    when the row is above the threshold: no tree is walked in Python.
    """

    columns: Any  # (trees, inner nodes): the number each node looks at
    limits: Any  # (trees, inner nodes): at most this → left
    leaves: Any  # (trees, leaves)

    def answers(self, rows: Sequence[Row]) -> list[float]:
        """Give the sum of all trees' answers for each row.

        Args:
            rows: the numbers of each thing asked about, in the order the trees were trained on.

        Returns:
            One answer a row.
        """
        import numpy as np

        if not rows:
            return []
        table = np.array(rows, np.float32)
        trees, inner = self.columns.shape
        flat = np.arange(trees) * inner
        node = np.zeros((len(rows), trees), np.intp)
        each = (np.arange(len(rows)) * table.shape[1])[:, None]
        columns, limits, values = self.columns.ravel(), self.limits.ravel(), table.ravel()
        for _ in range((inner + 1).bit_length() - 1):
            at = node + flat
            node = 2 * node + 1 + (values[each + columns[at]] > limits[at])
        found = self.leaves.ravel()[node - inner + np.arange(trees) * (inner + 1)].sum(axis=1)
        return [float(one) for one in found]


def forest(trees: Sequence[Any]) -> Forest:
    """Build a forest from its trees as they stand in the file.

    Args:
        trees: each a number (a leaf), or [column, limit, tree up to the limit, tree above it].

    Returns:
        The forest.
    """
    import numpy as np

    depth = max(map(_depth, trees))
    full = [_written_out(tree, depth) for tree in trees]
    return Forest(
        np.array([[column for column, _ in inner] for inner, _ in full], np.intp).reshape(len(full), -1),
        np.array([[limit for _, limit in inner] for inner, _ in full], np.float32).reshape(len(full), -1),
        np.array([leaves for _, leaves in full], np.float32),
    )


def _depth(tree: Any) -> int:
    return 1 + max(_depth(tree[2]), _depth(tree[3])) if isinstance(tree, list) else 0


def _written_out(tree: Any, depth: int) -> tuple[list[tuple[int, float]], list[float]]:
    """Give the inner nodes level by level, and the leaves; a leaf that comes early is repeated below itself."""
    inner: list[tuple[int, float]] = []
    level = [tree]
    for _ in range(depth):
        inner += [(one[0], one[1]) if isinstance(one, list) else (0, 0.0) for one in level]
        level = [child for one in level for child in (one[2:] if isinstance(one, list) else (one, one))]
    return inner, [float(one) for one in level]
