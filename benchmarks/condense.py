"""ROUGE F1 of the condensed articles against human abstracts, beside simple rivals.

    python benchmarks/condense.py [orangesum_valid300.jsonl.gz]

Data: Tixierae/OrangeSum, CC BY-SA 4.0 (article, human abstract, title); it is not part of the project.
Unicode words, no stemming; the day of the bulletin is the day of the article.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import orangesum
from rouge import scores

from audionews.condense.choose import body_sentences, condense, rank, stands_alone
from audionews.french import sentences
from audionews.model import Article, Label, Line

DAY = date(2020, 1, 1)
System = Callable[[Article], tuple[str, ...]]


def lead_whole(article: Article, budget: int) -> tuple[str, ...]:
    chosen: list[str] = []
    for sentence in body_sentences(article):
        if chosen and sum(map(sentences.words, [*chosen, sentence])) > budget:
            break
        chosen.append(sentence)
    return tuple(chosen)


def lead_cut(article: Article, budget: int) -> tuple[str, ...]:
    return (" ".join(" ".join(body_sentences(article)).split()[:budget]),)


def single_best(article: Article) -> tuple[str, ...]:
    body = body_sentences(article)
    ranked = rank(body, article.title)
    return (body[ranked.index(max(ranked))],)


def best_alone(article: Article) -> tuple[str, ...]:
    """Take the best-scored of the sentences `condense` could open with."""
    body = body_sentences(article)
    ranked = dict(zip(body, rank(body, article.title), strict=True))
    alone = [one for one in body if stands_alone(one) and sentences.words(one) <= 45]
    return (max(alone, key=lambda one: ranked[one]),) if alone else ()


def ranked_only(article: Article, budget: int) -> tuple[str, ...]:
    """Take the best-scored sentences that fit, whether or not they are understood alone."""
    body, chosen = body_sentences(article), set[int]()
    ranked = rank(body, article.title)
    for at in sorted(range(len(body)), key=lambda one: -ranked[one]):
        if sum(sentences.words(body[one]) for one in {*chosen, at}) <= budget:
            chosen.add(at)
    return tuple(body[at] for at in sorted(chosen))


SYSTEMS: dict[str, System] = {
    "first sentence": lambda one: body_sentences(one)[:1],
    "lead, whole sentences, 60": lambda one: lead_whole(one, 60),
    "lead cut at 60": lambda one: lead_cut(one, 60),
    "ranker alone, 60": lambda one: ranked_only(one, 60),
    "ranker alone, single best": single_best,
    "ours, 45": lambda one: condense(one, 45, DAY),
    "ours, 60": lambda one: condense(one, 60, DAY),
    "ours, single best": best_alone,
}


def read(path: Path) -> list[tuple[Article, str]]:
    return [
        (Article(str(at), (Line(one.article, Label.BODY),), one.title, DAY), one.abstract)
        for at, one in enumerate(orangesum.pairs(path))
    ]


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else orangesum.DATA / "orangesum_valid300.jsonl.gz"
    if not path.exists():
        sys.exit(f"{path} is absent: nothing measured")
    pairs = read(path)
    print(f"{len(pairs)} articles{'':20} words    R1    R2    RL  none  ms/article")
    for name, system in SYSTEMS.items():
        started = time.perf_counter()
        texts = [" ".join(system(article)) for article, _ in pairs]
        spent = 1000 * (time.perf_counter() - started) / len(pairs)
        every = [scores(text, abstract) for text, (_, abstract) in zip(texts, pairs, strict=True)]
        means = [100 * sum(column) / len(column) for column in zip(*every, strict=True)]
        words = sum(map(sentences.words, texts)) / len(texts)
        empty = sum(not text for text in texts)
        print(f"{name:32} {words:5.1f} {means[0]:5.1f} {means[1]:5.1f} {means[2]:5.1f} {empty:5} {spent:7.1f}")


if __name__ == "__main__":
    main()
