"""What points to words that were not said is named from the article's own words. Pure.

What the article names once, under one name, is said again; where two could be meant, or none, the sentence is given up.
"""

from __future__ import annotations

import re

from audionews.condense import alone, connectors, speaker
from audionews.condense.context import Context
from audionews.condense.draft import Draft, printed
from audionews.condense.groups import Group, groups
from audionews.condense.people import TITLED, Person, meant, named, people
from audionews.condense.source import Source
from audionews.condense.surface import Line, line, replaced
from audionews.condense.tables import word_set
from audionews.french.parse import parse
from audionews.french.syntax import Tree

_PRONOUN = re.compile(r"(?P<word>il|elle|ils|elles)\s(?=\S)", re.IGNORECASE)
_OWNER = re.compile(r"(?P<lead>selon|d’après|pour)\s(?P<word>lui|elle|eux|elles)\b(?!-)", re.IGNORECASE)
_LAST = re.compile(r"\b(?P<word>ce(?:tte|s)? derni(?:er|ère)s?|cel(?:ui|le)-ci|ce(?:ux|lles)-ci)(?=\s)", re.IGNORECASE)
_THIS = re.compile(r"(?<![\w’-])(?P<det>ce|cet|cette|ces)\s(?P<noun>[a-zà-ÿ-]{3,})(?![\w’-])", re.IGNORECASE)
_BARE = re.compile(r"(?P<det>le|la|l’)\s?(?P<noun>[\w-]+)(?=\s)", re.IGNORECASE)
_OF_ONE = re.compile(r"\s(?:du|de la|de l’|des|de(?=\s[A-ZÀ-Ý])|d’(?=[A-ZÀ-Ý]))")  # a complement that tells one apart
_OBJECT = re.compile(r"\b(?:l’(?:a|ont|avait|avaient)|lui|leur)\b(?!-même)")  # somebody else is meant by these
_BACK = 2  # sentences: a pronoun does not reach further


def repaired(words: Draft, tree: Tree, source: Source, context: Context) -> Draft | None:
    """Make a sentence stand alone.

    Args:
        words: the sentence as far as it is rewritten.
        tree: its parse.
        source: the printed sentence.
        context: the article.

    Returns:
        The sentence with what it points to named, without the words that link it to the one before; unchanged when it
        stands alone; None when the article does not tell, once and clearly, what it points to.
    """
    if alone.stands_alone(printed(words)):
        return words
    before = tuple(one for one in context.sources if one.at < source.at)
    changed: Draft | None = connectors.inner_dropped(connectors.dropped(words))
    for step in (_speaker, _subject, _latter, _function, _surname, _this):
        changed = step(changed, tree, before, context) if changed else None
    if not changed or changed == words:
        return None
    text = printed(changed)
    previous = tuple(one.text for one in before[-1:])
    return changed if alone.stands_alone(text) or alone.stands_alone(text, previous) else None


def _speaker(words: Draft, _tree: Tree, before: tuple[Source, ...], context: Context) -> Draft | None:
    """« Selon lui, … » → « Selon le maire, … »."""
    text = line(words)
    found = _OWNER.match(text.text)
    if not found:
        return words
    plural = found["word"].lower() in {"eux", "elles"}
    gender = {"lui": "Masc", "elle": "Fem"}.get(found["word"].lower(), "")
    person = None if plural else _one_person(before, context, gender)
    return _put(text, found.start("word"), found.end("word"), person.text) if person else None


def _subject(words: Draft, _tree: Tree, before: tuple[Source, ...], context: Context) -> Draft | None:
    """« Il a ajouté que … » → « Le maire a ajouté que … »; a pronoun that does not speak is not resolved."""
    text = line(words)
    found = _PRONOUN.match(text.text)
    if not found or alone.IMPERSONAL.match(text.text):
        return words
    gender = "Fem" if found["word"].lower() == "elle" else "Masc"
    if found["word"].lower() in {"ils", "elles"} or not _speaks(text.text[found.end() :]):
        return None
    person = _one_person(before, context, gender)
    return _put(text, 0, found.end("word"), person.text) if person else None


def _speaks(rest: str) -> bool:
    """Tell whether the verb at the head of a text is one of saying."""
    words = re.findall(r"[\w’-]+", rest)[:4]
    return (
        bool(words)
        and words[0] not in {"est", "était", "leur", "lui"}
        and any(speaker.kind(word.removeprefix("l’")) for word in words)
    )


def _one_person(before: tuple[Source, ...], context: Context, gender: str) -> Person | None:
    """Give the one person the sentences just before name; None when they name none or several."""
    everyone = {one.name.split()[-1].lower(): one for one in people(context.sources)}
    for source in reversed(before[-_BACK:]):
        here = {one.name.split()[-1].lower(): one for one in named(source.text)}
        here |= {name: everyone[name] for name in _surnames(source.text) if name in everyone}
        bare = _bare_functions(source.text, context)
        here |= {one.name.split()[-1].lower(): one for one in bare}
        if len(here) > 1 or _others(source.text, here) or _OBJECT.search(alone.without_quotations(source.text)):
            return None
        if here:
            key, person = next(iter(here.items()))
            person = everyone.get(key, person)
            return person if person.sure and person.gender in {"", gender} else None
    return None


