"""Piper: small neural voices, one a file, offline.

A voice is two files, ``NAME.onnx`` and ``NAME.onnx.json``, put there by `install` or lying in a folder of the
station's. Its phonemes are those of espeak-ng, one Unicode sign each, with the marks at which a sentence breathes.
They are made here and not by piper-tts: its own espeak-ng gives the same, but cannot be told how a name sounds.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from audionews.errors import AudionewsError, MissingExtraError, UsageError, nearest
from audionews.voices import catalogue, espeakng
from audionews.voices.base import Engine, Sound
from audionews.voices.finish import joined

log = logging.getLogger(__name__)

PACKAGES = ("piper", "onnxruntime")
MOST_NAMED = 4  # speakers of one file that are proposed by name
FRENCH = frozenset("abdefijklmnopstuvwyzøœɑɔəɛɡɥɲʁʃʒ\u0303")  # the signs no French voice can do without
_NAME = re.compile(r"([\w.-]+)(?:#([\w.-]+))?")
_SWITCH = re.compile(r"\([a-z-]+\)")  # espeak's flag of a word read in another language: "(en)"
_CLAUSE = re.compile(r"([^;:,.!?]*)([;:,.!?]*)")
# As Piper's own espeak-ng takes them: a clause, the end of a sentence, or nothing.
_MARKS = str.maketrans({"…": ".", "—": ";", "–": ";", **dict.fromkeys('«»“”„"()[]', " ")})
_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Options:
    """Table ``[engines.piper]``. With the noises at 0, the same text is the same sound, byte for byte."""

    folder: str = ""  # where more voices lie, besides the installed ones: "/srv/voix", "~/voix"
    noise: float = 0.0  # of the timbre; Piper itself takes 0.667
    rhythm_noise: float = 0.0  # of the lengths of the sounds; Piper itself takes 0.8


class Piper(Engine):
    """A voice is named as its file; one speaker of a file that holds several, ``fr_FR-upmc-medium#pierre``."""

    name = "piper"
    version = "1"  # once built, the digest of the voice's file comes after it
    max_chars = 400
    words_per_minute = 165  # by common account; not measured, for want of the voices
    reads = "phonemes"
    neural = True
    Options = Options

    def __init__(self, options: Any, voice: str = "", speed: float = 1.0) -> None:
        super().__init__(options, voice, speed)
        if any(find_spec(name) is None for name in PACKAGES):
            raise MissingExtraError(
                "Le moteur piper n’est pas installé", 'Installez-le : pip install "audionews[piper]"'
            )
        self._file, self._speaker = found(self.voice, options.folder)
        self._made = self._file.stat().st_mtime_ns
        self.version = f"{type(self).version}-{_digest(self._file, self._made)[:16]}"  # type: ignore[misc]

    @classmethod
    def voices(cls) -> tuple[str, ...]:
        """Give the voices on disk, then those that can be installed."""
        there, known = files(), {item.name: item for item in catalogue.items() if item.engine == cls.name}
        ready = [*(name for name in known if name in there), *sorted(set(there) - set(known))]
        speakers = {name: known[name].speakers if name in known else _speakers(there[name]) for name in ready}
        absent = {name: item.speakers for name, item in known.items() if name not in there}
        return tuple(one for name, several in (speakers | absent).items() for one in _named(name, several))

    @classmethod
    def has(cls, voice: str) -> bool:
        """Tell whether it can name a voice; whether its files are there shows when the engine is built."""
        return bool(_NAME.fullmatch(voice))

    @classmethod
    def rest(cls) -> None:
        """Let go of the voices; the next `speak` loads its own again."""
        _loaded.cache_clear()

    def speak(self, text: str) -> Sound:
        """Read one sentence."""
        with _loading:
            voice = _loaded(self._file, self._made)
        return joined([self._spoken(voice, one) for one in sentences(text)])

    def _spoken(self, voice: Any, phonemes: str) -> Sound:
        import numpy
        from piper import SynthesisConfig

        known = [sign for sign in phonemes if sign in voice.config.phoneme_id_map]
        for lost in sorted(set(phonemes).difference(known)):
            log.warning("Son inconnu de la voix %s, non prononcé : %r (U+%04X)", self.voice, lost, ord(lost))
        settings = SynthesisConfig(
            speaker_id=self._speaker,
            length_scale=voice.config.length_scale / self.speed,
            noise_scale=self.options.noise,
            noise_w_scale=self.options.rhythm_noise,
        )
        try:
            audio = voice.phoneme_ids_to_audio(voice.phonemes_to_ids(known), settings).reshape(-1)
        except Exception as error:  # onnxruntime has kinds of its own
            raise _damaged(self._file, error) from error
        if not numpy.isfinite(audio).all():
            raise _damaged(self._file, "ce qu’elle donne n’est pas un son")
        peak = max(1.0, float(numpy.abs(audio).max(initial=0.0)))
        return Sound((audio * (32767.0 / peak)).round().astype("<i2").tobytes(), voice.config.sample_rate)


