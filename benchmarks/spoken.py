"""The spoken form beside its peers, on the same tables: how much is read right, and how fast.

usage: benchmarks/spoken [--misses [SYSTEM]]

Tables: the tests' own, and the development share of press snippets where it lies beside the checkout. Compared in
lower case without punctuation or a mute final s, hyphens as blanks; « [A-B-C] » and « A B C » are letters, and an
acronym left as it was is wrong where letters are wanted. espeak-ng gives sounds, not words: its sounds of the written
form are compared with its sounds of the accepted ones.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from damga import TextNormalizer
from lectura_formules import enrichir_formules
from lectura_tokeniseur import LecturaTokeniseur
from num2words import num2words

from audionews.french.spoken import spoken
from audionews.voices import espeakng

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
PASSES = 5
LIMIT = 1.0  # ms a line of the tables, and for every 200 characters of the press
PRESS = range(100, 601)  # characters of a press line


class Row(NamedTuple):
    """One line of a table."""

    table: str
    category: str
    written: str
    accepted: tuple[str, ...]


class System(NamedTuple):
    """Something that reads French aloud, or writes it so that it can be read."""

    name: str
    say: Callable[[str], str]
    compared: Callable[[str], str]  # what it said → what is compared
    wanted: Callable[[str], str]  # an accepted form → the same


def words(text: str) -> str:
    """Give what two readings must share to be the same."""
    text = re.sub(r"\[([A-Z0-9-]+)\]", lambda found: found[1].replace("-", " "), text)
    text = re.sub(r"[^\w\s]|_", " ", text.lower())
    text = " ".join(re.sub(r"(?<=\w\w)s$", "", word) for word in text.split())
    return re.sub(r"\bc f a\b", "cfa", text)  # every reader spells it, however it is written


def rows() -> list[Row]:
    """Read every table there is."""
    own = ROOT / "tests" / "data"
    paths = [DATA / "spoken_dev.tsv", own / "french_spoken.tsv", *sorted((own / "spoken").glob("*.tsv"))]
    return [row for path in paths if path.exists() for row in _table(path)]


def _table(path: Path) -> Iterator[Row]:
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line.strip() and line[:1] != "#"]
    head = lines[0] if "written" in lines[0] else ["category", "written", "spoken"]
    for line in lines[head is lines[0] :]:
        row = dict(zip(head, line, strict=False))
        accepted = row.get("spoken") or row.get("expected") or ""
        yield Row(path.stem, row.get("category", ""), row["written"], tuple(accepted.split(" | ")))


def press() -> list[str]:
    """Give the press lines beside the checkout."""
    pages = [path.read_text("utf-8").splitlines() for path in sorted((DATA / "lessor").glob("*.txt"))]
    noise = DATA / "press_noise_dev.jsonl"
    if noise.exists():
        pages += [
            [line["text"] for line in json.loads(page)["lines"]] for page in noise.read_text("utf-8").splitlines()
        ]
    return [line for page in pages for line in page if len(line) in PRESS]


def lectura() -> Callable[[str], str]:
    """Join what its tokeniser finds and its readers say; a sigle as its letters, since it writes « pé-i-bé »."""
    tokeniser = LecturaTokeniseur()

    def said(token: object) -> str:
        text, read = str(getattr(token, "text", "")), getattr(token, "display_fr", None)
        if read is None:
            return text
        kind = getattr(getattr(token, "formule_type", None), "value", "")
        letters = kind == "sigle" and text.isalpha() and text.isupper() and len(read.split("-")) == len(text)
        return " ".join(text) if letters else str(read)

    def say(text: str) -> str:
        return "".join(map(said, enrichir_formules(tokeniser.analyze(text).tokens)))

    return say


def figures_only(text: str) -> str:
    """Read each figure by num2words and leave all else."""

    def say(found: re.Match[str]) -> str:
        whole, _, decimals = found[0].replace(",", ".").partition(".")
        return str(num2words(float(found[0].replace(",", ".")) if decimals else int(whole), lang="fr"))

    return re.sub(r"\d+(?:[.,]\d+)?", say, text)


def figures_and_patterns(text: str) -> str:
    """Write what a programmer adds to num2words in an afternoon."""
    for pattern, said in _AFTERNOON:
        text = re.sub(pattern, said, text)
    text = re.sub(r"\b(\d+)(?:e|è|ème|eme)\b", lambda found: num2words(int(found[1]), lang="fr", to="ordinal"), text)
    return figures_only(text)


_AFTERNOON = (
    (r"(?<=\d)[ .\u00a0\u202f](?=\d{3}\b)", ""),
    (r"\b1er\b", "premier"),
    (r"(?<=\d) ?% ?", " pour cent "),
    (r"(?<=\d) ?€", " euros"),
    (r"(?<=\d) ?\$", " dollars"),
    (r"(?i)\bf\.? ?cfa\b", "francs CFA"),
    (r"\b(\d{1,2}) ?h ?(\d{2})?\b", r"\1 heures \2"),
    (r"(?<=\d) ?km/h\b", " kilomètres par heure"),
    (r"(?<=\d) ?km\b", " kilomètres"),
    (r"(?<=\d) ?kg\b", " kilogrammes"),
    (r"\bM\. ", "monsieur "),
    (r"\bn° ?", "numéro "),
)


def sounds(ipa: str) -> str:
    """Give espeak's sounds without stress, links, blanks or flags."""
    return re.sub(r"\([a-z^-]+\)|[\sˈˌ^_-]", "", ipa)


