"""Web and e-mail addresses read aloud."""

from __future__ import annotations

import re
from functools import cache

from audionews.rules import Rule, rule

_LABEL = r"[A-Za-z0-9][\w-]{0,62}"
# Endings that make an address of a word without « www »; no ending that is also a French word (.de, .ne, .ma).
_ENDINGS = "ml|com|org|net|info|fr|sn|ci|bf|tg|bj|gn|dz|eu|gouv|gov|africa|edu|tv|io|news|radio"
_WEB = re.compile(
    rf"(?<![\w@.])(?:(?i:https?://(?:www\.)?|www\.)(?P<host>{_LABEL}(?:\.{_LABEL}){{0,5}})"
    rf"|(?P<bare>{_LABEL}(?:\.{_LABEL}){{0,5}}\.(?:{_ENDINGS}))(?![\w@-])(?!\.\w))"
    r"(?P<path>/[\w/.~%-]{0,300})?(?:[?#][^\s»”)]{0,500})?"
)
_MAIL = re.compile(rf"(?<![\w.@])[\w.+-]{{1,64}}@{_LABEL}(?:\.{_LABEL}){{1,5}}(?![\w@])")
_LONGEST_PATH = 24
_MARKS = {".": " point ", "-": " tiret ", "_": " tiret bas ", "/": " barre oblique ", "@": " arobase ", "+": " plus "}


def _say_web(found: re.Match[str]) -> str:
    path = (found["path"] or "").rstrip("/.")
    tail = "." if (found["path"] or "").endswith(".") else ""
    # A long path or one with figures is for machines: the ear keeps the site.
    said = len(path) <= _LONGEST_PATH and not any(char.isdigit() for char in path)
    return _say((found["host"] or found["bare"]) + (path if said else "")) + tail


def _say_mail(found: re.Match[str]) -> str:
    address = found.group()
    return _say(address.rstrip(".-")) + ("." if address.endswith(".") else "")


def _say(address: str) -> str:
    pieces = re.split(r"([.\-_/@+])", address)
    host_end = len(pieces) - 1
    words = []
    for rank, piece in enumerate(pieces):
        ending = rank > 0 and pieces[rank - 1] == "." and (rank == host_end or pieces[rank + 1] == "/")
        spelled = ending and len(piece) == 2 and piece.isalpha()
        words.append(" ".join(piece.upper()) if spelled else _MARKS.get(piece, piece.replace("%", " ")))
    return " ".join("".join(words).split())


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for addresses, accounts and hashtags."""
    return (
        Rule("adresse électronique", _MAIL, _say_mail, "@"),
        Rule("adresse du web", _WEB, _say_web, "."),
        rule("compte de réseau social", r"(?<![\w@])@(?=\w)", "arobase ", "@"),
        rule("mot-dièse", r"(?<!\w)#(?=[^\W\d_])", "", "#"),
    )
