"""What radios find on the disk: dated copies, ``latest.*``, and what a full disk leaves of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audionews.errors import AudionewsError
from audionews.publish import radio
from tests.radio_samples import EVENING, MORNING, assert_true, break_at, gathered, held, latest, silent

MORNING_NAME, EVENING_NAME = f"radio-du-lac-{MORNING}", f"radio-du-lac-{EVENING}"
WAYS = ((os, "fsync"), (os, "link"), (Path, "replace"), (Path, "unlink"))


def keep(site: Path, key: str = MORNING, said: bytes = b"news", **more: Any) -> str:
    """Put a bulletin's copies there; give their name."""
    made, _ = gathered(site.parent / "work", key, said, **more)
    radio.keep(site, made)
    return made.name


def stamps(site: Path) -> dict[str, tuple[int, int]]:
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in (site / "broadcast").iterdir()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def test_all_copies_are_kept_under_the_bulletins_name(site: Path) -> None:
    assert keep(site) == MORNING_NAME
    assert set(held(site)) == {f"{MORNING_NAME}.{one}" for one in ("wav", "mp3", "html", "txt", "json")}
    assert_true(site)
    assert radio.dated(site) == (MORNING,)
    assert radio.whole(site, MORNING_NAME)


def test_done_again_nothing_is_touched(site: Path) -> None:
    made, _ = gathered(site.parent)
    assert radio.keep(site, made)
    assert radio.air(site, made.name)
    before = stamps(site)
    assert not radio.keep(site, made)
    assert not radio.air(site, made.name)
    assert stamps(site) == before


def test_latest_needs_no_second_copy_of_the_sounds(site: Path) -> None:
    radio.air(site, keep(site))
    for ending in ("wav", "mp3", "html", "txt"):
        folder = site / "broadcast"
        assert (folder / f"latest.{ending}").samefile(folder / f"{MORNING_NAME}.{ending}")


