from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from audionews.model import Bulletin, Role
from audionews.publish.episode import make_episode
from tests.publish_samples import (
    PUBLISHED,
    sample_episode,
    sample_rundown,
    sample_script,
    sample_station,
    sample_timeline,
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
        make_episode(rundown, script, timeline, bulletin, sample_station(), published=datetime(2025, 6, 7, 7, 5))


def test_the_same_values_give_the_same_episode() -> None:
    assert sample_episode() == sample_episode()
    later = replace(sample_episode(), published=PUBLISHED + timedelta(hours=1))
    assert later != sample_episode()
