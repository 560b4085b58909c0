"""The picture shown where a link to a bulletin is shared: its name, its day, its first headlines."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from audionews.publish.cover import ground, ink, letters, words, wrap
from audionews.station import Identity

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630  # pixels: what messengers and social networks show whole
MARGIN = 72
TITLE, BODY, SMALL = 66, 40, 34  # pixels of type
HEADLINES = 3
LINES = 2  # of a headline
BASELINE = 1.28  # of a line, in heights of its type


def card(identity: Identity, title: str, headlines: Sequence[str]) -> bytes:
    """Draw the card of a bulletin.

    Args:
        identity: the station: name and colour.
        title: "Journal du matin, samedi 7 juin 2025".
        headlines: its titles; as many as there is room for are shown, three at most.

    Returns:
        A PNG of 1200 by 630 pixels and of few colours, some 30 kB.

    Raises:
        UsageError: the station's colour is not one.
    """
    from PIL import Image, ImageDraw

    dark, back = ink(identity), ground(identity)
    image = Image.new("RGB", (WIDTH, HEIGHT), back)
    draw = ImageDraw.Draw(image)
    soft = _between(back, dark, 0.82)
    room = WIDTH - 2 * MARGIN
    name, day = (part.strip() for part in (title.partition(",")[0], title.partition(",")[2]))
    y = _line(draw, identity.name, MARGIN, letters(SMALL), soft, room)
    y = _lines(draw, name, y + 14, letters(TITLE), dark, room, 2)
    if day:
        y = _line(draw, day, y + 4, letters(BODY, bold=False), soft, room)
    y += 22
    draw.rectangle((MARGIN, y, MARGIN + 96, y + 5), fill=dark)
    y += 30
    body = letters(BODY, bold=False)
    step = round(BODY * BASELINE)
    for headline in headlines[:HEADLINES]:
        shown = _shortened(headline, body, room - 44, LINES)
        if not shown or y + step * len(shown) > HEIGHT - MARGIN + 20:
            break
        draw.ellipse((MARGIN, y + 17, MARGIN + 13, y + 30), fill=soft)
        for line in shown:
            draw.text((MARGIN + 44, y), line, font=body, fill=dark)
            y += step
        y += 8
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _line(draw: ImageDraw, text: str, y: int, font: FreeTypeFont, color: tuple[int, ...], room: int) -> int:
    return _lines(draw, text, y, font, color, room, 1)


def _lines(draw: ImageDraw, text: str, y: int, font: FreeTypeFont, color: tuple[int, ...], room: int, most: int) -> int:
    for line in _shortened(text, font, room, most):
        draw.text((MARGIN, y), line, font=font, fill=color)
        y += round(font.size * BASELINE)
    return y


def _shortened(text: str, font: FreeTypeFont, room: int, most: int) -> list[str]:
    """Set a text in at most so many lines; what is left out is shown by three points."""
    said = words(text)[:60]  # more are never seen
    for kept in range(len(said), 0, -1):
        lines = wrap(" ".join(said[:kept]) + (" …" if kept < len(said) else ""), font, room)
        if lines and len(lines) <= most:
            return lines
    return []


def _between(back: tuple[int, ...], front: tuple[int, ...], share: float) -> tuple[int, ...]:
    return tuple(round(a + (b - a) * share) for a, b in zip(back, front, strict=True))
