"""What a rule for the ear is, and how rules are applied one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A named change: what it looks for and what it says instead."""

    name: str  # French, for people who ask why a text is read so
    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str]
    needs: str = ""  # a text without any of these characters is passed over, for speed

    def concerns(self, text: str) -> bool:
        """Tell whether the rule may find something in a text."""
        return not self.needs or any(char in text for char in self.needs)


@dataclass(frozen=True, slots=True)
class Hinted(Rule):
    """A rule that concerns only the texts in which its hint is found."""

    hint: re.Pattern[str] = re.compile("")

    def concerns(self, text: str) -> bool:
        """Tell whether the hint is in a text."""
        return self.hint.search(text) is not None


DIGITS = "0123456789"


def rule(name: str, pattern: str, say: Callable[[re.Match[str]], str] | str, needs: str = "") -> Rule:
    """Make a rule from the source of its pattern and what to say.

    Args:
        name: in French.
        pattern: a regular expression that runs in linear time: bounded repeats, no nested ones.
        say: the function, or a template as ``re.Match.expand`` takes it.
        needs: characters of which a text must hold at least one.

    Returns:
        The rule.
    """
    if isinstance(say, str):
        template = say
        return Rule(name, re.compile(pattern), lambda found: found.expand(template), needs)
    return Rule(name, re.compile(pattern), say, needs)


def hinted(name: str, hint: str, pattern: str, say: Callable[[re.Match[str]], str] | str) -> Rule:
    """Make a rule that is tried only where its hint is found.

    Args:
        name: in French.
        hint: a pattern that begins with plain characters, so that it is found fast, and that every match holds.
        pattern: as for ``rule``.
        say: as for ``rule``.

    Returns:
        The rule.
    """
    made = rule(name, pattern, say)
    return Hinted(made.name, made.pattern, made.say, hint=re.compile(hint))


def apply(rules: Iterable[Rule], text: str) -> str:
    """Apply rules in their order.

    Args:
        rules: the rules.
        text: any text.

    Returns:
        The text after the last rule.
    """
    for one in rules:
        if one.concerns(text):
            text = one.pattern.sub(one.say, text)
    return text


def trace(rules: Iterable[Rule], text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Apply rules as ``apply`` does and tell what each one changed.

    Args:
        rules: the rules.
        text: any text.

    Returns:
        The text after the last rule, and a (rule, before, after) for each change, in order.
    """
    changes: list[tuple[str, str, str]] = []
    for one in rules:

        def say(found: re.Match[str], one: Rule = one) -> str:
            after = one.say(found)
            if after != found.group():
                changes.append((one.name, found.group(), after))
            return after

        if one.concerns(text):
            text = one.pattern.sub(say, text)
    return text, changes


def alternatives(words: Iterable[str]) -> str:
    """Give a pattern that matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


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


def opens_sentence(found: re.Match[str]) -> bool:
    """Tell whether a match stands at the beginning of a sentence."""
    before = found.string[max(0, found.start() - 4) : found.start()].rstrip(" «“")
    return not before or before[-1] in ".!?…"


def cased(found: re.Match[str], words: str) -> str:
    """Give words a capital when they open the sentence."""
    return words[:1].upper() + words[1:] if opens_sentence(found) else words
