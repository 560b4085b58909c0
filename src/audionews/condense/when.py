"""Whether the verb a date belongs to tells what was or what will be. Pure."""

from __future__ import annotations

from audionews.condense import speaker
from audionews.condense.tables import word_set
from audionews.french.syntax import Token, Tree

PAST, FUTURE, UNSURE = "past", "future", ""
_TO_COME = ("eront", "iront", "dront", "vront", "auront", "pourront")  # whatever the parser takes them for
_FAR = 14  # tokens: beyond this a verb is another clause's


def tense(tree: Tree, at: int) -> str:
    """Tell when the clause a word stands in takes place, seen from the day of writing.

    Args:
        tree: the sentence.
        at: the place of the date word.

    Returns:
        PAST, FUTURE, or UNSURE for a present or when no verb is near.
    """
    left = list(reversed(tree.tokens[max(0, at - _FAR) : at]))
    right = tree.tokens[at + 1 : at + 1 + _FAR]
    for one in left:
        found = _time(tree, one)
        if found is not None:
            return found
        if one.text in {";", ":", "«"}:
            break
    for one in right:
        if one.text in {";", ":", "«"} or one.text.lower() in {"qui", "que", "qu’", "dont"}:
            break
        found = _time(tree, one)
        if found is not None:
            return found
    return UNSURE


def _time(tree: Tree, one: Token) -> str | None:
    """Give the time a verb form tells; None when the word is no such form."""
    low = one.text.lower()
    if low in word_set("moments", "future") or low.endswith(_TO_COME):
        return FUTURE
    if one.pos not in {"VERB", "AUX"} or one.feature("VerbForm") == "Inf" or low.endswith("ant"):
        return None
    if one.feature("VerbForm") == "Part":
        helped = one.at and tree.tokens[one.at - 1].text.lower() in {"être", "avoir", "été"}
        return None if helped else PAST
    return _compound(tree, one) if low in word_set("moments", "auxiliaries") else _simple(one, low)


def _simple(one: Token, low: str) -> str:
    """Give the time of a verb of one word."""
    if speaker.kind(low):  # « révèle Le Point vendredi »
        return PAST
    tense_ = one.feature("Tense")
    if tense_ == "Fut" or low.endswith(("ra", "rait", "raient")):
        return FUTURE
    return PAST if tense_ in {"Imp", "Past"} or low.endswith(("ait", "aient")) else UNSURE


def _compound(tree: Tree, auxiliary: Token) -> str:
    """Tell what an auxiliary says with the participle that follows it."""
    for one in tree.tokens[auxiliary.at + 1 : auxiliary.at + 6]:
        if one.text.lower() in word_set("moments", "future"):
            return FUTURE
        if one.feature("VerbForm") == "Part" or one.text.lower().endswith(("é", "ée", "és", "ées")):
            return UNSURE if auxiliary.text.lower() in {"est", "sont"} and not _moves(tree, auxiliary, one) else PAST
    return PAST if auxiliary.text.lower() in {"avait", "avaient", "était", "étaient", "fut", "furent"} else UNSURE


def _moves(tree: Tree, auxiliary: Token, participle: Token) -> bool:
    """Tell whether « est » makes a past: « est arrivé », « s’est réuni », « a été » within."""
    ahead = tree.tokens[auxiliary.at - 1].text.lower() if auxiliary.at else ""
    stem = participle.text.lower().rstrip("s").removesuffix("e")
    return ahead in {"s'", "s’", "se"} or stem in word_set("past", "etre")
