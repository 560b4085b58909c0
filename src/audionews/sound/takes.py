"""The voice of a programme before it is mixed: each clip at its place, at 48 kHz, and how loud speech is when.

Clips are read when they are needed and doubled in rate by a half-band filter: every other sample is the clip's own.
"""

from __future__ import annotations

import wave
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audionews import ffmpeg
from audionews.errors import AudionewsError
from audionews.model import Cue, Timeline, Track
from audionews.sound import loudness
from audionews.sound.grid import REFERENCE_LUFS, STEP_MS
from audionews.sound.kweight import KWeighting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from audionews.sound.grid import Block, Curve

CLIP_RATE = 24_000
CLIP_PER_MS = CLIP_RATE // 1000
FAINTEST_LUFS = -50.0  # below this the voice is not speech (the silence engine), and is left as it is
HALF = 32  # taps on each side of the place between two samples: flat to 11 kHz, images below −80 dB from 13 kHz on
KAISER = 8.0
PIECE, ROWS = 64, 256  # samples in one row of the product; rows in one product, which the processor's cache holds
QUIET_LU = 25.0  # below the programme's speech: a pause
TOGETHER = 40  # clips stretched by one ffmpeg


@dataclass(frozen=True, slots=True)
class Takes:
    """The voice cues of a timeline, ready to be read."""

    cues: tuple[Cue, ...]  # by time
    files: dict[str, Path]  # a cue's source → its WAV, as long as the cue
    gain: float  # linear, from the clips' level to the reference
    energies: Curve  # of the voice on two loudspeakers at the reference, one for each step of 10 ms

    def read(self, cue: Cue) -> Block:
        """Give a cue's samples at 48 kHz and at the reference level, (1, n)."""
        return doubled(_samples(self.files[cue.source]))[None] * self.gain


def take(timeline: Timeline, run: Path, work: Path) -> Takes:
    """Check the clips of a timeline and measure them; under a tempo, stretch them first.

    Args:
        timeline: its voice cues name clips relative to `run`.
        run: the run folder.
        work: a folder for stretched clips.

    Raises:
        AudionewsError: a clip is missing, not 24 kHz mono 16-bit, not as long as its cue, or talks over another one.
    """
    import numpy as np

    cues = tuple(cue for cue in timeline.cues if cue.track is Track.VOICE)
    files = {cue.source: run / cue.source for cue in cues}
    for cue in cues:
        _check(cue, files[cue.source], timeline.tempo)
    for before, cue in pairwise(cues):
        if cue.start_ms < before.start_ms + before.duration_ms:
            raise _broken(cue, "commence avant la fin du précédent")
    if timeline.tempo != 1.0:
        files = _stretched(cues, files, timeline.tempo, work)
    energies = np.zeros(-(-timeline.duration_ms // STEP_MS))
    for cue in cues:
        found = _energies(_samples(files[cue.source]))
        start = cue.start_ms // STEP_MS
        place = energies[start : start + len(found)]
        place += found[: len(place)]
    heard = loudness.integrated(energies)
    gain = 10 ** ((REFERENCE_LUFS - heard) / 20) if heard > FAINTEST_LUFS else 1.0
    return Takes(cues, files, gain, energies * gain**2)


def doubled(samples: Block) -> Block:
    """Give a sound at twice its rate, (n,) → (2 n,)."""
    import numpy as np

    count = len(samples)
    rows = -(-count // PIECE)
    held = np.zeros(rows * PIECE + 2 * HALF, np.float32)
    held[HALF - 1 : HALF - 1 + count] = samples
    windows = np.lib.stride_tricks.sliding_window_view(held, PIECE + 2 * HALF - 1)[::PIECE]
    out = np.empty((rows * PIECE, 2), np.float32)
    for start in range(0, rows, ROWS):
        some = slice(start * PIECE, min(start + ROWS, rows) * PIECE)
        out[some, 1] = (windows[start : start + ROWS] @ _between()).reshape(-1)
    out[:count, 0] = samples
    return out.reshape(-1)[: 2 * count]


@cache
def _between() -> Any:
    import numpy as np

    off = np.arange(1 - HALF, HALF + 1) - 0.5
    taps = np.sinc(off) * np.i0(KAISER * np.sqrt(np.maximum(0, 1 - (off / HALF) ** 2))) / np.i0(KAISER)
    taps /= taps.sum()
    matrix = np.zeros((PIECE + 2 * HALF - 1, PIECE), np.float32)
    for at in range(PIECE):
        matrix[at : at + 2 * HALF, at] = taps
    return matrix


def _energies(samples: Block) -> Curve:
    import numpy as np

    hearing = KWeighting(CLIP_RATE, 1)
    whole = len(samples) // hearing.step * hearing.step
    rest = np.zeros(hearing.step, np.float32)
    rest[: len(samples) - whole] = samples[whole:]
    energies: Curve = np.concatenate([hearing.energies(one[None])[0] for one in (samples[:whole], rest)])
    return 2 * energies / hearing.step


def _samples(path: Path) -> Block:
    import numpy as np

    with wave.open(str(path), "rb") as clip:
        return np.frombuffer(clip.readframes(clip.getnframes()), "<i2").astype(np.float32) / np.float32(32768)


def _check(cue: Cue, path: Path, tempo: float) -> None:
    try:
        with wave.open(str(path), "rb") as clip:
            if clip.getparams()[:3] != (1, 2, CLIP_RATE):
                raise _broken(cue, "n’est pas en 24 kHz, mono, 16 bits")
            # What is there counts, not what the head says: a clip may be cut short. Under a tempo, a cue is rounded.
            frames = len(clip.readframes(clip.getnframes())) // 2
            if abs(frames / CLIP_PER_MS / tempo - cue.duration_ms) > (1 if tempo != 1.0 else 0):
                raise _broken(cue, "n’a pas la durée prévue au montage")
    except (OSError, EOFError, wave.Error) as error:
        raise _broken(cue, "manque ou n’est pas un fichier WAV") from error


def _stretched(cues: Sequence[Cue], files: dict[str, Path], tempo: float, work: Path) -> dict[str, Path]:
    """Read all clips faster or slower without changing their pitch, each to the exact length of its cue."""
    done = {}
    for start in range(0, len(cues), TOGETHER):
        some = cues[start : start + TOGETHER]
        arguments: list[str] = []
        for cue in some:
            arguments += ["-i", f"file:{files[cue.source]}"]
        for place, cue in enumerate(some):
            done[cue.source] = work / f"tempo-{start + place}.wav"
            count = cue.duration_ms * CLIP_PER_MS
            arguments += [
                *("-map", f"{place}:a", "-af", f"atempo={tempo:.6f},apad=whole_len={count},atrim=end_sample={count}"),
                *("-c:a", "pcm_s16le", "-fflags", "+bitexact", "-flags:a", "+bitexact", f"file:{done[cue.source]}"),
            ]
        ffmpeg.run(*arguments)
    return done


def _broken(cue: Cue, what: str) -> AudionewsError:
    return AudionewsError(
        f"Le son {cue.source} (phrase « {cue.segment} ») {what}",
        "Refaites les voix : audionews build --from clips",
    )


def active(takes: Takes) -> NDArray[np.bool_]:
    """Tell for each step whether somebody speaks: less than 25 LU below the programme's speech."""
    return takes.energies > loudness.energy(REFERENCE_LUFS - QUIET_LU)
