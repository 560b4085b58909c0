from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.model import Caption, Episode, Role, Word
from audionews.publish.transcript import chapters_json, srt, transcript_json, vtt, words_vtt
from tests.publish_samples import sample_episode, sample_station, word_times

STAMP = r"(\d{2,}):([0-5]\d):([0-5]\d)[.,](\d{3})"
TIMES = re.compile(rf"{STAMP} --> {STAMP}")
TOKEN = re.compile(rf"<{STAMP}>|<v ([^\n&>]*(?:&(?:amp|lt|gt);[^\n&>]*)*)>|<(/?c)>|&(amp|lt|gt);|([^<&\n])|(\n)")
BLANKS = re.compile(r"[ \n]+")
WRITERS = pytest.mark.parametrize("write", [vtt, words_vtt])


class Cue(NamedTuple):
    """What a player knows of a cue."""

    start: int
    end: int
    speaker: str
    lines: list[str]
    words: list[tuple[int, str]]  # of each <c>, the last timestamp before it, or else the cue's start


def _ms(hours: str, minutes: str, seconds: str, rest: str) -> int:
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(rest)


def _blocks(text: str) -> list[tuple[int, int, str]]:
    """Read cues as the grammar of WebVTT (and of SubRip) has them; anything else is an error."""
    made, before = [], 0
    for block in text.split("\n\n") if text else []:
        timing, _, payload = block.partition("\n")
        found = TIMES.fullmatch(timing)
        assert found, timing
        start, end = _ms(*found.groups()[:4]), _ms(*found.groups()[4:])
        assert before <= start < end
        assert payload
        made.append((start, end, payload.removesuffix("\n")))
        before = start
    return made


def _cues(text: str) -> list[Cue]:
    """Read a WebVTT file by the rules for whoever writes one (webvtt1, section 4), stricter than a player's."""
    assert text.startswith("WEBVTT\n")
    assert text.endswith("\n")
    made = []
    for start, end, payload in _blocks(text.removeprefix("WEBVTT\n").removeprefix("\n")):
        assert "-->" not in payload
        speaker, shown, last, inside = "", "", start, False
        words: list[tuple[int, str]] = []
        at = 0
        while at < len(payload):
            found = TOKEN.match(payload, at)
            assert found, payload[at:]
            *stamp, voice, span, entity, plain, feed = found.groups()
            if stamp[0]:
                assert last < _ms(*stamp) < end
                last = _ms(*stamp)
            elif voice is not None:
                assert at == 0
                assert voice.strip()
                speaker = html.unescape(voice)
            elif span:
                assert inside is (span == "/c")
                inside = span == "c"
                if inside:
                    words.append((last, ""))
            else:
                char = html.unescape(f"&{entity};") if entity else plain or feed
                assert not (inside and feed)
                shown += char
                if inside:
                    words[-1] = (last, words[-1][1] + char)
            at = found.end()
        assert not inside
        made.append(Cue(start, end, speaker, shown.split("\n"), words))
    return made


def _subrip(text: str) -> list[tuple[int, int, str]]:
    blocks = text.removesuffix("\n").split("\n\n") if text else []
    numbers, rest = zip(*(block.split("\n", 1) for block in blocks), strict=True) if blocks else ((), ())
    assert list(numbers) == [str(number) for number in range(1, len(numbers) + 1)]
    return _blocks("\n\n".join(rest))


def _of(*captions: Caption) -> Episode:
    return replace(sample_episode(), captions=captions)


def _said(start: int, end: int, text: str, speaker: str = "", words: Sequence[Word] = ()) -> Caption:
    return Caption(start, end, text, Role.STORY, speaker=speaker, words=tuple(words))


def _timed(start: int, text: str, character: int = 60, speaker: str = "") -> Caption:
    return _said(start, start + len(text) * character, text, speaker, word_times(text, start, character))


def _bare(text: str) -> str:
    return BLANKS.sub("", text)


# WebVTT


def test_a_short_sentence_is_one_caption() -> None:
    assert vtt(_of(_said(3000, 5220, "Bonjour."))) == "WEBVTT\n\n00:00:03.000 --> 00:00:05.220\nBonjour.\n"


@WRITERS
def test_markup_is_escaped(write: Callable[[Episode], str]) -> None:
    assert "a &lt;b&gt; &amp; c --&gt; d" in write(_of(_said(0, 1000, "a <b> & c --> d")))


def test_a_long_sentence_is_shared_out_in_proportion() -> None:
    words = " ".join(["nouvelle"] * 40)
    cues = _cues(vtt(_of(_said(10_000, 30_000, words))))
    assert len(cues) > 1
    assert (cues[0].start, cues[-1].end) == (10_000, 30_000)
    rates = [(cue.end - cue.start) / sum(map(len, cue.lines)) for cue in cues]
    assert max(rates) < 1.05 * min(rates)


