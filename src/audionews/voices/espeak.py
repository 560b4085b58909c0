"""espeak-ng as a voice: plain, instant, always there. The draft's voice, and the last resort."""

from __future__ import annotations

from dataclasses import dataclass

from audionews.voices import espeakng
from audionews.voices.base import Engine, Sound

ACCENTS = ("fr", "fr-be", "fr-ch")
PACE = 140  # espeak's own words a minute at speed 1.0


@dataclass(frozen=True, slots=True)
class Options:
    """Table ``[engines.espeak]``."""

    pitch: int = 50  # 0 to 99


class Espeak(Engine):
    """A voice is an accent, with a variant after a plus sign: ``fr``, ``fr+f3``."""

    name = "espeak"
    version = "1.52/1"
    words_per_minute = 165
    reads = "phonemes"
    Options = Options

    @classmethod
    def voices(cls) -> tuple[str, ...]:
        """Give the first accent, its female variant for a second presenter, and the other accents."""
        return (ACCENTS[0], "fr+f3", *ACCENTS[1:])

    @classmethod
    def has(cls, voice: str) -> bool:
        """Tell whether the accent is French and espeak-ng has the variant."""
        accent, plus, variant = voice.partition("+")
        return accent in ACCENTS and (not plus or variant in _variants())

    def speak(self, text: str) -> Sound:
        """Read one sentence."""
        pace = round(PACE * self.speed)
        return Sound(*espeakng.samples(text, self.voice, pace, self.options.pitch))


def _variants() -> set[str]:
    return {path.name for path in (espeakng.data_folder() / "voices" / "!v").iterdir()}
