"""What the checker of facts reads in a sentence: figures, dates, names, denials, speakers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from audionews.proof.facts.dates import agree, moments
from audionews.proof.facts.marks import conditionals, negations
from audionews.proof.facts.names import Capitals, names
from audionews.proof.facts.numbers import numbers
from audionews.proof.facts.source import split
from audionews.proof.facts.speech import speeches
from audionews.proof.facts.tokens import tokens

NO_ARTICLE = Capitals(frozenset(), frozenset())


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12.450 habitants", [12450]),
        ("12 450 habitants", [12450]),
        ("10. 000 têtes", [10000]),
        ("douze mille quatre cent cinquante habitants", [12450]),
        ("quatre-vingt-dix-sept élèves", [97]),
        ("soixante et onze ans", [71]),
        ("deux cents", [200]),
        ("douze cents", [1200]),
        ("mille neuf cent soixante", [1960]),
        ("3,6 milliards de Fcfa", [3_600_000_000]),
        ("un million et deux", [1_000_000, 2]),
        ("17h30", [17, 30]),
        ("17 h 30", [17, 30]),
        ("2-1", [2, 1]),
        ("la 7è, la septième", [7, 7]),
        ("le XIXe siècle, la Commune VI", [19, 6]),
        ("un homme, une femme", []),
        ("5 pour cent", [5]),
        ("entre 16% et 58%", [16, 58]),
    ],
)
def test_figures(text: str, values: list[int]) -> None:
    assert [one.value for one in numbers(tokens(text))] == values


@pytest.mark.parametrize(
    ("text", "value", "unit", "hedge"),
    [
        ("au moins 12 personnes", "12", "", "least"),
        ("près de 85 millions de francs CFA", "85000000", "fcfa", "near"),
        ("plus de 3,5 %", "3.5", "%", "over"),
        ("12 euros environ.", "12", "euro", "about"),
        ("30 ha", "30", "hectare", ""),
    ],
)
def test_figures_know_their_unit_and_what_qualifies_them(text: str, value: str, unit: str, hedge: str) -> None:
    (read,) = numbers(tokens(text))
    assert (read.value, read.unit, read.hedge) == (Decimal(value), unit, hedge)


SATURDAY = date(2025, 6, 7)


@pytest.mark.parametrize(
    ("said", "printed", "agreed"),
    [
        ("vendredi 6 juin", "hier", True),
        ("le 6 juin 2025", "hier", True),
        ("jeudi 5 juin", "hier", False),
        ("samedi 7 juin", "ce samedi", True),
        ("le 28 mai 2025", "le 28 mai dernier", True),
        ("en 2024", "l’an dernier", True),
        ("en 2025", "l’an dernier", False),
        ("en mai 2025", "le mois dernier", True),
        ("le 12 mars", "le mercredi 12 mars 2025", True),
        ("le mardi 12 mars", "le 12 mars 2025", False),
        ("le 12 mars 2025", "le 12 mars", True),
        ("le 12 avril", "le 12 mars", False),
        ("jeudi 12 juin", "jeudi prochain", True),
    ],
)
def test_dates_are_compared_by_the_day_they_mean(said: str, printed: str, agreed: bool) -> None:
    one, other = ((moments(found, numbers(found))[0]) for found in (tokens(said), tokens(printed)))
    assert agree(one, other, SATURDAY, None) is agreed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le maire Fanta SACKO est venu.", ["fanta sacko"]),
        ("Mohamed Ag Albachar est venu de N’Djamena.", ["mohamed ag albachar", "n’djamena"]),
        ("Il est à Saint-Louis.", ["saint louis"]),
        ("Traoré a signé.", ["traore"]),
        ("Les habitants ont signé.", []),
        ("M. Diallo a dit : « Les prix montent ».", ["diallo"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert [" ".join(one.parts) for one in names(tokens(text), NO_ARTICLE)] == expected


@pytest.mark.parametrize(
    ("text", "word", "how"),
    [
        ("Elle n’a pas signé.", "signé", "pas"),
        ("Elle ne signe plus.", "signe", "plus"),
        ("Il ne peut le dire.", "dire", "pas"),
        ("Aucun blessé n’est signalé.", "blessé", "aucun"),
        ("Il n’y a que trois bus.", "trois", "que"),
        ("Un stade sans lumière.", "lumière", "sans"),
    ],
)
def test_denials(text: str, word: str, how: str) -> None:
    found = tokens(text)
    assert {found[at].text: kind for at, kind in negations(found).items()}.get(word) == how


def test_an_expletive_ne_denies_nothing() -> None:
    assert negations(tokens("Le pont a cédé avant que le camion ne passe.")) == {}


def test_the_conditional_is_seen_and_the_imperfect_is_not() -> None:
    found = tokens("Il aurait signé, il viendrait, il ouvrait la porte du retrait.")
    assert [found[at].text for at in sorted(conditionals(found))] == ["signé", "viendrait"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Selon la police, le pont est fermé.", "la police"),
        ("Le pont est fermé, a indiqué le maire Fanta Sacko.", "le maire Fanta Sacko"),
        ("« Le pont est fermé », tonne M. Sacko.", "M. Sacko"),
        ("Le maire affirme que le pont est fermé.", "Le maire"),
        ("Le pont est fermé, précise-t-il.", "il"),
        ("Le maire a ouvert le pont.", None),
        ("Il a été reconnu coupable de « vol ».", None),
    ],
)
def test_speakers(text: str, speaker: str | None) -> None:
    found = tokens(text)
    told = [text[found[one.at].start : found[one.end - 1].end] for one in speeches(found)]
    assert (told[0] if told else None) == speaker


def test_sentences_are_cut_but_not_quotations_or_abbreviations() -> None:
    text = "M. Diallo paie 10. 000 francs. « C’est cher. Trop cher », dit-il. Fin."
    assert [text[start:end].strip() for start, end in split(text)] == [
        "M. Diallo paie 10. 000 francs.",
        "« C’est cher. Trop cher », dit-il.",
        "Fin.",
    ]
