"""The four sounds: bit-identical, levelled, seamless; and the station's own in their place."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from audionews import ffmpeg
from audionews.errors import AudionewsError
from audionews.sound import synth
from audionews.sound.jingles import KINDS, lengths, prepare, render
from audionews.sound.measure import measure
from audionews.station import SoundChoice


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return render(tmp_path_factory.mktemp("cache"))


def samples(path: Path) -> NDArray[np.int16]:
    with wave.open(str(path), "rb") as sound:
        assert sound.getparams()[:3] == (2, 2, 44_100)
        return np.frombuffer(sound.readframes(sound.getnframes()), "<i2").reshape(-1, 2)


def make(path: Path, source: str, *options: str) -> Path:
    ffmpeg.run("-f", "lavfi", "-i", source, *options, str(path))
    return path


@pytest.mark.parametrize("name", KINDS)
def test_each_sound_has_its_loudness(sounds: dict[str, Path], name: str) -> None:
    heard = measure(sounds[name])
    assert heard.integrated == pytest.approx(KINDS[name].lufs, abs=0.2)
    assert heard.true_peak <= -1.0


def test_each_sound_has_its_length(sounds: dict[str, Path]) -> None:
    assert lengths(sounds) == {"jingle": 4800, "sting": 1300, "bed": 16_000, "outro": 3600}


def test_a_second_build_gives_the_same_bytes_and_a_third_call_builds_nothing(
    sounds: dict[str, Path], tmp_path: Path
) -> None:
    again = render(tmp_path)
    assert {name: path.read_bytes() for name, path in again.items()} == {
        name: path.read_bytes() for name, path in sounds.items()
    }
    os.utime(again["bed"], ns=(1, 1))
    assert render(tmp_path) == again
    assert again["bed"].stat().st_mtime_ns == 1


def test_a_lost_sound_is_made_again_and_nothing_else_is_left_in_the_cache(tmp_path: Path) -> None:
    made = render(tmp_path)
    before = made["sting"].read_bytes()
    made["sting"].unlink()
    assert render(tmp_path)["sting"].read_bytes() == before
    assert sorted(path.name for path in made["sting"].parent.iterdir()) == sorted(f"{name}.wav" for name in KINDS)


def test_the_bed_turns_without_a_seam(sounds: dict[str, Path]) -> None:
    bed = samples(sounds["bed"]).astype(np.int64)
    seam = np.abs(bed[0] - bed[-1]).max()
    assert seam <= np.percentile(np.abs(np.diff(bed, axis=0)), 99.9)


@pytest.mark.parametrize("name", ["jingle", "sting", "outro"])
def test_the_others_start_and_end_in_silence(sounds: dict[str, Path], name: str) -> None:
    sound = samples(sounds[name])
    assert np.abs(sound[0]).max() <= 8
    assert np.abs(sound[-1]).max() <= 8


def test_the_motif_is_heard_in_the_jingle() -> None:
    """The strongest partial above 500 Hz, a tenth of a second after each stroke, is the motif's note."""
    mono = synth.jingle().sum(axis=0)
    for place, note in enumerate(synth.MOTIF[:4]):
        start = round((2.0 + place * synth.BEAT / 2 + 0.03) * synth.RATE)
        window = mono[start : start + 8192] * np.hanning(8192)
        spectrum, hz = np.abs(np.fft.rfft(window)), np.fft.rfftfreq(8192, 1 / synth.RATE)
        spectrum[hz < 500] = 0
        assert hz[spectrum.argmax()] == pytest.approx(synth.hertz(note), rel=0.02)


def test_the_bass_stays_small(sounds: dict[str, Path]) -> None:
    """Small speakers: what lies under 90 Hz is at least 12 dB below the rest."""
    mono = samples(sounds["jingle"]).sum(axis=1)
    power, hz = np.abs(np.fft.rfft(mono)) ** 2, np.fft.rfftfreq(len(mono), 1 / synth.RATE)
    assert 10 * math.log10(power[hz < 90].sum() / power[hz >= 90].sum()) < -12


