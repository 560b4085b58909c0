"""How a text sounds: elision, hiatus, rhyme, and names that the ear confuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from audionews.french.grammar import elides
from audionews.proof.style.finding import Fault
from audionews.proof.style.heard import Heard, Hearing
from audionews.proof.style.tables import words

_ELIDED = re.compile(r"(?<![\w’-])(de|que|le|la|ne|se|je|jusque|lorsque|puisque) (?!«)([^\W\d_][\w’-]*)", re.IGNORECASE)
_CONTRACTED = re.compile(r"(?<![\w’-])([Dd]e|[ÀàA]) (les?) (?=([a-zà-ÿ][\w’-]*))")
_A_MEETS_A = re.compile(r"(?<![\w’-])(?:[\w’-]*a (?=à )|à (?=[aàâAÀÂ](?![uiUI])))")
_CONGO = re.compile(r"(?<!du )(?<!\w)(?:le|au|du) Congo(?!-|\w| (?:Brazzaville|Kinshasa|belge))")
_GUINEAS = re.compile(r"Guinée(?:-Bissau|-Conakry| équatoriale)?")
_RHYME = re.compile(r"tion[.!?»” ]*$")


def elision(heard: Heard) -> Iterator[Fault]:
    """Find « de Abidjan », « que il », « de le maire »."""
    for found in _ELIDED.finditer(heard.narration):
        one, word = found.groups()
        pronoun = one.lower() in {"le", "la"} and found.start() and heard.narration[found.start() - 1] == "-"
        capital = word.isupper() and len(word) > 1  # a sigle is spelled: « le ODRB » is for the ear to judge
        whole = word.lower() in words("words", "unelided") or (one == "La" and word[0].isupper())
        if elides(word) and len(word) > 1 and not (pronoun or capital or whole):
            yield Fault("O1", found.group(), heard.segment.id)
    for found in _CONTRACTED.finditer(heard.narration):
        word = found.group(3)
        infinitive = word.endswith(("er", "ir")) or word in words("words", "infinitives")
        if not infinitive and not elides(word):
            yield Fault("O1", found.group() + word, heard.segment.id)


def hiatus(heard: Heard) -> Iterator[Fault]:
    """Find « va à Abidjan à Accra »: one vowel meets itself twice."""
    met = [found.start() for found in _A_MEETS_A.finditer(heard.narration)] if heard.told else []
    for first, second in pairwise(met):
        stretch = heard.narration[first:second]
        if stretch.count(" ") <= 4 and not re.search(r"[,;:.]", stretch):
            yield Fault("O2", heard.narration[first : second + 12].strip(), heard.segment.id)
            return


def confused(hearing: Hearing) -> Iterator[Fault]:
    """Find a Congo without its capital, and two Guineas in one story."""
    for story in hearing.stories:
        for one in story:
            found = _CONGO.search(one.narration)
            if found and "République" not in one.narration:
                yield Fault("O4", found.group(), one.segment.id)
        guineas = {name: one for one in story for name in _GUINEAS.findall(one.narration)}
        if "Guinée" in guineas and len(guineas) > 1:
            yield Fault("O4", ", ".join(sorted(guineas)), guineas["Guinée"].segment.id)


def rhyme(hearing: Hearing) -> Iterator[Fault]:
    """Find two sentences running that end alike."""
    for story in hearing.stories:
        for one, other in pairwise(story):
            if _RHYME.search(one.text) and _RHYME.search(other.text):
                yield Fault("O5", f"{one.text[-20:]} / {other.text[-20:]}", other.segment.id)
