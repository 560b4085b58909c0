"""Web and e-mail addresses, accounts, hashtags and names of files read aloud."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.spoken.capitals.names import fold
from audionews.french.spoken.capitals.sigles import lexicon
from audionews.french.tables import data, word_set
from audionews.rules import Rule, alternatives, hinted, rule

_LABEL = r"[^\W_][\w-]{0,62}"
_HOST = rf"{_LABEL}(?:\.{_LABEL}){{0,5}}"
_LONGEST_PATH = 24
_MARKS = {".": " point ", "-": " tiret ", "_": " tiret bas ", "/": " barre oblique ", "@": " arobase ", "+": " plus "}
# « LeMondeAfrique », « ONUMali », « Mali2025 »: words joined without a blank.
_JOINED = re.compile(r"\d+|[^\W\d_a-zß-öø-ÿœæ]+(?![a-zß-öø-ÿœæ])|[^\W\d_][a-zß-öø-ÿœæ]*")
_VOWELS = "aeiouy"
_BETWEEN_VOWELS = re.compile(rf"[{_VOWELS}]+")


def _web(found: re.Match[str]) -> str:
    path = found["path"] or ""
    ending = found["query"] or path
    tail = ending[len(ending.rstrip(".,;:!?")) :]  # of the sentence, not of the address
    # A long path or one with figures is for machines: the ear keeps the site.
    said = not found["query"] and len(path) <= _LONGEST_PATH and not re.search(r"[^\w/.:!-]|\d", path)
    lead = " " if found.string[found.start() - 1 : found.start()] in {".", ",", ":"} else ""
    return lead + _say((found["host"] or found["bare"]) + (path.rstrip("/.!:") if said else "")) + tail


def _hashtag(found: re.Match[str]) -> str:
    """Part the words of a hashtag; figures, sigles and names are left to the rules for them."""
    tag = found["tag"]
    words = [tag] if fold(tag) in lexicon()[1] else _JOINED.findall(tag)
    return " ".join(words)


def _say(address: str) -> str:
    """Read an address: its marks by their names, its parts as words or letter by letter."""
    parts = re.split(r"([.\-_/@+])", address)
    words = []
    for rank, part in enumerate(parts):
        ends_host = rank == len(parts) - 1 or parts[rank + 1] == "/"
        country = ends_host and rank > 0 and parts[rank - 1] == "." and len(part) == 2
        words.append(_MARKS.get(part) or (_part(part, country) if part else ""))
    return " ".join("".join(words).split())


def _part(part: str, country: bool) -> str:
    if part.isdecimal() and len(part) < 4:
        return numbers.integer(part)  # « 192.168.1.1 »
    pieces = [part] if part.isupper() or part.islower() else _JOINED.findall(part)
    pieces = [piece for joined in pieces for piece in re.findall(r"\d+|[^\W\d_]+", joined)]
    return " ".join(_figures(piece) if piece.isdecimal() else _word(piece, country) for piece in pieces)


def _figures(figures: str) -> str:
    """Read figures one by one, those that look like a year or a small number as a number."""
    number = figures == "0" or (figures[0] != "0" and (len(figures) < 3 or re.fullmatch("(?:19|20)..", figures)))
    return numbers.integer(figures) if number else numbers.digits(figures)


def _word(piece: str, country: bool) -> str:
    """Read a piece as a word when it can be, else spell it."""
    folded = fold(piece)
    letters, words, _ = lexicon()
    known = data("addresses")["labels"].get(folded) or words.get(folded)
    if known and not country:
        return str(known)
    if country or piece.upper() in letters or not _readable(folded):
        return " ".join(piece.upper())
    return piece if piece != piece.upper() else piece.lower()


def _readable(piece: str) -> bool:
    """Tell whether a piece in small letters can be read as a word: its consonants stand as they do in words."""
    if len(piece) < 3:
        return len(piece) == 2 and piece[0] not in _VOWELS and piece[1] in _VOWELS
    if not any(char in "aeiou" for char in piece):
        return False
    first, *inner, last = _BETWEEN_VOWELS.split(piece)
    good_start = len(first) < 2 or first in word_set("addresses", "onsets")
    good_end = len(last) < 2 or last in word_set("addresses", "codas")
    return good_start and good_end and all(len(consonants) < 5 for consonants in inner)


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for addresses, accounts, hashtags and files."""
    endings, files = (alternatives(word_set("addresses", key)) for key in ("endings", "files"))
    return (
        rule(
            "adresse électronique",
            rf"(?<![\w.@])(?:mailto:)?(?P<address>[\w.+-]{{1,64}}@{_LABEL}(?:\.{_LABEL}){{1,5}})(?![\w@])",
            lambda found: _say(found["address"]),
            "@",
        ),
        hinted(
            "adresse du web",
            rf"://|[wW]{{3}}\.|\.(?:{endings})(?!\w)",
            rf"(?:(?i:(?<!\w)(?:https?|ftp)://(?:www\.)?|(?<![\w@.])www\.)(?P<host>{_HOST})(?::\d{{2,5}})?"
            rf"|(?<![\w@.])(?P<bare>(?:{_LABEL}\.){{0,4}}(?=[\w-]{{0,62}}[^\W\d_]){_LABEL}\.(?:{endings}))(?![\w@-])(?!\.\w))"
            r"(?P<path>/[^\s?#»”)]{0,2000})?(?P<query>[?#][^\s»”)]{0,2000})?",
            _web,
        ),
        hinted(
            "nom de fichier",
            rf"\.(?i:{files})(?!\w)",
            rf"(?<![\w@./])(?P<name>{_LABEL}(?:\.{_LABEL}){{0,2}}\.(?i:{files}))(?![\w-])(?!\.\w)",
            lambda found: _say(found["name"]),
        ),
        rule(
            "compte de réseau social",
            r"(?<![\w@])@(?P<name>\w(?:[\w.]{0,50}\w)?)",
            lambda found: f"arobase {_say(found['name'])}",
            "@",
        ),
        rule("mot-dièse", r"(?<![\w#])#(?P<tag>(?=\d{0,8}[^\W\d_])\w{1,80})", _hashtag, "#"),
    )
