"""Voices are fetched whole, the right ones, once, whatever the server and the machine do."""

from __future__ import annotations

import errno
import hashlib
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from audionews.errors import AudionewsError, UsageError
from audionews.voices import catalogue
from audionews.voices.catalogue import File, Item
from audionews.voices.download import Patience, fetch
from audionews.voices.install import install, installed_names, remove
from tests.voice_hub import Hub, hub

BIG = random.Random(5).randbytes(400_000)
SMALL = b'{"audio": {}}'
QUICK = Patience(connect=2, silence=0.4, window=0.3, wait=0.01, longest_wait=0.05, tries=3)
HALF = f"bytes={len(BIG) // 2}-"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


VOICE = Item(
    *("fr_FR-essai-medium", "piper", "voix d’essai", "CC0", "v1"),
    (File("a/voice.onnx", sha256(BIG), len(BIG)), File("a/voice.onnx.json", sha256(SMALL), len(SMALL))),
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "audionews" / "installed"


@pytest.fixture
def server() -> Iterator[Hub]:
    with hub() as one:
        one.files = {"/v1/a/voice.onnx": BIG, "/v1/a/voice.onnx.json": SMALL}
        yield one


def test_all_files_come_and_nothing_else_is_left(server: Hub, home: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    install(VOICE, server.url, progress=lambda file, done, total: seen.append((file.name, done, total)))
    assert VOICE.installed and installed_names() == [VOICE.name]
    assert {path.name: path.read_bytes() for path in VOICE.folder.iterdir()} == {
        "voice.onnx": BIG,
        "voice.onnx.json": SMALL,
    }
    assert seen[0] == ("voice.onnx", 0, len(BIG)) and ("voice.onnx", len(BIG), len(BIG)) in seen


def test_what_is_there_is_not_fetched_again_and_what_is_damaged_is(server: Hub) -> None:
    install(VOICE, server.url)
    server.asked.clear()
    install(VOICE, server.url)
    assert not server.asked
    (VOICE.folder / "voice.onnx").write_bytes(BIG[:-1] + b"?")
    install(VOICE, server.url)
    assert len(server.asked) == 1 and (VOICE.folder / "voice.onnx").read_bytes() == BIG


@pytest.mark.parametrize("fault", ["cut", "hang", "429", "503", "hang at once", "drip"])
def test_a_fault_that_passes_is_outlived(server: Hub, fault: str) -> None:
    server.faults = [fault]
    install(VOICE, server.url, patience=QUICK)
    assert (VOICE.folder / "voice.onnx").read_bytes() == BIG
    if fault in {"cut", "hang"}:
        assert server.ranges_asked[:2] == ["", HALF] and server.asked[1][2]


def test_many_cuts_are_outlived_as_long_as_something_new_comes(server: Hub) -> None:
    server.faults = ["cut"] * 8
    install(VOICE, server.url, patience=QUICK)
    assert VOICE.installed and len(server.asked) == 10


def test_a_server_that_never_recovers_is_given_up_and_the_part_kept(server: Hub) -> None:
    server.faults = ["cut", *["503"] * 9]
    with pytest.raises(AudionewsError, match=r"voice.onnx ne vient pas de 127.*occupé \(503\).*reprendra"):
        install(VOICE, server.url, patience=QUICK)
    assert len(server.asked) == 1 + QUICK.tries and not VOICE.installed
    server.faults, server.asked = [], []
    install(VOICE, server.url, patience=QUICK)
    assert server.ranges_asked[0] == HALF and (VOICE.folder / "voice.onnx").read_bytes() == BIG


def test_a_server_that_ignores_ranges_sends_it_all_again(server: Hub) -> None:
    server.faults, server.ranges = ["cut"], False
    install(VOICE, server.url, patience=QUICK)
    assert server.ranges_asked[:2] == ["", HALF] and (VOICE.folder / "voice.onnx").read_bytes() == BIG


def test_a_server_that_ignores_ranges_and_always_cuts_is_given_up(server: Hub) -> None:
    server.faults, server.ranges = ["cut"] * 50, False
    with pytest.raises(AudionewsError, match=r"s’est arrêtée|s’est coupée"):
        install(VOICE, server.url, patience=QUICK)
    assert len(server.asked) <= 1 + QUICK.tries


def test_without_a_strong_etag_nothing_is_gone_on_with(server: Hub) -> None:
    server.faults, server.weak = ["cut"], True
    install(VOICE, server.url, patience=QUICK)
    assert server.ranges_asked[:2] == ["", ""] and VOICE.installed


def test_a_file_that_changed_meanwhile_starts_again(server: Hub, tmp_path: Path) -> None:
    target = tmp_path / "voice.onnx"
    server.faults = ["cut", *["404"] * 1]
    with pytest.raises(AudionewsError):
        fetch(f"{server.url}/v1/a/voice.onnx", target, patience=QUICK)
    server.files["/v1/a/voice.onnx"] = BIG[::-1]
    fetch(f"{server.url}/v1/a/voice.onnx", target, sha256(BIG[::-1]), patience=QUICK)
    assert server.ranges_asked[-1] == HALF and target.read_bytes() == BIG[::-1]


def test_a_part_of_another_version_is_found_out_by_the_digest(server: Hub) -> None:
    server.faults = ["cut", *["503"] * 3]
    with pytest.raises(AudionewsError):
        install(VOICE, server.url, patience=QUICK)
    part = VOICE.folder / "voice.onnx.part"
    part.write_bytes(bytes(len(BIG) // 2))
    install(VOICE, server.url, patience=QUICK)
    assert (VOICE.folder / "voice.onnx").read_bytes() == BIG
    assert server.ranges_asked[-3:] == [HALF, "", ""]


def test_a_part_that_is_longer_than_the_file_starts_again(server: Hub) -> None:
    server.faults = ["cut", *["503"] * 3]
    with pytest.raises(AudionewsError):
        install(VOICE, server.url, patience=QUICK)
    (VOICE.folder / "voice.onnx.part").write_bytes(BIG + b"?")
    install(VOICE, server.url, patience=QUICK)
    assert (VOICE.folder / "voice.onnx").read_bytes() == BIG


def test_a_wrong_digest_is_never_installed(server: Hub) -> None:
    server.faults = ["other bytes"] * 9
    with pytest.raises(AudionewsError, match=r"n’a pas l’empreinte attendue"):
        install(VOICE, server.url, patience=QUICK)
    assert len(server.asked) == 1 and not list(VOICE.folder.iterdir())


def test_the_page_of_a_hotel_is_not_a_voice(server: Hub) -> None:
    server.faults = ["cut", "page"]
    with pytest.raises(AudionewsError, match=r"26 octets au lieu de 400000.*--from"):
        install(VOICE, server.url, patience=QUICK)
    install(VOICE, server.url, patience=QUICK)
    assert server.ranges_asked[2] == HALF  # and it did not cost what had come


@pytest.mark.parametrize(("code", "message"), [("404", "n’y est pas"), ("403", "est refusé"), ("401", "est refusé")])
def test_a_refusal_is_told_at_once(server: Hub, code: str, message: str) -> None:
    server.faults = [code]
    with pytest.raises(AudionewsError, match=rf"voice.onnx {message} \(code {code}, 127"):
        install(VOICE, server.url, patience=QUICK)
    assert len(server.asked) == 1


def test_nobody_at_the_address(home: Path) -> None:
    with pytest.raises(AudionewsError, match="le serveur est injoignable"):
        install(VOICE, "http://127.0.0.1:9", patience=QUICK)
    with pytest.raises(UsageError, match="n’est pas une adresse"):
        install(VOICE, "ftp://miroir")


@pytest.mark.parametrize("sizes", [True, False])
def test_without_a_pinned_digest_the_hub_s_own_is_taken(server: Hub, sizes: bool) -> None:
    server.sizes = sizes
    voice = Item("fr_FR-essai-high", "piper", "", "", "v1", (File("a/voice.onnx"), File("a/voice.onnx.json")))
    install(voice, server.url, patience=QUICK)
    assert (voice.folder / "voice.onnx").read_bytes() == BIG and voice.installed
    server.faults = ["other bytes"]
    with pytest.raises(AudionewsError, match="empreinte attendue"):
        fetch(f"{server.url}/v1/a/voice.onnx", voice.folder / "again", patience=QUICK)
    server.faults = ["other bytes"]
    with pytest.raises(AudionewsError, match="empreinte attendue"):
        fetch(f"{server.url}/v1/a/voice.onnx.json", voice.folder / "again.json", patience=QUICK)
    server.states = False
    with pytest.raises(AudionewsError, match="ne donne pas l’empreinte"):
        fetch(f"{server.url}/v1/a/voice.onnx", voice.folder / "again", patience=QUICK)
    assert not list(voice.folder.glob("again*"))


def test_too_little_room_is_told_before_anything_is_written(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=100_000))
    with pytest.raises(AudionewsError, match=r"Il faut 0 Mo de plus dans .*Libérez de la place"):
        install(VOICE, server.url, patience=QUICK)
    assert not list(VOICE.folder.iterdir())


def test_a_disk_that_fills_up_is_told_and_gone_on_with_later(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def full(path: Path, *arguments: Any, **more: Any) -> Any:
        file = opened(path, *arguments, **more)
        if path.suffix == ".part" and "b" in arguments[0] and "r" not in arguments[0]:
            return Full(file)
        return file

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        with pytest.raises(AudionewsError, match="plus de place sur le disque"):
            install(VOICE, server.url, patience=QUICK)
    assert 0 < (VOICE.folder / "voice.onnx.part").stat().st_size < len(BIG)
    install(VOICE, server.url, patience=QUICK)
    assert server.ranges_asked[1].startswith("bytes=") and VOICE.installed


class Full:
    """A file on a disk that has room for 100 000 bytes more."""

    def __init__(self, file: Any) -> None:
        self.file, self.room = file, 100_000

    def __enter__(self) -> Full:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def write(self, piece: bytes) -> int:
        if len(piece) > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.room -= len(piece)
        return int(self.file.write(piece))


CHILD = """
import sys
from audionews.voices.install import install
from tests.test_voices_install import QUICK, VOICE
install(VOICE, sys.argv[1], say=print, progress=lambda file, done, total: print(file.name, done, flush=True))
"""


def child(url: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, url]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent)


def test_a_killed_process_is_gone_on_with(server: Hub) -> None:
    server.faults = ["hang"]
    running = child(server.url)
    deadline = time.monotonic() + 20
    part = VOICE.folder / "voice.onnx.part"
    while not (part.exists() and part.stat().st_size == len(BIG) // 2):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait(10)
    assert not VOICE.installed
    install(VOICE, server.url, patience=QUICK)
    assert server.ranges_asked[1] == HALF and (VOICE.folder / "voice.onnx").read_bytes() == BIG


def test_two_processes_at_once_fetch_it_once(server: Hub) -> None:
    server.faults = ["slow"]
    running = [child(server.url), child(server.url)]
    said = [one.communicate(timeout=30)[0] for one in running]
    assert [one.returncode for one in running] == [0, 0]
    assert len(server.asked) == 2 and VOICE.installed
    assert sum("attente" in one for one in said) == 1


def test_what_is_installed_can_be_removed(server: Hub) -> None:
    install(VOICE, server.url)
    remove(VOICE.name)
    assert not VOICE.folder.exists() and installed_names() == []
    for name in (VOICE.name, "..", ".", ".fr_FR-essai-medium.lock", "../installed"):
        with pytest.raises(UsageError, match="n’est pas installé"):
            remove(name)


def test_the_catalogue_is_whole() -> None:
    for one in catalogue.items():
        assert one.licence and one.what and one.size > 1_000_000
        for file in one.files:
            assert len(file.sha256) == 64 and int(file.sha256, 16) and file.size
            assert one.address(file).startswith("https://") and one.revision in one.address(file)
        if one.engine == "piper":
            assert [file.name for file in one.files] == [f"{one.name}.onnx", f"{one.name}.onnx.json"]
            assert one.address(one.files[0], "http://miroir/x/") == (
                f"http://miroir/x/{one.revision}/{catalogue.can_install(one.name, 'piper') and one.files[0].path}"
            )
    assert len({one.name for one in catalogue.items()}) == len(catalogue.items())


def test_names_that_are_not_in_the_catalogue() -> None:
    new = catalogue.item("fr_CH-ema_2-high")
    assert [file.path for file in new.files] == [
        "fr/fr_CH/ema_2/high/fr_CH-ema_2-high.onnx",
        "fr/fr_CH/ema_2/high/fr_CH-ema_2-high.onnx.json",
    ]
    with pytest.raises(UsageError, match="voyelles nasales"):
        catalogue.item("fr_FR-siwis-low")
    with pytest.raises(UsageError, match="Vouliez-vous dire « kokoro-full »"):
        catalogue.item("kokoro-ful")
    for name in ("../x", "fr_FR-../x-low", "en_US-amy-low", ""):
        with pytest.raises(UsageError):
            catalogue.item(name)
