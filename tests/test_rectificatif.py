"""A spoken correction: what an editor wrote of an earlier bulletin is said in the next one, and nothing else."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pytest

from audionews.desk import codec, ledger, newsroom, pipeline, shelf, stages, views
from audionews.desk.job import Job
from audionews.errors import AudionewsError
from audionews.french.sentences import split
from audionews.french.typography import typeset
from audionews.language import language
from audionews.model import (
    Article,
    Bulletin,
    Clip,
    Cue,
    Episode,
    Rectification,
    Role,
    Rundown,
    Script,
    Segment,
    Timeline,
    Track,
)
from audionews.proof.corrections import unasked
from audionews.proof.facts import unsupported
from audionews.proof.style import proofread
from audionews.publish.conducteur import conducteur_text
from audionews.publish.page import sections
from audionews.publish.sheet import sheet
from audionews.script import formats, text
from audionews.script.cast import Cast, assign
from audionews.script.rectify import named, rectified, said
from audionews.script.rundown import view
from audionews.script.themes import fold
from audionews.script.write import presenters, write
from audionews.settings import parse
from audionews.sound import slot
from audionews.sound.timeline import arrange
from tests.helpers import DAY, EXAMPLE, NOON, ROOT, make_job, make_station
from tests.publish_samples import sample_episode
from tests.test_script import example

GOLDEN = ROOT / "tests" / "data" / "golden" / "rectificatif.txt"
FORMATS = ("journal", "magazine", "flash", "titres")
LENGTHS = {"jingle": 4800, "sting": 1300, "bed": 16_000, "outro": 3600}
BUDGET = "Le budget des écoles est de 14 millions, non de 41."
SPOKEN_BUDGET = "Le budget des écoles est de quatorze millions, non de quarante et un."
ONE = Rectification("2025-06-06-soir", "Journal du soir", date(2025, 6, 6), BUDGET)
NAME = replace(ONE, text="Le maire de Toula s’appelle Issa Koné.")
OLD = Rectification("2025-05-01-matin", "Flash du matin", date(2025, 5, 1), "L’examen commence le 9 juin")
PHRASES = tomllib.loads((ROOT / "templates" / "bulletin" / "phrases.toml").read_text("utf-8"))
OURS = ("correction", "corrections", "corrections_of_several", "correction_of", "apology")
SPOKEN = language("fr").spoken


@lru_cache(maxsize=16)
def planned(form: str, *wrong: Rectification) -> tuple[Rundown, Job, tuple[Article, ...]]:
    """Plan the bulletin of the bundled example with something to put right."""
    _planned, job, articles = example(form)
    return newsroom.planned(job, articles, frozenset(), wrong), job, articles


def written(form: str, *wrong: Rectification) -> Script:
    made, job, _articles = planned(form, *wrong)
    return newsroom.written(job, made, frozenset())


def of(script: Script, role: Role = Role.CORRECTION) -> list[str]:
    return [one.text for one in script.segments if one.role is role]


def alone(words: str, *wrong: Rectification) -> list[str]:
    """Give what is found wrong with a correction of one sentence."""
    asked = Rundown("2025-06-07-matin", DAY, "matin", "journal", "Journal du matin", (), rectifications=wrong)
    script = Script(asked.bulletin_id, asked.title, DAY, (Segment("correction-1", Role.CORRECTION, words),))
    return [one.message for one in unasked(script, asked)]


# What the bulletin that was wrong is called


@pytest.mark.parametrize(
    ("title", "day", "said_as"),
    [
        ("Journal du matin", date(2025, 6, 7), "notre journal de ce matin"),
        ("Flash de l’après-midi", date(2025, 6, 7), "notre flash de cet après-midi"),
        ("Journal du soir", date(2025, 6, 6), "notre journal d’hier soir"),
        ("Les titres de la mi-journée", date(2025, 6, 6), "nos titres d’hier midi"),
        ("Journal du soir, vendredi 6 juin 2025", date(2025, 6, 6), "notre journal d’hier soir"),
        ("L'édition du matin", date(2025, 6, 3), "notre édition de mardi matin"),
        ("Magazine", date(2025, 6, 1), "notre magazine de dimanche"),
        ("Journal des jeunes", date(2025, 6, 7), "notre journal des jeunes d’aujourd’hui"),
        ("Journal du matin", date(2025, 5, 31), "notre journal du 31 mai"),
        ("Nouvelles du soir", date(2025, 5, 1), "nos nouvelles du 1er mai"),
        ("Journal du soir", date(2024, 12, 31), "notre journal du 31 décembre 2024"),
        ("Bonjour Bandoula", date(2025, 6, 6), "notre édition d’hier"),
        ("Bonjour Bandoula du soir", date(2025, 6, 6), "notre édition d’hier"),
        ("", date(2025, 6, 9), "notre édition du 9 juin"),
    ],
)
def test_a_bulletin_is_named_as_a_listener_remembers_it(title: str, day: date, said_as: str) -> None:
    assert named(replace(ONE, title=title, date=day), DAY) == said_as


def test_what_is_wrong_in_one_bulletin_is_put_right_together() -> None:
    first, second = rectified((ONE, NAME, OLD), DAY)
    assert (first.edition, first.sentences) == ("notre journal d’hier soir", (BUDGET, NAME.text))
    assert (second.edition, second.sentences) == ("notre flash du 1er mai", ("L’examen commence le 9 juin.",))
    assert rectified((), DAY) == ()


# The script


def test_the_golden_script_of_a_rectificatif() -> None:
    """Compare with tests/data/golden; after a wanted change, write the new text there and read it aloud."""
    made, job, articles = planned("journal", ONE)
    script = newsroom.written(job, made, frozenset())
    assert text.render(script, presenters(job.station)) == GOLDEN.read_text("utf-8")
    assert not newsroom.faults(job, script, made, articles)


@pytest.mark.parametrize("form", FORMATS)
def test_it_is_said_once_before_the_first_story(form: str) -> None:
    made, job, articles = planned(form, ONE)
    script = newsroom.written(job, made, frozenset())
    blocks = [role for role, _ in itertools.groupby(one.role for one in script.segments if one.text)]
    before = {
        "journal": [Role.OPENING, Role.HEADLINE, Role.CORRECTION, Role.OPENING, Role.LINK],
        "magazine": [Role.OPENING, Role.HEADLINE, Role.CORRECTION, Role.OPENING, Role.LINK],
        "flash": [Role.OPENING, Role.CORRECTION, Role.STORY],
        "titres": [Role.OPENING, Role.CORRECTION, Role.OPENING, Role.HEADLINE],
    }[form]
    assert blocks[: len(before)] == before
    assert blocks.count(Role.CORRECTION) == 1
    lead, sentence, apology = of(script)
    assert "notre journal d’hier soir" in lead
    assert sentence == typeset(BUDGET)
    assert "excuse" in apology
    assert {one.presenter for one in script.segments if one.role is Role.CORRECTION} == {1}
    assert SPOKEN(sentence) == SPOKEN_BUDGET
    assert not newsroom.faults(job, script, made, articles)
    assert not [one for one in proofread(script, made, spoken=SPOKEN) if one.blocking or "correction" in one.segment]


@pytest.mark.parametrize("form", FORMATS)
def test_several_follow_one_another_with_one_introduction(form: str) -> None:
    made, job, articles = planned(form, ONE, NAME)
    script = newsroom.written(job, made, frozenset())
    lead, *sentences, _apology = of(script)
    assert "notre journal d’hier soir" in lead
    assert re.search(r"rectificatifs|informations|précisions", lead)
    assert sentences == [typeset(BUDGET), NAME.text]
    assert not newsroom.faults(job, script, made, articles)


def test_several_bulletins_are_each_named() -> None:
    made, job, articles = planned("journal", ONE, NAME, OLD)
    script = newsroom.written(job, made, frozenset())
    lead, first, budget, name, second, exam, _apology = of(script)
    assert "nos dernières éditions" in lead
    assert first.endswith("notre journal d’hier soir.")
    assert (budget, name) == (typeset(BUDGET), NAME.text)
    assert second.endswith(typeset("notre flash du 1er mai."))
    assert exam == typeset("L’examen commence le 9 juin.")
    assert not newsroom.faults(job, script, made, articles)
    assert not [one for one in proofread(script, made, spoken=SPOKEN) if one.blocking]


def test_more_bulletins_than_there_are_phrases_are_named_all_the_same() -> None:
    days = [DAY - timedelta(days=back) for back in range(1, 7)]
    every = tuple(replace(ONE, bulletin=f"{day}-soir", date=day, text=f"C’est la phrase du {day.day}.") for day in days)
    script = write(replace(example()[0], rectifications=every), example()[1].station)
    said_of = [one for one in of(script) if "notre journal" in one]
    assert len(said_of) == len(days)
    assert all(before.split()[0] != after.split()[0] for before, after in itertools.pairwise(said_of))


def test_the_words_change_from_one_edition_to_the_next() -> None:
    made, job, _articles = example("titres")
    recent: list[frozenset[str]] = []
    leads, apologies = set(), set()
    for number in range(8):
        bulletin = replace(made, bulletin_id=f"2025-06-{10 + number}-matin", rectifications=(ONE,))
        script = newsroom.written(job, bulletin, frozenset().union(*recent[-2:]))
        ours = [one for one in script.patterns if re.match(r"RC|EX", one)]
        assert not frozenset(ours) & frozenset().union(*recent[-2:])
        recent.append(frozenset(script.patterns))
        lead, *_others, apology = of(script)
        leads.add(lead)
        apologies.add(apology)
    assert len(leads) >= 3 and len(apologies) >= 3


def test_a_station_whose_phrases_are_older_still_says_what_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "bulletin"
    folder.mkdir(parents=True)
    tables = re.split(r"\n(?=\[\[)", formats.read("bulletin/phrases.toml", Path("/nowhere")))
    old = [one for one in tables if not one.startswith(tuple(f"[[{name}]]" for name in OURS))]
    assert len(tables) - len(old) == sum(len(PHRASES[name]) for name in OURS)
    (folder / "phrases.toml").write_text("\n".join(old), "utf-8")
    script = write(replace(example("titres")[0], rectifications=(ONE,)), replace(example()[1].station, folder=tmp_path))
    assert of(script) == ["Un rectificatif.", typeset(BUDGET)]


@pytest.mark.parametrize(
    "note", ["[sujet eau] Le prix est de 5 francs.", "# Le prix est de 5 francs", "Le prix\nest de 5 francs"]
)
def test_an_editors_sentence_never_becomes_a_mark_of_the_script(note: str) -> None:
    script = write(replace(example("titres")[0], rectifications=(replace(ONE, text=note),)), example()[1].station)
    (sentence,) = of(script)[1:-1]
    assert sentence.endswith(typeset("Le prix est de 5 francs."))


def test_without_anything_to_put_right_nothing_changes() -> None:
    made, job, articles = example("flash")
    assert newsroom.planned(job, articles, frozenset(), ()) == made
    assert "ectif" not in view(made)
    assert said(made, newsroom.written(job, made, frozenset())) == ()


# The editor's text


@pytest.mark.parametrize("form", FORMATS)
def test_the_text_is_read_back_as_it_was_written(form: str) -> None:
    made, job, _articles = planned(form, ONE, OLD)
    script, names = written(form, ONE, OLD), presenters(job.station)
    cast = formats.load(form, job.station.folder).cast
    shown = text.render(script, names)
    assert "\n[correction : Awa]\n" in shown
    plain = tuple(replace(one, gravity=1, paragraph=False) for one in script.segments)
    back = text.parse(shown, made, script.patterns, names, cast)
    assert tuple(replace(one, gravity=1, paragraph=False) for one in back.segments) == plain
    assert text.parse(shown.replace("[correction", "[rectificatif"), made, script.patterns, names, cast) == back


def test_the_other_voice_may_be_asked_to_read_it() -> None:
    segments = (
        Segment("ouverture-1", Role.OPENING, "Bonjour.", presenter=0),
        Segment("correction-1", Role.CORRECTION, BUDGET, presenter=0),
    )
    assert [one.presenter for one in assign(segments, Cast(), 2)] == [1, 1]
    assert [one.presenter for one in assign(segments, Cast(correction=2), 2)] == [1, 2]


# The proof-reader


@pytest.mark.parametrize("group", OURS)
@pytest.mark.parametrize("back", [0, 1, 4, 37, 400])
@pytest.mark.parametrize("title", ["Journal du matin", "Titres du soir", "Bonjour Bandoula"])
def test_no_phrase_of_the_house_is_taken_for_a_claim(group: str, back: int, title: str) -> None:
    wrong = replace(ONE, title=title, date=DAY - timedelta(days=back))
    for pattern in PHRASES[group]:
        for sentence in split(pattern["text"].replace("{{ notre_edition }}", named(wrong, DAY))):
            assert alone(typeset(sentence), wrong) == []


@pytest.mark.parametrize(
    "note",
    [BUDGET, NAME.text, "Il n’y a pas eu de mort à Toula.", "Selon le maire, la route rouvre lundi.", "C’était faux."],
)
def test_what_the_editor_wrote_is_never_refused(note: str) -> None:
    assert alone(note, replace(ONE, text=note)) == []
    assert alone(typeset(note), replace(ONE, text=note)) == []


def test_a_note_of_several_sentences_bears_each_of_them() -> None:
    assert [alone(one, replace(ONE, text=f"{BUDGET} {NAME.text}")) for one in (BUDGET, NAME.text)] == [[], []]


@pytest.mark.parametrize(
    ("claim", "named_fault"),
    [
        ("Le budget des écoles est de 41 millions.", "41 millions"),
        ("Le budget des écoles n’est pas de 14 millions.", "14 millions"),
        ("Le maire est un voleur.", "voleur"),
        ("Nous rectifions : le maire a volé 14 millions.", "volé"),
        ("Une précision sur notre journal de mardi.", "mardi"),
        ("Issa Koné n’a rien dit.", "Koné"),
        ("Le préfet ment.", "préfet"),
    ],
)
def test_another_claim_beside_the_note_is_named(claim: str, named_fault: str) -> None:
    (told,) = alone(claim, ONE)
    assert fold(named_fault) in fold(told)
    assert "pas dans le rectificatif demandé" in told


def test_a_correction_that_nobody_asked_for_is_named() -> None:
    (told,) = alone(BUDGET)
    assert "pas dans le rectificatif demandé" in told


def test_a_note_supports_no_story() -> None:
    made, job, articles = planned("flash", ONE)
    slug = made.items[0].story.slug
    script = text.parse(f"[sujet {slug}]\n{BUDGET}\n[correction]\n{BUDGET}\n", made)
    assert [one.origin for one in unsupported(script, made, articles)] == [f"sujet-{slug}-1"]
    assert unasked(script, made) == ()
    assert list(newsroom.blocking(job, script, made, articles)) == [f"sujet-{slug}-1"]


def test_a_note_that_is_hard_to_hear_is_told_and_read() -> None:
    long = replace(ONE, text="Le budget (adopté en mai) des écoles est de 14 millions, non de 41.")
    made, job, articles = planned("titres", long)
    script = newsroom.written(job, made, frozenset())
    assert list(newsroom.faults(job, script, made, articles)) == ["correction-2"]
    assert newsroom.blocking(job, script, made, articles) == {}
    assert typeset(long.text) in of(script)


# Its length


@pytest.mark.parametrize("form", FORMATS)
def test_its_words_are_taken_from_the_stories(form: str) -> None:
    _made, job, _articles = planned(form, ONE, NAME, OLD)
    count, order = newsroom.counter(job), newsroom.order(job)
    script, without = written(form, ONE, NAME, OLD), newsroom.written(job, example(form)[0], frozenset())
    spoken = [sum(count(one.text) for one in each.segments) for each in (script, without)]
    own = sum(count(one) for one in of(script))
    assert own > 40
    # The day does not fill every format: then what is read may grow by what it holds, and no further than the budget.
    assert spoken[0] <= max(1.03 * order.words(order.form.speech), spoken[1])
    told = [sum(count(one.text) for one in each.segments if one.story) for each in (script, without)]
    assert told[0] <= told[1]
    if spoken[1] > 0.97 * order.words(order.form.speech):
        assert told[1] - told[0] >= 0.5 * own


def clips(script: Script) -> tuple[Clip, ...]:
    return tuple(
        Clip(one.id, f"4-clips/{one.id}.wav", 60 * len(one.text), one.text, "essai:voix", "0" * 64)
        for one in script.segments
        if one.text
    )


@pytest.mark.parametrize(
    ("form", "share"), [*itertools.product(FORMATS[:3], (1.0, 0.8, 0.6, 0.45)), ("titres", 1.0), ("titres", 0.9)]
)
def test_no_slot_drops_it(form: str, share: float) -> None:
    made, _job, _articles = planned(form, ONE, NAME)
    script = written(form, ONE, NAME)
    natural = arrange(script, clips(script), LENGTHS, {}).duration_ms
    placed = slot.fit(script, clips(script), made, LENGTHS, round(natural * share))
    heard = {cue.segment for cue in placed.cues}
    assert {one.id for one in script.segments if one.role is Role.CORRECTION} <= heard
    assert placed.duration_ms == round(natural * share)
    assert share == 1.0 or (placed.fit and placed.fit.left_out)


def test_a_slot_too_short_for_it_is_refused() -> None:
    script, made = written("titres", ONE, NAME), planned("titres", ONE, NAME)[0]
    own = sum(60 * len(one) for one in of(script))
    with pytest.raises(AudionewsError, match="Le moins qui puisse être lu"):
        slot.fit(script, clips(script), made, LENGTHS, LENGTHS["jingle"] + LENGTHS["outro"] + own)


def test_the_word_that_leads_on_to_the_titles_leaves_with_them() -> None:
    script = written("journal", ONE)
    made = planned("journal", ONE)[0]
    natural = arrange(script, clips(script), LENGTHS, {}).duration_ms
    found = []
    for share in range(95, 25, -10):
        placed = slot.fit(script, clips(script), made, LENGTHS, natural * share // 100)
        heard = {cue.segment for cue in placed.cues}
        titles = any(one.id in heard for one in script.segments if one.role is Role.HEADLINE)
        at = [one.role for one in script.segments].index(Role.CORRECTION)
        after = next(one for one in script.segments[at:] if one.role is Role.OPENING)
        assert (after.id in heard) is titles
        found.append(titles)
    assert set(found) == {True, False}


# Where it is heard


@pytest.mark.parametrize("form", FORMATS)
def test_it_has_a_chapter_of_its_own_and_no_bed(form: str) -> None:
    script, made = written(form, ONE), planned(form, ONE)[0]
    titles = {item.story.slug: item.story.title for item in made.items}
    placed = arrange(script, clips(script), LENGTHS, titles)
    start, end = span(script, placed)
    chapters = [one.title for one in placed.chapters]
    at = chapters.index("Rectificatif")
    assert chapters[:at] == ["Ouverture et titres" if form in {"journal", "magazine"} else "Ouverture"]
    assert chapters[at + 1] == ("Titres" if form == "titres" else made.items[0].story.title)
    assert chapters.count("Rectificatif") == 1
    assert 0 <= start - placed.chapters[at].start_ms <= 200
    beds = [(one.start_ms, one.start_ms + one.duration_ms) for one in placed.cues if one.track is Track.BED]
    assert len(beds) >= 2
    assert not [one for one in beds if one[0] < end and start < one[1]]
    stings = [one for one in placed.cues if one.track is Track.STING]
    assert not [one for one in stings if start <= one.start_ms < end]


def span(script: Script, placed: Timeline) -> tuple[int, int]:
    """Give when the correction starts and ends, in ms."""
    names = {one.id for one in script.segments if one.role is Role.CORRECTION}
    cues = [cue for cue in placed.cues if cue.segment in names]
    return min(one.start_ms for one in cues), max(one.start_ms + one.duration_ms for one in cues)


def test_headlines_after_it_have_their_bed_again() -> None:
    script = written("titres", ONE)
    placed = arrange(script, clips(script), LENGTHS, {})
    soft = Script(
        script.bulletin_id, script.title, script.date, tuple(replace(one, gravity=1) for one in script.segments)
    )
    under = [one for one in arrange(soft, clips(soft), LENGTHS, {}).cues if one.track is Track.BED]
    titles = [cue for cue in placed.cues if cue.segment.startswith("titre-")]
    assert any(bed.start_ms < titles[0].start_ms < bed.start_ms + bed.duration_ms for bed in under)
    # A grave headline has none: only the word that announces the titles keeps it.
    beds = [one for one in placed.cues if one.track is Track.BED]
    assert not any(covers(bed, cue) for bed in beds for cue in titles)


def covers(bed: Cue, cue: Cue) -> bool:
    return bed.start_ms < cue.start_ms + cue.duration_ms and cue.start_ms < bed.start_ms + bed.duration_ms


def test_a_correction_that_an_editor_moved_down_keeps_its_chapter() -> None:
    made = example("flash")[0]
    first, second = (item.story.slug for item in made.items[:2])
    block = f"[correction]\n{BUDGET}\n"
    script = text.parse(f"[ouverture]\nBonjour.\n[sujet {first}]\nUn.\n{block}[brève {second}]\nDeux.\n", made)
    placed = arrange(script, clips(script), LENGTHS, {first: "Un", second: "Deux"})
    assert [one.title for one in placed.chapters] == ["Ouverture", "Un", "Rectificatif", "Deux"]


@pytest.mark.parametrize("form", FORMATS)
def test_the_conducteur_has_a_row_for_it(form: str) -> None:
    script, (made, job, _articles) = written(form, ONE), planned(form, ONE)
    placed = arrange(script, clips(script), LENGTHS, {})
    bulletin = Bulletin("6-bulletin.mp3", 1, "0" * 64, placed.duration_ms, -16.0, -1.5, placed.chapters)
    paper = sheet(made, script, placed, bulletin, job.station)
    (row,) = [one for one in paper.rows if one.title == "Rectificatif"]
    assert row.nature == "texte"
    assert row.voices == ("Awa",)
    assert row.start_ms == span(script, placed)[0]
    assert row.first == " ".join(of(script)[0].split(" ")[:3])
    assert "Rectificatif" in conducteur_text(paper)
    assert sum(one.duration_ms for one in paper.rows) == placed.duration_ms
    titles = [one.title for one in paper.rows]
    assert titles.count("Titres") == (0 if form == "flash" else 1)
    assert ("Relance" in titles) is (form == "magazine")


def test_the_rundown_shows_it_before_the_stories() -> None:
    shown = view(planned("journal", ONE, OLD)[0])
    assert f"- Journal du soir, 2025-06-06 : {BUDGET}\n" in shown
    assert "- Flash du matin, 2025-05-01 : L’examen commence le 9 juin\n" in shown
    assert shown.index("Rectificatif") < shown.index("| n° |")


# A run of the desk


def waiting(job: Job, *wrong: Rectification) -> None:
    """Write in the ledger that these bulletins were published, and what was wrong in them."""
    for number, one in enumerate(wrong):
        made = sample_episode(one.bulletin, day=one.date, title=one.title)
        shelf.record(job.ledger, made, f"{one.date} 19:00", ())
        ledger.plan(job.ledger, one, NOON - timedelta(hours=9 - number))


def example_job(folder: Path, form: str, slot_length: str = "") -> Job:
    """Give the example's day, read by two silent voices."""
    table = tomllib.loads(EXAMPLE.read_text("utf-8"))
    table |= {"voice": {"engine": "silence"}, "presenter": [{"name": "Awa"}, {"name": "Moussa"}]}
    table |= {"broadcast": {"wav": False}, "sound": {"light": False}}
    table["bulletin"] |= {"slot": slot_length} if slot_length else {}
    return Job(parse(table, EXAMPLE.parent), DAY, "matin", form, folder / "output", NOON)


