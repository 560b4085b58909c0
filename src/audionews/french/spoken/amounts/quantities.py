"""What money and measures share: the number before a unit, and « /kg » after it."""

from __future__ import annotations

import re
from functools import cache

from audionews.french.tables import data
from audionews.rules import alternatives

NUMBER = r"\d{1,18}(?:,\d{1,9})?"


@cache
def rate() -> str:
    """Give the pattern of « /kg » and the like; its group is named per."""
    return rf"(?: ?/ ?(?P<per>{alternatives(data('units')['per'])})(?!\w))?"


def per(found: re.Match[str]) -> str:
    """Say the « /kg » of a match, or nothing."""
    return f" {data('units')['per'][found['per']]}" if found["per"] else ""


def value(number: str) -> float:
    """Give the value of a number with a comma."""
    return float(number.replace(",", "."))
