"""The four sounds of the three families, as a meter and a spectrum hear them; and the station's own in their place."""

from __future__ import annotations

import errno
import hashlib
import itertools
import json
import math
import os
import re
import shutil
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from audionews import ffmpeg, settings
from audionews.errors import AudionewsError, UsageError
from audionews.sound import levels, own
from audionews.sound.families import FAMILIES, compose, label, themed
from audionews.sound.jingles import KINDS, VERSION, frames, lengths, prepare, render
from audionews.sound.keys import tonic
from audionews.sound.measure import measure
from audionews.sound.synth import hertz
from audionews.sound.theme import motifs
from audionews.station import SoundChoice

RATE = 48_000
LIMITS_MS = {"jingle": (4000, 8000), "sting": (800, 1500), "bed": (12_000, 30_000), "outro": (3000, 6000)}
MOST_MB = 120
each_family = pytest.mark.parametrize("family", FAMILIES)
each_sound = pytest.mark.parametrize("name", KINDS)
Mono = NDArray[np.float64]
Sounds = dict[str, dict[str, Path]]


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Sounds:
    cache = tmp_path_factory.mktemp("cache")
    return {family: render(cache, SoundChoice(family=family)) for family in FAMILIES}


@pytest.fixture
def cache(sounds: Sounds, tmp_path: Path) -> Path:
    """Give a cache that has the sounds of the house already."""
    kept = sounds["sobre"]["jingle"].parents[1]
    shutil.copytree(kept / "sobre-62-100-0", tmp_path / "cache" / kept.name / "sobre-62-100-0")
    return tmp_path / "cache"


@pytest.fixture
def said() -> list[str]:
    return []


def samples(path: Path) -> NDArray[np.int16]:
    with wave.open(str(path), "rb") as sound:
        assert sound.getparams()[:3] == (2, 2, RATE)
        return np.frombuffer(sound.readframes(sound.getnframes()), "<i2").reshape(-1, 2)


# The most memory a process has had since it began; what ``getrusage`` says of a child begins with its parent's.
MEMORY = "print([one.split()[1] for one in open('/proc/self/status') if one.startswith('VmHWM')][0])"
on_linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")


def make(path: Path, source: str, *options: str) -> Path:
    ffmpeg.run("-f", "lavfi", "-i", source, *options, str(path))
    return path


def strength(sound: Mono, hz: float, at: float, seconds: float = 0.09) -> float:
    """Give how strong a frequency is in a stretch of a mono sound, from a moment on."""
    piece = sound[max(0, round(at * RATE)) :][: round(seconds * RATE)]
    turn = np.exp(-2j * np.pi * hz * np.arange(len(piece)) / RATE)
    return float(np.abs((piece * np.hanning(len(piece)) * turn).sum()))


# the program's own


def test_the_families_are_those_of_the_settings() -> None:
    assert tuple(FAMILIES) == settings.FAMILIES


@each_family
@each_sound
def test_each_sound_has_its_level_its_length_and_its_width(sounds: Sounds, family: str, name: str) -> None:
    heard, kind, sound = measure(sounds[family][name]), KINDS[name], samples(sounds[family][name]) / 32768
    assert heard.integrated == pytest.approx(kind.lufs, abs=0.1)
    assert heard.momentary <= kind.momentary
    assert heard.true_peak <= -1.0
    low, high = LIMITS_MS[name]
    assert low <= heard.duration_ms <= high
    assert len(sound) % 480 == 0
    assert np.abs(sound.mean(axis=0)).max() < 1e-4, "no direct current"
    mono = ((sound.sum(axis=1)) ** 2).mean() / 2
    assert 10 * math.log10(mono / (sound**2).sum(axis=1).mean()) > -3, "what a single loudspeaker loses"
    assert not np.array_equal(sound[:, 0], sound[:, 1]), "stereo"
    bends = np.abs(np.diff(sound, 2, axis=0)).max(axis=1)
    assert bends.max() < 3 * np.percentile(bends, 99.99), "no click: none stands out of the music"


