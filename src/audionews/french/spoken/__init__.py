"""The spoken form of a text: an ordered list of rules from the printed line to what the ear needs."""

from __future__ import annotations

from functools import cache

from audionews.french.spoken import (
    abbreviations,
    addresses,
    characters,
    clock,
    codes,
    figures,
    glosses,
    marks,
    measures,
    moments,
    money,
    ranks,
    separators,
    shouting,
    sigles,
)
from audionews.rules import Rule, apply, trace

# What one rule says may concern an earlier one (« M. 1 » becomes « M. un »): the rules are applied until the text
# rests, nearly always after the second round, and at most so many times.
_ROUNDS = 8


@cache
def rules() -> tuple[Rule, ...]:
    """Give every rule, in the order it is applied.

    Returns:
        Addresses first (their points are no full stops), then titles in capitals, abbreviations, brackets,
        figures, money and measures, the numbers left, sigles, symbols, and the marks that remain.
    """
    return (
        *addresses.rules(),
        *shouting.rules(),
        *glosses.rules(),
        *abbreviations.rules(),
        *codes.rules(),
        *moments.rules(),
        *clock.rules(),
        *separators.rules(),
        *money.rules(),
        *measures.rules(),
        *ranks.rules(),
        *figures.rules(),
        *sigles.rules(),
        *marks.rules(),
    )


def spoken(text: str) -> str:
    """Write a text as it is said: no figure, sign, abbreviation or bracket is left.

    Args:
        text: a sentence or a paragraph as printed.

    Returns:
        The spoken form; sigles that are spelled are capitals with blanks, « A M R T P ». Applied again it changes
        nothing.
    """
    said = characters.reduce(text)
    for _ in range(_ROUNDS):
        before = said
        said = apply(rules(), said)
        if said == before:
            break
    return said


def explain(text: str) -> tuple[tuple[str, str, str], ...]:
    """Tell which rule changed what, in order.

    Args:
        text: a sentence or a paragraph as printed.

    Returns:
        One (rule, before, after) for each change.
    """
    reduced = characters.reduce(text)
    changes = [("caractères", text, reduced)] if reduced != text else []
    for _ in range(_ROUNDS):
        before = reduced
        reduced, made = trace(rules(), reduced)
        changes += made
        if reduced == before:
            break
    return tuple(changes)
