"""Thirty bulletins in all formats from the development data, measured against the house style.

    python benchmarks/style.py [FOLDER] [--number 30] [--print N]

FOLDER holds orangesum_valid300.jsonl.gz (Tixierae/OrangeSum, CC BY-SA 4.0), press_noise_dev.jsonl and lessor/; none of
them is part of the project. Each bulletin is one day of forty articles; it goes through the very stages of
`audionews build --until script`. Figures wanted: words per sentence median ≤ 14, 90th percentile ≤ 20, none over 25; no
blocking rule broken; spoken words within 3 % of the format's budget; no pattern repeated in three editions.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import orangesum

from audionews.desk import newsroom
from audionews.desk.job import Job
from audionews.language import language
from audionews.model import Article, Label, Line, Role, Script
from audionews.proof.style import proofread
from audionews.script.text import render
from audionews.station import Identity, Station

FIRST = date(2025, 6, 2)
SOURCES = ("le quotidien Le Courrier", "le site Infos du Jour", "l’agence Dépêches", "l’hebdomadaire La Semaine")
FORMATS = ("journal", "flash", "magazine", "titres", "flash", "journal")


def articles(folder: Path) -> list[Article]:
    """Give every development article: those of OrangeSum with their title, the press pages as labelled."""
    found = [
        Article(f"o{at}", tuple(Line(one, Label.BODY) for one in row.article.split("\n") if one.strip()), row.title)
        for at, row in enumerate(orangesum.pairs(folder / "orangesum_valid300.jsonl.gz"))
    ]
    press = folder / "press_noise_dev.jsonl"
    if press.exists():
        for at, row in enumerate(map(json.loads, press.read_text("utf-8").splitlines())):
            lines = tuple(Line(one["text"], Label(one["label"])) for one in row["lines"])
            found.append(Article(f"p{at}", lines, source="le quotidien L’Essor"))
    return found


def day_of(every: list[Article], number: int, dice: random.Random) -> list[Article]:
    day = FIRST + timedelta(days=number)
    chosen = dice.sample(every, min(40, len(every)))
    return [
        replace(
            one,
            published=day - timedelta(days=dice.choice((0, 0, 1))),
            source=one.source or dice.choice(SOURCES),
            origin=one.id,
        )
        for one in chosen
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=orangesum.DATA)
    parser.add_argument("--number", type=int, default=30)
    parser.add_argument("--print", dest="shown", type=int, default=0, help="print the first N scripts")
    asked = parser.parse_args()
    if not (asked.folder / "orangesum_valid300.jsonl.gz").exists():
        raise SystemExit(f"{asked.folder} holds no development data: nothing measured")
    every, dice = articles(asked.folder), random.Random(11)
    spoken = language("fr").spoken
    lengths: list[int] = []
    told: list[int] = []
    broken: Counter[str] = Counter()
    warned: Counter[str] = Counter()
    off: list[float] = []
    used: list[frozenset[str]] = []
    repeated: list[str] = []
    started = time.process_time()
    with tempfile.TemporaryDirectory() as scratch:
        station = Station(Path(scratch), identity=Identity(name="Radio Bandoula"))
        for number in range(asked.number):
            form, edition = FORMATS[number % len(FORMATS)], ("matin", "midi", "soir")[number % 3]
            day = FIRST + timedelta(days=number)
            now = datetime(day.year, day.month, day.day, 6, tzinfo=ZoneInfo("UTC"))
            job = Job(station, day, edition, form, Path(scratch) / "output", now)
            recent = frozenset[str]().union(*used[-2:])
            planned = newsroom.planned(job, day_of(every, number, dice), recent)
            script = newsroom.written(job, planned, recent)
            words, of_stories = heard(script, spoken)
            asked_for = newsroom.order(job)
            budget = asked_for.words(asked_for.form.speech)
            lengths += words
            told += of_stories
            off.append(sum(words) / budget - 1)
            repeated += [one for one in script.patterns if one in recent]
            repeated += [one for one, times in Counter(script.patterns).items() if times > 1]
            used.append(frozenset(script.patterns))
            for one in proofread(script, planned, spoken=spoken, recent=recent):
                (broken if one.blocking else warned)[one.rule] += 1
            size = f"{len(planned.items):2} items {sum(words):5} of {budget} words ({off[-1]:+.1%})"
            print(f"{number + 1:2} {form:9} {size}")
            if number < asked.shown:
                print(render(script))
    tenth = statistics.quantiles(lengths, n=10)[-1]
    print(f"words per sentence: median {statistics.median(lengths)}, 90th percentile {tenth}, longest {max(lengths)}")
    tenth = statistics.quantiles(told, n=10)[-1]
    print(f"of the stories alone: median {statistics.median(told)}, 90th percentile {tenth}")
    print(f"over 25 words: {sum(one > 25 for one in lengths)} of {len(lengths)}")
    print(f"blocking rules broken: {dict(broken)}   warnings: {dict(warned.most_common())}")
    print(f"off the budget: worst {max(off, key=abs):+.1%}; beyond 3 %: {sum(abs(one) > 0.03 for one in off)}")
    print(f"patterns repeated within three editions: {len(repeated)} {' '.join(sorted(set(repeated)))}")
    spent, peak = time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{spent / asked.number:.1f} s of CPU a bulletin, peak {peak} MB")


def heard(script: Script, spoken: Callable[[str], str]) -> tuple[list[int], list[int]]:
    """Count the words of each sentence as spoken: all of them, and those of the stories alone."""
    counts = {
        one.id: sum(any(map(str.isalnum, word)) for word in spoken(one.text).split())
        for one in script.segments
        if one.text
    }
    stories = [counts[one.id] for one in script.segments if one.role in {Role.STORY, Role.BRIEF}]
    return list(counts.values()), stories


if __name__ == "__main__":
    main()
