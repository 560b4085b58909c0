"""The family « clair »: wooden bars and small bells in major, at a brisk pace; for magazines, mornings, sports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audionews.sound.instruments import bass, bell, marimba, pad, shaker
from audionews.sound.synth import Canvas
from audionews.sound.theme import STING_S, Style, Theme

if TYPE_CHECKING:
    from audionews.sound.synth import Wave

STYLE = Style(
    number=2,
    tonic=67,  # G4
    tempo=116,
    phrase=4,
    motif=(7, 12, 16, 14, 19),
    pool=(7, 9, 12, 14, 16, 19),
    rests=(7, 12, 19),
    rhythms=((0, 0.5, 1, 2, 2.5), (0, 0.5, 1.5, 2, 2.5), (0, 0.75, 1.5, 2, 2.5)),
)
# Chords in semitones from the tonic, bass first.
FIRST, SIXTH, FOURTH, FIFTH, SECOND = (-12, 0, 4, 7), (-15, -3, 4, 7), (-19, 0, 5, 9), (-17, -1, 2, 7), (-22, 2, 5, 9)
WAYS = ((FIRST, SIXTH, FOURTH, FIFTH), (FIRST, FOURTH, SECOND, FIFTH), (FIRST, FIFTH, SIXTH, FOURTH))
ROCKING = (1, 3, 2, 3, 1, 3, 2, 3)  # which note of the chord on each half beat
LEAD, TAIL_S = 0.5, 2.1  # beats before the first note; seconds after the last phrase


def jingle(theme: Theme) -> Wave:
    """Make the opening: two bells to lead in, the motif over rocking bars, and a bright rest."""
    dice, beat = theme.dice(1), theme.beat
    count, way = theme.phrases(LEAD * beat + TAIL_S), _way(theme)
    end = (LEAD + count * theme.style.phrase) * beat
    canvas = Canvas(end + TAIL_S)
    for place, note in enumerate((7, 9)):
        canvas.play(place * beat / 4, marimba, theme.tonic + note, 0.9, 0.3, pan=-0.3)
    for number in range(count):
        at = (LEAD + number * theme.style.phrase) * beat
        for half in range(2):
            _bar(canvas, theme, at + 2 * half * beat, way[2 * number + half], 0.3)
        _motif(canvas, theme, at, 0.5 + 0.05 * number)
        for place in range(2 * theme.style.phrase):
            canvas.lay(at + place * beat / 2, shaker(dice), 0.10 if place % 2 else 0.05, pan=0.35)
    _rest(canvas, theme, end, TAIL_S)
    return canvas.finish(wet=0.2, fade=1.2)


def sting(theme: Theme) -> Wave:
    """Make the comma: the first three notes of the motif, and the fifth rings."""
    step = theme.beat / 4
    length = min(STING_S, 3 * step + 0.85)
    canvas = Canvas(length)
    canvas.play(0, bass, theme.tonic - 12, length, 0.15)
    for place, note in enumerate((*theme.motif[:3], theme.motif[-1])):
        _strike(canvas, place * step, theme.tonic + note, 0.5, pan=-0.3 + 0.2 * place)
    return canvas.finish(wet=0.2, fade=0.5)


def outro(theme: Theme) -> Wave:
    """Make the end: the motif once, then the first chord."""
    end = theme.style.phrase * theme.beat
    tail = min(TAIL_S, 5.9 - end)
    canvas = Canvas(end + tail)
    for half, chord in enumerate(_way(theme)[2:]):
        _bar(canvas, theme, 2 * half * theme.beat, chord, 0.3)
    _motif(canvas, theme, 0, 0.45)
    _rest(canvas, theme, end, tail)
    return canvas.finish(wet=0.2, fade=1.4)


def bed(theme: Theme) -> Wave:
    """Make the bed: rocking wooden bars over soft chords, a far bell, a breath of seeds."""
    theme, bars = theme.turning()
    dice, beat = theme.dice(3), theme.beat
    canvas = Canvas(4 * bars * beat, loop=True)
    for number in range(2 * bars):
        chord = _way(theme)[number // 2 % 4]
        _bar(canvas, theme, 2 * number * beat, chord, 0.24)
    for place in range(8 * bars):
        canvas.lay(place * beat / 2, shaker(dice), 0.035 if place % 2 else 0.02, pan=0.35)
    for number in range(0, bars, 4):
        for start, note in theme.notes(4 * number * beat, 2):
            canvas.play(start, bell, note, 1.8, 0.035, pan=-0.3)
    return canvas.finish(wet=0.25, veil=4)


def _way(theme: Theme) -> tuple[tuple[int, ...], ...]:
    return WAYS[int(theme.dice(5).integers(len(WAYS)))] if theme.seed else WAYS[0]


def _bar(canvas: Canvas, theme: Theme, at: float, chord: tuple[int, ...], gain: float) -> None:
    """Lay two beats of a chord: bass, a soft pad, and wooden bars that rock between its notes."""
    half = theme.beat / 2
    canvas.play(at, bass, theme.tonic + chord[0], 3 * half, 0.7 * gain)
    for place, note in enumerate(chord[1:]):
        canvas.play(at, pad, theme.tonic + note - 12, 4 * half + 0.2, 0.4 * gain, pan=(-0.5, 0.0, 0.5)[place])
    for place in range(4):
        note = chord[ROCKING[place]]
        canvas.play(at + place * half, marimba, theme.tonic + note, 0.9, gain, pan=0.4 - 0.8 * (place % 2))


def _motif(canvas: Canvas, theme: Theme, at: float, gain: float) -> None:
    for place, (start, note) in enumerate(theme.notes(at)):
        _strike(canvas, start, note, gain, pan=-0.3 + 0.15 * place)


def _strike(canvas: Canvas, at: float, note: float, gain: float, pan: float) -> None:
    canvas.play(at, marimba, note, 1.2, gain, pan)
    canvas.play(at, bell, note + 12, 1.8, 0.3 * gain, -pan)


def _rest(canvas: Canvas, theme: Theme, at: float, seconds: float) -> None:
    canvas.play(at, bass, theme.tonic + FIRST[0], seconds, 0.25)
    for place, note in enumerate(FIRST[1:]):
        canvas.play(at, pad, theme.tonic + note - 12, seconds, 0.16, pan=(-0.5, 0.0, 0.5)[place])
    for place, note in enumerate((0, 7, 12, 16, 19)):  # a chord rolled from below
        _strike(canvas, at + 0.035 * place, theme.tonic + note, 0.3, pan=-0.4 + 0.2 * place)
