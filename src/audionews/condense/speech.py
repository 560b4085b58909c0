"""Written style becomes spoken style: who speaks comes first, quotations are announced, no brackets. Pure."""

from __future__ import annotations

import re

from audionews.condense import alone, connectors, quotation, speaker
from audionews.condense.draft import Draft, Word
from audionews.condense.past import composed
from audionews.condense.people import NAMED
from audionews.condense.speaker import Saying
from audionews.condense.surface import Line, bare, line, lowered, placed
from audionews.condense.tables import word_set
from audionews.condense.view import listed
from audionews.french import grammar, sentences
from audionews.french.syntax import Tree

_OPPOSED = re.compile(r"[\s,]*(?:mais|alors que|tandis que|même si|sauf|toutefois|cependant|or)\b", re.IGNORECASE)
_SOURCE = re.compile(r",? ?\b(?P<lead>selon|d’après) ", re.IGNORECASE)
_SUBORDINATE = re.compile(r"\b(?:qui|que|qu’\w+|dont|où|lorsque?|alors|tandis|parce|car|après avoir|mais|tout en)\b")
_RELATIVE = re.compile(r"\b(?:qui|que|qu’\w+|dont|où|lequel|laquelle|lesquels|lesquelles)\b[^,;:.]*")
_PRONOUN = re.compile(r"\s*(?:« )?(?:il|elle|ils|elles)\b", re.IGNORECASE)
_HALF = re.compile(
    r"(?:sauf|alors que|tandis que|parce que|puisque|d’où|de quoi|même si)\b(?![^,]*,)|sauf\b", re.IGNORECASE
)
_TOLD = re.compile(
    r"(?:l’|la |cette |le |une )(?P<noun>\w+) a été (?P<done>\w+)(?:[^,«»;:]*?) par (?P<who>[^«»;:]+?), qui (?=\w)",
    re.IGNORECASE,
)
_TONIC = {"il": "lui", "elle": "elle", "ils": "eux", "elles": "elles"}
_THERE = re.compile(r"\s*(?:[sn]’(?:y|en)|y) ", re.IGNORECASE)
_POSSESSED = re.compile(r"(?:son|sa|ses|leurs?) ", re.IGNORECASE)
_INVERTED = re.compile(r"[\w’]-(?:t-)?(?:il|elle|ils|elles|on)\b")
_TERMS = re.compile(r"\ben ces (?:termes|mots)\b", re.IGNORECASE)


def spoken(words: Draft, tree: Tree) -> Draft | None:
    """Say a sentence as one would say it aloud.

    Args:
        words: the sentence as far as it is rewritten.
        tree: its parse.

    Returns:
        The sentence, its speaker first, quotations of at most fifteen words, the passé simple told as passé composé,
        without brackets and dashes; None when it cannot be said.
    """
    plain = _unbracketed(words)
    turned = _attributed(_told_by(plain), tree) if plain else None
    quoted = _quoted(turned, tree) if turned else None
    told = composed(quoted, tree) if quoted else None
    return told if told and _is_sayable(line(told).text) else None


def _is_sayable(text: str) -> bool:
    """Tell whether nothing is left that the voice cannot give."""
    if _INVERTED.search(quotation.QUOTED.sub(" ", text)):
        return False
    return not (re.search(r"[()\[\]\"]|\s[—–-]\s|--", text) or _TERMS.search(text) or re.match(r"\s*[«“\"—–•*-]", text))


def _unbracketed(words: Draft) -> Draft | None:
    """Take out what stands in brackets or between two dashes; None when they do not pair or a quotation holds them."""
    text = line(words)
    for pattern in (r"\([^()]*\)", r"\[[^\[\]]*\]", r"(?<=\s)[—–-](?=\s)[^—–«»]*?(?<=\s)[—–-](?=[\s,.])"):
        while found := re.search(pattern, text.text):
            inside = any(one.start() < found.start() < one.end() for one in quotation.QUOTED.finditer(text.text))
            first, last = text.span(found.start(), found.end())
            if inside or not text.is_words(found.start(), found.end()):
                return None
            fronted = found[0][0] in "—–-" and re.match(
                r"(?:dans|à|après|avec|en|pour|face|malgré) ", text.text, re.IGNORECASE
            )
            comma = (Word(","),) if fronted and "," not in text.text[: found.start()] else ()
            words = (*words[:first], *comma, *words[last:])
            text = line(words)
    return words


def _told_by(words: Draft) -> Draft:
    """« L’information a été donnée par X, qui précise que A » → « X précise que A »."""
    text = line(words)
    found = _TOLD.match(text.text)
    empty = word_set("refer", "telling")
    if not found or found["noun"].lower() not in empty or found["done"].lower() not in empty:
        return words
    first, last = text.span(found.start("who"), found.end("who"))
    after = text.span(found.end() - 1, found.end())[1]
    comma = tuple(one for one in words[last : last + 1] if "," in found["who"])
    return (*words[first:last], *comma, *words[after:])


# Attribution.


