"""What servers answered before: asked for again only if changed, and at hand for a day when a server is down."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from dataclasses import dataclass
from pathlib import Path

from audionews.articles.fetch import Answer
from audionews.errors import AudionewsError
from audionews.files import write

KEPT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer of earlier, and when it was last known to be true (seconds since the epoch)."""

    answer: Answer
    at: float


class Cache:
    """One file an address: a line of JSON, then the body as it was. What is damaged counts as absent."""

    def __init__(self, folder: Path | None) -> None:
        """Open the folder; nothing is kept without one. What is older than a week is thrown away."""
        self.folder = folder
        if folder is None or not folder.is_dir():
            return
        for path in folder.glob("*.answer"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > KEPT_DAYS * 86_400:
                    path.unlink()

    def get(self, url: str) -> Kept | None:
        """Give the answer kept for an address."""
        if self.folder is None:
            return None
        try:
            head, _, body = self._path(self.folder, url).read_bytes().partition(b"\n")
            meta = json.loads(head)
            headers = {str(key): str(value) for key, value in meta["headers"].items()}
            if hashlib.sha256(body).hexdigest() != meta["sha256"] or meta["asked"] != url:
                return None
            return Kept(Answer(str(meta["url"]), int(meta["status"]), headers, body), float(meta["at"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def put(self, url: str, answer: Answer, at: float) -> None:
        """Keep an answer; a disk that is full or read-only costs nothing but the keeping."""
        if self.folder is None:
            return
        meta = {
            "asked": url,
            "url": answer.url,
            "status": answer.status,
            "headers": {
                name: answer.headers[name]
                for name in ("content-type", "etag", "last-modified")
                if name in answer.headers
            },
            "at": at,
            "sha256": hashlib.sha256(answer.body).hexdigest(),
        }
        with contextlib.suppress(AudionewsError, OSError):
            write(self._path(self.folder, url), json.dumps(meta).encode() + b"\n" + answer.body)

    @staticmethod
    def _path(folder: Path, url: str) -> Path:
        return folder / f"{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()[:32]}.answer"
