"""One printed sentence → the ways it may be said: short, grammatical, and no less true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.condense.context import Context
from audionews.condense.readings import LONGEST, MOST, Reading, readings
from audionews.condense.source import Source
from audionews.condense.tables import data
from audionews.french.parse import parse
from audionews.french.sentences import words

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "readings.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def read(text: str) -> tuple[Reading, ...]:
    source = Source(text, 0, 0, tuple(range(len(text))))
    return readings(source, parse(text), Context((source,)))


def said(text: str) -> list[str]:
    return [" | ".join(one.text for one in reading) for reading in read(text)]


@pytest.mark.parametrize(("printed", "expected"), ROWS, ids=[row[0][:40] for row in ROWS])
def test_a_long_sentence_is_said_as_short_ones(printed: str, expected: str) -> None:
    assert expected in said(printed)


@pytest.mark.parametrize("printed", [row[0] for row in ROWS], ids=[row[0][:40] for row in ROWS])
def test_readings_are_short_and_the_fullest_comes_first(printed: str) -> None:
    found = read(printed)
    assert len(found) <= MOST
    assert all(words(one.text) <= LONGEST for reading in found for one in reading)
    counts = [sum(words(one.text) for one in reading) for reading in found]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("printed", [row[0] for row in ROWS], ids=[row[0][:40] for row in ROWS])
def test_each_sentence_is_tied_to_the_words_it_says(printed: str) -> None:
    for reading in read(printed):
        for one in reading:
            taken = " ".join(printed[span.start : span.end] for span in one.spans).lower()
            figures = [word for word in one.text.split() if any(char.isdigit() for char in word)]
            assert all(word.strip(".,").lower() in taken for word in figures)
            assert [span.start for span in one.spans] == sorted(span.start for span in one.spans)


@pytest.mark.parametrize("printed", [row[0] for row in ROWS], ids=[row[0][:40] for row in ROWS])
def test_only_listed_words_are_put_in(printed: str) -> None:
    table = data("rewriting")
    forms = {form for verbs in (table["reports"], table["acts"]) for three in verbs.values() for form in three}
    known = set(re.findall(r"\w+", printed.lower())) | forms | {word.rstrip("’") for word in table["put"]["words"]}
    for one in said(printed):
        assert set(re.findall(r"\w+", one.lower())) <= known


def test_who_is_meant_by_a_restrictive_clause_stays_said() -> None:
    printed = (
        "Les personnes qui ont participé au forum de Bandoula sans invitation officielle ne représentent pas le "
        "ministère, qui a publié la liste complète de la délégation."
    )
    assert all("qui ont participé au forum de Bandoula sans invitation officielle" in one for one in said(printed))


def test_a_condition_is_never_lost_by_splitting() -> None:
    printed = (
        "Si le fleuve continue de monter, le grand marché de la ville sera fermé et les habitants du quartier seront "
        "évacués vers les écoles de la ville haute."
    )
    assert all(one.startswith("Si le fleuve continue de monter, ") and " | " not in one for one in said(printed))


def test_a_reservation_stays() -> None:
    printed = (
        "Le maire a affirmé que le marché sera ouvert aux commerçants de la région avant la fin du mois de mars, sous "
        "réserve des conditions que le gouverneur a posées."
    )
    assert all("sous réserve des conditions" in one for one in said(printed))


def test_what_a_denial_may_be_about_stays() -> None:
    printed = (
        "Le maire n’a pas convoqué le conseil de la commune pour voter le budget des écoles et des routes du quartier "
        "de la ville haute de Bandoula."
    )
    assert all("pour voter le budget" in one for one in said(printed))


def test_a_list_of_people_condemned_is_never_sampled() -> None:
    printed = (
        "Le tribunal a condamné le maire de Bandoula, le trésorier de la commune, le directeur du marché et le gérant "
        "de la gare routière de la ville haute de la région."
    )
    assert all("notamment" not in one for one in said(printed))


def test_a_quotation_is_never_shortened() -> None:
    printed = (
        "Le maire a déclaré : « Nous rouvrirons le marché, qui est le cœur de la ville, avant la fête », en présence "
        "des commerçants, des chefs de quartier et des élèves."
    )
    quoted = "« Nous rouvrirons le marché, qui est le cœur de la ville, avant la fête »"
    assert all(quoted in one for one in said(printed) if "«" in one)


def test_a_name_between_commas_is_no_decoration() -> None:
    printed = (
        "Le président de la coopérative, Issa Coulibaly, a présenté aux maraîchers de la commune les nouvelles pompes, "
        "livrées dans la semaine par une entreprise de Bandoula."
    )
    assert all("Issa Coulibaly" in one.split(" | ")[0] for one in said(printed))


def test_what_follows_a_joint_keeps_its_subject_even_when_the_verb_is_a_bare_participle() -> None:
    printed = (
        "La digue a été construite en 1982 et réparée trois fois par les habitants depuis la grande crue qui a "
        "emporté le pont."
    )
    assert "La digue a été réparée trois fois par les habitants" in said(printed)[0]


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(["le ministre", "la ministre", "Awa Keïta", "le maire de Bandoula"]),
    st.sampled_from(["a visité le marché central", "a ouvert la session du conseil de la ville"]),
    st.sampled_from(["et a remis des kits aux élèves du lycée", "et s’est rendu au barrage de la commune"]),
    st.sampled_from(
        [", en présence du gouverneur et des élus", ", qui compte douze salles", " afin de saluer les équipes"]
    ),
)
def test_any_reading_is_a_sentence(who: str, first: str, second: str, tail: str) -> None:
    printed = f"{who[0].upper()}{who[1:]} {first} {second}{tail}."
    for reading in read(printed):
        for one in reading:
            assert one.text[0].isupper()
            assert one.text.endswith(".")
            assert "  " not in one.text
            assert not any(bad in one.text for bad in (" ,", ",,", ",.", " et.", "; ."))
            assert one.text.split()[-1].rstrip(".").lower() not in {"et", "de", "à", "le", "la", "qui", "que", "en"}
