"""`audionews clean`: every row of a file once, in order, with the label the pipeline gives it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from audionews.articles.clean import label
from audionews.cli.clean import clean
from audionews.errors import UsageError
from tests.test_articles_clean import BODY, BYLINE, CAPTION, TEASERS

PAGE = (CAPTION, *BODY, BYLINE, *TEASERS)


def rows(*files: Path) -> list[dict[str, str]]:
    result = CliRunner(mix_stderr=False).invoke(clean, ["--json", *map(str, files)])
    assert result.exit_code == 0, result.output
    found: list[dict[str, str]] = json.loads(result.stdout)
    return found


def written(folder: Path, text: str, name: str = "page.txt") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_each_line_of_a_page_with_its_label_and_reason(tmp_path: Path) -> None:
    found = rows(written(tmp_path, "\n".join(PAGE) + "\n"))
    assert [one["line"] for one in found] == list(PAGE)
    assert [one["label"] for one in found] == [one.label.value for one in label(PAGE)]
    assert all(set(one) == {"line", "label", "reason"} and one["reason"] for one in found)


def test_blank_lines_and_a_first_line_taken_for_the_title_change_nothing(tmp_path: Path) -> None:
    found = rows(written(tmp_path, "\n\n".join(PAGE) + "\n"))
    assert [one["line"] for one in found] == list(PAGE)
    assert [one["label"] for one in found] == [one.label.value for one in label(PAGE)]


def test_a_head_and_broken_lines_are_shown_row_by_row(tmp_path: Path) -> None:
    broken = BODY[0].split(" travaux ")
    text = "\n".join(
        ["Titre : Le marché rouvre", "Date : 2025-06-07", "", broken[0], f"travaux {broken[1]}", *BODY[1:]]
    )
    found = rows(written(tmp_path, text))
    assert [one["line"] for one in found] == [row for row in text.split("\n") if row]
    assert [one["label"] for one in found] == ["boilerplate"] * 2 + ["body"] * 4


def test_lines_without_a_visible_sign_are_rows_too(tmp_path: Path) -> None:
    found = rows(written(tmp_path, "\n".join([BODY[0], "\u200b", BODY[1]])))
    assert [one["label"] for one in found] == ["body", "boilerplate", "body"]


def test_files_are_one_another_s_collection(tmp_path: Path) -> None:
    teaser = "Les commerçants du marché central de Bandoula devront fermer leurs étals lundi, a prévenu la mairie."
    page = written(tmp_path, "\n".join([*BODY, teaser]), "a.txt")
    other = written(tmp_path, "\n".join([teaser, "La circulation sera coupée jusqu’à midi."]), "b.txt")
    assert rows(page)[3]["label"] == "body"
    assert [one["label"] for one in rows(page, other)] == ["body"] * 3 + ["teaser"] + ["body"] * 2


def test_the_table_is_in_french(tmp_path: Path) -> None:
    result = CliRunner(mix_stderr=False).invoke(clean, [str(written(tmp_path, "\n".join(PAGE)))])
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()][:5] == ["légende", *["texte"] * 3, "signature"]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    good = written(tmp_path, "\n".join(BODY))
    result = CliRunner(mix_stderr=False).invoke(clean, ["--json", str(tmp_path / "absent.txt"), str(good)])
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)) == len(BODY)
    assert "absent.txt" in result.stderr
    nothing = CliRunner(mix_stderr=False).invoke(clean, [str(tmp_path / "absent.txt")])
    assert isinstance(nothing.exception, UsageError)
