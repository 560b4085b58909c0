"""Measure how well both presenters are understood, and when: 60 sentences spoken, heard by the recogniser, compared.

usage: benchmarks/voices --heard      (or this file with the environment of scripts/bulletin)

The sentences are spread over the script of the bundled example, the press pages and the general news of the
development data, where they lie beside the checkout. They are voiced as a bulletin's are, with the lexicon.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import hearing

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
LISTEN = SHARED / "tools" / "listen.py"
LIMITS = {1: 0.09, 2: 0.13}  # word error rate of each presenter
MEDIAN_MS, NINTH_MS = 80, 250  # between our start of a word and the recogniser's
EACH = 20  # sentences of each kind


def spread(sentences: list[str], number: int) -> list[str]:
    """Choose so many different sentences, evenly spread, of 6 to 40 words."""
    fit = [one for one in dict.fromkeys(sentences) if 6 <= len(one.split()) <= 40]
    number = min(number, len(fit))
    return [fit[at * len(fit) // number] for at in range(number)]


def chosen() -> list[str]:
    """Give the sentences, as printed."""
    from audionews.articles.folder import Folder
    from audionews.french.sentences import split

    folders = sorted((ROOT / "examples" / "articles").iterdir())
    articles = [one for path in folders for one in Folder(Folder.Options(str(path)), ROOT, "").collect().articles]
    example = [one for article in articles for line in article.body for one in split(line)]
    data, press, news = SHARED / "data", list[str](), list[str]()
    if (data / "press_noise_dev.jsonl").exists():
        for row in map(json.loads, (data / "press_noise_dev.jsonl").read_text("utf-8").splitlines()):
            press += [one for line in row["lines"] if line["label"] == "body" for one in split(line["text"])]
    if (data / "orangesum_valid300.jsonl.gz").exists():
        with gzip.open(data / "orangesum_valid300.jsonl.gz", "rt", encoding="utf-8") as rows:
            news = [one for row in rows for one in split(json.loads(row)["article"])]
    return [one for kind in (example, press, news) for one in spread(kind, EACH)]


def speak(folder: Path) -> list[dict[str, Any]]:
    """Voice every sentence with each presenter of the example station."""
    from audionews.desk.voicing import engine
    from audionews.language import language
    from audionews.settings import load
    from audionews.voices import wav
    from audionews.voices.reading import read
    from audionews.voices.words import printed
    from audionews.voices.work import Threads, order

    station, french = load(ROOT / "examples" / "station.toml"), language("fr")
    made = []
    for number in range(1, len(station.presenters) + 1):
        reader = engine(station, number)
        said = [french.spoken(one) for one in chosen()]
        orders = {order(reader, read(one, reader, {}, french)): one for one in said}
        assert len(orders) == len(said), "two sentences are said alike"
        hands = Threads(2, lambda _order, reader=reader: reader)
        for at, (asked, clip) in enumerate(hands.run([*orders], lambda _order: False)):
            path = folder / f"{number}-{at}.wav"
            path.write_bytes(clip)
            sound, text = wav.read(clip), orders[asked]
            times = [(start * 1000 // sound.rate, end * 1000 // sound.rate) for start, end in sound.words]
            starts = [(one.text, one.start_ms) for one in printed(text, text, asked.text, times, french.spoken)]
            made.append({"presenter": number, "said": text, "sound": str(path), "starts": starts})
    return made


def hear(folder: Path) -> None:
    """Write what the recogniser hears; runs in the recogniser's own environment."""
    sys.path.insert(0, str(LISTEN.parent))
    import jiwer
    import listen
    from faster_whisper import WhisperModel

    model = WhisperModel(listen.model_folder(), device="cpu", compute_type="int8", cpu_threads=os.cpu_count() or 2)
    made = json.loads((folder / "said.json").read_text("utf-8"))
    for one in made:
        settings = {"language": "fr", "beam_size": 5, "temperature": 0.0, "condition_on_previous_text": False}
        found = list(model.transcribe(one["sound"], **settings, word_timestamps=True)[0])
        heard = [(word.word, round(word.start * 1000)) for segment in found for word in segment.words]
        one["apart"] = apart(listen.plain, one["starts"], heard)
        one["heard"] = " ".join(segment.text.strip() for segment in found)
        want, got = listen.plain(one["said"]), listen.plain(one["heard"])
        one["words"], one["wrong"] = len(want.split()), round(jiwer.wer(want, got) * len(want.split()))
    (folder / "heard.json").write_text(json.dumps(made, ensure_ascii=False, indent=1), "utf-8")


