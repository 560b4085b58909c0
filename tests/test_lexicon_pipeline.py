"""A word of the station's lexicon reaches the voice, and only the sentences it stands in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audionews.desk import codec, pipeline, stages
from audionews.desk.views import show
from audionews.errors import UsageError
from audionews.model import Clip
from audionews.station import Presenter
from tests.helpers import make_job, make_station


def test_a_changed_lexicon_voices_only_the_sentences_concerned(tmp_path: Path) -> None:
    job = make_job(make_station(tmp_path))
    job = replace(job, station=replace(job.station, presenters=(Presenter("Voix", "espeak", "", 1.0),)))
    pipeline.build(job, last="clips")
    spoken = show(job.run_folder, "script", spoken=True)
    cached = set((job.output / "cache" / "voices").rglob("*.wav"))
    before = {clip.segment: clip for clip in codec.load(job.run_folder / stages.CLIPS, tuple[Clip, ...])}

    job = replace(job, station=replace(job.station, lexicon=(("Bandoula", "/bandula/"),)))
    assert pipeline.build(job, last="clips") == ["clips"]  # the script is not made again
    assert show(job.run_folder, "script", spoken=True) == spoken
    after = codec.load(job.run_folder / stages.CLIPS, tuple[Clip, ...])
    changed = {clip.segment for clip in after if clip.sha256 != before[clip.segment].sha256}
    assert changed == {clip.segment for clip in after if "Bandoula" in clip.spoken} != set()
    added = set((job.output / "cache" / "voices").rglob("*.wav")) - cached
    assert len(added) == len({clip.spoken for clip in after if clip.segment in changed})


def test_a_word_that_cannot_be_said_stops_the_voice(tmp_path: Path) -> None:
    job = make_job(make_station(tmp_path))
    job = replace(job, station=replace(job.station, lexicon=(("Bandoula", "/b$/"),)))
    with pytest.raises(UsageError, match=r"lexicon\.toml, « Bandoula » : « \$ » n’est pas un son"):
        pipeline.build(job, last="clips")
