"""Who says what: the attributions of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from audionews.proof.facts.tokens import Token
from audionews.proof.facts.words import speech_openers, words

_MARKS = frozenset([",", ";", ":", ".", "!", "?", "«", "»", "“", "”", '"', "(", ")", "…"])
_STRONG = frozenset([";", ":", ".", "!", "?", "»", "”", "…"])
_PRONOUNS = frozenset(["il", "elle", "ils", "elles", "on"])
_LONGEST = 16  # words of a speaker’s name and function
_ENDINGS = re.compile(r"(?:e|ee|es|er|ent|ait|aient|a|erent|era|eront|erait|eraient|ant|u|it|is|i)?")


@dataclass(frozen=True, slots=True)
class Speech:
    """One attribution: the tokens that name who speaks, and those that hold what is said."""

    at: int  # tokens of the speaker
    end: int
    start: int  # tokens of what is said
    stop: int
    verb: int = -1  # the verb of saying; -1 after « selon »
    pronoun: bool = False  # the speaker is « il », « elle »


@lru_cache(maxsize=65536)
def is_saying(word: str) -> bool:
    """Tell whether a folded word is a form of a verb of saying."""
    if word in words("speech.forms"):
        return True
    return any(word.startswith(stem) and _ENDINGS.fullmatch(word[len(stem) :]) for stem in words("speech.stems"))


def says(found: Sequence[Token], at: int) -> bool:
    """Tell whether a token is a verb of saying, or ends one: « fait savoir »."""
    word = found[at].fold
    made = at > 0 and word in words("speech.made") and found[at - 1].fold in {"fait", "font"}
    return made or is_saying(word)


def speeches(found: Sequence[Token]) -> tuple[Speech, ...]:
    """Find the attributions of a sentence: « selon X », « X indique que », « …, a indiqué X »."""
    every: list[Speech] = []
    for at, token in enumerate(found):
        if token.kind not in {"word", "elided"}:
            continue
        phrase = _opener(found, at)
        if phrase:
            every.append(_after_opener(found, at + phrase))
        elif says(found, at) or _ends_quotation(found, at):
            one = _incise(found, at) or (_clause(found, at) if says(found, at) else None)
            if one:
                every.append(one)
    return tuple(every)


def _opener(found: Sequence[Token], at: int) -> int:
    for phrase in speech_openers():
        size = len(phrase)
        if tuple(one.fold for one in found[at : at + size]) == phrase:
            after = found[at + size].fold if at + size < len(found) else ""
            return 0 if after in {"-", "que", "qu’", "laquelle", "lequel", "lesquels", "lesquelles"} else size
    return 0


def _after_opener(found: Sequence[Token], at: int) -> Speech:
    end = at
    while end < len(found) and end - at < _LONGEST and not _is_mark(found, end):
        end += 1
    # « Selon le ministre, Awa Keïta, … »: a name after the comma belongs to the function before it.
    if end + 1 < len(found) and found[end].fold == "," and found[end + 1].capital:
        after = end + 1
        while after < len(found) and found[after].capital:
            after += 1
        if after < len(found) and found[after].fold == ",":
            end = after
    pronoun = at < len(found) and found[at].fold in {"lui", "elle", "eux", "elles"}
    phrase = max((place for place in range(at) if found[place].fold in _MARKS), default=-1) + 1
    # « …, provoquée selon lui par la pluie »: said of these words alone.
    start, stop = (0, len(found)) if found[phrase].fold in words("speech.fronted") or not phrase else (phrase, at)
    return Speech(at, at + 1 if pronoun else end, start, stop, pronoun=pronoun)


def _is_mark(found: Sequence[Token], at: int) -> bool:
    """Tell whether a mark parts what is before it from what follows; the point of « M. » does not."""
    if found[at].fold == "." and at and (found[at - 1].fold in words("titles") or len(found[at - 1].text) == 1):
        return at + 1 == len(found)
    return found[at].fold in _MARKS


def _incise(found: Sequence[Token], verb: int) -> Speech | None:
    """Read « …, a indiqué le ministre », « … », précise-t-il »."""
    start = verb
    while start > 0 and verb - start < 7 and _is_link(found[start - 1].fold):
        start -= 1
    mark = found[start - 1].fold if start else ""
    if mark == "," and start > 1 and found[start - 2].fold in {"»", "”", '"'}:
        mark = found[start - 2].fold
    if mark not in {",", "»", "”", '"', "?", "!", "–", "—"}:
        return None
    if found[verb].fold.endswith("ant") or _is_infinitive(found, verb + 1):
        return None
    inverted = [one for one in range(start, min(len(found), verb + 5)) if found[one].fold in _PRONOUNS]
    turned = [one for one in inverted if found[one - 1].fold == "-"]
    if turned:
        return Speech(turned[0], turned[0] + 1, 0, start - 1, verb, pronoun=True)
    if inverted:
        return None
    after = found[verb + 1].fold if verb + 1 < len(found) else ""
    if after in _MARKS or after in {"que", "qu’", ""} or (mark == "," and not _names_one(found, start - 1, verb + 1)):
        return None
    end = verb + 1
    while end < len(found) and end - verb < _LONGEST and not _is_mark(found, end):
        end += 1
    if end < len(found) - 2 and found[end].fold == "," and found[end + 1].capital:
        end += 1
        while end < len(found) and not _is_mark(found, end):
            end += 1
    return Speech(verb + 1, end, 0, start - 1, verb)


def _is_link(word: str) -> bool:
    """Tell what may stand between the mark and the verb of saying: « a également », « s’est-il », « a d’abord »."""
    return (
        word in words("speech.auxiliaries")
        or word in words("speech.links")
        or word in {"-", "t"} | _PRONOUNS
        or word.endswith("ment")
    )


def _names_one(found: Sequence[Token], mark: int, after: int) -> bool:
    """Tell « …, a indiqué le maire » from « Le maire, Awa Keïta, a indiqué la date »."""
    before = {one.fold for one in found[:mark]}
    if "," in before and not before & words("negation.light"):
        return False
    end = after
    while end < len(found) and not _is_mark(found, end):
        end += 1
    inside = found[after:end]
    if any(one.fold in {"que", "qu’"} for one in inside[:6]):
        return False
    if inside and inside[0].fold in words("speech.prepositions"):  # « a confirmé à l’AFP un porte-parole »
        return any(one.capital or one.fold in words("speech.determiners") for one in inside[3:5])
    return True


def _is_infinitive(found: Sequence[Token], at: int) -> bool:
    """Tell « a dit comprendre » from « a dit Pierre »."""
    if at >= len(found) or found[at].kind != "word" or found[at].capital:
        return False
    return found[at].fold.endswith(("er", "ir", "re")) and found[at].fold not in words("function")


def _ends_quotation(found: Sequence[Token], at: int) -> bool:
    """Tell whether a word stands where only a verb of saying can: « … », tonne le maire."""
    if found[at].capital or found[at].kind != "word" or found[at].fold in words("function") or at + 1 >= len(found):
        return False
    start = at - 1 if at and found[at - 1].fold in {"a", "ont", "avait", "s’", "se"} else at
    before = [one.fold for one in found[max(0, start - 2) : start]]
    quoted = (start == at and before[-1:] in (["»"], ["”"])) or before in (["»", ","], ["”", ","])
    after = found[at + 1]
    bare = start == at and found[at].text.endswith(("é", "és", "ée", "ées", "t", "s", "ment"))
    return quoted and not bare and (after.capital or after.fold in words("speech.determiners"))


def _subject(found: Sequence[Token], start: int, verb: int) -> int:
    """Give where the one who speaks begins: before « qui » what it stands for, after a fronted group the rest."""
    joint = verb
    while joint > start and verb - joint < 4 and found[joint].fold not in {"qui", ","}:
        joint -= 1
    if found[joint].fold == "qui":
        at = joint - 1 if joint and found[joint - 1].fold == "," else joint
        while at > start and not _is_mark(found, at - 1):
            at -= 1
        return at
    commas = [place for place in range(start, verb) if found[place].fold == ","]
    if commas:
        tail = found[commas[-1] + 1 : verb]
        noun = any(one.kind == "word" and one.fold not in words("function") for one in tail)
        if noun and tail[0].fold in words("speech.determiners") | _PRONOUNS:
            return commas[-1] + 1
    return start


def _doer(found: Sequence[Token], start: int, verb: int) -> tuple[int, int]:
    """Give who says it: of « …, affirmant que » the sentence’s subject, of « deux élus estimant que » these."""
    loose = found[verb - 1].fold in {",", "en"} if verb else True
    return (start, min(verb, start + _LONGEST)) if loose else (max(start, verb - 4), verb)


def _has_auxiliary(found: Sequence[Token], verb: int) -> bool:
    if any(one.fold in {"ete", "est", "sont", "etait", "fut", "sera"} for one in found[max(0, verb - 3) : verb]):
        return any(one.fold in {"s’", "me", "m’"} for one in found[max(0, verb - 4) : verb])
    return any(
        one.fold in words("speech.auxiliaries") | {"dit", "fait", "aurait"} for one in found[max(0, verb - 5) : verb]
    )


def _clause(found: Sequence[Token], verb: int) -> Speech | None:
    """Read « Le ministre a indiqué que … », « Il précise : « … » »."""
    if found[verb].text.endswith(("é", "és", "ée", "ées", "u", "is")) and not _has_auxiliary(found, verb):
        return None
    said = -1
    for place in range(verb + 1, min(len(found), verb + 12)):
        joined = found[place - 1].fold in words("joint.before")
        opens = found[place].fold in {"«", "“", '"'} and place - verb <= 2
        if opens or found[place].fold == ":" or (found[place].fold in {"que", "qu’"} and not joined):
            said = place
            break
        if found[place].fold in {".", ";", "qui", "dont"}:
            break
    if said < 0:
        return None
    at = verb
    while at > 0 and verb - at < 30 and not (found[at - 1].fold in _STRONG and _is_mark(found, at - 1)):
        at -= 1
    stop = verb
    if found[verb].fold.endswith("ant"):
        at, stop = _doer(found, at, verb)
    else:
        at = _subject(found, at, verb)
    inner = [one for one in found[at:stop] if one.kind == "word" and one.fold not in words("function")]
    pronoun = not inner or (found[at].fold in _PRONOUNS)
    return Speech(at, stop, said, len(found), verb, pronoun=pronoun)