def unlike(said: str, heard: str) -> tuple[int, int]:
    """Count the words whose sounds differ, « resté » and « restés » being alike, and all that are said."""
    want, got = hearing.words(said), hearing.words(heard)
    known = hearing.known_sounds(want, {})
    return hearing.errors(hearing.sounds(want, known), hearing.sounds(got, known)), len(want)


def apart(plain: Any, ours: list[Any], heard: list[Any]) -> list[int]:
    """Give the ms between our start and the recogniser's, of each word that both write alike."""
    one, other = [plain(text) for text, _ in ours], [plain(text) for text, _ in heard]
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    pairs = [(start + at, first + at) for start, first, size in blocks for at in range(size) if one[start + at]]
    return [abs(ours[left][1] - heard[right][1]) for left, right in pairs]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="keep the clips and transcripts in this folder")
    parser.add_argument("--hear", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.hear:
        hear(options.hear)
        return 0
    if not LISTEN.exists():
        print("not measured: the recogniser (listen.py) is not beside this checkout")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        made = speak(folder)
        (folder / "said.json").write_text(json.dumps(made, ensure_ascii=False), "utf-8")
        cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"), "audionews-listen")
        if not (cache / "ready").exists():  # its first call makes its environment
            subprocess.run([sys.executable, str(LISTEN), made[0]["sound"]], check=True)
        python = str(cache / "venv" / "bin" / "python")
        subprocess.run([python, __file__, "--hear", str(folder)], check=True)
        return report(json.loads((folder / "heard.json").read_text("utf-8")))


def report(heard: list[dict[str, Any]]) -> int:
    """Print the worst sentences and the rates; 1 when a limit is passed."""
    for one in sorted(heard, key=lambda one: -one["wrong"] / one["words"])[:8]:
        print(f"  {one['presenter']} {one['wrong']} of {one['words']}: {one['said']}\n    heard: {one['heard']}")
    good = True
    for number in sorted({one["presenter"] for one in heard}):
        own = [one for one in heard if one["presenter"] == number]
        rate = sum(one["wrong"] for one in own) / sum(one["words"] for one in own)
        good &= rate <= LIMITS[number]
        mark = "ok" if rate <= LIMITS[number] else "FELL SHORT"
        print(
            f"{mark:10} word error rate of presenter {number}, {len(own)} sentences: {rate:.3f}  (≤ {LIMITS[number]})"
        )
        wrong, words = map(sum, zip(*(unlike(one["said"], one["heard"]) for one in own), strict=True))
        print(f"{'':10} the same with words compared by their sound, homophones being one: {wrong / words:.3f}")
    starts = sorted(ms for one in heard for ms in one["apart"])
    median, ninth = starts[len(starts) // 2], starts[len(starts) * 9 // 10]
    good &= median <= MEDIAN_MS and ninth <= NINTH_MS
    mark = "ok" if median <= MEDIAN_MS and ninth <= NINTH_MS else "FELL SHORT"
    told = f"half within {median} ms (≤ {MEDIAN_MS}), nine in ten within {ninth} ms (≤ {NINTH_MS})"
    print(f"{mark:10} word starts beside the recogniser's, {len(starts)} words: {told}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
