"""The stage: each sentence once, in order, whole, and only what changed is voiced again."""

import threading
import time
import wave
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar

import numpy
import pytest

from audionews.errors import AudionewsError
from audionews.french.lexicon import entry
from audionews.french.spoken import spoken
from audionews.language import language
from audionews.model import Role, Script, Segment
from audionews.voices.base import Engine, NoOptions, Sound
from audionews.voices.cache import Cache
from audionews.voices.clips import make_clips
from audionews.voices.silence import Silence

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


class Hum(Engine):
    """Hums as long as the text would take, each text at its own pitch, and counts."""

    name = "hum"
    version = "1"
    words_per_minute = 165
    max_chars: ClassVar[int] = 4000

    def __init__(self, options: NoOptions, voice: str = "", speed: float = 1.0) -> None:
        super().__init__(options, voice, speed)
        self.calls: list[str] = []
        self.bad: dict[str, list[Sound | Exception]] = {}
        self.lock = threading.Lock()

    @classmethod
    def voices(cls) -> tuple[str, ...]:
        return ("low",)

    def speak(self, text: str) -> Sound:
        with self.lock:
            self.calls.append(text)
            bad = self.bad.get(text)
            given = bad.pop(0) if bad else None
        if isinstance(given, Exception):
            raise given
        time.sleep(0.001 * (len(text) % 7))
        instants = numpy.arange(round(0.35 * len(text.split()) * 24_000)) / 24_000
        hum = 5000 * numpy.sin(2 * numpy.pi * (100 + len(text)) * instants)
        return given or Sound(hum.astype("<i2").tobytes(), 24_000)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def names(run: Path) -> list[str]:
    return sorted(path.name for path in (run / "4-clips").iterdir())


def test_one_clip_a_segment_with_words(tmp_path: Path, cache: Cache) -> None:
    clips = make_clips(script(TEXTS), Silence(NoOptions()), tmp_path / "run", cache, FRENCH)
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
        make_clips(
            script(TEXTS),
            Hum(NoOptions()),
            tmp_path / f"run{workers}",
            Cache(tmp_path / f"cache{workers}"),
            FRENCH,
            workers=workers,
        )
        for workers in (1, 2, 5)
    ]
    assert made[0] == made[1] == made[2]
    contents = [[(tmp_path / f"run{workers}" / clip.path).read_bytes() for clip in made[0]] for workers in (1, 2, 5)]
    assert contents[0] == contents[1] == contents[2]


def test_each_distinct_text_is_voiced_once(tmp_path: Path, cache: Cache) -> None:
    engine = Hum(NoOptions())
    clips = make_clips(script(TEXTS), engine, tmp_path / "run", cache, FRENCH)
    assert sorted(engine.calls) == sorted({spoken(text) for text in TEXTS if text})
    assert clips[1].sha256 == clips[3].sha256 and clips[1].path != clips[3].path


def test_only_a_changed_sentence_is_voiced_again(tmp_path: Path, cache: Cache) -> None:
    make_clips(script(TEXTS), Hum(NoOptions()), tmp_path / "run", cache, FRENCH)
    engine, changed = Hum(NoOptions()), [*TEXTS[:-1], "Merci, et à demain."]
    make_clips(script(changed), engine, tmp_path / "run", cache, FRENCH)
    assert engine.calls == [spoken("Merci, et à demain.")]


def test_what_changes_the_sound_voices_all_again(tmp_path: Path, cache: Cache) -> None:
    make_clips(script(TEXTS[:1]), Hum(NoOptions()), tmp_path, cache, FRENCH)
    faster = Hum(NoOptions(), speed=1.1)
    make_clips(script(TEXTS[:1]), faster, tmp_path, cache, FRENCH)
    respelled = Hum(NoOptions())
    clips = make_clips(script(TEXTS[:1]), respelled, tmp_path, cache, FRENCH, entries={"Bonjour": entry("Bon zhour")})
    assert faster.calls == [spoken(TEXTS[0])]
    assert respelled.calls == [spoken(TEXTS[0]).replace("Bonjour", "Bon zhour")]
    assert clips[0].spoken == spoken(TEXTS[0])  # the transcript keeps the name's own spelling


def test_clips_of_sentences_that_left_go(tmp_path: Path, cache: Cache) -> None:
    make_clips(script(TEXTS), Silence(NoOptions()), tmp_path, cache, FRENCH)
    make_clips(script(TEXTS[:1]), Silence(NoOptions()), tmp_path, cache, FRENCH)
    assert names(tmp_path) == ["sujet-essai-0.wav"]


def test_a_damaged_clip_is_made_again(tmp_path: Path, cache: Cache) -> None:
    (clip,) = make_clips(script(TEXTS[:1]), Hum(NoOptions()), tmp_path, cache, FRENCH)
    whole = (tmp_path / clip.path).read_bytes()
    (tmp_path / clip.path).write_bytes(b"cut")  # through the hard link: the cache's own file
    engine = Hum(NoOptions())
    assert make_clips(script(TEXTS[:1]), engine, tmp_path, cache, FRENCH) == (clip,)
    assert len(engine.calls) == 1 and (tmp_path / clip.path).read_bytes() == whole


