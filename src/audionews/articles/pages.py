"""A web page → the lines of its article, paragraph by paragraph, and what the page says of it.

Three witnesses are heard. The names a site gives to the parts of its page say what is furniture, and that is cut out
first; trafilatura, on what is left, says where the article is; and the page's tree gives the lines, so that a paragraph
is one line, a lead above the text is found, and a paragraph passed over between two others is kept.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from audionews.articles.furniture import called, is_pointer, listed, pruned, tags
from audionews.articles.unwrap import unwrap

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LINKED = 0.6  # share of a row's letters that are links: from here it is a row of links
SENTENCE_WORDS = 6
MAX_ROWS = 3000  # of a page; the longest have a tenth of it
MAX_ELEMENTS = 20_000  # of a page that is read: what is beyond would cost many seconds
SURE_LENGTH = 25  # squeezed characters from which a row is recognised by being part of a text
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of an article, and its fields: title, date, author, url, section, language."""

    lines: tuple[str, ...]
    fields: dict[str, str] = field(default_factory=dict)


class Row(NamedTuple):
    """One line of a page, and where it stands."""

    text: str
    owner: Any  # the nearest block element
    linked: float  # share of its letters that are links


def read_page(html: str, url: str = "") -> Page:
    """Read a page.

    Args:
        html: the page as text.
        url: its address, when known.

    Returns:
        The lines of its article, () when it has none. Whatever the page holds, nothing is raised.
    """
    from audionews.articles.metadata import described

    tree = parse(html)
    if tree is None or sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        return Page(())
    fields = described(tree, url)
    body = fields.pop("body", "")
    tree = pruned(tree)
    rows = [row for row in islice(rows_of(tree), MAX_ROWS) if re.search(r"\w", row.text)]
    guide = _guide(tree, body) or "\n".join(row.text for row in rows if _is_sentence(row))
    lines = tuple(_article(rows, guide, fields.get("title", "")))
    if not lines and len(body) > 200:
        lines = unwrap(body)
    return Page(lines, fields)


def fragment(html: str) -> tuple[str, ...]:
    """Give the lines of a piece of a page that holds nothing but an article, as feeds carry it."""
    tree = parse(f"<html><body><div>{html}</div></body></html>")
    if tree is None:
        return ()
    tree = pruned(tree)
    return tuple(row.text for row in rows_of(tree) if re.search(r"\w", row.text) and not _is_links(row))


def parse(html: str) -> HtmlElement | None:
    """Parse a page; None when there is nothing in it. Its parser stops at 256 elements inside each other."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # A page that says one encoding and was read in another must not be read a third time.
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", html)
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    try:
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def rows_of(tree: HtmlElement) -> Iterator[Row]:
    """Give the rows of a page in order: one for each block, and for each part that line breaks set apart."""
    blocks = tags("blocks")
    parts: list[tuple[str, bool]] = []

    def flush(owner: HtmlElement) -> Iterator[Row]:
        text = "".join(one for one, _ in parts)
        letters = len("".join(text.split()))
        linked = len("".join("".join(one for one, link in parts if link).split()))
        parts.clear()
        share = linked / letters if letters else 0.0
        for line in unwrap("\n".join(" ".join(one.split()) for one in text.split("\n"))):
            yield Row(re.sub(r"\s+([.,)\]])", r"\1", line), owner, share)

    def walk(element: HtmlElement, owner: HtmlElement, link: bool) -> Iterator[Row]:
        block = element.tag in blocks
        if block:
            yield from flush(owner)
            owner = element
        link = link or (element.tag == "a" and not (element.get("href") or "").startswith("mailto:"))
        parts.append((_blank(element.text), link))
        for child in element:
            yield from walk(child, owner, link)
            parts.append((_blank(child.tail), link))
        if block:
            yield from flush(owner)
        elif element.tag == "br":
            parts.append(("\n", False))

    yield from walk(tree, tree, False)


def _blank(text: str | None) -> str:
    return re.sub(r"\s+", " ", (text or "").replace("\xad", ""))  # soft hyphens are no letters


def _guide(tree: HtmlElement, body: str) -> str:
    """Give the text of the article as others see it: trafilatura's, or the page's own if that one finds little."""
    import trafilatura

    try:
        found: Any = trafilatura.bare_extraction(
            copy.deepcopy(tree), with_metadata=False, include_comments=False, include_tables=True
        )
        text = str(getattr(found, "text", None) or "")
    except Exception:  # a page may break the parser in ways its library does not declare
        text = ""
    named = _named(tree) if len(text) < 300 else ""
    return max(text, named, body if len(text) < 300 else "", key=len)


def _named(tree: HtmlElement) -> str:
    """Give the text of the part that the site names as its article's, the first of the surest name."""
    for name in listed("content", "words"):
        for element in tree.iter("article", "div", "section", "td"):
            if called(element, (name,)):
                text = "\n".join(row.text for row in rows_of(element) if not _is_links(row))
                if len(text) > 100:
                    return text
    return ""


