"""A programme fitted to its slot: as long to the millisecond, and nothing is heard of what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.desk.slots import fitted
from audionews.errors import AudionewsError
from audionews.model import (
    Clip,
    Cue,
    Fit,
    Item,
    Place,
    Role,
    Rundown,
    Script,
    Segment,
    Sentence,
    Span,
    Story,
    Timeline,
    Track,
)
from audionews.sound.slot import clock, fit
from audionews.sound.timeline import arrange

DAY = date(2025, 6, 7)
LENGTHS = {"jingle": 4800, "sting": 1300, "bed": 16_000, "outro": 3600}
OPENING = Segment("ouverture-1", Role.OPENING, "Bonjour.")
CLOSING = Segment("fermeture-1", Role.CLOSING, "Fin de ce journal.")


@dataclass(frozen=True)
class Day:
    """A bulletin that was written and voiced."""

    rundown: Rundown
    script: Script
    clips: tuple[Clip, ...]

    def fit(self, asked_ms: int, short: str = "tapis", breath: float = 1.0) -> Timeline:
        return fit(self.script, self.clips, self.rundown, LENGTHS, asked_ms, short=short, breath=breath)

    @property
    def natural_ms(self) -> int:
        return arrange(self.script, self.clips, LENGTHS, {}).duration_ms


def item(slug: str, sentences: int = 3, place: Place = Place.STORY, gravity: int = 1, score: float = 1.0) -> Item:
    """Give a story whose first sentence matters most and whose last one leaves first."""
    lines = tuple(
        Sentence(f"Phrase {at} de {slug}.", (Span(100 * at, 100 * at + 50),), rank=at) for at in range(sentences)
    )
    told = Story(slug, f"article-{slug}", f"Titre {slug}", f"Annonce de {slug}.", lines, gravity=gravity, score=score)
    return Item(place, replace(told, source=f"le journal {slug.upper()}", url=f"https://example.org/{slug}"))


def segment(role: Role, text: str, of: Item | None = None, number: int = 1) -> Segment:
    slug = of.story.slug if of else ""
    return Segment(f"{role.value}-{slug or 'maison'}-{number}", role, text, slug, of.story.gravity if of else 1)


def body(of: Item, *before: str) -> list[Segment]:
    """Give the sentences of a story as they stand in the script, after words of the house."""
    role = Role.STORY if of.place is Place.STORY else Role.BRIEF
    words = [segment(role, text, of, number) for number, text in enumerate(before, 1)]
    said = [
        replace(segment(role, one.text, of, len(before) + number), spans=one.spans)
        for number, one in enumerate(of.story.sentences, 1)
    ]
    return words + said


def credit(of: Item) -> Segment:
    return segment(Role.CREDIT, f"À lire dans {of.story.source}.", of)


def day(items: Sequence[Item], segments: Sequence[Segment], clip_ms: int = 4000) -> Day:
    rundown = Rundown("2025-06-07-matin", DAY, "matin", "journal", "Journal du matin", tuple(items))
    script = Script("2025-06-07-matin", "Journal du matin", DAY, tuple(segments))
    clips = tuple(
        Clip(one.id, f"4-clips/{one.id}.wav", clip_ms, one.text, "silence", "")
        for one in segments
        if one.role is not Role.STING
    )
    return Day(rundown, script, clips)


def plain(*items: Item, clip_ms: int = 4000) -> Day:
    """A bulletin of stories with their credits, and no more."""
    segments = [one for each in items for one in (*body(each), credit(each))]
    return day(items, [OPENING, *segments, CLOSING], clip_ms)


def on(timeline: Timeline, track: Track) -> list[Cue]:
    return [cue for cue in timeline.cues if cue.track is track]


def end(cue: Cue) -> int:
    return cue.start_ms + cue.duration_ms


def heard(timeline: Timeline) -> list[str]:
    return [cue.segment for cue in on(timeline, Track.VOICE)]


def how(timeline: Timeline) -> Fit:
    assert timeline.fit
    return timeline.fit


# Pauses, bed, tempo


def test_a_programme_of_the_right_length_is_left_alone() -> None:
    made = plain(item("a"), item("b"))
    timeline = made.fit(made.natural_ms)
    assert how(timeline) == Fit(made.natural_ms, made.natural_ms)
    assert timeline.cues == arrange(made.script, made.clips, LENGTHS, {}).cues


@pytest.mark.parametrize("off", [-1000, -300, -1, 1, 250, 800])
def test_pauses_take_up_what_is_little(off: int) -> None:
    made = plain(item("a"), item("b"))
    timeline = made.fit(made.natural_ms + off)
    assert timeline.duration_ms == made.natural_ms + off
    assert not how(timeline).left_out
    assert how(timeline).tempo == 1
    assert how(timeline).bed_ms < 100
    assert (how(timeline).pauses < 1) is (off < 0)


def test_the_bed_comes_before_long_pauses_and_both_before_a_slower_voice() -> None:
    made = plain(item("a"), item("b"))
    little, more, most = (how(made.fit(made.natural_ms + lack)) for lack in (3000, 4500, 5800))
    assert (little.pauses, little.tempo) == (1.15, 1) and 0 < little.bed_ms <= 3000
    assert 1.15 < more.pauses < 1.35 and more.tempo == 1 and 2900 < more.bed_ms <= 3000
    assert most.pauses == 1.35 and 0.97 <= most.tempo < 1 and 2900 < most.bed_ms <= 3000


def test_a_voice_is_faster_only_where_pauses_are_at_their_shortest() -> None:
    made = plain(item("a", 1), clip_ms=9000)  # nothing can leave it
    timeline = made.fit(made.natural_ms - 1300)
    assert (how(timeline).pauses, how(timeline).left_out) == (0.8, ())
    assert 1 < how(timeline).tempo <= 1.03
    assert timeline.duration_ms == made.natural_ms - 1300
    assert {cue.duration_ms for cue in on(timeline, Track.VOICE)} == {round(9000 / timeline.tempo)}


def test_the_bed_carries_the_end_where_the_day_does_not_fill_the_slot() -> None:
    made = plain(item("a"), item("b"))
    timeline = made.fit(made.natural_ms + 60_000)
    assert how(timeline) == Fit(made.natural_ms + 60_000, made.natural_ms, bed_ms=60_000)
    bed, (outro,) = on(timeline, Track.BED)[-1], on(timeline, Track.OUTRO)
    last = on(timeline, Track.VOICE)[-1]
    assert bed.start_ms == last.start_ms and outro.start_ms < end(bed) < end(outro)
    assert outro.start_ms == end(last) + 300 + 60_000
    assert end(outro) == timeline.duration_ms == made.natural_ms + 60_000


def test_a_station_may_say_what_lacks_instead() -> None:
    made = plain(item("a"), item("b"))
    timeline = made.fit(made.natural_ms + 60_400, short="dire")
    assert timeline.duration_ms == made.natural_ms
    assert how(timeline) == Fit(made.natural_ms + 60_400, made.natural_ms, short_ms=60_400)
    assert fitted(how(timeline)) == f"Il manque 60 s pour remplir le créneau de {clock(made.natural_ms + 60_400)}"
    near = made.fit(made.natural_ms + 2000, short="dire")
    assert (near.duration_ms, how(near).short_ms) == (made.natural_ms + 2000, 0)


def test_what_cannot_be_shorter_is_refused_with_its_figures() -> None:
    made = plain(item("a", 1), item("b"), clip_ms=10_000)
    with pytest.raises(AudionewsError, match=r"dure 0:4\d, et le créneau est de 0:30") as error:
        made.fit(30_000)
    assert "--slot" in error.value.hint and "--format" in error.value.hint


# What leaves


def test_the_sentence_that_matters_least_leaves_first() -> None:
    made = plain(item("a", 4), item("b", 2, Place.BRIEF, score=0.5))
    one = made.fit(made.natural_ms - 4300)
    assert how(one).left_out == ("phrase « Phrase 3 de a. »",)
    assert "sujet-a-4" not in heard(one) and "sujet-a-3" in heard(one)


def test_a_whole_brief_leaves_before_a_story_loses_all_but_its_lead() -> None:
    made = plain(item("a", 4), item("b", 2), item("c", 4, Place.BRIEF), item("d", 4, Place.BRIEF, score=0.5))
    timeline = made.fit(made.natural_ms - 23_000)
    assert how(timeline).left_out[0] == "brève « Titre d »"
    assert not [name for name in heard(timeline) if "-d-" in name]
    assert [one.title for one in timeline.chapters if one.story] == ["Titre a", "Titre b", "Titre c"]
    assert timeline.chapters[1].url == "https://example.org/a"


def test_the_first_story_never_leaves() -> None:
    made = plain(item("a", 2, gravity=0, score=0), item("b", 2, gravity=3, score=9), item("c", 2, gravity=2))
    assert heard(made.fit(24_500)) == ["ouverture-1", "sujet-a-1", "source-a-1", "fermeture-1"]


def test_a_story_that_an_editor_changed_is_read_whole_or_not() -> None:
    a, b = item("a", 4), item("b", 2)
    segments = body(a)
    segments[1] = replace(segments[1], text="Autrement dit.", spans=())
    made = day((a, b), [OPENING, *segments, *body(b), CLOSING])
    assert how(made.fit(made.natural_ms - 4300)).left_out == ("phrase « Phrase 1 de b. »",)
    shorter = how(made.fit(made.natural_ms - 9500)).left_out
    assert shorter[0] == "sujet « Titre b »" and not any("de a" in one for one in shorter)


def test_words_of_the_house_before_a_story_are_no_correction() -> None:
    a = item("a", 4)
    made = day((a,), [OPENING, *body(a, "Du nouveau sur un sujet dont nous parlions hier."), CLOSING])
    assert how(made.fit(made.natural_ms - 4300)).left_out == ("phrase « Phrase 3 de a. »",)


def test_a_sentence_that_gives_a_sigle_in_full_stays() -> None:
    a = item("a", 3)
    segments = body(a)
    segments[1] = replace(segments[1], text="Phrase 1 de la Société des eaux.")
    made = day((a,), [OPENING, *segments, CLOSING], clip_ms=5000)
    timeline = made.fit(made.natural_ms - 5200)
    assert how(timeline).left_out == ("phrase « Phrase 2 de a. »",)
    with pytest.raises(AudionewsError):
        made.fit(made.natural_ms - 10_500)


def test_titles_and_reminders_of_a_single_story_leave_with_what_follows_them() -> None:
    a, b = item("a", 2), item("b", 2)
    made = day(
        (replace(a, headlined=True), replace(b, headlined=True)),
        [
            OPENING,
            segment(Role.HEADLINE, "Les titres.", a),
            segment(Role.HEADLINE, "Annonce de a.", a, 2),
            segment(Role.HEADLINE, "Annonce de b.", b),
            segment(Role.OPENING, "Le détail.", number=2),
            Segment("virgule-1", Role.STING),
            *body(a),
            segment(Role.LINK, "Autre sujet.", b),
            *body(b),
            segment(Role.OPENING, "Vous écoutez la radio.", number=3),
            Segment("virgule-2", Role.STING),
            segment(Role.RECAP, "Pour résumer.", a),
            segment(Role.RECAP, "Rappel de a.", a, 2),
            segment(Role.RECAP, "Rappel de b.", b),
            Segment("virgule-3", Role.STING),
            CLOSING,
        ],
    )
    assert heard(made.fit(26_500)) == ["ouverture-1", "sujet-a-1", "sujet-a-2", "fermeture-1"]
    assert len(heard(made.fit(made.natural_ms))) == len(made.clips)


def test_the_brief_that_opens_the_briefs_leaves_after_the_others() -> None:
    a, *briefs = item("a", 1), item("b", 1, Place.BRIEF, 0, 0), item("c", 1, Place.BRIEF, 2, 9)
    segments = [*body(a), *body(briefs[0], "En bref."), *body(briefs[1])]
    made = day((a, *briefs), [OPENING, *segments, CLOSING])
    assert how(made.fit(made.natural_ms - 5000)).left_out == ("brève « Titre c »",)
    assert how(made.fit(made.natural_ms - 14_000)).left_out == ("brève « Titre c »", "brève « Titre b »")


def test_a_link_that_opens_nothing_leaves() -> None:
    a, b = item("a", 2), item("b", 2, Place.BRIEF)
    announced = segment(Role.LINK, "En bref.")
    made = day((a, b), [OPENING, *body(a), Segment("virgule-1", Role.STING), announced, *body(b), CLOSING])
    timeline = made.fit(made.natural_ms - 13_000)
    assert heard(timeline) == ["ouverture-1", "sujet-a-1", "sujet-a-2", "fermeture-1"]


def test_a_link_inside_a_long_story_leaves_with_what_it_opens() -> None:
    a = item("a", 4)
    first, second, third, fourth = body(a)
    made = day((a,), [OPENING, first, second, third, segment(Role.LINK, "La suite.", a), fourth, CLOSING])
    timeline = made.fit(made.natural_ms - 8600)
    assert heard(timeline) == ["ouverture-1", first.id, second.id, third.id, "fermeture-1"]


def test_a_source_named_once_for_several_briefs_is_told_of_two_at_least() -> None:
    a = item("a", 1)
    briefs = [item(slug, 1, Place.BRIEF, score=score) for slug, score in (("b", 2.0), ("c", 3.0), ("d", 1.0))]
    said = [one for each in briefs for one in body(each)]
    made = day((a, *briefs), [OPENING, *body(a), *said, credit(briefs[-1]), CLOSING], clip_ms=6000)
    one = made.fit(made.natural_ms - 7000)
    assert how(one).left_out == ("brève « Titre c »",), "b opens the briefs, d carries the source"
    assert "source-d-1" in heard(one)
    both = made.fit(made.natural_ms - 28_000)
    assert set(how(both).left_out) == {f"brève « Titre {slug} »" for slug in "bcd"}
    assert "source-d-1" not in heard(both)


def test_the_closing_names_no_source_of_which_nothing_is_read() -> None:
    a, b = item("a", 2), item("b", 2)
    sources = segment(Role.CLOSING, "Nos sources : le journal A et le journal B.", number=2)
    end_words = [sources, CLOSING]
    made = day((a, b), [OPENING, *body(a), credit(a), *body(b), credit(b), *end_words])
    assert heard(made.fit(made.natural_ms - 19_000))[-2:] == ["source-a-1", "fermeture-1"]
    bare = day((a, b), [OPENING, *body(a), *body(b), *end_words])
    assert heard(bare.fit(bare.natural_ms - 9000))[-2:] == [sources.id, "fermeture-1"], "the only credit there is"


def test_a_link_does_not_go_back_to_a_place_that_was_left() -> None:
    a, b, c = item("a", 1), item("b", 1, score=0.1), item("c", 1, score=5)
    b = replace(b, story=replace(b.story, place="à Bamako"))
    again = segment(Role.LINK, "Toujours à Bamako.", c)
    made = day((a, b, c), [OPENING, *body(a), *body(b), again, *body(c), CLOSING])
    kept = heard(made.fit(made.natural_ms - 9000))
    assert kept == ["ouverture-1", "sujet-a-1", "sujet-c-1", "fermeture-1"]


def test_headlines_alone_leave_whole() -> None:
    items = [item(slug, 1, Place.BRIEF, score=score) for slug, score in (("a", 1.0), ("b", 3.0), ("c", 2.0))]
    titles = [segment(Role.HEADLINE, one.story.headline, one) for one in items]
    made = day(items, [OPENING, *titles, CLOSING], clip_ms=6000)
    timeline = made.fit(made.natural_ms - 6200)
    assert how(timeline).left_out == ("titre « Titre c »",)
    assert heard(timeline) == ["ouverture-1", titles[0].id, titles[1].id, "fermeture-1"]


def test_a_grave_story_does_not_come_to_run_into_sport() -> None:
    a, grave, soft, sport = (
        item("a", 2),
        item("b", 2, gravity=3, score=9),
        item("c", 1, Place.BRIEF, score=0.1),
        item("d", 1, Place.BRIEF, gravity=0, score=0.2),
    )
    made = plain(a, grave, soft, sport)
    for lack in range(3000, 14_000, 500):
        names = [name.split("-")[1] for name in heard(made.fit(made.natural_ms - lack)) if "source" not in name]
        assert ("b", "d") not in pairwise(names)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Fit(180_000, 180_000), "3:00, tout est lu"),
        (Fit(180_000, 170_000, pauses=1.2, bed_ms=40), "3:00, tout est lu, pauses × 1,20"),
        (
            Fit(60_000, 70_000, ("brève « A. B »", "phrase « C. »", "phrase « D. »"), 0.8, 1.012, 1234),
            "1:00, 1 brève de moins, 2 phrases de moins, pauses × 0,80, voix × 1,012, tapis seul 1,2 s",
        ),
    ],
)
def test_how_it_came_is_told_in_one_line(given: Fit, said: str) -> None:
    assert fitted(given) == said


# Whatever the day


@st.composite
def days(draw: st.DrawFn) -> Day:
    """A bulletin as the templates write it, or nearly."""
    number = draw(st.integers(1, 8))
    full = draw(st.integers(0, number))
    items = [
        item(
            f"s{at}",
            draw(st.integers(1, 4)),
            Place.STORY if at < full else Place.BRIEF,
            draw(st.integers(0, 3)),
            draw(st.integers(0, 5)),
        )
        for at in range(number)
    ]
    segments = [OPENING][draw(st.integers(0, 1)) :]
    titled = [one for one in items[:full] if draw(st.booleans())]
    for at, one in enumerate(titled):
        segments += [segment(Role.HEADLINE, "Les titres.", one)] * (at == 0)
        segments.append(segment(Role.HEADLINE, one.story.headline, one, 2))
    detailed = draw(st.booleans())
    if titled and detailed:
        segments += [segment(Role.OPENING, "Le détail.", number=2), Segment("virgule-t", Role.STING)]
    grouped = draw(st.booleans())
    for at, one in enumerate(items):
        if draw(st.booleans()):
            segments.append(Segment(f"virgule-{at}", Role.STING))
        if one.place is Place.STORY and draw(st.booleans()):
            segments.append(segment(Role.LINK, "Autre sujet.", one))
        if at == full and draw(st.booleans()):
            segments.append(segment(Role.LINK, "Les brèves."))
        segments += body(one, *(["En bref."] if at == full and draw(st.booleans()) else []))
        if one.place is Place.STORY or not grouped or at == number - 1:
            segments.append(credit(one))
    for at, one in enumerate(titled):
        segments += [segment(Role.RECAP, "Pour résumer.", one)] * (at == 0)
        segments.append(segment(Role.RECAP, f"Rappel de {one.story.slug}.", one, 2))
    segments += [Segment("virgule-f", Role.STING), CLOSING] if draw(st.booleans()) else []
    made = day(items, segments)
    return replace(made, clips=tuple(replace(one, duration_ms=draw(st.integers(300, 9000))) for one in made.clips))


@settings(deadline=None, max_examples=200)
@given(days(), st.integers(20_000, 240_000), st.sampled_from(["tapis", "dire"]), st.sampled_from([0.8, 1.0, 1.1]))
def test_whatever_the_day_the_slot_is_kept_and_nothing_is_heard_of_what_left(
    made: Day, asked: int, short: str, breath: float
) -> None:
    try:
        timeline = made.fit(asked, short, breath)
    except AudionewsError as error:
        least = error.message.partition("dure ")[2].partition(",")[0].split(":")
        assert asked <= (60 * int(least[0]) + int(least[1])) * 1000 <= made.natural_ms * 1.1 + 1000
        return
    done = how(timeline)
    assert timeline == made.fit(asked, short, breath)
    assert 0.8 <= done.pauses <= 1.35 and 0.97 <= done.tempo <= 1.03
    if short == "tapis" or not done.short_ms:
        assert timeline.duration_ms == asked and done.short_ms == 0
    else:
        assert timeline.duration_ms == asked - done.short_ms and (done.pauses, done.tempo, done.bed_ms) == (1, 1, 0)
    assert done.bed_ms <= 3000 or (short == "tapis" and (done.pauses, done.tempo) == (1, 1))
    assert [cue.start_ms for cue in timeline.cues] == sorted(cue.start_ms for cue in timeline.cues)
    assert all(cue.start_ms >= 0 and cue.duration_ms > 0 and end(cue) <= timeline.duration_ms for cue in timeline.cues)
    assert on(timeline, Track.OUTRO)[0].duration_ms == LENGTHS["outro"]
    assert end(on(timeline, Track.OUTRO)[0]) == timeline.duration_ms

    said = {one.id: one for one in made.script.segments}
    lengths = {one.segment: one.duration_ms for one in made.clips}
    voices = on(timeline, Track.VOICE)
    graves = {one.story for one in made.script.segments if one.story and one.gravity == 3}
    for cue in voices:
        assert cue.duration_ms == max(1, round(lengths[cue.segment] / done.tempo))
    for before, after in pairwise(voices):
        silence, one, other = after.start_ms - end(before), said[before.segment], said[after.segment]
        assert silence >= 200
        if one.story in graves and one.story != other.story and Role.HEADLINE is not other.role is not Role.RECAP:
            assert silence >= 1500

    names = {cue.segment for cue in voices}
    gone = {one.story.slug for one in (each for each in made.rundown.items)} - {said[name].story for name in names}
    assert not any(chapter.story in gone for chapter in timeline.chapters)
    titles = {one.story.title: one.story.slug for one in made.rundown.items}
    left = {title.split(" « ")[1].removesuffix(" »") for title in done.left_out if not title.startswith("phrase")}
    assert {titles[one] for one in left} == gone
    for each in made.rundown.items:
        body_of = [one for one in made.script.segments if one.story == each.story.slug and one.spans]
        kept = [one.id in names for one in body_of]
        assert kept == sorted(kept, reverse=True), "the highest rank leaves first"
        assert kept[0] is (each.story.slug not in gone)
    told_of = [one for one in made.script.segments if one.spans and one.id in names]
    first = next(one for one in made.script.segments if one.spans)
    assert told_of and told_of[0].id == first.id
    for role in (Role.HEADLINE, Role.RECAP):
        before_ = {one.story for one in made.script.segments if one.role is role}
        after_ = {said[name].story for name in names if said[name].role is role}
        assert len(after_) != 1 or len(before_) == 1
        intro = next((one.id for one in made.script.segments if one.role is role), "")
        assert not after_ or intro in names, "what opens the titles is still there"
    run: list[str] = []
    for one in made.script.segments:
        if one.role is Role.CREDIT and len(run) > 1:
            still = [slug for slug in run if slug not in gone]
            assert len(still) != 1 and bool(still) is (one.id in names), "one source for several briefs"
        if one.role is Role.BRIEF:
            run += [one.story] * (one.story not in run)
        elif one.role is not Role.STING:
            run = []
    assert timeline.chapters[0].start_ms == 0 and timeline.chapters[-1].end_ms == timeline.duration_ms
    assert all(sooner.end_ms == later.start_ms for sooner, later in pairwise(timeline.chapters))
    assert all(one.start_ms < one.end_ms for one in timeline.chapters)
