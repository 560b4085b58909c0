"""Who says it: the verb of saying and the noun group that speaks, wherever the press puts them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from audionews.condense.tables import data, word_set
from audionews.french import dates

_RELATIVES = frozenset(["qui", "que", "dont", "où"])
_HANGING = frozenset(["de", "du", "des", "d’", "le", "la", "les", "l’", "à", "au", "aux", "un", "une", "et"])
_HANGING |= {"né", "née", "nés", "nées", "situé", "située", "issu", "issue", "visant", "âgé", "âgée", "lié", "liée"}
_LONGEST = 16  # words of a speaker
_NAME = r"(?:[A-ZÀ-Ý][\w’.-]*|de|du|des|d’|el|al|ben|bin|ag|ould|von|van|der|la|le)"
_NAMES = re.compile(rf"\s*[A-ZÀ-Ý][\w’.-]*(?:\s{_NAME}){{0,5}}\s*$")
_STARTS = re.compile(r"(?:l’|d’|le |la |les |un |une |des |plusieurs |certains? |son |sa |ses |leurs? |[A-ZÀ-Ý])")


# Between the verb and its speaker: « a annoncé jeudi 5 juin le maire », « a dit à l’AFP la directrice ».
_ASIDE = re.compile(
    rf"(?:\s(?:ce\s)?(?:{'|'.join(dates.DAYS)})(?:\s(?:1er|\d{{1,2}})\s(?:{'|'.join(dates.MONTHS)}))?"
    r"(?:\s(?:au\s)?(?:matin|midi|soir))?|\s(?:à|au|sur)\s(?:l’)?[A-ZÀ-Ý][\w-]*(?=\s(?:le|la|l’|un|une)[\s’]))+"
)


@dataclass(frozen=True, slots=True)
class Saying:
    """An incise: « a indiqué le ministre dans un communiqué », « ajoute-t-elle »."""

    start: int  # characters of the text, its comma left out
    end: int  # after the speaker
    verb: str  # « a indiqué », « ajoute »
    participle: str  # the verb without its auxiliary, as the tables hold it
    speaker: str  # « le ministre », « il »
    kind: str  # neutral, plain, strong, colon: the tables of data/speech.toml

    @property
    def pronoun(self) -> bool:
        """Tell whether the speaker is but a pronoun."""
        return self.speaker in {"il", "elle", "ils", "elles", "on"}


@cache
def _kinds() -> dict[str, str]:
    """Give the kind of each form of each verb of saying."""
    return {form: name for name in ("colon", "strong", "plain", "neutral") for form in _forms(name)}


def kind(form: str) -> str:
    """Give the kind of a verb of saying by its present or participle, "" for any other word."""
    return _kinds().get(form, "")


def _forms(name: str) -> list[str]:
    return [form.replace("_", " ") for form in data("speech")[name].split()]


@cache
def _saying() -> re.Pattern[str]:
    kinds = sorted(_kinds(), key=len, reverse=True)
    forms = "|".join(map(re.escape, kinds))
    adverb = "|".join(map(re.escape, sorted(word_set("speech", "adverbs"))))
    auxiliary = r"(?:s’)?(?:est|était|sont|étaient)|a|ont|avait|avaient|aurait|auraient"
    return re.compile(
        rf"(?P<verb>(?:(?P<aux>{auxiliary})(?P<inverted>\s?-?t?\s?-(?P<first>ils?|elles?|on))?\s)?"
        rf"(?:(?:{adverb})\s)?(?P<form>{forms})(?:es|e|s)?(?:-(?:t-)?(?P<last>ils?|elles?|on))?)"
        rf"(?:\s(?:{adverb}))?(?![\w’-])",
    )


def incise(text: str, at: int) -> Saying | None:
    """Read an incise of saying.

    Args:
        text: the sentence.
        at: where it may begin, after its comma.

    Returns:
        The incise; None when no verb of saying with its speaker stands there.
    """
    found = _saying().match(text, at)
    if not found:
        return None
    sort, verb = _kinds()[found["form"]], found["verb"]
    pronoun = found["first"] or found["last"]
    being = (found["aux"] or "").strip() in {"est", "était", "sont", "étaient"}
    if being:  # « est-il précisé » names nobody
        return None
    if pronoun:
        verb = re.sub(r"(?:[\s-]t)?\s?-(?:ils?|elles?|on)\b", "", verb)
        return Saying(at, found.end(), verb, found["form"], pronoun, sort)
    aside = _ASIDE.match(text, found.end())
    begin = aside.end() if aside else found.end()
    end = group(text, begin)
    speaker = text[begin:end].strip(" ,")
    several = re.match(r"(?:ont|avaient|\w+ent)\b", verb) and not re.search(r"^(?:les|des|\w+s)\b| et ", speaker)
    return Saying(at, end, verb, found["form"], speaker, sort) if speaker and not several else None


def group(text: str, at: int) -> int:
    """Give where the noun group that begins at a character ends; the same character when none begins there."""
    rest = text[at:]
    lead = len(rest) - len(rest.lstrip())
    if not _STARTS.match(rest, lead):
        return at
    end, words = lead, 0
    for found in re.finditer(r"(?:MM?|Dr|Pr|St|[A-Z](?:\.-?[A-Z])*)\.|[^\s,;:.«»()]+|[,;:.«»()]", rest):
        word = found[0]
        if word in ",;:.«»()":
            break
        first = words == 0
        tail = rest[found.start() :]
        stops = _stops(word) and not first and not tail.startswith(tuple(data("speech")["goes_on"]))
        if stops and word.lower() in _RELATIVES:  # « l’hôpital où il est soigné »: half a name
            return at
        if stops or words >= _LONGEST:
            break
        end, words = found.end(), words + 1
    if rest[lead:end].split()[-1:] and rest[lead:end].split()[-1].lower() in _HANGING:
        return at
    if rest[end:].startswith(","):
        end += _apposed(rest[:end], rest[end + 1 :])
    return at + end


def _stops(word: str) -> bool:
    low = word.lower()
    return low in word_set("speech", "ends") or low.split("’")[0] + "’" in {"qu’", "jusqu’"}


def _apposed(speaker: str, rest: str) -> int:
    """Give how many characters a name after a function takes, or a function after a name, comma included."""
    part = re.split(r"[,.;:«»()]", rest, maxsplit=1)[0]
    if _NAMES.match(part):
        return len(part) + 1
    opening = re.match(r"\s*([\w-]+)", part)
    named = re.match(r"\s*[A-ZÀ-Ý]", speaker) and opening and opening[1] not in word_set("speech", "no_function")
    if named and re.match(r"\s(?:(?:le|la|l’)\s?)?[a-zà-ÿ-]+ (?:(?:de|du|des)\b|d’)", part):
        stop = next((m.start() for m in re.finditer(r"\S+", part) if _stops(m[0])), len(part))
        return len(part[:stop].rstrip()) + 1 if len(part[:stop].split()) <= 10 else 0
    return 0


def speaks(text: str, before: int) -> bool:
    """Tell whether somebody is said to speak before a character: « selon … », « … a dénoncé »."""
    ahead = text[:before]
    if re.match(r"\s*(?:selon|d’après|pour)\b", ahead, re.IGNORECASE):
        return True
    return any(kind(word) for word in re.findall(r"[\w’-]+", ahead))


def is_source(group_text: str) -> bool:
    """Tell whether a noun group can be the source of a statement: a body, a person, a document, a name."""
    words = re.findall(r"[\w-]+", group_text)
    named = any(word[0].isupper() for word in words)
    known = word_set("speech", "sources") | word_set("refer", "functions") | word_set("refer", "people")
    return named or any(word.lower() in known for word in words[:5])
