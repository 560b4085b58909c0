"""How an earlier bulletin that was wrong is named on air, and what is said to put it right. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from audionews.french.dates import day_name, spell
from audionews.french.grammar import de
from audionews.model import Rectification, Role, Rundown, Script
from audionews.script import text

WEEK = 7  # days from which on a bulletin is named by its date: « vendredi » alone is the last one
THIS = {"après-midi": "cet après-midi"}  # the others with « ce »

# What a bulletin may be called after « notre » or « nos »; any other title (« Bonjour Bandoula ») is « notre édition ».
_TITLE = re.compile(
    r"(?:le |la |les |l’)?"
    r"(?P<noun>(?P<many>titres|informations|infos|nouvelles|brèves)|journal|flash|magazine|édition|bulletin|point|"
    r"rendez-vous|matinale)(?P<more>(?: [a-zà-ÿ’-]+)*?)"
    r"(?: (?:du|de|de la|de l’) ?(?P<part>matin|midi|mi-journée|après-midi|soir))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rectified:
    """What one bulletin got wrong, as it is said."""

    edition: str  # « notre journal d’hier matin »
    sentences: tuple[str, ...]  # the editor's


def rectified(wrong: Sequence[Rectification], today: date) -> tuple[Rectified, ...]:
    """Put together what is to be put right, by bulletin, in the order given.

    Args:
        wrong: what earlier bulletins got wrong.
        today: the day on which it is said.
    """
    found = []
    for _, group in groupby(wrong, lambda one: one.bulletin):
        every = list(group)
        found.append(Rectified(named(every[0], today), tuple(_sentence(one.text) for one in every)))
    return tuple(found)


def named(wrong: Rectification, today: date) -> str:
    """Name a bulletin by what it is and its day.

    Args:
        wrong: one of its errors.
        today: the day on which it is named.

    Returns:
        « notre journal de ce matin », « notre journal d’hier soir », « notre flash de vendredi midi », « nos titres
        du 28 mai ».
    """
    title = _TITLE.fullmatch(wrong.title.replace("'", "’").partition(",")[0].strip())
    ours, part = "notre édition", (title["part"] or "").lower() if title else ""
    if title:
        ours = f"{'nos' if title['many'] else 'notre'} {title['noun'].lower()}{title['more']}"
    return f"{ours} {de(_moment(wrong.date, 'midi' if part == 'mi-journée' else part, today))}"


def said(rundown: Rundown, script: Script) -> tuple[Rectification, ...]:
    """Give what a script puts right: all that its rundown asks for, none once an editor took the block out."""
    return rundown.rectifications if any(one.role is Role.CORRECTION for one in script.segments) else ()


def _moment(day: date, part: str, today: date) -> str:
    away = (today - day).days
    if away == 0:
        return THIS.get(part, f"ce {part}") if part else "aujourd’hui"
    if 0 < away < WEEK:
        return f"{'hier' if away == 1 else day_name(day)} {part}".strip()
    return f"le {spell(day, year=day.year != today.year).partition(' ')[2]}"


def _sentence(printed: str) -> str:
    """Give an editor's sentence as a line of the script: no mark, and closed."""
    line = text.harmless(printed)
    return line if re.search(r"[.!?…][»”\")\]\s]*$", line) else f"{line}."
