"""One large file over HTTP: resumed where it stopped, checked before it takes its place, never waited for without end.

What has come so far stands in ``NAME.part``, and beside it, in ``NAME.part.json``, which version of the file that is.
An interrupted download therefore goes on at the next try or the next start, if the server still has that version
(RFC 9110, section 13.1.5, If-Range); else it starts again.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import re
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audionews.errors import DISK_FULL, AudionewsError

MOST = 4_000_000_000  # bytes of a file whose size nobody has told
SPARE = 16_000_000  # bytes left free on the disk
_PIECE = 1 << 18
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_LATER = "Relancez la même commande plus tard : elle reprendra où elle s’est arrêtée"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server may take; seconds."""

    connect: float = 15.0
    silence: float = 30.0  # without a byte
    slowest: int = 500  # bytes a second, on the mean of `window`
    window: float = 60.0
    tries: int = 5  # in a row that bring nothing new
    wait: float = 2.0  # before the second try; doubled each time, plus up to half at random
    longest_wait: float = 60.0


PATIENCE = Patience()


class _Passing(Exception):  # noqa: N818 - a fault that may be gone at the next try
    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class _Version:
    """Which version of a file a part is of."""

    etag: str = ""
    digest: str = ""  # as the server states it
    size: int = 0


def fetch(
    url: str,
    target: Path,
    sha256: str = "",
    size: int = 0,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    patience: Patience = PATIENCE,
) -> None:
    """Fetch a file; it takes its place only when it is whole and the right one.

    Args:
        url: its address; redirects are followed.
        target: where to put it; its folder is made.
        sha256: the digest it must have, in hexadecimal; that which the server itself states when empty.
        size: its bytes; as the server says when 0.
        progress: called with the bytes that are here and the bytes of the whole, 0 when nobody knows.
        patience: how long the server may take.

    Raises:
        AudionewsError: the file cannot be had; what has come of it is kept for the next time.
    """
    part, again, failures, most = target.with_name(f"{target.name}.part"), True, 0, 0
    target.parent.mkdir(parents=True, exist_ok=True)
    while True:
        start = _length(part)
        try:
            version = _completed(url, part, size, progress, patience)
        except _Passing as error:
            failures = 0 if _length(part) > max(most, start) else failures + 1
            most = max(most, _length(part))
            if failures >= patience.tries:
                raise AudionewsError(f"{target.name} ne vient pas de {_host(url)} : {error}", _LATER) from error
            time.sleep(_delay(patience, max(1, failures), error.wait))
            continue
        digest = sha256 or version.digest
        if not digest:
            _forget(part)
            raise AudionewsError(
                f"{_host(url)} ne donne pas l’empreinte de {target.name} : rien ne permet de le vérifier",
                "Installez une voix du catalogue : audionews voices",
            )
        if _matches(part, digest):
            break
        _forget(part)
        if not (start and again):
            raise AudionewsError(
                f"{target.name}, reçu de {_host(url)}, n’a pas l’empreinte attendue : il n’est pas installé",
                "Relancez la commande ; si cela se répète, le fichier a changé ou quelqu’un l’a changé",
            )
        again = False  # what stood there before may have been of another version: once more, from the start
    part.replace(target)
    _note(part).unlink(missing_ok=True)


def _completed(url: str, part: Path, size: int, progress: Callable[[int, int], None], patience: Patience) -> _Version:
    """Ask once for what is missing of a part. It is whole when this returns."""
    import requests

    version, here = _known(part)
    if here and here == (size or version.size):  # whole, and stopped before it was checked
        return version
    headers = {"Accept-Encoding": "identity", "User-Agent": "audionews"}
    if here:
        headers |= {"Range": f"bytes={here}-", "If-Range": version.etag}
    try:
        with requests.get(url, headers=headers, stream=True, timeout=(patience.connect, patience.silence)) as answer:
            return _received(answer, part, here, size, progress, patience)
    except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
        raise _Passing("le serveur est injoignable") from error
    except requests.Timeout as error:
        raise _Passing("le serveur ne répond pas") from error
    except requests.RequestException as error:
        raise AudionewsError(f"{url} ne peut pas être demandé ({error})", "Vérifiez l’adresse donnée") from error


