"""Silence as long as the words would take: for tests, and for drafts that are to be ready at once."""

from __future__ import annotations

from audionews.voices.base import Engine, Sound

RATE = 24_000  # Hz


class Silence(Engine):
    """Reads nothing, for a plausible time."""

    name = "silence"
    version = "1"
    words_per_minute = 165
    silent = True
    reads = "plain"

    @classmethod
    def voices(cls) -> tuple[str, ...]:
        """Give the one voice there is."""
        return ("muette",)

    def speak(self, text: str) -> Sound:
        """Give the silence of one sentence."""
        seconds = max(1, len(text.split())) * 60 / (self.words_per_minute * self.speed)
        return Sound(bytes(2 * round(seconds * RATE)), RATE)
