"""What a family's four sounds share: one key, one tempo, one motif; the seed draws other notes, the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import TYPE_CHECKING

from audionews.errors import UsageError
from audionews.sound.grid import RATE, STEP
from audionews.sound.keys import tonic

if TYPE_CHECKING:
    import numpy as np

    from audionews.station import SoundChoice

SLOWEST, FASTEST = 60, 160  # beats a minute
LARGEST = 10**15  # seed: it goes into the name of a folder
JINGLE_S, OUTRO_S, BED_S, STING_S = 7.7, 5.9, 12.0, 1.5  # longest, longest, shortest, longest
PRIMES = (2, 3, 5, 7, 11)  # a Fourier transform of a product of them is quick
WIDEST, NARROWEST = 9, 5  # semitones: no leap of a motif is wider, one is at least so wide


@dataclass(frozen=True, slots=True)
class Style:
    """What a family is made of. Notes are semitones above the tonic; kora strings fall between the keys of a piano."""

    number: int  # of the family, in the seed
    tonic: int  # MIDI note, when the station does not choose
    tempo: int  # beats a minute, likewise
    phrase: int  # beats of the motif with its rest
    motif: tuple[float, ...]  # of seed 0
    pool: tuple[float, ...]  # notes of the motifs of other seeds, from the lowest
    rests: tuple[float, ...]  # those a motif may begin and end on
    rhythms: tuple[tuple[float, ...], ...]  # beats at which the notes begin; the first is that of seed 0


@dataclass(frozen=True, slots=True)
class Theme:
    """The same for a choice of the station."""

    style: Style
    tonic: int  # MIDI note
    beat: float  # seconds
    motif: tuple[float, ...]  # semitones above the tonic
    rhythm: tuple[float, ...]  # beats
    seed: int

    def dice(self, sound: int) -> np.random.Generator:
        """Give the chance of one of the sounds."""
        return _dice(self.style, self.seed, sound)

    def phrases(self, around: float) -> int:
        """Say how often the motif fits into the jingle, once or twice, with so many seconds around it."""
        return 2 if around + 2 * self.style.phrase * self.beat <= JINGLE_S else 1

    def notes(self, at: float, stretch: float = 1.0) -> Iterator[tuple[float, float]]:
        """Give the motif from a moment on: the time of each note in seconds, and its MIDI number."""
        for note, beats in zip(self.motif, self.rhythm, strict=True):
            yield at + beats * self.beat * stretch, self.tonic + note

    def turning(self) -> tuple[Theme, int]:
        """Give the theme and the number of bars of a bed, 4 or 8: long enough, and a whole number of steps.

        The beat changes by less than 2 %: the Fourier transform of the bed has the bed's own length, for it to turn,
        and is quick for some lengths only.
        """
        bars = 4 if 16 * self.beat >= BED_S else 8
        wished = 4 * bars * self.beat * RATE / STEP
        shortest = round(BED_S * RATE / STEP)
        steps = min(
            (one for one in range(max(shortest, int(wished * 0.98)), int(wished * 1.02) + 2) if _smooth(one)),
            key=lambda one: abs(one - wished),
        )
        return replace(self, beat=steps * STEP / RATE / (4 * bars)), bars


def theme(style: Style, choice: SoundChoice) -> Theme:
    """Read a station's choice for a family.

    Raises:
        UsageError: the key is no note, or the tempo or the seed is out of reach.
    """
    tempo = choice.tempo or style.tempo
    if not SLOWEST <= tempo <= FASTEST:
        raise UsageError(
            f"Le tempo {tempo} est hors limites", f"Choisissez entre {SLOWEST} et {FASTEST} battements par minute"
        )
    if abs(choice.seed) > LARGEST:
        raise UsageError("Le nombre de seed est trop grand", "Choisissez par exemple entre 0 et 1000")
    up = (tonic(choice.key) - style.tonic + 5) % 12 - 5 if choice.key else 0  # the nearest octave, −5 to +6
    motif, rhythm = _drawn(style, choice.seed)
    return Theme(style, style.tonic + up, 60 / tempo, motif, rhythm, choice.seed)


def _drawn(style: Style, seed: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    if seed == 0:
        return style.motif, style.rhythms[0]
    dice = _dice(style, seed, 0)
    known = motifs(style)
    return known[dice.integers(len(known))], style.rhythms[dice.integers(len(style.rhythms))]


def motifs(style: Style) -> list[tuple[float, ...]]:
    """List the motifs of a family: what the ear keeps after one hearing.

    They begin and end at rest, have one summit and one wide step, repeat no note at once, and turn at most twice.
    """
    return [one for one in product(style.pool, repeat=len(style.motif)) if _singable(one, style)]


def _singable(notes: tuple[float, ...], style: Style) -> bool:
    if notes[0] not in style.rests or notes[-1] not in style.rests or notes.count(max(notes)) > 1:
        return False
    leaps = [after - before for before, after in pairwise(notes)]
    turns = sum(before * after < 0 for before, after in pairwise(leaps))
    widest = max(map(abs, leaps))
    return 0 not in leaps and round(widest) in range(NARROWEST, WIDEST + 1) and turns in {1, 2}


def _dice(style: Style, seed: int, sound: int) -> np.random.Generator:
    import numpy as np

    return np.random.default_rng([abs(seed), seed < 0, style.number, sound])


def _smooth(count: int) -> bool:
    for prime in PRIMES:
        while count % prime == 0:
            count //= prime
    return count == 1