def test_a_screen_comes_when_its_first_word_is_heard() -> None:
    """The voice waits two seconds before the second half: the screen waits with it."""
    text = " ".join(["nouvelle"] * 28)
    words = [
        replace(word, start_ms=word.start_ms + late, end_ms=word.end_ms + late)
        for place, word in enumerate(word_times(text, 1000, 10))
        for late in [2000 if place >= 14 else 0]
    ]
    episode = _of(_said(1000, words[-1].end_ms + 50, text, words=words))
    for write in (vtt, words_vtt):
        first, second = _cues(write(episode))
        assert first.lines == second.lines == [" ".join(["nouvelle"] * 7)] * 2
        assert (first.start, first.end) == (1000, words[14].start_ms)
        assert (second.start, second.end) == (words[14].start_ms, words[-1].end_ms + 50)
    assert [start for start, *_ in _subrip(srt(episode))] == [1000, words[14].start_ms]


def test_no_break_spaces_hold() -> None:
    text = "x" * 60 + " «\u202fmot\u202f»\u00a0: fin"
    assert _cues(vtt(_of(_said(0, 4000, text))))[0].lines == ["x" * 60, "«\u202fmot\u202f»\u00a0: fin"]


def test_a_line_holds_65_characters() -> None:
    assert _cues(vtt(_of(_said(0, 4000, "x" * 60 + " quatr"))))[0].lines == ["x" * 60, "quatr"]
    assert _cues(vtt(_of(_said(0, 4000, "x" * 60 + " quat"))))[0].lines == ["x" * 60 + " quat"]


def test_a_word_longer_than_two_lines_is_broken_and_its_time_shared() -> None:
    long = Word("x" * 195, 1000, 4000)
    first, second = _cues(words_vtt(_of(_said(500, 4000, long.text, words=[long]))))
    assert first.words == [(1000, "x" * 65), (2000, "x" * 65)]
    assert (second.start, second.words) == (3000, [(3000, "x" * 65)])


def test_an_hour_is_written() -> None:
    assert "01:01:01.001 --> 01:01:02.000" in vtt(_of(_said(3_661_001, 3_662_000, "Tard.")))


def test_line_feeds_of_a_text_never_end_a_cue() -> None:
    [cue] = _cues(vtt(_of(_said(0, 1000, "Un\n\n00:00 deux\r\n"))))
    assert cue.lines == ["Un 00:00 deux"]


def test_each_cue_says_who_speaks() -> None:
    episode = _of(_timed(0, "Bonjour.", speaker="Awa"), _timed(2000, "Bonsoir.", speaker="N’Golo & <Fils>"))
    assert "\n<v Awa>Bonjour.\n" in vtt(episode)
    assert "\n<v Awa><c>Bonjour.</c>\n" in words_vtt(episode)
    for write in (vtt, words_vtt):
        assert [cue.speaker for cue in _cues(write(episode))] == ["Awa", "N’Golo & <Fils>"]


def test_nobody_is_named_where_one_presenter_reads() -> None:
    episode = _of(_timed(0, "Bonjour."))
    assert not _cues(vtt(episode))[0].speaker
    assert srt(episode).endswith("\nBonjour.\n")
    assert "speaker" not in transcript_json(episode)


# WebVTT by the word


def test_each_word_has_its_time() -> None:
    words = [Word("Bonjour,", 3040, 3400), Word("voici\u00a0:", 3400, 3800), Word("R&B.", 3900, 4200)]
    text = "Bonjour, voici\u00a0: R&B."
    assert words_vtt(_of(_said(3000, 4250, text, "Awa", words))) == (
        "WEBVTT\n\n00:00:03.000 --> 00:00:04.250\n<v Awa><00:00:03.040><c>Bonjour,</c> "
        "<00:00:03.400><c>voici\u00a0:</c> <00:00:03.900><c>R&amp;B.</c>\n"
    )


def test_no_time_is_written_twice_nor_at_either_end_of_the_cue() -> None:
    """A word that is not heard (« — ») lasts nothing: it comes with the one before it."""
    texts = ("Un", "—", "deux", "—")
    words = [Word(text, at, to) for text, at, to in zip(texts, (0, 400, 400, 900), (400, 400, 900, 900), strict=True)]
    [cue] = _cues(words_vtt(_of(_said(0, 900, "Un — deux —", words=words))))
    assert cue.words == [(0, "Un"), (400, "—"), (400, "deux"), (400, "—")]


