"""Scores of the line labels: on labelled press pages, and on pages put together from OrangeSum.

    python benchmarks/labels.py [FOLDER] [--wrong N]

FOLDER holds press_noise_dev.jsonl and orangesum_valid300.jsonl.gz (Tixierae/OrangeSum, CC BY-SA 4.0); neither is
part of the project, and what is absent is told and left out. How the pages are made: benchmarks/pages.py. --wrong
prints the first N lines labelled wrong of each set.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import orangesum
from pages import Habits, Page, Press, made, stories

from audionews.articles.clean import label, to_article
from audionews.articles.read import Raw
from audionews.articles.repeats import relabel
from audionews.model import Article

KEPT = {"body", "chapo"}
SETS = {
    "signed": Habits(signed=1.0, topped=0.0, boilerplate=0.0),
    "signed, boilerplate": Habits(signed=1.0, topped=0.0, boilerplate=1.0),
    "signed, teasers on the topic": Habits(signed=1.0, topped=0.0, boilerplate=0.0, alike=1.0),
    "signed above and below": Habits(signed=1.0, topped=1.0),
    "signed above only": Habits(signed=0.0, topped=1.0),
    "not signed": Habits(signed=0.0, topped=0.0, boilerplate=0.0),
    "not signed, boilerplate": Habits(signed=0.0, topped=0.0, boilerplate=1.0),
    "not signed, teasers on the topic": Habits(signed=0.0, topped=0.0, boilerplate=0.0, alike=1.0),
    "not signed, no teasers": Habits(signed=0.0, topped=0.1, bare=1.0),
    "not signed, two sentences": Habits(signed=0.0, topped=0.0, boilerplate=0.0, brief=1.0),
}


def score(name: str, pages: Iterable[tuple[Page, str]], wrong: int) -> None:
    """Label pages and print accuracy, and precision and recall of the lines kept."""
    count = lines = right = kept = body = both = 0
    start = time.process_time()
    told: list[str] = []
    for page, title in pages:
        count += 1
        for (truth, text), line in zip(page, label([text for _, text in page], title), strict=True):
            lines, right = lines + 1, right + (truth == line.label)
            own, read = truth in KEPT, line.label in KEPT
            kept, body, both = kept + read, body + own, both + (own and read)
            if truth != line.label:
                told.append(f"    {truth} read as {line.label} ({line.reason}): {text[:90]} … {text[-30:]}")
    print(
        f"{name:34} {count:4} pages {lines:5} lines  accuracy {right / lines:.3f}  kept: precision {both / kept:.3f} "
        f"recall {both / body:.4f}  {1000 * (time.process_time() - start) / count:.1f} ms a page"
    )
    print("\n".join(told[:wrong]), end="\n" if told[:wrong] else "")


def day(of: Press, dice: random.Random, signed: float) -> list[Page]:
    """Make one day of a source: its pages announce thirty of its articles, some are crawled twice."""
    recent = dice.sample(range(len(of.stories)), 30)
    habits = Habits(signed=signed, topped=0.0, boilerplate=0.0, bare=1.0)
    pages = []
    for at in range(len(of.stories)):
        own, _ = made(of, at, dice, habits)
        for _ in range(2 if dice.random() < 0.2 else 1):
            others = [one for one in dice.sample(recent, dice.randint(1, 7)) if one != at]
            # Complete: nothing but the other pages tells them from the text.
            pages.append([*own, *(("teaser", of.stories[one].lead) for one in others)])
    return pages


def scored(pages: list[Page], articles: Sequence[Article]) -> str:
    """Give precision and recall of the lines kept."""
    kept = body = both = 0
    for page, article in zip(pages, articles, strict=True):
        for (truth, _), line in zip(page, article.lines, strict=True):
            own, read = truth in KEPT, line.label in KEPT
            kept, body, both = kept + read, body + own, both + (own and read)
    return f"precision {both / kept:.3f} recall {both / body:.4f}"


def collection(of: Press, signed: float) -> None:
    """Label a day page by page, then with its other pages; print the scores and the time."""
    pages = day(of, random.Random(7), signed)
    raws = [Raw(f"{at}.txt", tuple(text for _, text in page), source="le journal") for at, page in enumerate(pages)]
    start = time.process_time()
    alone = [to_article(raw) for raw in raws]
    then = time.process_time()
    together = relabel(alone)
    end = time.process_time()
    print(f"{len(pages)} pages of one source, {'signed' if signed else 'not signed'}: ", end="")
    print(
        f"alone {scored(pages, alone)} ({then - start:.2f} s), together {scored(pages, together)} ({end - then:.2f} s)"
    )


def main() -> None:
    """Measure what is there."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=orangesum.DATA)
    parser.add_argument("--wrong", type=int, default=0)
    given = parser.parse_args()
    press, orange = given.folder / "press_noise_dev.jsonl", given.folder / "orangesum_valid300.jsonl.gz"
    if press.exists():
        rows = [json.loads(line)["lines"] for line in press.read_text("utf-8").splitlines()]
        pages = [([(one["label"], one["text"]) for one in row], "") for row in rows]
        score("press pages", pages, given.wrong)
        unsigned = [([one for one in page if one[0] != "byline"], "") for page, _ in pages]
        score("press pages, signature removed", unsigned, given.wrong)
    else:
        print(f"{press} is absent: press pages not measured")
    if orange.exists():
        of = Press(stories(orange))
        for name, habits in SETS.items():
            dice = random.Random(7)
            score(name, [made(of, at, dice, habits) for at in range(len(of.stories))], given.wrong)
        for signed in (1.0, 0.0):
            collection(of, signed)
    else:
        print(f"{orange} is absent: made pages not measured")


if __name__ == "__main__":
    main()
