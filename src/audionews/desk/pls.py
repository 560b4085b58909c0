"""Pronunciation lexicons of the W3C (PLS 1.0), read into entries of ours. Nothing in them is fetched or expanded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audionews.errors import UsageError
from audionews.french.lexicon import entry, ipa, written
from audionews.french.spoken import spoken
from audionews.language import Entry

LARGEST = 10_000_000  # bytes
_SPACE = "{http://www.w3.org/2005/01/pronunciation-lexicon}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# X-SAMPA, where it is not the sound's own letter.
_SAMPA = {
    "A~": "ɑ̃", "a~": "ɑ̃", "E~": "ɛ̃", "e~": "ɛ̃", "O~": "ɔ̃", "o~": "ɔ̃", "9~": "œ̃", "r\\": "ʁ", "R\\": "ʁ",
    "2": "ø", "9": "œ", "@": "ə", "E": "ɛ", "O": "ɔ", "A": "a", "Q": "a", "V": "œ", "{": "a", "6": "a", "I": "i",
    "U": "u", "Y": "y", "3": "œ", "S": "ʃ", "Z": "ʒ", "J": "ɲ", "N": "ŋ", "R": "ʁ", "H": "ɥ", "T": "s", "D": "z",
    "C": "ʃ", "G": "ʁ", "X": "ʁ", "4": "ʁ", '"': "", "%": "", "?": "", "-": "", "'": "",
}  # fmt: skip
_SAMPA_SIGN = re.compile("|".join(map(re.escape, _SAMPA)))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a file holds."""

    entries: dict[str, Entry]
    refused: tuple[tuple[str, str], ...]  # (word, why)
    remarks: tuple[str, ...]


def read(path: Path) -> Lexicon:
    """Read a PLS file.

    Args:
        path: an XML file.

    Returns:
        Its entries in French sounds, and the words that were refused, with the reason.

    Raises:
        UsageError: the file is too large, not XML, not PLS, or has a document type.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise UsageError(f"{path} dépasse {LARGEST // 1_000_000} Mo", "Partagez-le en plusieurs fichiers")
        root = etree.fromstring(content, parser)
    except OSError as error:
        raise UsageError(f"{path} ne peut pas être lu ({error.strerror})", "Vérifiez son nom et ses droits") from error
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{path} n’est pas du XML ({error.msg})", "Corrigez-le, ou exportez-le à nouveau") from error
    if root.getroottree().docinfo.doctype:
        raise UsageError(f"{path} a un DOCTYPE", "Retirez-le : un lexique PLS n’en a pas besoin")
    if root.tag != f"{_SPACE}lexicon":
        raise UsageError(
            f"{path} n’est pas un lexique PLS 1.0", f'Sa racine doit être <lexicon xmlns="{_SPACE[1:-1]}">'
        )
    return _lexicon(root)


def _lexicon(root: Any) -> Lexicon:
    language, alphabet = root.get(_LANGUAGE, ""), root.get("alphabet", "ipa")
    remarks = [] if re.match(r"(?i)fr\b", language) else [f"la langue du fichier est « {language} », pas « fr »"]
    entries: dict[str, Entry] = {}
    refused: list[tuple[str, str]] = []
    for lexeme in root.iter(f"{_SPACE}lexeme"):
        words = [_text(one) for one in lexeme.iter(f"{_SPACE}grapheme")]
        try:
            said = _entry(lexeme, alphabet)
        except ValueError as error:
            refused += [(word, str(error)) for word in words or ["(sans graphie)"]]
            continue
        for word in words:
            fault = _fault(word, said, entries)
            if fault:
                refused.append((word, fault))
            else:
                entries[word] = said
    return Lexicon(entries, tuple(refused), tuple(remarks))


def _fault(word: str, said: Entry, entries: dict[str, Entry]) -> str:
    if not re.match(r"\w", word) or not word.isprintable():
        return "le mot ne commence pas par une lettre"
    if entries.get(word, said) != said:
        return "le fichier le dit de deux façons ; la première est gardée"
    return ""


def _entry(lexeme: Any, alphabet: str) -> Entry:
    """Make an entry of the preferred sounds of a lexeme, and of its preferred alias.

    Raises:
        ValueError: there is nothing that can be said.
    """
    phoneme, alias = _preferred(lexeme, "phoneme"), _preferred(lexeme, "alias")
    sounds = "" if phoneme is None else _french(_text(phoneme), phoneme.get("alphabet", alphabet).lower())
    if not sounds and alias is None:
        raise ValueError("il n’a ni sons ni alias")
    return entry(written(Entry("" if alias is None else spoken(_text(alias)), sounds)))


def _preferred(lexeme: Any, kind: str) -> Any:
    found = list(lexeme.iter(_SPACE + kind))
    return next((one for one in found if one.get("prefer") in ("true", "1")), found[0] if found else None)


def _french(sounds: str, alphabet: str) -> str:
    if alphabet.removeprefix("x-") == "sampa":
        sounds = _SAMPA_SIGN.sub(lambda found: _SAMPA[found.group()], sounds)
    elif alphabet != "ipa":
        raise ValueError(f"l’alphabet « {alphabet} » n’est pas connu : écrivez les sons en « ipa »")
    return ipa.checked(ipa.nearest(sounds))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
