"""The ways one printed sentence may be said: fullest first, shorter ones after. Pure."""

from __future__ import annotations

from collections.abc import Iterator

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
        Readings of one or more short sentences, fullest first, at most `MOST`. Those that hold a sentence of more
        than `LONGEST` words come last, and only when there are no others. () when the sentence must not be said.
    """
    words = moments.resolved(draft(tree), tree, context)
    words = speech.spoken(words, tree) if words else None
    words = connectors.inner_dropped(connectors.dropped(words)) if words else None
    if not words or length(words) < FEWEST:
        return ()
    found: dict[tuple[str, ...], tuple[Draft, ...]] = {}
    for parts in _variants(words, tree):
        if all(is_sound(one, tree) for one in parts) or (parts == (words,) and is_paired(words)):
            found.setdefault(tuple(printed(one) for one in parts), parts)
    fit = [one for one in found.values() if max(map(length, one)) <= LONGEST]
    over = [] if fit else sorted(found.values(), key=lambda one: max(map(length, one)))[:1]
    ordered = sorted(fit, key=lambda one: -sum(map(length, one)))[:MOST]
    said = [_said(parts, tree, source, context) for parts in (*ordered, *over)]
    return tuple(dict.fromkeys(one for one in said if one))


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


def _said(parts: tuple[Draft, ...], tree: Tree, source: Source, context: Context) -> Reading:
    """Tie a reading to its article; what leans on words that were not said is repaired where that can be."""
    said: list[Sentence] = []
    for words in parts:
        one = sentence(words, tree, source)
        if not alone.stands_alone(one.text, tuple(before.text for before in said)):
            mended = refer.repaired(words, tree, source, context)
            if mended is not None and is_sound(mended, tree) and length(mended) <= LONGEST:
                one = sentence(mended, tree, source)
        said.append(one)
    return tuple(said)
