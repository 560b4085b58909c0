"""What a station holds is not read before a human releases it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audionews.cli.hold import hold as command
from audionews.desk import holds, ledger
from audionews.desk.ledger import Waiting
from audionews.errors import AudionewsError, UsageError
from audionews.model import Article, Label, Line
from audionews.station import Hold

DAY = date(2025, 6, 7)
NOW = datetime(2025, 6, 7, 9, 30, tzinfo=UTC)
HOLD = Hold(("élections", "coup d’État", "Travaux"))


def article(text: str, title: str = "", key: str = "abc123def456", section: str = "") -> Article:
    return Article(
        key, (Line(text, Label.BODY),), title, source="le journal L’Exemple", section=section, origin="a.txt"
    )


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("L’élection du maire aura lieu dimanche.", "élections"),
        ("LES ELECTIONS APPROCHENT.", "élections"),
        ("Deux coups d'Etat en un an.", "coup d’État"),
        ("Le travail reprend lundi.", "Travaux"),
        ("Un coup de vent, puis l’État a réagi.", ""),
        ("La sélection nationale est connue.", ""),
        ("", ""),
    ],
)
def test_topics_are_found_as_whole_words_without_accents_in_either_number(text: str, topic: str) -> None:
    assert holds.held(article(text), HOLD, source_held=False) == (f"sujet retenu : « {topic} »" if topic else "")


def test_titles_and_sections_count_and_what_is_not_the_article_does_not() -> None:
    assert holds.held(article("Rien.", title="Élections : la date"), HOLD, source_held=False)
    assert holds.held(article("Rien.", section="Élections"), HOLD, source_held=False)
    teaser = replace(article("Rien."), lines=(Line("Rien.", Label.BODY), Line("Les élections.", Label.TEASER)))
    assert holds.held(teaser, HOLD, source_held=False) == ""
    assert holds.held(article("Rien."), Hold(("", "!")), source_held=False) == ""
    assert holds.held(article("Rien."), Hold(), source_held=True) == "source retenue"


def test_a_held_article_waits_until_a_human_releases_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    free, waiting = article("Rien.", key="aaa"), article("Les élections.", "Scrutin", key="bbb")
    reasons = ["", "sujet retenu : « élections »"]
    kept, remarks = holds.sift(path, [free, waiting], reasons, DAY)
    assert kept == (free,)
    assert [one.message for one in remarks] == [
        "retenu, à libérer par audionews hold (sujet retenu : « élections », bbb)"
    ]
    holds.decide(path, ["bbb"], Waiting.RELEASED, NOW)
    assert holds.sift(path, [free, waiting], reasons, DAY) == ((free, waiting), ())


def test_a_refused_article_stays_out_even_when_the_station_holds_nothing_any_more(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    waiting = article("Les élections.", key="bbb")
    holds.sift(path, [waiting], ["sujet retenu : « élections »"], DAY)
    assert holds.sift(path, [waiting], [""], DAY)[0] == (waiting,)  # held once, no longer asked for
    holds.decide(path, ["bbb"], Waiting.REFUSED, NOW)
    kept, remarks = holds.sift(path, [waiting], [""], DAY)
    assert kept == ()
    assert "refusé par la rédaction" in remarks[0].message


def test_unknown_and_ambiguous_ids_decide_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    articles = [article("x", key="abc1"), article("y", key="abc2")]
    holds.sift(path, articles, ["source retenue"] * 2, DAY)
    for ids in (["abc1", "zzz"], ["abc"], [""]):
        with pytest.raises(UsageError, match="article"):
            holds.decide(path, ids, Waiting.RELEASED, NOW)
    assert {one.state for one in ledger.held(path)} == {Waiting.HELD}


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner(mix_stderr=False).invoke(command, [*arguments, "--output", str(folder)])


def test_the_command_lists_releases_and_refuses(tmp_path: Path) -> None:
    empty = run(tmp_path)
    assert (empty.exit_code, empty.stdout, empty.stderr) == (0, "", "Rien n’est retenu.\n")
    assert not (tmp_path / "audionews.db").exists()
    articles = [article("x", "Scrutin", key="abc1"), article("y", "Budget", key="def2")]
    holds.sift(tmp_path / "audionews.db", articles, ["source retenue"] * 2, DAY)
    assert run(tmp_path).stdout.splitlines() == [
        "abc1  2025-06-07  le journal L’Exemple  source retenue  Scrutin",
        "def2  2025-06-07  le journal L’Exemple  source retenue  Budget",
    ]
    assert run(tmp_path, "--release", "abc").stdout == "Libéré : Scrutin\n"
    assert run(tmp_path, "--refuse", "def2").stdout == "Refusé : Budget\n"
    assert run(tmp_path).stdout == ""
    assert [row.split("  ")[2] for row in run(tmp_path, "--all").stdout.splitlines()] == ["libéré", "refusé"]


@pytest.mark.parametrize("arguments", [["--release"], ["abc"], ["--release", "--refuse", "abc"], ["--release", "abc"]])
def test_the_command_says_what_is_missing(tmp_path: Path, arguments: list[str]) -> None:
    assert isinstance(run(tmp_path, *arguments).exception, AudionewsError)
