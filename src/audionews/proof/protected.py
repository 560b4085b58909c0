"""Who must not be named (radio-writing, section 5): found in the article's own words, and taken out of what is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from audionews.french.sentences import split
from audionews.french.spoken.capitals.names import fold, names
from audionews.model import Article
from audionews.proof.style.heard import plain
from audionews.proof.style.persons import Person, capitalised, persons
from audionews.proof.style.tables import listed, pattern, words
from audionews.station import Protection

ADULT = 18
TEEN = 13
NEAR = 12  # characters between a name no list knows and what accuses it
LONGEST = 1_000  # characters of a sentence
DIRECT = 45  # characters between one who holds an office and what accuses him

_AGE = r"(?:,| \()? ?(?:âgée? (?:de |d’)(?:seulement |à peine |environ )?)?(?P<age>\d{1,2}) ans\b"
_AGED = re.compile(_AGE)
_VICTIM_OF = re.compile(
    r"(?:assassinat|meurtre|mort|décès|viol|enlèvement|disparition|agression|victime) (?:de la |de |du |d’|des )"
    r"(?:[\w’-]+ ){0,3}$"
)
_FUNCTION_AFTER = re.compile(r",? ?\(?(?:le |la |l’|un |une |son |sa )?(?P<function>[\w-]+)")
_WORDS_BEFORE = re.compile(r"(?P<words>(?:[\w’.-]+ ){0,9}[\w’.-]+),? $")
_SPEAKER_BEFORE = re.compile(r"(?<!\w)(?:selon|d’après|pour|par|avec) ", re.IGNORECASE)


class Kind(StrEnum):
    """Why somebody is not named."""

    MINOR = "mineur"
    VICTIM = "victime"
    SUSPECT = "suspect"
    PARENT = "parent"
    PLACE = "lieu"


@dataclass(frozen=True, slots=True)
class Protected:
    """A name that is not spoken."""

    name: str  # as printed in the article
    kind: Kind
    reason: str  # French, for the rundown
    said: str = ""  # what may be said in its place, of the article's own words: « une adolescente de 15 ans »

    @property
    def parts(self) -> frozenset[str]:
        """The words of the name, folded."""
        return frozenset(fold(part) for part in self.name.split() if part[:1].isupper())


def protected_names(article: Article, protection: Protection) -> tuple[Protected, ...]:
    """Find the names of an article that must not be spoken.

    Args:
        article: its title and body are read.
        protection: whom the station has chosen to name.

    Returns:
        Minors, victims of sexual violence and suspects not yet judged, with the parents, schools and villages that
        would tell who a minor or a victim is; each name once. Empty when the article names none of them.
    """
    printed = (plain(one) for part in (article.title, *article.body) for one in split(part))
    sentences = tuple(piece for one in printed for piece in _pieces(one))
    found: list[Protected] = []
    if not protection.minors:
        found += _minors(sentences)
    if not protection.victims:
        found += _victims(sentences)
    if not protection.suspects:
        found += _suspects(sentences)
    hidden = {Kind.MINOR, Kind.VICTIM}
    child = not protection.minors and _has_child(sentences) and _is_delicate(sentences)
    if child or any(one.kind in hidden for one in found):
        found += _around(sentences)
    unique: dict[frozenset[str], Protected] = {}
    for one in found:
        unique.setdefault(one.parts or frozenset({fold(one.name)}), one)
    return tuple(unique.values())


def _pieces(sentence: str) -> Iterator[str]:
    """Cut what is too long to be a sentence, so that a page without a full stop costs no more than another."""
    for start in range(0, len(sentence), LONGEST):
        yield sentence[start : start + LONGEST]


def _minors(sentences: tuple[str, ...]) -> Iterator[Protected]:
    if not _is_delicate(sentences):
        return
    for sentence in sentences:
        for person in capitalised(sentence):
            if _is_people(person):
                continue
            age = _age_after(sentence, person)
            host = _host_before(sentence, person)
            if age is not None and age < ADULT:
                yield Protected(person.name, Kind.MINOR, f"mineur ({age} ans)", _child(age, _sex(sentence, person)))
            elif age is None and host in words("guard", "minor_nouns"):
                yield Protected(person.name, Kind.MINOR, f"mineur (« {host} »)")


def _victims(sentences: tuple[str, ...]) -> Iterator[Protected]:
    sexual = listed("guard", "sexual")
    offices = _offices(sentences)
    for at, sentence in enumerate(sentences):
        if not any(sexual.search(near) for near in sentences[max(0, at - 1) : at + 2]):
            continue
        for person in persons(sentence):
            if _office(person, offices):
                continue
            age = _age_after(sentence, person)
            yield Protected(person.name, Kind.VICTIM, "violences sexuelles", _adult(age, _sex(sentence, person)))


def _suspects(sentences: tuple[str, ...]) -> Iterator[Protected]:
    text, offices = " ".join(sentences), _offices(sentences)
    for sentence in sentences:
        accused = _suspicions(sentence)
        if not accused:
            continue
        for person in (*persons(sentence), *_unknown_suspects(sentence, accused)):
            told = _is_accused(sentence, person, accused, _office(person, offices))
            if not told or _is_judged(text, person.name.split()[-1]) or _VICTIM_OF.search(sentence[: person.span[0]]):
                continue
            age = _age_after(sentence, person)
            said = _adult(age, _sex(sentence, person))
            yield Protected(person.name, Kind.SUSPECT, "suspect, pas encore jugé", said)


def _around(sentences: tuple[str, ...]) -> Iterator[Protected]:
    """Find the parents, schools and villages that tell who a child or a victim is."""
    kin, places = words("guard", "kin"), "|".join(sorted(words("guard", "places"), key=len, reverse=True))
    named = re.compile(
        rf"(?<![\w-])(?:{places}) (?:(?:de |d’|du |des |dit |dénommé |public |privé |franco-arabe )*)"
        r"(?P<name>[A-ZÀ-Ý][\w’-]+(?: [A-ZÀ-Ý][\w’-]+){0,3})"
    )
    for sentence in sentences:
        for person in persons(sentence):
            if _host_before(sentence, person) in kin:
                yield Protected(person.name, Kind.PARENT, "parent d’une personne protégée")
        for found in named.finditer(sentence):
            yield Protected(found["name"], Kind.PLACE, "lieu qui désigne une personne protégée")


def _suspicions(sentence: str) -> list[tuple[int, int]]:
    innocent = [one.span() for one in listed("guard", "innocent").finditer(sentence)]
    found = (one.span() for one in listed("guard", "suspicion").finditer(sentence))
    return [one for one in found if not any(one[0] < end and start < one[1] for start, end in innocent)]


def _unknown_suspects(sentence: str, accused: list[tuple[int, int]]) -> Iterator[Person]:
    """Give names that no list knows, right beside a word of suspicion: « X Y, poursuivi », « le nommé X »."""
    known = {one.span for one in persons(sentence)}
    for person in capitalised(sentence):
        whole = " " in person.name and min(_gaps(person, accused)) <= NEAR
        named = _host_before(sentence, person) in words("guard", "accused_nouns")
        if person.span not in known and (whole or named) and not _is_people(person):
            yield person


def _is_accused(sentence: str, person: Person, accused: list[tuple[int, int]], office: frozenset[str]) -> bool:
    """Tell whether the suspicion falls on this person, not on whom the sentence lets speak or act.

    A private person is hidden when in doubt. Who holds an office is accused only where the words stand together, and
    may then be named if a court has charged him.
    """
    if not office:
        return True
    direct = min(_gaps(person, accused)) <= DIRECT and not _between(sentence, person, accused)
    charged = listed("guard", "formal").search(sentence) and office & words("guard", "public")
    return direct and not charged


def _gaps(person: Person, accused: list[tuple[int, int]]) -> list[int]:
    """Give how many characters stand between a name and each word of suspicion."""
    first, last = person.span
    return [start - last if start >= last else first - end for start, end in accused]


def _between(sentence: str, person: Person, accused: list[tuple[int, int]]) -> bool:
    """Tell whether another name, or a verb of acting, stands between the person and every word of suspicion."""
    blocked = []
    for start, end in accused:
        low, high = (person.span[1], start) if start >= person.span[1] else (end, person.span[0])
        gap = sentence[low:high]
        spoken = start >= person.span[1] and re.search(
            r"(?<!\w)(?:a|ont) (?!été)\w|(?<!\w)(?:que|qu’)|[a-z]e (?:que|qu’)", gap
        )
        by = start < person.span[0] and re.search(r"(?<!\w)(?:par|selon)(?!\w)", gap)
        blocked.append(bool(persons(gap) or spoken or by))
    return all(blocked)


@lru_cache(maxsize=512)
def _is_judged(text: str, surname: str) -> bool:
    """Tell whether the article says that who bears this name was judged."""
    judged = listed("guard", "judged")
    near = rf"{re.escape(surname)}[^.!?]{{0,120}}"
    return any(judged.search(found.group()) for found in re.finditer(near, text))


def _is_delicate(sentences: tuple[str, ...]) -> bool:
    return any(listed("guard", "minor_topics").search(one) for one in sentences)


def _has_child(sentences: tuple[str, ...]) -> bool:
    return any(listed("guard", "one_minor").search(one) for one in sentences)


def _age_after(sentence: str, person: Person) -> int | None:
    found = _AGED.match(sentence, person.span[1])
    return int(found["age"]) if found else None


def _host_before(sentence: str, person: Person) -> str:
    """Give the noun a name stands beside: « élève » in « l’élève Awa », « père » in « son père, Moussa »."""
    found = hosts().search(sentence[: person.span[0]])
    return found["host"].lower() if found else ""


def _function(sentence: str, person: Person) -> frozenset[str]:
    """Give the words that may be a person's office: just before the name, or right after it."""
    ahead = sentence[max(0, person.span[0] - 90) : person.span[0]]
    before = _WORDS_BEFORE.search(ahead)
    after = _FUNCTION_AFTER.match(sentence, person.span[1])
    # « Selon le ministre, Moussa Diarra a… »: the ministre is somebody else.
    other = ahead.endswith(", ") and before is not None and _SPEAKER_BEFORE.search(before["words"])
    found = set(re.findall(r"[\w-]+", before["words"].lower())) if before and not other else set()
    if after and sentence[person.span[1] : person.span[1] + 1] in {",", "("}:
        found.add(after["function"].lower())
    return frozenset(found)


