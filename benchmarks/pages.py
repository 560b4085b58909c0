"""Press pages put together from the articles of OrangeSum, each line with its true label.

A made page has what pages of the press have: a title or a caption on top or none, a chapô and a signature above the
text or none, the article in the paragraphs of its site, some without their full stop or with a quotation left open,
boilerplate anywhere, one or two signatures or none, and up to eight openings of other articles, on any topic or on the
article's own, cut as sites cut them or complete.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from orangesum import GLUED

from audionews.french import sentences

Page = list[tuple[str, str]]  # label, line


@dataclass(frozen=True)
class Story:
    """An article as its site prints it: `lead` stands above the paragraphs, or on other pages only."""

    title: str
    lead: str
    paragraphs: tuple[str, ...]


class Habits(NamedTuple):
    """How a page is built: the chance of each of its parts."""

    signed: float = 0.5
    topped: float = 0.2  # a signature above the text
    boilerplate: float = 0.3
    alike: float = 0.25  # teasers on the article's own topic
    brief: float = 0.2  # one paragraph only
    bare: float = 0.1  # no teasers


FIRST = (
    *("Awa", "Moussa", "Jean-Pierre", "Fatoumata", "Anne", "Ousmane", "Kadiatou", "Ibrahima", "Salif", "Mariam"),
    *("Boubacar", "Aïssata", "N’Faly", "Gérard", "Chloé", "Issa", "Adama", "Youssouf", "Hélène", "Dramane", "Paul"),
    *("Rokia", "Mory"),
)
LAST = (
    *("Keïta", "Sidibé", "N’Diaye", "Coulibaly", "Goïta", "Ouédraogo", "Touré", "Diarra", "Martin", "Lefèvre"),
    *("Traoré", "Sow", "Bâ", "Kouyaté", "Zongo", "Haïdara", "Maïga", "Doumbia", "Sangaré", "Dembélé"),
)
TOWNS = ["Bandoula", "Ségou", "Mopti", "Kayes", "Gao", "Sikasso", "Kita", "Dakar", "Niamey"]
ABOVE = (
    "Accueil > Société > {title}",
    "Publié le 7 juin 2025 à 10h12",
    "Mis à jour le 12/03/2024",
    "samedi 7 juin 2025",
    "Temps de lecture : 3 min",
    "Partager sur Facebook",
    "Facebook Twitter WhatsApp Telegram",
    "Photo : DR",
    "Crédit photo : Agence",
    "© Tous droits réservés",
    "Écouter cet article",
    "1 234 vues",
    "Imprimer",
    "Politique",
)
AMONG = (
    "Lire aussi : {title}",
    "À lire aussi >> {title}",
    "LIRE AUSSI {title}",
    "A lire également : {title}",
    "Publicité",
    "La suite après cette publicité",
    "Photo : DR",
    "© AFP",
    "Partager",
    "Abonnez-vous à notre newsletter",
    "Suivez-nous sur WhatsApp",
    "Voir aussi : {title}",
)
BELOW = (
    *AMONG[4:10],
    "Mots-clés : économie, marché, commerce",
    "Tags : politique, élections",
    "Articles similaires",
    "Lire aussi",
    "Sur le même sujet",
    "Dans la même rubrique",
    "À lire également",
    "Laisser un commentaire",
    "0 commentaire",
    "Tous droits réservés © 2025",
    "Reproduction interdite sans autorisation",
    "Rejoignez notre chaîne WhatsApp",
    "Partager cet article",
    "Article précédent",
    "Article suivant",
    "Vous aimerez aussi",
    "Facebook",
    "WhatsApp",
    "Les plus lus",
)
CAPTIONS = (
    "{first} {last} (au centre) lors de la cérémonie",
    "De gauche à droite : {first} {last}, le maire de {town}, et {first} {last}",
    "Une vue des participants à la rencontre",
    "Vue partielle de l’assistance.",
    "Photo de famille des participants",
    "Le directeur {first} {last} remettant le prix à la lauréate",
    "{first} {last} s’est entretenu avec les habitants de {town}",
    "Le ministre (à droite) pose avec les lauréats à la fin de la cérémonie",
    "{first} {last}, directeur général",
)


def stories(path: Path) -> list[Story]:
    """Read the articles of an OrangeSum file as their pages print them; the crawl's lost line ends are put back."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    found = []
    for row in rows:
        text = " ".join(row["article"].split())
        paragraphs = tuple(one.strip() for one in GLUED.sub("\n", text).split("\n") if len(one.strip()) > 40)
        if paragraphs:
            found.append(Story(" ".join(row["title"].split()).rstrip(". "), row["abstract"].strip(), paragraphs))
    return found


