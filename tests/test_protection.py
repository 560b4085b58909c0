from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.model import Article, Label, Line, Sentence, Span
from audionews.proof.protection import Kind, protected_names, shield, shielded
from audionews.station import Protection

NOBODY = Protection()


def article(*lines: str, title: str = "") -> Article:
    return Article("a", tuple(Line(line, Label.BODY) for line in lines), title=title)


def names(*lines: str, protection: Protection = NOBODY, title: str = "") -> dict[str, Kind]:
    return {one.name: one.kind for one in protected_names(article(*lines, title=title), protection)}


ABUSED = (
    "Awa Keïta, 15 ans, a été violée dans le village de Toula.",
    "L’élève Awa Keïta est suivie au centre de santé.",
    "Son père, Modibo Keïta, a porté plainte.",
    "Le procureur Ladji Sara a ouvert une enquête.",
)
ROBBED = (
    "Un commerçant, Moussa Diarra, 34 ans, a été interpellé mardi 3 juin par la police de Bandoula.",
    "Le commissaire Issa Coulibaly indique que l’enquête continue.",
    "Le chauffeur Ali Sangaré a été arrêté à Toula.",
)


def test_a_child_its_father_and_its_village_are_not_named() -> None:
    assert names(*ABUSED) == {"Awa Keïta": Kind.MINOR, "Modibo Keïta": Kind.PARENT, "Toula": Kind.PLACE}


def test_a_child_in_a_happy_story_is_named() -> None:
    assert not names("Awa Keïta, 16 ans, a marqué le but de la victoire.", "L’entraîneur Moussa Diarra la félicite.")


def test_parents_and_school_of_a_child_without_a_name_are_not_named() -> None:
    found = names(
        "Une fillette de 7 ans a été enlevée dans le quartier Plateau.",
        "Sa mère, Fatoumata Traoré, demande de l’aide.",
        "Elle était inscrite à l’école Mamadou Konaté.",
    )
    assert found == {"Plateau": Kind.PLACE, "Fatoumata Traoré": Kind.PARENT, "Mamadou Konaté": Kind.PLACE}


def test_a_village_where_children_died_with_others_is_news() -> None:
    assert not names("Douze personnes, dont trois enfants, ont été tuées dans le village de Toula.")


def test_a_grown_victim_of_sexual_violence_is_not_named() -> None:
    assert names("Fatou Diallo, 32 ans, raconte avoir été violée.")["Fatou Diallo"] is Kind.VICTIM


def test_those_who_fight_sexual_violence_are_named() -> None:
    assert not names(
        "Aminata Sissoko, présidente de l’association Debout, dénonce les violences sexuelles.",
        "L’activiste Fatou Diallo demande une loi contre le viol.",
        "Aminata Sissoko attend une réponse à propos des viols.",
    )


def test_suspects_are_not_named_but_who_arrests_them_is() -> None:
    assert names(*ROBBED) == {"Moussa Diarra": Kind.SUSPECT, "Ali Sangaré": Kind.SUSPECT}


@pytest.mark.parametrize(
    "line",
    [
        "La police a mis la main sur Issa Koné, alias Papou.",
        "Le nommé Zoumbla Kpakpo est en fuite.",
        "Le procès de Moussa Diarra commence lundi 9 juin.",
        "Le directeur de la police, Ali Cissé, a annoncé l’arrestation de Moussa Diarra.",
        "Le maire de Toula, Issa Koné, est soupçonné de fraude.",
        "Moussa Diarra, auteur présumé du vol, a été présenté au juge.",
    ],
)
def test_suspicion_is_found_in_many_words(line: str) -> None:
    found = names(line)
    assert list(found.values()) == [Kind.SUSPECT]
    assert "Ali Cissé" not in found


@pytest.mark.parametrize(
    "line",
    [
        "Le ministre de l’Économie, Bakary Touré, a été mis en examen pour détournement.",
        "Moussa Diarra, arrêté en mai, a été condamné à cinq ans de prison.",
        "L’opposant Ali Cissé a accusé le gouvernement.",
        "Le train de Moussa Diarra s’est arrêté à Toula.",
        "La ministre de la Santé, Awa Keïta, a ouvert l’hôpital de Toula.",
        "Le préfet Ali Cissé a signé un arrêté.",
    ],
)
def test_officials_charged_convicts_and_bystanders_are_named(line: str) -> None:
    assert not names(line)


def test_the_station_may_name_them() -> None:
    assert not names(*ABUSED, protection=Protection(minors=True, victims=True))
    assert not names(*ROBBED, protection=Protection(suspects=True))


def test_titles_are_read_too() -> None:
    assert names("Il est soupçonné de vol.", title="Moussa Diarra, soupçonné de vol, est en prison")


@pytest.mark.parametrize(
    ("lines", "told", "said"),
    [
        (ABUSED, ABUSED[0], "Une adolescente de 15 ans a été violée dans un village."),
        (ABUSED, ABUSED[1], "L’élève est suivie au centre de santé."),
        (ABUSED, ABUSED[2], "Son père a porté plainte."),
        (ABUSED, ABUSED[3], ABUSED[3]),
        (ABUSED, "Awa Keïta est rentrée chez elle.", None),
        (ABUSED, "Mme Keïta est rentrée chez elle.", None),
        (ABUSED, "AWA KEITA est rentrée chez elle.", None),
        (ABUSED, "Le procès a lieu à Toula.", None),
        (ABUSED, "Le juge Issa Keïta a entendu l’élève.", "Le juge Issa Keïta a entendu l’élève."),
        (
            ROBBED,
            ROBBED[0],
            "Un commerçant, 34 ans, a été interpellé mardi 3 juin par la police de Bandoula.",
        ),
        (ROBBED, ROBBED[2], "Le chauffeur a été arrêté à Toula."),
        (ROBBED, "Selon la police, Moussa Diarra, 34 ans, nie.", "Selon la police, un homme de 34 ans nie."),
        (ROBBED, "La voiture de Moussa Diarra, 34 ans, est saisie.", "La voiture d’un homme de 34 ans est saisie."),
        (ROBBED, "Moussa Diarra et Ali Sangaré nient.", None),
    ],
)
def test_a_name_leaves_only_where_the_sentence_stands_without_it(
    lines: tuple[str, ...], told: str, said: str | None
) -> None:
    hidden = protected_names(article(*lines), NOBODY)
    shown = shield(Sentence(told, (Span(0, 3),), rank=2), hidden)
    assert (shown and shown.text) == said
    assert shown is None or (shown.spans, shown.rank) == ((Span(0, 3),), 2)


def test_the_sex_of_a_child_is_never_guessed() -> None:
    hidden = protected_names(article("Camille Dao, 15 ans, est malade."), NOBODY)
    assert [one.said for one in hidden] == [""]
    assert shielded("Camille Dao, 15 ans, est malade.", hidden) is None


def test_reasons_are_told_in_french() -> None:
    assert {one.reason for one in protected_names(article(*ABUSED), NOBODY)} >= {"mineur (15 ans)"}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*ABUSED, *ROBBED, "Le marché ouvre.", "Moussa Diarra parle."]), max_size=6))
def test_nothing_told_names_a_protected_person(lines: list[str]) -> None:
    hidden = protected_names(article(*lines), NOBODY)
    for line in lines:
        told = shielded(line, hidden)
        assert told is None or not any(one.name in told for one in hidden)
