"""ID3v2.3 tags of a bulletin: title, station, date, language, credits, cover, chapters."""

from __future__ import annotations

import datetime
import io
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from audionews.errors import AudionewsError
from audionews.model import Chapter

COVER_LIMIT = 100_000  # bytes: the tag comes before the first sound
JPEG = b"\xff\xd8\xff"
NO_OFFSET = 0xFFFFFFFF  # in a CHAP frame: only the times count
HEADER = 10  # bytes of a tag before its first frame
UTF_16 = 1  # the widest encoding ID3v2.3 has


def tag(
    path: Path,
    *,
    title: str,
    station: str,
    date: datetime.date,
    cover: bytes,
    chapters: Sequence[Chapter],
    comment: str,
    lyrics: str,
) -> None:
    """Write the tags of an MP3; the same values give the same bytes.

    Args:
        path: the MP3, without tags.
        title: the very title of the feed's item: stations that import podcasts show this one.
        station: artist and album.
        date: of the bulletin.
        cover: a square JPEG of at most 100 kB; none when empty.
        chapters: in order; one top-level table of contents lists them.
        comment: where the stories come from, and that the voice is synthetic.
        lyrics: the script, as players show it beside the sound.

    Raises:
        AudionewsError: the cover is not a JPEG, or too heavy.
    """
    import mutagen.id3

    id3: Any = mutagen.id3

    if cover and not (cover.startswith(JPEG) and len(cover) <= COVER_LIMIT):
        raise AudionewsError(
            f"La pochette à mettre dans le MP3 n’est pas un JPEG de {COVER_LIMIT // 1000} ko au plus",
            "Choisissez une image plus légère dans la table [station], cover",
        )
    texts = {"TIT2": title, "TPE1": station, "TALB": station, "TCON": "News", "TLAN": "fra"}
    texts |= {"TYER": f"{date:%Y}", "TDAT": f"{date:%d%m}"}
    frames = [getattr(id3, name)(encoding=UTF_16, text=[text]) for name, text in texts.items()]
    frames.append(id3.COMM(encoding=UTF_16, lang="fra", desc="", text=[comment]))
    frames.append(id3.USLT(encoding=UTF_16, lang="fra", desc="", text=lyrics))
    if cover:
        front = id3.PictureType.COVER_FRONT
        frames.append(id3.APIC(encoding=0, mime="image/jpeg", type=front, desc="", data=cover))
    listed = [_chapter(f"chp{place}", chapter) for place, chapter in enumerate(chapters)]
    frames.append(
        id3.CTOC(
            element_id="toc",
            flags=id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED,
            child_element_ids=[one.element_id for one in listed],
            sub_frames=[],
        )
    )
    # mutagen sorts the frames of a tag by size; some players list chapters in the order of the file.
    body = _bytes(*frames) + b"".join(_bytes(one) for one in listed)
    head = b"ID3\x03\x00\x00" + id3.BitPaddedInt.to_str(len(body), width=4)
    tagged = path.with_name(f".{path.name}.tagged")
    with path.open("rb") as bare, tagged.open("wb") as out:  # a programme of two hours is 100 MB: never held whole
        out.write(head + body)
        shutil.copyfileobj(bare, out)
    tagged.replace(path)


def _chapter(name: str, chapter: Chapter) -> Any:
    import mutagen.id3

    id3: Any = mutagen.id3
    inside = [id3.TIT2(encoding=UTF_16, text=[chapter.title])]
    if chapter.url:
        inside.append(id3.WXXX(encoding=UTF_16, desc="", url=chapter.url))
    return id3.CHAP(
        element_id=name,
        start_time=chapter.start_ms,
        end_time=chapter.end_ms,
        start_offset=NO_OFFSET,
        end_offset=NO_OFFSET,
        sub_frames=inside,
    )


def _bytes(*frames: Any) -> bytes:
    """Give the bytes of frames as ID3v2.3 has them, without the header of a tag."""
    import mutagen.id3

    tags: Any = mutagen.id3.ID3()  # type: ignore[no-untyped-call]
    for frame in frames:
        tags.add(frame)
    written = io.BytesIO()
    tags.save(written, v1=0, v2_version=3, padding=lambda _: 0)
    return written.getvalue()[HEADER:]
