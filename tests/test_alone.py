"""Sentences that lean on the one before, and those that do not."""

from __future__ import annotations

import pytest

from audionews.condense.alone import is_whole, nouns, stands_alone, stem, without_quotations


@pytest.mark.parametrize(
    "text",
    [
        "Le bilan d’un accident à Bandoula est de deux morts.",
        "Washington annonce des sanctions.",
        "Le marché rouvre ce mois-ci à Bandoula.",
        "La ville manque d’eau cette fois encore.",
        "Selon la mairie de Bandoula, le marché rouvre.",
        "Pour ses dix ans, la radio de Bandoula ouvre ses portes.",
    ],
)
def test_what_stands_alone(text: str) -> None:
    assert stands_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "Moustapha confie qu’il ne dort plus.",
        "Le bilan provisoire est de deux morts.",
        "Selon la mairie, la cérémonie a duré deux heures.",
        "Selon son avocat, le procès reprend.",
        "Cette journée a réuni cent personnes.",
        "Cette annonce a surpris la ville.",
        "Ledit marché rouvre.",
    ],
)
def test_what_leans(text: str) -> None:
    assert not stands_alone(text)


def test_words_are_compared_without_accent_and_plural() -> None:
    assert stem("Réunions") == "reunion"
    assert stem("journaux") == "journal"
    assert "reunion" in nouns(["Les réunions durent."])
    assert without_quotations("Il dit « non » ici.") == "Il dit   ici."
    assert is_whole("Le marché rouvre.")
    assert not is_whole("Le marché rouvre dans.")
