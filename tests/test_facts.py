"""The checker of facts: what an honest rewriting may do, and what is refused."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.model import Article, Label, Line, Span
from audionews.proof import facts
from audionews.proof.facts import check

BODY = """Le maire de Bandoula, Fanta SACKO, a mis en service vendredi une pompe neuve qui alimente 12.450 habitants. \
Les travaux ont coûté 852 millions de Fcfa et ont duré sept mois, a indiqué le ministre de l’Eau, Awa Keïta. \
Elle n’a pas précisé la date de la prochaine tranche.
« Nous ferons mieux l’an prochain », a promis le maire. Selon la police, au moins 12 personnes auraient été blessées \
hier à 17h30 lors d’une bousculade. Moussa Traoré a rencontré Issa Coulibaly à Toula le 28 mai dernier. Le voleur \
présumé a été arrêté jeudi.
La 7è rencontre des éleveurs, qui a réuni 30 femmes et 45 hommes, se tiendra le 15 juillet au marché (photo). Le prix \
du seau ne dépasse pas 10 Fcfa. L’orage fit trois morts et 27 blessés, annonça la Protection civile. La BNDA, qui \
finance le projet, ouvrira un bureau à Toula. Le préfet peut fermer le marché."""
ARTICLE = Article(
    "pompe",
    tuple(Line(one, Label.BODY) for one in BODY.split("\n")),
    "Bandoula : une pompe neuve au quartier Plateau",
    date(2025, 6, 7),  # a Saturday
    author="Kalifa Dicko",
    source="le journal La Gazette",
)


def kinds(sentence: str, article: Article = ARTICLE, **more: object) -> set[str]:
    return {one.kind for one in check(sentence, article, **more)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "sentence",
    [
        "Le maire de Bandoula a mis en service une pompe neuve.",
        "Le maire de Bandoula, Fanta Sacko, a mis en service une pompe neuve vendredi 6 juin 2025.",
        "Vendredi 6 juin, le maire de Bandoula a mis en service une pompe neuve.",
        "La pompe neuve alimente 12 450 habitants.",
        "La pompe neuve alimente douze mille quatre cent cinquante habitants.",
        "La pompe neuve alimente plus de 12 000 habitants.",
        "Selon le ministre de l’Eau, Awa Keïta, les travaux ont coûté 852 millions de francs CFA.",
        "Le ministre de l’Eau, Awa Keïta, indique que les travaux ont duré 7 mois.",
        "D’après le journal, les travaux ont duré sept mois.",
        "Selon le ministre de l’Eau, les travaux ont coûté environ 850 millions de Fcfa.",
        "Awa Keïta n’a pas précisé la date de la prochaine tranche.",
        "Le maire l’affirme : « Nous ferons mieux l’an prochain ».",
        "Selon la police, au moins douze personnes ont été blessées dans une bousculade.",
        "Selon la police, au moins 12 personnes auraient été blessées vendredi 6 juin à 17 h 30.",
        "Moussa Traoré a rencontré Issa COULIBALY à Toula le 28 mai 2025.",
        "Le voleur présumé a été arrêté jeudi 5 juin.",
        "La septième rencontre des éleveurs a réuni trente femmes et quarante-cinq hommes.",
        "La septième rencontre des éleveurs se tiendra au marché.",
        "La rencontre des éleveurs se tiendra le mardi 15 juillet.",
        "Le prix du seau ne dépasse pas dix francs CFA.",
        "Selon la Protection civile, l’orage a fait trois morts et 27 blessés.",
        "La Banque nationale de développement agricole ouvrira un bureau à Toula.",
        "La BNDA finance le projet.",
        "Bandoula : une pompe neuve au quartier Plateau.",
    ],
)
def test_an_honest_rewriting_is_accepted(sentence: str) -> None:
    assert check(sentence, ARTICLE) == ()


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("La pompe neuve alimente 12 540 habitants.", "nombre"),
        ("La pompe neuve alimente 852 habitants.", "nombre"),
        ("La pompe neuve alimente 12 habitants.", "nombre"),
        ("Selon Awa Keïta, les travaux ont coûté 852 millions d’euros.", "nombre"),
        ("Selon Awa Keïta, les travaux ont coûté 852 milliards de Fcfa.", "nombre"),
        ("La rencontre des éleveurs a réuni 45 femmes et 30 hommes.", "nombre"),
        ("Selon la Protection civile, l’orage a fait trois morts et près de 30 blessés.", "nombre"),
        ("Selon la Protection civile, l’orage a fait 27 morts.", "nombre"),
        ("La pompe neuve alimente près de 12 000 habitants.", "nombre"),
        ("La 8è rencontre des éleveurs se tiendra le 15 juillet au marché.", "nombre"),
        ("Le maire de Toula, Fanta Sacko, a mis en service vendredi une pompe neuve.", "nom"),
        ("Le maire de Bandoula, Awa Keïta, a mis en service vendredi une pompe neuve.", "nom"),
        ("Issa Coulibaly a rencontré Moussa Traoré à Toula.", "nom"),
        ("Moussa Traoré a rencontré Issa Coulibaly à Kayes.", "nom"),
        ("Le maire de Bandoula a mis en service jeudi une pompe neuve.", "date"),
        ("Le maire de Bandoula a mis en service une pompe neuve vendredi 13 juin.", "date"),
        ("Moussa Traoré a rencontré Issa Coulibaly à Toula le 28 mai 2024.", "date"),
        ("La rencontre des éleveurs se tiendra le lundi 15 juillet.", "date"),
        ("Elle a précisé la date de la prochaine tranche.", "négation"),
        ("Elle n’a jamais précisé la date de la prochaine tranche.", "négation"),
        ("Le prix du seau dépasse 10 Fcfa.", "négation"),
        ("Le maire de Bandoula n’a pas mis en service une pompe neuve.", "négation"),
        ("Selon le maire, les travaux ont duré sept mois.", "attribution"),
        ("Selon Moussa Traoré, les travaux ont duré sept mois.", "attribution"),
        ("Selon la police, le maire de Bandoula a mis en service une pompe neuve.", "attribution"),
        ("Les travaux ont coûté 852 millions de Fcfa.", "attribution"),
        ("Le ministre l’affirme : « Nous ferons mieux l’an prochain ».", "attribution"),
        ("Le maire l’affirme : « Nous ferons moins l’an prochain ».", "citation"),
        ("Le maire a mis en service « une pompe neuve ».", "citation"),
        ("Selon la police, 12 personnes auraient été blessées.", "modalité"),
        ("Au moins 12 personnes ont été blessées.", "modalité"),
        ("Le voleur a été arrêté jeudi.", "modalité"),
        ("Le préfet a fermé le marché.", "modalité"),
        ("Les enfants du quartier chantent la nouvelle saison des récoltes.", "passage"),
    ],
)
def test_what_the_article_does_not_say_is_refused(sentence: str, kind: str) -> None:
    assert kind in kinds(sentence)


def test_a_relative_date_belongs_to_the_day_it_is_said_on() -> None:
    sentence = "Selon la police, au moins 12 personnes auraient été blessées hier lors d’une bousculade."
    assert kinds(sentence) == set()
    assert kinds(sentence, day=date(2025, 6, 7)) == set()
    assert kinds(sentence, day=date(2025, 6, 8)) == {"date"}


def test_spans_say_which_of_two_like_sentences_is_meant() -> None:
    body = "Le marché de Toula a reçu 30 tonnes de mil. Le marché de Kayes a reçu 45 tonnes de mil."
    article = Article("mil", (Line(body, Label.BODY),))
    second = (Span(body.index("Le marché de Kayes"), len(body)),)
    assert kinds("Le marché de Kayes a reçu 45 tonnes de mil.", article, spans=second) == set()
    assert kinds("Le marché de Kayes a reçu 30 tonnes de mil.", article, spans=second) == {"nombre"}
    assert kinds("Le marché de Toula a reçu 45 tonnes de mil.", article) != set()


def test_a_teaser_supports_nothing() -> None:
    lines = (Line("Le pont est ouvert.", Label.BODY), Line("Le stade de Kayes a coûté 12 millions.", Label.TEASER))
    article = Article("pont", lines)
    assert kinds("Le stade de Kayes a coûté 12 millions.", article) >= {"nombre", "nom"}


def test_faults_name_their_words_and_reason() -> None:
    (fault,) = check("La pompe neuve alimente 45 habitants.", ARTICLE)
    assert (fault.words, fault.reason) == ("45", "à cet endroit, l’article dit « 12.450 »")
    (fault,) = check("La pompe neuve alimente 13 habitants.", ARTICLE)
    assert (fault.words, fault.reason) == ("13", "absent de l’article")


def test_an_empty_article_supports_nothing_and_nothing_breaks() -> None:
    assert check("", ARTICLE) == ()
    assert kinds("Le maire Fanta Sacko a payé 12 francs.", Article("vide", ())) == {"passage"}


@settings(max_examples=30)
@given(st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(check(text, ARTICLE), tuple)
    held = Article("x", (Line(text.replace("\n", " "), Label.BODY),))
    assert isinstance(check("Le maire a payé 12 francs.", held), tuple)


def test_every_sentence_of_the_article_is_true() -> None:
    from audionews.french.sentences import split

    for line in ARTICLE.body:
        for sentence in split(line):
            assert check(sentence, ARTICLE) == ()


def test_no_code_is_shared_with_what_condenses_and_writes() -> None:
    allowed = {"audionews.model", "audionews.french.tables", "audionews.french.typography"}
    for path in Path(facts.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert not name.startswith("audionews") or name in allowed or name.startswith("audionews.proof.facts")