def test_a_caption_without_word_times_is_a_plain_cue() -> None:
    known, unknown = _timed(0, "Bonjour à tous."), _said(2000, 3000, "À <demain> !")
    assert [len(cue.words) for cue in _cues(words_vtt(_of(known, unknown)))] == [3, 0]
    assert words_vtt(_of(unknown)) == vtt(_of(unknown))
    assert _cues(words_vtt(_of(known)))[0].lines == _cues(vtt(_of(known)))[0].lines


def test_words_that_last_nothing_still_make_whole_cues() -> None:
    """Odd times, as an editor's timeline may leave them, cost the words theirs, never the file its order."""
    text = " ".join(["nouvelle"] * 60)
    words = [Word("nouvelle", 1000, 1000)] * 60
    for start, end in ((1000, 9000), (0, 1000), (1000, 1001), (1000, 1000)):
        cues = _cues(words_vtt(_of(_said(start, end, text, words=words))))
        assert len(cues) == 5
        assert all(one.end == following.start for one, following in itertools.pairwise(cues))
        assert cues[-1].end == max(end, start + len(cues)), "longer than the caption only where that has no room"


def test_sentences_that_overlap_stay_in_order() -> None:
    text = " ".join(["nouvelle"] * 28)
    episode = _of(_timed(0, text), _timed(1000, "Bref."))
    for cues in (_cues(vtt(episode)), _subrip(srt(episode))):
        assert len(cues) == 3


# SubRip


def test_subrip_numbers_its_captions() -> None:
    text = srt(_of(_said(0, 1500, "Un & un."), _said(2000, 3000, "Deux.")))
    assert text == "1\n00:00:00,000 --> 00:00:01,500\nUn & un.\n\n2\n00:00:02,000 --> 00:00:03,000\nDeux.\n"


def test_subrip_names_who_speaks_where_that_changes() -> None:
    speakers = ("Awa", "Awa", "Moussa Traoré", "", "Moussa Traoré", "Awa")
    episode = _of(*(_timed(at * 2000, "Bonjour.", speaker=one) for at, one in enumerate(speakers)))
    assert [text for *_, text in _subrip(srt(episode))] == [
        "Awa\u00a0: Bonjour.",
        "Bonjour.",
        "Moussa Traoré\u00a0: Bonjour.",
        "Bonjour.",
        "Moussa Traoré\u00a0: Bonjour.",
        "Awa\u00a0: Bonjour.",
    ]


def test_a_name_takes_its_place_in_the_line() -> None:
    [(*_, text)] = _subrip(srt(_of(_timed(0, "x" * 58 + " y", speaker="Moussa"))))
    assert text == "Moussa\u00a0:\n" + "x" * 58 + " y"


# JSON


def test_json_holds_sentences_and_the_times_of_their_words() -> None:
    words = [Word("Bonjour,", 3040, 3400), Word("Bamako\u202f!", 3400, 4217)]
    spoken = _said(3000, 4250, "Bonjour, Bamako\u202f!", "Awa", words)
    assert transcript_json(_of(spoken, _said(5000, 6000, 'Dit "<b>".'))) == (
        '{"version":"1.0.0","segments":[\n'
        '{"speaker":"Awa","startTime":3.0,"endTime":4.25,"body":"Bonjour, Bamako\u202f!","words":['
        '{"startTime":3.04,"endTime":3.4,"body":"Bonjour,"},{"startTime":3.4,"endTime":4.217,"body":"Bamako\u202f!"}]},\n'
        '{"startTime":5.0,"endTime":6.0,"body":"Dit \\"<b>\\"."}\n'
        "]}\n"
    )


# all of them


@pytest.mark.parametrize("captions", [(), (_said(0, 1000, ""), _said(1000, 2000, " \n"))])
def test_nothing_said_is_an_empty_file(captions: tuple[Caption, ...]) -> None:
    episode = _of(*captions)
    assert vtt(episode) == words_vtt(episode) == "WEBVTT\n"
    assert srt(episode) == ""
    assert json.loads(transcript_json(episode)) == {"version": "1.0.0", "segments": []}


def test_two_presenters_from_end_to_end() -> None:
    episode = sample_episode(at=sample_station(presenters=("Awa", "Moussa Traoré")))
    assert [one.speaker for one in _cues(vtt(episode))] == [one.speaker for one in _cues(words_vtt(episode))]
    assert {one.speaker for one in _cues(vtt(episode))} == {"Awa", "Moussa Traoré"}
    assert srt(episode).count("\nAwa\u00a0: ") == 3
    assert srt(episode).count("\nMoussa Traoré\u00a0: ") == 2
    segments = json.loads(transcript_json(episode))["segments"]
    assert [one["speaker"] for one in segments] == [one.speaker for one in episode.captions]
    assert ["words" in one for one in segments] == [True] * (len(segments) - 1) + [False]


