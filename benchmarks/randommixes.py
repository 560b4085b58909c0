"""Make bulletins of anything: random scripts, clips of four voices, the oddest jingles, half of them for a slot.

usage: python benchmarks/randommixes.py [--mixes 100] [--seed 1] [--hard] [--folder FOLDER]

Each seed is a bulletin of 2 to 40 clips, made whole by `sound.bulletin.produce`: what its own ears refuse is told with
the reason. The length of the file for the air is counted in its decoded samples; the level of the MP3 is read by our
meter and by ffmpeg's, and the worse of the two counts. `--mixes 1 --seed 17` makes the seventeenth again; --folder
keeps the clips for another time; --hard takes as jingles what a listener might find fault with and stations air.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import re
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import oddsounds
from programme import DAY, NOTICE, length_ms, sentences
from sound import row

from audionews import ffmpeg
from audionews.desk import codec
from audionews.errors import AudionewsError, MissingExtraError
from audionews.french.typography import typeset
from audionews.language import language
from audionews.model import Clip, Item, Place, Role, Rundown, Script, Segment, Sentence, Span, Story, Timeline
from audionews.sound import jingles
from audionews.sound.bulletin import produce
from audionews.sound.measure import measure
from audionews.sound.slot import fit
from audionews.sound.timeline import arrange
from audionews.station import SHORTEST_SLOT_MS, Broadcast, SoundChoice, Station
from audionews.voices.base import Engine
from audionews.voices.espeak import Espeak
from audionews.voices.kokoro import Kokoro
from audionews.voices.reading import read
from audionews.voices.work import Failure, Threads, order

FEWEST, MOST, A_VOICE = 2, 40, 12  # clips of a bulletin; of each voice in the pool
SLOTS_TRIED = 20
SLOT_MS, LEVEL_LU = 20, 0.3
SOUNDS = ("jingle", "sting", "bed", "outro")


class Take(NamedTuple):
    """A finished clip of the pool."""

    path: str
    duration_ms: int
    text: str


class Made(NamedTuple):
    """What came of a seed."""

    seed: int
    what: str
    fault: str = ""  # for which it was refused
    slot_ms: int | None = None  # off the slot; None without one
    level: float = 0.0  # LU off, the worse of two meters
    peak: float = -99.0  # dBTP


def pool(folder: Path) -> None:
    """Have sentences read by two voices of espeak and, where it is installed, by both of Kokoro's."""
    found: dict[str, list[Take]] = {}
    lines = iter(sentences(0))
    for engine in _engines():
        texts = [next(lines) for _ in range(A_VOICE)]
        orders = [order(engine, read(text, engine, {}, language("fr"))) for text in texts]
        made = dict(Threads(os.cpu_count() or 1, lambda _order, same=engine: same).run(orders, lambda _order: False))
        found[engine.label] = []
        for number, (text, one) in enumerate(zip(texts, orders, strict=True)):
            wav = made[one]
            if isinstance(wav, Failure):
                sys.exit(f"{engine.label}: {wav.message}")
            path = folder / f"{engine.label.replace(':', '-')}-{number}.wav"
            path.write_bytes(wav)
            found[engine.label].append(Take(str(path), length_ms(path), text))
        type(engine).rest()
    codec.save(folder / "pool.json", found)


def _engines() -> Iterator[Engine]:
    for voice in Espeak.voices()[:2]:
        yield Espeak(Espeak.Options(), voice)
    try:
        for voice in Kokoro.voices()[:2]:
            yield Kokoro(Kokoro.Options(), voice)
    except MissingExtraError as missing:
        print(f"  without Kokoro: {missing}", flush=True)


@cache
def _pool(folder: Path) -> dict[str, list[Take]]:
    return codec.load(folder / "pool.json", dict[str, list[Take]])


