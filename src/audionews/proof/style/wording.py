"""Words that have no place on air: the plain lists of data/words.toml, and those that need a look around."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audionews.model import Role
from audionews.proof.style.finding import Fault
from audionews.proof.style.heard import Heard
from audionews.proof.style.saying import owner
from audionews.proof.style.tables import data, listed, words

OURS = {Role.LINK, Role.OPENING, Role.CLOSING, Role.CREDIT, Role.CORRECTION}
_ADDRESS = re.compile(r"https?://|(?<!\w)www\.|(?<!\w)[#@]\w|\w\.(?:com|org|net|info|fr|ml)(?!\w)|©|\(DR\)|Photo ?:")
_MARK = re.compile(r"[?!]")
_FUNCTION_WORD = re.compile(r"(?:l’|le |la |les )", re.IGNORECASE)


def listed_words(heard: Heard) -> Iterator[Fault]:
    """Find the words of the plain lists."""
    for table in data("words")["list"]:
        if _concerns(table["where"], heard):
            found = _matches(heard.narration, table["words"], table.get("allowed", ""))
            if found and table.get("owned") and owner().search(heard.narration):
                continue
            for one in found:
                yield Fault(table["rule"], one, heard.segment.id)


def marks(heard: Heard) -> Iterator[Fault]:
    """Find questions and exclamations of the house's own, and what belongs to a page."""
    if not heard.told and heard.segment.role not in OURS:
        return
    if _MARK.search(heard.narration):
        yield Fault("N5", " ".join(heard.narration.split(" ")[-3:]), heard.segment.id)
    address = _ADDRESS.search(heard.text)
    if address:
        yield Fault("N10", heard.text[address.start() : address.start() + 30], heard.segment.id)


def guilt(heard: Heard) -> Iterator[Fault]:
    """Find who is called guilty while nobody was judged."""
    if not heard.told:
        return
    for found in listed("words", "guilty").finditer(heard.narration):
        confession = not _FUNCTION_WORD.match(found.group())
        if listed("words", "judged").search(heard.text):
            continue
        # A confession is a fact when the police reports it; « le voleur » stays a verdict whoever says it.
        if confession and owner().search(heard.narration[: found.start()]):
            continue
        yield Fault("N9", found.group(), heard.segment.id)


def causes(heard: Heard) -> Iterator[Fault]:
    """Find a cause or a contrast between two stories, of which no article speaks."""
    if heard.segment.role is Role.LINK:
        found = listed("words", "between").search(heard.narration)
    elif heard.first:
        found = listed("words", "between_first").match(heard.narration)
    else:
        return
    if found:
        yield Fault("N1", found.group(), heard.segment.id)


def counted(heard: Heard) -> Iterator[Fault]:
    """Find « quatre titres » in the house's words: one may be dropped to fit the slot."""
    if heard.told:
        return
    numbers, things = "|".join(sorted(words("words", "counts"))), "|".join(sorted(words("words", "counted")))
    found = re.search(rf"(?<!\w)(?:{numbers}) (?:{things})(?!\w)", heard.text, re.IGNORECASE)
    if found:
        yield Fault("N3", found.group(), heard.segment.id)


def gatherings(heard: Heard) -> Iterator[Fault]:
    """Find a story that opens on « le conseil a tenu » instead of what it decided."""
    if not heard.first:
        return
    article = _FUNCTION_WORD.match(heard.narration)
    rest = heard.narration[article.end() :] if article else ""
    body = listed("words", "bodies").match(rest)
    verb = listed("words", "gatherings").search(rest)
    if body and verb and "," not in rest[: verb.start()]:
        yield Fault("S24", verb.group(), heard.segment.id)


def _concerns(where: str, heard: Heard) -> bool:
    return where == "all" or (where == "told") == heard.told


def _matches(text: str, key: str, allowed: str) -> list[str]:
    innocent = [one.span() for one in listed("words", allowed).finditer(text)] if allowed else []
    return [
        one.group()
        for one in listed("words", key).finditer(text)
        if not any(start <= one.start() and one.end() <= end for start, end in innocent)
    ]
