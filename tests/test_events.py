"""Articles that tell one event become one story; what listeners heard comes back only with something new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.articles.copies import Seen, first_seen, signatures
from audionews.articles.events import Aired, against, group
from audionews.articles.imprint import imprint
from audionews.model import Article, Event, Label, Line, Rights
from tests.event_samples import DATA, Sample, samples

SETS = {path.stem: samples(path) for path in sorted(DATA.glob("*.toml"))}
LABELLED = SETS["labelled"]
DAY = date(2025, 6, 6)


def of_event(name: str, found: tuple[Sample, ...] = LABELLED) -> list[Article]:
    return [one.article for one in found if one.event == name]


def with_body(article: Article, *paragraphs: str, **changes: object) -> Article:
    lines = tuple(Line(text, Label.BODY) for text in paragraphs)
    return replace(article, **{"id": f"{article.id}*", "lines": lines, **changes})  # type: ignore[arg-type]


def on_air(*articles: Article, air: str = "2025-06-06 19:00", said: tuple[str, ...] = ("Phrase dite.",)) -> Aired:
    return Aired(air.replace(" ", "-"), air, articles[0].title, said, tuple(map(imprint, articles)))


@pytest.mark.parametrize(("name", "recall"), [("labelled", 0.85), ("second", 0.95), ("unseen", 0.8)])
def test_no_two_events_are_merged_and_most_tellings_of_one_are(name: str, recall: float) -> None:
    found = SETS[name]
    place = {one.id: at for at, event in enumerate(group([s.article for s in found])) for one in event.articles}
    pairs = [(a, b, place[a.article.id] == place[b.article.id]) for a, b in combinations(found, 2)]
    assert [(a.article.title, b.article.title) for a, b, merged in pairs if merged and a.event != b.event] == []
    same = [merged for a, b, merged in pairs if a.event == b.event]
    assert sum(same) / len(same) >= recall


@pytest.mark.parametrize("name", SETS)
def test_two_articles_alone_are_told_apart_as_well(name: str) -> None:
    others = [(a.article, b.article) for a, b in combinations(SETS[name], 2) if a.event != b.event]
    assert [(a.title, b.title) for a, b in others if len(group([a, b])) == 1] == []


def test_every_article_stays_and_events_keep_the_order_of_the_day() -> None:
    articles = [one.article for one in LABELLED]
    events = group(articles)
    assert sorted(one.id for event in events for one in event.articles) == sorted(one.id for one in articles)
    firsts = [min(articles.index(one) for one in event.articles) for event in events]
    assert firsts == sorted(firsts)
    assert group([]) == ()


def test_another_crawl_of_a_page_is_the_same_event() -> None:
    article = of_event("eau-plateau")[0]
    shorter = with_body(article, *article.body[1:], title="")
    teaser = Line(
        "Les commerçantes du marché demandent le retour des hangars. Elles disent perdre leurs m.", Label.TEASER
    )
    crawled = replace(article, id="crawl", lines=(*article.lines, teaser))
    assert len(group([article, shorter, crawled])) == 1


def test_a_template_filled_for_two_towns_is_two_events() -> None:
    text = (
        "Un incendie a détruit {} boutiques du marché de {} dans la nuit de jeudi à vendredi, selon {}, de la mairie."
    )
    one = Article("a", (Line(text.format(12, "Toula", "Awa DIALLO"), Label.BODY),), "Incendie au marché", DAY)
    other = Article("b", (Line(text.format(30, "Kourou", "Issa SANOU"), Label.BODY),), "Incendie au marché", DAY)
    assert len(group([one, other])) == 2


def test_the_first_article_is_one_that_may_be_taken_then_full_then_fresh() -> None:
    first, second, third = of_event("eau-plateau")
    events = group([replace(first, rights=Rights.UNKNOWN), replace(second, rights=Rights.CITATION), third])
    assert [one.id for one in events[0].articles] == [third.id, second.id, first.id]
    by_age = group([replace(first, published=DAY - timedelta(days=1)), first := replace(first, id="new")])
    assert by_age[0].articles[0] is first
    undated = group([replace(first, id="old", published=None), first])
    assert undated[0].articles[0] is first


def test_what_was_told_is_not_told_again_in_other_words() -> None:
    first, *others = of_event("eau-plateau")
    kept, dropped = against([Event(tuple(others))], [on_air(first)])
    assert kept == ()
    assert [(one.origin, one.message) for one in dropped] == [
        (others[0].origin, "déjà raconté le vendredi 6 juin, rien de nouveau depuis")
    ]


def test_a_higher_toll_is_an_update_that_opens_with_its_article() -> None:
    first, second, update = of_event("orpaillage")
    kept, dropped = against([Event((first, second, update))], [on_air(first, said=("Huit morts.", "Site fermé."))])
    assert dropped == ()
    assert kept[0].articles[0] is update
    assert (kept[0].aired, kept[0].said) == (DAY, ("Huit morts.", "Site fermé."))


def test_an_update_already_told_is_not_told_a_third_time() -> None:
    first, _second, update = of_event("orpaillage")
    aired = [on_air(first), on_air(update, air="2025-06-08 07:00")]
    kept, dropped = against([Event((update,)), Event((first,))], aired)
    assert kept == ()
    assert {one.message for one in dropped} == {"déjà raconté le dimanche 8 juin, rien de nouveau depuis"}


def test_a_later_day_is_news_without_any_figure() -> None:
    first, _second, freed = of_event("enlevement", SETS["unseen"])
    kept, _dropped = against([Event((freed,))], [on_air(first, air="2025-11-05 19:00")])
    assert kept[0].aired == date(2025, 11, 5)


def test_a_longer_version_with_new_facts_is_an_update_a_trimmed_one_is_not() -> None:
    article = of_event("incendie-marche")[0]
    more = (
        "Le gouverneur Abdoulaye NIANG a visité les lieux et promis 25 millions de Fcfa aux sinistrés.",
        "La Croix-Rouge a distribué 120 couvertures à l’école Kalifa-Sow, où 34 gardiens ont passé la nuit.",
    )
    longer = with_body(article, *article.body, *more)
    assert against([Event((longer,))], [on_air(article)])[0][0].aired == DAY
    assert against([Event((with_body(article, article.body[0]),))], [on_air(article)])[0] == ()


@pytest.mark.parametrize("name", SETS)
def test_other_events_of_the_kind_are_news(name: str) -> None:
    for one in SETS[name]:
        others = [Event((other.article,)) for other in SETS[name] if other.event != one.event]
        kept, dropped = against(others, [on_air(one.article)])
        assert list(kept) == others
        assert dropped == ()


def test_nothing_aired_changes_nothing() -> None:
    events = group([one.article for one in LABELLED])
    assert against(events, []) == (events, ())


@given(st.lists(st.text(max_size=200), max_size=4), st.text(max_size=60), st.none() | st.dates())
@settings(max_examples=60)
def test_any_text_has_an_imprint(body: list[str], title: str, published: date | None) -> None:
    article = Article("x", tuple(Line(text, Label.BODY) for text in body), title, published)
    made = imprint(article)
    assert set(made.lead.split()) <= set(made.terms.split())
    assert len(group([article, replace(article, id="y")])) in {1, 2}
    assert against([Event((article,))], [on_air(article)])[0] == ()


def test_imprints_hold_names_figures_and_days_not_their_spelling() -> None:
    one = Article("a", (Line("Le maire Fanta SACKO a reçu douze élus à Toula, jeudi 5 juin.", Label.BODY),), "", DAY)
    other = Article("b", (Line("Hier, le maire Fanta Sacko a reçu 12 élus à TOULA.", Label.BODY),), "", DAY)
    terms = set(imprint(one).terms.split()) & set(imprint(other).terms.split())
    assert {"@sacko", "&fanta", "@toula", "/toula", "#12_elus", "+06-05"} <= terms


def test_a_copy_of_a_text_seen_before_is_recognised_under_another_id() -> None:
    old, *rest = [one.article for one in LABELLED]
    seen = [
        Seen(one.id, DAY - timedelta(days=at + 1), signature)
        for at, (one, signature) in enumerate(zip([old, *rest], signatures([old, *rest]), strict=True))
    ]
    copy = with_body(old, *old.body, title="Autre titre")
    fresh = with_body(old, "Un texte tout à fait nouveau sur la pêche au bord du fleuve, écrit ce matin même.")
    empty = with_body(old, "Deux mots.")
    found = first_seen([copy, replace(fresh, id="f"), replace(empty, id="e"), old], seen)
    assert found == {copy.id: DAY - timedelta(days=1), old.id: DAY - timedelta(days=1)}
    assert first_seen([copy], []) == {}
