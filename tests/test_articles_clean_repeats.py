"""What the day's other pages say of a line. The texts are made up; their shapes are those of real pages."""

from __future__ import annotations

from datetime import date

import pytest

from audionews.articles.clean import fingerprint, to_article
from audionews.articles.read import Raw
from audionews.articles.repeats import relabel
from audionews.articles.teasers import dated, teaser_articles
from audionews.model import Article, Label

MARKET = (
    "Le marché central de Bandoula a rouvert samedi après deux ans de travaux financés par la mairie. Les "
    "commerçants ont retrouvé leurs étals dès six heures du matin.",
    "La mairie a investi trois milliards de francs dans les étals, les allées et l’éclairage du marché.",
    "Selon le syndicat des commerçants, huit cents étals du marché sont déjà loués sur mille.",
)
SCHOOL = (
    "Les écoles de Bandoula recevront cette année douze mille élèves, a annoncé la direction de l’enseignement, qui "
    "ouvre quarante classes dans les quartiers du fleuve.",
    "Les maîtres des nouvelles classes ont été formés pendant l’été par la direction de l’enseignement.",
)
BRIDGE = (
    "Les marchands du marché central de Bandoula devront fermer leurs étals lundi matin pour les travaux du pont, a "
    "prévenu la mairie dans un avis aux commerçants du quartier.",
    "La circulation sur le pont sera coupée de six heures à midi, et les camions passeront par la route du nord.",
)

FLOOD = (
    "Le fleuve est monté de deux mètres en une semaine, et trois cents familles du quartier des pêcheurs ont quitté "
    "leurs maisons pour le lycée, selon la protection civile.",
    "La protection civile a distribué des tentes et du riz à ces familles, et surveille les digues du fleuve.",
)


def page(*lines: str, source: str = "le journal de Bandoula", title: str = "", day: date | None = None) -> Article:
    return to_article(Raw("page.txt", lines, title=title, source=source, published=day))


def labels(article: Article) -> list[str]:
    return [line.label.value for line in article.lines]


def test_an_announcement_on_the_topic_is_known_by_the_article_it_opens() -> None:
    market = page(*MARKET, BRIDGE[0])
    assert labels(market) == ["body"] * 4
    together = relabel([market, page(*BRIDGE, "Awa KEÏTA")])
    assert labels(together[0]) == ["body"] * 3 + ["teaser"]
    assert together[0].id == fingerprint(MARKET)
    assert "autres pages" in together[0].lines[3].reason
    assert together[1].body == BRIDGE


def test_an_announcement_is_known_by_the_other_pages_it_stands_on() -> None:
    pages = [page(*MARKET, BRIDGE[0]), page(*SCHOOL, "Awa KEÏTA", BRIDGE[0], SCHOOL[0])]
    assert labels(relabel(pages)[0]) == ["body"] * 3 + ["teaser"]


def test_another_source_says_nothing_of_a_line() -> None:
    pages = [page(*MARKET, BRIDGE[0]), page(*BRIDGE, "Awa KEÏTA", source="la radio du fleuve")]
    assert relabel(pages) == tuple(pages)


def test_a_story_printed_by_two_sites_is_the_text_of_both() -> None:
    wire = page(*MARKET, "AFP", source="l’agence")
    copy = page("Économie", *MARKET, "Awa KEÏTA", SCHOOL[0])
    assert [one.body for one in relabel([wire, copy])] == [MARKET, MARKET]


def test_two_crawls_of_one_article_come_out_the_same() -> None:
    first = page(
        *MARKET, "Awa KEÏTA", SCHOOL[0], "La campagne de vaccination commence lundi dans les écoles. Elle et ."
    )
    second = page(*MARKET, "Awa KEÏTA", BRIDGE[0], "-.")
    again = relabel([first, second, page(*SCHOOL), page(*BRIDGE)])
    assert again[0].id == again[1].id == fingerprint(MARKET)
    assert again[0].body == again[1].body == MARKET


def test_the_reminder_of_a_serial_stays_in_the_text() -> None:
    reminder = "Pour rappel, le marché central avait fermé il y a deux ans après l’incendie de ses étals par accident."
    pages = [page(*MARKET, reminder), page(*SCHOOL, reminder, "Ses classes rouvriront donc lundi, selon la mairie.")]
    assert [one.body for one in relabel(pages)] == [one.body for one in pages]


def test_a_slogan_above_every_text_is_boilerplate() -> None:
    slogan = "Votre quotidien vous accompagne chaque matin depuis cinquante ans."
    stories = (MARKET, SCHOOL, BRIDGE, FLOOD)
    for article, story in zip(relabel([page(slogan, *story) for story in stories]), stories, strict=True):
        assert labels(article) == ["boilerplate", *["body"] * len(story)]
        assert article.id == fingerprint(story)


def test_no_text_is_ever_emptied() -> None:
    pages = [page(BRIDGE[0]), page(BRIDGE[0], BRIDGE[1]), page(*MARKET, BRIDGE[0])]
    assert all(one.body for one in relabel(pages))
    assert relabel([]) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Réunie ce jeudi 27 novembre 2025, la mairie de Bandoula a voté son budget.", date(2025, 11, 27)),
        ("Le tour cycliste s’est achevé ce samedi 6 septembre à Bandoula.", date(2025, 9, 6)),
        ("Le tour cycliste s’est achevé le 6 septembre à Bandoula.", None),
        ("Le tour cycliste s’est achevé samedi à Bandoula.", None),
        ("Du 2 au 5 juin, puis le 28 novembre 2025, la mairie reçoit.", None),
        ("La mairie a voté son budget ce lundi 27 novembre 2025.", None),
        ("La mairie a voté son budget le 31 novembre 2025.", None),
    ],
)
def test_the_day_of_an_announcement_is_certain_or_none(text: str, day: date | None) -> None:
    assert dated(text, date(2025, 6, 7)) == day


def test_whole_and_dated_announcements_may_stand_alone() -> None:
    whole = "La mairie de Bandoula a voté jeudi 27 novembre 2025 un budget de trois milliards de francs."
    undated = "La campagne de vaccination contre la rougeole commence lundi dans toutes les écoles de Bandoula."
    cut = "La mairie de Bandoula a reçu jeudi 27 novembre 2025 une délégation de commerçants, une semaine après la ."
    article = page(*MARKET, "Awa KEÏTA", f"{whole}.", undated, cut, "-.", day=date(2025, 11, 26))
    (found,) = teaser_articles(article)
    assert found.body == (whole,)
    assert found.published == date(2025, 11, 27)
    assert found.source == article.source
    assert found.id == fingerprint([whole]) != article.id
    assert found.lines[0].label is Label.BODY
