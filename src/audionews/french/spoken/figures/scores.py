"""Scores of matches and the line-ups of teams."""

from __future__ import annotations

from functools import cache

from audionews.french import numbers
from audionews.rules import DIGITS, Rule, rule


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for shoot-outs, extra time and line-ups; « 2-0 » itself is read as a range is."""
    return (
        rule(
            "tirs au but",
            r"(?<=\d),? ?(?:aux )?(?:t\.a\.b\.?|tab|TAB)(?!\w)(?P<other> à (?=\d))?",
            lambda found: f" tirs au but{found['other']}" if found["other"] else " aux tirs au but",
            DIGITS,
        ),
        rule("après prolongation", r"(?<=\d),? ?(?:a\.p\.?|ap\.? prol\.?)(?!\w)", " après prolongation", DIGITS),
        rule(
            "dispositif",
            r"(?<![\w-])\d{1,2}(?:-\d{1,2}){2,3}(?![\w-])",
            lambda found: " ".join(map(numbers.integer, found.group().split("-"))),
            "-",
        ),
    )
