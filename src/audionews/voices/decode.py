"""A sound file as a speech server sends it, WAV or MP3: decoded when it is whole, refused when it is not.

ffmpeg takes the half of a file for a short one, with ``-xerror -err_detect explode`` too. So the end is looked for
here: a WAV file tells how many bytes of samples it has, an MP3 file is a row of frames of which each tells its length
(ISO/IEC 11172-3 and 13818-3). A WAV file written as a stream tells nothing: whoever sent it must have told its end.
A cut between two frames of an MP3 file that has no count of them is left to the measures of `inspect`.
"""

from __future__ import annotations

import io
from typing import Literal

from audionews import ffmpeg
from audionews.errors import AudionewsError
from audionews.voices.base import Sound
from audionews.voices.finish import RATE

UNTOLD = 1 << 30  # bytes of samples: from there on, and 0, the writer of a stream did not know how many would come
MOST_FULL = 0.005  # of the samples at full scale: loud speech has none or a few, clipped speech a sixth
MOST_SECONDS = 20.0  # for ffmpeg; a sentence takes it a twentieth of one


class DamagedError(ValueError):
    """What is wrong with a sound file, in French."""


def decoded(data: bytes, tempo: float = 1.0, whole: bool = True) -> Sound:
    """Decode a sound file.

    Args:
        data: the file.
        tempo: 1.2 makes it a fifth faster, at the same pitch.
        whole: its bytes are known to be all there, so that the file itself need not tell.

    Returns:
        The sound at `RATE`; several channels are mixed to one.

    Raises:
        DamagedError: it is no WAV or MP3 file, or not a whole one, or clipped throughout.
    """
    kind: Literal["wav", "mp3"]
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        kind = "wav"
        _check_wav(data, whole)
    elif data[:3] == b"ID3" or (data[:1] == b"\xff" and data[1:2] >= b"\xe0"):
        kind = "mp3"
        _check_mp3(data)
    else:
        raise DamagedError("ce n’est ni du WAV ni du MP3")
    # Named, so that ffmpeg guesses nothing. Strict for MP3 only: it takes the end of a streamed WAV for a fault.
    source = ["-xerror", "-err_detect", "explode"] if kind == "mp3" else []
    try:
        pcm, _ = ffmpeg.run(
            *(*source, "-f", kind, "-i", "pipe:0"),
            *([] if tempo == 1.0 else ["-af", f"atempo={tempo}"]),
            *("-ac", "1", "-ar", str(RATE), "-f", "s16le", "pipe:1"),
            stdin=data,
            timeout=MOST_SECONDS,
        )
    except AudionewsError as error:
        raise DamagedError(f"le {kind.upper()} est illisible") from error
    if _share_at_full_scale(pcm) > MOST_FULL:
        raise DamagedError("le son est saturé")
    return Sound(pcm, RATE)


def _share_at_full_scale(pcm: bytes) -> float:
    """Measure what `inspect` looks for in rows of samples: MP3 makes ripples of the flat tops of a clipped sound."""
    import numpy as np

    samples = np.frombuffer(pcm, dtype="<i2")
    return float(((samples >= 32766) | (samples <= -32767)).mean()) if len(samples) else 0.0


def _check_wav(data: bytes, whole: bool) -> None:
    at = 12
    while at + 8 <= len(data):
        size, start = int.from_bytes(data[at + 4 : at + 8], "little"), at + 8
        at = start + size + size % 2
        if data[start - 8 : start - 4] == b"data":
            told = 0 < size < UNTOLD
            if told and start + size > len(data):
                raise DamagedError("le WAV est coupé")
            if not told and not whole:
                raise DamagedError("rien ne dit si le WAV est entier")
            if data[at : at + 4] == b"RIFF":  # some servers send one file after the other
                raise DamagedError("il y a plusieurs WAV bout à bout")
            return
    raise DamagedError("le WAV est coupé avant le son")


def _check_mp3(data: bytes) -> None:
    from mutagen.mp3 import HeaderNotFoundError, MPEGFrame, skip_id3

    end = len(data) - (128 if data[-128:-125] == b"TAG" else 0)
    file = io.BytesIO(data)
    skip_id3(file)  # type: ignore[no-untyped-call]
    seconds, told = 0.0, 0.0
    while file.tell() < end:
        try:
            frame = MPEGFrame(file)  # type: ignore[no-untyped-call]  # leaves the file at the start of the next one
        except HeaderNotFoundError as error:
            raise DamagedError("le MP3 est abîmé") from error
        if hasattr(frame, "length"):  # no sound but the count of those that follow (Xing, VBRI)
            told = float(frame.length)
        else:
            seconds += (1152 if frame.version == 1 else 576) / frame.sample_rate
    if not seconds or file.tell() > end or seconds < told:
        raise DamagedError("le MP3 est coupé")
