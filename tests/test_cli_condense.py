"""`audionews condense`: the story of each file, and the stretches of the file it stands on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from audionews.cli.condense import condense
from audionews.condense.trace import moved, traced
from audionews.errors import AudionewsError
from audionews.model import Span

FIRST = "Le marché central de Bandoula a rouvert après deux ans de travaux."
SECOND = "Les commerçants du marché paieront une taxe de 500 francs par jour."
THIRD = "La mairie de Bandoula construira un second marché près du fleuve."
STORY = f"{FIRST} {SECOND}\n\n{THIRD}\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner(mix_stderr=False).invoke(condense, [str(one) for one in arguments])


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def test_the_story_is_printed_within_the_words(tmp_path: Path) -> None:
    file = tmp_path / "marche.txt"
    file.write_text(STORY, "utf-8")
    result = run(file, "--words", "12")
    assert result.exit_code == 0
    assert 0 < len(result.stdout.split()) <= 12
    assert len(run(file).stdout.splitlines()) == 1


def test_each_file_gives_one_line_of_json_in_order(tmp_path: Path) -> None:
    good, empty, foreign = tmp_path / "b.txt", tmp_path / "a.txt", tmp_path / "c.txt"
    good.write_text(STORY, "utf-8")
    empty.write_text("\n", "utf-8")
    foreign.write_text("The market of the town has opened again after two years of work, the mayor said.", "utf-8")
    result = run("--json", good, empty, foreign, tmp_path / "absent.txt")
    first, *others = rows(result)
    assert first["text"] == " ".join(one["text"] for one in first["sentences"])
    assert others == [{"text": "", "sentences": []}] * 3
    assert result.stderr.count("\n") == 3


@pytest.mark.parametrize(
    "printed",
    [
        STORY,
        STORY.replace("\n", "\r\n"),
        f"Titre : Le marché rouvre\nDate : 2025-06-07\n\n{STORY}",
        STORY.replace("marché ", "marché  ").replace("mairie", "*mairie*").replace("’", "'"),
        STORY.replace("Les commerçants", "Les [commerçants](https://exemple.ml/marche)"),
        STORY.replace(" a rouvert", "\na rouvert"),
    ],
)
def test_spans_hold_the_words_of_the_file(tmp_path: Path, printed: str) -> None:
    file = tmp_path / "marche.md"
    file.write_bytes(printed.encode("utf-8"))
    text = file.read_text("utf-8")
    (row,) = rows(run("--json", file))
    assert row["sentences"]
    for one in row["sentences"]:
        said = "".join(text[start:end] for start, end in one["spans"])
        assert letters(one["text"]) == letters(said.replace("(https://exemple.ml/marche)", ""))


def test_spans_count_in_the_text_of_a_record(tmp_path: Path) -> None:
    file = tmp_path / "jour.jsonl"
    record = {"title": "Le marché rouvre", "text": f"  {STORY}", "date": "2025-06-07"}
    file.write_text(f"{json.dumps(record)}\n{{faux\n{json.dumps(record | {'text': THIRD})}\n", "utf-8")
    first, second, third = rows(run("--json", file))
    assert [record["text"][start:end] for start, end in first["sentences"][0]["spans"]] == [FIRST.rstrip(".")]
    assert second["text"] == ""
    assert third["text"] == THIRD


def test_a_page_of_the_web_is_read(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        f"<html lang=fr><body><article><h1>Marché</h1><p>{FIRST}</p><p>{SECOND}</p></article></body>", "utf-8"
    )
    (row,) = rows(run("--json", file))
    assert row["sentences"][0]["spans"]


def test_nothing_that_can_be_read_is_an_error(tmp_path: Path) -> None:
    result = run("--json", tmp_path / "absent.txt")
    assert result.stdout == '{"text": "", "sentences": []}\n'
    assert isinstance(result.exception, AudionewsError)


def test_letters_are_found_again_whatever_stands_between() -> None:
    text, printed = "L’école rouvre.\nÀ Bandoula.", "Titre\n\nL' ÉCOLE **rouvre**…\n\n> A Bandoula ."
    places = traced(text, printed)
    assert len(places) == len(text)
    assert moved([Span(0, 7), Span(0, 0)], places) == (Span(7, 15),)
    assert letters(printed[places[16] : places[-2] + 1]) == "ABandoula"
    assert traced("", printed) == ()
    assert set(traced("rien", "")) == {0}
