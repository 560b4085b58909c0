"""Whole numbers, ordinals, decimals and Roman numerals in French words, traditional spelling of France."""

from __future__ import annotations

import re

_SMALL = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
    *("treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"),
)
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}
_SCALES = (
    *("", "mille", "million", "milliard", "billion", "billiard"),
    *("trillion", "trilliard", "quadrillion", "quadrilliard"),
)
_LIMIT = 10 ** (3 * len(_SCALES))
_ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def cardinal(number: int, feminine: bool = False) -> str:
    """Write a whole number in words.

    Args:
        number: any integer; from 10³⁰ it is read digit by digit.
        feminine: the counted noun is feminine: « vingt et une ».

    Returns:
        « cent soixante et onze », « quatre-vingts », « deux cent mille ».
    """
    if number < 0:
        return f"moins {cardinal(-number, feminine)}"
    if number >= _LIMIT:
        return digits(_decimal_text(number))
    if number == 0:
        return _SMALL[0]
    words: list[str] = []
    groups = _groups(number)
    for rank in range(len(groups) - 1, -1, -1):
        group = groups[rank]
        if not group:
            continue
        if rank == 0:
            words.append(_hundreds(group, final=True))
        elif rank == 1:
            words.append("mille" if group == 1 else f"{_hundreds(group, final=False)} mille")
        else:
            words.append(f"{_hundreds(group, final=True)} {_SCALES[rank]}{'s' if group > 1 else ''}")
    written = " ".join(words)
    if feminine and groups[0] % 100 not in {11, 71, 91} and groups[0] % 10 == 1:
        written += "e"
    return written


def ordinal(number: int, feminine: bool = False) -> str:
    """Write an ordinal in words.

    Args:
        number: 0 or more.
        feminine: only « première » differs.

    Returns:
        « premier », « deuxième », « vingt et unième », « quatre-vingtième ».
    """
    if number == 1:
        return "première" if feminine else "premier"
    base = cardinal(number).removesuffix("s") if number % 10 == 0 else cardinal(number)
    if base.removeprefix("un ") in _SCALES:
        base = base.removeprefix("un ")
    for ending, changed in (("cinq", "cinqu"), ("neuf", "neuv")):
        if base.endswith(ending):
            return f"{base[: -len(ending)]}{changed}ième"
    return f"{base.removesuffix('e')}ième"


def decimal(whole: str, fraction: str, feminine: bool = False) -> str:
    """Read a decimal number.

    Args:
        whole: digits before the comma.
        fraction: digits after it, read by ``fraction_part``.
        feminine: of the whole part.

    Returns:
        « trois virgule six », « deux virgule zéro sept ».
    """
    return f"{integer(whole, feminine)} virgule {fraction_part(fraction)}"


def fraction_part(fraction: str) -> str:
    """Read the digits after a comma.

    Args:
        fraction: ASCII digits.

    Returns:
        Zeros first one by one, then a number of up to three figures (« zéro cinq »), two pairs (« quatorze seize »)
        or, of more, the figures one by one.
    """
    rest = fraction.lstrip("0")
    if not rest:
        return digits(fraction)
    if len(fraction) == 4:
        return f"{padded(fraction[:2])} {padded(fraction[2:])}"
    return padded(fraction) if len(rest) <= 3 else digits(fraction)


def padded(figures: str) -> str:
    """Read ASCII digits as a number whose leading zeros are said: « zéro douze », « zéro zéro »."""
    rest = figures.lstrip("0")
    words = [_SMALL[0]] * (len(figures) - len(rest))
    return " ".join([*words, integer(rest)] if rest else words)


def integer(figures: str, feminine: bool = False) -> str:
    """Read a run of ASCII digits as a number, or one by one when it is too long to be one."""
    figures = figures.lstrip("0") or "0"
    return digits(figures) if len(figures) > 3 * len(_SCALES) else cardinal(int(figures), feminine)


def digits(figures: str) -> str:
    """Read ASCII digits one by one."""
    return " ".join(_SMALL[int(figure)] for figure in figures)


def roman(text: str) -> int | None:
    """Read a Roman numeral.

    Args:
        text: capitals.

    Returns:
        Its value from 1 to 3999, or None when it is not one in its usual form.
    """
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-value if after > value else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _groups(number: int) -> list[int]:
    """Give the groups of three digits, units first."""
    groups = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    return groups


def _decimal_text(number: int) -> str:
    """Write any integer in figures; ``str`` refuses those of more than 4,300 digits."""
    groups = _groups(number)
    return str(groups[-1]) + "".join(f"{group:03d}" for group in reversed(groups[:-1]))


def _hundreds(number: int, final: bool) -> str:
    """Write 1 to 999; ``final`` gives « cents » and « quatre-vingts » their s."""
    hundred, rest = divmod(number, 100)
    words = [] if hundred == 0 else ["cent"] if hundred == 1 else [_SMALL[hundred], "cent"]
    if rest:
        words.append(_below_hundred(rest, final))
    elif hundred > 1 and final:
        words[-1] = "cents"
    return " ".join(words)


def _below_hundred(number: int, final: bool) -> str:
    if number < 20:
        return _SMALL[number]
    ten, unit = divmod(number, 10)
    if ten in {7, 9}:
        ten, unit = ten - 1, unit + 10
    name = _TENS[ten]
    if unit == 0:
        return f"{name}s" if ten == 8 and final else name
    if unit in {1, 11} and ten != 8:
        return f"{name} et {_SMALL[unit]}"
    return f"{name}-{_SMALL[unit]}"
