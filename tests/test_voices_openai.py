"""The speech interface of OpenAI, against a real server on the loopback, which answers well and badly."""

import dataclasses
import json
import logging
import pickle
import time
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from audionews import settings
from audionews.errors import AudionewsError, MissingExtraError, UsageError
from audionews.voices import breaker
from audionews.voices.openai import HOME, Openai
from audionews.voices.work import order, voiced
from tests.speech_server import LASTING, OTHER_TEXT, PASSING, Speech, coded, only, speech, spoken

TEXT = "La pluie est tombée sur Gao."
SLOW = ("hang", "drip", "drip in headers")
KEY = "sk-proj-essai0123456789"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "openai_api_key"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    breaker.forget()
    for kind in ("wav", "mp3"):
        coded(TEXT, "nova", 1.0, kind, "")


@pytest.fixture
def server() -> Iterator[Speech]:
    with speech() as state:
        yield state


def engine(server: Speech, voice: str = "", speed: float = 1.0, **options: Any) -> Openai:
    return Openai(Openai.Options(**{"base_url": server.url, "wait": 0.01, "timeout": 5.0, **options}), voice, speed)


def refused(server: Speech, voice: str = "", **options: Any) -> AudionewsError:
    with pytest.raises(AudionewsError) as caught:
        engine(server, voice, **options).speak(TEXT)
    return caught.value


@pytest.mark.parametrize("kind", ["wav", "mp3"])
def test_a_sentence_comes_back_as_sound(server: Speech, kind: str) -> None:
    sound = engine(server, format=kind).speak(TEXT)
    assert sound.rate == 24_000 and not sound.words
    assert sound.seconds == pytest.approx(spoken(TEXT, "nova").seconds, abs=0.12)
    (asked,) = server.asked
    assert asked.path == "/v1/audio/speech" and "Authorization" not in asked.headers
    assert asked.headers["User-Agent"] == "audionews"
    assert asked.body == {"model": "tts-1", "input": TEXT, "voice": "nova", "response_format": kind, "speed": 1.0}


def test_all_that_is_chosen_is_asked_for(server: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MA_CLE", f" {KEY}\n")
    server.key = KEY
    chosen = {"model": "gpt-4o-mini-tts", "instructions": "Lis posément.", "api_key_env": "MA_CLE", "format": "mp3"}
    engine(server, "onyx", 1.25, **chosen).speak(TEXT)
    (asked,) = server.asked
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert asked.body | {"input": ""} == {
        "model": "gpt-4o-mini-tts",
        "input": "",
        "voice": "onyx",
        "response_format": "mp3",
        "speed": 1.25,
        "instructions": "Lis posément.",
    }


@pytest.mark.parametrize("end", ["", "/", "/v1", "/v1/", "/v1/audio/speech"])
def test_an_address_is_taken_with_or_without_its_version(server: Speech, end: str) -> None:
    engine(server, base_url=server.url + end).speak(TEXT)
    assert server.asked[0].path == "/v1/audio/speech"


def test_a_path_before_the_version_is_kept(server: Speech) -> None:
    engine(server, base_url=f"{server.url}/openai/v1").speak(TEXT)
    assert server.asked[0].path == "/openai/v1/audio/speech"


@pytest.mark.parametrize("bad", ["localhost:8880", "https://", f"https://x:{KEY}@a.example"])
def test_an_address_that_is_none_is_refused(bad: str) -> None:
    with pytest.raises(UsageError, match=r"\[engines\.openai\] base_url") as caught:
        Openai(Openai.Options(base_url=bad))
    assert KEY not in str(caught.value)


def test_options_are_checked() -> None:
    with pytest.raises(UsageError, match="format"):
        settings.convert({"format": "pcm"}, Openai.Options, "[engines.openai]")
    with pytest.raises(UsageError, match="model est vide"):
        Openai(Openai.Options(base_url="http://a.example", model=" "))
    with pytest.raises(UsageError, match=r"timeout = 0\.0 est hors limites"):
        Openai(Openai.Options(base_url="http://a.example", timeout=0.0))


def test_other_servers_have_voices_of_their_own() -> None:
    here = Openai.Options(base_url="http://localhost:8880")
    for voice in ("ff_siwis", "af_bella(2)+af_sky(1)", "fr_FR-siwis-medium.onnx", "voix de Léa", "alloy"):
        assert Openai(here, voice).label == f"openai:{voice}"
    for voice in (" ", "-x", "a\nb", "x" * 101, "a<b"):
        with pytest.raises(UsageError, match=r"n’existe pas pour le moteur openai.*nova"):
            Openai(here, voice)
    assert (Openai.voice_of(1), Openai.voice_of(2)) == ("nova", "onyx")


def test_it_declares_its_limits() -> None:
    assert Openai.needs_network and not Openai.word_times and Openai.max_chars < 4096
    assert Openai.time_limit > Openai.Options().tries * Openai.Options().timeout
    here = Openai(Openai.Options(base_url="http://localhost:8880", timeout=90.0, tries=2, wait=1.0))
    assert here.time_limit > 180 and here.paced(1.05).time_limit == here.time_limit


# the key


def test_openai_itself_wants_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MissingExtraError, match=rf"pas de clé pour {HOME}.*OPENAI_API_KEY"):
        Openai(Openai.Options())
    with pytest.raises(MissingExtraError, match="MA_CLE"):
        Openai(Openai.Options(base_url=f"https://{HOME}/v1", api_key_env="MA_CLE"))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert Openai(Openai.Options()).label == "openai:nova"


