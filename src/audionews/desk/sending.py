"""The site goes to all targets of the station, one after another, and hubs are told of the feeds that are new."""

from __future__ import annotations

import mimetypes
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from audionews.desk.job import Job
from audionews.errors import AudionewsError, UsageError, nearest
from audionews.files import slugify
from audionews.publish import serve
from audionews.publish.feed import ALL
from audionews.publish.feed import path as feed_path
from audionews.publish.render import weight
from audionews.station import Station
from audionews.targets import choice, local, secrets, state, websub
from audionews.targets.choice import Target
from audionews.targets.opening import open_place
from audionews.targets.place import Place
from audionews.targets.plan import Plan, plan
from audionews.targets.send import Progress, send

SAID = 10.0  # seconds between two lines on how far a transfer is


@dataclass(frozen=True, slots=True)
class Draft:
    """What would travel to a target."""

    target: Target
    plan: Plan
    sizes: dict[str, int]  # path → bytes of each file of the site


def targets(station: Station, site: Path, names: Sequence[str] = ()) -> tuple[Target, ...]:
    """Read and check the station's targets and its hub.

    Args:
        station: who speaks.
        site: the local site, which is no target of itself.
        names: give only these; all when empty.

    Raises:
        UsageError: one of them is not as it must be, or a name is none of them.
    """
    found = choice.read(station.targets, station.folder, site)
    if station.podcast.hub:
        websub.check_hub(station.podcast.hub)
    known, asked = [one.name for one in found], [slugify(name, words=8) for name in names]
    for name, as_named in zip(names, asked, strict=True):
        if as_named not in known:
            raise UsageError(
                f"La cible « {name} » n’existe pas pour cette station", nearest(as_named, known, "une table [[target]]")
            )
    return tuple(one for one in found if not asked or one.name in asked)


def deliver(job: Job, names: Sequence[str] = (), *, anew: bool = False) -> None:
    """Send to each target what it does not have, and delete there what the site no longer has.

    The output folder must be held (`desk.lock`). A target that fails does not keep the others from theirs, and
    what travelled to it will not travel again.

    Args:
        job: whose site it is.
        names: of targets; all when empty.
        anew: send everything, as to a place that somebody else has emptied.

    Raises:
        UsageError: a target is not as it must be; nothing was sent.
        AudionewsError: there is no site, or targets have failed; each is named.
    """
    chosen = targets(job.station, job.site, names)
    if not chosen:
        return
    site = local.read_site(job.site, _states(job))
    heads = _heads(job.station)
    failed: list[tuple[Target, AudionewsError]] = []
    fresh: set[str] = set()
    for target in chosen:
        sent = state.load(target, _states(job))
        todo = plan(site.digests, dict.fromkeys(sent.files, state.UNSURE) if anew else sent.files, heads)
        if not todo:
            job.say(f"« {target.name} » est à jour.")
            continue
        try:
            place = open_place(target, secrets.find(target, os.environ))
            job.say(f"Envoi vers « {target.name} » : {_amount(todo, site.sizes)}…")
            send(todo, site, place, sent, headers, tell=_teller(job.say, target))
        except AudionewsError as error:
            failed.append((target, error))
            if len(chosen) > 1:  # else it is the last line anyway
                job.say(f"Échec : {error}")
            continue
        job.say(f"« {target.name} » est à jour.")
        fresh |= heads.intersection(todo.sent)
    if failed:
        raise _failure(failed, len(chosen))
    for path in sorted(fresh) if job.station.podcast.hub else ():
        try:
            websub.ping(job.station.podcast.hub, f"{job.station.identity.url}/{path}")
        except AudionewsError as error:  # apps will find the feed by themselves, somewhat later
            job.say(str(error))


