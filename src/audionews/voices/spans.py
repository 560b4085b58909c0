"""Which phonemes are which word: the phonemes of a text, and the stretch of them that each of its words is.

espeak-ng says whole clauses, not words: it glues (« est-il », « trois cents »), links (« les enfants ») and drops. So
each word is also said alone, and the two are aligned: the least costly alignment of two sequences (Needleman and
Wunsch, 1970), where a blank that espeak wrote is the likeliest border between two words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from audionews.voices.phonemes import phonemes, sounds, split_marks

_CLUSTER = re.compile(r"[ˈˌ]*[^ˈˌ][\u0300-\u036fːˑ]*|[ˈˌ]+$")  # one sound with its stress, tilde and length
_STRESS = str.maketrans("", "", "ˈˌːˑ")
_VOWELS = frozenset("aɑeɛəiɪoɔøœuʊyɐʌæɜɨʉ")
_BORDER = "|"  # between two words said alone; no symbol of any alphabet here
_LEFT_OUT = 1.0  # a sound that only one side has
_OTHER_VOWEL, _OTHER_CONSONANT = 0.6, 0.9  # a sound in place of another of its kind
_GLUED = 0.5  # two words without a blank between them
_PARTED = 1.2  # a blank inside a word


def word_tokens(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Give the phonemes of a text and where each of its words stands in them.

    Args:
        text: as an engine of phonemes is given it: ``"le ministre /kulibali/ est là."``

    Returns:
        What `phonemes` gives for the text; and for each word, which is what stands between blanks, its first symbol
        and the one after its last. A symbol is one token of Kokoro's. The ranges are in order and do not overlap.
        Blanks and marks belong to no word, unless they stand inside one. A linking consonant belongs to the word that
        spells it. A word without sound, « — », has an empty range.
    """
    symbols = phonemes(text)
    heard, written = _stretches(symbols), _fragments(text.split())
    if len(heard) != len(written):  # a mark came or went with the sounds: then everything is one stretch
        heard, written = [(0, symbols)], [[one for stretch in written for one in stretch]]
    found: dict[int, tuple[int, int]] = {}
    for (start, stretch), fragments in zip(heard, written, strict=True):
        places = _places(stretch, [sound for _, sound in fragments])
        for (word, _), (first, after) in zip(fragments, places, strict=True):
            if first < after:
                found[word] = (found.get(word, (start + first, 0))[0], start + after)
    ranges, at = [], 0
    for word in range(len(text.split())):
        ranges.append(found.get(word, (at, at)))
        at = ranges[-1][1]
    return symbols, tuple(ranges)


def _stretches(symbols: str) -> list[tuple[int, str]]:
    """Give what stands between the marks, with its place."""
    made, at = [], 0
    for part in split_marks(symbols):
        made.append((at, part))
        at += len(part) + 1
    return made


def _fragments(words: Sequence[str]) -> list[list[tuple[int, str]]]:
    """Give, for each stretch between two marks, its words by number with the sounds of each alone, if it has any."""
    made: list[list[tuple[int, str]]] = [[]]
    for number, word in enumerate(words):
        for rank, part in enumerate(split_marks(word)):
            if rank:
                made.append([])
            sound = _alone(part)
            if sound:
                made[-1].append((number, sound))
    return made


@lru_cache(maxsize=8192)
def _alone(part: str) -> str:
    return sounds(part) if part else ""


def _places(stretch: str, alone: Sequence[str]) -> list[tuple[int, int]]:
    """Share the symbols of a stretch among its words."""
    groups = [(found.start(), found.end()) for found in re.finditer(r"[^ ]+", stretch)]
    if len(groups) == len(alone) and all(
        _alike(stretch[start:end], one) for (start, end), one in zip(groups, alone, strict=True)
    ):
        return groups
    clusters = [(found.start(), found.end(), found[0].translate(_STRESS)) for found in _CLUSTER.finditer(stretch)]
    borders = _aligned([one for _, _, one in clusters], alone)
    sounding = [(start, end) for start, end, one in clusters if one != " "]
    return [
        (sounding[first][0], sounding[after - 1][1]) if first < after else (0, 0) for first, after in pairwise(borders)
    ]


def _alike(heard: str, alone: str) -> bool:
    """Tell whether they are the same word, a linking consonant or a dropped vowel at its end apart."""
    one, other = heard.translate(_STRESS), alone.translate(_STRESS)
    return one.startswith(other) or other.startswith(one)


def _aligned(heard: Sequence[str], alone: Sequence[str]) -> list[int]:
    """Give where each word begins among the sounds heard, blanks not counted, and where the last ends."""
    said = [_CLUSTER.findall(one.translate(_STRESS)) for one in alone]
    wanted = [sound for number, word in enumerate(said) for sound in ([_BORDER] * (number > 0) + word)]
    # costs[j]: of the first j wanted; steps[i][j]: the last step, 0 both, 1 heard only, 2 wanted only
    costs = [0.0]
    for one in wanted:
        costs.append(costs[-1] + (_GLUED if one == _BORDER else _LEFT_OUT))
    steps = [bytearray([2] * len(costs))]
    for one in heard:
        alone_cost = _PARTED if one == " " else _LEFT_OUT
        row, last = [costs[0] + alone_cost], bytearray([1])
        for place, other in enumerate(wanted):
            ways = (
                costs[place] + _cost(one, other),
                costs[place + 1] + alone_cost,
                row[place] + (_GLUED if other == _BORDER else _LEFT_OUT),
            )
            best = min(ways)
            row.append(best)
            last.append(ways.index(best))
        costs = row
        steps.append(last)
    return _borders(heard, wanted, steps, len(alone))


@lru_cache(maxsize=4096)
def _cost(heard: str, wanted: str) -> float:
    """Give the cost of one sound in the place of another."""
    if _BORDER in wanted or " " in (heard, wanted):
        return 0.0 if heard == " " and wanted in (_BORDER, " ") else 9.0
    if heard == wanted:
        return 0.0
    vowels = (heard[0] in _VOWELS) + (wanted[0] in _VOWELS)
    return (_OTHER_CONSONANT, 3.0, _OTHER_VOWEL)[vowels]


def _borders(heard: Sequence[str], wanted: Sequence[str], steps: Sequence[bytearray], words: int) -> list[int]:
    before = [0]  # sounds heard before each place
    for one in heard:
        before.append(before[-1] + (one != " "))
    borders, at, to = [before[-1]], len(heard), len(wanted)
    while to:
        step = steps[at][to]
        if wanted[to - 1] == _BORDER and step != 1:
            borders.append(before[at])
        at, to = at - (step != 2), to - (step != 1)
    borders = [*borders, 0][::-1] if words else [before[-1]]
    for place in range(1, words):  # a sound to every word, as far as they go
        borders[place] = max(borders[place], borders[place - 1] + 1)
    for place in range(words - 1, 0, -1):
        borders[place] = max(0, min(borders[place], borders[place + 1] - 1))
    return borders
