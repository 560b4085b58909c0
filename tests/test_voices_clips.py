"""The stage: each sentence once, in order, whole, and only what changed is voiced again."""

import threading
import time
import wave
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Self

import pytest

from audionews.errors import AudionewsError
from audionews.french.lexicon import entry
from audionews.french.spoken import spoken
from audionews.language import language
from audionews.model import Clip, Role, Script, Segment, Service
from audionews.voices.base import Engine, NoOptions, Sound
from audionews.voices.cache import Cache
from audionews.voices.clips import Reader, make_clips
from audionews.voices.espeak import Espeak
from audionews.voices.progress import Progress
from audionews.voices.silence import Silence
from audionews.voices.work import Failure, Threads, made, order

FRENCH = language("fr")
TEXTS = [
    "Bonjour à tous et à toutes.",
    "",
    "La rentrée des classes est repoussée.",
    "Le ministre a reçu une délégation de la région, venue lui demander de nouveaux forages.",
    "La rentrée des classes est repoussée.",
    "Merci de votre fidélité.",
]


def script(texts: list[str]) -> Script:
    segments = tuple(Segment(f"sujet-essai-{number}", Role.STORY, text) for number, text in enumerate(texts))
    return Script("2025-06-07-matin", "Journal du matin", date(2025, 6, 7), segments)


class Reading(Espeak):
    """Reads with espeak-ng, counts, and fails where a test says so."""

    name = "reading"
    version = "1"
    reads: ClassVar[Any] = "respellings"
    calls: list[str]
    bad: dict[str, list[Sound | Exception]]

    def __init__(self, options: Any = None, voice: str = "", speed: float = 1.0) -> None:
        super().__init__(options or self.Options(), voice, speed)
        self.calls, self.bad, self.lock = [], {}, threading.Lock()

    def paced(self, factor: float) -> Self:
        """Count the headlines too."""
        quicker = super().paced(factor)
        quicker.calls, quicker.bad = self.calls, self.bad
        return quicker

    def speak(self, text: str) -> Sound:
        with self.lock:
            self.calls.append(text)
            bad = self.bad.get(text)
            given = bad.pop(0) if bad else None
        if isinstance(given, Exception):
            raise given
        return given or super().speak(text)


class Second(Reading):
    """Another engine, for the ladder."""

    name = "second"


def voiced(
    made: Script, *readers: Engine | Sequence[Engine], run: Path, cache: Cache, threads: int = 2, **options: Any
) -> tuple[Clip, ...]:
    return served(made, *readers, run=run, cache=cache, threads=threads, **options)[0]


def served(
    made: Script, *readers: Engine | Sequence[Engine], run: Path, cache: Cache, threads: int = 2, **options: Any
) -> tuple[tuple[Clip, ...], tuple[Service, ...]]:
    ladders = [tuple(one) if isinstance(one, Sequence) else (one,) for one in readers]
    engines = {(one.name, one.voice): one for rungs in ladders for one in rungs}
    workers = Threads(threads, lambda order: engines[order.engine, order.voice])
    cast = [Reader(f"Voix {number}", rungs) for number, rungs in enumerate(ladders, 1)]
    return make_clips(made, cast, run, cache, FRENCH, workers, **options)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def names(run: Path) -> list[str]:
    return sorted(path.name for path in (run / "4-clips").iterdir())


def test_one_clip_a_segment_with_words(tmp_path: Path, cache: Cache) -> None:
    clips = voiced(script(TEXTS), Silence(NoOptions()), run=tmp_path / "run", cache=cache)
    assert [clip.segment for clip in clips] == [f"sujet-essai-{number}" for number in (0, 2, 3, 4, 5)]
    assert [clip.spoken for clip in clips] == [spoken(text) for text in TEXTS if text]
    for clip in clips:
        with wave.open(str(tmp_path / "run" / clip.path)) as file:
            assert file.getparams()[:3] == (1, 2, 24_000)
            assert file.getnframes() == clip.duration_ms * 24
        assert clip.voice == "silence:muette" and len(clip.sha256) == 64
    assert names(tmp_path / "run") == [Path(clip.path).name for clip in clips]


