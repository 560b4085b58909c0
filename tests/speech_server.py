"""A server of speech on the loopback: it answers as OpenAI's and as Google's do, truly or in one of many wrong ways.

The truth is espeak-ng reading the text that was asked, coded as those services code it: WAV written as a stream, MP3 of
24 kHz without a count of its frames. What is wrong with an exchange, by its number, `Speech.plan` says.
"""

from __future__ import annotations

import base64
import json
import random
import ssl
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy

from audionews import ffmpeg
from audionews.voices import wav
from audionews.voices.base import Sound
from audionews.voices.espeak import Espeak

CERTIFICATE = Path(__file__).parent / "data" / "localhost.pem"  # its key is in it: it protects nothing
VOICES = {"nova": "fr+f3", "onyx": "fr+m1", "fr": "fr+f2", "fr-CA": "fr+m2"}  # each sounds otherwise
MODELS = {"tts-1", "gpt-4o-mini-tts"}

# What comes instead of a good answer. Each may be gone the next time, but those of the second row.
PASSING = (
    *(
        "0 bytes",
        "cut file",
        "random bytes",
        "silence",
        "clipped",
        "429",
        "500",
        "503",
        "hang",
        "drip",
        "drip in headers",
    ),
    *("cut body", "cut chunk", "garbled chunks", "gone before headers"),
)
LASTING = ("page", "page as sound", "json", "text", "redirect loop", "403")
OTHER_TEXT = ("shorter", "longer")  # good sounds of something else: the engine takes them, the house does not

PAGE = b"<!DOCTYPE html><html><head><title>Service en maintenance</title></head><body>Patience.</body></html>"


@dataclass
class Asked:
    """One request, and what was wrong with its answer."""

    path: str
    text: str
    voice: str
    speed: float
    body: dict[str, Any]
    headers: dict[str, str]
    fault: str


@dataclass
class Speech:
    """What the server does next, and what it was asked."""

    url: str = ""
    plan: Callable[[int], str] = lambda _number: ""  # of the exchange of that number, from 0: "" or what is wrong
    asked: list[Asked] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)  # of every answer
    error: bytes = b""  # the body of answers that are not 200
    key: str = ""  # that it wants
    lock: threading.Lock = field(default_factory=threading.Lock)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.asked]


def only(fault: str, *numbers: int) -> Callable[[int], str]:
    """Give a plan: that fault at these exchanges, at all when none is told."""
    return lambda number: fault if number in numbers or not numbers else ""


def spoken(text: str, voice: str, speed: float = 1.0) -> Sound:
    """Give the truth; each is kept, as espeak-ng never reads a text twice quite alike."""
    return _spoken(text, VOICES[voice], speed)


@lru_cache(maxsize=512)
def _spoken(text: str, voice: str, speed: float) -> Sound:
    return Espeak(Espeak.Options(), voice, speed).speak(text)


