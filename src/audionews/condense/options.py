"""The ways the sentences of an article may be said, as far as a story may use them. Pure, but for the parser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from audionews.condense.alone import OPENS_QUOTED, is_whole, stands_alone, without_quotations
from audionews.condense.context import Context
from audionews.condense.features import Worth, content, small
from audionews.condense.readings import Reading, readings
from audionews.condense.source import Source
from audionews.french import sentences
from audionews.french.parse import parse
from audionews.model import Sentence

FIRST_PERSON = re.compile(r"\b(?:je|j’\w+|nous|notre|nos|mon|ma|mes|moi)\b", re.IGNORECASE)
NOT_NARRATED = re.compile(rf"{FIRST_PERSON.pattern}|[?!]", re.IGNORECASE)  # nobody on air says these
TOO_SHORT = 5  # words: less is a heading or a comment
CURT = 8  # words: less means little without the sentence before it ("Aucun décès n’a été enregistré.")
WHOLE = 0.7  # share of a printed sentence's matter that is said when it is said whole, asides apart
NEW = 0.34  # share of its matter that an update must add to what was said

_alone = lru_cache(maxsize=4096)(stands_alone)


@dataclass(frozen=True, slots=True)
class Option:
    """One way to say one printed sentence."""

    at: int  # place of the printed sentence in the article
    sentences: Reading
    words: int
    whole: bool  # nearly all of the printed sentence is said: the next one may lean on it
    curt: bool = False  # the printed sentence is so short that it means little without the one before it

    @property
    def text(self) -> str:
        """What is said, in one piece."""
        return " ".join(one.text for one in self.sentences)

    def without_last(self) -> Option:
        """Give the option without its last sentence."""
        kept = self.sentences[:-1]
        return replace(self, sentences=kept, words=_words(kept), whole=False)


def options(
    sources: Sequence[Source],
    worth: Worth,
    context: Context,
    wanted: int,
    allow: Callable[[Sentence], bool],
    said: Sequence[str] = (),
    least: float = 0.0,
) -> tuple[Option, ...]:
    """Give the ways the most telling sentences of an article may be said.

    Args:
        sources: the article's sentences.
        worth: of the article.
        context: what rewriting must know.
        wanted: how many printed sentences are enough, the opening not counted; at most twice as many are parsed, unless
            none of them can open a story.
        allow: refuses a sentence that must not be said.
        said: what listeners have heard of it; a sentence that adds nothing is left out.
        least: share of the worth of the most telling sentence below which others are not looked at.

    Returns:
        Options in the article's order, of one sentence the fullest first.
    """
    inside = _inside_quotation(sources)
    usable = [one for one in sources if one.at not in inside and _is_usable(one.text)]
    worths = {one.at: sum(worth.expected(small(one.text))) for one in usable}
    ordered = sorted(usable, key=lambda one: (one.at > 0, -worths[one.at], one.at))
    enough = least * max(worths.values(), default=0.0)
    heard = content(" ".join(said))
    found: list[Option] = []
    places: set[int] = set()
    opening = False  # whether a story can begin with one of them
    for number, source in enumerate(ordered):
        telling = number == 0 or worths[source.at] >= enough
        if opening and (len(places) > wanted or number >= 2 * wanted or not telling):
            break
        texts: set[str] = set()
        for reading in _readings(source, context):
            option = _option(reading, source)
            if option.text in texts or not all(_is_sayable(one.text) and allow(one) for one in reading):
                continue
            texts.add(option.text)
            if not heard or len(content(option.text) - heard) >= NEW * len(content(option.text)):
                found.append(option)
                places.add(option.at)
                opening = opening or are_understood([option])
    return tuple(sorted(found, key=lambda one: one.at))


def are_understood(story: Sequence[Option]) -> bool:
    """Tell whether each sentence of a story stands alone, or follows the very sentence it leans on."""
    before: list[str] = []
    last: Option | None = None
    for option in story:
        first = option.sentences[0].text
        alone = _alone(first, tuple(before)) and not option.curt
        follows = last is not None and last.whole and last.at == option.at - 1 and not OPENS_QUOTED.match(first)
        if not (alone or follows):
            return False
        before += [one.text for one in option.sentences]
        last = option
    return True


def _readings(source: Source, context: Context) -> Iterator[Reading]:
    """Give the readings of a sentence, and those without their last sentences."""
    for reading in readings(source, parse(source.text), context):
        for size in range(len(reading), 0, -1):
            yield reading[:size]


def _is_usable(text: str) -> bool:
    """Tell whether a printed sentence may be said at all, wherever it stands."""
    return is_whole(text) and sentences.words(text) >= TOO_SHORT and _is_sayable(text)


def _is_sayable(text: str) -> bool:
    return not NOT_NARRATED.search(without_quotations(text))


def _option(reading: Reading, source: Source) -> Option:
    printed, said = content(source.text), content(" ".join(one.text for one in reading))
    whole = len(printed & said) >= WHOLE * len(printed)
    return Option(source.at, reading, _words(reading), whole, source.at > 0 and sentences.words(source.text) < CURT)


def _words(reading: Sequence[Sentence]) -> int:
    return sum(sentences.words(one.text) for one in reading)


def _inside_quotation(sources: Sequence[Source]) -> frozenset[int]:
    """Find the sentences within a quotation that one sentence opens and a later one closes."""
    inside: set[int] = set()
    opened = -1
    for at, one in enumerate(sources):
        if opened >= 0 and one.text.count("»") > one.text.count("«"):
            inside |= set(range(opened, at + 1))
            opened = -1
        elif one.text.count("«") > one.text.count("»"):
            opened = at
    return frozenset(inside)
