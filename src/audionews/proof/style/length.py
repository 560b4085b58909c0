"""How long, how heavy and how varied sentences are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from statistics import mean, median, quantiles

from audionews.model import Role
from audionews.proof.style.finding import Fault
from audionews.proof.style.heard import Heard, Hearing, start

LONGEST = 25  # words
LONGEST_TITLE = 24
MEDIAN, NINE_IN_TEN = 14, 20
HEAVY, HEAVY_MEAN = 20, 12  # syllables above one a word
BREATH = 20  # words without a mark
SHORT = 8
ENOUGH = 5  # sentences, before anything is said of all of them

_NUCLEUS = re.compile(r"[aeiouy]+")


def long(heard: Heard) -> Iterator[Fault]:
    """Find a sentence that is lost at first hearing."""
    title = heard.segment.role is Role.HEADLINE
    if heard.count > LONGEST:
        yield Fault("S1", start(heard.text), heard.segment.id, f"{heard.count} mots")
    elif title and heard.count > LONGEST_TITLE:
        yield Fault("T1", start(heard.text), heard.segment.id, f"{heard.count} mots")


def heavy(heard: Heard) -> Iterator[Fault]:
    """Find a sentence of long words."""
    if heard.told and _extra(heard) > HEAVY:
        yield Fault("S1a", start(heard.text), heard.segment.id, f"{_extra(heard)} syllabes de trop")


def breathless(heard: Heard) -> Iterator[Fault]:
    """Find a long stretch without a mark."""
    stretch = max(re.split(r"[,:;.!?…«»]", heard.spoken), key=lambda one: len(one.split()), default="")
    if heard.told and len(stretch.split()) > BREATH:
        yield Fault("O3", start(stretch.strip()), heard.segment.id, f"{len(stretch.split())} mots sans virgule")


def averages(hearing: Hearing) -> Iterator[Fault]:
    """Judge the length of all sentences together."""
    told = [one for one in hearing.heard if one.told]
    if len(told) < ENOUGH:
        return
    counts = [one.count for one in told]
    middle, ninth = median(counts), quantiles(counts, n=10, method="inclusive")[-1]
    weight = mean(_extra(one) for one in told)
    if middle > MEDIAN or ninth > NINE_IN_TEN or weight > HEAVY_MEAN:
        figures = f"Médiane {middle:.0f} mots, neuf sur dix jusqu’à {ninth:.0f}, {weight:.0f} syllabes de trop"
        yield Fault("S1b", max(told, key=lambda one: one.count).place, detail=figures)


def rhythm(hearing: Hearing) -> Iterator[Fault]:
    """Find four sentences of one length, and stories without a short one."""
    for story in hearing.stories:
        fours = [story[at : at + 4] for at in range(len(story) - 3)]
        counts = [[one.count for one in four] for four in fours]
        even = next((four for four, many in zip(fours, counts, strict=True) if max(many) - min(many) <= 2), None)
        if even:
            yield Fault("S2", start(even[0].text), even[0].segment.id, "Quatre phrases de même longueur")
        elif fours and min(one.count for one in story) > SHORT:
            yield Fault("S2", start(story[0].text), story[0].segment.id, "Aucune phrase courte dans ce sujet")


def beginnings(hearing: Hearing) -> Iterator[Fault]:
    """Find three sentences running that begin alike."""
    told = [one for one in hearing.heard if one.told]
    openings = [" ".join(one.text.lower().split(" ")[:2]) for one in told]
    alike = [first == second for first, second in pairwise(openings)]
    for at, (one, other) in enumerate(pairwise(alike)):
        if one and other:
            yield Fault("B6", " ".join(told[at].text.split(" ")[:2]), told[at + 2].segment.id)


def syllables(word: str) -> int:
    """Count the syllables of a word as they are heard, about: the last mute e is not."""
    bare = "".join(char for char in unicodedata.normalize("NFD", word.lower().replace("œ", "e")) if char.isalpha())
    if "́" not in unicodedata.normalize("NFD", word[-3:]):
        bare = re.sub(r"(?<=[^aeiouy])(?:es?|ent)$", "", bare)
    return max(1, len(_NUCLEUS.findall(bare.replace("qu", "k").replace("gu", "g"))))


def _extra(heard: Heard) -> int:
    tokens = [token for token in heard.spoken.split() if any(char.isalnum() for char in token)]
    return sum(syllables(token) for token in tokens) - len(tokens)
