"""A programme joined by pydub, as well as pydub can: no `+=`, whose copies grow with the square of the length.

It has no meter, no limiter and no ducking that follows speech: clips get the gain that brings them to the level on
average, music is turned down from the first word under it on. Its rates are converted by straight lines between
samples, which a listener hears; nothing is done about that here.

`joined` is pydub's own way: segments, joined once, and `overlay`. `by_hand` keeps the programme in a bytearray and
leaves only single sounds to pydub, which costs less memory and is hardly pydub any more.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from audionews import ffmpeg
from audionews.model import Cue, Timeline, Track
from audionews.sound.grid import PER_MS, RATE, REFERENCE_LUFS
from audionews.sound.loudness import DUAL_MONO
from audionews.sound.mix import DUCKED
from audionews.voices.finish import LEVEL

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # no ffmpeg on PATH, audioop is to leave the standard library
    from pydub import AudioSegment

Join: TypeAlias = "Callable[[Timeline, Path, Mapping[str, Path]], Any]"

MS = 4 * PER_MS  # bytes in a millisecond: two channels of 16 bits
GAIN = REFERENCE_LUFS - DUAL_MONO - LEVEL  # dB, of the clips


def make(join: Join, timeline: Timeline, run: Path, sounds: Mapping[str, Path], out: Path, kbps: int) -> None:
    """Join a programme and write it as MP3.

    Args:
        join: one of the two ways.
        timeline: what is placed where.
        run: the folder its clips are in.
        sounds: name of a sound → its WAV.
        out: the MP3.
        kbps: of it.
    """
    AudioSegment.converter = ffmpeg.binary()
    join(timeline, run, sounds).export(str(out), format="mp3", bitrate=f"{kbps}k")


def joined(timeline: Timeline, run: Path, sounds: Mapping[str, Path]) -> Any:
    """Join clips and pauses as bytes, once, and lay the music over them."""
    pieces, done = [], 0
    for cue in _voices(timeline):
        pieces.append(bytes(cue.start_ms * MS - done))
        clip = AudioSegment.from_wav(str(run / cue.source)).set_frame_rate(RATE).set_channels(2).apply_gain(GAIN)
        pieces.append(clip.raw_data)
        done = cue.start_ms * MS + len(clip.raw_data)
    pieces.append(bytes(timeline.duration_ms * MS - done))
    whole = _segment(b"".join(pieces))
    pieces.clear()
    for cue, music in _music(timeline, sounds):
        whole = whole.overlay(music, position=cue.start_ms)
    return whole


def by_hand(timeline: Timeline, run: Path, sounds: Mapping[str, Path]) -> Any:
    """Put clips and passages with music where they belong in one array of bytes."""
    whole = bytearray(timeline.duration_ms * MS)
    for cue in _voices(timeline):
        clip = AudioSegment.from_wav(str(run / cue.source)).set_frame_rate(RATE).apply_gain(GAIN).set_channels(2)
        whole[cue.start_ms * MS : cue.start_ms * MS + len(clip.raw_data)] = clip.raw_data
    for cue, music in _music(timeline, sounds):
        place = slice(cue.start_ms * MS, cue.start_ms * MS + len(music.raw_data))
        whole[place] = _segment(bytes(whole[place])).overlay(music).raw_data
    return _segment(bytes(whole))


def _segment(samples: bytes) -> Any:
    return AudioSegment(data=samples, sample_width=2, frame_rate=RATE, channels=2)


def _voices(timeline: Timeline) -> list[Cue]:
    return [cue for cue in timeline.cues if cue.track is Track.VOICE]


def _music(timeline: Timeline, sounds: Mapping[str, Path]) -> Iterator[tuple[Cue, Any]]:
    """Give each cue of music with its sound: as long as it is, turned down from the first word on, and faded."""
    loaded = {name: AudioSegment.from_wav(str(path)) for name, path in sounds.items()}
    for cue in timeline.cues:
        if cue.track is Track.VOICE:
            continue
        sound, end = loaded[cue.source], cue.start_ms + cue.duration_ms
        sound = (sound * -(-cue.duration_ms // len(sound)))[: cue.duration_ms]
        words = (one for one in _voices(timeline) if one.start_ms + one.duration_ms > cue.start_ms)
        first = next((one.start_ms for one in words if one.start_ms < end), None)
        if first is not None:
            free = max(0, first - cue.start_ms)
            sound = sound[:free] + sound[free:].apply_gain(DUCKED[cue.track])
        sound = sound.fade_in(cue.fade_in_ms) if cue.fade_in_ms else sound
        yield cue, sound.fade_out(cue.fade_out_ms) if cue.fade_out_ms else sound
