"""Google's public speech service through gTTS: needs the network, and may refuse when asked too often.

gTTS writes the requests. It would also send them, but without checking the server's certificate, without a limit of
time for the whole and without a second try, and takes an empty answer for a success: so they go through `remote`.
"""

from __future__ import annotations

import base64
import binascii
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from audionews.errors import AudionewsError
from audionews.voices import remote
from audionews.voices.base import Engine, Sound
from audionews.voices.cut import cut
from audionews.voices.exchange import Answer, ExchangeError, host, is_html
from audionews.voices.finish import joined

if TYPE_CHECKING:
    from requests import PreparedRequest

LIMIT = 99  # characters of one request: the service takes 100
RPC = "jQ1olc"  # the name of the service's function, in each line that holds sound
TABLE = "[engines.gtts]"
_HINT = "Vérifiez la connexion, ou prenez une voix hors ligne : --voice kokoro"
_GATE = re.compile(r"/sorry/|recaptcha|unusual traffic", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """Table ``[engines.gtts]``."""

    tld: str = "com"  # Google's domain: "fr", "com.hk"…
    base_url: str = ""  # another server that answers as Google does, "http://127.0.0.1:8080"
    timeout: float = 10.0  # seconds, for each request, all of it; Google takes about one
    tries: int = 3
    wait: float = 1.0  # seconds before the second try; doubled each time, plus up to half at random


class Gtts(Engine):
    """A voice is a language of the service: ``fr`` or ``fr-CA``."""

    name = "gtts"
    version = "1"
    needs_network = True
    words_per_minute = 160  # by common account; not measured, for want of the network
    time_limit = remote.patience(Options(), TABLE).limit  # of one built with other options, what those give
    Options = Options
    unheard = ("timeout", "tries", "wait")

    def __init__(self, options: Any, voice: str = "", speed: float = 1.0) -> None:
        super().__init__(options, voice, speed)
        self._patience = remote.patience(options, TABLE)
        self._base = remote.address(options.base_url, TABLE) if options.base_url else ""
        self.time_limit = self._patience.limit  # type: ignore[misc]

    @classmethod
    def voices(cls) -> tuple[str, ...]:
        """Give the French voices of the service."""
        return ("fr", "fr-CA")

    def speak(self, text: str) -> Sound:
        """Read one sentence, in as many requests as its length asks for.

        Raises:
            AudionewsError: the service did not give the whole of it in time.
        """
        end = time.monotonic() + self._patience.longest
        pieces = [piece for piece in cut(text, LIMIT) if re.search(r"\w", piece)]
        requests = [request for piece in pieces for request in self._requests(piece)]
        try:
            return joined([remote.sound(one, self._patience, end, _mp3, self.speed) for one in requests])
        except ExchangeError as error:
            server, robot = host(requests[0].url or ""), _is_gate(error.answer)
            why = f"{error.reason}{', pour savoir s’il a affaire à une machine' if robot else ''}"
            raise AudionewsError(f"gTTS : le service de Google ({server}) {why}", _HINT) from error

    def _requests(self, piece: str) -> list[PreparedRequest]:
        from gtts import gTTS

        made: list[PreparedRequest] = gTTS(
            piece,
            tld=self.options.tld,
            lang=self.voice,
            lang_check=False,  # it only knows Google's own list
            pre_processor_funcs=[],  # theirs are for English, and could make the piece too long
        )._prepare_requests()
        for one in made if self._base else ():
            one.url = self._base + urlsplit(one.url or "").path
        return made


def _mp3(answer: Answer) -> bytes:
    """Take the sound out of an answer: base64 in a line of JSON, as gTTS reads it."""
    if is_html(answer):
        raise ExchangeError("a envoyé une page web au lieu d’un son", answer=answer)
    lines = [one for one in answer.body.decode("utf-8", "replace").splitlines() if RPC in one]
    found = [re.search(rf'{RPC}","\[\\"([^"\\]+)\\"\]', line) for line in lines]
    if not found or None in found:
        raise ExchangeError("n’a envoyé aucun son", passing=True, answer=answer)
    try:
        return b"".join(base64.b64decode(one[1], validate=True) for one in found if one)
    except binascii.Error as error:
        raise ExchangeError("a envoyé un son mal codé", passing=True, answer=answer) from error


def _is_gate(answer: Answer | None) -> bool:
    """Tell whether Google asks for a proof that somebody is there."""
    told = f"{answer.headers.get('Location', '')} {answer.body.decode('utf-8', 'replace')}" if answer else ""
    return bool(_GATE.search(told))
