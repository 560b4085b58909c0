"""The rules of the house's style that a program can check: words in, findings out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from audionews.model import Role, Rundown, Script
from audionews.proof.style import (
    clauses,
    figures,
    length,
    marks,
    reference,
    sigles,
    sound,
    speech,
    tense,
    whole,
    wording,
)
from audionews.proof.style.finding import Fault, Finding, Rule, finding, rules
from audionews.proof.style.heard import Heard, Hearing, Spoken, listen, sentence

__all__ = ["Finding", "Rule", "blocking", "proofread", "rules"]

# Rules of one sentence, without the parser: all that block are among them.
SENTENCE: tuple[Callable[[Heard], Iterator[Fault]], ...] = (
    length.long,
    length.heavy,
    length.breathless,
    marks.brackets,
    marks.open_quotation,
    marks.cut,
    speech.incises,
    speech.foreign_opening,
    speech.late_owner,
    speech.long_quotation,
    speech.unsigned_title,
    speech.first_person,
    reference.opening,
    reference.title_pronoun,
    reference.function_after,
    wording.listed_words,
    wording.marks,
    wording.guilt,
    wording.causes,
    wording.counted,
    wording.gatherings,
    figures.in_sentence,
    figures.floating_day,
    tense.bookish,
    clauses.one_idea,
    clauses.fronted,
    clauses.lists,
    clauses.negations,
    sound.elision,
    sound.hiatus,
)
# Rules of one sentence that need its tree.
PARSED: tuple[Callable[[Heard], Iterator[Fault]], ...] = (
    clauses.far_verb,
    clauses.passive,
    tense.participles,
)
# Rules of stories and of the bulletin.
WHOLE: tuple[Callable[[Hearing], Iterator[Fault]], ...] = (
    length.averages,
    length.rhythm,
    length.beginnings,
    speech.many_quotations,
    reference.orphans,
    reference.namesakes,
    figures.in_brief,
    figures.floating,
    sigles.unexplained,
    tense.adverbs,
    sound.confused,
    sound.rhyme,
    whole.order,
    whole.light_words,
    whole.promises,
    whole.disclosure,
    whole.repeated_title,
)


def proofread(
    script: Script, rundown: Rundown | None = None, *, spoken: Spoken, recent: frozenset[str] = frozenset()
) -> tuple[Finding, ...]:
    """Hold a script against the rules of the house's style.

    Args:
        script: all that is read, ours or an editor's.
        rundown: what it was written from; tells which stories have a source to name.
        spoken: gives the words of a text as they are said.
        recent: ids of the phrase patterns of the last editions.

    Returns:
        What was found, in the order of the script, what concerns the whole bulletin last; each once.
    """
    hearing = listen(script, spoken)
    faults = [fault for one in hearing.heard for rule in (*SENTENCE, *PARSED) for fault in rule(one)]
    faults += [fault for rule in WHOLE for fault in rule(hearing)]
    faults += [*whole.patterns(hearing, recent), *whole.credits(hearing, rundown)]
    places = {one.segment.id: one.place for one in hearing.heard}
    order = {name: rank for rank, name in enumerate(places)}
    unique = sorted(dict.fromkeys(faults), key=lambda one: order.get(one.segment, len(order)))
    return tuple(finding(one, places.get(one.segment, "bulletin")) for one in unique)


def blocking(text: str, *, role: Role, first: bool, spoken: Spoken) -> tuple[Finding, ...]:
    """Find what keeps one sentence off the air, quickly and without the parser.

    Args:
        text: the sentence, as it would be printed in the script.
        role: what it would do in the bulletin.
        first: whether it would open its story.
        spoken: gives the words of a text as they are said.

    Returns:
        The findings of blocking rules only; empty for a sentence that may be broadcast.
    """
    heard = sentence(text, role, first, spoken)
    found = (finding(fault, "") for rule in SENTENCE for fault in rule(heard))
    return tuple(one for one in found if one.blocking)
