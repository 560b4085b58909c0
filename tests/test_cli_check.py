"""`audionews check`: a text held against its article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from audionews.cli.check import check
from audionews.errors import AudionewsError

ARTICLE = """Titre : Une pompe neuve au quartier Plateau
Date : 2025-06-06

Une pompe neuve alimente depuis vendredi 6 juin 1.200 habitants de Bandoula. Le maire Fanta SACKO l’a mise en service.
Les travaux ont coûté 85 millions de Fcfa et ont duré sept mois.
"""
TRUE = "Une pompe neuve alimente 1 200 habitants de Bandoula."
FALSE = "Les travaux ont coûté 95 millions de Fcfa."


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "eau.txt"
    path.write_text(ARTICLE, "utf-8")
    return str(path)


def test_a_true_text_passes(article: str) -> None:
    result = CliRunner().invoke(check, [article], input=f"{TRUE}\n")
    assert (result.exit_code, result.output) == (0, "1 phrase(s) vérifiée(s), 0 en faute\n")


def test_each_fault_is_told_and_the_code_is_one(article: str, tmp_path: Path) -> None:
    script = tmp_path / "texte.txt"
    script.write_text(f"{TRUE} {FALSE}\nLe maire Awa Diallo est venu.\n", "utf-8")
    result = CliRunner(mix_stderr=False).invoke(check, [article, str(script)])
    assert result.exit_code == 1
    assert f"{FALSE}\n  nombre : « 95 millions » — absent de l’article\n" in result.stdout
    assert "  nom : « Awa Diallo » — absent de l’article\n" in result.stdout
    assert TRUE not in result.stdout


def test_json_gives_one_object_for_each_sentence_at_fault(article: str) -> None:
    result = CliRunner(mix_stderr=False).invoke(check, [article, "-", "--json"], input=f"{TRUE}\n{FALSE}\n")
    (row,) = map(json.loads, result.stdout.splitlines())
    assert row == {
        "sentence": FALSE,
        "faults": [{"kind": "nombre", "words": "95 millions", "reason": "absent de l’article"}],
    }


def test_of_a_script_only_what_is_told_of_the_article_is_checked(article: str) -> None:
    script = f"# Journal\n[ouverture]\nBonjour, vous écoutez Radio Kora.\n\n[sujet eau]\n{TRUE}\n\n[virgule]\n"
    assert CliRunner().invoke(check, [article], input=script).exit_code == 0


def test_a_relative_date_is_false_on_another_day(article: str) -> None:
    said = "Une pompe neuve alimente depuis ce vendredi 1 200 habitants."
    assert CliRunner().invoke(check, [article], input=said).exit_code == 0
    assert CliRunner().invoke(check, [article, "--date", "2025-06-15"], input=said).exit_code == 1


@pytest.mark.parametrize(("arguments", "text"), [(["absent.txt"], TRUE), (["{}", "absent.txt"], ""), (["{}"], "\n")])
def test_what_cannot_be_checked_is_told_on_one_line(article: str, arguments: list[str], text: str) -> None:
    result = CliRunner().invoke(check, [one.format(article) for one in arguments], input=text)
    assert isinstance(result.exception, AudionewsError)
    assert "\n" not in str(result.exception)


def test_a_wrong_day_is_refused(article: str) -> None:
    result = CliRunner().invoke(check, [article, "--date", "demain"], input=TRUE)
    assert isinstance(result.exception, AudionewsError)
