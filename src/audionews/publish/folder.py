"""The folder that is served: an address → the file it means, never one that is not for the public."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from audionews.publish.answer import PACK_UP_TO, PLAIN, Answer, Found, Shelf, of_file, said
from audionews.publish.asked import Version
from audionews.publish.fresh import Instead, instead
from audionews.publish.headers import ASK, FEED, SAFE, SHARED, headers

METHODS = "GET, HEAD, OPTIONS"
INDEX, NO_PAGE, SUBSCRIBE = "index.html", "404.html", "abonner.html"
LONGEST_PATH = 8192  # bytes of an address as it is sent
HIDDEN = re.compile(r"[/\\\x00-\x1f\x7f-\x9f]")  # in a name
# A shut door is the same as none, so that nobody learns what lies behind it.
NOWHERE = {errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.ELOOP, errno.ENAMETOOLONG, errno.ENXIO, errno.EISDIR}


class Site:
    """The public files, and the clock by which a bulletin is over."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._root = os.path.realpath(folder)
        self._now = now
        self._shelf = Shelf()

    def answer(self, method: str, target: bytes, sent: Mapping[str, str]) -> Answer:
        """Answer one request.

        Args:
            method: as sent.
            target: path of the address as sent, still encoded, without the query.
            sent: headers, names in lower case.
        """
        if len(target) > LONGEST_PATH:
            return said(HTTPStatus.REQUEST_URI_TOO_LONG, "Cette adresse est trop longue.")
        if method == "OPTIONS":
            return _allowed(target.decode("latin-1"))
        if method not in {"GET", "HEAD"}:
            return said(HTTPStatus.METHOD_NOT_ALLOWED, "Ce site se lit, il ne s’écrit pas.", Allow=METHODS)
        names = segments(target)
        try:
            return self._named(names, method, sent) if names else self._nowhere()
        except OSError as error:
            if error.errno in {errno.EMFILE, errno.ENFILE}:
                return said(HTTPStatus.SERVICE_UNAVAILABLE, "Trop de demandes à la fois.", Retry_After="5")
            if error.errno not in NOWHERE:
                raise
        return self._nowhere()

    def _named(self, names: list[str], method: str, sent: Mapping[str, str]) -> Answer:
        vary = {}
        if not names[-1]:
            names = [*names[:-1], INDEX]
        elif FEED.fullmatch(names[-1]) and self._is_file([*names[:-1], SUBSCRIBE]):
            vary = {"Vary": "Sec-Fetch-Dest"}
            if sent.get("sec-fetch-dest") == "document" and sent.get("sec-fetch-mode") == "navigate":
                names = [*names[:-1], SUBSCRIBE]  # a person: apps never say so
        if len(names) > 1 and names[-2] == "broadcast":
            other = instead(Path(self._root, *names[:-1]), names[-1], self._now())
            if other:
                return self._instead(other, names, method, sent)
        try:
            found = self._open(names)
        except IsADirectoryError:
            if not self._is_file([*names, INDEX]):
                raise
            return said(HTTPStatus.PERMANENT_REDIRECT, "Plus loin.", Location=f"/{'/'.join(map(quote, names))}/")
        return of_file(found, headers(found.path) | vary, method, sent, self._shelf)

    def _instead(self, other: Instead, names: list[str], method: str, sent: Mapping[str, str]) -> Answer:
        """Answer for a bulletin whose time is over."""
        given = headers("/".join(names))
        if not other.sound:
            kind = given["Content-Type"] if other.text.startswith("{") else PLAIN["Content-Type"]
            status = HTTPStatus.GONE if other.gone else HTTPStatus.OK
            return Answer(status, {**given, "Content-Type": kind}, other.text.encode())
        found = self._open([*names[:-1], other.sound])
        # Whoever has the bulletin must not hear that nothing changed: the announcement is as new as its reason.
        since = max(other.since.astimezone(UTC).replace(microsecond=0), found.version.modified)
        version = Version(f'{found.version.etag[:-1]}-{int(since.timestamp()):x}"', since)
        return of_file(replace(found, version=version), given, method, sent, self._shelf)

    def _open(self, names: list[str]) -> Found:
        """Open a file of the site, never what lies outside it, however it is linked."""
        path = os.path.realpath("/".join((self._root, *names)))
        if not path.startswith(self._root + "/"):
            raise FileNotFoundError(errno.ENOENT, "outside the site")
        # Without O_NONBLOCK, opening a pipe would wait for its writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)
            folder = stat.S_ISDIR(status.st_mode)
            raise IsADirectoryError(errno.EISDIR, path) if folder else FileNotFoundError(errno.ENOENT, path)
        modified = datetime.fromtimestamp(int(status.st_mtime), UTC)
        version = Version(f'"{status.st_mtime_ns:x}-{status.st_size:x}"', modified)
        return Found(descriptor, "/".join(names), status.st_size, version)

    def _is_file(self, names: list[str]) -> bool:
        return Path(self._root, *names).is_file()

    def _nowhere(self) -> Answer:
        """Say that there is nothing: by the site's own page where it has one."""
        page = Path(self._root, NO_PAGE)
        if page.is_file() and page.stat().st_size <= PACK_UP_TO:
            return Answer(HTTPStatus.NOT_FOUND, {**headers(NO_PAGE), "Cache-Control": ASK}, page.read_bytes())
        return said(HTTPStatus.NOT_FOUND, "Il n’y a rien à cette adresse.")


def segments(target: bytes) -> list[str] | None:
    """Read the path of an address: its names, the last one empty for a folder.

    Returns:
        None for what no page of the site links to: names that begin with a dot (half-written files, ``..``), empty
        ones, slashes and backslashes in disguise, control characters, what is not UTF-8.
    """
    if not target.startswith(b"/"):  # the whole address, as a proxy is sent it
        scheme, mark, rest = target.partition(b"://")
        if not mark or scheme.lower() not in {b"http", b"https"}:
            return None
        target = b"/" + rest.partition(b"/")[2]
    try:
        names = [unquote_to_bytes(one).decode("utf-8") for one in target[1:].split(b"/")]
    except UnicodeDecodeError:
        return None
    if not all(names[:-1]) or any(name.startswith(".") for name in names):
        return None
    return None if any(map(HIDDEN.search, names)) else names


def _allowed(path: str) -> Answer:
    """Answer what may be done, also to the browser of another site that asks before it does."""
    given = {"Allow": METHODS, "Cache-Control": "max-age=86400", **SAFE}
    if path.endswith(SHARED):
        given |= {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": "Range, If-Range, If-None-Match, If-Modified-Since",
            "Access-Control-Max-Age": "86400",
        }
    return Answer(HTTPStatus.NO_CONTENT, given)
