"""Events: precision and recall of pairs, false merges among OrangeSum's articles, and time and memory at scale.

    python benchmarks/events.py [orangesum_train4000.jsonl.gz]

The labelled articles are the project's own (tests/data/events). Data for the rest: Tixierae/OrangeSum, CC BY-SA 4.0;
it is not part of the project, and undated: what it merges is printed, to be judged by eye.
"""

from __future__ import annotations

import re
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import orangesum

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.event_samples import DATA, Sample, samples

from audionews.articles.copies import first_seen
from audionews.articles.events import Aired, against, group
from audionews.articles.imprint import imprint
from audionews.desk import ledger
from audionews.model import Article, Label, Line

DAY = date(2025, 6, 7)
REMEMBERED, NEW = 20_000, 500


def pairs(found: Sequence[Sample]) -> tuple[int, int, int]:
    """Count pairs found and right, found and wrong, missed."""
    events = group([one.article for one in found])
    place = {article.id: at for at, event in enumerate(events) for article in event.articles}
    counted = [0, 0, 0]
    for one, other in combinations(found, 2):
        same, told_same = one.event == other.event, place[one.article.id] == place[other.article.id]
        if same or told_same:
            counted[0 if same and told_same else 1 if told_same else 2] += 1
    return counted[0], counted[1], counted[2]


def varied(article: Article, copy: int) -> Article:
    """Make another event of an article: the same words, other names and other figures."""
    ending = f"{'aeiouy'[copy % 6]}l{'bcdfgmnprst'[copy % 11]}o"
    text = re.sub(r"[A-ZÀ-Ý][\w-]{2,}", lambda name: name[0] + ending, article.body[0])
    text = re.sub(r"\d+", lambda figure: str(int(figure[0][:9]) + 7 * copy), text)
    return Article(f"{article.id}-{copy}", (Line(text, Label.BODY),), article.title, DAY)


def scale(articles: list[Article]) -> None:
    """Match a day's articles with the memory, in CPU seconds."""
    every = [varied(articles[at % len(articles)], 1 + at // len(articles)) for at in range(REMEMBERED + NEW)]
    old = every[:REMEMBERED]
    new = [replace(one, id=f"new-{one.id}") for one in (*every[REMEMBERED:-100], *old[-100:])]  # 100 told before
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        started = time.process_time()
        for at in range(0, REMEMBERED, 1000):
            ledger.remember(path, old[at : at + 1000], DAY - timedelta(days=60 - at // 400))
        spent, size = time.process_time() - started, path.stat().st_size >> 20
        print(f"{REMEMBERED} articles signed and stored: {spent:.1f} s, {size} MB")
        started = time.process_time()
        first_seen(new, ledger.seen(path, DAY))
        print(f"{NEW} new ones looked up among them as copies: {time.process_time() - started:.1f} s")
    started = time.process_time()
    events = group(new)
    print(f"{NEW} new ones grouped to {len(events)} events: {time.process_time() - started:.1f} s")
    for count in (1000, REMEMBERED):
        aired = [
            Aired(str(at), f"{DAY - timedelta(days=1 + at % 7)} 07:00", one.title, (), (imprint(one),))
            for at, one in enumerate(old[:count])
        ]
        started = time.process_time()
        _kept, dropped = against(events, aired)
        spent = time.process_time() - started
        print(f"{len(events)} events held against {count} aired, {len(dropped)} told before: {spent:.1f} s")
    print(f"peak memory of all this: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB")


def main() -> None:
    for path in sorted(DATA.glob("*.toml")):
        found = samples(path)
        right, wrong, missed = pairs(found)
        print(
            f"{path.stem:9} {len(found)} articles: precision {right / ((right + wrong) or 1):.2f} ({wrong} wrong), "
            f"recall {right / ((right + missed) or 1):.2f} ({missed} of {right + missed} missed)"
        )
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else orangesum.DATA / "orangesum_train4000.jsonl.gz"
    if not path.exists():
        sys.exit(f"{path} is absent: nothing else measured")
    articles = [
        Article(str(at), (Line(one.article, Label.BODY),), one.title) for at, one in enumerate(orangesum.pairs(path))
    ]
    started = time.process_time()
    merged = [event for event in group(articles) if len(event.articles) > 1]
    spent = time.process_time() - started
    print(f"OrangeSum: {len(articles)} articles, {len(merged)} events of several, {spent:.1f} s:")
    for event in merged:
        print("   ", " | ".join(one.title for one in event.articles))
    scale(articles)


if __name__ == "__main__":
    main()
