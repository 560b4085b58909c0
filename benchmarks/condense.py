"""ROUGE F1 of the condensed articles against human abstracts, beside simple rivals.

    python benchmarks/condense.py [orangesum_valid300.jsonl.gz]

Data: Tixierae/OrangeSum, CC BY-SA 4.0 (article, human abstract, title); it is not part of the project.
Unicode words, no stemming; no day is given, so that relative dates are left out as they would be on air. The time is
CPU time; where two are given, the first is with the parser and the second without.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import orangesum
from rouge import scores

from audionews.condense.choose import body_sentences, condense, rank
from audionews.french import sentences
from audionews.model import Article, Label, Line

System = Callable[[Article], tuple[str, ...]]
BUDGET = 60


@dataclass(frozen=True)
class Figures:
    """What a system reached: F1 in %, words, and milliseconds of CPU an article."""

    words: float
    r1: float
    r2: float
    rl: float
    none: int  # articles it gave nothing for
    over: int  # texts of more words than the budget
    ms: float


def lead_whole(article: Article) -> tuple[str, ...]:
    chosen: list[str] = []
    for sentence in body_sentences(article):
        if chosen and sum(map(sentences.words, [*chosen, sentence])) > BUDGET:
            break
        chosen.append(sentence)
    return tuple(chosen)


def lead_cut(article: Article) -> tuple[str, ...]:
    return (" ".join(" ".join(body_sentences(article)).split()[:BUDGET]),)


def ranked_only(article: Article) -> tuple[str, ...]:
    """Take the best-scored sentences that fit, whole, whether or not they are understood alone; no parser."""
    body, chosen = body_sentences(article), set[int]()
    ranked = rank(body, article.title)
    for at in sorted(range(len(body)), key=lambda one: -ranked[one]):
        if sum(sentences.words(body[one]) for one in {*chosen, at}) <= BUDGET:
            chosen.add(at)
    return tuple(body[at] for at in sorted(chosen))


def ours(article: Article, budget: int = BUDGET, *, fill: bool = False) -> tuple[str, ...]:
    return tuple(one.text for one in condense(article, budget, fill=fill))


def lexrank() -> System | None:
    """Give sumy's LexRank over our sentences and words, when it is installed (benchmarks/peers.sh)."""
    try:
        from sumy.parsers.plaintext import PlaintextParser
        from sumy.summarizers.lex_rank import LexRankSummarizer
    except ImportError:
        return None

    class Cut:
        def to_sentences(self, text: str) -> tuple[str, ...]:
            return sentences.split(text)

        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(text.lower().split())

    def system(article: Article) -> tuple[str, ...]:
        document = PlaintextParser.from_string(" ".join(article.body), Cut()).document
        chosen: set[str] = set()
        for one in LexRankSummarizer()(document, 5):
            if sum(map(sentences.words, [*chosen, str(one)])) <= BUDGET:
                chosen.add(str(one))
        return tuple(one for one in body_sentences(article) if one in chosen)

    return system


SYSTEMS: dict[str, System | None] = {
    "first sentence": lambda one: body_sentences(one)[:1],
    "lead, whole sentences": lead_whole,
    "lead cut": lead_cut,
    "sumy LexRank": lexrank(),
    "ranker alone, whole sentences": ranked_only,
    "ours": ours,
    "ours, parser excluded": ours,  # a second time: every tree is remembered
    "ours, the budget filled": lambda one: ours(one, fill=True),
    "ours, 45 words": lambda one: ours(one, 45),
    "ours, 30 words": lambda one: ours(one, 30),
}


def read(path: Path) -> list[tuple[Article, str]]:
    """Give the articles of a file of pairs, each with its abstract."""
    return [
        (Article(str(at), (Line(one.article, Label.BODY),), one.title), one.abstract)
        for at, one in enumerate(orangesum.pairs(path))
    ]


def measure(system: System, pairs: Sequence[tuple[Article, str]]) -> Figures:
    """Run a system over articles and compare what it gives with their abstracts."""
    started = time.process_time()
    texts = [" ".join(system(article)) for article, _ in pairs]
    spent = 1000 * (time.process_time() - started) / len(pairs)
    every = [scores(text, abstract) for text, (_, abstract) in zip(texts, pairs, strict=True)]
    r1, r2, rl = (100 * sum(column) / len(column) for column in zip(*every, strict=True))
    sizes = [sentences.words(text) for text in texts]
    over = sum(one > BUDGET for one in sizes)
    return Figures(sum(sizes) / len(pairs), r1, r2, rl, sum(not text for text in texts), over, spent)


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else orangesum.DATA / "orangesum_valid300.jsonl.gz"
    if not path.exists():
        sys.exit(f"{path} is absent: nothing measured")
    pairs = read(path)
    ours(pairs[0][0])  # the parser's and the ranker's data are loaded
    print(f"{len(pairs)} articles, {BUDGET} words{'':11} words    R1    R2    RL  none  over      ms")
    for name, system in SYSTEMS.items():
        if system is None:
            print(f"{name:32} not installed: run benchmarks/condense")
            continue
        one = measure(system, pairs)
        shown = " ".join(f"{figure:5.1f}" for figure in (one.words, one.r1, one.r2, one.rl))
        print(f"{name:32} {shown} {one.none:5} {one.over:5} {one.ms:7.1f}")


if __name__ == "__main__":
    main()
