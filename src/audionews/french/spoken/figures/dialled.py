"""What is dialled on a telephone with its star and its hash: « #144# », « *123*4# »."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.rules import Rule, rule

_KEYS = {"*": "étoile", "#": "dièse"}


def _say(found: re.Match[str]) -> str:
    keys = re.findall(r"[*#]|\d+", found.group())
    return " ".join(_KEYS.get(key) or numbers.padded(key) for key in keys)


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rule for codes that begin with a star or a hash and end with a hash."""
    return (rule("code à composer", r"(?<![\w*#])[*#]{1,2}\d{1,6}(?:[*#]\d{1,14}){0,6}#(?![\w#])", _say, "#"),)
