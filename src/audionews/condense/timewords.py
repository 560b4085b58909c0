"""The words of time a sentence may hold, and what each becomes on the day of the broadcast. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from audionews.condense import quotation, when
from audionews.condense.surface import Line
from audionews.condense.tables import word_set
from audionews.french import dates
from audionews.french.syntax import Tree

_DAY = rf"(?P<name>{'|'.join(dates.DAYS)})"
_MONTH = rf"(?P<month>{'|'.join(dates.MONTHS)}|fevrier|aout|decembre)"
_PART = r"(?:\s(?P<part>matin|midi|soir|après-midi|dans\sla\s(?:matinée|soirée|nuit)))?"
_NEAR = r"(?P<near>derni(?:er|ère)|pass[ée]e?|prochaine?|courant)"
_UNIT = r"(?:jours?|semaines?|mois|heures?)"

_THIS_DAY = 3  # days: « ce dimanche » is no longer said of one before

DROP = ""
Outcome = str | None  # what is said instead; DROP; None: neither is possible


@dataclass(frozen=True, slots=True)
class Scene:
    """What a date is seen from."""

    text: Line
    tree: Tree
    wrote: date | None  # the day of writing
    day: date | None  # the day of the broadcast

    def tense(self, found: re.Match[str]) -> str:
        """Tell whether the verb near a date tells what was or what will be."""
        token = self.text.words[self.text.place(found.start())].token
        return when.tense(self.tree, token) if token >= 0 else when.UNSURE

    def said(self, moment: date, part: str = "", number: bool = True) -> Outcome:
        """Say a date on the day of the broadcast; None for what was to come then and is past now."""
        if self.wrote and self.day and self.wrote < moment < self.day:
            return None
        if moment == self.day:
            return f"ce {dates.day_name(moment)}" + (f" {part}" if part in {"matin", "midi", "soir"} else "")
        seen = self.day or self.wrote
        text = dates.spell(moment, year=seen is not None and moment.year != seen.year) if number else ""
        return text + {"matin": " au matin", "soir": " au soir", "après-midi": " dans l’après-midi"}.get(part, "")


def _dated(found: re.Match[str], scene: Scene) -> Outcome:
    """Resolve a printed date: « ce samedi 7 juin », « le 28 novembre dernier »."""
    lead, name, near = (found["lead"] or "").lower().strip(), (found["name"] or "").lower(), found["near"]
    number, month, year = int(found["number"].rstrip("er")), dates.month_number(found["month"]), found["year"]
    moment = dates.printed(number, month, int(year or 0), name, scene.wrote or scene.day)
    if near and moment and scene.wrote:
        moment = _turned(moment, number, month, scene.wrote, back=not near.startswith("prochain"))
    if moment is None:
        return None if lead.startswith("ce") and scene.day and name else _kept(found, found["year"] or "")
    told = scene.said(moment)
    if told is None or (not scene.wrote and scene.day and moment < scene.day and _to_come(found, scene)):
        return None
    free = bool(name) and not lead and scene.text.before(found.start()) not in word_set("moments", "before_day")
    if lead.startswith(("ce", "aujourd", "demain")) or "hier" in lead or (free and moment == scene.day):
        return told + (f" {found['part']}" if found["part"] and told.startswith("ce ") and " " not in told[3:] else "")
    year = str(moment.year) if near and scene.day and moment.year != scene.day.year else found["year"] or ""
    return _kept(found, "" if scene.day and year == str(scene.day.year) else year)


def _kept(found: re.Match[str], year: str) -> str:
    """Give a printed date without what is true on the day of writing only."""
    words = [(found["lead"] or "").strip() if (found["lead"] or "").lower().strip() == "le" else ""]
    words += [found["name"] or "", found["part"] or "", found["number"], found["month"], year]
    return " ".join(filter(None, words))


def _turned(moment: date, number: int, month: int, wrote: date, back: bool) -> date:
    """Give the last day of this number and month before a date, or the next after it."""
    tries = [dates.printed(number, month, wrote.year + more) for more in (-1, 0, 1)]
    fitting = [one for one in tries if one and (one <= wrote if back else one >= wrote)]
    return (max(fitting) if back else min(fitting)) if fitting else moment


def _to_come(found: re.Match[str], scene: Scene) -> bool:
    return scene.tense(found) == when.FUTURE


def _near_day(found: re.Match[str], scene: Scene) -> Outcome:
    """Resolve « hier », « demain soir », « avant-hier », « hier vendredi »."""
    word = found["word"].lower()
    if not scene.wrote:
        return DROP if "hier" in word else None
    away = {"avant-hier": -2, "hier": -1, "demain": 1, "après-demain": 2}[word]
    moment = scene.wrote + timedelta(away)
    if found["name"] and found["name"].lower() != dates.day_name(moment):
        return None
    return scene.said(moment, (found["part"] or "").lower())


def _today(found: re.Match[str], scene: Scene) -> Outcome:
    """Resolve « aujourd’hui », « ce matin », « ce jour »: of that day with a past verb, else mere « nowadays »."""
    part = next((one for one in ("matin", "midi", "soir", "après-midi") if one in found[0].lower()), "")
    apart = scene.text.before(found.start()) == ","  # « X, aujourd’hui député, »
    vague = "aujourd" in found[0].lower() and (apart or scene.tense(found) != when.PAST)
    return scene.said(scene.wrote, part) if scene.wrote and not vague else DROP


def _weekday(found: re.Match[str], scene: Scene) -> Outcome:
    """Resolve « jeudi », « ce jeudi », « lundi dernier », « samedi prochain »."""
    if _is_habit(found, scene.text):
        return found[0]
    if not scene.wrote or _is_paired(found, scene.text.text):
        open_ = found["near"] == "prochain" or scene.tense(found) == when.FUTURE
        return None if open_ or _is_paired(found, scene.text.text) else DROP
    name, this, part = found["name"].lower(), bool(found["this"]), (found["part"] or "").lower()
    if this and name == dates.day_name(scene.wrote):
        return scene.said(scene.wrote, part)
    tense = _tense_of_day(found, scene)
    if not tense:
        return DROP if tense == when.UNSURE else None
    moment = dates.weekday_near(scene.wrote, name, back=tense == when.PAST, itself=not found["near"])
    return None if this and scene.wrote - moment > timedelta(_THIS_DAY) else scene.said(moment, part)


def _tense_of_day(found: re.Match[str], scene: Scene) -> str | None:
    """Tell on which side of the day of writing a weekday lies; None when its clause would be misread."""
    near, ahead = found["near"] or "", scene.text.before(found.start())
    if near:
        return when.PAST if near.startswith(("derni", "pass")) else when.FUTURE
    tense = scene.tense(found)
    if tense == when.UNSURE and ahead == "depuis":
        return when.PAST
    if tense == when.PAST and ahead in word_set("moments", "aims"):
        return None  # « reportait à lundi »
    itself = scene.wrote and found["name"].lower() == dates.day_name(scene.wrote)
    return when.UNSURE if tense == when.FUTURE and itself else tense


def _is_paired(found: re.Match[str], text: str) -> bool:
    """Tell whether a day goes with another: « mercredi et jeudi »."""
    names = "|".join(dates.DAYS)
    behind = re.match(rf"\s(?:et|ou|à)\s(?:{names})\b", text[found.end() :], re.IGNORECASE)
    return bool(behind or re.search(rf"(?:{names})\s(?:et|ou|à)\s$", text[: found.start()], re.IGNORECASE))


def _is_habit(found: re.Match[str], text: Line) -> bool:
    """Tell whether a day is any such day: « le lundi », « chaque jeudi », « du lundi au vendredi »."""
    ahead = text.text[max(0, found.start() - 14) : found.start()].lower().replace("’", " ").split()
    return (
        bool(ahead) and ahead[-1] in {"le", "les", "un", "du", "au", "chaque", "tous", "quelque"} and not found["near"]
    )


def _night(found: re.Match[str], scene: Scene) -> Outcome:
    """Resolve « la nuit de lundi à mardi »."""
    first, second = found["name"].lower(), found["second"].lower()
    tense = scene.tense(found)
    if not scene.wrote or tense != when.PAST:
        return DROP if found["in"] else None
    end = dates.weekday_near(scene.wrote, second, back=True)
    begin = dates.weekday_near(end, first, back=True, itself=False)
    if end - begin != timedelta(1):
        return None
    month = f" {dates.MONTHS[begin.month - 1]}" if begin.month != end.month else ""
    number = "1er" if begin.day == 1 else str(begin.day)
    return f"{found['in'] or ''}la nuit du {first} {number}{month} au {dates.spell(end, year=False)}"


def _month(found: re.Match[str], scene: Scene) -> Outcome:
    """Resolve « en mars dernier », « septembre prochain »."""
    name, back = found["month"], not found["near"].startswith("prochain")
    if not scene.wrote:
        return name
    month = dates.month_number(name)
    year = scene.wrote.year - (month >= scene.wrote.month if back else -(month <= scene.wrote.month))
    seen = scene.day or scene.wrote
    if not back and (year, month) < (seen.year, seen.month):
        return None
    return name if year == seen.year else f"{name} {year}"


def _year(found: re.Match[str], scene: Scene) -> Outcome:
    """Resolve « cette année », « l’an dernier », « l’année prochaine », « l’année en cours »."""
    text = found[0].lower()
    if not scene.wrote:
        return None if "prochain" in text else DROP
    away = -1 if "derni" in text or "pass" in text or "écoul" in text else 1 if "prochain" in text else 0
    year = scene.wrote.year + away
    if away == 1 and scene.day and scene.day.year >= year:
        return None
    if scene.text.before(found.start()) in word_set("moments", "takes_year"):
        return str(year)
    token = scene.text.words[scene.text.span(found.start(), found.end())[1] - 1].token
    subject = token >= 0 and any(
        one.dep.startswith("nsubj") for one in scene.tree.tokens[max(0, token - 1) : token + 1]
    )
    if subject or scene.text.before(found.start()) in word_set("moments", "holds"):
        return None
    return f"en {year}"


def _ago(found: re.Match[str], scene: Scene) -> Outcome:
    """Resolve « il y a trois jours », « dans deux jours »; longer times are told too loosely to be dated."""
    count = {"un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6}.get(found["count"].lower(), 0)
    count = count or (int(found["count"]) if found["count"].isdigit() else 0)
    if not scene.wrote or not count or not found["unit"].startswith("jour") or found["about"]:
        return DROP
    return scene.said(scene.wrote + timedelta(-count if found["past"] else count))


def _left_out(found: re.Match[str], scene: Scene) -> Outcome:
    """Leave out what is told too loosely to be dated; what is to come only while it surely still is."""
    if scene.wrote and scene.day and scene.day - scene.wrote <= timedelta(1):
        return DROP
    return None if "prochain" in found[0].lower() or scene.tense(found) == when.FUTURE else DROP


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Scene], Outcome]], ...] = (
    (
        _pattern(
            rf"""(?<![\w-])(?P<lead>(?:ce|le|hier|aujourd’hui|demain),?\s)?(?:{_DAY}{_PART}\s)?
            (?P<number>1er|\d{{1,2}})\s{_MONTH}\b(?:\s(?P<year>\d{{4}})\b)?(?:\s{_NEAR}\b)?"""
        ),
        _dated,
    ),
    (
        _pattern(
            rf"(?<![\w-])(?P<in>dans\s)?la\snuit\s(?:de|du)\s{_DAY}\s(?:à|au)\s(?P<second>{'|'.join(dates.DAYS)})\b"
        ),
        _night,
    ),
    (_pattern(rf"(?<![\w-])(?P<word>avant-hier|hier|après-demain|demain)\b(?!-)(?:,?\s{_DAY}\b)?{_PART}"), _near_day),
    (
        _pattern(
            r"""(?<![\w-])(?:aujourd’hui(?:\sencore)?|ce\s(?:matin|midi|soir)\b(?!-)|cet(?:te)?\saprès-midi\b(?!-)
            |(?:en\s)?(?<!à\s)ce\sjour\b(?!-))"""
        ),
        _today,
    ),
    (
        _pattern(
            rf"(?<![\w-])(?P<this>ce\s)?{_DAY}\b(?!-)(?!\s(?:saint|gras|noir|premier|1er|\d)){_PART}(?:\s{_NEAR}\b)?"
        ),
        _weekday,
    ),
    (_pattern(rf"(?<![\w-]){_MONTH}\s{_NEAR}\b"), _month),
    (
        _pattern(
            r"""(?<![\w-])(?:cette\sannée\b(?!-)|l’an(?:née)?\s(?:derni(?:er|ère)|pass[ée]e?|prochaine?|en\scours)\b)"""
        ),
        _year,
    ),
    (
        _pattern(
            rf"""(?<![\w-])(?:(?P<past>il\sy\sa)|(?<!\w)dans)\s(?P<about>environ\s|près\sde\s|quelque\s|plus\sde\s)?
            (?P<count>\d{{1,2}}|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quelques|plusieurs)
            \s(?P<unit>{_UNIT})\b(?!\s(?:de|d’|du|où|qu[ei’]))"""
        ),
        _ago,
    ),
    (
        _pattern(
            rf"""(?<![\w-])(?:
              (?:(?:la\ssemaine|le\smois|le\sweek-end|le\strimestre|l’été|l’hiver|la\snuit|la\ssaison)
                 \s(?:derni(?:er|ère)|pass[ée]e?|prochaine?|écoulée?|en\scours))\b
            | (?:cette\s(?:semaine|nuit)|ce\s(?:mois|week-end|trimestre|semestre|printemps)|cet\s(?:été|hiver|automne))
                 \b(?:-ci\b)?(?!-)
            | (?:(?:au\scours\sde\s|dans\s|durant\s|pendant\s|depuis\s|lors\sde\s|au\scours\s)
                 (?:ces|les|des)|ces)\s(?:tout\s)?
                 (?:\w+\s)?(?:derni|proch)(?:ers|ères|ains|aines)\s(?:\w+\s)?{_UNIT}\b
            | depuis\s(?:un|une|deux|trois|quatre|cinq|six|sept|huit|dix|quelques|plusieurs|\d{{1,2}})\s
                 (?:jours?|semaines?|heures?)\b
            | tout\sà\sl’heure | à\sl’instant | à\sce\sjour | à\sl’heure\sactuelle
            | la\sveille\b(?!\s(?:du|de|d’|des)\b)(?:\sau\ssoir)? | le\slendemain\b(?!\s(?:du|de|d’|des)\b)
            )"""
        ),
        _left_out,
    ),
)


def found_in(text: str) -> Iterator[tuple[re.Match[str], Callable[[re.Match[str], Scene], Outcome]]]:
    """Give the moments a sentence names outside quotation marks, in order, each once, with what resolves it."""
    taken = [found.span() for found in re.finditer(quotation.ANY, text)]
    every: list[tuple[re.Match[str], Callable[[re.Match[str], Scene], Outcome]]] = []
    for pattern, resolve in _PATTERNS:
        for found in pattern.finditer(text):
            if not any(start < found.end() and found.start() < end for start, end in taken):
                taken.append(found.span())
                every.append((found, resolve))
    return iter(sorted(every, key=lambda one: one[0].start()))