def _attributed(words: Draft, tree: Tree) -> Draft | None:
    """Put who speaks before what is said."""
    text = line(words)
    saying = _incise(text.text)
    if saying:
        return _turned(text, saying, tree)
    return _source_first(text, tree)


def _incise(text: str) -> Saying | None:
    """Find the first « …, a indiqué le ministre » outside quotation marks."""
    marks = [found.span() for found in quotation.QUOTED.finditer(text)]
    for comma in re.finditer(r"[,»?!…]\s(?!»)", text):
        if any(start < comma.start() < end - 1 for start, end in marks):
            continue
        saying = speaker.incise(text, comma.end())
        if saying:
            return saying
    return None


def _turned(text: Line, saying: Saying, tree: Tree) -> Draft | None:
    """Say a sentence with an incise: the speaker, the verb, the claim."""
    ahead = text.text[: saying.start].rstrip().rstrip(",").rstrip()
    behind = text.text[saying.end :]
    if saying.speaker in {"on", "il est", ""} or _OPPOSED.match(behind) or text.text.count("«") != text.text.count("»"):
        return None
    claim = text.words[: text.span(0, len(ahead))[1]]
    if re.search(r":\s«[^«»]*»$", ahead):  # the quotation is announced already
        return (*claim, Word(".", False)) if saying.pronoun else None
    whole = quotation.QUOTED.fullmatch(ahead)
    if not whole:
        return _told(text, saying, claim + _continuation(text, saying.end, tree), tree)
    return _announced(text, saying, claim, tree)


def _continuation(text: Line, at: int, tree: Tree) -> Draft:
    """Give what of the claim follows the incise, "Le marché, dit-il, a rouvert": it begins with its verb."""
    rest = re.match(r"[\s,]*", text.text[at:])
    start = at + (rest.end() if rest else 0)
    if start >= len(text.text):
        return ()
    first = text.words[text.place(start) :]
    token = tree.tokens[first[0].token] if first[0].token >= 0 else None
    goes_on = token and (token.pos in {"VERB", "AUX"} or token.text.lower() in {"ne", "n’", "se", "s’"})
    return first if goes_on and token and token.feature("VerbForm") != "Part" else ()


def _told(text: Line, saying: Saying, claim: Draft, tree: Tree, quoted: bool = False) -> Draft | None:
    """Give an account: « Selon le ministre, … », « Le ministre annonce que … »."""
    who = _speaker(text, saying)
    if saying.pronoun and not quoted and _speaks_itself(claim, saying, tree):
        return claim if _tells_itself(tree) else None
    if not who or (not quoted and not saying.pronoun and not speaker.is_source(saying.speaker)):
        return None
    claim = connectors.dropped(claim)
    if not _is_clause(claim, tree) or (saying.kind == "colon" and quotation.QUOTED.search(line(claim).text)):
        return None
    opening = line(claim).text.lower()
    que = saying.kind == "strong" or (saying.kind == "neutral" and saying.pronoun)
    if opening.startswith(("selon ", "d’après ")):
        return None
    if que:
        verb = placed(text, saying.start, saying.verb)
        lead = (*_subject(who), *verb, Word("que"))
        told = lowered(_open(claim), tree)
        if told[0].text == "«" and len(told) > 1 and grammar.elides(told[1].text):
            lead = (*lead[:-1], Word("qu’", False))
        return (*lead, *told, Word(".", False))
    if saying.pronoun:
        who = placed(text, saying.start, _TONIC[saying.speaker])
    return (Word("Selon"), *_ended(who), Word(","), *lowered(_open(claim), tree), Word(".", False))


def _speaks_itself(claim: Draft, saying: Saying, tree: Tree) -> bool:
    """Tell whether « a-t-elle annoncé » may be about the claim’s own subject: « L’association a saisi … »."""
    own = [one for one in tree.children(tree.root, "nsubj") if any(word.token == one.at for word in claim)]
    return any(
        one.pos in {"NOUN", "PROPN"}
        and one.feature("Gender") in {"", "Fem" if saying.speaker.startswith("elle") else "Masc"}
        and one.feature("Number") in {"", "Plur" if saying.speaker.endswith("s") else "Sing"}
        for one in own
    )


def _tells_itself(tree: Tree) -> bool:
    """Tell whether a claim’s verb is itself one of saying or asking: nobody else need be named for it."""
    return speaker.kind(tree.root.text.lower()) != "" or tree.root.lemma in listed("stays", "askers")


def _announced(text: Line, saying: Saying, claim: Draft, tree: Tree) -> Draft | None:
    """Announce a quotation, or give an account of one that is too long."""
    who = _speaker(text, saying)
    inner = quotation.inner(line(claim).text)
    if not who:
        return None
    if _HALF.match(inner):
        return None
    if quotation.is_short(inner):
        verb = placed(text, saying.start, saying.verb)
        return (*_subject(who), *verb, Word(":"), *_closed(claim))
    if quotation.is_personal(inner) or not quotation.is_one_sentence(inner):
        return None
    return _told(text, saying, tuple(one for one in claim if one.text not in {"«", "»"}), tree, quoted=True)


