"""Typing repaired, and the typography of a French page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.french.typography import clean, typeset

FRAGMENTS = [
    "A",
    " ",
    ".",
    "..",
    "...",
    ",",
    ":",
    ";",
    "!",
    "?",
    "«",
    "»",
    '"',
    "'",
    "’",
    "l'",
    "(",
    ")",
    "12",
    "%",
    "7 juin",
]
FRAGMENTS += [
    "Le",
    "mot",
    "www.a.ml/x?y=1:2",
    "\u00a0",
    "\u202f",
    "ė",
    "<<",
    ">>",
    "FCFA",
    "M. ",
    "issue",
    "\u200b",
    "é",
]
PRESS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(FRAGMENTS), max_size=16).map("".join))


@pytest.mark.parametrize(
    ("typed", "repaired"),
    [
        ("  deux   mots\u00a0 ici\n", "deux mots ici"),
        ("dans la zone de Djenné..", "dans la zone de Djenné."),
        ("des femmes et .", "des femmes et."),
        ("la suite....", "la suite…"),
        ("l'ėtat-major d‘ici", "l’état-major d’ici"),
        ("l' armée et qu ’il", "l’armée et qu’il"),
        ("il a dit «oui»au maire", "il a dit « oui » au maire"),
        ("il a dit <<oui>>", "il a dit « oui »"),
        ('il a dit "oui" puis "non"', "il a dit « oui » puis « non »"),
        ('un écran de 5" neuf', 'un écran de 5" neuf'),
        ("A l'issue du vote. A Bamako, A 8 heures", "À l’issue du vote. À Bamako, A 8 heures"),
        ("A été nommé. A pris fin.", "A été nommé. A pris fin."),
        ("le mil,le riz", "le mil, le riz"),
        ("la parole.Le ministre part", "la parole. Le ministre part"),
        ("en 1960.Depuis, « oui ».Le maire part.« Non »", "en 1960. Depuis, « oui ». Le maire part. « Non »"),
        ("( ouvert )", "(ouvert)"),
        ("l’ordre du jour. «A l'issue du vote»", "l’ordre du jour. « A l’issue du vote »"),
        ("le maire: «Les étals sont loués. A l'issue", "le maire: « Les étals sont loués. A l’issue"),
        ("après la signature d.", "après la signature d."),
        ("dans les fora, au stade St. Mary's", "dans les fora, au stade St. Mary’s"),
        ("des grossesses non désirées .", "des grossesses non désirées."),
        ("voir www.exemple.ml/a,b..c et a.b@c.ml", "voir www.exemple.ml/a,b..c et a.b@c.ml"),
        ("un cœur, une œuvre, boeuf", "un cœur, une œuvre, boeuf"),
        ("e\u0301cole\u200b", "école"),
    ],
)
def test_the_typing_of_the_press_is_repaired(typed: str, repaired: str) -> None:
    assert clean(typed) == repaired


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Quoi? Non! Oui; fin", "Quoi\u202f? Non\u202f! Oui\u202f; fin"),
        ("Vraiment ?!", "Vraiment\u202f?!"),
        ("il dit: «oui»", "il dit\u00a0: «\u202foui\u202f»"),
        ("16% et 20,6 %", "16\u202f% et 20,6\u202f%"),
        ("8 291 049 doses", "8\u202f291\u202f049 doses"),
        ("171 millions de Fcfa", "171\u00a0millions de Fcfa"),
        ("le 7 juin et le 1er mai", "le 7\u00a0juin et le 1er\u00a0mai"),
        ("5 000 FCFA", "5\u202f000\u00a0FCFA"),
        ("M. Diallo et Mme Koné", "M.\u00a0Diallo et Mme\u00a0Koné"),
        ("le n° 5", "le n°\u00a05"),
        ("à 14:30, https://exemple.ml/?a=1", "à 14:30, https://exemple.ml/?a=1"),
        ("l'armée...", "l’armée…"),
    ],
)
def test_what_people_see_has_french_typography(typed: str, printed: str) -> None:
    assert typeset(typed) == printed


@settings(deadline=None, max_examples=150)
@given(PRESS)
def test_once_is_enough(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert typeset(typeset(text)) == typeset(text)
    assert clean(typeset(clean(text))) != "" or clean(text) == ""


@settings(deadline=None, max_examples=200)
@given(PRESS | st.text(alphabet="\u1100\u1161\u11a8e\u0301'«» .A"))
def test_there_are_as_many_letters_and_figures_as_before(text: str) -> None:
    assert sum(char.isalnum() for char in clean(text)) == sum(char.isalnum() for char in text)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(["A l'issue", "fora", "..", "il a", "A Bandoula", " ", ",", "d'", "mot."]), max_size=8))
def test_the_words_of_a_quotation_stay(pieces: list[str]) -> None:
    said = " ".join(pieces)
    quoted = clean(f"le maire a dit : «{said}» hier").partition("«")[2].partition("»")[0]
    assert [char for char in quoted if char.isalnum()] == [char for char in said if char.isalnum()]


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="abcdéè ,.«»'", max_size=40))
def test_letters_are_kept(text: str) -> None:
    letters = [char for char in text if char.isalpha()]
    assert [char for char in clean(text) if char.isalpha()] == letters
