"""A server reached by SFTP. paramiko itself: fsspec's file system reads no known_hosts."""

from __future__ import annotations

import contextlib
import errno
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audionews.errors import UsageError, nearest
from audionews.targets import faults
from audionews.targets.choice import Target
from audionews.targets.faults import Fault
from audionews.targets.place import check_path, part_of
from audionews.targets.secrets import Secrets

if TYPE_CHECKING:
    from paramiko import SFTPClient, SSHClient

OPTIONS = ("key_filename", "known_hosts", "allow_agent", "look_for_keys", "compress", "timeout")
SYSTEM_HOSTS = Path("/etc/ssh/ssh_known_hosts")
SECONDS = 15.0  # to connect, and to be let in
CLOSED = "Socket is closed"  # paramiko's words for a connection that is gone
STALLED = 60.0  # seconds without any answer: the connection is dead


class Sftp:
    """A folder on a server with SSH; its host key must be known before."""

    parallel = 1  # one connection, whose writes do not wait for each other

    def __init__(self, target: Target, secrets: Secrets) -> None:
        import paramiko  # noqa: F401 - so that its absence is told at once

        for name in target.options:
            if name not in OPTIONS:
                raise UsageError(
                    f"[[target]] « {target.name} » : l’option « {name} » est inconnue de SFTP",
                    nearest(name, OPTIONS, "l’une de " + ", ".join(OPTIONS)),
                )
        # It logs the trace of each failed connection, which without a handler would be printed.
        logging.getLogger("paramiko").addHandler(logging.NullHandler())
        self.target, self._secrets = target, secrets
        # "/~/www" is below the home folder, where a session starts.
        self._root = target.path.removeprefix("/~/") if target.path.startswith("/~/") else target.path or "."
        self._client: SSHClient | None = None
        self._sftp: SFTPClient | None = None
        self._folders: set[str] = set()

    def put(self, local: Path, path: str, headers: Mapping[str, str]) -> None:  # noqa: ARG002
        """Send a file in pieces of 32 KB under another name; then it takes its own."""
        sftp, final, part = self._open(), self._on(check_path(path)), self._on(part_of(path))
        self._make(sftp, path.rpartition("/")[0])
        seen = local.stat()
        with local.open("rb") as stream:
            sftp.putfo(stream, part, seen.st_size)  # raises when not all bytes have arrived
        sftp.utime(part, (seen.st_mtime, seen.st_mtime))  # web servers tell it as Last-Modified
        self._rename(sftp, part, final)

    def read(self, path: str) -> bytes:
        """Give a file's content."""
        with self._open().open(self._on(check_path(path)), "rb") as stream:
            return stream.read()

    def delete(self, path: str) -> None:
        """Delete a file, and the folders that it leaves empty."""
        sftp = self._open()
        for one in (check_path(path), part_of(path)):
            with contextlib.suppress(FileNotFoundError):
                sftp.remove(self._on(one))
        folder = path.rpartition("/")[0]
        with contextlib.suppress(OSError):  # not empty, or not there
            while folder:
                sftp.rmdir(self._on(folder))
                self._folders.discard(folder)
                folder = folder.rpartition("/")[0]

    def explain(self, error: BaseException, path: str) -> Fault:
        """Say what an exception means."""
        import paramiko

        target, text = self.target, self._secrets.mask(str(error))
        ssh = isinstance(error, paramiko.SSHException)
        # A passphrase that is missing is an AuthenticationException too.
        denied = isinstance(error, paramiko.AuthenticationException) or (ssh and "authentication methods" in text)
        nameless = type(error) is OSError and error.errno is None
        rules = (
            (isinstance(error, paramiko.BadHostKeyException), self._changed()),
            (denied, faults.refused(target)),
            (ssh and "known_hosts" in text, self._unknown()),
            (nameless and (text == CLOSED or self._broken()), faults.unreachable(target)),
            (nameless, self._failure(path, text)),
        )
        found = next((fault for holds, fault in rules if holds), None)
        found = found or faults.of_system(target, error, path)
        lost = ssh or isinstance(error, paramiko.ssh_exception.NoValidConnectionsError)
        return found or (faults.unreachable(target) if lost else faults.unknown(error, text))

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        if self._client is not None:
            with contextlib.suppress(Exception):  # what is left of a broken one
                self._client.close()
        self._client = self._sftp = None
        self._folders.clear()

    def _open(self) -> SFTPClient:
        if self._sftp is not None:
            return self._sftp
        import paramiko

        target, options = self.target, self.target.options
        client = self._client = paramiko.SSHClient()
        client.load_system_host_keys()
        for extra in (SYSTEM_HOSTS, self._file("known_hosts")):
            if extra is not None and extra.is_file():
                client.load_system_host_keys(str(extra))
        client.set_missing_host_key_policy(paramiko.RejectPolicy())
        seconds = float(options.get("timeout", SECONDS))
        identity = self._file("key_filename")
        client.connect(
            target.host.strip("[]"),
            port=target.port or 22,
            username=target.user or None,
            password=self._secrets.password or None,  # of a locked key too
            key_filename=str(identity) if identity else None,
            allow_agent=bool(options.get("allow_agent", True)),
            look_for_keys=bool(options.get("look_for_keys", True)),
            compress=bool(options.get("compress", False)),
            timeout=seconds,
            banner_timeout=seconds,
            auth_timeout=seconds,
            channel_timeout=seconds,
        )
        sftp = client.open_sftp()
        channel = sftp.get_channel()
        if channel is not None:
            channel.settimeout(STALLED)
        sftp.stat(self._root)  # never made here: a wrong path would fill another place
        self._sftp = sftp
        return sftp

    def _make(self, sftp: SFTPClient, folder: str) -> None:
        """Make a folder below the root, and those above it."""
        if not folder or folder in self._folders:
            return
        try:
            sftp.stat(self._on(folder))
        except FileNotFoundError:
            self._make(sftp, folder.rpartition("/")[0])
            sftp.mkdir(self._on(folder))
        self._folders.add(folder)

    @staticmethod
    def _rename(sftp: SFTPClient, part: str, final: str) -> None:
        try:
            sftp.posix_rename(part, final)
        except OSError as error:
            if error.errno in {errno.EACCES, errno.ENOENT}:
                raise
            # A server without OpenSSH's extension renames only onto a free name.
            with contextlib.suppress(FileNotFoundError):
                sftp.remove(final)
            sftp.rename(part, final)

    def _on(self, path: str) -> str:
        return f"{self._root}/{path}"

    def _file(self, option: str) -> Path | None:
        value: Any = self.target.options.get(option)
        return self.target.folder / Path(str(value)).expanduser() if value else None

    def _changed(self) -> Fault:
        host, port = self.target.host, self.target.port
        known_as = f"'[{host.strip('[]')}]:{port}'" if port else host
        return Fault(
            "présente une autre clé d’hôte que celle qui est connue",
            f"Demandez à l’hébergeur s’il l’a changée avant d’ôter l’ancienne : ssh-keygen -R {known_as}",
        )

    def _unknown(self) -> Fault:
        port = f" -p {self.target.port}" if self.target.port else ""
        user = f"{self.target.user}@" if self.target.user else ""
        return Fault(
            "n’est pas connue : sa clé d’hôte n’est pas dans known_hosts",
            "Connectez-vous une fois et comparez l’empreinte à celle de l’hébergeur : "
            f"ssh{port} {user}{self.target.host}",
        )

    def _broken(self) -> bool:
        transport = self._client.get_transport() if self._client else None
        return transport is None or not transport.is_active()

    @staticmethod
    def _failure(path: str, text: str) -> Fault:
        """Explain SSH_FX_FAILURE: servers tell no more of a full disk."""
        return Fault(
            f"n’a pas pris « {path} » ({text or 'sans dire pourquoi'})",
            "Vérifiez la place libre et le quota chez l’hébergeur",
        )
