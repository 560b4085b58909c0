"""The stage that publishes: what the public sees, and what the newsroom remembers of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from audionews.desk import codec, ledger
from audionews.desk.job import Job
from audionews.desk.sounding import air_time, cover_hash
from audionews.desk.stages import ARTICLES, BULLETIN, BULLETIN_SOUND, CLIPS, EPISODE, RUNDOWN, SCRIPT, TIMELINE
from audionews.desk.workspace import Workspace
from audionews.model import Article, Bulletin, Clip, Episode, Role, Rundown, Script, Timeline

TOLD = (Role.HEADLINE, Role.STORY, Role.BRIEF)


def episode_settings(job: Job) -> Any:
    """The publication depends on who the station is and who speaks, how long it is news, and on the page templates."""
    station = job.station
    names = [one.name for one in station.presenters]
    return [
        *(codec.encode(station.identity).decode(), cover_hash(station), job.air, names),
        station.broadcast.valid_hours,
    ]


def episode(job: Job, space: Workspace) -> None:
    """Publish: the site first, the feed last, then the ledger, so that a failure leaves what was there."""
    from audionews.publish.conducteur import conducteur_page, sheet
    from audionews.publish.episode import make_episode
    from audionews.publish.site import publish

    known = ledger.episodes(job.ledger)
    former = next((one for _air, one in known if one.id == job.bulletin_id), None)
    planned, written = codec.load(space.path(RUNDOWN), Rundown), codec.load(space.path(SCRIPT), Script)
    placed, bulletin = codec.load(space.path(TIMELINE), Timeline), codec.load(space.path(BULLETIN), Bulletin)
    made = make_episode(
        planned,
        written,
        codec.load(space.path(CLIPS), tuple[Clip, ...]),
        placed,
        bulletin,
        job.station,
        published=former.published if former else _publication_time(job),
    )
    others = [(air, one) for air, one in known if one.id != made.id]
    listed = sorted([*others, (job.air, made)], key=lambda pair: (pair[0], pair[1].id), reverse=True)
    newest = [one for _air, one in listed]
    publish(
        made,
        space.path(BULLETIN_SOUND),
        newest,
        job.station,
        job.site,
        is_latest=newest[0].id == made.id,
        others=_others(made, bulletin, space),
        sheet=conducteur_page(
            sheet(planned, written, placed, bulletin, job.station, made.audio),
            job.station,
            made.picture.rpartition("/")[2],
            "index.html",
        ),
    )
    # Each run reads every episode of the ledger, and nobody asks it for the times of words.
    brief = replace(made, captions=tuple(replace(one, words=()) for one in made.captions))
    ledger.record(job.ledger, brief, job.air, _told(space))
    codec.save(space.path(EPISODE), made)


def _others(made: Episode, bulletin: Bulletin, space: Workspace) -> dict[str, Path]:
    """Give the episode's other sounds and its picture: path in the site → file of the run."""
    by_digest = {one.sha256: space.path(one.path) for one in bulletin.recordings}
    files = {one.audio: by_digest[one.sha256] for one in made.alternates}
    return files | ({made.picture: space.path(bulletin.picture)} if made.picture else {})


def _told(space: Workspace) -> tuple[ledger.Told, ...]:
    """Give what is told of each story, for the editions to come."""
    from audionews.articles.imprint import imprint
    from audionews.publish.episode import aired

    planned, made = aired(
        codec.load(space.path(RUNDOWN), Rundown),
        codec.load(space.path(SCRIPT), Script),
        codec.load(space.path(TIMELINE), Timeline),
    )
    articles = {one.id: one for one in codec.load_lines(space.path(ARTICLES), Article)}
    told = []
    for story in (item.story for item in planned.items):
        said = tuple(one.text for one in made.segments if one.story == story.slug and one.role in TOLD)
        known = (articles[one] for one in (story.article_id, *story.also) if one in articles)
        if said:
            told.append(ledger.Told(story.title, said, tuple(imprint(one) for one in known)))
    return tuple(told)


def published(job: Job, space: Workspace) -> bool:
    """Tell whether what the public sees still holds this episode."""
    made = codec.load(space.path(EPISODE), Episode)
    sound = job.site / made.audio
    recorded = {one.id: one.sha256 for _air, one in ledger.episodes(job.ledger)}
    return (
        recorded.get(made.id) == made.sha256
        and (job.site / "feed.xml").is_file()
        and sound.is_file()
        and sound.stat().st_size == made.bytes
    )


def _publication_time(job: Job) -> datetime:
    """The hour of the edition, or now when that is still to come: no feed may hold a date in the future."""
    planned = air_time(job)
    return min(planned, job.now.astimezone(planned.tzinfo).replace(microsecond=0))
