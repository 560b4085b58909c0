"""The characters of a text reduced to those the rules for the ear know, and the author's own given back."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache, lru_cache
from itertools import takewhile

from audionews.rules import Rule, apply, rule

_APOSTROPHES = "‘‛ʼ′´`ꞌ＇"
_SPECIAL = {
    **dict.fromkeys(_APOSTROPHES, "’"),
    **dict.fromkeys("‐‑‒−﹣－⁃", "-"),
    **dict.fromkeys("—―", " – "),
    **dict.fromkeys("„‟", "“"),
    **dict.fromkeys("●▪■◦‣►▶◆♦❖✓✔➢➤", "•"),
    **dict.fromkeys("‧⋅∙", "·"),
    **dict.fromkeys("≃≅∼", "≈"),
    "″": "”",
    "º": "°",
    "ᵒ": "°",
    "ª": "a",
    "№": "n°",
    "℃": "°C",
    "℉": "°F",
    "⁄": "/",
    "ė": "é",
    "Ė": "É",
}
# Left as they are: the rules read them. Every other symbol is silent.
_KEPT = frozenset("’“”«»–…·²³¼½¾%‰§×÷±≈≠≤≥µ•°€£$¥₦₵¢₩₹₽₺₪₫₴₱₲₸₾₿฿₡₮₭₣₤")
_SILENT = frozenset({"So", "Sk", "Sc", "Sm", "Cf", "Cc", "Cs", "Co", "Cn", "Me", "Lm"})
_SIGNS = frozenset({"<square>", "<circle>"})  # « ㎞ », « Ⓐ »: read, where « ™ » is silent

_ROUNDS = 4
_UNUSUAL = re.compile(r"[^ !-&(-_a-~À-ÖØ-öø-ĕĘ-ňŊ-ž’«»…]")
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")  # a line's own blanks, no break


def reduce(text: str) -> str:
    """Reduce a text to letters, ASCII digits, usual marks and single blanks.

    Args:
        text: any text.

    Returns:
        The text composed (NFC), emoji, control characters, tags and calls for notes gone, every digit of any script
        an ASCII one.
    """
    reduced = _reduced(text)
    for _ in range(_ROUNDS):  # what falls silent may bring together what a repair is about
        if reduced == text or not _ODD.search(reduced):
            break
        text, reduced = reduced, _reduced(reduced)
    return reduced


def _reduced(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("'", "’")
    if _ODD.search(text):
        text = apply(rules(), text)
    text = _UNUSUAL.sub(lambda found: _one(found.group()), text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def restore(text: str, said: str) -> str:
    """Give an author's typography back.

    Args:
        text: as printed.
        said: what became of it.

    Returns:
        The text itself when only apostrophes and blanks differ, else what is said with the author's apostrophe.
    """
    return text if _plain(text) == said else said.replace("’", apostrophe(text))


def apostrophe(text: str) -> str:
    """Give the apostrophe an author uses: the straight one when the text has no other, else ’."""
    return "'" if "'" in text and not any(char in text for char in f"’{_APOSTROPHES}") else "’"


def changes(text: str, reduced: str) -> list[tuple[str, str, str]]:
    """Tell what ``reduce`` changed, apostrophes and blanks apart.

    Args:
        text: as printed.
        reduced: what ``reduce`` made of it.

    Returns:
        Nothing, or one (name, before, after) from the first to the last word that differ.
    """
    before, after = _plain(text).split(" "), reduced.split(" ")
    if before == after:
        return []
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    cut = -tail or None
    return [("caractères", " ".join(before[head:cut]), " ".join(after[head:cut]))]


def _alike(before: list[str], after: list[str]) -> int:
    """Count the words that are the same at the head of two lists."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    return sum(1 for _ in pairs)


def _plain(text: str) -> str:
    """Give a text with one kind of apostrophe and of blank: what a mere change of typography leaves equal."""
    return _BLANKS.sub(" ", text.replace("'", "’")).strip(" ")


_ODD = re.compile("[ÃÂÅ€‚Õ&<>²³¹⁰⁴-⁹⁻]")  # what the repairs are about
_CONTINUED = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED_DIGITS = str.maketrans(_RAISED, "0123456789")
_INLINE = "a|abbr|b|cite|em|font|i|small|span|strong|sub|sup|u"
_BLOCK = (
    "article|blockquote|br|center|code|div|figcaption|figure|footer|h[1-6]|header|hr|iframe|img|li|ol|p|pre|q|"
    "section|script|style|table|tbody|td|th|thead|tr|ul"
)
_ATTRIBUTES = r"(?: [^<>=]{1,40}=[^<>]{0,300})? ?/?"  # « a < b et b > c » is no tag


