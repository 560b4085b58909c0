"""A sentence as a tree of words: what shortening and rewriting stand on. Values only; `parse.py` makes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a parsed sentence (Universal Dependencies)."""

    at: int  # its place in the sentence
    text: str
    start: int  # characters of the sentence's text
    end: int
    space: bool  # a blank follows
    lemma: str  # the infinitive of a verb; any other word in small letters
    pos: str  # NOUN, PROPN, VERB, AUX, ADP…
    dep: str  # nsubj, obj, obl:arg, acl:relcl, advcl, appos, root…
    head: int  # place of its head; its own for the root
    morph: tuple[tuple[str, str], ...] = ()  # (("Gender", "Masc"), ("Number", "Sing"))

    def feature(self, name: str) -> str:
        """Give one morphological feature, "" when the parser gave none."""
        return next((value for key, value in self.morph if key == name), "")


@dataclass(frozen=True)
class Tree:
    """One parsed sentence."""

    text: str
    tokens: tuple[Token, ...]

    def __hash__(self) -> int:
        return hash(self.text)  # what stands on a tree is remembered: hashing each token would cost more than it saves

    @cached_property
    def root(self) -> Token:
        """The token all others hang on."""
        return next((one for one in self.tokens if one.head == one.at), self.tokens[0])

    @cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.tokens]
        for one in self.tokens:
            if one.head != one.at:
                found[one.head].append(one.at)
        return tuple(map(tuple, found))

    def children(self, token: Token, *deps: str) -> tuple[Token, ...]:
        """Give the tokens that hang on one, in order; only those of these relations (``"acl"`` means acl:… too)."""
        every = (self.tokens[at] for at in self._children[token.at])
        return tuple(one for one in every if not deps or one.dep in deps or one.dep.partition(":")[0] in deps)

    def subtree(self, token: Token) -> frozenset[int]:
        """Give the places of a token and of all that hangs on it."""
        found, pending = set[int](), [token.at]
        while pending:
            at = pending.pop()
            if at not in found:
                found.add(at)
                pending += self._children[at]
        return frozenset(found)

    def stretch(self, token: Token) -> range:
        """Give the places from the first to the last of a token's subtree, gaps included."""
        places = self.subtree(token)
        return range(min(places), max(places) + 1)

    def heads(self, token: Token) -> Iterator[Token]:
        """Walk from a token's head up to the root."""
        seen = {token.at}
        while token.head not in seen:
            token = self.tokens[token.head]
            seen.add(token.at)
            yield token
