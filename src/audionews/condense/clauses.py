"""One long sentence → several short ones, each with its subject, its owner, its denials and its doubts. Pure.

A clause that leaves the sentence takes along what it stood under: the subject is named again (`agreement`), a statement
that somebody reports is reported again, and nothing leaves the reach of a condition, a wish or a denial.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from audionews.condense import cut
from audionews.condense.agreement import agrees, antecedent, match, named_again, noun_before, number
from audionews.condense.draft import Draft, Word
from audionews.condense.leave import is_trusted
from audionews.condense.sound import is_sound
from audionews.condense.tables import data, word_set
from audionews.condense.under import (
    attribution,
    has_late_owner,
    owner_of,
    reporter_of,
    says_again,
    subject_again,
    under_condition,
)
from audionews.condense.view import BOUNDS, View, length, listed, view_of
from audionews.french.syntax import Token, Tree

LONG = 18  # words: what is no longer stays one sentence
_FEWEST = 4  # words a sentence of its own needs
_NOT = frozenset(["ne", "n’"])
Pair = tuple[Draft, Draft]


def split(words: Draft, tree: Tree) -> tuple[Draft, ...]:
    """Split a draft at its clause joints until every part is short or has no joint left.

    Args:
        words: the draft, brackets out.
        tree: the parse of its printed sentence.

    Returns:
        The parts in the order they are said; the first stands without the others, each of the others after it.
    """
    if length(words) <= LONG or not is_trusted(tree):
        return (words,)
    for joint in _JOINTS:
        for first, second in joint(view_of(words, tree)):
            if _is_enough(first, tree) and _is_enough(second, tree):
                return (*split(first, tree), *split(second, tree))
    return (words,)


def _is_enough(words: Draft, tree: Tree) -> bool:
    return length(words) >= _FEWEST and is_sound(words, tree)


def _reported_twice(view: View) -> Iterator[Pair]:
    """« X a indiqué que A et que B » → « X a indiqué que A. X a aussi indiqué que B. »."""
    for at, low in enumerate(view.low):
        if (
            low not in {"et", "mais"}
            or view.inner[at]
            or at + 1 >= len(view.low)
            or view.low[at + 1] not in {"que", "qu’"}
        ):
            continue
        reporter = reporter_of(view, at)
        if reporter is None or view.feature(at + 1, "PronType") == "Rel":
            continue
        said = says_again(view, reporter)
        if said is not None:
            yield _closed(view.words[:at]), (*said, *view.words[at + 1 :])


def _coordinated(view: View) -> Iterator[Pair]:
    """« X a fait A et a fait B » → « X a fait A. X a fait B. »; the same with two subjects."""
    for at, low in enumerate(view.low):
        if low not in {"et", "mais", "puis"} or view.inner[at] or at + 2 >= len(view.low):
            continue
        verb = _second_verb(view, at)
        first = _first_verb(view, verb, at) if verb is not None else None
        owner = owner_of(view)
        if verb is None or first is None or owner is None or under_condition(view, at) or has_late_owner(view, at):
            continue
        before, after = _closed(view.words[:at]), view.words[at + 1 :]
        own = [
            one for one in view.tree.children(verb, "nsubj") if at < view.places.get(one.at, -1) < view.places[verb.at]
        ]
        reporter = reporter_of(view, at)
        if reporter is not None and reporter.at not in {first.at, verb.at}:
            said = says_again(view, reporter)
            if said is not None and own and own[0].pos != "PRON" and _starts_with(view, at + 1, own[0]):
                yield before, (*said, Word("que"), *after)
        elif own:
            if _starts_with(view, at + 1, own[0]) and _helped(view, verb) and _has_number_of(view, verb, own[0]):
                yield before, (*owner, *after)
        else:
            yield from ((before, (*owner, *second)) for second in _same_subject(view, first, verb, at))


def _same_subject(view: View, first: Token, verb: Token, at: int) -> Iterator[Draft]:
    """Give the second of two verbs its subject, and the auxiliary that it shares with the first."""
    subject = subject_again(view, first)
    if subject is None or not agrees(view, subject, verb if _helped(view, verb) else first):
        return
    after = view.words[at + 1 :]
    if _is_conjugated(view, at + 1):
        yield subject + after
    elif view.is_participle(at + 1, "Past") and not _helped(view, verb):
        helpers = _helpers(view, first)
        if helpers:
            yield subject + helpers + after


def _plainly_coordinated(view: View) -> Iterator[Pair]:
    """« A et leur présence ne relève… »: « ne » after « et » and a noun group opens a clause, however it is parsed."""
    for at, low in enumerate(view.low):
        if low != "et" or view.inner[at] or at + 2 >= len(view.low) or view.pos(at + 1) != "DET":
            continue
        here = next((part for part in view.segments if at in part), range(0))
        group = next((range(at + 1, one) for one in range(at + 2, min(at + 9, here.stop)) if view.low[one] in _NOT), ())
        plain = group and not any(map(view.is_finite, group)) and not any(map(view.is_relative, group))
        owner = owner_of(view)
        if not plain or owner is None or view.finite_in(range(here.start, at)) is None:
            continue
        if reporter_of(view, at) is None and not under_condition(view, at) and not has_late_owner(view, at):
            yield _closed(view.words[:at]), (*owner, *view.words[at + 1 :])


def _parted(view: View) -> Iterator[Pair]:
    """« A ; B » → « A. B. »; what is reported before the mark is reported after it."""
    for at, low in enumerate(view.low):
        main = view.finite_in(range(at + 1, len(view.words))) if low == ";" and not view.inner[at] else None
        if main is None or has_late_owner(view, at) or under_condition(view, at):
            continue
        reporter = reporter_of(view, at)
        said = owner_of(view) if reporter is None else says_again(view, reporter)
        if reporter is not None and said is not None:
            said = (*said, Word("que"))
        if said is not None:
            yield _closed(view.words[:at]), (*said, *view.words[at + 1 :])


def _relative(view: View) -> Iterator[Pair]:
    """« …, X, qui fait A » → « …, X. X fait A. »."""
    for one in cut.options(view.words, view.tree):
        start = _first_word(view, one)
        if one.kind != "relative" or view.low[start] != "qui":
            continue
        clause = tuple(view.words[at] for at in sorted(one.places) if at > start)
        noun = antecedent(view, start)
        owner = attribution(view, start)
        subject = named_again(view, noun) if noun is not None else None
        verb = view.finite_in(range(start + 1, max(one.places) + 1))
        if subject is None or owner is None or verb is None or under_condition(view, start):
            continue
        token = view.token(verb)
        if token is not None and token.feature("Number") in {"", number(view, subject)}:
            yield cut.made(view.words, [one]), (*owner, *subject, *_closed(clause))


def _participle(view: View) -> Iterator[Pair]:
    """« …, tout en soulignant A » → « … X souligne A. »; « un plan, destiné à B » → « Ce plan est destiné à B »."""
    for one in cut.options(view.words, view.tree):
        start = _first_word(view, one)
        inside = [at for at in sorted(one.places) if at >= start]
        if one.kind in {"gerund", "participle"}:
            yield from _speech_act(view, one, inside)
        elif one.kind == "attribute" and view.low[start].rstrip("es").startswith(listed("states", "lasting")):
            noun = view.tree.tokens[view.words[start].token]
            holder = noun_before(view, start)
            subject = named_again(view, holder) if holder is not None else None
            owner = attribution(view, start)
            if subject is None or owner is None or holder is None or not match(holder, noun):
                continue
            helper = Word("sont" if number(view, subject) == "Plur" else "est")
            yield (
                cut.made(view.words, [one]),
                (*owner, *subject, helper, *_closed(tuple(view.words[at] for at in inside))),
            )


def _speech_act(view: View, one: cut.Cut, inside: list[int]) -> Iterator[Pair]:
    forms = {**data("rewriting")["reports"], **data("rewriting")["acts"]}
    at = next((place for place in inside[:4] if view.low[place] in forms), None)
    main = view.finite_in(range(inside[0]))
    if at is None or main is None or any(view.low[place] not in {"tout", "en"} for place in inside if place < at):
        return
    if any(view.is_participle(place, "Pres") and view.low[place - 1] in {"en", "et"} for place in inside if place > at):
        return
    token = view.token(main)
    head = _main_verb(view, token) if token is not None else None
    subject = subject_again(view, head) if head is not None else None
    owner = owner_of(view)
    if subject is None or head is None or owner is None or token is None or view.negated(head):
        return
    now, now_plural, done = forms[view.low[at]]
    many = number(view, subject) == "Plur"
    past = (
        token.pos == "AUX"
        and view.low[main] in {"a", "ont", "est", "sont", "s’est"}
        and head.feature("Tense") == "Past"
    )
    if not past and token.feature("Tense") != "Pres":
        return
    place = view.words[at].token
    said: Draft = (Word(now_plural if many else now, True, place),)
    if past:
        said = (Word("ont" if many else "a", True, place), Word(done, True, place))
    rest = tuple(view.words[place] for place in inside if place > at)
    yield cut.made(view.words, [one]), (*owner, *subject, *said, *_closed(rest))


def _subordinate(view: View) -> Iterator[Pair]:
    """« A, alors que B » → « A. B. », when nobody reports it."""
    for one in cut.options(view.words, view.tree):
        start = _first_word(view, one)
        opener = view.opens(start, ("alors que", "alors qu’", "tandis que", "tandis qu’", "car"))
        if one.kind != "subordinate" or not opener or attribution(view, start) != () or under_condition(view, start):
            continue
        words = opener.count(" ") + 1 + (opener.endswith("qu’") and " " not in opener)
        yield (
            cut.made(view.words, [one]),
            _closed(tuple(view.words[at] for at in sorted(one.places) if at >= start + words)),
        )


_JOINTS: tuple[Callable[[View], Iterator[Pair]], ...] = (
    _parted,
    _reported_twice,
    _coordinated,
    _plainly_coordinated,
    _participle,
    _relative,
    _subordinate,
)


def _second_verb(view: View, at: int) -> Token | None:
    """Give the verb that « et » joins to an earlier one."""
    joint = view.token(at)
    if joint is None:
        return None
    verb = view.tree.tokens[joint.head]
    return verb if view.places.get(verb.at, -1) > at and verb.dep == "conj" else None


def _first_verb(view: View, verb: Token, at: int) -> Token | None:
    """Give the verb that another is joined to, when it stands before the joint."""
    head = view.tree.tokens[verb.head]
    return head if head.pos in {"VERB", "AUX", "ADJ", "NOUN"} and view.places.get(head.at, at) < at else None


def _main_verb(view: View, token: Token) -> Token:
    return view.tree.tokens[token.head] if token.dep.partition(":")[0] in {"aux", "cop"} else token


def _is_conjugated(view: View, at: int) -> bool:
    """Tell whether a conjugated verb stands at a place, after pronouns, « ne » and short adverbs."""
    while at < len(view.low) and (view.low[at] in word_set("rewriting", "clitics") or view.pos(at) == "ADV"):
        at += 1
    return at < len(view.low) and view.is_finite(at) and view.feature(at, "Mood") != "Sub"


def _helped(view: View, verb: Token) -> bool:
    return verb.feature("VerbForm") == "Fin" or bool(view.tree.children(verb, "aux", "cop"))


def _helpers(view: View, verb: Token) -> Draft:
    """Give the auxiliaries of a verb, with their pronouns: « a été », « s’est »."""
    found = [one for one in view.tree.children(verb, "aux") if one.at in view.places]
    if any(one.text.lower() in {"s’", "se", "ne", "n’"} for one in view.tree.children(verb)):
        return ()
    return tuple(view.words[view.places[one.at]] for one in found)


def _has_number_of(view: View, verb: Token, subject: Token) -> bool:
    """Tell whether a verb has the number of a subject that the page gives it, as far as the parse knows."""
    helpers = [one for one in view.tree.children(verb, "aux", "cop") if one.feature("VerbForm") == "Fin"]
    said = (helpers[0] if helpers else verb).feature("Number")
    many = bool(view.tree.children(subject, "conj")) or subject.feature("Number") == "Plur"
    return not said or not subject.feature("Number") or said == ("Plur" if many else "Sing")


def _starts_with(view: View, at: int, subject: Token) -> bool:
    """Tell whether a subject's group opens a clause."""
    inside = [view.places[one] for one in view.tree.subtree(subject) if one in view.places]
    return bool(inside) and min(inside) == at and not view.is_relative(at)


def _first_word(view: View, one: cut.Cut) -> int:
    return min(at for at in one.places if view.words[at].text not in BOUNDS)


def _closed(words: Draft) -> Draft:
    """Take off the comma a draft now ends with."""
    while words and words[-1].text in BOUNDS:
        words = words[:-1]
    return words
