"""What a proof-reader says: which rule, where, which words, what would mend it; and the table of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from audionews.proof.style.tables import data


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the house style (data/rules.toml). All its texts are French, for the editor."""

    id: str  # "S1": the number in the style guide; "S1a" when one number needs several tests
    name: str
    test: str  # what is looked for
    example: str  # a sentence, or a script, that breaks it
    better: str  # the same, mended
    mend: str  # what to do
    blocking: bool
    why: str  # why it blocks the broadcast, or why it only warns
    role: str = "sujet"  # of the example's sentence
    first: bool = False  # the example opens its story


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where a rule is broken, as the rule's module found it."""

    rule: str
    words: str  # the words at fault
    segment: str = ""  # id; "" for the bulletin as a whole
    detail: str = ""  # French, before the rule's own advice: « 31 mots »


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule is broken, with all an editor needs."""

    rule: str
    blocking: bool  # True: this must not be broadcast
    segment: str  # id of the segment; "" for the bulletin as a whole
    place: str  # French: « sujet eau-potable, phrase 2 »
    words: str  # the words at fault
    mend: str  # French: what would mend it


@cache
def rules() -> dict[str, Rule]:
    """Give the rules by their id, in the order of data/rules.toml."""
    return {table["id"]: Rule(**table) for table in data("rules")["rule"]}


def finding(fault: Fault, place: str) -> Finding:
    """Say a fault to the editor."""
    rule = rules()[fault.rule]
    mend = f"{fault.detail}. {rule.mend}" if fault.detail else rule.mend
    return Finding(rule.id, rule.blocking, fault.segment, place, fault.words, mend)
