"""The shortest group that names again what a noun group named, with its article, gender and number right. Pure."""

from __future__ import annotations

from audionews.condense.draft import Draft, Word
from audionews.condense.tables import word_set
from audionews.condense.view import BOUNDS, View, listed
from audionews.french import grammar
from audionews.french.syntax import Token

_CONTRACTED = {"du": "le", "au": "le", "des": "les", "aux": "les"}
_SHORT = 4  # words: a group no longer than this is said again whole


def named_again(view: View, head: Token) -> Draft | None:
    """Name a thing again as the subject of its own sentence.

    Args:
        view: the draft that names it.
        head: the noun, name or pronoun that names it there.

    Returns:
        « la ministre », « Awa Keïta », « ces trois hommes »; None when article, gender or number is not sure, or
        when the noun says nothing without what follows it.
    """
    at = view.places.get(head.at)
    if at is None or view.inner[at]:
        return None
    if head.pos == "PRON":
        return (view.words[at],) if view.low[at] in {"il", "elle", "ils", "elles"} and head.dep != "expl:subj" else None
    if view.tree.children(head, "conj"):
        return None
    if head.pos == "PROPN":
        return _name(view, at)
    return _noun(view, head, at) if head.pos == "NOUN" else None


def number(view: View, words: Draft) -> str:
    """Give the number of a group made by `named_again`: "Sing" or "Plur"."""
    first = words[0].text.lower()
    if first in {"ces", "les", "ils", "elles", "leurs", "ses", "nos"} or any(one.text.lower() == "et" for one in words):
        return "Plur"
    token = view.tree.tokens[words[0].token] if words[0].token >= 0 else None
    return "Plur" if token is not None and token.feature("Number") == "Plur" else "Sing"


def agrees(view: View, subject: Draft, verb: Token) -> bool:
    """Tell whether a verb has the number of a subject, as far as the parse knows."""
    said = verb.feature("Number")
    helpers = [
        one.feature("Number") for one in view.tree.children(verb, "aux", "cop") if one.feature("VerbForm") == "Fin"
    ]
    said = helpers[0] if helpers and helpers[0] else said
    return not said or said == number(view, subject)


def _name(view: View, at: int) -> Draft | None:
    first = last = at
    while first > 1 and view.pos(first - 1) not in {"DET", "ADP", "PUNCT"} and _is_capital(view, first - 1):
        first -= 1
    while last + 1 < len(view.words) and view.pos(last + 1) in {"PROPN", "X"} and _is_capital(view, last + 1):
        last += 1
    if first > 1 and view.low[first - 1] == "." and view.low[first - 2] in {"m", "dr", "pr", "me"}:
        first -= 2
    if first and view.low[first - 1] in {"m.", "mme", "mlle", "me", "dr", "pr", "le", "la", "les", "l’"}:
        first -= 1
    elif first and view.low[first - 1] in {"un", "une", "des", "ce", "cet", "cette", "ces", "deux"}:
        return None
    elif first and view.low[first - 1] in _CONTRACTED:
        return (Word(_CONTRACTED[view.low[first - 1]]), *view.words[first : last + 1])
    return view.words[first : last + 1]


def _is_capital(view: View, at: int) -> bool:
    return view.words[at].text[:1].isupper()


def _noun(view: View, head: Token, at: int) -> Draft | None:
    low = view.low[at]
    if low in listed("relational", "quantities") or not low[0].isalpha():
        return None
    first = at
    while first and view.pos(first - 1) in {"ADJ", "NUM"} and view.words[first - 1].token >= 0:
        first -= 1
    article = _article(view, first - 1, head, view.words[first].text) if first else None
    if article is None:
        return None
    last = _end(view, head, at)
    return None if last is None else (article, *view.words[first : last + 1])


def _article(view: View, at: int, head: Token, following: str) -> Word | None:
    """Give the article that stands before a group, as a second mention has it."""
    word, low, pos = view.words[at], view.low[at], view.pos(at)
    if low in _CONTRACTED and pos == "ADP":
        return Word(_CONTRACTED[low])
    if low in word_set("rewriting", "definite") and pos in {"DET", "PRON"}:
        return word
    if low in {"un", "une"} and pos in {"DET", "NUM"}:
        masculine = "cet" if grammar.elides(following) else "ce"
        return Word("cette" if low == "une" else masculine)
    plural = head.feature("Number") == "Plur"
    if plural and (low in word_set("rewriting", "open_plural") or view.pos(at + 1) == "NUM"):
        return Word("ces")
    return None


