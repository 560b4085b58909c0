"""How well a recogniser follows the voice on Sahel news full of names and figures: at commit 4cb2c40, and now.

usage: benchmarks/names [--drawn] [--paces] [--keep FOLDER]

Both sides read the lines of sahel.tsv with the default voice and their own rules; « before » is commit 4cb2c40.
The recogniser (listen.py, beside the checkout) hears both in the same run. One changed sound can change what it makes
of half a line: --paces reads every line at three paces, for a steadier figure in three times the time.
--drawn reads thirty rows of our own tables (tests/data/spoken) in their place, drawn by lot once for all: the kinds of
figures, sigles and abbreviations that the press prints, where sahel.tsv has the common ones among many names.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

HERE = Path(__file__).parent
ROOT = HERE.parent
LISTEN = ROOT.parent / "shared" / "tools" / "listen.py"
BEFORE = "4cb2c40"
GOAL = 2 / 3  # of the word error rate before
DRAWN_WORDS, SEED = 7, 3
WORST = 10  # lines printed
PACES = (1.0, 0.95, 1.05)


class Line(NamedTuple):
    """One line of sahel.tsv."""

    written: str
    spoken: str
    sounds: dict[str, str]  # of the names that French spelling does not tell


Clip: TypeAlias = "dict[str, Any]"  # line, spoken, phonemes, sound, heard


class Score(NamedTuple):
    """Errors of one line, of the reading that fits best."""

    wrong: int  # words written otherwise
    words: int
    misheard: int  # words that sound otherwise, however they are written
    off: int  # sounds
    sounds: int


def lines(drawn: bool) -> list[Line]:
    """Read the lines, once written and never changed; or draw rows of our tables, of seven words or more."""
    if drawn:
        tables = sorted((ROOT / "tests" / "data" / "spoken").glob("*.tsv"))
        cells = [row.split("\t") for table in tables for row in table.read_text("utf-8").splitlines()[1:]]
        long = [
            (one[1], one[2].split(" | "))
            for one in cells
            if len(one) > 2 and len(one[2].split(" | ")[0].split()) >= DRAWN_WORDS
        ]
        chosen = random.Random(SEED).sample(long, 30)
        return [Line(written, said[0] if len(said) == 1 else f"{{{'|'.join(said)}}}", {}) for written, said in chosen]
    rows = [row.split("\t") for row in (HERE / "sahel.tsv").read_text("utf-8").splitlines() if row[:1] != "#"]
    return [Line(row[0], row[1], dict(one.split("=") for one in row[2].split())) for row in rows[1:]]


def voice(folder: Path, paces: int, drawn: bool) -> None:
    """Voice every line with the audionews that is on the path; runs in a process of its own."""
    from audionews.model import Role, Script, Segment
    from audionews.voices.cache import Cache
    from audionews.voices.clips import make_clips
    from audionews.voices.kokoro import Kokoro
    from audionews.voices.phonemes import phonemes

    class Noting(Kokoro):
        def speak(self, text: str) -> Any:
            given.setdefault(self, []).append(text)
            return super().speak(text)

    given: dict[Kokoro, list[str]] = {}

    def one(job: tuple[float, int, Line]) -> Clip:
        pace, at, line = job
        engine = Noting(Kokoro.Options(), speed=pace)
        script = Script("sahel", "Sahel", date(2025, 6, 7), (Segment(f"ligne-{at}", Role.STORY, line.written),))
        run = folder / f"{at}-{pace}"
        try:
            from audionews.language import language
            from audionews.voices.clips import Reader
            from audionews.voices.work import Threads
        except ImportError:  # before, there was one language, one presenter, and threads without a name
            (clip,) = make_clips(script, engine, run, Cache(folder / "cache"), workers=1)
        else:
            reader, workers = Reader("Voix", (engine,)), Threads(1, lambda _order: engine)
            (clip,), _ = make_clips(script, [reader], run, Cache(folder / "cache"), language("fr"), workers)
        return {
            "line": at,
            "spoken": clip.spoken,
            "phonemes": " ".join(map(phonemes, given[engine])),
            "sound": str(run / clip.path),
        }

    jobs = [(pace, at, line) for pace in PACES[:paces] for at, line in enumerate(lines(drawn))]
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(one, jobs))
    (folder / "clips.json").write_text(json.dumps(made, ensure_ascii=False, indent=1), "utf-8")


def hear(folder: Path) -> None:
    """Write what the recogniser hears; runs in the recogniser's own environment."""
    sys.path.insert(0, str(LISTEN.parent))
    import listen
    from faster_whisper import WhisperModel

    model = WhisperModel(listen.model_folder(), device="cpu", compute_type="int8", cpu_threads=os.cpu_count() or 2)
    made = json.loads((folder / "clips.json").read_text("utf-8"))
    for clip in made:
        segments, _info = model.transcribe(
            clip["sound"], language="fr", beam_size=5, temperature=0.0, condition_on_previous_text=False
        )
        clip["heard"] = " ".join(segment.text.strip() for segment in segments)
    (folder / "heard.json").write_text(json.dumps(made, ensure_ascii=False, indent=1), "utf-8")


