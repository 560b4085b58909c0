"""How loud a sound file is, after decoding: ITU-R BS.1770 and EBU R 128, by the house's own meter."""

from __future__ import annotations

from pathlib import Path

from audionews.sound.decode import decoded
from audionews.sound.meter import Loudness, Meter

__all__ = ["Loudness", "measure"]


def measure(path: Path, *options: str, peaks: bool = True) -> Loudness:
    """Decode a file and measure it.

    Args:
        path: any file ffmpeg reads; mono is read as one loudspeaker, 3 LU below the same sound on two.
        options: of ffmpeg, between input and output.
        peaks: measure the true peak too; else it is −inf.

    Raises:
        AudionewsError: it cannot be decoded.
    """
    with decoded(path, *options) as sound:
        meter = Meter(sound.rate, sound.weights, "highest" if peaks else None)
        for block in sound.blocks:
            meter.feed(block)
    meter.end()
    return meter.loudness()
