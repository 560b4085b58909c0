"""The source ``rss`` against a real server: whole feeds, abridged ones, odd ones and hostile ones."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audionews.articles.feeds import FeedError, checked
from audionews.articles.rss import Rss
from audionews.model import Collection
from tests import newspaper as acts
from tests.newspaper import MONEY, TOWN, UNION, Answer, Newspaper, article_page, item, rss, said

WHOLE = f"<p>{TOWN}</p><p>{MONEY}</p><p>{UNION}</p>"
XML = "application/rss+xml"


def source(paper: Newspaper, cache: Path | None = None, **changes: Any) -> Rss:
    quick = {"delay": 0, "timeout": 0.3, "total": 0.5, "keep_minutes": 0, "allow_private": True}
    options = Rss.Options(**{"url": f"{paper.url}/feed", **quick, **changes})
    return Rss(options, Path(), "le quotidien Le Fleuve", cache=cache)


def collect(paper: Newspaper, feed: Answer, **changes: Any) -> Collection:
    paper.pages["/feed"] = said(feed, XML) if isinstance(feed, bytes | str) else feed
    return source(paper, **changes).collect()


def told(found: Collection) -> str:
    assert found.articles == ()
    return " | ".join(one.message for one in found.refused)


def test_a_feed_that_holds_its_articles_whole(paper: Newspaper) -> None:
    added = "<p>L’article <a href='/a'>Le marché rouvre</a> est apparu en premier sur <a href='/'>Le Fleuve</a>.</p>"
    found = collect(paper, rss(item("/a", "Le marché &amp; sa mairie", WHOLE + added)))
    (one,) = found.articles
    assert (one.title, one.published, one.author) == ("Le marché & sa mairie", date(2025, 6, 7), "Awa Keïta")
    assert (one.source, one.url, one.origin) == ("le quotidien Le Fleuve", f"{paper.url}/a", f"{paper.url}/a")
    assert one.body == (TOWN, MONEY, UNION)
    assert paper.asked == ["/robots.txt", "/feed"]


def test_a_summary_sends_us_to_the_page(paper: Newspaper) -> None:
    paper.pages["/a"] = article_page("Le marché de Bandoula rouvre")
    (one,) = collect(paper, rss(item("/a", "Le marché…", summary=f"{TOWN[:90]} […]"))).articles
    assert (one.title, one.published) == ("Le marché de Bandoula rouvre", date(2025, 6, 7))
    assert one.body == (TOWN, MONEY, UNION)


def test_a_page_that_is_missing_leaves_the_whole_sentences_of_the_summary(paper: Newspaper) -> None:
    found = collect(
        paper, rss(item("/a", summary=f"{TOWN} La mairie a investi trois mill[…]"), item("/b", summary="La suite […]"))
    )
    assert [one.body for one in found.articles] == [(TOWN,)]
    assert "début seul : page non lue : la page n’existe pas (404)" in [one.message for one in found.remarks]
    assert [(one.origin, one.message) for one in found.refused] == [
        (f"{paper.url}/b", "page non lue : la page n’existe pas (404)")
    ]


def test_no_more_pages_than_asked_for(paper: Newspaper) -> None:
    items = [item(f"/{number}", f"Titre {number}", summary=f"Numéro {number}. {TOWN}") for number in range(5)]
    paper.pages |= {
        f"/{number}": article_page(f"Titre {number}").replace("Bandoula", f"Bandoula {number}") for number in range(5)
    }
    found = collect(paper, rss(*items), max_pages=2, max_items=4)
    assert len(found.articles) == 4
    assert paper.asked[2:] == ["/0", "/1"]
    assert sum("2 pages au plus" in one.message for one in found.remarks) == 2


def test_the_operator_may_want_the_feed_alone_or_the_pages(paper: Newspaper) -> None:
    paper.pages["/a"] = article_page()
    feed = rss(item("/a", content=WHOLE.replace("Bandoula", "Kolondiè")))
    assert "Kolondiè" in collect(paper, feed).articles[0].body[0]
    assert "Bandoula" in collect(paper, feed, full="page").articles[0].body[0]
    paper.asked.clear()
    assert collect(paper, rss(item("/a", summary=TOWN)), full="feed").articles[0].body == (TOWN,)
    assert "/a" not in paper.asked


def test_atom_with_relative_links(paper: Newspaper) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><link href="../a?x=1"/><id>1</id>'
        '<title type="html">Le &lt;b&gt;marché&lt;/b&gt;</title><author><name>Awa</name></author>'
        "<published>2025-06-06T23:30:00-05:00</published>"
        f'<content type="html">{WHOLE.replace("<", "&lt;")}</content></entry></feed>'
    )
    (one,) = collect(paper, feed).articles
    assert (one.title, one.published, one.author) == ("Le marché", date(2025, 6, 6), "Awa")
    assert one.url == f"{paper.url}/a?x=1"


def test_an_item_that_comes_twice_is_read_once(paper: Newspaper) -> None:
    found = collect(paper, rss(item("/a", content=WHOLE), item("/a", content=WHOLE)))
    assert len(found.articles) == 1
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Sat, 07 Jun 2025 00:30:00 +0200", date(2025, 6, 7)),
        ("2025-06-07", date(2025, 6, 7)),
        ("07/06/2025 08:00", date(2025, 6, 7)),
        ("samedi 7 juin 2025", date(2025, 6, 7)),
        ("Sat, 32 Jun 2025 08:00:00 GMT", None),
        ("hier", None),
    ],
)
def test_dates_as_feeds_write_them(paper: Newspaper, written: str, day: date | None) -> None:
    found = collect(paper, rss(item("/a", content=WHOLE, day=written)))
    assert found.articles[0].published == day
    assert day or "date illisible" in found.remarks[0].message


@pytest.mark.parametrize(
    ("written", "declared", "served"),
    [
        ("utf-8", "UTF-8", "utf-8"),
        ("utf-8", "ISO-8859-1", "iso-8859-1"),
        ("cp1252", "UTF-8", "utf-8"),
        ("cp1252", "ISO-8859-1", ""),
        ("iso-8859-15", "ISO-8859-15", ""),
        ("utf-16", "UTF-16", ""),
    ],
)
def test_feeds_that_lie_about_their_encoding(paper: Newspaper, written: str, declared: str, served: str) -> None:
    text = rss(item("/a", "Le cœur du marché", WHOLE)).replace("UTF-8", declared).replace("’", "'")
    kind = f"{XML}; charset={served}" if served else XML
    (one,) = collect(paper, said(text.encode(written), kind)).articles
    assert one.title == "Le cœur du marché"
    assert one.body[1].startswith(
        "La mairie a investi trois milliards de francs dans les étals, les allées et l’éclairage"
    )


def test_a_feed_that_is_not_quite_xml(paper: Newspaper) -> None:
    text = rss(item("/a", "Riz & mil : l&eacute;ger recul", WHOLE)).replace("</channel>", "")
    assert collect(paper, f"\n\n{text}").articles[0].title == "Riz & mil : léger recul"


BOMB = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        (rss(item("/a", "&b;", WHOLE), head=BOMB), "déclare des entités"),
        (rss(item("/a", "&b;", WHOLE), head=BOMB.replace("ENTITY", "entity")), "déclare des entités"),
        (rss(head=' <!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "déclare des entités"),
        (article_page(), "une page HTML, pas un flux"),
        ("<html><body><rss>", "une page HTML, pas un flux"),
        ('{"a": 1}', "pas un flux RSS ou Atom"),
        (rss(), "le flux est vide"),
        ("", "réponse vide"),
        (b"%PDF-1.7", "PDF"),
        (said(rss(), "image/png"), "image/png"),
        ("<rss><channel>" + "<a>" * 90_000, "le flux"),
        ("<rss><channel><item><title>" + "<" * 250_000, "plus d’éléments"),
        ("<rss>" + "<![CDATA[" * 50_000, "le flux"),
        ("<rss>" + "<a " + "x='1' " * 50_000, "le flux"),
        ("<rss>" + "&" * 500_000, "le flux"),
        ("\n" * 500_000 + "<rss/>", "le flux"),
        (acts.drip, "trop lent"),
        (acts.bomb, "dépasse"),
        (said("", status=503), "indisponible"),
        (said("", status=404), "404"),
    ],
)
def test_what_is_no_feed_or_a_bomb_is_refused_soon(paper: Newspaper, feed: Answer, reason: str) -> None:
    start = time.monotonic()
    assert reason in told(collect(paper, feed))
    assert time.monotonic() - start < 4


def test_an_entity_of_the_outside_is_never_read(paper: Newspaper) -> None:
    paper.pages["/secret"] = said("secret")
    collect(paper, rss(item("/a", "&x;", WHOLE), head=f'<!DOCTYPE rss SYSTEM "{paper.url}/secret">'))
    assert "/secret" not in paper.asked


def test_a_feed_on_this_machine_is_refused_unless_allowed(paper: Newspaper) -> None:
    assert "adresse privée" in told(collect(paper, rss(item("/a", content=WHOLE)), allow_private=False))
    assert paper.asked == []


def test_links_to_strange_places_are_not_followed(paper: Newspaper) -> None:
    links = ["javascript:alert(1)", "file:///etc/passwd", "http://[::1", "//", "mailto:a@b.org"]
    found = collect(
        paper, rss(*(item(link, f"Titre {at}", summary=f"Numéro {at}. {TOWN}") for at, link in enumerate(links)))
    )
    assert len(found.articles) == len(links)
    assert set(paper.asked) <= {"/robots.txt", "/feed"}


def test_it_asks_once_and_its_fingerprint_follows_what_it_gives(paper: Newspaper, tmp_path: Path) -> None:
    paper.pages["/feed"] = said(rss(item("/a", content=WHOLE)), XML, ETag='"1"')
    one = source(paper, tmp_path)
    assert one.fingerprint() == one.fingerprint()
    assert one.collect() is one.collect()
    assert paper.asked.count("/feed") == 1
    paper.pages["/feed"] = said("", status=502)
    down = source(paper, tmp_path)
    assert down.fingerprint() == one.fingerprint()
    assert "lu dans la copie" in down.collect().remarks[0].message
    assert "502" in told(source(paper).collect())
    paper.pages["/feed"] = said(rss(item("/a", content=WHOLE.replace("Bandoula", "Toula"))), XML)
    assert source(paper, tmp_path).fingerprint() != one.fingerprint()


@given(
    st.text(max_size=200)
    | st.text(alphabet="<>/!&;[]rsfeditm \n\"'=", max_size=120).map(lambda text: f"<rss>{text}</rss>")
)
def test_any_text_is_a_feed_or_is_refused(text: str) -> None:
    try:
        assert checked(text).startswith(b"<?xml")
    except FeedError as error:
        assert str(error)
