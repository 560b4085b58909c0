from __future__ import annotations

import hashlib
import itertools
import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.desk import codec
from audionews.model import Bulletin, Caption, Clip, Cue, Episode, Role, Script, Segment, Timeline, Track, Word
from audionews.publish.episode import aired, make_episode
from tests.publish_samples import (
    PUBLISHED,
    sample_clips,
    sample_episode,
    sample_rundown,
    sample_script,
    sample_station,
    sample_timeline,
    word_times,
)


def test_title_and_texts_have_french_typography() -> None:
    episode = sample_episode()
    assert episode.title == "Journal du matin, samedi 7\u00a0juin 2025"
    assert episode.chapters[1].title.startswith("Télécoms\u00a0: ")
    assert episode.captions[-1].text.endswith("demain\u202f!")
    assert episode.credits[2].title == "Le prix du maïs baisse de 12\u202f%"


def test_summary_is_one_paragraph_of_sentences() -> None:
    summary = sample_episode().summary
    assert summary.startswith("Télécoms\u00a0: les régulateurs accordent leurs règles. Panne d’eau")
    assert summary.endswith("surprise\u202f?")
    assert "\n" not in summary


def test_guid_depends_on_station_and_bulletin_alone() -> None:
    one = sample_episode()
    uuid.UUID(one.guid)
    moved = sample_episode(sound=b"corrected", at=sample_station(url="https://elsewhere.example"))
    assert moved.guid == one.guid
    assert sample_episode("2025-06-07-soir").guid != one.guid
    assert sample_episode(at=sample_station(name="Radio Colline")).guid != one.guid
    assert one.guid == "038d9822-ebaa-511b-9ee7-27ebed092d57", "a guid never changes: apps would offer it twice"


def test_a_corrected_sound_is_a_new_ascii_address() -> None:
    one, other = sample_episode(sound=b"one"), sample_episode(sound=b"other")
    digits = hashlib.sha256(b"one").hexdigest()[:8]
    assert one.audio == f"episodes/2025-06-07-matin/radio-du-lac-2025-06-07-matin-{digits}.mp3"
    assert one.audio != other.audio
    assert re.fullmatch(r"[A-Za-z0-9./-]+", one.audio)


def test_captions_are_the_voiced_segments_in_time() -> None:
    episode = sample_episode()
    script = sample_script(sample_rundown())
    assert len(episode.captions) == sum(1 for segment in script.segments if segment.text)
    assert all(a.end_ms <= b.start_ms for a, b in zip(episode.captions, episode.captions[1:], strict=False))
    assert episode.captions[0].role is Role.OPENING
    assert {caption.story for caption in episode.captions} == {"", "telecoms", "eau", "mais", "lutte"}


def _caption(
    text: str,
    words: Sequence[Word] = (),
    *,
    of: str = "",
    presenter: int = 1,
    names: tuple[str, ...] = (),
    clip_ms: int = 1000,
) -> Caption:
    """Give the caption of a sentence heard for a second from 5 s on, whose clip is of `of`, or of that sentence."""
    rundown = sample_rundown()
    segment = Segment("sujet-eau-1", Role.STORY, text, "eau", presenter=presenter)
    cue = Cue(Track.VOICE, 5000, 1000, "4-clips/sujet-eau-1.wav", "sujet-eau-1")
    clip = Clip(
        of or segment.id, f"4-clips/{of or segment.id}.wav", clip_ms, text, "essai:voix", "0" * 64, tuple(words)
    )
    episode = make_episode(
        rundown,
        Script(rundown.bulletin_id, rundown.title, rundown.date, (segment,)),
        (clip,),
        Timeline((cue,), 6000, ()),
        Bulletin("b.mp3", 1, "0" * 64, 6000, -16.0, -1.0, ()),
        sample_station(presenters=names),
        published=PUBLISHED,
    )
    [caption] = episode.captions
    return caption


def test_what_the_slot_had_no_room_for_is_nowhere() -> None:
    rundown = sample_rundown()
    script, whole = sample_script(rundown), sample_timeline(sample_script(rundown))
    cues = tuple(cue for cue in whole.cues if "-mais-" not in cue.segment and cue.segment != "sujet-telecoms-3")
    heard = replace(whole, cues=cues, chapters=tuple(one for one in whole.chapters if one.story != "mais"))
    left, said = aired(rundown, script, heard)
    assert [item.story.slug for item in left.items] == ["telecoms", "eau", "lutte"]
    assert [one.id for one in script.segments if one not in said.segments] == [
        "sujet-telecoms-3",
        "sujet-mais-1",
        "sujet-mais-2",
    ]
    made = make_episode(
        *(rundown, script, sample_clips(script), heard),
        Bulletin("b.mp3", 1, "0" * 64, whole.duration_ms, -16.0, -1.0, heard.chapters),
        sample_station(),
        published=PUBLISHED,
    )
    assert "maïs" not in codec.encode(made).decode() and "11\u00a0700 abonnés" not in codec.encode(made).decode()
    assert [one.story for one in made.credits] == ["telecoms", "eau", "lutte"]
    assert aired(rundown, script, whole) == (rundown, script)


def test_words_follow_the_tempo_of_the_voices() -> None:
    words = (Word("Bonjour,", 0, 300), Word("voici.", 310, 1000))
    assert _caption("Bonjour, voici.", words, clip_ms=1030).words == (
        Word("Bonjour,", 5000, 5291),
        Word("voici.", 5300, 5970),
    )


