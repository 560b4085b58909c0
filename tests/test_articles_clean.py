"""Lines of a page told apart. The texts are made up; their shapes are those of real pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.articles.boilerplate import boilerplate
from audionews.articles.clean import WHOLE, author_of, fingerprint, label, to_article
from audionews.articles.patterns import Signature, signature
from audionews.articles.read import Raw
from audionews.model import Label

BODY = (
    "Le marché central de Bandoula a rouvert samedi après deux ans de travaux financés par la mairie. Les "
    "commerçants ont retrouvé leurs étals dès six heures du matin.",
    "La mairie a investi trois milliards de francs dans les étals, les allées et l’éclairage du marché. Elle promet "
    "un second marché dans le quartier du fleuve.",
    "Selon le syndicat des commerçants, huit cents étals sont déjà loués sur les mille que compte le marché.",
)
CAPTION = "Des commerçants installent leurs étals au marché central de Bandoula"
BYLINE = "Awa KEÏTA"
TEASERS = (
    "L’équipe nationale féminine de handball a battu sa voisine sur le score de 27 à 21, hier, au palais des sports, "
    "devant un public venu nombreux malgré la pluie. La capitaine a inscrit neuf buts et la gardienne a arrêté trois "
    "jets de sept mètres pendant la rencontre, la dernière avant le tournoi d.",
    "La campagne de vaccination contre la rougeole commence lundi dans les écoles. Elle durera une semaine et .",
    "Un camion-citerne s’est renversé sur la route du nord, sans faire de victime..",
    "Le prix du carburant baisse de 20 francs par litre.",
    "Après la finale de la coupe, l’entraîneur a salué",
    "-.",
)


def labels(*lines: str, title: str = "") -> list[str]:
    return [line.label.value for line in label(lines, title)]


def test_the_usual_page() -> None:
    found = labels(CAPTION, *BODY, BYLINE, *TEASERS)
    assert found == ["caption", "body", "body", "body", "byline", *["teaser"] * 6]


def test_every_line_has_its_reason_in_french() -> None:
    assert all(line.reason for line in label([CAPTION, *BODY, BYLINE, *TEASERS, "Lire aussi : le fleuve monte"]))


def test_a_page_without_teasers_or_signature_is_kept_whole() -> None:
    assert labels(*BODY) == ["body"] * 3
    assert labels(*BODY, BYLINE) == ["body"] * 3 + ["byline"]


def test_teasers_without_a_signature_before_them() -> None:
    assert labels(*BODY, *TEASERS[:3]) == ["body"] * 3 + ["teaser"] * 3


def test_a_teaser_on_the_same_topic_is_one_after_the_signature() -> None:
    same = "Le marché central de Bandoula sera fermé lundi pour le nettoyage des étals, a annoncé la mairie."
    assert labels(*BODY, BYLINE, same) == ["body"] * 3 + ["byline", "teaser"]
    assert labels(*BODY, BYLINE, TEASERS[0], same, TEASERS[3])[4:] == ["teaser"] * 3


def test_two_sentences_and_six_teasers() -> None:
    short = "Le marché central de Bandoula a rouvert samedi. La mairie a financé les travaux."
    assert labels(short, BYLINE, *TEASERS) == ["body", "byline", *["teaser"] * 6]


def test_a_paragraph_without_a_full_stop_stays_body() -> None:
    last = BODY[2].rstrip(".")
    assert labels(*BODY[:2], last) == ["body"] * 3
    assert labels(*BODY[:2], last, BYLINE, *TEASERS) == ["body"] * 3 + ["byline", *["teaser"] * 6]
    assert labels(BODY[2].rstrip(".")) == ["body"]


def test_an_unclosed_quotation_stays_body() -> None:
    opened = "Le maire s’est réjoui : « Le marché central rouvre. Les étals sont loués"
    assert labels(BODY[0], opened, "par les commerçants de Bandoula », a-t-il dit.") == ["body"] * 3


def test_a_signature_above_the_text_ends_nothing() -> None:
    assert labels(CAPTION, "Par Awa Keïta", *BODY) == ["caption", "byline", "body", "body", "body"]
    chapo = "Le marché central de Bandoula et ses mille étals rouvrent enfin aux commerçants."
    assert labels(chapo, "Par Awa Keïta", *BODY) == ["chapo", "byline", "body", "body", "body"]


def test_a_list_of_names_signs_nothing() -> None:
    names = ("Awa KEÏTA", "Moussa DIALLO", "Fatou SIDIBE", "Jean TRAORE")
    found = labels(BODY[0], *names, BODY[1], BODY[2])
    assert found[0] == found[-1] == found[-2] == "body"


def test_boilerplate_of_the_page() -> None:
    mixed = (BODY[0], "Lire aussi : Le fleuve monte", BODY[1], "Photo : DR", "Partager sur Facebook", BODY[2])
    assert labels(*mixed) == ["body", "boilerplate", "body", "boilerplate", "boilerplate", "body"]


def test_a_list_of_other_articles_ends_the_page() -> None:
    assert labels(*BODY, "Articles similaires", *TEASERS[1:4])[3:] == ["boilerplate", *["teaser"] * 3]


def test_the_title_printed_again_is_not_read() -> None:
    assert labels("Le marché rouvre", *BODY, title="Le marché rouvre")[0] == "caption"


@pytest.mark.parametrize(
    "line",
    [
        *("Souleymane SIDIBE", "Fatoumata Mory SIDIBE", "Alhamdou Ag ILYÈNE", "S. SIDIBE", "Jean-Pierre N’DIAYE"),
        *("Awa KEÏTA et Moussa DIALLO", "Awa KEÏTA (Amap)", "La Rédaction", "Rédaction Lessor", "Par Awa Keïta"),
        *("Propos recueillis par Awa KEÏTA", "Par notre correspondant, Awa KEÏTA", "Par la rédaction avec AFP"),
        "Par Awa SISSOKO, 6 juin 2025",
    ],
)
def test_sure_signatures(line: str) -> None:
    assert signature(line) is Signature.STRONG


@pytest.mark.parametrize(
    "line", ["AFP", "(Amap)", "Amap-Ségou", "SOULEYMANE SIDIBE", "Souleymane Sidibé", "A.K.", "MD/KM"]
)
def test_weak_signatures(line: str) -> None:
    assert signature(line) is Signature.WEAK


@pytest.mark.parametrize(
    "line",
    [
        "Le ministre a reçu Awa KEÏTA à Bamako.",
        "La rédaction du texte a pris deux ans.",
        "Awa KEÏTA a été nommée directrice.",
        "Un marché tout neuf",
        "Par ailleurs, le prix du riz baisse.",
    ],
)
def test_no_signature(line: str) -> None:
    assert signature(line) is Signature.NONE


@pytest.mark.parametrize(
    "line",
    [
        "Partager",
        "© L’Essor 2025",
        "Publicité",
        "DR",
        "Crédit photo : Awa",
        "Abonnez-vous à notre newsletter",
        "À lire aussi",
        "Publié le 7 juin 2025",
        "samedi 7 juin 2025",
        "Facebook Twitter WhatsApp",
        "https://example.org/a",
        "Mots-clés : riz",
        "Publié le 7 juin 2025 à 10h12",
        "Cliquez pour partager sur Facebook(ouvre dans une nouvelle fenêtre)",
        "Commentaires (3)",
        "Votre adresse e-mail ne sera pas publiée.",
        "La suite après cette publicité",
        "Accueil > Société > Le marché rouvre",
        "1 234 vues",
        "#Bandoula #marché",
        "LIRE AUSSI | Le fleuve monte",
    ],
)
def test_boilerplate_is_named(line: str) -> None:
    assert boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Le 7 juin 2025, le marché de Bandoula a rouvert.",
        "Publié en mai, le rapport accuse la société des eaux.",
        "Publié le 5 mai 2025, le rapport accuse la société des eaux.",
        "Partager le pouvoir ne va pas de soi, dit le maire.",
        "Contacté par téléphone, le maire n’a pas répondu.",
        "Photographes et peintres exposent au musée de Bandoula.",
        "Un parti partage le pouvoir avec l’opposition.",
        "« Le roi est mort » : un récit de la fin du royaume.",
    ],
)
def test_sentences_are_no_boilerplate(line: str) -> None:
    assert boilerplate(line) == ""


def test_the_author_comes_from_the_signature_when_no_field_gives_it() -> None:
    lines = (*BODY, "Par Awa KEÏTA (Amap)", *TEASERS)
    assert to_article(Raw("a.txt", lines)).author == "Awa KEÏTA"
    assert to_article(Raw("a.txt", lines, author="Moussa Diallo")).author == "Moussa Diallo"
    assert author_of("La Rédaction") == "La Rédaction"


def test_the_article_is_the_same_whatever_stands_around_it() -> None:
    one = to_article(Raw("a.txt", (*BODY, BYLINE, *TEASERS[:2])))
    other = to_article(Raw("b.txt", (CAPTION, *BODY, BYLINE, *TEASERS[2:])))
    assert one.id == other.id == fingerprint(BODY)
    assert len(one.id) == 12
    assert one.body == other.body == BODY


def test_two_signatures_one_under_the_other() -> None:
    assert labels(*BODY, BYLINE, "Amap-Ségou", *TEASERS) == ["body"] * 3 + ["byline"] * 2 + ["teaser"] * 6
    found = labels(*BODY, "Propos recueillis par", BYLINE, *TEASERS)
    assert found == ["body"] * 3 + ["byline"] * 2 + ["teaser"] * 6


def test_a_heading_of_two_capital_words_amid_the_text_is_text() -> None:
    assert labels(*BODY[:2], "Marché Central", BODY[2], BYLINE, *TEASERS)[2] == "body"


def test_a_point_inside_a_name_cuts_nothing() -> None:
    ends = "Le tournoi du quartier se jouera au stade St. Mary's"
    assert labels(*BODY, f"{ends}, près du marché central, devant les commerçants.", BYLINE) == ["body"] * 4 + [
        "byline"
    ]


def test_marks_only_among_teasers_are_a_teaser() -> None:
    assert labels(*BODY, BYLINE, "-.", TEASERS[0])[4:] == ["teaser", "teaser"]


def test_links_below_their_heading_amid_the_text() -> None:
    found = labels(BODY[0], "Lire aussi", "Le pont du fleuve rouvre", BODY[1], BODY[2], BYLINE)
    assert found == ["body", "boilerplate", "teaser", "body", "body", "byline"]


def test_a_reason_tells_whether_a_teaser_is_whole() -> None:
    reasons = [line.reason for line in label([*BODY, BYLINE, *TEASERS])[4:]]
    assert [one.startswith(WHOLE) for one in reasons] == [False, False, True, True, False, False]


def test_typing_is_repaired_words_stay() -> None:
    (line,) = label(["A l'issue du vote, «le marché» rouvre.."])
    assert line.label is Label.BODY
    assert "À l’issue du vote" in line.text
    assert line.text.endswith("rouvre.")


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.sampled_from([*BODY, *TEASERS, CAPTION, BYLINE, "La Rédaction", "Partager", "…", "?"]) | st.text(max_size=60)
    )
)
def test_every_line_with_text_is_labelled_in_order(lines: list[str]) -> None:
    found = label(lines)
    assert len(found) <= len(lines)
    assert found == label(lines)
    assert all(line.text and line.reason for line in found)