def source(folder: Path) -> Path:
    """Unpack the state before; give the folder to import it from."""
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", BEFORE, "src", "templates"], stdout=subprocess.PIPE, check=False
    )
    if packed.returncode:
        sys.exit(f"commit {BEFORE} is not in this checkout: the state before cannot be measured")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "src"


def measure(folder: Path, path: str, paces: int, drawn: bool) -> list[Clip]:
    """Voice and hear one side.

    Args:
        folder: where its clips go.
        path: of the audionews to be measured.
        paces: how many of `PACES`.
        drawn: which lines.
    """
    folder.mkdir(parents=True)
    recogniser = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"), "audionews-listen", "venv/bin/python")
    script = str(HERE / "names.py")
    command = [
        sys.executable,
        script,
        "--voice",
        str(folder),
        *(["--paces"] if paces > 1 else []),
        *(["--drawn"] if drawn else []),
    ]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, check=True)
    if not recogniser.exists():  # its first call makes its environment
        subprocess.run([sys.executable, str(LISTEN), str(next(folder.rglob("*.wav")))], check=True)
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([str(recogniser), script, "--hear", str(folder)], env=clean, check=True)
    return list(json.loads((folder / "heard.json").read_text("utf-8")))


def score(line: Line, heard: str) -> Score:
    """Compare what was heard with the reading that comes nearest."""
    import hearing

    got = hearing.words(heard)
    scores = []
    for variant in hearing.variants(line.spoken):
        want = hearing.words(variant)
        known = hearing.known_sounds(want, line.sounds)
        wrong = hearing.errors([hearing.plain(one) for one in want], [hearing.plain(one) for one in got])
        expected, received = hearing.sounds(want, known), hearing.sounds(got, known)
        misheard, off = hearing.errors(expected, received), hearing.errors("".join(expected), "".join(received))
        scores.append(Score(wrong, len(want), misheard, off, len("".join(expected))))
    return min(scores)


def rates(scores: list[Score]) -> tuple[float, float, float]:
    """Give the error rates: of words as written, of words by their sound, of sounds."""
    wrong, words, misheard, off, sounds = map(sum, zip(*scores, strict=True))
    return wrong / words, misheard / words, off / sounds


def main() -> int:
    """Measure both sides and print what was heard."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paces", action="store_const", const=len(PACES), default=1, help="read at three paces")
    parser.add_argument("--drawn", action="store_true", help="rows drawn from our tables")
    parser.add_argument("--keep", type=Path, help="keep the clips and transcripts in this new folder")
    for name in ("--voice", "--hear"):
        parser.add_argument(name, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.voice:
        voice(options.voice, options.paces, options.drawn)
        return 0
    if options.hear:
        hear(options.hear)
        return 0
    if not LISTEN.exists():
        print("not measured: the recogniser (listen.py) is not beside this checkout")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        work = options.keep or Path(temporary)
        before = measure(work / "before", str(source(Path(temporary, "source"))), options.paces, options.drawn)
        after = measure(work / "after", str(ROOT / "src"), options.paces, options.drawn)
    return report(before, after, lines(options.drawn))


def report(before: list[Clip], after: list[Clip], said: list[Line]) -> int:
    """Print the worst lines and the figures; 1 when the goal is missed."""
    was = [score(said[clip["line"]], clip["heard"]) for clip in before]
    now = [score(said[clip["line"]], clip["heard"]) for clip in after]
    for at in sorted(range(len(said)), key=lambda one: -now[one].wrong / now[one].words)[:WORST]:
        print(f"{at + 1:2}  {said[at].written}")
        for name, clip, one in (("before", before[at], was[at]), ("now", after[at], now[at])):
            print(f"    {name:6} {one.wrong} of {one.words} words, {one.off} of {one.sounds} sounds: {clip['heard']}")
            print(f"    {'':6} given {clip['phonemes']}")
    words, by_sound, sounds = zip(rates(was), rates(now), strict=True)
    good = words[1] <= GOAL * words[0]
    print(f"\n{len(now)} lines heard, {sum(one.words for one in now)} words")
    compare("", "sound error rate", *sounds)
    compare("", "word error rate by sound", *by_sound)
    compare("ok" if good else "FELL SHORT", "word error rate", *words, f"(≤ {GOAL:.2f})")
    return 0 if good else 1


def compare(mark: str, what: str, was: float, now: float, limit: str = "") -> None:
    """Print one figure of both sides."""
    print(f"{mark:10} {what:25} before {was:.3f}  now {now:.3f}  ratio {now / was:.2f}  {limit}".rstrip())


if __name__ == "__main__":
    sys.exit(main())
