"""What has to be done whether or not there is a bulletin today: what is too old leaves, what is new is sent out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from audionews.desk import airing, sending, shelf
from audionews.desk.job import Job
from audionews.desk.shelf import Shelf
from audionews.files import remove

HEAVY = ("4-clips", "6-broadcast", "6-light", "6-bulletin.mp3", "6-bulletin.png")  # of a run folder: the sounds
SOUNDS = (".mp3", ".opus", ".ogg", ".png")  # of an episode's folder in the site, named by what they hold


class Old(NamedTuple):
    """Something that may leave, the oldest first when room is needed."""

    day: str  # "2025-06-07": of the bulletin, or when it was written
    paths: tuple[Path, ...]


def air(job: Job, built: str = "") -> str:
    """Make ``broadcast/latest.*`` hold what may be aired now; give that in one line.

    Args:
        job: the station, its output folder, and now.
        built: id of the bulletin that has just been built: then the line is told in any case, else when it is news.
    """
    before, zone = _latest(job), ZoneInfo(job.station.identity.timezone)
    published = []
    for one in shelf.shelf(job.ledger).entries:
        starts = datetime.fromisoformat(one.air).replace(tzinfo=zone)
        published.append(airing.Aired(one.id, starts, job.station.broadcast.until(starts), one.withdrawn))
    done = airing.refresh(job, published, built)
    if built or _latest(job) != before:
        job.say(done)
    return done


def deliver(job: Job) -> None:
    """Send the site to the station's targets, if it has any."""
    if job.station.targets:
        sending.deliver(job)


def sweep(job: Job) -> int:
    """Remove what the station keeps no longer, and tell how many bytes that freed.

    Nothing that a feed or a page of a bulletin lists is ever removed: only the sounds of run folders, the dated copies
    for radios, and what a correction has replaced; first what is too old, then, where the station sets a limit, the
    oldest of the rest until the output folder keeps within it.
    """
    keep, today = job.station.retention, job.now.astimezone(job.starts.tzinfo).date()
    published = shelf.shelf(job.ledger)
    kinds = (
        (_runs(job), keep.runs_days),
        (_dated(job), keep.broadcast_days),
        (_replaced(job, published), keep.replaced_days),
    )
    freed, left = 0, []
    for found, days in kinds:
        last = (today - timedelta(days=days)).isoformat()
        for one in found:
            if one.day < last:
                freed += _remove(one.paths)
            elif one.day < today.isoformat():
                left.append(one)
    if keep.mb:
        size = _size([job.output])
        for one in sorted(left):
            if size <= keep.mb * 1_000_000:
                break
            gone = _remove(one.paths)
            freed, size = freed + gone, size - gone
    return freed


def _latest(job: Job) -> bytes:
    path = job.site / "broadcast" / "latest.json"
    return path.read_bytes() if path.is_file() else b""


def _runs(job: Job) -> Iterator[Old]:
    """Give the sounds of each run folder, that of the job's own bulletin apart."""
    for folder in sorted((job.output / "runs").glob("????-??-??-*")):
        paths = tuple(folder / name for name in HEAVY if (folder / name).exists())
        if paths and folder != job.run_folder:
            yield Old(folder.name[:10], paths)


def _dated(job: Job) -> Iterator[Old]:
    """Give the dated copies for radios, those apart that ``latest.*`` hold: radios are told their names."""
    from audionews.publish import radio

    told = radio.record(job.site)
    for key in radio.dated(job.site):
        if not told or told.get("id") != key:
            paths = tuple(sorted((job.site / "broadcast").glob(f"*-{key}.*"), key=lambda path: path.suffix != ".json"))
            yield Old(key[:10], paths)


def _replaced(job: Job, published: Shelf) -> Iterator[Old]:
    """Give the sounds and cards that a correction has replaced: apps may still ask for them for a while."""
    corrected = [one.id for one in published.entries if one.corrected and not one.withdrawn]
    for made in published.brief(corrected):
        listed = {made.audio, made.card, made.picture, *(one.audio for one in made.alternates)}
        for path in sorted((job.site / "episodes" / made.id).iterdir()):
            name = path.relative_to(job.site).as_posix()
            if path.suffix in SOUNDS and name not in listed:
                written = date.fromtimestamp(path.stat().st_mtime)
                yield Old(written.isoformat(), (path,))


def _size(paths: Iterable[Path]) -> int:
    """Count the bytes of files and folders; a file of two names counts once."""
    seen: dict[tuple[int, int], int] = {}
    for path in paths:
        for one in path.rglob("*") if path.is_dir() else [path]:
            if one.is_file() and not one.is_symlink():
                status = one.stat()
                seen[status.st_dev, status.st_ino] = status.st_size
    return sum(seen.values())


def _remove(paths: Iterable[Path]) -> int:
    freed = 0
    for path in paths:
        freed += _size([path])
        remove(path)
    return freed
