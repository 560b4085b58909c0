"""Sigles: spelled, read as a word, or in fact a name printed in capitals."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from audionews.french.rules import Rule, data, opens_sentence, rule, word_set

_UPPER = "A-ZÀ-ÖØ-Þ"
_LOWER = "a-zß-öø-ÿ"
_CAPS_WORD = rf"[{_UPPER}][{_UPPER}’-]*"
_SHOUT = re.compile(rf"(?<![\w’-]){_CAPS_WORD}(?:[ ,:]{{1,2}}{_CAPS_WORD}){{2,60}}(?![\w’-])")
_SHOUTED_WORD = re.compile(rf"[{_UPPER}]+")
_ELIDED = re.compile(rf"\b(?:[LSC]|QU)’(?=[{_UPPER}]{{2}})")
_TOKEN = re.compile(
    rf"(?<![\w])(?:(?:[{_UPPER}]\.){{2,12}}(?:[{_UPPER}](?!\w))?|(?:[NM]’)?[{_UPPER}][{_LOWER}]{{0,3}}[{_UPPER}][^\W\d_]*)"
)
_BEFORE = re.compile(r"[\w’-]+(?=[ -]*$)")
_VOWELS = "aeiouy"
_CLUSTER = re.compile(rf"[^{_VOWELS}]{{3}}")
# Patterns of four letters that are spelled though they could be read: ANPE, OCDE, EELV.
_SPELLED = re.compile(rf"[{_VOWELS}][^{_VOWELS}]{{2}}e|(.)\1..")
# Two consonants that count as one inside a word: « centre », « simple ».
_BLEND = re.compile(r"(?<=[bcdfghlmnpqrstvxz])(?:[bcdfgptv]r|[bcfgp]l|[cpt]h|gn|qu|st)(?=[aeiouy])")
_GLOSS = re.compile(r" ?\((?P<sigle>[^\W\d_][\w.&’-]{1,14})\)")


def _fold(text: str) -> str:
    """Give the text in lower case without accents."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@cache
def _lexicon() -> tuple[frozenset[str], dict[str, str], frozenset[str]]:
    """Give the spelled sigles, those read as a word with their form, and common words in capitals."""
    tables = data("sigles")
    said = {_fold(form): form for form in tables["words"].split()}
    return frozenset(tables["letters"].split()), said | tables["forms"], frozenset(tables["plain"].split())


@cache
def _names(kind: str) -> dict[str, str]:
    """Give the names of one list of data/names.toml by their folded form."""
    return {_fold(name): name for name in sorted(word_set("names", kind))}


def _title_case(name: str) -> str:
    """Write a name in capitals with its usual capitals and accents."""
    folded = _fold(name)
    known = _names("surnames").get(folded) or _names("first_names").get(folded) or _names("places").get(folded)
    return known or re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), name)


def _follows_name(before: str) -> bool:
    """Tell whether the words before a token are a first name or a title."""
    for _ in range(3):
        found = _BEFORE.search(before)
        if not found:
            return False
        word = found.group()
        parts = _fold(word).split("-")
        if (
            parts[-1] in _names("first_names")
            or _fold(word) in _names("surnames")
            or word.lower() in word_set("sigles", "titles")
        ):
            return True
        if word.lower() not in word_set("sigles", "particles"):
            return False
        before = before[: found.start()]
    return False


def _pronounceable(token: str) -> bool:
    """Tell whether capitals can be read as a word: consonants stand between vowels as they do in French."""
    low = _fold(token)
    vowels = sum(char in _VOWELS for char in low)
    if len(low) > 6 and vowels * 4 >= len(low):
        return True  # « GANTZLER »: too long to be spelled
    low = _BLEND.sub("t", low)
    onset, coda = low[:2], low[-2:]
    good_onset = onset[0] in _VOWELS or onset[1] in _VOWELS or onset in word_set("sigles", "onsets")
    good_coda = coda[0] in _VOWELS or coda[1] in _VOWELS or coda in word_set("sigles", "codas")
    return bool(vowels) and good_onset and good_coda and not _CLUSTER.search(low) and not _SPELLED.fullmatch(low)


