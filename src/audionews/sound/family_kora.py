"""The family « kora »: a kora's ostinato (kumbengo) and runs (birimintingo), djembe, calabash and gourd, in 12/8.

The kora has seven notes in an octave, tuned near a major scale (silaba); its third and seventh lie lower than a
piano's, by how much is the player's own choice. The motif uses the five of them that agree with one another everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audionews.sound import instruments
from audionews.sound.instruments import drum, pluck, shaker
from audionews.sound.synth import Canvas
from audionews.sound.theme import STING_S, Style, Theme

if TYPE_CHECKING:
    import numpy as np

    from audionews.sound.synth import Wave

SILABA = (0.0, 2.0, 3.84, 5.0, 7.0, 8.9, 10.8)  # semitones above the tonic
THIRD, SIXTH = SILABA[2], SILABA[5]
STYLE = Style(
    number=3,
    tonic=65,  # F4
    tempo=104,
    phrase=4,
    motif=(7, 12, 8.9, 14, 12),
    pool=(2, THIRD, 7, SIXTH, 12, 14, 12 + THIRD),
    rests=(7, 12),
    rhythms=((0, 2 / 3, 1, 5 / 3, 2), (0, 1 / 3, 1, 5 / 3, 2), (0, 2 / 3, 4 / 3, 5 / 3, 7 / 3)),
)
# Kumbengo: which string (steps of the scale above the low tonic) at which of 12 pulses; thumb below, finger above.
HOME = ((0, -7), (0, 0), (2, 7), (3, 4), (5, 9), (6, 0), (7, 11), (8, 7), (9, 4), (11, 9))
AWAY = ((0, 3), (2, 7), (3, 5), (5, 10), (6, 3), (7, 12), (8, 7), (9, 5), (11, 10))
TURN = ((0, -3), (0, 4), (2, 8), (3, 6), (5, 11), (6, 4), (7, 11), (8, 8), (9, 6), (11, 8))
WAYS = ((HOME, HOME, AWAY, TURN), (HOME, AWAY, HOME, TURN), (HOME, AWAY, AWAY, HOME))
# Djembe at the 12 pulses of a bar: bass, tone, slap.
GROOVE = "B.t.TTB.s.TT"
STROKES = {"B": (instruments.DRUM_BASS, 0.1), "T": (instruments.DRUM_TONE, 0.25), "S": (instruments.DRUM_SLAP, 0.6)}
LEAD, TAIL_S = 1, 2.1  # beats of run before the first phrase; seconds after the last one
PULSES = 3  # in a beat
FASTEST_S = 0.085  # between two notes of a run: two thumbs and two fingers cannot do better


def jingle(theme: Theme) -> Wave:
    """Make the opening: a run comes down, the motif over kumbengo and djembe, and a rolled rest."""
    dice, beat = theme.dice(1), theme.beat
    count = theme.phrases(LEAD * beat + TAIL_S)
    end = (LEAD + count * theme.style.phrase) * beat
    canvas = Canvas(end + TAIL_S)
    _run(canvas, theme, 0, 0.3, dice)
    for number in range(count):
        at = (LEAD + number * theme.style.phrase) * beat
        last = number == count - 1
        _kumbengo(canvas, theme, at, AWAY if last and count > 1 else HOME, 0.26, dice)
        _motif(canvas, theme, at, 0.5)
        _run(canvas, theme, at + 3 * beat, 0.3, dice)
        _djembe(canvas, theme, at, 0.3, dice)
        _seeds(canvas, theme, at, 12, 0.07, dice)
    _rest(canvas, theme, end, 0.34)
    canvas.lay(end, drum(instruments.DRUM_BASS, dice, 0.1), 0.25)
    canvas.lay(end, drum(instruments.DRUM_SLAP, dice, 0.6), 0.12, pan=0.2)
    return canvas.finish(wet=0.24, fade=1.2)


def sting(theme: Theme) -> Wave:
    """Make the comma: the first three notes of the motif, a rolled fifth, two strokes of the drum."""
    dice, step = theme.dice(2), theme.beat / 4
    length = min(STING_S, 3 * step + 0.85)
    canvas = Canvas(length)
    for place, note in enumerate(theme.motif[:3]):
        canvas.play(place * step, pluck, theme.tonic + note, 1.6, 0.45, pan=-0.2 + 0.2 * place)
    for place, note in enumerate((-12, 0, 7)):
        canvas.play(3 * step + 0.02 * place, pluck, theme.tonic + note, 1.6, 0.3, pan=0.2 - 0.2 * place)
    canvas.lay(0, drum(instruments.DRUM_BASS, dice, 0.1), 0.3)
    canvas.lay(3 * step, drum(instruments.DRUM_TONE, dice, 0.25), 0.25, pan=0.2)
    return canvas.finish(wet=0.2, fade=0.5)


def outro(theme: Theme) -> Wave:
    """Make the end: the motif once over the kumbengo, and a rolled rest."""
    dice, end = theme.dice(4), theme.style.phrase * theme.beat
    tail = min(TAIL_S, 5.9 - end)
    canvas = Canvas(end + tail)
    _kumbengo(canvas, theme, 0, AWAY, 0.26, dice)
    _motif(canvas, theme, 0, 0.5)
    _run(canvas, theme, 3 * theme.beat, 0.25, dice)
    _djembe(canvas, theme, 0, 0.26, dice)
    _rest(canvas, theme, end, 0.34)
    canvas.lay(end, drum(instruments.DRUM_BASS, dice, 0.1), 0.25)
    return canvas.finish(wet=0.24, fade=1.4)


def bed(theme: Theme) -> Wave:
    """Make the bed: the kumbengo, seeds and a soft calabash; the motif and a run from afar. No drum under speech."""
    theme, bars = theme.turning()
    dice, beat = theme.dice(3), theme.beat
    canvas = Canvas(4 * bars * beat, loop=True)
    for number in range(bars):
        at = 4 * number * beat
        _kumbengo(canvas, theme, at, _way(theme)[number % 4], 0.3, dice)
        _seeds(canvas, theme, at, 12, 0.03, dice)
        for pulse in (0, 6):
            canvas.lay(at + pulse * beat / PULSES, drum(instruments.CALABASH, dice), 0.09)
    for number in range(0, bars, 4):
        _motif(canvas, theme, 4 * number * beat, 0.12, stretch=1)
        _run(canvas, theme, (4 * number + 15) * beat, 0.08, dice)
    return canvas.finish(wet=0.2, veil=4)


def _way(theme: Theme) -> tuple[tuple[tuple[int, int], ...], ...]:
    return WAYS[int(theme.dice(5).integers(len(WAYS)))] if theme.seed else WAYS[0]


def _string(theme: Theme, step: int) -> float:
    """Give the MIDI number of a string, so many steps of the scale above the low tonic."""
    octave, degree = divmod(step, 7)
    return theme.tonic - 12 + 12 * octave + SILABA[degree]


def _kumbengo(
    canvas: Canvas,
    theme: Theme,
    at: float,
    strings: tuple[tuple[int, int], ...],
    gain: float,
    dice: np.random.Generator,
) -> None:
    """Lay one bar of the ostinato; a hand is never quite even."""
    for pulse, step in strings:
        late, loud = dice.uniform(0, 0.006), dice.uniform(0.85, 1.0)
        pan = -0.35 if step < 7 else 0.35  # thumb and finger, left and right of the bridge
        canvas.play(at + pulse * theme.beat / PULSES + late, pluck, _string(theme, step), 1.6, gain * loud, pan)


def _motif(canvas: Canvas, theme: Theme, at: float, gain: float, stretch: float = 1) -> None:
    for place, (start, note) in enumerate(theme.notes(at, stretch)):
        canvas.play(start, pluck, note, 1.6, gain, pan=-0.2 + 0.1 * place)


def _run(canvas: Canvas, theme: Theme, at: float, gain: float, dice: np.random.Generator) -> None:
    """Lay a birimintingo, a beat long: notes that come down the scale, with a turn on the way."""
    top = int(dice.integers(13, 16)) if theme.seed else 14
    turn = int(dice.integers(1, 3)) if theme.seed else 2
    count = min(6, int(theme.beat / FASTEST_S))
    for place in range(count):
        step = top - place - (1 if place == turn else -1 if place == turn + 1 else 0)
        start = at + place * theme.beat / count
        canvas.play(start, pluck, _string(theme, step), 0.9, gain * (0.8 + 0.04 * place), pan=0.3 - 0.1 * place)


def _djembe(canvas: Canvas, theme: Theme, at: float, gain: float, dice: np.random.Generator) -> None:
    """Lay one bar of the accompaniment; small letters are soft strokes."""
    for pulse, letter in enumerate(GROOVE):
        if letter == ".":
            continue
        partials, snap = STROKES[letter.upper()]
        soft = 0.5 if letter.islower() else dice.uniform(0.85, 1.0)
        sound = drum(partials, dice, snap)
        canvas.lay(at + pulse * theme.beat / PULSES, sound, gain * soft, pan=0.1 if letter == "B" else 0.25)


def _seeds(canvas: Canvas, theme: Theme, at: float, pulses: int, gain: float, dice: np.random.Generator) -> None:
    for pulse in range(pulses):
        loud = 1.0 if pulse % PULSES == 0 else 0.55
        canvas.lay(at + pulse * theme.beat / PULSES, shaker(dice), gain * loud, pan=-0.4)


def _rest(canvas: Canvas, theme: Theme, at: float, gain: float) -> None:
    """Roll the tonic's chord from the lowest string; the thumb goes on for three notes, ever softer."""
    for place, step in enumerate((0, 4, 7, 9, 11, 14)):
        canvas.play(at + 0.028 * place, pluck, _string(theme, step), 2.4, gain, pan=-0.35 + 0.14 * place)
    for beats, step, softer in ((1, 7, 0.55), (5 / 3, 4, 0.4), (2, 0, 0.35)):
        canvas.play(at + beats * theme.beat, pluck, _string(theme, step), 2.4, gain * softer, pan=-0.3)
