"""What the site of a station costs after ten years of a bulletin a day, and what one more bulletin costs then.

usage: benchmarks/site [--episodes 3650] [--sentences 60] [--rounds 3]

Each way is a process of its own, from the start of Python on: processor seconds (user and system) and the memory of
the process are what the system says of it; of `whole` the least of the rounds counts. The episodes are made up from the
sentences of the bundled example, each bulletin another mix of them: seven stories, some 60 sentences and 800 words
whose times are known, three sizes of sound. Sounds and transcripts are not written: they are made once, when a bulletin
is published.

- `whole`: feed, archives of the feed, pages, embeds, archives by month, search index of all bulletins, from nothing.
- `again`: the same when nothing has changed.
- `one`: one new bulletin; only what changes is written. Also the seconds of the clock from the call to the last file,
  without and with the start of Python.
- `feedgen`: feedgen alone, by its own documentation and its own podcast extension: one RSS of the same items with
  enclosure, guid, date, description and notes. No page, no Podcasting 2.0, and an explicit that validators refuse.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from audionews.desk.job import Job
    from audionews.model import Episode

ROOT = Path(__file__).parent.parent
CPU_LIMIT, MB_LIMIT, ONE_LIMIT = 8.0, 250.0, 0.5  # seconds, megabytes, seconds
FIRST = date(2016, 1, 1)
STORIES = 7


class Cost(NamedTuple):
    """What a way took."""

    cpu: float
    mb: float
    told: dict[str, float]


def row(what: str, figure: str, limit: str, good: bool) -> bool:
    """Print one line of the result."""
    print(f"{'ok' if good else 'FELL SHORT':10} {what:52} {figure:30} {limit}", flush=True)
    return good


def told(what: str) -> None:
    """Print a figure that has no limit."""
    print(f"{'':10} {what}", flush=True)


def sentences() -> list[str]:
    """Give the sentences of the example's articles."""
    from audionews.french.sentences import split

    found = []
    for path in sorted((ROOT / "examples" / "articles").rglob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            found += [one for one in split(line) if 40 < len(one) < 160]
    return found


def episodes(count: int, length: int, first: int = 0) -> Iterator[tuple[str, Episode]]:
    """Give made-up episodes, oldest first, each with its time of broadcast."""
    from audionews.french.dates import spell
    from audionews.french.typography import typeset
    from audionews.model import Alternate, Caption, Chapter, Credit, Episode, Role, Word
    from audionews.publish.episode import beats

    texts = [typeset(one) for one in sentences()]
    for number in range(first, first + count):
        day = FIRST + timedelta(days=number)
        key, at = f"{day.isoformat()}-matin", 4000
        captions, chapters = [], [Chapter(0, 0, "Ouverture")]
        for place in range(length):
            story = f"sujet-{place * STORIES // length}"
            if not captions or captions[-1].story != story:
                chapters.append(Chapter(at, 0, texts[(number * 31 + place) % len(texts)][:60], story))
            words = []
            said = texts[(number * 31 + place * 7) % len(texts)]
            for word in said.split(" "):
                words.append(Word(word, at, at + 40 * len(word) + 90))
                at += 45 * len(word) + 100
            made = Caption(words[0].start_ms, at, said, Role.STORY, story, "Awa", tuple(words))
            captions.append(replace(made, beats=beats(made), words=()))
        digest = hashlib.sha256(key.encode()).hexdigest()
        folder = f"episodes/{key}/radio-bandoula-{key}"
        yield (
            f"{day.isoformat()} 07:00",
            Episode(
                id=key,
                guid=str(digest[:32]),
                title=typeset(f"Journal du matin, {spell(day)}"),
                date=day,
                edition="matin",
                published=datetime(day.year, day.month, day.day, 7, tzinfo=UTC),
                summary=" ".join(one.title for one in chapters),
                audio=f"{folder}-{digest[:8]}.mp3",
                bytes=at * 16,
                sha256=digest,
                duration_ms=at,
                loudness=-16.0,
                true_peak=-1.5,
                chapters=tuple(chapters),
                captions=tuple(captions),
                credits=tuple(
                    Credit(
                        f"sujet-{n}", one.title, "le quotidien L’Essor", "", f"https://presse.example/{key}/{n}", day
                    )
                    for n, one in enumerate(chapters[1:])
                ),
                alternates=(
                    Alternate("opus", f"{folder}-24k-{digest[8:16]}.opus", "audio/ogg", at * 3, digest, 24),
                    Alternate("mp3", f"{folder}-48k-{digest[16:24]}.mp3", "audio/mpeg", at * 6, digest, 48),
                ),
                format="journal",
                card=f"episodes/{key}/carte-{digest[:8]}.png",
            ),
        )


def station_job(output: Path) -> Job:
    """Give a job of the example's station in that output folder."""
    from audionews.desk.job import Job
    from audionews.settings import load

    station = load(ROOT / "examples" / "station.toml")
    return Job(station, FIRST, "matin", "journal", output, datetime.now(UTC))


def prepare(output: Path, count: int, length: int) -> None:
    """Fill a ledger with episodes."""
    from audionews.desk import ledger, shelf

    job = station_job(output)
    with ledger.opened(job.ledger):
        pass
    for air, made in episodes(count, length):
        shelf.record(job.ledger, made, air)


# The ways: each is run as a process of its own, and prints what it has to tell as JSON.


def renew(output: Path) -> dict[str, float]:
    """Make the site anew."""
    from audionews.desk import front, shelf

    job = station_job(output)
    start = time.perf_counter()
    written = front.renew(job, shelf.shelf(job.ledger))
    return {"seconds": time.perf_counter() - start, "files": len(written)}


def one(output: Path, count: int, length: int) -> dict[str, float]:
    """Publish one more bulletin."""
    from audionews.desk import front, shelf

    job = station_job(output)
    [(air, made)] = episodes(1, length, count)
    start = time.perf_counter()
    written = front.renew(job, shelf.shelf(job.ledger).with_episode(made, air))
    shelf.record(job.ledger, made, air)
    return {"seconds": time.perf_counter() - start, "files": len(written)}


def bare(output: Path) -> dict[str, float]:
    """Write one feed of all items with feedgen as its documentation says."""
    from feedgen.feed import FeedGenerator

    from audionews.desk import shelf
    from audionews.publish.render import notes

    job = station_job(output)
    url, start = job.station.identity.url, time.perf_counter()
    made = FeedGenerator()
    made.load_extension("podcast")
    made.title("Radio Bandoula")
    made.link(href=url)
    made.description("Le journal")
    made.podcast.itunes_author("Radio Bandoula")
    known = shelf.shelf(job.ledger)
    for episode in known.brief([entry.id for entry in known.entries]):
        item = made.add_entry(order="append")
        item.title(episode.title)
        item.link(href=f"{url}/episodes/{episode.id}/")
        item.guid(episode.guid, permalink=False)
        item.description(episode.summary)
        item.content(notes(episode, job.station), type="CDATA")
        item.enclosure(f"{url}/{episode.audio}", str(episode.bytes), "audio/mpeg")
        item.pubDate(episode.published)
        item.podcast.itunes_duration(episode.duration_ms // 1000)
    size = len(made.rss_str(pretty=True))
    return {"seconds": time.perf_counter() - start, "files": 1, "bytes": size}


def run(way: str, output: Path, count: int, length: int) -> Cost:
    """Run a way in a process of its own."""
    command = [sys.executable, __file__, "--way", way, "--output", str(output)]
    command += ["--episodes", str(count), "--sentences", str(length)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        told = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{way} failed")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, json.loads(told))


def main() -> None:
    """Run all ways in turn, and print what they took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--episodes", type=int, default=3650)
    parser.add_argument("--sentences", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--way", choices=["renew", "one", "bare"])
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    if given.way:
        if given.way == "one":
            result = one(given.output, given.episodes, given.sentences)
        else:
            result = WAYS[given.way](given.output)
        print(json.dumps(result))
        return
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        prepare(output, given.episodes, given.sentences)
        rounds = []
        for _ in range(given.rounds):  # each from nothing
            shutil.rmtree(output / "site", ignore_errors=True)
            shutil.rmtree(output / "cache", ignore_errors=True)
            rounds.append(run("renew", output, given.episodes, given.sentences))
        whole, again = min(rounds), run("renew", output, 0, 0)
        single = run("one", output, given.episodes, given.sentences)
        feedgen = run("bare", output, 0, 0)
        size = sum(path.stat().st_size for path in (output / "site").rglob("*") if path.is_file())
        feed = (output / "site" / "feed.xml").stat().st_size
        page = next((output / "site" / "episodes").iterdir()) / "index.html"
        print(
            f"{given.episodes} bulletins of {given.sentences} sentences: {size / 1e6:.0f} MB of site without sounds, "
            f"feed.xml {feed / 1000:.0f} kB, a page {page.stat().st_size / 1000:.0f} kB"
        )
        shutil.rmtree(output)
    seconds, files = single.told["seconds"], single.told["files"]
    good = [
        row("whole site, CPU", f"{whole.cpu:.2f} s", f"≤ {CPU_LIMIT} s", whole.cpu <= CPU_LIMIT),
        row("whole site, memory", f"{whole.mb:.0f} MB", f"≤ {MB_LIMIT:.0f} MB", whole.mb <= MB_LIMIT),
        row("one new bulletin", f"{seconds:.2f} s, {files:.0f} files", f"≤ {ONE_LIMIT} s", seconds <= ONE_LIMIT),
    ]
    told(f"whole site, each round: {', '.join(f'{one.cpu:.2f}' for one in rounds)} s of CPU")
    told(f"nothing new: {again.told['seconds']:.2f} s")
    told(f"feedgen alone, one feed of the same items: {feedgen.cpu:.2f} s of CPU, {feedgen.mb:.0f} MB")
    sys.exit(0 if all(good) else 1)


WAYS = {"renew": renew, "bare": bare}

if __name__ == "__main__":
    main()
