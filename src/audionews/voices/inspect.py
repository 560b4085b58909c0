"""Nobody listens before the air: each clip is checked by measure before it is kept."""

from __future__ import annotations

import io
import re
import wave

from audionews.voices.base import Sound
from audionews.voices.finish import PEAK, RATE, active_level, segment_of

SHORTEST, LONGEST = 0.12, 1.6  # seconds a word, at speed 1.0
GRACE = 1.0  # seconds: a lone word, or a sigle spelled out
FAINT = -40.0  # dBFS of active speech, after levelling
_WORD = re.compile(r"\w[\w'’-]*")
_RUN = 8  # samples in a row at full scale: 0.3 ms flat at the top is clipping, a lone peak is not


def fault_of_sound(sound: Sound, silent: bool = False) -> str:
    """Tell in French what is wrong with what an engine gave; empty when nothing is."""
    if len(sound.pcm) < 2:
        return "le son est vide"
    if len(sound.pcm) % 2 or sound.rate <= 0:
        return "le son n’est pas du PCM 16 bits"
    if silent:
        return ""
    import numpy

    samples = numpy.frombuffer(sound.pcm, dtype="<i2")
    if not samples.any():
        return "le son est muet"
    full = (samples >= 32766) | (samples <= -32767)
    if full.sum() >= _RUN and numpy.convolve(full, numpy.ones(_RUN), "valid").max() >= _RUN:
        return "le son est saturé"
    return ""


def fault_of_clip(wav: bytes, text: str, speed: float = 1.0, silent: bool = False) -> str:
    """Tell in French what is wrong with a finished clip; empty when nothing is.

    Args:
        wav: the clip's file.
        text: what it should say, in spoken form.
        speed: of the voice: lengths are judged in proportion.
        silent: the clip is silence on purpose.
    """
    try:
        with wave.open(io.BytesIO(wav), "rb") as file:
            form = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            pcm = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        return f"le fichier est illisible ({error})"
    if form != (1, 2, RATE):
        return f"le fichier n’a pas la forme voulue ({form})"
    seconds, words = len(pcm) / 2 / RATE, max(1, len(_WORD.findall(text)))
    if not words * SHORTEST / speed <= seconds <= words * LONGEST / speed + GRACE:
        return f"{seconds:.1f} s pour {words} mots n’est pas vraisemblable"
    if silent:
        return ""
    segment = segment_of(Sound(pcm, RATE))
    if active_level(segment) < FAINT:
        return "le son est presque muet"
    return "le son est saturé" if segment.max_dBFS > PEAK + 0.1 else ""
