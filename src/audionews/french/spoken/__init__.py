"""The spoken form of a text: an ordered list of rules from the printed line to what the ear needs."""

from __future__ import annotations

from functools import cache

from audionews.french.spoken import abbreviations, addresses, characters, editing, marks
from audionews.french.spoken.amounts import coordinates, measures, money, spans
from audionews.french.spoken.capitals import glosses, shouting, sigles
from audionews.french.spoken.figures import (
    accounts,
    codes,
    degrees,
    dialled,
    fractions,
    ranks,
    remaining,
    romans,
    scores,
    separators,
    signs,
    telephones,
)
from audionews.french.spoken.time import clock, durations, moments, years
from audionews.rules import Rule, apply, trace

# What one rule says may concern an earlier one (« M. 1 » becomes « M. un »): the rules are applied until the text
# rests, nearly always after the second round, and at most so many times.
_ROUNDS = 8


@cache
def rules() -> tuple[Rule, ...]:
    """Give every rule, in the order it is applied.

    Returns:
        Addresses first (their points are no full stops), what editors add, then titles in capitals, brackets,
        abbreviations, figures, money and measures, the numbers left, sigles, symbols, and the marks that remain.
    """
    return (
        *addresses.rules(),
        *editing.rules(),
        *shouting.rules(),
        *glosses.rules(),
        *dialled.rules(),
        *abbreviations.rules(),
        *telephones.rules(),
        *accounts.rules(),
        *codes.rules(),
        *moments.rules(),
        *years.rules(),
        *coordinates.rules(),
        *durations.rules(),
        *clock.rules(),
        *scores.rules(),
        *separators.rules(),
        *degrees.rules(),
        *ranks.rules(),
        *spans.rules(),
        *money.rules(),
        *measures.rules(),
        *romans.rules(),
        *fractions.rules(),
        *signs.rules(),
        *remaining.rules(),
        *sigles.rules(),
        *marks.rules(),
    )


def spoken(text: str) -> str:
    """Write a text as it is said: no figure, sign, abbreviation or bracket is left.

    Args:
        text: a sentence or a paragraph as printed.

    Returns:
        The spoken form; sigles that are spelled are capitals with blanks, « A M R T P ». A text in which there is
        nothing to change comes back as it is, and so does the spoken form.
    """
    said = characters.reduce(text)
    for _ in range(_ROUNDS):
        before = said
        said = apply(rules(), said)
        if said == before:
            break
    return characters.restore(text, said)


def explain(text: str) -> tuple[tuple[str, str, str], ...]:
    """Tell which rule changed what, in order.

    Args:
        text: a sentence or a paragraph as printed.

    Returns:
        One (rule, before, after) for each change; none when ``spoken`` gives the text as it is.
    """
    said = characters.reduce(text)
    changes = characters.changes(text, said)
    for _ in range(_ROUNDS):
        before = said
        said, made = trace(rules(), said)
        changes += made
        if said == before:
            break
    if characters.restore(text, said) == text:
        return ()
    mark = characters.apostrophe(text)
    return tuple((name, before.replace("’", mark), after.replace("’", mark)) for name, before, after in changes)