def systems() -> list[System]:
    """Load ours and the peers, each by its best documented call."""
    damga = TextNormalizer(lang="fr")
    return [
        System("audionews", spoken, words, words),
        System("damga", damga.normalize, words, words),
        System("lectura", lectura(), words, words),
        System("num2words+", figures_and_patterns, words, words),
        System("num2words", figures_only, words, words),
        System("espeak-ng", espeakng.phonemes, sounds, lambda text: sounds(espeakng.phonemes(_letters(text)))),
    ]


def _letters(text: str) -> str:
    return re.sub(r"\[([A-Z0-9-]+)\]", lambda found: found[1].replace("-", " "), text)


def right(system: System, row: Row) -> bool:
    """Tell whether a system reads a row as one of its accepted forms; one that fails is wrong."""
    try:
        said = system.say(row.written)
    except Exception:  # whatever a peer may raise is a row it does not read
        return False
    return system.compared(said) in map(system.wanted, row.accepted)


def pace(system: System, lines: list[str]) -> float:
    """Give the milliseconds of processor time a line, the median of warm passes: a busy machine counts for little."""
    passes = []
    for _ in range(PASSES):
        start = time.process_time()
        for line in lines:
            try:
                system.say(line)
            except Exception:  # as above; the time it took counts
                continue
        passes.append(time.process_time() - start)
    return statistics.median(passes) * 1000 / len(lines)


def show(title: str, figures: list[str], width: int = 26) -> None:
    """Print one line of a table."""
    print(f"{title:{width}}" + "".join(f"{figure:>12}" for figure in figures), flush=True)


def accuracy(found: list[System], table: list[Row]) -> None:
    """Print how many rows of each kind each system reads right, in percent."""
    hits = {system.name: [right(system, row) for row in table] for system in found}
    for title, kinds in (("table", [row.table for row in table]), ("category", [row.category for row in table])):
        show(f"\n{title}", [system.name for system in found], 27)
        for kind, count in sorted(Counter(kinds).items(), key=lambda one: -one[1]):
            of_kind = [at for at, one in enumerate(kinds) if one == kind]
            shares = [sum(hits[system.name][at] for at in of_kind) / count for system in found]
            show(f"{kind[:20]:20}{count:5}", [f"{share:.1%}" for share in shares])
    show(f"\n{'all':20}{len(table):5}", [f"{sum(hits[system.name]) / len(table):.1%}" for system in found], 27)


def speed(found: list[System], table: list[Row]) -> bool:
    """Print the milliseconds a line; give whether ours keep the limit."""
    good = True
    for title, lines in (("rows of the tables", [row.written for row in table]), ("press lines", press())):
        if not lines:
            print(f"{title}: not measured, their data are not beside this checkout")
            continue
        length = sum(map(len, lines)) / len(lines)
        for system in found:
            pace(system, lines[:50])
        paces = [pace(system, lines) for system in found]
        show(f"\n{title}", [system.name for system in found], 27)
        show("ms a line", [f"{one:.3f}" for one in paces])
        show("against the fastest peer", [f"{one / min(paces[1:]):.1f}" for one in paces])
        limit = LIMIT * max(1.0, length / 200)
        kept = paces[0] <= limit
        print(
            f"{'ok  ' if kept else 'FELL SHORT':10} {len(lines)} lines of {length:.0f} characters on average: "
            f"{paces[0]:.3f} ms a line  (≤ {limit:.2f})"
        )
        good = good and kept
    return good


def main() -> int:
    """Measure all systems; 1 when ours are too slow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", nargs="?", const="audionews", help="print what one system reads wrong, and end")
    options = parser.parse_args()
    logging.disable(logging.WARNING)  # lectura tells of every form it does not know
    found, table = systems(), rows()
    if options.misses:
        (system,) = (one for one in found if one.name == options.misses)
        for row in table:
            if not right(system, row):
                print(f"{row.table} {row.category}: {row.written!r} → {system.say(row.written)!r}, not {row.accepted}")
        return 0
    if not (DATA / "spoken_dev.tsv").exists():
        print("the development share (spoken_dev.tsv) is not beside this checkout: our own tables alone")
    accuracy(found, table)
    return 0 if speed(found, table) else 1


if __name__ == "__main__":
    sys.exit(main())
