from __future__ import annotations

import re
import time
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.french.sentences import split
from audionews.language import language
from audionews.model import Item, Place, Role, Rundown, Script, Segment, Span, Story
from audionews.proof.style import Finding, blocking, proofread, rules
from audionews.proof.style.finding import Rule
from audionews.proof.style.heard import listen
from audionews.proof.style.length import syllables

DATA = Path(__file__).parent / "data"
ROOT = Path(__file__).parent.parent
GRAVITY = {"accident": 3, "football": 0}
BULLETIN = {"B4", "S2", "S1b"}  # what short samples cannot keep
SAME_WORDS = {"P1", "S15", "S21c", "N1"}  # rules that the words of another rule break too
spoken = language("fr").spoken


def script(text: str, patterns: tuple[str, ...] = ()) -> Script:
    """Read a sample: marks as in 3-script.txt, gravity by the story's name."""
    segments: list[Segment] = []
    role, slug = Role.STORY, ""
    for line in filter(None, map(str.strip, text.splitlines())):
        mark = re.fullmatch(r"\[(\w+)(?: ([\w-]+))?\]", line)
        if mark:
            role, slug = Role(mark[1]), mark[2] or ""
        elif not line.startswith("# "):
            for sentence in split(line):
                segments.append(Segment(f"s{len(segments)}", role, sentence, slug, GRAVITY.get(slug, 1)))
    return Script("2025-06-07-matin", "Journal", date(2025, 6, 7), tuple(segments), patterns)


def told(sentence: str, role: Role = Role.STORY, first: bool = False) -> tuple[Finding, ...]:
    """Proof-read one sentence; one that does not open its story has a sentence before it."""
    before = () if first else (Segment("before", role, "La commune de Bandoula a voté son budget.", "a"),)
    given = tuple(Segment(f"s{rank}", role, one, "a") for rank, one in enumerate(split(sentence)))
    found = proofread(Script("b", "t", date(2025, 6, 7), (*before, *given)), spoken=spoken)
    return tuple(one for one in found if one.segment != "before")


def rows() -> list[tuple[str, Role, bool, str]]:
    lines = [line.split("\t") for line in (DATA / "proof.tsv").read_text("utf-8").splitlines() if line[0] != "#"]
    return [(rule, Role(role), text.startswith("> "), text.removeprefix("> ")) for rule, role, text in lines]


@pytest.mark.parametrize(("rule", "role", "first", "text"), rows(), ids=lambda value: str(value)[:40])
def test_sentences_break_the_rule_they_break_and_no_other_blocks(rule: str, role: Role, first: bool, text: str) -> None:
    found = {one.rule for one in told(text, role, first)} - BULLETIN
    if rule == "-":
        assert not found
    else:
        assert rule in found
        assert not {one for one in found if rules()[one].blocking} - {rule, *SAME_WORDS}


@pytest.mark.parametrize("rule", [rule for rule in rules().values() if rule.example], ids=lambda rule: rule.id)
def test_the_example_of_each_rule_breaks_it(rule: Rule) -> None:
    example = rule.example.strip()
    whole = example.startswith("[")
    found = proofread(script(example), spoken=spoken) if whole else told(example, Role(rule.role), rule.first)
    assert rule.id in {one.rule for one in found}


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_the_mended_example_keeps_the_rule(rule: Rule) -> None:
    if rule.example and "[" not in rule.example:
        assert rule.id not in {one.rule for one in told(rule.better, Role(rule.role), rule.first)}


def test_clean_radio_french_raises_next_to_no_alarm() -> None:
    clean = script((DATA / "proof_clean.txt").read_text("utf-8"))
    found = [one for one in proofread(clean, spoken=spoken) if one.rule not in {"B4", "B5"}]
    assert not [one for one in found if one.blocking]
    assert len(found) <= 0.05 * len(clean.segments), found


def test_each_rule_says_what_it_is_in_french() -> None:
    for rule in rules().values():
        assert rule.name and rule.test and rule.mend and rule.why
        assert not re.search(r"['\"]", rule.name + rule.mend)


def test_sixty_sentences_take_less_than_two_seconds() -> None:
    clean = script((DATA / "proof_clean.txt").read_text("utf-8"))
    sample = replace(clean, segments=clean.segments[:60])
    proofread(script("[sujet a]\nLe marché ouvre."), spoken=spoken)  # loads the parser
    start = time.process_time()
    proofread(sample, spoken=spoken)
    assert time.process_time() - start < 2


def test_a_finding_says_rule_place_words_and_remedy() -> None:
    found = proofread(script("[sujet eau]\nLe seau coûte dix francs.\nLe prix a changé hier."), spoken=spoken)
    one = next(finding for finding in found if finding.rule == "D1")
    assert (one.blocking, one.segment, one.place, one.words) == (True, "s1", "sujet eau, phrase 2", "hier")
    assert "date" in one.mend


def test_long_sentences_are_counted_as_they_are_said() -> None:
    text = "Les 1.234.567 francs de la commune de Bandoula vont aux travaux de la route de Toula et du pont du marché."
    assert len(text.split()) <= 22
    assert "S1" in {one.rule for one in told(text)}


