"""What a page says of its article: JSON-LD first, then OpenGraph, microdata, and what a reader sees."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from audionews.articles.fetch import joined
from audionews.articles.furniture import called, listed
from audionews.articles.headers import parse_date
from audionews.articles.tables import data, phrases

if TYPE_CHECKING:
    from lxml.html import HtmlElement

KINDS = re.compile(r"(?:\w*Article|\w*BlogPosting|Report|LiveBlogPosting)$")
MAX_JSON = 500_000  # characters
AGREES = 0.5  # share of the words of two titles that they must have in common to be one
SIGNED = re.compile(r"\bpar\s*:?\s+(.{3,80}?)(?=\s+(?:le|à|-|–|\|)\s|\s*[,(\d]|\s*$)", re.IGNORECASE)


def described(tree: HtmlElement, url: str = "") -> dict[str, str]:
    """Read what a page says of its article.

    Args:
        tree: the page, whole.
        url: its address, when known.

    Returns:
        title, date, author, url, section, language and body (the text as its JSON-LD gives it, "" where a
        subscription is asked for); a field that the page does not give is missing.
    """
    meta = _meta(tree)
    said = _linked_data(tree)
    site = meta.get("og:site_name", "")
    found = {
        "title": _title(tree, meta, said, site),
        "date": _date(tree, meta, said, url),
        "author": _author(tree, meta, said, site),
        "url": _address(tree, meta, url),
        "section": _text(said.get("articleSection")) or meta.get("article:section", ""),
        "language": _language(tree),
        "body": "" if _is_paid(said) else _plain(_text(said.get("articleBody"))),
    }
    return {key: value for key, value in found.items() if value}


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        value = " ".join((element.get("content") or "").split())
        if name and value:
            found.setdefault(name, value)
    return found


def _linked_data(tree: HtmlElement) -> dict[str, Any]:
    """Give the page's article as its JSON-LD tells it; {} when it does not."""
    found = []
    for element in tree.iter("script"):
        if "ld+json" in (element.get("type") or "") and len(element.text or "") < MAX_JSON:
            try:
                found += list(_objects(json.loads(element.text or "", strict=False)))
            except (ValueError, RecursionError):
                continue
    articles = [one for one in found if KINDS.match(_text(one.get("@type")))]
    return next((one for one in articles if one.get("datePublished")), articles[0] if articles else {})


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value[:100]:
            yield from _objects(one, depth + 1)
    elif isinstance(value, dict) and depth < 6:
        yield value
        yield from _objects(value.get("@graph"), depth + 1)
        yield from _objects(value.get("mainEntity"), depth + 1)


def _text(value: Any) -> str:
    """Give a value of JSON-LD as text: the first of a list, the name of an object."""
    if isinstance(value, list):
        return next((text for one in value if (text := _text(one))), "")
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@value"))
    return value.encode("utf-8", "replace").decode().strip() if isinstance(value, str) else ""


def _is_paid(said: dict[str, Any]) -> bool:
    return str(said.get("isAccessibleForFree", "true")).lower() == "false"


def _plain(text: str) -> str:
    from html import unescape

    return re.sub(r"<[^<>]{0,300}>", " ", unescape(text))


def _title(tree: HtmlElement, meta: dict[str, str], said: dict[str, Any], site: str) -> str:
    """Give the title as printed: the heading that agrees with what the page's head says, else the head's."""
    head = _plain(_text(said.get("headline"))) or meta.get("og:title", "") or meta.get("twitter:title", "")
    titles = [" ".join(one.text_content().split()) for one in tree.iter("title")]
    head = _without_site(" ".join(head.split()) or (titles[0] if titles else ""), site)
    words = _words(head)
    best, share = "", 0.0
    for element in tree.iter("h1", "h2", "h3"):
        if element.tag != "h3" or called(element, listed("content", "title")):
            heading = " ".join(element.text_content().split())
            own = _words(heading)
            agreement = len(own & words) / max(len(own | words), 1)
            if agreement > share and (agreement > AGREES or _is_part(heading, head)):
                best, share = heading, agreement
    first = (" ".join(one.text_content().split()) for one in tree.iter("h1"))
    return best or head or next((one for one in first if len(_words(one)) > 3), "")


