"""A programme of any length to measure sound with: espeak's clips, finished and placed as the product does.

A folder of it holds the clips, the script, the timeline and the sounds; `make` fills it, `load` reads it.
"""

from __future__ import annotations

import itertools
import random
import wave
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from audionews.desk import codec
from audionews.model import Clip, Role, Script, Segment, Timeline
from audionews.sound.notice import Notice

DAY = date(2025, 6, 7)
PAUSE_MS, CLOSING_MS = 550, 7500  # between two sentences, and the closing with its pauses, on average
HEADLINES, SENTENCES, STORIES = 4, 4, 3  # sentences in a story; stories between two stings
ZONE = ZoneInfo("Africa/Bamako")
NOTICE = Notice(
    title="Journal du matin, samedi 7 juin 2025",
    station="Radio de démonstration",
    comment="Voix de synthèse.",
    cover=b"",
    air=datetime(2025, 6, 7, 7, 0, tzinfo=ZONE),
    until=datetime(2025, 6, 8, 7, 0, tzinfo=ZONE),
    name="radio-de-demonstration-2025-06-07-matin",
    page="https://radio.example/episodes/2025-06-07-matin/",
)
WHO = (
    "Le conseil des ministres",
    "La nouvelle station de pompage",
    "Le ministre de la Santé",
    "La campagne de vaccination",
    "Le syndicat des enseignants",
    "Une équipe de quinze médecins",
    "Le marché central",
    "Le gouverneur de la région",
    "La coopérative des maraîchers",
    "L’équipe nationale de football",
    "Le tribunal de grande instance",
    "La bibliothèque municipale",
)
WHAT = (
    "a adopté un projet de loi sur la gestion de l’eau",
    "alimente depuis vendredi dix-huit mille six cents habitants",
    "a reçu deux mille trois cents candidats aux examens",
    "commence lundi dans toutes les communes rurales",
    "a ouvert de nouveau ses portes après six mois de travaux",
    "annonce une baisse du prix du kilo de mil",
    "demande des ralentisseurs et un éclairage public",
    "se prépare à la finale de la coupe, prévue samedi",
    "a présenté un bilan de quarante et un cas confirmés",
    "reste fermée jusqu’à la fin de la saison des pluies",
    "a remis du matériel à dix-neuf centres de santé",
    "a été saisie d’une plainte par les riverains",
)
WHERE = (
    "à la sortie de Kati",
    "dans le quartier du Plateau",
    "près de la frontière",
    "en présence des chefs de village",
    "selon un communiqué publié hier soir",
    "malgré la chaleur de ces derniers jours",
    "au bord du fleuve",
    "pour la troisième année de suite",
    "avec l’appui de plusieurs associations",
    "d’après les commerçants de la place",
    "au lendemain d’une longue réunion",
    "comme le demandaient les habitants",
)


class Programme(NamedTuple):
    """What the sound room is given."""

    script: Script
    timeline: Timeline
    sounds: dict[str, Path]


def sentences(seed: int) -> list[str]:
    """Give 1,728 different sentences, as they are said, in an order of their own for each seed."""
    made = [f"{who} {what}, {where}." for who, what, where in itertools.product(WHO, WHAT, WHERE)]
    random.Random(seed).shuffle(made)
    return made


def length_ms(path: Path) -> int:
    """Give the length of a clip, which is a whole number of milliseconds."""
    with wave.open(str(path), "rb") as clip:
        return clip.getnframes() * 1000 // clip.getframerate()


def make(folder: Path, minutes: int) -> None:
    """Make a programme of about so many minutes: opening, headlines on the bed, stories with stings, closing.

    Args:
        folder: where it goes.
        minutes: its length, within the length of a sentence.
    """
    from audionews.sound import jingles
    from audionews.sound.timeline import arrange
    from audionews.station import SoundChoice
    from audionews.voices.espeak import Espeak
    from audionews.voices.finish import finish

    (folder / "4-clips").mkdir(parents=True)
    sounds = jingles.prepare(SoundChoice(family="sobre"), folder, folder / "cache")
    sizes = jingles.lengths(sounds)
    engine, said = Espeak(Espeak.Options()), itertools.cycle(sentences(minutes))
    segments: list[Segment] = []
    clips: list[Clip] = []
    left = minutes * 60_000 - sizes["jingle"] - sizes["outro"] - CLOSING_MS

    def say(name: str, role: Role, story: str = "") -> None:
        nonlocal left
        one = Segment(name, role, next(said), story)
        path = f"4-clips/{name}.wav"
        (folder / path).write_bytes(finish(engine.speak(one.text)))
        segments.append(one)
        clips.append(Clip(name, path, length_ms(folder / path), one.text, engine.label, ""))
        left -= clips[-1].duration_ms + PAUSE_MS

    say("ouverture-1", Role.OPENING)
    for number in range(1, HEADLINES + 1):
        say(f"titre-s{number}-1", Role.HEADLINE, f"s{number}")
    for number in itertools.count(1):
        if left < 0:
            break
        if number % STORIES == 1:
            segments.append(Segment(f"virgule-{number}", Role.STING))
            left -= sizes["sting"]
        for at in range(1, SENTENCES + 1):
            if left >= 0:
                say(f"sujet-s{number}-{at}", Role.STORY, f"s{number}")
    say("fermeture-1", Role.CLOSING)
    script = Script("2025-06-07-matin", "Journal du matin", DAY, tuple(segments))
    titles = {one.story: one.text for one in segments if one.story}
    codec.save(folder / "script.json", script)
    codec.save(folder / "timeline.json", arrange(script, tuple(clips), sizes, titles))
    codec.save(folder / "sounds.json", {name: str(path) for name, path in sounds.items()})


def load(folder: Path) -> Programme:
    """Read what `make` has made."""
    sounds = codec.load(folder / "sounds.json", dict[str, str])
    return Programme(
        codec.load(folder / "script.json", Script),
        codec.load(folder / "timeline.json", Timeline),
        {name: Path(path) for name, path in sounds.items()},
    )
