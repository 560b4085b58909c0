"""Mix → MP3 at the station's loudness: one linear gain, a true-peak limiter, LAME, and a meter on the result.

Never loudnorm: on speech that needs gain it turns into a compressor. The MP3 is decoded and measured; when it
is off, the gain is corrected once.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping
from pathlib import Path

from audionews import ffmpeg
from audionews.errors import AudionewsError
from audionews.model import Timeline
from audionews.sound.measure import Loudness, measure
from audionews.sound.mix import mix
from audionews.station import SoundChoice

TOLERANCE_LU = 0.5  # what is promised
GOOD_LU = 0.3  # a first MP3 further off than this is made again
CODING_DB = 0.8  # room under the ceiling: MP3 coding moves peaks by up to 0.4 dB, measured on speech
OVERSAMPLED = 176_400  # Hz: 4 × 44.1 kHz, where a sample peak is a true peak
LOOKAHEAD = OVERSAMPLED * 5 // 1000  # samples: the limiter's attack of 5 ms, by which it delays the sound


def master(timeline: Timeline, run: Path, sounds: Mapping[str, Path], choice: SoundChoice, out: Path) -> Loudness:
    """Mix a timeline and encode it at the loudness and under the true peak the station asks for.

    Args:
        timeline: what is placed where.
        run: the folder the clips' paths start at.
        sounds: name of a sound → its WAV.
        choice: loudness, true peak and bitrate.
        out: the MP3 to write, without tags.

    Returns:
        The loudness, true peak and length of the MP3, decoded.

    Raises:
        AudionewsError: the programme is silent, or misses its targets even after the correction.
    """
    with tempfile.TemporaryDirectory(dir=out.parent, prefix="mix-") as work:
        mixed = Path(work, "mix.wav")
        loudness = mix(timeline, run, sounds, mixed).integrated
        if math.isinf(loudness):
            raise AudionewsError(
                "Le montage est silencieux", "Écoutez les sons du dossier 4-clips et ceux de la station"
            )
        gain, ceiling = choice.loudness - loudness, choice.true_peak - CODING_DB
        for _ in range(2):
            encode(mixed, out, gain, ceiling, choice.bitrate)
            heard = measure(out)
            off, over = choice.loudness - heard.integrated, max(0.0, heard.true_peak - choice.true_peak)
            if abs(off) <= GOOD_LU and not over:
                return heard
            gain, ceiling = gain + off, ceiling - over
    if abs(off) <= TOLERANCE_LU and not over:
        return heard
    raise AudionewsError(
        f"Le journal mesure {heard.integrated:.1f} LUFS et {heard.true_peak:.1f} dBTP, au lieu de "
        f"{choice.loudness:.1f} LUFS et {choice.true_peak:.1f} dBTP au plus",
        "Vérifiez les sons de la station, ou baissez loudness dans la table [sound] de station.toml",
    )


def encode(source: Path, out: Path, gain: float, ceiling: float, bitrate: int) -> None:
    """Turn a mix into a constant-bitrate MP3 with its gapless header, the same bytes each time.

    Args:
        source: 44.1 kHz stereo WAV.
        out: the MP3.
        gain: linear, in dB.
        ceiling: of the limiter, in dBTP.
        bitrate: in kbit/s.
    """
    chain = (
        f"volume={gain:.3f}dB,aresample={OVERSAMPLED}:filter_size=16,apad=pad_len={LOOKAHEAD},"
        f"alimiter=limit={10 ** (ceiling / 20):.5f}:level=0:attack=5:release=50,"
        f"atrim=start_sample={LOOKAHEAD},asetpts=PTS-STARTPTS,aresample=44100:filter_size=16,volume={_lame_loss(bitrate):.4f}dB"
    )
    ffmpeg.run(
        *("-i", f"file:{source}", "-af", chain, "-map_metadata", "-1", "-ac", "2", "-ar", "44100"),
        *("-c:a", "libmp3lame", "-b:a", f"{bitrate}k", "-write_xing", "1", "-id3v2_version", "0"),
        *("-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", "mp3", f"file:{out}"),
    )


def _lame_loss(bitrate: int) -> float:
    """Give the dB LAME takes off at a constant bitrate: its presets scale by 0.95 to 1 (lame, presets.c)."""
    scale = next((scale for limit, scale in ((160, 0.95), (192, 0.97), (224, 0.98)) if bitrate <= limit), 1.0)
    return -20 * math.log10(scale)
