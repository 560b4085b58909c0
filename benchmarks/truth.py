"""How many false sentences the checker of facts catches, and how many true ones it refuses.

    python benchmarks/truth.py [--count 1000] [--seed 4] [--show KIND] [--missed] [--alarms]

One fact of a true sentence is made false (a figure, a name, a denial, a speaker, a quotation, a date), by code of
its own that knows nothing of the checker. True sentences: those of the articles as printed, and the condenser's.
Data: Tixierae/OrangeSum (CC BY-SA 4.0) and press pages, beside the checkout; what is absent is told and left out.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import orangesum

from audionews.french import sentences, typography
from audionews.model import Article, Label, Line, Span
from audionews.proof.facts import Fault, check

CAPITALS = r"[A-ZÀ-Ý][\w’]+(?:-[A-ZÀ-Ý]\w+)*"
NAME = re.compile(rf"(?:(?<=[a-zà-ÿ,] )|(?<=[ld]’)){CAPITALS}(?: {CAPITALS})*")
FIGURE = re.compile(r"(?<![\w,.-])\d{1,3}(?:[ .]\d{3})+(?![\d,])|(?<![\w,.-])\d+(?:,\d+)?(?![\w,-]|\.\d| \d{3})")
SPELLED = re.compile(
    r"\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|cent)\b(?! et |-|e)"
)
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?= (?:{'|'.join(MONTHS)}))|\b(?P<month>{'|'.join(MONTHS)})\b|\b(?P<week>{'|'.join(DAYS)})\b"
    r"|(?<=en )(?P<year>(?:19|20)\d\d)\b|(?P<hier>\b[Hh]ier\b)"
)
NEGATION = re.compile(
    r"\b(?:(?P<ne>ne )|(?P<n>n’))(?P<verb>(?:[\w’]+ ){1,2}?)(?P<closer>pas|plus|jamais) (?!que |qu’|d[eu’]|encore que)"
)
AFFIRMED = re.compile(
    r"(?<=[a-zà-ÿé] )(?P<aux>a|ont|est|sont|était|avait|sera)(?= (?:été )?\w+(?:é|és|ée|ées|i|u|is)\b)"
)
QUOTED = re.compile(r"« ([^«»]{15,400}) »")
SAID = (
    r"(?:(?:indiqu|déclar|affirm|expliqu|précis|ajout|annonc|estim|assur|rappel|confi|soulign|rapport|racont|regrett|"
    r"dénonc|insist|not|comment|détaill)(?:é|e|ent)|dit|poursuivi|conclu|répondu|écrit|révélé|révèle|prévenu)"
)
SPEAKER = re.compile(
    rf"(?:\b[Ss]elon |\b[Dd]’après |, (?:a |ont )?{SAID} |», (?:a |ont )?{SAID} )"
    rf"(?P<who>(?:(?:les?|la|l’|une?|des) ?)?(?:[\w’-]+ ){{0,3}}?(?:{CAPITALS}(?: {CAPITALS})*|[a-zà-ÿ]+))(?=[,.])"
)
TITLED = re.compile(rf"^(?P<who>{CAPITALS}(?: {CAPITALS})+) (?:a|ont) {SAID} (?:que|qu’)")
OWNERS = ("la police", "le ministre", "le porte-parole", "les syndicats", "le maire", "son avocat", "un témoin")
WORDS = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Case:
    """One true sentence made false."""

    kind: str
    article: Article
    spans: tuple[Span, ...]
    true: str
    false: str


def articles(orange: Path = orangesum.DATA / "orangesum_valid300.jsonl.gz", first: int = 0) -> list[Article]:
    """Read 300 OrangeSum articles from one on, and the press pages."""
    found = []
    if orange.exists():
        for at, one in itertools.islice(enumerate(orangesum.pairs(orange)), first, first + 300):
            found.append(Article(f"orange-{at}", (Line(one.article, Label.BODY),), one.title))
    else:
        print(f"{orange} is absent: left out")
    press = orangesum.DATA / "press_noise_dev.jsonl"
    if press.exists():
        for at, row in enumerate(map(json.loads, press.read_text("utf-8").splitlines())):
            lines = tuple(Line(line["text"], Label(line["label"])) for line in row["lines"])
            found += [Article(f"press-{at}", lines)] * 8  # few pages, but of the kind that is read on air
    else:
        print(f"{press} is absent: left out")
    return found


def printed(article: Article) -> list[tuple[str, tuple[Span, ...]]]:
    return [
        (one, ()) for line in article.body for one in sentences.split(typography.clean(line)) if len(one.split()) > 5
    ]


def condensed(article: Article) -> list[tuple[str, tuple[Span, ...]]]:
    from audionews.condense.choose import condense

    return [(one.text, one.spans) for one in condense(article, 60)]


def fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def shared(one: str, other: str) -> bool:
    return bool(set(fold(one).split()) & set(fold(other).split()))


def swapped(text: str, found: re.Match[str], new: str, group: int | str = 0) -> str:
    return text[: found.start(group)] + new + text[found.end(group) :]


def number(text: str, article: Article, dice: random.Random) -> str | None:
    places = [one for one in FIGURE.finditer(text) if not re.match(rf" (?:{'|'.join(MONTHS)})", text[one.end() :])]
    places += list(SPELLED.finditer(text))
    if not places:
        return None
    place = dice.choice(places)
    whole = " ".join(article.body)
    others = [one for one in FIGURE.findall(whole) if re.sub(r"\D", "", one) != re.sub(r"\D", "", place.group())]
    if place.group().isalpha():
        others = [one for one in SPELLED.findall(whole) if one != place.group()] or ["onze", "treize", "seize"]
        return swapped(text, place, dice.choice(others))
    if others and dice.random() < 0.6:
        return swapped(text, place, dice.choice(others))
    digits = re.sub(r"\D", "", place.group())
    new = str(int(digits) + dice.choice([1, 2, 5, 10, -1, 100])) if dice.random() < 0.5 else digits + "0"
    return swapped(text, place, new) if new.lstrip("0") != digits.lstrip("0") else None


def name(text: str, article: Article, dice: random.Random) -> str | None:
    places = list(NAME.finditer(text))
    if not places:
        return None
    place = dice.choice(places)
    here = [one for one in places if not shared(one.group(), place.group())]
    if here and dice.random() < 0.25:  # two names of the sentence change places
        first, second = sorted([place, dice.choice(here)], key=lambda one: one.start())
        between = text[first.end() : second.start()]
        if len(between.split()) < 3 or "," in between or " et " in between:
            return None  # a list stays true, and so does « Santé publique France »
        return text[: first.start()] + second.group() + between + first.group() + text[second.end() :]
    others = [one for one in NAME.findall(" ".join(article.body)) if not shared(one, place.group())]
    foreign = ["Moussa Doumbia", "Claire Vasseur", "Koutiala", "Hervé Lanoë", "Sogoniko", "Transavance"]
    pool = others if others and dice.random() < 0.7 else foreign
    return swapped(text, place, dice.choice(pool))


def negation(text: str, article: Article, dice: random.Random) -> str | None:  # noqa: ARG001
    outside = QUOTED.sub(lambda found: "§" * len(found.group()), text)
    dropped = list(NEGATION.finditer(outside))
    added = [one for one in AFFIRMED.finditer(outside) if not re.search(r"(?:\b[Nn]e|n’)\s?$", text[: one.start()])]
    if dropped and (not added or dice.random() < 0.6):
        place = dice.choice(dropped)
        verb = text[place.start("verb") : place.end("verb")]
        return text[: place.start()] + verb + text[place.end() :]
    if not added:
        return None
    place = dice.choice(added)
    aux = place["aux"]
    ne = "n’" if aux[0] in "aeoé" else "ne "
    return swapped(text, place, f"{ne}{aux} {dice.choice(['pas', 'pas', 'jamais', 'plus'])}")


def attribution(text: str, article: Article, dice: random.Random) -> str | None:
    found = SPEAKER.search(text) or TITLED.search(text)
    if not found or found["who"] in {"lui", "elle", "eux"} or re.match(r"(?:que|des|les) ", found["who"]):
        return None
    who = found["who"]
    whole = " ".join(article.body)
    others = [one["who"] for one in SPEAKER.finditer(whole)] + NAME.findall(whole) + list(OWNERS)
    others = [one for one in others if not shared(one, who) and one not in {"lui", "elle", "eux"} and len(one) > 3]
    return swapped(text, found, dice.choice(others), "who") if others else None


def quotation(text: str, article: Article, dice: random.Random) -> str | None:
    quotes = [one for one in QUOTED.finditer(text) if len(one[1].split()) >= 3]
    if not quotes:
        return None
    quote = dice.choice(quotes)
    places = list(WORDS.finditer(quote[1]))[1:-1]  # without its first or last word a quotation is shorter, not false
    if not places:
        return None
    place = dice.choice(places)
    others = [one for one in WORDS.findall(" ".join(article.body)) if one.lower() != place.group().lower()]
    new = dice.choice([dice.choice(others), dice.choice(others), "", f"{place.group()} vraiment"])
    words = " ".join((quote[1][: place.start()] + new + quote[1][place.end() :]).split())
    return swapped(text, quote, words, 1)


def moved_date(text: str, article: Article, dice: random.Random) -> str | None:  # noqa: ARG001
    places = list(DATE.finditer(text))
    if not places:
        return None
    place = dice.choice(places)
    kind = place.lastgroup or ""
    old = place.group()
    if kind == "week":
        new = dice.choice([one for one in DAYS if one != old])
    elif kind == "month":
        new = dice.choice([one for one in MONTHS if one != old])
    elif kind == "hier":
        new = "Demain" if old[0] == "H" else "demain"
    elif kind == "day":
        new = str(dice.choice([one for one in range(1, 29) if one != int(old)]))
    else:
        new = str(int(old) + dice.choice([-10, -3, -1, 1, 2]))
    return swapped(text, place, new)


KINDS: dict[str, Callable[[str, Article, random.Random], str | None]] = {
    "nombre": number,
    "nom": name,
    "négation": negation,
    "attribution": attribution,
    "citation": quotation,
    "date": moved_date,
}


def cases(pool: list[tuple[Article, str, tuple[Span, ...]]], count: int, dice: random.Random) -> Iterator[Case]:
    """Make as many false sentences of each kind as the others, as far as the sentences allow."""
    for kind, change in KINDS.items():
        made = 0
        for article, true, spans in dice.sample(pool, len(pool)):
            false = change(true, article, dice)
            if made == count // len(KINDS):
                break
            if false and fold(false) not in fold(" ".join([article.title, *article.body])):
                made += 1
                yield Case(kind, article, spans, true, false)


def measure(
    name_: str, pool: list[tuple[Article, str, tuple[Span, ...]]], options: argparse.Namespace
) -> tuple[Counter[str], Counter[str]]:
    dice = random.Random(options.seed)
    made, caught = Counter[str](), Counter[str]()
    for case in cases(pool, options.count // 2, dice):
        faults = check(case.false, case.article, spans=case.spans)
        made[case.kind] += 1
        caught[case.kind] += bool(faults)
        if (options.missed and not faults) or options.show == case.kind:
            print(f"[{case.kind}] {case.article.id} {faults or 'missed'}")
            print(f"   true:  {case.true}\n   false: {case.false}")
    alarms = Counter[str]()
    started, refused = time.process_time(), 0
    for article, text, spans in pool:
        found: tuple[Fault, ...] = check(text, article, spans=spans)
        refused += bool(found)
        alarms.update({one.kind for one in found})
        if options.alarms and found:
            print(f"[alarm] {article.id} {text}")
            for one in found:
                print(f"      {one.kind}: {one.words} ({one.reason})")
            for span in spans:
                print(f"      > {article.text[span.start : span.end]}")
    spent = 1000 * (time.process_time() - started) / max(1, len(pool))
    print(
        f"\n{name_}: {len(pool)} true sentences, refused {refused} ({100 * refused / len(pool):.1f} %) {dict(alarms)}"
    )
    print(f"{spent:.2f} ms a sentence, articles prepared on the way")
    for kind in KINDS:
        print(
            f"  {kind:12} {made[kind]:4} made {caught[kind]:4} caught {100 * caught[kind] / max(1, made[kind]):5.1f} %"
        )
    return made, caught


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--count", type=int, default=1000)
    reader.add_argument("--seed", type=int, default=4)
    reader.add_argument("--data", type=Path, default=orangesum.DATA / "orangesum_valid300.jsonl.gz")
    reader.add_argument("--first", type=int, default=0, help="the first article that is read")
    reader.add_argument("--articles", type=int, default=0, help="0: 300")
    reader.add_argument("--show", default="", help="print every case of this kind")
    reader.add_argument("--missed", action="store_true", help="print what was not caught")
    reader.add_argument("--alarms", action="store_true", help="print true sentences that were refused")
    reader.add_argument("--only", choices=["printed", "condensed"])
    options = reader.parse_args()
    every = articles(options.data, options.first)
    if options.articles:
        every = random.Random(options.seed).sample(every, options.articles)
    made, caught = Counter[str](), Counter[str]()
    for name_, source in (("as printed", printed), ("condensed", condensed)):
        if options.only and options.only != source.__name__:
            continue
        pool = [(article, text, spans) for article in every for text, spans in source(article)]
        pool = list(dict.fromkeys(pool))
        one, other = measure(name_, pool, options)
        made, caught = made + one, caught + other
    total = sum(made.values())
    print(f"\nboth: {sum(caught.values())} of {total} caught, {100 * sum(caught.values()) / max(1, total):.1f} %")


if __name__ == "__main__":
    main()
