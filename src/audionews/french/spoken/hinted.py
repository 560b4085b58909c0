"""Rules for what is rare: a quick look first, the rule itself only where there is a hint of its matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from audionews.rules import Rule, alternatives, rule


@dataclass(frozen=True, slots=True)
class Hinted(Rule):
    """A rule that concerns only the texts in which its hint is found."""

    hint: re.Pattern[str] = re.compile("")

    def concerns(self, text: str) -> bool:
        """Tell whether the hint is in a text."""
        return self.hint.search(text) is not None


def hinted(name: str, hint: str, pattern: str, say: Callable[[re.Match[str]], str] | str) -> Rule:
    """Make a rule that is tried only where its hint is found.

    Args:
        name: in French.
        hint: a pattern that begins with plain characters, so that it is found fast, and that every match holds.
        pattern: as for ``audionews.rules.rule``.
        say: as for ``audionews.rules.rule``.

    Returns:
        The rule.
    """
    made = rule(name, pattern, say)
    return Hinted(made.name, made.pattern, made.say, hint=re.compile(hint))


def heads(words: Iterable[str], *conditions: str) -> str:
    """Give a pattern of any of the words under conditions on what stands before.

    Args:
        words: abbreviations.
        conditions: look-behinds written as if the first letter of the word, a dot, came before them:
            ``(?<!\\\\w.)``. A pattern that begins with a letter is much faster than one with a look-behind.

    Returns:
        The pattern, the longest words first.
    """
    endings: dict[str, list[str]] = {}
    for word in words:
        endings.setdefault(word[0], []).append(word[1:])
    before = "".join(conditions)
    return "|".join(f"{re.escape(first)}{before}(?:{alternatives(ends)})" for first, ends in endings.items())
