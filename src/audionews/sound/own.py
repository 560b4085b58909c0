"""The station's own sounds: files of any format and length, brought to our shape, and what to tell of them.

Only the head of a file is decoded; nothing is held in memory but a second of it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from audionews import ffmpeg
from audionews.errors import DISK_FULL, AudionewsError
from audionews.sound import levels
from audionews.sound.grid import PER_MS, RATE, STEP, STEP_MS
from audionews.sound.levels import KINDS, Kind

if TYPE_CHECKING:
    from audionews.sound.synth import Wave

SHORTEST_MS = 400  # one block of the loudness meter
FAINTEST_LUFS = -60.0  # below this it is the noise of an empty recording
NOTHING = 1e-4  # −80 dBFS: dither, or what a codec leaves of silence
OFFSET = 1e-3  # −60 dBFS: direct current that is no accident of the music
LATEST_MS = 30_000  # a sound that has not begun by then is silent
LEAD_MS, TRAIL_MS = 50, 200  # a silence at the start, or at the end, that nobody notices
DEAD_DB = 30.0  # between two channels: nobody mixes so
BOTH_SIDES = ("-af", "aformat=channel_layouts=stereo,pan=stereo|c0=c0+c1|c1=c0+c1")
SEAM = 0.02  # linear: a larger step where the bed begins again is a click; its ends are rounded off then
CUT_FADE_MS, RISE_MS, FALL_MS = 500, 1, 5
POOR_HZ = 32_000
HEAD = re.compile(r"Duration: (\d+):(\d\d):(\d\d)\.(\d\d)")
AUDIO = re.compile(r"^\s*Stream #0:.*?: Audio: (.*)$", re.MULTILINE)
VIDEO = re.compile(r"^\s*Stream #0:.*?: Video: (?!.*\(attached pic\))", re.MULTILINE)
EIGHT_BITS = re.compile(r"\b(?:pcm_u8|pcm_s8|pcm_mulaw|pcm_alaw)\b")


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """What was found in a file, kept beside the sound made of it."""

    seconds: float  # as its header says; 0 when it does not
    rate: int  # Hz
    eight_bits: bool
    video: bool
    lead_ms: int  # of silence left out at the start; 0 when there was nothing to say of it
    trail_ms: int  # likewise at the end
    cut: bool  # it was longer than its kind may be
    alone: bool  # only one of its two channels sounded

    def lines(self, kind: Kind, source: str) -> Iterator[str]:
        """Say in French what the station should know; nothing when all is well."""
        what = f"{kind.name} de la station, {source}"
        if self.video:
            yield f"{what}, est une vidéo : seul le son est pris."
        if self.alone:
            yield f"{what}, n’a de son que d’un côté : il est mis des deux."
        if self.lead_ms:
            yield f"{what}, commence par {_seconds(self.lead_ms)} de silence : ce silence est ôté."
        if self.trail_ms:
            yield f"{what}, finit par {_seconds(self.trail_ms)} de silence : ce silence est ôté."
        if self.cut:
            long = f"dure {_length(self.seconds)}" if self.seconds else f"dure plus de {kind.longest_ms // 1000} s"
            yield f"{what}, {long} : seules les {kind.longest_ms // 1000} premières secondes sont gardées."
        poor = [f"{self.rate / 1000:.3g} kHz".replace(".", ",")] if self.rate < POOR_HZ else []
        poor += ["8 bits"] if self.eight_bits else []
        if poor:
            yield (
                f"{what}, n’a que {' et '.join(poor)} : le son sera pauvre. "
                "Donnez si possible un fichier de 44,1 ou 48 kHz, en 16 bits."
            )


def conform(name: str, source: Path, folder: Path) -> tuple[Path, Found]:
    """Bring a file of the station to our shape, length and level, once.

    Args:
        name: which of the four sounds it is.
        source: the file.
        folder: the cache; the sound goes into a folder of it named by the file's content.

    Returns:
        Its WAV, and what was found in the file.

    Raises:
        AudionewsError: it is missing, unreadable, no sound, silent or too short; the file is named.
    """
    kind = KINDS[name]
    try:
        target = folder / f"own-{_digest(source)}" / f"{name}.wav"
        notes = target.with_suffix(".json")
        known = _read(notes) if target.exists() else None
        if known is not None:
            return target, known
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as work:
            found = _make(name, source, Path(work))
            target.parent.mkdir(exist_ok=True)
            Path(work, notes.name).replace(notes)  # first: a sound without its notes would be made again
            Path(work, "done.wav").replace(target)
    except _RefusedError as refused:
        hint = f"Donnez un fichier WAV, MP3, FLAC ou Ogg, ou retirez {name} de la table [sound] de station.toml"
        raise AudionewsError(f"{kind.name} de la station, {source}, {refused}", hint) from refused.__cause__
    return target, found


class _RefusedError(Exception):
    """The file cannot be used; the words go on from its name."""


def _digest(source: Path) -> str:
    try:
        if not source.exists():
            raise _RefusedError("n’existe pas : son nom est faux, ou le fichier a été déplacé")
        if not source.is_file():  # a pipe or a device would never end
            raise _RefusedError("n’est pas un fichier")
        if not source.stat().st_size:
            raise _RefusedError("est vide")
        with source.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()[:16]
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise _RefusedError(f"n’a pas pu être lu ({why})") from error


def _read(notes: Path) -> Found | None:
    try:
        return Found(**json.loads(notes.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _make(name: str, source: Path, work: Path) -> Found:
    """Write ``done.wav`` and its notes into the folder `work`."""
    import numpy as np

    kind, turns = KINDS[name], name == "bed"  # what turns keeps its length, and its ends but where it is cut
    raw = work / "raw.f32"
    limit_ms = kind.longest_ms + LATEST_MS
    log = _decode(source, raw, limit_ms)
    alone = _one_sided(raw)
    if alone:
        _decode(source, raw, limit_ms, *BOTH_SIDES)
    frames = raw.stat().st_size // 8 if raw.exists() else 0
    more = frames >= (limit_ms - STEP_MS) * PER_MS  # the file may go on
    start, end = _sounding(raw)
    if start == end and frames >= SHORTEST_MS * PER_MS:
        during = f" pendant ses {limit_ms // 1000} premières secondes" if more else ""
        raise _RefusedError(f"ne fait entendre que du silence{during}")
    start = start if start > LEAD_MS * PER_MS else 0
    end = end if frames - end > TRAIL_MS * PER_MS and not more and not turns else frames
    if end - start < SHORTEST_MS * PER_MS:
        raise _RefusedError(f"dure moins de {_seconds(SHORTEST_MS)}")
    cut = more or end - start > kind.longest_ms * PER_MS + STEP
    count = min(end - start, kind.longest_ms * PER_MS) // STEP * STEP
    shape = np.ones(count, np.float32)
    if cut or not turns or _seam(raw, start, count) > SEAM:
        fall = (CUT_FADE_MS if cut else FALL_MS) * PER_MS
        shape[-fall:] = np.cos(np.linspace(0, np.pi / 2, fall))
        shape[: RISE_MS * PER_MS] *= np.sin(np.linspace(0, np.pi / 2, RISE_MS * PER_MS))
    base = _base(raw, start, count)
    sound = levels.heard(_blocks(raw, start, base, shape))
    if not sound.integrated > FAINTEST_LUFS:
        raise _RefusedError("ne fait entendre que du silence")
    levels.write(work / "done.wav", _blocks(raw, start, base, shape), levels.gain(kind, sound))
    found = _found(log, lead_ms=start // PER_MS, trail_ms=(frames - end) // PER_MS, cut=cut, alone=alone)
    (work / f"{name}.json").write_text(json.dumps(dataclasses.asdict(found)), "utf-8")
    return found


def _decode(source: Path, raw: Path, limit_ms: int, *options: str) -> str:
    """Decode the head of the file's first sound, as stereo floats at 48 kHz, and give what ffmpeg says of the file.

    Args:
        source: the station's file.
        raw: where the samples go.
        limit_ms: no more is decoded.
        options: of ffmpeg, between input and output.
    """
    try:
        return ffmpeg.run(
            *("-protocol_whitelist", "file", "-t", f"{limit_ms / 1000}", "-i", f"file:{source}", "-map", "0:a:0"),
            *options,
            *("-ac", "2", "-ar", str(RATE), "-c:a", "pcm_f32le", "-f", "f32le", f"file:{raw}"),
            timeout=60.0,
        )[1]
    except AudionewsError as error:
        if error.message == DISK_FULL[0] or not isinstance(error.__cause__, RuntimeError):
            raise  # the disk, or ffmpeg itself, is at fault: not the file
        log = str(error.__cause__)
        if not AUDIO.search(log) and "Stream #0:" in log:
            what = "est une vidéo, ou une image, sans son" if VIDEO.search(log) else "ne contient aucun son"
            raise _RefusedError(what) from error
        raise _RefusedError("n’est pas un son lisible : ce n’en est pas un, ou il est abîmé") from error


def _found(log: str, lead_ms: int, trail_ms: int, cut: bool, alone: bool) -> Found:
    said = log.partition("Output #0")[0]
    stream = next(iter(AUDIO.findall(said)), "")
    rate = re.search(r"(\d+) Hz", stream)
    head = HEAD.search(said)
    hours, minutes, seconds, hundredths = (int(one) for one in head.groups()) if head else (0, 0, 0, 0)
    return Found(
        seconds=hours * 3600 + minutes * 60 + seconds + hundredths / 100,
        rate=int(rate[1]) if rate else RATE,
        eight_bits=bool(EIGHT_BITS.search(stream)),
        video=bool(VIDEO.search(said)),
        lead_ms=lead_ms,
        trail_ms=trail_ms,
        cut=cut,
        alone=alone,
    )


def _sounding(raw: Path) -> tuple[int, int]:
    """Give the samples between which there is sound, as whole steps; twice the same when all is silence."""
    import numpy as np

    first, last = None, 0
    for number, block in enumerate(_raw(raw, 0)):
        loud = np.flatnonzero(np.abs(block).max(axis=0) > NOTHING)
        if len(loud):
            first = int(number * RATE + loud[0]) if first is None else first
            last = int(number * RATE + loud[-1]) + 1
    return (first or 0) // STEP * STEP, -(-last // STEP) * STEP


def _base(raw: Path, start: int, count: int) -> Wave:
    """Give the direct current of each channel, (2, 1): it would be heard as a click where the sound begins and ends."""
    import numpy as np

    total = np.zeros((2, 1))
    for block in _blocks(raw, start, np.zeros((2, 1), np.float32), np.ones(count, np.float32)):
        total += block.sum(axis=1, keepdims=True, dtype=np.float64)
    mean = total / count
    return np.where(np.abs(mean) > OFFSET, mean, 0).astype(np.float32)


def _one_sided(raw: Path) -> bool:
    """Tell whether one of the two channels is mute, or 30 dB below the other."""
    import numpy as np

    powers = np.zeros(2)
    for block in _raw(raw, 0):
        powers += np.einsum("ci,ci->c", block, block)
    return bool(powers.min() < powers.max() * 10 ** (-DEAD_DB / 10))


def _seam(raw: Path, start: int, count: int) -> float:
    """Give the step from the last sample to the first one, which is heard each time the sound begins again."""
    import numpy as np

    with raw.open("rb") as stream:
        ends = []
        for at in (start, start + count - 1):
            stream.seek(8 * at)
            ends.append(np.frombuffer(stream.read(8), "<f4"))
    return float(np.abs(ends[1] - ends[0]).max())


def _blocks(raw: Path, start: int, base: Wave, shape: Wave) -> Iterator[Wave]:
    """Give the sound from a sample on in blocks of a second, less `base`, as long as `shape` and times it."""
    done = 0
    for block in _raw(raw, start):
        piece = block[:, : len(shape) - done]
        yield (piece - base) * shape[done : done + piece.shape[1]]
        done += piece.shape[1]
        if done == len(shape):
            return


def _raw(raw: Path, start: int) -> Iterator[Wave]:
    import numpy as np

    with raw.open("rb") as stream:
        stream.seek(8 * start)
        while data := stream.read(8 * RATE):
            samples = np.frombuffer(data[: len(data) // 8 * 8], "<f4").reshape(-1, 2).T
            yield np.nan_to_num(samples, posinf=1.0, neginf=-1.0)


def _seconds(ms: int) -> str:
    return f"{math.ceil(ms / 100) / 10:.1f} s".replace(".", ",")


def _length(seconds: float) -> str:
    """Write a length: « 2 h », « 1 h 5 min », « 3 min 20 s », « 12,5 s »."""
    if seconds < 60:
        return f"{seconds:.1f} s".replace(".", ",").replace(",0 ", " ")
    whole = round(seconds)
    parts = (
        [(whole // 3600, "h"), (whole % 3600 // 60, "min")]
        if whole >= 3600
        else [(whole // 60, "min"), (whole % 60, "s")]
    )
    return " ".join(f"{count} {unit}" for count, unit in parts if count)