def draft(job: Job, names: Sequence[str] = (), *, anew: bool = False) -> tuple[Draft, ...]:
    """Give what `deliver` would do; nothing is sent, and no target is asked.

    Raises:
        UsageError: as `deliver`.
        AudionewsError: there is no site.
    """
    chosen = targets(job.station, job.site, names)
    site = local.read_site(job.site, _states(job))
    made = []
    for target in chosen:
        sent = state.load(target, _states(job)).files
        known = dict.fromkeys(sent, state.UNSURE) if anew else sent
        made.append(Draft(target, plan(site.digests, known, _heads(job.station)), site.sizes))
    return tuple(made)


def check(job: Job, names: Sequence[str] = ()) -> None:
    """Try each target: a small file is written, read back and deleted.

    Raises:
        UsageError: as `deliver`.
        AudionewsError: targets have failed; each is named.
    """
    chosen = targets(job.station, job.site, names)
    failed = []
    for target in chosen:
        try:
            place = open_place(target, secrets.find(target, os.environ))
            _probe(place)
        except AudionewsError as error:
            failed.append((target, error))
            if len(chosen) > 1:  # else it is the last line anyway
                job.say(f"Échec : {error}")
        else:
            job.say(f"« {target.name} » répond : on peut y écrire, lire et supprimer.")
    if failed:
        raise _failure(failed, len(chosen))


def headers(path: str) -> dict[str, str]:
    """Give the headers of a file as `audionews serve` sends them, and a type to every file of a known one."""
    made = serve.headers(path)
    if "Content-Type" not in made:
        kind = mimetypes.MimeTypes().guess_type(path)[0]  # Python's own table, not this machine's
        if kind:
            made["Content-Type"] = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    return made


def _probe(place: Place) -> None:
    name = f"audionews-essai-{token_hex(8)}.txt"  # of nobody else
    content = f"audionews {name}\n".encode()
    try:
        with TemporaryDirectory() as folder:
            local_file = Path(folder) / name
            local_file.write_bytes(content)
            place.put(local_file, name, {"Content-Type": "text/plain; charset=utf-8"})
            if place.read(name) != content:
                raise AudionewsError(
                    f"La cible « {place.target.name} » ne rend pas ce qu’on y écrit", "Voyez ce qui la sert"
                )
            place.delete(name)
    except AudionewsError:
        raise
    except Exception as error:
        raise place.explain(error, name).error(place.target) from error
    finally:
        place.close()


def _states(job: Job) -> Path:
    return job.output / "sent"


def _heads(station: Station) -> frozenset[str]:
    """Give the feeds' first documents: those that apps ask for again and again."""
    return frozenset(feed_path(one) for one in (ALL, *station.feeds))


def _amount(todo: Plan, sizes: dict[str, int]) -> str:
    sent, gone = todo.sent, len(todo.deleted)
    words = [f"{len(sent)} fichier{'s' * (len(sent) > 1)}, {weight(sum(sizes[path] for path in sent))}"] if sent else []
    words += [f"{gone} à supprimer"] if gone else []
    return ", ".join(words)


def _teller(say: Callable[[str], None], target: Target) -> Callable[[Progress], None]:
    """Make what tells of a long transfer now and then."""
    last = time.monotonic()

    def tell(at: Progress) -> None:
        nonlocal last
        if at.files < at.of_files and time.monotonic() - last >= SAID:
            last = time.monotonic()
            say(
                f"« {target.name} » : {at.files} fichiers sur {at.of_files}, "
                f"{weight(at.bytes)} sur {weight(at.of_bytes)}"
            )

    return tell


def _failure(failed: Sequence[tuple[Target, AudionewsError]], count: int) -> AudionewsError:
    if len(failed) == 1:
        return failed[0][1]
    names = ", ".join(f"« {target.name} »" for target, _error in failed)
    return AudionewsError(
        f"{len(failed)} cibles sur {count} ont échoué : {names}",
        "Le site local est entier ; corrigez ce qui est dit plus haut, puis relancez « audionews send »",
    )
