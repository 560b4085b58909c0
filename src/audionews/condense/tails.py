"""What may leave at the very end of a sentence though no comma announces it: an aim, a circumstance, a detail. Pure."""

from __future__ import annotations

from audionews.condense.kinds import is_needed, unmarked
from audionews.condense.leave import CORE, is_plain_tail, may_leave, stays_within
from audionews.condense.view import BOUNDS, JOINS, View, listed

Group = tuple[str, frozenset[int]]  # its kind, the places of its words


def unmarked_tails(view: View) -> list[Group]:
    """A purpose, a circumstance or a detail at the very end that no comma announces."""
    found: list[Group] = []
    end = view.segments[-1][-1] + 1
    for token in view.tree.tokens:
        if token.dep.partition(":")[0] not in {"advcl", "obl", "acl"} or token.at not in view.places:
            continue
        inside = {view.places[at] for at in view.tree.subtree(token) if at in view.places} - set(range(end, end + 3))
        start = min(inside, default=0)
        if inside != set(range(start, end)) or not _is_inside_segment(view, start) or _holds_object(view, start, end):
            continue
        what, places = unmarked(view, token, start), frozenset(inside)
        if (
            what
            and may_leave(view, places, {"advcl", "obl", "acl"})
            and not stays_within(view, _parts(view, start, end))
        ):
            found.append((what, places))
    return found


def announced_tails(view: View) -> list[Group]:
    """From « afin de » or « : » to the end: the page alone tells where such a group begins."""
    found: list[Group] = []
    end = view.segments[-1][-1] + 1
    for at, low in enumerate(view.low):
        opens = view.opens(at, listed("tail", "anywhere")) if _is_inside_segment(view, at) else ""
        colon = low == ":" and not view.inner[at] and view.pos(at - 1) in {"NOUN", "PROPN"} and "«" not in view.low[at:]
        if not opens and not colon:
            continue
        places, verb = frozenset(range(at, end)), _last_verb(view, at)
        free = (
            verb is not None
            and not view.negated(view.tree.tokens[verb])
            and not is_needed(view, view.tree.tokens[verb])
        )
        if (
            free
            and not _holds_object(view, at + len(opens.split()), end)
            and is_plain_tail(view, places, CORE)
            and not stays_within(view, _parts(view, at + colon, end))
        ):
            found.append(("colon" if colon else "purpose", places))
    return found


def _holds_object(view: View, start: int, end: int) -> bool:
    """Tell whether a noun group follows another with nothing between: « lors d’une séance | l’urgence d’agir »."""
    return any(
        view.pos(at) == "DET" and view.pos(at - 1) in {"NOUN", "ADJ", "PROPN"} and not view.inner[at]
        for at in range(start + 1, end)
    )


def _last_verb(view: View, at: int) -> int | None:
    """Give the token of the last verb before a place."""
    return next((view.words[one].token for one in range(at - 1, 0, -1) if view.pos(one) == "VERB"), None)


def _is_inside_segment(view: View, at: int) -> bool:
    alone = at > 0 and view.pos(at - 1) != "ADV"  # « principalement pour… »: the adverb is about what would leave
    return alone and view.low[at - 1] not in BOUNDS | JOINS and not view.inner[at] and not view.inner[at - 1]


def _parts(view: View, start: int, end: int) -> list[range]:
    """Give the segments, and what is left of one, between two places."""
    return [range(max(part[0], start), part[-1] + 1) for part in view.segments if start <= part[-1] < end]
