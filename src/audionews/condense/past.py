"""The passé simple, which nobody says aloud, told as passé composé. Pure."""

from __future__ import annotations

import re
from functools import cache

from audionews.condense.draft import Draft, Word
from audionews.condense.surface import line
from audionews.condense.tables import data, word_set
from audionews.french.grammar import elides
from audionews.french.syntax import Token, Tree

_QUOTED = re.compile(r"«[^«»]*»")
_CLITICS = frozenset(["le", "la", "l’", "les", "que", "qu’"])
_NEGATIONS = frozenset(["pas", "plus", "jamais", "rien", "guère"])


def composed(words: Draft, tree: Tree) -> Draft | None:
    """Tell every passé simple outside quotation marks as passé composé.

    Args:
        words: the sentence as far as it is rewritten.
        tree: its parse.

    Returns:
        The sentence; None when a form is not known, or the agreement of its participle is not sure.
    """
    text = line(words)
    quoted = [found.span() for found in _QUOTED.finditer(text.text)]
    for place in range(len(words) - 1, -1, -1):
        one = words[place]
        if one.token < 0 or any(start <= text.starts[place] < end for start, end in quoted):
            continue
        token = tree.tokens[one.token]
        participle = _participle(token, tree)
        if participle is None:
            continue
        changed = _composed(words, place, participle, tree) if participle else None
        if changed is None:
            return None
        words = changed
    return words


@cache
def _forms() -> dict[str, str]:
    return dict(row.split() for row in data("past")["forms"].strip().splitlines())


def _participle(token: Token, tree: Tree) -> str | None:
    """Give the past participle of a passé simple; "" when it is one but not known; None for any other word."""
    form = token.text
    if form in _forms() and token.pos in {"VERB", "AUX"}:
        return _forms()[form]
    if token.pos not in {"VERB", "AUX"} or not form.islower():
        return None
    before = tree.tokens[token.at - 1] if token.at else None
    if before and not before.space and before.text.endswith("-"):
        return None
    stem = next((form[: -len(end)] for end in ("èrent", "a") if form.endswith(end)), "")
    if len(stem) > 1:
        plain = stem.removesuffix("e") if stem.endswith("ge") else stem
        plain = plain[:-1] + "c" if plain.endswith("ç") else plain
        if f"{plain}er" in word_set("past", "first_group"):
            return f"{plain}é"
    past = token.feature("Tense") == "Past" and token.feature("VerbForm") == "Fin"
    return "" if past and form.endswith(("irent", "urent", "inrent", "èrent")) else None


def _composed(words: Draft, place: int, participle: str, tree: Tree) -> Draft | None:
    """Put an auxiliary and a participle in the place of one form."""
    token = tree.tokens[words[place].token]
    plural = token.text.endswith("ent")
    ahead = [one.text.lower() for one in words[max(0, place - 3) : place]]
    reflexive = bool(ahead) and ahead[-1] in {"se", "s’"}
    if ahead and ahead[-1] in _CLITICS:
        return None
    if token.text in {"eut", "eurent"} and _participle_follows(words, place, tree):
        return None  # « après qu’il eut commencé »
    if reflexive and tree.children(token, "obj"):
        return None
    being = reflexive or participle in word_set("past", "etre")
    ending = _agreement(token, tree) if being else ""
    if ending is None or (being and plural and not ending.endswith("s")):
        return None
    auxiliary = ("sont" if plural else "est") if being else ("ont" if plural else "a")
    nothing = place + 1 < len(words) and words[place + 1].text in _NEGATIONS
    said = [Word(auxiliary, True, token.at)]
    said += [Word(words[place + 1].text, True, words[place + 1].token)] if nothing else []
    said += [Word(participle + ending, words[place + nothing].space, token.at)]
    before = words[:place]
    if before and before[-1].text in {"se", "s’", "ne", "n’"} and auxiliary != "sont":
        last = before[-1]
        before = (*before[:-1], Word(last.text[0] + "’" if elides(auxiliary) else last.text, False, last.token))
    elif before and before[-1].text in {"s’", "n’"}:
        last = before[-1]
        before = (*before[:-1], Word(last.text[0] + "e", True, last.token))
    return (*before, *said, *words[place + 1 + nothing :])


def _participle_follows(words: Draft, place: int, tree: Tree) -> bool:
    behind = [tree.tokens[one.token] for one in words[place + 1 : place + 3] if one.token >= 0]
    return any(one.feature("VerbForm") == "Part" for one in behind)


def _agreement(token: Token, tree: Tree) -> str | None:
    """Give the ending of a participle that agrees with its subject; None when that is not sure."""
    subject = next(iter(tree.children(token, "nsubj")), None)
    if subject is None:
        return None
    if subject.pos == "PROPN" or subject.text.lower() in {"qui", "on"}:
        return None
    gender, number = subject.feature("Gender"), subject.feature("Number")
    if subject.text.lower() in {"il", "ils", "elle", "elles"}:
        gender = "Fem" if subject.text.lower().startswith("elle") else "Masc"
        number = "Plur" if subject.text.lower().endswith("s") else "Sing"
    if tree.children(subject, "conj") or not gender:
        return None
    return ("e" if gender == "Fem" else "") + ("s" if number == "Plur" else "")