def test_a_key_that_cannot_be_one_is_not_sent_and_not_shown(server: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", f"{KEY}\r\nX: y")
    error = refused(server)
    assert "OPENAI_API_KEY" in error.message and not server.asked
    assert KEY not in "".join(traceback.format_exception(error))


@pytest.mark.parametrize("status", ["400", "401", "403", "404", "429", "500", "page", "json"])
def test_the_key_is_nowhere_to_be_read(
    server: Speech, status: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.plan, server.error = only(status), json.dumps({"error": f"Incorrect API key provided: {KEY}."}).encode()
    with caplog.at_level(logging.DEBUG):
        error = refused(server)
    seen = "".join(traceback.format_exception(error)) + caplog.text + str(error)
    assert server.asked[0].headers["Authorization"] == f"Bearer {KEY}"
    assert KEY not in seen and server.url.removeprefix("http://") in error.message
    one = engine(server)
    assert KEY.encode() not in pickle.dumps(one) and KEY not in order(one, TEXT).options
    assert KEY not in repr(dataclasses.asdict(one.options))


def test_a_password_of_netrc_does_not_replace_the_key(
    server: Speech, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine 127.0.0.1 login moi password autre\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.key = KEY
    assert engine(server).speak(TEXT)


# what goes wrong


@pytest.mark.parametrize("fault", PASSING)
def test_a_passing_trouble_is_tried_again(server: Speech, fault: str) -> None:
    server.plan = only(fault, 0)
    sound = engine(server, timeout=0.5 if fault in SLOW else 5.0).speak(TEXT)
    assert sound.seconds == pytest.approx(spoken(TEXT, "nova").seconds, abs=0.01)
    assert server.asked[0].fault == fault and server.asked[-1].fault == ""


@pytest.mark.parametrize("fault", PASSING)
def test_a_lasting_trouble_ends_with_cause_and_way_out(server: Speech, fault: str) -> None:
    server.plan = only(fault)
    error = refused(server, timeout=0.2 if fault in SLOW else 5.0)
    assert error.message.startswith(server.url.removeprefix("http://")) and "--voice kokoro" in error.hint
    assert "\n" not in str(error) and len(server.asked) == 3


CAUSES = {
    "page": "a envoyé une page web au lieu d’un son : Service en maintenance",
    "page as sound": "a envoyé une page web au lieu d’un son : Service en maintenance",
    "json": "a envoyé un message au lieu d’un son : Plus de place. Revenez",
    "text": "a envoyé du contenu « text/plain » au lieu d’un son : Revenez plus tard",
    "redirect loop": "renvoie vers une autre adresse au lieu de répondre (307)",
    "403": "demande une clé (403)",
}


@pytest.mark.parametrize("fault", LASTING)
def test_a_refusal_is_named_and_not_tried_again(server: Speech, fault: str) -> None:
    server.plan = only(fault)
    assert CAUSES[fault] in refused(server).message
    assert len(server.asked) == 1


def test_a_key_that_is_wrong_or_wanted(server: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    server.key = KEY
    error = refused(server)
    assert "demande une clé (401)" in error.message and "OPENAI_API_KEY" in error.hint
    monkeypatch.setenv("OPENAI_API_KEY", "sk-autre")
    error = refused(server)
    assert "refuse la clé de OPENAI_API_KEY (401)" in error.message
    assert len(server.asked) == 2


def test_a_model_or_voice_that_is_unknown(server: Speech) -> None:
    server.error = b'{"error": {"message": "The model `x`\\ndoes not exist.", "code": "model_not_found"}}'
    error = refused(server, model="x")
    assert "a refusé la demande (404 : The model `x` does not exist) : modèle « x », voix « nova »" in error.message
    server.error = b'{"detail": {"message": "Voice \'zoe\' not found. Available voices: ff_siwis"}}'
    error = refused(server, "zoe")
    assert "Voice 'zoe' not found. Available voices: ff_siwis) : modèle « tts-1 », voix « zoe »" in error.message
    assert "[engines.openai]" in error.hint and len(server.asked) == 2


def test_credit_that_is_used_up_is_said(server: Speech) -> None:
    server.plan, server.error = only("429"), b'{"error": {"message": "You exceeded your current quota"}}'
    assert "(429 : You exceeded your current quota)" in refused(server).message


@pytest.mark.parametrize("fault", OTHER_TEXT)
def test_a_sound_of_another_text_is_refused_by_the_house(server: Speech, fault: str) -> None:
    server.plan = only(fault)
    with pytest.raises(AudionewsError, match="n’est pas vraisemblable"):
        voiced(TEXT, engine(server))
    assert len(server.asked) == 2
    server.plan = only(fault, 2)
    assert voiced(TEXT, engine(server))


def test_a_dead_server_holds_nobody_up(server: Speech) -> None:
    server.plan = only("hang")
    start = time.monotonic()
    messages = [refused(server, timeout=0.3).message for _ in range(20)]
    assert "n’a pas répondu en 0.3 s" in messages[0] and "a échoué 4 fois de suite" in messages[-1]
    assert len(server.asked) == 4 and time.monotonic() - start < 8  # 20 sentences, 3 tries, 0.3 s: 18 s
