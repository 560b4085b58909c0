"""Where a story takes place, in the words of its article."""

from __future__ import annotations

import pytest

from audionews.script.places import place


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        (
            "Bandoula : la station d’eau entre en service",
            "Elle alimente la ville. Le maire est venu à Bandoula.",
            "à Bandoula",
        ),
        ("Rougeole", "Une campagne commence dans la région de Mopti, puis à Bamako.", "dans la région de Mopti"),
        ("Sommet", "Les ministres se réunissent au Niger.", "au Niger"),
        ("Sommet", "Les ministres se réunissent en Guinée-Bissau.", "en Guinée-Bissau"),
        ("Riz : les prix montent", "Le prix du sac monte.", ""),
        ("", "Un accident a eu lieu à Toula.", ""),
        ("", "Il est arrivé à Parissot.", ""),
    ],
)
def test_the_place_is_said_as_the_article_says_it(title: str, text: str, found: str) -> None:
    assert place(title, text) == found
