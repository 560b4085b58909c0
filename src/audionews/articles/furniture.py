"""The parts of a page, told by the names its site gives them."""

from __future__ import annotations

import copy
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from audionews.articles.tables import data, phrases

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ATTRIBUTES = ("class", "id", "role", "itemprop", "data-testid", "data-component", "rel")
LIKELY_SHARE = 1 / 3  # of the page's sentences: what holds more is no furniture
ENOUGH = 250  # characters of sentences that make an article
LEAST = 60  # the same where the page itself says that the rest is something else


@cache
def names(element_names: str) -> str:
    """Write names as words between blanks, a bar before each name: ``"relatedPosts"`` → ``"| related posts "``."""
    words = []
    for name in element_names.split():
        cut = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
        words.append(" ".join(re.findall(r"[a-z0-9àâéèêîôûç]+", cut)))
    return "".join(f"| {one} " for one in words if one)


def called(element: HtmlElement, among: tuple[str, ...]) -> bool:
    """Tell whether one of the names a site gave an element is, or holds, one of these."""
    written = names(" ".join(value for key in ATTRIBUTES if (value := element.get(key)))[:300])
    return bool(written) and any(one in written for one in among)


@cache
def listed(table: str, key: str) -> tuple[str, ...]:
    """Give the names of a list of data/pages.toml as `called` wants them."""
    return tuple(
        f"| {one[1:]} " if one.startswith("^") else f" {one} "
        for one in phrases(" ".join(data("pages")[table][key].split()))
    )


@cache
def tags(key: str) -> frozenset[str]:
    """Give a list of elements of data/pages.toml."""
    return frozenset(phrases(data("pages")["elements"][key]))


def pruned(tree: HtmlElement) -> HtmlElement:
    """Cut the furniture out of a page: what is never text, what is hidden, and what is called so.

    Returns:
        The same tree without it; where nearly nothing would be left, the names mislead and their parts stay.
    """
    never = tags("never")
    for element in list(tree.iter()):
        if element is not tree and (element.tag in never or not isinstance(element.tag, str) or _hidden(element)):
            _drop(element)
    whole = copy.deepcopy(tree)
    before = _sentences(tree)
    together: Counter[tuple[HtmlElement | None, str]] = Counter()
    for element, weight in before.items():
        together[_kin(element)] += weight
    sure, likely, by_tag = listed("furniture", "sure"), listed("furniture", "likely"), tags("likely")
    for element in _inner(tree):
        small = together[_kin(element)] <= LIKELY_SHARE * before.get(tree, 0)
        if small and (element.tag in by_tag or called(element, sure + likely)) and not _holds_title(element):
            _drop(element)
    between = _sentences(tree)
    for element in _inner(tree):
        # A live report may be made of "commentaires": without them there would be no article.
        left = between.get(tree, 0) - between.get(element, 0)
        if left >= ENOUGH and called(element, sure) and not _holds_title(element):
            _drop(element)
    _drop_boxes(tree)
    after = _sentences(tree).get(tree, 0)
    return whole if after < LEAST < ENOUGH < before.get(tree, 0) else tree


def _kin(element: HtmlElement) -> tuple[HtmlElement | None, str]:
    """Say which elements are weighed together: those side by side under one name, as the items of a list."""
    return element.getparent(), element.get("class") or str(element.tag)


def pointers() -> frozenset[str]:
    """Give the titles of boxes that hold other things than the article, in small letters and without marks."""
    return frozenset(_bare(one) for one in phrases(" ".join(data("pages")["content"]["pointers"].split())))


def is_pointer(text: str) -> bool:
    """Tell whether a line is the title of such a box, alone."""
    return len(text) < 40 and _bare(text) in pointers()


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _drop_boxes(tree: HtmlElement) -> None:
    """Drop what the title of a box opens: the largest element whose first words it is, if an article is left."""
    titles = [
        one for one in _inner(tree) if is_pointer("".join(one.itertext(with_tail=False)) if _is_small(one) else "")
    ]
    for title in titles:
        box, above = title, title.getparent()
        while above is not None and above.tag not in {"html", "body", "main"} and _opens(above, box):
            box, above = above, above.getparent()
        weights = _sentences(tree)
        if weights.get(tree, 0) - weights.get(box, 0) >= LEAST and not _holds_title(box):
            _drop(box)


def _is_small(element: HtmlElement) -> bool:
    return len(element) < 4 and all(len(child) < 4 for child in element)


def _opens(above: HtmlElement, box: HtmlElement) -> bool:
    """Tell whether no word of `above` stands before `box`."""
    before = [above.text or ""]
    for child in above:
        if child is box:
            break
        before += [*child.itertext(with_tail=False), child.tail or ""]
    return not re.search(r"\w", "".join(before))


def _inner(tree: HtmlElement) -> list[HtmlElement]:
    return [one for one in tree.iter() if one.tag not in {"html", "body", "main", "h1"}]


def _drop(element: HtmlElement) -> None:
    """Take an element out, the text after it kept; a blank keeps the words on both sides apart."""
    parent = element.getparent()
    if parent is None:  # it went with what held it
        return
    tail = element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + " " + tail
    else:
        parent.text = (parent.text or "") + " " + tail
    parent.remove(element)


def _hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


def _holds_title(element: HtmlElement) -> bool:
    return element.find(".//h1") is not None


def _sentences(tree: HtmlElement) -> dict[HtmlElement, int]:
    """Count for each element the characters of whole sentences in it."""
    weights: dict[HtmlElement, int] = {}
    for element in tree.iter():
        own = [element.text or "", *(child.tail or "" for child in element)]
        weight = sum(len(one) for one in own if len(one) > 60 and re.search(r"[.!?…]", one))
        at: HtmlElement | None = element
        while weight and at is not None:
            weights[at] = weights.get(at, 0) + weight
            at = at.getparent()
    return weights
