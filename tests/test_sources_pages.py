"""Pages of French news → lines and fields, beside trafilatura alone. The pages are ours, their shapes real ones.

`tests/data/pages/expected.json` holds for each page what must be kept, what must not, and its fields. The figures are
printed by benchmarks/webpages.py.
"""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.articles.decode import declared, decode
from audionews.articles.pages import fragment, read_page
from tests.newspaper import MONEY, TOWN, UNION
from tests.webpages import PAGES, Figures, Page, measure, ours, trafilatura_alone


def test_at_least_as_good_as_trafilatura_alone() -> None:
    own, other = measure(ours), measure(trafilatura_alone)
    print(f"\nnous : {own}\ntrafilatura seule : {other}")
    assert own.kept >= other.kept
    assert own.leaked <= other.leaked
    assert (own.titles, own.dates, own.authors) >= (other.titles, other.dates, other.authors)


def test_what_was_reached_is_kept() -> None:
    assert measure(ours) == Figures(74, 74, 2, 85, 17, 18, 18)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paragraphs_stay_paragraphs(page: Page) -> None:
    data = page.read()
    lines = read_page(decode(data, declared(data))[0]).lines
    assert all(line == " ".join(line.split()) and line for line in lines)
    assert max(Counter(lines).values()) == 1
    assert max(len(line) for line in lines) < 400


def test_a_live_report_called_comments_is_no_furniture() -> None:
    posts = "".join(f'<div class="comments-post"><p>{text}</p></div>' for text in (TOWN, MONEY, UNION))
    assert len(read_page(f"<html><body><h1>En direct</h1><div>{posts}</div></body></html>").lines) == 3


def test_names_that_mislead_cost_no_article() -> None:
    page = f'<html><body><div class="fixed-sidebar-layout"><p>{TOWN}</p><p>{MONEY}</p></div></body></html>'
    assert read_page(page).lines == (TOWN, MONEY)


def test_a_box_goes_with_its_title() -> None:
    box = "<div><h3>À lire aussi</h3><p>Le stade de Toula sera fermé dimanche pour des travaux de peinture.</p></div>"
    page = f"<html><title>Le marché</title><article><h1>Le marché</h1><p>{TOWN}</p>{box}<p>{MONEY}</p></article></html>"
    assert read_page(page).lines == (TOWN, MONEY)


def test_the_lead_a_subscriber_pays_for_is_not_taken_from_the_code_of_the_page() -> None:
    code = f'{{"@type":"NewsArticle","isAccessibleForFree":false,"articleBody":"{MONEY}{MONEY}"}}'
    page = f'<html><script type="application/ld+json">{code}</script><body><p>{TOWN}</p></body></html>'
    assert read_page(page).lines == (TOWN,)
    free = page.replace("false", "true").replace(f"<p>{TOWN}</p>", "<div id='app'></div>")
    assert read_page(free).lines == (MONEY + MONEY,)


def test_words_of_blocks_are_not_glued_nor_letters_parted() -> None:
    html = "<p>Le <b>mar</b>ché rou­vre<br>samedi.<br><br>Il <i>pleut</i> .</p><ul><li>Un</li><li>Deux</li></ul>"
    assert fragment(html) == ("Le marché rouvre samedi.", "Il pleut.", "Un", "Deux")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 60_000 + TOWN,
        "<p>" + "<a href=x>" * 30_000 + TOWN,
        "<table><tr><td>" * 20_000,
        "<p>" + "<br>" * 100_000 + TOWN,
        "<p " + "class='a b c' " * 30_000 + ">" + TOWN,
        "<p>" + "a" * 500_000,
        "<p>" + "</p><p>".join(f"Phrase numéro {at} du grand texte." for at in range(6000)),
        ('<div class="' + "a-b " * 200 + '">') * 250 + TOWN,
        '<script type="application/ld+json">' + '{"@graph":[' * 20_000 + "</script>",
        "<!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><p>&b;" + TOWN,
    ],
    ids=["deep", "links", "tables", "breaks", "attributes", "word", "paragraphs", "names", "json", "entities"],
)
def test_a_page_made_to_be_slow_is_not(html: str) -> None:
    start = time.process_time()
    read_page(html)
    assert time.process_time() - start < 8


@settings(max_examples=40)
@given(st.text(alphabet="<>/=\"' divpah1articleclassmeta&;é\n", max_size=150) | st.text(max_size=80))
def test_any_text_is_a_page(html: str) -> None:
    assert all(read_page(html).lines)
    assert all(fragment(html))
