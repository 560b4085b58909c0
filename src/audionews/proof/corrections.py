"""Hold what puts an earlier bulletin right against the editor's notes: nothing else may be said with it."""

from __future__ import annotations

import re

from audionews.model import Article, Label, Line, Rectification, Remark, Role, Rundown, Script
from audionews.proof.facts.checker import check
from audionews.proof.facts.words import fold, ranks, words
from audionews.proof.novelty import new_words


def unasked(script: Script, rundown: Rundown) -> tuple[Remark, ...]:
    """Name what the segments of corrections say that no editor asked for.

    Args:
        script: what is read.
        rundown: the editor's notes, each with the bulletin it puts right; its date is the day of the broadcast.

    Returns:
        One remark for each segment with a fault; its origin is the segment's id.
    """
    found = []
    for segment in script.segments:
        added = _added(segment.text, rundown) if segment.role is Role.CORRECTION else ()
        if added:
            told = ", ".join(f"« {one} »" for one in added)
            found.append(Remark(segment.id, f"{told} : ce n’est pas dans le rectificatif demandé"))
    return tuple(found)


def _added(text: str, rundown: Rundown) -> tuple[str, ...]:
    """Give the words of a sentence that neither the notes nor the names of the bulletins they are of can bear."""
    named = [_name(one) for one in rundown.rectifications]
    lines = (*(one.text for one in rundown.rectifications), *named)
    notes = Article("", tuple(Line(one, Label.BODY) for one in lines), published=rundown.date)
    faults = check(text, notes, day=rundown.date)
    wrong = [one.words for one in faults if one.kind != "passage"]
    # « Une précision sur notre journal d’hier matin. » says nothing else: each of its words only leads on to a note.
    known = words("correction.words") | set(ranks("date.days")) | set(ranks("date.months")) | _words(" ".join(named))
    if _words(text) <= known:
        return tuple(wrong)
    # An article is told in other words, a note is not: what it has no word for is another claim.
    wrong += [text for one in faults if one.kind == "passage"] or new_words(text, notes)
    return tuple(dict.fromkeys(wrong))


def _name(one: Rectification) -> str:
    """Name a bulletin and its day: « Journal du matin, samedi 7 juin 2025. »."""
    days, months = list(ranks("date.days")), list(ranks("date.months"))
    return f"{one.title}, {days[one.date.weekday()]} {one.date.day} {months[one.date.month - 1]} {one.date.year}."


def _words(text: str) -> frozenset[str]:
    """Give the words of a text; its figures are compared one by one."""
    return frozenset(re.findall(r"[^\W\d_]+", fold(text)))