@pytest.mark.parametrize(
    ("form", "slot_length"),
    [
        *(("journal", ""), ("journal", "3:00"), ("magazine", ""), ("magazine", "5:00")),
        *(("flash", ""), ("flash", "1:30"), ("titres", ""), ("titres", "1:00")),
    ],
)
def test_a_run_says_it_in_every_format_with_and_without_a_slot(tmp_path: Path, form: str, slot_length: str) -> None:
    told: list[str] = []
    job = replace(example_job(tmp_path, form, slot_length), say=told.append)
    waiting(job, ONE)
    pipeline.build(job, last="timeline")
    made = codec.load(job.run_folder / stages.RUNDOWN, Rundown)
    script = codec.load(job.run_folder / stages.SCRIPT, Script)
    placed = codec.load(job.run_folder / stages.TIMELINE, Timeline)
    assert made.rectifications == (ONE,)
    assert of(script)[1] == typeset(BUDGET)
    assert {one.id for one in script.segments if one.role is Role.CORRECTION} <= {cue.segment for cue in placed.cues}
    assert "Rectificatif" in [one.title for one in placed.chapters]
    assert SPOKEN_BUDGET in views.show(job.run_folder, "script", spoken=True)
    assert f"[correction : Awa]\n{of(script)[0]}\n{typeset(BUDGET)}\n" in views.show(job.run_folder, "script")
    assert BUDGET in views.show(job.run_folder, "rundown")
    assert "chapitre Rectificatif" in views.show(job.run_folder, "timeline")
    assert not [one for one in told if one.startswith("Attention")]
    if slot_length:
        minutes, seconds = map(int, slot_length.split(":"))
        assert placed.duration_ms == 1000 * (60 * minutes + seconds)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """Publish a bulletin of the small station that puts something right."""
    job = make_job(make_station(tmp_path_factory.mktemp("rectificatif") / "station"))
    waiting(job, ONE)
    pipeline.build(job)
    return job