HOSTILE = ("-->", "<v Bob>", "</c>", "<c>", "&lt;", "&", "<00:00:01.000>", "«\u202foui\u202f»", "x" * 200, "NOTE", "1")
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters=" ", exclude_categories=["Cc", "Cs"]), min_size=1)


@st.composite
def captions_of(draw: st.DrawFn) -> tuple[Caption, ...]:
    """Make captions one after the other, some with times of words, as the house's engines and any other may give."""
    made, at = [], 0
    for texts in draw(st.lists(st.lists(TEXTS | st.sampled_from(HOSTILE), max_size=30), max_size=4)):
        start = at + draw(st.integers(0, 500))
        end = start + draw(st.integers(50, 20_000))
        words: list[Word] = []
        if draw(st.booleans()):
            moments = sorted(draw(st.lists(st.integers(start, end), min_size=2 * len(texts), max_size=2 * len(texts))))
            words = [Word(*word) for word in zip(texts, moments[::2], moments[1::2], strict=True)]
        speaker = draw(st.sampled_from(["", "Awa", "N’Golo & <Fils> -->", "Marie Thérèse"]))
        made.append(_said(start, end, " ".join(texts), speaker, words))
        at = end
    return tuple(made)


@settings(deadline=None, max_examples=100)
@given(captions_of())
def test_any_caption_keeps_the_rules(captions: tuple[Caption, ...]) -> None:
    episode = _of(*captions)
    plain, by_word = _cues(vtt(episode)), _cues(words_vtt(episode))
    assert [one[:4] for one in plain] == [one[:4] for one in by_word], "the same screens"
    assert all(not one.words for one in plain)
    subtitles = _subrip(srt(episode))
    segments = json.loads(transcript_json(episode))["segments"]
    for lines in [*(one.lines for one in plain), *(text.split("\n") for *_, text in subtitles)]:
        assert len(lines) <= 2
        assert all(0 < len(line) <= 65 for line in lines)
    for cues in ([one[:2] for one in plain], [one[:2] for one in subtitles]):
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(cues))

    left, before = list(by_word), ""
    for caption in captions:
        if not caption.text:
            continue
        own = [one for one in left if caption.start_ms <= one.start < caption.end_ms]
        left = left[len(own) :]
        assert (own[0].start, own[-1].end) == (caption.start_ms, caption.end_ms)
        assert all(one.end == following.start for one, following in itertools.pairwise(own))
        assert {one.speaker for one in own} == {caption.speaker}
        assert _bare("".join(line for one in own for line in one.lines)) == _bare(caption.text)
        if caption.words:
            assert _bare("".join(text for one in own for _, text in one.words)) == _bare(caption.text)
            times = [at for one in own for at, _ in one.words]
            assert times == sorted(times)
        name = f"{caption.speaker}\u00a0:" if caption.speaker not in {"", before} else ""
        here = [text for start, _, text in subtitles if caption.start_ms <= start < caption.end_ms]
        assert _bare("".join(here)) == _bare(name + caption.text)
        before = caption.speaker
        segment = segments.pop(0)
        assert (segment["startTime"] * 1000, segment["endTime"] * 1000) == pytest.approx(
            (caption.start_ms, caption.end_ms), abs=1e-6
        )
        assert segment["body"] == caption.text
        assert segment.get("speaker", "") == caption.speaker
        assert [
            Word(one["body"], round(one["startTime"] * 1000), round(one["endTime"] * 1000))
            for one in segment.get("words", [])
        ] == list(caption.words)
    assert not left
    assert not segments


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 65), min_size=1, max_size=60), st.integers(1, 90))
def test_words_appear_when_they_are_heard(sizes: list[int], character: int) -> None:
    """Where each word has a time of its own, that is its time in the file, to the ms."""
    caption = _timed(1000, " ".join("m" * size for size in sizes), character)
    shown = [word for cue in _cues(words_vtt(_of(caption))) for word in cue.words]
    assert shown == [(word.start_ms, word.text) for word in caption.words]


# chapters


def test_chapters_follow_json_chapters_1_2() -> None:
    episode = sample_episode()
    whole = json.loads(chapters_json(episode, sample_station()))
    assert whole["version"] == "1.2.0"
    assert whole["podcastName"] == "Radio du Lac"
    starts = [one["startTime"] for one in whole["chapters"]]
    assert starts[0] == 0
    assert starts == sorted(starts)
    assert [one["title"] for one in whole["chapters"]] == [one.title for one in episode.chapters]
    assert starts[1] == episode.chapters[1].start_ms / 1000
