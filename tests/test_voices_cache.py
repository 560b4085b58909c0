"""The cache gives back what was kept, or nothing: never a damaged clip, whoever reads, writes and prunes meanwhile."""

import errno
import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.voices.cache import STALE, Cache, Entry, Usage, place


def key(name: object) -> str:
    return hashlib.sha256(str(name).encode()).hexdigest()


KEY = key("key")


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("??/*.wav"))


def used(cache: Cache, name: object, seconds: int, content: bytes = b"x" * 100) -> Entry:
    """Keep an entry and pretend that it was last used some seconds after 1970."""
    made = cache.keep(key(name), content)
    (path,) = cache.folder.glob(f"??/{key(name)}.*.wav")
    os.utime(path, (seconds, seconds))
    return made


def names(cache: Cache, among: str) -> str:
    """Tell which of some entries, named by a letter, are there; without marking them as used."""
    listed = {one.key for one in cache.listed()}
    return "".join(letter for letter in among if key(letter) in listed)


def test_what_is_kept_is_found(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    kept = cache.keep(KEY, b"clip")
    found = cache.find(KEY)
    assert found is not None
    assert kept.path.read_bytes() == found.path.read_bytes() == b"clip"
    assert kept.sha256 == found.sha256 == hashlib.sha256(b"clip").hexdigest()
    assert entries(tmp_path) == [tmp_path / KEY[:2] / f"{KEY}.{kept.sha256}.wav"]


def test_an_unknown_key_is_not_found(tmp_path: Path) -> None:
    assert Cache(tmp_path / "not there").find(KEY) is None
    assert not list(tmp_path.iterdir())


def test_nothing_but_the_entries_stays_behind(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.keep(KEY, b"clip")
    cache.find(KEY)
    del cache
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == entries(tmp_path)
    assert len(list(tmp_path.iterdir())) == len(entries(tmp_path)) == 1


@pytest.mark.parametrize("damage", [b"", b"cli", b"clip\0", b"clap"])
def test_a_damaged_entry_is_removed(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.keep(KEY, b"clip")
    entries(tmp_path)[0].write_bytes(damage)
    assert cache.find(KEY) is None
    assert not entries(tmp_path)
    cache.keep(KEY, b"clip")
    assert cache.find(KEY) is not None


@settings(max_examples=25)
@given(content=st.binary(min_size=1, max_size=200), data=st.data())
def test_each_flipped_bit_and_each_lost_end_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    cache = Cache(folder)
    at = data.draw(st.integers(0, len(content) - 1))
    flipped = bytearray(content)
    flipped[at] ^= 1 << data.draw(st.integers(0, 7))
    for damaged in (bytes(flipped), content[:at]):
        cache.keep(KEY, content)
        entries(folder)[0].write_bytes(damaged)
        assert cache.find(KEY) is None


def test_a_damaged_entry_does_not_hide_a_whole_one(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for content in (b"one", b"two"):
        cache.keep(KEY, content)
    first, second = entries(tmp_path)
    first.write_bytes(b"")
    found = cache.find(KEY)
    assert found is not None and found.path.samefile(second)


# a bounded size


def test_the_least_recently_used_entries_leave_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for seconds, letter in enumerate("cabd", 1):
        used(cache, letter, seconds)
    cache.find(key("c"))  # the oldest, used again
    gone = cache.prune(250)
    assert names(cache, "abcd") == "cd"
    assert (gone.entries, gone.bytes) == (2, 200)
    assert cache.prune(250).entries == 0


def test_what_must_stay_stays_whatever_the_limit(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for seconds, letter in enumerate("abc", 1):
        used(cache, letter, seconds)
    cache.prune(0, frozenset({key("a"), key("b")}))
    assert names(cache, "abc") == "ab"


def test_a_dry_pruning_tells_the_same_and_removes_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for seconds, letter in enumerate("abc", 1):
        used(cache, letter, seconds)
    (tmp_path / ".links-old").mkdir()
    os.utime(tmp_path / ".links-old", (0, 0))
    del cache  # it holds what it has kept
    told = Cache(tmp_path).prune(150, dry=True)
    assert names(Cache(tmp_path), "abc") == "abc" and (tmp_path / ".links-old").exists()
    assert told == Cache(tmp_path).prune(150) == (2, 200, 200, 1)
    assert names(Cache(tmp_path), "abc") == "c"


def test_an_entry_in_a_run_folder_counts_and_leaves_like_the_others(tmp_path: Path) -> None:
    used(Cache(tmp_path / "cache"), "a", 1)
    cache = Cache(tmp_path / "cache")
    place(entries(tmp_path / "cache")[0], tmp_path / "placed")
    assert cache.usage().shared == 100
    gone = cache.prune(0)
    assert (gone.entries, gone.bytes, gone.freed) == (1, 100, 0)
    assert (tmp_path / "placed").read_bytes() == b"x" * 100


def test_pruning_takes_what_killed_processes_have_left_and_empty_folders(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    used(cache, "a", 1)
    name = f".{key('b')}.{key('c')}.wav.0123"
    left = [tmp_path / ".links-1", tmp_path / ".links-1" / "clip", tmp_path / "ab" / name]
    young = [tmp_path / ".links-2", tmp_path / "ab" / f"{name}4"]
    strange = [tmp_path / ".gitignore", tmp_path / "ab" / "notes.txt"]
    for folder in (left[0], young[0], tmp_path / "ab", tmp_path / "cd"):
        folder.mkdir(exist_ok=True)
    for path in (*left[1:], young[1], *strange):
        path.write_bytes(b"x")
    old = time.time() - STALE - 60
    for path in (*left, *strange):
        os.utime(path, (old, old))
    assert cache.prune(1000).leftovers == 2
    assert not any(path.exists() for path in (*left, tmp_path / "cd"))
    assert all(path.exists() for path in (*young, *strange))
    assert names(cache, "a") == "a"


def test_usage_tells_how_full_the_cache_is(tmp_path: Path) -> None:
    assert Cache(tmp_path / "none").usage() == Usage(0, 0, 0, None, None, 0)
    cache = Cache(tmp_path)
    for seconds, letter in enumerate("abc", 1):
        used(cache, letter, seconds, b"x" * seconds)
    assert cache.usage() == Usage(3, 6, 6, 10**9, 3 * 10**9, leftovers=1)  # shared with those who hold them
    del cache
    assert Cache(tmp_path).usage() == Usage(3, 6, 0, 10**9, 3 * 10**9, leftovers=0)


# several processes


def test_what_was_found_can_be_placed_after_it_was_pruned(tmp_path: Path) -> None:
    cache, other = Cache(tmp_path / "cache"), Cache(tmp_path / "cache")
    other.keep(key("found"), b"found")
    kept, found = cache.keep(key("kept"), b"kept"), cache.find(key("found"))
    assert found is not None
    other.prune(0)
    assert not entries(tmp_path / "cache")
    for entry, content in ((kept, b"kept"), (found, b"found")):
        place(entry.path, tmp_path / "placed")
        assert (tmp_path / "placed").read_bytes() == content


BUSY = """
import sys
from pathlib import Path
from audionews.voices.cache import Cache, place

folder, number = Path(sys.argv[1]), int(sys.argv[2])
cache, placed = Cache(folder / "cache"), folder / f"placed{number}"
for turn in range(60):
    name = (turn * 7 + number) % 5
    key, content = f"{name}" * 64, b"%d" % name * 20_000
    entry = cache.find(key) or cache.keep(key, content)
    if turn % 4 == number:
        cache.prune(turn % 3 * 25_000)
    place(entry.path, placed)
    assert placed.read_bytes() == content
    cache.usage()
"""


def test_several_processes_share_a_cache_and_prune_it(tmp_path: Path) -> None:
    running = [subprocess.Popen([sys.executable, "-c", BUSY, str(tmp_path), str(number)]) for number in range(4)]
    assert [one.wait(timeout=60) for one in running] == [0, 0, 0, 0]
    cache = Cache(tmp_path / "cache")
    for path in entries(tmp_path / "cache"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name.split(".")[1]
    cache.prune(0)
    assert not list((tmp_path / "cache").iterdir())


WRITING = """
import sys
from pathlib import Path
from audionews.voices.cache import Cache

cache = Cache(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(10**9):
    cache.keep(f"{number % 100:064x}", bytes([number % 256]) * 3_000_000)
"""


def test_a_process_killed_while_it_writes_leaves_no_broken_entry(tmp_path: Path) -> None:
    for wait in (0.0, 0.004, 0.015, 0.03, 0.06):
        writer = subprocess.Popen([sys.executable, "-c", WRITING, str(tmp_path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        with writer.stdout:
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(wait)
            writer.send_signal(signal.SIGKILL)
            writer.wait()
    for path in entries(tmp_path):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name.split(".")[1]
    cache = Cache(tmp_path)
    assert cache.usage().leftovers
    for path in tmp_path.iterdir():
        os.utime(path, (0, 0))
    cache.prune(0)
    assert not list(tmp_path.iterdir())


# a cache that cannot be written


def test_a_clip_that_cannot_be_kept_is_used_all_the_same_and_that_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", "utf-8")
    said: list[str] = []
    cache = Cache(tmp_path / "cache", said.append)
    made = [cache.keep(key(name), name) for name in (b"one", b"two")]
    assert [one.path.read_bytes() for one in made] == [b"one", b"two"]
    place(made[1].path, tmp_path / "placed")
    assert (tmp_path / "placed").read_bytes() == b"two"
    assert cache.find(KEY) is None and cache.prune(0).entries == 0
    assert len(said) == 1 and f"ne peuvent pas être gardés dans {tmp_path / 'cache'}" in said[0]
    elsewhere = made[0].path.parent
    del made, cache
    assert not elsewhere.exists()


def test_a_full_disk_stops_nothing_but_the_keeping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    cache, write = Cache(tmp_path / "cache", said.append), Path.write_bytes
    before = cache.keep(key("before"), b"before")

    def full(path: Path, content: bytes) -> int:
        if path.is_relative_to(tmp_path / "cache"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr(Path, "hardlink_to", refuse)  # as between two disks
    made = cache.keep(KEY, b"clip")
    assert (before.path.read_bytes(), made.path.read_bytes()) == (b"before", b"clip")
    assert cache.find(KEY) is None and cache.find(key("before")) is not None
    assert len(said) == 1 and "No space left on device" in said[0]


# placing


def refuse(_self: Path, _target: Path) -> None:
    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))


def test_a_file_is_placed_by_a_link(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"clip")
    for _ in range(2):  # the second time onto a link of the same file
        place(source, target)
    assert target.samefile(source)
    target_of_old = tmp_path / "old"
    target_of_old.write_bytes(b"old")
    place(source, target_of_old)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old", "source", "target"]
    assert target_of_old.read_bytes() == b"clip"


def test_a_file_is_copied_where_links_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    (tmp_path / "source").write_bytes(b"clip")
    place(tmp_path / "source", tmp_path / "target")
    assert (tmp_path / "target").read_bytes() == b"clip"
    assert not (tmp_path / "target").samefile(tmp_path / "source")
    assert len(list(tmp_path.iterdir())) == 2


def test_a_cache_works_where_links_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    cache = Cache(tmp_path)
    cache.keep(KEY, b"clip")
    found = cache.find(KEY)
    cache.prune(0)
    assert found is not None and found.path.read_bytes() == b"clip"