def test_words_are_timed_from_the_start_of_the_programme() -> None:
    words = (Word("Bonjour,", 0, 300), Word("—", 300, 300), Word("voici\u202f!", 310, 1000))
    assert _caption("Bonjour, — voici\u202f!", words).words == (
        Word("Bonjour,", 5000, 5300),
        Word("—", 5300, 5300),
        Word("voici\u202f!", 5310, 6000),
    )


@pytest.mark.parametrize(
    ("printed", "times", "typed"),
    [
        ("Un prix : 12 % !", [0, 100, 200, 300, 400, 500, 600], [("Un", 0, 100), ("prix\u00a0:", 100, 300)]),
        ("Dix,onze douze", [0, 800, 900], [("Dix,", 0, 400), ("onze", 400, 800), ("douze", 800, 900)]),
        ("L'eau  manque", [0, 100, 200], [("L’eau", 0, 100), ("manque", 100, 200)]),
        ("le 7 juin", [0, 100, 300, 400], [("le", 0, 100), ("7\u00a0juin", 100, 400)]),
        ('dit "oui" hier', [0, 100, 200, 300], [("dit", 0, 100), ("«\u202foui\u202f»", 100, 200), ("hier", 200, 300)]),
    ],
)
def test_words_follow_where_typography_moves_blanks(
    printed: str, times: list[int], typed: list[tuple[str, int, int]]
) -> None:
    words = [Word(text, *time) for text, time in zip(printed.split(), itertools.pairwise(times), strict=True)]
    found = [(word.text, word.start_ms - 5000, word.end_ms - 5000) for word in _caption(printed, words).words]
    assert found[: len(typed)] == typed
    assert (found[0][1], found[-1][2]) == (times[0], times[-1])


def test_no_times_rather_than_wrong_ones() -> None:
    words = (Word("Bonjour,", 0, 300), Word("voici.", 310, 1000))
    assert _caption("Bonjour, voici.", words).words
    assert not _caption("Bonjour, voilà.", words).words, "of another text"
    assert not _caption("Bonjour, voici. Bref.", words).words, "of a part of it"
    assert not _caption("Bonjour, voici.", words, of="sujet-mais-1").words, "of another sound"
    more = (Word("Bonjour,", 0, 300), Word("voici...", 310, 1000))
    assert _caption("Bonjour, voici...", more).text == "Bonjour, voici…"
    assert not _caption("Bonjour, voici...", more).words, "three points are one now"


def test_words_stay_within_a_sentence_that_an_editor_shortened() -> None:
    words = (Word("Bonjour,", 0, 900), Word("voici.", 950, 1400))
    assert [word.end_ms for word in _caption("Bonjour, voici.", words).words] == [5900, 6000]


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("aàé1 \u00a0\u202f.,;:!?«»\"'()%—&<>-A\u00ad"), max_size=60), st.integers(0, 15))
def test_words_are_those_of_the_caption_or_none(text: str, character: int) -> None:
    caption = _caption(text or "a", word_times(text or "a", 0, character))
    if caption.words:
        assert [word.text for word in caption.words] == [one for one in caption.text.split(" ") if one]
    times = [moment for word in caption.words for moment in (word.start_ms, word.end_ms)]
    assert times == sorted(times)
    assert all(caption.start_ms <= moment <= caption.end_ms for moment in times)


def test_the_sample_keeps_its_word_times() -> None:
    """What editors' texts look like: every sentence keeps its times though typography moves its blanks."""
    *known, last = sample_episode().captions
    assert all(caption.words for caption in known)
    assert not last.words


def test_who_speaks_is_told_where_there_are_two() -> None:
    two = ("Awa", "Moussa Traoré")
    assert [_caption("Oui.", presenter=one, names=two).speaker for one in (1, 2, 3)] == ["Awa", *["Moussa Traoré"] * 2]
    assert [_caption("Oui.", presenter=2, names=names).speaker for names in ((), ("Awa",))] == ["", ""]


def test_an_episode_of_an_older_version_is_still_read() -> None:
    episode = sample_episode(at=sample_station(presenters=("Awa", "Moussa Traoré")))
    older = json.loads(codec.encode(episode))
    for caption in older["captions"]:
        del caption["speaker"], caption["words"]
    bare = tuple(replace(caption, speaker="", words=()) for caption in episode.captions)
    assert codec.decode(json.dumps(older).encode(), Episode, "registre") == replace(episode, captions=bare)
    assert codec.decode(codec.encode(episode), Episode, "registre") == episode


def test_measures_come_from_the_bulletin_and_patterns_from_the_script() -> None:
    episode = sample_episode(sound=b"12345")
    assert (episode.bytes, episode.loudness, episode.true_peak) == (5, -16.02, -1.4)
    assert episode.patterns == ("bonjour-1",)
    assert episode.published == PUBLISHED


def test_naive_time_is_refused() -> None:
    rundown = sample_rundown()
    script = sample_script(rundown)
    timeline = sample_timeline(script)
    bulletin = Bulletin("b.mp3", 1, "0" * 64, 1, -16.0, -1.0, ())
    with pytest.raises(ValueError, match="aware"):
        make_episode(rundown, script, (), timeline, bulletin, sample_station(), published=datetime(2025, 6, 7, 7, 5))


def test_the_same_values_give_the_same_episode() -> None:
    assert sample_episode() == sample_episode()
    later = replace(sample_episode(), published=PUBLISHED + timedelta(hours=1))
    assert later != sample_episode()