def _surnames(text: str) -> list[str]:
    return [found["name"].split()[-1].lower() for found in TITLED.finditer(text)]


def _bare_functions(text: str, context: Context) -> list[Person]:
    """Give the persons a sentence calls by function only: « le ministre » of an article that names one."""
    found = []
    for one in _BARE.finditer(text):
        if one["noun"].lower() in word_set("refer", "functions"):
            fitting = [person for person in people(context.sources) if person.noun == one["noun"].lower()]
            found += fitting if len(fitting) == 1 else []
    return found


def _others(text: str, here: dict[str, Person]) -> bool:
    """Tell whether a sentence speaks of people besides those it names."""
    plain = alone.without_quotations(text)
    for person in here.values():
        plain = plain.replace(person.name, "").replace(person.function or "\0", "")
    words = {word.lower() for word in re.findall(r"[\w-]+", plain)}
    nouns = {person.noun for person in here.values()}
    return bool(words & (word_set("refer", "functions") | word_set("refer", "people")) - nouns)


def _latter(words: Draft, _tree: Tree, before: tuple[Source, ...], _context: Context) -> Draft | None:
    """« Ces dernières ont été invitées » → « Ces personnes ont été invitées »: the one such noun just before."""
    text = line(words)
    found = _LAST.search(alone.without_quotations(text.text))
    if not found:
        return words
    if not before or alone.without_quotations(text.text) != text.text:
        return None
    low = found["word"].lower()
    number = "Plur" if low.startswith("ce") and ("ces" in low or "ceux" in low or "celles" in low) else "Sing"
    gender = "Fem" if "ère" in low or "elle" in low else "Masc"
    every = [one for one in groups(parse(before[-1].text)) if one.gender == gender and one.number == number]
    if len({one.noun for one in every}) != 1:
        return None
    one = every[0]
    this = (
        "ces" if number == "Plur" else "cette" if gender == "Fem" else "cet" if one.printed[0] in "aeiouéèêh" else "ce"
    )
    return _put(text, found.start("word"), found.end("word"), f"{this} {one.printed}")


def _function(words: Draft, tree: Tree, _before: tuple[Source, ...], context: Context) -> Draft | None:
    """« Le ministre a … » → « Le ministre de la Santé, Awa Keïta, a … » when the article names one minister."""
    text = line(words)
    found = re.compile(rf"(?:selon\s|d’après\s|pour\s)?{_BARE.pattern}", re.IGNORECASE).match(text.text)
    if not found or found["noun"].lower() not in word_set("refer", "functions"):
        return words
    if not _verb_follows(text, found.end(), tree):
        return words
    fitting = [one for one in people(context.sources) if one.noun == found["noun"].lower()]
    if len(fitting) != 1 or fitting[0].name in text.text:
        return words
    return _put(text, found.start("det"), found.end("noun"), fitting[0].text)


def _verb_follows(text: Line, at: int, tree: Tree) -> bool:
    """Tell whether a verb, a pronoun before it, or the end of an opening group comes right after a character."""
    rest = text.text[at:].lstrip()
    token = text.words[text.place(at + len(text.text[at:]) - len(rest))].token
    known = (
        token >= 0 and tree.tokens[token].pos in {"VERB", "AUX"} and tree.tokens[token].feature("VerbForm") != "Part"
    )
    owner = rest.startswith(",") and bool(re.match(r"selon|d’après|pour", text.text, re.IGNORECASE))
    return known or owner or rest.startswith(("ne ", "n’", "se ", "s’", "a ", "est ", "y ", "en "))


def _surname(words: Draft, _tree: Tree, _before: tuple[Source, ...], context: Context) -> Draft | None:
    """« M. Diallo a … » → « le ministre de l’Industrie, Moussa Diallo, a … »."""
    text = line(words)
    found = TITLED.search(text.text)
    if not found or " " in found["name"] or "«" in text.text[: found.start()]:
        return words
    person = meant(context.sources, found[0].split()[0], found["name"])
    if person is None:
        return words
    apposed = text.after(found.end()) == ","  # « M. Keïta, ministre de la Santé, »
    return _put(text, found.start(), found.end(), person.name if apposed else person.text)


def _this(words: Draft, tree: Tree, before: tuple[Source, ...], context: Context) -> Draft | None:
    """« Cette réunion » → « la réunion des experts »: the one group by which the article tells it from others."""
    text = line(words)
    for found in reversed(list(_THIS.finditer(text.text))):
        noun = alone.stem(found["noun"])
        if found["noun"].lower() in word_set("refer", "moments") or alone.stands_alone(_only(text, found)):
            continue
        inside = text.text[: found.start()].count("«") > text.text[: found.start()].count("»")
        if inside or noun in alone.nouns([text.text[: found.start()]]):
            continue
        if found["noun"].lower() in word_set("refer", "summaries"):
            return None
        plural = found["det"].lower() == "ces"
        said = _defined(found) if _OF_ONE.match(text.text, found.end()) else ""
        if not said and _goes_on(text, found.end(), tree):
            return None
        group = None if said else _one_group(noun, plural, before, context)
        if not said and group is None:
            said = _indefinite(noun, found, text, tree)
        if not said and group is None:
            continue
        words = _put(text, found.start(), found.end(), group.definite if group else said)
        text = line(words)
    return words


