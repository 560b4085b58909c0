"""Take protected names out of what is told, where the sentence still stands without them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from audionews.french.grammar import de
from audionews.french.spoken.capitals.names import fold
from audionews.model import Sentence
from audionews.proof.protected import Kind, Protected, hosts, protected_names
from audionews.proof.style.heard import plain
from audionews.proof.style.persons import Person, capitalised
from audionews.proof.style.tables import words

__all__ = ["Kind", "Protected", "protected_names", "shield", "shielded"]

_AGED = re.compile(r",? (?:âgée? (?:de |d’))?\d{1,2} ans,?")
_TITLE = re.compile(r"(?:(?:M|MM)\.|Mme|Mlle|Me|Dr|Pr|monsieur|madame|mademoiselle) $")
_ARTICLE = r"(?:le|la|un|une|du|au|son|sa|ce|cette|cet) |[ld]’"
_DETERMINED = re.compile(
    rf"(?<!\w)(?:{_ARTICLE})(?:(?:jeune|petite?|ancien|ancienne|nouveau|nouvelle) )?$", re.IGNORECASE
)
# « La petite Angélique, deux ans »: without the name nothing says who.
_BARE = re.compile(r"\bpetite?s? $", re.IGNORECASE)
_FEMININE = ("école", "médersa", "rue")


def shield(sentence: Sentence, names: Iterable[Protected]) -> Sentence | None:
    """Take the protected names out of a sentence.

    Args:
        sentence: what would be told.
        names: what `protected_names` found in its article.

    Returns:
        The sentence without them; the sentence itself when it names nobody; None when it cannot stand without a
        name, and must not be used.
    """
    told = shielded(sentence.text, names)
    return None if told is None else replace(sentence, text=told)


def shielded(text: str, names: Iterable[Protected]) -> str | None:
    """Take the protected names out of a headline or any text; same answers as `shield`."""
    every = tuple(names)
    if not any(_found(text, one) for one in every):
        return text
    text = plain(text)
    for one in every:
        for _ in range(4):
            place = _found(text, one)
            if place is None:
                break
            told = _without_place(text, place) if one.kind is Kind.PLACE else _without(text, place, one.said)
            if told is None:
                return None
            text = told
        else:
            return None
    return text[:1].upper() + text[1:]


def _found(text: str, one: Protected) -> Person | None:
    """Find a name in a text: whole, or by a part that no other name there has."""
    if one.kind is Kind.PLACE:
        found = re.search(rf"(?<![\w-]){re.escape(one.name)}(?![\w-])", text)
        return Person(one.name, found.span()) if found else None
    for person in capitalised(plain(text)):
        parts = frozenset(fold(part) for part in person.name.split() if part[:1].isupper())
        if parts and parts <= one.parts:
            return person
    return None


def _without(text: str, person: Person, said: str) -> str | None:
    start, end = person.span
    before, after = text[:start], text[end:]
    if _TITLE.search(before) or _BARE.search(before):
        return None
    host = hosts().search(before)
    determined = host is not None and _is_determined(before[: host.start()])
    aged = _AGED.match(after)
    if determined and not before.endswith(", "):
        return before.rstrip() + after
    if determined and after.startswith((",", ".")):
        # « un commerçant, Moussa Diarra, a été… »: both commas leave; « …, Moussa Diarra, 34 ans, a »: one stays.
        kept = after if aged or after.startswith(".") else after[1:]
        return before.removesuffix(", ") + kept
    if said and aged and not host and not re.search(r"[A-ZÀ-Ý][\w’-]*,? (?:et )?$", before):
        return _replaced(before, said, after[aged.end() :])
    return None


def _replaced(before: str, said: str, after: str) -> str:
    """Put « une adolescente de 15 ans » where the name stood, with the elision it asks for."""
    if re.search(r"(?<!\w)de $", before):
        return before[:-3] + de(said) + after
    if re.search(r"(?<!\w)(?:que|lorsque|puisque|jusque) $", before):
        return before[:-2] + "’" + said + after
    return before + said + after


def _is_determined(before: str) -> bool:
    """Tell whether an article stands before the noun: « le », « une jeune », « un ancien »."""
    return _DETERMINED.search(before) is not None


def _without_place(text: str, place: Person) -> str | None:
    """Write « dans un village » for « dans le village de Toula »; None for a place named alone."""
    found = _place().search(text[: place.span[0]])
    if not found:
        return None
    noun, article = found["noun"], found["article"].lower()
    one = "une" if noun.lower().startswith(_FEMININE) else "un"
    if article.startswith("dans") or article in {"au ", "à la ", "à l’"}:
        led = "dans "
    elif article.startswith(("de ", "du ", "d’")):
        led = "d’"
    else:
        led = ""
    return f"{text[: found.start()]}{led}{one} {noun}{text[place.span[1] :]}"


@cache
def _place() -> re.Pattern[str]:
    """Find « dans le village de », « à l’école fondamentale » before a place’s name."""
    nouns = "|".join(sorted(words("guard", "places"), key=len, reverse=True))
    article = r"(?P<article>(?:de |à |dans )?(?:le |la |l’)|du |au |de |d’)"
    return re.compile(rf"{article}(?P<noun>{nouns})(?: \w+)?(?: (?:de |d’|du |des |dit )?)$", re.IGNORECASE)
