"""Who reads what: the cast of each format, in every order its segments may come."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.errors import UsageError
from audionews.model import Role, Segment
from audionews.script import formats
from audionews.script.cast import TOLD, USUAL, Cast, assign, cast_of
from tests.helpers import ROOT

CASTS = {name: formats.load(name, Path("/nowhere")).cast for name in ("journal", "flash", "titres", "magazine")}
# What each format must sound like: role and story of each block, and who reads it.
ORDERS = {
    "journal": (
        "ouverture 1, titre a 2, titre b 1, titre c 2, ouverture 1, virgule 1, lancement a 1, sujet a 2, source a 2, "
        "virgule 1, lancement b 1, sujet b 2, source b 2, sujet c 1, source c 1, virgule 1, brève d 2, source d 2, "
        "brève e 1, brève f 2, source f 2, virgule 1, rappel a 1, rappel b 2, virgule 1, fermeture 1"
    ),
    "flash": "ouverture 1, sujet a 1, source a 1, brève b 2, brève c 1, source c 1, brève d 2, virgule 1, fermeture 1",
    "titres": "ouverture 1, titre a 2, titre b 1, titre c 2, titre d 1, fermeture 1",
    "magazine": (
        "ouverture 1, titre a 2, titre b 1, virgule 1, lancement a 1, sujet a 2, lancement a 1, sujet a 2, source a 2, "
        "ouverture 1, lancement b 1, sujet b 2, source b 2, virgule 1, brève c 1, brève d 2, virgule 1, lancement e 1, "
        "sujet e 2, rappel a 1, rappel b 2, fermeture 1"
    ),
}


def block(role: str, story: str = "", *, sentences: int = 2, presenter: int = 0) -> list[Segment]:
    if role == "virgule":
        return [Segment("virgule", Role.STING, presenter=0)]
    return [
        Segment(f"{role}-{story}-{number}", Role(role), "Phrase.", story, presenter=presenter)
        for number in range(sentences)
    ]


def read(made: tuple[Segment, ...]) -> list[int]:
    return [one.presenter for one in made]


@pytest.mark.parametrize("form", ORDERS)
def test_each_format_is_read_as_its_cast_says(form: str) -> None:
    blocks = [one.split() for one in ORDERS[form].split(", ")]
    segments = [made for role, *story, _reader in blocks for made in block(role, *story)]
    wanted = [int(reader) for role, *_story, reader in blocks for _ in range(1 if role == "virgule" else 2)]
    assert read(assign(tuple(segments), CASTS[form], 2)) == wanted


def test_a_story_whose_link_the_second_voice_reads_is_told_by_the_first() -> None:
    made = assign((*block("lancement", "a"), *block("sujet", "a"), *block("source", "a")), Cast(link=2), 2)
    assert read(made) == [2, 2, 1, 1, 1, 1]


def test_a_name_given_by_hand_wins_and_the_source_follows_whoever_tells() -> None:
    by_cast = (*block("lancement", "a"), *block("sujet", "a"), *block("source", "a"))
    assert read(assign(by_cast, USUAL, 2)) == [1, 1, 2, 2, 2, 2]
    by_hand = (*block("lancement", "a"), *block("sujet", "a", presenter=1), *block("source", "a"))
    assert read(assign(by_hand, USUAL, 2)) == [1, 1, 1, 1, 1, 1]
    named = (*block("sujet", "a"), *block("source", "a", presenter=2), *block("sujet", "a"))
    assert read(assign(named, USUAL, 2)) == [1, 1, 2, 2, 1, 1]  # who says the source does not become who tells


def test_a_story_told_first_as_a_story_then_as_a_brief_keeps_its_voice() -> None:
    segments = (*block("sujet", "a"), *block("brève", "b"), *block("brève", "a"), *block("source", "a"))
    assert read(assign(segments, Cast(story=2, brief=1), 2)) == [2, 2, 1, 1, 2, 2, 2, 2]


def test_a_source_without_its_story_is_said_by_whoever_spoke_last() -> None:
    assert read(assign((*block("brève", "a"), *block("source", "b")), Cast(brief=2), 2)) == [2] * 4
    assert read(assign(tuple(block("source", "b")), USUAL, 2)) == [2, 2]


READERS = st.sampled_from([1, 2, "alternate"])
ANY_CAST = st.builds(Cast, *[READERS] * 7)
ANY_BLOCK = st.builds(
    block,
    st.sampled_from([*[one.value for one in Role], *["sujet", "brève", "source"] * 3]),
    st.sampled_from(["", "a", "b", "c"]),
    sentences=st.integers(1, 3),
    presenter=st.sampled_from([0, 0, 0, 1, 2]),
)
ANY_SEGMENTS = st.lists(ANY_BLOCK, max_size=14).map(lambda blocks: tuple(one for made in blocks for one in made))


@given(ANY_SEGMENTS, ANY_CAST)
def test_whatever_the_order_the_words_stay_and_everybody_is_somebody(segments: tuple[Segment, ...], cast: Cast) -> None:
    made = assign(segments, cast, 2)
    assert [replace(one, presenter=0) for one in made] == [replace(one, presenter=0) for one in segments]
    assert set(read(made)) <= {1, 2}
    for before, after in zip(segments, made, strict=True):
        if before.role is Role.STING:
            assert after.presenter == 1 and not after.text
        elif before.presenter:
            assert after.presenter == before.presenter
    assert assign(made, cast, 2) == made
    assert set(read(assign(segments, cast, 1))) <= {1}


@settings(max_examples=300)
@given(ANY_SEGMENTS, ANY_CAST)
def test_whatever_the_order_each_story_has_one_voice_and_its_source_too(
    segments: tuple[Segment, ...], cast: Cast
) -> None:
    made = assign(tuple(replace(one, presenter=0) for one in segments), cast, 2)
    teller: dict[str, int] = {}
    for one in made:
        if one.story and one.role in TOLD:
            assert teller.setdefault(one.story, one.presenter) == one.presenter
        if one.story and one.role is Role.CREDIT and one.story in teller:
            assert one.presenter == teller[one.story]
    for role in (Role.HEADLINE, Role.LINK, Role.RECAP):
        for story in "abc":
            assert len({one.presenter for one in made if (one.role, one.story) == (role, story)}) <= 1


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True), st.sampled_from(["titre", "brève", "rappel"]))
def test_what_alternates_never_stays_with_one_voice(stories: list[str], role: str) -> None:
    made = assign(tuple(one for story in stories for one in block(role, story)), USUAL, 2)
    assert read(made[::2]) == [1 + at % 2 for at in range(len(stories))]


@given(ANY_SEGMENTS, ANY_CAST, st.data())
def test_once_everybody_is_named_a_block_may_leave_and_nobody_changes(
    segments: tuple[Segment, ...], cast: Cast, data: st.DataObject
) -> None:
    made = assign(segments, cast, 2)
    if made:
        gone = data.draw(st.sampled_from(made))
        left = tuple(one for one in made if (one.role, one.story) != (gone.role, gone.story))
        assert assign(left, cast, 2) == left


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"headlin": 1}, "Vouliez-vous dire « headline »"),
        ({"sting": 1}, "« sting » est inconnu"),
        ({"story": 3}, "story ne peut pas valoir 3"),
        ({"story": 0}, "story ne peut pas valoir 0"),
        ({"story": True}, "story ne peut pas valoir True"),
        ({"story": "deux"}, "story ne peut pas valoir 'deux'"),
        ({"story": [1]}, r"story ne peut pas valoir \[1\]"),
        ({"story": 1.0}, r"story ne peut pas valoir 1\.0"),
        ([], "devrait être une table"),
    ],
)
def test_slips_in_a_cast_are_named_in_one_line(table: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        cast_of(table, "templates/formats/x.toml")
    assert "templates/formats/x.toml, [cast]" in str(raised.value) and "\n" not in str(raised.value)


def test_a_cast_says_only_what_differs() -> None:
    assert cast_of({}, "x") == USUAL
    assert cast_of({"story": 2, "brief": "alternate"}, "x") == replace(USUAL, story=2)


def test_a_station_writes_its_own_cast(tmp_path: Path) -> None:
    (tmp_path / "templates" / "formats").mkdir(parents=True)
    own = (ROOT / "templates" / "formats" / "flash.toml").read_text("utf-8").replace("story = 1", "story = 2")
    (tmp_path / "templates" / "formats" / "flash.toml").write_text(own, "utf-8")
    assert formats.load("flash", tmp_path).cast == replace(CASTS["flash"], story=2)
    assert formats.load("journal", tmp_path).cast == CASTS["journal"]
    (tmp_path / "templates" / "formats" / "flash.toml").write_text(own.replace("story = 2", "story = 9"), "utf-8")
    with pytest.raises(UsageError, match=r"flash\.toml, \[cast\] : story"):
        formats.load("flash", tmp_path)


@pytest.mark.parametrize("form", CASTS)
def test_the_formats_of_the_house_say_who_reads_each_role_they_have(form: str) -> None:
    table = tomllib.loads((ROOT / "templates" / "formats" / f"{form}.toml").read_text("utf-8"))["cast"]
    assert table["opening"] == table["closing"] == 1
    assert table.get("headline", "alternate") == "alternate"
