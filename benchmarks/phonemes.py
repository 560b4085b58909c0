"""Words that espeak's French voice reads with English rules: in the press as printed, and in what we give the voice.

    python benchmarks/phonemes.py [--all] [--show N]

Corpora beside the checkout: L'Essor's pages, and the titles, abstracts and articles of Tixierae/OrangeSum (CC BY-SA
4.0), of which every eighth is read unless --all is given. espeak flags such a word in its phonemes: « (en) ».
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import orangesum

from audionews.french import sentences
from audionews.language import language
from audionews.voices import espeakng
from audionews.voices.reading import in_sounds

DATA = orangesum.DATA
STEP = 8  # one OrangeSum pair in so many
FOREIGN = re.compile(r"\((?!fr\))[a-z-]+\)(.*?)(?=\([a-z-]+\)|$)")
MARKS = re.compile(r"""[;:,.!?—–…"“”«»()]+""")  # where the neural voice cuts before it asks for phonemes
WORD = re.compile(r"[^\s;:,.!?—–…\"“”«»()]+")


def corpora(step: int) -> Iterator[tuple[str, Iterator[str]]]:
    """Give the texts of each corpus there is, one pair of OrangeSum in `step`."""
    pages = sorted((DATA / "lessor").glob("*.txt"))
    if pages:
        yield "lessor", chain.from_iterable(page.read_text("utf-8").splitlines() for page in pages)
    noise = DATA / "press_noise_dev.jsonl"
    if noise.exists():
        rows = map(json.loads, noise.read_text("utf-8").splitlines())
        yield "press_noise_dev", (line["text"] for row in rows for line in row["lines"])
    for path in sorted(DATA.glob("orangesum_*.jsonl.gz")):
        yield path.name.split(".")[0], _orange(path, step)


def _orange(path: Path, step: int) -> Iterator[str]:
    for at, pair in enumerate(orangesum.pairs(path)):
        if at % step == 0:
            yield from (pair.title, pair.abstract, *pair.article.splitlines())


def given(text: str) -> str:
    """Write a sentence as a voice that reads phonemes is given it."""
    french = language("fr")
    return in_sounds(french.spoken(text), {}, french)


def foreign(text: str) -> int:
    """Count the words that espeak reads with another language's rules, piece by piece as the neural voice asks."""
    pieces = (piece for piece in MARKS.split(text) if piece.strip())
    heard = (espeakng.phonemes(piece.strip()).replace("^", "") for piece in pieces)
    return sum(len(found.split()) or 1 for ipa in heard for found in FOREIGN.findall(ipa))


def offenders(text: str) -> list[str]:
    """Name the words of a text that espeak flags; the text itself when none does alone."""
    return [word for word in WORD.findall(text) if foreign(word)] or [text]


def main() -> int:
    """Count both and print them; 1 when one is left."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="read every pair of OrangeSum: a quarter of an hour")
    parser.add_argument("--show", type=int, default=20, help="how many of the words left to print")
    options = parser.parse_args()
    left: Counter[str] = Counter()
    total = 0
    for name, texts in corpora(1 if options.all else STEP):
        count = words = raw = after = 0
        for sentence in chain.from_iterable(map(sentences.split, texts)):
            count += 1
            words += len(sentence.split())
            raw += foreign(sentence)
            read = given(sentence)
            remaining = foreign(read)
            if remaining:
                after += remaining
                left.update(offenders(read))
        print(f"{name:20} {count:7} sentences {words:8} words: {raw:6} read as English, {after:5} after", flush=True)
        total += after
    if not left and not total:
        print("ok" if any(DATA.glob("*")) else "not measured: the corpora are not beside this checkout")
        return 0
    print(f"FELL SHORT: {total} left, of {len(left)} kinds; the most frequent:")
    for word, times in left.most_common(options.show):
        print(f"{times:6}  {word}  {espeakng.phonemes(word)}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
