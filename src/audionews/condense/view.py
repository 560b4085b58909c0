"""A draft seen through the tree of its sentence: what each word is, where its segments begin and end. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from audionews.condense.draft import Draft
from audionews.condense.tables import data, word_set
from audionews.french.syntax import Token, Tree

BOUNDS = frozenset(",;:–—")
JOINS = frozenset(["et", "ou", "ni", "mais"])
_OPEN, _CLOSE = "«“([", "»”)]"


@dataclass(frozen=True)
class View:
    """One draft and its tree."""

    words: Draft
    tree: Tree

    @cached_property
    def low(self) -> tuple[str, ...]:
        """The words in lower case."""
        return tuple(one.text.lower() for one in self.words)

    @cached_property
    def places(self) -> dict[int, int]:
        """Where in the draft a token stands (first, when it is said twice)."""
        found: dict[int, int] = {}
        for at, one in enumerate(self.words):
            if one.token >= 0:
                found.setdefault(one.token, at)
        return found

    @cached_property
    def inner(self) -> tuple[bool, ...]:
        """Whether a word stands inside quotation marks or brackets, marks included."""
        found, depth = [], 0
        for one in self.words:
            marks = not one.text.isalnum()
            depth += sum(map(one.text.count, _OPEN)) if marks else 0
            found.append(depth > 0)
            depth -= sum(map(one.text.count, _CLOSE)) if marks else 0
        return tuple(found)

    @cached_property
    def segments(self) -> tuple[range, ...]:
        """The stretches between commas and the like, outside quotations; the final stop belongs to none."""
        found, start = [], 0
        for at, one in enumerate(self.words):
            if one.text in BOUNDS and not self.inner[at]:
                found.append(range(start, at))
                start = at + 1
        end = len(self.words)
        while end > start and not any(map(str.isalnum, self.words[end - 1].text)) and self.words[end - 1].text != "»":
            end -= 1
        found.append(range(start, end))
        return tuple(one for one in found if any(any(map(str.isalnum, self.words[at].text)) for at in one))

    def token(self, at: int) -> Token | None:
        """Give the token a word of the draft comes from, None for a word that was put in."""
        place = self.words[at].token
        return self.tree.tokens[place] if place >= 0 else None

    def pos(self, at: int) -> str:
        """Give a word's part of speech, "" when unknown."""
        token = self.token(at)
        return token.pos if token else ""

    def feature(self, at: int, name: str) -> str:
        """Give one feature of a word, "" when unknown."""
        token = self.token(at)
        return token.feature(name) if token else ""

    def is_finite(self, at: int) -> bool:
        """Tell whether a word is a conjugated verb."""
        token = self.token(at)
        if token is None or self.low[at] in word_set("rewriting", "finite"):
            return self.low[at] in word_set("rewriting", "finite")
        if token.at == self.tree.root.at and self.is_missed:
            return True
        return token.pos in {"VERB", "AUX"} and token.feature("VerbForm") == "Fin"

    @cached_property
    def is_missed(self) -> bool:
        """Whether the root is a conjugated verb that the parser takes for a noun, yet gives a subject."""
        root = self.tree.root
        own = {one.dep.partition(":")[0] for one in self.tree.children(root)}
        return root.pos in {"NOUN", "ADJ", "ADV", "X"} and "nsubj" in own and not own & {"det", "cop", "aux", "case"}

    def is_participle(self, at: int, tense: str) -> bool:
        """Tell whether a word is a participle, "Pres" or "Past"."""
        token = self.token(at)
        if token is None:
            return False
        if tense == "Pres":
            return token.text.endswith("ant") and token.pos == "VERB"
        return token.feature("VerbForm") == "Part" and token.feature("Tense") == "Past"

    def opens(self, at: int, groups: tuple[str, ...]) -> str:
        """Give the group of words that stands at a place, "" when none of these does."""
        heads, pattern = _opening(groups)
        if _first(self.low[at]) not in heads:
            return ""
        found = pattern.match(self.text(range(at, min(at + 6, len(self.words)))).lower())
        return found[0] if found else ""

    def text(self, places: Iterable[int]) -> str:
        """Write words of the draft one after the other."""
        return "".join(self.words[at].text + (" " if self.words[at].space else "") for at in places).strip()

    def finite_in(self, places: Iterable[int]) -> int | None:
        """Give the first conjugated verb that is not in a relative or subordinate clause of its own segment."""
        hidden = False
        for at in places:
            if self.inner[at]:
                continue
            if self.low[at] in BOUNDS:
                hidden = False
            elif self.is_relative(at) or (self.pos(at) == "SCONJ" and self.low[at] != "s’"):
                hidden = True
            elif self.is_finite(at):
                if not hidden:
                    return at
                hidden = False
        return None

    def is_relative(self, at: int) -> bool:
        """Tell whether a word opens a relative clause."""
        if self.low[at] in word_set("rewriting", "relatives"):
            return True
        return self.low[at] in {"que", "qu’"} and self.feature(at, "PronType") == "Rel"

    def negated(self, verb: Token) -> bool:
        """Tell whether what a verb says is denied, or restricted by « ne … que »."""
        own = [verb, *self.tree.children(verb)]
        return any(one.text.lower() in {"ne", "n’", "ni", "aucun", "aucune", "jamais", "rien"} for one in own)


def resumes(view: View, at: int) -> bool:
    """Tell whether a verb group or a complement goes on at a place: no comma may stand before it."""
    if at >= len(view.words):
        return True
    return (
        view.is_finite(at)
        or view.low[at] in word_set("rewriting", "clitics") | {"que", "qu’", "et"}
        or view.pos(at) in {"ADP", "AUX"}
    )


@lru_cache(maxsize=512)
def view_of(words: Draft, tree: Tree) -> View:
    """See a draft through a tree; the rules ask for the same one again and again."""
    return View(words, tree)


@cache
def _opening(groups: tuple[str, ...]) -> tuple[frozenset[str], re.Pattern[str]]:
    """Give the first words of groups, and what finds the longest of them at the start of a text."""
    ends = (re.escape(one) + ("" if one.endswith("’") else r"(?!\w)") for one in sorted(groups, key=len, reverse=True))
    return frozenset(map(_first, groups)), re.compile("|".join(ends))


def _first(text: str) -> str:
    return text.partition(" ")[0].partition("’")[0]


@cache
def listed(table: str, key: str) -> tuple[str, ...]:
    """Give one list of words of data/rewriting.toml, longest first."""
    return tuple(sorted(data("rewriting")[table][key], key=len, reverse=True))


@lru_cache(maxsize=1024)
def length(words: Draft) -> int:
    """Count the words the ear hears in a draft."""
    count, glued = 0, False
    for one in words:
        heard = any(map(str.isalnum, one.text))
        count += heard and not glued
        glued = heard and not one.space
    return count