def _say(found: re.Match[str]) -> str:
    token = found.group()
    letters = token.replace(".", "")
    before = found.string[max(0, found.start() - 80) : found.start()]
    after = found.string[found.end() : found.end() + 2]
    ends = token.endswith(".") and (not after or re.match(rf" [{_UPPER}«]", after))
    return (_listed(letters, before) or _unlisted(letters, before)) + ("." if ends else "")


def _listed(token: str, before: str) -> str:
    """Say a token of the lexicon; give nothing for another one."""
    letters, words, plain = _lexicon()
    caps = token == token.upper()
    if caps and token in plain and not before.endswith("-"):
        return token.lower() if before.rstrip(" «“") else token.capitalize()
    singular = token if caps else token.removesuffix("s")
    if singular in letters:
        return " ".join(singular)
    return words.get(_fold(token), "") if caps or len(token) > 3 else ""


def _unlisted(token: str, before: str) -> str:
    """Decide whether an unknown token is a name, a sigle read as a word or one that is spelled."""
    if token != token.upper():
        plural = token.endswith("s") and token[:-1].isupper()
        return " ".join(token[:-1]) if plural else token
    folded = _fold(token)
    known = folded in _names("places") or (len(token) > 3 and folded in _names("surnames"))
    if known or "’" in token or _follows_name(before):
        return _title_case(token)
    return token.capitalize() if len(token) > 3 and _pronounceable(token) else " ".join(token)


def _unshout(found: re.Match[str]) -> str:
    """Write a title in capitals in small letters, sigles and names apart."""
    run = found.group()
    words = _SHOUTED_WORD.findall(run)
    if word_set("sigles", "function").isdisjoint(words) and not _ELIDED.search(run):
        return run
    lowered = _SHOUTED_WORD.sub(lambda word: _lower(word.group(), run[word.end() : word.end() + 1] == "’"), run)
    return lowered[:1].upper() + lowered[1:] if opens_sentence(found) else lowered


def _lower(word: str, elided: bool) -> str:
    """Write one word of a shouted title in small letters, unless it is a sigle or a name."""
    letters, said, _ = _lexicon()
    folded = _fold(word)
    if word in word_set("sigles", "function") or elided or word in {"A", "À", "Y"}:
        return word.lower()
    if len(word) == 1 or word in letters or folded in said:
        return word
    if any(folded in _names(kind) for kind in ("surnames", "first_names", "places")):
        return _title_case(word)
    return word.lower() if any(char in _VOWELS for char in folded) else word


def _gloss(found: re.Match[str]) -> str:
    """Drop a bracketed sigle whose full name has just been said."""
    sigle = found["sigle"].replace(".", "")
    before = re.findall(r"[^\W\d_]+", found.string[max(0, found.start() - 200) : found.start()])[-22:]
    letters, words, _ = _lexicon()
    known = sigle in letters or _fold(sigle) in words
    expanded = _abbreviates(_fold(sigle), before) or (known and _names_body(before))
    likely = sigle == sigle.upper() or len(sigle) > 3
    return "" if sigle[:1].isupper() and likely and len(before) > 1 and expanded else found.group()


def _abbreviates(sigle: str, words: list[str]) -> bool:
    """Tell whether the letters of a sigle are found in order in the words, each run at the start of a word."""
    folded = [_fold(word) for word in words]
    for first in range(len(folded)):
        if folded[first][0] != sigle[0]:
            continue
        position = 0
        for word in folded[first:]:
            for char in word:
                if position < len(sigle) and char == sigle[position]:
                    position += 1
                else:
                    break
            if position == len(sigle):
                return len(words) - first >= 2
    return False


def _names_body(words: list[str]) -> bool:
    return any(word[0].isupper() and word.lower() in word_set("sigles", "bodies") for word in words[-12:])


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules that read sigles and names in capitals."""
    titled = "|".join(data("sigles")["titled"].split())
    return (
        Rule("sigle ou nom en capitales", _TOKEN, _say),
        rule("sigle en minuscules", rf"\b(?:{titled})\b", lambda found: " ".join(found.group().upper())),
    )


EARLY = (
    Rule("titre en capitales", _SHOUT, _unshout),
    Rule("sigle après son nom", _GLOSS, _gloss, "("),
)