def test_candidates_are_refused_without_a_script() -> None:
    assert [one.rule for one in blocking("Elle ouvre lundi 9 juin.", role=Role.STORY, first=True, spoken=spoken)] == [
        "S15"
    ]
    assert not blocking("Elle ouvre lundi 9 juin.", role=Role.STORY, first=False, spoken=spoken)
    assert not blocking(
        "Le pont, qui est vieux et dont rien ne sert, ferme.", role=Role.STORY, first=True, spoken=spoken
    )


def test_blocking_needs_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> None:
        raise AssertionError

    monkeypatch.setattr("audionews.french.parse.parse", refuse)
    assert not blocking("Le maire a ouvert le marché, à Toula.", role=Role.STORY, first=True, spoken=spoken)


def test_patterns_of_the_last_editions_are_told() -> None:
    sample = script("[sujet eau]\nLe marché ouvre.", patterns=("G1", "X1"))
    found = proofread(sample, spoken=spoken, recent=frozenset({"X1"}))
    assert [one.words for one in found if one.rule == "B3a"] == ["X1"]


def test_a_pattern_used_twice_is_told() -> None:
    found = proofread(script("[sujet eau]\nLe marché ouvre.", patterns=("X1", "X1")), spoken=spoken)
    assert [one.words for one in found if one.rule == "B3"] == ["X1"]


def test_a_story_without_a_source_to_name_needs_no_credit() -> None:
    def rundown(source: str) -> Rundown:
        story = Story("eau", "", "", "", (), source=source)
        return Rundown("b", date(2025, 6, 7), "matin", "flash", "Flash", (Item(Place.STORY, story),))

    sample = script("[sujet eau]\nLe marché ouvre.")
    assert "B4" in {one.rule for one in proofread(sample, rundown("La Gazette"), spoken=spoken)}
    assert "B4" not in {one.rule for one in proofread(sample, rundown(""), spoken=spoken)}


def test_one_credit_may_stand_after_briefs_of_one_paper() -> None:
    sample = script("[brève a]\nLe marché ouvre.\n[brève b]\nLe pont ferme.\n[source b]\nC’est à lire dans La Gazette.")
    assert "B4" not in {one.rule for one in proofread(sample, spoken=spoken)}


def test_a_programme_of_two_minutes_says_that_its_voice_is_made() -> None:
    clean = (DATA / "proof_clean.txt").read_text("utf-8")
    disclosed = f"{clean}\n[fermeture]\nCe journal est lu par une voix de synthèse."
    assert "B5" in {one.rule for one in proofread(script(clean), spoken=spoken)}
    assert "B5" not in {one.rule for one in proofread(script(disclosed), spoken=spoken)}
    assert "B5" not in {one.rule for one in proofread(script("[sujet a]\nLe marché ouvre."), spoken=spoken)}


def test_headlines_alone_promise_nothing() -> None:
    found = proofread(script("[titre eau]\nLe marché de Bandoula ouvre."), spoken=spoken)
    assert "N8" not in {one.rule for one in found}


def test_the_house_may_announce_inside_a_block() -> None:
    table = tomllib.loads((ROOT / "templates/bulletin/phrases.toml").read_text("utf-8"))
    for name in ("titles", "title_more", "title_last", "briefs", "brief_more", "update", "recap"):
        role = Role.HEADLINE if name.startswith("title") else Role.BRIEF
        for phrase in table.get(name, ()):
            text = re.sub(r"\{\{.*?\}\}", "samedi 7 juin", phrase["text"])
            heard = listen(Script("b", "t", date(2025, 6, 7), (Segment("x", role, text, "a"),)), spoken).heard
            assert heard[0].house, text


def test_what_stands_in_the_article_is_never_the_house() -> None:
    segment = Segment("x", Role.BRIEF, "Les titres de ce journal.", "a", spans=(Span(0, 5),))
    assert not listen(Script("b", "t", date(2025, 6, 7), (segment,)), spoken).heard[0].house


@pytest.mark.parametrize(("word", "count"), [("marché", 2), ("école", 2), ("route", 1), ("communauté", 4), ("rue", 1)])
def test_syllables_are_counted_as_heard(word: str, count: int) -> None:
    assert syllables(word) == count


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aàeéiou lmnrst’«»(),.;:!?0123456789-–/#ABCÉ", max_size=120))
def test_any_text_can_be_refused_without_an_error(text: str) -> None:
    for one in blocking(text, role=Role.STORY, first=True, spoken=spoken):
        assert one.blocking and one.mend


def test_the_manual_says_every_rule_as_it_is() -> None:
    manual = (ROOT / "docs/proof.md").read_text("utf-8")
    for rule in rules().values():
        heading = f"### {rule.id} — {rule.name}"
        assert heading in manual
        part = manual.split(heading + "\n", 1)[1].split("\n### ", 1)[0]
        assert rule.test in part and rule.mend in part and rule.why in part
        assert ("bloque" in part.splitlines()[0]) == rule.blocking


@pytest.mark.parametrize(
    "piece", ["« ", "(", "a à ", ", a dit le ", "Ségou, ", "12 et 13 ", "ne qu’ ", "Awa Keïta, ", "de le ", "ce lundi "]
)
def test_a_hostile_sentence_costs_little_time(piece: str) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        blocking(piece * times, role=Role.STORY, first=True, spoken=str)
        return time.process_time() - began

    seconds(10)
    assert seconds(3000) < 1.5
