"""What a group of words is, by its first words: a relative clause, a purpose, an apposition. Pure."""

from __future__ import annotations

from audionews.condense.leave import denied_above, stays_within
from audionews.condense.tables import word_set
from audionews.condense.view import View, listed
from audionews.french.syntax import Token

_SHORTEST = 3  # words of an apposition: cutting less is not worth a reading


def kind(view: View, start: int, end: int) -> str:
    """Name what stands between two commas.

    Args:
        view: the draft.
        start: the place of its first word.
        end: the place after its last word.

    Returns:
        One of the kinds of `cut.COST`; "" when it must stay.
    """
    if stays_within(view, [range(start, end)]):
        return ""
    return _clause(view, start, end) or _group(view, start, end)


def _clause(view: View, start: int, end: int) -> str:
    near = range(start, min(end, len(view.words)))
    if view.is_relative(start) or (view.pos(start) == "ADP" and start + 1 < end and view.is_relative(start + 1)):
        return "relative" if any(view.is_finite(at) for at in near) else ""
    if view.low[start] in {"en", "tout"} and any(view.is_participle(at, "Pres") for at in near[1:3]):
        return "gerund"
    if view.opens(start, listed("tail", "subordinate")):
        return "subordinate"
    return "participle" if any(view.is_participle(at, "Pres") for at in near[: 1 + _led(view, start)]) else ""


def _group(view: View, start: int, end: int) -> str:
    if view.opens(start, listed("tail", "groups")) or is_purpose(view, start):
        return "tail"
    if view.finite_in(range(start, end)) is not None:
        return ""
    first = start + _led(view, start)
    if first < end and view.is_participle(first, "Past"):
        return "attribute"
    if view.opens(start, listed("tail", "place")):
        return "place"
    if not _is_apposed(view, start, end):
        return ""
    return "function" if view.pos(start - 2) == "PROPN" else "apposition"


def _led(view: View, start: int) -> bool:
    """Tell whether an adverb leads the group: « fortement affecté », « ainsi créant »."""
    return view.pos(start) == "ADV"


def is_purpose(view: View, at: int) -> bool:
    """Tell whether « pour » and an infinitive stand at a place."""
    near = range(at + 1, min(at + 4, len(view.words)))
    return view.low[at] == "pour" and any(view.feature(place, "VerbForm") == "Inf" for place in near)


def _is_apposed(view: View, start: int, end: int) -> bool:
    """Tell whether a group names again, by what it is, the noun before the comma; names themselves stay."""
    pos, before, text = view.pos(start), view.pos(start - 2), view.words[start].text
    if before not in {"NOUN", "PROPN"} or end - start < _SHORTEST or text[0].isupper():
        return False
    return view.low[start] in {"un", "une"} or pos == "NOUN"


def unmarked(view: View, token: Token, start: int) -> str:
    """Name a group at the end that no comma announces, by the word it hangs on and its first words.

    Args:
        view: the draft.
        token: the head of the group.
        start: the place of its first word.

    Returns:
        "purpose" for an aim or a circumstance of a verb, "detail" for what tells more of a noun that « des » or « un »
        leaves open; "" when it must stay.
    """
    head = view.tree.tokens[token.head]
    if token.dep.startswith("acl"):
        return "detail" if _is_detail(view, head, start) else ""
    if head.pos not in {"VERB", "AUX"} or denied_above(view, token) or is_needed(view, head):
        return ""
    if token.dep == "advcl" and is_purpose(view, start):
        return "purpose"
    opens = token.dep in {"advcl", "obl:mod", "obl"} and view.opens(start, listed("tail", "groups"))
    return "purpose" if opens else ""


def is_needed(view: View, verb: Token) -> bool:
    """Tell whether a verb says nothing without its aim: « il faut… pour », « ne suffit pas à », « trop… pour »."""
    clause = {one.text.lower() for one in view.tree.children(verb)}
    if clause & {"c’", "ce"}:
        return True
    return bool(clause & word_set("rewriting", "measures")) or verb.lemma in {
        "falloir",
        "suffire",
        "profiter",
        "servir",
        "donner",
    }


def _is_detail(view: View, noun: Token, start: int) -> bool:
    """Tell whether « relevant de… » or « qui… » tells more of an open noun that nothing denies or wishes for."""
    articles = {one.text.lower() for one in view.tree.children(noun, "det", "case", "nummod")}
    is_open = bool(articles & {"des", "de", "d’", "un", "une"}) and not articles & {"le", "la", "les", "l’", "du"}
    object_of = view.tree.tokens[noun.head]
    free = noun.dep.partition(":")[0] in {"obj", "obl", "xcomp"} and not denied_above(view, noun)
    real = object_of.lemma not in listed("unreal", "lemmas")
    told = bool(view.tree.children(noun, "nmod", "amod", "nummod"))
    opens = told and (view.is_participle(start, "Pres") or view.low[start] == "qui")
    apart = view.low[max(0, view.places.get(noun.at, 0) - 2)] not in {",", "et"}  # « , d’autres dénonçant… » stays
    return is_open and apart and free and real and opens
