"""A long list at the end of a sentence → its first items, said to be some of them (radio-writing, rule S14). Pure."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from audionews.condense.draft import Draft, Word
from audionews.condense.leave import is_trusted
from audionews.condense.tables import word_set
from audionews.condense.view import BOUNDS, View, length, listed, view_of
from audionews.french.syntax import Token, Tree

_FEWEST = 3  # items a list has


@lru_cache(maxsize=256)
def sampled(words: Draft, tree: Tree, target: int) -> Draft:
    """Shorten a list at the end: « S’y ajoutent A, B et C » → « S’y ajoutent notamment A et B ».

    Args:
        words: the draft.
        tree: the parse of its printed sentence.
        target: words: a draft that is no longer stays as it is.

    Returns:
        The draft, its list cut to two items after « notamment »; unchanged when it ends on no list, when the list is
        one of people accused, dead, chosen or rewarded, or when the sentence says that nothing else counts.
    """
    view = view_of(words, tree)
    if length(words) <= target or not view.segments or not is_trusted(tree) or _is_closed(view):
        return words
    items = _items(view)
    if len(items) < _FEWEST:
        return words
    first, second = items[0], items[1]
    some = (Word("notamment"), *words[first[0] : first[-1] + 1], Word("et"), *words[second[0] : second[-1] + 1])
    return (*words[: first[0]], *some, *words[items[-1][-1] + 1 :])


def _is_closed(view: View) -> bool:
    """Tell whether the sentence denies, restricts, counts or tells of people that must all be named."""
    text = view.text(range(len(view.words)))
    return bool(_closing().search(text)) or any(one in {"ne", "n’", "entre"} for one in view.low)


def _items(view: View) -> list[range]:
    """Give the items of the list the sentence ends on: groups with articles of one kind."""
    for noun in view.tree.tokens:
        verb = view.places.get(noun.head, -1)
        place = _begin(view, noun)
        if place is None or not 0 <= verb < place or noun.dep.partition(":")[0] not in {"obj", "obl", "nsubj"}:
            continue
        here = next((part for part in view.segments if place in part), range(0))
        items = _split(view, place) if verb in here else []
        if len(items) >= _FEWEST and _may_be_sampled(view, items):
            return items
    return []


def _begin(view: View, noun: Token) -> int | None:
    """Give the place of the article that opens a noun's group."""
    begin = [view.places[one.at] for one in view.tree.children(noun, "det", "nummod") if one.at in view.places]
    if not begin or noun.at not in view.places or not _article(view, min(begin)):
        return None
    return min(begin) if view.pos(min(begin) - 1) != "ADP" else None


def _article(view: View, at: int) -> str:
    """Give the kind of article at a place: « la » and « des » open items of different lists."""
    low, pos = view.low[at], view.pos(at)
    if pos == "DET" and low in {"le", "la", "les", "l’"}:
        return "le"
    return "un" if pos == "DET" and low in {"un", "une", "des"} else ""


def _split(view: View, place: int) -> list[range]:
    """Cut the end of a sentence where « , » or « et » stands before an article like the first."""
    end = view.segments[-1][-1] + 1
    joints = [
        at
        for at in range(place, end - 1)
        if view.low[at] in {",", "et"} and _article(view, at + 1) == _article(view, place)
    ]
    if not joints or view.low[joints[-1]] != "et" or any(view.low[at] == "et" for at in joints[:-1]):
        return []
    return [range(start, stop) for start, stop in zip([place, *(at + 1 for at in joints)], [*joints, end], strict=True)]


def _may_be_sampled(view: View, items: list[range]) -> bool:
    """Tell whether items are plain noun groups, outside quotations: no clause, nothing set off by commas."""
    plain = [at for one in items[:2] for at in one]
    led = word_set("rewriting", "of")
    return all(len(one) for one in items) and not any(
        view.inner[at]
        or view.is_finite(at)
        or view.is_relative(at)
        or view.low[at] in BOUNDS
        or view.pos(at) == "VERB"
        or (view.pos(at) == "ADP" and view.low[at] not in led)
        for at in plain
    )


@cache
def _closing() -> re.Pattern[str]:
    stems = "|".join(map(re.escape, listed("people", "stems")))
    return re.compile(
        rf"\b(?:{stems})|\b(?:notamment|seule?s?|seulement|uniquement|exclusivement|tous|toutes)\b", re.IGNORECASE
    )