def test_the_same_bytes_whatever_the_workers(tmp_path: Path) -> None:
    made = [
        voiced(
            *(script(TEXTS), Reading()),
            run=tmp_path / f"run{workers}",
            cache=Cache(tmp_path / f"cache{workers}"),
            threads=workers,
        )
        for workers in (1, 2, 5)
    ]
    assert made[0] == made[1] == made[2]
    contents = [[(tmp_path / f"run{workers}" / clip.path).read_bytes() for clip in made[0]] for workers in (1, 2, 5)]
    assert contents[0] == contents[1] == contents[2]


def test_each_distinct_text_is_voiced_once(tmp_path: Path, cache: Cache) -> None:
    engine = Reading()
    clips = voiced(script(TEXTS), engine, run=tmp_path / "run", cache=cache)
    assert sorted(engine.calls) == sorted({spoken(text) for text in TEXTS if text})
    assert clips[1].sha256 == clips[3].sha256 and clips[1].path != clips[3].path


def test_only_a_changed_sentence_is_voiced_again(tmp_path: Path, cache: Cache) -> None:
    voiced(script(TEXTS), Reading(), run=tmp_path / "run", cache=cache)
    engine, changed = Reading(), [*TEXTS[:-1], "Merci, et à demain."]
    voiced(script(changed), engine, run=tmp_path / "run", cache=cache)
    assert engine.calls == [spoken("Merci, et à demain.")]


def test_what_changes_the_sound_voices_all_again(tmp_path: Path, cache: Cache) -> None:
    voiced(script(TEXTS[:1]), Reading(), run=tmp_path, cache=cache)
    faster = Reading(speed=1.1)
    voiced(script(TEXTS[:1]), faster, run=tmp_path, cache=cache)
    respelled = Reading()
    clips = voiced(script(TEXTS[:1]), respelled, run=tmp_path, cache=cache, entries={"Bonjour": entry("Bon zhour")})
    assert faster.calls == [spoken(TEXTS[0])]
    assert respelled.calls == [spoken(TEXTS[0]).replace("Bonjour", "Bon zhour")]
    assert clips[0].spoken == spoken(TEXTS[0])  # the transcript keeps the name's own spelling


def test_clips_of_sentences_that_left_go(tmp_path: Path, cache: Cache) -> None:
    voiced(script(TEXTS), Silence(NoOptions()), run=tmp_path, cache=cache)
    voiced(script(TEXTS[:1]), Silence(NoOptions()), run=tmp_path, cache=cache)
    assert names(tmp_path) == ["sujet-essai-0.wav"]


def test_a_damaged_clip_is_made_again(tmp_path: Path, cache: Cache) -> None:
    (clip,) = voiced(script(TEXTS[:1]), Reading(), run=tmp_path, cache=cache)
    whole = (tmp_path / clip.path).read_bytes()
    (tmp_path / clip.path).write_bytes(b"cut")  # through the hard link: the cache's own file
    engine = Reading()
    assert voiced(script(TEXTS[:1]), engine, run=tmp_path, cache=cache) == (clip,)
    assert len(engine.calls) == 1 and (tmp_path / clip.path).read_bytes() == whole


def test_a_bad_clip_is_voiced_once_more(tmp_path: Path, cache: Cache) -> None:
    engine, text = Reading(), spoken(TEXTS[0])
    engine.bad = {text: [Sound(b"", 24_000)]}
    voiced(script(TEXTS[:1]), engine, run=tmp_path, cache=cache)
    assert engine.calls == [text, text]


def test_a_clip_bad_twice_stops_the_run_and_leaves_the_last_one(tmp_path: Path, cache: Cache) -> None:
    before = voiced(script(TEXTS), Reading(), run=tmp_path, cache=cache)
    contents = [(tmp_path / clip.path).read_bytes() for clip in before]
    engine, text = Reading(), spoken("Une phrase qui ne passe pas.")
    engine.bad = {text: [Sound(bytes(48_000), 24_000)] * 2}
    with pytest.raises(AudionewsError, match=r"Phrase sujet-essai-2 : reading:fr l’a mal lue deux fois .*muet"):
        voiced(script([*TEXTS[:2], text, *TEXTS[3:]]), engine, run=tmp_path, cache=cache)
    assert [(tmp_path / clip.path).read_bytes() for clip in before] == contents
    assert names(tmp_path) == [Path(clip.path).name for clip in before]


