"""What may leave a sentence without changing what it says: who did what, denials, doubts and owners stay. Pure.

A cut is offered only when two witnesses agree: the marks and words of the page (a comma, « tout en », « qui ») and the
parser's tree (nothing that stays hangs on what leaves, and what leaves is no part the verb needs).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from audionews.condense.draft import Draft
from audionews.condense.kinds import is_needed, kind
from audionews.condense.leave import (
    CLAUSES,
    LOOSE,
    governor_denied,
    governors,
    is_incise,
    is_plain_tail,
    is_trusted,
    may_leave,
    stays_within,
    tells,
)
from audionews.condense.tables import word_set
from audionews.condense.tails import announced_tails, unmarked_tails
from audionews.condense.view import BOUNDS, JOINS, View, length, listed, resumes, view_of
from audionews.french.syntax import Tree

# What may leave first has the lowest figure.
COST = {
    "colour": 0,
    "gerund": 1,
    "participle": 1,
    "apposition": 1,
    "front": 2,
    "tail": 2,
    "subordinate": 2,
    "attribute": 3,
    "relative": 3,
    "place": 4,
    "function": 5,
    "colon": 4,
    "purpose": 5,
    "detail": 6,
}
_OWN = {
    "relative": frozenset(["acl", "advcl", "parataxis", "appos", "conj", "dep"]),
    "participle": frozenset(["acl", "advcl", "amod", "conj", "parataxis", "dep", "appos", "nmod"]),
    "gerund": frozenset(["acl", "advcl", "parataxis", "dep", "obl", "conj"]),
    "subordinate": frozenset(["advcl", "parataxis", "dep", "conj", "acl", "advmod", "obl", "appos"]),
    "apposition": frozenset(["appos", "nmod", "parataxis"]),
    "function": frozenset(["appos", "nmod", "parataxis"]),
    "attribute": frozenset(["acl", "advcl", "amod", "appos", "advmod", "conj", "parataxis"]),
    "place": frozenset(["obl", "nmod"]),
}


@dataclass(frozen=True, slots=True)
class Cut:
    """Words of a draft that may leave together."""

    kind: str
    places: frozenset[int]  # of the draft's words, commas that leave with them included

    @property
    def cost(self) -> int:
        """How late it should leave."""
        return COST[self.kind]


@lru_cache(maxsize=256)  # splitting and shortening ask again for the same draft
def options(words: Draft, tree: Tree) -> tuple[Cut, ...]:
    """Give the cuts that a draft bears, those that cost least first.

    Args:
        words: the draft, brackets out.
        tree: the parse of its printed sentence.

    Returns:
        Cuts, each of which may be made alone or with any other.
    """
    view = view_of(words, tree)
    if not view.segments or not is_trusted(tree):
        return ()
    found = [*_front(view), *_segments(view), *_colour(view)]
    found += [Cut(*one) for one in (*unmarked_tails(view), *announced_tails(view))]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.cost, -len(one.places), min(one.places))))


def made(words: Draft, cuts: Iterable[Cut]) -> Draft:
    """Make cuts."""
    gone = frozenset[int]().union(*(one.places for one in cuts))
    return tuple(one for at, one in enumerate(words) if at not in gone)


@lru_cache(maxsize=256)
def shortened(words: Draft, tree: Tree, target: int) -> Draft:
    """Make as few cuts as bring a draft to a length; all of them when that is not enough.

    Args:
        words: the draft.
        tree: the parse of its printed sentence.
        target: words.

    Returns:
        The draft, at most `target` words where the cuts it bears allow.
    """
    if length(words) <= target:
        return words
    offered = options(words, tree)
    alone = [one for one in offered if length(made(words, [one])) <= target]
    if alone:
        return made(words, [min(alone, key=lambda one: (one.cost, len(one.places)))])
    chosen: list[Cut] = []
    for one in offered:
        chosen.append(one)
        if length(made(words, chosen)) <= target:
            break
    for one in list(chosen):  # what a greater one made needless goes back in
        others = [other for other in chosen if other is not one]
        if length(made(words, others)) <= target:
            chosen = others
    return made(words, chosen)


def _colour(view: View) -> list[Cut]:
    """Adverbs that only colour."""
    bound = BOUNDS | word_set("rewriting", "holds_adverb")
    return [
        Cut("colour", frozenset((at,)))
        for at, low in enumerate(view.low)
        if low in listed("colour", "words")
        and at
        and not view.inner[at]
        and view.low[at - 1] not in bound
        and view.low[at + 1 : at + 2] != ("et",)
    ]


def _front(view: View) -> list[Cut]:
    """A group before the subject that only sets the scene: « Dans le cadre de…, le ministre… »."""
    segments = view.segments
    if segments[0][0] or view.inner[0]:
        return []
    led = view.pos(0) == "ADV" and len(segments[0]) > 1
    if not view.opens(0, listed("front", "groups")) and not view.is_participle(led, "Past"):
        return []
    for last in range(len(segments) - 1):
        end = segments[last][-1] + 1
        if view.finite_in(range(end)) is not None or stays_within(view, segments[: last + 1]):
            return []
        places = frozenset(range(end + 1))
        if _is_subject(view, segments[last + 1][0]) and (may_leave(view, places, LOOSE) or is_plain_tail(view, places)):
            return [Cut("front", places)]
    return []


def _segments(view: View) -> list[Cut]:
    """Groups between two commas, or from a comma to the end."""
    found = []
    segments = view.segments
    for first in range(1, len(segments)):
        start = segments[first][0]
        if view.inner[start] or view.low[start - 1] not in {",", "–", "—"}:
            continue
        before = segments[first - 1]
        if view.is_relative(before[0]) and not any(map(view.is_finite, before)) and before[-1] + 2 == start:
            continue  # « dont la mère, âgée de 92 ans, vit… »: the relative clause still waits for its verb
        what = kind(view, start, segments[first][-1] + 1)
        if what == "participle" and not any(map(view.is_finite, before)) and view.pos(before[0]) != "ADP":
            continue  # « …, les maires devant… »: a clause of its own
        # « C’est dans un message, …, que le maire… »; « …, dans la ville, un pont… »: what follows is another group.
        single = view.low[0] in {"c’", "ce"} or what in {"place", "apposition", "function"}
        for last in range(first, (first + 1 if single else len(segments)) if what else 0):
            end, tail = segments[last][-1] + 1, last == len(segments) - 1
            if what == "subordinate" and not tail:
                continue
            inner = segments[first + 1 : last + 1]
            if stays_within(view, inner, clause=what in CLAUSES) or any(_is_argument(view, part[0]) for part in inner):
                break
            if _allows(view, what, range(start, end), tail):
                places = _with_commas(view, start, end, tail)
                found += [Cut(what, places)] if places else []
                break
    return found


def _allows(view: View, what: str, part: range, tail: bool) -> bool:
    """Tell whether the tree and the words around a group let it leave."""
    places, end = frozenset(part), part[-1] + 1
    clear = (
        (tail and what in CLAUSES) or what == "tail" or (what in {"apposition", "function"} and _names_one(view, end))
    )
    apart = tail and _is_distance(view, part[0])
    if not (apart or may_leave(view, places, _OWN.get(what, LOOSE)) or (clear and is_plain_tail(view, places))):
        return False
    if JOINS & set(view.low[end : end + 2]):
        # « A, B et C »: what stands before « et » may be one of a list.
        return what in {"relative", "gerund", "subordinate"}
    if not tail and (view.low[end] != "," or not _goes_on(view, end + 1)):
        return False
    if what == "relative" and (view.low[0] in {"c’", "ce"} or not _explains(view, part[0])):
        return False
    follows = tail or view.is_finite(end + 1) or view.is_relative(end + 1) or view.is_participle(end + 1, "Pres")
    if what == "place" and (not follows or view.is_participle(part[0] - 2, "Past")):
        return False  # « …, à long terme, c’est autre chose »: it says what the rest is about
    needed = what == "tail" and any(is_needed(view, one) for one in governors(view, places))
    return not needed and (what not in {"tail", "place", "subordinate"} or not governor_denied(view, places))


def _is_distance(view: View, at: int) -> bool:
    """Tell whether « à 8 km de… » stands at a place: told of a place that is named before the comma."""
    low = view.low[at : at + 5]
    return low[:1] == ("à",) and not word_set("rewriting", "distances").isdisjoint(low) and view.pos(at - 2) == "PROPN"


def _is_argument(view: View, at: int) -> bool:
    """Tell whether an infinitive with « de » or « à », or a quotation, stands at a place: a verb before may need it."""
    if view.low[at] == "«":
        return True
    led = view.low[at] in {"de", "d’", "à"} and at + 1 < len(view.words)
    return led and any(
        view.feature(place, "VerbForm") == "Inf" for place in range(at + 1, min(at + 4, len(view.words)))
    )


def _explains(view: View, start: int) -> bool:
    """Tell whether a relative clause explains a noun or a name right before its comma, and tells none apart."""
    aside = next((part for part in view.segments if part[-1] == start - 2), range(0))
    plain = bool(aside) and view.pos(aside[0]) not in {"ADJ", "ADV", "CCONJ", "VERB"}
    told_apart = {"celui", "celle", "ceux", "celles"} & set(view.low[max(0, start - 9) : start])
    return plain and not told_apart and view.pos(start - 2) in {"NOUN", "PROPN", "NUM", "ADJ", "X", "PUNCT", "VERB"}


def _names_one(view: View, end: int) -> bool:
    """Tell whether a verb in the singular follows a group: then it is no second subject."""
    return end + 1 < len(view.words) and view.is_finite(end + 1) and view.feature(end + 1, "Number") == "Sing"


def _goes_on(view: View, at: int) -> bool:
    """Tell whether the sentence clearly goes on after a comma: with its verb, its subject, or another such group.

    Anything else may be the next of a list that began within what would leave.
    """
    if at >= len(view.words):
        return False
    pronoun = _is_clitic(view, at) and view.pos(at) != "DET"
    if view.is_finite(at) or pronoun or _is_subject(view, at):
        return True
    end = next((part[-1] + 1 for part in view.segments if at in part), at + 1)
    return kind(view, at, end) not in {"", "apposition", "function", "place"}


def _is_subject(view: View, at: int) -> bool:
    """Tell whether the main verb's subject begins at a place."""
    subjects = view.tree.children(view.tree.root, "nsubj", "expl")
    inside = [view.places[one] for token in subjects for one in view.tree.subtree(token) if one in view.places]
    return bool(inside) and min(inside) == at