@pytest.mark.parametrize("links", [True, False])
def test_a_later_bulletin_changes_no_byte_of_an_older_copy(
    site: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:  # as on a FAT disk
        break_all(monkeypatch)
    radio.air(site, keep(site))
    before = {name: data for name, data in held(site).items() if MORNING in name}
    radio.air(site, keep(site, EVENING))
    assert {name: data for name, data in held(site).items() if MORNING in name} == before
    assert latest(site)["id"] == EVENING
    assert_true(site)
    assert radio.dated(site) == (MORNING, EVENING)


def break_all(patch: pytest.MonkeyPatch) -> None:
    def refused(*_arguments: Any, **_more: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    patch.setattr(os, "link", refused)


def test_without_links_nothing_is_touched_twice_either(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_all(monkeypatch)
    radio.air(site, keep(site))
    before = stamps(site)
    assert not radio.air(site, MORNING_NAME)
    assert stamps(site) == before


def test_a_correction_leaves_latest_as_it_was_until_it_is_aired(site: Path) -> None:
    radio.air(site, keep(site))
    before = {name: data for name, data in held(site).items() if name.startswith("latest")}
    keep(site, said=b"corrected")
    assert {name: data for name, data in held(site).items() if name.startswith("latest")} == before
    assert_true(site)
    assert radio.air(site, MORNING_NAME)
    assert b"corrected" in held(site)["latest.mp3"]
    assert_true(site)


def test_what_the_next_bulletin_does_not_have_leaves(site: Path) -> None:
    radio.air(site, keep(site))
    radio.air(site, keep(site, EVENING, wav=False))
    assert "latest.wav" not in held(site)
    assert [one["kind"] for one in latest(site)["files"]] == ["mp3"]
    made = silent(site.parent, 180_000)
    radio.keep(site, made, link=True)
    radio.air(site, made.name)
    assert {name for name in held(site) if name.startswith("latest")} == {"latest.mp3", "latest.json"}
    assert latest(site)["state"] == "absent"
    assert radio.absences(site) == {180_000: "absence-180s"}
    assert radio.dated(site) == (MORNING, EVENING), "an absence is no bulletin"


def test_a_sound_that_was_changed_since_it_was_measured_is_not_kept(site: Path) -> None:
    keep(site)
    before = held(site)
    made, _ = gathered(site.parent, said=b"other")
    made.sounds["mp3"].write_bytes(b"ID3 somebody else")
    with pytest.raises(AudionewsError, match=r"6-bulletin\.mp3 a changé depuis qu’il a été mesuré"):
        radio.keep(site, made)
    assert held(site) == before


@pytest.mark.parametrize("ending", ["mp3", "wav"])
def test_damaged_copies_are_not_aired(site: Path, ending: str) -> None:
    radio.air(site, keep(site))
    keep(site, EVENING)
    before = {name: data for name, data in held(site).items() if name.startswith("latest")}
    (site / "broadcast" / f"{EVENING_NAME}.{ending}").write_bytes(b"half")
    assert not radio.whole(site, EVENING_NAME)
    with pytest.raises(AudionewsError, match="a changé depuis"):
        radio.air(site, EVENING_NAME)
    assert {name: data for name, data in held(site).items() if name.startswith("latest")} == before


def test_what_is_not_there_cannot_be_aired(site: Path) -> None:
    with pytest.raises(AudionewsError, match="pas lisible"):
        radio.air(site, MORNING_NAME)
    keep(site)
    (site / "broadcast" / f"{MORNING_NAME}.wav").unlink()
    with pytest.raises(AudionewsError, match=r"\.wav n’est pas là"):
        radio.air(site, MORNING_NAME)
    assert latest(site) == {}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": 2, "files": []}', '{"version": 1}', '{"version": 1, "files": [{}]}']
)
def test_a_json_that_this_version_has_not_written_says_nothing(site: Path, text: str) -> None:
    keep(site)
    (site / "broadcast" / "latest.json").write_text(text)
    assert radio.record(site) is None
    assert not radio.whole(site)
    radio.air(site, MORNING_NAME)
    assert_true(site)


def test_clear_and_remove_take_away_what_is_theirs(site: Path) -> None:
    radio.air(site, keep(site))
    keep(site, EVENING)
    assert radio.remove(site, EVENING)
    assert not radio.remove(site, EVENING)
    assert radio.dated(site) == (MORNING,)
    assert radio.clear(site)
    assert not radio.clear(site)
    assert set(held(site)) == {f"{MORNING_NAME}.{one}" for one in ("wav", "mp3", "html", "txt", "json")}


def test_removing_the_dated_copies_leaves_latest_whole(site: Path) -> None:
    radio.air(site, keep(site))
    radio.remove(site, MORNING)
    assert_true(site)
    assert radio.whole(site)


@pytest.mark.parametrize("place", range(1, 6))
def test_when_one_file_cannot_be_removed_all_others_are(
    site: Path, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    radio.air(site, keep(site))
    with monkeypatch.context() as patch:
        break_at(place, patch, Path, "unlink")
        with pytest.raises(AudionewsError, match=r"latest\.\w+ ne peut pas être retiré"):
            radio.clear(site)
    assert len([name for name in held(site) if name.startswith("latest")]) == 1
    radio.clear(site)
    assert not [name for name in held(site) if name.startswith("latest")]


# faults


def first(site: Path) -> None:
    keep(site)


def correction(site: Path) -> None:
    keep(site, said=b"corrected")


def next_on_air(site: Path) -> None:
    radio.air(site, EVENING_NAME)


def without_wav_on_air(site: Path) -> None:
    radio.air(site, f"radio-du-lac-{MORNING[:-5]}midi")


def absence_on_air(site: Path) -> None:
    radio.air(site, "absence-0s")


@pytest.mark.parametrize(("owner", "what"), WAYS, ids=[what for _, what in WAYS])
@pytest.mark.parametrize("step", [first, correction, next_on_air, without_wav_on_air, absence_on_air])
def test_no_json_ever_tells_of_a_sound_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: Callable[[Path], None], owner: Any, what: str
) -> None:
    """Each write fails in turn; afterwards each JSON is true, or gone, and the step can be done again."""
    former = tmp_path / "former" / "site"
    if step is not first:
        radio.air(former, keep(former))
        keep(former, EVENING)
        keep(former, f"{MORNING[:-5]}midi", wav=False)
        radio.keep(former, silent(tmp_path, 0))
    gathered(tmp_path / "work", said=b"corrected")
    number, finished = 0, False
    while not finished:
        number += 1
        site = tmp_path / f"{number}" / "site"
        shutil.copytree(tmp_path / "work", tmp_path / f"{number}" / "work")
        if step is not first:
            shutil.copytree(former, site)
        with monkeypatch.context() as patch:
            count = break_at(number, patch, owner, what)
            try:
                step(site)
                finished = count() < number
            except AudionewsError as error:
                assert "No space left" in str(error)
        assert_true_but_for_the_fault(site)
        step(site)
        assert_true(site)
    assert number > 1 or what == "link"


def assert_true_but_for_the_fault(site: Path) -> None:
    """As `assert_true`, except that the one unlink which was made to fail may have left a temporary file."""
    for name in [one for one in held(site) if one.startswith(".")]:
        (site / "broadcast" / name).unlink()
    assert_true(site)


def test_a_full_disk_leaves_the_bulletin_on_air_whole(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    radio.air(site, keep(site))
    made, _ = gathered(site.parent / "work", EVENING)
    before = held(site)
    with monkeypatch.context() as patch:
        break_at(1, patch, os, "fsync")
        with pytest.raises(AudionewsError, match="Vérifiez la place libre"):
            radio.keep(site, made)
    assert held(site) == before