def test_an_engine_that_breaks_is_named_with_the_sentence(tmp_path: Path, cache: Cache) -> None:
    engine, text = Reading(), spoken(TEXTS[3])
    engine.bad = {text: [ZeroDivisionError("oops")]}
    with pytest.raises(
        AudionewsError, match=r"Phrase sujet-essai-3 : reading:fr a échoué \(ZeroDivisionError : oops\)"
    ):
        voiced(script(TEXTS), engine, run=tmp_path / "run", cache=cache)
    assert not (tmp_path / "run").exists()


def test_the_error_of_an_engine_keeps_its_hint(tmp_path: Path, cache: Cache) -> None:
    engine, text = Reading(), spoken(TEXTS[0])
    engine.bad = {text: [AudionewsError("service injoignable", "--voice kokoro")]}
    with pytest.raises(AudionewsError, match=r"sujet-essai-0 : service injoignable\. --voice kokoro"):
        voiced(script(TEXTS[:1]), engine, run=tmp_path, cache=cache)


def test_a_failure_stops_the_sentences_that_wait(tmp_path: Path, cache: Cache) -> None:
    engine = Reading()
    texts = [f"Phrase numéro {'x' * (200 - number)}." for number in range(80)]
    engine.bad = {spoken(texts[0]): [ZeroDivisionError()]}  # the longest: voiced first
    with pytest.raises(AudionewsError):
        voiced(script(texts), engine, run=tmp_path, cache=cache, threads=1)
    assert len(engine.calls) < 40


def test_an_engine_that_takes_little_gets_pieces(tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reading, "max_chars", 50)
    engine = Reading()
    voiced(script(TEXTS[3:4]), engine, run=tmp_path, cache=cache)
    assert len(engine.calls) == 2 and all(len(text) <= 50 for text in engine.calls)


def test_progress_is_told_to_the_end(tmp_path: Path, cache: Cache) -> None:
    told: list[Progress] = []
    voiced(script(TEXTS), Silence(NoOptions()), run=tmp_path, cache=cache, progress=told.append)
    assert [(one.done, one.total) for one in told] == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert told[0].left_ms > 0 and told[0].made_ms == 0 and told[-1].left_ms == 0 and told[-1].made_ms > 5000
    assert told[0].voices == "silence:muette"


@pytest.mark.parametrize("bad", ["../dehors", "a/b", "", "sujet-essai-0"])
def test_a_segment_that_cannot_name_a_file_is_refused(tmp_path: Path, cache: Cache, bad: str) -> None:
    made = script(TEXTS)
    segments = (*made.segments[:2], replace(made.segments[2], id=bad))
    with pytest.raises(AudionewsError, match="repère"):
        voiced(replace(made, segments=segments), Silence(NoOptions()), run=tmp_path / "run", cache=cache)


def test_an_empty_script_gives_no_clips(tmp_path: Path, cache: Cache) -> None:
    assert voiced(script([]), Silence(NoOptions()), run=tmp_path / "run", cache=cache) == ()


def test_silence_lasts_as_long_as_the_words(tmp_path: Path) -> None:
    text = "un deux trois quatre cinq six sept huit neuf dix onze"
    assert Silence(NoOptions()).speak(text).seconds == pytest.approx(11 * 60 / 165, abs=0.001)
    assert Silence(NoOptions(), speed=2.0).speak(text).seconds == pytest.approx(11 * 30 / 165, abs=0.001)


# two presenters, and those who take over


def dialogue() -> Script:
    made = script([text for text in TEXTS if text])
    return replace(made, segments=tuple(replace(one, presenter=1 + at % 2) for at, one in enumerate(made.segments)))


def test_each_presenter_reads_what_is_theirs(tmp_path: Path, cache: Cache) -> None:
    first, second = Reading(voice="fr"), Reading(voice="fr+f3")
    clips, services = served(dialogue(), first, second, run=tmp_path, cache=cache)
    voices = ["reading:fr", "reading:fr+f3", "reading:fr", "reading:fr+f3", "reading:fr"]
    assert [clip.voice for clip in clips] == voices
    assert [(one.presenter, one.used, one.why) for one in services] == [
        ("Voix 1", "reading:fr", ""),
        ("Voix 2", "reading:fr+f3", ""),
    ]


