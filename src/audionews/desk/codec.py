"""Frozen values ↔ JSON, strictly typed both ways (msgspec), readable by people."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from audionews.errors import UsageError
from audionews.files import write

T = TypeVar("T")


def encode(value: Any) -> bytes:
    """Give a value as indented JSON with a final newline; the same value always gives the same bytes."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def decode(data: bytes, kind: type[T], where: str) -> T:
    """Read a value back.

    Raises:
        UsageError: not JSON, or not of that shape (as after a slip of an editor's hand); the place is named.
    """
    import msgspec

    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{where} n’est plus lisible ({error})",
            "Corrigez-le, ou refaites-le avec --from et le nom de l’étape",
        ) from error


def save(path: Path, value: Any) -> None:
    """Write a value as JSON, whole or not at all."""
    write(path, encode(value))


def load(path: Path, kind: type[T]) -> T:
    """Read a value from a JSON file.

    Raises:
        UsageError: as `decode`.
    """
    return decode(path.read_bytes(), kind, str(path))


def save_lines(path: Path, values: tuple[Any, ...]) -> None:
    """Write values as JSON lines."""
    import msgspec

    write(path, b"".join(msgspec.json.encode(value) + b"\n" for value in values))


def load_lines(path: Path, kind: type[T]) -> tuple[T, ...]:
    """Read values from JSON lines; errors name the line."""
    lines = path.read_bytes().splitlines()
    return tuple(decode(line, kind, f"{path}, ligne {number}") for number, line in enumerate(lines, 1) if line.strip())
