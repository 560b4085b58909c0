"""station.toml: defaults, and slips that are named with their cure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audionews.desk.words import entries
from audionews.errors import UsageError
from audionews.files import slugify
from audionews.french.lexicon import Entry
from audionews.settings import load, parse


def test_defaults_make_a_whole_station(tmp_path: Path) -> None:
    station = parse({}, tmp_path)
    assert station.identity.slug == "radio-de-demonstration"
    assert station.identity.author == station.identity.name
    assert station.edition("matin").time == "07:00"


def test_tables_are_read(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_text(
        '[station]\nname = "Radio Lac"\nurl = "https://lac.example/"\n'
        '[editions.nuit]\ntitle = "La nuit"\ntime = "23:00"\n'
        '[[source]]\npath = "a"\nname = "le journal A"\n[engines.gtts]\ntimeout = 5\n',
        "utf-8",
    )
    station = load(path)
    assert station.folder == tmp_path
    assert station.identity.url == "https://lac.example"
    assert station.edition("nuit").title == "La nuit"
    assert station.sources[0].options == {"path": "a"}
    assert station.engines["gtts"] == {"timeout": 5}


def test_of_an_edition_that_is_known_only_what_changes_has_to_be_written(tmp_path: Path) -> None:
    made = parse({"editions": {"midi": {"slot": "3:00"}}}, tmp_path)
    assert made.slot_ms("midi") == 180_000
    assert replace(made.edition("midi"), slot="") == parse({}, tmp_path).edition("midi")
    assert made.edition("soir") == parse({}, tmp_path).edition("soir")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"stations": {}}, "Vouliez-vous dire « station »"),
        ({"voice": {"sped": 1.0}}, "Vouliez-vous dire « speed »"),
        ({"voice": {"speed": "vite"}}, "float"),
        ({"voice": {"speed": 4.0}}, "entre 0.7 et 1.3"),
        ({"voice": "kokoro"}, "devrait être une table"),
        ({"source": {"path": "a"}}, "deux crochets"),
        ({"station": {"timezone": "Bamako"}}, "Africa/Bamako"),
        ({"station": {"url": "lac.example"}}, "https://"),
        ({"editions": {"nuit": {"title": "x", "time": "25 h"}}}, "07:00"),
        ({"editions": {"La nuit": {"title": "x", "time": "23:00"}}}, "Lettres"),
        ({"editions": {"nuit": {"title": "x"}}}, "time"),
        ({"sound": {"bitrate": 5}}, "entre 48 et 320"),
    ],
)
def test_slips_are_named(tmp_path: Path, table: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(table, tmp_path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"[station", b"\xff\xfe", b"a = 1\na = 2"])
def test_unreadable_files_are_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "station.toml"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"station\.toml"):
        load(path)


def with_lexicon(folder: Path, content: str) -> Path:
    (folder / "station.toml").write_text("", "utf-8")
    (folder / "lexicon.toml").write_text(content, "utf-8")
    return folder / "station.toml"


def test_the_lexicon_is_optional(tmp_path: Path) -> None:
    (tmp_path / "station.toml").write_text("", "utf-8")
    assert load(tmp_path / "station.toml").lexicon == ()


def test_the_lexicon_is_flat_or_in_tables(tmp_path: Path) -> None:
    path = with_lexicon(tmp_path, 'ONU = "O N U"\n[lieux]\n"N’Djamena" = "/ndʒamena/"\n')
    station = load(path)
    assert station.lexicon == (("ONU", "O N U"), ("N’Djamena", "/ndʒamena/"))
    assert entries(station) == {"ONU": Entry("O N U"), "N’Djamena": Entry("", "ndʒamena")}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Abuja", "TOML valide"),
        ("Abuja = 3", "« Abuja » devrait être un texte"),
        ("[a.b]\nAbuja = 'x'", "« b » devrait être un texte"),
        ("[a]\nx = 'y'\n[b]\nx = 'z'", "« x » est dit de deux façons"),
        ("'' = 'rien'", "ne commence pas par une lettre"),
        ("Abuja = '/abuja$/'", "« Abuja » : « $ » n’est pas un son du français"),
        ("Abuja = ''", "« Abuja » : il n’y a rien à prononcer"),
    ],
)
def test_slips_of_the_lexicon_are_named(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        entries(load(with_lexicon(tmp_path, content)))
    assert "lexicon.toml" in str(caught.value) and said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("L’Essor du Mali", "l-essor-du-mali"),
        ("Œuvre", "oeuvre"),
        ("???", "sans-nom"),
        ("12.450 enfants", "12-450-enfants"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slugify(name) == slug
