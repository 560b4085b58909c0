"""When each printed word is heard: the times of what an engine has read, carried back to the text as printed.

Between the two stand the spoken form (« 11 700 » is « onze mille sept cents ») and the pronunciations (« /abudʒa/ »).
So each printed word is also said alone, and each row of words is laid along the next one: what is the same on both
sides belongs together, and what lies between is shared out in proportion to its letters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from audionews.model import Word

_NO_LETTER = re.compile(r"[^\w]+")


class Stretch(NamedTuple):
    """A stretch of a row of words, by number: 1.5 is the middle of the second one."""

    start: float
    end: float


def printed(
    text: str, said: str, given: str, times: Sequence[tuple[int, int]], say: Callable[[str], str]
) -> tuple[Word, ...]:
    """Time the words of a text as printed.

    Args:
        text: as printed; its words are what stands between its plain blanks.
        said: its spoken form.
        given: what the engine has read of that: sounds or respellings in the place of words.
        times: of each word of `given`, in order, in any unit; none when the engine cannot tell.
        say: gives the spoken form of a printed word.

    Returns:
        A `Word` for each, in the unit of `times`, in order and not overlapping; a word that is not heard (« — ») lasts
        nothing. Empty when there are no times.
    """
    words, heard, read = text.split(" "), said.split(), given.split()
    words = [one for one in words if one]
    if not words or not read or len(read) != len(times):
        return ()
    alone = [(number, one) for number, word in enumerate(words) for one in _alone(word, say).split()]
    of_said = laid([one for _, one in alone], heard)
    of_read = laid(heard, read)
    made, at = [], times[0][0]
    for number, word in enumerate(words):
        own = [stretch for (owner, _), stretch in zip(alone, of_said, strict=True) if owner == number]
        own = [one for one in own if one.end > one.start]
        if own:
            start = _moment(_along(own[0].start, of_read, False), times, False)
            end = _moment(_along(own[-1].end, of_read, True), times, True)
            start, end = max(at, round(start)), max(at, round(end))
        else:
            start = end = at
        made.append(Word(word, start, end))
        at = end
    return tuple(made)


def laid(words: Sequence[str], onto: Sequence[str]) -> list[Stretch]:
    """Lay a row of words along another one that says the same: give the stretch of it that each word covers."""
    one, other = [_bare(word) for word in words], [_bare(word) for word in onto]
    found: list[Stretch] = []
    for kind, start, end, first, after in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            found += (Stretch(first + at, first + at + 1) for at in range(end - start))
        else:
            found += _shared(one[start:end], other[first:after], first)
    return found


def _shared(words: Sequence[str], onto: Sequence[str], first: int) -> list[Stretch]:
    """Share a stretch among words that are not in it, by their letters; the same number of words go one to one."""
    if not words:  # the other row says something more there
        return []
    if len(words) == len(onto):
        return [Stretch(first + at, first + at + 1) for at in range(len(words))]
    sizes, lengths = [max(1, len(one)) for one in words], [max(1, len(one)) for one in onto]
    ends = [0, *accumulate(lengths)]
    whole, total = ends[-1], sum(sizes)

    def place(letters: float) -> float:
        if not onto:
            return float(first)
        at = min(bisect_right(ends, letters) - 1, len(onto) - 1)
        return first + at + (letters - ends[at]) / lengths[at]

    borders = [place(done * whole / total) for done in (0, *accumulate(sizes))]
    return [Stretch(start, end) for start, end in pairwise(borders)]


def _along(place: float, stretches: Sequence[Stretch], end: bool) -> float:
    """Carry a place in one row to the row that `stretches` are laid along."""
    number, rest = _inside(place, end, len(stretches))
    start, after = stretches[number]
    return start + rest * (after - start)


def _moment(place: float, times: Sequence[tuple[int, int]], end: bool) -> float:
    number, rest = _inside(place, end, len(times))
    start, after = times[number]
    return start + rest * (after - start)


def _inside(place: float, end: bool, count: int) -> tuple[int, float]:
    """Give the word a place falls into, and how far: a border is the end of one word or the start of the next."""
    number = int(place)
    if end and number == place:
        number -= 1
    number = min(max(number, 0), count - 1)
    return number, place - number


@lru_cache(maxsize=8192)
def _alone(word: str, say: Callable[[str], str]) -> str:
    return say(word)


@lru_cache(maxsize=8192)
def _bare(word: str) -> str:
    """Leave what two spellings of a word have in common: small letters without accents or marks, or its first mark."""
    plain = "".join(one for one in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(one))
    return _NO_LETTER.sub("", plain) or word[:1]
