"""Paths → collection: order, refusals, duplicates, age; and the source `folder`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.articles.collect import each, from_paths, merge, on_air
from audionews.articles.folder import Folder
from audionews.errors import UsageError
from audionews.model import Article, Collection, Label, Line, Rights

MARKET = "Le marché de Bandoula a rouvert samedi après deux ans de travaux, a annoncé la mairie."
RIVER = "Le fleuve est monté de deux mètres dans la nuit, et les pêcheurs sont restés au port."
ENGLISH = "The minister said on Saturday that the new market will open next month after two years of work in the city."
DAY = date(2025, 6, 7)


def article(name: str, published: date | None) -> Article:
    return Article(name, (Line(MARKET, Label.BODY),), published=published, origin=f"{name}.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text(RIVER, "utf-8")
    (tmp_path / "a.txt").write_text(MARKET, "utf-8")
    (tmp_path / ".cache.txt").write_text("passé sous silence", "utf-8")
    (tmp_path / "sous").mkdir()
    (tmp_path / "sous" / "c.txt").write_text(f"{RIVER} La pêche reprend lundi.", "utf-8")
    return tmp_path


def test_files_are_read_in_the_order_of_their_names(folder: Path) -> None:
    found = from_paths([folder], "le quotidien L’Essor")
    assert [Path(one.origin).name for one in found.articles] == ["a.txt", "b.txt", "c.txt"]
    assert {one.source for one in found.articles} == {"le quotidien L’Essor"}
    assert found == from_paths([folder], "le quotidien L’Essor")
    named = from_paths([folder / "b.txt", folder / "a.txt"])
    assert [one.body for one in named.articles] == [(RIVER,), (MARKET,)]


def test_bad_files_are_named_and_the_rest_goes_on(folder: Path) -> None:
    (folder / "d.txt").write_text(ENGLISH, "utf-8")
    (folder / "e.txt").write_bytes(b"")
    (folder / "f.pdf").write_bytes(b"%PDF")
    (folder / "g.txt").write_text("Awa KEÏTA\nPhoto : DR\n", "utf-8")
    found = from_paths([folder, folder / "absent.txt"])
    told = {Path(one.origin).name: one.message for one in found.refused}
    assert len(found.articles) == 3
    assert told.keys() == {"d.txt", "e.txt", "f.pdf", "g.txt", "absent.txt"}
    assert told["d.txt"] == "n’est pas en français"
    assert told["g.txt"].startswith("aucune ligne d’article")


def test_the_fuller_of_two_equal_articles_is_kept(folder: Path) -> None:
    (folder / "z.txt").write_text(f"Titre : Le marché rouvre\nDate : 2025-06-07\n\n{MARKET}", "utf-8")
    found = from_paths([folder])
    assert [Path(one.origin).name for one in found.articles] == ["z.txt", "b.txt", "c.txt"]
    assert [Path(one.origin).name for one in found.remarks] == ["a.txt"]
    assert "même texte" in found.remarks[0].message


def test_merge_keeps_order_and_drops_duplicates(folder: Path) -> None:
    one, two = from_paths([folder / "b.txt"]), from_paths([folder])
    found = merge([one, two])
    assert [Path(article.origin).name for article in found.articles] == ["b.txt", "a.txt", "c.txt"]
    assert len(found.remarks) == 1


def test_only_fresh_articles_go_on_air() -> None:
    ages = {"old": date(2025, 6, 4), "edge": date(2025, 6, 5), "today": DAY, "later": date(2025, 6, 8), "none": None}
    found = on_air(Collection(tuple(article(name, day) for name, day in ages.items())), DAY, 2)
    assert [one.id for one in found.articles] == ["edge", "today", "none"]
    assert [one.origin for one in found.refused] == ["old.txt", "later.txt"]
    assert "plus de 2 jours avant" in found.refused[0].message
    assert "postérieur" in found.refused[1].message
    assert [one.origin for one in found.remarks] == ["none.txt"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.dates() | st.none(), max_size=8), st.dates(), st.integers(0, 10**9))
def test_every_article_is_kept_or_refused(days: list[date | None], day: date, age: int) -> None:
    given_articles = tuple(article(str(number), one) for number, one in enumerate(days))
    found = on_air(Collection(given_articles), day, age)
    assert len(found.articles) + len(found.refused) == len(days)
    assert all(one.published is None or (day - one.published).days in range(age + 1) for one in found.articles)


def test_folder_source(folder: Path) -> None:
    flat = Folder(Folder.Options(path=".", recursive=False, glob="a*"), folder, "le journal")
    found = flat.collect()
    assert [(one.origin, one.source) for one in found.articles] == [("a.txt", "le journal")]
    whole = Folder(Folder.Options(path=str(folder)), folder, "")
    assert [one.origin for one in whole.collect().articles] == ["a.txt", "b.txt", "sous/c.txt"]


def test_the_fingerprint_follows_every_byte(folder: Path) -> None:
    source = Folder(Folder.Options(path="."), folder, "")
    before = source.fingerprint()
    assert before == source.fingerprint()
    (folder / "sous" / "c.txt").write_text(RIVER, "utf-8")
    assert before != source.fingerprint()


def test_an_absent_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="n’existe pas"):
        Folder(Folder.Options(path="rien"), tmp_path, "").collect()


class Broken:
    name, source_name = "broken", "le site Perdu"

    def collect(self) -> Collection:
        raise RuntimeError("en panne\nici")

    def fingerprint(self) -> str:
        return ""


def test_a_source_that_breaks_costs_only_itself(folder: Path) -> None:
    given = each([Broken(), Folder(Folder.Options(path="."), folder, "")])
    assert [len(one.articles) for one in given] == [0, 3]
    assert given[0].refused[0].origin == "le site Perdu"
    assert given[0].refused[0].message == "la source est cassée (RuntimeError : en panne ici)"
    with pytest.raises(UsageError):
        each([Folder(Folder.Options(path="absent"), folder, "")])


def test_of_two_equal_texts_the_one_with_the_freest_rights_is_kept() -> None:
    full = replace(article("a", DAY), id="x", title="Titre", author="Awa", rights=Rights.UNKNOWN)
    free = replace(article("b", None), id="x", rights=Rights.LICENCE)
    assert merge([Collection((full,)), Collection((free,))]).articles == (free,)
    assert merge([Collection((free, full))]).articles[0].rights is Rights.LICENCE
