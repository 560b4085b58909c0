"""A text voiced at once: one sentence checked, or several in a row for an editor to hear."""

from __future__ import annotations

import io
import wave
from collections.abc import Mapping

from audionews.errors import UsageError
from audionews.language import Entry, Language
from audionews.voices import finish
from audionews.voices.base import Engine, Sound
from audionews.voices.phonemes import phonemes
from audionews.voices.reading import in_sounds, read
from audionews.voices.work import voiced

PAUSE = 450  # ms between sentences


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


def _sentences(text: str, language: Language) -> list[str]:
    """Split a text as printed, then say each sentence; what has no word is left out."""
    said = (language.spoken(one) for line in text.splitlines() for one in language.sentences(line))
    return [one for one in said if any(char.isalnum() for char in one)]


def _samples(clip: bytes) -> bytes:
    with wave.open(io.BytesIO(clip), "rb") as file:
        return file.readframes(file.getnframes())