class Press:
    """All stories, and for each those on its topic."""

    def __init__(self, of: Sequence[Story]) -> None:
        """Index the rare words of the leads."""
        self.stories = list(of)
        seen: Counter[str] = Counter()
        self._words = [self._rare(one) for one in self.stories]
        for words in self._words:
            seen.update(words)
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for at, words in enumerate(self._words):
            for word in words:
                if seen[word] <= 30:
                    self._places[word].append(at)

    @staticmethod
    def _rare(story: Story) -> set[str]:
        return set(re.findall(r"\w{5,}", f"{story.title} {story.lead} {story.paragraphs[0]}".lower()))

    def alike(self, at: int, count: int) -> list[int]:
        """Give the stories that share most rare words with one, best first."""
        shared: Counter[int] = Counter()
        for word in self._words[at]:
            shared.update(one for one in self._places.get(word, ()) if one != at)
        return [one for one, times in shared.most_common(count) if times >= 3]


def name(dice: random.Random, capitals: bool) -> str:
    last = dice.choice(LAST)
    return f"{dice.choice(FIRST)} {last.upper() if capitals else last}"


def signature(dice: random.Random, above: bool = False) -> list[str]:
    one, two = name(dice, True), name(dice, True)
    soft = name(dice, False)
    initials = "".join(part[0] + "." for part in one.split())
    town = dice.choice(TOWNS)
    if above:
        by = [f"Par {soft}", f"Par {one}", f"Par {soft} - {town}"]
        return [dice.choice([*by, *by, one, soft])]
    several = ([one], [f"Amap-{town}"])
    return dice.choice(
        [
            *[[one]] * 7,
            [soft],
            [soft],
            [f"Par {one}"],
            [f"{one} (Amap)"],
            [f"{one}/Amap-{town}"],
            ["La Rédaction"],
            ["Rédaction Lessor"],
            ["AFP"],
            ["(AMAP)"],
            ["Source : AFP"],
            [f"Amap-{town}"],
            [initials],
            [f"{initials[:2]} {one.split()[-1]}"],
            [f"{one} et {two}"],
            [one, two],
            [f"{one}, {two}"],
            [f"Propos recueillis par {one}"],
            ["Propos recueillis par", one],
            [f"{one}."],
            [one, "Amap-Ségou"],
            [f"{one}, envoyé spécial à {town}"],
            [*several[0], *several[1]],
        ]
    )


def teaser(story: Story, dice: random.Random, style: float) -> str:
    """Cut the opening of another article as sites do: most at 290 characters, a point added.

    `style` below 1 tells how; each site has its own.
    """
    opening = story.lead if dice.random() < 0.5 else " ".join((story.lead, *story.paragraphs[:2]))
    if dice.random() < 0.15:  # a page that lost its lead
        opening = " ".join(story.paragraphs[:2])
    split = sentences.split(opening)
    point = f"{opening[: dice.choice([290, 290, 290, 288, 285])]}."
    whole = " ".join(split[: dice.randint(1, 2)])
    whole = whole if len(whole) < 330 else point
    dotted = opening[: dice.choice([90, 120, 150, 200, 250])].rsplit(" ", 1)[0]
    styles = (
        (0.55, point),
        (0.75, whole),
        (0.8, f"{split[0]}." if len(split[0]) < 290 else point),
        (0.9, dotted + dice.choice(["...", "…", " […]", " ..."])),
        (0.93, "-."),
        (0.97, story.title),
        (1.0, opening[: dice.randint(15, 280)].strip()),
    )
    return next(line for below, line in styles if style < below)