@each_family
def test_another_meter_agrees(sounds: Sounds, family: str) -> None:
    """ffmpeg's own: its loudest 400 ms are looked for every 100 ms only, so it may read less, never more."""
    for name, path in sounds[family].items():
        meter = "ebur128=peak=true:metadata=1,ametadata=mode=print:key=lavfi.r128.M:file=-"
        out, log = ffmpeg.run("-i", str(path), "-af", meter, "-f", "null", "-")
        summary = log.rpartition("Summary:")[2]
        loud = [float(one) for one in re.findall(r"r128\.M=(-?[\d.]+)", out.decode())]
        figures = re.findall(r"(?:I|Peak): +(-?[\d.]+) ", summary)
        assert float(figures[0]) == pytest.approx(KINDS[name].lufs, abs=0.2), name
        assert max(loud) <= KINDS[name].momentary + 0.1, name
        assert float(figures[-1]) <= -1.0, name


@each_family
@pytest.mark.parametrize("tempo", [60, 160])
def test_every_tempo_keeps_to_the_lengths_and_levels(family: str, tempo: int) -> None:
    for name, kind in KINDS.items():
        sound = levels.even(compose(name, SoundChoice(family=family, tempo=tempo, key="si", seed=tempo)), kind)
        low, high = LIMITS_MS[name]
        assert low <= sound.shape[1] / 48 <= high
        assert sound.shape[1] % 480 == 0
        heard = levels.heard([sound])
        gain = 20 * math.log10(levels.gain(kind, heard))
        assert heard.integrated + gain == pytest.approx(kind.lufs, abs=0.5)
        assert heard.momentary + gain <= kind.momentary + 0.01


@each_family
def test_a_second_build_gives_the_same_bytes_and_a_third_call_builds_nothing(
    sounds: Sounds, tmp_path: Path, family: str
) -> None:
    choice = SoundChoice(family=family)
    again = render(tmp_path, choice)
    assert {name: path.read_bytes() for name, path in again.items()} == {
        name: path.read_bytes() for name, path in sounds[family].items()
    }
    os.utime(again["bed"], ns=(1, 1))
    assert render(tmp_path, choice) == again
    assert again["bed"].stat().st_mtime_ns == 1


@on_linux
def test_a_fresh_process_makes_the_same_in_little_memory(sounds: Sounds, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from audionews.sound.jingles import render;"
        "from audionews.station import SoundChoice; render(Path(sys.argv[1]), SoundChoice(family='kora'));" + MEMORY
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True, timeout=120
    )
    for name, path in sounds["kora"].items():
        (made,) = tmp_path.rglob(f"{name}.wav")
        assert made.read_bytes() == path.read_bytes()
    assert int(done.stdout) / 1024 < MOST_MB


def test_a_lost_sound_is_made_again_and_nothing_else_is_left_in_the_cache(tmp_path: Path) -> None:
    made = render(tmp_path)
    before = made["sting"].read_bytes()
    made["sting"].unlink()
    assert render(tmp_path)["sting"].read_bytes() == before
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert files == sorted(f"sounds-{VERSION}/sobre-62-100-0/{name}.wav" for name in KINDS)


def test_a_choice_has_one_name_however_it_is_written(tmp_path: Path) -> None:
    names = {label(SoundChoice(key=key, tempo=tempo)) for key in ("", "ré", "RE", "D") for tempo in (0, 100)}
    assert len(names) == 1
    assert render(tmp_path, SoundChoice(key="ré"))["sting"] == render(tmp_path, SoundChoice(jingle="x"))["sting"]


@each_family
def test_each_seed_has_its_own_notes(family: str) -> None:
    choices = [SoundChoice(family=family, seed=seed) for seed in (0, 1, 2, -1, 10**12)]
    assert len({(themed(one).motif, themed(one).rhythm) for one in choices}) == len(choices)
    for name in ("jingle", "sting"):
        digests = {hashlib.sha256(compose(name, one).tobytes()).hexdigest() for one in choices[:3]}
        assert len(digests) == 3
    assert len(motifs(FAMILIES[family].style)) > 50


@pytest.mark.parametrize(("family", "key", "semitones"), [("sobre", "mi", 2), ("clair", "Mi", -3), ("kora", "G#", 3)])
def test_a_key_moves_every_note_by_as_much(sounds: Sounds, family: str, key: str, semitones: int) -> None:
    """The spectra of two keys, on a scale of a tenth of a semitone, match when one is shifted by just so much."""
    first = samples(sounds[family]["bed"]).sum(axis=1) / 32768
    other = compose("bed", SoundChoice(family=family, key=key)).sum(axis=0)
    assert first.shape == other.shape
    scale = 110 * 2 ** (np.arange(400) / 120)
    shapes = []
    for sound in (first, other):
        spectrum = np.abs(np.fft.rfft(sound))
        at = np.round(scale * len(sound) / RATE).astype(int)
        shape = np.array([spectrum[one - 3 : one + 4].max() for one in at])
        shapes.append(shape - shape.mean())
    lags = range(-40, 41)
    match = [float((np.roll(shapes[0], lag) * shapes[1])[40:-40].sum()) for lag in lags]
    assert lags[int(np.argmax(match))] == pytest.approx(10 * semitones, abs=1)


