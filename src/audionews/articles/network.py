"""What the sources read over the network share: they ask once, and whatever a server does is told, never raised."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from pathlib import Path

from audionews.articles.collect import accepted, merge
from audionews.articles.decode import UndecodableError, declared, decode
from audionews.articles.errors import FetchError
from audionews.articles.read import Reading, page
from audionews.articles.state import Cache
from audionews.articles.visit import Options, Visit, Visitor
from audionews.model import Collection, Remark

HTML = "text/html, application/xhtml+xml"


class Networked(ABC):
    """A source that asks servers."""

    name = ""

    def __init__(self, options: Options, station_folder: Path, source_name: str, *, cache: Path | None = None) -> None:
        """Keep what `collect` needs; nothing is asked yet.

        Args:
            options: the table of the source.
            station_folder: where a relative path starts.
            source_name: as said on air: "le quotidien L’Essor"; "" when unknown.
            cache: the folder for what servers answered; nothing is kept from one run to the next without one.
        """
        self.station_folder = station_folder
        self.source_name = source_name
        self.visitor = Visitor(options, Cache(cache))
        self._collection: Collection | None = None

    def collect(self) -> Collection:
        """Read the source; the same collection however often it is called. A source that is down gives a refusal."""
        if self._collection is None:
            self._collection = merge([accepted(self.readings(), self.source_name)])
        return self._collection

    def fingerprint(self) -> str:
        """Hash the articles and refusals that `collect` gives; remarks ("lu dans la copie…") make no difference."""
        found = self.collect()
        return hashlib.sha256(repr((found.articles, found.refused)).encode("utf-8", "replace")).hexdigest()

    @abstractmethod
    def readings(self) -> list[Reading]:
        """Read the source once."""

    def visit(self, url: str, accept: str = HTML) -> Visit | Remark:
        """Ask for an address; a Remark says why there is no answer."""
        try:
            return self.visitor.get(url, accept)
        except FetchError as error:
            return Remark(url, str(error))

    def page(self, url: str) -> Reading:
        """Read the article of a page."""
        found = self.visit(url)
        if isinstance(found, Remark):
            return Reading((), (found,))
        text = text_of(found)
        if isinstance(text, Remark):
            return Reading((), (text,))
        reading = page(text, url, found.answer.url)
        return reading._replace(remarks=told(url, found) + reading.remarks)


def text_of(visit: Visit) -> str | Remark:
    """Read the bytes of an answer as text, whatever encoding it claims; a Remark says why they are none."""
    answer = visit.answer
    kind = answer.headers.get("content-type", "")
    if kind.startswith(("image/", "audio/", "video/", "application/pdf", "application/zip")):
        return Remark(answer.url, f"contenu « {kind[:40]} » : ce n’est pas du texte")
    try:
        return decode(answer.body, declared(answer.body, kind))[0]
    except UndecodableError as error:
        return Remark(answer.url, str(error).replace("fichier", "réponse"))


def told(origin: str, visit: Visit) -> tuple[Remark, ...]:
    """Give what must be told of a visit."""
    return (Remark(origin, visit.remark),) if visit.remark else ()