@lru_cache(maxsize=1024)
def coded(text: str, voice: str, speed: float, kind: str, fault: str) -> bytes:
    """Give the file of a sound, or of what stands in its place."""
    if fault == "random bytes":
        return random.Random(text).randbytes(8000)
    said = {"shorter": "Oui.", "longer": f"{text} {text} {text}"}.get(fault, text)
    sound = spoken(said, voice, speed)
    if fault in {"silence", "clipped"}:
        values = numpy.frombuffer(sound.pcm, "<i2").astype(float) * (0 if fault == "silence" else 60)
        sound = Sound(values.clip(-32768, 32767).astype("<i2").tobytes(), sound.rate)
    data = wav.write(sound) if kind == "wav" else mp3(sound)
    if fault == "cut file":
        return data[: len(data) * 3 // 5 | 1]
    if kind == "wav":
        return data[:4] + b"\xff" * 4 + data[8:40] + b"\xff" * 4 + data[44:]  # as OpenAI's: of unknown length
    return data


def mp3(sound: Sound, *how: str) -> bytes:
    """Code a sound as Google's and OpenAI's servers do."""
    return ffmpeg.run(
        *("-f", "s16le", "-ar", str(sound.rate), "-ac", "1", "-i", "pipe:0"),
        *(how or ("-ar", "24000", "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0")),
        *("-f", "mp3", "pipe:1"),
        stdin=sound.pcm,
    )[0]


@contextmanager
def speech(tls: bool = False) -> Iterator[Speech]:
    """Serve while the block runs."""
    state = Speech()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            google = self.path.endswith("batchexecute")
            asked = _of_google(raw) if google else json.loads(raw)
            with state.lock:
                fault = state.plan(len(state.asked))
                speed = float(asked.get("speed", 1.0))
                one = Asked(self.path, asked["input"], asked["voice"], speed, asked, dict(self.headers), fault)
                state.asked.append(one)
            _answer(self, state, one, google)

        def handle(self) -> None:
            with suppress(OSError):  # the program hung up: that is what is tested
                super().handle()

        def log_message(self, *_args: object) -> None: ...

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False  # one that hangs on purpose is not waited for

        def handle_error(self, *_: Any) -> None: ...  # as above, within TLS

    server = Server(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        state.url = f"https://localhost:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield state
    finally:
        state.stop.set()
        server.shutdown()
        server.server_close()


def _of_google(raw: str) -> dict[str, Any]:
    call = json.loads(urllib.parse.parse_qs(raw.rstrip("&"))["f.req"][0])
    text, voice, *_ = json.loads(call[0][0][1])
    return {"input": text, "voice": voice}


def _answer(handler: BaseHTTPRequestHandler, state: Speech, one: Asked, google: bool) -> None:
    fault, kind = one.fault, "mp3" if google else one.body["response_format"]
    if state.key and one.headers.get("Authorization") != f"Bearer {state.key}":
        fault = "401"
    elif not google and (one.body["model"] not in MODELS or one.voice not in VOICES):
        fault = "404"
    handler.close_connection = True
    if fault == "gone before headers":
        return
    if fault == "hang":
        state.stop.wait(20)
        return
    if fault == "drip in headers":
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-A: ")
        while not state.stop.wait(0.05):
            handler.wfile.write(b"a")
        return
    if fault.isdigit() or fault == "redirect loop":
        error = json.dumps({"error": {"message": "Une panne de plus.\nDésolé.", "type": "server_error"}}).encode()
        extra = {"Location": handler.path} if fault == "redirect loop" else {}
        _send(handler, state, int(fault) if fault.isdigit() else 307, "application/json", state.error or error, extra)
        return
    pages = {"page": "text/html", "page as sound": "", "json": "application/json", "text": "text/plain"}
    usual = "application/json; charset=utf-8" if google else {"wav": "audio/wav", "mp3": "audio/mpeg"}[kind]
    if fault in pages:
        body = {"json": b'{"detail": "Plus de place.\\nRevenez."}', "text": b"Revenez plus tard."}.get(fault, PAGE)
        _send(handler, state, 200, pages[fault] or usual, state.error or body)
        return
    body = b"" if fault == "0 bytes" else coded(one.text, one.voice, one.speed, kind, fault)
    if google and fault != "0 bytes":
        line = f'[["wrb.fr","{"jQ1olc"}","[\\"{base64.b64encode(body).decode()}\\"]\\n",null,null,null,"generic"]]'
        body = f')]}}\'\n\n{len(line)}\n{line}\n25\n[["e",4,null,null,1]]\n'.encode()
    _send(handler, state, 200, usual, body, fault=fault, chunked=not google and bool(body))


def _send(
    handler: BaseHTTPRequestHandler,
    state: Speech,
    status: int,
    kind: str,
    body: bytes,
    headers: dict[str, str] | None = None,
    fault: str = "",
    chunked: bool = False,
) -> None:
    """Send an answer, its length told or in chunks, or in one of the wrong ways that `fault` names."""
    half = len(body) // 2
    handler.send_response(status)
    told = {} if fault.startswith("unframed") else {"Content-Length": str(len(body))}
    if fault in {"cut chunk", "garbled chunks"} or (chunked and fault not in {"cut body", "drip"} and told):
        told = {"Transfer-Encoding": "chunked"}
    for name, value in {
        "Content-Type": kind,
        "Connection": "close",
        **told,
        **(headers or {}),
        **state.headers,
    }.items():
        handler.send_header(name, value)
    handler.end_headers()
    if fault == "drip":
        for byte in body:
            handler.wfile.write(bytes([byte]))
            if state.stop.wait(0.02):
                return
    elif fault in {"cut body", "unframed half"}:
        handler.wfile.write(body[:half])
    elif fault == "cut chunk":
        handler.wfile.write(b"%x\r\n%b" % (len(body), body[:half]))
    elif fault == "garbled chunks":
        handler.wfile.write(b"%x\r\n%b\r\nmille\r\n%b" % (half, body[:half], body[half:]))
    elif "Transfer-Encoding" in told:
        for piece in (body[:half], body[half:], b""):
            handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
    else:
        handler.wfile.write(body)