def _article(rows: list[Row], guide: str, title: str) -> Iterator[str]:
    """Choose the rows of the article: those the guide holds, those between them that are sentences, and the lead."""
    whole = _squeezed(guide)
    lines = frozenset(_squeezed(line) for line in guide.split("\n"))
    heading = _squeezed(title)
    marks = [at for at, row in enumerate(rows) if not _is_links(row) and _is_held(_squeezed(row.text), whole, lines)]
    if not marks:
        return
    first, last = marks[0], marks[-1]
    while last + 1 < len(rows) and _goes_on(rows[last + 1], rows[last]):
        last += 1
    held = frozenset(marks)
    chosen = [
        row
        for at, row in enumerate(rows[: last + 1])
        if (at in held or (at > first and _is_sentence(row)) or (at < first and _is_lead(row)))
        and _squeezed(row.text) != heading
    ]
    while chosen and chosen[-1].owner.tag in HEADINGS:
        chosen.pop()  # the heading of something that has gone
    for row in _not_said_again(chosen):
        if not is_pointer(row.text):
            yield row.text


def _is_held(text: str, whole: str, lines: frozenset[str]) -> bool:
    return text in lines or (len(text) >= SURE_LENGTH and text[:200] in whole)


def _is_links(row: Row) -> bool:
    final = re.search(r"[.!?…][\s»\"”)]*$", row.text)
    return row.linked >= LINKED and not (final and len(row.text.split()) >= 15)


def _is_sentence(row: Row) -> bool:
    final = re.search(r"[.!?…:][\s»\"”)]*$", row.text)
    return bool(final) and len(row.text.split()) >= SENTENCE_WORDS and row.linked < LINKED


def _is_lead(row: Row) -> bool:
    """Tell whether a row above the text is the lead: by the names of what holds it, three elements up."""
    if len(row.text.split()) < 8 or row.linked >= LINKED:
        return False
    element, names = row.owner, listed("content", "chapo")
    for _ in range(3):
        if element is None:
            return False
        if called(element, names):
            return True
        element = element.getparent()
    return False


def _goes_on(row: Row, before: Row) -> bool:
    """Tell whether a row after the last one known is its next paragraph: beside it, or in the next part of a series."""
    mine, other = row.owner.getparent(), before.owner.getparent()
    if mine is None or other is None or not row.owner.tag == before.owner.tag == "p" or not _is_sentence(row):
        return False
    series = (
        mine.getparent() is other.getparent() and mine.get("class", "") == other.get("class") and mine.tag == other.tag
    )
    return mine is other or series


def _not_said_again(rows: list[Row]) -> Iterator[Row]:
    """Leave out rows that are printed twice, or stand whole inside another one, as a pulled quotation does."""
    texts = [_squeezed(row.text) for row in rows]
    every, times = "\n".join(texts), Counter(texts)
    seen: set[str] = set()
    for row, text in zip(rows, texts, strict=True):
        core = text.strip('«»"“”…. ')
        inside = len(core) >= SURE_LENGTH and every.count(core) > times[text]
        if not inside and not (text in seen and len(text) > 10):
            yield row
        seen.add(text)


def _squeezed(text: str) -> str:
    return "".join(text.split()).lower()