def _offices(sentences: tuple[str, ...]) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Give the offices that an article gives to the persons it names: (words of the name, words of the office)."""
    known = words("guard", "public") | words("guard", "speakers")
    found = ((one.parts, _function(text, one) & known) for text in sentences for one in persons(text))
    return tuple({(parts, office): None for parts, office in found if office})


def _office(person: Person, offices: tuple[tuple[frozenset[str], frozenset[str]], ...]) -> frozenset[str]:
    """Give a person's office, wherever the article tells it."""
    held = [office for parts, office in offices if person.parts <= parts or parts <= person.parts]
    return frozenset().union(*held)


def _is_people(person: Person) -> bool:
    """Tell whether one word alone names a people, as in « la petite Anglaise »."""
    if " " in person.name or fold(person.name) in names("first_names"):
        return False
    return fold(person.name).endswith(tuple(words("guard", "of_peoples")))


def _sex(sentence: str, person: Person) -> str:
    """Read the sex of a person in the words around the name: "f", "m" or "" when they do not tell."""
    around = sentence[max(0, person.span[0] - 40) : person.span[0]] + " … " + sentence[person.span[1] :][:60]
    female = listed("guard", "female").search(around)
    male = listed("guard", "male").search(around)
    if bool(female) != bool(male):
        return "f" if female else "m"
    passive = re.search(r"(?<!\w)(?:a été|est|avait été|s’est) \w+(?P<mark>ée|ie|ue|ise|ite|é|i|u|is|it)(?!\w)", around)
    if passive and not (female and male):
        return "f" if passive["mark"].endswith("e") else "m"
    return ""


def _child(age: int, sex: str) -> str:
    nouns = {"f": ("une fillette", "une adolescente"), "m": ("un garçon", "un adolescent")}.get(sex)
    if nouns is None:
        return f"un enfant de {age} ans" if age < TEEN else ""
    return f"{nouns[age >= TEEN]} de {age} ans"


def _adult(age: int | None, sex: str) -> str:
    if age is None or not sex:
        return ""
    if age < ADULT:
        return _child(age, sex)
    return f"{'une femme' if sex == 'f' else 'un homme'} de {age} ans"


@lru_cache(maxsize=1)
def hosts() -> re.Pattern[str]:
    """Find the noun a name stands beside, at the end of what comes before the name."""
    nouns = pattern(
        words("guard", "hosts") | words("guard", "minor_nouns") | words("guard", "kin") | {"nommé", "dénommé", "sieur"}
    )
    # The name may stand apart by a comma; an adjective may stand between.
    return re.compile(rf"(?P<host>{nouns.pattern})(?: (?:présumée?|principale?|nommée?|malienne?))?,? $", re.IGNORECASE)
