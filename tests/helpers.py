"""What several tests build: a small station with articles, and jobs on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from audionews.desk.job import Job
from audionews.settings import parse

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "station.toml"
DAY = date(2025, 6, 7)
NOON = datetime(2025, 6, 7, 12, 0, tzinfo=ZoneInfo("Africa/Bamako"))

WATER = """Titre : Une pompe neuve au quartier Plateau
Date : 2025-06-06

Une pompe neuve alimente depuis vendredi 6 juin 1.200 habitants de Bandoula. Le maire Fanta SACKO l’a mise en service.
Le prix du seau de 20 litres reste fixé à 10 Fcfa. Les travaux ont coûté 85 millions de Fcfa et ont duré sept mois.
Awa SISSOKO
Les commerçantes du marché demandent le retour des hangars. Elles disent perdre leurs marchandises à chaque plu.
"""
FOOTBALL = """Titre : L’AS Toula remporte la Coupe du cercle
Date : 2025-06-06
Rubrique : Sport

L’AS Toula a remporté vendredi 6 juin la Coupe du cercle en battant l’Étoile du Plateau 2-1.
La rencontre s’est jouée devant 3.500 spectateurs.
Le vainqueur reçoit 750.000 Fcfa et un jeu de maillots.
Kalifa DICKO
"""


def make_station(folder: Path) -> Path:
    """Write a station with two articles and the silent voice; give its folder."""
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "eau.txt").write_text(WATER, "utf-8")
    (folder / "articles" / "football.txt").write_text(FOOTBALL, "utf-8")
    return folder


def make_job(folder: Path, **changes: Any) -> Job:
    """Give a job on such a station."""
    table = {
        "station": {"name": "Radio Essai", "url": "https://radio.example"},
        "voice": {"engine": "silence"},
        "source": [{"kind": "folder", "path": "articles", "name": "le journal L’Exemple"}],
        # Dozens of tests build; that every file is made is for those of the sound room and of the command line to see.
        "broadcast": {"wav": False},
        "sound": {"light": False},
    }
    job = Job(
        station=parse(table, folder), day=DAY, edition="matin", format="journal", output=folder / "output", now=NOON
    )
    return replace(job, **changes)
