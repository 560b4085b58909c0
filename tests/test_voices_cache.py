"""The cache gives back what was kept, or nothing: never a damaged clip."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from audionews.voices.cache import Cache, place

KEY = hashlib.sha256(b"key").hexdigest()


def test_what_is_kept_is_found(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    kept = cache.keep(KEY, b"clip")
    assert cache.find(KEY) == kept
    assert kept.path.read_bytes() == b"clip"
    assert kept.path.parent.name == KEY[:2]
    assert kept.sha256 == hashlib.sha256(b"clip").hexdigest()


def test_an_unknown_key_is_not_found(tmp_path: Path) -> None:
    assert Cache(tmp_path / "not there").find(KEY) is None


@pytest.mark.parametrize("damage", [b"", b"cli", b"clip\0", b"clap"])
def test_a_damaged_entry_is_removed(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.keep(KEY, b"clip").path.write_bytes(damage)
    assert cache.find(KEY) is None
    assert not list(tmp_path.rglob("*.wav"))
    cache.keep(KEY, b"clip")
    assert cache.find(KEY) is not None


def test_a_damaged_entry_does_not_hide_a_whole_one(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for content in (b"one", b"two"):
        kept = cache.keep(KEY, content)
    first, second = sorted(kept.path.parent.glob("*.wav"))
    first.write_bytes(b"")
    found = cache.find(KEY)
    assert found is not None and found.path == second


def test_several_processes_share_a_cache(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from audionews.voices.cache import Cache\n"
        "cache, key = Cache(Path(sys.argv[1])), sys.argv[2]\n"
        "for number in range(40):\n"
        "    entry = cache.find(key) or cache.keep(key, b'clip' * 5000)\n"
        "    if number % 10 == 5: entry.path.unlink(missing_ok=True)\n"
        "cache.keep(key, b'clip' * 5000)\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), KEY]) for _ in range(3)]
    assert [one.wait(timeout=60) for one in running] == [0, 0, 0]
    found = Cache(tmp_path).find(KEY)
    assert found is not None and found.path.read_bytes() == b"clip" * 5000
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [found.path]


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
    def refuse(_self: Path, _target: Path) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    (tmp_path / "source").write_bytes(b"clip")
    place(tmp_path / "source", tmp_path / "target")
    assert (tmp_path / "target").read_bytes() == b"clip"
    assert not (tmp_path / "target").samefile(tmp_path / "source")
