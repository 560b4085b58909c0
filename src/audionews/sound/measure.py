"""How loud a sound file is, after decoding: ITU-R BS.1770 / EBU R 128, read by ffmpeg's own meter."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

from audionews import ffmpeg
from audionews.errors import AudionewsError

METER = "ebur128=framelog=verbose"  # its summary alone goes to the log
SILENT = -70.0  # LUFS: the absolute gate of BS.1770; the meter says no less
NUMBER = r"(-?(?:\d+(?:\.\d+)?|inf)|-?nan)"


@dataclass(frozen=True, slots=True)
class Loudness:
    """What the meter says of one file."""

    integrated: float  # LUFS; −inf for silence and for less than 0.4 s
    range: float  # LU
    true_peak: float  # dBTP; −inf for silence
    duration_ms: int  # of the decoded sound


def measure(path: Path, *, peaks: bool = True) -> Loudness:
    """Decode a file and measure it.

    Args:
        path: any file ffmpeg reads; mono is read as one loudspeaker, 3 LU below the same sound on two.
        peaks: measure the true peak too, which takes three times as long; else it is −inf.

    Raises:
        AudionewsError: it cannot be decoded, or the meter gave no figures.
    """
    output, log = ffmpeg.run(
        *("-progress", "pipe:1", "-stats_period", "3600"),
        *("-i", f"file:{path}", "-map", "0:a:0", "-af", METER + ":peak=true" * peaks, "-f", "null", "-"),
    )
    times = re.findall(r"^out_time_us=(\d+)", output.decode("ascii", "replace"), re.MULTILINE)
    return read_summary(log, round(int(times[-1]) / 1000) if times else 0)


def read_summary(log: str, duration_ms: int) -> Loudness:
    """Read the summary the ``ebur128`` filter leaves at the end of ffmpeg's log.

    Args:
        log: all that ffmpeg wrote; only what follows the last ``Summary:`` is read.
        duration_ms: handed on.

    Raises:
        AudionewsError: there is no summary in it.
    """
    summary = log.rpartition("Summary:")[2]
    found = {
        name: re.search(rf"{name}:\s+{NUMBER} {unit}", summary)
        for name, unit in (("I", "LUFS"), ("LRA", "LU"), ("Peak", "dBFS"))
    }
    if found["I"] is None:
        raise AudionewsError(
            "ffmpeg n’a pas donné de mesure de niveau", "Installez une version de ffmpeg plus récente que 4.4"
        )
    integrated, spread, peak = (_number(one.group(1)) if one else -math.inf for one in found.values())
    return Loudness(
        integrated=integrated if integrated > SILENT else -math.inf,
        range=max(0.0, spread),
        true_peak=peak,
        duration_ms=duration_ms,
    )


def _number(text: str) -> float:
    value = float(text)
    return -math.inf if math.isnan(value) else value
