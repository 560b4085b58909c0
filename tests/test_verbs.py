"""Sentences with a verb of their own, and without."""

from __future__ import annotations

import pytest

from audionews.french.parse import parse
from audionews.french.verbs import is_remnant


@pytest.mark.parametrize(
    ("sentence", "remnant"),
    [
        ("Le calendrier dérange les soignants.", False),
        ("Les blessés ont été conduits au centre de santé.", False),
        ("Selon la police, le camion était vide.", False),
        ("Le maire précise que les travaux ont commencé.", False),
        ("Le marché est ouvert.", False),
        ("Un calendrier serré qui inquiète les soignants.", True),
        ("Une organisation inédite qui donne la mesure de la pandémie.", True),
        ("La réouverture des bars et des restaurants.", False),
    ],
)
def test_a_sentence_without_a_verb_of_its_own_is_seen(sentence: str, remnant: bool) -> None:
    assert is_remnant(parse(sentence)) is remnant
