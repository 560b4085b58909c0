"""What a sentence denies, supposes and lays in somebody’s mouth, beside its source."""

from __future__ import annotations

from collections.abc import Iterator

from audionews.proof.facts.beside import Beside
from audionews.proof.facts.fault import Fault
from audionews.proof.facts.reading import Item, Reading

_NEAR = 2  # items round a word within which its « ne … pas » is looked for


def denials(laid: Beside) -> Iterator[Fault]:
    """Give the denials that only one of the two has."""
    paired = {at: place for place, at in enumerate(laid.alignment.pairs) if at >= 0}
    used: set[int] = set()
    for place, item in enumerate(laid.said.items):
        if not item.denied:
            continue
        centre = laid.alignment.pairs[place]
        if centre < 0:
            near = [laid.alignment.pairs[one] for one in range(max(0, place - 2), min(len(laid.said.items), place + 3))]
            centre = next((one for one in near if one >= 0), -1)
        there = [
            at
            for at in range(max(0, centre - _NEAR), min(len(laid.own), centre + _NEAR + 1))
            if laid.own[at].denied == item.denied and at not in used
        ]
        if centre < 0 or not there:
            yield Fault("négation", laid.words(item), f"l’article ne dit pas « {_shown(item.denied)} » ici")
        else:
            used.add(min(there, key=lambda at: abs(at - centre)))
    for at, other in enumerate(laid.own):
        if other.denied and at not in used and _is_told(laid, at, paired):
            yield Fault("négation", laid.theirs(other), f"l’article dit « {_shown(other.denied)} » ici")


def _is_told(laid: Beside, at: int, paired: dict[int, int]) -> bool:
    """Tell whether the sentence says what the source denies: the denied word, or both its neighbours."""
    if at in paired:
        return True
    return at - 1 in paired and at + 1 in paired and laid.joined(at - 1, at + 1)


def doubts(laid: Beside) -> Iterator[Fault]:
    """Give what the source only reports, supposes or wants, and the sentence states."""
    owned = bool(laid.said.speeches)
    for place, at in enumerate(laid.alignment.pairs):
        if at < 0:
            continue
        mine, theirs = laid.said.items[place], laid.own[at]
        if theirs.conditional and not laid.near(place, "conditional") and not owned and not mine.modal:
            yield Fault("modalité", laid.words(mine), "l’article le dit au conditionnel")
        elif mine.conditional and not any(one.conditional for one in laid.own[max(0, at - 3) : at + 4]):
            yield Fault("modalité", laid.words(mine), "l’article ne le dit pas au conditionnel")
        if theirs.doubt and not laid.near(place, "doubt") and mine.kind == "word":
            yield Fault("modalité", laid.words(mine), "l’article y met une réserve (présumé, provisoire, peut-être…)")
        if theirs.modal and not mine.modal and _is_verb(mine, laid.said):
            yield Fault("modalité", laid.words(mine), "l’article le dit possible, dû ou voulu, non fait")


def owners(laid: Beside) -> Iterator[Fault]:
    """Give the speakers whom the article does not let speak here, and the one who is passed over."""
    for words_, reason in laid.owners.strange():
        yield Fault("attribution", words_, reason)
    lost = laid.owners.lost(laid.alignment.pairs, laid.said.items)
    if lost:
        yield Fault("attribution", laid.said.text, f"l’article le fait dire par « {lost} »")


def _shown(denied: str) -> str:
    return {"sans": "sans", "ni": "ni", "non": "non", "que": "ne … que"}.get(denied, f"ne … {denied}")


def _is_verb(item: Item, reading: Reading) -> bool:
    """Tell whether an item is a verb that is not an infinitive: something done."""
    before = reading.tokens[item.at - 1].fold if item.at else ""
    return item.kind == "word" and before in {"a", "ont", "est", "sont", "ete", "avait", "avaient", "fut"}
