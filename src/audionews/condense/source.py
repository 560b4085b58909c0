"""An article's body as sentences that know where they stand in it."""

from __future__ import annotations

from dataclasses import dataclass

from audionews.condense.hostile import addresses_machine
from audionews.french import sentences, typography
from audionews.model import Article, Label, Span


@dataclass(frozen=True, slots=True)
class Source:
    """One sentence of an article's body, its typography repaired."""

    text: str
    at: int  # its place among the body's sentences
    paragraph: int  # the number of its line in the article
    offsets: tuple[int, ...]  # for each character of `text`, its place in Article.text

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Give where the characters from `start` to before `end` stand in Article.text."""
        places = self.offsets[start:end]
        return Span(places[0], places[-1] + 1) if places else Span(0, 0)


def body(article: Article) -> tuple[Source, ...]:
    """Give the sentences of an article's body, chapô first; those that give orders to a program are left out."""
    starts, place = {}, 0
    for number, line in enumerate(article.lines):
        starts[number] = place
        place += len(line.text) + 1
    own = [n for n, line in enumerate(article.lines) if line.label is Label.CHAPO]
    own += [n for n, line in enumerate(article.lines) if line.label is Label.BODY]
    found: list[Source] = []
    for number in own:
        printed = article.lines[number].text
        text = typography.clean(printed)
        offsets = align(text, printed)
        cursor = 0
        for sentence in sentences.split(text):
            cursor = text.find(sentence, cursor)
            places = tuple(starts[number] + one for one in offsets[cursor : cursor + len(sentence)])
            if not addresses_machine(sentence):
                found.append(Source(sentence, len(found), number, places))
            cursor += len(sentence)
    return tuple(found)


def align(text: str, printed: str) -> tuple[int, ...]:
    """Give, for each character of a repaired text, its place in the text as printed.

    The repair changes marks and blanks, never letters: those are counted off one by one.
    """
    if text == printed:
        return tuple(range(len(text)))
    letters = [at for at, char in enumerate(printed) if char.isalnum()]
    found, next_letter, last = [], 0, 0
    for char in text:
        if char.isalnum() and next_letter < len(letters):
            last = letters[next_letter]
            next_letter += 1
        elif next_letter and last < len(printed) - 1 and not char.isalnum():
            last += printed[last + 1] == char
        found.append(last)
    return tuple(found)
