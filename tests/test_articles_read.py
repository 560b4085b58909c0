"""Files → raw articles: fields, encodings, and refusals by name with the reason."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.articles.headers import parse_date, parse_head
from audionews.articles.language import is_french
from audionews.articles.read import READERS, Reading, read

BODY = "Le marché de Bandoula a rouvert samedi après deux ans de travaux, a annoncé la mairie de la ville."
PAGE = f"""<!doctype html><html lang="fr"><head><title>Le marché rouvre</title>
<meta property="article:published_time" content="2025-06-07T10:00:00Z"><meta name="author" content="Awa Keïta">
<link rel="canonical" href="https://example.org/marche"></head><body><nav><a href="/">Accueil</a></nav><article>
<h1>Le marché rouvre</h1><p>{BODY}</p><p>Les commerçants ont retrouvé leurs places dès six heures du matin dans le
calme, selon la mairie.</p><p>Le coût des travaux est de trois milliards de francs.</p></article></body></html>"""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def reason(reading: Reading) -> str:
    assert reading.raws == ()
    return reading.refused[0].message


def test_text_with_head(tmp_path: Path) -> None:
    head = "Titre : Le marché rouvre\nDate : 7 juin 2025\nAuteur : Awa Keïta\nSource : le quotidien L’Essor\n"
    head += "Adresse : https://example.org/a\nRubrique : Société\n\n"
    (raw,) = read(write(tmp_path, "a.txt", head + BODY)).raws
    assert (raw.title, raw.published, raw.author) == ("Le marché rouvre", date(2025, 6, 7), "Awa Keïta")
    assert (raw.source, raw.url, raw.section) == ("le quotidien L’Essor", "https://example.org/a", "Société")
    assert raw.lines == (BODY,)


def test_date_of_the_file_name_counts_only_without_a_head(tmp_path: Path) -> None:
    assert read(write(tmp_path, "2025-06-07-a.txt", BODY)).raws[0].published == date(2025, 6, 7)
    headed = write(tmp_path, "2025-06-08-a.txt", f"Date: 2025-06-01\n\n{BODY}")
    assert read(headed).raws[0].published == date(2025, 6, 1)
    assert read(write(tmp_path, "2025-99-99-a.txt", BODY)).raws[0].published is None


def test_markdown_with_front_matter_and_heading(tmp_path: Path) -> None:
    text = f"---\ndate: 2025-06-07\nauthor: Awa Keïta\n---\n# Le marché rouvre\n\n**{BODY}** [Lien](https://x.org)\n"
    (raw,) = read(write(tmp_path, "a.md", text)).raws
    assert (raw.title, raw.published) == ("Le marché rouvre", date(2025, 6, 7))
    assert raw.lines == (f"{BODY} Lien",)


def test_marks_of_markdown_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# Kati : le **pont** neuf\n\n*Par Awa SISSOKO*\n\nLe [pont](https://x.example) de **Kati** ouvre.\n", "utf-8"
    )
    (raw,) = read(path).raws
    assert raw.title == "Kati : le pont neuf"
    assert raw.lines == ("Par Awa SISSOKO", "Le pont de Kati ouvre.")


def test_a_first_line_apart_is_the_title_and_said_so(tmp_path: Path) -> None:
    reading = read(write(tmp_path, "a.txt", f"Le marché rouvre\n\n{BODY}"))
    assert reading.raws[0].title == "Le marché rouvre"
    assert "prise pour le titre" in reading.remarks[0].message
    assert read(write(tmp_path, "b.txt", f"Le marché rouvre\n{BODY}")).raws[0].title == ""


def test_hard_wrapped_lines_are_joined(tmp_path: Path) -> None:
    wrapped = "Le marché de Bandoula a rouvert\nsamedi après deux ans de travaux,\na annoncé la mairie.\n\nUn autre."
    raw = read(write(tmp_path, "a.txt", wrapped)).raws[0]
    assert raw.lines == (
        "Le marché de Bandoula a rouvert samedi après deux ans de travaux, a annoncé la mairie.",
        "Un autre.",
    )


def test_html_page(tmp_path: Path) -> None:
    (raw,) = read(write(tmp_path, "a.html", PAGE)).raws
    assert (raw.title, raw.published, raw.author) == ("Le marché rouvre", date(2025, 6, 7), "Awa Keïta")
    assert raw.url == "https://example.org/marche"
    assert BODY in raw.lines
    assert "Accueil" not in raw.lines


def test_json_object_list_and_lines(tmp_path: Path) -> None:
    one = {"title": "Le marché rouvre", "content": BODY, "published": "2025-06-07T06:00:00Z", "author": "Awa"}
    (raw,) = read(write(tmp_path, "a.json", json.dumps(one))).raws
    assert (raw.title, raw.published, raw.author) == ("Le marché rouvre", date(2025, 6, 7), "Awa")
    many = read(write(tmp_path, "b.json", json.dumps([one, {"title": "vide"}, 3, {"body": [BODY, "Fin."]}])))
    assert [raw.lines for raw in many.raws] == [(BODY,), (BODY, "Fin.")]
    assert [remark.origin[-3:] for remark in many.refused] == ["[2]", "[3]"]
    lines = read(write(tmp_path, "c.jsonl", f"{json.dumps(one)}\n{{oups\n\n{json.dumps({'text': BODY})}\n"))
    assert len(lines.raws) == 2
    assert lines.refused[0].origin.endswith("c.jsonl:2")
    assert "mal formée" in lines.refused[0].message


def test_half_a_surrogate_pair_in_json_does_no_harm(tmp_path: Path) -> None:
    (raw,) = read(write(tmp_path, "a.json", '{"text": "Le marché \\ud800 rouvre."}')).raws
    assert raw.lines[0].encode("utf-8")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"", "fichier vide"),
        ("a.txt", b" \n\t\n", "fichier vide"),
        ("a.txt", b"%PDF-1.7 ...", "PDF"),
        ("a.txt", b"Le\x00march\x00", "binaire"),
        ("a.txt", bytes(range(1, 32)) * 20, "binaire"),
        ("a.txt", BODY.encode("utf-16-le"), "UTF-16 sans marque"),
        ("a.txt", b"\xff\xfea\x00b", "UTF-16 abîmé"),
        ("a.txt", "Le marché a été rouvert à côté de la forêt.".encode("mac-roman"), "encodage illisible"),
        ("a.txt", "Рынок открыт снова сегодня".encode("koi8-r"), "encodage illisible"),
        ("a.txt", "Le march� rouvre �", "lettres ont été perdues"),
        ("a.txt", b"x" * 5_000_001, "dépasse 5 Mo"),
        ("a.json", b"{", "JSON mal formé"),
        ("a.json", b"[" * 100_000, "JSON mal formé"),
        ("a.json", b'{"text": ""}', "aucun texte"),
        ("a.html", b"<html></html>", "aucun texte"),
        ("a.txt", b"Titre : Rien d'autre\n\n", "aucun texte"),
        ("a.docx", b"PK", "extension"),
    ],
)
def test_refused_with_the_reason(tmp_path: Path, name: str, content: str | bytes, told: str) -> None:
    path = write(tmp_path, name, content)
    reading = read(path)
    assert told in reason(reading)
    assert reading.refused[0].origin == path.as_posix()


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    assert "n’existe pas" in reason(read(tmp_path / "absent.txt"))
    os.mkfifo(tmp_path / "pipe.txt")
    assert "ordinaire" in reason(read(tmp_path / "pipe.txt"))
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert read(tmp_path / "loop.txt").raws == ()


@pytest.mark.parametrize(("encoding", "remarks"), [("utf-8", 0), ("utf-8-sig", 0), ("cp1252", 1), ("utf-16", 1)])
def test_encodings_that_are_read(tmp_path: Path, encoding: str, remarks: int) -> None:
    text = "« Le marché a rouvert à l’aube », a déclaré la mairie. Le cœur de la ville revit."
    reading = read(write(tmp_path, "a.txt", text.encode(encoding)))
    assert reading.raws[0].lines == (text,)
    assert len(reading.remarks) == remarks


def test_a_double_encoding_is_undone_and_told(tmp_path: Path) -> None:
    broken = BODY.encode().decode("cp1252").encode()
    reading = read(write(tmp_path, "a.txt", broken))
    assert reading.raws[0].lines == (BODY,)
    assert "double encodage" in reading.remarks[0].message


def test_an_unreadable_date_is_told(tmp_path: Path) -> None:
    reading = read(write(tmp_path, "a.txt", f"Date : un de ces jours\n\n{BODY}"))
    assert reading.raws[0].published is None
    assert "date illisible" in reading.remarks[0].message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-06-07", date(2025, 6, 7)),
        ("2025-06-07T22:15:00+02:00", date(2025, 6, 7)),
        ("07/06/2025", date(2025, 6, 7)),
        ("samedi 7 juin 2025 à 10 h", date(2025, 6, 7)),
        ("1er août 2025", date(2025, 8, 1)),
        ("2025-02-30", None),
        ("7 juin", None),
        ("", None),
    ],
)
def test_dates(text: str, expected: date | None) -> None:
    assert parse_date(text) == expected


def test_one_line_that_looks_like_a_head_may_be_the_text() -> None:
    fields, body = parse_head("Source : le puits a tari.\nLes habitants attendent la pluie.")
    assert fields == {}
    assert body.startswith("Source")


FOREIGN = {
    "anglais": "The minister said on Saturday that the new market will open next month after two years of work in the "
    "capital, and that traders will be able to come back to their stalls before the rainy season begins.",
    "espagnol": "El ministro dijo el sábado que el nuevo mercado abrirá el próximo mes después de dos años de obras en "
    "la capital, y que los comerciantes podrán volver a sus puestos antes de la temporada de lluvias del país.",
    "italien": "Il ministro ha detto sabato che il nuovo mercato aprirà il mese prossimo dopo due anni di lavori nella "
    "capitale, e che i commercianti potranno tornare ai loro posti prima della stagione delle piogge.",
    "portugais": "O ministro disse no sábado que o novo mercado abrirá no próximo mês depois de dois anos de obras na "
    "capital, e que os comerciantes poderão voltar às suas bancas antes da estação das chuvas no país.",
    "allemand": "Der Minister sagte am Samstag, dass der neue Markt nach zwei Jahren Bauzeit im nächsten Monat in der "
    "Hauptstadt öffnen wird und dass die Händler vor der Regenzeit an ihre Stände zurückkehren können.",
}


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN.keys())
def test_other_languages_are_told(text: str) -> None:
    assert not is_french(text)


def test_french_is_believed_and_short_texts_spared() -> None:
    assert is_french(BODY)
    assert is_french("Bandoula bat Kolondiè 2-1.")
    assert is_french("Rien que du bruit", "fr-FR")
    assert is_french(FOREIGN["anglais"], "Français")
    assert not is_french(BODY, "en")


def test_plain_text_is_read_without_heavy_libraries(tmp_path: Path) -> None:
    for number in range(10):
        write(tmp_path, f"{number}.txt", f"{BODY} Ce texte porte le numéro {number} et parle du marché de la ville.")
    code = (
        "import sys, time; from pathlib import Path; from audionews.articles.collect import from_paths\n"
        "at = time.process_time(); found = from_paths([Path(sys.argv[1])]); spent = time.process_time() - at\n"
        "print(len(found.articles), spent < 0.1, 'trafilatura' in sys.modules, 'py3langid' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["10", "True", "False", "False"]


@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=400), suffix=st.sampled_from([*READERS, ".bin"]))
def test_no_bytes_break_the_reader(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path = write(tmp_path_factory.mktemp("fuzz"), f"a{suffix}", data)
    reading = read(path)
    assert reading.raws or reading.refused
    assert all(remark.message for remark in reading.refused)


@settings(deadline=None, max_examples=60)
@given(
    st.recursive(
        st.none() | st.text(max_size=20) | st.integers(),
        lambda one: st.lists(one) | st.dictionaries(st.sampled_from(["text", "title", "date", "author", "x"]), one),
        max_leaves=12,
    )
)
def test_no_json_value_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    path = write(tmp_path_factory.mktemp("fuzz"), "a.json", json.dumps(value))
    reading = read(path)
    assert isinstance(reading, Reading)


def test_a_page_in_the_encoding_it_declares(tmp_path: Path) -> None:
    page = PAGE.replace('<html lang="fr"><head>', '<html lang="fr"><head><meta charset="iso-8859-15">')
    (raw,) = read(
        write(tmp_path, "a.html", page.replace("Le marché rouvre", "Le cœur rouvre").encode("iso-8859-15"))
    ).raws
    assert raw.title == "Le cœur rouvre"


def test_a_list_of_articles_may_be_long_but_no_paragraph_is(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": f"{BODY} {number}.", "x": "y" * 900}) for number in range(6000))
    assert len(read(write(tmp_path, "a.jsonl", lines)).raws) == 6000
    assert "aucun texte" in reason(read(write(tmp_path, "b.json", json.dumps({"text": "a" * 200_000}))))
