"""The port every engine implements, and the promise that importing the room costs nothing."""

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from audionews import settings
from audionews.errors import UsageError
from audionews.voices.base import Engine, NoOptions, Sound
from audionews.voices.espeak import Espeak
from audionews.voices.gtts import Gtts
from audionews.voices.kokoro import Kokoro
from audionews.voices.silence import Silence

ENGINES: tuple[type[Engine], ...] = (Kokoro, Espeak, Gtts, Silence)


@pytest.mark.parametrize("kind", ENGINES)
def test_an_engine_declares_what_it_is(kind: type[Engine]) -> None:
    assert kind.name and kind.version
    assert kind.languages == ("fr",)
    assert 140 <= kind.words_per_minute <= 190
    assert kind.max_chars >= 500
    engine = kind(settings.convert({}, kind.Options, "[engines.x]"))
    assert engine.label == f"{kind.name}:{kind.voices()[0]}"


@pytest.mark.parametrize("kind", ENGINES)
def test_an_unknown_voice_is_refused_with_the_known_ones(kind: type[Engine]) -> None:
    with pytest.raises(UsageError, match=f"n’existe pas pour le moteur {kind.name}.*{kind.voices()[0]}"):
        kind(kind.Options(), "castafiore")


@pytest.mark.parametrize("speed", [0.0, -1.0, 2.5, float("nan")])
def test_an_impossible_speed_is_refused(speed: float) -> None:
    with pytest.raises(UsageError, match="vitesse"):
        Silence(NoOptions(), "", speed)


def test_an_unknown_option_is_refused_by_the_station() -> None:
    with pytest.raises(UsageError, match="timeout"):
        settings.convert({"timeuot": 3}, Gtts.Options, "[engines.gtts]")


def test_the_engines_are_declared_as_foreign_ones_are() -> None:
    found = {one.name: one.load() for one in entry_points(group="audionews.voices")}
    assert {kind.name: kind for kind in ENGINES}.items() <= found.items()


def test_a_sound_knows_its_length() -> None:
    assert Sound(bytes(48_000), 24_000).seconds == 1.0


def test_importing_the_room_imports_no_heavy_library() -> None:
    code = (
        "import sys, audionews.voices.clips, audionews.voices.kokoro, audionews.voices.espeak,"
        " audionews.voices.gtts, audionews.voices.silence\n"
        "heavy = {'numpy', 'onnxruntime', 'pydub', 'gtts', 'requests', 'espeakng_loader'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
