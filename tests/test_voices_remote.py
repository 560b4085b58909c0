"""A speech server may do anything: an answer is whole, in time, and sound, or it is a failure that is named."""

import re
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from typing import Any

import pytest
import requests

from audionews.errors import UsageError
from audionews.voices import breaker, remote
from audionews.voices.base import Sound
from audionews.voices.breaker import Breaker, breaker_of
from audionews.voices.exchange import MOST_BYTES, Answer, ExchangeError, exchange, page, said
from audionews.voices.remote import LONGEST_WAIT, Patience, patience
from tests.speech_server import CERTIFICATE, LASTING, PASSING, Speech, coded, only, speech, spoken

TEXT = "La pluie est tombée sur Gao."
QUICK = Patience(timeout=5.0, tries=3, wait=0.01)
SLOW = ("hang", "drip", "drip in headers")
TITLE = "Service en maintenance"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    breaker.forget()


@pytest.fixture(autouse=True, scope="module")
def warm() -> None:
    """Let no exchange wait for the coder: what a server answers then takes it no time."""
    for kind in ("wav", "mp3"):
        coded(TEXT, "nova", 1.0, kind, "")


@pytest.fixture
def server() -> Iterator[Speech]:
    with speech() as state:
        yield state


def request(url: str, text: str = TEXT, kind: str = "wav") -> requests.PreparedRequest:
    body = {"model": "tts-1", "input": text, "voice": "nova", "response_format": kind}
    return requests.Request("POST", f"{url}/v1/audio/speech", json=body).prepare()


def ask(server: Speech, patience: Patience = QUICK, kind: str = "wav") -> Sound:
    end = time.monotonic() + patience.longest
    return remote.sound(request(server.url, kind=kind), patience, end, lambda answer: answer.body)


def failure(server: Speech, patience: Patience = QUICK, kind: str = "wav") -> ExchangeError:
    with pytest.raises(ExchangeError) as caught:
        ask(server, patience, kind)
    return caught.value


@pytest.mark.parametrize("kind", ["wav", "mp3"])
def test_a_sound_comes_back(server: Speech, kind: str) -> None:
    assert ask(server, kind=kind).seconds == pytest.approx(spoken(TEXT, "nova").seconds, abs=0.12)
    assert server.texts == [TEXT]


@pytest.mark.parametrize("kind", ["wav", "mp3"])
@pytest.mark.parametrize("fault", PASSING)
def test_what_passes_is_tried_again(server: Speech, fault: str, kind: str) -> None:
    server.plan = only(fault, 0)
    sound = ask(server, Patience(0.5, 3, 0.01) if fault in SLOW else QUICK, kind)
    assert sound.seconds == pytest.approx(spoken(TEXT, "nova").seconds, abs=0.12)
    assert server.asked[0].fault == fault and server.asked[-1].fault == ""


REASONS = {
    "0 bytes": "a envoyé une réponse vide",
    "cut file": "son inutilisable .*coupé",
    "random bytes": "ni du WAV ni du MP3",
    "silence": "le son est muet",
    "clipped": "le son est saturé",
    "429": r"refuse d’autres demandes pour l’instant \(429 : Une panne de plus\. Désolé\)",
    "500": r"est en panne ou débordé \(500 : Une panne",
    "503": r"est en panne ou débordé \(503",
    "hang": "n’a pas répondu en 0.2 s",
    "drip": "n’a pas répondu en 0.2 s",
    "drip in headers": "n’a pas répondu en 0.2 s",
    "cut body": "a coupé la réponse en route",
    "cut chunk": "a coupé la réponse en route",
    "garbled chunks": "a coupé la réponse en route, ou l’a mal formée",
    "gone before headers": "est injoignable, ou a coupé la connexion",
}


@pytest.mark.parametrize("fault", PASSING)
def test_what_lasts_is_given_up_and_named(server: Speech, fault: str) -> None:
    server.plan = only(fault)
    found = failure(server, Patience(0.2, 3, 0.01) if fault in SLOW else QUICK)
    assert len(server.asked) == 3
    assert re.search(REASONS[fault], found.reason), found.reason


@pytest.mark.parametrize("fault", [*LASTING, "400", "401", "404", "422"])
def test_a_refusal_is_not_tried_again(server: Speech, fault: str) -> None:
    server.plan = only(fault)
    with pytest.raises(ExchangeError):
        end = time.monotonic() + QUICK.longest
        remote.sound(request(server.url), QUICK, end, unwrapped)
    assert len(server.asked) == 1


