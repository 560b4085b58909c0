"""The family « sobre »: felt mallets over held chords without a third, neither gay nor sad; for the news of any day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audionews.sound.instruments import bass, breath, felt, pad
from audionews.sound.synth import Canvas
from audionews.sound.theme import STING_S, Style, Theme

if TYPE_CHECKING:
    from audionews.sound.synth import Wave

STYLE = Style(
    number=1,
    tonic=62,  # D4
    tempo=100,
    phrase=3,
    motif=(12, 19, 17, 22, 19),
    pool=(12, 14, 17, 19, 22, 24),
    rests=(12, 19),
    rhythms=((0, 0.5, 1, 1.5, 2), (0, 0.5, 1, 2, 2.5), (0, 1, 1.5, 2, 2.5)),
)
# Chords in semitones from the tonic, bass first. No third over the tonic; the sixth degree lends one now and then.
HOME, SIXTH, FOURTH, SEVENTH = (-12, -5, 0, 2), (-16, -9, -2, 0), (-19, -5, 0, 5), (-14, -7, 0, 5)
WAYS = (
    (HOME, SIXTH, FOURTH, SEVENTH),
    (HOME, SEVENTH, SIXTH, SEVENTH),
    (SIXTH, SEVENTH, HOME, FOURTH),
)
OVERLAP = 0.3  # seconds a chord rings into the next one
LEAD, TAIL_S = 0.5, 2.1  # beats of breath before the first note; seconds after the last phrase


def jingle(theme: Theme) -> Wave:
    """Make the opening: a breath, the motif over moving chords, a pulse under it, and rest on the open fifth."""
    dice, beat = theme.dice(1), theme.beat
    count, way = theme.phrases(LEAD * beat + TAIL_S), _way(theme)
    end = (LEAD + count * theme.style.phrase) * beat
    canvas = Canvas(end + TAIL_S)
    canvas.lay(0, breath(LEAD * beat, dice), 0.3)
    for number in range(count):
        at = (LEAD + number * theme.style.phrase) * beat
        _chord(canvas, theme, at, way[2 * number], 2 * beat, 0.5)
        _chord(canvas, theme, at + 2 * beat, way[2 * number + 1], beat, 0.5)
        _motif(canvas, theme, at, 0.5 + 0.05 * number)
        _pulse(canvas, theme, at, 2 * theme.style.phrase, 0.16)
    _rest(canvas, theme, end, TAIL_S)
    return canvas.finish(wet=0.28, fade=1.2)


def sting(theme: Theme) -> Wave:
    """Make the comma: the first three notes of the motif over an open fifth."""
    step = theme.beat / 4
    length = min(STING_S, 2 * step + 0.95)
    canvas = Canvas(length)
    _chord(canvas, theme, 0, HOME, length, 0.4)
    for place, note in enumerate(theme.motif[:3]):
        canvas.play(place * step, felt, theme.tonic + note, 1.2, 0.5, pan=-0.2 + 0.2 * place)
    return canvas.finish(wet=0.22, fade=0.6)


def outro(theme: Theme) -> Wave:
    """Make the end: the motif once, and home."""
    end = theme.style.phrase * theme.beat
    canvas = Canvas(end + TAIL_S)
    first, second = _way(theme)[2:]
    _chord(canvas, theme, 0, first, 2 * theme.beat, 0.5)
    _chord(canvas, theme, 2 * theme.beat, second, theme.beat, 0.5)
    _motif(canvas, theme, 0, 0.5)
    _rest(canvas, theme, end, TAIL_S)
    return canvas.finish(wet=0.28, fade=1.5)


def bed(theme: Theme) -> Wave:
    """Make the bed: held chords, a quiet pulse, and now and then the motif, twice as slow."""
    theme, bars = theme.turning()
    bar = 4 * theme.beat
    canvas = Canvas(bars * bar, loop=True)
    each = bars // 4
    for number, chord in enumerate(_way(theme)):
        _chord(canvas, theme, number * each * bar, chord, each * bar, 0.5)
    _pulse(canvas, theme, 0, 8 * bars, 0.11)
    for number in range(0, bars, 4):
        _motif(canvas, theme, number * bar, 0.10, stretch=2)
    return canvas.finish(wet=0.3, veil=4)


def _way(theme: Theme) -> tuple[tuple[int, ...], ...]:
    return WAYS[int(theme.dice(5).integers(len(WAYS)))] if theme.seed else WAYS[0]


def _chord(canvas: Canvas, theme: Theme, at: float, chord: tuple[int, ...], seconds: float, gain: float) -> None:
    canvas.play(at, bass, theme.tonic + chord[0], seconds + OVERLAP / 2, 0.6 * gain)
    for place, note in enumerate(chord[1:]):
        canvas.play(at, pad, theme.tonic + note, seconds + OVERLAP, 0.4 * gain, pan=(-0.6, 0.0, 0.6)[place])


def _motif(canvas: Canvas, theme: Theme, at: float, gain: float, stretch: float = 1) -> None:
    for place, (start, note) in enumerate(theme.notes(at, stretch)):
        canvas.play(start, felt, note, 2.0, gain, pan=-0.3 + 0.15 * place)


def _pulse(canvas: Canvas, theme: Theme, at: float, count: int, gain: float) -> None:
    """Repeat the tonic and its fifth in half beats, like a teleprinter of old."""
    for place in range(count):
        note = theme.tonic + (0, 7, 0, 7, 12, 7, 0, 7)[place % 8]
        canvas.play(at + place * theme.beat / 2, felt, note, 0.5, gain, pan=0.4 - 0.8 * (place % 2))


def _rest(canvas: Canvas, theme: Theme, at: float, seconds: float) -> None:
    _chord(canvas, theme, at, HOME, seconds, 0.55)
    for note, gain, pan in ((12, 0.4, -0.15), (19, 0.3, 0.15), (24, 0.25, 0.3)):
        canvas.play(at, felt, theme.tonic + note, seconds, gain, pan=pan)
