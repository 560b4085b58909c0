"""What ``latest.*`` hold, whatever is published, withdrawn, expired or broken, and in whichever order."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.desk.airing import Aired, refresh
from audionews.desk.job import Job
from audionews.errors import AudionewsError
from audionews.publish import radio
from audionews.publish.copies import Copies
from audionews.station import Station
from tests.publish_samples import DAY
from tests.radio_samples import (
    EVENING,
    MORNING,
    assert_true,
    break_at,
    gathered,
    held,
    latest,
    moment,
    silent,
    station,
)

HOURS = {"matin": "07:00", "midi": "13:00", "soir": "19:00"}
DAYS = ("2025-06-06", "2025-06-07", "2025-06-08")
KEYS = tuple(f"{day}-{edition}" for day in DAYS for edition in HOURS)
QUIET, SPOKEN = station(), station(broadcast={"expired": "annonce"})


def job_at(top: Path, now: str | datetime, at: Station = QUIET) -> Job:
    when = moment(now) if isinstance(now, str) else now
    return Job(at, DAY, "matin", "journal", top / "output", when)


def of(*keys: str, withdrawn: str = "", at: Station = QUIET) -> list[Aired]:
    """Give published bulletins, as the ledger knows them."""
    found = []
    for key in keys:
        starts = moment(f"{key[:10]} {HOURS[key[11:]]}")
        found.append(Aired(key, starts, at.broadcast.until(starts), key == withdrawn))
    return found


def keep(top: Path, *keys: str, **more: Any) -> None:
    for key in keys:
        radio.keep(top / "output" / "site", gathered(top / "work", key, **more)[0])


def on_air(top: Path) -> str:
    """Give the id of the bulletin that radios are given, or the state; "" when there is nothing at all."""
    site = top / "output" / "site"
    assert_true(site)
    told = latest(site)
    if not told:
        assert not [name for name in held(site) if name.startswith("latest.")]
        return ""
    return str(told.get("id", told["state"]))


# which one


def test_the_newest_by_its_hour_is_aired_and_said(tmp_path: Path) -> None:
    keep(tmp_path, MORNING, EVENING, "2025-06-06-soir")
    published = of(EVENING, "2025-06-06-soir", MORNING)
    said = refresh(job_at(tmp_path, "2025-06-07 19:05"), published)
    assert said == (
        "Antenne : broadcast/latest.* donnent « Journal du soir, samedi 7\u00a0juin 2025 », "
        "à diffuser jusqu’au 8\u00a0juin 2025 à 19\u00a0h\u00a000."
    )
    assert on_air(tmp_path) == EVENING
    before = held(tmp_path / "output" / "site")
    assert refresh(job_at(tmp_path, "2025-06-07 19:06"), published) == said
    assert held(tmp_path / "output" / "site") == before


def test_a_bulletin_is_there_before_its_hour(tmp_path: Path) -> None:
    keep(tmp_path, MORNING)
    refresh(job_at(tmp_path, "2025-06-07 06:31"), of(MORNING))
    assert on_air(tmp_path) == MORNING


def test_what_is_not_published_is_not_aired(tmp_path: Path) -> None:
    keep(tmp_path, MORNING, EVENING)
    refresh(job_at(tmp_path, "2025-06-07 19:05"), of(MORNING))
    assert on_air(tmp_path) == MORNING


def test_a_withdrawn_bulletin_gives_way_to_the_one_before(tmp_path: Path) -> None:
    keep(tmp_path, MORNING, EVENING)
    refresh(job_at(tmp_path, "2025-06-07 19:05"), of(MORNING, EVENING))
    refresh(job_at(tmp_path, "2025-06-07 20:00"), of(MORNING, EVENING, withdrawn=EVENING))
    assert on_air(tmp_path) == MORNING


@pytest.mark.parametrize(("now", "there"), [("2025-06-08 06:59", MORNING), ("2025-06-08 07:00", "")])
def test_it_leaves_at_the_minute_it_expires(tmp_path: Path, now: str, there: str) -> None:
    keep(tmp_path, MORNING)
    refresh(job_at(tmp_path, "2025-06-07 07:00"), of(MORNING))
    said = refresh(job_at(tmp_path, now), of(MORNING))
    assert on_air(tmp_path) == there
    if not there:
        assert said == "Antenne : aucun journal n’est à diffuser : broadcast/latest.* ont été retirés."
        again = refresh(job_at(tmp_path, now), of(MORNING))
        assert again == "Antenne : aucun journal n’est à diffuser : il n’y a pas de broadcast/latest.*."


def test_of_two_ends_the_earlier_one_holds(tmp_path: Path) -> None:
    """The label of the sound says one day; meanwhile the station has chosen six hours, or the other way round."""
    keep(tmp_path, MORNING)
    short = station(broadcast={"valid_hours": 6})
    refresh(job_at(tmp_path, "2025-06-07 12:59", short), of(MORNING, at=short))
    assert on_air(tmp_path) == MORNING
    refresh(job_at(tmp_path, "2025-06-07 13:00", short), of(MORNING, at=short))
    assert on_air(tmp_path) == ""
    keep(tmp_path, EVENING, at=short)
    refresh(job_at(tmp_path, "2025-06-08 01:00"), of(EVENING))
    assert on_air(tmp_path) == ""


def test_a_bulletin_built_for_a_past_day_is_never_aired_and_that_is_said(tmp_path: Path) -> None:
    keep(tmp_path, MORNING)
    said = refresh(job_at(tmp_path, "2026-01-15 10:00"), of(MORNING), built=MORNING)
    assert said == (
        "Antenne : 2025-06-07-matin n’était à diffuser que jusqu’au 8\u00a0juin 2025 à 7\u00a0h\u00a000 : "
        "broadcast/latest.* ne le donnent pas ; aucun journal n’est à diffuser : il n’y a pas de broadcast/latest.*."
    )
    assert on_air(tmp_path) == ""
    assert radio.dated(tmp_path / "output" / "site") == (MORNING,)


def test_what_is_on_air_stays_while_its_dated_copies_are_gone_or_half_corrected(tmp_path: Path) -> None:
    keep(tmp_path, "2025-06-06-soir", MORNING)
    published = of("2025-06-06-soir", MORNING)
    refresh(job_at(tmp_path, "2025-06-07 07:00"), published)
    (tmp_path / "output" / "site" / "broadcast" / f"radio-du-lac-{MORNING}.json").unlink()
    refresh(job_at(tmp_path, "2025-06-07 08:00"), published)
    assert on_air(tmp_path) == MORNING
    radio.remove(tmp_path / "output" / "site", MORNING)
    refresh(job_at(tmp_path, "2025-06-07 08:00"), published)
    assert on_air(tmp_path) == MORNING
    (tmp_path / "output" / "site" / "broadcast" / "latest.wav").write_bytes(b"half")
    refresh(job_at(tmp_path, "2025-06-07 08:00"), published)
    assert on_air(tmp_path) == "2025-06-06-soir"


def test_a_damaged_copy_is_told_and_leaves_what_may_still_be_aired(tmp_path: Path) -> None:
    keep(tmp_path, MORNING)
    refresh(job_at(tmp_path, "2025-06-07 07:00"), of(MORNING))
    keep(tmp_path, EVENING)
    (tmp_path / "output" / "site" / "broadcast" / f"radio-du-lac-{EVENING}.wav").write_bytes(b"half")
    with pytest.raises(AudionewsError, match="a changé depuis qu’il a été mesuré"):
        refresh(job_at(tmp_path, "2025-06-07 19:00"), of(MORNING, EVENING))
    assert latest(tmp_path / "output" / "site")["id"] == MORNING
    with pytest.raises(AudionewsError, match="a changé depuis qu’il a été mesuré"):
        refresh(job_at(tmp_path, "2025-06-08 07:00"), of(MORNING, EVENING))
    assert latest(tmp_path / "output" / "site") == {}, "but not what may not"
    assert "latest.mp3" not in held(tmp_path / "output" / "site")


def test_sounds_that_nobody_tells_of_leave(tmp_path: Path) -> None:
    keep(tmp_path, MORNING)
    refresh(job_at(tmp_path, "2025-06-07 07:00"), of(MORNING))
    (tmp_path / "output" / "site" / "broadcast" / "latest.json").unlink()
    refresh(job_at(tmp_path, "2025-06-09 07:00"), of(MORNING))
    assert on_air(tmp_path) == ""


# the word of absence


def test_after_the_end_the_station_says_that_there_is_no_bulletin(tmp_path: Path) -> None:
    site = tmp_path / "output" / "site"
    keep(tmp_path, MORNING)
    radio.keep(site, silent(tmp_path, 0, SPOKEN))
    refresh(job_at(tmp_path, "2025-06-07 07:00", SPOKEN), of(MORNING))
    assert on_air(tmp_path) == MORNING
    said = refresh(job_at(tmp_path, "2025-06-08 07:00", SPOKEN), of(MORNING))
    assert said == (
        "Antenne : aucun journal n’est à diffuser, broadcast/latest.* donnent l’annonce de son absence (absence-0s)."
    )
    assert on_air(tmp_path) == "absent"
    assert {name for name in held(site) if name.startswith("latest")} == {"latest.mp3", "latest.json"}
    assert latest(site)["files"][0]["url"] == "https://radio.example/lac/broadcast/latest.mp3"
    before = held(site)
    assert refresh(job_at(tmp_path, "2025-06-08 09:00", SPOKEN), of(MORNING)) == said
    assert held(site) == before
    keep(tmp_path, "2025-06-08-matin")
    refresh(job_at(tmp_path, "2025-06-08 09:30", SPOKEN), of(MORNING, "2025-06-08-matin"))
    assert on_air(tmp_path) == "2025-06-08-matin"


def test_without_a_word_of_absence_there_is_nothing(tmp_path: Path) -> None:
    keep(tmp_path, MORNING)
    refresh(job_at(tmp_path, "2025-06-07 07:00", SPOKEN), of(MORNING))
    said = refresh(job_at(tmp_path, "2025-06-08 07:00", SPOKEN), of(MORNING))
    assert "l’annonce de son absence n’est pas prête : broadcast/latest.* ont été retirés" in said
    assert on_air(tmp_path) == ""


@pytest.mark.parametrize(
    ("made", "chosen"),
    [
        ((0, 120_000, 180_000), "absence-180s"),
        ((0, 120_000, 300_000), "absence-120s"),
        ((300_000,), ""),
        ((0, 300_000), "absence-0s"),
    ],
)
def test_the_absence_fills_the_slot_of_the_last_edition_or_stays_within_it(
    tmp_path: Path, made: tuple[int, ...], chosen: str
) -> None:
    slots = {"matin": {"title": "Journal du matin", "time": "07:00", "slot": "3:00"}}
    spoken = station(broadcast={"expired": "annonce"}, editions=slots, bulletin={"slot": "5:00"})
    for slot in made:
        radio.keep(tmp_path / "output" / "site", silent(tmp_path, slot, spoken))
    keep(tmp_path, "2025-06-06-soir", MORNING, at=spoken)
    refresh(job_at(tmp_path, "2025-06-08 07:00", spoken), of("2025-06-06-soir", MORNING))
    assert latest(tmp_path / "output" / "site").get("name", "") == chosen


def test_an_edition_without_a_slot_has_an_absence_of_the_words_length(tmp_path: Path) -> None:
    for slot in (0, 120_000):
        radio.keep(tmp_path / "output" / "site", silent(tmp_path, slot, SPOKEN))
    refresh(job_at(tmp_path, "2025-06-08 07:00", SPOKEN), of(MORNING))
    assert latest(tmp_path / "output" / "site")["name"] == "absence-0s"
    gone = Aired("2025-06-07-nuit", moment("2025-06-07 23:00"), moment("2025-06-07 23:59"))
    refresh(job_at(tmp_path, "2025-06-08 07:00", SPOKEN), [*of(MORNING), gone])
    assert latest(tmp_path / "output" / "site")["name"] == "absence-0s", "an edition the station does not have any more"


# faults


@pytest.mark.parametrize("spoken", [False, True])
@pytest.mark.parametrize("what", ["fsync", "link", "replace", "unlink"])
def test_after_the_end_no_stale_bulletin_stays_though_a_step_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, spoken: bool
) -> None:
    at = SPOKEN if spoken else QUIET
    former = tmp_path / "former"
    keep(former, MORNING)
    radio.keep(former / "output" / "site", silent(tmp_path, 0, SPOKEN))
    refresh(job_at(former, "2025-06-07 07:00", at), of(MORNING))
    stale = {name: data for name, data in held(former / "output" / "site").items() if name.startswith("latest.")}
    owner: Any = os if what in {"fsync", "link"} else Path
    number, calls = 0, 1
    while number < calls:
        number += 1
        top = tmp_path / f"{number}"
        shutil.copytree(former, top)
        with monkeypatch.context() as patch:
            count = break_at(number, patch, owner, what)
            try:
                refresh(job_at(top, "2025-06-08 07:00", at), of(MORNING))
            except AudionewsError as error:
                assert "No space left" in str(error)
            calls = max(calls, count())
        files = held(top / "output" / "site")
        left = [name for name, data in stale.items() if files.get(name) == data]
        assert not left, (number, left)
        refresh(job_at(top, "2025-06-08 07:00", at), of(MORNING))
        assert on_air(top) == ("absent" if spoken else "")


# all of it together


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], Copies]:
    work = tmp_path_factory.mktemp("every")
    return {(key, version): gathered(work, key, b"version %d" % version)[0] for key in KEYS for version in (1, 2)}


PUBLISH = st.tuples(st.just("publish"), st.sampled_from(KEYS), st.sampled_from((1, 2)))
WITHDRAW = st.tuples(st.just("withdraw"), st.sampled_from(KEYS))
SWEEP = st.tuples(st.just("sweep"), st.sampled_from(KEYS))
WAIT = st.tuples(st.just("wait"), st.integers(1, 40))
FAULT = st.tuples(st.just("fault"), st.sampled_from(("fsync", "replace")), st.integers(1, 8))


@settings(max_examples=60)
@given(st.booleans(), st.lists(st.one_of(PUBLISH, PUBLISH, WITHDRAW, SWEEP, WAIT, FAULT), min_size=4, max_size=14))
def test_whatever_happens_no_expired_or_withdrawn_bulletin_is_given(
    every: dict[tuple[str, int], Copies], spoken: bool, happenings: list[tuple[Any, ...]]
) -> None:
    at = SPOKEN if spoken else QUIET
    now = moment("2025-06-06 06:00")
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        site = top / "output" / "site"
        known: dict[str, Aired] = {}
        for what, *rest in happenings:
            fault: list[Any] = []
            if what == "publish":
                radio.keep(site, every[rest[0], rest[1]])
                known[rest[0]] = of(rest[0])[0]
            elif what == "withdraw" and rest[0] in known:
                known[rest[0]] = replace(known[rest[0]], withdrawn=True)
            elif what == "sweep":
                radio.remove(site, rest[0])
            elif what == "wait":
                now += timedelta(hours=rest[0])
            elif what == "fault":
                fault = rest
            with pytest.MonkeyPatch.context() as patch:
                if fault:
                    break_at(fault[1], patch, os if fault[0] == "fsync" else Path, fault[0])
                try:
                    refresh(job_at(top, now, at), list(known.values()))
                except AudionewsError:
                    assert fault
            assert_only_valid(site, known, now, every)
            refresh(job_at(top, now, at), list(known.values()))
            assert_only_valid(site, known, now, every)
            ready = [
                one
                for one in known.values()
                if not one.withdrawn and one.expires > now and radio.record(site, f"radio-du-lac-{one.id}")
            ]
            if ready:
                newest = max(ready, key=lambda one: one.starts)
                assert known[latest(site)["id"]].starts >= newest.starts


def assert_only_valid(site: Path, known: dict[str, Aired], now: datetime, every: dict[tuple[str, int], Copies]) -> None:
    """See that each sound under ``latest`` belongs to a bulletin that may be aired, and the JSON tells of it."""
    files = held(site)
    if files:
        assert_true(site)
    told = latest(site)
    owners = {one["sha256"]: key for (key, _), made in every.items() for one in json.loads(made.told)["files"]}
    for ending in ("wav", "mp3"):
        if f"latest.{ending}" in files:
            owner = known[owners[hashlib.sha256(files[f"latest.{ending}"]).hexdigest()]]
            assert not owner.withdrawn and owner.expires > now
            assert not told or told["id"] == owner.id
    if not any(name in files for name in ("latest.wav", "latest.mp3")):
        assert not told
