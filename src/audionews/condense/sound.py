"""Cheap checks that a rewritten sentence is still a French sentence: better no reading than a wrong one. Pure."""

from __future__ import annotations

import re

from audionews.condense.draft import Draft, printed
from audionews.condense.tables import word_set
from audionews.condense.view import View, view_of
from audionews.french.syntax import Token, Tree

_HANGING = frozenset({"DET", "ADP", "CCONJ", "SCONJ"})
_BAD = re.compile(
    r",\s*[,.;:]|\(\s*\)|«\s*»|\b(?:et|ou|mais|de|à|que|qui|le|la|les|des|du|un|une)\s*[,.;]\s|\s,|[;:,]\s*\.$",
    re.IGNORECASE,
)
_FEWEST = 4  # words


def is_sound(words: Draft, tree: Tree) -> bool:
    """Tell whether a draft still is a sentence.

    Args:
        words: the draft as it would be printed.
        tree: the parse of the printed sentence it comes from.

    Returns:
        False when it lacks a conjugated verb or its subject, hangs on a word that is gone, or its marks do not pair.
    """
    if not is_paired(words):
        return False
    heard = tuple(one for one in words if any(map(str.isalnum, one.text)))
    if len(heard) < _FEWEST or heard[0].text.lower() in word_set("rewriting", "first"):
        return False
    view = view_of(words, tree)
    last = max(at for at, one in enumerate(words) if any(map(str.isalnum, one.text)))
    if view.low[last] in word_set("rewriting", "last") or view.pos(last) in _HANGING - {"ADP"} or _hangs(view, last):
        return False
    whole = _clauses_are_whole(view) and _passives_are_whole(view) and _predicates_are_joined(view)
    if not whole:
        return False
    verb = view.finite_in(range(len(words)))
    if verb is None:
        return _stands_on_root(view)
    verbs = [at for at in range(len(words)) if view.is_finite(at) and not view.inner[at]]
    parted = any(_is_parted(view, at) for at in verbs)
    return _has_subject(view, verb) and _participles_are_helped(view) and not parted


def is_paired(words: Draft) -> bool:
    """Tell whether a draft's marks pair and none is left alone."""
    text = printed(words)
    return not _BAD.search(text) and all(text.count(left) == text.count(right) for left, right in ("«»", "()", "“”"))


def _stands_on_root(view: View) -> bool:
    """Tell whether the word the parser hangs all on is there with its subject: it misses some conjugated verbs."""
    root = view.tree.root
    subjects = view.tree.children(root, "nsubj")
    return root.at in view.places and any(one.at in view.places for one in subjects) and root.pos != "PROPN"


def _clauses_are_whole(view: View) -> bool:
    """Tell whether each relative clause has its verb, and the sentence one more."""
    openers = [at for at, low in enumerate(view.low) if low in {"qui", "où"} and not view.inner[at]]
    verbs = [at for at in range(len(view.words)) if view.is_finite(at)]
    return not openers or (len(verbs) > len(openers) and openers[-1] < verbs[-1])


def _predicates_are_joined(view: View) -> bool:
    """Tell whether no lone comma parts a verb from its subject, and no « était » from what it says."""
    segments = view.segments
    if any(view.pos(part[-1]) == "AUX" and not view.inner[part[-1]] for part in segments[-2:]):
        return False
    fronted = bool(segments) and view.pos(segments[0][0]) in {"ADP", "ADV", "SCONJ", "VERB"}
    for number, part in enumerate(segments[:3]):
        first = number and view.is_finite(part[0]) and view.finite_in(range(part[0])) is None
        if first and view.low[part[0] - 1] == "," and number < 2 + fronted:
            return False
    return True


def _passives_are_whole(view: View) -> bool:
    """Tell whether something follows « été »: a participle, an adjective, a noun."""
    content = {"VERB", "ADJ", "NOUN", "PROPN", "NUM"}
    return all(
        any(view.pos(after) in content or view.inner[after] for after in range(at + 1, len(view.words)))
        for at, low in enumerate(view.low)
        if low == "été"
    )


def _hangs(view: View, at: int) -> bool:
    return view.pos(at) == "ADP" and view.low[at] not in {"contre", "avant", "après", "depuis", "derrière", "devant"}


def _head(view: View, at: int) -> Token | None:
    token = view.token(at)
    if token is not None and token.dep.partition(":")[0] in {"aux", "cop"}:
        return view.tree.tokens[token.head]
    return token


def _has_subject(view: View, verb: int) -> bool:
    """Tell whether something before the verb, or right after it, can be its subject."""
    if any(
        view.pos(at) in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "DET"} or view.words[at].token < 0
        for at in range(verb)
    ):
        return True
    head = _head(view, verb)
    return head is not None and any(one.at in view.places for one in view.tree.children(head, "nsubj", "expl"))


def _participles_are_helped(view: View) -> bool:
    """Tell whether no main verb lost its auxiliary."""
    root = view.tree.root
    if root.at not in view.places or root.feature("VerbForm") != "Part":
        return True
    helpers = view.tree.children(root, "aux", "cop")
    return not helpers or any(one.at in view.places for one in helpers)


def _is_parted(view: View, verb: int) -> bool:
    """Tell whether one lone comma stands between a subject and its verb."""
    head = _head(view, verb)
    subjects = view.tree.children(head, "nsubj") if head is not None else ()
    if not subjects or subjects[0].at not in view.places:
        return False
    start = view.places[subjects[0].at]
    between = [view.low[at] for at in range(start, verb) if not view.inner[at]]
    return between.count(",") % 2 == 1 and not {"et", "ou", "ni"} & set(between)
