"""Copies of a text: signatures (MinHash) that are small enough to keep of every article ever seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from audionews.articles.imprint import fold
from audionews.model import Article

SLOTS = 64  # they give the share of shingles that two texts have in common, ± 0.06
SHINGLE = 3  # words
COPY = 0.7  # share of shingles: the same text, a paragraph more or less


@dataclass(frozen=True, slots=True)
class Seen:
    """An article as the ledger remembers it: the day it was first seen, and its signature."""

    article: str  # its id
    day: date
    signature: bytes  # SLOTS numbers of 4 bytes, little-endian; b"" of a text too short to sign


def signatures(articles: Sequence[Article]) -> tuple[bytes, ...]:
    """Sign the body of each article."""
    import numpy as np
    from rensa import RMinHash

    texts = [fold(" ".join(article.body)).replace("’", " ").split() for article in articles]
    shingles = [[" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)] for words in texts]
    digests = RMinHash.digests_from_token_sets(shingles, SLOTS, 1)
    rows = zip(np.array(digests, dtype="<u4"), shingles, strict=True)
    return tuple(row.tobytes() if any(own) else b"" for row, own in rows)


def first_seen(articles: Sequence[Article], seen: Sequence[Seen]) -> dict[str, date]:
    """Tell when a text came in for the first time, under whatever id.

    Args:
        articles: today's.
        seen: what the ledger remembers.

    Returns:
        The day, by the id of each article that is an old one again or a copy of it (a share of shingles of at
        least `COPY`).
    """
    import numpy as np

    days = {one.article: one.day for one in seen}
    found = {article.id: days[article.id] for article in articles if article.id in days}
    signed = [one for one in seen if one.signature]
    if not signed:
        return found
    known = np.frombuffer(b"".join(one.signature for one in signed), dtype="<u4").reshape(-1, SLOTS)
    for article, signature in zip(articles, signatures(articles), strict=True):
        if signature:
            same = (known == np.frombuffer(signature, dtype="<u4")).mean(axis=1) >= COPY
            copies = [signed[at].day for at in np.flatnonzero(same)]
            found |= {article.id: min([*copies, found.get(article.id, date.max)])} if copies else {}
    return found
