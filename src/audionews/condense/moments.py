"""Relative dates become true on the day of the broadcast, or leave. Pure.

« Hier », « ce samedi 7 juin », « la semaine dernière » are true on the day of writing only. Each is found on the
surface of the sentence and becomes a date, or leaves with its phrase where that takes nothing from what is said.
"""

from __future__ import annotations

import re

from audionews.condense import quotation
from audionews.condense.context import Context, written
from audionews.condense.draft import Draft
from audionews.condense.surface import line, replaced
from audionews.condense.tables import word_set
from audionews.condense.timewords import DROP, Outcome, Scene, found_in
from audionews.french import dates
from audionews.french.syntax import Tree


def resolved(words: Draft, tree: Tree, context: Context) -> Draft | None:
    """Make every relative date of a sentence true on the day it is read.

    Args:
        words: the sentence as far as it is rewritten.
        tree: its parse.
        context: the article and the days.

    Returns:
        The sentence; None when a date can neither be resolved nor dropped without changing the sense.
    """
    dated = context.day or context.published  # for a listener on no known day every relative date leaves
    wrote = written(context.sources, context.published, context.day) or context.published if dated else None
    scene = Scene(line(words), tree, wrote, context.day)
    if _quotes_a_moment(scene):
        return None
    for found, resolve in reversed(list(found_in(scene.text.text))):
        if not scene.text.is_words(found.start(), found.end()) or re.search(
            r"[.!?]$", scene.text.text[: found.start()]
        ):
            return None  # two sentences typed as one
        outcome = resolve(found, scene)
        changed = _dropped(words, found, scene) if outcome == DROP else _put(words, found, outcome, scene)
        if changed is None:
            return None
        words = changed
    return None if _is_left(words, scene) else words


def _is_left(words: Draft, scene: Scene) -> bool:
    """Tell whether a word is left that is true on the day of writing only."""
    text = quotation.ANY.sub(" ", line(words).text)
    if scene.day:
        text = re.sub(rf"\bce {dates.day_name(scene.day)}\b", " ", text, flags=re.IGNORECASE)
    return dates.is_relative(text)


def _quotes_a_moment(scene: Scene) -> bool:
    """Tell whether somebody's own words name a day that is not the listener's."""
    quoted = " ".join(quotation.ANY.findall(scene.text.text))
    return dates.is_relative(quoted) and not (scene.day and scene.wrote == scene.day)


def _put(words: Draft, found: re.Match[str], said: Outcome, scene: Scene) -> Draft | None:
    """Put a date in the place of a moment; « d’ », « à » and « que » before it take their form."""
    if said is None or said == found[0]:
        return None if said is None else words
    first, last = scene.text.span(found.start(), found.end())
    ahead = scene.text.before(found.start())
    dated = said.split(" ")[0] in dates.DAYS
    full = {"d’": "du" if dated else "de", "de": "du" if dated else "de", "à": "au" if dated else "à"}
    full |= {"jusqu’à": "jusqu’au", "qu’": "que"}
    if ahead in full and (ahead != full[ahead]) and first:
        return replaced(words, first - 1, last, f"{full[ahead]} {said}")
    if found[0][0].isupper():
        said = said[0].upper() + said[1:]
    return replaced(words, first, last, said)


def _dropped(words: Draft, found: re.Match[str], scene: Scene) -> Draft | None:
    """Take a moment out with what holds it, where the sentence says the same without it."""
    text = scene.text
    first, last = text.span(found.start(), found.end())
    ahead, behind = text.before(found.start()), text.after(found.end())
    if ahead in word_set("moments", "leaves_too"):
        first -= 1
        ahead = text.before(text.starts[first])
    if ahead in word_set("moments", "holds") or behind in word_set("moments", "holds_after"):
        return None
    if "aujourd" not in found[0].lower() and _narrows(text.text):
        return None
    if behind == "à" and found[0].lower().endswith(dates.DAYS):
        return None
    near = re.findall(r"[\w-]+’?", text.text[max(0, text.starts[first] - 40) : text.starts[first]].lower())[-4:]
    if word_set("moments", "needs_date").intersection(near) or (behind == "" and ahead == ""):
        return None
    if behind == "," and ahead in {"", ","}:
        last += 1
        goes_on = last < len(words) and words[last].text.lower() in {"de", "du", "des", "d’"}
        first -= ahead == "," and (goes_on or _verb_at(words, last, scene) or _verb_at(words, first - 2, scene))
    elif behind == "," and ahead in word_set("moments", "openers") and first == 1:
        last += 1
    elif ahead == "" and behind in {"est", "a", "sera", "marque", "était"}:
        return None
    return words[:first] + words[last:]


def _narrows(text: str) -> bool:
    """Tell whether a sentence says less with its moment than without: « aucune attaque depuis deux jours »."""
    words = re.findall(r"[\w-]+’?", quotation.ANY.sub(" ", text).lower())
    return not word_set("moments", "narrowing").isdisjoint(words)


def _verb_at(words: Draft, place: int, scene: Scene) -> bool:
    """Tell whether a verb, or a word before it, stands at a place: then its subject is just ahead."""
    token = words[place].token if place < len(words) else -1
    return token >= 0 and (
        scene.tree.tokens[token].pos in {"VERB", "AUX"} or words[place].text.lower() in {"ne", "n’", "se", "s’"}
    )
