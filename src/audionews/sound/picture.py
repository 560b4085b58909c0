"""Mix → PNG: what sounds when, and how loud, on one picture that reads on a screen and on paper without colour.

Shapes are drawn at twice the size and halved, which smooths them; letters are drawn once, at their size.
"""

from __future__ import annotations

import io
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from audionews.errors import UsageError
from audionews.french.typography import FIXED, NARROW, typeset
from audionews.model import Chapter, Cue, Timeline, Track
from audionews.sound.grid import STEP_MS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

    Color = tuple[int, int, int]
    Label = tuple[float, int, tuple[str, ...]]  # a chapter's title: where, from which line on, what

WIDTH, HEIGHT = 1600, 560  # pixels
LEFT, RIGHT = 148, 1500  # of all that has time for its axis
COLUMNS = 2 * (RIGHT - LEFT)  # of the large picture
TITLES = (92, 119)  # tops of the two lines of the chapters' titles
WAVE, LANES, LEVEL = (152, 292), (306, 406), (424, 514)  # tops and bottoms
FAINT, LOUD = -40, -10  # LUFS
SCALE = range(FAINT, LOUD + 1, 10)
ROOM, CLOSE = 104, 64  # the least width worth a title; between two of them on two lines
MOST = 60  # chapters whose boundaries go all the way down
NEEDLE = 5  # the least width of a cue
GAP = 12  # between two texts
LONGEST = 300  # characters of a text; more could never be shown

WHITE, INK, SOFT, RULE, MUSIC = (255, 255, 255), (27, 26, 23), (85, 80, 74), (176, 170, 162), (214, 148, 40)
DARKEST = 0.13  # luminance of what stands for the voice: without colour, much darker than the music
SHADES = 8  # of each ink towards white, for smooth edges

LANE_NAMES = ("Voix", "Jingle", "Virgule", "Tapis")
LANE_OF = {Track.VOICE: 0, Track.JINGLE: 1, Track.OUTRO: 1, Track.STING: 2, Track.BED: 3}
TICKS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800)  # seconds
TICK_ROOM = 84
ALONE_MS = 1000  # of the bed alone: less is a rounding


