"""Bank accounts and codes, read figure by figure."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.rules import DIGITS, Rule, rule

_IBAN_GROUP = 4


def _spell(code: str) -> str:
    """Say the letters and the figures of a code one by one."""
    return " ".join(numbers.digits(char) if char.isdigit() else char for char in code)


def _spell_groups(code: str) -> str:
    """Spell the groups of a code, a pause between them."""
    return ", ".join(map(_spell, re.split(r"[ -]", code)))


def _is_iban(code: str) -> bool:
    """Tell whether the two check figures of an IBAN are right."""
    moved = code[4:] + code[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def _iban(found: re.Match[str]) -> str:
    code = found["code"].replace(" ", "")
    if not found["word"] and not _is_iban(code):
        return found.group()
    groups = [code[first : first + _IBAN_GROUP] for first in range(0, len(code), _IBAN_GROUP)]
    country, key = code[:2], code[2:4]
    said = [f"{' '.join(country)} {_spell(key)}", *map(_spell, groups[1:])]
    return (found["word"] or "") + ", ".join(said)


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for accounts and codes."""
    return (
        rule(
            "compte international",
            r"(?<!\w)(?P<word>I(?:BAN|ban) ?:? ?)?"
            r"(?P<code>[A-Z]{2}\d\d(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,4})?))(?!\w)",
            _iban,
            DIGITS,
        ),
        rule(
            "relevé d’identité bancaire",
            r"\b(?P<word>R(?:IB|ib) ?:? ?)"
            r"(?P<code>(?:[A-Z]{2}\d{1,3}[ -]?)?[A-Z]?\d[A-Z0-9]{1,22}(?:[ -][A-Z0-9]{1,14}){0,6})(?!\w)",
            lambda found: found["word"] + _spell_groups(found["code"]),
            DIGITS,
        ),
        rule(
            "numéro de compte",
            r"(?P<word>\b(?:[Cc]ompte(?: bancaire)? numéro|[Mm]atricule(?: numéro)?) ?:? ?)"
            r"(?P<code>\d{5,24}(?:[ -]\d{2,12}){0,4})(?!\w)",
            lambda found: found["word"] + _spell_groups(found["code"]),
            DIGITS,
        ),
        rule(
            "code",
            r"(?P<word>\b[Cc]ode (?:(?P<kind>guichet|banque|secret|pin|PIN|marchand|d’accès) )?(?:est |numéro )?:? ?)"
            r"(?P<code>0\d{1,11}|\d{6,12}|(?(kind)\d{4,5}|(?!)))(?!\w| \d)",
            lambda found: found["word"] + _spell(found["code"]),
            DIGITS,
        ),
    )