@each_family
@pytest.mark.parametrize("tempo", [75, 140])
def test_the_motif_is_heard_at_its_beats_in_every_sound(family: str, tempo: int) -> None:
    """Right after its stroke a note of the motif is stronger than right before."""
    choice = SoundChoice(family=family, tempo=tempo)
    theme = themed(choice)
    beat = theme.beat
    lead = {"sobre": 0.5, "clair": 0.5, "kora": 1.0}[family] * beat
    turning, _ = theme.turning()
    slow = 1 if family == "kora" else 2
    first = list(zip(theme.motif, theme.rhythm, strict=True))
    strokes = {
        "jingle": [(note, lead + at * beat) for note, at in first],
        "sting": [(note, place * beat / 4) for place, note in enumerate(theme.motif[:3])],
        "outro": [(note, at * beat) for note, at in first],
        "bed": [(note, at * turning.beat * slow) for note, at in first],
    }
    for name, notes in strokes.items():
        mono = np.concatenate([np.zeros(RATE // 10), compose(name, choice).sum(axis=0)])
        wide = min(0.09, beat / 4)
        for place, (note, at) in enumerate(notes):
            if name == "bed" and place == 0:
                continue  # what rings from the end of the bed is before it
            hz = hertz(theme.tonic + note)
            before, after = strength(mono, hz, at + 0.1 - wide, wide), strength(mono, hz, at + 0.1, wide)
            assert after > 1.1 * before, (name, place)


@each_family
def test_the_bed_turns_without_a_seam(sounds: Sounds, family: str) -> None:
    bed = samples(sounds[family]["bed"]).astype(np.int64)
    seam = np.abs(bed[0] - bed[-1]).max()
    assert seam <= np.percentile(np.abs(np.diff(bed, axis=0)), 99.9)
    turned = (np.roll(bed, 10 * RATE, axis=0).T / 32768).astype(np.float32)
    whole, around = levels.heard([turned]), levels.heard([turned[:, 9 * RATE : 11 * RATE]])
    assert around.integrated == pytest.approx(whole.integrated, abs=3), "no hole and no blow where it turns"
    assert whole.momentary <= KINDS["bed"].momentary + 0.1


@each_family
@pytest.mark.parametrize("name", ["jingle", "sting", "outro"])
def test_the_others_start_at_once_and_end_in_silence(sounds: Sounds, family: str, name: str) -> None:
    sound = samples(sounds[family][name])
    assert np.abs(sound[0]).max() <= 8
    assert np.abs(sound[-1]).max() <= 8
    assert np.abs(sound[: RATE // 5]).max() > 300, "no hole before the first note"


@each_family
@each_sound
def test_the_bass_stays_small(sounds: Sounds, family: str, name: str) -> None:
    """Small speakers: what lies under 90 Hz is at least 12 dB below the rest, and under 25 Hz there is nothing."""
    mono = samples(sounds[family][name]).sum(axis=1)
    power, hz = np.abs(np.fft.rfft(mono)) ** 2, np.fft.rfftfreq(len(mono), 1 / RATE)
    assert 10 * math.log10(power[hz < 90].sum() / power[hz >= 90].sum()) < -12
    assert 10 * math.log10(power[hz < 25].sum() / power.sum()) < -40


@each_family
def test_no_drum_is_loud_under_speech(sounds: Sounds, family: str) -> None:
    """The bed's peaks stay low over its mean: 400 ms never above 3 LU, and no stroke that jumps out of it."""
    heard = measure(sounds[family]["bed"])
    assert heard.momentary - heard.integrated <= 3.0
    assert heard.true_peak < -9.0
    assert heard.range < 4.0


def test_evening_out_holds_the_loudest_back_and_nothing_else() -> None:
    t = np.arange(6 * RATE) / RATE
    sound = np.tile(0.1 * np.sin(2 * np.pi * 700 * t), (2, 1)).astype(np.float32)
    sound[:, 2 * RATE : 3 * RATE] *= 4
    kind, whole = KINDS["jingle"], sound.copy()
    levels.even(sound, kind)
    heard = levels.heard([sound])
    assert heard.momentary - heard.integrated <= kind.momentary - kind.lufs
    assert np.array_equal(sound[:, :RATE], whole[:, :RATE])
    gains = np.abs(sound[0]) / np.maximum(np.abs(whole[0]), 1e-6)
    assert np.abs(np.diff(gains[np.abs(whole[0]) > 0.05])).max() < 1e-3, "the gain never jumps"
    calm = (0.1 * np.sin(2 * np.pi * 700 * t)).astype(np.float32)
    calm = np.stack([calm, calm])
    assert np.array_equal(levels.even(calm.copy(), kind), calm)


# keys


@given(
    st.sampled_from(["do", "ut", "ré", "re", "mi", "fa", "sol", "la", "si", "c", "d", "e", "f", "g", "a", "b"]),
    st.sampled_from(["", "#", "b", "♯", "♭", "dièse", "bémol", "diese", "bemol", "sharp", "flat"]),
    st.sampled_from(["", " ", "  ", "-"]),
    st.sampled_from([str.lower, str.upper, str.title]),
)
def test_a_key_is_read_however_it_is_written(note: str, sign: str, between: str, case: Callable[[str], str]) -> None:
    scale = {"do": 0, "ut": 0, "re": 2, "mi": 4, "fa": 5, "sol": 7, "la": 9, "si": 11}
    scale |= {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
    up = {"": 0, "#": 1, "♯": 1, "dièse": 1, "diese": 1, "sharp": 1}.get(sign, -1)
    written = case(f"{note}{between if sign else ''}{sign}")
    assert tonic(written) == (scale[note.replace("é", "e")] + up) % 12


@pytest.mark.parametrize("text", ["ré", " D ", "re\u0301", "R\u00c9", "do "])
def test_blanks_and_accents_do_not_count(text: str) -> None:
    assert tonic(text) == (0 if "o" in text else 2)


@given(st.text(max_size=12))
def test_any_other_text_is_a_key_or_one_clear_refusal(text: str) -> None:
    try:
        assert tonic(text) in range(12)
    except UsageError as error:
        assert "ré" in error.hint
        assert "\n" not in str(error)


@pytest.mark.parametrize("text", ["", "h", "rée", "do##", "sib b", "5", "mineur", "fa mi", "la mineur", "Dm"])
def test_what_is_no_key_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(UsageError, match="tonalité") as caught:
        tonic(text)
    assert "fa#" in caught.value.hint


@pytest.mark.parametrize(
    "choice",
    [
        SoundChoice(family="korra"),
        SoundChoice(key="la mineur"),
        SoundChoice(tempo=59),
        SoundChoice(tempo=161),
        SoundChoice(seed=10**16),
    ],
)
def test_a_choice_that_cannot_be_is_refused_before_anything_is_made(tmp_path: Path, choice: SoundChoice) -> None:
    with pytest.raises(UsageError):
        prepare(choice, tmp_path, tmp_path / "cache")
    assert not list(tmp_path.iterdir())


# the station's own


def test_a_file_of_the_station_takes_the_place_of_ours(tmp_path: Path, cache: Path, said: list[str]) -> None:
    make(tmp_path / "moi.mp3", "sine=f=440:r=44100:d=2.345", "-ac", "1")
    made = prepare(SoundChoice(jingle="moi.mp3"), tmp_path, cache, said.append)
    heard = measure(made["jingle"])
    assert heard.integrated == pytest.approx(-17.0, abs=0.1)
    assert heard.momentary <= -13
    assert samples(made["jingle"]).shape[0] == lengths(made)["jingle"] * 48
    assert 2330 <= heard.duration_ms <= 2350
    assert made["sting"] == render(cache)["sting"]
    assert said == []


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.wav", ["-c:a", "pcm_s24le", "-ac", "6", "-ar", "96000"]),
        ("a.wav", ["-c:a", "pcm_f32le", "-ac", "2", "-ar", "44100"]),
        ("a.flac", ["-ac", "2", "-ar", "48000"]),
        ("a.ogg", ["-c:a", "libvorbis", "-ac", "2"]),
        ("a.opus", ["-c:a", "libopus", "-ac", "1"]),
        ("a.m4a", ["-c:a", "aac", "-ac", "2"]),
        ("a", ["-f", "aiff", "-ac", "1"]),
    ],
)
def test_any_format_and_layout_comes_out_the_same(
    tmp_path: Path, cache: Path, said: list[str], name: str, options: list[str]
) -> None:
    make(tmp_path / name, "sine=f=500:r=48000:d=1.5", *options)
    made = prepare(SoundChoice(sting=name), tmp_path, cache, said.append)["sting"]
    heard, sound = measure(made), samples(made)
    assert heard.integrated == pytest.approx(-20, abs=0.1)
    assert 1400 <= heard.duration_ms <= 1560
    assert np.abs(sound.astype(int)[:, 0] - sound[:, 1]).max() <= 40, "one tone on both sides"
    assert said == []


def test_another_content_under_the_same_name_is_seen(tmp_path: Path, cache: Path) -> None:
    own_file = make(tmp_path / "moi.wav", "sine=f=440:d=2")
    choice = SoundChoice(outro="moi.wav")
    first = prepare(choice, tmp_path, cache)["outro"]
    assert prepare(choice, tmp_path, cache)["outro"] == first
    make(own_file, "sine=f=880:d=3")
    second = prepare(choice, tmp_path, cache)
    assert second["outro"] != first
    assert lengths(second)["outro"] == 3000


def test_a_sound_too_long_is_cut_with_a_fade_and_this_is_said_each_time(
    tmp_path: Path, cache: Path, said: list[str]
) -> None:
    make(tmp_path / "long.flac", "sine=f=440:r=48000:d=9")
    choice = SoundChoice(sting="long.flac")
    made = prepare(choice, tmp_path, cache, said.append)
    line = "La virgule de la station, long.flac, dure 9 s : seules les 3 premières secondes sont gardées."
    assert said == [line]
    assert lengths(made)["sting"] == 3000
    sound = np.abs(samples(made["sting"]).astype(np.int64))
    assert sound[-480:].max() < 0.1 * sound[RATE : RATE + RATE // 2].max()
    middle = sound[3 * RATE - RATE // 4 - 480 :][:960].max() / sound[RATE : 2 * RATE].max()
    assert middle == pytest.approx(math.sqrt(0.5), abs=0.03), "equal power: −3 dB half-way"
    before = made["sting"].stat().st_mtime_ns
    prepare(choice, tmp_path, cache, said.append)
    assert said == [line, line]
    assert made["sting"].stat().st_mtime_ns == before


@on_linux
def test_two_hours_are_neither_decoded_nor_read_into_memory(tmp_path: Path) -> None:
    make(tmp_path / "minute.mp3", "sine=f=440:r=44100:d=60", "-b:a", "64k")
    ffmpeg.run("-stream_loop", "119", "-i", str(tmp_path / "minute.mp3"), "-c", "copy", str(tmp_path / "nuit.mp3"))
    assert (tmp_path / "nuit.mp3").stat().st_size > 55_000_000
    code = (
        "import sys; from pathlib import Path; from audionews import ffmpeg; from audionews.sound import own;"
        "run = ffmpeg.run;"
        "ffmpeg.run = lambda *given, **more: print(given[given.index('-t') + 1]) or run(*given, **more);"
        "here = Path(sys.argv[1]); made, found = own.conform('jingle', here / 'nuit.mp3', here / 'cache');"
        "print(found.seconds); print(*found.lines(own.KINDS['jingle'], 'nuit.mp3'));" + MEMORY
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True, timeout=120
    )
    limit, seconds, line, memory = done.stdout.splitlines()
    assert float(limit) == 42
    assert float(seconds) == pytest.approx(7200, abs=10)
    assert line.startswith("Le jingle de la station, nuit.mp3, dure 2 h")
    assert line.endswith(" : seules les 12 premières secondes sont gardées.")
    assert int(memory) / 1024 < MOST_MB


def test_the_sound_of_a_video_is_taken_and_a_cover_is_no_video(tmp_path: Path, cache: Path, said: list[str]) -> None:
    picture = ("-f", "lavfi", "-i", "color=blue:s=64x64:r=5:d=2")
    make(tmp_path / "film.mkv", "sine=f=440:r=48000:d=2", *picture, "-c:v", "mpeg4", "-shortest")
    make(tmp_path / "a.mp3", "sine=f=440:r=48000:d=2")
    ffmpeg.run("-f", "lavfi", "-i", "color=blue:s=64x64:d=1", "-frames:v", "1", str(tmp_path / "cover.png"))
    ffmpeg.run(
        *("-i", str(tmp_path / "a.mp3"), "-i", str(tmp_path / "cover.png"), "-map", "0", "-map", "1", "-c", "copy"),
        *("-disposition:v", "attached_pic", str(tmp_path / "chanson.mp3")),
    )
    choice = SoundChoice(jingle="film.mkv", outro="chanson.mp3")
    made = prepare(choice, tmp_path, cache, said.append)
    assert said == ["Le jingle de la station, film.mkv, est une vidéo : seul le son est pris."]
    assert lengths(made)["jingle"] == pytest.approx(2000, abs=50)
    assert measure(made["jingle"]).integrated == pytest.approx(-17, abs=0.1)


def test_a_poor_sound_is_taken_and_told(tmp_path: Path, cache: Path, said: list[str]) -> None:
    make(tmp_path / "vieux.wav", "sine=f=440:r=8000:d=2", "-c:a", "pcm_u8", "-ac", "1")
    made = prepare(SoundChoice(sting="vieux.wav"), tmp_path, cache, said.append)
    assert said == [
        "La virgule de la station, vieux.wav, n’a que 8 kHz et 8 bits : le son sera pauvre. "
        "Donnez si possible un fichier de 44,1 ou 48 kHz, en 16 bits."
    ]
    assert measure(made["sting"]).integrated == pytest.approx(-20, abs=0.1)
    assert samples(made["sting"]).shape[0] % 480 == 0


def test_silence_at_the_ends_is_left_out_and_told(tmp_path: Path, cache: Path, said: list[str]) -> None:
    make(tmp_path / "tard.wav", "sine=f=440:r=48000:d=2", "-af", "adelay=1230:all=1,apad=pad_dur=0.8")
    make(tmp_path / "presque.wav", "sine=f=440:r=48000:d=2", "-af", "adelay=45:all=1,apad=pad_dur=0.15")
    choice = SoundChoice(jingle="tard.wav", outro="presque.wav", bed="tard.wav")
    made = prepare(choice, tmp_path, cache, said.append)
    assert said == [
        "Le jingle de la station, tard.wav, commence par 1,3 s de silence : ce silence est ôté.",
        "Le jingle de la station, tard.wav, finit par 0,8 s de silence : ce silence est ôté.",
        "Le tapis de la station, tard.wav, commence par 1,3 s de silence : ce silence est ôté.",
    ]
    assert lengths(made)["jingle"] == 2000
    assert np.abs(samples(made["jingle"])[: RATE // 50]).max() > 1000
    assert lengths(made)["outro"] == 2190, "what nobody notices stays"
    assert lengths(made)["bed"] == 2800, "the end of what turns is part of its rhythm"


def test_a_bed_of_the_station_keeps_its_ends(tmp_path: Path, cache: Path) -> None:
    """Ten whole turns of a sine, begun at its top: rounding either end would be heard at each turn."""
    make(tmp_path / "tapis.wav", "aevalsrc='0.3*cos(2*PI*250*t)':s=48000:d=4", "-ac", "2")
    bed = samples(prepare(SoundChoice(bed="tapis.wav"), tmp_path, cache)["bed"]).astype(np.int64)
    assert bed.shape[0] == 4 * RATE
    assert np.abs(bed[0] - bed[-1]).max() <= np.abs(np.diff(bed, axis=0)).max()


def test_a_sound_cut_off_in_full_swing_does_not_click(tmp_path: Path, cache: Path) -> None:
    make(tmp_path / "sec.wav", "aevalsrc='0.3*cos(2*PI*250*t)':s=48000:d=2.003", "-ac", "2")
    sound = samples(prepare(SoundChoice(jingle="sec.wav"), tmp_path, cache)["jingle"]).astype(np.int64)
    assert sound.shape[0] == 2 * RATE
    assert np.abs(sound[[0, -1]]).max() <= 8


def test_a_peaky_sound_is_levelled_under_the_peak_limit(tmp_path: Path, cache: Path) -> None:
    make(tmp_path / "clics.wav", "aevalsrc='0.02*sin(2*PI*500*t)+0.9*lt(mod(t,0.5),0.0005)':s=48000:d=3")
    heard = measure(prepare(SoundChoice(jingle="clics.wav"), tmp_path, cache)["jingle"])
    assert -1.3 <= heard.true_peak <= -1.0


def test_a_sound_with_one_loud_moment_is_levelled_by_it(tmp_path: Path, cache: Path) -> None:
    """A blow amid calm: at −17 LUFS over all it would be at −11 for half a second."""
    make(tmp_path / "coup.wav", "aevalsrc='(0.05+0.12*between(t,3,3.5))*sin(2*PI*500*t)':s=48000:d=8")
    heard = measure(prepare(SoundChoice(jingle="coup.wav"), tmp_path, cache)["jingle"])
    assert heard.momentary == pytest.approx(-13, abs=0.1)
    assert heard.integrated < -17


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken")
    (folder / "dossier").mkdir()
    (folder / "vide.wav").touch()
    (folder / "texte.mp3").write_text("Ceci n’est pas un son, mais un article de presse. " * 200, "utf-8")
    make(folder / "muet.wav", "anullsrc=r=44100", "-t", "2")
    make(folder / "continu.wav", "aevalsrc=0.2:d=2")
    make(folder / "souffle.wav", "aevalsrc='0.0004*sin(2*PI*500*t)':d=2", "-c:a", "pcm_f32le")
    make(folder / "bref.wav", "sine=f=440:d=0.2")
    make(folder / "longtemps.wav", "anullsrc=r=8000:cl=mono", "-t", "60")
    make(folder / "film.mp4", "color=blue:s=64x64:r=5:d=2", "-c:v", "mpeg4")
    make(folder / "entier.m4a", "sine=f=440:d=3", "-c:a", "aac")
    make(folder / "entier.mp3", "sine=f=440:d=3")
    make(folder / "entier.flac", "sine=f=440:d=3")
    (folder / "coupé.m4a").write_bytes((folder / "entier.m4a").read_bytes()[:5000])
    (folder / "coupé.mp3").write_bytes((folder / "entier.mp3").read_bytes()[:600])
    (folder / "coupé.flac").write_bytes((folder / "entier.flac").read_bytes()[:60])
    (folder / "bruit.ogg").write_bytes(np.random.default_rng(1).bytes(20_000))
    (folder / "zéros.mp3").write_bytes(bytes(20_000))
    (folder / "fermé.wav").write_bytes((folder / "bref.wav").read_bytes())
    (folder / "fermé.wav").chmod(0)
    (folder / "liste.m3u8").write_text(
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n"
    )
    os.mkfifo(folder / "tuyau.wav")
    return folder


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("absent.wav", "n’existe pas"),
        ("a\0b.wav", "n’existe pas"),
        ("dossier", "n’est pas un fichier"),
        ("tuyau.wav", "n’est pas un fichier"),
        ("vide.wav", "est vide"),
        ("texte.mp3", "n’est pas un son lisible"),
        ("bruit.ogg", "n’est pas un son lisible"),
        ("zéros.mp3", "n’est pas un son lisible"),
        ("coupé.m4a", "n’est pas un son lisible"),
        ("coupé.flac", "n’est pas un son lisible|dure moins"),
        ("coupé.mp3", "n’est pas un son lisible|dure moins"),
        ("film.mp4", "vidéo, ou une image, sans son"),
        ("muet.wav", "que du silence"),
        ("continu.wav", "que du silence"),
        ("souffle.wav", "que du silence"),
        ("longtemps.wav", "que du silence pendant ses 42 premières secondes"),
        ("bref.wav", "dure moins de 0,4 s"),
    ],
)
def test_a_file_that_is_no_sound_is_named_with_what_to_do(tmp_path: Path, broken: Path, name: str, what: str) -> None:
    with pytest.raises(AudionewsError, match=what) as caught:
        prepare(SoundChoice(jingle=name), broken, tmp_path)
    line = str(caught.value)
    assert line.startswith("Le jingle de la station, ")
    assert name in line
    assert "\n" not in line
    assert "station.toml" in caught.value.hint
    assert not [path for path in tmp_path.rglob("*") if path.name != f"sounds-{VERSION}"], "nothing is left"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_rights_is_named(tmp_path: Path, broken: Path) -> None:
    with pytest.raises(AudionewsError, match="n’a pas pu être lu"):
        prepare(SoundChoice(jingle="fermé.wav"), broken, tmp_path)


def test_a_playlist_in_place_of_a_sound_opens_no_connection(tmp_path: Path, broken: Path) -> None:
    with pytest.raises(AudionewsError, match="n’est pas un son lisible") as caught:
        prepare(SoundChoice(jingle="liste.m3u8"), broken, tmp_path)
    cause = caught.value.__cause__
    assert cause is not None
    assert "Connection refused" not in str(cause.__cause__)


@pytest.mark.parametrize("given", ["", "moi.wav"])
def test_a_full_disk_leaves_no_half_file_and_the_next_build_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    make(tmp_path / "moi.wav", "sine=f=440:d=2")
    choice, cache = SoundChoice(jingle=given), tmp_path / "cache"

    def full(path: Path, *_: object) -> None:
        path.write_bytes(b"RIFF")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
        patch.setattr(levels, "write", full)
        prepare(choice, tmp_path, cache)
    assert not [path for path in cache.rglob("*") if path.is_file()]
    assert measure(prepare(choice, tmp_path, cache)["jingle"]).integrated == pytest.approx(-17, abs=0.1)


def test_notes_that_are_lost_or_spoilt_are_made_again(tmp_path: Path, cache: Path, said: list[str]) -> None:
    make(tmp_path / "long.wav", "sine=f=440:d=5")
    choice = SoundChoice(sting="long.wav")
    made = prepare(choice, tmp_path, cache)["sting"]
    notes = made.with_suffix(".json")
    for spoilt in ("", "{", "[]", json.dumps({"rate": 1})):
        notes.write_text(spoilt)
        prepare(choice, tmp_path, cache, said.append)
    notes.unlink()
    prepare(choice, tmp_path, cache, said.append)
    assert len(said) == 5
    assert frames(made) == 3 * RATE


def test_lengths_are_written_as_they_are_said() -> None:
    said = [own._length(one) for one in (9.0, 12.5, 60, 200, 3600, 7200, 7325)]
    assert said == ["9 s", "12,5 s", "1 min", "3 min 20 s", "1 h", "2 h", "2 h 2 min"]


def test_every_pair_of_sounds_of_a_cache_has_its_own_place(tmp_path: Path) -> None:
    labels = [
        label(SoundChoice(family=family, key=key, tempo=tempo, seed=seed))
        for family, key, tempo, seed in itertools.product(FAMILIES, ("do", "sol b"), (90, 91), (0, -1, 1))
    ]
    assert len(set(labels)) == len(labels)


def test_importing_the_room_loads_no_heavy_library() -> None:
    modules = sorted(path.stem for path in Path(own.__file__).parent.glob("*.py") if path.stem != "__init__")
    code = (
        "import sys\n"
        + "".join(f"import audionews.sound.{name}\n" for name in modules)
        + "print([name for name in ('numpy', 'mutagen', 'pydub', 'imageio_ffmpeg') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_a_bed_of_the_station_that_ends_on_a_step_begins_again_without_a_click(tmp_path: Path) -> None:
    """A sine of 100 Hz, cut where it is highest: 4 s and a quarter of a period too much, and so it jumps."""
    source = "aevalsrc=0.5*cos(2*PI*100.0625*t):s=48000:d=4"
    ffmpeg.run("-f", "lavfi", "-i", source, "-ac", "2", str(tmp_path / "tapis.wav"))
    sounds = prepare(SoundChoice(bed="tapis.wav"), tmp_path, tmp_path / "cache")
    with wave.open(str(sounds["bed"]), "rb") as bed:
        samples = np.frombuffer(bed.readframes(bed.getnframes()), "<i2").reshape(-1, 2)[:, 0].astype(float)
    steps = np.abs(np.diff(samples))
    assert abs(samples[0] - samples[-1]) <= steps.max()
    assert abs(samples[0] - samples[-1]) < 0.01 * np.abs(samples).max()


def test_a_sound_of_one_side_is_put_on_both_and_told(tmp_path: Path) -> None:
    ffmpeg.run(*("-f", "lavfi", "-i", "sine=f=300:d=3", "-af", "pan=stereo|c0=c0|c1=0*c0", str(tmp_path / "seul.wav")))
    told: list[str] = []
    sounds = prepare(SoundChoice(jingle="seul.wav"), tmp_path, tmp_path / "cache", told.append)
    with wave.open(str(sounds["jingle"]), "rb") as jingle:
        samples = np.frombuffer(jingle.readframes(jingle.getnframes()), "<i2").reshape(-1, 2)
    assert np.array_equal(samples[:, 0], samples[:, 1])
    assert samples.any()
    assert len(told) == 1
    assert "n’a de son que d’un côté" in told[0]
