"""The source ``rss``: the articles of an RSS or Atom feed, whole, or from their pages where the feed abridges them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parsedate
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from audionews.articles.feeds import FeedError, checked
from audionews.articles.fetch import joined
from audionews.articles.headers import parse_date
from audionews.articles.network import Networked, text_of, told
from audionews.articles.pages import fragment
from audionews.articles.read import Reading, made, refusal
from audionews.articles.tables import data, phrases
from audionews.articles.visit import Options as Network
from audionews.french.sentences import split
from audionews.model import Remark

FEED = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8"
WHOLE_WORDS = 120  # a summary of so many words that is not cut is an article
CONTENT_WORDS = 40  # the same for what the feed itself calls the content
CUT = re.compile(r"\s{0,3}(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\))\s*$")  # how an excerpt ends
FINAL = re.compile(r"[.!?][\s»\"”’)]{0,9}$")


class Rss(Networked):
    """Reads a feed, asks for it again only when it has changed, and fetches the page of an item when it must."""

    name = "rss"

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Options(Network):
        """The source's own keys in ``[[source]]``, besides those of the network."""

        url: str  # of the feed
        max_items: int = 30  # the first ones of the feed
        max_pages: int = 20  # pages fetched a run
        full: Literal["auto", "page", "feed"] = "auto"  # where the text is taken from

    def __init__(self, options: Options, station_folder: Path, source_name: str, *, cache: Path | None = None) -> None:
        """See `Networked`."""
        super().__init__(options, station_folder, source_name, cache=cache)
        self.options = options
        self._pages = 0

    def readings(self) -> list[Reading]:
        """Read the feed, then each item once."""
        url = self.options.url
        found = self.visit(url, FEED)
        if isinstance(found, Remark):
            return [Reading((), (found,))]
        text = text_of(found)
        if isinstance(text, Remark):
            return [Reading((), (text,))]
        try:
            entries = _entries(checked(text), found.answer.url)
        except FeedError as error:
            return [refusal(url, str(error))]
        head = Reading((), (), told(url, found))
        if not entries:
            return [head, refusal(url, "le flux est vide : aucun article")]
        return [head, *(self._item(entry, url) for entry in entries[: self.options.max_items])]

    def _item(self, entry: dict[str, Any], feed: str) -> Reading:
        """Read one item: its text in the feed when that is whole, else its page, else what the feed has."""
        link = str(entry.get("link") or "")
        origin = link or f"{feed} « {str(entry.get('title') or '')[:60]} »"
        lines, whole = _text(entry)
        fields = _fields(entry, link)
        if self.options.full != "page" and (whole or self.options.full == "feed" or not link):
            return made(fields, lines, origin) if whole else _abridged(fields, lines, origin, "abrégé par le flux")
        if self._pages >= self.options.max_pages:
            why = f"page non lue : {self.options.max_pages} pages au plus par passage"
            return _abridged(fields, lines, origin, why)
        self._pages += 1
        page = self.page(link)
        if not page.raws:
            why = page.refused[0].message if page.refused else "page vide"
            return _abridged(fields, lines, origin, f"page non lue : {why}")
        (raw,) = page.raws
        given = {name: value for name, value in fields.items() if value}
        seen = {"title": raw.title, "author": raw.author, "section": raw.section, "url": raw.url}
        day = given.get("date") or (raw.published.isoformat() if raw.published else "")
        # The page's own title and author are as printed; a feed's author is often the account that posted it.
        merged = {**given, **{name: value for name, value in seen.items() if value}, "date": day}
        reading = made({**merged, "language": raw.language}, raw.lines, origin)
        return reading._replace(remarks=reading.remarks + page.remarks)


def _entries(feed: bytes, url: str) -> list[dict[str, Any]]:
    """Parse a checked feed; an item that comes twice counts once.

    Raises:
        FeedError: it cannot be parsed.
    """
    import feedparser

    try:
        # Its own cleaning of the HTML in the feed is slow on hostile pages, and `fragment` reads that HTML.
        parsed = feedparser.parse(BytesIO(feed), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # feeds break the parser in ways its library does not declare
        raise FeedError(f"flux illisible ({type(error).__name__})") from None
    unique: dict[str, dict[str, Any]] = {}
    for entry in parsed.entries:
        link = joined(url, str(entry["link"])) if entry.get("link") else ""
        key = link or str(entry.get("id") or "") or f"{entry.get('title')}|{entry.get('summary')}"
        unique.setdefault(key, {**entry, "link": link})
    return list(unique.values())


def _text(entry: dict[str, Any]) -> tuple[tuple[str, ...], bool]:
    """Give the lines an item holds, and whether they are the whole article.

    They are when the feed gives a content beside or in place of the summary, or a long summary, and neither ends in
    the marks of an excerpt.
    """
    contents = [str(one.get("value") or "") for one in entry.get("content") or [] if isinstance(one, dict)]
    content, summary = max(contents, key=len, default=""), str(entry.get("summary") or "")
    lines = list(fragment(max(content, summary, key=len)))
    while lines and _is_added(lines[-1]):
        lines.pop()
    words = sum(len(line.split()) for line in lines)
    enough = words >= (CONTENT_WORDS if len(content) > len(summary) else WHOLE_WORDS)
    return tuple(lines), enough and not CUT.search(lines[-1])


def _is_added(line: str) -> bool:
    """Tell whether a line is what a site's program puts below each item ("L’article … est apparu en premier…")."""
    told, rules = line.lower().replace("'", "’"), data("pages")["feed"]
    invites = told.startswith(phrases(rules["invites"])) and len(line.split()) < 20 and not FINAL.search(line)
    return invites or any(one in told for one in phrases(rules["appeared"]))


def _abridged(fields: dict[str, str], lines: tuple[str, ...], origin: str, why: str) -> Reading:
    """Keep an excerpt up to its last whole sentence, and say that there is no more; refuse it when there is none."""
    kept = list(lines)
    while kept:
        whole = list(split(CUT.sub("", kept.pop())))
        while whole and not FINAL.search(whole[-1]):
            whole.pop()
        if whole:
            kept.append(" ".join(whole))
            break
    reading = made(fields, tuple(kept), origin)
    if not reading.raws:
        return refusal(origin, why)
    return reading._replace(remarks=(*reading.remarks, Remark(origin, f"début seul : {why}")))


def _fields(entry: dict[str, Any], link: str) -> dict[str, str]:
    tags = [str(one.get("term") or "") for one in entry.get("tags") or [] if isinstance(one, dict)]
    title = " ".join(fragment(str(entry.get("title") or "")))
    person = entry.get("author_detail")
    author = str((person.get("name") if isinstance(person, dict) else "") or entry.get("author") or "")
    return {
        "title": title,
        "date": _date(entry),
        "author": "" if "@" in author else author,
        "url": link,
        "section": next((one for one in tags if one), ""),
    }


def _date(entry: dict[str, Any]) -> str:
    """Give the day an item was published, as its newspaper writes it; what cannot be read is given as it is."""
    for name in ("published", "created", "updated"):
        text = " ".join(str(entry.get(name) or "").split())
        if not text:
            continue
        if parse_date(text):
            return text
        read: Any = parsedate(text) or entry.get(f"{name}_parsed")
        if read and parse_date(day := f"{read[0]:04}-{read[1]:02}-{read[2]:02}"):
            return day
        return text
    return ""
