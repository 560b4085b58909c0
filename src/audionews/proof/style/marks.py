"""What cannot be read: brackets, dashes, open quotation marks, sentences cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audionews.proof.style.finding import Fault
from audionews.proof.style.heard import Heard
from audionews.proof.style.tables import listed, words

_BRACKET = re.compile(r"[(\[{][^)\]}]*[)\]}]?|[)\]}]")
_DASH = re.compile(r"(?<=\s)[–—-](?=\s)|—")
_SLASH = re.compile(r"\S*\w/\w\S*")
_END = re.compile(r"[.!?:](?:\s?[»”])*$")
_LAST = re.compile(r"([\w’-]+)\W*$")
_QUOTES = (("«", "»"), ("“", "”"))


def brackets(heard: Heard) -> Iterator[Fault]:
    """Find brackets, dashes and slashes."""
    for found in _BRACKET.finditer(heard.text):
        yield Fault("S13", found.group(), heard.segment.id)
    dash = _DASH.search(heard.text)
    if dash:
        yield Fault("S13a", heard.text[max(0, dash.start() - 12) : dash.end() + 12].strip(), heard.segment.id)
    for found in _SLASH.finditer(heard.text):
        if "://" not in found.group() and not listed("words", "slashes").search(found.group()):
            yield Fault("S13a", found.group(), heard.segment.id)


def open_quotation(heard: Heard) -> Iterator[Fault]:
    """Find a quotation whose beginning or end is lost."""
    for left, right in _QUOTES:
        depth = 0
        for mark in re.findall(f"[{left}{right}]", heard.text):
            depth += 1 if mark == left else -1
            if depth < 0:
                break
        if depth:
            at = heard.text.find(left if depth > 0 else right)
            yield Fault("S21", heard.text[max(0, at - 15) : at + 30].strip(), heard.segment.id)
            return
    if heard.text.count('"') % 2:
        at = heard.text.find('"')
        yield Fault("S21", heard.text[max(0, at - 15) : at + 30].strip(), heard.segment.id)


def cut(heard: Heard) -> Iterator[Fault]:
    """Find a sentence that was cut: no mark at its end, a small word there, a small letter at its beginning."""
    if not heard.told:
        return
    last = _LAST.search(heard.text)
    first = next((char for char in heard.text if char.isalpha() or char.isdigit()), "")
    small = last is not None and last.group(1) in words("words", "cut_ends")
    if not _END.search(heard.text) or heard.text.endswith((" .", "..")) or small:
        yield Fault("P1", "…" + heard.text[-30:], heard.segment.id, "La fin manque")
    elif first.islower():
        yield Fault("P1", heard.text[:30], heard.segment.id, "Le début manque")
