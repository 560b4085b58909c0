"""An open file of the site, and what a request wants of it → what is answered (RFC 9110)."""

from __future__ import annotations

import gzip
import os
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from audionews.publish.asked import Version, packed, partial, refused, spans, unchanged
from audionews.publish.headers import ASK, SAFE, TEXT

PACK_FROM, PACK_UP_TO = 512, 8_000_000  # bytes; smaller texts do not gain, longer ones would keep others waiting
PACKED_MB = 32  # of packed texts kept
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": ASK, **SAFE}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the open file, and what is said before it when there are several."""

    start: int
    stop: int
    before: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back. Whoever sends it closes `file`."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""  # after the parts
    file: int = -1  # descriptor; none when negative
    parts: tuple[Part, ...] = ()

    @property
    def length(self) -> int:
        """Bytes of the whole body."""
        return len(self.body) + sum(len(one.before) + one.stop - one.start for one in self.parts)


@dataclass(frozen=True, slots=True)
class Found:
    """An open file of the site."""

    descriptor: int
    path: str  # relative to the site
    size: int
    version: Version


class Shelf:
    """The texts packed so far; those asked for longest ago leave first."""

    def __init__(self, limit: int = PACKED_MB * 1_000_000) -> None:
        self._limit, self.held = limit, 0
        self._texts: OrderedDict[tuple[str, Version], bytes] = OrderedDict()

    def pack(self, found: Found) -> bytes:
        """Give the packed text of one version of a file, from memory or made now."""
        key = (found.path, found.version)
        if key in self._texts:
            self._texts.move_to_end(key)
            return self._texts[key]
        made = gzip.compress(os.pread(found.descriptor, found.size, 0), 6, mtime=0)
        self._texts[key] = made
        self.held += len(made)
        while self.held > self._limit:
            self.held -= len(self._texts.popitem(last=False)[1])
        return made


def said(status: HTTPStatus, text: str, **more: str) -> Answer:
    """Answer with a line of text; an underscore in the name of a header stands for a hyphen."""
    return Answer(
        status, {**PLAIN, **{name.replace("_", "-"): value for name, value in more.items()}}, f"{text}\n".encode()
    )


def of_file(found: Found, given: Mapping[str, str], method: str, sent: Mapping[str, str], shelf: Shelf) -> Answer:
    """Answer with a file: nothing new, a packed text, parts, or all of it.

    Args:
        found: the open file; closed here when the answer does not hold it.
        given: its headers, by its name.
        method: GET or HEAD.
        sent: headers of the request, names in lower case.
        shelf: where packed texts are kept.
    """
    made = Answer(HTTPStatus.INTERNAL_SERVER_ERROR, {})
    try:
        made = _answer(found, given, method, sent, shelf)
    finally:
        if made.file < 0:
            os.close(found.descriptor)
    return made


def _answer(found: Found, given: Mapping[str, str], method: str, sent: Mapping[str, str], shelf: Shelf) -> Answer:
    told, version = dict(given), found.version
    asks = method == "GET" and "range" in sent  # a range means nothing to HEAD
    pack = False
    if found.path.endswith(TEXT) and PACK_FROM <= found.size <= PACK_UP_TO:
        told["Vary"] = ", ".join(filter(None, ("Accept-Encoding", told.get("Vary"))))
        pack = not asks and packed(sent.get("accept-encoding", ""))
        if pack:
            version = replace(version, etag=f'{version.etag[:-1]}-gz"')
    told |= {"ETag": version.etag, "Last-Modified": version.last_modified}
    if refused(sent, version):
        return said(HTTPStatus.PRECONDITION_FAILED, "Ce fichier a changé.")
    if unchanged(sent, version):
        del told["Content-Type"]
        return Answer(HTTPStatus.NOT_MODIFIED, told)
    if pack:
        return Answer(HTTPStatus.OK, {**told, "Content-Encoding": "gzip"}, shelf.pack(found))
    told["Accept-Ranges"] = "bytes"
    wanted = spans(sent["range"], found.size) if asks and partial(sent, version) else None
    if wanted is None:
        return Answer(HTTPStatus.OK, told, file=found.descriptor, parts=(Part(0, found.size),))
    return _parts(found, told, wanted)


def _parts(found: Found, told: Mapping[str, str], wanted: list[tuple[int, int]]) -> Answer:
    if not wanted:
        missed = said(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "Ce fichier est plus court.")
        return replace(missed, headers={**missed.headers, "Content-Range": f"bytes */{found.size}"})
    ranges = [f"bytes {start}-{stop - 1}/{found.size}" for start, stop in wanted]
    if len(wanted) == 1:
        told, end = {**told, "Content-Range": ranges[0]}, b""
        parts = [Part(*wanted[0])]
    else:
        border = secrets.token_hex(12)
        before = f"\r\n--{border}\r\nContent-Type: {told['Content-Type']}\r\nContent-Range: "
        parts = [Part(*one, f"{before}{where}\r\n\r\n".encode()) for one, where in zip(wanted, ranges, strict=True)]
        told, end = (
            {**told, "Content-Type": f"multipart/byteranges; boundary={border}"},
            f"\r\n--{border}--\r\n".encode(),
        )
    return Answer(HTTPStatus.PARTIAL_CONTENT, told, end, found.descriptor, tuple(parts))
