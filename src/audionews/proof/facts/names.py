"""The proper names of a sentence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from audionews.french.tables import word_set
from audionews.proof.facts.tokens import Token
from audionews.proof.facts.words import fold, forms, ranks, values, words


@dataclass(frozen=True, slots=True)
class Name:
    """One run of words with a capital."""

    parts: tuple[str, ...]  # folded
    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Capitals:
    """How an article writes its words."""

    inside: frozenset[str]  # those that have a capital inside a sentence
    words: frozenset[str]  # all of them


def names(found: Sequence[Token], capitals: Capitals, taken: Collection[int] = ()) -> tuple[Name, ...]:
    """Find the proper names of a sentence.

    Args:
        found: its tokens.
        capitals: how the article writes its words.
        taken: tokens that are figures and dates.

    Returns:
        The names, in order, each as long as its words with a capital follow one another.
    """
    every: list[Name] = []
    at = 0
    while at < len(found):
        if at in taken or not _is_capital(found, at, capitals):
            at += 1
            continue
        parts, end = [found[at].fold], at + 1
        while end < len(found):
            step = _step(found, end)
            if step is None or step in taken:
                break
            parts += [one.fold for one in found[end : step + 1] if one.kind == "word"]
            end = step + 1
        every.append(Name(tuple(parts), at, end))
        at = end
    return tuple(every)


def _step(found: Sequence[Token], at: int) -> int | None:
    """Give the next word of a name: the next one, the one after a hyphen or « ag », « ben »."""
    if _plain_capital(found[at]):
        return at
    joint = found[at].fold
    if at + 1 < len(found) and (joint in words("particles") or joint == "-") and _plain_capital(found[at + 1]):
        return at + 1
    initial = joint == "." and len(found[at - 1].text) == 1 and found[at - 1].capital
    return at + 1 if initial and at + 1 < len(found) and _plain_capital(found[at + 1]) else None


def _plain_capital(token: Token) -> bool:
    return token.kind == "word" and token.capital and token.fold not in words("function") - {"on"} | {"mme"}


def _is_capital(found: Sequence[Token], at: int, capitals: Capitals) -> bool:
    token = found[at]
    if token.kind != "word" or not token.capital or _is_never(found, at):
        return False
    if not _opens(found, at):
        # « Selon lui, Cagoulés, ils … »: a word that the article writes with a capital only where all words have one.
        return (
            token.fold in capitals.inside
            or token.fold not in capitals.words
            or token.fold in listed()
            or _lasts(found, at)
        )
    if token.fold in words("function") or token.fold in words("openers"):
        return False
    if token.fold in capitals.inside or token.fold in listed() or (len(token.text) > 1 and token.text.isupper()):
        return True
    after = found[at + 1] if at + 1 < len(found) else None
    return after is not None and (_plain_capital(after) or after.fold.rstrip("’") in words("after_name"))


def _is_never(found: Sequence[Token], at: int) -> bool:
    """Tell whether a word with a capital is a title, a unit after its figure, a month or a day."""
    word = found[at].fold
    before = found[at - 1] if at else None
    counted = before is not None and (
        before.kind in {"figure", "ordinal"}
        or before.fold in {"de", "mille", "cent", "cents"}
        or before.fold in values("number.scales") | values("number.units") | values("number.tens")
    )
    named = word in words("titles") or word in ranks("date.months") or word in ranks("date.days")
    return named or (word in forms("units") and counted)


def _lasts(found: Sequence[Token], at: int) -> bool:
    """Tell whether a name goes on after a word, or its letters are all capitals."""
    return (len(found[at].text) > 1 and found[at].text.isupper()) or (
        at + 1 < len(found) and _plain_capital(found[at + 1])
    )


def _opens(found: Sequence[Token], at: int) -> bool:
    """Tell whether a word stands where any word has a capital."""
    before = at - 1
    while before >= 0 and found[before].kind == "elided" and not found[before].capital:
        return False
    while before >= 0 and found[before].fold in {"«", "“", '"', "(", "-", "–", "—"}:
        before -= 1
        if before >= 0 and found[before].kind != "mark" and found[before + 1].fold == "-":
            return False
    return before < 0 or found[before].fold in {".", "!", "?", ":", "…", "«", "“"}


@cache
def listed() -> frozenset[str]:
    """Give the names of persons and places that the house’s data knows."""
    return frozenset(
        fold(name)
        for table in ("surnames", "first_names", "places")
        for name in word_set("names", table)
        if len(name) > 2
    )
