"""One sentence as the checker sees it: its words, figures, dates and names in order, with what marks them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from audionews.proof.facts import marks
from audionews.proof.facts.dates import Moment, moments
from audionews.proof.facts.names import Capitals, Name, names
from audionews.proof.facts.numbers import Number, numbers
from audionews.proof.facts.speech import Speech, speeches
from audionews.proof.facts.tokens import Token, tokens
from audionews.proof.facts.words import forms, words

_ENDINGS = re.compile(
    r"(?:eraient|iraient|aient|erent|irent|urent|eront|iront|erait|irait|ements?|ement|ments?|ions|ees|ait|ais|ant|ants|"
    r"ent|era|ira|iez|ies|ie|ee|es|er|ez|ir|it|is|us|ut|re|e|a|s|x|i|u|t)$"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One word, figure, date or name that carries a fact."""

    kind: str  # "word", "number", "date", "name"
    key: str  # a word’s stem
    at: int  # tokens
    end: int
    denied: str = ""
    conditional: bool = False
    doubt: str = ""
    modal: str = ""
    number: Number | None = None
    moment: Moment | None = None
    name: Name | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence read."""

    text: str
    tokens: tuple[Token, ...]
    items: tuple[Item, ...]
    speeches: tuple[Speech, ...]

    def is_speaker(self, item: Item) -> bool:
        """Tell whether an item names who speaks, or is the verb of saying."""
        return any(one.at <= item.at < one.end or item.at == one.verb for one in self.speeches)

    def printed(self, at: int, end: int) -> str:
        """Give the words of these tokens as they are printed."""
        return self.text[self.tokens[at].start : self.tokens[end - 1].end] if at < end else ""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Give the part of a folded word that its forms have in common; coarse, for laying sentences side by side."""
    if word in forms("verbs"):
        return forms("verbs")[word]
    if word.endswith("aux") and len(word) > 5:
        word = word[:-3] + "al"
    short = _ENDINGS.sub("", word)
    return short if len(short) >= 3 else word


def read(text: str, capitals: Capitals) -> Reading:
    """Read a sentence.

    Args:
        text: typography repaired.
        capitals: how its article writes its words.

    Returns:
        Its items, in order.
    """
    found = tokens(text)
    figures = numbers(found)
    days = moments(found, figures)
    denied, conditional = marks.negations(found), marks.conditionals(found)
    doubts, modals = marks.doubts(found), marks.modals(found)
    spans: dict[int, Item] = {}
    for moment in days:
        spans[moment.at] = Item("date", "", moment.at, moment.end, moment=moment)
    taken = {place for one in days for place in range(one.at, one.end)}
    for number in figures:
        if number.at not in taken:
            spans[number.at] = Item("number", "", number.at, number.end, number=number)
            taken |= set(range(number.at, number.end))
    for name in names(found, capitals, taken):
        spans[name.at] = Item("name", " ".join(name.parts), name.at, name.end, name=name)
        taken |= set(range(name.at, name.end))
    items: list[Item] = []
    for at, token in enumerate(found):
        one = spans.get(at)
        if one is None:
            if at in taken or token.kind != "word" or (token.fold in words("function") and at not in denied):
                continue
            key = forms("units").get(token.fold) or stem(token.fold)
            one = Item("word", "%" if token.fold == "cent" else key, at, at + 1)
        inside = range(one.at, one.end)
        items.append(
            Item(
                one.kind,
                one.key,
                one.at,
                one.end,
                next((denied[place] for place in inside if place in denied), ""),
                any(place in conditional for place in inside),
                next((doubts[place] for place in inside if place in doubts), ""),
                next((modals[place] for place in inside if place in modals), ""),
                one.number,
                one.moment,
                one.name,
            )
        )
    return Reading(text, found, tuple(items), speeches(found))
