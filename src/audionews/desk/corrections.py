"""After publication: a bulletin is put right, or taken back."""

from __future__ import annotations

from dataclasses import replace

from audionews.desk import front, ledger, lock, pipeline, shelf, upkeep
from audionews.desk.job import Job
from audionews.errors import UsageError
from audionews.files import remove
from audionews.model import Episode, Rectification, Withdrawal

KEPT = {"index.html", "embed.html"}  # of a withdrawn bulletin's folder: its tombstone


def correct(job: Job, *, on_air: bool = True) -> None:
    """Publish the corrected text of a bulletin: its id and date stay, its sound gets a new address.

    Args:
        job: of the bulletin; `note` says what was wrong.
        on_air: whether the next edition says so too.

    Raises:
        UsageError: there is no such bulletin, or its text is what it was.
        AudionewsError: a stage failed; what is published is as it was.
    """
    former = published(job)
    if not (job.run_folder / "3-script.json").is_file():
        raise UsageError(
            f"Le dossier de travail {job.run_folder} n’est plus là : ce journal ne peut plus être corrigé",
            f"Pour le retirer : audionews withdraw {former.id} --reason « … »",
        )
    ran = pipeline.build(job, since="script")
    if "episode" not in ran:
        raise UsageError(
            f"Le texte du journal {former.id} n’a pas changé depuis sa publication : il n’y a rien à corriger",
            f"Corrigez d’abord {job.run_folder / '3-script.txt'}",
        )
    if on_air:
        name = former.title.partition(",")[0]
        ledger.plan(job.ledger, Rectification(former.id, name, former.date, job.note), job.now)


def withdraw(job: Job, reason: str) -> None:
    """Take a bulletin back: from the ledger, from radios, from feeds and pages; its sounds and texts are removed.

    What tells the public comes first: after a failure at any later step the same command goes on.

    Raises:
        UsageError: there is no such bulletin.
        AudionewsError: a file cannot be written or removed.
    """
    from audionews.publish import radio

    former = published(job)
    with lock.hold(job.output):
        gone = former.withdrawn or Withdrawal(job.now, reason)
        made = replace(former, summary="", chapters=(), captions=(), credits=(), alternates=(), card="", withdrawn=gone)
        shelf.record(job.ledger, made, job.air)  # and nothing was told in it
        upkeep.air(job)
        radio.remove(job.site, made.id)
        front.renew(job, shelf.shelf(job.ledger))
        for path in sorted((job.site / "episodes" / made.id).iterdir()):
            if path.name not in KEPT:
                remove(path)
        upkeep.deliver(job)


def published(job: Job) -> Episode:
    """Give a published bulletin.

    Raises:
        UsageError: there is none of that day and edition.
    """
    found = shelf.shelf(job.ledger).one(job.bulletin_id)
    if found is None:
        known = [one.id for one in shelf.shelf(job.ledger).entries[:5]]
        raise UsageError(
            f"Le journal {job.bulletin_id} n’a jamais été publié dans {job.output}",
            f"Les derniers publiés : {', '.join(known)}" if known else "Construisez-en un : audionews build",
        )
    return found
