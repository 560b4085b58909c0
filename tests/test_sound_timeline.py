"""The timeline: no two voices at once, the pauses of a radio script, stings and beds where they belong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.errors import AudionewsError
from audionews.model import Clip, Cue, Role, Script, Segment, Timeline, Track
from audionews.sound import timeline as tl
from audionews.sound.timeline import Pace, arrange, pause_ms

LENGTHS = {"jingle": 4800, "sting": 1300, "bed": 16_000, "outro": 3600}


def script_of(*segments: Segment) -> Script:
    return Script("2025-06-07-matin", "Journal du matin", date(2025, 6, 7), segments)


def clips_of(script: Script, duration_ms: int = 3000) -> tuple[Clip, ...]:
    return tuple(
        Clip(one.id, f"4-clips/{one.id}.wav", duration_ms, one.text, "silence", "")
        for one in script.segments
        if one.role is not Role.STING
    )


def story(slug: str, sentences: int = 2, gravity: int = 1, role: Role = Role.STORY) -> list[Segment]:
    return [
        Segment(f"{role}-{slug}-{number}", role, f"Phrase {number}.", slug, gravity)
        for number in range(1, sentences + 1)
    ]


def sting(number: int) -> Segment:
    return Segment(f"virgule-{number}", Role.STING)


OPENING = Segment("ouverture-1-1", Role.OPENING, "Bonjour.")
CLOSING = Segment("fermeture-1-1", Role.CLOSING, "Fin de ce flash.")


def headline(slug: str, gravity: int = 1) -> Segment:
    return Segment(f"titre-{slug}-1", Role.HEADLINE, "Un titre.", slug, gravity)


def place(*segments: Segment, duration_ms: int = 3000, titles: dict[str, str] | None = None) -> Timeline:
    script = script_of(*segments)
    return arrange(script, clips_of(script, duration_ms), LENGTHS, titles or {})


def on(timeline: Timeline, track: Track) -> list[Cue]:
    return [cue for cue in timeline.cues if cue.track is track]


def start_of(timeline: Timeline, segment: str) -> int:
    return next(cue.start_ms for cue in timeline.cues if cue.segment == segment)


def end(cue: Cue) -> int:
    return cue.start_ms + cue.duration_ms


def gap(timeline: Timeline, first: str, second: str) -> int:
    return start_of(timeline, second) - end(next(cue for cue in timeline.cues if cue.segment == first))


def test_a_whole_bulletin_is_placed_to_the_millisecond() -> None:
    made = place(OPENING, headline("a"), sting(1), *story("a"), CLOSING)
    assert [(cue.track.value, cue.start_ms, cue.duration_ms) for cue in made.cues] == [
        ("jingle", 0, 4800),
        ("bed", 2800, 6500),
        ("voice", 2800, 3000),
        ("voice", 6300, 3000),
        ("voice", 10_300, 3000),
        ("voice", 13_700, 3000),
        ("bed", 17_700, 4100),
        ("voice", 17_700, 3000),
        ("outro", 21_000, 3600),
    ]
    assert made.duration_ms == 24_600
    assert made.fit is None


def test_a_pace_changes_pauses_and_voices_and_nothing_else() -> None:
    segments = (OPENING, headline("a"), sting(1), *story("a", gravity=3), *story("b"), CLOSING)
    script = script_of(*segments)
    made = arrange(script, clips_of(script), LENGTHS, {}, pace=Pace(breath=0.9, pauses=1.2, tempo=1.02, fill_ms=5000))
    voices = on(made, Track.VOICE)
    assert {cue.duration_ms for cue in voices} == {round(3000 / 1.02)}
    gaps = [after.start_ms - end(before) for before, after in pairwise(voices)]
    assert gaps == [540, 1944, 432, 1944, 432, 1080]
    (outro,) = on(made, Track.OUTRO)
    assert outro.start_ms - end(voices[-1]) == 324 + 5000
    assert (outro.duration_ms, made.duration_ms) == (3600, end(outro))
    assert on(made, Track.BED)[-1].start_ms == voices[-1].start_ms


@pytest.mark.parametrize(
    ("house", "pauses", "heard"),
    [(300, 0.5, 200), (400, 0.8, 320), (1800, 0.8, 1500), (1800, 1.0, 1800), (1800, 1.35, 2000), (1000, 1.35, 1350)],
)
def test_no_pace_makes_a_pause_too_short_or_silence_after_death_too_long(house: int, pauses: float, heard: int) -> None:
    assert Pace(pauses=pauses).pause(house) == heard


def test_the_outro_takes_over_from_the_bed() -> None:
    made = place(OPENING, *story("a"), CLOSING)
    bed, (outro,) = on(made, Track.BED)[-1], on(made, Track.OUTRO)
    assert end(bed) - outro.start_ms == tl.CROSS_MS == bed.fade_out_ms == outro.fade_in_ms
    bare = place(OPENING, *story("a"))
    assert on(bare, Track.OUTRO)[0].fade_in_ms == 0, "its own attack, where no bed leads into it"


def test_a_filled_end_has_its_bed_even_without_a_closing() -> None:
    script = script_of(*story("a"))
    made = arrange(script, clips_of(script), LENGTHS, {}, pace=Pace(fill_ms=8000))
    (bed,), (outro,) = on(made, Track.BED), on(made, Track.OUTRO)
    assert bed.start_ms == end(on(made, Track.VOICE)[-1])
    assert end(bed) == outro.start_ms + tl.CROSS_MS


def test_the_greeting_starts_under_the_end_of_the_jingle() -> None:
    made = place(OPENING, CLOSING)
    (jingle,) = on(made, Track.JINGLE)
    assert end(jingle) - start_of(made, OPENING.id) == tl.JINGLE_TAIL_MS > jingle.fade_out_ms


def test_the_end_is_known_before_anything_is_placed() -> None:
    script = script_of(OPENING, headline("a"), sting(1), *story("a", 6), sting(2), *story("b"), CLOSING)
    clips = clips_of(script)
    pace = Pace(1.1, 0.9, 0.99, 700)
    read = tl.steps(script, tl.matched(script, clips), LENGTHS, pace)
    assert any(step.sting for step in read)
    assert tl.end_ms(read, LENGTHS, pace) == arrange(script, clips, LENGTHS, {}, pace=pace).duration_ms


@pytest.mark.parametrize(
    ("before", "after", "pause"),
    [
        (story("a")[0], story("a")[1], 400),
        (OPENING, headline("a"), 500),
        (headline("a"), headline("b"), 500),
        (headline("a", 3), headline("b"), 500),
        (headline("a"), story("a")[0], 1000),
        (Segment("l", Role.LINK, "Autre sujet.", "a"), story("a")[0], 400),
        (Segment("l", Role.LINK, "En bref."), story("a", role=Role.BRIEF)[0], 400),
        (story("a")[0], Segment("c", Role.CREDIT, "Selon L’Essor.", "a"), 500),
        (story("a", gravity=3)[0], Segment("c", Role.CREDIT, "Une source.", "a", 3), 500),
        (story("a", gravity=3)[0], Segment("c", Role.CREDIT, "Nos sources."), 1800),
        (story("a", gravity=3)[0], story("b")[0], 1800),
        (story("a", gravity=3)[0], CLOSING, 1800),
        (headline("a", 3), story("a")[0], 1800),
        (story("a", role=Role.BRIEF)[0], story("b", role=Role.BRIEF)[0], 800),
        (story("a")[0], story("b")[0], 1000),
        (story("a")[0], CLOSING, 1000),
    ],
)
def test_each_place_has_its_pause(before: Segment, after: Segment, pause: int) -> None:
    assert pause_ms(before, after) == pause


def sentence(text: str, presenter: int = 1, *, paragraph: bool = False, role: Role = Role.STORY) -> Segment:
    """Give a sentence of story a."""
    return Segment("s", role, text, "a", presenter=presenter, paragraph=paragraph)


@pytest.mark.parametrize(
    ("before", "after", "pause"),
    [
        (sentence("Il l’a dit."), sentence("Il est venu."), tl.SENTENCE_MS),
        (sentence("Il l’a dit."), sentence("Il est venu.", 2), tl.HANDOVER_MS),
        (sentence("Il l’a dit."), sentence("Il est venu.", paragraph=True), tl.PARAGRAPH_MS),
        (sentence("Il l’a dit\u00a0:"), sentence("«\u202fJe viens.\u202f»"), tl.QUOTE_MS),
        (sentence("Trois points\u00a0:"), sentence("Le premier."), tl.QUOTE_MS),
        (sentence("Il l’a dit."), sentence("«\u202fJe viens.\u202f»"), tl.QUOTE_MS),
        (sentence("Il l’a dit."), sentence("“Je viens.”"), tl.QUOTE_MS),
        (sentence("Il l’a dit."), sentence('"Je viens."'), tl.QUOTE_MS),
        (sentence("«\u202fJe viens.\u202f»"), sentence("Il est venu."), tl.QUOTED_MS),
        (sentence("Il dit\u00a0: «\u202fJe viens\u202f»."), sentence("Il est venu."), tl.QUOTED_MS),
        (sentence("“Je viens”\u202f!"), sentence("Il est venu."), tl.QUOTED_MS),
        (sentence("«\u202fUn mot\u202f», dit-il."), sentence("Il est venu."), tl.SENTENCE_MS),
        (sentence("Viendra-t-il\u202f?"), sentence("Il est venu."), tl.QUESTION_MS),
        (sentence("Viendra-t-il\u202f? (Ou non\u202f?)"), sentence("Il est venu."), tl.QUESTION_MS),
        (sentence("Ce n’est pas tout…"), sentence("Il est venu."), tl.QUESTION_MS),
        (sentence("Il est venu\u202f!"), sentence("Il l’a dit."), tl.SENTENCE_MS),
        # Where two of these meet, the first of the list wins.
        (sentence("Il l’a dit\u00a0:"), sentence("«\u202fOui.\u202f»", 2, paragraph=True), tl.HANDOVER_MS),
        (sentence("Il l’a dit\u00a0:"), sentence("«\u202fOui.\u202f»", paragraph=True), tl.QUOTE_MS),
        (sentence("«\u202fOui.\u202f»"), sentence("«\u202fNon.\u202f»", paragraph=True), tl.PARAGRAPH_MS),
        (sentence("«\u202fOui.\u202f»"), sentence("«\u202fNon.\u202f»"), tl.QUOTED_MS),
        (sentence("«\u202fOui\u202f?\u202f»"), sentence("«\u202fNon.\u202f»"), tl.QUOTED_MS),
        (sentence("Qui\u202f?"), sentence("«\u202fLui.\u202f»"), tl.QUESTION_MS),
        # A handover between a link and its story is one too; between two blocks it is not what makes the pause.
        (sentence("Autre sujet.", role=Role.LINK), sentence("Il est venu.", 2), tl.HANDOVER_MS),
        (sentence("Il est venu."), Segment("s", Role.STORY, "Une autre.", "b", presenter=2), tl.STORY_MS),
        (sentence("Il est venu."), sentence("Selon L’Essor.", 2, role=Role.CREDIT), tl.CREDIT_MS),
        (headline("a"), Segment("s", Role.HEADLINE, "Un titre.", "b", presenter=2), tl.HEADLINE_MS),
        (
            sentence("Oui.", role=Role.BRIEF),
            Segment("s", Role.BRIEF, "«\u202fNon.\u202f»", "b", presenter=2, paragraph=True),
            tl.BRIEF_MS,
        ),
        (OPENING, Segment("s", Role.OPENING, "Le journal."), tl.SENTENCE_MS),
        (CLOSING, Segment("s", Role.CLOSING, "Merci.", presenter=2), tl.HANDOVER_MS),
        (Segment("l", Role.LINK, "En bref."), sentence("Il est venu.", 2, role=Role.BRIEF), tl.HANDOVER_MS),
    ],
)
def test_inside_a_block_the_breath_is_that_of_a_reader(before: Segment, after: Segment, pause: int) -> None:
    assert pause_ms(before, after) == pause


def test_the_breaths_of_a_block_are_told_apart_by_ear() -> None:
    longer = [tl.HANDOVER_MS, tl.SENTENCE_MS, tl.QUESTION_MS, tl.PARAGRAPH_MS, tl.BRIEF_MS, tl.STORY_MS, tl.GRAVE_MS]
    assert longer == sorted(set(longer)) and tl.QUOTE_MS < tl.SENTENCE_MS < tl.QUOTED_MS < tl.PARAGRAPH_MS


def test_two_voices_are_placed_with_their_handovers() -> None:
    made = place(
        OPENING,
        Segment("lancement-a-1", Role.LINK, "Autre sujet.", "a"),
        Segment("sujet-a-1", Role.STORY, "Il a dit\u00a0:", "a", presenter=2),
        Segment("sujet-a-2", Role.STORY, "«\u202fOui.\u202f»", "a", presenter=2),
        Segment("sujet-a-3", Role.STORY, "Il est venu.", "a", presenter=2, paragraph=True),
        Segment("source-a-1", Role.CREDIT, "Selon L’Essor.", "a", presenter=2),
        CLOSING,
    )
    names = [cue.segment for cue in on(made, Track.VOICE)]
    assert [gap(made, *pair) for pair in pairwise(names)] == [1000, 300, 300, 600, 500, 1000]


def test_a_sting_stands_between_two_stories() -> None:
    made = place(OPENING, *story("a", 4), sting(1), *story("b"))
    (cue,) = on(made, Track.STING)
    assert cue.start_ms - end(next(one for one in made.cues if one.segment == "sujet-a-4")) == tl.STING_MS
    assert start_of(made, "sujet-b-1") - end(cue) == tl.STING_MS


def test_silence_replaces_the_sting_after_a_grave_story() -> None:
    made = place(OPENING, *story("a", 4, gravity=3), sting(1), *story("b"))
    assert on(made, Track.STING) == []
    assert 1500 <= gap(made, "sujet-a-4", "sujet-b-1") <= 2000


def test_one_grave_sentence_makes_the_whole_story_grave_with_its_credit() -> None:
    credit = Segment("source-a-1", Role.CREDIT, "Selon L’Essor.", "a")
    made = place(OPENING, *story("a", 4, gravity=3), credit, sting(1), *story("b"))
    assert on(made, Track.STING) == []
    assert gap(made, "source-a-1", "sujet-b-1") == tl.GRAVE_MS


def test_two_stings_are_never_close() -> None:
    made = place(OPENING, *story("a", 4), sting(1), *story("b", 1), sting(2), *story("c", 4), sting(3), CLOSING)
    first, second = on(made, Track.STING)
    assert second.start_ms - end(first) >= tl.STING_APART_MS
    assert gap(made, "sujet-b-1", "sujet-c-1") == tl.STORY_MS


def test_a_sting_before_the_first_words_or_after_the_last_is_left_out() -> None:
    made = place(sting(1), OPENING, *story("a", 6), CLOSING, sting(2), duration_ms=5000)
    assert on(made, Track.STING) == []


def test_the_bed_is_gone_a_second_before_the_first_story() -> None:
    made = place(OPENING, headline("a"), headline("b"), sting(1), *story("a"), *story("b"), CLOSING)
    bed, last = on(made, Track.BED)
    assert bed.start_ms == start_of(made, OPENING.id)
    assert end(bed) <= start_of(made, "sujet-a-1") - 1000
    assert bed.fade_in_ms > 0
    assert bed.fade_out_ms > 0
    assert last.start_ms == start_of(made, CLOSING.id)


def test_no_bed_lies_under_the_headlines_when_one_is_grave() -> None:
    made = place(OPENING, headline("a"), headline("b", 3), *story("a"), *story("b", gravity=3), CLOSING)
    bed = on(made, Track.BED)[0]
    assert end(bed) <= end(next(cue for cue in made.cues if cue.segment == OPENING.id))


def test_chapters_name_the_stories_and_carry_their_addresses() -> None:
    link = Segment("lancement-b-1", Role.LINK, "En bref.")
    brief = story("b", role=Role.BRIEF)
    recall = Segment("titre-rappel-1", Role.HEADLINE, "Rappel.", "a")
    script = script_of(OPENING, headline("a"), *story("a"), link, *brief, recall, CLOSING)
    titles = {"a": "Le marché rouvre", "b": "La route coupée"}
    made = arrange(script, clips_of(script), LENGTHS, titles, {"a": "https://example.org/a"})
    assert [(one.title, one.story, one.url) for one in made.chapters] == [
        ("Ouverture et titres", "", ""),
        ("Le marché rouvre", "a", "https://example.org/a"),
        ("La route coupée", "b", ""),
        ("Rappel des titres", "", ""),
        ("Fermeture", "", ""),
    ]
    assert made.chapters[2].start_ms == start_of(made, link.id) - tl.CHAPTER_LEAD_MS


def test_without_headlines_the_first_chapter_is_the_opening_and_an_untitled_story_its_first_sentence() -> None:
    made = place(OPENING, *story("a"))
    assert [one.title for one in made.chapters] == ["Ouverture", "Phrase 1."]


def test_a_script_that_starts_with_a_story_starts_with_its_chapter() -> None:
    made = place(*story("a"), titles={"a": "Le marché"})
    assert [(one.start_ms, one.end_ms, one.title) for one in made.chapters] == [(0, made.duration_ms, "Le marché")]


def test_a_segment_without_clip_is_named() -> None:
    script = script_of(OPENING, CLOSING)
    with pytest.raises(AudionewsError, match="fermeture-1-1"):
        arrange(script, clips_of(script)[:1], LENGTHS, {})


def test_a_clip_without_segment_is_named() -> None:
    script = script_of(OPENING, CLOSING)
    with pytest.raises(AudionewsError, match="fermeture-1-1"):
        arrange(script_of(OPENING), clips_of(script), LENGTHS, {})


def test_a_script_without_words_is_refused() -> None:
    with pytest.raises(AudionewsError, match="aucune phrase"):
        arrange(script_of(sting(1)), (), LENGTHS, {})


def spoken_otherwise(draw: st.DrawFn, segment: Segment) -> Segment:
    """Give a segment to one of two voices, with words that ask for any breath."""
    text = draw(st.sampled_from(["Phrase.", "Qui\u202f?", "«\u202fOui.\u202f»", "Il dit\u00a0:", "Et puis…"]))
    return replace(segment, text=text, presenter=draw(st.integers(1, 2)), paragraph=draw(st.booleans()))


@st.composite
def bulletins(draw: st.DrawFn) -> tuple[Script, tuple[Clip, ...], dict[str, int]]:
    """A bulletin of any shape a script may have, with stings asked for anywhere."""
    gravities = draw(st.lists(st.integers(0, 3), min_size=1, max_size=5))
    slugs = [f"s{number}" for number in range(len(gravities))]
    segments = [OPENING] if draw(st.booleans()) else []
    if draw(st.booleans()):
        segments += [headline(slug, grave) for slug, grave in zip(slugs, gravities, strict=True)]
    for number, (slug, grave) in enumerate(zip(slugs, gravities, strict=True)):
        if draw(st.booleans()):
            segments.append(sting(number))
        if draw(st.booleans()):
            segments.append(Segment(f"lancement-{slug}-1", Role.LINK, "Autre sujet.", slug, grave))
        role = draw(st.sampled_from([Role.STORY, Role.BRIEF]))
        segments += story(slug, draw(st.integers(1, 4)), grave, role)
        if draw(st.booleans()):
            segments.append(Segment(f"source-{slug}-1", Role.CREDIT, "Une source.", slug, grave))
    segments += [sting(99), CLOSING] if draw(st.booleans()) else []
    segments = [one if one.role is Role.STING else spoken_otherwise(draw, one) for one in segments]
    script = script_of(*segments)
    clips = tuple(Clip(one.segment, one.path, draw(st.integers(200, 15_000)), "", "", "") for one in clips_of(script))
    lengths = {
        "jingle": draw(st.integers(40, 1200)) * 10,
        "sting": draw(st.integers(40, 300)) * 10,
        "bed": 16_000,
        "outro": draw(st.integers(40, 1200)) * 10,
    }
    return script, clips, lengths


@settings(deadline=None, max_examples=150)
@given(bulletins())
def test_whatever_the_script_the_timeline_can_be_aired(
    made: tuple[Script, tuple[Clip, ...], dict[str, int]],
) -> None:
    script, clips, lengths = made
    timeline = arrange(script, clips, lengths, {})
    voices, stings = on(timeline, Track.VOICE), on(timeline, Track.STING)
    segments = {one.id: one for one in script.segments}
    assert [cue.segment for cue in voices] == [one.id for one in script.segments if one.role is not Role.STING]
    for before, after in pairwise(voices):
        silence = after.start_ms - end(before)
        between = [cue for cue in stings if end(before) < cue.start_ms < after.start_ms]
        assert silence >= 300
        assert silence >= 400 or segments[before.segment].story == segments[after.segment].story
        assert silence - sum(cue.duration_ms for cue in between) <= 2500
        assert all(end(cue) < after.start_ms for cue in between)
        one, other = segments[before.segment], segments[after.segment]
        if one.gravity == 3 and one.story != other.story and Role.HEADLINE is not other.role:
            assert not between
            assert 1500 <= silence <= 2000
    assert all(later.start_ms - end(sooner) >= 12_000 for sooner, later in pairwise(stings))
    for bed in on(timeline, Track.BED):
        for cue in voices:
            if cue.start_ms < end(bed) and bed.start_ms < end(cue):
                assert segments[cue.segment].role in {Role.OPENING, Role.HEADLINE, Role.CLOSING}
                assert segments[cue.segment].role is not Role.HEADLINE or segments[cue.segment].gravity < 3
    assert timeline.duration_ms == max(end(cue) for cue in timeline.cues)
    assert timeline.chapters[0].start_ms == 0
    assert timeline.chapters[-1].end_ms == timeline.duration_ms
    assert all(sooner.end_ms == later.start_ms for sooner, later in pairwise(timeline.chapters))
    assert all(one.start_ms < one.end_ms for one in timeline.chapters)
