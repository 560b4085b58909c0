"""Elision, contraction and lists."""

from __future__ import annotations

import pytest

from audionews.french.grammar import a, de, elides, join, que


@pytest.mark.parametrize(
    ("group", "genitive", "dative"),
    [
        ("le quotidien L’Essor", "du quotidien L’Essor", "au quotidien L’Essor"),
        ("les Fama", "des Fama", "aux Fama"),
        ("l’agence Amap", "de l’agence Amap", "à l’agence Amap"),
        ("la Cedeao", "de la Cedeao", "à la Cedeao"),
        ("Le Caire", "du Caire", "au Caire"),
        ("Abidjan", "d’Abidjan", "à Abidjan"),
        ("Bamako", "de Bamako", "à Bamako"),
        ("Ouagadougou", "de Ouagadougou", "à Ouagadougou"),
        ("un décret", "d’un décret", "à un décret"),
        ("des experts", "d’experts", "à des experts"),
        ("L’Essor", "de L’Essor", "à L’Essor"),
        ("Lesotho", "de Lesotho", "à Lesotho"),
    ],
)
def test_contraction(group: str, genitive: str, dative: str) -> None:
    assert de(group) == genitive
    assert a(group) == dative


@pytest.mark.parametrize(
    "word",
    [
        "armée",
        "École",
        "hôpital",
        "Homme",
        "histoire",
        "Haïti",
        "Yves",
        "y",
        "AMRTP",
        "héroïne",
        "Ousmane",
        "ouest",
        "œuvre",
    ],
)
def test_the_vowel_is_lost(word: str) -> None:
    assert elides(word)


@pytest.mark.parametrize(
    "word",
    [
        "Haut",
        "hausse",
        "héros",
        "Hamas",
        "huit",
        "onze",
        "oui",
        "yaourt",
        "Ouattara",
        "Hamadoun",
        "mil",
        "FMI",
        "",
        "« a",
        "7",
    ],
)
def test_the_vowel_is_kept(word: str) -> None:
    assert not elides(word)


def test_que() -> None:
    assert que("il pleut") == "qu’il pleut"
    assert que("Awa parle") == "qu’Awa parle"
    assert que("le Haut Conseil siège") == "que le Haut Conseil siège"


def test_join() -> None:
    assert join([]) == ""
    assert join(["A"]) == "A"
    assert join(["A", "B"]) == "A et B"
    assert join(("A", "B", "C")) == "A, B et C"
