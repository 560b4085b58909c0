"""The figures, dates and names of a sentence beside those of its source."""

from __future__ import annotations

from collections.abc import Iterator

from audionews.proof.facts import rounding
from audionews.proof.facts.beside import Beside
from audionews.proof.facts.dates import Moment
from audionews.proof.facts.fault import ABSENT, Fault
from audionews.proof.facts.reading import Item


def facts(laid: Beside) -> Iterator[Fault]:
    """Give the figures, dates and names that the source does not hold in their place."""
    for place, item in enumerate(laid.said.items):
        if item.kind == "word":
            continue
        at = laid.alignment.pairs[place]
        paired = laid.own[at] if at >= 0 else None
        if paired is not None and (paired.kind == "word" or laid.same(item, paired)):
            yield from _amount(laid, item, paired)
            continue
        check = {"number": _number, "date": _date, "name": _name}[item.kind]
        yield from check(laid, place, item, paired)


def _amount(laid: Beside, item: Item, paired: Item) -> Iterator[Fault]:
    """Compare unit and qualification of two equal figures."""
    one, other = item.number, paired.number
    if one is None or other is None:
        return
    if one.unit and other.unit and one.unit != other.unit:
        yield Fault("nombre", laid.words(item), f"l’article donne une autre unité : « {laid.theirs(paired)} »")
    if one.hedge != other.hedge and not one.ordinal:
        told = "l’article ne nuance pas ce chiffre ainsi" if one.hedge else "l’article nuance ce chiffre"
        yield Fault("modalité", laid.words(item), told)


def _number(laid: Beside, place: int, item: Item, paired: Item | None) -> Iterator[Fault]:
    number = item.number
    if number is None:
        return
    for at, other in laid.free():
        if other.number and number.equals(other.number) and laid.beside(place, at):
            yield from _amount(laid, item, other)
            return
        if other.moment and laid.same(item, other):
            return
    of_speaker = laid.said.is_speaker(item) and any(one.number and number.equals(one.number) for one in laid.own)
    if of_speaker or (number.value == 1 and _is_article(laid, place)):  # « Selon Europe 1 »
        return
    if paired is None:
        supported = laid.in_neighbour(place, item)
    else:
        supported = bool(paired.number and rounding.allowed(number, paired.number, laid.printed.reading))
    if not supported:
        yield Fault("nombre", laid.words(item), _reason(laid, item, paired))


def _is_article(laid: Beside, place: int) -> bool:
    """Tell whether « 1 mort » is printed « un mort »."""
    after = laid.alignment.pairs[place + 1] if place + 1 < len(laid.said.items) else -1
    before = laid.own[after].at - 1 if after >= 0 else -1
    return before >= 0 and laid.printed.reading.tokens[before].fold in {"un", "une"}


def _date(laid: Beside, place: int, item: Item, paired: Item | None) -> Iterator[Fault]:
    if item.moment is None:
        return
    there = [one for _, one in laid.free() if one.moment or one.number]
    agreeing = [one for one in there if laid.same(item, one)]
    rivals = [one for one in there if one.moment and not laid.same(item, one)]
    if agreeing and (not rivals or any(laid.beside(place, laid.own.index(one)) for one in agreeing)):
        return
    if item.moment.lean and item.moment.lean == "habit" and paired is None:
        return
    if _leans_elsewhere(laid, item.moment):
        yield Fault("date", laid.words(item), "ce mot se rapporte au jour de l’article, non à celui de la diffusion")
        return
    yield Fault("date", laid.words(item), _reason(laid, item, paired))


def _leans_elsewhere(laid: Beside, moment: Moment) -> bool:
    return bool(moment.relative and laid.day and laid.day != laid.source.published)


def _name(laid: Beside, place: int, item: Item, paired: Item | None) -> Iterator[Fault]:
    if item.name is None:
        return
    parts = frozenset(item.name.parts)
    for at, other in laid.free():
        held = other.name and laid.same_name(parts, frozenset(other.name.parts))
        if (held or (other.kind == "word" and {other.key} == parts)) and (
            laid.beside(place, at) or laid.turned(item, other) or laid.listed(item, other)
        ):
            return
    if (
        laid.joined_names(parts)
        or laid.owners.holds(item, parts)
        or (paired is None and laid.in_neighbour(place, item))
    ):
        return
    yield Fault("nom", laid.words(item), _reason(laid, item, paired))


def _reason(laid: Beside, item: Item, paired: Item | None) -> str:
    if not _known(laid, item):
        return ABSENT
    if paired is not None:
        return f"à cet endroit, l’article dit « {laid.theirs(paired)} »"
    return "l’article ne le dit pas à cet endroit"


def _known(laid: Beside, item: Item) -> bool:
    """Tell whether the article holds this fact anywhere."""
    every = (other for said in laid.source.sentences for other in said.reading.items)
    if item.name is not None:
        return all(f" {part} " in laid.source.words for part in item.name.parts)
    return any(laid.same(item, other) for other in every if other.kind in {"number", "date"})
