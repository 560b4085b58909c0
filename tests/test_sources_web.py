"""The sources ``web`` and ``jsonl`` against a real server."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from audionews.articles.jsonl import Jsonl
from audionews.articles.web import Web
from audionews.errors import UsageError
from audionews.model import Collection
from tests import newspaper as acts
from tests.newspaper import MONEY, TOWN, UNION, Newspaper, article_page, redirect, said

QUICK: dict[str, Any] = {"delay": 0, "timeout": 0.3, "total": 0.5, "keep_minutes": 0, "allow_private": True}


def web(paper: Newspaper, *paths: str, section: str = "", **changes: Any) -> Collection:
    options = {"pages": tuple(paper.url + path for path in paths), "section": section and paper.url + section}
    return Web(Web.Options(**{**options, **QUICK, **changes}), Path(), "le quotidien Le Fleuve").collect()


def test_a_page_is_read_with_what_it_says_of_itself(paper: Newspaper) -> None:
    paper.pages["/a"] = article_page()
    (one,) = web(paper, "/a").articles
    assert (one.title, one.published, one.author) == ("Le marché rouvre", date(2025, 6, 7), "Awa Keïta")
    assert (one.url, one.origin, one.source) == (f"{paper.url}/a", f"{paper.url}/a", "le quotidien Le Fleuve")
    assert one.body == (TOWN, MONEY, UNION)


def test_bad_pages_cost_only_themselves(paper: Newspaper) -> None:
    paper.pages |= {
        "/drip": acts.drip,
        "/a": article_page(),
        "/empty": "<html></html>",
        "/pdf": said(b"%PDF-1", "application/pdf"),
        "/loop": redirect("/loop"),
        "/english": "<p>The minister said that the market of the city will open next month, after two years.</p>",
        "/deep": "<div>" * 50_000 + TOWN,
    }
    found = web(paper, "/drip", "/a", "/empty", "/pdf", "/loop", "/none", "/deep", "/english")
    assert len(found.articles) == 1
    reasons = {one.origin.removeprefix(paper.url): one.message for one in found.refused}
    assert reasons.keys() == {"/drip", "/empty", "/pdf", "/loop", "/none", "/deep", "/english"}
    assert "trop lent" in reasons["/drip"]
    assert reasons["/empty"] == reasons["/deep"] == "aucun texte"


@pytest.mark.parametrize(
    ("written", "said_in_page", "served"),
    [
        ("utf-8", "iso-8859-1", "text/html; charset=iso-8859-1"),
        ("cp1252", "utf-8", "text/html; charset=utf-8"),
        ("cp1252", "iso-8859-1", "text/html"),
        ("iso-8859-15", "iso-8859-15", "text/html"),
        ("mac-roman", "macintosh", "text/html"),
        ("utf-8", "zip", "text/html; charset=unicode_escape"),
    ],
)
def test_pages_that_lie_about_their_encoding(paper: Newspaper, written: str, said_in_page: str, served: str) -> None:
    page = article_page("Le cœur de la forêt", charset=said_in_page).replace("’", "'")
    paper.pages["/a"] = said(page.encode(written), served)
    (one,) = web(paper, "/a").articles
    assert one.title == "Le cœur de la forêt"
    assert one.body[0] == TOWN


def test_a_redirect_gives_the_address_it_leads_to(paper: Newspaper) -> None:
    paper.pages |= {"/old": redirect("/2025/06/07/new"), "/2025/06/07/new": article_page()}
    assert web(paper, "/old").articles[0].url == f"{paper.url}/2025/06/07/new"


def test_a_section_leads_to_its_articles(paper: Newspaper) -> None:
    links = (
        '<nav><a href="/menu">Toutes nos rubriques et nos pages</a></nav>'
        '<a href="/a#bas">Le marché central rouvre samedi</a>'
        '<a href="/a">Lire la suite</a><a href="http://ailleurs.example/x">Un autre journal dit tout cela</a>'
        '<a href="/plan.pdf">Le plan du marché en couleurs</a><a href="javascript:x()">Ouvrez la carte de la ville</a>'
        '<a href="/b" title="Le prix du riz a baissé"><img src="b.jpg"></a>'
        '<a href="/c">La troisième page est de trop</a>'
        '<a href="http://[::1">Une adresse mal formée ici même</a><a href="/actu">Retour à la page des actualités</a>'
    )
    paper.pages |= {"/actu": f"<html><body>{links}</body></html>"}
    paper.pages |= {f"/{name}": article_page(f"Titre {name}").replace("Bandoula", f"Bandoula {name}") for name in "abc"}
    found = web(paper, section="/actu", max_pages=2)
    assert [one.url.rpartition("/")[2] for one in found.articles] == ["a", "b"]
    assert paper.asked == ["/robots.txt", "/actu", "/a", "/b"]
    (one,) = web(paper, section="/actu", pattern="/?").articles[2:]
    assert one.title == "Titre c"


def test_a_section_without_articles_is_told(paper: Newspaper) -> None:
    paper.pages["/actu"] = "<p>Rien</p>"
    assert "aucun lien vers un article" in web(paper, section="/actu").refused[0].message
    with pytest.raises(UsageError, match="ni « pages » ni « section »"):
        web(paper)


def test_json_lines_from_a_file_a_folder_and_an_address(paper: Newspaper, tmp_path: Path) -> None:
    lines = (
        "\n".join(json.dumps(one) for one in ({"title": "A", "text": TOWN}, {"text": MONEY}, {"text": ""})) + "\n{oups"
    )
    (tmp_path / "a.jsonl").write_text(lines, "utf-8")
    (tmp_path / "note.txt").write_text(UNION, "utf-8")
    paper.pages["/a.jsonl"] = said(lines, "application/x-ndjson")
    for path in ("a.jsonl", ".", f"{paper.url}/a.jsonl"):
        source = Jsonl(Jsonl.Options(path=path, **QUICK), tmp_path, "le journal")
        found = source.collect()
        assert [one.body for one in found.articles] == [(TOWN,), (MONEY,)]
        assert len(found.refused) == 2
        assert source.fingerprint() == source.fingerprint()
    assert paper.asked.count("/a.jsonl") == 1
    with pytest.raises(UsageError, match="n’existe pas"):
        Jsonl(Jsonl.Options(path="absent.jsonl"), tmp_path, "").collect()
    down = Jsonl(Jsonl.Options(path=f"{paper.url}/none", **QUICK), tmp_path, "").collect()
    assert "404" in down.refused[0].message