def _only(text: Line, found: re.Match[str]) -> str:
    """Give a sentence that holds but this one demonstrative, to ask whether it needs a name."""
    return f"Le maire voit {found[0].lower()} {text.text[found.end() : found.end() + 30]}."


def _goes_on(text: Line, at: int, tree: Tree) -> bool:
    """Tell whether a noun before a character goes on with an adjective or a name: « cette fraude | fiscale »."""
    rest = text.text[at:]
    place = text.place(at + len(rest) - len(rest.lstrip()))
    token = text.words[place].token if place < len(text.words) else -1
    low = text.words[place].text.lower() if place < len(text.words) else ""
    return token >= 0 and (
        tree.tokens[token].pos in {"ADJ", "ADV", "PROPN", "NOUN", "NUM"} or low in {"de", "d’", "d'"}
    )


def _indefinite(noun: str, found: re.Match[str], text: Line, tree: Tree) -> str:
    """Give « un forum » for « ce forum » where the article never names it: less is said, and still true.

    Only of an event, that is not the subject, in a sentence that denies nothing before it; "" otherwise.
    """
    ahead = text.text[: found.start()].lower()
    token = text.words[text.place(found.start("noun"))].token
    subject = token < 0 or tree.tokens[token].dep.startswith("nsubj")
    denied = not {"ne", "n", "aucun", "aucune", "sans", "ni", "jamais"}.isdisjoint(re.findall(r"\w+", ahead))
    if subject or denied or text.before(found.start()) not in {"à", "dans", "pendant"}:
        return ""
    known = noun in word_set("refer", "gatherings") and found["det"].lower() != "ces"
    return f"{'une' if found['det'].lower() == 'cette' else 'un'} {found['noun']}" if known else ""


def _defined(found: re.Match[str]) -> str:
    """Give « la crise » for « cette crise »: a complement tells it apart."""
    low, noun = found["det"].lower(), found["noun"]
    if low == "ces":
        return f"les {noun}"
    if noun[0].lower() in "aàâeéèêiîoôuûœ" or low == "cet":
        return f"l’{noun}"
    return f"{'la' if low == 'cette' else 'le'} {noun}"


def _one_group(noun: str, plural: bool, before: tuple[Source, ...], context: Context) -> Group | None:
    """Give the group that tells a thing apart, when every mention in the article can be that one thing."""
    mentions = [one for one in context.sources if noun in alone.nouns([one.text])]
    every = [one for source in mentions for one in groups(parse(source.text)) if one.noun == noun]
    number = "Plur" if plural else "Sing"
    if any(one.number not in {number, ""} for one in every):
        return None
    told = [one for one in every if _tells_apart(one) and not one.determiner.startswith(("ce", "cet"))]
    earlier = [one for one in told if any(noun in alone.nouns([source.text]) for source in before)]
    fitting = earlier or told
    tails = sorted({one.tail for one in fitting}, key=lambda tail: (len(tail.split()), tail))
    of = [tail for tail in tails if re.match(r"(?:de |du |des |d’)", tail)]
    known = all(one.determiner in {"le", "la", "l’", "les", "du", "des", "au", "aux"} for one in every if one.tail)
    # « La délégation officielle », « la délégation du ministère »: one thing, when no other is ever opposed to it.
    if len(tails) != 1 and not (known and len(tails) == 2 and len(of) == 1):
        return None
    return next(one for one in fitting if one.tail == tails[0])


def _tells_apart(group: Group) -> bool:
    """Tell whether what follows a noun tells the thing from others: « de … » or one adjective, no count."""
    words = group.tail.split()
    if not words or any(char.isdigit() for char in group.before + group.tail):
        return False
    adjective = len(words) == 1 and not words[0].endswith(("é", "ée", "és", "ées"))
    definite = group.determiner in {"le", "la", "l’", "les", "du", "des", "au", "aux"}
    return words[0] in {"de", "du", "des"} or words[0].startswith(("d’", "d'")) or (adjective and definite)


def _put(text: Line, start: int, end: int, said: str) -> Draft:
    """Put a name in the place of what pointed to it; what ends in an apposition is closed by a comma."""
    first, last = text.span(start, end)
    if "," in said and not text.text[end:].lstrip().startswith((",", ".")):
        said += ","
    ahead = text.before(start)
    contracted = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
    article = said.split(" ")[0]
    if (ahead, article) in contracted and first:
        return replaced(text.words, first - 1, last, f"{contracted[ahead, article]} {said.split(' ', 1)[1]}")
    if start == 0:
        said = said[0].upper() + said[1:]
    return replaced(text.words, first, last, said)
