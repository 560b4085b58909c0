"""What a clause stands under: its subject, who reports it, what condition or wish governs it. Pure."""

from __future__ import annotations

from audionews.condense.agreement import agrees, named_again
from audionews.condense.draft import Draft, Word
from audionews.condense.leave import is_incise, tells
from audionews.condense.tables import data, word_set
from audionews.condense.view import View, listed
from audionews.french.syntax import Token


def subject_again(view: View, verb: Token) -> Draft | None:
    """Name the subject of a verb again; for « A et B ont…, et ont… » nothing is sure."""
    for one in (verb, *view.tree.heads(verb)):
        subjects = [child for child in view.tree.children(one, "nsubj") if child.at in view.places]
        if subjects:
            subject = subjects[0]
            if not _is_clear(view, view.places[subject.at], view.places.get(one.at, 0)):
                return None
            return None if view.is_relative(view.places[subject.at]) else named_again(view, subject)
        if one.dep != "conj":
            return None
    return None


def _is_clear(view: View, subject: int, verb: int) -> bool:
    """Tell whether a subject stands before its verb, and no other noun group opens the stretch the verb stands in."""
    here = next((part for part in view.segments if verb in part), range(0))
    opens = view.pos(here[0]) if here else ""
    return subject < verb and (subject in here or opens not in {"DET", "NOUN", "PROPN", "NUM"})


def under_condition(view: View, at: int) -> bool:
    """Tell whether a condition, a wish or a moment governs what stands before a joint."""
    openers, anywhere = listed("unreal", "openers"), listed("unreal", "anywhere")
    return any(
        view.opens(part[0], openers) for part in view.segments if part[0] < at and not view.inner[part[0]]
    ) or any(view.opens(place, anywhere) for place in range(at))


def owner_of(view: View) -> Draft | None:
    """Give « Selon X, » when the sentence opens so, () when nobody owns it; None when a pronoun names the owner."""
    if not view.opens(0, ("selon", "d’après", "à en croire", "comme l’", "comme le", "pour")) or not view.segments:
        return ()
    first = view.segments[0]
    if view.opens(0, ("pour",)):
        return () if any(view.feature(at, "VerbForm") == "Inf" for at in first) else None
    if any(view.low[at] in {"lui", "elle", "eux", "elles"} for at in first):
        return None
    return (*(view.words[at] for at in first), Word(","))


def has_late_owner(view: View, at: int) -> bool:
    """Tell whether the owner is named after a joint: then what stands before it would lose him."""
    named = ("selon", "d’après", "à en croire", "a-t-", "ont-")
    if any(view.opens(place, named) for place in range(at, len(view.words))):
        return True
    for part in view.segments:
        verbs = [place for place in part if view.is_finite(place)]
        unset = any(place > at and tells(view, place) and _is_followed(view, place) for place in verbs)
        if unset or (part[0] > at and is_incise(view, part)):
            return True
    return False


def _is_followed(view: View, at: int) -> bool:
    """Tell whether a verb's subject stands after it: « ont annoncé les médias »."""
    token = view.token(at)
    heads = [] if token is None else [token, view.tree.tokens[token.head]]
    return any(view.places.get(one.at, 0) > at for head in heads for one in view.tree.children(head, "nsubj"))


def reporter_of(view: View, at: int) -> Token | None:
    """Give the verb under whose « que » a place stands: « X indique que … | »."""
    for place in range(at - 1, 0, -1):
        token = view.token(place)
        joins = token is None or (token.pos == "SCONJ" and token.feature("PronType") != "Rel")
        compared = view.low[place - 1] in word_set("rewriting", "compares")
        if view.low[place] not in {"que", "qu’"} or view.inner[place] or not joins or compared:
            continue
        near = [view.token(before) for before in range(place - 1, max(-1, place - 4), -1)]
        verb = next((one for one in near if one is not None and one.pos in {"VERB", "AUX", "NOUN", "ADJ"}), None)
        if verb is not None:
            return verb
    return None


def _report_forms() -> frozenset[str]:
    return frozenset(form for forms in data("rewriting")["reports"].values() for form in forms)


def says_again(view: View, reporter: Token) -> Draft | None:
    """Give « X a aussi indiqué » or « X indique aussi » from « X a indiqué »."""
    subject = subject_again(view, reporter)
    if reporter.text.lower() not in _report_forms() or subject is None or not agrees(view, subject, reporter):
        return None
    if view.negated(reporter):
        return None
    helpers = [one for one in view.tree.children(reporter, "aux") if one.at in view.places]
    verb = view.words[view.places[reporter.at]]
    if not helpers and reporter.feature("VerbForm") != "Fin":
        return None
    said = (
        (*(view.words[view.places[one.at]] for one in helpers), Word("aussi"), verb)
        if helpers
        else (verb, Word("aussi"))
    )
    owner = owner_of(view)
    return None if owner is None else (*owner, *subject, *said)


def attribution(view: View, at: int) -> Draft | None:
    """Give what must stand before a clause that leaves its place: () for nothing, None when it must not leave."""
    if has_late_owner(view, 1):
        return None
    owner = owner_of(view)
    if owner is None or owner:
        return owner
    reporter = reporter_of(view, at)
    if reporter is None:
        unreal = any(_is_unreal(view, place) for place in range(at))
        return None if unreal else ()
    subject = subject_again(view, reporter)
    if reporter.text.lower() not in _report_forms() or view.negated(reporter):
        return None
    if subject is None or subject[0].text.lower() in {"il", "elle", "ils", "elles"}:
        return None
    return (Word("selon"), *subject, Word(","))


def _is_unreal(view: View, at: int) -> bool:
    token = view.token(at)
    return (
        token is not None
        and token.pos in {"VERB", "AUX"}
        and token.lemma in listed("unreal", "lemmas")
        and view.finite_in((at,)) == at
    )
