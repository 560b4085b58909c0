"""What single lines of a press page look like: signatures, captions, cut excerpts, lines that go on."""

from __future__ import annotations

import re
from enum import IntEnum, StrEnum
from functools import cache

from audionews.articles.boilerplate import boilerplate
from audionews.articles.tables import data, phrases

UPPER = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ"
LOWER = "a-zàâäáãçéèêëîïíñôöóùûüúÿœæ"
FIRST = rf"(?:[{UPPER}]['’])?[{UPPER}][{LOWER}]+(?:[-’'][{UPPER}]?[{LOWER}]+)*"  # Souleymane, Jean-Pierre, N’Golo
INITIAL = rf"[{UPPER}]{{1,2}}[{LOWER}]?\."  # S., Ch., A. M.
PARTICLE = r"(?:Ag|ag|Ould|ould|Mint|Wallet|Ben|ben|El|el|Al|al|de|du|dit|dite|d[’'])"
CAPITALS = rf"[{UPPER}]+(?:[-’'][{UPPER}]+)*"
SURNAME = rf"(?=[{UPPER}’'-]{{2}}){CAPITALS}"
NAME = rf"(?:(?:{FIRST}|{INITIAL}|{PARTICLE})[ ]?){{1,6}}(?<=[ .’']){SURNAME}(?: (?:{SURNAME}|{PARTICLE}))*"
SOFT_NAME = rf"(?:{FIRST}|{INITIAL})(?: (?:{FIRST}|{PARTICLE}|{INITIAL})){{0,3}} {FIRST}"
CAPITAL_NAME = rf"{SURNAME}(?: {SURNAME}){{1,3}}"
INITIALS = rf"(?:[{UPPER}]{{1,2}}\.[ -]?){{2,4}}[{UPPER}]?|[{UPPER}]{{2,3}}(?:/[{UPPER}]{{2,3}})+"
JOIN = r"(?:,| et| Et| ET| &| /|/| avec)"
PERSON = rf"(?:{NAME}|{SOFT_NAME}|{CAPITAL_NAME}|{INITIALS})"
# "Par Awa SISSOKO, 6 juin 2025"; a date alone stays what it is.
DATED_END = re.compile(
    r"(?<=\w)\s*[,–—|-]\s*(?:le )?(?:\d{1,2}(?:er)?\s+[a-zéû]{3,9}\s+\d{4}|\d{1,2}/\d{1,2}/\d{2,4})\.?$", re.IGNORECASE
)
DESK = re.compile(r"(?i:(?:par |source : )?(?:la |notre )?rédaction\b(?![^.]*\b(?:a|ont|est|sont)\b).{0,50})")
FINAL = re.compile(r"[.!?…][\s\u00a0\u202f]*[»\"”’')\]]*$")
WHOLE_END = re.compile(r"\b(?:n[’']\S+|ne \S+|de|en|non) plus\.$|\bêtre\.$|[»\"”]\.?$", re.IGNORECASE)
EXCERPT = range(284, 296)  # characters, the added point among them: where sites cut the excerpt of another article


class Signature(IntEnum):
    """How sure it is that a line is a signature."""

    NONE = 0
    WEAK = 1
    STRONG = 2


class Cut(StrEnum):
    """A mark that a site cut a line. The values are the names of their weights in data/boundary.toml."""

    HANGING = "hanging"  # ends on a word no sentence ends on
    BLANK_POINT = "blank_point"  # "non désirées ."
    TWO_POINTS = "two_points"  # a whole text, to which the site added its point
    DOTS = "dots"
    LENGTH = "length"
    UNFINISHED = "unfinished"


