"""`audionews jingles`: the program's sounds as files, never over somebody's own."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import wave
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audionews.cli.jingles import jingles
from audionews.cli.main import cli
from audionews.errors import AudionewsError, UsageError
from audionews.settings import FAMILIES, load
from audionews.sound.jingles import KINDS, render
from audionews.sound.measure import measure
from audionews.station import SoundChoice

FILES = [f"{name}.wav" for name in KINDS]


def run(*arguments: object, fails: type[Exception] | None = None) -> Result:
    result = CliRunner(mix_stderr=False).invoke(jingles, [str(one) for one in arguments])
    if fails is None:
        assert result.exception is None, result.output
    else:
        assert isinstance(result.exception, fails), result.output
    return result


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return render(tmp_path_factory.mktemp("cache"))


def test_the_four_sounds_are_written_and_told_one_a_line(here: Path, plain: dict[str, Path]) -> None:
    done = run("essais/sons")
    assert sorted(path.name for path in (here / "essais" / "sons").iterdir()) == sorted(FILES)
    lines = done.stdout.splitlines()
    assert len(lines) == 4
    for line, (name, path) in zip(lines, plain.items(), strict=True):
        assert (here / "essais" / "sons" / f"{name}.wav").read_bytes() == path.read_bytes()
        told = re.fullmatch(rf"essais/sons/{name}\.wav +(\d+,\d) s  (−\d+,\d) LUFS", line)
        assert told, line
        heard = measure(path)
        seconds, loudness = (float(one.replace(",", ".").replace("−", "-")) for one in told.groups())
        assert seconds == pytest.approx(heard.duration_ms / 1000, abs=0.06)
        assert loudness == pytest.approx(heard.integrated, abs=0.06)
    with wave.open("essais/sons/bed.wav") as file:
        assert file.getparams()[:3] == (2, 2, 48_000)


def test_the_hint_makes_a_station_that_uses_them(here: Path) -> None:
    done = run("sons", "--family", "kora", "--key", "Si b", "--seed", "7")
    told = done.stderr.splitlines()
    assert told[0].endswith("dans la table [sound] de station.toml :")
    table = tomllib.loads("\n".join(one for one in told if one.startswith("  ")))
    assert table == {
        "family": "kora",
        "key": "Si b",
        "seed": 7,
        **{name: f"sons/{name}.wav" for name in KINDS},
    }
    (here / "station.toml").write_text("[sound]\n" + "\n".join(one for one in told if one.startswith("  ")), "utf-8")
    choice = load(here / "station.toml").sound
    assert (choice.family, choice.seed, choice.jingle) == ("kora", 7, "sons/jingle.wav")
    assert (here / choice.bed).is_file()


def test_the_hint_names_files_from_the_station_s_folder(here: Path) -> None:
    (here / "radio").mkdir()
    (here / "radio" / "station.toml").write_text("", "utf-8")
    done = run("essais", "--station", "radio/station.toml")
    assert '  jingle = "../essais/jingle.wav"' in done.stderr.splitlines()


def test_the_station_chooses_what_the_command_does_not_say(here: Path) -> None:
    (here / "station.toml").write_text(
        '[sound]\nfamily = "clair"\nkey = "la"\nseed = 3\njingle = "absent.wav"\n', "utf-8"
    )
    run("a")
    expected = render(here / "cache", SoundChoice(family="clair", key="la", tempo=130, seed=3))
    assert (here / "a" / "sting.wav").read_bytes() != expected["sting"].read_bytes()
    run("b", "--tempo", "130")
    for name, path in expected.items():
        assert (here / "b" / f"{name}.wav").read_bytes() == path.read_bytes()


def test_all_families_go_into_folders_of_their_names(here: Path, plain: dict[str, Path]) -> None:
    done = run("sons", "--all")
    assert len(done.stdout.splitlines()) == 12
    assert sorted(path.name for path in (here / "sons").iterdir()) == sorted(FAMILIES)
    assert (here / "sons" / "sobre" / "bed.wav").read_bytes() == plain["bed"].read_bytes()
    assert len({(here / "sons" / one / "sting.wav").read_bytes() for one in FAMILIES}) == 3


def test_somebody_s_own_file_is_kept_unless_forced(here: Path, plain: dict[str, Path]) -> None:
    (here / "sons").mkdir()
    (here / "sons" / "bed.wav").write_bytes(b"mon tapis")
    refused = run("sons", fails=UsageError)
    assert "sons/bed.wav existe déjà" in str(refused.exception)
    assert "--force" in str(refused.exception)
    assert [path.name for path in (here / "sons").iterdir()] == ["bed.wav"], "all or nothing"
    run("sons", "--force")
    assert (here / "sons" / "bed.wav").read_bytes() == plain["bed"].read_bytes()
    before = (here / "sons" / "bed.wav").stat().st_mtime_ns
    run("sons")
    assert (here / "sons" / "bed.wav").stat().st_mtime_ns == before, "the same bytes are left as they are"


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--family", "korra"], "« kora »"),
        (["--key", "h"], "« h » est inconnue"),
        (["--key", "la mineur"], "Écrivez la note seule"),
        (["--tempo", "20"], "entre 60 et 160"),
        (["--all", "--family", "kora"], "se contredisent"),
        (["--station", "absente.toml"], "absente.toml"),
    ],
)
def test_what_cannot_be_is_told_and_writes_nothing(here: Path, arguments: list[str], what: str) -> None:
    assert what in str(run("sons", *arguments, fails=UsageError).exception)
    assert not list(here.iterdir())


def test_a_folder_that_cannot_be_written_is_named(here: Path) -> None:
    (here / "sons").write_text("un fichier")
    assert run("sons/ici", fails=AudionewsError).exception is not None


def test_the_program_knows_the_command_and_its_help_tells_all(here: Path) -> None:
    assert cli.commands["jingles"] is jingles
    told = " ".join(run("--help").stdout.split())
    for word in (*FAMILIES, *FILES, "--key", "--tempo", "--seed", "--all", "--force", "station.toml"):
        assert word in told
    done = subprocess.run(
        [sys.executable, "-m", "audionews", "jingles", "sons", "--key", "x"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Erreur : La tonalité « x » est inconnue")
    assert done.stderr.count("\n") == 1
