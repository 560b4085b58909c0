"""Whether what a sentence lays in somebody’s mouth is said by him in the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from audionews.proof.facts.reading import Item, Reading
from audionews.proof.facts.source import Said, Source
from audionews.proof.facts.speech import Speech, says
from audionews.proof.facts.words import words

Person = tuple[frozenset[str], frozenset[str]]  # the nouns for somebody, and the parts of the name

_BACK = 6  # sentences before, in which the one who speaks on may have been named


class Owners:
    """The speakers of a sentence beside those of its source."""

    def __init__(self, said: Reading, printed: Said, source: Source) -> None:
        """Keep both."""
        self.said, self.printed, self.source = said, printed, source

    def strange(self) -> Iterator[tuple[str, str]]:
        """Give the speakers that the article does not let speak here, with the reason."""
        for speech in self.said.speeches:
            nouns, named = _speaker(self.said, speech)
            if nouns & words("speech.paper") or self._is_paper(named):
                continue
            if not self._speakers and not self._runs_on:
                if not self._told_by(nouns, named, self._same_place()):
                    yield self._shown(speech), "l’article ne fait dire cela à personne"
            elif not (nouns or named) or speech.pronoun:
                continue
            elif not self._told_by(nouns, named, self._speakers or self._running):
                yield self._shown(speech), "l’article le fait dire par quelqu’un d’autre"

    def holds(self, item: Item, parts: frozenset[str]) -> bool:
        """Tell whether a name is that of a speaker of the sentence whom the article lets speak here."""
        inside = any(one.at <= item.at < one.end for one in self.said.speeches)
        return inside and any(parts <= named for _, named in self._speakers or self._running)

    def lost(self, pairs: Sequence[int], items: Sequence[Item]) -> str:
        """Give the speaker of the source whom the sentence passes over, "" when it passes over none."""
        if self.said.speeches:
            return ""
        own = self.printed.reading.items
        told = [own[at] for at in pairs if at >= 0]
        for speech in self.printed.reading.speeches:
            verb_told = any(one.at <= speech.verb < one.end for one in told)
            inside = [
                one for one in told if speech.start <= one.at < speech.stop and not speech.at <= one.at < speech.end
            ]
            if speech.pronoun and ":" in self.said.text:
                continue  # « Elle vit à Toula : « … » » needs no « dit-elle »
            known = speech.verb < 0 or says(self.printed.reading.tokens, speech.verb)
            if known and not verb_told and len(inside) * 2 > len(items) and inside:
                return self.printed.reading.printed(speech.at, speech.end)
        return ""

    @cached_property
    def _speakers(self) -> list[Person]:
        """Give the speakers of the source sentence: the nouns and the names of each."""
        found = []
        for speech in self.printed.reading.speeches:
            nouns, named = _speaker(self.printed.reading, speech)
            if speech.pronoun or not (nouns or named):
                found += self._running
            found.append((nouns, named))
        return found

    @cached_property
    def _running(self) -> list[Person]:
        """Give who spoke last before the source sentence, or whom the sentence before it names."""
        for at in range(self.printed.at - 1, max(0, self.printed.at - _BACK), -1):
            reading = self.source.sentences[at].reading
            spoken = [one for one in reading.speeches if not one.pronoun]
            if spoken:
                return [_speaker(reading, one) for one in spoken]
            named = [one for one in reading.items if one.name and not reading.speeches]
            if named:
                return [_around(reading, one) for one in named]
        return []

    @property
    def _runs_on(self) -> bool:
        """Tell whether the source sentence is inside a quotation, or holds one whose speaker it does not name."""
        text = self.printed.reading.text
        return self.printed.inside or "«" in text or "»" in text or "“" in text

    def _same_place(self) -> Iterator[Person]:
        """Give whoever the source sentence names as the one who acts: « Le ministre a annoncé la fermeture »."""
        for one in self.printed.reading.items:
            if one.name:
                yield _around(self.printed.reading, one)

    def _told_by(self, nouns: frozenset[str], named: frozenset[str], speakers: Iterable[Person]) -> bool:
        """Tell whether one of the speakers has this name or, where one of the two has no name, this function."""
        for their_nouns, their_names in speakers:
            if named and their_names:
                strange = nouns and their_nouns and not nouns & their_nouns and not self._is_called(named, nouns)
                if named & their_names and not strange:
                    return True
            elif (
                nouns & their_nouns
                or (named and self._is_called(named, their_nouns))
                or (their_names and not named and self._is_called(their_names, nouns))
            ):
                return True
        return False

    def _is_called(self, named: frozenset[str], nouns: frozenset[str]) -> bool:
        """Tell whether the article gives a name and a function to one person."""
        return any(
            named & frozenset(one.name.parts) and nouns & _titles(said.reading, one)
            for said in self.source.sentences
            for one in said.reading.items
            if one.name
        )

    def _is_paper(self, named: frozenset[str]) -> bool:
        return bool(named) and named <= self.source.names[-1]

    def _shown(self, speech: Speech) -> str:
        return self.said.printed(speech.at, speech.end)


def _speaker(reading: Reading, speech: Speech) -> Person:
    """Give the words of a speaker: nouns by their stems, names by their parts."""
    inside = [one for one in reading.items if speech.at <= one.at < speech.end]
    nouns = {one.key for one in inside if one.kind == "word"}
    nouns |= {reading.tokens[one.at].fold for one in inside if one.kind == "word"}
    named = {part for one in inside if one.name for part in one.name.parts}
    return frozenset(nouns), frozenset(named)


def _around(reading: Reading, item: Item) -> Person:
    """Give a name with the words near it, among which its function stands."""
    at = reading.items.index(item)
    near = reading.items[max(0, at - 5) : at + 6]
    nouns = {one.key for one in near if one.kind == "word"}
    return frozenset(nouns), frozenset(item.name.parts if item.name else ())


def _titles(reading: Reading, item: Item) -> frozenset[str]:
    """Give what a name is called where it stands: « le ministre de la Santé Awa Keïta », « Awa Keïta, la ministre »."""
    at = reading.items.index(item)
    before = reading.tokens[item.at - 1] if item.at else None
    after = reading.tokens[item.end] if item.end < len(reading.tokens) else None
    near: list[Item] = []
    if len(item.name.parts if item.name else ()) > 1 or (before and before.kind in {"word", "mark"}):
        led = before is not None and before.fold in {"de", "du", "des", "a", "en", "au", "aux", "sur", "chez", "vers"}
        near += () if led else reading.items[max(0, at - 4) : at]
    if after is not None and after.fold in {",", "("}:
        near += reading.items[at + 1 : at + 4]
    return frozenset(one.key for one in near if one.kind == "word")
