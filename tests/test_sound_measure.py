"""The meter: EBU reference tones, silence, and files that are no sound."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from audionews import ffmpeg
from audionews.errors import AudionewsError
from audionews.sound.measure import measure


def tone(path: Path, dbfs: float, seconds: float = 5.0) -> Path:
    """A 1 kHz stereo sine in phase, as in EBU Tech 3341: its level in LUFS is its peak level in dBFS."""
    source = f"aevalsrc={10 ** (dbfs / 20):.6f}*sin(2*PI*1000*t):s=48000:d={seconds}"
    ffmpeg.run("-f", "lavfi", "-i", source, "-af", "pan=stereo|c0=c0|c1=c0", "-c:a", "pcm_s24le", str(path))
    return path


@pytest.mark.parametrize("level", [-23.0, -33.0, -16.0])
def test_the_meter_passes_the_reference_tones(tmp_path: Path, level: float) -> None:
    heard = measure(tone(tmp_path / "tone.wav", level))
    assert heard.integrated == pytest.approx(level, abs=0.11)
    assert heard.true_peak == pytest.approx(level, abs=0.11)
    assert heard.range == pytest.approx(0.0, abs=0.1)
    assert heard.duration_ms == 5000


def test_silence_is_minus_infinity(tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    ffmpeg.run("-f", "lavfi", "-i", "anullsrc=r=44100", "-t", "2.5", str(path))
    heard = measure(path)
    assert heard.integrated == heard.true_peak == -math.inf
    assert heard.range == 0.0
    assert heard.duration_ms == 2500


def test_peaks_can_be_left_out(tmp_path: Path) -> None:
    heard = measure(tone(tmp_path / "tone.wav", -20.0), peaks=False)
    assert heard.integrated == pytest.approx(-20.0, abs=0.11)
    assert heard.true_peak == -math.inf


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("bonjour")
    with pytest.raises(AudionewsError, match="ffmpeg a échoué"):
        measure(tmp_path / "text.wav")
