"""gTTS against a real server on the loopback that answers as Google's does, well and badly."""

import time
from collections.abc import Iterator
from typing import Any

import numpy
import pytest

from audionews.errors import AudionewsError, UsageError
from audionews.voices import breaker
from audionews.voices.gtts import LIMIT, Gtts
from audionews.voices.inspect import fault_of_sound
from audionews.voices.work import voiced
from tests.speech_server import CERTIFICATE, LASTING, OTHER_TEXT, PAGE, PASSING, Speech, coded, only, speech, spoken

TEXT = "Deux morts à Gao."
LONG = (
    "Le gouvernement a annoncé l’ouverture de deux centres de santé, dans les régions de Ségou et de Kayes ; "
    "les travaux commenceront en octobre."
)
SLOW = ("hang", "drip", "drip in headers")
SORRY = b"<html><title>Sorry...</title><body>Our systems have detected unusual traffic from your network</body></html>"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    breaker.forget()
    coded(TEXT, "fr", 1.0, "mp3", "")


@pytest.fixture
def google() -> Iterator[Speech]:
    with speech() as state:
        yield state


def engine(google: Speech, voice: str = "", speed: float = 1.0, **options: Any) -> Gtts:
    return Gtts(Gtts.Options(**{"base_url": google.url, "wait": 0.01, "timeout": 5.0, **options}), voice, speed)


def refused(google: Speech, **options: Any) -> AudionewsError:
    with pytest.raises(AudionewsError) as caught:
        engine(google, **options).speak(TEXT)
    return caught.value


def test_a_sentence_comes_back_as_sound(google: Speech) -> None:
    sound = engine(google).speak(TEXT)
    assert google.texts == [TEXT] and google.asked[0].voice == "fr"
    assert google.asked[0].path == "/_/TranslateWebserverUi/data/batchexecute"
    assert sound.rate == 24_000 and sound.seconds == pytest.approx(spoken(TEXT, "fr").seconds, abs=0.12)
    assert numpy.abs(numpy.frombuffer(sound.pcm, "<i2")).max() > 1000


def test_a_long_sentence_is_cut_at_its_clauses(google: Speech) -> None:
    sound = engine(google).speak(LONG)
    assert len(google.texts) >= 2 and all(len(text) <= LIMIT for text in google.texts)
    assert " ".join(google.texts) == LONG
    assert all(text[-1] in ",;." for text in google.texts)
    assert sound.seconds > 0.8 * spoken(LONG, "fr").seconds and not fault_of_sound(sound)


def test_a_piece_without_words_is_not_asked_for(google: Speech) -> None:
    assert engine(google).speak("…").pcm == b"" and not google.asked


def test_speed_changes_the_length(google: Speech) -> None:
    fast = engine(google, "fr-CA", 1.25)
    assert fast.speak(TEXT).seconds == pytest.approx(spoken(TEXT, "fr-CA").seconds / 1.25, abs=0.12)
    assert fast.label == "gtts:fr-CA" and google.asked[0].voice == "fr-CA"


@pytest.mark.parametrize("trouble", PASSING)
def test_a_passing_trouble_is_tried_again(google: Speech, trouble: str) -> None:
    google.plan = only(trouble, 0)
    sound = engine(google, timeout=0.5 if trouble in SLOW else 5.0).speak(TEXT)
    assert sound.seconds == pytest.approx(spoken(TEXT, "fr").seconds, abs=0.12)
    assert google.asked[0].fault == trouble and google.asked[-1].fault == ""


@pytest.mark.parametrize("trouble", PASSING)
def test_a_lasting_trouble_ends_with_cause_and_way_out(google: Speech, trouble: str) -> None:
    google.plan = only(trouble)
    error = refused(google, timeout=0.2 if trouble in SLOW else 5.0)
    assert error.message.startswith(f"gTTS : le service de Google ({google.url.removeprefix('http://')}) ")
    assert "--voice kokoro" in error.hint and len(google.texts) == 3