def _received(
    answer: Any, part: Path, here: int, size: int, progress: Callable[[int, int], None], patience: Patience
) -> _Version:
    _check_status(answer, part)
    if answer.status_code == 206:
        found = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.headers.get("Content-Range", ""))
        if not found or int(found[1]) != here:
            _forget(part)
            raise _Passing("le serveur n’a pas repris où il fallait")
        total = int(found[2]) if found[2] != "*" else 0
    else:
        here, total = 0, int(answer.headers.get("Content-Length") or 0)
    if size and total and total != size:
        raise AudionewsError(
            f"{part.stem}, à {_host(answer.url)}, a {total} octets au lieu de {size} : ce n’est pas le bon fichier",
            "Vérifiez la connexion (une page d’accueil de réseau ?) ou l’adresse donnée avec --from",
        )
    total = total or size
    if shutil.disk_usage(part.parent).free < (total - here) + SPARE:
        raise AudionewsError(
            f"Il faut {(total - here) / 1e6:.0f} Mo de plus dans {part.parent}",
            "Libérez de la place, ou désignez un autre dossier par XDG_CACHE_HOME",
        )
    version = _Version(_strong(answer.headers.get("ETag", "")), _stated(answer), total)
    try:
        _note(part).write_text(json.dumps([version.etag, version.digest, version.size]), "utf-8")
        with part.open("ab" if here else "wb") as file:
            here = _poured(answer, file, here, total or MOST, lambda done: progress(done, total), patience)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise (
            AudionewsError(*DISK_FULL)
            if error.errno in {errno.ENOSPC, errno.EDQUOT}
            else AudionewsError(
                f"{part} ne peut pas être écrit ({error.strerror or error})", "Vérifiez les droits du dossier"
            )
        ) from error
    if total and here < total:
        raise _Passing(f"la réponse s’est arrêtée à {here / 1e6:.1f} Mo sur {total / 1e6:.1f}")
    return version


def _poured(answer: Any, file: Any, here: int, most: int, progress: Callable[[int], None], patience: Patience) -> int:
    """Write what comes, and give the length of the part; a drip counts for a silence."""
    from requests.exceptions import RequestException
    from urllib3.exceptions import HTTPError

    begun, at_begin = time.monotonic(), here
    while here < most:
        progress(here)
        try:
            piece = answer.raw.read1(min(_PIECE, most - here), decode_content=False)
        except (HTTPError, RequestException, ConnectionError, TimeoutError) as error:
            raise _Passing("la connexion s’est coupée, ou le serveur s’est tu") from error
        if not piece:
            break
        file.write(piece)
        file.flush()  # whoever is killed has kept it
        here += len(piece)
        spent = time.monotonic() - begun
        if spent > patience.window:
            if here - at_begin < patience.slowest * spent:
                raise _Passing("le serveur est trop lent")
            begun, at_begin = time.monotonic(), here
    progress(here)
    return here


def _check_status(answer: Any, part: Path) -> None:
    status = answer.status_code
    if status in {200, 206}:
        return
    if status == 416:  # there is nothing after what stands here: it is of another version
        _forget(part)
        raise _Passing("le serveur n’a pas la suite du fichier")
    if status in _PASSING:
        asked = answer.headers.get("Retry-After", "")
        raise _Passing(f"le serveur est occupé ({status})", float(asked) if asked.isdigit() else 0.0)
    reason = "n’y est pas" if status in {404, 410} else "est refusé"
    raise AudionewsError(
        f"{part.stem} {reason} (code {status}, {_host(answer.url)})",
        "Vérifiez le nom, ou prenez un autre serveur avec --from",
    )


def _stated(answer: Any) -> str:
    """Give the digest a hub states of a file: the SHA-256 of a large one, the Git name of a small one."""
    for one in (*answer.history, answer):
        headers = one.headers
        stated = headers.get("X-Linked-ETag") or (headers.get("ETag", "") if "X-Repo-Commit" in headers else "")
        found = re.fullmatch(r'(?:W/)?"?([0-9a-f]{64}|[0-9a-f]{40})"?', stated)
        if found:
            return found[1]
    return ""


def _matches(part: Path, digest: str) -> bool:
    """Tell whether a file has that digest: SHA-256, or the name Git gives to its content (SHA-1, 40 digits)."""
    with part.open("rb") as file:
        if len(digest) == 64:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
        content = file.read()
    named = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
    return named.hexdigest() == digest


def _known(part: Path) -> tuple[_Version, int]:
    """Give what stands of a file and its length; nothing when it cannot be gone on with."""
    with suppress(OSError, ValueError, TypeError):
        version = _Version(*json.loads(_note(part).read_text("utf-8")))
        if version.etag:
            return version, _length(part)
    return _Version(), 0


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _note(part).unlink(missing_ok=True)


def _note(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _strong(etag: str) -> str:
    return "" if etag.startswith("W/") else etag  # a weak one does not promise the same bytes


def _delay(patience: Patience, failures: int, asked: float) -> float:
    backoff: float = patience.wait * 2 ** (failures - 1) * random.uniform(1.0, 1.5)  # noqa: S311 - spreads the tries
    return min(max(backoff, asked), patience.longest_wait)


def _host(url: str) -> str:
    return url.split("/")[2] if url.count("/") > 1 else url
