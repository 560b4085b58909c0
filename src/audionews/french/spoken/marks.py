"""Brackets, symbols and the points and commas that remain."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.spoken.capitals.names import UPPER
from audionews.rules import Rule, rule

_SYMBOLS = {
    "&": " et ", "+": " plus ", "=": " égale ", "×": " fois ", "÷": " divisé par ", "±": " plus ou moins ",
    "≈": " environ ", "≠": " différent de ", "≤": " inférieur ou égal à ", "≥": " supérieur ou égal à ",
    "%": " pour cent ", "‰": " pour mille ", "@": " arobase ", "§": " paragraphe ", "°": " degrés ", "µ": " micro ",
    "€": " euros ", "$": " dollars ", "£": " livres ", "¥": " yens ", "₦": " nairas ", "₵": " cédis ", "¢": " cents ",
    "₩": " wons ", "₹": " roupies ", "₽": " roubles ", "₺": " livres turques ", "₪": " shekels ", "₫": " dongs ",
    "₴": " hryvnias ", "₱": " pesos ", "₲": " guaranis ", "₸": " tenges ", "₾": " laris ", "₿": " bitcoins ",
    "฿": " bahts ", "₡": " colons ", "₮": " tugriks ", "₭": " kips ", "₣": " francs ", "₤": " livres ",
}  # fmt: skip


def _bracket(found: re.Match[str]) -> str:
    inside = found["inside"].strip(" ,.;")
    if not any(map(str.isalnum, inside)) or inside.rstrip(" !?").lower() == "sic" or _repeats(found, inside):
        return " "
    return f"{' ' if _after_mark(found) else ', '}{inside}, "


def _repeats(found: re.Match[str], inside: str) -> bool:
    """Tell whether a bracket says once more the words before it: « dix (10) jours » by now is « dix (dix) jours »."""
    before = found.string[max(0, found.start() - len(inside) - 2) : found.start()].lower()
    said = f" {before}".replace("-", " ").removesuffix("e" if inside == "un" else "")
    return len(inside) > 1 and said.endswith(f" {inside.replace('-', ' ')}")


def _pause(found: re.Match[str]) -> str:
    return " " if _after_mark(found) else ", "


def _after_mark(found: re.Match[str]) -> bool:
    """Tell whether a pause stands before a match already."""
    before = found.string[max(0, found.start() - 4) : found.start()].rstrip()
    return not before or before[-1] in ".!?…,;:–«“"


# In their order: a bracket left alone is a pause, a stroke between words is silent, marks then close up.
@cache
def rules() -> tuple[Rule, ...]:
    """Give the last rules, in their order."""
    return (
        rule("parenthèses", r" ?[(\[](?P<inside>[^()\[\]]{0,2000})[)\]] ?", _bracket, "(["),
        rule("parenthèse seule", r" ?[()\[\]{}] ?", _pause, "()[]{}"),
        rule("et, ou", r"\bet ?/ ?ou\b", "et ou", "/"),
        rule("barre entre deux mots", r"(?<=\w)/(?=\w)", " ", "/"),
        rule("barre", r" ?/+ ?", ", ", "/"),
        rule("puce", r" ?[|•]+ ?", _pause, "|•"),
        rule("sigles joints", rf"(?<=\b[{UPPER}])-(?=[{UPPER}]\b)", " ", "-"),
        rule("ligne de signes", r"[=+*_#~-]{3,}|==+", " – ", "=+*_#~-"),
        rule("tiret entre deux mots", r"(?<=[^\W\d_])–(?=[^\W\d_])", "-", "–"),
        rule("tiret", r"(?:^| )[–-]+(?: |$)|–", _pause, "-–"),
        rule("pourcentage sans nombre", r"\b([Ll]e|[Cc]e|[Dd]u|[Ee]n) %", r"\1 pourcentage", "%"),
        rule(
            "symbole",
            "[" + re.escape("".join(_SYMBOLS)) + "]",
            lambda found: _SYMBOLS[found.group()],
            "".join(_SYMBOLS),
        ),
        rule("signe muet", r"[*_\\~^<>#`·]+", " ", r"*_\~^<>#`·"),
        # « d’un virgule deux milliard », but « de un à cinq ».
        rule("élision", r"\b([dD])e (?=une? virgule )", r"\1’", "v"),
        rule("blancs", r"  +", " ", " "),
        rule("apostrophe", r"’ (?:(?<=\b[ldnsjmtcLDNSJMTC]’ )|(?<=\b[qQ]u’ ))(?=\w)", "’", "’"),
        rule("blanc avant un point", r" (?=[,.…](?!\w))", ""),
        rule("point d’abréviation", r"(?<=\w)\.(?=,)", "", ","),
        rule("virgules", r",(?:[ ,]*,)+", ",", ","),
        rule("virgule avant un point", r"[ ,]*,[ ,]*(?=[.;:!?…»”])", "", ","),
        rule("virgule après un point", r"(?<=[.;:!?…«“])[ ,]*,[ ,]*", " ", ","),
        rule("points", r"\.(?:\.(?<!\.\.\.)(?!\.)|(?: \.)+)", ".", "."),
        rule("virgule collée", r"(?<=\w),(?=\w)", ", ", ","),
        rule("début", r"\A[ ,;:/-]+", ""),
        rule("fin", r"[ ,/-](?<![ ,/-].)[ ,/-]*\Z", ""),
    )