CAUSES = {
    "page": "a envoyé une page web au lieu d’un son",
    "page as sound": "a envoyé une page web au lieu d’un son",
    "json": "n’a envoyé aucun son",
    "text": "n’a envoyé aucun son",
    "redirect loop": "renvoie vers une autre adresse au lieu de répondre (307)",
    "403": "a refusé la demande (403 : Une panne de plus. Désolé)",
}


@pytest.mark.parametrize("trouble", LASTING)
def test_what_is_no_sound_is_named(google: Speech, trouble: str) -> None:
    google.plan = only(trouble)
    assert CAUSES[trouble] in refused(google).message
    assert len(google.texts) == (3 if trouble in {"json", "text"} else 1)  # Google sends such a one now and then


@pytest.mark.parametrize(
    ("trouble", "location", "body", "cause"),
    [
        ("page", "", SORRY, "a envoyé une page web au lieu d’un son, pour savoir s’il a affaire à une machine"),
        ("429", "", SORRY, "(429 : Sorry), pour savoir s’il a affaire à une machine"),
        (
            "302",
            "https://www.google.com/sorry/index?q=E",
            PAGE,
            "renvoie vers www.google.com au lieu de répondre (302), pour",
        ),
        (
            "302",
            "https://consent.google.com/m?continue=x",
            PAGE,
            "renvoie vers consent.google.com au lieu de répondre (302)",
        ),
    ],
)
def test_a_gate_is_named(google: Speech, trouble: str, location: str, body: bytes, cause: str) -> None:
    google.plan, google.error, google.headers = only(trouble), body, {"Location": location} if location else {}
    assert cause in refused(google).message


@pytest.mark.parametrize(
    "line",
    [
        '[["wrb.fr","jQ1olc",null,null,null,[3],"generic"]]',
        '[["wrb.fr","jQ1olc","[\\"\\"]",null]]',
        '[["wrb.fr","jQ1olc","[\\"//OE?xyz\\"]",null]]',
        '[["wrb.fr","jQ1olc","[\\"//OExAAAAANIAAAA',
        '[["wrb.fr","MkEWBc","[]"]]',
    ],
)
def test_an_answer_without_sound_is_refused(google: Speech, line: str) -> None:
    google.plan, google.error = only("json"), f")]}}'\n\n{line}\n".encode()
    assert "son" in refused(google).message and len(google.texts) == 3
    breaker.forget()
    google.plan = lambda number: "json" if number < 5 else ""
    assert engine(google).speak(TEXT).seconds > 0.8


def test_a_certificate_is_checked(google: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    with speech(tls=True) as server:
        assert "n’a pas de certificat valable" in refused(server).message and not server.asked
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
        assert engine(server).speak(TEXT)


@pytest.mark.parametrize("fault", OTHER_TEXT)
def test_a_sound_of_another_text_is_refused_by_the_house(google: Speech, fault: str) -> None:
    google.plan = only(fault)
    with pytest.raises(AudionewsError, match="n’est pas vraisemblable"):
        voiced(LONG, engine(google))


def test_half_of_one_of_its_pieces_is_not_taken(google: Speech) -> None:
    """The joints are faded, so that nothing is heard there of a cut."""
    google.plan = only("cut file", 0)
    engine(google).speak(LONG)
    assert google.texts[0] == google.texts[1] and google.asked[1].fault == ""


def test_all_pieces_of_a_sentence_share_its_time(google: Speech) -> None:
    many = "Un mot, " * 60 + "fin."
    google.plan = lambda number: "hang" if number % 2 else ""
    start = time.monotonic()
    with pytest.raises(AudionewsError, match="n’a pas répondu"):
        engine(google, timeout=0.5, tries=2, wait=0.0).speak(many)
    assert time.monotonic() - start < 5


def test_no_server_at_all() -> None:
    alone = Gtts(Gtts.Options(base_url="http://127.0.0.1:9", wait=0.01))
    with pytest.raises(AudionewsError, match="est injoignable"):
        alone.speak("Oui.")


def test_its_time_limit_is_that_of_its_tries() -> None:
    assert Gtts.time_limit > Gtts.Options().tries * Gtts.Options().timeout
    assert Gtts(Gtts.Options(timeout=90.0, tries=2)).time_limit > 180


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="base_url"):
        Gtts(Gtts.Options(base_url="example"))
