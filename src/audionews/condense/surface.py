"""A draft as one line of text whose characters know the words they stand in: for rules that read the surface. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from audionews.condense.draft import Draft, Word
from audionews.condense.tables import word_set
from audionews.french.syntax import Tree


@dataclass(frozen=True, slots=True)
class Line:
    """The text of a draft."""

    text: str
    starts: tuple[int, ...]  # for each word, where it begins
    words: Draft

    def place(self, char: int) -> int:
        """Give the place, in the draft, of the word a character stands in."""
        return max(0, bisect_right(self.starts, char) - 1)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the places of the first word and after the last word of these characters."""
        return self.place(start), self.place(max(start, end - 1)) + 1

    def is_words(self, start: int, end: int) -> bool:
        """Tell whether these characters are whole words."""
        first, last = self.span(start, end)
        return self.starts[first] == start and end >= self._end(last - 1)

    def _end(self, place: int) -> int:
        return self.starts[place] + len(self.words[place].text)

    def before(self, char: int) -> str:
        """Give the last word before a character, small letters, "" at the start."""
        found = re.search(r"([\w-]+’?|[^\w\s])\s*$", self.text[max(0, char - 60) : char])
        return found[1].lower() if found else ""

    def after(self, char: int) -> str:
        """Give the first word or mark from a character on, small letters, "" at the end."""
        found = re.match(r"\s*([\w-]+’?|[^\w\s])", self.text[char : char + 60])
        return found[1].lower() if found else ""


@lru_cache(maxsize=1024)  # each rule asks for the line of the same draft
def line(words: Draft) -> Line:
    """Write the words of a draft on one line, as they stand."""
    starts, parts, at = [], [], 0
    for one in words:
        starts.append(at)
        part = one.text + (" " if one.space else "")
        parts.append(part)
        at += len(part)
    return Line("".join(parts), tuple(starts), words)


def replaced(words: Draft, first: int, last: int, text: str) -> Draft:
    """Put a text in the place of the words from `first` to before `last`; it counts as said by the first of them."""
    token = next((one.token for one in words[first:last] if one.token >= 0), -1)
    space = words[last - 1].space if last > first else True
    parts = text.split()
    new = [Word(part, True, token) for part in parts]
    if new:
        new[-1] = Word(parts[-1], space, token)
    return words[:first] + tuple(new) + words[last:]


def lowered(words: Draft, tree: Tree) -> Draft:
    """Give a draft whose first word may follow others: a small letter unless it is a name."""
    at = next((place for place, one in enumerate(words) if any(map(str.isalpha, one.text))), None)
    if at is None or not words[at].text[0].isupper():
        return words
    one = words[at]
    known = one.text.lower() in word_set("speech", "small")
    if not known and (one.token < 0 or tree.tokens[one.token].pos in {"PROPN", "NOUN", "X"}):
        return words
    return (*words[:at], Word(one.text[0].lower() + one.text[1:], one.space, one.token), *words[at + 1 :])


def placed(text: Line, char: int, new: str) -> Draft:
    """Give a text as words that count as said by the word a character stands in."""
    token = text.words[text.place(char)].token
    return tuple(Word(part, True, token) for part in new.split())


def bare(words: Draft) -> Draft:
    """Give the words of a draft without its marks."""
    return tuple(one for one in words if any(map(str.isalnum, one.text)))
