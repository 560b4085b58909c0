"""The port of the room: what every engine is, ours or foreign (entry-point group ``audionews.voices``)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from audionews.errors import UsageError


@dataclass(frozen=True, slots=True)
class Sound:
    """What an engine gives back: mono 16-bit little-endian PCM.

    Attributes:
        pcm: the samples, two bytes each.
        rate: samples a second, in Hz.
        words: of each word of the text read (what stands between blanks), its first sample and the one after its
            last, in order; empty when the engine cannot tell.
    """

    pcm: bytes
    rate: int
    words: tuple[tuple[int, int], ...] = ()

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.pcm) / 2 / self.rate


@dataclass(frozen=True, slots=True)
class NoOptions:
    """The options of an engine that has none."""


class Engine(ABC):
    """A synthetic voice, ready to read French sentences already in spoken form.

    Building one is cheap: models are loaded by the first `speak`. `speak` is called from several threads.

    Args:
        options: an instance of the class attribute `Options`, filled from the station's table.
        voice: one of the engine's voices; its default one when empty.
        speed: 1.0 is the engine's own pace; 1.2 is a fifth faster.

    Raises:
        UsageError: the voice or the speed is not one the engine has.
        MissingExtraError: the engine needs a package that is not installed.
    """

    name: ClassVar[str]
    version: ClassVar[str]  # changes whenever the same text would sound otherwise: it is part of the cache's key
    languages: ClassVar[tuple[str, ...]] = ("fr",)
    needs_network: ClassVar[bool] = False
    max_chars: ClassVar[int] = 4000  # the longest text one `speak` takes; the house cuts what is longer
    words_per_minute: ClassVar[int]  # measured at speed 1.0, with 0.45 s between sentences
    # What `speak` is given for a word that is read otherwise than it is written: its sounds between slashes,
    # « /abudʒa/ »; a respelling, « Aboudja »; or the word itself.
    reads: ClassVar[Literal["phonemes", "respellings", "plain"]] = "respellings"
    word_times: ClassVar[bool] = False  # fills `Sound.words`
    time_limit: ClassVar[float] = 60.0  # seconds for one `speak`, its own retries included; after that it has failed
    neural: ClassVar[bool] = False  # loads a network: some hundred MB
    leads: ClassVar[bool] = False  # begins with a little silence each time, so that none is a lost beginning
    silent: ClassVar[bool] = False  # makes silence on purpose, so that silence is no fault
    Options: ClassVar[type[Any]] = NoOptions
    unheard: ClassVar[tuple[str, ...]] = ()  # options that change nothing of the sound: time limits, where a key lies

    def __init__(self, options: Any, voice: str = "", speed: float = 1.0) -> None:
        self.options = options
        self.voice = voice or self.voices()[0]
        self.speed = speed
        if not self.has(self.voice):
            raise UsageError(
                f"La voix « {self.voice} » n’existe pas pour le moteur {self.name}",
                f"Choisissez parmi : {', '.join(self.voices())}",
            )
        if not 0.5 <= speed <= 2.0:
            raise UsageError(
                f"La vitesse {speed} est hors limites pour le moteur {self.name}",
                "Choisissez entre 0.5 et 2.0",
            )

    def paced(self, factor: float) -> Self:
        """Give the same voice, that many times as fast."""
        return self if factor == 1.0 else type(self)(self.options, self.voice, round(self.speed * factor, 4))

    @property
    def label(self) -> str:
        """The voice as it is named in clips and reports: ``"kokoro:ff_siwis"``."""
        return f"{self.name}:{self.voice}"

    @classmethod
    @abstractmethod
    def voices(cls) -> tuple[str, ...]:
        """Give the names of the voices worth proposing: the default one first, then a second presenter's."""

    @classmethod
    def voice_of(cls, presenter: int) -> str:
        """Give the default voice of presenter 1 or 2: two that are told apart where the engine has them."""
        return cls.voices()[: max(1, presenter)][-1]

    @classmethod  # noqa: B027 - most engines have nothing to let go of
    def rest(cls) -> None:
        """Let go of what was loaded, when all is read."""

    @classmethod
    def has(cls, voice: str) -> bool:
        """Tell whether the engine can speak with that voice."""
        return voice in cls.voices()

    @abstractmethod
    def speak(self, text: str) -> Sound:
        """Read one sentence.

        Args:
            text: in spoken form: no figures, no signs that are not punctuation, and what `reads` says.

        Raises:
            AudionewsError: the sentence could not be read.
        """