class Writer:
    """Writes a bulletin that never was, and lays its clips into a run folder.

    Args:
        rng: all is drawn from it.
        takes: of two presenters.
        run: the folder.
    """

    def __init__(self, rng: random.Random, takes: tuple[Sequence[Take], Sequence[Take]], run: Path) -> None:
        self.rng, self.run = rng, run
        self.left: tuple[list[Take], list[Take]] = ([], [])
        self.takes = takes
        self.segments: list[Segment] = []
        self.clips: list[Clip] = []
        self.items: list[Item] = []
        (run / "4-clips").mkdir(parents=True)

    def chance(self, of_ten: int) -> bool:
        return self.rng.randrange(10) < of_ten

    def say(self, role: Role, presenter: int, story: str = "", gravity: int = 1, **more: object) -> Segment:
        """Add a sentence of a presenter's, whichever comes next."""
        left = self.left[presenter - 1]
        if not left:
            left += self.rng.sample(list(self.takes[presenter - 1]), len(self.takes[presenter - 1]))
        take, name = left.pop(), f"{role.name.lower()}-{story or 'maison'}-{len(self.segments)}"
        one = Segment(name, role, typeset(take.text), story, gravity, presenter=presenter, **more)
        path = f"4-clips/{name}.wav"
        (self.run / path).hardlink_to(take.path)
        self.segments.append(one)
        self.clips.append(Clip(name, path, take.duration_ms, take.text, "", ""))
        return one

    def sting(self, of_ten: int) -> None:
        if self.segments and self.chance(of_ten):
            self.segments.append(Segment(f"virgule-{len(self.segments)}", Role.STING))

    def story(self, slug: str, size: int) -> Item:
        """Write a story of so many clips."""
        gravity, presenter = self.rng.choice((0, 1, 1, 2, 3)), self.rng.choice((1, 2))
        place = Place.BRIEF if size < 3 and self.chance(6) else Place.STORY
        link, credit = (size >= 3 and self.chance(few) for few in (3, 4))
        if link:
            self.say(Role.LINK, presenter, slug, gravity)
        said: list[Sentence] = []
        for at in range(size - link - credit):
            spans = (Span(200 * at, 200 * at + 150),)
            reader = 3 - presenter if self.chance(1) else presenter
            role = Role.STORY if place is Place.STORY else Role.BRIEF
            one = self.say(role, reader, slug, gravity, spans=spans, paragraph=at > 0 and self.chance(3))
            said.append(Sentence(one.text, spans, rank=at))
        if credit:
            self.say(Role.CREDIT, presenter, slug, gravity)
        told = Story(slug, slug, f"Titre de {slug}", f"Annonce de {slug}.", tuple(said), gravity=gravity)
        return Item(place, told)

    def write(self) -> tuple[Script, tuple[Clip, ...], Rundown]:
        """Write all of it."""
        left = self.rng.randint(FEWEST, MOST)
        opening, closing = (left > 2 and self.chance(9) for _ in range(2))
        left -= opening + closing
        headlines = self.rng.randint(0, min(4, left // 4))
        recaps = headlines if left >= 3 * headlines and self.chance(2) else 0
        left -= headlines + recaps
        sizes = []
        while left:
            sizes.append(self.rng.randint(1, min(left, 7)))
            left -= sizes[-1]
        if opening:
            self.say(Role.OPENING, 1)
        for number in range(headlines):
            self.say(Role.HEADLINE, self.rng.choice((1, 2)), f"s{number % len(sizes)}")
        for number, size in enumerate(sizes):
            self.sting(4)
            self.items.append(self.story(f"s{number}", size))
        for number in range(recaps):
            self.say(Role.RECAP, 1, f"s{number % len(sizes)}")
        if closing:
            self.sting(2)
            self.say(Role.CLOSING, 1)
        name = "2025-06-07-matin"
        script = Script(name, "Journal du matin", DAY, tuple(self.segments))
        rundown = Rundown(name, DAY, "matin", "journal", "Journal du matin", tuple(self.items))
        return script, tuple(self.clips), rundown


def choice(rng: random.Random, light: bool, hard: bool) -> SoundChoice:
    """Choose sounds: a family of the program's, and as many odd files as not."""
    files = list(oddsounds.HARD if hard else oddsounds.ODD)
    odd = {name: rng.choice(files) for name in SOUNDS if rng.randrange(2)}
    return SoundChoice(family=rng.choice(("sobre", "clair", "kora")), light=light, **odd)


def placed(
    rng: random.Random, script: Script, clips: tuple[Clip, ...], rundown: Rundown, sizes: dict[str, int], slot: bool
) -> tuple[Timeline, int]:
    """Place a bulletin, in a slot if it is to have one, and tell how often a slot was refused as too short."""
    titles = {item.story.slug: item.story.title for item in rundown.items}
    natural = arrange(script, clips, sizes, titles)
    low, high = rng.choice(((0.6, 1.3), (0.95, 1.1)))  # the second asks more often for another tempo
    for tried in range(SLOTS_TRIED if slot else 0):
        factor = rng.uniform(low, high)
        asked = max(SHORTEST_SLOT_MS, round(natural.duration_ms * factor / 1000) * 1000)
        try:
            return fit(script, clips, rundown, sizes, asked, short=rng.choice(("tapis", "tapis", "dire"))), tried
        except AudionewsError:
            low, high = factor, 1.3
    return natural, 0


def mixed(seed: int, folder: Path, hard: bool) -> Made:
    """Make the bulletin of a seed."""
    rng = random.Random(seed)
    known = _pool(folder)
    cast = rng.sample(sorted(known), 2)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        run = Path(work, "run")
        script, clips, rundown = Writer(rng, (known[cast[0]], known[cast[1]]), run).write()
        asked = choice(rng, light=seed // 2 % 2 == 0, hard=hard)
        station = Station(folder, sound=asked, broadcast=Broadcast(bits=rng.choice((16, 24))))
        named = " ".join(f"{name}={getattr(asked, name) or asked.family}" for name in SOUNDS)
        what = f"{len(clips)} clips of {' and '.join(cast)}, {named}"
        try:
            sounds = jingles.prepare(asked, folder, folder / "cache")
            timeline, refused = placed(rng, script, clips, rundown, jingles.lengths(sounds), slot=seed % 2 == 0)
            if timeline.fit:
                how = timeline.fit
                what += f", slot {how.asked_ms / 1000:.0f} s for {how.natural_ms / 1000:.0f} s"
                what += f" ×{how.pauses:.2f} ×{how.tempo:.3f}, {len(how.left_out)} left out, {refused} refused before"
            made = produce(script, timeline, run, station, sounds, NOTICE, lambda _line: None)
            return _judged(seed, what, timeline, run, asked, made.path, made.recordings[0].path)
        except AudionewsError as error:
            return Made(seed, what, error.message)
        except Exception:
            return Made(seed, what, traceback.format_exc(limit=-2))


def _judged(seed: int, what: str, timeline: Timeline, run: Path, asked: SoundChoice, mp3: str, wav: str) -> Made:
    """Measure the files of a bulletin once more."""
    heard, aired = measure(run / mp3), measure(run / wav, peaks=False)
    _, log = ffmpeg.run(
        *("-i", f"file:{run / mp3}", "-af", "ebur128=metadata=1,ametadata=print:key=lavfi.r128.I", "-f", "null", "-")
    )
    theirs = float(re.findall(r"lavfi\.r128\.I=(-?[\d.]+)", log)[-1])
    how = timeline.fit
    return Made(
        seed,
        what,
        slot_ms=abs(aired.duration_ms - (how.asked_ms - how.short_ms)) if how else None,
        level=max(abs(one - asked.loudness) for one in (heard.integrated, theirs)),
        peak=heard.true_peak,
    )


def one_sided(folder: Path) -> bool:
    """Tell whether a jingle of one channel is heard on both sides once it is prepared."""
    sounds = jingles.prepare(SoundChoice(jingle=oddsounds.ONE_SIDED), folder, folder / "cache")
    sides = [measure(sounds["jingle"], "-af", f"pan=mono|c0=c{side}", peaks=False).integrated for side in (0, 1)]
    told, apart = " / ".join(f"{side:.1f}" for side in sides), max(sides) - min(sides)
    return row("a jingle of one channel is heard on both sides", f"{told} LUFS", "≤ 6 LU apart", apart <= 6)


def main() -> int:
    """Make them all and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mixes", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="of the first one")
    parser.add_argument("--folder", type=Path, help="where the clips are, or shall be, kept")
    parser.add_argument("--hard", action="store_true", help="jingles with time signals, pauses, out of phase")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mixes-") as name:
        folder = options.folder or Path(name)
        folder.mkdir(exist_ok=True)
        start = time.perf_counter()
        if not (folder / "pool.json").exists():
            oddsounds.make(folder, jingles.render(folder / "cache", SoundChoice(family="clair"))["bed"])
            pool(folder)
        voices = ", ".join(f"{len(takes)} of {voice}" for voice, takes in _pool(folder).items())
        print(f"  clips: {voices}, in {time.perf_counter() - start:.0f} s", flush=True)
        found: list[Made] = []
        seeds = range(options.seed, options.seed + options.mixes)
        with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as workers:
            for one in workers.map(partial(mixed, folder=folder, hard=options.hard), seeds):
                found.append(one)
                told = one.fault or f"{one.level:.2f} LU off, {one.peak:.2f} dBTP"
                told += "" if one.slot_ms is None else f", {one.slot_ms} ms off the slot"
                print(f"  seed {one.seed:4}: {one.what}: {told}", flush=True)
        good = [one_sided(folder)]
    passed = [one for one in found if not one.fault]
    slots = [(one.slot_ms, one.seed) for one in passed if one.slot_ms is not None]
    off, seed = max(slots, default=(0, 0))
    level, which = max(((one.level, one.seed) for one in passed), default=(0.0, 0))
    good += [
        row("random mixes their own ears pass", f"{len(passed)} of {len(found)}", "all", len(passed) == len(found)),
        row(f"worst slot, of {len(slots)}, decoded", f"{off} ms (seed {seed})", f"≤ {SLOT_MS} ms", off <= SLOT_MS),
        row(
            "worst level of the MP3, by two meters",
            f"{level:.2f} LU (seed {which})",
            f"≤ {LEVEL_LU} LU",
            level <= LEVEL_LU,
        ),
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
