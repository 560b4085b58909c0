"""What each stage reads, does and leaves: files of the run in, the next files out; none calls another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from audionews.desk import codec, collecting, ledger
from audionews.desk.job import Job, unheard
from audionews.desk.workspace import Workspace
from audionews.errors import AudionewsError, UsageError
from audionews.model import (
    Article,
    Bulletin,
    Clip,
    Episode,
    Role,
    Rundown,
    Script,
    Timeline,
)
from audionews.station import Station

ARTICLES, REFUSED = "1-articles.jsonl", "1-refused.json"
RUNDOWN, RUNDOWN_VIEW = "2-rundown.json", "2-rundown.md"
SCRIPT, SCRIPT_TEXT = "3-script.json", "3-script.txt"
CLIPS_FOLDER, CLIPS = "4-clips/", "4-clips/clips.json"
TIMELINE = "5-timeline.json"
BULLETIN, BULLETIN_SOUND, BULLETIN_PICTURE = "6-bulletin.json", "6-bulletin.mp3", "6-bulletin.png"
BROADCAST_FOLDER, LIGHT_FOLDER = "6-broadcast/", "6-light/"
EPISODE = "7-episode.json"
_REASONS = 3  # that are named where nothing can be read
TOLD = (Role.HEADLINE, Role.STORY, Role.BRIEF)


class Stage(NamedTuple):
    """One step of the day's work."""

    name: str  # as typed after --from and --until
    label: str  # as told to the operator
    needs: tuple[str, ...]  # files of earlier stages it reads
    leaves: tuple[str, ...]  # files it writes; views are not counted
    rooms: tuple[str, ...]  # whose code makes its result: a change there makes it run again
    settings: Callable[[Job], Any]  # what else its result depends on, as JSON
    work: Callable[[Job, Workspace], None]
    accept: Callable[[Job, Workspace, list[str]], None] = lambda _job, _space, _edited: None  # take over a hand's edit
    heavy: bool = False  # what it loads had better not stay in memory beside the network of a voice
    stands: Callable[[Job, Workspace], bool] = lambda _job, _space: True  # what it left outside the run is there


# articles


def articles(job: Job, space: Workspace) -> None:
    """Collect the day's articles and sift them."""
    from audionews.articles.collect import each

    given = each(collecting.sources(job))
    found = collecting.sifted(job, collecting.collected(job, given), given)
    for remark in (*found.refused, *found.remarks):
        job.say(f"{remark.origin} : {remark.message}")
    if not found.articles:
        raise AudionewsError("Aucun article utilisable : rien n’est publié", "Voyez les raisons ci-dessus")
    codec.save(space.path(REFUSED), found.refused + found.remarks)
    codec.save_lines(space.path(ARTICLES), found.articles)


# rundown


def rundown_settings(job: Job) -> Any:
    """The rundown depends on the format, the voice's pace, the station's choices and what was told before."""
    from audionews.desk import newsroom
    from audionews.script import formats

    asked, station = newsroom.order(job), job.station
    told = ledger.aired(job.ledger, job.air, station.programme.memory_days)
    choices = codec.encode((station.protection, station.ranking, station.condense)).decode()
    return [
        *(codec.encode(asked).decode(), formats.fingerprint(station.folder), station.identity.name, choices),
        *(station.programme.memory_days, codec.encode(told).decode()),
    ]


def rundown(job: Job, space: Workspace) -> None:
    """Choose, condense and order the stories."""
    from audionews.desk import newsroom
    from audionews.files import write
    from audionews.script.rundown import view

    found, recent = codec.load_lines(space.path(ARTICLES), Article), ledger.recent_patterns(job.ledger, job.air)
    planned = newsroom.planned(job, found, recent)
    write(space.path(RUNDOWN_VIEW), view(planned).encode())
    for remark in planned.dropped:
        job.say(f"{remark.origin} : {remark.message}")
    if not planned.items:
        why = Counter(one.message.partition(" : ")[0] for one in planned.dropped).most_common(_REASONS)
        told = " ; ".join(f"{number} × {reason}" for reason, number in why)
        raise AudionewsError(
            f"Aucun sujet à lire, rien n’est publié ({told or 'aucun article'})",
            "Voyez les raisons ci-dessus, ou ajoutez des articles du jour",
        )
    codec.save(space.path(RUNDOWN), planned)


