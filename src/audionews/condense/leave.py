"""Whether words may leave a sentence: its verb, subject, objects, owners and conditions stay. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from audionews.condense.view import View, listed, view_of
from audionews.french.syntax import Token, Tree

_GLUED = re.compile(r"[a-zà-ÿ]{3}[A-ZÀ-Ý][a-zà-ÿ]|[►•]")
# Relations of what a sentence can do without, and of what it cannot.
LOOSE = frozenset(
    ["acl", "advcl", "appos", "obl", "advmod", "nmod", "amod", "parataxis", "dep", "mark", "case", "xcomp"]
)
CORE = frozenset(["nsubj", "aux", "cop", "expl", "obj", "iobj", "xcomp", "fixed"])
# Kinds that the page alone shows the beginning of.
CLAUSES = frozenset(["relative", "participle", "gerund", "subordinate", "attribute"])


def is_trusted(tree: Tree) -> bool:
    """Tell whether a tree stands on a conjugated verb: else the parser lost its way and nothing may be built on it.

    Nor on a heading that the page lost the end of: « la rentréeLe ministre… ».
    """
    if _GLUED.search(tree.text):
        return False
    if view_of((), tree).is_missed:
        return True
    root = tree.root
    helped = any(one.feature("VerbForm") == "Fin" for one in tree.children(root, "aux", "cop"))
    return helped or (root.pos in {"VERB", "AUX"} and root.feature("VerbForm") in {"Fin", ""})


def may_leave(view: View, places: frozenset[int], deps: Collection[str]) -> bool:
    """Tell whether the tree agrees: the root stays, nothing that stays hangs on what leaves, no core part leaves."""
    tree, gone = view.tree, {view.words[at].token for at in places}
    if -1 in gone or tree.root.at in gone or not gone:
        return False
    if any(view.inner[at] for at in places) and not _whole_quotes(view, places):
        return False
    for at, word in enumerate(view.words):
        if (
            at not in places
            and word.token >= 0
            and any(map(str.isalnum, word.text))
            and tree.tokens[word.token].head in gone
        ):
            return False
    hung = [tree.tokens[at] for at in gone if tree.tokens[at].head not in gone and tree.tokens[at].pos != "PUNCT"]
    return 0 < len(hung) <= 2 and all(one.dep.partition(":")[0] in deps and one.dep != "obl:arg" for one in hung)


def is_plain_tail(view: View, places: frozenset[int], core: frozenset[str] = CORE | {"obl:arg"}) -> bool:
    """Tell whether a group may leave on the page's word alone: at the very end, after a comma, with a clear opening.

    The parser's errors are most often about what the end of a long sentence hangs on; that matters little here, as
    long as no core part of what stays is among it.
    """
    tree, gone = view.tree, {view.words[at].token for at in places}
    if -1 in gone or tree.root.at in gone or (any(view.inner[at] for at in places) and not _whole_quotes(view, places)):
        return False
    for at, word in enumerate(view.words):
        token = view.token(at)
        if at not in places and token is not None and token.head in gone and token.pos not in {"PROPN", "X", "PUNCT"}:
            return False
        hung = at in places and word.token >= 0 and token is not None and token.head not in gone
        if hung and token is not None and {token.dep, token.dep.partition(":")[0]} & core:
            return False
    return True


def _whole_quotes(view: View, places: frozenset[int]) -> bool:
    text = view.text(sorted(places))
    return text.count("«") == text.count("»") and not any(view.inner[at] for at in (min(places) - 1,) if at >= 0)


def stays_within(view: View, parts: Iterable[range], clause: bool = False) -> bool:
    """Tell whether one of these groups opens on a condition, a source or a measure.

    Within a clause that leaves whole, only those count that may hold for the rest of the sentence too.
    """
    parts = tuple(parts)
    if any(is_incise(view, part) for part in parts):
        return True
    openers = listed("stays", "owners") if clause else (*listed("stays", "owners"), *listed("stays", "openers"))
    return any(view.opens(part[0], openers) for part in parts)


def governors(view: View, places: frozenset[int]) -> list[Token]:
    """Give the words that what leaves hangs on."""
    tokens, gone = view.tree.tokens, {view.words[at].token for at in places}
    return [tokens[tokens[at].head] for at in gone if tokens[at].head not in gone and tokens[at].pos != "PUNCT"]


def governor_denied(view: View, places: frozenset[int]) -> bool:
    """Tell whether what leaves hangs on a verb that is denied: then the denial may be about what leaves."""
    return any(_denied(view, one) or denied_above(view, one) for one in governors(view, places))


def _denied(view: View, token: Token) -> bool:
    return token.pos in {"VERB", "AUX", "ADJ", "NOUN"} and view.negated(token)


def denied_above(view: View, token: Token) -> bool:
    """Tell whether a verb above a word is denied or restricted."""
    return any(_denied(view, one) for one in view.tree.heads(token))


def is_incise(view: View, part: range) -> bool:
    """Tell whether a group opens on a verb whose subject does not stand before it: « , énonce le maire »."""
    if not view.is_finite(part[0]):
        return False
    if tells(view, part[0]) and view.finite_in(range(part[0])) is not None:
        return True
    token = view.token(part[0])
    heads = [] if token is None else [token, view.tree.tokens[token.head]]
    subjects = [one for head in heads for one in view.tree.children(head, "nsubj")]
    return not any(view.places.get(one.at, part[0]) < part[0] for one in subjects)


def tells(view: View, at: int) -> bool:
    """Tell whether a verb that reports stands at a place."""
    token = view.token(at)
    if token is None:
        return False
    verb = view.tree.tokens[token.head] if token.pos == "AUX" else token
    return verb.lemma in listed("stays", "tellers")
