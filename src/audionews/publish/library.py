"""The published episodes as the site asks for them: all in a line or two each, and any of them in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from audionews.model import Episode


@dataclass(frozen=True, slots=True)
class Entry:
    """One published bulletin in the list of all."""

    id: str  # "2025-06-07-matin"
    air: str  # "2025-06-07 07:00": local time of the broadcast, in the order of broadcasts
    edition: str
    format: str
    language: str
    withdrawn: bool
    corrected: str  # ISO 8601, when it was last; "" when it never was
    digest: str  # of all that is told of it: another one, another page

    @property
    def month(self) -> str:
        """Give the month of the broadcast: ``"2025-06"``."""
        return self.air[:7]


class Library(Protocol):
    """Where the episodes are kept. Ten years of them are never in memory at once."""

    @property
    def entries(self) -> Sequence[Entry]:
        """Give all of them, the newest broadcast first, the withdrawn ones too."""

    def brief(self, ids: Sequence[str]) -> Iterator[Episode]:
        """Give episodes without their captions, in that order."""

    def whole(self, ids: Sequence[str]) -> Iterator[Episode]:
        """Give episodes with their captions, in that order; of their words only the beats."""
