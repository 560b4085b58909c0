"""What ``broadcast/latest.*`` have to hold now: the newest bulletin that may be aired, else what the station chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audionews.desk.job import Job
from audionews.errors import AudionewsError
from audionews.publish import radio
from audionews.publish.copies import BULLETIN, dated_name

PLACE = "broadcast/latest.*"


@dataclass(frozen=True, slots=True)
class Aired:
    """A published bulletin, for as long as it may be aired. Both moments are aware."""

    id: str
    starts: datetime
    expires: datetime  # not to be aired from then on
    withdrawn: bool = False


def refresh(job: Job, published: Sequence[Aired], built: str = "") -> str:
    """Make ``latest.*`` what they have to be at `job.now`; done twice, the second time changes nothing.

    The newest bulletin by its hour on air, whose dated copies are there, that is neither withdrawn nor expired; where
    there is none, the word of absence for the slot of the last one if the station wants it, else nothing. A bulletin
    is put there as soon as it is published: radios fetch it before its hour, which the JSON tells.

    Args:
        job: the station, its output folder, and now.
        published: every bulletin that the ledger knows, in any order.
        built: id of the one that has just been built, if any: when it is too old to be aired, that is said.

    Returns:
        What was done, in French, one line.

    Raises:
        AudionewsError: a file is missing, damaged, or cannot be written. Whatever could be removed of what may not be
            aired any more has been removed.
    """
    known = {one.id: one for one in published}
    held = radio.record(job.site)
    try:
        done = _put(job, published, held)
    except AudionewsError:
        if not _may_stay(radio.record(job.site), known, job.now):
            radio.clear(job.site)
        raise
    old = known.get(built)
    if old and old.expires <= job.now and not old.withdrawn:
        late = f"{built} n’était à diffuser que jusqu’au {_moment(old.expires, job)}"
        done = f"{late} : {PLACE} ne le donnent pas ; {done}"
    return f"Antenne : {done}"


def _put(job: Job, published: Sequence[Aired], held: Mapping[str, Any] | None) -> str:
    newest = sorted(published, key=lambda one: (one.starts, one.id), reverse=True)
    for one in newest:
        if one.withdrawn or one.expires <= job.now:
            continue
        name = dated_name(job.station, one.id)
        told: Mapping[str, Any] | None = radio.record(job.site, name)
        if told and _until(told, one) > job.now:
            radio.air(job.site, name)
            return _told(told, one, job)
        # Its dated copies are gone, or a correction of them was interrupted: what is there is still true.
        if held and held.get("id") == one.id and _until(held, one) > job.now and radio.whole(job.site):
            return _told(held, one, job)
    if job.station.broadcast.expired == "annonce":
        if name := _fitting(job, newest):
            radio.air(job.site, name)
            return f"aucun journal n’est à diffuser, {PLACE} donnent l’annonce de son absence ({name})."
        removed = radio.clear(job.site)
        return f"aucun journal n’est à diffuser, et l’annonce de son absence n’est pas prête{_gone(removed)}."
    return f"aucun journal n’est à diffuser{_gone(radio.clear(job.site))}."


def _told(told: Mapping[str, Any], one: Aired, job: Job) -> str:
    return f"{PLACE} donnent « {told['title']} », à diffuser jusqu’au {_moment(_until(told, one), job)}."


def _gone(removed: bool) -> str:
    return f" : {PLACE} ont été retirés" if removed else f" : il n’y a pas de {PLACE}"


def _until(told: Mapping[str, Any], one: Aired) -> datetime:
    """Give the end that holds: that of the JSON and of the sound's label, or an earlier one chosen since."""
    return min(datetime.fromisoformat(told["expires"]), one.expires)


def _may_stay(held: Mapping[str, Any] | None, known: Mapping[str, Aired], now: datetime) -> bool:
    """Tell whether what ``latest.*`` hold may still be aired; without a JSON nobody knows what they hold."""
    if held is None or held["state"] != BULLETIN:
        return held is not None
    one = known.get(held["id"])
    return one is not None and not one.withdrawn and _until(held, one) > now


def _fitting(job: Job, newest: Sequence[Aired]) -> str:
    """Give the absence that fills the slot of the bulletin that was aired last; else the longest that fits into it."""
    made = radio.absences(job.site)
    last = next((one for one in newest if one.starts <= job.now), newest[0] if newest else None)
    slot = _slot(job, last.id) if last else job.station.slot_ms(job.edition)
    if slot in made:
        return made[slot]
    inside = [length for length in made if length <= slot or not slot]
    return made[max(inside)] if inside and slot else made[min(inside)] if inside else ""


def _slot(job: Job, key: str) -> int:
    told = radio.record(job.site, dated_name(job.station, key))
    if told:
        return int(told["slot_ms"])
    edition = key[len("2025-06-07-") :]
    return job.station.slot_ms(edition) if edition in job.station.editions else 0


def _moment(when: datetime, job: Job) -> str:
    from audionews.publish.render import moment

    return moment(when, job.station)
