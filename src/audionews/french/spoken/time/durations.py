"""Durations, times of a race, minutes of a match and countdowns in figures."""

from __future__ import annotations

import re
from functools import cache

from audionews.french import numbers
from audionews.french.spoken.time.clock import hours
from audionews.rules import DIGITS, Rule, rule

_MIN = r"(?:mins?|mn|’)"
_SEC = r"(?:secs?|s|’’|”|\")"
_DURATION_BEFORE = re.compile(r"\b(?:de|durant|pendant|en|environ|dure|duré|moins|plus|après|les|des) $")
_OPEN_QUOTE = re.compile(r"(?:^|[ («:])’\w[^’]{0,60}$")


def _duration(found: re.Match[str]) -> str:
    """Read hours, minutes and seconds, those that are there."""
    groups = found.groupdict()
    words = [hours(groups["h"])] if groups.get("h") else []
    minute = groups.get("m") or groups.get("short")
    if minute and (int(minute) or not words):
        words.append(_feminine(minute, "minute"))
    second, hundredths = groups.get("s") or groups.get("bare"), groups.get("c") or ""
    if second and (int(second) or len(words) < 1 or hundredths):
        words.append(_feminine(second, "" if groups.get("bare") else "seconde"))
    if hundredths.strip("0"):
        words.append(numbers.fraction_part(hundredths))
    return " ".join(words)


def _feminine(number: str, noun: str) -> str:
    plural = "s" if noun and int(number) > 1 else ""
    return f"{numbers.integer(number, feminine=True)} {noun}{plural}".rstrip()


def _minute(found: re.Match[str]) -> str:
    text, start = found.string, found.start()
    if found["mark"] == "’":
        if _OPEN_QUOTE.search(text, max(0, start - 64), start):
            return found.group()  # « ‘Europe 1’ »
        if _DURATION_BEFORE.search(text, max(0, start - 10), start) and not found["added"]:
            return _feminine(found["number"], "minute")
    added = found["added"] or found["early"]
    noun = "minutes" if found["mark"].endswith("minutes") else "minute"
    return f"{numbers.ordinal(int(found['number']))} {noun}" + (f" plus {numbers.integer(added)}" if added else "")


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for durations, minutes of a match and countdowns."""
    # A number that begins here: the look-behind after the first digit lets a search jump from digit to digit.
    first = r"\d(?<![\w,.:/°-].)"
    return (
        rule(
            "jour et nuit",
            r"24(?<!\w24) ?(?:(?:[hH](?:eures)?)? ?(?:/|sur) ?24 ?[hH](?:eures)?|[hH](?:eures)? ?(?:/|sur) ?24)(?!\w)",
            "vingt-quatre heures sur vingt-quatre",
            DIGITS,
        ),
        rule(
            "jours de la semaine",
            r"(?P<days>[3-7])(?<!\w.) ?(?:j(?:ours)? ?(?:/|sur) ?7(?: ?j(?:ours)?)?|/ ?7 ?j(?:ours)?)(?!\w)",
            lambda found: f"{numbers.integer(found['days'])} jours sur sept",
            DIGITS,
        ),
        rule(
            "tous les jours",
            r"24(?<!\w24) ?(?:[hH] ?/ ?7(?: ?j(?:ours)?)?|/ ?7 ?j(?:ours)?)(?!\w)",
            "vingt-quatre heures sur vingt-quatre, sept jours sur sept",
            DIGITS,
        ),
        rule(
            "compte à rebours",
            r"(?P<letter>[JH])(?<![\w-].) ?(?P<sign>[-–+]) ?(?P<number>\d{1,3})(?![\w-]|[.,]\d)",
            lambda found: (
                f"{found['letter']} {'plus' if found['sign'] == '+' else 'moins'} {numbers.integer(found['number'])}"
            ),
            "JH",
        ),
        rule(
            "heures, minutes et secondes",
            rf"(?P<h>{first}\d{{0,2}}) ?[hH] ?(?P<m>[0-5]?\d) ?{_MIN} ?(?:(?P<s>[0-5]?\d) ?{_SEC}(?P<c>\d{{1,3}})?"
            r"|(?<=[n’])(?P<bare>[0-5]\d))(?![\w’])",
            _duration,
            "hH",
        ),
        rule(
            "durée à deux points",
            rf"(?:(?P<h>{first}\d{{0,2}}):(?P<m>[0-5]?\d)|(?P<short>{first}\d?)):(?P<s>[0-5]\d)(?:(?:[.,])(?P<c>\d{{1,3}}))?(?![\w:])",
            lambda found: _duration(found) if found["h"] or found["c"] else found.group(),
            ":",
        ),
        rule(
            "minutes et secondes",
            rf"(?P<m>{first}\d{{0,2}}) ?{_MIN} ?(?:(?P<s>[0-5]?\d)(?: ?{_SEC}|[.,](?=\d))(?P<c>\d{{1,3}})?"
            rf"|(?<=[n’s])(?P<bare>[0-5]\d))(?![\w’]|[.,]\d)",
            _duration,
            "’m",
        ),
        rule(
            "secondes et centièmes",
            rf"(?P<s>{first}\d?){_SEC}(?P<c>\d\d\d?)(?![\w’])",
            _duration,
            's’”"',
        ),
        rule("secondes", rf"(?P<s>{first}\d{{0,2}}) ?’’(?![\w’])", _duration, "’"),
        rule(
            "minute de jeu",
            r"(?P<number>\d(?<![\w,.].)\d{0,2})(?: ?\+ ?(?P<early>\d{1,2})(?= ?(?:’|e|è|mi?n)))?"
            r"(?P<mark> ?(?:e|è|é|i?ème|eme) ?(?:minutes?\b|(?:mins?|mn)\b(?:\.(?=.))?|(?= ?\+ ?\d))|’(?![\w’]))"
            r"(?: ?\+ ?(?P<added>\d{1,2})(?:’(?!\w))?)?",
            _minute,
            DIGITS,
        ),
        rule(
            "but sur penalty",
            r"minute,? ?(?:s\.?p\.?|SP|sur pen\.?)(?=[ ,;)]|$)",
            "minute sur penalty",
            "sS",
        ),
        rule("but contre son camp", r"minute,? ?(?:c\.?s\.?c\.?|CSC)(?=[ ,;)]|$)", "minute contre son camp", "cC"),
    )
