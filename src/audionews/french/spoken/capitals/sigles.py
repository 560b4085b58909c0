"""Sigles: spelled, read as a word, or in fact a name printed in capitals."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from audionews.french.spoken.capitals.names import UPPER, fold, is_surname, names, stands_in_name, title_case
from audionews.french.tables import data, word_set
from audionews.rules import Rule, rule

VOWELS = "aeiouy"
_LOWER = "a-zß-öø-ÿ"
_DOTTED = rf"(?:[{UPPER}]\.){{2,12}}(?:[{UPPER}](?!\w))?|[{UPPER}]\.[{UPPER}](?![\w.])"
_CAPITALS = rf"(?:[NM]’)?[{UPPER}][{_LOWER}]{{0,3}}[{UPPER}][^\W\d_]*"
_TOKEN = re.compile(rf"(?<!\w)(?:{_DOTTED}|{_CAPITALS})")
_INITIAL = re.compile(rf"(?<![\w.’-])([{UPPER}])\.(?: (?=[{UPPER}]\.)| ?(?=(?P<next>[{UPPER}][\w’-]{{1,40}})))")
_OPENS_NAME = re.compile(rf"(?:^|[,(«:;.–] ?|\b(?:et|de|par|selon|avec|pour|à|[{UPPER}][\w’-]{{1,40}}) )$")
_WORD_BEFORE = re.compile(r"([\w-]{1,40}) $")
_TAIL = re.compile(rf"([{UPPER}][{_LOWER}]{{1,3}})([{UPPER}]{{2,40}})")
_ARTICLE = re.compile(
    r"(?:\b(?:les?|la|du|des|aux?|une?|cet|cette|ces?|son|sa|ses|leurs?|notre|votre) |\bl’)$", re.IGNORECASE
)

_CLUSTER = re.compile(rf"[^{VOWELS}]{{3}}")
# Patterns of four letters that are spelled though they could be read: ANPE, OCDE, EELV; a vowel twice: AEEM, SEEG.
_SPELLED = re.compile(rf"[{VOWELS}][^{VOWELS}]{{2}}e|(.)\1..|(?=.{{4,5}}$).*?([aeiu])\2.*")
# Two consonants that count as one inside a word: « centre », « simple ».
_BLEND = re.compile(r"(?<=[bcdfghlmnpqrstvxz])(?:[bcdfgptv]r|[bcfgp]l|[cpt]h|gn|qu|st)(?=[aeiouy])")


class Lexicon(NamedTuple):
    """What data/sigles.toml says, by the forms under which tokens are looked up."""

    letters: frozenset[str]  # AMRTP
    words: dict[str, str]  # cedeao: Cedeao
    plain: frozenset[str]  # POUR


@cache
def lexicon() -> Lexicon:
    """Give the sigles of data/sigles.toml."""
    tables = data("sigles")
    words = {key(form): form for form in tables["words"]}
    parts = {key(part): part for form in tables["words"] if "-" in form for part in form.split("-")}
    return Lexicon(frozenset(tables["letters"]), words | parts, frozenset(tables["plain"].split()))


@cache
def full_names() -> dict[str, str]:
    """Give the full names of data/sigles.toml with their articles, by the key of their sigles."""
    tables = data("sigles")
    return {key(sigle): name for table in ("letters", "words") for sigle, name in tables[table].items() if name}


def key(sigle: str) -> str:
    """Give the form under which a sigle is looked up: « C S com », CSCOM and CSCom are one."""
    return fold(re.sub(r"[ .-]", "", sigle))


def pronounceable(token: str) -> bool:
    """Tell whether capitals can be read as a word: consonants stand between vowels as they do in French."""
    low = fold(token)
    vowels = sum(char in VOWELS for char in low)
    if len(low) > 6 and vowels * 4 >= len(low):
        return True  # « GANTZLER »: too long to be spelled
    if vowels in {0, len(low)} or _SPELLED.fullmatch(low):
        return False
    low = _BLEND.sub("t", low)
    if _CLUSTER.search(low):
        return False
    onset, coda = low[:2], low[-2:]
    begins = onset[0] in VOWELS or onset[1] in VOWELS or onset in word_set("sigles", "onsets")
    ends = coda[0] in VOWELS or coda[1] in VOWELS or coda in word_set("sigles", "codas")
    return (begins and ends) or (len(low) > 5 and vowels > 1 and (begins or ends))


def _say(found: re.Match[str]) -> str:
    token = found.group()
    before = found.string[max(0, found.start() - 80) : found.start()]
    if "." not in token:
        return _capitals(token, before) if token == token.upper() else _mixed(token, before)
    said = _capitals(token.replace(".", ""), before, dotted=True)
    following = re.match(r" ([\w’-]{1,40})", found.string[found.end() : found.end() + 42])
    return said + ("." if token.endswith(".") and _ends(found, said, following[1] if following else "") else "")


def _ends(found: re.Match[str], said: str, following: str) -> bool:
    """Tell whether the last point of « R.D.C. » ends the sentence too; « A.B. TRAORE » and « O.J. Simpson » go on."""
    if not following:
        return found.string[found.end() : found.end() + 2] in {"", " «"}
    if not following[0].isupper() or is_surname(following):
        return False
    initials = len(said) == 3 and not _ARTICLE.search(found.string[max(0, found.start() - 9) : found.start()])
    return not initials or _first_part(following) in lexicon().plain


def _first_part(word: str) -> str:
    """Give what stands before the apostrophe of a word, in capitals."""
    return word.partition("’")[0].upper()


def _capitals(token: str, before: str, dotted: bool = False) -> str:
    """Say a token in capitals: a word of the language, a sigle or a name."""
    letters, words, plain = lexicon()
    if token in plain and not dotted and not before.endswith("-"):
        return token.lower() if before.rstrip(" «“") else token.capitalize()
    if not (is_surname(token) and stands_in_name(before)):
        if token in letters:
            return " ".join(token)
        if fold(token) in words:
            return words[fold(token)]
    if dotted:
        return " ".join(token)
    if "’" in token or (len(token) > 3 and _is_name(token)) or _is_short_name(token, before):
        return title_case(token)
    return token.capitalize() if len(token) > 3 and _reads(token) else " ".join(token)


def _is_name(token: str) -> bool:
    return any(fold(token) in names(kind) for kind in ("surnames", "first_names", "places"))


def _is_short_name(token: str, before: str) -> bool:
    """Tell whether a token that is no known long name is one by its neighbours; after an article it is a sigle."""
    if _ARTICLE.search(before[-9:]):
        return False
    readable = any(char in VOWELS for char in fold(token))  # « Hamadoun BA, DR Congo »: no surname in a list of them
    return is_surname(token) or fold(token) in names("first_names") or (readable and stands_in_name(before))


def _reads(token: str) -> bool:
    """Tell whether an unknown token is read as a word; accents are written on words only."""
    return pronounceable(token) or bool(re.search("[ÀÂÇÈÉÊËÎÏÔÛ]", token))


def _mixed(token: str, before: str) -> str:
    """Say a token with capitals and small letters: FAMa, ONGs, CSCom, ChatGPT; McDonald is left as it is."""
    letters, words, _ = lexicon()
    said = words.get(fold(token)) or words.get(fold(token).removesuffix("s"))
    if said and len(token) > 3:
        return said
    if token.endswith("s") and token[:-1] == token[:-1].upper():
        return _capitals(token[:-1], before)
    if token.upper() in letters:
        return " ".join(token.upper())
    tail = _TAIL.fullmatch(token)
    if not tail:
        return token
    return tail[1] + title_case(tail[2]) if tail[1] in {"Mc", "Mac"} else f"{tail[1]} {_capitals(tail[2], '')}"


def _titled(found: re.Match[str]) -> str:
    """Spell a sigle printed like a name: Ortm, Cndh, Pib."""
    token = found.group()
    capitals = token.upper()
    listed = capitals in lexicon().letters and (capitals in word_set("sigles", "titled") or not pronounceable(token))
    unread = len(token) > 3 and not any(char in VOWELS for char in fold(token)) and len(set(token.lower())) > 2
    return " ".join(capitals) if listed or unread else token


def _initial(found: re.Match[str]) -> str:
    """Take the point off the initial of a name."""
    before = found.string[max(0, found.start() - 60) : found.start()]
    following, word = found["next"] or "", _WORD_BEFORE.search(before)
    if _first_part(following) in lexicon().plain | {"L", "D", "S", "C", "J", "QU"}:
        return found.group()
    spelled = word is not None and len(word[1]) == 1 and word[1].isupper()  # « de l’O M S. Diallo »
    lettered = word is not None and word[1].lower() in word_set("sigles", "lettered")  # « la vitamine A. Diallo »
    named = _OPENS_NAME.search(before) or is_surname(following)
    return f"{found[1]} " if named and not spelled and not lettered else found.group()


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules that read sigles and names in capitals."""
    small = "|".join(word_set("sigles", "small"))
    capital = rf"[{UPPER}]"
    return (
        Rule("initiale d’un nom", _INITIAL, _initial, "."),
        Rule("sigle ou nom en capitales", _TOKEN, _say),
        rule("sigle écrit comme un nom", rf"(?<!\w){capital}[{_LOWER}]{{2,7}}(?!\w)", _titled),
        rule("sigle en minuscules", rf"\b({small})s?\b", lambda found: " ".join(found[1].upper())),
        rule("sigle joint", rf"(?<=\b{capital} {capital})-(?=\w)|(?<=\w)-(?={capital} {capital}\b)", " ", "-"),
    )
