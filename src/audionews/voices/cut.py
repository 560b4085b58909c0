"""Cut a sentence that is too long for an engine, where a reader would breathe, and tell for how long."""

from __future__ import annotations

import re
from collections.abc import Callable

# From the best place to the worst; each pattern's end is the place of the cut.
_BREATHS = (
    re.compile(r"[;:!?…](?=\s)|\.(?=\s)|\s(?=[—–]\s)"),
    re.compile(r",(?=\s)|[)»”](?=\s)"),
    re.compile(
        r"\s(?=(?:et|ou|mais|car|donc|puis|que|qui|dont|où|lorsque|quand|alors|tandis|afin|pour|après|avant|"
        r"selon|depuis)\s)",
        re.IGNORECASE,
    ),
    re.compile(r"\s(?=(?:de|du|des|à|au|aux|dans|en|sur|par|avec|sans|entre|vers|chez)\s)", re.IGNORECASE),
    re.compile(r"\s"),
)
# ms of silence by the mark a piece ends with; a dash opens the next one.
_PAUSES = {",": 180, "–": 180, "—": 180, ")": 180, ";": 250, ":": 250, ".": 350, "!": 350, "?": 350, "…": 350}
_NO_MARK = 70
_BLANK = " \t\n\r\u00a0\u202f«»“”\"’'"  # and what may stand between a mark and the cut


def cut(text: str, limit: int, measure: Callable[[str], int] = len) -> list[str]:
    """Cut a text into pieces that each measure at most `limit`.

    The text is halved, as near to its middle as the best kind of breath allows, until every piece fits: two
    even clauses sound better than a long one and a stump.

    Args:
        text: one sentence.
        limit: the most a piece may measure, at least 1.
        measure: what is limited: characters by default.

    Returns:
        The pieces in order, without outer blanks; together they hold every character that is not a blank.
    """
    text = text.strip()
    if measure(text) <= limit or len(text) < 2:
        return [text] if text else []
    place = _place(text)
    return cut(text[:place], limit, measure) + cut(text[place:], limit, measure)


def pause(before: str, after: str) -> int:
    """Give the silence in ms between two pieces of a sentence, by the mark that parts them."""
    left, right = before.rstrip(_BLANK), after.lstrip()
    return max(_PAUSES.get(left[-1:], _NO_MARK), _PAUSES["—"] if right[:1] in ("–", "—") else 0)


def _place(text: str) -> int:
    middle, length = len(text) / 2, len(text)
    for near in (0.25, 0.0):
        for breath in _BREATHS:
            places = [found.end() for found in breath.finditer(text)]
            places = [one for one in places if near * length < one < (1 - near) * length]
            if places:
                return min(places, key=lambda one: abs(one - middle))
    return length // 2
