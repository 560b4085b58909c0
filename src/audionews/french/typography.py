"""The typing of the press repaired, and French typography for what people see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from audionews.french.dates import MONTHS

NARROW = "\u202f"  # narrow no-break space: before ; ! ? % and inside « »
FIXED = "\u00a0"  # no-break space: before : and between a number and what it counts

_ROUNDS = 5


class _Repair(NamedTuple):
    needs: str  # texts without any of these pieces, written with | between them, are passed over; "" for none
    pattern: re.Pattern[str]
    put: str | Callable[[re.Match[str]], str]

    def concerns(self, text: str) -> bool:
        return not self.needs or any(piece in text for piece in self.needs.split("|"))


def _repair(needs: str, pattern: str, put: str | Callable[[re.Match[str]], str], flags: int = 0) -> _Repair:
    return _Repair(needs, re.compile(pattern, flags), put)


_ADDRESS = re.compile(r"((?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+)")
_LOOK_ALIKE = str.maketrans({"ė": "é", "Ė": "É", "‘": "’", "'": "’", "ʼ": "’", "′": "’", "´": "’", "`": "’"})
_TABLE = {**_LOOK_ALIKE, **dict.fromkeys([0x00AD, 0x200B, 0x2060, 0xFEFF])}


def _outside_quotations(found: re.Match[str]) -> str:
    """Put À for A, but leave what somebody else said or wrote as it is printed."""
    before = found.string[: found.start()]
    return found[0] if before.count("«") > before.count("»") or before.count("“") > before.count("”") else "À"


# « A » alone at the start of a sentence is the preposition before these, the verb before anything else.
_PREPOSITION = (
    r"l’|la |ce |cet |cette |ces |son |sa |ses |leurs? |mon |ma |notre |nos |votre |vos |chaque |quelques |plusieurs |"
    r"tous |toutes? |tout |travers |partir |propos |noter|titre |cause |défaut |savoir|suivre|compter |raison |"
    r"force |peine |présent|nouveau|moins |quand |quoi |qui |quelle |quel |mesure |mi-|côté |droite|gauche|pied |"
    r"bord |ceux |celui|celle|celles |en croire|en juger|un |une |deux |trois |\d|[A-ZÀ-Ý][a-zà-ÿ]"
)
_REPAIRS = (
    _repair("<<", r"<<", "«"),
    _repair(">>", r">>", "»"),
    _repair("  ", r" {2,}", " "),
    _repair(" ’|’ ", r"\b([ldjmtscn]|qu)(?: ’ ?|’ )(?=\w)", r"\1’", re.IGNORECASE),
    _repair("...|. .", r"(?<!\.)\.{3,}|(?<=\w)\.(?: \.){2,}", "…"),
    _repair(" .| ,| …", r" (?=[.,…](?:[\s»”)]|$))", ""),
    _repair("..", r"(?<!\.)\.\.(?!\.)", "."),
    _repair("..|. .", r"(?<=[\w»”)]\.)(?: ?\.)+(?=\s|$)", ""),
    _repair(",,|, ,", r",(?:[ ,]*,)+", ","),
    _repair(",", r",(?<=[^\W\d_],)(?=[^\W\d_])", ", "),
    _repair("", r"[.!?…](?=[A-ZÀ-Ý][a-zà-ÿ]{0,40}[ ’])(?<=[a-zà-ÿ]{3}.)", r"\g<0> "),
    _repair("", r"[.!?](?<=[»”\d].)(?=[A-ZÀ-Ý][a-zà-ÿ’])", r"\g<0> "),
    _repair("«", r"« ?(?=\S)", "« "),
    _repair("»", r"(?<=\S) ?»", " »"),
    _repair("«", r"«(?<=[\w».!?…]«)", " «"),
    _repair("»", r"»(?=\w)", "» "),
    _repair("( |[ | )| ]", r"(?<=[(\[]) | (?=[)\]])", ""),
    _repair("A ", rf"A(?= (?:{_PREPOSITION}))(?:(?<=^A)|(?<=[.!?…:] A))", _outside_quotations),
)


def clean(text: str) -> str:
    """Repair the typing of the press without changing a word.

    Args:
        text: a paragraph as it was scraped.

    Returns:
        The paragraph on one line: single blanks, ’ and …, « » with blanks, single points, é for ė, À for the
        preposition A at the start of a sentence outside quotations. It has as many letters and figures as before.
    """
    text = _quotes(" ".join(_composed(text).translate(_TABLE).split()))
    return _settle(lambda typed: _between_addresses(typed, lambda part: _change(_REPAIRS, part)), text)


def _composed(text: str) -> str:
    """Put letters and their accents together, as long as no two letters become one: a text's letters are counted."""
    if unicodedata.is_normalized("NFC", text):
        return text
    composed = unicodedata.normalize("NFC", text)
    return composed if _letters(composed) == _letters(text) else text


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in text)


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


def _change(changes: tuple[_Repair, ...], text: str) -> str:
    for change in changes:
        if change.concerns(text):
            text = change.pattern.sub(change.put, text)
    return text


def _quotes(text: str) -> str:
    """Turn straight double quotes into guillemets when they come in pairs."""
    if '"' not in text or text.count('"') % 2:
        return text
    parts = text.split('"')
    return "".join(part + ("«", "»")[rank % 2] for rank, part in enumerate(parts[:-1])) + parts[-1]


def _between_addresses(text: str, change: Callable[[str], str]) -> str:
    """Apply a change outside web and e-mail addresses."""
    if not any(piece in text for piece in ("://", "www.", "@")):
        return change(text).strip()
    return "".join(part if rank % 2 else change(part) for rank, part in enumerate(_ADDRESS.split(text))).strip()


def _narrow_groups(number: re.Match[str]) -> str:
    return number.group().replace(" ", NARROW)


@cache
def _spacing() -> tuple[_Repair, ...]:
    units = (
        r"F ?CFA|Fcfa|FCFA|francs?|F|€|\$|euros?|dollars?|millions?|milliards?|mille|km|cm|mm|m|kg|g|t|ha|l|kV|KV|MW|"
        r"kW|°C|°|h|min|heures?|minutes?|ans?|jours?|mois|tonnes?|personnes?|km²|m²|m³|km/h"
    )
    return (
        _repair("", r"(?<![;!?\s]) ?([;!?]{1,9})(?=[\s»”)]|$)", rf"{NARROW}\1"),
        _repair("", r"(?<=\d) ?(?=[%‰])", NARROW),
        _repair("", r"(?<![:\s]) ?(:{1,9})(?=\s|$)", rf"{FIXED}\1"),
        _repair("", r"« ?", f"«{NARROW}"),
        _repair("", r" ?»", f"{NARROW}»"),
        _repair("", r"(?<!\d)(?<!\d[ .,])\d{1,3}(?: \d{3}){1,6}(?! ?\d)", _narrow_groups),
        _repair("", rf"(?<=\d) (?=(?:{units})(?![\w’]))", FIXED),
        _repair("", rf"(?<=\d)((?:er)?) (?=(?:{'|'.join(MONTHS)})\b)", rf"\1{FIXED}"),
        _repair("", r"\b(MM?\.|Mmes?|Mlles?|Me|Dr|Pr|n°) (?=[\dA-ZÀ-Ý])", rf"\1{FIXED}"),
    )