def paragraphs(story: Story, dice: random.Random, habits: Habits) -> list[str]:
    own = list(story.paragraphs)
    if dice.random() < 0.5:  # sites that print longer paragraphs
        size = dice.randint(2, 3)
        own = [" ".join(own[at : at + size]) for at in range(0, len(own), size)]
    elif dice.random() < 0.4:  # … and a line for each sentence
        own = [sentence for one in own for sentence in sentences.split(one)]
    if dice.random() < habits.brief:
        own = [" ".join(sentences.split(own[0])[: dice.randint(1, 4)])]
    elif dice.random() < 0.4:
        own = own[: dice.randint(1, len(own))]
    if len(own) > 1 and dice.random() < 0.25:
        at = dice.choice([dice.randrange(1, len(own)), len(own) - 1])
        own[at] = own[at].rstrip(". ")
    if dice.random() < 0.1:
        at = dice.randrange(len(own))
        own[at] = own[at].replace(" »", "", 1).replace("»", "", 1) if "»" in own[at] else own[at].replace('"', "«", 1)
    if dice.random() < 0.2:  # the typing of the press
        at = dice.randrange(len(own))
        own[at] = own[at].rstrip(".") + dice.choice(["..", " .", "...", "…"])
    return own


def made(press: Press, at: int, dice: random.Random, habits: Habits) -> tuple[Page, str]:
    """Make one page of a story; give its lines and the title its file gives ("" for most)."""
    story = press.stories[at]
    some = press.stories[dice.randrange(len(press.stories))]
    page: Page = []
    title = story.title if dice.random() < 0.3 else ""
    dressed = dice.random() < habits.boilerplate

    def fixed(lines: Sequence[str]) -> None:
        if dressed and dice.random() < 0.5:
            page.append(("boilerplate", dice.choice(lines).format(title=some.title)))

    fixed(ABOVE)
    if title and dice.random() < 0.3:
        page.append(("caption", title))
    if dice.random() < 0.4:
        plain = not re.search(r"[.!?…]", story.title)
        line = story.title if plain and dice.random() < 0.5 else dice.choice(CAPTIONS)
        page.append(("caption", line.format(first=dice.choice(FIRST), last=dice.choice(LAST), town=dice.choice(TOWNS))))
    topped = dice.random() < habits.topped
    if topped:
        if dice.random() < 0.5:
            page.append(("chapo", story.lead))
        page += [("byline", one) for one in signature(dice, above=True)]
        fixed(ABOVE)
    own = paragraphs(story, dice, habits)
    if not topped and dice.random() < 0.3:
        own.insert(0, story.lead)
    for number, one in enumerate(own):
        page.append(("body", one))
        if number and number < len(own) - 1 and dice.random() < 0.3:
            fixed(AMONG)
    if dice.random() < habits.signed:
        page += [("byline", one) for one in signature(dice)]
    alike, style = press.alike(at, 12), dice.random()
    others = 0 if dice.random() < habits.bare else dice.randint(1, 8)
    for _ in range(others):
        fixed(BELOW)
        near = alike and dice.random() < habits.alike
        other = press.stories[dice.choice(alike) if near else dice.randrange(len(press.stories))]
        line = teaser(other, dice, style if dice.random() < 0.7 else dice.random())
        if other is not story and line.strip():
            page.append(("teaser", line))
    fixed(BELOW)
    return [(label, line.strip()) for label, line in page if line.strip()], title
