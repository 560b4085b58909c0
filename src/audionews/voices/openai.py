"""Any server that speaks as OpenAI's does, ``POST /v1/audio/speech``: OpenAI, LocalAI, Kokoro-FastAPI, speaches…

Reference: https://platform.openai.com/docs/api-reference/audio/createSpeech. The key is read from the environment when
a sentence is asked for, and is nowhere else: neither in the options, which travel to other machines, nor in messages.
"""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from audionews.errors import AudionewsError, MissingExtraError, UsageError
from audionews.voices import remote
from audionews.voices.base import Engine, Sound
from audionews.voices.exchange import Answer, ExchangeError, host, page, said

if TYPE_CHECKING:
    from requests import PreparedRequest

HOME = "api.openai.com"  # the only server known to want a key
TABLE = "[engines.openai]"
_HINT = "Vérifiez la connexion, ou prenez une voix hors ligne : --voice kokoro"
_VOICE = re.compile(r"\w[\w .:+/()@-]{0,99}")


@dataclass(frozen=True, slots=True)
class Options:
    """Table ``[engines.openai]``."""

    base_url: str = f"https://{HOME}"  # with or without /v1: "http://localhost:8880"
    model: str = "tts-1"  # the one nearly all servers know, and which keeps to `speed`; "gpt-4o-mini-tts" does not
    api_key_env: str = "OPENAI_API_KEY"  # the environment variable that holds the key; many servers need none
    # WAV loses nothing before the bulletin is coded, all servers have it, and it tells its length; MP3 for slow lines.
    format: Literal["wav", "mp3"] = "wav"
    instructions: str = ""  # to models that take them: "Lis comme à la radio, posément."
    timeout: float = 20.0  # seconds, for each request, all of it
    tries: int = 3
    wait: float = 1.0  # seconds before the second try; doubled each time, plus up to half at random


class Openai(Engine):
    """A voice is a name the server knows: OpenAI's are proposed, others are asked for as they are written."""

    name = "openai"
    version = "1"
    needs_network = True
    max_chars = 1000  # the API takes 4096; a slow machine should answer in time
    words_per_minute = 165  # by common account; not measured, for want of the network
    time_limit = remote.patience(Options(), TABLE).limit  # of one built with other options, what those give
    Options = Options
    unheard = ("timeout", "tries", "wait", "api_key_env")

    def __init__(self, options: Any, voice: str = "", speed: float = 1.0) -> None:
        super().__init__(options, voice, speed)
        self._patience = remote.patience(options, TABLE)
        self.time_limit = self._patience.limit  # type: ignore[misc]
        base = re.sub(r"/v1(?:/audio(?:/speech)?)?$", "", remote.address(options.base_url, TABLE))
        self._url = f"{base}/v1/audio/speech"
        if not options.model.strip():
            raise UsageError(f"{TABLE} model est vide", "Écrivez le nom du modèle, par exemple tts-1")
        if host(self._url) == HOME and not self._key():
            raise MissingExtraError(
                f"Le moteur openai n’a pas de clé pour {HOME}",
                f"Mettez-la dans la variable {options.api_key_env}, ou écrivez base_url dans {TABLE}",
            )

    @classmethod
    def voices(cls) -> tuple[str, ...]:
        """Give OpenAI's voices, a woman's and a man's first, which most other servers know too."""
        return (
            *("nova", "onyx", "alloy", "ash", "ballad", "coral", "echo"),
            *("fable", "sage", "shimmer", "verse", "marin", "cedar"),
        )

    @classmethod
    def has(cls, voice: str) -> bool:
        """Tell whether it can be the name of a voice; whether there is one, the server tells."""
        return bool(_VOICE.fullmatch(voice))

    def speak(self, text: str) -> Sound:
        """Read one sentence.

        Raises:
            AudionewsError: the server did not give the whole of it in time.
        """
        end = time.monotonic() + self._patience.longest
        try:
            return remote.sound(self._request(text), self._patience, end, _file)
        except ExchangeError as error:
            raise self._told(error) from error

    def _request(self, text: str) -> PreparedRequest:
        import requests

        key, options = self._key(), self.options
        body = {
            "model": options.model,
            "input": text,
            "voice": self.voice,
            "response_format": options.format,
            "speed": self.speed,
            **({"instructions": options.instructions} if options.instructions else {}),
        }
        headers = {"User-Agent": "audionews", **({"Authorization": f"Bearer {key}"} if key else {})}
        # Prepared without a session, which would put the password of ~/.netrc in the place of the key.
        return requests.Request("POST", self._url, json=body, headers=headers).prepare()

    def _key(self) -> str:
        key = os.environ.get(self.options.api_key_env, "").strip()
        if not re.fullmatch(r"[!-~]*", key):  # the libraries' own errors would show it
            raise AudionewsError(
                f"La clé de {self.options.api_key_env} a un blanc ou un signe qu’une clé ne peut avoir",
                "Copiez-la de nouveau",
            )
        return key

    def _told(self, error: ExchangeError) -> AudionewsError:
        server, options, status = host(self._url), self.options, error.status
        if status in {401, 403}:
            refused = f"refuse la clé de {options.api_key_env}" if self._key() else "demande une clé"
            return AudionewsError(f"{server} {refused} ({status})", f"Mettez-en une valable dans {options.api_key_env}")
        if status in {400, 404, 422}:
            return AudionewsError(
                f"{server} {error.reason} : modèle « {options.model} », voix « {self.voice} »",
                f"Corrigez model dans {TABLE}, ou la voix, selon ce que ce serveur propose",
            )
        return AudionewsError(f"{server} {error.reason}", _HINT)


def _file(answer: Answer) -> bytes:
    if what := page(answer):
        own = said(answer)
        raise ExchangeError(f"a envoyé {what} au lieu d’un son{f' : {own}' if own else ''}", answer=answer)
    return answer.body
