"""The full name of a sigle at its first mention in a story."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.french.expansion import LONGEST, MOST, first_mention, without_full_names
from audionews.french.sentences import words
from audionews.french.spoken import spoken
from audionews.french.spoken.capitals.sigles import full_names, key
from audionews.french.tables import word_set

BANK = "Banque nationale de développement agricole"


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("La BNDA prête.", f"La {BANK} prête."),
        ("Le directeur de la BNDA parle.", f"Le directeur de la {BANK} parle."),
        ("Il écrit à la BNDA.", f"Il écrit à la {BANK}."),
        ("Il écrit à la Bnda.", f"Il écrit à la {BANK}."),
        ("Le rapport du BVG accuse.", "Le rapport du Bureau du vérificateur général accuse."),
        ("Il s’adresse au HCUA.", "Il s’adresse au Haut Conseil pour l’unité de l’Azawad."),
        ("L’OMVS agit.", "L’Organisation pour la mise en valeur du fleuve Sénégal agit."),
        ("Les experts d’OMVS.", "Les experts de l’Organisation pour la mise en valeur du fleuve Sénégal."),
        ("Un don à l’Apcam.", "Un don à l’Assemblée permanente des chambres d’agriculture du Mali."),
        ("La direction de l’OMVS.", "La direction de l’Organisation pour la mise en valeur du fleuve Sénégal."),
        ("Le chef des VDP.", "Le chef des Volontaires pour la défense de la patrie."),
        ("Il écrit aux VDP.", "Il écrit aux Volontaires pour la défense de la patrie."),
        ("Selon le GIEC, oui.", "Selon le Groupe d’experts intergouvernemental sur l’évolution du climat, oui."),
        ("Dans la BNDA, tout va.", f"Dans la {BANK}, tout va."),
    ],
)
def test_the_first_mention_is_the_full_name(printed: str, told: str) -> None:
    assert first_mention([printed]) == (told,)


@pytest.mark.parametrize(
    "printed",
    [
        "BNDA : un prêt est signé.",
        "Le maire et BNDA signent.",
        "Le siège de la BNDA-Mali est neuf.",
        "Le siège de la BNDA/Mali est neuf.",
        "La banque (la BNDA) prête.",
        "Il a dit : « La BNDA prête. »",
        "Une BNDA prête.",
        "Le BNDA prête.",  # another BNDA, a man of it, or a slip
        "Un groupe de VDP arrive.",
        f"La {BANK} (BNDA) prête.",
        f"La BNDA est la {BANK}.",
        "L’ONU, la Cedeao et l’Unicef agissent.",
        "La CNDH parle.",  # two countries have one
        "François Ier est mort.",
        "Moussa KEITA parle.",
        "",
    ],
)
def test_a_sigle_that_cannot_or_need_not_be_given_is_left(printed: str) -> None:
    assert first_mention([printed]) == (printed,)


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("La BNDA prête.", f"La {BANK}, la BNDA, prête."),
        ("Il va à la BNDA.", f"Il va à la {BANK}, la BNDA."),
        ("Le rapport de la BNDA accuse.", f"Le rapport de la {BANK}, la BNDA, accuse."),
        ("Selon la BNDA, oui.", f"Selon la {BANK}, oui."),
        ("La BNDA et l’État signent.", f"La {BANK} et l’État signent."),
        ("La BNDA de Ségou ouvre.", f"La {BANK} de Ségou ouvre."),
        ("La BNDA Mopti ouvre.", f"La {BANK} Mopti ouvre."),
    ],
)
def test_the_name_keeps_a_sigle_that_comes_again_where_the_sentence_bears_it(first: str, told: str) -> None:
    assert first_mention([first, "La BNDA persiste."]) == (told, "La BNDA persiste.")


def test_the_gloss_has_the_article_of_the_sigle() -> None:
    again = "Le BVG, l’OMVS et les VDP persistent."
    assert first_mention(["Un rapport du BVG paraît.", again])[0].endswith(
        "du Bureau du vérificateur général, le BVG, paraît."
    )
    assert first_mention(["Un don d’OMVS arrive.", again])[0].endswith("fleuve Sénégal, l’OMVS, arrive.")
    assert first_mention(["Un don aux VDP arrive.", again])[0].endswith("patrie, les VDP, arrive.")


def test_only_the_first_mention_counts() -> None:
    story = ("Le siège de la BNDA-Mali est neuf.", "La BNDA prête.")
    assert first_mention(story) == story


def test_at_most_two_names_in_a_story_and_one_in_a_sentence() -> None:
    story = ("La BNDA et la CMDT signent.", "L’OMVS arrive.", "Le HCUA part.")
    told = first_mention(story)
    assert told[0] == f"La {BANK} et la CMDT signent."
    assert told[1].startswith("L’Organisation pour")
    assert told[2] == story[2]
    assert sum(one != other for one, other in zip(story, told, strict=True)) == MOST


def test_a_name_said_before_or_later_is_not_said_again() -> None:
    assert first_mention(["La BNDA prête."], f"La {BANK} prête.") == ("La BNDA prête.",)
    later = ("La BNDA prête.", f"La {BANK} est à Bamako.")
    assert first_mention(later) == later


def test_a_sentence_that_would_be_too_long_is_left() -> None:
    long = "L’AMRTP sanctionne " + "un opérateur et " * 13 + "un autre."
    assert words(long) < LONGEST
    assert first_mention([long]) == (long,)


@pytest.mark.parametrize("sigle", sorted(word_set("sigles", "expand")))
def test_every_sigle_of_the_list_is_given_and_well_read(sigle: str) -> None:
    name = full_names()[key(sigle)]
    article = name[:2] if name.startswith("l’") else name.split(" ")[0] + " "
    (told,) = first_mention([f"Voici {article}{sigle} demain."])
    assert told == f"Voici {name} demain."
    assert spoken(told) == told
    assert first_mention([told]) == (told,)


def test_only_names_whose_sigle_is_in_the_source_are_taken_out() -> None:
    told = f"La {BANK} et l’Autorité du bassin du Niger signent."
    kept = " ".join(without_full_names(told, "La BNDA signe.").split())
    assert kept == "La et l’Autorité du bassin du Niger signent."
    assert without_full_names(told, "La bnda signe.") == told


TOKENS = [
    "la",
    "BNDA",
    "du",
    "BVG",
    "l’OMVS",
    "d’OMVS",
    "Le",
    "HCUA",
    "(",
    ")",
    "«",
    "»",
    ",",
    ".",
    "et",
    "prête",
    "aux",
    "VDP",
]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.lists(st.sampled_from(TOKENS) | st.text(max_size=12), max_size=10).map(" ".join), max_size=5))
def test_any_story_keeps_its_sentences_and_all_its_words(story: list[str]) -> None:
    told = first_mention(story)
    assert len(told) == len(story)
    changed = [(one, other) for one, other in zip(story, told, strict=True) if one != other]
    assert len(changed) <= MOST
    for one, other in changed:
        assert without_full_names(other, one) != other
    assert first_mention(told) == first_mention(told)


def test_a_straight_apostrophe_is_one_too() -> None:
    told = first_mention(["Selon l'OMVS, l'eau monte.", "L'eau d'hier."])
    assert told == ("Selon l’Organisation pour la mise en valeur du fleuve Sénégal, l’eau monte.", "L'eau d'hier.")
