"""The picture of the podcast: the station's own, or one drawn from its name and colour."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from audionews.errors import UsageError
from audionews.station import Identity, Station

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

MIN_SIZE, MAX_SIZE = 1400, 3000  # pixels a side; Apple, artwork requirements
MAX_BYTES = 512_000
SMALL_BYTES = 100_000
BLANKS = re.compile(r"[ \t\r\n]+")
WHITE, BLACK = (255, 255, 255), (20, 23, 26)


def cover(station: Station, size: int = MAX_SIZE) -> bytes:
    """Give the square picture of the feed: an RGB JPEG of at most 512 kB.

    Args:
        station: its own image file is used when it names one; else name and colour make the picture.
        size: side of a drawn picture in pixels.

    Raises:
        UsageError: the station's own image cannot be used; the message says why.
    """
    if station.identity.cover:
        image = _own(station.folder / station.identity.cover)
        image.thumbnail((size, size))
    else:
        image = _draw(station.identity, size)
    return _jpeg(image, MAX_BYTES)


def small_cover(station: Station, size: int = 600) -> bytes:
    """Give the same picture for the tag of the MP3: at most 100 kB, 600 px a side."""
    from PIL import Image

    with Image.open(io.BytesIO(cover(station))) as large:
        return _jpeg(large.resize((size, size), Image.Resampling.LANCZOS), SMALL_BYTES)


def ground(identity: Identity) -> tuple[int, ...]:
    """Give the station's colour: red, green, blue.

    Raises:
        UsageError: it is none.
    """
    from PIL import ImageColor

    try:
        return ImageColor.getrgb(identity.color)[:3]
    except ValueError as error:
        raise UsageError(
            f"La couleur « {identity.color} » de la station est illisible", "Écrivez par exemple #0B5C6B"
        ) from error


def ink(identity: Identity) -> tuple[int, int, int]:
    """Give white or near-black, the one that contrasts more with the station's colour.

    Raises:
        UsageError: the station's colour is not one.
    """
    # 0.179: where the two contrasts meet (WCAG 2.2)
    return WHITE if _luminance(ground(identity)) < 0.179 else BLACK


def letters(size: int, *, bold: bool = True) -> FreeTypeFont:
    """Give the letters of what is drawn, of a size in pixels."""
    from PIL import ImageFont

    return ImageFont.truetype(io.BytesIO(_roboto("Bold" if bold else "Regular")), size)


@cache
def _roboto(style: str) -> bytes:
    """Read a type file. Pillow's own has no accents; Roboto has those of French and of the languages of Mali."""
    from importlib.resources import files

    return (files("font_roboto") / "files" / f"Roboto-{style}.ttf").read_bytes()


def _own(path: Path) -> Image:
    from PIL import Image, UnidentifiedImageError

    hint = f"Donnez un JPEG ou un PNG carré de {MIN_SIZE} à {MAX_SIZE} pixels"
    try:
        with Image.open(path) as image:
            if image.format not in {"JPEG", "PNG"}:
                raise UsageError(f"La couverture {path} est au format {image.format}", hint)
            width, height = image.size
            if width != height:
                raise UsageError(f"La couverture {path} n’est pas carrée ({width} × {height})", hint)
            if width < MIN_SIZE:
                raise UsageError(f"La couverture {path} est trop petite ({width} pixels de côté)", hint)
            flat = Image.new("RGB", image.size, WHITE)
            shown = image.convert("RGBA")
            flat.paste(shown, mask=shown)
            return flat
    except UnidentifiedImageError as error:
        raise UsageError(f"La couverture {path} n’est pas une image lisible", hint) from error
    except OSError as error:
        raise UsageError(f"La couverture {path} ne peut pas être lue ({error})", hint) from error


def _jpeg(image: Image, limit: int) -> bytes:
    """Encode at the best quality that fits, in a smaller size if need be; the last try is taken in any case."""
    data = b""
    for side in sorted({image.width, min(image.width, MIN_SIZE)}, reverse=True):
        sized = image.resize((side, side)) if side != image.width else image
        for quality in (90, 75, 55, 35):
            buffer = io.BytesIO()
            sized.save(buffer, "JPEG", quality=quality, optimize=True)
            data = buffer.getvalue()
            if len(data) <= limit:
                return data
    return data


def _draw(identity: Identity, size: int) -> Image:
    from PIL import Image, ImageDraw

    ink_color, back = ink(identity), ground(identity)
    image = Image.new("RGB", (size, size), back)
    draw = ImageDraw.Draw(image)
    _waves(draw, size, back, ink_color)
    margin = round(size * 0.09)
    font, lines = _fit(identity.name, size - 2 * margin, round(size * 0.36))
    step = round(font.size * 1.12)
    top = size - margin - step * len(lines)
    for number, line in enumerate(lines):
        draw.text((margin, top + step * number), line, font=font, fill=ink_color)
    return image


def _luminance(color: tuple[int, ...]) -> float:
    """Relative luminance of an sRGB colour, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _waves(draw: ImageDraw, size: int, back: tuple[int, ...], front: tuple[int, ...]) -> None:
    """Draw a source and three waves that leave it and fade into the ground."""
    x = y = round(size * 0.09) + round(size * 0.045)
    dot = round(size * 0.045)
    for number, share in enumerate((0.72, 0.46, 0.24), 1):
        radius, width = round(size * 0.115 * number + dot), round(size * 0.042)
        tint = tuple(round(a + (b - a) * share) for a, b in zip(back, front, strict=True))
        draw.arc((x - radius, y - radius, x + radius, y + radius), 0, 90, fill=tint, width=width)
    draw.ellipse((x - dot, y - dot, x + dot, y + dot), fill=front)


def _fit(text: str, width: int, height: int) -> tuple[FreeTypeFont, list[str]]:
    """Find the largest type at which the words fill at most three lines of the given box in pixels."""
    for size in range(height // 2, 20, -4):
        font = letters(size)
        lines = wrap(text, font, width)
        if lines and len(lines) <= 3 and len(lines) * size * 1.12 <= height:
            return font, lines
    raise UsageError(f"Le nom « {text} » est trop long pour la couverture", "Donnez une image : [station] cover")


def words(text: str) -> list[str]:
    """Split a text where a line may end: not at the no-break spaces of French typography."""
    return [word for word in BLANKS.split(text) if word]


def wrap(text: str, font: FreeTypeFont, width: int) -> list[str]:
    """Set words into lines of at most `width` pixels; nothing when one word alone is wider."""
    lines: list[str] = []
    for word in words(text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        elif font.getlength(word) <= width:
            lines.append(word)
        else:
            return []
    return lines
