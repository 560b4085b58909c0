"""Relative dates on air: resolved, dropped, or the sentence is not read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.condense.context import Context, written
from audionews.condense.draft import draft, printed
from audionews.condense.moments import resolved
from audionews.condense.source import Source
from audionews.french.dates import day_name, is_relative
from audionews.french.parse import parse

SATURDAY = date(2025, 6, 7)
SUNDAY = date(2025, 6, 8)


def said(text: str, published: date | None = SATURDAY, day: date | None = SUNDAY) -> str | None:
    tree = parse(text)
    found = resolved(draft(tree), tree, Context((), "", published, day))
    return None if found is None else printed(found)


def source(text: str) -> Source:
    return Source(text, 0, 0, tuple(range(len(text))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La route a été ouverte ce samedi 7 juin par le maire.", "La route a été ouverte samedi 7 juin par le maire."),
        ("Hier, le maire a ouvert la route.", "Vendredi 6 juin, le maire a ouvert la route."),
        ("Le maire a reçu hier vendredi les élèves.", "Le maire a reçu vendredi 6 juin les élèves."),
        ("Le prix publié jeudi par la mairie baisse.", "Le prix publié jeudi 5 juin par la mairie baisse."),
        ("La réunion d’hier a duré deux heures.", "La réunion du vendredi 6 juin a duré deux heures."),
        ("Le 28 novembre dernier, le pont a cédé.", "Le 28 novembre 2024, le pont a cédé."),
        ("Le pont a cédé en mars dernier.", "Le pont a cédé en mars."),
        ("La foire aura lieu samedi prochain à Bandoula.", "La foire aura lieu samedi 14 juin à Bandoula."),
        ("Le train part demain de Bandoula.", "Le train part ce dimanche de Bandoula."),
        ("L’an dernier, la récolte a baissé.", "En 2024, la récolte a baissé."),
        ("Les prix ont baissé cette année de 3 %.", "Les prix ont baissé en 2025 de 3 %."),
        ("Le maire a parlé il y a trois jours.", "Le maire a parlé mercredi 4 juin."),
        ("Le pont a cédé dans la nuit de lundi à mardi.", "Le pont a cédé dans la nuit du lundi 2 au mardi 3 juin."),
        ("En 2024, la récolte a baissé.", "En 2024, la récolte a baissé."),
        ("Il parle mardi 27 et mercredi 28 février.", "Il parle mardi 27 et mercredi 28 février."),
        ("Le lundi, le marché est fermé.", "Le lundi, le marché est fermé."),
    ],
)  # fmt: skip
def test_a_relative_date_becomes_a_date(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La route a été ouverte ce samedi 7 juin.", "La route a été ouverte ce samedi."),
        ("Ce matin, le maire a ouvert la route.", "Ce samedi matin, le maire a ouvert la route."),
        ("Le maire a annoncé aujourd’hui une hausse.", "Le maire a annoncé ce samedi une hausse."),
    ],
)
def test_the_day_of_the_broadcast_is_named_so(text: str, expected: str) -> None:
    assert said(text, day=SATURDAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La semaine dernière, dix puits ont été creusés.", "Dix puits ont été creusés."),
        ("Ils vivent aujourd’hui à Bandoula.", "Ils vivent à Bandoula."),
        ("Aujourd’hui, la ville compte cent puits.", "La ville compte cent puits."),
    ],
)
def test_what_is_told_loosely_leaves(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Le vote est prévu vendredi.",  # the article does not tell which day it was written
        "La foire aura lieu demain à Bandoula.",
        "La réunion d’hier a duré deux heures.",
    ],
)
def test_without_the_day_of_writing_a_date_that_matters_is_not_guessed(text: str) -> None:
    assert said(text, published=None) is None


def test_without_the_day_of_writing_a_mere_date_leaves() -> None:
    assert said("Hier, le maire a ouvert la route.", published=None) == "Le maire a ouvert la route."
    assert said("Le maire l’a dit samedi 7 juin.", published=None) == "Le maire l’a dit samedi 7 juin."


@pytest.mark.parametrize(
    "text",
    [
        "La foire aura lieu demain à Bandoula.",
        "Le vote est prévu ce lundi 9 juin.",
        "« Nous partirons demain », a dit le maire.",
    ],
)
def test_what_was_to_come_and_is_past_is_not_told(text: str) -> None:
    assert said(text, day=date(2025, 6, 20)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Aucune panne n’a été signalée cette semaine.",  # without « cette semaine » it would deny more
        "Le maire reportait à lundi la séance.",
        "Les écoles ferment mercredi et jeudi.",
        "La séance a eu lieu la semaine dernière.",
    ],
)
def test_a_date_that_carries_the_sense_does_not_leave(text: str) -> None:
    assert said(text) is None


def test_an_article_may_tell_the_day_it_was_written() -> None:
    body = (source("Le maire a parlé."), source("La route a été ouverte ce samedi 7 juin 2025."))
    assert written(body) == SATURDAY
    assert written((source("La route a été ouverte ce samedi 7 juin."),)) is None
    assert written((source("La route a été ouverte ce samedi 7 juin."),), day=SUNDAY) == SATURDAY
    assert written((source("Le vote a lieu ce lundi 9 juin."),), published=SATURDAY) is None


@settings(deadline=None, max_examples=25)
@given(
    st.sampled_from(
        ["hier", "ce matin", "jeudi", "lundi dernier", "la semaine dernière", "cette année", "aujourd’hui"]
    ),
    st.dates(date(2020, 1, 15), date(2030, 1, 1)),
    st.integers(0, 40),
)
def test_nothing_that_is_said_is_true_on_the_day_of_writing_only(word: str, published: date, later: int) -> None:
    day = date.fromordinal(published.toordinal() + later)
    found = said(f"Le maire a ouvert la route {word} à Bandoula.", published, day)
    if found is not None and later:
        assert not is_relative(found.replace(f"ce {day_name(day)}", ""))
