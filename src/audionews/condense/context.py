"""What a sentence is rewritten for: its article, the day it was written and the day it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from audionews.condense.source import Source
from audionews.french import dates

_THIS_DAY = re.compile(
    rf"\b(?:ce|hier,?|aujourd’hui,?) (?P<name>{'|'.join(dates.DAYS)})(?: matin| soir| après-midi)? "
    rf"(?P<number>1er|\d{{1,2}}) (?P<month>{'|'.join(dates.MONTHS)})\b(?: (?P<year>\d{{4}})\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the steps of rewriting may know beside the sentence itself."""

    sources: tuple[Source, ...] = ()  # the whole body, in order
    title: str = ""
    published: date | None = None  # the day the article was written; None when unknown
    day: date | None = None  # the day of the broadcast; None when unknown


@lru_cache(maxsize=1024)
def written(sources: tuple[Source, ...], published: date | None = None, day: date | None = None) -> date | None:
    """Give the day an article was written, when its own words fix it.

    Args:
        sources: the sentences of its body.
        published: the day its page gives, which may be later; None when unknown.
        day: the day of the broadcast; one of the two tells the year of « ce samedi 7 juin ».

    Returns:
        The day of the first « ce samedi 7 juin »; None when none is printed, or its year is not sure.
    """
    near = published or day
    for source in sources:
        for found in _THIS_DAY.finditer(source.text):
            number, month = int(found["number"].rstrip("er")), dates.month_number(found["month"])
            moment = dates.printed(number, month, int(found["year"] or 0), found["name"].lower(), near)
            if moment and not (published and moment > published):
                return moment
    return None
