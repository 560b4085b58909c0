"""The conducteur on one sheet of A4, as text, and as JSON: a `Sheet` holds all that is shown, here is how."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from audionews.french.typography import typeset
from audionews.publish.render import clock, environment, moment
from audionews.publish.sheet import Sheet
from audionews.station import Station

# The sheet in mm, in the widest of the usual types.
PAGE = 270.0  # what is left of A4 inside its margins, less the picture's own
LEAST_PICTURE, MOST_PICTURE = 36.0, 65.0  # high; the most is as wide as the page
LINE_A_POINT, ROW_FRAME = 0.425, 1.1  # of a line for each point of type; above and below the lines of a row
LONG_TITLE, LONG_SLOT = 44, 55  # characters, from which on they take two lines
USUAL_ROWS, POINTS, SMALL_POINTS = 24, 10, 9


def conducteur_page(made: Sheet, station: Station, picture: str = "", back: str = "") -> str:
    """Write the conducteur as a page that prints on one sheet of A4, as long as it has no more than some 40 rows.

    Args:
        made: what it says.
        station: whose templates, if any, come first.
        picture: of the mix, relative to the page; left out where the rows need its room, and when "".
        back: of the bulletin's page, relative to this one; no link when "".
    """
    points, lines, height = _layout(made, bool(picture))
    template = environment(station).get_template("site/conducteur.html.j2")
    return template.render(
        sheet=made,
        station=station.identity,
        picture=picture if height > 0 else "",
        picture_mm=round(min(height, MOST_PICTURE), 1),
        back=back,
        points=points,
        lines=lines,
        expires=moment(made.expires, station),
    )


def conducteur_text(made: Sheet) -> str:
    """Write the conducteur as plain text, for a terminal or a message."""
    head = [f"CONDUCTEUR : {made.title} ({made.station})", f"Antenne à {made.at(0)}, durée {clock(made.duration_ms)}"]
    rows = [
        f"{row.number:>3}  {made.at(row.start_ms)}  {clock(row.shown_ms):>7}  {clock(row.end_ms):>7}  "
        f"{row.nature:<13}  {', '.join(row.voices):<16}  {' — '.join(filter(None, (row.title, row.words)))}"
        for row in made.rows
    ]
    names = f"{'N°':>3}  {'Heure':<8}  {'Durée':>7}  {'Cumul':>7}  {'Nature':<13}  {'Voix':<16}  Élément"
    foot = [f"{one.label} : {one.name}, SHA-256 {one.sha256[:12]}, {one.level}" for one in made.sounds]
    lines = [*map(typeset, head), *filter(None, [made.version, made.slot]), "", names, *rows, "", *map(typeset, foot)]
    return "\n".join(lines) + "\n"


def items(made: Sheet) -> list[dict[str, Any]]:
    """Give each row as JSON has it, as docs/radios.md tells; the cue that ends a row of few words is all of them."""
    rows = (asdict(row) | {"in_cue": row.first, "out_cue": row.last or row.first} for row in made.rows)
    return [{name: value for name, value in row.items() if name not in {"first", "last"}} for row in rows]


def _layout(made: Sheet, picture: bool) -> tuple[int, int, float]:
    """Choose type and lines of a row: as large as fits on one page with a picture, else without one.

    Returns:
        Points; lines of a row that has words, 2 or 1; the height left for a picture in mm, 0 when it is not worth one.
    """
    points = POINTS if len(made.rows) <= USUAL_ROWS else SMALL_POINTS
    line = points * LINE_A_POINT
    # In lines; the head of the table is among them.
    head = 5.5 + 1.6 * (len(made.title) > LONG_TITLE) + (len(made.version + made.slot) > LONG_SLOT)
    foot = 6 + 2 * len(made.sounds) + 2 * bool(made.left_out)
    left = {
        lines: PAGE - line * (head + foot) - sum(line * (lines if row.words else 1) + ROW_FRAME for row in made.rows)
        for lines in (2, 1)
    }
    for least in (LEAST_PICTURE, 0.0) if picture else (0.0,):
        for lines, height in left.items():
            if height >= least:
                return points, lines, height if least else 0.0
    return points, 2, 0.0
