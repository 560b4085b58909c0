"""Editions for costly lines and for messages: the podcast master again, of one channel and few bits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from audionews.model import Chapter, Recording
from audionews.sound import encode
from audionews.sound.ears import Report, listen
from audionews.sound.master import Survey, blocks, mastered
from audionews.sound.mix import Mix
from audionews.sound.notice import Notice
from audionews.sound.radio import recording
from audionews.sound.tags import tag
from audionews.sound.targets import Target, faults

if TYPE_CHECKING:
    from audionews.sound.grid import Curve

FOLDER = "6-light"
OPUS_KBPS, MP3_KBPS = 24, 48
NOTE_BYTES = 16_000_000  # what messaging apps take as a voice note
NOTE_FILL = 0.95  # of them: the rest is for the container and the peaks of a variable rate
TOLERANCE_LU = 0.7  # Opus takes 0.3 to 0.4 of speech at this rate
TRUE_PEAK = 0.0  # dBTP: what plays them clips nothing
CODING_DB = 1.8  # so few bits move peaks by about 1 dB


def editions(mix: Mix, read: Survey, notice: Notice, loudness: float, lyrics: str, folder: Path) -> Iterator[Recording]:
    """Make Opus, a small MP3 and a voice note of a mix.

    Args:
        mix: the programme.
        read: what the meter read of it.
        notice: what the files say of themselves.
        loudness: LUFS of the podcast master.
        lyrics: the script.
        folder: where they go.

    Raises:
        AudionewsError: one of them misses its level or its length even after the correction.
    """
    opus, mp3 = folder / f"{notice.name}-{OPUS_KBPS}k.opus", folder / f"{notice.name}-{MP3_KBPS}k.mp3"
    note = folder / f"{notice.name}-message.ogg"
    timeline = mix.timeline
    heard: dict[Path, Report] = {}

    target = Target("light", loudness, TOLERANCE_LU, TRUE_PEAK, longest_silence_ms=0, duration_ms=timeline.duration_ms)

    def make(curve: Curve) -> Report:
        comments = _comments(notice, timeline.chapters)
        encode.light(blocks(mix, curve), opus, OPUS_KBPS, mp3, MP3_KBPS, comments)
        tag(
            mp3,
            title=notice.title,
            station=notice.station,
            date=notice.air.date(),
            cover=b"",
            chapters=timeline.chapters,
            comment=notice.comment,
            lyrics=lyrics,
        )
        kbps = 0 if opus.stat().st_size <= NOTE_BYTES else _note_kbps(timeline.duration_ms)
        encode.voice_note(opus, note, kbps)
        heard.update({path: listen(path) for path in (opus, mp3, note)})
        if kbps:  # so few bits take some of the level, too
            encode.voice_note(opus, note, kbps, heard[opus].two_speakers - heard[note].two_speakers)
            heard[note] = listen(note)
        return max(heard.values(), key=lambda one: (len(faults(one, target)), abs(one.two_speakers - loudness)))

    mastered(read, target, CODING_DB, make, "Le fichier léger")
    yield recording(opus, "opus", "audio/ogg", heard[opus], OPUS_KBPS)
    yield recording(mp3, "mp3", "audio/mpeg", heard[mp3], MP3_KBPS)
    yield recording(note, "voice-note", "audio/ogg", heard[note], _note_kbps(timeline.duration_ms))


def _note_kbps(duration_ms: int) -> int:
    """Give the bitrate of a voice note: that of the Opus edition, or as much as the limit allows."""
    return min(OPUS_KBPS, int(NOTE_BYTES * NOTE_FILL * 8 / duration_ms))


def _comments(notice: Notice, chapters: tuple[Chapter, ...]) -> dict[str, str]:
    """Give Vorbis comments; chapters as players of Ogg know them (wiki.xiph.org, Chapter Extension)."""
    tags = {
        "title": notice.title,
        "artist": notice.station,
        "album": notice.station,
        "genre": "News",
        "language": "fra",
        "date": f"{notice.air:%Y-%m-%d}",
        "comment": notice.comment,
    }
    for place, one in enumerate(chapters, 1):
        seconds, ms = divmod(one.start_ms, 1000)
        clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{ms:03d}"
        tags |= {f"CHAPTER{place:03d}": clock, f"CHAPTER{place:03d}NAME": one.title}
    return tags
