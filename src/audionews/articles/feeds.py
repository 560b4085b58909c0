"""Make a feed harmless before it is parsed: is it one, and does it declare nothing and hold no more than feeds do?"""

from __future__ import annotations

import re
from html import unescape

MAX_TAGS = 200_000
ROOT = re.compile(r"<(?:[A-Za-z][\w.-]{0,30}:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
HTML = re.compile(r"<(?:!doctype\s{1,9}html|html|head|body)\b", re.IGNORECASE)
KNOWN = frozenset(("amp", "lt", "gt", "quot", "apos"))  # the entities that XML has without a declaration


class FeedError(ValueError):
    """This is no feed that is read; the message says why, in French."""


def checked(text: str) -> bytes:
    """Give a feed from its root on as well-formed XML, none of its own declarations left in it.

    feedparser reads what is not well-formed with patterns that take minutes on a hostile page; libxml2 mends it in
    linear time and stops at 256 elements inside each other.

    Raises:
        FeedError: it is no feed, declares entities (a small file that would unfold into a huge one), or holds more
            elements than any feed.
    """
    from lxml import etree

    text = text.lstrip()
    root = ROOT.search(text[:20_000])
    head = text[: root.start()] if root else text[:20_000]
    if "<!entity" in head.lower():
        raise FeedError("le flux déclare des entités XML : refusé (ce peut être une bombe)")
    if root is None or HTML.search(head):
        raise FeedError(
            "c’est une page HTML, pas un flux RSS ou Atom" if HTML.search(head) else "ce n’est pas un flux RSS ou Atom"
        )
    if text.count("<") > MAX_TAGS:
        raise FeedError("le flux compte plus d’éléments qu’aucun flux : refusé")
    feed = re.sub(r"&(#\w{1,8};|[A-Za-z]{1,12}\d{0,2};)?", _entity, text[root.start() :])
    feed = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", feed)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8")
    try:
        tree = etree.fromstring(feed.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        tree = None
    if tree is None:
        raise FeedError("le flux n’est pas du XML lisible")
    return etree.tostring(tree, encoding="utf-8", xml_declaration=True)


def _entity(found: re.Match[str]) -> str:
    """Write a letter for an entity of HTML, and ``&amp;`` for an ampersand that begins none."""
    name = found[1]
    if not name:
        return "&amp;"
    if name.startswith("#") or name[:-1] in KNOWN:
        return found[0]
    letter = unescape(found[0])
    return letter if letter != found[0] else f"&amp;{name}"
