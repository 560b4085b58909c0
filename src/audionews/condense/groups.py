"""Noun groups of an article: with which words it first names a thing. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audionews.condense.alone import stem
from audionews.french.syntax import Token, Tree

_GENDERS = {"le": "Masc", "un": "Masc", "ce": "Masc", "du": "Masc", "au": "Masc"}
_GENDERS |= {"la": "Fem", "une": "Fem", "cette": "Fem", "sa": "Fem"}
_MOST = 10  # words of a group that is said again


@dataclass(frozen=True, slots=True)
class Group:
    """One noun group of a sentence."""

    noun: str  # folded, singular
    determiner: str  # « le », « une », « cette »; "" when it has none
    tail: str  # what follows the noun: « des experts de la région »
    printed: str  # the noun as printed
    before: str  # adjectives before the noun
    gender: str
    number: str
    dep: str
    head: int

    @property
    def definite(self) -> str:
        """Give the group with its definite article: « la réunion des experts »."""
        rest = " ".join(filter(None, [self.before, self.printed, self.tail]))
        if self.number == "Plur":
            return f"les {rest}"
        vowel = rest[0].lower() in "aàâeéèêiîoôuûœ" or (rest[0].lower() == "h" and self.determiner == "l’")
        return f"l’{rest}" if vowel else f"{'la' if self.gender == 'Fem' else 'le'} {rest}"


def groups(tree: Tree) -> Iterator[Group]:
    """Give the noun groups of a sentence outside quotation marks, in order."""
    quoted = False
    for token in tree.tokens:
        quoted = token.text == "«" or (quoted and token.text != "»")
        if token.pos == "NOUN" and not quoted and len(token.text) > 2:
            yield _group(tree, token)


def _group(tree: Tree, noun: Token) -> Group:
    words = sorted(_own(tree, noun))
    ahead = [tree.tokens[at] for at in words if at < noun.at]
    behind = [at for at in words if at > noun.at]
    tail = _text(tree, behind) if behind == list(range(noun.at + 1, noun.at + 1 + len(behind))) else ""
    more = tree.tokens[words[-1] + 1 : words[-1] + 2]
    if len(tail.split()) > _MOST or any(one.pos in {"NUM", "PROPN", "ADJ"} for one in more):
        tail = ""
    determiner = next((one.text.lower() for one in ahead if one.pos in {"DET", "ADP"}), "")
    last = [one for one in ahead if one.pos == "DET"]
    determiner = last[-1].text.lower() if last else determiner
    before = " ".join(one.text for one in ahead if one.pos in {"ADJ", "NUM"})
    if [one.at for one in ahead] != list(range(noun.at - len(ahead), noun.at)) or (noun.at and not ahead):
        tail = ""
    gender = _GENDERS.get(determiner) or noun.feature("Gender")
    number = "Plur" if determiner in {"les", "des", "aux", "ces", "ses", "leurs", "plusieurs", "quelques"} else ""
    number = number or ("Sing" if determiner in _GENDERS or determiner == "l’" else noun.feature("Number"))
    return Group(stem(noun.text), determiner, tail, noun.text, before, gender, number, noun.dep, noun.head)


def _own(tree: Tree, noun: Token) -> frozenset[int]:
    """Give the places of a noun, its article, its adjectives and what it is « of »; no clause, no apposition."""
    found = {noun.at}
    for one in tree.children(noun):
        if one.dep in {"det", "amod", "nummod", "case"} or (one.dep in {"nmod", "flat:name", "flat:foreign"}):
            places = tree.subtree(one)
            clause = any(tree.tokens[at].pos in {"VERB", "AUX"} or tree.tokens[at].text in ",;:()«»" for at in places)
            if not clause and (one.dep != "case" or one.text.lower() in {"du", "des", "au", "aux", "de", "d’"}):
                found |= places
    return frozenset(found)


def _text(tree: Tree, places: list[int]) -> str:
    return "".join(tree.tokens[at].text + (" " if tree.tokens[at].space else "") for at in places).strip()
