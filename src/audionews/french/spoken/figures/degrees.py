"""« 6° édition », « 1° … 2° … »: the degree sign where it stands for « ième » or « ièmement »."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.spoken.figures.counted import is_feminine
from audionews.french.tables import word_set
from audionews.rules import Rule, alternatives, rule

# Degrees are plural: after these a number and « ° » are an ordinal.
_SINGULAR = (
    r"[Ll]e|[Ll]a|[Cc]e|[Cc]ette|[Aa]u|[Dd]u|[Uu]ne?|[Ss]on|[Ss]a|[Nn]otre|[Vv]otre|[Ll]eur|[Mm]on|[Mm]a|[Cc]haque"
)
_HEAT = r"(?! ?[CF]\b| (?:à l’ombre|[Nn]ord|[Ss]ud|[Ee]st|[Oo]uest|de (?:latitude|longitude)|\d{1,2}’))"


def _ordinal(found: re.Match[str]) -> str:
    number, noun = int(found["number"]), found.groupdict().get("noun") or ""
    return numbers.ordinal(number, feminine=is_feminine(noun))


def _listed(found: re.Match[str]) -> str:
    """Read « 1° … 2° … » where both stand; « 5° le matin » alone is the weather."""
    if not all(item in found.string for item in ("1° ", "2° ")):
        return found.group()
    words = "premièrement" if found["number"] == "1" else f"{numbers.ordinal(int(found['number']))}ment"
    return words.capitalize() + ", "


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for ordinals written with « ° »."""
    ranked = alternatives(word_set("ranks", "ranked"))
    return (
        rule(
            "rang suivi de °",
            rf"(?<![\w,.])(?P<number>\d{{1,4}}) ?°(?= (?:(?:et|ou|à) \d{{1,4}} ?° )?(?P<noun>(?:{ranked}))s?\b)",
            _ordinal,
            "°",
        ),
        rule(
            "rang suivi de ° après un article",
            rf"\b(?P<article>(?:{_SINGULAR}) )(?P<number>\d{{1,4}})°(?!\w){_HEAT}(?= (?P<noun>[^\W\d_]{{3,30}}))?",
            lambda found: found["article"] + _ordinal(found),
            "°",
        ),
        rule(
            "énumération",
            r"(?:^|(?<=[.:;] ))(?P<number>[1-9])° (?=[^\W\d_]{2})",
            _listed,
            "°",
        ),
        # A list’s mark; above, it is the weather.
        rule("rang seul", r"^(?P<number>[1-9]|1[0-2])°$", _ordinal, "°"),
    )