# script


def script_settings(job: Job) -> Any:
    """The script depends on the station's name and presenters, the edition's hour and the templates."""
    from audionews.script import formats
    from audionews.script.write import presenters

    station, edition = job.station, job.station.edition(job.edition)
    return [station.identity.name, edition.time, job.format, formats.fingerprint(station.folder), presenters(station)]


def script(job: Job, space: Workspace) -> None:
    """Write the words; what its article does not hold, or the house does not read, is left out and said."""
    from audionews.desk import newsroom

    planned = codec.load(space.path(RUNDOWN), Rundown)
    found = codec.load_lines(space.path(ARTICLES), Article)
    recent = ledger.recent_patterns(job.ledger, job.air)
    made = newsroom.written(job, planned, recent)
    wrong = newsroom.blocking(job, made, planned, found)
    if wrong:
        _tell(job, wrong)
        made = newsroom.written(job, newsroom.without(planned, made, wrong), recent)
    _save_script(job, space, made)


def accept_script(job: Job, space: Workspace, edited: list[str]) -> None:
    """Take over an editor's correction: of the text, or else of the JSON. It is read as it stands, with warnings."""
    from audionews.desk import newsroom
    from audionews.script import formats
    from audionews.script.text import parse
    from audionews.script.write import presenters

    planned = codec.load(space.path(RUNDOWN), Rundown)
    if SCRIPT_TEXT in edited and SCRIPT in edited:
        raise UsageError(
            f"{SCRIPT_TEXT} et {SCRIPT} ont été corrigés tous les deux",
            f"Gardez la correction de {SCRIPT_TEXT} et refaites l’autre avec --from script, ou l’inverse",
        )
    if SCRIPT_TEXT in edited:
        patterns = codec.load(space.path(SCRIPT), Script).patterns
        cast = formats.load(planned.format, job.station.folder).cast
        corrected = parse(_corrected_text(space), planned, patterns, presenters(job.station), cast)
    else:
        corrected = codec.load(space.path(SCRIPT), Script)
    _tell(job, newsroom.blocking(job, corrected, planned, codec.load_lines(space.path(ARTICLES), Article)))
    _save_script(job, space, corrected)


def _corrected_text(space: Workspace) -> str:
    try:
        return space.path(SCRIPT_TEXT).read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{space.path(SCRIPT_TEXT)} n’est pas en UTF-8", "Enregistrez-le en UTF-8") from error


def _save_script(job: Job, space: Workspace, script: Script) -> None:
    from audionews.files import write
    from audionews.script.text import render
    from audionews.script.write import presenters

    codec.save(space.path(SCRIPT), script)
    write(space.path(SCRIPT_TEXT), render(script, presenters(job.station)).encode())


def _tell(job: Job, wrong: dict[str, str]) -> None:
    for segment, why in wrong.items():
        job.say(f"Attention, {segment} : {why}")


# clips


def clips(job: Job, space: Workspace) -> None:
    """Have the script read; first, that the station's sounds can be used: voices take minutes."""
    from audionews.desk import voicing

    sounds(replace(job, say=unheard))
    voicing.clips(job, space)


# timeline


def sounds_settings(job: Job) -> Any:
    """The station's own sounds, byte for byte, and their levels."""
    from audionews.sound.jingles import VERSION

    choice = job.station.sound
    files = [job.station.folder / name for name in (choice.jingle, choice.sting, choice.bed, choice.outro) if name]
    return [VERSION, codec.encode(choice).decode(), [_hash(path) for path in files]]


def sounds(job: Job) -> dict[str, Path]:
    """Give the station's jingle, sting, bed and outro as WAV files."""
    from audionews.sound.jingles import prepare

    return prepare(job.station.sound, job.station.folder, job.output / "cache" / "sounds", job.say)


def timeline_settings(job: Job) -> Any:
    """The timeline depends on the sounds, the slot, and the format's pauses."""
    from audionews.script import formats

    asked, breath = job.station.slot_ms(job.edition), formats.load(job.format, job.station.folder).breath
    return [sounds_settings(job), asked, job.station.programme.short if asked else "", breath]