@cache
def rules() -> tuple[Rule, ...]:
    """Give the repairs made before characters are taken one by one."""
    return (
        rule("codage", rf"[ÃÂÅ][{_CONTINUED}]|â[€‚][{_CONTINUED}]", _decoded, "ÃÂÅ€‚"),
        rule("apostrophe mal codée", r"(?<=[A-Za-z])Õ(?=[a-zà-ÿ])", "’", "Õ"),
        rule("entité", r"&(?:amp;)?(?:#\d{1,6}|#[xX][\dA-Fa-f]{1,5}|[A-Za-z]{2,8}\d?);", _entity, "&"),
        rule("balise dans un mot", rf"(?i:</?(?:{_INLINE}){_ATTRIBUTES}>)", "", "<"),
        rule("balise", rf"(?i:</?(?:{_BLOCK}){_ATTRIBUTES}>)", " ", "<"),
        rule("guillemets doubles", r"<<|>>", lambda found: "«" if found.group() == "<<" else "»", "<>"),
        rule("dioxyde de carbone", r"\bCO²", "CO2", "²"),
        # « la paix² », « fin.³ », « en 2024¹ »; « m² » and « km³ » are measures.
        rule(
            "appel de note",
            rf"(?:(?<=[^\W\d_]{{3}})|(?<=[.,;:!?»”)…%])|(?<=\b(?:19|20)\d\d))[{_RAISED}]{{1,3}}|(?<=[^\W\d_]{{2}})[¹⁴-⁹]",
            "",
            _RAISED,
        ),
        rule("puissance", rf"(?<=[\da-z])(⁻?)([{_RAISED}]{{1,3}})", _power, "⁻" + _RAISED),
    )


def _decoded(found: re.Match[str]) -> str:
    """Mend UTF-8 that was read as Windows-1252: « Ã© » was « é »."""
    raw = b"".join(char.encode("cp1252", "ignore") or char.encode("latin-1") for char in found.group())
    try:
        return raw.decode("utf-8").replace("'", "’")
    except UnicodeDecodeError:
        return found.group()


def _entity(found: re.Match[str]) -> str:
    return html.unescape(html.unescape(found.group())).replace("'", "’")


def _power(found: re.Match[str]) -> str:
    """Say « 10⁶ »; a lone ² or ³ is left to the rules for numbers and measures."""
    power = found[2].translate(_RAISED_DIGITS)
    return f" puissance {'moins ' if found[1] else ''}{power}" if found[1] or power not in {"2", "3"} else found.group()


@lru_cache(maxsize=4096)
def _one(char: str) -> str:
    """Give what stands for one character."""
    category = unicodedata.category(char)
    decomposition = unicodedata.decomposition(char)
    if char in _SPECIAL or char in _KEPT or (char.isascii() and char.isprintable()):
        said = _SPECIAL.get(char, char)
    elif category == "Nd":
        said = str(unicodedata.digit(char))
    elif category == "Nl" and decomposition.startswith("<"):
        said = "".join(map(_one, unicodedata.normalize("NFKC", char)))  # « Ⅻ »
    elif decomposition.startswith(("<sub>", "<super>")) and char.isdigit():
        said = str(unicodedata.digit(char))
    elif char.isnumeric():
        said = f" {_number(char)} "
    elif char.isspace():
        said = " "
    elif category in {"So", "Sm"} and "WARDS" in (name := unicodedata.name(char, "")) and name.endswith("ARROW"):
        said = " – "
    elif decomposition.startswith("<") and (category != "So" or decomposition.split()[0] in _SIGNS):
        said = "".join(map(_one, unicodedata.normalize("NFKC", char)))
    elif category == "So":
        said = " "
    elif category in _SILENT or 0xFE00 <= ord(char) <= 0xFE0F:
        said = ""
    else:
        said = char
    return said


def _number(char: str) -> str:
    """Write a sign for a number, « ⅓ », « ⑩ », « 三 », in ASCII figures."""
    written = unicodedata.normalize("NFKC", char).replace("⁄", "/")
    if written != char and written.isascii():
        return written
    value = unicodedata.numeric(char)
    return str(int(value)) if value >= 0 and value == int(value) else ""
