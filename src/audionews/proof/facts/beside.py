"""A sentence laid beside a sentence of the article, and where its facts stand in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from audionews.proof.facts.align import Alignment, align
from audionews.proof.facts.dates import agree
from audionews.proof.facts.owners import Owners
from audionews.proof.facts.reading import Item, Reading
from audionews.proof.facts.source import Said, Source
from audionews.proof.facts.words import words

_BACK = 3  # sentences before, in which the name for « il » or « cette délégation » may stand


class Beside:
    """One sentence beside one sentence of the article."""

    def __init__(self, said: Reading, printed: Said, source: Source, day: date | None) -> None:
        """Lay them side by side.

        Args:
            said: the sentence.
            printed: the sentence of the article it may say.
            source: the article.
            day: on which it is said.
        """
        self.said, self.printed, self.source, self.day = said, printed, source, day
        self.own = printed.reading.items
        self.alignment: Alignment = self._laid()
        self.owners = Owners(said, printed, source)

    @property
    def share(self) -> float:
        """Give how much of the sentence lies on like words of the source."""
        return self.alignment.share

    def _laid(self) -> Alignment:
        """Lay the sentence beside its source; who speaks is laid on who speaks, wherever the two stand."""
        if not (self.said.speeches and self.printed.reading.speeches):
            return align(self.said.items, self.own, self.same)
        pairs = [-1] * len(self.said.items)
        shares = []
        for speaking in (False, True):
            mine = [at for at, one in enumerate(self.said.items) if self.said.is_speaker(one) is speaking]
            theirs = [at for at, one in enumerate(self.own) if self.printed.reading.is_speaker(one) is speaking]
            part = align([self.said.items[at] for at in mine], [self.own[at] for at in theirs], self.same)
            for at, other in zip(mine, part.pairs, strict=True):
                pairs[at] = theirs[other] if other >= 0 else -1
            shares.append((part.share, len(mine)))
        whole = align(self.said.items, self.own, self.same)
        share = sum(one * size for one, size in shares) / max(1, len(pairs))
        return whole if whole.share >= share else Alignment(tuple(pairs), share)

    def same(self, one: Item, other: Item) -> bool:
        """Tell whether two items are the same figure, date or name."""
        if one.number is not None and other.number is not None:
            return one.number.equals(other.number)
        if one.moment is not None and other.moment is not None:
            return agree(one.moment, other.moment, self.source.published, self.day)
        if one.name is not None and other.name is not None:
            return self.same_name(frozenset(one.name.parts), frozenset(other.name.parts))
        number, moment = one.number or other.number, one.moment or other.moment
        return bool(
            number and moment and moment.year is not None and moment.month is None and number.value == moment.year
        )

    def same_name(self, said: frozenset[str], printed: frozenset[str]) -> bool:
        """Tell whether two names are one: « Traoré » of « Moussa Traoré », or a whole name that the article knows."""
        if said <= printed:
            return True
        return printed <= said and any(said <= known for known in self.source.names)

    def words(self, item: Item) -> str:
        """Give an item of the sentence as it is printed."""
        return self.said.printed(item.at, item.end)

    def theirs(self, item: Item) -> str:
        """Give an item of the source as it is printed."""
        return self.printed.reading.printed(item.at, item.end)

    def free(self) -> Iterator[tuple[int, Item]]:
        """Give the items of the source on which nothing like them lies yet."""
        taken = {
            at
            for place, at in enumerate(self.alignment.pairs)
            if at >= 0 and (self.own[at].kind == "word" or self.same(self.said.items[place], self.own[at]))
        }
        return ((at, one) for at, one in enumerate(self.own) if at not in taken)

    def beside(self, place: int, at: int) -> bool:
        """Tell whether an item of the sentence and one of the source have the same word beside them."""
        said, own = self.said.items, self.own
        after = [one for one in own[at + 1 : at + 3] if one.kind != "number"]
        before = [one for one in own[max(0, at - 2) : at] if one.kind != "number"]
        right = said[place + 1] if place + 1 < len(said) else None
        left = said[place - 1] if place else None
        if right is not None and right.kind == "word" and any(_like(right, one) for one in after):
            return True
        return left is not None and left.kind == "word" and any(_like(left, one) for one in before)

    def turned(self, item: Item, other: Item) -> bool:
        """Tell whether a name stands between commas, beside its function: « Awa Keïta, la ministre, »."""
        return (
            _is_parted(self.said, item)
            and _is_parted(self.printed.reading, other)
            and self._share_neighbour(item, other)
        )

    def _share_neighbour(self, item: Item, other: Item) -> bool:
        mine, theirs = self.said.items.index(item), self.own.index(other)
        here = {one.key for one in self.said.items[max(0, mine - 3) : mine + 4] if one.kind == "word"}
        there = {one.key for one in self.own[max(0, theirs - 3) : theirs + 4] if one.kind == "word"}
        return bool(here & there)

    def listed(self, item: Item, other: Item) -> bool:
        """Tell whether a name stands in a list in both."""
        return _in_list(self.said, item) and _in_list(self.printed.reading, other)

    def in_neighbour(self, place: int, item: Item) -> bool:
        """Tell whether a fact that the source leaves out is that of the sentences before it, or of the title."""
        near = [
            one for one in self.source.sentences if self.printed.at - _BACK <= one.at < self.printed.at or one.at == 0
        ]
        after = self.said.items[place + 1] if place + 1 < len(self.said.items) else None
        before = self.said.items[place - 1] if place else None
        for sentence in near:
            own = sentence.reading.items
            for at, other in enumerate(own):
                if other.kind != item.kind or not self.same(item, other):
                    continue
                if item.kind == "name":
                    return True
                beside = own[at + 1 : at + 2] + own[max(0, at - 1) : at]
                if any(one is not None and _like(one, two) for one in (after, before) for two in beside):
                    return True
        return False

    def joined_names(self, parts: frozenset[str]) -> bool:
        """Tell whether a name is two of the source, between which an aside was left out."""
        mine = [frozenset(one.name.parts) if one.name else frozenset() for one in self.own]
        pairs = ((one, two) for at, one in enumerate(mine) for two in mine[at + 1 : at + 3])
        return any(one and two and one | two == parts for one, two in pairs)

    def near(self, place: int, mark: str) -> bool:
        """Tell whether the sentence has a mark on or beside a word."""
        return any(getattr(one, mark) for one in self.said.items[max(0, place - 3) : place + 4])

    def joined(self, first: int, last: int) -> bool:
        """Tell whether no mark parts two items of the source."""
        inner = self.printed.reading.tokens[self.own[first].end : self.own[last].at]
        return not any(one.kind == "mark" and one.fold not in {"-", "’"} for one in inner)


def _like(one: Item, other: Item) -> bool:
    return one.kind == other.kind and bool(one.key) and one.key == other.key


def _is_parted(reading: Reading, item: Item) -> bool:
    after = reading.tokens[item.end].fold if item.end < len(reading.tokens) else "."
    before = reading.tokens[item.at - 1].fold if item.at else "."
    return after in {",", "("} or before in {",", "("}


def _in_list(reading: Reading, item: Item) -> bool:
    near = {one.fold for one in reading.tokens[max(0, item.at - 3) : item.at]}
    near |= {one.fold for one in reading.tokens[item.end : item.end + 2]}
    return bool(near & {",", "et", "ou", ";"}) and _has_fellow(reading, item)


def _has_fellow(reading: Reading, item: Item) -> bool:
    at = reading.items.index(item)
    beside: Sequence[Item] = reading.items[max(0, at - 1) : at] + reading.items[at + 1 : at + 2]
    return any(
        one.kind == item.kind
        and not any(
            token.kind == "word" and token.fold not in words("function")
            for token in reading.tokens[min(one.end, item.end) : max(one.at, item.at)]
        )
        for one in beside
    )