def timeline(job: Job, space: Workspace) -> None:
    """Place speech and sounds in time, within the slot when there is one; how is kept in run.json and told."""
    from audionews.desk import views
    from audionews.script import formats
    from audionews.sound import slot
    from audionews.sound.jingles import lengths
    from audionews.sound.timeline import Pace, arrange

    planned, spoken = codec.load(space.path(RUNDOWN), Rundown), codec.load(space.path(SCRIPT), Script)
    clips, sizes = codec.load(space.path(CLIPS), tuple[Clip, ...]), lengths(sounds(job))
    asked, breath = job.station.slot_ms(job.edition), formats.load(planned.format, job.station.folder).breath
    if asked:
        short = job.station.programme.short
        placed = slot.fit(spoken, clips, planned, sizes, asked, short=short, breath=breath)
    else:
        titles = {item.story.slug: item.story.title for item in planned.items}
        urls = {item.story.slug: item.story.url for item in planned.items if item.story.url}
        placed = arrange(spoken, clips, sizes, titles, urls, Pace(breath))
    space.run.slot = placed.fit
    if placed.fit:
        job.say(("" if placed.fit.short_ms else "Créneau : ") + views.fitted(placed.fit))
    codec.save(space.path(TIMELINE), placed)


# bulletin


def bulletin_settings(job: Job) -> Any:
    """The masters depend on the sounds, the levels and what their tags say."""
    station = job.station
    told = codec.encode((station.identity, station.broadcast, station.edition(job.edition).time)).decode()
    return [sounds_settings(job), told, _cover_hash(station)]


def bulletin(job: Job, space: Workspace) -> None:
    """Mix, master, hear, tag."""
    from audionews.publish.cover import small_cover
    from audionews.publish.episode import aired, title
    from audionews.sound.bulletin import produce
    from audionews.sound.notice import Notice

    timeline, written = codec.load(space.path(TIMELINE), Timeline), codec.load(space.path(SCRIPT), Script)
    planned, _ = aired(codec.load(space.path(RUNDOWN), Rundown), written, timeline)
    credited = dict.fromkeys(item.story.source for item in planned.items if item.story.source)
    identity, air = job.station.identity, _air_time(job)
    notice = Notice(
        title=title(planned),
        station=identity.name,
        comment="Voix de synthèse. Sources : " + ", ".join(credited) + "." if credited else "Voix de synthèse.",
        cover=small_cover(job.station),
        air=air,
        until=(air.astimezone(UTC) + timedelta(hours=job.station.broadcast.valid_hours)).astimezone(air.tzinfo),
        name=f"{identity.slug}-{job.bulletin_id}",
        page=f"{identity.url}/episodes/{job.bulletin_id}/",
    )
    ready = sounds(replace(job, say=unheard))  # what is to say of them was said when the timeline was made
    made = produce(written, timeline, space.folder, job.station, ready, notice, job.say)
    codec.save(space.path(BULLETIN), made)


# episode


def episode_settings(job: Job) -> Any:
    """The publication depends on who the station is and who speaks, how long it is news, and on the page templates."""
    station = job.station
    names = [one.name for one in station.presenters]
    return [
        *(codec.encode(station.identity).decode(), _cover_hash(station), job.air, names),
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
    planned = _air_time(job)
    return min(planned, job.now.astimezone(planned.tzinfo).replace(microsecond=0))


def _air_time(job: Job) -> datetime:
    hour, minute = job.station.edition(job.edition).time.split(":")
    zone = ZoneInfo(job.station.identity.timezone)
    return datetime(job.day.year, job.day.month, job.day.day, int(hour), int(minute), tzinfo=zone)


def _cover_hash(station: Station) -> str:
    return _hash(station.folder / station.identity.cover) if station.identity.cover else ""


def _hash(path: Path) -> str:
    import hashlib

    try:
        with path.open("rb") as stream:  # a station's bed may last for hours
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(
            f"{path} ne peut pas être lu ({error.strerror})", "Corrigez son nom dans station.toml"
        ) from error
