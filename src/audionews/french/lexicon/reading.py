"""A spoken form written as it sounds: homographs by their context, then the entries, the station's first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TypeAlias

from audionews.french.lexicon import homographs
from audionews.french.lexicon.entries import Render, entry, respelling, sounds
from audionews.french.tables import data
from audionews.language import Entry
from audionews.rules import Rule, apply

_Index: TypeAlias = dict[str, list[tuple[str, Entry]]]  # first word of a key → (key, entry), the longest key first

_TOKEN = re.compile(r"/[^/\s]+/|\w+")
_NONE: Mapping[str, Entry] = MappingProxyType({})
# What an article or a pronoun that lost its vowel adds before the sounds of the next word.
_ELIDED = {
    "l": "l", "d": "d", "j": "ʒ", "m": "m", "t": "t", "s": "s", "n": "n", "c": "s", "qu": "k",
    "jusqu": "ʒysk", "lorsqu": "lɔʁsk", "puisqu": "pɥisk", "quoiqu": "kwak", "quelqu": "kɛlk",
}  # fmt: skip
_OPEN = re.compile("/[iyueøoɛœɔəaɑ]")
_SPELLED = re.compile(r"[A-ZÀ-Ý] [A-ZÀ-Ý]\b")
# Stand for what is settled while the other rules run: letters that no French text holds.
_SETTLED = 0x20000
_ORDINARY = ("words", "french")  # tables of data/lexicon.toml
_SETTLERS = re.compile("[\U00020000-\U0010ffff]")


def pronounce(text: str, station: Mapping[str, Entry] = _NONE, phonemes: bool = False) -> str:
    """Write the words of a spoken form that a voice reads wrong as they sound.

    Args:
        text: a spoken form, as ``spoken`` gives it.
        station: the station's own entries by the word as printed or as spoken; they win over the house's.
        phonemes: give the sounds between slashes, « /abudʒa/ », an elided article inside: « /dabudʒa/ »;
            else respellings, « Aboudja ».

    Returns:
        The same text for the voice only, its apostrophes ’. What stands between slashes is left alone.
    """
    text = text.replace("'", "’")
    render = sounds if phonemes else respelling
    own = tuple(station.items())
    settled: dict[int, str] = {}
    if own or "/" in text:

        def settle(reading: str) -> str:
            settled[_SETTLED + len(settled)] = reading
            return chr(_SETTLED + len(settled) - 1)

        text = _read(_SETTLERS.sub("", text), _station_index(own), render, settle)
    text = apply(_context_rules(phonemes), text)
    text = _read(text, _house_index(phonemes), render)
    return text.translate(settled) if settled else text


@cache
def house() -> Mapping[str, Entry]:
    """Give the entries of data/lexicon.toml by their words."""
    tables = data("lexicon").values()
    return MappingProxyType({word: entry(said) for table in tables for word, said in table.items()})


def _read(text: str, index: _Index, render: Render, settle: Callable[[str], str] | None = None) -> str:
    """Replace the words that have an entry; readings and what is between slashes pass through `settle`."""
    pieces, done = [], 0
    before, before_end = "", 0  # the word before, and where it ends
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        word = found.group()
        if start < done:  # inside an entry of several words
            continue
        reading = word if word[0] == "/" else ""
        for key, one in index.get(word, ()):
            if text.startswith(key, start) and not _goes_on(text, start + len(key)):
                reading, end = render(one), start + len(key)
                break
        if before.lower() in _ELIDED and text[before_end:start] == "’":
            if reading[:1] == "/":
                reading, start = f"/{_ELIDED[before.lower()]}{reading[1:]}", before_end - len(before)
            elif _SPELLED.match(reading):  # « L’O N U » would be read « elle apostrophe »
                reading, start = f"{before.lower()}’{reading}", before_end - len(before)
        elif word[0] in "Hh" and _OPEN.match(reading):  # « les Haoussas »: no liaison
            reading = f"/ʔ{reading[1:]}"
        before, before_end = word, end
        if reading:
            pieces += [text[done:start], settle(reading) if settle else reading]
            done = end
    return "".join([*pieces, text[done:]])


def _goes_on(text: str, place: int) -> bool:
    return place < len(text) and (text[place].isalnum() or text[place] == "_")


def _index(entries: Iterable[tuple[str, Entry]]) -> _Index:
    """Sort entries by the first word of their key; a key in small letters also opens a sentence."""
    keys: dict[str, Entry] = {}
    for written, one in entries:
        key = written.replace("'", "’")
        keys[key] = one
        if key.islower():
            keys.setdefault(key[0].upper() + key[1:], one)
    index: _Index = {}
    for key in sorted(keys, key=len, reverse=True):
        first = _TOKEN.match(key)
        if first:
            index.setdefault(first.group(), []).append((key, keys[key]))
    return index


@cache
def _house_index(phonemes: bool) -> _Index:
    """Index the house's entries; an engine for spellings knows ordinary words, it is espeak that stumbles on some."""
    ordinary = set() if phonemes else {word for table in _ORDINARY for word in data("lexicon")[table]}
    return _index((word, one) for word, one in house().items() if word not in ordinary)


@lru_cache(maxsize=8)
def _station_index(entries: tuple[tuple[str, Entry], ...]) -> _Index:
    """Index a station's entries by the word as printed, and by the form the rules for the ear give it."""
    from audionews.french.spoken import spoken

    said = ((spoken(key), one) for key, one in entries)
    return _index([*said, *entries])


@cache
def _context_rules(phonemes: bool) -> tuple[Rule, ...]:
    return homographs.rules(sounds if phonemes else respelling)
