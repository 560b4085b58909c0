"""Sigles, and names in capitals that are none."""

from __future__ import annotations

import pytest

from audionews.french.spoken import spoken
from audionews.french.tables import data


@pytest.mark.parametrize("sigle", ["SMTD", "GMPP", "BVG", "ORTM", "CICR", "QZT", "INPS", "ABRKT"])
def test_spelled(sigle: str) -> None:
    assert spoken(f"la {sigle} parle") == f"la {' '.join(sigle)} parle"


@pytest.mark.parametrize(
    ("sigle", "word"), [("OTAN", "Otan"), ("FAMa", "Fama"), ("CENTIF", "Centif"), ("SOBADA", "Sobada")]
)
def test_read_as_a_word(sigle: str, word: str) -> None:
    assert spoken(f"la {sigle} parle") == f"la {word} parle"


def test_the_plural_and_the_points_are_dropped() -> None:
    assert spoken("des ONGs et la B.N.D.A. du Mali") == "des O N G et la B N D A du Mali"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Souleymane SIDIBE", "Souleymane Sidibé"),
        ("Assimi GOITA", "Assimi Goïta"),
        ("DEMBELE", "Dembélé"),
        ("Aminata BA", "Aminata Ba"),
        ("Mohamed Ag INTALLA", "Mohamed Ag Intalla"),
        ("M. DJRKO", "Monsieur Djrko"),
        ("Moussa N’DIAYE", "Moussa N’Diaye"),
        ("Seydou WXYZ", "Seydou Wxyz"),
    ],
)
def test_a_name_in_capitals_is_no_sigle(printed: str, name: str) -> None:
    assert spoken(printed) == name


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        (
            "l’Agence des technologies de la communication (Agetic) parle",
            "l’Agence des technologies de la communication parle",
        ),
        ("les Forces armées maliennes (FAMa) avancent", "les Forces armées maliennes avancent"),
        (
            "l’Organisation des Nations unies pour l’éducation (UNESCO)",
            "l’Organisation des Nations unies pour l’éducation",
        ),
        ("le joueur du Djoliba (PSG) marque", "le joueur du Djoliba, P S G, marque"),
        ("la ville (Mopti) dort", "la ville, Mopti, dort"),
    ],
)
def test_a_sigle_after_its_full_name_is_not_said(printed: str, said: str) -> None:
    assert spoken(printed) == said


def test_a_title_in_capitals_is_read_as_a_sentence() -> None:
    title = "LE PRÉSIDENT REÇOIT LE FMI ET LA CEDEAO À BAMAKO : ASSIMI GOITA EN PARLE"
    assert spoken(title) == "Le président reçoit le F M I et la Cedeao à Bamako : Assimi Goïta en parle"


def test_sigles_in_a_row_are_no_title() -> None:
    assert spoken("FMI, OMS, PIB") == "F M I, O M S, P I B"


def test_no_sigle_is_both_spelled_and_read() -> None:
    tables = data("sigles")
    read = {word.upper() for word in tables["words"].split()} | {word.upper() for word in tables["forms"]}
    assert not read & set(tables["letters"].split())
