"""Piper: which voices there are, what they are given to read, and that they read it alike each time."""

from __future__ import annotations

import hashlib
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.errors import AudionewsError, MissingExtraError, UsageError
from audionews.language import language
from audionews.voices import catalogue, piper
from audionews.voices.base import Sound
from audionews.voices.piper import Options, Piper, sentences
from audionews.voices.reading import read
from audionews.voices.work import voiced
from tests import piper_voice

TEXT = "Le maire de Bandoula a ouvert une pompe."
TAUGHT = [
    "Les enfants ont mangé dans la petite maison, puis ils sont partis.",
    "Deux heures plus tard : le chef de l’État a dit « oui » (enfin) ; c’est vrai !",
    "Le week-end, les grands hommes parlent anglais : est-ce vrai ?",
    "Un bon vin blanc",
    "Quoi ? Non. Bon !",
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return catalogue.folder()


@pytest.fixture
def siwis(home: Path) -> Path:
    return piper_voice.make(home / "fr_FR-siwis-medium", "fr_FR-siwis-medium")


def tone(sound: Sound) -> float:
    """Give the strongest frequency, in Hz."""
    samples = numpy.frombuffer(sound.pcm, "<i2").astype(float)
    return float(numpy.fft.rfftfreq(len(samples), 1 / sound.rate)[numpy.abs(numpy.fft.rfft(samples)).argmax()])


def test_a_sentence_becomes_the_sound_of_its_phonemes(siwis: Path) -> None:
    sound = Piper(Options()).speak("Un bon vin blanc.")
    signs = len(sentences("Un bon vin blanc.")[0])
    assert sound.rate == piper_voice.RATE and sound.words == ()
    assert len(sound.pcm) // 2 == (2 * signs + 3) * piper_voice.HOP  # a pad after each sign, one before, two ends
    assert 0.2 < numpy.abs(numpy.frombuffer(sound.pcm, "<i2")).max() / 32768 < 0.4


def test_the_same_text_is_the_same_sound_byte_for_byte_from_any_thread(siwis: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(lambda _: Piper(Options()).speak(TEXT).pcm, range(8)))
    assert len(made) == 1
    noisy = Piper(Options(noise=0.667))
    assert noisy.speak(TEXT).pcm != noisy.speak(TEXT).pcm


def test_speed_shortens_in_proportion(siwis: Path) -> None:
    plain, quick = Piper(Options()).speak(TEXT), Piper(Options(), speed=1.25).speak(TEXT)
    assert quick.seconds == pytest.approx(plain.seconds / 1.25, rel=0.01)


def test_a_clip_of_the_house_comes_out(siwis: Path) -> None:
    assert voiced(TEXT, Piper(Options())).startswith(b"RIFF")


def test_the_phonemes_are_those_piper_itself_makes() -> None:
    from piper.phonemize_espeak import EspeakPhonemizer

    own = EspeakPhonemizer()  # once, as it does: begun a second time, it reads « le week-end » otherwise
    for text in TAUGHT:
        assert sentences(text) == ["".join(one) for one in own.phonemize("fr", text)]


def test_names_sound_as_the_lexicon_says(siwis: Path) -> None:
    said = read("Le ministre Coulibaly est à Abuja.", Piper(Options()), {}, language("fr"))
    (phonemes,) = sentences(said)
    assert "kulibalˈi" in phonemes and "abudʒˈa" in phonemes


@settings(max_examples=40)
@given(st.text("aéçœ’«»-.,;:!?…—() \u202f\u0303/[]b", max_size=60))
def test_any_text_gives_signs_without_letters_lost_or_errors(text: str) -> None:
    for one in sentences(text):
        assert one == one.strip() and not set(one) & set("«»[]()…—/\n^")


def test_a_sign_the_voice_does_not_know_is_told(siwis: Path, caplog: pytest.LogCaptureFixture) -> None:
    config = siwis.with_name(f"{siwis.name}.json")
    table = json.loads(config.read_text())
    del table["phoneme_id_map"]["ˌ"]
    config.write_text(json.dumps(table))
    with caplog.at_level(logging.WARNING, "audionews.voices.piper"):
        Piper(Options()).speak("Il a dit « oui » enfin.")
    assert "'ˌ' (U+02CC)" in caplog.text


def test_voices_on_disk_come_first(home: Path) -> None:
    assert Piper.voices()[:2] == ("fr_FR-siwis-medium", "fr_FR-upmc-medium#pierre")
    piper_voice.make(home / "fr_FR-upmc-medium", "fr_FR-upmc-medium", ["jessica", "pierre"])
    piper_voice.make(home / "fr_FR-awa-high", "fr_FR-awa-high")
    assert Piper.voices()[:4] == (
        *("fr_FR-upmc-medium#pierre", "fr_FR-upmc-medium#jessica"),
        *("fr_FR-awa-high", "fr_FR-siwis-medium"),
    )
    assert [Piper.voice_of(number) for number in (1, 2)] == list(Piper.voices()[:2])


def test_each_speaker_of_a_file_has_a_voice(home: Path) -> None:
    piper_voice.make(home / "fr_FR-upmc-medium", "fr_FR-upmc-medium", ["jessica", "pierre"])
    jessica, pierre, default = (
        Piper(Options(), f"fr_FR-upmc-medium{end}").speak("Aaa.") for end in ("#jessica", "#pierre", "")
    )
    assert jessica == default and tone(pierre) == pytest.approx(tone(jessica) + 100, abs=30)
    with pytest.raises(UsageError, match="Vouliez-vous dire « pierre »"):
        Piper(Options(), "fr_FR-upmc-medium#piere")


def test_a_folder_of_the_station_brings_its_own_voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piper_voice.make(tmp_path / "voix", "fr_ML-fanta-medium")
    assert Piper(Options(folder=str(tmp_path / "voix")), "fr_ML-fanta-medium").speak("Oui.").seconds > 0.2
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Piper(Options(folder="~/voix"), "fr_ML-fanta-medium").label == "piper:fr_ML-fanta-medium"


@pytest.mark.parametrize("folder", ["voix", "/nobody/has/this"])
def test_a_folder_that_is_none_is_refused(siwis: Path, folder: str) -> None:
    with pytest.raises(UsageError, match=r"\[engines.piper\] folder"):
        Piper(Options(folder=folder))


def test_a_voice_that_is_not_here_says_how_to_have_it() -> None:
    with pytest.raises(MissingExtraError, match="audionews voices install fr_FR-tom-medium"):
        Piper(Options(), "fr_FR-tom-medium")
    for name in ("fr_FR-tom-mediu", "kokoro-full", "../x", "en_US-amy-low"):
        with pytest.raises(UsageError):
            Piper(Options(), name)


def test_a_voice_without_nasal_vowels_is_refused(home: Path) -> None:
    piper_voice.make(home / "fr_FR-siwis-low", "fr_FR-siwis-low", signs=piper_voice.SIGNS.replace("\u0303", ""))
    with pytest.raises(AudionewsError, match="tous les sons du français"):
        Piper(Options(), "fr_FR-siwis-low")


@pytest.mark.parametrize("damage", ["model", "config", "language"])
def test_a_damaged_voice_is_told_in_one_line(siwis: Path, damage: str) -> None:
    if damage == "model":
        siwis.write_bytes(siwis.read_bytes()[:500])
    elif damage == "config":
        siwis.with_name(f"{siwis.name}.json").write_text("{")
    else:
        piper_voice.make(siwis.parent, siwis.stem, language="en-us")
    with pytest.raises(AudionewsError, match=r"siwis-medium (est abîmée|n’est pas une voix française)"):
        Piper(Options(), "fr_FR-siwis-medium").speak("Oui.")
    assert Piper.voices()


def test_the_version_follows_the_voice_s_file(siwis: Path) -> None:
    first = Piper(Options()).version
    assert first == "1-" + hashlib.sha256(siwis.read_bytes()).hexdigest()[:16]
    siwis.write_bytes(siwis.read_bytes() + b"\x12\x00")  # an empty name of the producer: the same network
    assert Piper(Options()).version != first
    assert Piper(Options()).speak("Oui.").seconds > 0.2


def test_the_extra_is_asked_for_when_it_is_missing(siwis: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piper, "PACKAGES", ("piper_99",))
    with pytest.raises(MissingExtraError, match=r'pip install "audionews\[piper\]"'):
        Piper(Options())
