"""One question over HTTP and its answer: bounded in time and size, and either whole or none.

requests and urllib3 limit each wait, so that a server which lets fall a byte now and then could hold them for ever:
the exchange runs in a thread of its own, which nobody waits for beyond the time that was given for all of it.
"""

from __future__ import annotations

import html
import ipaddress
import json
import queue
import re
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from requests import PreparedRequest

MOST_BYTES = 32_000_000  # of an answer: a minute and a half at 48 kHz, two channels, 32 bits
PASSING = frozenset({408, 425, 429})  # and all from 500 on
_PIECE = 65_536
_SOUNDS = ("audio/", "application/octet-stream", "binary/octet-stream")
_MOST_SAID = 160  # characters


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. The headers are found under their names in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool = True  # the server had told where it ends, and there it ended

    @property
    def kind(self) -> str:
        """The type of the content, in small letters, without its parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


class ExchangeError(Exception):
    """An exchange that gave nothing.

    Args:
        reason: what the server did, in French, to be read after its name: « n’a pas répondu en 20 s ».
        passing: it may be gone at the next try.
        wait: the seconds the server asks to wait before that.
        answer: what it said, if it said anything.
    """

    def __init__(self, reason: str, *, passing: bool = False, wait: float = 0.0, answer: Answer | None = None) -> None:
        super().__init__(reason)
        self.reason, self.passing, self.wait, self.answer = reason, passing, wait, answer

    @property
    def status(self) -> int:
        """The code of the answer; 0 when there is none."""
        return self.answer.status if self.answer else 0


def host(url: str) -> str:
    """Give the host of an address, and its port if it is written: ``"api.openai.com"``."""
    return urlsplit(url).netloc.rpartition("@")[2]


def exchange(request: PreparedRequest, timeout: float) -> Answer:
    """Send a request and receive its answer.

    Args:
        request: sent as it is; redirects are not followed, certificates are checked.
        timeout: seconds for all of it, from the look-up of the name to the last byte.

    Returns:
        An answer of status 200 that is not empty, and whole as far as the server tells.

    Raises:
        ExchangeError: any other answer, or none.
    """
    got: queue.SimpleQueue[Answer | Exception] = queue.SimpleQueue()
    end = time.monotonic() + timeout

    def call() -> None:
        try:
            got.put(_received(request, end))
        except Exception as error:  # any failure of the server or the library is told in the calling thread
            got.put(error)

    threading.Thread(target=call, name="exchange", daemon=True).start()
    try:
        answer = got.get(timeout=max(0.0, timeout))
    except queue.Empty:
        answer = TimeoutError()
    if isinstance(answer, ExchangeError):
        raise answer
    if isinstance(answer, Exception):
        raise _explained(answer, timeout) from answer
    return _accepted(answer)


def is_html(answer: Answer) -> bool:
    """Tell whether it is a web page, whatever it claims to be."""
    return "html" in answer.kind or answer.body.lstrip()[:1] == b"<"


def page(answer: Answer) -> str:
    """Name what came in place of a sound, in French; empty when it may well be one."""
    if is_html(answer):
        return "une page web"
    if "json" in answer.kind or answer.body.lstrip()[:1] in {b"{", b"["}:
        return "un message"
    return "" if not answer.kind or answer.kind.startswith(_SOUNDS) else f"du contenu « {answer.kind[:40]} »"


def said(answer: Answer) -> str:
    """Give the server's own reason, on one short line; empty when it gives none."""
    text = answer.body.decode("utf-8", "replace")
    try:
        reason = _words(json.loads(text))
    except (ValueError, RecursionError):
        title = re.search(r"<title[^>]*>([^<]*)", text, re.IGNORECASE)
        reason = html.unescape(title[1]) if title else "" if "<" in text else text
    line = " ".join("".join(one if one.isprintable() else " " for one in reason).split()).rstrip(". ")
    return line if len(line) <= _MOST_SAID else f"{line[: _MOST_SAID - 1]}…"


