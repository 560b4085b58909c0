"""A voice engine in a package of its own: any program that writes what it reads into a WAV file.

It is small on purpose: copy it, and put your own voice into `speak`.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audionews.errors import AudionewsError, MissingExtraError, UsageError
from audionews.voices.base import Engine, Sound


@dataclass(frozen=True, slots=True)
class Options:
    """Table ``[engines.commande]`` of station.toml. An unknown key or a value of another type is refused there."""

    command: str = ""  # "pico2wave -l fr-FR -w {output} {text}"; also {voice} and {speed}; the text comes on stdin too
    timeout: float = 30.0  # seconds for one sentence


class Commande(Engine):
    """One process for each sentence. No shell reads the command: the text can do no harm."""

    # What the house needs to know. All that is not said here has its default in `Engine`.
    name = "commande"
    version = "1"  # raise it when the same text would sound otherwise: clips made before are then made again
    max_chars = 1000  # longer sentences come in pieces, cut where a reader would breathe
    words_per_minute = 160
    reads = "respellings"  # « Koulibali » for « Coulibaly »; "phonemes" where sounds like /kulibali/ can be used
    Options = Options

    def __init__(self, options: Any, voice: str = "", speed: float = 1.0) -> None:
        """Check all that can be checked without speaking: `audionews voices` shows what is raised here."""
        super().__init__(options, voice, speed)
        if not options.command:
            raise UsageError(
                "Le moteur commande ne sait pas quel programme lancer",
                'Écrivez dans station.toml, sous [engines.commande] : command = "programme {output} {text}"',
            )
        program = self._arguments("", Path())[0]
        if shutil.which(program) is None:
            raise MissingExtraError(f"Le programme « {program} » n’est pas installé", f"Installez « {program} »")

    @classmethod
    def voices(cls) -> tuple[str, ...]:
        """Give the voices worth proposing: the first presenter's, then the second's."""
        return ("fr",)

    @classmethod
    def has(cls, voice: str) -> bool:
        """Tell whether there is such a voice; the program alone knows."""
        return bool(voice)

    def speak(self, text: str) -> Sound:
        """Read one sentence. Called from several threads at once: nothing is shared between two calls."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sound.wav"
            arguments = self._arguments(text.lstrip("- "), path)  # a text is never an option
            try:
                subprocess.run(
                    arguments, input=text.encode(), capture_output=True, timeout=self.options.timeout, check=True
                )
            except subprocess.TimeoutExpired as error:
                raise _failed(arguments, f"il n’a pas fini en {self.options.timeout:g} s") from error
            except subprocess.CalledProcessError as error:
                said = error.stderr.decode(errors="replace").strip().splitlines()
                raise _failed(arguments, said[-1] if said else f"code {error.returncode}") from error
            return _read(path, arguments)

    def _arguments(self, text: str, path: Path) -> list[str]:
        try:
            return [
                part.format(text=text, output=path, voice=self.voice, speed=self.speed)
                for part in shlex.split(self.options.command)
            ]
        except (ValueError, KeyError, IndexError) as error:
            raise UsageError(
                f"[engines.commande] command est illisible ({error})",
                "Seuls {text}, {output}, {voice} et {speed} s’écrivent entre accolades",
            ) from error


def _read(path: Path, arguments: list[str]) -> Sound:
    try:
        with wave.open(str(path)) as file:
            if (file.getnchannels(), file.getsampwidth()) != (1, 2):
                raise _failed(arguments, "le son n’est pas en mono, 16 bits")
            return Sound(file.readframes(file.getnframes()), file.getframerate())
    except (OSError, EOFError, wave.Error) as error:
        raise _failed(arguments, "il n’a pas écrit de WAV") from error


def _failed(arguments: list[str], why: str) -> AudionewsError:
    return AudionewsError(f"« {arguments[0]} » n’a pas lu une phrase ({why})", "Essayez la commande à la main")