def unwrapped(answer: Answer) -> bytes:
    if what := page(answer):
        raise ExchangeError(f"a envoyé {what} : {said(answer)}")
    return answer.body


def test_no_server_at_all() -> None:
    with pytest.raises(ExchangeError, match="est injoignable"):
        exchange(request("http://127.0.0.1:9"), 2.0)


def test_a_time_limit_holds_for_the_whole_of_an_exchange(server: Speech) -> None:
    for fault in SLOW:
        server.plan = only(fault)
        start = time.monotonic()
        failure(server, Patience(0.3, 1, 0.0))
        assert 0.3 <= time.monotonic() - start < 5, fault  # the server would go on for twenty seconds and more


def test_no_thread_stays_behind_a_drip(server: Speech) -> None:
    server.plan = only("drip")
    failure(server, Patience(0.3, 1, 0.0))
    end = time.monotonic() + 10
    while any(one.name == "exchange" for one in threading.enumerate()) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(one.name == "exchange" for one in threading.enumerate())


def test_a_redirect_is_not_followed(server: Speech) -> None:
    server.plan, server.headers = only("302"), {"Location": "https://consent.example/ml?continue=x"}
    assert failure(server).reason == "renvoie vers consent.example au lieu de répondre (302)"
    server.plan, server.headers = only("redirect loop"), {}
    assert "renvoie vers" in failure(server).reason
    assert len(server.asked) == 2


