"""Presenters: what a station file says of them, what it leaves out, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audionews.cli.job import with_voice
from audionews.desk import casting, voicing
from audionews.errors import UsageError
from audionews.script.write import presenters
from audionews.settings import load, parse
from audionews.station import Presenter, Station
from audionews.voices.kokoro import Kokoro, style
from tests.helpers import EXAMPLE


def station(*tables: dict[str, Any], **voice: Any) -> Station:
    return parse({"presenter": list(tables), "voice": voice}, Path("/nowhere"))


def test_a_station_without_presenters_has_one() -> None:
    assert station().presenters == (Presenter("Voix", "kokoro", "", 1.0),) == Station(Path()).presenters
    assert station(engine="espeak", name="fr-be", speed=0.9).presenters == (Presenter("Voix", "espeak", "fr-be", 0.9),)


def test_what_a_presenter_leaves_out_comes_from_voice() -> None:
    made = station({"name": "Awa"}, {"name": "Issa"}, engine="espeak", name="fr-be", speed=1.1)
    assert made.presenters == (Presenter("Awa", "espeak", "fr-be", 1.1), Presenter("Issa", "espeak", "", 1.1))
    made = station({"name": "Awa", "engine": "gtts"}, {"name": "Issa", "speed": 0.8}, name="ff_siwis")
    assert made.presenters == (Presenter("Awa", "gtts", "", 1.0), Presenter("Issa", "kokoro", "", 0.8))


def test_a_presenter_may_say_it_all() -> None:
    made = station({"name": "  Awa Keïta ", "engine": "espeak", "voice": "fr+f3", "speed": 0.7}, engine="silence")
    assert made.presenters == (Presenter("Awa Keïta", "espeak", "fr+f3", 0.7),)
    assert presenters(made) == ("Awa Keïta",)


def test_two_presenters_have_two_voices_of_the_default_engine() -> None:
    made = station({"name": "Awa"}, {"name": "Issa"})
    assert [casting.voice_of(made, number) for number in (1, 2)] == ["ff_siwis", "ff_siwis:0.3+im_nicola:0.7"]
    assert Kokoro.voice_of(2) == "ff_siwis:0.3+im_nicola:0.7" and Kokoro.has(Kokoro.voice_of(2))
    assert abs(style(Kokoro.voice_of(2)) - 0.3 * style("ff_siwis") - 0.7 * style("im_nicola")).max() < 1e-6


@pytest.mark.parametrize(
    ("first", "second", "voices"),
    [
        ("", "", ["fr", "fr+f3"]),
        ("fr+f3", "", ["fr+f3", "fr"]),  # theirs is the one the second would have had
        ("", "fr", ["fr+f3", "fr"]),
        ("fr-ch", "", ["fr-ch", "fr+f3"]),
        ("fr", "fr", ["fr", "fr"]),  # the station wants it so
    ],
)
def test_two_presenters_are_told_apart_unless_the_station_wants_one_voice(
    first: str, second: str, voices: list[str]
) -> None:
    made = station({"name": "Awa", "voice": first}, {"name": "Issa", "voice": second}, engine="espeak")
    assert [voicing.engine(made, number).voice for number in (1, 2)] == voices
    shown = {one.voice: one.presenters for one in casting.choices(made, ["espeak"]) if one.presenters}
    assert sorted(name for names in shown.values() for name in names) == ["Awa", "Issa"]
    assert set(shown) == set(voices)


def test_an_engine_with_one_voice_gives_it_to_both() -> None:
    made = station({"name": "Awa"}, {"name": "Issa"}, engine="silence")
    assert [voicing.engine(made, number).label for number in (1, 2)] == ["silence:muette"] * 2


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ([{"name": "A"}, {"name": "B"}, {"name": "C"}], r"il y en a 3\. Gardez-en 2 au plus"),
        ([{"name": "Awa"}, {"name": " Awa "}], "lisible et différent"),
        ([{"name": ""}], "lisible"),
        ([{"name": "   "}], "lisible"),
        ([{"name": "[Awa]"}], "lisible"),
        ([{"name": "Awa : Issa"}], "lisible"),
        ([{"name": "— Awa"}], "lisible"),
        ([{"name": "Awa\nIssa"}], "lisible"),
        ([{"name": "Awa\u2028Issa"}], "lisible"),
        ([{"name": "Awa\rIssa"}], "lisible"),
        ([{"name": "x" * 41}], "lisible"),
        ([{"name": 3}], "name"),
        ([{}], "name"),
        ([{"name": "Awa", "vioce": "fr"}], r"\[\[presenter\]\] : « vioce » est inconnu\. Vouliez-vous dire « voice »"),
        ([{"name": "Awa", "speed": 1.4}], r"« Awa » speed = 1\.4 est hors limites\. Choisissez entre 0\.7 et 1\.3"),
        ([{"name": "Awa"}, {"name": "Issa", "speed": 0.5}], r"« Issa » speed = 0\.5 est hors limites"),
        ([{"name": "Awa", "speed": -1.0}], "hors limites"),
        ([{"name": "Awa", "speed": float("nan")}], "hors limites"),
        ([{"name": "Awa", "speed": "vite"}], "speed"),
        ({"name": "Awa"}, r"devrait s’écrire \[\[presenter\]\], avec deux crochets"),
        (["Awa"], "devrait être une table"),
    ],
)
def test_what_cannot_present_is_refused_in_one_line(tables: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        parse({"presenter": tables}, Path("/nowhere"))
    assert "\n" not in str(raised.value) and str(raised.value).startswith("station.toml, ")


def test_a_name_may_be_long_and_hold_what_names_hold() -> None:
    names = ["Jean-Paul N’Diaye", "Aminata « Ami » Touré 2", "x" * 40, "É"]
    assert [station({"name": name}).presenters[0].name for name in names] == names


def test_a_voice_on_the_command_line_gives_one_presenter() -> None:
    made = station({"name": "Awa", "speed": 0.9}, {"name": "Issa", "engine": "silence"}, engine="espeak")
    assert with_voice(made, None) == made
    assert with_voice(made, "silence").presenters == (Presenter("Awa", "silence", "", 0.9),)
    blended = with_voice(made, "kokoro:ff_siwis:0.3+im_nicola:0.7")
    assert blended.presenters == (Presenter("Awa", "kokoro", "ff_siwis:0.3+im_nicola:0.7", 0.9),)
    assert voicing.engine(with_voice(made, "espeak:fr+f3")).label == "espeak:fr+f3"
    with pytest.raises(UsageError, match="nobody"):
        voicing.engine(with_voice(made, "espeak:nobody"))


def test_the_example_is_read_by_two(tmp_path: Path) -> None:
    made = load(EXAMPLE)
    assert presenters(made) == ("Awa", "Moussa")
    assert {casting.voice_of(made, number) for number in (1, 2)} == {Kokoro.voice_of(1), Kokoro.voice_of(2)}
    (tmp_path / "station.toml").write_text('[[presenter]]\nname = "Awa"\n[presenter.voice]\nname = "x"\n', "utf-8")
    with pytest.raises(UsageError, match="voice"):
        load(tmp_path / "station.toml")