def test_a_bad_clip_is_voiced_once_more(tmp_path: Path, cache: Cache) -> None:
    engine, text = Hum(NoOptions()), spoken(TEXTS[0])
    engine.bad = {text: [Sound(b"", 24_000)]}
    make_clips(script(TEXTS[:1]), engine, tmp_path, cache, FRENCH)
    assert engine.calls == [text, text]


def test_a_clip_bad_twice_stops_the_run_and_leaves_the_last_one(tmp_path: Path, cache: Cache) -> None:
    before = make_clips(script(TEXTS), Hum(NoOptions()), tmp_path, cache, FRENCH)
    contents = [(tmp_path / clip.path).read_bytes() for clip in before]
    engine, text = Hum(NoOptions()), spoken("Une phrase qui ne passe pas.")
    engine.bad = {text: [Sound(bytes(48_000), 24_000)] * 2}
    with pytest.raises(AudionewsError, match=r"Phrase sujet-essai-2 : hum:low l’a mal lue deux fois .*muet"):
        make_clips(script([*TEXTS[:2], text, *TEXTS[3:]]), engine, tmp_path, cache, FRENCH)
    assert [(tmp_path / clip.path).read_bytes() for clip in before] == contents
    assert names(tmp_path) == [Path(clip.path).name for clip in before]


def test_an_engine_that_breaks_is_named_with_the_sentence(tmp_path: Path, cache: Cache) -> None:
    engine, text = Hum(NoOptions()), spoken(TEXTS[3])
    engine.bad = {text: [ZeroDivisionError("oops")]}
    with pytest.raises(AudionewsError, match=r"Phrase sujet-essai-3 : hum:low a échoué \(ZeroDivisionError : oops\)"):
        make_clips(script(TEXTS), engine, tmp_path / "run", cache, FRENCH)
    assert not (tmp_path / "run").exists()


def test_the_error_of_an_engine_keeps_its_hint(tmp_path: Path, cache: Cache) -> None:
    engine, text = Hum(NoOptions()), spoken(TEXTS[0])
    engine.bad = {text: [AudionewsError("service injoignable", "--voice kokoro")]}
    with pytest.raises(AudionewsError, match=r"sujet-essai-0 : service injoignable\. --voice kokoro"):
        make_clips(script(TEXTS[:1]), engine, tmp_path, cache, FRENCH)


def test_a_failure_stops_the_sentences_that_wait(tmp_path: Path, cache: Cache) -> None:
    engine = Hum(NoOptions())
    texts = [f"Phrase numéro {'x' * (200 - number)}." for number in range(80)]
    engine.bad = {spoken(texts[0]): [ZeroDivisionError()]}  # the longest: voiced first
    with pytest.raises(AudionewsError):
        make_clips(script(texts), engine, tmp_path, cache, FRENCH, workers=1)
    assert len(engine.calls) < 40


def test_an_engine_that_takes_little_gets_pieces(tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hum, "max_chars", 50)
    engine = Hum(NoOptions())
    make_clips(script(TEXTS[3:4]), engine, tmp_path, cache, FRENCH)
    assert len(engine.calls) == 2 and all(len(text) <= 50 for text in engine.calls)


def test_progress_is_told_to_the_end(tmp_path: Path, cache: Cache) -> None:
    told: list[tuple[int, int]] = []
    make_clips(
        script(TEXTS),
        Silence(NoOptions()),
        tmp_path,
        cache,
        FRENCH,
        progress=lambda done, all_: told.append((done, all_)),
    )
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("bad", ["../dehors", "a/b", "", "sujet-essai-0"])
def test_a_segment_that_cannot_name_a_file_is_refused(tmp_path: Path, cache: Cache, bad: str) -> None:
    made = script(TEXTS)
    segments = (*made.segments[:2], replace(made.segments[2], id=bad))
    with pytest.raises(AudionewsError, match="repère"):
        make_clips(replace(made, segments=segments), Silence(NoOptions()), tmp_path / "run", cache, FRENCH)


def test_an_empty_script_gives_no_clips(tmp_path: Path, cache: Cache) -> None:
    assert make_clips(script([]), Silence(NoOptions()), tmp_path / "run", cache, FRENCH) == ()


def test_silence_lasts_as_long_as_the_words(tmp_path: Path) -> None:
    text = "un deux trois quatre cinq six sept huit neuf dix onze"
    assert Silence(NoOptions()).speak(text).seconds == pytest.approx(11 * 60 / 165, abs=0.001)
    assert Silence(NoOptions(), speed=2.0).speak(text).seconds == pytest.approx(11 * 30 / 165, abs=0.001)
