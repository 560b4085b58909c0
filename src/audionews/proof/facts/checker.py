"""Is a sentence true to its article?"""

from __future__ import annotations

import re
from datetime import date

from audionews.french.typography import clean
from audionews.model import Article, Span
from audionews.proof.facts.beside import Beside
from audionews.proof.facts.compare import facts
from audionews.proof.facts.fault import Fault
from audionews.proof.facts.manner import denials, doubts, owners
from audionews.proof.facts.quotes import pieces, plain, quotes
from audionews.proof.facts.reading import Reading, read
from audionews.proof.facts.source import Said, Source, fenced, key_of, prepare, shortened

_ELIDED = re.compile(r"(?:^|\W)(?:[ldjmtscn]|qu)’\s*$", re.IGNORECASE)  # « la présomption d’ »: a word is missing
_TRIED = 3  # sentences of the article that are tried
_AS_GOOD = 0.8  # of the best one’s likeness: another sentence of the article that may be meant
_STRANGE = 0.25  # of a sentence’s words found in no sentence of the article: it is not in it
_ENOUGH = 3  # words below which that tells nothing


def check(
    sentence: str, article: Article, *, spans: tuple[Span, ...] = (), day: date | None = None
) -> tuple[Fault, ...]:
    """Compare a sentence with the article it is told from.

    Args:
        sentence: as printed or typed.
        article: what it is told from: its title, body, author and source.
        spans: the stretches of `Article.text` that it says, where known.
        day: the day on which it is said; the article’s day when it is not given.

    Returns:
        What the sentence says and the article does not say in that place: figures, dates, names, quotations,
        denials, speakers, doubts. Empty when all of it is supported.
    """
    source = prepare(article)
    text = clean(sentence)
    said = read(shortened(text, source.full), source.capitals)
    leans = (
        day is not None and day != source.published and any(one.moment and one.moment.relative for one in said.items)
    )
    if not leans and any(fenced(text) in one for one in source.fences):
        return ()
    found = list(_quotations(text, source))
    tried = [Beside(said, one, source, day) for one in _candidates(said, source, spans)]
    if not tried:
        return (Fault("passage", text, "l’article est vide"),) if text else ()
    best = max(one.share for one in tried)
    if best < _STRANGE and sum(one.kind == "word" for one in said.items) >= _ENOUGH:
        found.append(Fault("passage", text, "aucune phrase de l’article ne dit cela"))
    close = [one for one in tried if one.share >= _AS_GOOD * best]
    fewest = min(map(_faults, close), key=len)
    return (*found, *fewest)


def _faults(laid: Beside) -> tuple[Fault, ...]:
    return tuple(dict.fromkeys([*facts(laid), *denials(laid), *doubts(laid), *owners(laid)]))


def _quotations(text: str, source: Source) -> list[Fault]:
    found = []
    for quote in quotes(text):
        for piece in pieces(quote.words):
            if piece in source.quoted and not _ELIDED.search(quote.words):
                continue
            if piece not in source.words:
                found.append(Fault("citation", quote.words.strip(), "l’article ne cite pas ces mots"))
            elif not _is_title(quote.words):
                found.append(Fault("citation", quote.words.strip(), "l’article dit ces mots sans les citer"))
    return found


def _is_title(words: str) -> bool:
    """Tell whether a quotation is a name: « Les Incorruptibles »."""
    return words.strip()[:1].isupper() and len(plain(words).split()) <= 6


def _candidates(said: Reading, source: Source, spans: tuple[Span, ...]) -> list[Said]:
    """Give the sentences of the article that a sentence may say: those of its spans, then the likest."""
    keys = {key_of(one) for one in said.items}
    scored = []
    for one in source.sentences:
        here = {key_of(item) for item in one.reading.items}
        given = any(one.span.start < span.end and span.start < one.span.end for span in spans)
        score = sum(source.weights.get(key, 0.0) for key in keys & here)
        scored.append((score * (1.5 if given else 1.0), -one.at, one))
    scored.sort(key=lambda entry: entry[:2], reverse=True)
    return [one for score, _, one in scored[:_TRIED] if score > 0] or [one for _, _, one in scored[:1]]