def test_an_answer_without_end_is_stopped(server: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_BYTES > 48_000 * 4 * 2 * 60
    monkeypatch.setattr("audionews.voices.exchange.MOST_BYTES", 20_000)
    assert "envoie plus de" in failure(server).reason
    assert len(server.asked) == 1


def test_a_stream_whose_end_nobody_tells_is_refused(server: Speech) -> None:
    for fault in ("unframed", "unframed half"):
        server.plan = only(fault)
        assert "rien ne dit si le WAV est entier" in failure(server, Patience(5.0, 1, 0.0)).reason


def test_a_key_that_an_error_repeats_is_not_shown(server: Speech) -> None:
    server.plan, server.error = only("400"), b'{"error": {"message": "Bearer cle-secrete-9 is wrong: cle-secrete-9"}}'
    asked = request(server.url)
    asked.headers["Authorization"] = "Bearer cle-secrete-9"
    with pytest.raises(ExchangeError) as caught:
        exchange(asked, 5.0)
    assert caught.value.reason == "a refusé la demande (400 : Bearer *** is wrong: ***)"
    server.plan, asked.headers["Authorization"] = only("", 9), "Bearer RIFF"
    assert exchange(asked, 5.0).body[:4] == b"RIFF"  # a sound is not searched


# certificates and proxies


def test_a_certificate_must_be_known_and_of_that_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with speech(tls=True) as server:
        assert failure(server).reason == "n’a pas de certificat valable"
        assert not server.asked  # nothing was sent, no key either
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
        assert ask(server)


def test_a_proxy_of_the_environment_is_used_but_not_for_this_machine(
    server: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    assert exchange(request("http://speech.example"), 5.0).body
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert ask(server)
    assert exchange(request(server.url.replace("127.0.0.1", "localhost")), 5.0).body
    assert [one.path for one in server.asked][:2] == ["http://speech.example/v1/audio/speech", "/v1/audio/speech"]


# waiting


@pytest.mark.parametrize("fault", ["429", "503"])
def test_the_wait_that_a_server_asks_for_is_kept(server: Speech, fault: str) -> None:
    server.plan, server.headers = only(fault, 0), {"Retry-After": "1"}
    start = time.monotonic()
    assert ask(server)
    assert 1.0 <= time.monotonic() - start < LONGEST_WAIT


def test_a_date_to_wait_for_is_understood(server: Speech) -> None:
    server.plan, server.headers = only("503", 0), {"Retry-After": formatdate(time.time() + 2, usegmt=True)}
    start = time.monotonic()
    assert ask(server)
    assert 0.9 <= time.monotonic() - start < LONGEST_WAIT


@pytest.mark.parametrize("asked", ["3600", formatdate(4e9, usegmt=True), "21"])
def test_a_server_that_asks_for_too_long_is_left_at_once(server: Speech, asked: str) -> None:
    server.plan, server.headers = only("429"), {"Retry-After": asked}
    start = time.monotonic()
    assert failure(server, Patience(60.0, 3, 0.01)).wait > LONGEST_WAIT
    assert time.monotonic() - start < LONGEST_WAIT and len(server.asked) == 1


@pytest.mark.parametrize("asked", ["bientôt", "-5", "", "1e9", "9" * 400])
def test_a_wait_that_cannot_be_read_is_ours(server: Speech, asked: str) -> None:
    server.plan, server.headers = only("429", 0), {"Retry-After": asked.encode("utf-8").decode("latin-1")}
    if asked == "9" * 400:
        assert failure(server).wait > LONGEST_WAIT
    else:
        assert ask(server)


def test_the_waits_grow_and_end() -> None:
    assert 1.0 <= remote._backoff(1.0, 1) <= 1.5
    assert 4.0 <= remote._backoff(1.0, 3) <= 6.0
    assert remote._backoff(1.0, 9) == LONGEST_WAIT
    assert len({remote._backoff(1.0, 1) for _ in range(9)}) > 1  # not all at the same moment


def test_nothing_is_tried_after_the_end(server: Speech) -> None:
    server.plan = only("503")
    with pytest.raises(ExchangeError, match="503"):
        remote.sound(request(server.url), Patience(5.0, 9, 0.2), time.monotonic() + 0.3, lambda answer: answer.body)
    assert len(server.asked) == 2


def test_the_longest_time_is_that_of_all_tries_and_waits(server: Speech) -> None:
    assert Patience(10.0, 3, 1.0).longest == pytest.approx(30 + 1.5 + 3)
    assert Patience(10.0, 1, 1.0).longest == 10.0
    server.plan = only("hang")
    brief = Patience(0.2, 3, 0.1)
    start = time.monotonic()
    failure(server, brief)
    assert 0.6 < time.monotonic() - start < brief.longest + 5


# the breaker


def test_a_server_that_fails_four_times_is_left_alone_then_tried_once() -> None:
    now = [100.0]
    door = Breaker(lambda: now[0])
    for number in range(4):
        assert door.refusal() == "", number
        door.tell("n’a pas répondu en 20 s")
    assert door.refusal() == (
        "a échoué 4 fois de suite (il n’a pas répondu en 20 s) : rien ne lui est demandé pendant 30 s"
    )
    now[0] += 29
    assert "pendant 1 s" in door.refusal()
    now[0] += 1
    assert door.refusal() == ""  # the trial…
    assert "4 fois" in door.refusal()  # …and the others wait for it
    door.tell("a envoyé une réponse vide")
    assert "5 fois de suite (il a envoyé une réponse vide)" in door.refusal()
    now[0] += 30
    assert door.refusal() == ""
    door.tell()
    assert [door.refusal() for _ in range(9)] == [""] * 9


def test_a_trial_that_never_ends_is_followed_by_another() -> None:
    now = [0.0]
    door = Breaker(lambda: now[0])
    for _ in range(4):
        door.tell("x")
    now[0] = 30
    assert door.refusal() == "" and door.refusal()
    now[0] = 60
    assert door.refusal() == "" and door.refusal()


def test_a_success_between_failures_keeps_the_door_open() -> None:
    door = Breaker()
    for _ in range(20):
        for _ in range(3):
            door.tell("x")
        door.tell()
        assert door.refusal() == ""


def test_one_trial_only_whatever_the_threads() -> None:
    now = [0.0]
    door = Breaker(lambda: now[0])
    for _ in range(4):
        door.tell("x")
    now[0] = 31
    admitted, gate = list[str](), threading.Barrier(16)

    def call() -> None:
        gate.wait()
        admitted.append(door.refusal())

    threads = [threading.Thread(target=call) for _ in range(16)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert admitted.count("") == 1


def test_a_dead_server_is_asked_no_more_by_any_sentence(server: Speech) -> None:
    server.plan = only("500")
    brief = Patience(5.0, 3, 0.01)
    failure(server, brief)
    found = failure(server, brief)
    assert "a échoué 4 fois de suite (il est en panne ou débordé (500" in found.reason
    for _ in range(50):
        failure(server, brief)
    assert len(server.asked) == 4


def test_a_server_that_is_well_again_is_asked_again(server: Speech) -> None:
    now = [0.0]
    host = server.url.removeprefix("http://")
    breaker._known[host] = Breaker(lambda: now[0])
    server.plan = lambda number: "gone before headers" if number < 4 else ""
    for _ in range(4):
        failure(server, Patience(5.0, 1, 0.0))
    failure(server)
    assert len(server.asked) == 4
    now[0] = 31
    assert ask(server) and ask(server)
    assert len(server.asked) == 6


def test_a_refusal_is_no_failure_of_the_server(server: Speech) -> None:
    server.plan = only("404")
    for _ in range(9):
        failure(server)
    assert len(server.asked) == 9


def test_each_server_has_its_own_breaker() -> None:
    assert breaker_of("a.example") is breaker_of("a.example")
    assert breaker_of("a.example") is not breaker_of("a.example:8080")


# what a server says


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            b'{"error": {"message": "The model `x` does not exist.", "code": "model_not_found"}}',
            "The model `x` does not exist",
        ),
        (b'{"detail": {"error": "validation_error", "message": "Voice not found"}}', "validation_error"),
        (b'{"detail": [{"loc": ["body", "voice"], "msg": "field required"}]}', "field required"),
        (b'{"detail": "Model not found"}', "Model not found"),
        (b'{"error": "pas de\\u0000 place\\u001b[31m"}', "pas de place [31m"),
        (b'{"error": {"code": 5}}', ""),
        (b"[]", ""),
        (b"12", ""),
        (b"<html><head><title>Bad &amp; slow\n gateway</title></head></html>", "Bad & slow gateway"),
        (b"<html>no title</html>", ""),
        (b"Trop de\r\n\tdemandes", "Trop de demandes"),
        (b"\xff\xfe" * 3, "\ufffd" * 6),
        (b"[" * 100_000, "[" * 159 + "…"),
        (b"x" * 500, "x" * 159 + "…"),
        (b"", ""),
    ],
)
def test_the_reason_of_a_server_is_one_clean_line(body: bytes, words: str) -> None:
    assert said(Answer(400, {}, body)) == words


