from __future__ import annotations

import html
import itertools
import json
import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.model import Caption, Episode, Role
from audionews.publish.transcript import chapters_json, srt, vtt
from tests.publish_samples import sample_episode, sample_station

CUE = re.compile(r"(\d+):(\d\d):(\d\d)\.(\d{3}) --> (\d+):(\d\d):(\d\d)\.(\d{3})")


def _with(*captions: tuple[int, int, str]) -> Episode:
    return replace(
        sample_episode(),
        captions=tuple(Caption(start, end, text, Role.STORY) for start, end, text in captions),
    )


def _cues(text: str) -> list[tuple[int, int, list[str]]]:
    head, *blocks = text.rstrip("\n").split("\n\n")
    assert head == "WEBVTT"
    made = []
    for block in blocks:
        times, *lines = block.split("\n")
        found = CUE.fullmatch(times)
        assert found, times
        h, m, s, ms, h2, m2, s2, ms2 = map(int, found.groups())
        start, end = ((h * 60 + m) * 60 + s) * 1000 + ms, ((h2 * 60 + m2) * 60 + s2) * 1000 + ms2
        made.append((start, end, [html.unescape(line) for line in lines]))
    return made


def test_a_short_sentence_is_one_caption() -> None:
    assert vtt(_with((3000, 5220, "Bonjour."))) == "WEBVTT\n\n00:00:03.000 --> 00:00:05.220\nBonjour.\n"


def test_markup_is_escaped() -> None:
    assert "a &lt;b&gt; &amp; c --&gt; d" in vtt(_with((0, 1000, "a <b> & c --> d")))


def test_a_long_sentence_is_shared_out_in_proportion() -> None:
    words = " ".join(["nouvelle"] * 40)
    cues = _cues(vtt(_with((10_000, 30_000, words))))
    assert len(cues) > 1
    assert (cues[0][0], cues[-1][1]) == (10_000, 30_000)
    rates = [(end - start) / sum(map(len, lines)) for start, end, lines in cues]
    assert max(rates) < 1.05 * min(rates)


def test_no_break_spaces_hold() -> None:
    text = "x" * 60 + " «\u202fmot\u202f»\u00a0: fin"
    assert _cues(vtt(_with((0, 4000, text))))[0][2] == ["x" * 60, "«\u202fmot\u202f»\u00a0: fin"]


def test_an_hour_is_written() -> None:
    assert "01:01:01.001 --> 01:01:02.000" in vtt(_with((3_661_001, 3_662_000, "Tard.")))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=400),
            st.integers(1000, 20_000),
        ),
        max_size=6,
    )
)
def test_any_text_keeps_the_rules(sentences: list[tuple[str, int]]) -> None:
    at, captions = 0, []
    for text, length in sentences:
        captions.append((at, at + length, text))
        at += length + 300
    cues = _cues(vtt(_with(*captions)))
    assert all(0 < len(line) <= 65 for *_, lines in cues for line in lines)
    assert all(len(lines) <= 2 for *_, lines in cues)
    assert all(start < end for start, end, _ in cues)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(cues))
    said = "".join(text for text, _ in sentences)
    shown = "".join(line for *_, lines in cues for line in lines)
    assert shown.replace(" ", "") == said.replace(" ", "")


def test_subrip_numbers_its_captions() -> None:
    text = srt(_with((0, 1500, "Un & un."), (2000, 3000, "Deux.")))
    assert text == "1\n00:00:00,000 --> 00:00:01,500\nUn & un.\n\n2\n00:00:02,000 --> 00:00:03,000\nDeux.\n"


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
