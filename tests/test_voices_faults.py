"""Two hundred bulletins, each with a fault of its network voice: all are complete, no clip wrong, no voice changed."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy
import pytest

from audionews.language import language
from audionews.model import Clip, Role, Script, Segment, Service
from audionews.voices import breaker, wav
from audionews.voices.base import Engine, Sound
from audionews.voices.breaker import breaker_of
from audionews.voices.cache import Cache
from audionews.voices.clips import Reader, make_clips
from audionews.voices.espeak import Espeak
from audionews.voices.exchange import host
from audionews.voices.finish import finish
from audionews.voices.gtts import Gtts
from audionews.voices.openai import Openai
from audionews.voices.work import Threads
from tests.speech_server import LASTING, OTHER_TEXT, PASSING, speech, spoken

COUNT = 200
FRENCH = language("fr")
TEXTS = (
    "La pluie est tombée toute la nuit.",
    "Le marché ouvre demain matin.",
    "Les écoles restent fermées cette semaine.",
    "Le ministre a reçu les commerçants.",
    "Une pompe neuve alimente le quartier.",
    "La route du nord est coupée.",
    "Le prix du pain ne change pas.",
    "Les travaux dureront trois mois.",
    "Le maire a remercié les habitants.",
    "La récolte sera bonne cette année.",
    "Le stade était plein dimanche.",
    "Les secours sont arrivés très vite.",
    "Aucun blessé grave n’est signalé.",
    "La réunion a été reportée.",
)
ENGINES = ("gtts", "openai", "openai mp3")
VOICES = {"gtts": ("fr", "fr-CA"), "openai": ("nova", "onyx"), "openai mp3": ("nova", "onyx")}
SPARE = ("fr", "fr+m3")  # of espeak, for presenter 1 and 2: none of the voices of the server
SLOW = ("hang", "drip", "drip in headers")
GONE = ("no server", "left alone")  # nobody listens; the breaker is open already
FAULTS = (*PASSING, *LASTING, *OTHER_TEXT, *GONE)


class Steady(Espeak):
    """espeak-ng, each text kept: it never reads one twice quite alike, as the flutter of its voice goes on."""

    def speak(self, text: str) -> Sound:
        return steady(self.voice, self.speed, text)


@cache
def steady(voice: str, speed: float, text: str) -> Sound:
    return Espeak(Espeak.Options(), voice, speed).speak(text)


@dataclass(frozen=True)
class Trial:
    """One bulletin, and what goes wrong with it."""

    number: int
    engine: str
    presenters: int
    texts: tuple[str, ...]
    fault: str
    at: int  # the exchange that it happens to…
    lasts: bool  # …and to all that follow

    def wrong(self, number: int) -> str:
        return self.fault if number == self.at or (self.lasts and number > self.at) else ""

    @property
    def passes(self) -> bool:
        """Whether the network voice should read to the end all the same."""
        again = (*PASSING, *OTHER_TEXT, *(("json", "text") if self.engine == "gtts" else ()))
        return not self.lasts and self.fault in again


@dataclass(frozen=True)
class Made:
    """One bulletin as it came out."""

    trial: Trial
    clips: tuple[Clip, ...]
    services: tuple[Service, ...]
    sounds: tuple[bytes, ...]
    exchanges: int


def trials() -> list[Trial]:
    chance, made = random.Random(20250607), list[Trial]()
    faults = [FAULTS[number % len(FAULTS)] for number in range(COUNT)]  # each as often as any other, in any order
    chance.shuffle(faults)
    for number, fault in enumerate(faults):
        texts = tuple(chance.sample(TEXTS, chance.randint(3, 5)))
        lasts = fault in GONE or chance.random() < 0.5
        engine, presenters = chance.choice(ENGINES), chance.randint(1, 2)
        made.append(Trial(number, engine, presenters, texts, fault, chance.randrange(len(texts)), lasts))
    return made


def network_voice(engine: str, url: str, presenter: int, timeout: float) -> Engine:
    options: dict[str, Any] = {"base_url": url, "timeout": timeout, "wait": 0.01}
    voice = VOICES[engine][presenter]
    if engine == "gtts":
        return Gtts(Gtts.Options(**options), voice)
    return Openai(Openai.Options(**options, format="mp3" if "mp3" in engine else "wav"), voice)


def clips_of(
    texts: Sequence[str], ladders: Sequence[tuple[Engine, ...]], folder: Path
) -> tuple[tuple[Clip, ...], tuple[Service, ...], tuple[bytes, ...]]:
    segments = tuple(
        Segment(f"sujet-{at}", Role.STORY, text, presenter=1 + at % len(ladders)) for at, text in enumerate(texts)
    )
    script = Script("2025-06-07-matin", "Journal", date(2025, 6, 7), segments)
    engines = {(one.name, one.voice): one for rungs in ladders for one in rungs}
    workers = Threads(2, lambda order: engines[order.engine, order.voice])
    readers = [Reader(f"Voix {number}", rungs) for number, rungs in enumerate(ladders, 1)]
    clips, services = make_clips(script, readers, folder / "run", Cache(folder / "cache"), FRENCH, workers)
    return clips, services, tuple((folder / "run" / clip.path).read_bytes() for clip in clips)


def broadcast(trial: Trial, folder: Path) -> Made:
    with speech() as server:
        server.plan = trial.wrong
        url = "http://127.0.0.1:9" if trial.fault == "no server" else server.url
        if trial.fault == "left alone":
            for _ in range(4):
                breaker_of(host(url)).tell("n’a pas répondu en 20 s")
        ladders = [
            (
                network_voice(trial.engine, url, presenter, 1.0 if trial.fault in SLOW else 10.0),
                Steady(Espeak.Options(), SPARE[presenter]),
            )
            for presenter in range(trial.presenters)
        ]
        made = clips_of(trial.texts, ladders, folder / str(trial.number))
        breaker._known.pop(host(server.url), None)  # another server may get this port
        return Made(trial, *made, len(server.asked))


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str, str], bytes]]:
    """Give the clip of each text by each voice, when all is well: (engine, voice's label, text) → WAV file."""
    with pytest.MonkeyPatch.context() as patch, speech() as server:
        for name in ("http_proxy", "https_proxy", "all_proxy", "openai_api_key"):
            patch.delenv(name, raising=False)
            patch.delenv(name.upper(), raising=False)
        breaker.forget()
        found: dict[tuple[str, str, str], bytes] = {}
        voices = [
            *((one, network_voice(one, server.url, presenter, 30.0)) for one in ENGINES for presenter in range(2)),
            *(("espeak", Steady(Espeak.Options(), voice)) for voice in SPARE),
        ]
        for engine, voice in voices:
            _, _, sounds = clips_of(TEXTS, [(voice,)], tmp_path_factory.mktemp("truth"))
            found |= {(engine, voice.label, text): sound for text, sound in zip(TEXTS, sounds, strict=True)}
        yield found


def envelope(sound: Sound) -> Any:
    values = numpy.abs(numpy.frombuffer(sound.pcm, "<i2").astype(float))
    return values[: len(values) // 480 * 480].reshape(-1, 480).mean(axis=1)


def likeness(one: Sound, other: Sound) -> float:
    """Give the correlation of two envelopes, by frames of 20 ms, one moved by a fifth of a second at most."""
    first, second = envelope(one), envelope(other)
    length = min(len(first), len(second)) - 10
    return max(
        float(numpy.corrcoef(first[start : start + length], second[at : at + length])[0, 1])
        for start, at in ((max(0, move), max(0, -move)) for move in range(-10, 11))
    )


def test_the_truth_is_what_the_server_says(truth: dict[tuple[str, str, str], bytes]) -> None:
    """What comes through the network is the very sentence, whole, and no two voices sound alike."""
    compared = 0
    for (engine, label, text), data in truth.items():
        name, _, voice = label.partition(":")
        if name != "espeak":
            made, said = wav.read(data), wav.read(finish(spoken(text, voice)))
            assert made.seconds == pytest.approx(said.seconds, abs=0.1), (engine, text)
            assert likeness(made, said) > 0.92, (engine, text)  # of two sentences: 0.76 at most
            compared += 1
    assert compared == len(ENGINES) * 2 * len(TEXTS)
    for engine in ENGINES:
        sounds = [data for (one, _, _), data in truth.items() if one in {engine, "espeak"}]
        assert len(set(sounds)) == len(sounds) == 4 * len(TEXTS)


def wrongs(made: Made, truth: dict[tuple[str, str, str], bytes]) -> list[str]:
    """Say what is wrong with a bulletin."""
    trial, found = made.trial, list[str]()
    if [clip.segment for clip in made.clips] != [f"sujet-{at}" for at in range(len(trial.texts))]:
        found.append("incomplete")
    fell = 0
    for presenter, service in enumerate(made.services):
        wanted = f"{trial.engine.split()[0]}:{VOICES[trial.engine][presenter]}"
        spare = f"espeak:{SPARE[presenter]}"
        fallen = service.used == spare
        own = [at for at in range(len(trial.texts)) if at % trial.presenters == presenter]
        if service.wanted != wanted or service.used not in {wanted, spare}:
            found.append(f"served by {service}")
        if bool(service.why) != fallen:
            found.append(f"the cause: {service.why!r}")
        if {made.clips[at].voice for at in own} != {service.used}:
            found.append(f"voice changed: {[clip.voice for clip in made.clips]}")
        found += (
            f"clip {at} is wrong"
            for at in own
            if made.sounds[at] != truth["espeak" if fallen else trial.engine, service.used, trial.texts[at]]
        )
        fell += fallen
    if trial.passes and fell:
        found.append(f"given up for what passes: {[one.why for one in made.services]}")
    if not trial.passes and not fell:
        found.append("nobody has told of the fault")
    if (not trial.lasts and fell > 1) or (trial.fault in GONE and fell < trial.presenters):
        found.append(f"{fell} presenters gave up")
    if trial.fault in GONE and made.exchanges:
        found.append("a server that is left alone was asked")
    return [f"{trial}: {one}" for one in found]


def test_two_hundred_faults(truth: dict[tuple[str, str, str], bytes], tmp_path: Path) -> None:
    planned = trials()
    with ThreadPoolExecutor(4) as pool:
        bulletins = list(pool.map(lambda one: broadcast(one, tmp_path), planned))
    assert [line for made in bulletins for line in wrongs(made, truth)] == []
    complete = [made for made in bulletins if len(made.clips) == len(made.trial.texts)]
    assert len(complete) == COUNT == 200
    # The faults were there: each kind several times, once and for good, and both outcomes many times.
    kinds = Counter(made.trial.fault for made in bulletins)
    assert set(kinds) == set(FAULTS) and min(kinds.values()) >= 8
    outcomes = Counter(any(one.why for one in made.services) for made in bulletins)
    assert min(outcomes.values()) >= 50
    assert sum(made.exchanges for made in bulletins) > 3 * COUNT