@pytest.mark.parametrize(
    ("kind", "body", "what"),
    [
        ("audio/wav", b"RIFF", ""),
        ("audio/mpeg; charset=x", b"\xff\xfb", ""),
        ("application/octet-stream", b"ID3", ""),
        ("", b"ID3", ""),
        ("Text/HTML; charset=utf-8", b"ID3", "une page web"),
        ("audio/wav", b"\n <!DOCTYPE html>", "une page web"),
        ("audio/mpeg", b' {"error": 1}', "un message"),
        ("application/json", b"null", "un message"),
        ("text/plain", b"no", "du contenu « text/plain »"),
    ],
)
def test_what_is_no_sound_is_named(kind: str, body: bytes, what: str) -> None:
    assert page(Answer(200, {"Content-Type": kind}, body)) == what


# what is written in station.toml


@pytest.mark.parametrize(
    "bad",
    [{"timeout": 0.0}, {"timeout": float("nan")}, {"timeout": 601.0}, {"tries": 0}, {"tries": 11}, {"wait": -1.0}],
)
def test_a_patience_without_measure_is_refused(bad: dict[str, Any]) -> None:
    class Options:
        timeout, tries, wait = 20.0, 3, 1.0

    options = Options()
    assert patience(options, "[engines.x]") == Patience(20.0, 3, 1.0)
    for name, value in bad.items():
        setattr(options, name, value)
    with pytest.raises(UsageError, match=rf"\[engines\.x\] {next(iter(bad))} = .* est hors limites"):
        patience(options, "[engines.x]")


@pytest.mark.parametrize("good", ["https://a.example", "http://127.0.0.1:8880/", "https://a.example/openai/v1//"])
def test_an_address_loses_its_last_slash(good: str) -> None:
    assert remote.address(good, "[engines.x]") == good.rstrip("/")


@pytest.mark.parametrize(
    "bad", ["example", "ftp://a", "https://", "https://a b", "https://moi:secret@a.example", "https://a?x"]
)
def test_what_is_no_address_is_refused_and_a_password_not_shown(bad: str) -> None:
    with pytest.raises(UsageError, match=r"\[engines\.x\] base_url : « .* n’est pas une adresse") as caught:
        remote.address(bad, "[engines.x]")
    assert "secret" not in str(caught.value)