def test_what_is_published_tells_it(published: Job) -> None:
    made = codec.load(published.run_folder / stages.EPISODE, Episode)
    captions = [one for one in made.captions if one.role is Role.CORRECTION]
    assert typeset(BUDGET) in [one.text for one in captions]
    assert not any(one.story for one in captions)
    (part,) = [one for one in sections(made) if one.title == "Rectificatif"]
    assert [one.text for paragraph in part.paragraphs for one in paragraph][: len(captions)] == [
        one.text for one in captions
    ]
    assert part.credits == ()
    page = (published.site / "episodes" / made.id / "conducteur.html").read_text("utf-8")
    assert "Rectificatif" in page


def test_once_said_it_is_not_said_again(published: Job) -> None:
    evening = replace(published, edition="soir", now=NOON + timedelta(hours=9))
    assert ledger.pending(published.ledger, published.air, published.bulletin_id) == (ONE,)
    assert ledger.pending(published.ledger, evening.air, evening.bulletin_id) == ()
    assert pipeline.build(published) == []


@pytest.fixture
def small(tmp_path: Path) -> Job:
    """Give the job of the small station, with nothing to put right yet."""
    return make_job(make_station(tmp_path / "station"))


def planned_again(job: Job) -> Callable[[], list[str]]:
    return lambda: pipeline.build(job, last="script")


