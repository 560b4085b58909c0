"""What radios find when no bulletin may be aired: a few words of the station's voice, made before they are needed.

They are made while a bulletin is built, as long as its edition's slot, and kept in ``cache/absence/<key>/``: when the
bulletin expires no voice is called.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from audionews import __version__
from audionews.desk import codec, sounding, stages, voicing
from audionews.desk.job import Job, unheard
from audionews.desk.workspace import Workspace
from audionews.errors import AudionewsError, UsageError
from audionews.model import Bulletin, Chapter, Clip, Rundown, Script, Timeline

TEMPLATE = "bulletin/absence.txt.j2"
FOREVER = datetime(9999, 12, 31, 23, 59, 59)  # the latest date a cart can hold; no zone could move it
VERSION = "1"  # raise it when what is made changes: it is part of the key
PENDING = "-relais"  # ends the key of sounds that another voice had to read: they are made again at the next build


def absence(job: Job) -> Mapping[str, Path] | None:
    """Put the spoken word of absence for the slot of a job's edition where radios find it.

    Args:
        job: of the bulletin that is built; it is told what could not be done, and nothing else.

    Returns:
        ``"mp3"`` and, where the station makes one, ``"wav"`` → the public file; None when the station airs nothing
        instead, or when the sounds could not be made: that is said, and is never a reason for a bulletin to fail.
    """
    from audionews.publish import copies, radio

    if job.station.broadcast.expired != "annonce":
        _forget(job)
        return None
    slot = job.station.slot_ms(job.edition)
    try:
        script = written(job)
        folder = _made(job, script, slot)
        bulletin = codec.load(folder / stages.BULLETIN, Bulletin)
        text = " ".join(segment.text for segment in script.segments if segment.text)
        made = copies.absence(text, bulletin, folder, slot, job.station)
        try:
            radio.keep(job.site, made, link=True)
            radio.air(job.site, made.name, radio.ABSENCE)
        except AudionewsError:
            shutil.rmtree(folder, ignore_errors=True)  # damaged, perhaps: the next build makes them again
            raise
    except (AudionewsError, OSError) as error:
        job.say(f"Attention, l’annonce « {copies.NO_BULLETIN} » n’a pas pu être faite : {error}")
        return None
    return {kind: job.site / copies.FOLDER / f"{made.name}.{kind}" for kind in made.sounds}


def _forget(job: Job) -> None:
    from audionews.publish import radio

    try:
        radio.forget_absences(job.site)
    except AudionewsError as error:
        job.say(f"Attention : {error}")


def written(job: Job) -> Script:
    """Write what is said, from the station's template or ours.

    Raises:
        UsageError: the template does not work, or gives no words.
    """
    from jinja2 import Environment, StrictUndefined, TemplateError

    from audionews.publish.copies import NO_BULLETIN
    from audionews.script import formats, text
    from audionews.script.write import presenters

    source = formats.read(TEMPLATE, job.station.folder)
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 words to be read aloud, not HTML
    try:
        said = environment.from_string(source).render(station=text.harmless(job.station.identity.name))
    except TemplateError as error:
        raise UsageError(f"Le modèle templates/{TEMPLATE} ne fonctionne pas ({error})", "Corrigez-le") from error
    return text.parse(said, _nothing(job, NO_BULLETIN), names=presenters(job.station))


def _nothing(job: Job, title: str) -> Rundown:
    return Rundown("absence", job.day, job.edition, job.format, title, ())


def _made(job: Job, script: Script, slot_ms: int) -> Path:
    """Give the folder of the finished sounds, with the bulletin that tells of them; they are made once."""
    key = _key(job, script, slot_ms)
    home = job.output / "cache" / "absence"
    target = home / key
    if (target / stages.BULLETIN).is_file():
        return target
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".") as scratch:
        work = Path(scratch, "run")
        space = Workspace(work)
        codec.save(space.path(stages.SCRIPT), script)
        quiet = replace(job, say=unheard)
        voicing.clips(quiet, space)
        _mixed(quiet, space, script, slot_ms)
        shutil.rmtree(work / stages.CLIPS_FOLDER)
        if space.run.grade == "degraded":
            target = home / f"{key}{PENDING}"
            shutil.rmtree(target, ignore_errors=True)
        work.replace(target)
    kept = {_key(job, script, one) for one in {slot_ms, *map(job.station.slot_ms, job.station.editions)}}
    for one in home.iterdir():
        if one.name.removesuffix(PENDING) not in kept and not one.name.startswith("."):
            shutil.rmtree(one, ignore_errors=True)
    return target


def _key(job: Job, script: Script, slot_ms: int) -> str:
    """Hash all that the sounds depend on; the day is not among them."""
    station = job.station
    parts = [
        *(VERSION, __version__, slot_ms, [(one.text, one.presenter, one.role) for one in script.segments]),
        *(voicing.settings(job), sounding.sounds_settings(job), sounding.cover_hash(station)),
        *(codec.encode(station.identity).decode(), codec.encode(replace(station.broadcast, valid_hours=0)).decode()),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def _mixed(job: Job, space: Workspace, script: Script, slot_ms: int) -> None:
    """Place, mix and master the words as a bulletin is, and leave the bulletin in the folder."""
    from audionews.publish.copies import NO_BULLETIN, SYNTHETIC, absence_name
    from audionews.publish.cover import small_cover
    from audionews.sound.bulletin import produce
    from audionews.sound.notice import Notice

    station, identity = job.station, job.station.identity
    zone = ZoneInfo(identity.timezone)
    notice = Notice(
        title=NO_BULLETIN,
        station=identity.name,
        comment=SYNTHETIC,
        cover=small_cover(station),
        air=job.now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0),
        until=FOREVER,
        name=absence_name(slot_ms),
        page=f"{identity.url}/",
    )
    clips = codec.load(space.path(stages.CLIPS), tuple[Clip, ...])
    sounds = sounding.sounds(job)
    placed = _placed(script, clips, sounds, slot_ms, _nothing(job, NO_BULLETIN))
    alone = replace(station, sound=replace(station.sound, light=False))
    made = produce(script, placed, space.folder, alone, sounds, notice, job.say)
    codec.save(space.path(stages.TIMELINE), placed)
    codec.save(space.path(stages.BULLETIN), made)


def _placed(
    script: Script, clips: tuple[Clip, ...], sounds: Mapping[str, Path], slot_ms: int, nothing: Rundown
) -> Timeline:
    """Fill the slot, the bed after the words; where the station's own jingles leave them no room, without these."""
    from audionews.sound import slot
    from audionews.sound.jingles import lengths
    from audionews.sound.timeline import arrange

    sizes = lengths(sounds)
    if not slot_ms:
        placed = arrange(script, clips, sizes, {})
    else:
        try:
            placed = slot.fit(script, clips, nothing, sizes, slot_ms)
        except AudionewsError:
            placed = slot.fit(script, clips, nothing, sizes | {"jingle": 0, "outro": 0}, slot_ms)
    return replace(placed, chapters=(Chapter(0, placed.duration_ms, nothing.title),))
