"""`audionews lexicon` as an editor uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audionews.cli.lexicon import lexicon
from audionews.errors import AudionewsError, UsageError

PLS = """<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="fr">
<lexeme><grapheme>Bandoula</grapheme><phoneme>bandula</phoneme></lexeme>
<lexeme><grapheme>ONU</grapheme><phoneme>ony</phoneme></lexeme>
<lexeme><grapheme>Clic</grapheme><phoneme>ǃ</phoneme></lexeme>
</lexicon>"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "station.toml").write_text("", "utf-8")
    (tmp_path / "lexicon.toml").write_text('ONU = "O N U"\n', "utf-8")
    (tmp_path / "mots.pls").write_text(PLS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(lexicon, arguments)


def test_words_of_the_station_are_compared(folder: Path) -> None:
    done = run("check")
    assert done.exit_code == 0
    assert [line.split()[-1] for line in done.output.splitlines()[1:3]] == ["onˈy", "onˈy"]
    assert "ˈo ˈɛn ˈy" in done.output


def test_any_word_can_be_heard_without_a_station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("check", "Coulibaly")
    assert done.exit_code == 0 and "kulibalˈi" in done.output


def test_a_fault_is_named_and_fails(folder: Path) -> None:
    (folder / "lexicon.toml").write_text('ONU = "/on$/"\n', "utf-8")
    done = run("check")
    assert "« $ » n’est pas un son du français" in done.output
    assert isinstance(done.exception, AudionewsError) and "1 sur 1" in str(done.exception)


def test_entries_are_listed_with_their_origin(folder: Path) -> None:
    done = run("list", "onu")
    assert done.output.split() == ["ONU", "O", "N", "U", "station"]
    assert "maison" in run("list").output


def test_a_dictionary_is_imported(folder: Path) -> None:
    done = run("import", "mots.pls")
    assert done.output.splitlines()[-1] == "1 ajoutées, 1 déjà là, 1 refusées"
    assert "Refusé, « Clic »" in done.output
    assert (
        run("import", "--replace", "mots.pls").output.splitlines()[-1]
        == "0 ajoutées, 1 remplacées, 1 déjà là, 1 refusées"
    )
    assert 'ONU = "/ony/"' in (folder / "lexicon.toml").read_text("utf-8")


def test_a_station_is_needed_to_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mots.pls").write_text(PLS, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert isinstance(run("import", "mots.pls").exception, UsageError)


def test_an_empty_lexicon_is_told(folder: Path) -> None:
    (folder / "lexicon.toml").unlink()
    assert "pas encore" in run("check").output
