"""Places a site is sent to, on the loopback: moto's S3, OpenSSH's sshd, WsgiDAV; and a small site to send."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from audionews.desk.job import Job
from audionews.settings import parse
from tests.helpers import NOON

Wsgi = Callable[[dict[str, Any], Any], Any]


@dataclass
class Recorder:
    """A WSGI application in front of another one: it writes requests down, and makes them fail."""

    inside: Wsgi
    asked: list[tuple[str, str]] = field(default_factory=list)  # method, path
    delay: float = 0.0  # seconds before each answer to a writing request
    die_after: int = 0  # writing requests; then none is answered any more; never when 0
    statuses: list[str] = field(default_factory=list)  # answers to the next writing requests
    headers: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        writes = method in {"PUT", "POST", "DELETE", "MOVE"}
        self.asked.append((method, path))
        self.headers.append({name: value for name, value in environ.items() if isinstance(value, str)})
        if writes:
            time.sleep(self.delay)
            if self.die_after and len(self.wrote) > self.die_after:
                raise ConnectionAbortedError  # the server closes the connection without an answer
            if self.statuses:
                start(self.statuses.pop(0), [("Content-Length", "0")])
                return [b""]
        return self.inside(environ, start)

    @property
    def wrote(self) -> list[tuple[str, str]]:
        """Give the writing requests."""
        return [one for one in self.asked if one[0] in {"PUT", "POST", "DELETE", "MOVE"}]


@dataclass
class Http:
    """A server of HTTP."""

    port: int
    recorder: Recorder

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def _served(recorder: Recorder, port: int = 0) -> Iterator[Http]:
    from cheroot.wsgi import Server

    server = Server(("127.0.0.1", port), recorder, numthreads=10)
    server.shutdown_timeout = 0.2
    setattr(server, "error_log", lambda *_args, **_more: None)  # noqa: B010 - it would print each broken connection
    server.prepare()
    worker = threading.Thread(target=server.serve, daemon=True)
    worker.start()
    try:
        yield Http(server.bind_addr[1], recorder)
    finally:
        server.stop()
        worker.join(5)


@contextmanager
def s3_server() -> Iterator[Http]:
    """Run moto's S3, with a bucket "radio"."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

    with _served(Recorder(DomainDispatcherApplication(create_backend_app))) as server:
        s3 = s3_client(server)
        if "radio" not in [one["Name"] for one in s3.list_buckets()["Buckets"]]:
            s3.create_bucket(Bucket="radio")
        server.recorder.asked.clear()
        server.recorder.headers.clear()
        yield server


def s3_client(server: Http) -> Any:
    """Give boto3's client of that server."""
    return _s3_client(server.url)


@cache
def _s3_client(url: str) -> Any:
    import boto3

    keys = {"aws_access_key_id": "admin", "aws_secret_access_key": "admin"}
    return boto3.client("s3", endpoint_url=url, region_name="us-east-1", **keys)


def s3_files(server: Http, prefix: str = "site/") -> dict[str, bytes]:
    """Give what is in the bucket below a prefix."""
    s3 = s3_client(server)
    found = s3.list_objects_v2(Bucket="radio", Prefix=prefix).get("Contents", [])
    return {
        one["Key"].removeprefix(prefix): s3.get_object(Bucket="radio", Key=one["Key"])["Body"].read() for one in found
    }


@contextmanager
def webdav_server(root: Path, password: str = "motdepasse-dav", *, readonly: bool = False) -> Iterator[Http]:
    """Run WsgiDAV on a folder, for the user "radio"."""
    from wsgidav.fs_dav_provider import FilesystemProvider
    from wsgidav.wsgidav_app import WsgiDAVApp

    config = {
        "provider_mapping": {"/": FilesystemProvider(str(root), readonly=readonly, fs_opts={})},
        "simple_dc": {"user_mapping": {"*": {"radio": {"password": password}}}},
        "verbose": 0,
        "logging": {"enable": False},
    }
    with _served(Recorder(WsgiDAVApp(config))) as server:
        yield server


@dataclass
class Ssh:
    """OpenSSH's server: one key opens it."""

    port: int
    root: Path  # of what is sent
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"sftp://{getpass.getuser()}@127.0.0.1:{self.port}{self.root}"

    @property
    def known(self) -> str:
        """Give the line of known_hosts."""
        kind, key, *_ = (self.folder / "host.pub").read_text("ascii").split()
        return f"[127.0.0.1]:{self.port} {kind} {key}\n"

    def kill(self) -> None:
        """Kill it and every session, as a power cut does."""
        for one in _family(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self.process.wait(10)


def _family(parent: int) -> list[int]:
    """Give a process and all that it has started, its parents first."""
    found = [parent]
    for one in found:
        with suppress(OSError):
            found += map(int, Path(f"/proc/{one}/task/{one}/children").read_text("ascii").split())
    return found


def make_key(path: Path, passphrase: str = "") -> Path:
    """Make a key; its public half is beside it."""
    if not path.exists():
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=20)
    return path


