"""Sentences of a paragraph: cut where one ends, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.french.sentences import split, words

FRAGMENTS = [
    "M. ",
    "Dr ",
    "A. B. ",
    "« ",
    " »",
    "“",
    "”",
    '"',
    "(",
    ")",
    ". ",
    "…",
    "... ",
    "? ",
    "! ",
    "Le mil",
    " pousse",
]
FRAGMENTS += ["10. 000", "p. 12", "etc. ", "d. ", "1. ", "\u00a0", "\n", "S.E.M. ", "www.exemple.ml", "É"]
PRESS = st.lists(st.sampled_from(FRAGMENTS), max_size=20).map("".join)


@pytest.mark.parametrize(
    "parts",
    [
        ("M. Diallo est venu.", "Il a parlé à Mme. Koné et à Me. Tapo."),
        ("Le col. Diarra dirige la zone.", "S.E.M. Touré l’a reçu."),
        ("A. B. Touré signe.", "J.-C. Kouyaté aussi."),
        ("Il cite l’art. 12, p. 4, et le n° 6.", "Le reste suit."),
        ("Riz, mil, sorgho, etc.", "Les prix baissent."),
        ("Le sac coûte 11.700 F.", "Moussa en achète 2."),
        ("On compte 10. 000 plants.", "La pluie manque."),
        ("« Nous partons. Rien ne presse. »", "Le ministre sourit."),
        ("Il a dit : « Nous partons. Rien ne presse. » avant de sortir.", "Fin."),
        ("« Nous partons.", "Rien ne presse.", "Fin."),
        ("“Nous partons. Rien ne presse.”", "Fin."),
        ('"Nous partons. Rien ne presse." dit-il.', "Fin."),
        ("Le marché (ouvert hier. Il était temps.) se remplit.", "Fin."),
        ("Où va-t-on ?", "Nul ne sait !", "Attendons…", "La suite demain."),
        ("« Où ? » demande-t-il.", "« Ici ! »"),
        ("Après la signature d.", "Le ministre parle."),
        ("Voir www.exemple.ml et a.b@exemple.org pour tout.", "Fin."),
        ("1. Le premier point.", "2. Le second."),
        ("L’équipe B.", "Le match reprend."),
        ("Né en 44 av. J.-C.", "Les Romains partent."),
        ("Le match à St. Mary’s finit tard.", "Bien."),
        ("Il part en 2024.", "15 autres restent."),
    ],
)
def test_a_paragraph_is_cut_into_its_sentences(parts: tuple[str, ...]) -> None:
    assert split(" ".join(parts)) == parts


def test_closing_marks_stay_with_their_sentence() -> None:
    assert split("(Il pleut.) «\u202fBien.\u202f» Fin.") == ("(Il pleut.)", "«\u202fBien.\u202f»", "Fin.")


@pytest.mark.parametrize("text", ["", "   ", "\n\u00a0"])
def test_nothing_gives_no_sentence(text: str) -> None:
    assert split(text) == ()


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=80), PRESS))
def test_no_character_is_lost(text: str) -> None:
    assert " ".join(" ".join(split(text)).split()) == " ".join(text.split())


@settings(deadline=None, max_examples=100)
@given(PRESS)
def test_paired_guillemets_are_never_separated(text: str) -> None:
    if text.count("«") == text.count("»") == 1 and text.index("«") < text.index("»"):
        assert all(part.count("«") == part.count("»") for part in split(text))


def test_words_are_those_of_the_ear() -> None:
    assert words("L’armée « avance » : 7 camions – déjà") == 5
    assert words("« … »") == 0
