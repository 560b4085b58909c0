"""One page over HTTP, bounded in time and size whatever the server does.

The standard library's parser of answers stands on a socket of ours: so every wait has its limit, the slow drip
of a byte at a time included, the address connected to is the one that was checked, and a compressed answer is cut
while it is being unpacked.
"""

from __future__ import annotations

import http.client
import io
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from audionews.articles.addresses import places
from audionews.articles.errors import FetchError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of our time and memory one answer may take; seconds and bytes."""

    connect: float = 5.0
    read: float = 10.0  # the longest silence
    total: float = 30.0  # one hop, from the first byte sent to the last one read
    size: int = 5_000_000  # as sent, and unpacked
    redirects: int = 5
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. `url` is the one that answered; the names of the headers are in small letters."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def get(
    url: str, headers: Mapping[str, str], limits: Limits, on_hop: Callable[[str], None] = lambda _url: None
) -> Answer:
    """Fetch a page, following its redirects.

    Args:
        url: an http or https address.
        headers: those of the request, besides Host, Connection and Accept-Encoding.
        limits: what it may cost.
        on_hop: called with each address before it is asked; it may wait, or raise FetchError to forbid it.

    Returns:
        The last answer, whatever its status.

    Raises:
        FetchError: there is no answer, or it breaks a limit.
    """
    for _ in range(limits.redirects + 1):
        on_hop(url)
        answer = _ask(url, headers, limits)
        target = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not target:
            return answer
        url = joined(url, target)
    raise FetchError(f"plus de {limits.redirects} redirections")


def joined(base: str, link: str) -> str:
    """Give the http or https address that a link on a page leads to, without its fragment; "" when it has none."""
    try:
        found = urldefrag(urljoin(base, link.strip())).url
    except ValueError:  # a bracket that is not closed
        return ""
    return found if found.startswith(("http://", "https://")) else ""


def split(url: str) -> tuple[str, str, int, str]:
    """Take an address apart: scheme, host, port, and the target as it is written in a request.

    Raises:
        FetchError: it is not an http or https address that can be asked.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:  # a port out of range, a broken bracket, a label too long
        raise FetchError("l’adresse est mal formée") from None
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[\w.:-]+", host) or "@" in parts.netloc:
        raise FetchError("l’adresse n’est pas en http ou https")
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return parts.scheme, host, port, target + query


def _ask(url: str, headers: Mapping[str, str], limits: Limits) -> Answer:
    """Ask once. The deadline holds for all of it."""
    scheme, host, port, target = split(url)
    deadline = time.monotonic() + limits.total
    try:
        with _connected(scheme, host, port, limits, deadline) as connection:
            default = port == (443 if scheme == "https" else 80)
            name = f"[{host}]" if ":" in host else host
            fields = {
                "Host": name if default else f"{name}:{port}",
                **headers,
                "Accept-Encoding": "gzip, deflate",
                "Connection": "close",
            }
            lines = [f"GET {target} HTTP/1.1", *(f"{key}: {value}" for key, value in fields.items())]
            connection.sendall(
                ("\r\n".join(re.sub(r"[\r\n]", "", one) for one in lines) + "\r\n\r\n").encode("latin-1", "replace")
            )
            response = http.client.HTTPResponse(_Socket(connection, limits.read, deadline), method="GET")  # type: ignore[arg-type]
            response.begin()
            found = {key.lower(): value for key, value in response.getheaders()}
            body = b"" if response.status in REDIRECTS else _body(response, found, limits.size)
            return Answer(url, response.status, found, body)
    except TimeoutError:
        raise FetchError("le serveur est trop lent : délai dépassé", passing=True) from None
    except ssl.SSLCertVerificationError:
        raise FetchError("le certificat du serveur n’est pas valable", passing=True) from None
    except (http.client.HTTPException, zlib.error, UnicodeError):
        raise FetchError("la réponse du serveur est mal formée", passing=True) from None
    except OSError as error:
        raise FetchError(f"le serveur ne répond pas ({error.strerror or error})", passing=True) from None


def _connected(scheme: str, host: str, port: int, limits: Limits, deadline: float) -> socket.socket:
    """Connect to one of the host's addresses that may be reached, the first that answers."""
    failure: OSError = TimeoutError()
    for family, address in places(host, port, limits.allow_private):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        connection = socket.socket(family, socket.SOCK_STREAM)
        connection.settimeout(min(limits.connect, left))
        try:
            connection.connect(address)
            if scheme == "https":  # the handshake as a whole has this limit too
                connection = _tls().wrap_socket(connection, server_hostname=host)
        except OSError as error:
            connection.close()
            failure = error
        else:
            return connection
    raise failure


@cache
def _tls() -> ssl.SSLContext:
    """Trust what the machine trusts and, as small machines have no list of their own, Mozilla's."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class _Socket:
    """What HTTPResponse wants of a socket: a file to read from."""

    def __init__(self, connection: socket.socket, silence: float, deadline: float) -> None:
        self.raw = _Bytes(connection, silence, deadline)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self.raw, PIECE)


class _Bytes(io.RawIOBase):
    """The bytes of a socket, each wait for them and all of it bounded."""

    def __init__(self, connection: socket.socket, silence: float, deadline: float) -> None:
        super().__init__()
        self.connection, self.silence, self.deadline = connection, silence, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.connection.settimeout(min(self.silence, left))
        return self.connection.recv_into(buffer)


def _body(response: http.client.HTTPResponse, headers: Mapping[str, str], size: int) -> bytes:
    """Read a body, unpacked as it comes; neither what is sent nor what is unpacked passes `size`."""
    too_big = FetchError(f"la réponse dépasse {size / 1_000_000:g} Mo".replace(".", ","))
    if (response.length or 0) > size:
        raise too_big
    unpack = _unpacker(headers.get("content-encoding", "").strip().lower())
    whole = bytearray()
    sent = 0
    while piece := response.read1(PIECE):
        sent += len(piece)
        whole += unpack(piece, size + 1 - len(whole))
        if sent > size or len(whole) > size:
            raise too_big
    if response.length:
        raise FetchError("la réponse s’arrête avant sa fin", passing=True)
    return bytes(whole)


def _unpacker(coding: str) -> Callable[[bytes, int], bytes]:
    if coding in {"", "identity"}:
        return lambda piece, _most: piece
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise FetchError(f"la réponse est codée d’une façon inconnue ({coding[:20]})")
    machine = zlib.decompressobj(zlib.MAX_WBITS | 32)  # gzip or zlib, by its first bytes

    def unpack(piece: bytes, most: int) -> bytes:
        # `most` is never reached by a good answer, so what would come beyond it need not be asked for.
        nonlocal machine
        try:
            return machine.decompress(piece, most)
        except zlib.error:
            if coding != "deflate" or machine.unused_data:
                raise
            machine = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers leave the envelope of zlib out
            return machine.decompress(piece, most)

    return unpack
