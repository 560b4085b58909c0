"""A server reached by WebDAV: Nextcloud, ownCloud, Apache's mod_dav, a hosting company's disk."""

from __future__ import annotations

import contextlib
import io
import logging
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from audionews.errors import UsageError, nearest
from audionews.targets import faults
from audionews.targets.choice import Target
from audionews.targets.faults import Fault
from audionews.targets.place import check_path, part_of
from audionews.targets.secrets import Secrets

if TYPE_CHECKING:
    from webdav4.client import Client

OPTIONS = ("timeout", "verify")
SECURE = {"webdavs", "davs"}
SECONDS = 60.0  # without any answer
CHUNK = 256 * 1024
BUSY = {408, 423, 425, 429, 500, 502, 503, 504, 509}
PARALLEL = 4


class Webdav:
    """A folder on a server with WebDAV."""

    parallel = PARALLEL

    def __init__(self, target: Target, secrets: Secrets) -> None:
        import webdav4.client  # noqa: F401 - so that its absence is told at once

        for name in target.options:
            if name not in OPTIONS:
                raise UsageError(
                    f"[[target]] « {target.name} » : l’option « {name} » est inconnue de WebDAV",
                    nearest(name, OPTIONS, "l’une de " + ", ".join(OPTIONS)),
                )
        logging.getLogger("webdav4").addHandler(logging.NullHandler())
        self.target, self._secrets = target, secrets
        self._client: Client | None = None
        self._opening = threading.Lock()
        self._folders: set[str] = set()
        self._making = threading.Lock()  # some servers fail when a folder is made twice at once

    def put(self, local: Path, path: str, headers: Mapping[str, str]) -> None:
        """Send a file in pieces under another name; then it takes its own."""
        client, part = self._open(), part_of(check_path(path))
        with self._making:
            self._make(client, path.rpartition("/")[0])
        told = {"Content-Type": headers["Content-Type"]} if "Content-Type" in headers else {}
        with local.open("rb") as stream:
            client.upload_fileobj(
                stream, part, overwrite=True, chunk_size=CHUNK, size=local.stat().st_size, headers=told
            )
        client.move(part, path, overwrite=True)

    def read(self, path: str) -> bytes:
        """Give a file's content."""
        held = io.BytesIO()
        self._open().download_fileobj(check_path(path), held)
        return held.getvalue()

    def delete(self, path: str) -> None:
        """Delete a file; folders stay, for deleting one would delete whatever is in it."""
        from webdav4.client import HTTPError, ResourceNotFound

        for one in (check_path(path), part_of(path)):
            try:
                self._open().remove(one)
            except ResourceNotFound:
                continue
            except HTTPError as error:
                if error.status_code not in {404, 410}:
                    raise

    def explain(self, error: BaseException, path: str) -> Fault:
        """Say what an exception means."""
        import httpx
        from webdav4 import client as dav

        target = self.target
        status = next((one.status_code for one in faults.chain(error) if isinstance(one, dav.HTTPError)), 0)
        busy = f"ne peut pas prendre « {path} » en ce moment (réponse {status or 'occupé'})"
        other = f"a refusé « {path} » (réponse HTTP {status})"
        rules = (
            (status == 401, faults.refused(target)),
            (status == 507 or isinstance(error, dav.InsufficientStorage), faults.full(target)),
            (status in {404, 409}, faults.missing(target)),
            (isinstance(error, dav.ResourceNotFound | dav.ResourceConflict), faults.missing(target)),
            (status in {403, 405} or isinstance(error, dav.ForbiddenOperation), faults.readonly(target, path)),
            (
                status in BUSY or isinstance(error, dav.ResourceLocked | dav.BadGatewayError),
                Fault(busy, "Réessayez plus tard", passing=True),
            ),
            (status > 0, Fault(other, "Vérifiez que url mène à un dossier WebDAV")),
        )
        found = next((fault for holds, fault in rules if holds), None)
        found = found or faults.of_system(target, error, path)
        if found is None and any(isinstance(one, httpx.TransportError) for one in faults.chain(error)):
            found = faults.untrusted(target) if "CERTIFICATE" in str(error) else faults.unreachable(target)
        return found or faults.unknown(error, self._secrets.mask(str(error)))

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        if self._client is not None:
            with contextlib.suppress(Exception):
                self._client.http.close()
        self._client = None
        self._folders.clear()

    def _open(self) -> Client:
        with self._opening:
            if self._client is None:
                self._client = self._made()
            return self._client

    def _made(self) -> Client:
        from webdav4.client import Client

        target = self.target
        scheme = "https" if target.scheme in SECURE else "http"
        port = f":{target.port}" if target.port else ""
        return Client(
            f"{scheme}://{target.host}{port}{quote(target.path)}/",
            auth=(target.user, self._secrets.password) if target.user else None,
            retry=False,  # whoever sends tries again
            timeout=float(target.options.get("timeout", SECONDS)),
            verify=target.options.get("verify", True),
        )

    def _make(self, client: Client, folder: str) -> None:
        """Make a folder below the root, and those above it."""
        from webdav4.client import ResourceAlreadyExists

        if not folder or folder in self._folders:
            return
        self._make(client, folder.rpartition("/")[0])
        with contextlib.suppress(ResourceAlreadyExists):
            client.mkdir(folder)
        self._folders.add(folder)