def _end(view: View, head: Token, at: int) -> int | None:
    """Find the last word the group needs: its adjectives, and its complement when it says nothing without."""
    last = at
    while last + 1 < len(view.words) and view.pos(last + 1) == "ADJ" and _hangs_on(view, last + 1, head):
        last += 1
    if last + 2 < len(view.words) and view.low[last + 1] in {"de", "d’", "en"} and _is_common(view, last + 2):
        last += 2  # « coup de pouce », « mise en œuvre », « plan de relance économique »: one name
        while last + 1 < len(view.words) and view.pos(last + 1) == "ADJ":
            last += 1
    if view.low[at] not in listed("relational", "nouns") or last > at + 1:
        return last
    complement = next((one for one in view.tree.children(head, "nmod") if view.places.get(one.at, -1) > last), None)
    if complement is None:
        return last if head.text[:1].isupper() else None
    inside = sorted(view.places[one] for one in view.tree.subtree(complement) if one in view.places)
    stop = next((place for place in inside if view.words[place].text in {",", "(", "«"}), None)
    inside = [place for place in inside if stop is None or place < stop]
    if inside and view.words[inside[-1]].text.endswith("."):
        return None  # « le procès de M. »: the parser cut the name
    whole = bool(inside) and inside[0] == last + 1 and inside[-1] - inside[0] + 1 == len(inside)
    if whole and len(inside) <= 2 * _SHORT + 1:
        return inside[-1]
    return None


def _is_common(view: View, at: int) -> bool:
    """Tell whether a common noun stands at a place."""
    return view.pos(at) == "NOUN" and view.low[at] == view.words[at].text and not view.low[at].endswith(".")


def _hangs_on(view: View, at: int, head: Token) -> bool:
    token = view.token(at)
    return token is not None and token.head == head.at


def antecedent(view: View, start: int) -> Token | None:
    """Give the noun that a « qui » after a comma stands for; None unless the tree and the page agree on one.

    « le bureau devant la commission, qui… », « le refus de cette pratique, qui… »: two nouns could be meant.
    """
    relative, near = view.token(start), view.token(start - 2)
    if relative is None or near is None:
        return None
    if near.pos == "PROPN" and _is_apposed_name(view, start - 2):
        return near
    verb = view.tree.tokens[relative.head]
    head = view.tree.tokens[verb.head] if verb.dep.startswith("acl") else None
    if head is None or head.pos not in {"NOUN", "PROPN"} or view.places.get(head.at, start) >= start - 1:
        return None
    between = range(view.places[head.at] + 1, start - 1)
    own = {view.places[one] for one in view.tree.subtree(head) if one in view.places}
    if start - 2 not in own or any(view.low[at] in BOUNDS | {"et", "ou"} for at in between):
        return None
    return head if _is_meant(view, head, between) else None


def _is_meant(view: View, head: Token, between: range) -> bool:
    """Tell whether nothing but the noun can be meant: no second noun with an article of its own stands between."""
    cases = {one.text.lower() for one in view.tree.children(head, "case")}
    if cases & {"de", "d’", "du", "des"} and view.tree.tokens[head.head].pos in {"NOUN", "PROPN"}:
        return False
    if head.pos == "PROPN":
        return not between or view.pos(between[0]) == "PROPN"
    if any(view.pos(at) == "ADP" and view.low[at] not in {"de", "d’", "du", "des"} for at in between):
        return False
    known = (*listed("relational", "nouns"), *listed("relational", "persons"))
    named = between and view.pos(between[-1]) == "PROPN" and view.pos(between[-1] - 1) == "PROPN"
    if named and head.text.lower() not in listed("relational", "persons"):
        return False  # « la libération de Joseph Pemberton, qui… »
    articles = [at for at in between if view.pos(at) == "DET" or view.low[at] in {"du", "des"}]
    return not articles or head.text.lower() in known


def noun_before(view: View, start: int) -> Token | None:
    """Give the head of the noun group that ends before a comma."""
    near = view.token(start - 2)
    while near is not None and near.pos in {"ADJ", "PROPN", "NOUN", "NUM", "DET", "ADP"}:
        if near.dep.partition(":")[0] in {"obj", "obl", "nsubj", "root", "conj", "appos"} and near.pos == "NOUN":
            return near
        if near.head == near.at:
            return None
        near = view.tree.tokens[near.head]
    return None


def _is_apposed_name(view: View, at: int) -> bool:
    """Tell whether a name of two or more words stands between commas: « , Mohamed Ag Albachar, qui »."""
    first = at
    while first and view.pos(first - 1) in {"PROPN", "X"}:
        first -= 1
    return first < at and (first == 0 or view.low[first - 1] == ",")


def match(noun: Token, participle: Token) -> bool:
    """Tell whether a participle agrees with a noun, as far as the parse knows."""
    return all(
        noun.feature(name) == participle.feature(name) or not participle.feature(name) for name in ("Gender", "Number")
    ) and bool(noun.feature("Gender"))
