"""An entry of a lexicon: how a word is said, respelled and in the International Phonetic Alphabet."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from audionews.french.lexicon import ipa as alphabet
from audionews.french.lexicon.spelling import spelled
from audionews.language import Entry

Render: TypeAlias = Callable[[Entry], str]

_WRITTEN = re.compile(r"([^/]*)(?:/([^/]*)/)?")
_SAID = re.compile(r"[^\W\d_]+(?:[ ’-][^\W\d_]+)*")


def entry(text: str) -> Entry:
    """Read an entry as it is written in a lexicon: « Aboudja /abudʒa/ », « Koulibali » or « /kulibali/ ».

    Stress, syllable, length and liaison marks of a dictionary's transcription are dropped.

    Args:
        text: the respelling, then the sounds between slashes; one of them may be absent.

    Raises:
        ValueError: there is nothing to say, or a sound is not one of French; the message is French.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        raise ValueError("écrivez les sons entre deux barres, à la fin : Aboudja /abudʒa/")
    say = " ".join(found[1].replace("'", "’").split())
    if say and not _SAID.fullmatch(say):
        raise ValueError(f"« {say} » ne s’écrit qu’avec des lettres, des blancs, des traits d’union et des apostrophes")
    made = Entry(say, alphabet.checked(found[2] or ""))
    if not made.say and not made.ipa:
        raise ValueError("il n’y a rien à prononcer")
    return made


def written(one: Entry) -> str:
    """Write an entry as ``entry`` reads it."""
    return " ".join(filter(None, (one.say, f"/{one.ipa}/" if one.ipa else "")))


def sounds(one: Entry) -> str:
    """Give what an engine for phonemes reads: each word's sounds between slashes, else the respelling."""
    return " ".join(f"/{word}/" for word in one.ipa.split()) or one.say


def respelling(one: Entry) -> str:
    """Give what an engine for spellings reads: the respelling, else one made of the sounds."""
    return one.say or spelled(one.ipa)
