"""Where the article ends on its page, and the announcements of other articles begin.

Each place where a page may be cut in two is given odds by a linear model: what the lines after it look like (marks of
an excerpt, likeness to the lines above, openings of articles against lines that go on) and what stands right before it
(a signature, the head of a list). The weights are data/boundary.toml, made by scripts/train-labels. Losing a line of
the article costs more than keeping one of another: the cut taken is the one of least expected cost.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from audionews.articles.boilerplate import boilerplate, opens_list
from audionews.articles.patterns import Cut, Signature, cuts, goes_on, is_final, signature
from audionews.articles.tables import data

LOST = 2.0  # what losing a line of the article costs, against keeping a line of another
MOST = 300  # places tried on one page, counted from its end
CENTRAL = 6  # content words a text holds most often
OPENING = 290  # characters of a line by which its way of opening is judged
MOST_OPEN = 5.0
MOST_SHORTER = 2.0  # natural log of how many times shorter
EXCERPT_LENGTH = 330  # characters: sites cut excerpts of other articles shorter than this
ENOUGH = 40  # words in whole sentences above a signature: more than a caption holds

OF_LINES = (
    *(mark.value for mark in Cut),
    *("line", "long", "longer", "goes_on", "dated", "tiny", "opening"),
    *("shorter", "central", "shared", "names_known", "names_new", "linked"),
)
OF_CUTS = (
    *("any", "strong_before", "strong_final", "strong_below", "strong_at_end"),
    *("weak_before", "weak_final", "weak_below", "weak_at_end"),
    *("par_before", "list_before", "signed_after", "first", "boilerplate_before"),
)
NAMES = (*OF_LINES, *OF_CUTS)

_WORD = re.compile(r"[a-z0-9]{4,}")
_SMALL = re.compile(r"(?<![\w-])[a-zà-ÿœ]+(?:-t-(?:il|elle|on|ils|elles))?(?![\w-])")
_FIRST = re.compile(r"[A-ZÀ-Ýa-zà-ÿœ]+")
_NAME = re.compile(r"(?<=[\w,’'«(] )(?:[ldLD]’)?([A-ZÀ-Ý][\w-]+)|(?<=[ld]’)([A-ZÀ-Ý][\w-]+)")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b(?:ce|hier) (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b")


@dataclass(frozen=True, slots=True)
class Seen:
    """One line, and what is seen of it alone."""

    text: str  # as printed
    boilerplate: str  # the reason, "" for none
    signature: Signature
    opener: bool
    stems: frozenset[str]
    names: frozenset[str]
    listed: bool = False  # a name among others

    @property
    def plain(self) -> bool:
        """Neither boilerplate nor a name: a line of this article or of another."""
        return not self.boilerplate and not self.signature and not self.listed

    @property
    def wordless(self) -> bool:
        """Marks only."""
        return not any(char.isalnum() for char in self.text)


def see(line: str) -> Seen:
    """Look at one line alone."""
    reason = boilerplate(line)
    names = frozenset((one or two)[:8] for one, two in _NAME.findall(line))
    return Seen(line, reason, signature(line), opens_list(line), stems(line), names)


def stems(text: str) -> frozenset[str]:
    """Give the content words of a text, cut to six letters without accents."""
    folded = unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore").decode()
    return frozenset(word[:6] for word in _WORD.findall(folded)) - _common()


@cache
def _common() -> frozenset[str]:
    return frozenset(data("topic")["common"].split())


def places(page: Sequence[Seen], title: str = "", first: int = 0) -> list[tuple[int, tuple[float, ...]]]:
    """Give each place where a page may be cut, and its features.

    Args:
        page: its lines.
        title: the article's title, when known.
        first: the line where the text begins; no cut is before its second line.

    Returns:
        The index of the first foreign line (the number of lines: none is) and the features, in the order of `NAMES`.
    """
    count = len(page)
    plain = [at for at in range(count) if page[at].plain]
    if not plain:
        return [(count, (0.0,) * len(NAMES))]
    first_stem, first_name = _firsts(page, title)
    counts: Counter[str] = Counter(stems(title))
    above: list[int] = []  # characters of each line of the text
    added = 0
    alone = {at: _alone(page[at].text) for at in plain}
    tried = [at for at in plain[1:] if at > first and at >= count - MOST and not _is_a_rest(page[at].text)]
    found = [(count, (0.0,) * len(NAMES))]
    for cut in tried:
        total = [0.0] * len(OF_LINES)
        for at in range(added, cut):
            counts.update(page[at].stems if page[at].plain else ())
            above += [len(page[at].text)] if page[at].plain and at >= first else []
        usual, added = sum(above) / len(above), cut
        central = {one for one, times in counts.most_common(CENTRAL) if times > 1}
        before: Seen | None = None
        for at in plain[bisect_left(plain, cut) :]:
            line = page[at]
            for rank, value in enumerate(alone[at]):
                total[rank] += value
            total[-6] += min(MOST_SHORTER, max(0.0, math.log(usual / len(line.text))))
            total[-5] += len(line.stems & central) / (len(central) + 1)
            total[-4] += _known(line.stems, first_stem, cut)
            known = sum(first_name[one] < cut for one in line.names)
            total[-3] += known / (len(line.names) + 1)
            total[-2] += (len(line.names) - known) / (len(line.names) + 1)
            if before is not None:
                total[-1] += len(line.stems & before.stems) / (len(line.stems) + 1)
            before = line
        found.append((cut, (*total, *_cut(page, plain, cut))))
    return found


def _firsts(page: Sequence[Seen], title: str) -> tuple[dict[str, int], dict[str, int]]:
    """Give the line where each content word and each name is first seen; the title counts as before all."""
    first_stem = dict.fromkeys(stems(title), -1)
    first_name = dict.fromkeys((word[:8] for word in re.findall(r"[A-ZÀ-Ý][\w-]+", title)), -1)
    for at, line in enumerate(page):
        for one in line.stems:
            first_stem.setdefault(one, at)
        # A name at the head of a sentence is known afterwards, but none is learnt from a signature.
        for one in re.findall(r"[A-ZÀ-Ý][\w-]+", line.text) if not line.signature else ():
            first_name.setdefault(one[:8], at)
    return first_stem, first_name


def _known(words: frozenset[str], first: dict[str, int], cut: int) -> float:
    return sum(first[one] < cut for one in words) / (len(words) + 1)


def _is_a_rest(text: str) -> bool:
    """Tell whether a line is the rest of a sentence or quotation begun above: no article opens so."""
    return text[:1].islower() or text.count("»") > text.count("«")


def _alone(text: str) -> tuple[float, ...]:
    """Give the features of a line that do not depend on the cut."""
    marks = cuts(text)
    return (
        *(float(mark in marks) for mark in Cut),
        1.0,
        min(len(text) / EXCERPT_LENGTH, 1.0),
        min(max(0.0, len(text) / EXCERPT_LENGTH - 1), 3.0),
        float(goes_on(text)),
        float(bool(_DATED.search(text))),
        float(0 < len(text) < 80),
        opening(text),
    )


def opening(text: str) -> float:
    """Tell how a line reads: above 0 like the opening of an article, below 0 like a paragraph further down."""
    weights = data("openings")["weights"]
    known: float = sum(weights[word] for word in openers(text) if word in weights)
    return max(-MOST_OPEN, min(MOST_OPEN, known))


def openers(text: str) -> set[str]:
    """Give the words by which `opening` judges: those in lower case near the beginning, the first one marked ^.

    ^« is a quotation, ^0 a figure, ^-é a participle at the head of the line.
    """
    words = _SMALL.findall(text[:OPENING])
    first = _FIRST.match(text)
    if text.startswith(("«", '"', "“")):
        return {*words, "^«"}
    if not first:
        return {*words, *(("^0",) if text[:1].isdigit() else ())}
    shape = ("^-é",) if re.search(r"é(?:e|s|es)?$", first[0]) and len(first[0]) > 4 else ()
    return {*words, f"^{first[0].lower()}", *shape}


def _cut(page: Sequence[Seen], plain: Sequence[int], cut: int) -> tuple[float, ...]:
    """Give the features of a cut: what stands before it, back to the last line of text."""
    above = [at for at in plain if at < cut]
    between = page[above[-1] + 1 : cut] if above else page[:cut]
    sure = max((one.signature for one in between), default=Signature.NONE)
    final = [page[at].text for at in above if is_final(page[at].text)]
    below = float(sum(len(text.split()) for text in final) >= ENOUGH)
    at_end = float(len(final) > 1)
    after = sum(one.signature is Signature.STRONG for one in page[cut:])
    return (
        1.0,
        float(sure is Signature.STRONG),
        float(bool(final) and sure is Signature.STRONG),
        below * (sure is Signature.STRONG),
        at_end * (sure is Signature.STRONG),
        float(sure is Signature.WEAK),
        float(bool(final) and sure is Signature.WEAK),
        below * (sure is Signature.WEAK),
        at_end * (sure is Signature.WEAK),
        float(any(one.signature and one.text.lower().startswith("par ") for one in between)),
        float(any(one.opener for one in between)),
        float(min(after, 2)),
        float(len(above) == 1),
        float(any(one.boilerplate for one in between)),
    )


def end(page: Sequence[Seen], title: str = "", first: int = 0, hints: Sequence[float] = ()) -> int:
    """Find where the article ends.

    Args:
        page: its lines.
        title: the article's title, when known.
        first: the line where the text begins.
        hints: for each line, what is known from elsewhere: log odds that it announces another article.

    Returns:
        The index of the first line that announces another article; the number of lines when none does.
    """
    weights = _weights()
    tried = [
        (at, sum(weight * value for weight, value in zip(weights, values, strict=True)) + sum(hints[at:]))
        for at, values in places(page, title, first)
    ]
    highest = max(score for _, score in tried)
    odds = sorted((at, math.exp(score - highest)) for at, score in tried)
    return min(odds, key=lambda one: (_cost(one[0], odds), -one[0]))[0]


def _cost(cut: int, odds: Sequence[tuple[int, float]]) -> float:
    """Give the expected cost of a cut, up to a factor."""
    return sum(chance * (LOST * (at - cut) if at > cut else cut - at) for at, chance in odds)


@cache
def _weights() -> tuple[float, ...]:
    table = data("boundary")["weights"]
    return tuple(table[name] for name in NAMES)
