"""What the public sees, made anew from what was published: pages, lists and feeds."""

from __future__ import annotations

import hashlib

from audionews.desk import codec, ledger
from audionews.desk.code import code, own_templates
from audionews.desk.job import Job
from audionews.desk.sounding import cover_hash
from audionews.files import write
from audionews.publish.library import Library

KEYS = "cache/site.json"  # path of a part of the site → what it was made of


def renew(job: Job, library: Library) -> list[str]:
    """Make pages and feeds those of the published episodes, and give the paths that were written.

    Raises:
        AudionewsError: a file cannot be written; the former feeds, and every file they list, are as they were.
    """
    from audionews.publish.site import update

    path = job.output / KEYS
    known = codec.load(path, dict[str, str]) if path.is_file() else {}
    try:
        return update(
            library,
            job.station,
            job.site,
            cover(job),
            version=code(("publish",)) + own_templates(job.station.folder),
            guids=guids(job),
            known=known,
        )
    finally:
        codec.save(path, known)


def cover(job: Job) -> bytes:
    """Give the station's picture; it is drawn once, as it takes half a second."""
    from audionews.publish.cover import cover as drawn

    identity = job.station.identity
    told = [identity.name, identity.color, cover_hash(job.station), code(("publish/cover.py",))]
    path = job.output / "cache" / "cover" / f"{hashlib.sha256(repr(told).encode()).hexdigest()[:16]}.jpg"
    if not path.is_file():
        write(path, drawn(job.station))
    return path.read_bytes()


def guids(job: Job) -> dict[str, str]:
    """Give the permanent id of each feed, settled at its first publication: it stays when the site moves."""
    from audionews.publish.feed import ALL, path, podcast_guid

    station = job.station
    made = {one.name: podcast_guid(f"{station.identity.url}/{path(one)}") for one in (ALL, *station.feeds)}
    made[ALL.name] = station.podcast.guid or made[ALL.name]
    return {
        name: value if name == ALL.name and station.podcast.guid else ledger.fact(job.ledger, f"guid {name}", value)
        for name, value in made.items()
    }
