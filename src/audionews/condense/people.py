"""Whom an article names, and with which function, read off its own words. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from audionews.condense.quotation import QUOTED
from audionews.condense.source import Source
from audionews.condense.speaker import kind
from audionews.condense.tables import word_set

_PART = r"[A-ZÀ-Ý][\w’]*(?:-[A-ZÀ-Ý][\w’]*)*"
_LINK = r"(?:ag|ould|el|al|ben|bin|de|du|von|van|der)"
NAMED = re.compile(rf"(?<![\w’-]){_PART}(?:\s(?:{_LINK}\s)?{_PART}){{1,4}}(?![\w’-])")
TITLED = re.compile(rf"\b(?:M\.|Mme|Mlle|Me|Dr|Pr|Monsieur|Madame)\s(?P<name>{_PART}(?:\s{_PART})*)(?![\w’-])")
_HANGING = frozenset(["de", "du", "des", "d’", "la", "l’", "à", "au", "aux", "en", "et", "micro"])
_WOMEN, _MEN = frozenset(["mme", "mlle", "madame"]), frozenset(["m.", "monsieur"])
_LONGEST = 14  # words of a function


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody an article names."""

    name: str  # « Awa Keïta »
    noun: str = ""  # « ministre », "" when named without a function
    function: str = ""  # « la ministre de la Santé »
    sure: bool = True  # a person beyond doubt, by function or by place

    @property
    def text(self) -> str:
        """Give function and name as they are said at first."""
        if not self.function:
            return self.name
        return f"{self.function}, {self.name}" if self.function.count(" ") > 1 else f"{self.function} {self.name}"

    @property
    def gender(self) -> str:
        """Give the gender its article tells, "" when none does."""
        return {"le": "Masc", "la": "Fem"}.get(self.function.split(" ")[0].lower(), "")


@lru_cache(maxsize=1024)
def people(sources: tuple[Source, ...]) -> tuple[Person, ...]:
    """Give those an article names with first and last name, each once, with the first function it gives them."""
    found: dict[str, Person] = {}
    for source in sources:
        for person in named(source.text):
            known = found.get(_key(person.name))
            if known is None or (person.function and not known.function):
                found[_key(person.name)] = person
    return tuple(found.values())


def meant(sources: tuple[Source, ...], title: str, surname: str) -> Person | None:
    """Give the one person « M. Keïta » or « Mme Keïta » can be, None when that is not sure.

    A surname alone tells nobody: « Mme Keïta » may be the wife of the Moussa Keïta the article names. The article
    must call somebody so with the first name, or give a function in the title's gender.
    """
    gender = "Fem" if title.lower() in _WOMEN else "Masc" if title.lower() in _MEN else ""
    called = {
        one["name"]
        for source in sources
        for one in TITLED.finditer(source.text)
        if " " in one["name"] and one[0].startswith(title) and one["name"].split()[-1].lower() == surname.lower()
    }
    bearers = [one for one in people(sources) if one.name.split()[-1].lower() == surname.lower()]
    if len(bearers) > 1 or len(called) > 1:
        return None
    sure = [one for one in bearers if one.name in called or (one.function and one.gender in {"", gender})]
    return sure[0] if sure else next((Person(name) for name in called if not bearers), None)


def named(text: str) -> tuple[Person, ...]:
    """Give those a sentence names with first and last name, in order, quotations left out."""
    plain = re.sub(r"\s?\([^()]*\)", "", QUOTED.sub(" ", text))
    return tuple(one for found in NAMED.finditer(plain) if (one := _person(plain, found)))


def _person(text: str, found: re.Match[str]) -> Person | None:
    """Read a name and the function before it; None when the capitals are no person's as far as one can tell."""
    ahead = text[: found.start()].rstrip()
    comma = ahead.endswith(",")
    opening = ahead.rstrip(",")
    for start in _function().finditer(opening):
        rest = opening[start.end() :]
        ends = opening.split()[-1].lower() in _HANGING
        if len(rest.split()) <= _LONGEST and not ends and not _forbidden().search(rest):
            function = opening[start.start() :]
            function = function[0].lower() + function[1:]
            return Person(found[0], start["noun"].lower(), function)
    name = found[0]
    if name.split()[0].lower() in word_set("speech", "small") | {"selon"}:
        name, comma = name.split(" ", 1)[1], True
    if " " not in name or _place_before(ahead):
        return None
    last = re.findall(r"[\w’-]+", ahead)[-1:]
    return Person(name, sure=not comma and (not last or bool(kind(last[0]))))


def _place_before(ahead: str) -> bool:
    """Tell whether what stands before a name makes it a place or a body: « à », « en », « l’ », « la »."""
    return bool(
        re.search(r"(?:\b(?:à|en|au|aux|la|le|les|du|des|de|dans|vers|chez|sur|et)|[ld]’)\s*$", ahead, re.IGNORECASE)
    )


@cache
def _function() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, word_set("refer", "functions")), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w’-])(?:le|la|l’)\s?(?:(?:ancien|ancienne|premier|première|vice-?|jeune)\s)?(?P<noun>{nouns})(?![\w’-])",
        re.IGNORECASE,
    )


@cache
def _forbidden() -> re.Pattern[str]:
    return re.compile(
        r"[,;:.!?«»()]|(?<![\w’-])(?:a|ont|est|sont|avait|avaient|était|étaient|sera|seront|se|s’est|ne|n’a|qui|que|qu’il|"
        r"par|avec|dans|lors|le|les|un|une|son|sa|ses|leur|mais|selon|il|elle|pour|sur|contre|micro|auprès)(?![\w’-])"
    )


def _key(name: str) -> str:
    return " ".join(name.lower().split())
