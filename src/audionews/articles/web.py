"""The source ``web``: articles from pages, listed one by one or followed from the page of a section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from audionews.articles.fetch import joined
from audionews.articles.network import Networked, text_of, told
from audionews.articles.pages import parse
from audionews.articles.read import Reading, refusal
from audionews.articles.visit import Options as Network
from audionews.errors import UsageError
from audionews.model import Remark

if TYPE_CHECKING:
    from lxml.html import HtmlElement

TITLE_WORDS = 4  # of a link that is a title, and not "Accueil" or "Lire la suite"
NO_PAGE = (".pdf", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp3", ".mp4", ".zip", ".doc", ".docx", ".xml")


class Web(Networked):
    """Reads pages of the web."""

    name = "web"

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Options(Network):
        """The source's own keys in ``[[source]]``, besides those of the network."""

        pages: tuple[str, ...] = ()  # addresses of articles
        section: str = ""  # address of a page whose links to articles are followed
        pattern: str = ""  # what the path of such a link must look like: "/actualite/*"
        max_pages: int = 15  # followed a run

    def __init__(self, options: Options, station_folder: Path, source_name: str, *, cache: Path | None = None) -> None:
        """See `Networked`.

        Raises:
            UsageError: the table names neither pages nor a section.
        """
        super().__init__(options, station_folder, source_name, cache=cache)
        if not options.pages and not options.section:
            raise UsageError(
                "Une source web n’a ni « pages » ni « section »", 'Écrivez par exemple : section = "https://…"'
            )
        self.options = options

    def readings(self) -> list[Reading]:
        """Read the pages, then those of the section."""
        found = [self.page(url) for url in dict.fromkeys(self.options.pages)]
        return found + (self._section() if self.options.section else [])

    def _section(self) -> list[Reading]:
        url = self.options.section
        visit = self.visit(url)
        if isinstance(visit, Remark):
            return [Reading((), (visit,))]
        text = text_of(visit)
        if isinstance(text, Remark):
            return [Reading((), (text,))]
        tree = parse(text)
        links = (
            [one for one in self._links(tree, visit.answer.url) if one not in self.options.pages]
            if tree is not None
            else []
        )
        if not links:
            return [refusal(url, "aucun lien vers un article sur cette page ; « pattern » peut aider à les trouver")]
        head = Reading((), (), told(url, visit))
        return [head, *(self.page(link) for link in links[: self.options.max_pages])]

    def _links(self, tree: HtmlElement, url: str) -> list[str]:
        """Give the addresses of articles on a section's page, in its order: same host, and a title as their text."""
        return list(dict.fromkeys(self._found(tree, url)))

    def _found(self, tree: HtmlElement, url: str) -> Iterator[str]:
        own = urlsplit(url)
        for link in tree.iter("a"):
            target = joined(url, link.get("href") or "")
            parts = urlsplit(target)
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            if not target or parts.netloc != own.netloc or parts.path.lower().endswith(NO_PAGE):
                continue
            if parts.path.rstrip("/") == own.path.rstrip("/") and parts.query == own.query:
                continue
            if fnmatchcase(path, self.options.pattern) if self.options.pattern else _is_title(link):
                yield target


def _is_title(link: HtmlElement) -> bool:
    """Tell whether a link is one to an article: its text, or its tooltip, is a title; menus are passed over."""
    if next(link.iterancestors("nav", "footer"), None) is not None:
        return False
    return any(len(text.split()) >= TITLE_WORDS for text in (link.text_content(), link.get("title") or ""))
