"""A place that fsspec opens: S3 and what speaks like it, and any other file system it knows (FTP, SMB, GCS…)."""

from __future__ import annotations

import contextlib
import logging
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audionews.errors import AudionewsError, UsageError
from audionews.targets import faults
from audionews.targets.choice import Target
from audionews.targets.faults import Fault
from audionews.targets.place import Place, check_path, part_of
from audionews.targets.secrets import Secrets

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

# Object stores: a file is there when all of it has arrived, so that it needs no other name on its way.
WHOLE = {"gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "oci", "tos", "cos", "hf", "memory"}
CHUNK = 8 * 1024 * 1024  # bytes of a large file held at once, and twice that of the largest sent in one request
S3_HEADERS = {
    "Content-Type": "ContentType",
    "Cache-Control": "CacheControl",
    "Content-Disposition": "ContentDisposition",
    "Content-Language": "ContentLanguage",
}
DENIED = {"InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken", "InvalidClientTokenId"}
ELSEWHERE = {"PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "301"}
LATER = {"SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout", "OperationAborted", "503", "500"}


def open_store(target: Target, secrets: Secrets) -> Place:
    """Give the place of an address of fsspec.

    Raises:
        ImportError: fsspec, or what it needs for this protocol, is not installed.
        UsageError: the protocol or an option is unknown.
    """
    import fsspec

    if target.kind == "s3":
        return S3(target, secrets)
    if target.kind not in fsspec.available_protocols():
        raise UsageError(
            f"[[target]] « {target.name} » : {target.kind}:// n’est pas un système de fichiers connu",
            "Choisissez un dossier, s3://, sftp://, webdavs:// ou ftp://",
        )
    return Store(target, secrets)


class Store:
    """A place of any protocol that fsspec knows."""

    parallel = 1

    def __init__(self, target: Target, secrets: Secrets) -> None:
        import fsspec

        self.target, self._secrets = target, secrets
        self._class: Any = fsspec.get_filesystem_class(target.kind)
        self._system: AbstractFileSystem | None = None
        self._opening = threading.Lock()
        self._root = str(self._class._strip_protocol(target.url)).rstrip("/")

    def put(self, local: Path, path: str, headers: Mapping[str, str]) -> None:  # noqa: ARG002
        """Send a file, under another name at first where a part of it could be seen."""
        system, final = self._open(), self._on(check_path(path))
        if self.target.kind in WHOLE:
            system.put_file(str(local), final)
            return
        part = self._on(part_of(path))
        system.makedirs(final.rpartition("/")[0], exist_ok=True)
        system.put_file(str(local), part)
        try:
            system.mv(part, final)
        except FileExistsError:  # it renames only onto a free name
            system.rm_file(final)
            system.mv(part, final)

    def read(self, path: str) -> bytes:
        """Give a file's content."""
        system = self._open()
        system.invalidate_cache()
        return bytes(system.cat_file(self._on(check_path(path))))

    def delete(self, path: str) -> None:
        """Delete a file."""
        system = self._open()
        parts = () if self.target.kind in WHOLE else (part_of(path),)
        for one in (check_path(path), *parts):
            system.invalidate_cache()
            if system.exists(self._on(one)):
                system.rm_file(self._on(one))

    def explain(self, error: BaseException, path: str) -> Fault:
        """Say what an exception means."""
        import ftplib

        text = self._secrets.mask(str(error))
        if isinstance(error, ftplib.error_perm):  # RFC 959: what the three digits say
            return {
                "530": faults.refused(self.target),
                "552": faults.full(self.target),
                "550": faults.readonly(self.target, path),
                "553": faults.readonly(self.target, path),
            }.get(text[:3], faults.unknown(error, text))
        if isinstance(error, ftplib.error_temp):
            return faults.full(self.target) if text.startswith("452") else faults.unreachable(self.target)
        if isinstance(error, TypeError) and (option := re.search(r"unexpected keyword argument '(\w+)'", text)):
            return Fault(f"ne connaît pas l’option « {option[1]} »", "Voyez docs/targets.md")
        return faults.of_system(self.target, error, path) or faults.unknown(error, text)

    def close(self) -> None:
        """Forget the connection; the next call opens another."""
        self._system = None

    def _open(self) -> AbstractFileSystem:
        with self._opening:
            if self._system is None:
                given: dict[str, Any] = self._class._get_kwargs_from_urls(self.target.url)
                given = {**given, **self.target.options}
                if self._secrets.password:
                    given["password"] = self._secrets.password
                made = self._made(given)
                # Never made here: a wrong path would fill another place.
                if self.target.kind != "s3" and self.target.kind not in WHOLE and not made.isdir(self._root or "/"):
                    raise FileNotFoundError(2, "no such folder", self._root)
                self._system = made
            return self._system

    def _made(self, given: dict[str, Any]) -> AbstractFileSystem:
        made: AbstractFileSystem = self._class(**given, skip_instance_cache=True, use_listings_cache=False)
        return made

    def _on(self, path: str) -> str:
        return f"{self._root}/{path}"


class S3(Store):
    """A bucket of Amazon S3, or of a store that speaks like it (option ``endpoint_url``)."""

    parallel = 8  # a request for each small file: the answers are waited for together

    def __init__(self, target: Target, secrets: Secrets) -> None:
        super().__init__(target, secrets)
        for name in ("s3fs", "botocore", "aiobotocore"):
            logging.getLogger(name).addHandler(logging.NullHandler())

    def put(self, local: Path, path: str, headers: Mapping[str, str]) -> None:
        """Send a file with its headers; a large one in parts, which are no file before the last one is there."""
        told = {known: headers[name] for name, known in S3_HEADERS.items() if name in headers}
        self._open().put_file(str(local), self._on(check_path(path)), chunksize=CHUNK, max_concurrency=2, **told)

    def delete(self, path: str) -> None:
        """Delete an object: one that is not there is no error to S3."""
        with contextlib.suppress(FileNotFoundError):
            self._open().rm_file(self._on(check_path(path)))

    def explain(self, error: BaseException, path: str) -> Fault:
        """Say what an exception means."""
        from botocore import exceptions as boto

        target = self.target
        for one in faults.chain(error):
            if isinstance(one, boto.NoCredentialsError | boto.PartialCredentialsError | boto.ProfileNotFound):
                return faults.refused(target)
            if isinstance(one, boto.SSLError):
                return faults.untrusted(target)
            if isinstance(one, boto.ConnectionError | boto.HTTPClientError):
                return faults.unreachable(target)
            if isinstance(one, boto.ClientError):
                code = str(one.response.get("Error", {}).get("Code", ""))
                return self._answered(code, path, self._secrets.mask(str(one)))
        return super().explain(error, path)

    def _answered(self, code: str, path: str, text: str) -> Fault:
        """Explain a code of S3's answers (API reference, "Error responses")."""
        region = 'Donnez-la : options = { client_kwargs = { region_name = "…" } }'
        rules = (
            (DENIED, faults.refused(self.target)),
            ({"NoSuchBucket", "404"}, faults.missing(self.target)),
            ({"AccessDenied", "AllAccessDisabled", "403", "MethodNotAllowed"}, faults.readonly(self.target, path)),
            ({"QuotaExceeded", "EntityTooLarge", "XMinioStorageFull", "StorageFull"}, faults.full(self.target)),
            ({"RequestTimeTooSkewed"}, Fault("trouve que l’horloge de cette machine n’est pas à l’heure", "Réglez-la")),
            (ELSEWHERE, Fault("est dans une autre région", region)),
        )
        other = Fault(f"a refusé « {path} » ({code} : {text[:120]})", "", passing=code in LATER)
        return next((fault for codes, fault in rules if code in codes), other)

    def _made(self, given: dict[str, Any]) -> AbstractFileSystem:
        secrets = self._secrets
        given = {name: value for name, value in given.items() if name != "password"}
        if bool(secrets.key) != bool(secrets.secret):
            raise AudionewsError(
                f"La cible « {self.target.name} » n’a que la moitié de sa clé d’accès",
                f"Posez {self.target.stem}_KEY et {self.target.stem}_SECRET",
            )
        if secrets.key:
            given |= {"key": secrets.key, "secret": secrets.secret}
        if secrets.token:
            given["token"] = secrets.token
        config: dict[str, Any] = {"connect_timeout": 10, "read_timeout": 60, "retries": {"total_max_attempts": 1}}
        if given.get("endpoint_url"):
            # Stores that only speak like S3 often do not know the checksums that Amazon's has come to want.
            config |= {"request_checksum_calculation": "when_required", "response_checksum_validation": "when_required"}
        given["config_kwargs"] = {**config, **given.get("config_kwargs", {})}
        given.setdefault("cache_regions", False)
        made = super()._made(given)
        made.retries = 1  # whoever sends tries again
        return made
