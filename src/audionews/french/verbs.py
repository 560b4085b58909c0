"""Has a sentence a verb of its own, or only those of the clauses that hang on a noun?"""

from __future__ import annotations

from audionews.french.syntax import Token, Tree

_BELOW = ("acl", "advcl", "csubj")  # clauses that are part of another group


def is_remnant(tree: Tree) -> bool:
    """Tell whether all the finite verbs of a sentence hang in relative or subordinate clauses.

    « Un calendrier serré, qui dérange » is a remnant, « Le calendrier dérange » is not. Where the parser sees no verb
    at all nothing is told: it takes many a verb for a noun (« La pompe alimente la ville »).
    """
    finite = [one for one in tree.tokens if _is_finite(one)]
    return bool(finite) and all(_is_below(tree, one) for one in finite)


def _is_finite(token: Token) -> bool:
    return token.pos in {"VERB", "AUX"} and token.feature("VerbForm") == "Fin"


def _is_below(tree: Tree, token: Token) -> bool:
    """Tell whether a verb, or what it helps, hangs in a relative or subordinate clause."""
    return any(one.dep.partition(":")[0] in _BELOW for one in (token, *tree.heads(token)))
