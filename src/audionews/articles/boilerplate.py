"""Boilerplate: the lines a site prints around its articles."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from audionews.articles.tables import data, phrases

LONGEST = 220  # characters: a longer line is never boilerplate

_MARKS = "»>›•·*-–—|▶►→✓+# "
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w{2,}|#\w+(?: #\w+)*")
_CRUMBS = re.compile(r"[^.«>›]{1,40} [>›] [^.]{1,80}")
_COLON = re.compile(r" ?: ?")
_FIGURE = re.compile(r"\d+[a-z]{0,3}\d{0,2}")


class _Kinds(NamedTuple):
    starts: dict[str, list[tuple[str, str]]]  # first word → beginnings and their reasons
    whole: dict[str, str]
    only: tuple[tuple[frozenset[str], str], ...]
    dated: tuple[tuple[frozenset[str], str], ...]
    holds: tuple[tuple[str, str], ...]


@cache
def _kinds() -> _Kinds:
    starts: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    whole: dict[str, str] = {}
    only, dated, holds = [], [], []
    for kind in data("boilerplate")["kind"]:
        reason = kind["reason"]
        for beginning in kind.get("starts", ()):
            starts[_first(beginning)].append((beginning, reason))
        whole |= dict.fromkeys(map(_bare, kind.get("whole", ())), reason)
        holds += [(one, reason) for one in kind.get("holds", ())]
        if "only" in kind:
            only.append((frozenset(kind["only"].split()), reason))
        if "dated" in kind:
            dated.append((frozenset(kind["dated"].split()), reason))
    return _Kinds(dict(starts), whole, tuple(only), tuple(dated), tuple(holds))


@cache
def _openers() -> frozenset[str]:
    return frozenset(map(_bare, phrases(data("boilerplate")["openers"]["whole"])))


def boilerplate(line: str) -> str:
    """Tell whether a line is boilerplate.

    Args:
        line: one line of a page.

    Returns:
        The reason in French, "" when the line is none.
    """
    if len(line) > LONGEST:
        return ""
    if not any(char.isalnum() for char in line):
        return "signes sans un mot"
    kinds = _kinds()
    text = _fold(line).lstrip(_MARKS)
    if reason := kinds.whole.get(_bare(text), ""):
        return reason
    for beginning, reason in kinds.starts.get(_first(text), ()):
        if text.startswith(beginning) and not (beginning[-1].isalnum() and text[len(beginning) :][:1].isalnum()):
            return reason
    for one, reason in kinds.holds:
        if one in text:
            return reason
    return _by_words(text, kinds) or _by_shape(line.strip())


def opens_list(line: str) -> bool:
    """Tell whether a line, alone, opens a list of other articles ("Articles similaires")."""
    return len(line) <= LONGEST and _bare(_fold(line)) in _openers()


def _by_words(text: str, kinds: _Kinds) -> str:
    words = re.findall(r"[\w'-]+", text)
    for allowed, reason in kinds.only:
        if all(word in allowed for word in words):
            return reason
    for allowed, reason in kinds.dated:
        fits = all(_FIGURE.fullmatch(word) or set(re.split(r"[-']", word)) <= allowed for word in words)
        if fits and len(words) > 1 and any(char.isdigit() for char in text):
            return reason
    return ""


def _by_shape(line: str) -> str:
    if _ADDRESS.fullmatch(line):
        return "adresse ou mot-dièse"
    return "fil d’Ariane" if _CRUMBS.fullmatch(line) else ""


def _fold(line: str) -> str:
    """Give a line in lower case, without accents, with plain apostrophes, single blanks and close colons."""
    folded = unicodedata.normalize("NFKD", line.lower().replace("’", "'").replace("œ", "oe"))
    plain = " ".join("".join(char for char in folded if not unicodedata.combining(char)).split())
    return _COLON.sub(": ", plain).rstrip()


def _bare(folded: str) -> str:
    """Leave out figures, and marks at both ends of words: "(3) commentaires" → "commentaires"."""
    words = [word.strip("()[]{}:.…!?»«>›<‹|*•·–—-+,;\"'") for word in folded.split()]
    return " ".join(word for word in words if word and not word.isdigit())


def _first(folded: str) -> str:
    return re.split(r"[ :/|]", folded, maxsplit=1)[0]
