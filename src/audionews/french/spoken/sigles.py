"""Sigles: spelled, read as a word, or in fact a name printed in capitals."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.spoken.names import UPPER, fold, follows_name, names, title_case
from audionews.french.tables import data, word_set
from audionews.rules import Rule, rule

_LOWER = "a-zß-öø-ÿ"
_TOKEN = re.compile(
    rf"(?<![\w])(?:(?:[{UPPER}]\.){{2,12}}(?:[{UPPER}](?!\w))?|(?:[NM]’)?[{UPPER}][{_LOWER}]{{0,3}}[{UPPER}][^\W\d_]*)"
)
VOWELS = "aeiouy"
_CLUSTER = re.compile(rf"[^{VOWELS}]{{3}}")
# Patterns of four letters that are spelled though they could be read: ANPE, OCDE, EELV.
_SPELLED = re.compile(rf"[{VOWELS}][^{VOWELS}]{{2}}e|(.)\1..")
# Two consonants that count as one inside a word: « centre », « simple ».
_BLEND = re.compile(r"(?<=[bcdfghlmnpqrstvxz])(?:[bcdfgptv]r|[bcfgp]l|[cpt]h|gn|qu|st)(?=[aeiouy])")


@cache
def lexicon() -> tuple[frozenset[str], dict[str, str], frozenset[str]]:
    """Give the spelled sigles, those read as a word with their form, and common words in capitals."""
    tables = data("sigles")
    said = {fold(form): form for form in tables["words"].split()}
    return frozenset(tables["letters"].split()), said | tables["forms"], frozenset(tables["plain"].split())


def _pronounceable(token: str) -> bool:
    """Tell whether capitals can be read as a word: consonants stand between vowels as they do in French."""
    low = fold(token)
    vowels = sum(char in VOWELS for char in low)
    if len(low) > 6 and vowels * 4 >= len(low):
        return True  # « GANTZLER »: too long to be spelled
    low = _BLEND.sub("t", low)
    onset, coda = low[:2], low[-2:]
    good_onset = onset[0] in VOWELS or onset[1] in VOWELS or onset in word_set("sigles", "onsets")
    good_coda = coda[0] in VOWELS or coda[1] in VOWELS or coda in word_set("sigles", "codas")
    return bool(vowels) and good_onset and good_coda and not _CLUSTER.search(low) and not _SPELLED.fullmatch(low)


def _say(found: re.Match[str]) -> str:
    token = found.group()
    letters = token.replace(".", "")
    before = found.string[max(0, found.start() - 80) : found.start()]
    after = found.string[found.end() : found.end() + 2]
    ends = token.endswith(".") and (not after or re.match(rf" [{UPPER}«]", after))
    return (_listed(letters, before) or _unlisted(letters, before)) + ("." if ends else "")


def _listed(token: str, before: str) -> str:
    """Say a token of the lexicon; give nothing for another one."""
    letters, words, plain = lexicon()
    caps = token == token.upper()
    if caps and token in plain and not before.endswith("-"):
        return token.lower() if before.rstrip(" «“") else token.capitalize()
    singular = token if caps else token.removesuffix("s")
    if singular in letters:
        return " ".join(singular)
    return words.get(fold(token), "") if caps or len(token) > 3 else ""


def _unlisted(token: str, before: str) -> str:
    """Decide whether an unknown token is a name, a sigle read as a word or one that is spelled."""
    if token != token.upper():
        plural = token.endswith("s") and token[:-1].isupper()
        return " ".join(token[:-1]) if plural else token
    folded = fold(token)
    known = folded in names("places") or (len(token) > 3 and folded in names("surnames"))
    if known or "’" in token or follows_name(before):
        return title_case(token)
    return token.capitalize() if len(token) > 3 and _pronounceable(token) else " ".join(token)


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules that read sigles and names in capitals."""
    titled = "|".join(data("sigles")["titled"].split())
    return (
        Rule("sigle ou nom en capitales", _TOKEN, _say),
        rule("sigle en minuscules", rf"\b(?:{titled})\b", lambda found: " ".join(found.group().upper())),
    )
