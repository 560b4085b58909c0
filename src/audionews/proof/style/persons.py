"""Persons named in a text: first names and surnames that stand together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audionews.french.spoken.capitals.names import fold, is_surname, names
from audionews.proof.style.tables import words

_WORD = r"[A-ZÀ-ÖØ-Ý](?:[\w’-]*\w)?"
_PARTICLE = r"(?:ag|Ag|ould|Ould|bin|ben|Ben|ibn|el|El|al|Al|dit|alias|née?|de|von|van)"
_ELIDED = re.compile(r"(?:[LDSJNldsjn]|[Qq]u)’")
_RUN = re.compile(rf"(?<![\w-]){_WORD}(?: (?:{_PARTICLE} )?{_WORD}){{0,4}}")


@dataclass(frozen=True, slots=True)
class Person:
    """One person's name, as printed in a text."""

    name: str
    span: tuple[int, int]

    @property
    def parts(self) -> frozenset[str]:
        """The words of the name, folded."""
        return frozenset(fold(part) for part in self.name.split() if part[0].isupper())

    @property
    def surname(self) -> str:
        """The last word of the name, folded."""
        return fold(self.name.split()[-1])

    @property
    def folded(self) -> str:
        """The whole name, folded."""
        return fold(self.name)


def persons(text: str) -> tuple[Person, ...]:
    """Find the persons a text names by first name and surname.

    Args:
        text: as printed.

    Returns:
        Names of two words or more of which one is a first name or a surname that is known, or the last is in
        capitals after a first name; in the order of the text.
    """
    found = []
    for person in capitalised(text):
        parts = person.name.split()
        first = fold(parts[0])
        known = {first, first.partition("-")[0]} & names("first_names").keys() or is_surname(parts[-1])
        if len(parts) > 1 and known:
            found.append(person)
    return tuple(found)


def capitalised(text: str) -> tuple[Person, ...]:
    """Find all runs of words that may be a person's name, one word or more; function words at their head left out."""
    found = []
    for run in _RUN.finditer(text):
        parts, at = run.group().split(" "), run.start()
        while parts and _opens_no_name(parts[0]):
            at += len(parts.pop(0)) + 1
        if parts and not all(fold(part) in words("guard", "not_names") for part in parts):
            head = _ELIDED.match(parts[0])
            if head:
                at, parts[0] = at + head.end(), parts[0][head.end() :]
            name = " ".join(parts)
            found.append(Person(name, (at, at + len(name))))
    return tuple(found)


def _opens_no_name(part: str) -> bool:
    """Tell whether a word before a name belongs to the sentence: « Selon », « L’élève »."""
    bare = _ELIDED.sub("", part)
    return bare[:1].islower() or fold(bare) in words("guard", "not_names")
