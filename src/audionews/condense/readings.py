"""The ways one printed sentence may be said: fullest first, shorter ones after. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from audionews.condense import alone, clauses, connectors, cut, moments, refer, samples, speech
from audionews.condense.context import Context
from audionews.condense.draft import Draft, draft, printed, sentence
from audionews.condense.sound import is_paired, is_sound
from audionews.condense.source import Source
from audionews.condense.view import length
from audionews.french.syntax import Tree
from audionews.model import Sentence

Reading = tuple[Sentence, ...]
LONGEST = 25  # words of one spoken sentence
SHORT = 16  # words: where a sentence is said in few words
FEWEST = 4  # words: less is no sentence
MOST = 12  # readings of one printed sentence


def readings(source: Source, tree: Tree, context: Context) -> tuple[Reading, ...]:
    """Give the ways a printed sentence may be said.

    Args:
        source: the printed sentence, which knows where it stands in its article.
        tree: its parse.
        context: the article's sentences, title and date, and the day of the broadcast.

    Returns:
        Readings of one or more short sentences, fullest first, of at most `MOST` drafts. One that holds a sentence of
        more than `LONGEST` words comes only where there is no other, or where no other names what it speaks of. ()
        when the sentence must not be said.
    """
    words = moments.resolved(draft(tree), tree, context)
    words = speech.spoken(words, tree) if words else None
    words = connectors.inner_dropped(connectors.dropped(words)) if words else None
    if not words or length(words) < FEWEST:
        return ()
    found: dict[tuple[str, ...], tuple[Draft, ...]] = {}
    sound = cache(lambda one: is_sound(one, tree))  # variants share most of their parts
    for parts in dict.fromkeys(_variants(words, tree)):
        if all(map(sound, parts)) or (parts == (words,) and is_paired(words)):
            found.setdefault(tuple(printed(one) for one in parts), parts)
    fit = [one for one in found.values() if max(map(length, one)) <= LONGEST]
    over = [] if fit else sorted(found.values(), key=lambda one: max(map(length, one)))[:1]
    ordered = sorted(fit, key=lambda one: -sum(map(length, one)))[:MOST]
    said = [one for parts in (*ordered, *over) for one in _said(parts, tree, source, context)]
    return tuple(dict.fromkeys(said))


def _variants(words: Draft, tree: Tree) -> Iterator[tuple[Draft, ...]]:
    """Give whole, split and shortened forms of a draft."""
    yield (words,)
    yield (samples.sampled(cut.shortened(words, tree, LONGEST), tree, LONGEST),)
    yield (cut.shortened(words, tree, SHORT),)
    parts = clauses.split(words, tree)
    for target in (length(words), LONGEST, SHORT):
        forms = [samples.sampled(cut.shortened(one, tree, target), tree, LONGEST) for one in parts]
        fitting = [one for one in forms[1:] if length(one) <= LONGEST]
        for count in range(len(fitting), -1, -1):
            yield (forms[0], *fitting[:count])
        for one in fitting[1:]:
            yield (forms[0], one)


def _said(parts: tuple[Draft, ...], tree: Tree, source: Source, context: Context) -> Iterator[Reading]:
    """Tie a reading to its article; what leans on words that were not said is repaired where that can be.

    A repair that makes a sentence too long is given as a reading of its own: the plain one may follow what it leans on.
    """
    short: list[Sentence] = []
    full: list[Sentence] = []
    for words in parts:
        plain = named = sentence(words, tree, source)
        if not alone.stands_alone(plain.text, tuple(before.text for before in short)):
            mended = refer.repaired(words, tree, source, context)
            longest = max(LONGEST, length(words))
            if mended is not None and length(mended) > longest:
                mended = cut.shortened(mended, tree, LONGEST)
            if mended is not None and is_sound(mended, tree):
                named = sentence(mended, tree, source)
                plain = named if length(mended) <= longest else plain
        short.append(plain)
        full.append(named)
    yield tuple(short)
    if full != short:
        yield tuple(full)
