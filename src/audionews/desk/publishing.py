"""The stage that publishes: what the public sees, what radios fetch, and what the newsroom remembers of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from audionews.desk import absence, codec, front, ledger, shelf
from audionews.desk.code import own_templates
from audionews.desk.job import Job
from audionews.desk.sounding import cover_hash
from audionews.desk.stages import ARTICLES, BULLETIN, BULLETIN_SOUND, CLIPS, EPISODE, RUNDOWN, SCRIPT, TIMELINE
from audionews.desk.workspace import Workspace
from audionews.errors import AudionewsError
from audionews.files import hashed_name
from audionews.model import Article, Bulletin, Clip, Correction, Episode, Role, Rundown, Script, Timeline

TOLD = (Role.HEADLINE, Role.STORY, Role.BRIEF)


def episode_settings(job: Job) -> Any:
    """The publication depends on all that pages and feeds tell of the station, on its templates, and for how long."""
    from audionews.publish.parts import told

    station = job.station
    return [told(station), cover_hash(station), own_templates(station.folder), job.air, repr(station.broadcast)]


def episode(job: Job, space: Workspace) -> None:
    """Publish: sounds first, then radios, pages and lists, the feeds last, then the ledger.

    A failure leaves what was published as it was.

    Raises:
        AudionewsError: the bulletin has been withdrawn, nothing of it was corrected, or a file cannot be written.
    """
    from audionews.publish.conducteur import conducteur_page
    from audionews.publish.copies import files
    from audionews.publish.radio import keep
    from audionews.publish.sheet import sheet
    from audionews.publish.site import media
    from audionews.script.rectify import said

    published = shelf.shelf(job.ledger)
    former = published.one(job.bulletin_id)
    planned, written = codec.load(space.path(RUNDOWN), Rundown), codec.load(space.path(SCRIPT), Script)
    placed, bulletin = codec.load(space.path(TIMELINE), Timeline), codec.load(space.path(BULLETIN), Bulletin)
    made, card = _made(job, space, former)
    _allowed(job, former, made)
    paper = sheet(planned, written, placed, bulletin, job.station, made.audio, made.corrections)
    sources = _sources(made, bulletin, space)
    page = conducteur_page(paper, job.station, made.picture.rpartition("/")[2], "index.html") if made.picture else ""
    media(made, sources, card, page, job.station, job.site)
    aired = {"mp3": sources[made.audio]}
    for one in bulletin.recordings:
        if one.kind == "broadcast":
            aired["wav"] = space.path(one.path)
    keep(job.site, files(made, paper, aired, job.station))
    absence.absence(job)
    front.renew(job, published.with_episode(made, job.air))
    shelf.record(job.ledger, made, job.air, _told(space))
    ledger.put_right(job.ledger, said(planned, written), made.id)
    codec.save(space.path(EPISODE), made)


def _made(job: Job, space: Workspace, former: Episode | None) -> tuple[Episode, bytes]:
    """Make the episode of a run, and its card."""
    from audionews.publish.card import card
    from audionews.publish.episode import make_episode

    made = make_episode(
        codec.load(space.path(RUNDOWN), Rundown),
        codec.load(space.path(SCRIPT), Script),
        codec.load(space.path(CLIPS), tuple[Clip, ...]),
        codec.load(space.path(TIMELINE), Timeline),
        codec.load(space.path(BULLETIN), Bulletin),
        job.station,
        published=former.published if former else _publication_time(job),
    )
    drawn = card(job.station.identity, made.title, [one.title for one in made.credits])
    corrections = former.corrections if former else ()
    if job.note:
        corrections = (*corrections, Correction(job.now, job.note))
    shown = f"episodes/{made.id}/{hashed_name('carte.png', drawn)}"
    return replace(made, card=shown, corrections=corrections), drawn


def _allowed(job: Job, former: Episode | None, made: Episode) -> None:
    """See that a withdrawn bulletin does not come back by itself, and that a correction corrects something."""
    if former and former.withdrawn and not job.note:
        why = former.withdrawn.reason.rstrip(".")
        raise AudionewsError(
            f"Le journal {made.id} a été retiré ({why}) : il n’est pas publié de nouveau",
            f"Corrigez-en le texte, puis : audionews correct {made.id} --note « … »",
        )
    if former and job.note and former.sha256 == made.sha256:
        raise AudionewsError(
            f"Le son du journal {made.id} n’a pas changé : il n’y a rien à corriger",
            f"Corrigez d’abord {job.run_folder / '3-script.txt'}",
        )


def _sources(made: Episode, bulletin: Bulletin, space: Workspace) -> dict[str, Path]:
    """Give the episode's sounds and its picture: path in the site → file of the run."""
    by_digest = {one.sha256: space.path(one.path) for one in bulletin.recordings}
    files = {made.audio: space.path(BULLETIN_SOUND), **{one.audio: by_digest[one.sha256] for one in made.alternates}}
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
    known = {one.id: one for one in shelf.shelf(job.ledger).entries}
    listed = known.get(made.id)
    sound = job.site / made.audio
    return (
        listed is not None
        and listed.digest == shelf.entry(made, listed.air).digest
        and (job.site / "feed.xml").is_file()
        and sound.is_file()
        and sound.stat().st_size == made.bytes
    )


def _publication_time(job: Job) -> datetime:
    """The hour of the edition, or now when that is still to come: no feed may hold a date in the future."""
    return min(job.starts, job.now.astimezone(job.starts.tzinfo).replace(microsecond=0))