def test_a_single_presenter_reads_everything(tmp_path: Path, cache: Cache) -> None:
    clips = voiced(dialogue(), Reading(), run=tmp_path, cache=cache)
    assert {clip.voice for clip in clips} == {"reading:fr"}


def test_headlines_are_read_a_little_quicker(tmp_path: Path, cache: Cache) -> None:
    made = script(TEXTS[3:4])
    headline = replace(made, segments=(replace(made.segments[0], role=Role.HEADLINE),))
    engine = Reading()
    workers = Threads(1, lambda order: engine.paced(order.speed))
    (slow,), _ = make_clips(made, [Reader("Voix", (engine,))], tmp_path, cache, FRENCH, workers)
    (quick,), _ = make_clips(headline, [Reader("Voix", (engine,))], tmp_path, cache, FRENCH, workers)
    assert 0.92 < quick.duration_ms / slow.duration_ms < 0.98


def test_the_next_engine_reads_the_whole_bulletin_of_that_presenter(tmp_path: Path, cache: Cache) -> None:
    first, spare, second = Reading(voice="fr"), Second(voice="fr-be"), Reading(voice="fr+f3")
    first.bad = {spoken(TEXTS[5]): [AudionewsError("service injoignable")]}
    clips, services = served(dialogue(), (first, spare), (second, spare), run=tmp_path, cache=cache)
    assert [clip.voice for clip in clips[::2]] == ["second:fr-be"] * 3
    assert [clip.voice for clip in clips[1::2]] == ["reading:fr+f3"] * 2
    assert services[0] == Service("Voix 1", "reading:fr", "second:fr-be", "service injoignable")
    assert services[1] == Service("Voix 2", "reading:fr+f3", "reading:fr+f3")


def test_what_the_failing_engine_has_made_serves_another_day(tmp_path: Path, cache: Cache) -> None:
    texts = [
        *TEXTS,
        "Une autre phrase, bien plus longue que toutes les autres, qui est donc lue avant elles ce jour-là.",
    ]
    first, spare = Reading(voice="fr"), Second(voice="fr-be")
    first.bad = {spoken(TEXTS[0]): [AudionewsError("refusé")]}
    voiced(script(texts), (first, spare), run=tmp_path, cache=cache, threads=1)
    done, first.calls = list(first.calls), []
    clips = voiced(script(texts), (first, spare), run=tmp_path, cache=cache, threads=1)
    assert {clip.voice for clip in clips} == {"reading:fr"}
    made = set(done) - {spoken(TEXTS[0])}
    assert made and not made & set(first.calls)


def test_each_rung_is_tried_and_the_last_failure_is_told(tmp_path: Path, cache: Cache) -> None:
    rungs = [Reading(voice="fr"), Reading(voice="fr-be"), Second(voice="fr+f3")]
    for number, engine in enumerate(rungs):
        engine.bad = {spoken(TEXTS[0]): [AudionewsError(f"échec {number}")]}
    with pytest.raises(AudionewsError, match="Phrase sujet-essai-0 : échec 2"):
        voiced(script(TEXTS), rungs, run=tmp_path / "run", cache=cache)
    assert not (tmp_path / "run").exists()


def test_an_engine_that_hangs_is_left_behind(tmp_path: Path, cache: Cache) -> None:
    class Hanging(Reading):
        name = "hanging"
        time_limit = 0.1

        def speak(self, text: str) -> Sound:
            time.sleep(30)
            raise AssertionError(text)

    start = time.monotonic()
    clips, (service,) = served(script(TEXTS), (Hanging(), Second()), run=tmp_path, cache=cache)
    assert {clip.voice for clip in clips} == {"second:fr"} and service.why == "hanging:fr n’a pas répondu en 0 s"
    assert time.monotonic() - start < 10


def test_an_engine_of_another_version_makes_nothing() -> None:
    engine = Reading()
    asked = replace(order(engine, "Bonjour."), version="0")
    assert isinstance(made(asked, engine), Failure) and not engine.calls
