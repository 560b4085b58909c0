from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from audionews.cli.proof import proof
from audionews.errors import UsageError

FAULTY = "Le marché a rouvert hier.\nLe seau coûte 10 francs.\n"
GOOD = "Le marché de Bandoula a rouvert.\nLe seau coûte 10 francs.\n"


def test_a_text_is_read_one_sentence_a_line(tmp_path: Path) -> None:
    path = tmp_path / "brouillon.txt"
    path.write_text(FAULTY, "utf-8")
    result = CliRunner().invoke(proof, [str(path)])
    assert result.exit_code == 1
    assert "BLOQUE  D1" in result.stdout and "ligne 1" in result.stdout and "« hier »" in result.stdout
    assert result.stdout.endswith("1 faute ; qui interdit l’antenne : 1.\n")


def test_a_good_text_ends_well() -> None:
    result = CliRunner().invoke(proof, ["-"], input=GOOD)
    assert (result.exit_code, result.stdout) == (0, "Aucune faute trouvée.\n")


def test_advice_alone_does_not_stop_anybody() -> None:
    result = CliRunner().invoke(proof, ["-"], input="Les syndicats tirent la sonnette d’alarme.\n")
    assert result.exit_code == 0
    assert "avis    S23" in result.stdout and "qui interdit l’antenne : aucune." in result.stdout


def test_json_gives_each_fault_with_its_line() -> None:
    text = "# un script\n[brève marche]\nLe marché ouvre.\nElle coûte (cher).\n"
    result = CliRunner().invoke(proof, ["-", "--json"], input=text)
    rows = {row["rule"]: row for row in json.loads(result.stdout)}
    assert rows["S13"] == {
        "rule": "S13",
        "blocking": True,
        "segment": "breve-marche-2",
        "place": "brève marche, phrase 2",
        "line": 4,
        "words": "(cher)",
        "mend": rows["S13"]["mend"],
    }
    assert "B4" in rows


def test_deaths_are_told_from_the_words_of_a_script_without_a_rundown() -> None:
    text = (
        "[sujet accident]\nDeux personnes ont été tuées à Toula.\n"
        "[lancement foot]\nPlace au sport.\n[sujet foot]\nL’AS Toula a gagné le match.\n"
    )
    result = CliRunner().invoke(proof, ["-"], input=text)
    assert "B2" in result.stdout and result.exit_code == 1


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(proof, [str(tmp_path / "rien.txt")])
    assert isinstance(result.exception, UsageError)


def test_without_a_script_the_bulletin_must_be_built(tmp_path: Path) -> None:
    result = CliRunner().invoke(proof, ["--output", str(tmp_path), "--date", "2025-06-07"])
    assert isinstance(result.exception, UsageError)
    assert "audionews build" in result.exception.hint


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_text_is_refused(text: str) -> None:
    assert isinstance(CliRunner().invoke(proof, ["-"], input=text).exception, UsageError)


def test_the_script_of_a_run_is_read_with_its_rundown(tmp_path: Path) -> None:
    from datetime import date

    from audionews.desk import codec
    from audionews.model import Item, Place, Rundown, Story

    story = Story("eau", "", "Une pompe", "", ())
    codec.save(
        tmp_path / "2-rundown.json",
        Rundown("b", date(2025, 6, 7), "matin", "flash", "Flash", (Item(Place.BRIEF, story),)),
    )
    script = tmp_path / "3-script.txt"
    script.write_text("[brève eau]\nCe samedi 7 juin, une pompe sert Bandoula.\n", "utf-8")
    result = CliRunner().invoke(proof, [str(script)])
    assert (result.exit_code, result.stdout) == (0, "Aucune faute trouvée.\n")


def test_the_day_of_a_text_is_the_one_given() -> None:
    text = "Ce samedi 7 juin, une pompe sert Bandoula.\n"
    assert CliRunner().invoke(proof, ["-"], input=text).exit_code == 0
    assert CliRunner().invoke(proof, ["-", "--date", "2025-06-07"], input=text).exit_code == 0
    assert CliRunner().invoke(proof, ["-", "--date", "2025-06-08"], input=text).exit_code == 1
