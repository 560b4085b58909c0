"""A newspaper's web server on loopback that answers well, badly, or not at all."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Handler = BaseHTTPRequestHandler
Answer = Callable[[Handler], None] | bytes | str

TOWN = (
    "Le marché central de Bandoula a rouvert samedi après deux ans de travaux, a annoncé la mairie dans un communiqué. "
    "Les commerçantes ont retrouvé leurs étals dès six heures du matin, sous une pluie fine."
)
MONEY = (
    "La mairie a investi trois milliards de francs dans les étals, les allées et l’éclairage du marché. Elle promet un "
    "second marché dans le quartier du fleuve avant la fin de l’année prochaine."
)
UNION = (
    "Selon le syndicat des commerçants, huit cents étals sont déjà loués sur les mille que compte le marché. Les "
    "autres seront tirés au sort lundi à la mairie, en présence des chefs de quartier."
)


def article_page(
    title: str = "Le marché rouvre", extra: str = "", charset: str = "utf-8", day: str = "2025-06-07"
) -> str:
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="{charset}"><title>{title} - Le Fleuve</title>'
        f'<meta property="article:published_time" content="{day}T08:00:00+00:00">'
        '<meta name="author" content="Awa Keïta"></head>'
        '<body><nav><a href="/">Accueil</a> <a href="/actu">Actualités</a></nav>'
        f'<article><h1>{title}</h1><div class="entry-content"><p>{TOWN}</p><p>{MONEY}</p><p>{UNION}</p></div></article>'
        f"{extra}<footer>Tous droits réservés</footer></body></html>"
    )


def rss(*items: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Le Fleuve</title><link>/</link>{''.join(items)}</channel></rss>"
    )


def item(link: str, title: str = "Le marché rouvre", content: str = "", summary: str = "", day: str = "") -> str:
    date = day or "Sat, 07 Jun 2025 08:00:00 +0000"
    whole = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return (
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{date}</pubDate>"
        f"<dc:creator>Awa Keïta</dc:creator><description><![CDATA[{summary}]]></description>{whole}</item>"
    )


def said(body: bytes | str, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> Answer:
    """Answer with a body."""
    data = body.encode() if isinstance(body, str) else body

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def redirect(target: str, status: int = 302) -> Answer:
    return said(b"", status=status, Location=target)


def drip(handler: Handler) -> None:
    """Send a byte every twentieth of a second, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"<")
        time.sleep(0.05)


def drip_head(handler: Handler) -> None:
    """Send the head a byte every twentieth of a second."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(200):
        handler.wfile.write(b"a")
        time.sleep(0.05)


def hang(_handler: Handler) -> None:
    """Say nothing."""
    time.sleep(2)


def endless(handler: Handler) -> None:
    """Send megabytes without saying how many."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"a" * 100_000)


def bomb(handler: Handler) -> None:
    """Send 50 kB that unpack into 50 MB."""
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", str(len(BOMB)))
    handler.end_headers()
    handler.wfile.write(BOMB)


BOMB = gzip.compress(b"\0" * 50_000_000)


def cut(handler: Handler) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"<html>")


def garbage(handler: Handler) -> None:
    handler.wfile.write(b"\x00\x01 no http at all\r\n\r\n")


@dataclass
class Newspaper:
    """The server: what it answers at each path, and what it was asked."""

    url: str
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)


@contextmanager
def newspaper(tls: ssl.SSLContext | None = None) -> Iterator[Newspaper]:
    """Serve a newspaper on loopback while the block runs."""

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paper.asked.append(self.path)
            paper.headers[self.path] = {name.lower(): value for name, value in self.headers.items()}
            answer = paper.pages.get(self.path, said("absent", status=404))
            act = said(answer) if isinstance(answer, bytes | str) else answer
            assert callable(act)
            try:
                act(self)
            except OSError:  # the reader has hung up
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    server.daemon_threads = True
    server.block_on_close = False  # a server that hangs on purpose is not waited for
    paper = Newspaper(f"http://127.0.0.1:{server.server_port}")
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        paper.url = f"https://localhost:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield paper
    finally:
        server.shutdown()
        server.server_close()
