"""The station's own words: read for the voice, and added to its lexicon.toml."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from audionews import files
from audionews.errors import AudionewsError, UsageError
from audionews.french.lexicon import written
from audionews.language import Entry, language
from audionews.settings import lexicon
from audionews.station import LEXICON, Station

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LINE = re.compile(
    r"""(\s*(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')\s*=\s*)(?:"(?:[^"\\]|\\.)*"|'[^']*')(.*)""", re.DOTALL
)


def entries(station: Station) -> Mapping[str, Entry]:
    """Read the entries of a station's lexicon.

    Raises:
        UsageError: an entry cannot be said; the file and the word are named.
    """
    return _read(station.lexicon, str(station.folder / LEXICON), station.identity.language)


@lru_cache(maxsize=4)
def _read(pairs: tuple[tuple[str, str], ...], where: str, code: str) -> Mapping[str, Entry]:
    made: dict[str, Entry] = {}
    for word, text in pairs:
        try:
            made[word] = language(code).entry(text)
        except ValueError as error:
            raise UsageError(f"{where}, « {word} » : {error}", "Voyez docs/lexicon.md") from error
    return MappingProxyType(made)


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of new entries, by number."""

    added: int
    replaced: int
    kept: int  # there before, and left as they were


def merge(path: Path, new: Mapping[str, Entry], origin: str, replace: bool = False) -> Merged:
    """Add entries to a lexicon.toml, in one step; its comments and its order stay.

    Args:
        path: the file; it need not exist.
        new: the entries by their words.
        origin: where they come from, for a comment above them.
        replace: let them take the place of entries that are there.

    Returns:
        How many were added, took a place, or were there.

    Raises:
        UsageError: the file is not a lexicon.
        AudionewsError: an entry stands in the file in a way that cannot be changed, or the file cannot be written.
    """
    there = dict(lexicon(path))
    text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    same = {_plain(word): word for word in there}
    changed = {same[_plain(word)]: one for word, one in new.items() if _plain(word) in same}
    changed = {word: one for word, one in changed.items() if replace and there[word] != written(one)}
    added = {word: one for word, one in new.items() if _plain(word) not in same}
    if changed:
        text = "".join(_replaced(line, changed) for line in text.splitlines(keepends=True))
    if added:
        lines = [f"{_key(word)} = {_text(written(one))}\n" for word, one in added.items()]
        text = "".join([text.rstrip("\n") + "\n\n" if text.strip() else "", f"# {_comment(origin)}\n", *lines])
    if changed or added:
        _check(text, there | {word: written(one) for word, one in (changed | added).items()}, path)
        files.write(path, text.encode("utf-8"))
    return Merged(len(added), len(changed), len(new) - len(added) - len(changed))


def _replaced(line: str, changed: Mapping[str, Entry]) -> str:
    """Give the line of an entry with its new text; any other line as it is."""
    found = _LINE.fullmatch(line)
    if not found:
        return line
    try:
        ((word, _text_before),) = tomllib.loads(line).items()
    except tomllib.TOMLDecodeError:
        return line
    return f"{found[1]}{_text(written(changed[word]))}{found[2]}" if word in changed else line


def _check(text: str, expected: dict[str, str], path: Path) -> None:
    """Make sure that a file would be read as it is meant to."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        tables = {}
    found: dict[str, str] = {}
    for name, value in tables.items():
        found |= value if isinstance(value, dict) else {name: value}
    wrong = [word for word, said in expected.items() if found.get(word) != said]
    if wrong:
        raise AudionewsError(
            f"{path} ne peut pas être complété (« {wrong[0]}»)",
            "Mettez chaque entrée sur une ligne, ou écrivez-la vous-même",
        )


def _plain(word: str) -> str:
    return word.replace("'", "’")


def _key(word: str) -> str:
    return word if _BARE.fullmatch(word) else _text(word)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)  # the escapes of TOML are those of JSON


def _comment(origin: str) -> str:
    return "".join(char for char in origin if char.isprintable())
