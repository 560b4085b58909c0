"""The stage Script → Clips: each distinct sentence is voiced once, checked, finished, cached and placed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import wave
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from audionews.errors import AudionewsError
from audionews.language import Entry, Language
from audionews.model import Clip, Script
from audionews.voices import finish
from audionews.voices.base import Engine
from audionews.voices.cache import Cache, place
from audionews.voices.cache import Entry as Kept
from audionews.voices.reading import read
from audionews.voices.say import HINT, voiced

FOLDER = "4-clips"


@dataclass(frozen=True, slots=True)
class _Job:
    segment: str
    spoken: str  # what a transcript of the sound would say
    read: str  # what the engine is given: names as they sound
    key: str


def make_clips(
    script: Script,
    engine: Engine,
    run: Path,
    cache: Cache,
    language: Language,
    *,
    entries: Mapping[str, Entry] = MappingProxyType({}),
    workers: int = 2,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Clip, ...]:
    """Voice every segment of a script that has words.

    Args:
        script: what is read.
        engine: who reads.
        run: the run folder; its folder ``4-clips`` holds the script's clips and nothing else afterwards.
        cache: where finished clips are kept from run to run.
        language: of the script.
        entries: the station's own words, by how they are said.
        workers: threads that call the engine at once.
        progress: told, in the caller's thread, how many distinct sentences are ready, and of how many.

    Returns:
        One clip a segment with words, in the script's order whatever the workers.

    Raises:
        AudionewsError: a sentence could not be voiced, even at the second try; the segment is named, and
            the clips of the last run stay as they were.
    """
    jobs = _jobs(script, engine, entries, language)
    made = _voiced(jobs, engine, cache, workers, progress)
    folder = run / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    clips = tuple(_placed(job, made[job.key], engine, run) for job in jobs)
    wanted = {f"{job.segment}.wav" for job in jobs}
    for path in folder.iterdir():
        if path.name not in wanted and path.is_file():
            path.unlink()
    return clips


def clip_key(engine: Engine, text: str) -> str:
    """Give the cache's key of a text: the SHA-256 of all that makes the clip sound as it does."""
    made_from = [
        *(engine.name, engine.version, engine.voice, engine.speed),
        *(dataclasses.asdict(engine.options), text, finish.VERSION),
    ]
    return hashlib.sha256(json.dumps(made_from, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _jobs(script: Script, engine: Engine, entries: Mapping[str, Entry], language: Language) -> list[_Job]:
    jobs, seen = [], set[str]()
    for segment in script.segments:
        if not segment.text.strip():
            continue
        if not re.fullmatch(r"[\w-]+", segment.id) or segment.id in seen:
            raise AudionewsError(
                f"Le repère « {segment.id} » du script est illisible ou sert deux fois",
                "Donnez à chaque phrase un repère à elle, en lettres, chiffres et tirets",
            )
        seen.add(segment.id)
        said = language.spoken(segment.text)
        given = read(said, engine, entries, language)
        jobs.append(_Job(segment.id, said, given, clip_key(engine, given)))
    return jobs


def _voiced(
    jobs: Sequence[_Job],
    engine: Engine,
    cache: Cache,
    workers: int,
    progress: Callable[[int, int], None] | None,
) -> dict[str, Kept]:
    distinct = {job.key: job for job in reversed(jobs)}.values()
    longest_first = sorted(distinct, key=lambda job: -len(job.read))  # so that no worker ends long after the others
    made: dict[str, Kept] = {}
    with ThreadPoolExecutor(max(1, workers), "voice") as pool:
        futures = {pool.submit(_entry, job, engine, cache): job for job in longest_first}
        try:
            for future in as_completed(futures):
                made[futures[future].key] = future.result()
                if progress is not None:
                    progress(len(made), len(futures))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return made


def _entry(job: _Job, engine: Engine, cache: Cache) -> Kept:
    try:
        return cache.find(job.key) or cache.keep(job.key, voiced(job.read, engine))
    except AudionewsError as error:
        error.message = f"Phrase {job.segment} : {error.message}"
        raise
    except Exception as error:
        raise AudionewsError(
            f"Phrase {job.segment} : {engine.label} a échoué ({type(error).__name__} : {error})", HINT
        ) from error


def _placed(job: _Job, entry: Kept, engine: Engine, run: Path) -> Clip:
    path = f"{FOLDER}/{job.segment}.wav"
    place(entry.path, run / path)
    with wave.open(str(run / path), "rb") as file:
        duration_ms = file.getnframes() * 1000 // file.getframerate()
    return Clip(job.segment, path, duration_ms, job.spoken, engine.label, entry.sha256)
