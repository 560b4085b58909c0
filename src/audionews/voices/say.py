"""A text voiced at once: one sentence checked, or several in a row for an editor to hear."""

from __future__ import annotations

import io
import wave
from collections.abc import Mapping

from audionews.errors import AudionewsError, UsageError
from audionews.language import Entry, Language
from audionews.voices import finish
from audionews.voices.base import Engine, Sound
from audionews.voices.cut import cut
from audionews.voices.inspect import fault_of_clip, fault_of_sound
from audionews.voices.phonemes import phonemes
from audionews.voices.reading import in_sounds, read

PAUSE = 450  # ms between sentences
HINT = "Reformulez cette phrase, ou changez de moteur avec --voice"


def say(text: str, engine: Engine, entries: Mapping[str, Entry], language: Language) -> bytes:
    """Voice a text as the bulletin would.

    Args:
        text: as printed.
        engine: who reads.
        entries: the station's own words.
        language: of the text.

    Returns:
        A WAV file: mono, 16-bit, `finish.RATE` Hz.

    Raises:
        UsageError: there is no word in the text.
        AudionewsError: a sentence could not be voiced, even at the second try.
    """
    sentences = _sentences(text, language)
    if not sentences:
        raise UsageError("Il n’y a rien à lire", "Donnez un texte")
    clips = [voiced(read(said, engine, entries, language), engine) for said in sentences]
    pause = bytes(2 * (finish.RATE * PAUSE // 1000))
    return finish.to_wav(Sound(pause.join(_samples(clip) for clip in clips), finish.RATE))


def heard(text: str, entries: Mapping[str, Entry], language: Language) -> str:
    """Give the phonemes a neural voice would read for a text as printed, one line a sentence."""
    return "\n".join(phonemes(in_sounds(said, entries, language)) for said in _sentences(text, language))


def voiced(text: str, engine: Engine) -> bytes:
    """Voice one sentence and check it, twice when needed.

    Args:
        text: as `reading.read` gives it.
        engine: who reads.

    Returns:
        A finished clip, a WAV file.

    Raises:
        AudionewsError: the engine failed, or what it gave is bad twice.
    """
    fault, words = "", text.replace("\u0303", "")  # a tilde over a letter is no end of a word
    for _ in range(2):
        sound = finish.joined([engine.speak(piece) for piece in cut(text, engine.max_chars)])
        fault = fault_of_sound(sound, engine.silent)
        if not fault:
            wav = finish.finish(sound, engine.silent)
            fault = fault_of_clip(wav, words, engine.speed, engine.silent)
        if not fault:
            return wav
    raise AudionewsError(f"{engine.label} l’a mal lue deux fois ({fault})", HINT)


def _sentences(text: str, language: Language) -> list[str]:
    """Split a text as printed, then say each sentence; what has no word is left out."""
    said = (language.spoken(one) for line in text.splitlines() for one in language.sentences(line))
    return [one for one in said if any(char.isalnum() for char in one)]


def _samples(clip: bytes) -> bytes:
    with wave.open(io.BytesIO(clip), "rb") as file:
        return file.readframes(file.getnframes())
