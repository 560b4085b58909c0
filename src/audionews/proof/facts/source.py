"""An article made ready for checking: its sentences read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log

from audionews.french.tables import data
from audionews.french.typography import clean
from audionews.model import Article, Label, Span
from audionews.proof.facts.names import Capitals
from audionews.proof.facts.quotes import plain, quotes
from audionews.proof.facts.reading import Item, Reading, read
from audionews.proof.facts.tokens import tokens
from audionews.proof.facts.words import fold

_END = re.compile(r"[.!?…]+(?:\s?[»”\")])*(?=\s|$)")
_OPENER = re.compile(r"\s*(?:[«“\"(–—-]\s?)*[A-ZÀ-Ý0-9]")
_BEFORE_POINT = re.compile(r"(?:^|[\s(’-])(?:MM?|Mmes?|Mlles?|Me|Dr|Pr|St|Ste|av|n|art|[A-ZÀ-Ý])$")
_THOUSANDS = re.compile(r"\d\. ?\d{3}(?!\d)")
_FENCES = re.compile(r"[.!?…]+|[^\W_]+|[%€$]|[«»“”\"]")
_ARTICLE = re.compile(r"^(?:l’|la |les? )")


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the article."""

    reading: Reading
    at: int  # its place in the article, the title being 0
    span: Span  # of Article.text; empty for the title
    inside: bool  # it stands within a quotation that began before it


@dataclass(frozen=True, slots=True)
class Source:
    """An article made ready."""

    sentences: tuple[Said, ...]
    published: date | None
    names: tuple[frozenset[str], ...]  # the parts of each name of it
    capitals: Capitals
    words: str  # all its words, as `plain` gives them
    quoted: str  # those between quotation marks
    fences: tuple[str, ...]  # its paragraphs as `fenced` gives them
    weights: dict[str, float]  # of each key: rare words tell sentences apart
    full: tuple[tuple[str, str], ...]  # full names of the sigles it uses, and the sigles


@lru_cache(maxsize=256)
def prepare(article: Article) -> Source:
    """Read an article; the last few are remembered."""
    paragraphs = [(clean(article.title), None), *_paragraphs(article)]
    texts = [text for text, _ in paragraphs if text]
    other = clean(f"{article.author} {article.source}")
    full = _full_names(" ".join([*texts, other]))
    capitals = Capitals(frozenset(_capitals([*texts, other])), frozenset(plain(" ".join(texts)).split()))
    found: list[Said] = []
    for text, letters in paragraphs:
        depth = 0
        for start, end in split(text):
            piece = text[start:end]
            span = _span(text, start, end, letters) if letters else Span(0, 0)
            found.append(Said(read(shortened(piece, full), capitals), len(found), span, depth > 0))
            depth += piece.count("«") + piece.count("“") - piece.count("»") - piece.count("”")
    own = [frozenset(one.name.parts) for said in found for one in said.reading.items if one.name]
    own.append(frozenset(fold(one) for one in re.findall(r"[^\W_]+", other)))
    everything = " ".join([*texts, other])
    return Source(
        tuple(found),
        article.published,
        tuple(dict.fromkeys(own)),
        capitals,
        plain(everything),
        " | ".join(_quoted(texts)),
        tuple(fenced(text) for text in texts),
        _weights(found),
        full,
    )


def shortened(text: str, full: tuple[tuple[str, str], ...]) -> str:
    """Give a text with sigles in the place of their full names, so that both ways to say one body are alike."""
    for name, sigle in full:
        text = text.replace(name, sigle)
    return text


def key_of(item: Item) -> str:
    """Give what two items of the same fact have in common, for finding sentences that speak of the same thing."""
    if item.number is not None:
        return f"#{item.number.loose or item.number.value}"
    return item.key if item.kind != "date" else "@"


