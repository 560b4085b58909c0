"""Put an episode before the public: sound first, the feed last, each file whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from audionews.errors import AudionewsError
from audionews.files import hashed_name, write
from audionews.model import Episode
from audionews.publish.cover import cover
from audionews.publish.feed import Document, feed
from audionews.publish.page import assets, episode_page, index_page
from audionews.publish.transcript import chapters_json, srt, transcript_json, vtt, words_vtt
from audionews.station import Station

SHEET = "conducteur.html"


def publish(
    episode: Episode,
    audio_source: Path,
    episodes: Sequence[Episode],
    station: Station,
    site: Path,
    is_latest: bool,
    others: Mapping[str, Path] | None = None,
    sheet: str = "",
) -> None:
    """Write all that the public sees of an episode.

    A failure at any write leaves the former feed, and every file that it lists, as they were. A file whose
    bytes do not change is not touched, so that a mirror sends nothing for it.

    Args:
        episode: the one to publish.
        audio_source: its MP3.
        episodes: all that the feed lists, newest first, this one included.
        station: who speaks.
        site: folder of the public files; made when absent.
        is_latest: whether ``latest.mp3`` and ``latest.json`` become this episode's.
        others: the episode's other sounds and its picture: path in the site → file.
        sheet: the conducteur, HTML; none when empty.

    Raises:
        AudionewsError: a sound is not the one that was measured, or a file cannot be written.
    """
    given = others or {}
    sound = _sound(audio_source, episode.bytes, episode.sha256)
    for one in episode.alternates:
        write(site / one.audio, _sound(given[one.audio], one.bytes, one.sha256))
    if episode.picture:
        write(site / episode.picture, given[episode.picture].read_bytes())
    if sheet:
        write(site / f"episodes/{episode.id}/{SHEET}", sheet.encode())
    for path, data in _files(episode, sound, episodes, station, is_latest):
        write(site / path, data)


def _files(
    episode: Episode, sound: bytes, episodes: Sequence[Episode], station: Station, is_latest: bool
) -> Iterator[tuple[str, bytes]]:
    """Give path and content of each file, in the order of publication."""
    folder = f"episodes/{episode.id}"
    picture = cover(station)
    picture_name = hashed_name("cover.jpg", picture)
    names, loaded = assets(station, picture_name)

    yield episode.audio, sound
    yield f"{folder}/transcript.vtt", vtt(episode).encode()
    yield f"{folder}/transcript.words.vtt", words_vtt(episode).encode()
    yield f"{folder}/transcript.srt", srt(episode).encode()
    yield f"{folder}/transcript.json", transcript_json(episode).encode()
    yield f"{folder}/chapters.json", chapters_json(episode, station).encode()
    yield picture_name, picture
    yield from loaded.items()
    yield f"{folder}/index.html", episode_page(episode, station, names).encode()
    yield "index.html", index_page(episodes, station, names).encode()
    if is_latest:
        yield "latest.mp3", sound
        yield "latest.json", _latest(episode, station).encode()
    yield "feed.xml", feed(Document("feed.xml", ()), episodes, station, picture_name)


def _sound(source: Path, size: int, digest: str) -> bytes:
    try:
        sound = source.read_bytes()
    except OSError as error:
        raise AudionewsError(
            f"Le son {source} ne peut pas être lu ({error.strerror or error})", "Refaites ce journal"
        ) from error
    if len(sound) != size or hashlib.sha256(sound).hexdigest() != digest:
        raise AudionewsError(
            f"Le son {source} a changé depuis qu’il a été mesuré", "Refaites ce journal à partir du mixage"
        )
    return sound


def _latest(episode: Episode, station: Station) -> str:
    """Describe the latest episode for automation: playout systems, watchdogs."""
    whole = {
        "id": episode.id,
        "title": episode.title,
        "date": episode.date.isoformat(),
        "edition": episode.edition,
        "published": episode.published.isoformat(),
        "duration_ms": episode.duration_ms,
        "bytes": episode.bytes,
        "sha256": episode.sha256,
        "loudness": episode.loudness,
        "true_peak": episode.true_peak,
        "audio": f"{station.identity.url}/{episode.audio}",
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