@cache
def _signatures() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile the sure and the doubtful forms of a signature."""
    words = data("lines")
    agencies = "|".join(re.escape(one) for one in sorted(words["agencies"].split(), key=len, reverse=True))
    agency = rf"(?:Avec |Source[ ]?: ?)?\(?(?:{agencies})(?:[ ]?[-–—/][ ]?[\wÀ-ÿ’'-]+(?: [\wÀ-ÿ’'-]+)?)?\)?"
    roles = "|".join(sorted(phrases(words["roles"]), key=len, reverse=True))
    role = rf"(?:(?:notre |nos |votre )?(?i:{roles})\b[^.]{{0,60}})"
    posted = "|".join(sorted(phrases(words["posted"]), key=len, reverse=True))
    alone = rf"(?:notre |nos |votre )?(?i:{posted})\b[^.]{{0,40}}"
    tail = rf"(?:[ ]?[,(/–—-][ ]?(?:{agency}|{role}|[{UPPER}][\w’'-]+(?: [\w’'-]+){{0,3}})\)?)?"
    signs = "|".join(sorted(phrases(words["signs"]), key=len, reverse=True))
    ours = rf"(?:de|par) (?:notre|nos) (?:{roles})(?: à [\w’'-]+)?,?"
    signed = rf"(?i:{signs}|{ours})"
    strong = rf"(?:{NAME})(?:{JOIN} ?(?:{NAME})){{0,3}}{tail}[ .]*"
    named = rf"{signed}[ ]?:?[ ]?{PERSON}(?:{JOIN} ?{PERSON}){{0,3}}{tail}[ .]*"
    announced = r"(?i:propos recueillis(?: et traduits)? par|(?:entretien|interview) réalisée? par)[ ]?:?"
    weak = rf"(?:{SOFT_NAME}|{CAPITAL_NAME}|{INITIALS}|{agency}|(?:{SOFT_NAME}|{INITIALS}){tail})[ .]*|{alone}"
    return re.compile(f"(?:{strong}|{named}|{announced}|{DESK.pattern})"), re.compile(weak)


def signature(line: str) -> Signature:
    """Tell whether a line, alone, signs an article ("Souleymane SIDIBE", "La Rédaction", "Par X", "(Amap)")."""
    text = DATED_END.sub("", " ".join(line.split()))
    if len(text.split()) > 12 or len(text) > 110 or boilerplate(text):
        return Signature.NONE
    strong, weak = _signatures()
    if strong.fullmatch(text):
        return Signature.STRONG
    return Signature.WEAK if weak.fullmatch(text) else Signature.NONE


def is_final(line: str) -> bool:
    """Tell whether a line ends as a sentence does."""
    return bool(FINAL.search(line))


def cuts(line: str) -> frozenset[Cut]:
    """Find the marks of an excerpt that a site cut.

    Args:
        line: as printed, its typing not repaired: the repair hides most of the marks.
    """
    text = line.rstrip()
    words = text.rstrip(" .…").replace("’", " ").replace("'", " ").split()
    found = {
        Cut.HANGING: bool(words) and words[-1].lower() in _words("hanging") and not WHOLE_END.search(text),
        Cut.BLANK_POINT: text.endswith((" .", "\u00a0.", "\u202f.")),
        Cut.TWO_POINTS: text.endswith("..") and not text.endswith("..."),
        Cut.DOTS: text.endswith(("...", "…", "[…]", "[...]", "(...)", "(…)")),
        Cut.LENGTH: len(text) in EXCERPT,
        Cut.UNFINISHED: not is_final(text) and not text.endswith(("»", "”", '"', ":")),
    }
    return frozenset(mark for mark, here in found.items() if here)


def goes_on(line: str) -> bool:
    """Tell whether a line goes on from the one before it, which the opening of an article never does."""
    going, opening = _openings()
    return bool(going.match(line)) and not opening.match(line)


def pictures(line: str) -> bool:
    """Tell whether a line describes a picture, full stop or not."""
    low = line.lower()
    return low.startswith(tuple(data("lines")["captions"])) or bool(_pictured().search(low))


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(data("lines")[key].split())


@cache
def _pictured() -> re.Pattern[str]:
    words = "|".join(re.escape(one) for one in data("lines")["pictured"])
    return re.compile(rf"(?<![\w’-])(?:{words})(?!\w)")


@cache
def _openings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = data("lines")
    going = "|".join(re.escape(one) for one in sorted(words["continues"], key=len, reverse=True))
    opening = "|".join(re.escape(one) for one in words["begins"])
    return re.compile(rf"(?:{going})(?![\w’-])", re.IGNORECASE), re.compile(rf"(?:{opening})", re.IGNORECASE)
