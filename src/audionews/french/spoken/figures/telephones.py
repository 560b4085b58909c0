"""Telephones, read in the groups of their country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from audionews.french import numbers
from audionews.french.dates import MONTHS
from audionews.rules import DIGITS, Rule, alternatives, rule

_PAUSE = ", "
# Country codes of one or two figures; all others have three.
_CODE = r"(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})"
# Groups of nine figures, by country; elsewhere one figure stands before the pairs, as in France.
_NINE = {"221": (2, 3, 2, 2), **dict.fromkeys(("213", "224", "237", "243"), (3, 2, 2, 2))}
_LONGEST_GROUP = 4


def _groups(figures: str, code: str = "") -> list[str]:
    """Cut a number without blanks: nine figures as their country does, others by pairs, three first when odd."""
    sizes: Sequence[int] = (2,) * (len(figures) // 2)
    if len(figures) == 9:
        sizes = _NINE.get(code, (1, 2, 2, 2, 2))
        if not code and figures[0] in "367":
            sizes = _NINE["224" if figures[0] == "6" else "221"]
    elif len(figures) % 2:
        sizes = (3, *sizes[1:])
    groups = []
    for size in sizes:
        groups.append(figures[:size])
        figures = figures[size:]
    return groups


def _say_groups(groups: Sequence[str]) -> str:
    """Read pairs and threes as numbers whose zeros are said, groups of four figure by figure."""
    return " ".join(numbers.digits(group) if len(group) > 3 else numbers.padded(group) for group in groups)


def _international(found: re.Match[str]) -> str:
    written, code = found["number"], found["code"]
    groups = re.findall(r"\d+", written)
    # « +250 000 personnes », « +1 500 000 000 »: a quantity.
    thousands = len(groups) > 1 and all(len(group) == 3 for group in groups)
    if written.endswith("000000") or (thousands and (len(groups) == 2 or groups[-1] == "000")):
        return found.group()
    if len(groups) == 1 or any(len(group) > _LONGEST_GROUP for group in groups):
        groups = _groups("".join(groups), code)
    prefix = "plus" if "+" in found["prefix"] else "zéro zéro"
    return f"{prefix} {numbers.integer(code)}, {_say_groups(groups)}"


def _spaced(found: re.Match[str]) -> str:
    """Read numbers whose groups are written, several of them with « / » between them."""
    return _PAUSE.join(_say_groups(re.findall(r"\d+", one)) for one in found.group().split("/"))


def _unspaced(found: re.Match[str]) -> str:
    return found["word"] + re.sub(
        r"\d+|(?P<mark> ?/ ?)",
        lambda one: _PAUSE if one["mark"] else _say_groups(_groups(one.group())),
        found["numbers"],
    )


def _short(found: re.Match[str]) -> str:
    """Read « le 80 00 », « 06 12 34 »: pairs of which one begins with a zero."""
    return _say_groups(found.group().split()) if re.search(r"(?:^| )0", found.group()) else found.group()


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for telephones."""
    pairs = r"\d\d(?:[ .-]\d\d){3,4}"
    others = r"(?:\d\d[ .]\d{3}|\d{3}[ .]\d\d)[ .]\d\d[ .]\d\d"  # Sénégal, Guinée
    number = rf"(?:{pairs}|{others})"
    word = (
        r"\b(?:[Tt]él(?:éphon\w{1,4})?|[Tt]el|WhatsApp|[Ww]hatsapp|[Cc]ontact(?:s|er|ez)?|[Cc]ellulaires?|[Mm]obiles?"
        r"|[Pp]ortables?|[Nn]uméros?|[Aa]ppel(?:er|ez|s|ant)?|[Jj]oindre|[Jj]oignables?|[Ff]ax|[Ii]nfoline|[Ss]tandard)"
        r"(?: (?:au|aux|le|les|sur|vert|verts|gratuits?|suivants?|est|sont|ou|WhatsApp|numéros?)){0,4} ?:? ?"
    )
    after_pairs = rf"(?!\d|[ .,-]\d| (?:{alternatives(MONTHS)})\b)"
    return (
        rule(
            "téléphone international",
            rf"(?<![\w+.,])(?<!\d )(?P<prefix>\(?(?:\+|00) ?\(?)(?P<code>{_CODE})\)?[ .-]?(?:\(0\)[ .-]?)?"
            r"(?P<number>(?<=\d)\d{6,12}|(?<=\D)\d(?:[ .-]?\d){5,11})(?!\d|[ .,-]\d)",
            _international,
            "+0",
        ),
        rule(
            "téléphone",
            rf"(?<![\w+,.])(?<!\d ){number}(?: ?/ ?(?:{number}|\d\d(?!\d))){{0,4}}(?!\d|[ .,-]\d)",
            _spaced,
            DIGITS,
        ),
        rule(
            "téléphone sans blancs",
            rf"(?P<word>{word})(?P<numbers>\d{{8,10}}(?:(?: ?[/,] ?| ou | et )\d{{8,10}}){{0,4}})(?!\d|[ .,]\d)",
            _unspaced,
            DIGITS,
        ),
        rule(
            "téléphone à dix chiffres",
            r"(?<![\w+.,-])(?<!\d )0[1-9]\d{8}(?![\w-]|[.,]\d)",
            lambda found: _say_groups(_groups(found.group())),
            "0",
        ),
        rule("numéro par paires", rf"(?<![\w,./-])(?<!\d )\d\d(?: \d\d){{2}}{after_pairs}", _short, "0"),
        rule(
            "numéro court",
            rf"(?=\d\d \d\d)(?:(?<=\b[Ll]e )|(?<=\b[Aa]u )|(?<=uméro )|(?<=vert )|(?<=vert : ))\d\d \d\d{after_pairs}",
            _short,
            "0",
        ),
    )
