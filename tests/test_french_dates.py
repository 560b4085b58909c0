"""Dates as printed, and sentences that are true on one day only."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.french.dates import day_name, is_relative, month_number, printed, spell, weekday_near


def test_a_date_as_the_press_prints_it() -> None:
    assert day_name(date(2025, 6, 7)) == "samedi"
    assert spell(date(2025, 6, 7)) == "samedi 7 juin 2025"
    assert spell(date(2025, 6, 1), year=False) == "dimanche 1er juin"


@pytest.mark.parametrize(
    "sentence",
    [
        "Le constat a été fait hier.",
        "Hier vendredi, l’armée a frappé.",
        "Il est arrivé avant-hier.",
        "Aujourd’hui, les prix baissent.",
        "Il part demain.",
        "Le marché a ouvert ce matin.",
        "Elle parle cet après-midi.",
        "Un communiqué publié ce jeudi l’annonce.",
        "Ce samedi, la route rouvre.",
        "Le vote a eu lieu lundi dernier.",
        "Réuni mardi, le Conseil a tranché.",
        "Lundi, le ministre a parlé.",
        "La récolte commence la semaine prochaine.",
        "Le mois dernier, dix puits ont été creusés.",
        "L’année dernière fut sèche.",
        "Cette semaine, la rentrée a lieu.",
        "Cette année, il pleut.",
        "Il l’a dit le 28 novembre dernier.",
        "En mars dernier, la crue a tout pris.",
        "Ces derniers jours, il fait chaud.",
        "Au cours des trois derniers mois, rien.",
        "Il y a deux semaines, le pont a cédé.",
        "La nuit de dimanche à lundi a été calme.",
        "Le budget de l’année en cours est voté.",
    ],
)
def test_true_on_the_day_of_writing_only(sentence: str) -> None:
    assert is_relative(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "La réunion a eu lieu ce samedi 7 juin.",
        "Il est né ce jeudi 27 novembre 2025.",
        "Le jeudi matin 3 juin, il pleuvait.",
        "Vendredi 5 décembre 2025, la séance s’ouvre.",
        "Le lundi, le marché est fermé.",
        "Le service est ouvert du lundi au vendredi.",
        "Il l’a dit récemment.",
        "Ce matin-là, il pleuvait.",
        "Le dernier jour fut long.",
        "Il y a vingt ans, la ville était petite.",
        "La semaine de la culture s’ouvre à Ségou.",
        "Ces dernières années, il pleut moins.",
        "",
    ],
)
def test_true_on_any_day(sentence: str) -> None:
    assert not is_relative(sentence)


def test_a_month_is_known_however_it_is_typed() -> None:
    assert [month_number(name) for name in ("janvier", "Aout", "DÉCEMBRE", "lundi")] == [1, 8, 12, 0]


def test_the_nearest_day_of_a_name() -> None:
    saturday = date(2025, 6, 7)
    assert weekday_near(saturday, "jeudi", back=True) == date(2025, 6, 5)
    assert weekday_near(saturday, "samedi", back=True) == saturday
    assert weekday_near(saturday, "samedi", back=True, itself=False) == date(2025, 5, 31)
    assert weekday_near(saturday, "samedi", back=False, itself=False) == date(2025, 6, 14)


def test_a_printed_day_is_a_date_when_its_year_is_sure() -> None:
    assert printed(7, 6, 2025) == date(2025, 6, 7)
    assert printed(7, 6, 0, "samedi", near=date(2025, 6, 20)) == date(2025, 6, 7)
    assert printed(28, 12, 0, near=date(2026, 1, 3)) == date(2025, 12, 28)
    assert printed(7, 6, 0, "samedi") is None
    assert printed(7, 6, 0, "mardi", near=date(2025, 6, 20)) is None
    assert printed(31, 2, 2025) is None


def test_blanks_and_apostrophes_do_not_matter() -> None:
    assert is_relative("Ce\u00a0jeudi, il pleut")
    assert is_relative("aujourd'hui")
    assert not is_relative("ce samedi\u00a07\u00a0juin")


@settings(deadline=None, max_examples=50)
@given(st.dates())
def test_a_printed_date_is_never_relative(day: date) -> None:
    assert not is_relative(spell(day))
    assert not is_relative(f"Ce {spell(day, year=False)}, il pleut.")
