"""A programme joined by pydub, as well as pydub can: no `+=`, whose copies grow with the square of the length.

It has no meter, no limiter and no ducking that follows speech: clips get the gain that brings them to the level on
average, music is turned down from the first word under it on. Its rates are converted by straight lines between
samples, which a listener hears; nothing is done about that here.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audionews import ffmpeg
from audionews.model import Cue, Timeline, Track
from audionews.sound.grid import PER_MS, RATE, REFERENCE_LUFS
from audionews.sound.loudness import DUAL_MONO
from audionews.sound.mix import DUCKED
from audionews.voices.finish import LEVEL

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # no ffmpeg on PATH, audioop is to leave the standard library
    from pydub import AudioSegment

FRAME = 4  # bytes: two channels of 16 bits
GAIN = REFERENCE_LUFS - DUAL_MONO - LEVEL  # dB, of the clips


def make(timeline: Timeline, run: Path, sounds: Mapping[str, Path], out: Path, kbps: int) -> None:
    """Join a programme and write it as MP3.

    Args:
        timeline: what is placed where.
        run: the folder its clips are in.
        sounds: name of a sound → its WAV.
        out: the MP3.
        kbps: of it.
    """
    AudioSegment.converter = ffmpeg.binary()
    voices = [cue for cue in timeline.cues if cue.track is Track.VOICE]
    pieces, done = [], 0
    for cue in voices:
        pieces.append(bytes((cue.start_ms * PER_MS - done) * FRAME))
        clip = AudioSegment.from_wav(str(run / cue.source)).set_frame_rate(RATE).set_channels(2).apply_gain(GAIN)
        pieces.append(clip.raw_data)
        done = cue.start_ms * PER_MS + len(clip.raw_data) // FRAME
    pieces.append(bytes((timeline.duration_ms * PER_MS - done) * FRAME))
    whole = AudioSegment(data=b"".join(pieces), sample_width=2, frame_rate=RATE, channels=2)
    pieces.clear()
    loaded = {name: AudioSegment.from_wav(str(path)) for name, path in sounds.items()}
    for cue in timeline.cues:
        if cue.track is not Track.VOICE:
            whole = whole.overlay(_music(cue, voices, loaded[cue.source]), position=cue.start_ms)
    whole.export(str(out), format="mp3", bitrate=f"{kbps}k")


def _music(cue: Cue, voices: list[Cue], sound: Any) -> Any:
    """Give the sound of a cue: as long as it is, with its fades, turned down from the first word under it on."""
    sound = (sound * -(-cue.duration_ms // len(sound)))[: cue.duration_ms]
    end = cue.start_ms + cue.duration_ms
    words = [one for one in voices if one.start_ms < end and one.start_ms + one.duration_ms > cue.start_ms]
    if words:
        free = max(0, words[0].start_ms - cue.start_ms)
        sound = sound[:free] + sound[free:].apply_gain(DUCKED[cue.track])
    return sound.fade_in(cue.fade_in_ms).fade_out(cue.fade_out_ms)
