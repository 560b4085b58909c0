"""gTTS against a real server on the loopback that answers as Google's does, well and badly."""

import base64
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy
import pytest

from audionews import ffmpeg
from audionews.errors import AudionewsError, UsageError
from audionews.voices.gtts import LIMIT, LONGEST_WAIT, Gtts, _delay

LONG = (
    "Le gouvernement a annoncé l’ouverture de deux centres de santé, dans les régions de Ségou et de Kayes ; "
    "les travaux commenceront en octobre."
)


@dataclass
class Google:
    """What the server does next, and what it was asked."""

    url: str = ""
    sound: bytes = b""
    answers: list[str] = field(default_factory=list)  # "429", "500", "empty", "no sound", "cut", "slow"; then good
    texts: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def mp3() -> bytes:
    return ffmpeg.run(
        *(
            "-f",
            "lavfi",
            "-i",
            "sine=frequency=220:duration=1.2",
            "-ac",
            "1",
            "-b:a",
            "32k",
            "-f",
            "mp3",
            "pipe:1",
        )
    )[0]


@pytest.fixture
def google(mp3: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Google]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    state = Google(sound=mp3)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
            rpc = json.loads(urllib.parse.parse_qs(asked.rstrip("&"))["f.req"][0])
            state.texts.append(json.loads(rpc[0][0][1])[0])
            state.paths.append(self.path)
            answer(self, state, state.answers.pop(0) if state.answers else "good")

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()


def answer(handler: BaseHTTPRequestHandler, state: Google, kind: str) -> None:
    code = int(kind) if kind.isdigit() else 200
    sound = base64.b64encode(state.sound).decode()
    line = f'[["wrb.fr","jQ1olc","[\\"{sound}\\"]",null,null,null,"generic"]]'
    lines = {"empty": "", "no sound": '[["wrb.fr","jQ1olc",null,null,null,[3],"generic"]]'}
    body = f")]}}'\n\n{lines.get(kind, line)}\n".encode() if code == 200 else b"<html>Sorry</html>"
    if kind == "slow":
        time.sleep(1.5)
    handler.send_response(code)
    for name, value in state.headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2] if kind == "cut" else body)
    handler.close_connection = True


def engine(google: Google, **options: Any) -> Gtts:
    return Gtts(Gtts.Options(**{"base_url": google.url, "wait": 0.01, "timeout": 5.0, **options}))


def test_a_sentence_comes_back_as_sound(google: Google) -> None:
    sound = engine(google).speak("Deux morts à Gao.")
    assert google.texts == ["Deux morts à Gao."]
    assert google.paths == ["/_/TranslateWebserverUi/data/batchexecute"]
    assert sound.rate == 24_000 and sound.seconds == pytest.approx(1.2, abs=0.1)
    assert numpy.abs(numpy.frombuffer(sound.pcm, "<i2")).max() > 1000


def test_a_long_sentence_is_cut_at_its_clauses(google: Google) -> None:
    sound = engine(google).speak(LONG)
    assert len(google.texts) >= 2 and all(len(text) <= LIMIT for text in google.texts)
    assert " ".join(google.texts) == LONG
    assert all(text[-1] in ",;." for text in google.texts)
    assert sound.seconds > 1.1 * len(google.texts)


def test_speed_changes_the_length(google: Google) -> None:
    fast = Gtts(Gtts.Options(base_url=google.url), "fr-CA", 1.25)
    assert fast.speak("Oui.").seconds == pytest.approx(1.2 / 1.25, abs=0.1)
    assert fast.label == "gtts:fr-CA"


@pytest.mark.parametrize("trouble", ["429", "500", "503", "empty", "no sound", "cut"])
def test_a_passing_trouble_is_tried_again(google: Google, trouble: str) -> None:
    google.answers = [trouble, trouble]
    assert engine(google).speak("Oui.").seconds > 1
    assert google.texts == ["Oui."] * 3


@pytest.mark.parametrize(
    ("trouble", "cause"),
    [("429", "429"), ("500", "code 500"), ("empty", "rien envoyé|aucun son"), ("no sound", "aucun son")],
)
def test_a_lasting_trouble_ends_with_cause_and_way_out(google: Google, trouble: str, cause: str) -> None:
    google.answers = [trouble] * 9
    with pytest.raises(AudionewsError, match=f"({cause}).*--voice kokoro"):
        engine(google).speak("Oui.")
    assert len(google.texts) == 3


def test_a_refusal_is_not_tried_again(google: Google) -> None:
    google.answers = ["403"] * 9
    with pytest.raises(AudionewsError, match="code 403"):
        engine(google).speak("Oui.")
    assert len(google.texts) == 1


def test_a_slow_server_is_given_up(google: Google) -> None:
    google.answers = ["slow"] * 9
    started = time.monotonic()
    with pytest.raises(AudionewsError, match="injoignable ou trop lent"):
        engine(google, timeout=0.2, tries=2).speak("Oui.")
    assert time.monotonic() - started < 1.5


def test_no_server_at_all() -> None:
    alone = Gtts(Gtts.Options(base_url="http://127.0.0.1:9", wait=0.01))
    with pytest.raises(AudionewsError, match="injoignable"):
        alone.speak("Oui.")


def test_sound_that_is_no_mp3_is_an_error(google: Google) -> None:
    google.sound = b"not sound at all"
    with pytest.raises(AudionewsError, match="ffmpeg"):
        engine(google).speak("Oui.")


def test_the_wait_grows_follows_the_server_and_ends() -> None:
    assert 1.0 <= _delay(1.0, 1, "") <= 1.5
    assert 4.0 <= _delay(1.0, 3, "") <= 6.0
    assert _delay(0.01, 1, "7") == 7.0
    assert _delay(0.01, 1, "Wed, 21 Oct 2026 07:28:00 GMT") < 0.1
    assert _delay(0.01, 1, "86400") == LONGEST_WAIT


def test_the_wait_a_server_asks_for_is_kept(google: Google) -> None:
    google.answers, google.headers = ["429"], {"Retry-After": "1"}
    started = time.monotonic()
    engine(google).speak("Oui.")
    assert time.monotonic() - started >= 1.0


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="base_url"):
        Gtts(Gtts.Options(base_url="example"))