def fenced(text: str) -> str:
    """Give the words of a text, with a point where sentences end, and its quotation marks."""
    words = ["." if one[0] in ".!?…" else fold(one) for one in _FENCES.findall(text)]
    if words and words[-1] in {"»", "”", '"'} and len(words) > 1 and words[-2] == ".":
        words[-2:] = [words[-1], "."]
    return f" . {' '.join(words)}{'' if words and words[-1] == '.' else ' .'} "


def split(text: str) -> Iterator[tuple[int, int]]:
    """Cut a paragraph into sentences; gives where each begins and ends. A closed quotation is not cut."""
    closed = [(one.start, one.end) for one in quotes(text)]
    start = 0
    for mark in _END.finditer(text):
        end = mark.end()
        if any(left < mark.start() and mark.end() < right for left, right in closed):
            continue
        if any(left < mark.start() < right - 1 and end >= right for left, right in closed) and not _OPENER.match(
            text, end
        ):
            continue
        if end < len(text) and not _OPENER.match(text, end):
            continue
        if mark.group() == "." and _BEFORE_POINT.search(text[max(0, mark.start() - 8) : mark.start()]):
            continue
        if _THOUSANDS.match(text, mark.start() - 1):
            continue
        if text[start:end].strip():
            yield start, end
        start = end
    if text[start:].strip():
        yield start, len(text)


def _paragraphs(article: Article) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Give the body’s paragraphs, repaired, each with the places of its letters in Article.text."""
    place = 0
    for line in article.lines:
        if line.label in {Label.BODY, Label.CHAPO}:
            yield clean(line.text), tuple(place + at for at, char in enumerate(line.text) if char.isalnum())
        place += len(line.text) + 1


def _span(text: str, start: int, end: int, letters: tuple[int, ...]) -> Span:
    """Give where a sentence of a repaired paragraph stands in the article: the repair keeps every letter."""
    before = sum(char.isalnum() for char in text[:start])
    own = sum(char.isalnum() for char in text[start:end])
    here = letters[before : before + own]
    return Span(here[0], here[-1] + 1) if here else Span(0, 0)


def _capitals(texts: list[str]) -> Iterator[str]:
    """Give the words that have a capital inside a sentence."""
    for text in texts:
        before = "."
        for token in tokens(text):
            if (
                token.kind == "word"
                and token.capital
                and before not in {".", "!", "?", "…", ":", "«", "“", '"', "-", "–", "("}
            ):
                yield token.fold
            before = token.fold
    return


def _quoted(texts: list[str]) -> Iterator[str]:
    """Give what stands between quotation marks; a quotation that is never closed goes to its paragraph’s end."""
    for text in texts:
        for one in quotes(text):
            yield plain(one.words)
        for left, right in ("«»", "“”"):
            opened = text.rfind(left)
            if opened > text.rfind(right):
                yield plain(text[opened:])
        if text.count("»") and text.find("»") < (text.find("«") if "«" in text else len(text)):
            yield plain(text[: text.find("»")])


def _weights(found: list[Said]) -> dict[str, float]:
    counts: dict[str, int] = {}
    for said in found:
        for key in {key_of(one) for one in said.reading.items}:
            counts[key] = counts.get(key, 0) + 1
    return {key: 0.5 + log((1 + len(found)) / count) for key, count in counts.items()}


def _full_names(text: str) -> tuple[tuple[str, str], ...]:
    """Give the full names of the sigles a text uses, the longest first."""
    known = _sigles()
    used = {fold(one): one for one in re.findall(r"(?<![\w.-])[A-ZÀ-Ý]\w{1,11}(?!\w)", text)}
    found = [(_ARTICLE.sub("", known[key]), sigle) for key, sigle in used.items() if key in known]
    return tuple(sorted(found, key=lambda one: -len(one[0])))


@lru_cache(maxsize=1)
def _sigles() -> dict[str, str]:
    tables = data("sigles")
    return {fold(sigle): name for table in ("letters", "words") for sigle, name in tables[table].items() if name}
