"""The figures of a sentence, in digits or in words, with their unit and what qualifies them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from audionews.proof.facts.tokens import Token
from audionews.proof.facts.words import forms, hedges, values, words

_MARKS = frozenset(".,;:!?»")
_BEYOND = 6  # tokens after a figure in which « au moins » or « environ » may stand
# « XIXe », « Ve », « Ier », « VI »; one letter alone may be anything.
_ROMAN_RANK = re.compile(r"(?=[IVX]{2}|[IVX]er?$)((?:XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?:er?)?")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True, slots=True)
class Number:
    """One figure and where it stands."""

    value: Decimal
    at: int  # its first token
    end: int  # the token after its last
    unit: str = ""  # "fcfa", "%", "heure"; "" when it counts something else
    hedge: str = ""  # "least", "about", "over"…
    ordinal: bool = False
    loose: str = ""  # "dizaine", "moitié": a word that is only equal to itself

    def equals(self, other: Number) -> bool:
        """Tell whether two figures are the same amount."""
        if self.loose or other.loose:
            return self.loose.rstrip("s") == other.loose.rstrip("s")
        return self.value == other.value


def numbers(found: Sequence[Token]) -> tuple[Number, ...]:
    """Read the figures of a sentence.

    Args:
        found: its tokens.

    Returns:
        The figures, in order. « un » and « une » are articles unless a scale follows (« un million »).
    """
    every: list[Number] = []
    at = 0
    while at < len(found):
        read = _figure(found, at) or _spelled(found, at) or _other(found, at)
        if read is None:
            at += 1
            continue
        every.append(_qualified(read, found))
        at = read.end
    return tuple(every)


def parse(figure: str) -> Decimal:
    """Read a figure in digits: « 12.450 », « 12 450 », « 1,5 », « 3.14 »."""
    whole, _, part = figure.partition(",")
    if not part and re.fullmatch(r"\d+\.\d{1,2}", whole):
        return Decimal(whole)
    return Decimal(re.sub(r"\D", "", whole) + "." + (re.sub(r"\D", "", part) or "0")).normalize()


def _figure(found: Sequence[Token], at: int) -> Number | None:
    token = found[at]
    if token.kind == "ordinal":
        return Number(Decimal(re.match(r"\d+", token.text)[0]), at, at + 1, ordinal=True)  # type: ignore[index]
    if token.kind != "figure":
        return None
    value, end = parse(token.text), at + 1
    while end < len(found) and found[end].fold in (values("number.scales") | {"mille": Decimal(1000)}):
        value *= values("number.scales").get(found[end].fold, Decimal(1000))
        end += 1
        if end < len(found) - 1 and found[end].kind == "figure" and found[end + 1].fold in {"mille", "cent"}:
            value += parse(found[end].text) * (1000 if found[end + 1].fold == "mille" else 100)
            end += 2
    return Number(value.normalize(), at, end)


def _spelled(found: Sequence[Token], at: int) -> Number | None:
    """Read a number in words: « douze mille quatre cent cinquante », « vingt et un », « quatre-vingt-dix »."""
    small = values("number.units") | values("number.tens")
    scales = values("number.scales")
    total, group, end, seen = Decimal(0), Decimal(0), at, at
    while end < len(found):
        word = found[end].fold
        if word in {"-", "et"} and end > at and end + 1 < len(found) and _continues(found, end):
            end += 1
            continue
        if word in {"vingt", "vingts"} and end > at and group % 100 == 4:
            group += 76
        elif word in small and (group == 0 or _adds(group, small[word])):
            group += small[word]
        elif word in {"cent", "cents"} and group < 20 and not (end and found[end - 1].fold == "pour"):
            group = (group or Decimal(1)) * 100
        elif word == "mille":
            total, group = total + (group or Decimal(1)) * 1000, Decimal(0)
        elif word in scales and (group or total) and end > at:
            total, group = (total + group) * scales[word], Decimal(0)
        else:
            break
        end += 1
        seen = end
    if seen == at or (seen == at + 1 and found[at].fold in {"un", "une"}):
        return None
    return Number((total + group).normalize(), at, seen)


def _adds(group: Decimal, value: Decimal) -> bool:
    """Tell whether a number word goes on from the ones before it: « vingt-deux », « soixante-dix », « cent trois »."""
    rest = group % 100
    if rest == 0:
        return value < 100
    tens = rest >= 20 and rest % 10 == 0
    return (tens and value < 10) or (rest in {60, 80} and value < 20) or (rest in {10, 70, 90} and value < 10)


def _continues(found: Sequence[Token], joint: int) -> bool:
    """Tell whether « et » or a hyphen joins two words of one number."""
    after = found[joint + 1].fold
    known = values("number.units").keys() | values("number.tens").keys() | {"cent", "cents", "mille"}
    if found[joint].fold == "et":
        return after in {"un", "une", "onze"} and found[joint - 1].fold in values("number.tens")
    return after in known and found[joint - 1].fold in known


def _other(found: Sequence[Token], at: int) -> Number | None:
    token = found[at]
    if token.kind != "word":
        return None
    ordinal = values("number.ordinals").get(token.fold)
    if ordinal is not None:
        return Number(ordinal, at, at + 1, ordinal=True)
    if token.fold in words("number.loose") or token.fold in values("number.scales"):
        return Number(Decimal(0), at, at + 1, loose=token.fold)
    if token.capital and (roman := _ROMAN_RANK.fullmatch(token.text)):
        return Number(_roman(roman[1]), at, at + 1, ordinal=True)
    return None


def _roman(text: str) -> Decimal:
    worth = [_ROMAN_VALUES[char] for char in text]
    pairs = zip(worth, [*worth[1:], 0], strict=True)
    return Decimal(sum(-one if one < following else one for one, following in pairs))


def _qualified(read: Number, found: Sequence[Token]) -> Number:
    """Add the unit after a figure, and what stands around it: « au moins 85 millions de francs CFA »."""
    end = read.end
    while end < len(found) and found[end].fold in {"de", "d’", "pour"} and end < read.end + 1:
        end += 1
    unit = ""
    if end < len(found):
        word = found[end].fold
        if word == "cent" and found[end - 1].fold == "pour":
            unit = "%"
        elif end == read.end or found[end - 1].fold != "pour":
            unit = forms("units").get(word, "")
    return Number(read.value, read.at, read.end, unit, _hedge(read, found), read.ordinal, read.loose)


def _hedge(read: Number, found: Sequence[Token]) -> str:
    before = [one.fold for one in found[max(0, read.at - 5) : read.at]]
    while before and before[-1] in {"les", "des", "de", "d’", "un", "une", "a", "le", "la", "l’"} and not _ends(before):
        before.pop()
    after = [*(one.fold for one in found[read.end : read.end + _BEYOND]), "."]
    for phrase, group in hedges():
        size = len(phrase)
        if tuple(before[-size:]) == phrase and not (phrase == ("quelque",) and read.ordinal):
            return group
        if group in {"least", "most", "about"} and any(
            tuple(after[place : place + size]) == phrase and after[place + size] in _MARKS
            for place in range(len(after) - size)
        ):
            return group
    return ""


def _ends(before: list[str]) -> bool:
    return any(tuple(before[-len(phrase) :]) == phrase for phrase, _ in hedges())
