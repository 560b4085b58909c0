"""`audionews spoken` as an editor or a script types it."""

from __future__ import annotations

import subprocess
import sys


def spoken(*arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "audionews", "spoken", *arguments],
        input=given,
        capture_output=True,
        check=True,
        timeout=60,
    )


def lines(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    return done.stdout.decode("utf-8").split("\n")[:-1]


def test_words_form_a_text_and_quoted_texts_a_line_each() -> None:
    assert lines(spoken("le", "7", "juin")) == ["le sept juin"]
    assert lines(spoken("le 7 juin", "12 km")) == ["le sept juin", "douze kilomètres"]


def test_one_line_out_for_each_line_in() -> None:
    given = "le 7 juin\r\n\n12\u2028km\x0b3\n\ufffd 5\nsans fin 4".encode() + b"\n\xff 6\n"
    out = lines(spoken("-", given=given))
    assert len(out) == 6
    assert out[:2] == ["le sept juin", ""]
    assert out[4] == "sans fin quatre"
    assert out[5].endswith("six")


def test_without_a_text_standard_input_is_read() -> None:
    assert lines(spoken(given="à 14h30\n".encode())) == ["à quatorze heures trente"]


def test_explain_names_the_rules_and_ends_with_the_text() -> None:
    told = lines(spoken("--explain", "la 7è rencontre"))
    assert told[-1] == "la septième rencontre"
    assert any("ordinal" in line and "7è → septième" in line for line in told[:-1])
    assert lines(spoken("--explain", "Rien à changer.")) == ["Rien à changer."]


def test_expand_says_a_sigle_in_full_first() -> None:
    (said,) = lines(spoken("--expand", "Le directeur de l’AMRTP a parlé. L’AMRTP publie ses chiffres."))
    assert "Autorité malienne de régulation" in said
    assert "A M R T P" in said


def test_a_reader_that_leaves_is_no_error() -> None:
    done = subprocess.run(
        f'yes "le 7 juin" | head -n 20000 | {sys.executable} -m audionews spoken - | head -n 1',
        shell=True,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("le sept juin\n", "")