def _is_part(heading: str, head: str) -> bool:
    """Tell whether a heading is what stands before or after the mark that parts a title from its site."""
    return heading.casefold() in (part.casefold() for part in re.split(r"\s+[|–—»•-]\s+", head))


def _without_site(title: str, site: str) -> str:
    """Take the site's name off the end or the beginning of a title."""
    parts = re.split(r"\s+[|–—»•:-]\s+", title)
    if len(parts) > 1 and site and parts[-1].casefold() == site.casefold():
        return title[: title.rindex(parts[-1])].rstrip(" |–—»•:-")
    if len(parts) > 1 and site and parts[0].casefold() == site.casefold():
        return title[len(parts[0]) :].lstrip(" |–—»•:-")
    bar = re.split(r"\s+[|•»]\s+", title)
    return max(bar, key=len) if len(bar) > 1 else title


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{2,}", text.lower()))


def _date(tree: HtmlElement, meta: dict[str, str], said: dict[str, Any], url: str) -> str:
    for value in (_text(said.get("datePublished")), _text(said.get("dateCreated")), *_meta_dates(meta)):
        if parse_date(value):
            return value
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if (
            element.get("itemprop") == "datePublished"
            or element.tag == "time"
            or called(element, listed("content", "date"))
        ):
            text = " ".join(element.text_content().split())[:200]
            for value in (element.get("datetime") or "", element.get("content") or "", text):
                if parse_date(value) or (value == text and parse_date(_inner_date(text))):
                    return value if parse_date(value) else _inner_date(text)
    path = re.search(r"/(20\d\d)/(\d\d?)/(\d\d?)/", url)
    return f"{path[1]}-{path[2]:0>2}-{path[3]:0>2}" if path else ""


def _inner_date(text: str) -> str:
    found = re.search(r"\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d", text)
    return found[0] if found else ""


def _meta_dates(meta: dict[str, str]) -> Iterator[str]:
    for name in (
        *("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued"),
        *(
            "dcterms.created",
            "dcterms.issued",
            "dcterms.date",
            "pubdate",
            "publish-date",
            "publication_date",
            "sailthru.date",
        ),
    ):
        yield meta.get(name, "")


def _author(tree: HtmlElement, meta: dict[str, str], said: dict[str, Any], site: str) -> str:
    names = said.get("author")
    several = [_text(one) for one in names] if isinstance(names, list) else [_text(names)]
    told = (", ".join(dict.fromkeys(filter(None, several))), meta.get("author", ""), meta.get("article:author", ""))
    for value in (*told, *_visible(tree)):
        name = re.sub(r"^(?:publié |écrit )?(?:par|by)\s*:?\s+", "", " ".join(value.split()), flags=re.IGNORECASE)
        if _is_name(name, site):
            return name
    return ""


def _visible(tree: HtmlElement) -> Iterator[str]:
    """Give what may be the signature among what a reader sees: who a link or a name of the site says it is."""
    for element in tree.iter("a", "span", "p", "div", "dd", "li", "address", "strong", "footer"):
        if element.get("rel") == "author" or called(element, listed("content", "byline")):
            text = " ".join(" ".join(element.itertext()).split())[:200]
            signed = SIGNED.search(text)
            yield signed[1] if signed else text


def _is_name(name: str, site: str) -> bool:
    words = re.findall(r"\w+", name.lower())
    known = 0 < len(words) <= 8 and not re.search(r"[\d@*:<>|]|www\.", name)
    return (
        known
        and name[:1].isupper()
        and name.casefold() != site.casefold()
        and not set(phrases(data("pages")["content"]["nobody"])) & set(words)
    )


def _address(tree: HtmlElement, meta: dict[str, str], url: str) -> str:
    canonical = next((one.get("href") or "" for one in tree.iter("link") if one.get("rel") == "canonical"), "")
    return joined(url, canonical or meta.get("og:url", "") or url) or url


def _language(tree: HtmlElement) -> str:
    """Give the page's language where it says French; themes that say English unread prove nothing."""
    lang = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return lang if lang.lower().startswith("fr") else ""