def _speaker(text: Line, saying: Saying) -> Draft:
    """Give the words of the speaker of an incise."""
    if saying.pronoun:
        return placed(text, saying.start, saying.speaker)
    start = text.text.index(saying.speaker, saying.start)
    if _POSSESSED.match(saying.speaker):  # « a annoncé son président, Awa Keïta »: the name alone may come first
        start += saying.speaker.find(", ") + 2
        if not (found := NAMED.match(text.text, start)) or ", " not in saying.speaker:
            return ()
        first, last = text.span(start, found.end())
        return _ended(text.words[first:last])
    if not text.is_words(start, start + len(saying.speaker)):
        return ()
    first, last = text.span(start, start + len(saying.speaker))
    return _ended(text.words[first:last])


def _ended(words: Draft) -> Draft:
    """Give words that others may follow: a blank after the last."""
    return (*words[:-1], Word(words[-1].text, True, words[-1].token)) if words else ()


def _subject(words: Draft) -> Draft:
    """Give a speaker before his verb: what stands after a comma is closed by another."""
    comma = (Word(","),) if any(one.text == "," for one in words) else ()
    return (*_ended(words), *comma)


def _closed(claim: Draft) -> Draft:
    """Give a quotation at the end of a sentence: « … . »."""
    return (*claim[:-1], Word(claim[-1].text, False, claim[-1].token), Word(".", False))


def _open(claim: Draft) -> Draft:
    """Give a claim without the mark it ends with."""
    return claim[:-1] if claim and claim[-1].text in {".", ","} else claim


def _is_clause(claim: Draft, tree: Tree) -> bool:
    """Tell whether a claim is one whole statement, with a verb of its own and a subject that is named."""
    text = line(claim)
    plain = text.text.rstrip()
    gone = [one.span() for one in _RELATIVE.finditer(text.text)]
    tokens = [
        tree.tokens[one.token]
        for one, start in zip(claim, text.starts, strict=True)
        if one.token >= 0 and not any(begin <= start < end for begin, end in gone)
    ]
    if not any(one.pos in {"VERB", "AUX"} and one.feature("VerbForm") in {"Fin", ""} for one in tokens):
        return False
    if _HALF.match(plain) or (_PRONOUN.match(plain) and not alone.IMPERSONAL.match(plain)):
        return False
    if tokens[0].feature("VerbForm") == "Part":  # « Interrogé à Bandoula, le maire … »
        return False
    if alone.has_free_pronoun(plain) or _THERE.match(plain):  # « Escorté par deux gardes, il … »
        return False
    if bare(claim)[-1:] and bare(claim)[-1].text.lower() in word_set("speech", "hanging"):
        return False
    return len(bare(claim)) >= 3 and not plain.endswith(("?", "!", "…", ":")) and len(sentences.split(plain)) == 1


def _source_first(text: Line, tree: Tree) -> Draft | None:
    """Move « …, selon la police » from the end of a sentence of one clause to its front."""
    plain = quotation.QUOTED.sub(lambda found: "x" * len(found[0]), text.text)
    for found in _SOURCE.finditer(plain):
        if found.start() == 0:
            return text.words
        end = speaker.group(plain, found.end())
        who = plain[found.end() : end]
        rest = plain[end:].strip(" .")
        if rest or not who or not speaker.is_source(who) or _SUBORDINATE.search(plain[: found.start()]):
            continue
        first, last = text.span(found.end(), end)
        lead = text.span(found.start("lead"), found.end("lead"))
        claim = connectors.dropped(text.words[: text.span(0, found.start())[1]])
        if len(sentences.split(plain)) > 1:
            return text.words
        named = _ended(text.words[first:last])
        return (*text.words[lead[0] : lead[1]], *named, Word(","), *lowered(claim, tree), Word(".", False))
    return text.words


# Quotations left in the sentence.


def _quoted(words: Draft, tree: Tree) -> Draft | None:
    """Keep quotations the ear can hold; a longer one is told in the speaker's account or refused."""
    text = line(words)
    for found in reversed(list(quotation.QUOTED.finditer(text.text))):
        said = quotation.inner(found[0])
        announced = text.text[: found.start()].rstrip().endswith(":")
        first, last = text.span(found.start(), found.end())
        if quotation.is_short(said):
            if quotation.is_personal(said) and not announced:
                return None
            continue
        if (
            quotation.is_personal(said)
            or not quotation.is_one_sentence(said)
            or not speaker.speaks(text.text, found.start())
        ):
            return None
        if announced and not _told_by_que(text.text[: found.start()]):
            return None
        words = words[:first] + tuple(one for one in words[first:last] if one.text not in {"«", "»"}) + words[last:]
        if announced:
            colon = next(place for place in range(first - 1, -1, -1) if words[place].text == ":")
            after = lowered(words[colon + 1 :], tree)
            words = (*_ended(words[:colon]), Word("que"), *after)
    return words


def _told_by_que(ahead: str) -> bool:
    """Tell whether the verb before a colon may take « que » instead."""
    last = re.findall(r"[\w’-]+", ahead)[-1:]
    return bool(last) and speaker.kind(last[0]) in {"neutral", "strong"}
