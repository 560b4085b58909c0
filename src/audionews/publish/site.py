"""Put the site before the public: an episode's own files first, then all that lists them, the feeds last."""

from __future__ import annotations

import contextlib
import gc
import json
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path

from audionews.files import hashed_name, place, remove, settle, write
from audionews.model import Alternate, Episode
from audionews.publish.assets import assets
from audionews.publish.library import Library
from audionews.publish.parts import LISTS, Part, Plan, told
from audionews.publish.transcript import chapters_json, srt, transcript_html, transcript_json, vtt, words_vtt
from audionews.station import Station

SHEET = "conducteur.html"


def media(made: Episode, sources: Mapping[str, Path], card: bytes, sheet: str, station: Station, site: Path) -> None:
    """Put an episode's own files in the site: its sounds, pictures, transcripts, chapters and conducteur.

    Nothing lists them yet, so a failure at any of them harms nothing that is published.

    Args:
        made: the episode, the words of its captions timed.
        sources: path in the site → file, of each sound and of the picture of the mix.
        card: the picture for shared links; none when empty.
        sheet: the conducteur, HTML; none when empty.
        station: who speaks.
        site: folder of the public files; made when absent.

    Raises:
        AudionewsError: a sound is not the one that was measured, or a file cannot be written.
    """
    folder = f"episodes/{made.id}"
    sounds: tuple[Episode | Alternate, ...] = (made, *made.alternates)
    for one in sounds:
        place(sources[one.audio], site / one.audio, one.bytes, one.sha256)
    if made.picture:
        write(site / made.picture, sources[made.picture].read_bytes())
    if made.card:
        write(site / made.card, card)
    if sheet:
        write(site / folder / SHEET, sheet.encode())
    texts = {
        "transcript.vtt": vtt(made),
        "transcript.words.vtt": words_vtt(made),
        "transcript.srt": srt(made),
        "transcript.json": transcript_json(made),
        "transcript.html": transcript_html(made, station),
        "chapters.json": chapters_json(made, station),
    }
    for name, text in texts.items():
        write(site / folder / name, text.encode())


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Leave the search for cycles of objects be: pages make none, and it takes a tenth of the time of ten years."""
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()


@_uncollected()
def update(
    library: Library,
    station: Station,
    site: Path,
    picture: bytes,
    *,
    version: str,
    guids: Mapping[str, str],
    known: MutableMapping[str, str],
) -> list[str]:
    """Make the pages and feeds those of the published episodes; what has not changed is not made again.

    A failure leaves the former feeds, and every file they list, as they were.

    Args:
        library: the published episodes.
        station: who speaks.
        site: folder of the public files.
        picture: the cover, JPEG.
        version: of the program and of the station's templates: another one, and all is made again.
        guids: name of a feed, "" for that of all bulletins → its permanent id.
        known: path of a part → key of what was written, from the last time; filled anew.

    Returns:
        The paths that were written, in that order.

    Raises:
        AudionewsError: a file cannot be written or removed.
    """
    cover = hashed_name("cover.jpg", picture)
    names, loaded = assets(station, cover)
    first = Part("assets", (), lambda: [(cover, picture), *loaded.items()])
    plan = Plan(library, station, names, tuple(loaded), guids, site)
    common = json.dumps([version, told(station), cover, [*loaded]])
    former = dict(known)
    written: list[str] = []
    loose: list[Path] = []  # written, and not sure to outlive a power cut yet
    for part in (first, *plan.parts()):
        key = part.key(common)
        if former.pop(part.mark, "") == key and (site / part.mark).exists():
            continue
        known.pop(part.mark, None)  # until it is whole
        if part.last:  # nothing may be listed that is not there
            settle(loose)
            loose.clear()
        for name, data in part.files():
            if write(site / name, data, settled=part.last):
                written.append(name)
                loose += [] if part.last else [site / name]
        known[part.mark] = key
    settle(loose)  # where no feed has changed
    for mark in former:  # lists of what is no more
        if mark.startswith(LISTS):
            remove(site / mark)
        del known[mark]
    return written
