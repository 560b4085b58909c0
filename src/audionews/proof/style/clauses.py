"""How a sentence is built: one idea, subject near its verb, active, short lists, one negation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audionews.french.sentences import words as count_words
from audionews.french.syntax import Tree
from audionews.proof.style.finding import Fault
from audionews.proof.style.heard import Heard, start
from audionews.proof.style.saying import verb
from audionews.proof.style.tables import listed, words

MOST_COMMAS = 2
NEAREST = 6  # words between subject and verb
EARLIEST = 10  # words before the verb
AGENT = 6  # words after « par »

_COMMA = re.compile(r",(?!\d)")
_MANNER = re.compile(r"D’une? (?:[^,]|,(?=\d)){3,80},")
_FRONTED = re.compile(
    r"([^\W\d_]+) (?:(?:à|au|aux|de|du|des|par|en|dans|sur|pour|avec|depuis|lors|contre|sous|entre) |d’|l’)"
)
# « du riz, du mil, du sucre et du sel »; « Ségou, Mopti, Gao et Kidal »
_ITEM = r"(?:(?:du|de|des|le|la|les|un|une|à|au|aux|en|son|sa|ses|deux|trois|\d+) |[dl]’)(?:[^\s,]+ ){0,3}?[^\s,]+"
_PLACE = r"[A-ZÀ-Ý][^\s,]*(?: [A-ZÀ-Ý][^\s,]*)?"
_LISTS = tuple(
    re.compile(rf"[\w’-]+(?:, {item}){{2,12}},? (?:et|ou|ainsi que) [^\s,.]+(?: [^\s,.]+)?") for item in (_ITEM, _PLACE)
)
_NEGATION = re.compile(r"(?<![\w-])(?:ne |n’)", re.IGNORECASE)
_ONLY = re.compile(r"(?<![\w-])(?:ne |n’)(?:[\w’-]+ ){1,6}?qu(?:e |’)", re.IGNORECASE)
_SECOND = re.compile(r"(?:pas|plus|jamais|aucune?|rien|ni|personne|guère|point)(?!\w)")


def one_idea(heard: Heard) -> Iterator[Fault]:
    """Find a sentence of several ideas."""
    if not heard.body:
        return
    opened = [one for one in listed("words", "subordinators").finditer(heard.narration) if _opens(heard, one)]
    commas = len(_COMMA.findall(heard.narration))
    if len(opened) > 1:
        yield Fault("S3", " … ".join(one.group() for one in opened), heard.segment.id, f"{len(opened)} subordonnées")
    elif commas > MOST_COMMAS:
        yield Fault("S3", start(heard.text), heard.segment.id, f"{commas} virgules")
    elif ";" in heard.narration:
        yield Fault("S3", ";", heard.segment.id, "Point-virgule")


def negations(heard: Heard) -> Iterator[Fault]:
    """Find two negations in one sentence."""
    if not heard.body:
        return
    text = listed("words", "expletive").sub(" | ", heard.narration)
    text = re.sub(r"\| (?:[\w’-]+ ){1,4}?(?:ne |n’)", " ", text)
    found = [one for one in _NEGATION.finditer(text) if not _is_only(text, one.start())]
    if len(found) > 1:
        yield Fault("S12", start(heard.text), heard.segment.id)


def far_verb(heard: Heard) -> Iterator[Fault]:
    """Find a subject far from its verb, or a verb that comes late."""
    if not heard.body:
        return
    tree, root = heard.tree, heard.tree.root
    if root.pos not in {"VERB", "AUX"} and not tree.children(root, "cop"):
        return
    first_verb = min((one.at for one in (root, *tree.children(root, "aux", "cop"))), default=root.at)
    subject = next(iter(tree.children(root, "nsubj")), None)
    if subject is None or subject.at > first_verb:
        return
    between = _words(tree, subject.at + 1, first_verb)
    # « Selon le procureur, la gravité… »: what stands before the comma does not count.
    commas = [one.at + 1 for one in tree.tokens[: subject.at] if one.text == ","]
    led = max([min(tree.subtree(subject)), *commas])
    if between > NEAREST:
        yield Fault("S4", f"{subject.text} … {tree.tokens[first_verb].text}", heard.segment.id, f"{between} mots")
    elif _words(tree, led, first_verb) > EARLIEST:
        yield Fault("S4", start(heard.text), heard.segment.id, "Le verbe vient tard")


def fronted(heard: Heard) -> Iterator[Fault]:
    """Find « Réunis à Ségou, … » and « D’un naturel réservé, … »."""
    mark = _COMMA.search(heard.narration)
    if not heard.body or mark is None:
        return
    ahead = heard.narration[: mark.end()]
    manner = _MANNER.match(ahead) and not listed("words", "not_manner").match(ahead)
    first = _FRONTED.match(ahead)
    if manner or (first and _is_participle(first.group(1).lower())):
        yield Fault("S10", ahead, heard.segment.id)


def passive(heard: Heard) -> Iterator[Fault]:
    """Find a passive whose agent is told."""
    if not heard.body:
        return
    tree = heard.tree
    for token in tree.tokens:
        if token.dep != "obl:agent" or not tree.children(tree.tokens[token.head], "aux:pass"):
            continue
        by = next((one for one in tree.children(token, "case") if one.lemma == "par" or one.text == "par"), None)
        if by and token.pos in {"NOUN", "PROPN"} and _words(tree, by.at + 1, max(tree.subtree(token)) + 1) <= AGENT:
            stretch = tree.tokens[by.at : max(tree.subtree(token)) + 1]
            yield Fault("S11", heard.text[stretch[0].start : stretch[-1].end], heard.segment.id)


def lists(heard: Heard) -> Iterator[Fault]:
    """Find an enumeration of more than three."""
    for pattern in _LISTS if heard.body else ():
        found = pattern.search(heard.narration)
        if found:
            yield Fault("S14", found.group(), heard.segment.id)
            return


def _opens(heard: Heard, found: re.Match[str]) -> bool:
    """Tell whether a « que » opens an idea: not after a verb of saying, nor in « plus que », « ne … que »."""
    word, before = found.group().lower(), heard.narration[: found.start()].rstrip()
    if word not in {"que", "qu’"}:
        return True
    last = before.rsplit(" ", 1)[-1].lower()
    told = re.search(rf"{verb()}$", last)
    near = before.split(" ")[-3:]
    degree = any(one.lower() in words("words", "que_of_degree") for one in near)
    return not (told or degree or _restricts(before))


def _restricts(before: str) -> bool:
    """Tell whether « ne » stands shortly before, and no « pas »: « n’a que »."""
    near = " ".join(before.split(" ")[-5:])
    found = _NEGATION.search(f" {near}")
    return bool(found) and not _SECOND.search(near)


def _is_only(text: str, at: int) -> bool:
    found = _ONLY.match(text, at)
    return bool(found and not _SECOND.search(found.group()))


def _words(tree: Tree, first: int, end: int) -> int:
    """Count the words between two tokens, as they are written."""
    tokens = tree.tokens[first:end]
    return count_words(tree.text[tokens[0].start : tokens[-1].end]) if tokens else 0


def _is_participle(word: str) -> bool:
    if word in words("words", "fronted"):
        return True
    noun = word.endswith("ité") or word in words("words", "not_fronted")
    return word.endswith(("é", "ée", "és", "ées")) and not noun
