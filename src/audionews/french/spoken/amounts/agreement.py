"""A number and what it measures: singular or plural, masculine or feminine, and the letters that are no unit."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.spoken.amounts.quantities import value
from audionews.french.tables import data, word_set

# A number that stands by itself; the look-behind after its first digit lets a search jump from digit to digit.
NUMBER_ALONE = r"\d(?<![\w,.-].)\d{0,17}(?:,\d{1,9})?"
NUMBER_AFTER_SIGN = r"\d(?<![\w,].)\d{0,17}(?:,\d{1,9})?"
_LONGEST = 15  # a longer run of digits is a code
_NUMBER_BEFORE = re.compile(r"\d ?(?:[-–/]|à|et|ou) ?$")


@cache
def spellings(table: str) -> dict[str, tuple[str, str]]:
    """Give the singular and the plural of every spelling of a table of data/units.toml."""
    return {sign: (one, more) for one, more, signs in data("units")[table] for sign in signs.split()}


def word_before(found: re.Match[str]) -> str:
    """Give the word that stands one blank before a match, in small letters, or nothing."""
    before = found.string[max(0, found.start() - 32) : found.start()]
    last = before[:-1].rsplit(" ", 1)[-1] if before.endswith(" ") else ""
    return last.rsplit("’", 1)[-1].lstrip('(«“"[').lower()


def link(found: re.Match[str]) -> str:
    """Give the word between the two ends of a range: « entre 5 et 10 », « 5 à 10 »."""
    return "et" if word_before(found) == "entre" else "à"


def counted(found: re.Match[str], number: str, singular: str, plural: str) -> str:
    """Put a number before what it measures.

    Args:
        found: the match of a rule, at whose beginning the number stands.
        number: plain digits, perhaps with a comma.
        singular: « livre ».
        plural: « livres ».

    Returns:
        « 1,5 livre », « 3 livres »; in words where the gender is heard: « vingt et une livres ».
    """
    noun = singular if value(number) < 2 else plural
    # After « + » or « - » the digits stay: other rules look for them.
    alone = found.start() == 0 or found.string[found.start() - 1] in " («’"
    if alone and number.isdigit() and number.endswith("1") and len(number) <= _LONGEST:
        number = numbers.integer(number, feminine=singular.split(maxsplit=1)[0] in word_set("units", "feminine"))
    return f"{number} {noun}"


def parted(found: re.Match[str], number: str, nouns: tuple[str, str]) -> str:
    """Read two decimals after what they measure: « 1 mètre 80 », « 12 euros 50 ».

    Args:
        found: the match of a rule, at whose beginning the number stands.
        number: digits, perhaps with a comma.
        nouns: singular and plural.

    Returns:
        The words, or nothing when the decimals are not two or the number ends a range (« 1,20 à 1,50 m »).
    """
    whole, _, decimals = number.partition(",")
    in_range = _NUMBER_BEFORE.search(found.string, max(0, found.start() - 6), found.start())
    if len(decimals) != 2 or not int(whole) or in_range:
        return ""
    return f"{counted(found, whole, *nouns)} {int(decimals) or ''}".rstrip()


def is_label(found: re.Match[str], unit: str) -> bool:
    """Tell whether the letter after a number is the name of a part or a class: « article 4 g », « Groupe 3 M »."""
    if len(unit) != 1 or not unit.isalpha():
        return False
    text, start = found.string, found.start()
    if text[found.end() : found.end() + 1] == ")" and "(" not in text[max(0, start - 60) : start]:
        return True  # « 4 g) » in a list
    word = word_before(found)
    return " " in found.group() and not word_set("units", "labels").isdisjoint({word, word.removesuffix("s")})
