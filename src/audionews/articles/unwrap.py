"""Lines that were broken to fit a width, made whole again."""

from __future__ import annotations

import re


def unwrap(text: str) -> tuple[str, ...]:
    """Give the non-empty lines of a text, those broken in mid-sentence joined again.

    A line is joined to the one before it when no blank line parts them and it goes on in lower case after no
    final punctuation, or when their block was wrapped to one width.
    """
    lines: list[str] = []
    for block in re.split(r"\n[^\S\n]*\n", text):
        rows = [row.strip() for row in block.split("\n") if row.strip()]
        wrapped = _is_wrapped(rows)
        for at, row in enumerate(rows):
            broken = at and row[0].islower() and not re.search(r"[.!?…»\"”:]$", rows[at - 1])
            if at and (wrapped or broken):
                lines[-1] = f"{lines[-1]} {row}"
            else:
                lines.append(row)
    return tuple(lines)


def _is_wrapped(rows: list[str]) -> bool:
    widths = [len(row) for row in rows]
    if len(rows) < 3 or max(widths) > 120 or min(widths[:-1]) < 0.75 * max(widths):
        return False
    return sum(row.endswith((".", "!", "?")) for row in rows[:-1]) < len(rows) / 2
