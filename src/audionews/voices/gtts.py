"""Google's public speech service through gTTS: needs the network, and may refuse when asked too often.

gTTS itself has no limit of time and no second try, and leaves an empty file when it fails: hence this module.
"""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from audionews import ffmpeg
from audionews.errors import AudionewsError, UsageError
from audionews.voices.base import Engine, Sound
from audionews.voices.cut import cut
from audionews.voices.finish import RATE, joined

LIMIT = 99  # characters of one request: the service takes 100
LONGEST_WAIT = 20.0  # seconds, whatever the server asks for
_HINT = "Vérifiez la connexion, ou prenez la voix hors ligne : --voice kokoro"


@dataclass(frozen=True, slots=True)
class Options:
    """Table ``[engines.gtts]``."""

    tld: str = "com"  # Google's domain: "fr", "com.hk"…
    base_url: str = ""  # another server that answers as Google does, "http://127.0.0.1:8080"
    timeout: float = 20.0  # seconds, for each request
    tries: int = 3
    wait: float = 1.0  # seconds before the second try; doubled each time, plus up to half at random


class Gtts(Engine):
    """A voice is a language of the service: ``fr`` or ``fr-CA``."""

    name = "gtts"
    version = "1"
    needs_network = True
    words_per_minute = 160  # by common account; not measured, for want of the network
    Options = Options

    def __init__(self, options: Any, voice: str = "", speed: float = 1.0) -> None:
        super().__init__(options, voice, speed)
        if options.base_url and not re.match(r"https?://[^/\s]+", options.base_url):
            raise UsageError(
                f"[engines.gtts] base_url : « {options.base_url} » n’est pas une adresse", "Écrivez https://…"
            )

    @classmethod
    def voices(cls) -> tuple[str, ...]:
        """Give the French voices of the service."""
        return ("fr", "fr-CA")

    def speak(self, text: str) -> Sound:
        """Read one sentence, in as many requests as its length asks for."""
        return joined([self._decoded(self._fetched(piece)) for piece in cut(text, LIMIT)])

    def _fetched(self, piece: str) -> bytes:
        from gtts import gTTSError

        for attempt in range(1, max(1, self.options.tries) + 1):
            try:
                return self._asked(piece)
            except gTTSError as error:
                status = getattr(error.rsp, "status_code", None)
                again = status is None or status in {200, 429} or status >= 500
                if not again or attempt >= self.options.tries:
                    raise AudionewsError(_cause(status), _HINT) from error
                asked = getattr(error.rsp, "headers", {}).get("Retry-After", "")
                time.sleep(_delay(self.options.wait, attempt, asked))
        raise AssertionError("unreachable: the last try returns or raises")

    def _asked(self, piece: str) -> bytes:
        from gtts import gTTSError

        request = _redirected(self.options.base_url)(
            piece,
            tld=self.options.tld,
            lang=self.voice,
            lang_check=False,  # it only knows Google's own list
            pre_processor_funcs=[],  # theirs are for English, and could make the piece too long
            timeout=self.options.timeout,
        )
        mp3 = b"".join(request.stream())
        if not mp3:  # a good answer without a line of sound: gTTS takes it for a success
            raise gTTSError("empty answer")
        return mp3

    def _decoded(self, mp3: bytes) -> Sound:
        tempo = [] if self.speed == 1.0 else ["-af", f"atempo={self.speed}"]
        pcm, _ = ffmpeg.run(
            *("-f", "mp3", "-i", "pipe:0", *tempo, "-ac", "1", "-ar", str(RATE), "-f", "s16le", "pipe:1"),
            stdin=mp3,
            timeout=60,
        )
        return Sound(pcm, RATE)


def _redirected(base_url: str) -> Any:
    """Give gTTS's class, its requests sent to another server when one is named."""
    from gtts import gTTS

    class Redirected(gTTS):  # type: ignore[misc]
        def _prepare_requests(self) -> list[Any]:
            requests: list[Any] = super()._prepare_requests()
            for request in requests:
                request.url = base_url.rstrip("/") + urlsplit(request.url).path
            return requests

    return Redirected if base_url else gTTS


def _delay(wait: float, attempt: int, asked: str) -> float:
    backoff: float = wait * 2 ** (attempt - 1) * random.uniform(1.0, 1.5)  # noqa: S311 - spreads the tries, no secret
    return min(max(backoff, float(asked) if asked.isdigit() else 0.0), LONGEST_WAIT)


def _cause(status: int | None) -> str:
    if status is None:
        return "La voix gTTS n’a rien envoyé : le service de Google est injoignable ou trop lent"
    if status == 200:
        return "La voix gTTS n’a envoyé aucun son : le service de Google a changé ou refuse ce texte"
    if status == 429:
        return "Le service de Google refuse d’autres demandes de gTTS pour l’instant (429)"
    return f"Le service de Google a refusé la demande de gTTS (code {status})"
