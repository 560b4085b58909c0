"""The typing of the press repaired, and French typography for what people see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from audionews.french.dates import MONTHS

NARROW = "\u202f"  # narrow no-break space: before ; ! ? % and inside « »
FIXED = "\u00a0"  # no-break space: before : and between a number and what it counts

_ROUNDS = 5
_Changes = tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]

_ADDRESS = re.compile(r"((?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+)")
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x2060, 0xFEFF])
_LOOK_ALIKE = str.maketrans({"ė": "é", "Ė": "É", "‘": "’", "'": "’", "ʼ": "’", "′": "’", "´": "’", "`": "’"})

# « A » alone at the start of a sentence is the preposition before these, the verb before anything else.
_PREPOSITION = (
    r"l’|la |ce |cet |cette |ces |son |sa |ses |leurs? |mon |ma |notre |nos |votre |vos |chaque |quelques |plusieurs |"
    r"tous |toutes? |tout |travers |partir |propos |noter|titre |cause |défaut |savoir|suivre|compter |raison |"
    r"force |peine |présent|nouveau|moins |quand |quoi |qui |quelle |quel |mesure |mi-|côté |droite|gauche|pied |"
    r"bord |ceux |celui|celle|celles |en croire|en juger|un |une |deux |trois |\d|[A-ZÀ-Ý][a-zà-ÿ]"
)
_REPAIRS: _Changes = (
    (re.compile(r"<<"), "«"),
    (re.compile(r">>"), "»"),
    (re.compile(r"\s+"), " "),
    (re.compile(r"\b([ldjmtscn]|qu)(?: ’ ?|’ )(?=\w)", re.IGNORECASE), r"\1’"),
    (re.compile(r"(?<!\.)\.{3,}|(?<=\w)\.(?: \.){2,}"), "…"),
    (re.compile(r" (?=[.,…](?:[\s»”)]|$))"), ""),
    (re.compile(r"(?<!\.)\.\.(?!\.)"), "."),
    (re.compile(r"(?<=[\w»”)]\.)(?: ?\.)+(?=\s|$)"), ""),
    (re.compile(r",(?:[ ,]*,)+"), ","),
    (re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])"), ", "),
    (re.compile(r"(?<=[a-zà-ÿ]{3}[.!?…])(?=[A-ZÀ-Ý][a-zà-ÿ]{0,40}[ ’])"), " "),
    (re.compile(r"(?<=[»”\d][.!?])(?=[A-ZÀ-Ý][a-zà-ÿ’])"), " "),
    (re.compile(r"« ?(?=\S)"), "« "),
    (re.compile(r"(?<=\S) ?»"), " »"),
    (re.compile(r"(?<=[\w».!?…])«"), " «"),
    (re.compile(r"»(?=\w)"), "» "),
    (re.compile(r"(?<=[(\[]) | (?=[)\]])"), ""),
    (re.compile(rf"(?:(?<=^)|(?<=[.!?…«:] ))A(?= (?:{_PREPOSITION}))"), "À"),
)


def clean(text: str) -> str:
    """Repair the typing of the press without changing a word.

    Args:
        text: a paragraph as it was scraped.

    Returns:
        The paragraph on one line: single blanks, ’ and …, « » with blanks, single points, é for ė, À for the
        preposition A at the start of a sentence.
    """
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE).translate(_LOOK_ALIKE)
    text = _quotes(" ".join(text.split()))
    return _settle(lambda typed: _between_addresses(typed, lambda part: _change(_REPAIRS, part)), text)


def typeset(text: str) -> str:
    """Give a text the typography of a French page.

    Args:
        text: a text as it was typed or repaired.

    Returns:
        The text with narrow no-break spaces before ; ! ? % and inside « », no-break spaces before : and between a
        number and its unit or month, ’ and ….
    """
    return _settle(lambda typed: _between_addresses(clean(typed), lambda part: _change(_spacing(), part)), text)


def _settle(change: Callable[[str], str], text: str) -> str:
    """Make a change until the text rests: one repair may open the way for an earlier one."""
    for _ in range(_ROUNDS):
        before, text = text, change(text)
        if text == before:
            break
    return text


def _change(changes: _Changes, text: str) -> str:
    for pattern, replacement in changes:
        text = pattern.sub(replacement, text)
    return text


def _quotes(text: str) -> str:
    """Turn straight double quotes into guillemets when they come in pairs."""
    if '"' not in text or text.count('"') % 2:
        return text
    parts = text.split('"')
    return "".join(part + ("«", "»")[rank % 2] for rank, part in enumerate(parts[:-1])) + parts[-1]


def _between_addresses(text: str, change: Callable[[str], str]) -> str:
    """Apply a change outside web and e-mail addresses."""
    return "".join(part if rank % 2 else change(part) for rank, part in enumerate(_ADDRESS.split(text))).strip()


def _narrow_groups(number: re.Match[str]) -> str:
    return number.group().replace(" ", NARROW)


@cache
def _spacing() -> _Changes:
    units = (
        r"F ?CFA|Fcfa|FCFA|francs?|F|€|\$|euros?|dollars?|millions?|milliards?|mille|km|cm|mm|m|kg|g|t|ha|l|kV|KV|MW|"
        r"kW|°C|°|h|min|heures?|minutes?|ans?|jours?|mois|tonnes?|personnes?|km²|m²|m³|km/h"
    )
    return (
        (re.compile(r"(?<![;!?\s]) ?([;!?]{1,9})(?=[\s»”)]|$)"), rf"{NARROW}\1"),
        (re.compile(r"(?<=\d) ?(?=[%‰])"), NARROW),
        (re.compile(r"(?<![:\s]) ?(:{1,9})(?=\s|$)"), rf"{FIXED}\1"),
        (re.compile(r"« ?"), f"«{NARROW}"),
        (re.compile(r" ?»"), f"{NARROW}»"),
        (re.compile(r"(?<!\d)(?<!\d[ .,])\d{1,3}(?: \d{3}){1,6}(?! ?\d)"), _narrow_groups),
        (re.compile(rf"(?<=\d) (?=(?:{units})(?![\w’]))"), FIXED),
        (re.compile(rf"(?<=\d)((?:er)?) (?=(?:{'|'.join(MONTHS)})\b)"), rf"\1{FIXED}"),
        (re.compile(r"\b(MM?\.|Mmes?|Mlles?|Me|Dr|Pr|n°) (?=[\dA-ZÀ-Ý])"), rf"\1{FIXED}"),
    )