@contextmanager
def ssh_server(folder: Path, port: int = 0) -> Iterator[Ssh]:
    """Run sshd with a host key and a user's key of its own, which it makes in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    root = folder / "www"
    root.mkdir(exist_ok=True)
    host, user = make_key(folder / "host"), make_key(folder / "user")
    (folder / "authorized").write_bytes(user.with_suffix(".pub").read_bytes())
    port = port or free_port()
    sshd = shutil.which("sshd", path=os.environ.get("PATH", "") + ":/usr/sbin")
    assert sshd, "no sshd"
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where it locks itself up when it is root's
    config = folder / "sshd_config"
    config.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {host}\nAuthorizedKeysFile {folder / 'authorized'}\n"
        f"StrictModes no\nUsePAM no\nPidFile none\nPermitRootLogin yes\nMaxStartups 100\n"
        f"PasswordAuthentication yes\nSubsystem sftp internal-sftp -d {folder}\n",
        "utf-8",
    )
    command = [sshd, "-D", "-e", "-f", str(config)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    server = Ssh(port, root, folder, process)
    try:
        wait_for(lambda: _answers(port))
        yield server
    finally:
        server.kill()


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(true: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def make_job(folder: Path, *targets: dict[str, Any], hub: str = "", feeds: tuple[str, ...] = ("matin",)) -> Job:
    """Give a job of a station with these targets; what it says is in its `say`'s list."""
    table = {
        "station": {"name": "Radio Essai", "url": "https://radio.example"},
        "podcast": {"hub": hub},
        "feed": [{"name": name} for name in feeds],
        "target": list(targets),
    }
    station = parse(table, folder)
    return Job(station, NOON.date(), "matin", "journal", folder / "output", NOON, say=said.append)


said: list[str] = []  # by the jobs above


def make_site(folder: Path, bulletins: int = 3, drop: tuple[int, ...] = (), sound: int = 3000) -> Path:
    """Write a site as the program lays it out, of made-up files: the feed lists all bulletins but those dropped."""
    site = folder / "output" / "site"
    files = {"style-0a1b2c3d.css": b"body{}", "cover-1a2b3c4d.jpg": b"picture", "feeds.opml": b"<opml/>"}
    items = ""
    kept = [number for number in range(1, bulletins + 1) if number not in drop]
    for number in kept:
        place = f"episodes/2025-06-{number:02}-matin"
        data = bytes([number]) * (sound + number)
        files[f"{place}/bulletin-{number:08x}.mp3"] = data
        files[f"{place}/transcript.vtt"] = f"WEBVTT {number}".encode()
        files[f"{place}/index.html"] = f"<p>Journal {number}".encode()
        files[f"broadcast/radio-2025-06-{number:02}-matin.mp3"] = data
        url = f"https://radio.example/{place}/bulletin-{number:08x}.mp3"
        items += f'<item><enclosure url="{url}" length="{len(data)}"/></item>\n'
    last = kept[-1]
    files["broadcast/latest.mp3"] = files["latest.mp3"] = bytes([last]) * (sound + last)
    files["broadcast/latest.json"] = files["latest.json"] = f'{{"id": "2025-06-{last:02}-matin"}}'.encode()
    files["index.html"] = f"<p>{len(kept)} journaux".encode()
    for name in ("feed.xml", "feed-matin.xml", "archives/feed-1.xml"):
        files[name] = f"<rss><!-- {name} -->\n{items}</rss>".encode()
    for path in list(_relative(site)):
        if path not in files:
            (site / path).unlink()
    for path, data in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        if not (site / path).is_file() or (site / path).read_bytes() != data:
            (site / f"{path}.new").write_bytes(data)
            (site / f"{path}.new").replace(site / path)
    return site


def files_of(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder."""
    return {path: (folder / path).read_bytes() for path in _relative(folder)}


def is_whole(files: dict[str, bytes]) -> bool:
    """Tell whether a target's feed is valid and everything that it lists is there, all of it; true without a feed."""
    feed = files.get("feed.xml", b"<rss></rss>").decode()
    assert feed.startswith("<rss>")
    assert feed.endswith("</rss>")
    listed = re.findall(r'url="https://radio.example/([^"]+)" length="(\d+)"', feed)
    return all(len(files.get(path, b"")) == int(length) for path, length in listed)


def _relative(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()
