"""Whose words are heard: the source before the claim, quotations announced, nobody else's first person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audionews.french.sentences import words as count_words
from audionews.model import Role
from audionews.proof.style.finding import Fault
from audionews.proof.style.heard import Heard, Hearing, start
from audionews.proof.style.saying import inverted, owner, tail, verb
from audionews.proof.style.tables import listed

LATEST = 8  # words before the source of a claim
LONGEST = 15  # words of a quotation
TERM = 3  # words: a quoted term or the title of a work, no quotation

_QUOTED = re.compile(r"[«“]([^«“»”]*)[»”]")
_OPENS = re.compile(r"[«“\"]")
_TITLE_OF_WORK = re.compile(rf"[«“] ?(?:\S+ ?){{1,4}}[»”] (?!{verb()}(?!\w)|(?:a|ont) {verb()})[a-zà-ÿ]")


def late_owner(heard: Heard) -> Iterator[Fault]:
    """Find a claim whose source comes late."""
    if not heard.body or not listed("words", "claims").search(heard.narration):
        return
    found = listed("words", "sources").search(heard.narration)
    early = owner().search(" ".join(heard.narration.split(" ")[: LATEST + 2]))
    if found and not early and count_words(heard.narration[: found.start()]) >= LATEST:
        yield Fault("S7", heard.narration[found.start() :][:40].strip(), heard.segment.id)


def incises(heard: Heard) -> Iterator[Fault]:
    """Find « …, a indiqué le maire » after what he says."""
    if not heard.told:
        return
    found = tail().search(heard.narration) or inverted().search(heard.narration)
    if found and count_words(heard.narration[: found.start()]) >= 3:
        yield Fault("S8", heard.narration[found.start() :].lstrip(", ")[:60], heard.segment.id)


def foreign_opening(heard: Heard) -> Iterator[Fault]:
    """Find a sentence that opens on somebody else's words."""
    if not heard.told:
        return
    termed = "en ces termes" in heard.narration.lower()
    if termed or (_OPENS.match(heard.text) and not _TITLE_OF_WORK.match(heard.text)):
        yield Fault("S9", "en ces termes" if termed else start(heard.text, 5), heard.segment.id)


def long_quotation(heard: Heard) -> Iterator[Fault]:
    """Find a quotation that the ear does not hold."""
    for text in _QUOTED.findall(heard.text):
        if count_words(text) > LONGEST:
            yield Fault("S21a", start(text.strip()), heard.segment.id, f"{count_words(text)} mots cités")


def many_quotations(hearing: Hearing) -> Iterator[Fault]:
    """Find a second quotation in one story."""
    for story in hearing.stories:
        quoted = [(one, text) for one in story for text in _QUOTED.findall(one.text) if count_words(text) > TERM]
        for one, text in quoted[1:]:
            yield Fault("S21b", start(text.strip()), one.segment.id)


def unsigned_title(heard: Heard) -> Iterator[Fault]:
    """Find a headline that quotes nobody."""
    if heard.segment.role is not Role.HEADLINE or heard.house:
        return
    for found in _QUOTED.finditer(heard.text):
        before = heard.text[: found.start()].rstrip(" :")
        signed = owner().search(before) or len(re.findall(r"[A-ZÀ-Ý][\w’-]+", before)) > 1
        if count_words(found.group(1)) > TERM and not signed:
            yield Fault("T4", start(found.group()), heard.segment.id)


def first_person(heard: Heard) -> Iterator[Fault]:
    """Find the first person outside quotation marks."""
    if not heard.told:
        return
    for found in listed("words", "first_person").finditer(heard.narration):
        # « Me » is a lawyer, « Jack Ma » a man, « Notre-Dame » a church, « Mon » alone a people.
        name = found.group()[0].isupper() and (found.start() > 0 or found.group() in {"Me", "Ma"})
        if not name:
            yield Fault("S21c", heard.narration[found.start() :][:30].strip(), heard.segment.id)
            return