def test_a_file_of_the_station_takes_the_place_of_ours(tmp_path: Path) -> None:
    make(tmp_path / "moi.mp3", "sine=f=440:r=22050:d=2.345", "-ac", "1")
    made = prepare(SoundChoice(jingle="moi.mp3"), tmp_path, tmp_path / "cache")
    heard = measure(made["jingle"])
    assert heard.integrated == pytest.approx(-17.0, abs=0.2)
    assert samples(made["jingle"]).shape[0] == lengths(made)["jingle"] * 44.1
    assert 2330 <= heard.duration_ms <= 2350
    assert lengths(made)["sting"] == 1300


def test_another_content_under_the_same_name_is_seen(tmp_path: Path) -> None:
    own = make(tmp_path / "moi.wav", "sine=f=440:d=2")
    choice = SoundChoice(outro="moi.wav")
    first = prepare(choice, tmp_path, tmp_path / "cache")["outro"]
    assert prepare(choice, tmp_path, tmp_path / "cache")["outro"] == first
    make(own, "sine=f=880:d=3")
    second = prepare(choice, tmp_path, tmp_path / "cache")
    assert second["outro"] != first
    assert lengths(second)["outro"] == 3000


def test_a_sound_too_long_is_cut_with_a_fade(tmp_path: Path) -> None:
    make(tmp_path / "long.flac", "sine=f=440:d=9")
    made = prepare(SoundChoice(sting="long.flac"), tmp_path, tmp_path / "cache")
    assert lengths(made)["sting"] == 3000
    sound = np.abs(samples(made["sting"]).astype(np.int64))
    assert sound[-441:].max() < 0.1 * sound[44_100:66_150].max()


def test_a_peaky_sound_is_levelled_under_the_peak_limit(tmp_path: Path) -> None:
    make(tmp_path / "clics.wav", "aevalsrc='0.02*sin(2*PI*500*t)+0.9*lt(mod(t,0.5),0.0005)':d=3")
    heard = measure(prepare(SoundChoice(jingle="clics.wav"), tmp_path, tmp_path / "cache")["jingle"])
    assert heard.true_peak <= -0.9


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("absent.wav", "n’a pas pu être lu"),
        ("texte.wav", "n’est pas un son lisible"),
        ("muet.wav", "silencieux"),
        ("bref.wav", "silencieux, ou dure moins"),
    ],
)
def test_a_file_that_is_no_sound_is_named(tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "texte.wav").write_text("Ceci n’est pas un son.")
    make(tmp_path / "muet.wav", "anullsrc=r=44100", "-t", "2")
    make(tmp_path / "bref.wav", "sine=f=440:d=0.2")
    with pytest.raises(AudionewsError, match=what) as caught:
        prepare(SoundChoice(jingle=name), tmp_path, tmp_path / "cache")
    assert name in str(caught.value)
    assert "station.toml" in caught.value.hint


def test_a_playlist_in_place_of_a_sound_opens_no_connection(tmp_path: Path) -> None:
    (tmp_path / "liste.m3u8").write_text(
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n"
    )
    with pytest.raises(AudionewsError, match="n’est pas un son lisible") as caught:
        prepare(SoundChoice(jingle="liste.m3u8"), tmp_path, tmp_path / "cache")
    cause = caught.value.__cause__
    assert cause is not None
    assert "Connection refused" not in str(cause.__cause__)


def test_importing_the_room_loads_no_heavy_library() -> None:
    modules = ["bulletin", "jingles", "master", "measure", "mix", "synth", "tags", "timeline"]
    code = (
        "import sys\n"
        + "".join(f"import audionews.sound.{name}\n" for name in modules)
        + "print([name for name in ('numpy', 'mutagen', 'pydub', 'imageio_ffmpeg') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
