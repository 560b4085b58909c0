"""A word as each lexicon makes it sound, and what is wrong with its entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audionews.french.lexicon import entry, pronounce, sounds
from audionews.french.spoken import spoken
from audionews.language import Entry, language
from audionews.voices import espeakng
from audionews.voices.phonemes import phonemes
from audionews.voices.reading import in_sounds


@dataclass(frozen=True, slots=True)
class Review:
    """What is heard for a word, in phonemes, and the faults of its entry, in French."""

    word: str
    plain: str  # without any lexicon
    house: str  # with the house's
    station: str  # with the station's entry too
    respelled: str  # what an engine for spellings is given
    faults: tuple[str, ...]
    useless: bool  # the station's entry changes nothing that a neural voice says


def review(word: str, text: str = "") -> Review:
    """Listen to a word.

    Args:
        word: as printed, or as spoken.
        text: the station's entry, as written; empty when it has none.
    """
    said = spoken(word)
    own: dict[str, Entry] = {}
    faults: list[str] = []
    if text:
        try:
            own[word] = entry(text)
        except ValueError as error:
            faults.append(str(error))
    plain, by_house, by_station = phonemes(said), _heard(said, {}), _heard(said, own)
    if own:
        faults += _faults(own[word])
    elif by_house == plain and "(" in espeakng.phonemes(said):
        faults.append("se lit à l’anglaise")
    return Review(
        word, plain, by_house, by_station, pronounce(said, own), tuple(faults), bool(own) and by_house == by_station
    )


def _faults(one: Entry) -> list[str]:
    if not one.say or not one.ipa:
        return []
    spelling = _bare(phonemes(one.say))
    if spelling == _bare(phonemes(sounds(one))):
        return []
    return [f"« {one.say} » se lit [{spelling}], pas [{one.ipa}]"]


def _heard(said: str, entries: Mapping[str, Entry]) -> str:
    return phonemes(in_sounds(said, entries, language("fr")))


def _bare(symbols: str) -> str:
    return symbols.replace("ˈ", "").replace("ˌ", "")