def sentences(text: str) -> list[str]:
    """Give the phonemes of each sentence of a text, as Piper's voices were taught to read them.

    Args:
        text: spoken French; sounds may stand between slashes: ``"à /abudʒa/"``.

    Returns:
        Signs of the phonetic alphabet, accents apart (Unicode NFD), with the clause marks: ``["a abudʒˈa."]``.
    """
    done, current = [], ""
    for piece, marks in _CLAUSE.findall(" ".join(text.translate(_MARKS).split())):
        if piece.strip():
            current += _SWITCH.sub("", espeakng.phonemes(piece.strip()).replace("^", ""))
        if current and marks:
            end = next((mark for mark in marks if mark in ".!?"), "")
            current += end or f"{marks[0]} "
            if end:
                done.append(current)
                current = ""
    return [unicodedata.normalize("NFD", one.strip()) for one in (*done, current) if one.strip()]


def files(folder: str = "") -> dict[str, Path]:
    """Give the voices on disk by name: those that are installed, and those of a folder of the station's."""
    places = [*catalogue.folder().glob("*/*.onnx"), *(Path(folder).expanduser().glob("*.onnx") if folder else [])]
    return {path.stem: path for path in places if _config(path).is_file()}


def found(voice: str, folder: str = "") -> tuple[Path, int | None]:
    """Give the file of a voice, and the number of its speaker when it names one.

    Raises:
        UsageError: there is no such voice or speaker.
        MissingExtraError: it has to be installed first.
        AudionewsError: it is damaged, or does not know all sounds of French.
    """
    name, _, speaker = voice.partition("#")
    if folder and not (Path(folder).expanduser().is_absolute() and Path(folder).expanduser().is_dir()):
        raise UsageError(
            f"[engines.piper] folder : « {folder} » n’est pas un dossier", "Écrivez-le en entier : /srv/voix"
        )
    there = files(folder)
    if name not in there:
        known = [*there, *(item.name for item in catalogue.items() if item.engine == Piper.name)]
        if not catalogue.can_install(name, Piper.name):
            raise UsageError(f"La voix « {voice} » n’existe pas pour le moteur piper", nearest(name, known, known[0]))
        raise MissingExtraError(
            f"La voix {name} n’est pas sur cette machine", f"Installez-la : audionews voices install {name}"
        )
    settings = _settings(there[name])
    if not FRENCH.issubset(settings["phoneme_id_map"]):
        raise AudionewsError(
            f"La voix {name} ne connaît pas tous les sons du français : elle dirait un mot pour un autre",
            "Prenez fr_FR-siwis-medium",
        )
    speakers = settings.get("speaker_id_map") or {}
    if speaker and speaker not in speakers:
        raise UsageError(f"La voix {name} n’a pas de locuteur « {speaker} »", nearest(speaker, speakers, name))
    return there[name], speakers.get(speaker)


def _named(name: str, speakers: Sequence[str]) -> list[str]:
    return [f"{name}#{one}" for one in speakers] if 1 < len(speakers) <= MOST_NAMED else [name]


def _speakers(path: Path) -> list[str]:
    try:
        return list(_settings(path).get("speaker_id_map") or {})
    except AudionewsError:  # it is said when the voice is built
        return []


def _config(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _settings(path: Path) -> dict[str, Any]:
    try:
        settings: dict[str, Any] = json.loads(_config(path).read_text("utf-8"))
        kind, language = settings.get("phoneme_type", "espeak"), str(settings["espeak"]["voice"])
        set(settings["phoneme_id_map"]), dict(settings.get("speaker_id_map") or {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(path, error) from error
    if kind != "espeak" or not language.startswith("fr"):
        raise UsageError(f"{path.stem} n’est pas une voix française de Piper", "Prenez fr_FR-siwis-medium")
    return settings


def _damaged(path: Path, why: object) -> AudionewsError:
    return AudionewsError(
        f"La voix {path.stem} est abîmée ({why})",
        f"Installez-la de nouveau : audionews voices remove {path.stem}, puis audionews voices install {path.stem}",
    )


@lru_cache(maxsize=8)
def _digest(path: Path, _made: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=2)  # two presenters
def _loaded(path: Path, _made: int) -> Any:
    """Load a voice; one thread for each call, as several sentences are read at once."""
    import onnxruntime
    from piper import PiperConfig, PiperVoice

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        return PiperVoice(session=session, config=PiperConfig.from_dict(_settings(path)))
    except AudionewsError:
        raise
    except Exception as error:  # onnxruntime has kinds of its own
        raise _damaged(path, error) from error
