"""The stage Script → Clips: each distinct sentence is voiced once, checked, finished, cached and placed.

A presenter has one voice for the whole bulletin. When the engine fails on one of their sentences, all of them are
read again by the next engine of the ladder; what the failing one has made stays in the cache for another day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from audionews.errors import AudionewsError
from audionews.language import Entry, Language
from audionews.model import Clip, Role, Script, Segment, Service
from audionews.voices import wav
from audionews.voices.base import Engine
from audionews.voices.cache import Cache, place
from audionews.voices.cache import Entry as Kept
from audionews.voices.progress import Progress
from audionews.voices.reading import read
from audionews.voices.words import printed
from audionews.voices.work import Failure, Order, Workers, order

FOLDER = "4-clips"
PACES = {Role.HEADLINE: 1.05}  # headlines are read a little quicker
_MS_A_LETTER = 65  # until the first clip is there to tell
_BYTES_A_MS = 48  # of a finished clip


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads for a presenter: the engine that is wanted, then those that take over. At least one."""

    name: str
    rungs: tuple[Engine, ...]


class _Job(NamedTuple):
    segment: Segment
    presenter: int  # its place among the readers
    said: str  # what a transcript of the sound would say
    order: Order
    label: str


def make_clips(
    script: Script,
    readers: Sequence[Reader],
    run: Path,
    cache: Cache,
    language: Language,
    workers: Workers,
    *,
    entries: Mapping[str, Entry] = MappingProxyType({}),
    progress: Callable[[Progress], None] = lambda _progress: None,
) -> tuple[tuple[Clip, ...], tuple[Service, ...]]:
    """Voice every segment of a script that has words.

    Args:
        script: what is read.
        readers: of presenter 1, and of presenter 2 when there is one.
        run: the run folder; its folder ``4-clips`` holds the script's clips and nothing else afterwards.
        cache: where finished clips are kept from run to run.
        language: of the script.
        workers: who makes the clips.
        entries: the station's own words, by how they are said.
        progress: told, in the caller's thread, how far the work is.

    Returns:
        One clip a segment with words, in the script's order whoever the workers; and who has read for each presenter.

    Raises:
        AudionewsError: a presenter's last engine failed too; the segment is named, and the clips of the last run
            stay as they were.
    """
    at = [0 for _ in readers]
    why = ["" for _ in readers]
    kept: dict[str, Kept] = {}
    while True:
        jobs = _jobs(script, [one.rungs[rung] for one, rung in zip(readers, at, strict=True)], entries, language)
        failed = _voiced(jobs, cache, workers, kept, progress)
        if not failed:
            break
        for place_of, (segment, failure) in failed.items():
            if at[place_of] + 1 == len(readers[place_of].rungs):
                raise AudionewsError(f"Phrase {segment} : {failure.message}", failure.hint)
            at[place_of] += 1
            why[place_of] = why[place_of] or failure.message
    clips = _placed(jobs, kept, run, language)
    served = (
        Service(one.name, one.rungs[0].label, one.rungs[rung].label, reason)
        for one, rung, reason in zip(readers, at, why, strict=True)
    )
    return clips, tuple(served)


def _jobs(script: Script, engines: Sequence[Engine], entries: Mapping[str, Entry], language: Language) -> list[_Job]:
    jobs, seen = [], set[str]()
    paced = [{role: engine.paced(pace) for role, pace in PACES.items()} for engine in engines]
    for segment in script.segments:
        if not segment.text.strip():
            continue
        if not re.fullmatch(r"[\w-]+", segment.id) or segment.id in seen:
            raise AudionewsError(
                f"Le repère « {segment.id} » du script est illisible ou sert deux fois",
                "Donnez à chaque phrase un repère à elle, en lettres, chiffres et tirets",
            )
        seen.add(segment.id)
        presenter = min(segment.presenter, len(engines)) - 1
        engine = paced[presenter].get(segment.role, engines[presenter])
        said = language.spoken(segment.text)
        jobs.append(_Job(segment, presenter, said, order(engine, read(said, engine, entries, language)), engine.label))
    return jobs


def _voiced(
    jobs: Sequence[_Job],
    cache: Cache,
    workers: Workers,
    kept: dict[str, Kept],
    progress: Callable[[Progress], None],
) -> dict[int, tuple[str, Failure]]:
    """Fill `kept` with the clips of all jobs; give the presenters whose engine failed, on which segment and why."""
    asked: dict[Order, list[_Job]] = {}
    for job in jobs:
        asked.setdefault(job.order, []).append(job)
    for one in asked:
        if one.key not in kept and (found := cache.find(one.key)):
            kept[one.key] = found
    missing = [one for one in asked if one.key not in kept]
    failed: dict[int, tuple[str, Failure]] = {}
    voices, made_ms, letters, left = ", ".join(dict.fromkeys(job.label for job in jobs)), 0, 0, len(missing)
    todo = sum(len(one.text) for one in missing)

    def tell() -> None:
        pace = made_ms / letters if letters else _MS_A_LETTER
        progress(Progress(len(asked) - left, len(asked), made_ms, round(pace * (todo - letters)), voices))

    def unwanted(one: Order) -> bool:
        return all(job.presenter in failed for job in asked[one])

    tell()
    for one, result in workers.run(missing, unwanted):
        if isinstance(result, Failure):
            for job in asked[one]:
                failed.setdefault(job.presenter, (job.segment.id, result))
            continue
        kept[one.key] = cache.keep(one.key, result)
        left, made_ms, letters = left - 1, made_ms + len(result) // _BYTES_A_MS, letters + len(one.text)
        tell()
    return failed


def _placed(jobs: Sequence[_Job], kept: Mapping[str, Kept], run: Path, language: Language) -> tuple[Clip, ...]:
    folder = run / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    clips = tuple(_clip(job, kept[job.order.key], run, language) for job in jobs)
    wanted = {Path(clip.path).name for clip in clips}
    for path in folder.iterdir():
        if path.name not in wanted and path.is_file():
            path.unlink()
    return clips


def _clip(job: _Job, entry: Kept, run: Path, language: Language) -> Clip:
    path = f"{FOLDER}/{job.segment.id}.wav"
    place(entry.path, run / path)
    sound = wav.read((run / path).read_bytes())
    times = [(start * 1000 // sound.rate, end * 1000 // sound.rate) for start, end in sound.words]
    return Clip(
        segment=job.segment.id,
        path=path,
        duration_ms=round(sound.seconds * 1000),
        spoken=job.said,
        voice=job.label,
        sha256=entry.sha256,
        words=printed(job.segment.text, job.said, job.order.text, times, language.spoken),
    )
