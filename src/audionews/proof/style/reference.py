"""Who is meant: how a story opens, pronouns, functions and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from audionews.french.syntax import Tree
from audionews.model import Role
from audionews.proof.style.finding import Fault
from audionews.proof.style.heard import Heard, Hearing, start
from audionews.proof.style.persons import persons
from audionews.proof.style.tables import listed, words

_CAPITAL = r"[A-ZÀ-Ý][\w’-]+"
_NAME_FIRST = re.compile(
    rf"{_CAPITAL} {_CAPITAL}, (?:le |la |l’|un |une |son |sa )?(?P<function>[\w-]+)"
    r" (?:de |du |des |d’|à |au |en |chargé)"
)
_SUBJECT = re.compile(r"(Il|Elle|Ils|Elles)(?= )")
_GENDER = {"Il": ("Masc", "Sing"), "Elle": ("Fem", "Sing"), "Ils": ("Masc", "Plur"), "Elles": ("Fem", "Plur")}


def opening(heard: Heard) -> Iterator[Fault]:
    """Find a story that opens on a pronoun or a link word."""
    if not heard.first:
        return
    found = listed("words", "openers").match(heard.text) or re.match(
        r"(?:C’est|S’y|N’en|D’où|L’intéressé)(?=\W)", heard.text
    )
    if found and not listed("words", "open_well").match(heard.text):
        yield Fault("S15", found.group(), heard.segment.id)


def title_pronoun(heard: Heard) -> Iterator[Fault]:
    """Find a headline that does not name what it is about."""
    if heard.segment.role is not Role.HEADLINE or heard.house:
        return
    found = listed("words", "title_pronouns").match(heard.text)
    if found and not listed("words", "open_well").match(heard.text):
        yield Fault("T3", found.group(), heard.segment.id)


def function_after(heard: Heard) -> Iterator[Fault]:
    """Find a name before its function."""
    for found in _NAME_FIRST.finditer(heard.narration) if heard.told else ():
        if found["function"].lower() in words("words", "functions"):
            yield Fault("S16", found.group().strip(), heard.segment.id)


def orphans(hearing: Hearing) -> Iterator[Fault]:
    """Find a pronoun that no noun of the sentence before can own."""
    for story in hearing.stories:
        for before, one in pairwise(story):
            found = _SUBJECT.match(one.text)
            if found and not _impersonal(one.tree) and not _owned(before.tree, *_GENDER[found.group(1)]):
                yield Fault("S15b", start(one.text, 4), one.segment.id)


def namesakes(hearing: Hearing) -> Iterator[Fault]:
    """Find a surname alone that two persons of the bulletin have."""
    told = [one for one in hearing.heard if one.told]
    bearers: dict[str, set[str]] = {}
    for one in told:
        for person in persons(one.text):
            bearers.setdefault(person.surname, set()).add(person.folded)
    for surname, people in bearers.items():
        if len(people) > 1:
            for one in told:
                spans = [person.span for person in persons(one.text)]
                for found in re.finditer(rf"(?<![\w-]){re.escape(surname)}(?![\w-])", one.text, re.IGNORECASE):
                    if not any(start <= found.start() < end for start, end in spans):
                        yield Fault("S17", found.group(), one.segment.id)


def _impersonal(tree: Tree) -> bool:
    return bool(tree.tokens) and tree.tokens[0].dep.startswith("expl")


def _owned(tree: Tree, gender: str, number: str) -> bool:
    """Tell whether a sentence has a noun or name that may be of this gender and number."""
    for token in tree.tokens:
        if token.pos not in {"NOUN", "PROPN", "PRON"} and not token.dep.startswith("nsubj"):
            continue
        genders, numbers = token.feature("Gender") or gender, token.feature("Number") or number
        several = number == "Plur" and bool(tree.children(token, "conj"))
        if genders in {gender, *({"Fem"} if several else ())} and (numbers == number or several):
            return True
    return False