def test_a_new_correction_makes_the_rundown_again(small: Job) -> None:
    again = planned_again(small)
    assert again() == ["articles", "rundown", "script"]
    assert again() == []
    waiting(small, ONE)
    assert again() == ["rundown", "script"]
    assert again() == []
    assert typeset(BUDGET) in of(codec.load(small.run_folder / stages.SCRIPT, Script))


def test_an_editors_changes_to_it_are_read(small: Job) -> None:
    told: list[str] = []
    waiting(small, ONE)
    again = planned_again(replace(small, say=told.append))
    again()
    path = small.run_folder / stages.SCRIPT_TEXT
    before = codec.load(small.run_folder / stages.SCRIPT, Script)
    path.write_text(path.read_text("utf-8").replace(of(before)[0], "Nous devons rectifier une information."), "utf-8")
    again()
    assert of(codec.load(small.run_folder / stages.SCRIPT, Script))[0] == "Nous devons rectifier une information."
    path.write_text(path.read_text("utf-8").replace("non de 41", "non de 45"), "utf-8")
    told.clear()
    again()
    assert [one for one in told if one.startswith("Attention, correction-2 :") and "45" in one]
    assert "non de 45" in of(codec.load(small.run_folder / stages.SCRIPT, Script))[1]


def test_a_block_that_an_editor_took_out_is_told_to_be_still_waiting(small: Job) -> None:
    told: list[str] = []
    waiting(small, ONE)
    again = planned_again(replace(small, say=told.append))
    again()
    path = small.run_folder / stages.SCRIPT_TEXT
    path.write_text(re.sub(r"\[correction[^\[]*", "", path.read_text("utf-8")), "utf-8")
    again()
    script = codec.load(small.run_folder / stages.SCRIPT, Script)
    assert said(codec.load(small.run_folder / stages.RUNDOWN, Rundown), script) == ()
    assert [one for one in told if "il reste à dire dans une prochaine édition" in one]


def test_a_station_whose_template_does_not_say_it_is_told_so(small: Job) -> None:
    folder = small.station.folder / "templates" / "bulletin"
    folder.mkdir(parents=True)
    own = formats.read("bulletin/journal.txt.j2", Path("/nowhere")).replace("{{ corrections(rectified) }}", "")
    (folder / "journal.txt.j2").write_text(own, "utf-8")
    told: list[str] = []
    waiting(small, ONE)
    pipeline.build(replace(small, say=told.append), last="script")
    assert [one for one in told if "le rectificatif n’est pas dans le texte" in one]