def _words(value: Any) -> str:
    """Find the words of an error, in the forms that OpenAI and FastAPI give it."""
    inner: Iterable[Any] = ()
    if isinstance(value, dict):
        inner = (value[key] for key in ("error", "detail", "message", "msg") if key in value)
    elif isinstance(value, list):
        inner = value[:1]
    return value if isinstance(value, str) else next((words for one in inner if (words := _words(one))), "")


def _accepted(answer: Answer) -> Answer:
    status = answer.status
    if status == 200 and answer.body:
        return answer
    if status == 200:
        raise ExchangeError("a envoyé une réponse vide", passing=True, answer=answer)
    if 300 <= status < 400:
        target = host(answer.headers.get("Location", "")) or "une autre adresse"
        raise ExchangeError(f"renvoie vers {target} au lieu de répondre ({status})", answer=answer)
    told = f"({status} : {own})" if (own := said(answer)) else f"({status})"
    if status in PASSING or status >= 500:
        reason = "refuse d’autres demandes pour l’instant" if status == 429 else "est en panne ou débordé"
        raise ExchangeError(f"{reason} {told}", passing=True, wait=_asked(answer), answer=answer)
    raise ExchangeError(f"a refusé la demande {told}", answer=answer)


def _received(request: PreparedRequest, end: float) -> Answer:
    import requests

    url, left = request.url or "", max(0.01, end - time.monotonic())
    with requests.Session() as session:
        settings = session.merge_environment_settings(url, {}, True, None, None)
        if _is_local(url):
            settings["proxies"] = {}  # a proxy would look for the server on its own machine
        # The adapter, as the session itself would read the whole body of a redirect before it says that there is one.
        with session.get_adapter(url).send(request, timeout=left, **settings) as response:
            try:
                body = _body(response.raw, end)
            except Exception:
                if response.status_code == 200:
                    raise
                body = b""  # of a refusal the code is enough
            headers = response.headers
            length = headers.get("Content-Length", "")
            chunked, packed = "Transfer-Encoding" in headers, "Content-Encoding" in headers
            told = int(length) if length.isdigit() and not chunked and not packed else 0
            if response.status_code == 200 and len(body) < told:
                raise ExchangeError("a coupé la réponse en route", passing=True)
            answer = Answer(response.status_code, headers, body, chunked or bool(length))
    # Some servers repeat in their errors what they were sent.
    secret = str(request.headers.get("Authorization", "")).removeprefix("Bearer ").encode()
    if secret and (answer.status != 200 or page(answer)):
        return replace(answer, body=body.replace(secret, b"***"))
    return answer


def _body(raw: Any, end: float) -> bytes:
    body = bytearray()
    while piece := raw.read1(_PIECE, decode_content=True):
        body += piece
        if len(body) > MOST_BYTES:
            raise ExchangeError(f"envoie plus de {MOST_BYTES // 1_000_000} Mo")
        if time.monotonic() > end:  # a drip: each byte comes in time, and all of them do not
            raise TimeoutError
    return bytes(body)


def _explained(error: Exception, timeout: float) -> ExchangeError:
    import requests
    from urllib3 import exceptions

    if isinstance(error, TimeoutError | requests.Timeout | exceptions.TimeoutError):
        return ExchangeError(f"n’a pas répondu en {round(timeout, 1):g} s", passing=True)
    if isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return ExchangeError("n’a pas de certificat valable")
    if isinstance(error, requests.ConnectionError):
        return ExchangeError("est injoignable, ou a coupé la connexion", passing=True)
    if isinstance(error, exceptions.HTTPError | ConnectionError):
        return ExchangeError("a coupé la réponse en route, ou l’a mal formée", passing=True)
    return ExchangeError(f"ne peut pas être demandé ({type(error).__name__})")


def _asked(answer: Answer) -> float:
    """Give the seconds a server asks to wait, written as a number or as a date; 0 when it does not."""
    from urllib3 import Retry
    from urllib3.exceptions import InvalidHeader

    try:
        return float(Retry().parse_retry_after(answer.headers.get("Retry-After", "0")))
    except (InvalidHeader, ValueError, OverflowError):
        return 0.0


def _is_local(url: str) -> bool:
    name = urlsplit(url).hostname or ""
    with suppress(ValueError):
        return ipaddress.ip_address(name).is_loopback
    return name == "localhost"