class _Axis(NamedTuple):
    """Time from left to right."""

    length_ms: int

    def x(self, ms: float) -> float:
        return LEFT + (RIGHT - LEFT) * min(max(ms / self.length_ms, 0.0), 1.0)

    @property
    def steps(self) -> int:
        return -(-self.length_ms // STEP_MS)

    @property
    def edges(self) -> list[int]:
        """Give the first step of each column of the large picture."""
        return [column * self.steps // COLUMNS for column in range(COLUMNS)]


def draw(
    timeline: Timeline,
    peaks: NDArray[np.float32],
    loudness: NDArray[np.float64],
    target: float,
    title: str,
    colour: str = "#0B5C6B",
) -> bytes:
    """Draw a mix: waveform, cues, short-term loudness, chapters, time.

    Args:
        timeline: what is placed where; how it came to fit its slot is told when it has one.
        peaks: of each step of 10 ms from the start, linear, 1 is full scale.
        loudness: short-term, in LUFS, of windows 10 ms apart, −inf for silence; when there are fewer than peaks, they
            stand in the middle, so that each window does.
        target: in LUFS, integrated: the line to compare with.
        title: cut when it is too long.
        colour: of the voice; darkened until it reads on white.

    Returns:
        A PNG of 1600 × 560 pixels; the same bytes for the same mix.

    Raises:
        UsageError: the colour is none.
    """
    from PIL import Image, ImageDraw

    voice, axis = _dark(colour), _Axis(max(STEP_MS, timeline.duration_ms))
    labels = _labels(timeline.chapters, axis)
    large = Image.new("RGB", (2 * WIDTH, 2 * HEIGHT), WHITE)
    pen = ImageDraw.Draw(large)
    _scales(pen, axis, timeline.chapters, labels)
    _wave(large, axis, timeline.cues, peaks, voice)
    for cue in timeline.cues:
        _cue(pen, axis, cue, voice if cue.track is Track.VOICE else MUSIC)
    _level(pen, axis, loudness, max(0, len(peaks) - len(loudness)) // 2, voice)
    for x in range(LEFT, RIGHT, 16):
        _line(pen, (x, _height(target)), (min(x + 9, RIGHT), _height(target)), INK, 3)
    image = large.reduce(2)
    _words(ImageDraw.Draw(image), axis, timeline, target, title, labels)
    return _png(image, voice)


def _scales(pen: ImageDraw, axis: _Axis, chapters: tuple[Chapter, ...], labels: list[Label]) -> None:
    """Draw all thin lines: chapters, frames, levels, seconds."""
    titled = {x: line for x, line, _ in labels}
    for chapter in chapters:
        x = axis.x(chapter.start_ms)
        top = TITLES[titled[x]] + 3 if x in titled else WAVE[0] - 6
        _line(pen, (x, top), (x, LEVEL[1] if x in titled or len(chapters) <= MOST else WAVE[0]), RULE)
    _line(pen, (RIGHT, WAVE[0]), (RIGHT, LEVEL[1]), RULE)
    for row in range(len(LANE_NAMES) + 1):
        y = LANES[0] + row * _lane()
        _line(pen, (LEFT, y), (RIGHT, y), _tint(RULE, 4))
    for second in range(0, axis.length_ms // 1000 + 1, _tick(axis)):
        x = axis.x(second * 1000)
        _line(pen, (x, LEVEL[1]), (x, LEVEL[1] + 8), SOFT)


def _wave(large: Image, axis: _Axis, cues: tuple[Cue, ...], peaks: NDArray[np.float32], voice: Color) -> None:
    """Draw the peaks both ways from the middle, in the colour of what sounds for most of a column's time."""
    import numpy as np
    from PIL import Image as Images

    steps, edges = axis.steps, axis.edges
    heard = np.zeros(steps, np.float32)
    heard[: len(peaks)] = np.nan_to_num(np.abs(peaks[:steps]), nan=0.0, posinf=1.0)
    spoken, played = np.zeros(steps, bool), np.zeros(steps, bool)
    for cue in cues:
        where = slice(cue.start_ms // STEP_MS, -(-(cue.start_ms + cue.duration_ms) // STEP_MS))
        (spoken if cue.track is Track.VOICE else played)[where] = True
    share = np.add.reduceat(spoken, edges, dtype=np.int64) / np.maximum(1, np.diff(edges, append=steps))
    music = np.logical_or.reduceat(played, edges) & (share < 0.5)

    half = WAVE[1] - WAVE[0]  # of the height, at twice the size
    reach = np.maximum(1.0, np.minimum(np.maximum.reduceat(heard, edges), 1.0) * half)
    rows = np.abs(np.arange(2 * half) - half + 0.5)
    for ink, columns in ((voice, ~music), (MUSIC, music)):
        mask = (rows[:, None] <= reach) & columns
        large.paste(ink, (2 * LEFT, 2 * WAVE[0]), Images.fromarray(mask.astype(np.uint8) * 255))


def _cue(pen: ImageDraw, axis: _Axis, cue: Cue, ink: Color) -> None:
    """Draw a cue in its lane; its fades are its slopes."""
    top = LANES[0] + LANE_OF[cue.track] * _lane() + 5
    bottom = top + _lane() - 10
    start, end = cue.start_ms, cue.start_ms + cue.duration_ms
    spare = 0.0 if cue.track is Track.VOICE else max(0.0, NEEDLE - axis.x(end) + axis.x(start)) / 2
    shape = (
        (axis.x(start) - spare, bottom),
        (axis.x(start + cue.fade_in_ms) - spare, top),
        (axis.x(end - cue.fade_out_ms) + spare, top),
        (axis.x(end) + spare, bottom),
    )
    pen.polygon([(2 * x, 2 * y) for x, y in shape], fill=ink)


def _level(pen: ImageDraw, axis: _Axis, loudness: NDArray[np.float64], late: int, voice: Color) -> None:
    """Draw the loudness; where a column holds many windows, that of their mean energy."""
    import numpy as np

    shown = loudness[: max(0, axis.steps - late)]
    energies, known = np.zeros(axis.steps), np.zeros(axis.steps, np.int64)
    energies[late : late + len(shown)] = np.nan_to_num(10.0 ** (np.minimum(shown, 0.0) / 10), nan=0.0)
    known[late : late + len(shown)] = 1
    count = np.add.reduceat(known, axis.edges)
    mean = np.add.reduceat(energies, axis.edges) / np.maximum(1, count)
    levels = 10 * np.log10(np.maximum(mean, 10.0 ** (FAINT / 10)))
    curve = [(2 * LEFT + int(at), 2 * _height(float(levels[at]))) for at in np.flatnonzero(count)]
    if len(curve) > 1:
        pen.polygon([(curve[0][0], 2 * LEVEL[1]), *curve, (curve[-1][0], 2 * LEVEL[1])], fill=_tint(voice, 1))
    for level in SCALE:
        _line(pen, (LEFT - 6, _height(level)), (RIGHT, _height(level)), _tint(RULE, 4) if level > FAINT else SOFT)
    if len(curve) > 1:
        pen.line(curve, fill=voice, width=5, joint="curve")


def _words(pen: ImageDraw, axis: _Axis, timeline: Timeline, target: float, title: str, labels: list[Label]) -> None:
    """Write all that is written."""
    small, usual, bold = _font("Regular", 21), _font("Regular", 23), _font("Bold", 31)
    pen.text((20, 12), _cut(_clean(title), bold, WIDTH - 40), INK, bold)
    pen.text((20, 53), _cut(_summary(timeline), usual, WIDTH - 40), SOFT, usual)
    for x, first, texts in labels:
        for line, text in enumerate(texts, first):
            pen.text((x + 6, TITLES[line]), text, INK, small)
    pen.text((20, sum(WAVE) / 2), "Onde", INK, usual, anchor="lm")
    for row, name in enumerate(LANE_NAMES):
        pen.text((20, LANES[0] + (row + 0.5) * _lane()), name, INK, usual, anchor="lm")
    pen.text((20, LEVEL[0] + 12), "Niveau", INK, usual, anchor="lm")
    pen.text((20, LEVEL[0] + 38), "LUFS", SOFT, small, anchor="lm")
    for level in SCALE:
        pen.text((LEFT - 12, _height(level)), _number(level), SOFT, small, anchor="rm")
    pen.text((RIGHT + 8, _height(target)), f"cible {_number(target)}", INK, small, anchor="lm")
    whole = _clock(axis.length_ms)  # the last mark; it stands alone
    free = RIGHT - (usual.getlength(whole) + TICK_ROOM / 3) / 2
    for second in range(0, axis.length_ms // 1000 + 1, _tick(axis)):
        x, text = axis.x(second * 1000), _clock(second * 1000)
        if x + small.getlength(text) / 2 < free:
            pen.text((x, LEVEL[1] + 11), text, SOFT, small, anchor="ma")
    pen.text((RIGHT, LEVEL[1] + 10), whole, INK, _font("Bold", 22), anchor="ma")


def _labels(chapters: tuple[Chapter, ...], axis: _Axis) -> list[Label]:
    """Set the titles on two lines: where chapters are short, each goes on above or below the next one's."""
    placed: list[tuple[float, int, str]] = []
    begun = -float(WIDTH)  # of the last title on the first line
    for chapter in _worth(chapters, axis):
        x = axis.x(chapter.start_ms)
        line = 0 if x - begun >= ROOM else 1
        begun = begun if line else x
        placed.append((x, line, _clean(chapter.title)))
    font, right = _font("Regular", 21), WIDTH - 8.0
    labels: list[Label] = []
    busy = 0.0  # on the second line, up to here
    for at, (x, line, text) in enumerate(placed):
        following = placed[at + 1 :]
        first, second = (next((one[0] for one in following if one[1] == place), right) - x - GAP for place in (0, 1))
        shorter = min(first, second)  # a line that comes down from the next title would cross out the second line
        if line == 0:
            labels.append((x, line, _fold(text, font, first, shorter if busy <= x else 0.0)))
        else:
            labels.append((x, line, (_cut(text, font, shorter),)))
            busy = x + shorter
    return labels


def _worth(chapters: tuple[Chapter, ...], axis: _Axis) -> list[Chapter]:
    """Give the chapters whose titles have room, the longest first to be served; in order of time."""
    kept: list[Chapter] = []
    for chapter in sorted(chapters, key=lambda one: (one.start_ms - one.end_ms, one.start_ms)):
        tried = sorted([*kept, chapter], key=lambda one: one.start_ms)
        places = [axis.x(one.start_ms) for one in tried]
        close = any(b - a < CLOSE for a, b in pairwise(places))
        if not close and not any(b - a < ROOM for a, b in zip(places, places[2:], strict=False)):
            kept = tried
    return kept


def _fold(text: str, font: FreeTypeFont, first: float, second: float) -> tuple[str, ...]:
    """Set a text on one line or two of these widths; its end is cut when it does not fit."""
    words = text.split(" ")
    fitting = [end for end in range(1, len(words)) if font.getlength(" ".join(words[:end])) <= first]
    if font.getlength(text) <= first or second < ROOM / 2 or not fitting:
        return (_cut(text, font, first),)
    return " ".join(words[: fitting[-1]]), _cut(" ".join(words[fitting[-1] :]), font, second)


def _cut(text: str, font: FreeTypeFont, width: float) -> str:
    """Shorten a text to a width in pixels, with an ellipsis for what is gone."""
    if font.getlength(text) <= width:
        return text
    short, long = 0, len(text)
    while short < long:
        middle = (short + long + 1) // 2
        fits = font.getlength(f"{text[:middle].rstrip()}…") <= width
        short, long = (middle, long) if fits else (short, middle - 1)
    kept = text[:short]
    whole = kept if text[short] == " " else kept.rpartition(" ")[0]
    kept = whole if len(whole) >= 0.6 * short else kept
    return f"{kept.rstrip(' ,;:.«(–' + NARROW + FIXED)}…" if short > 2 else ""


def _clean(text: str) -> str:
    """Give a text typeset, on one line, without what cannot be drawn at all."""
    plain = "".join(char if char.isprintable() or char == NARROW else " " for char in text[:LONGEST])
    return typeset(" ".join(plain.split(" ")))


def _summary(timeline: Timeline) -> str:
    """Say how long it is, and how it came to be so."""
    parts = [f"Durée {_clock(timeline.duration_ms)}"]
    if fit := timeline.fit:
        kept = f"manque {_clock(fit.short_ms)}" if fit.short_ms else "tenu"
        parts += [f"Créneau {_clock(fit.asked_ms)}, {kept}", f"voix × {_number(fit.tempo)}"]
        parts += [f"pauses × {_number(fit.pauses)}"]
        parts += [f"tapis seul {_clock(fit.bed_ms)}"] * (fit.bed_ms >= ALONE_MS)
        parts += [f"non lus : {len(fit.left_out)}"] * bool(fit.left_out)
    return typeset(" · ".join(parts))


def _number(value: float) -> str:
    return f"{round(value, 2):g}".replace(".", ",").replace("-", "−")


def _clock(ms: int) -> str:
    minutes, seconds = divmod(ms // 1000, 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def _tick(axis: _Axis) -> int:
    """Give the seconds between two marks of the time axis."""
    shown = (RIGHT - LEFT) / TICK_ROOM
    return next((step for step in TICKS if axis.length_ms / 1000 / step <= shown), TICKS[-1])


def _height(level: float) -> float:
    share = (min(max(level, FAINT), LOUD) - FAINT) / (LOUD - FAINT)
    return LEVEL[1] - share * (LEVEL[1] - LEVEL[0])


def _lane() -> float:
    return (LANES[1] - LANES[0]) / len(LANE_NAMES)


def _line(pen: ImageDraw, start: tuple[float, float], end: tuple[float, float], ink: Color, width: int = 2) -> None:
    pen.line((2 * start[0], 2 * start[1], 2 * end[0], 2 * end[1]), fill=ink, width=width)


def _tint(ink: Color, shade: int) -> Color:
    """Mix an ink with white: 0 is white, `SHADES` the ink."""
    red, green, blue = (round(255 + (part - 255) * shade / SHADES) for part in ink)
    return red, green, blue


def _dark(colour: str) -> Color:
    from PIL import ImageColor

    try:
        red, green, blue = ImageColor.getrgb(colour)[:3]
    except ValueError as error:
        raise UsageError(f"La couleur « {colour} » est illisible", "Écrivez par exemple #0B5C6B") from error
    while 0.2126 * (red / 255) ** 2.2 + 0.7152 * (green / 255) ** 2.2 + 0.0722 * (blue / 255) ** 2.2 > DARKEST:
        red, green, blue = (part * 15 // 16 for part in (red, green, blue))
    return red, green, blue


@cache
def _font(face: str, size: int) -> FreeTypeFont:
    from importlib.resources import files

    from PIL import ImageFont

    roboto = (files("font_roboto") / "files" / f"Roboto-{face}.ttf").read_bytes()
    # The basic layout is the same on every machine; the other one depends on libraries that may be missing.
    return ImageFont.truetype(io.BytesIO(roboto), size, layout_engine=ImageFont.Layout.BASIC)


def _png(image: Image, voice: Color) -> bytes:
    """Encode with a palette of the inks and their shades: small, and without noise."""
    from PIL import Image as Images

    colors = [_tint(ink, shade) for ink in (voice, MUSIC, INK, SOFT, RULE) for shade in range(1, SHADES + 1)]
    palette = Images.new("P", (1, 1))
    palette.putpalette([part for color in (WHITE, *colors) for part in color])
    buffer = io.BytesIO()
    image.quantize(palette=palette, dither=Images.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