def _with_commas(view: View, start: int, end: int, tail: bool) -> frozenset[int]:
    """Give the places of a group and of the commas that leave with it; () when it is not sure which may."""
    if tail:
        return frozenset(range(start - 1, end))
    if resumes(view, end + 1) and not view.is_finite(end + 1) and not _is_clitic(view, end + 1):
        return frozenset(range(start - (view.finite_in(range(start)) is not None), end + 1))
    after = next((part for part in view.segments if end + 1 in part), range(end + 1, end + 2))
    before = next((part for part in view.segments if part[-1] == start - 2), range(0))
    waits = _waits_for_verb(view, before) and view.is_finite(end + 1) and not tells(view, end + 1)
    if not resumes(view, end + 1) or (is_incise(view, after) and not waits):
        return frozenset(range(start, end + 1))
    if waits:
        return frozenset(range(start - 1, end + 1))
    subject = _subject_before(view, end + 1)
    if subject is None:
        return frozenset()
    # What names the subject again may be taken for it: « Awa Keïta, directrice de l’école, a… ».
    again = start <= subject < end and view.pos(before[0] if before else 0) in {"PROPN", "DET", "NOUN"}
    return frozenset(range(start - (again or subject in before), end + 1))


def _is_clitic(view: View, at: int) -> bool:
    return view.low[at] in word_set("rewriting", "clitics")


def _waits_for_verb(view: View, part: range) -> bool:
    """Tell whether a stretch ends on a subject that has no verb yet, whatever the parser makes of it."""
    ahead = view.segments[: view.segments.index(part)] if part in view.segments else ()
    joint = max((at for at in part if view.low[at] == "et"), default=part.start - 1)
    group = range(joint + 1, part.stop)
    if any(map(view.is_finite, group)) or not group or view.pos(group[0]) not in {"DET", "PROPN"}:
        return False
    if joint >= part.start:  # « La serrure a été changée et la maison, … »
        return any(map(view.is_finite, range(part.start, joint)))
    return all(view.pos(one[0]) in {"ADP", "ADV", "SCONJ"} for one in ahead)


def _subject_before(view: View, at: int) -> int | None:
    """Give the place of the subject of the verb that stands at a place, pronouns and helpers skipped."""
    verb = next((one for one in range(at, len(view.words)) if view.is_finite(one)), at)
    token = view.token(verb)
    heads = [] if token is None else [token, view.tree.tokens[token.head]]
    places = [view.places.get(one.at, at) for head in heads for one in view.tree.children(head, "nsubj")]
    return max((place for place in places if place < at), default=None)
