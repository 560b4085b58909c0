"""The articles of Tixierae/OrangeSum (CC BY-SA 4.0), read for training and measuring; no part of the project."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from audionews.french import typography

# The crawl lost the blanks between paragraphs: "en 2015.Les femmes", "survol.« Par ailleurs".
GLUED = re.compile(r"(?<=[^\W\d_A-Z][.!?…»\"]|[»\"\d][.!?…])(?=[A-ZÀ-Ý«][a-zà-ÿ’ \u202f])")


DATA = Path(__file__).parent.parent.parent / "shared" / "data"  # beside the checkout; other places by argument


class Pair(NamedTuple):
    """An article and its human abstract, typography repaired."""

    title: str
    article: str
    abstract: str


def pairs(path: Path) -> Iterator[Pair]:
    """Read the pairs of a .jsonl.gz file, in order."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            texts = (row["title"], row["article"], row["abstract"])
            yield Pair(*(typography.clean(GLUED.sub(" ", typography.clean(text))) for text in texts))
