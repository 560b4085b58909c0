"""Scores of the line labels: on labelled press pages, and on pages put together from OrangeSum.

    python benchmarks/labels.py [FOLDER]

FOLDER holds press_noise_dev.jsonl and orangesum_valid300.jsonl.gz (Tixierae/OrangeSum, CC BY-SA 4.0); neither is
part of the project, and what is absent is told and left out. A made page is one article in paragraphs, a signature
or none, and the openings of other articles cut as sites cut them; half the pages have a caption.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from pathlib import Path

import orangesum

from audionews.articles.clean import label
from audionews.french import sentences

Page = list[tuple[str, str]]  # label, text
FIRST = ["Awa", "Moussa", "Jean-Pierre", "Fatoumata Mory", "Anne", "Ousmane Ag"]
LAST = ["KEÏTA", "SIDIBE", "N’DIAYE", "DE SOUZA", "LE GOFF", "COULIBALY"]


def signature(dice: random.Random) -> str:
    name = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
    return dice.choice([name, name, f"Par {name}", f"{name} (Amap)", "La Rédaction", "AFP", name.title()])


def teaser(text: str, dice: random.Random) -> str:
    split = sentences.split(text)
    cut = text[: dice.choice([290, 290, 290, 90, 180])]
    whole = [one for one in (" ".join(split[:2]), split[0], f"{split[0]}.") if len(one) <= 300]
    return dice.choice([f"{cut}.", f"{cut.rstrip()} .", cut, f"{cut}...", *whole])


def made(articles: list[dict[str, str]], dice: random.Random, signed: bool) -> Page:
    article, *others = dice.sample(articles, dice.randint(1, 8))
    split, page = list(sentences.split(article["article"])), []
    if dice.random() < 0.5:
        page.append(("caption", article["title"].strip().rstrip(".")))
    while split:
        size = dice.randint(1, 4)
        page.append(("body", " ".join(split[:size])))
        del split[:size]
    if signed:
        page.append(("byline", signature(dice)))
    return page + [("teaser", teaser(one["article"], dice)) for one in others]


def score(name: str, pages: list[Page]) -> None:
    lines = right = kept = body = both = 0
    for page in pages:
        for (truth, _), line in zip(page, label([text for _, text in page]), strict=True):
            lines, right = lines + 1, right + (truth == line.label)
            own, read = truth in {"body", "chapo"}, line.label in {"body", "chapo"}
            kept, body, both = kept + read, body + own, both + (own and read)
    print(
        f"{name:32} {len(pages):4} pages {lines:5} lines  accuracy {right / lines:.3f}  "
        f"kept: precision {both / kept:.3f} recall {both / body:.3f}"
    )


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else orangesum.DATA
    press, orange = folder / "press_noise_dev.jsonl", folder / "orangesum_valid300.jsonl.gz"
    if press.exists():
        rows = [json.loads(line)["lines"] for line in press.read_text("utf-8").splitlines()]
        pages = [[(one["label"], one["text"]) for one in row] for row in rows]
        score("press pages", pages)
        score("press pages, signature removed", [[one for one in page if one[0] != "byline"] for page in pages])
    else:
        print(f"{press} is absent: press pages not measured")
    if orange.exists():
        with gzip.open(orange, "rt", encoding="utf-8") as stream:
            articles = [json.loads(line) for line in stream]
        dice = random.Random(7)
        score("made pages, signed", [made(articles, dice, True) for _ in range(300)])
        score("made pages, not signed", [made(articles, dice, False) for _ in range(300)])
    else:
        print(f"{orange} is absent: made pages not measured")


if __name__ == "__main__":
    main()
