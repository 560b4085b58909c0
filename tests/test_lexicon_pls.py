"""Lexicons of the W3C: read whole, nothing fetched, merged without touching what the editor wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from audionews.desk import pls
from audionews.desk.words import Merged, merge
from audionews.errors import AudionewsError, UsageError
from audionews.french.lexicon import Entry, entry
from audionews.settings import lexicon

SPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"


def pls_file(folder: Path, lexemes: str, attributes: str = 'alphabet="ipa" xml:lang="fr-FR"', head: str = "") -> Path:
    path = folder / "mots.pls"
    text = f'<?xml version="1.0" encoding="UTF-8"?>{head}<lexicon version="1.0" xmlns="{SPACE}" {attributes}>{lexemes}'
    path.write_text(text + "</lexicon>", "utf-8")
    return path


def lexeme(*words: str, **said: str) -> str:
    graphemes = "".join(f"<grapheme>{word}</grapheme>" for word in words)
    return f"<lexeme>{graphemes}{''.join(f'<{tag}>{text}</{tag}>' for tag, text in said.items())}</lexeme>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (lexeme("Abuja", phoneme="ˈa.bu.d͡ʒa"), {"Abuja": Entry("", "abudʒa")}),
        (
            lexeme("Tombouctou", "Timbuktu", phoneme="tɔ̃buktu"),
            {w: Entry("", "tɔ̃buktu") for w in ("Tombouctou", "Timbuktu")},
        ),
        (lexeme("W3C", alias="World Wide Web Consortium"), {"W3C": Entry("World Wide Web Consortium")}),
        (lexeme("FMI", alias="F M I", phoneme="ɛfɛmi"), {"FMI": Entry("F M I", "ɛfɛmi")}),
        (lexeme(" Grand\n Bassam ", phoneme="ɡʁɑ̃ basam"), {"Grand Bassam": Entry("", "ɡʁɑ̃ basam")}),
        (
            "<lexeme><grapheme>a</grapheme><phoneme>i</phoneme><phoneme prefer='true'>u</phoneme></lexeme>",
            {"a": Entry("", "u")},
        ),
        (
            "<lexeme><grapheme>a</grapheme><phoneme><!-- i -->u</phoneme><example>x</example></lexeme>",
            {"a": Entry("", "u")},
        ),
        (
            "<lexeme><grapheme>a</grapheme><phoneme alphabet='x-sampa'>bO~Zu\"R</phoneme></lexeme>",
            {"a": Entry("", "bɔ̃ʒuʁ")},
        ),
        (lexeme("Trump", phoneme="tɹʌmp"), {"Trump": Entry("", "tʁœmp")}),
        (lexeme("Smith", phoneme="smɪθ"), {"Smith": Entry("", "smis")}),
        (lexeme("Juan", phoneme="xwãn"), {"Juan": Entry("", "ʁwɑ̃n")}),
    ],
)
def test_what_a_lexeme_gives(tmp_path: Path, content: str, expected: dict[str, Entry]) -> None:
    found = pls.read(pls_file(tmp_path, content))
    assert (found.entries, found.refused, found.remarks) == (expected, (), ())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (
            "<lexeme><grapheme>a</grapheme><phoneme alphabet='kirshenbaum'>u</phoneme></lexeme>",
            "alphabet « kirshenbaum »",
        ),
        (lexeme("a", phoneme="ǃa"), "« ǃ » n’est pas un son"),
        (lexeme("a"), "ni sons ni alias"),
        (lexeme("a", phoneme=" ˈ "), "ni sons ni alias"),
        (lexeme("a", phoneme="u") + lexeme("a", phoneme="i"), "de deux façons"),
        (lexeme("…", phoneme="u"), "ne commence pas par une lettre"),
    ],
)
def test_what_cannot_be_said_is_refused_by_name(tmp_path: Path, content: str, why: str) -> None:
    found = pls.read(pls_file(tmp_path, content + lexeme("bon", phoneme="bɔ̃")))
    assert found.entries["bon"] == Entry("", "bɔ̃")
    ((word, reason),) = found.refused
    assert word in ("a", "…") and why in reason


def test_another_language_is_told(tmp_path: Path) -> None:
    assert "« en-GB »" in pls.read(pls_file(tmp_path, "", 'alphabet="ipa" xml:lang="en-GB"')).remarks[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "n’est pas du XML"),
        (b"<lexicon", "n’est pas du XML"),
        (b"<lexicon/>", "n’est pas un lexique PLS"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "n’est pas un lexique PLS"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "mots.pls"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=said) as caught:
        pls.read(path)
    assert "\n" not in str(caught.value)
    with pytest.raises(UsageError, match="ne peut pas être lu"):
        pls.read(tmp_path / "absent.pls")


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE lexicon SYSTEM "secret.dtd">',
        '<!DOCTYPE lexicon [<!ENTITY x SYSTEM "secret.txt">]>',
        '<!DOCTYPE lexicon [<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_nothing_is_fetched_or_expanded(tmp_path: Path, head: str) -> None:
    (tmp_path / "secret.txt").write_text("ou", "utf-8")
    (tmp_path / "secret.dtd").write_text('<!ENTITY x "ou">', "utf-8")
    content = "<lexeme><grapheme>a</grapheme><alias>&x;</alias></lexeme>"
    with pytest.raises(UsageError, match="DOCTYPE"):
        pls.read(pls_file(tmp_path, content, head=head))


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pls, "LARGEST", 100)
    with pytest.raises(UsageError, match="dépasse"):
        pls.read(pls_file(tmp_path, lexeme("a", phoneme="u")))


OLD = """# Nos mots
"ONU" = "O N U"   # sigle
[lieux]
Abuja = "Aboudja"  # à revoir = "non"
"N'Djamena" = 'Ndjamena'
"""
NEW = {"Abuja": entry("/abudʒa/"), "N’Djamena": entry("/ndʒamena/"), "Grand Bassam": entry("/ɡʁɑ̃ basam/")}


def test_new_words_are_added_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(OLD, "utf-8")
    assert merge(path, NEW, "Importé de mots.pls") == Merged(added=1, replaced=0, kept=2)
    assert path.read_text("utf-8") == OLD + '\n# Importé de mots.pls\n"Grand Bassam" = "/ɡʁɑ̃ basam/"\n'
    assert merge(path, NEW, "encore") == Merged(added=0, replaced=0, kept=3)
    assert "encore" not in path.read_text("utf-8")


def test_words_are_replaced_in_their_place(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(OLD, "utf-8")
    assert merge(path, NEW, "Importé", replace=True) == Merged(added=1, replaced=2, kept=0)
    lines = path.read_text("utf-8").splitlines()
    assert lines[:5] == [
        *("# Nos mots", '"ONU" = "O N U"   # sigle', "[lieux]"),
        *('Abuja = "/abudʒa/"  # à revoir = "non"', '"N\'Djamena" = "/ndʒamena/"'),
    ]


def test_a_first_file_is_made(tmp_path: Path) -> None:
    merge(tmp_path / "lexicon.toml", NEW, "Importé\nde mots.pls")
    assert dict(lexicon(tmp_path / "lexicon.toml"))["Abuja"] == "/abudʒa/"


@pytest.mark.parametrize(
    "content", ['a = { Abuja = "x" }\n', 'Abuja = """\nx"""\n', '[a]\nb.c = "x"\n[d]\nAbuja = "y"']
)
def test_a_file_that_cannot_be_changed_stays(tmp_path: Path, content: str) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(AudionewsError, match=r"lexicon\.toml"):
        merge(path, NEW, "Importé", replace=True)
    assert path.read_text("utf-8") == content
