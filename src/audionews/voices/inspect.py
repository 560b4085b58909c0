"""Nobody listens before the air: each sound and each clip is checked by measure before it is kept.

What an engine gives is checked as it comes (`fault_of_sound`): trimming and fading would hide where it was cut.
The finished clip is checked against its text (`fault_of_clip`). The bounds leave out none of the good sounds they were
drawn from, and nearly all the damaged ones: figures in docs/voices.md.
"""

from __future__ import annotations

import re
from typing import Any

from audionews.voices import espeakng, wav
from audionews.voices.base import Sound
from audionews.voices.finish import LEVEL, PEAK, RATE
from audionews.voices.loudness import loudness

EDGE_MS = 5  # at either end of a sound…
EDGE = -15.0  # …LU: speech that is louder there was cut; good ends measure -18.5 at most
PACE = 167  # words a minute at which the next three were measured
START, EACH, MARK = 0.2, 0.083, 0.15  # seconds: for a sentence, for each phoneme, for each mark inside it
SHORTEST, LONGEST, GRACE = 0.7, 1.5, 0.3  # times that; and seconds more, for a lone word or a sigle spelled out
FAINT = -6.0  # LU from the level of all clips: the gain had to be bounded
HOLE_MS, HOLE = 1000, -35.0  # LU from that level: a silence that long is no pause inside a sentence
EVEN = 5.0  # dB between loud and soft (90 % and 10 %): noise and hum have 1, speech has 9 at least
ECHO, ECHO_MS = 0.95, 250  # likeness of a clip and itself later: a loop or a beep; speech has 0.87 at most
_MARGIN = 4  # frames of 10 ms at each end: silence and fade
_SYLLABLE = 40  # such frames, margins included: nothing shorter is judged by its evenness
_RUN = 8  # samples in a row at full scale: 0.3 ms flat at the top is clipping, a lone peak is not
_FLAG = re.compile(r"\([a-z^-]+\)")  # espeak's, of a word read in another language
_MARK = re.compile(r"[,;:.!?…–—)](?=\s)")


def fault_of_sound(sound: Sound, silent: bool = False, leads: bool = False) -> str:
    """Tell in French what is wrong with what an engine gave; empty when nothing is.

    Args:
        sound: as it came, neither trimmed nor faded.
        silent: it is silence on purpose.
        leads: the engine always begins with a little silence, so that a sound without it has lost its beginning.
    """
    if len(sound.pcm) < 2:
        return "le son est vide"
    if len(sound.pcm) % 2 or sound.rate <= 0:
        return "le son n’est pas du PCM 16 bits"
    if silent:
        return ""
    import numpy as np

    samples = np.frombuffer(sound.pcm, dtype="<i2")
    if not samples.any():
        return "le son est muet"
    full = (samples >= 32766) | (samples <= -32767)
    if full.sum() >= _RUN and np.convolve(full, np.ones(_RUN), "valid").max() >= _RUN:
        return "le son est saturé"
    return _fault_of_edges(samples / 32768, sound.rate, leads)


def _fault_of_edges(values: Any, rate: int, leads: bool) -> str:
    limit, edge = 10 ** ((loudness(values, rate) + EDGE) / 10), rate * EDGE_MS // 1000
    if (values[-edge:] ** 2).mean() > limit:
        return "la fin du son manque"
    return "le début du son manque" if leads and (values[:edge] ** 2).mean() > limit else ""


def fault_of_clip(data: bytes, text: str, speed: float = 1.0, silent: bool = False, pace: int = PACE) -> str:
    """Tell in French what is wrong with a finished clip; empty when nothing is.

    Args:
        data: the clip's file.
        text: what it should say, in spoken form; sounds may stand between slashes.
        speed: of the voice: lengths are judged in proportion.
        silent: the clip is silence on purpose.
        pace: of the engine at speed 1.0, in words a minute.
    """
    try:
        sound = wav.read(data)
    except ValueError as error:
        return f"le fichier est illisible ({error})"
    if sound.rate != RATE:
        return f"le fichier n’a pas la forme voulue ({sound.rate} Hz)"
    if not sound.pcm:
        return "le son est vide"
    if silent:
        return ""
    usual = expected(text) * PACE / pace / speed
    if not SHORTEST * usual <= sound.seconds <= LONGEST * usual + GRACE:
        return f"{sound.seconds:.1f} s au lieu de {usual:.1f} n’est pas vraisemblable"
    return _fault_of_shape(sound)


def expected(text: str) -> float:
    """Give the seconds a text takes at speed 1.0 and `PACE` words a minute, by its phonemes and its marks."""
    sounds = sum(one.isalpha() and one not in "ˈˌː" for one in _FLAG.sub("", espeakng.phonemes(text)))
    return START + EACH * sounds + MARK * len(_MARK.findall(text))


def _fault_of_shape(sound: Sound) -> str:
    import numpy as np

    values = np.frombuffer(sound.pcm, dtype="<i2") / 32768
    if loudness(values, RATE) < LEVEL + FAINT:
        return "le son est presque muet"
    if float(np.abs(values).max()) > 10 ** ((PEAK + 0.1) / 20):
        return "le son est saturé"
    size = RATE // 100
    levels = 10 * np.log10((values[: len(values) // size * size].reshape(-1, size) ** 2).mean(axis=1) + 1e-10)
    loud = np.flatnonzero(levels > LEVEL + HOLE)
    if np.diff(loud).max(initial=0) * 10 > HOLE_MS:
        return "le son est coupé d’un silence"
    if len(levels) < _SYLLABLE:  # one syllable is as even as a hum
        return ""
    soft, strong = np.percentile(levels[_MARGIN:-_MARGIN], (10, 90))
    return "le son n’est pas une voix" if strong - soft < EVEN or _echo(values) > ECHO else ""


def _echo(values: Any) -> float:
    """Give the likeness, 0 to 1, of a sound and itself later on, at the delay where it is highest."""
    import numpy as np

    rough = values[: len(values) // 8 * 8].reshape(-1, 8).mean(axis=1)  # voices are strongest below 1.5 kHz
    count, least = len(rough), RATE // 8 * ECHO_MS // 1000
    if count <= 2 * least:
        return 0.0
    size = 1 << (2 * count).bit_length()
    spectrum = np.fft.rfft(rough, size)
    alike = 4 * np.fft.irfft(spectrum.real**2 + spectrum.imag**2, 4 * size)  # by quarters of a sample
    lags = np.arange(least, count - least)
    alike = alike[4 * least : 4 * (count - least)].reshape(-1, 4).max(axis=1)
    power = np.concatenate([[0.0], np.cumsum(rough**2)])
    return float((alike / (np.sqrt(power[count - lags] * (power[count] - power[lags])) + 1e-9)).max())
