"""A folder as a target, and what is common to all targets: retries, the hub, secrets, the command line."""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from audionews.cli.send import send as command
from audionews.desk import lock, sending
from audionews.errors import AudionewsError, BusyError, MissingExtraError, UsageError
from audionews.targets import place, secrets
from audionews.targets.choice import Target
from audionews.targets.secrets import Secrets
from audionews.targets.send import send as transfer
from tests.helpers import ROOT
from tests.target_servers import files_of, free_port, is_whole, make_job, make_site, said, wait_for


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    said.clear()
    for name in [name for name in os.environ if name.startswith(("AUDIONEWS_WWW", "AWS_"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def www(tmp_path: Path) -> Path:
    folder = tmp_path / "www"
    folder.mkdir()
    return folder


def test_a_second_sending_touches_nothing_and_one_changed_file_travels_alone(tmp_path: Path, www: Path) -> None:
    site, job = make_site(tmp_path), make_job(tmp_path, {"url": "www"})
    sending.deliver(job)
    assert files_of(www) == files_of(site)
    before = {path: (www / path).stat().st_ino for path in files_of(www)}
    sending.deliver(job)
    assert said[-1] == "« www » est à jour."
    assert {path: (www / path).stat().st_ino for path in files_of(www)} == before
    (site / "index.html").write_bytes(b"<p>corrected")
    sending.deliver(job)
    after = {path: (www / path).stat().st_ino for path in files_of(www)}
    assert {path for path in after if after[path] != before[path]} == {"index.html"}
    assert int((www / "index.html").stat().st_mtime) == int((site / "index.html").stat().st_mtime)


def test_a_withdrawn_sound_is_deleted_and_foreign_files_stay(tmp_path: Path, www: Path) -> None:
    (www / "episodes").mkdir()
    (www / "episodes" / "mine.mp3").write_bytes(b"of somebody else")
    (www / "robots.txt").write_bytes(b"too")
    job = make_job(tmp_path, {"url": "www"})
    make_site(tmp_path, 3)
    sending.deliver(job)
    assert (www / "episodes/2025-06-02-matin/bulletin-00000002.mp3").exists()
    site = make_site(tmp_path, 3, drop=(2,))
    sending.deliver(job)
    assert not (www / "episodes/2025-06-02-matin").exists()
    foreign = {"episodes/mine.mp3": b"of somebody else", "robots.txt": b"too"}
    assert files_of(www) == files_of(site) | foreign


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    make_site(tmp_path)
    with pytest.raises(AudionewsError, match="n’a pas de dossier"):
        sending.deliver(make_job(tmp_path, {"url": "www"}))
    assert not (tmp_path / "www").exists()


def test_a_folder_of_a_read_only_file_system_is_told(tmp_path: Path) -> None:
    make_site(tmp_path)
    with pytest.raises(AudionewsError, match=r"ne laisse pas écrire|n’a pas de dossier") as caught:
        sending.deliver(make_job(tmp_path, {"url": "/sys/kernel"}))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "n’a plus de place"), (errno.EROFS, "ne laisse pas écrire"), (errno.EDQUOT, "n’a plus de place")],
)
def test_a_full_or_protected_folder_keeps_its_former_state(
    tmp_path: Path, www: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    make_site(tmp_path, 2)
    job = make_job(tmp_path, {"url": "www"})
    sending.deliver(job)
    before = files_of(www)
    site = make_site(tmp_path, 3)
    local_files = files_of(site)

    def half(source: Path, goal: Path) -> None:
        goal.write_bytes(source.read_bytes()[:10])
        raise OSError(number, os.strerror(number), str(goal))

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", half)
        with pytest.raises(AudionewsError, match=words):
            sending.deliver(job)
    assert files_of(www) == before
    assert files_of(site) == local_files
    sending.deliver(job)
    assert files_of(www) == files_of(site)


def test_a_disk_that_takes_no_more_bytes_is_told(tmp_path: Path, www: Path) -> None:
    make_site(tmp_path, sound=400_000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    former = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises(AudionewsError, match="n’a plus de place"):
            sending.deliver(make_job(tmp_path, {"url": "www"}))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, former)
    assert is_whole(files_of(www))
    assert "feed.xml" not in files_of(www)


def test_one_target_that_fails_does_not_keep_the_others_from_theirs(tmp_path: Path, www: Path) -> None:
    site = make_site(tmp_path)
    job = make_job(tmp_path, {"url": "gone"}, {"url": "www"}, {"url": "lost"})
    with pytest.raises(AudionewsError, match="2 cibles sur 3 ont échoué : « gone », « lost »"):
        sending.deliver(job)
    assert files_of(www) == files_of(site)
    sending.deliver(job, ["www"])


def test_everything_is_sent_anew_when_asked(tmp_path: Path, www: Path) -> None:
    site, job = make_site(tmp_path), make_job(tmp_path, {"url": "www"})
    sending.deliver(job)
    for path in files_of(www):
        (www / path).unlink()  # by somebody else
    sending.deliver(job)
    assert files_of(www) == {}
    sending.deliver(job, anew=True)
    assert files_of(www) == files_of(site)


def test_a_file_that_returns_to_what_it_was_after_a_broken_transfer_is_sent(
    tmp_path: Path, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, job = make_site(tmp_path), make_job(tmp_path, {"url": "www"})
    sending.deliver(job)
    former = (site / "latest.json").read_bytes()
    (site / "latest.json").write_bytes(b"other")
    real = place.Folder.put

    def put_and_die(self: place.Folder, local: Path, path: str, headers: Mapping[str, str]) -> None:
        real(self, local, path, headers)
        raise SystemExit  # as if the process were killed before anything more is written down

    with monkeypatch.context() as patch:
        patch.setattr(place.Folder, "put", put_and_die)
        with pytest.raises(SystemExit):
            sending.deliver(job)
    assert (www / "latest.json").read_bytes() == b"other"
    (site / "latest.json").write_bytes(former)
    sending.deliver(job)
    assert (www / "latest.json").read_bytes() == former


def test_a_file_that_changes_while_it_travels_is_told_and_not_taken_for_sent(
    tmp_path: Path, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, job = make_site(tmp_path), make_job(tmp_path, {"url": "www"})
    real = shutil.copyfile

    def change(source: Path, goal: Path) -> None:
        real(source, goal)
        if source.name == "index.html":
            source.write_bytes(b"<p>already another")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", change)
        with pytest.raises(AudionewsError, match="a changé pendant l’envoi"):
            sending.deliver(job)
    sending.deliver(job)
    assert files_of(www) == files_of(site)


def test_a_killed_process_leaves_a_valid_feed_and_the_next_one_goes_on(tmp_path: Path, www: Path) -> None:
    make_site(tmp_path, 2)
    sending.deliver(make_job(tmp_path, {"url": "www"}))
    site = make_site(tmp_path, 30)
    code = (
        "import sys, time; from pathlib import Path; from audionews.targets import place;"
        "real = place.Folder.put; sys.path.insert(0, sys.argv[2]);\n"
        "def slow(*given):\n time.sleep(0.02); real(*given)\n"
        "place.Folder.put = slow\n"
        "from tests.target_servers import make_job; from audionews.desk import sending\n"
        "sending.deliver(make_job(Path(sys.argv[1]), {'url': 'www'}))"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(ROOT)])
    try:
        wait_for(lambda: len(list(www.rglob("*.mp3"))) > 20)
        process.send_signal(signal.SIGKILL)
    finally:
        process.wait(20)
    there = files_of(www)
    assert is_whole(there)
    assert b"2025-06-02" in there["feed.xml"]
    assert b"2025-06-03" not in there["feed.xml"]
    todo = sending.draft(make_job(tmp_path, {"url": "www"}))[0].plan
    assert "feed.xml" in todo.sent
    sending.deliver(make_job(tmp_path, {"url": "www"}))
    assert {path: data for path, data in files_of(www).items() if not path.endswith(place.PART)} == files_of(site)


class Flaky(place.Folder):
    """A folder on a network that hiccups."""

    failures = 2

    def put(self, local: Path, path: str, headers: Mapping[str, str]) -> None:
        if Flaky.failures and path.endswith("feed.xml"):
            Flaky.failures -= 1
            raise ConnectionResetError(errno.ECONNRESET, "reset")
        super().put(local, path, {})


def test_what_fails_for_a_moment_is_tried_again(tmp_path: Path, www: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path)
    waited: list[float] = []
    monkeypatch.setattr(sending, "open_place", lambda target, _secrets: Flaky(target))
    real: Any = transfer
    monkeypatch.setattr("audionews.desk.sending.send", lambda *given, **more: real(*given, **more, pause=waited.append))
    sending.deliver(make_job(tmp_path, {"url": "www"}))
    assert waited == [1.0, 4.0]
    assert files_of(www) == files_of(site)


class Hub(BaseHTTPRequestHandler):
    told: ClassVar[list[dict[str, list[str]]]] = []
    status = 204

    def do_POST(self) -> None:
        Hub.told.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self.send_response(Hub.status)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def hub(status: int = 204) -> Iterator[str]:
    Hub.told, Hub.status = [], status
    with ThreadingHTTPServer(("127.0.0.1", 0), Hub) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def test_the_hub_is_told_of_each_feed_that_was_sent_anew(tmp_path: Path, www: Path) -> None:
    site = make_site(tmp_path)
    with hub() as address:
        job = make_job(tmp_path, {"url": "www"}, hub=address)
        sending.deliver(job)
        assert Hub.told == [
            {"hub.mode": ["publish"], "hub.url": [f"https://radio.example/{name}"]}
            for name in ("feed-matin.xml", "feed.xml")
        ]
        Hub.told.clear()
        sending.deliver(job)
        assert Hub.told == []
        (site / "feed-matin.xml").write_bytes(b"<rss>new</rss>")
        (site / "archives/feed-1.xml").write_bytes(b"<rss>new</rss>")
        sending.deliver(job)
        assert [one["hub.url"] for one in Hub.told] == [["https://radio.example/feed-matin.xml"]]
        Hub.told.clear()
        (site / "feed.xml").write_bytes(b"<rss>newer</rss>")
        with pytest.raises(AudionewsError):
            sending.deliver(make_job(tmp_path, {"url": "www"}, {"url": "gone"}, hub=address))
        assert Hub.told == []


@pytest.mark.parametrize("status", [500, 302, 404])
def test_a_hub_that_refuses_is_only_told(tmp_path: Path, www: Path, status: int) -> None:
    make_site(tmp_path)
    with hub(status) as address:
        sending.deliver(make_job(tmp_path, {"url": "www"}, hub=address))
    assert f"réponse HTTP {status}" in said[-1]


def test_a_hub_that_is_down_is_only_told(tmp_path: Path, www: Path) -> None:
    make_site(tmp_path)
    sending.deliver(make_job(tmp_path, {"url": "www"}, hub=f"http://127.0.0.1:{free_port()}/"))
    assert "Le hub WebSub 127.0.0.1 ne répond pas" in said[-1]


@pytest.mark.parametrize("address", ["hub.example", "ftp://hub.example", "https://u:p@hub.example", "http://"])
def test_what_is_no_hub_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageError, match="hub"):
        sending.targets(make_job(tmp_path, hub=address).station, tmp_path)


def test_secrets_come_from_the_environment_or_the_keyring_and_do_not_show() -> None:
    import keyring
    from keyring.backend import KeyringBackend
    from keyring.errors import KeyringLocked

    class Kept(KeyringBackend):
        priority = 1
        locked = False

        def get_password(self, service: str, username: str) -> str | None:
            if self.locked:
                raise KeyringLocked
            assert service == "audionews"
            return {"WWW_PASSWORD": "kept", "WWW_KEY": "id", "WWW_SECRET": "key"}.get(username)

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

        def delete_password(self, service: str, username: str) -> None:
            raise NotImplementedError

    make: Any = Kept
    former, kept = keyring.get_keyring(), make()
    keyring.set_keyring(kept)
    try:
        server, bucket = Target("www", "sftp", ""), Target("www", "s3", "")
        assert secrets.find(server, {"AUDIONEWS_WWW_PASSWORD": "given"}).password == "given"
        assert secrets.find(server, {}).password == "kept"
        assert secrets.find(bucket, {}) == Secrets(key="id", secret="key")
        assert secrets.find(bucket, {"AWS_PROFILE": "radio"}) == Secrets()
        assert secrets.find(Target("www", "folder", ""), {"AUDIONEWS_WWW_PASSWORD": "x"}) == Secrets()
        kept.locked = True
        assert secrets.find(server, {}) == Secrets()
    finally:
        keyring.set_keyring(former)
    shown = Secrets(password="hunter2", key="id", secret="hunter22")
    assert "hunter2" not in repr(shown)
    assert shown.mask("bad hunter22, hunter2") == "bad ***, ***"


def test_a_part_that_is_not_installed_is_told_with_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_site(tmp_path)
    for package, url in (("paramiko", "sftp://u@h/x"), ("s3fs", "s3://b/x"), ("webdav4", "webdavs://u@h/x")):
        for name in [one for one in sys.modules if one.split(".")[0] == package]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, package, None)
        extra = url.partition(":")[0].removesuffix("s")
        with pytest.raises(MissingExtraError, match=rf"pip install 'audionews\[{extra}\]'"):
            sending.deliver(make_job(tmp_path, {"url": url}))


def test_any_address_of_fsspec_is_a_target(tmp_path: Path) -> None:
    import fsspec

    site = make_site(tmp_path, 3)
    job = make_job(tmp_path, {"url": "memory://radio/site", "name": "memory"})
    sending.check(job)
    sending.deliver(job)
    make_site(tmp_path, 3, drop=(1,))
    sending.deliver(job)
    system = fsspec.filesystem("memory")
    found = {path.removeprefix("/radio/site/"): system.cat_file(path) for path in system.find("/radio/site")}
    assert found == files_of(site)


def station_of(folder: Path, *lines: str) -> Path:
    path = folder / "station.toml"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_the_command_sends_shows_and_checks(tmp_path: Path, www: Path) -> None:
    site = make_site(tmp_path)
    station = station_of(tmp_path, "[[target]]", 'url = "www"', 'name = "hébergeur"')
    run = CliRunner(mix_stderr=False)
    shown = run.invoke(command, ["--station", str(station), "--dry-run", "hébergeur"], catch_exceptions=False)
    lines = shown.stdout.splitlines()
    assert lines[0].startswith("hebergeur\twww\t")
    assert [line.split("\t")[1] for line in lines[1:]][-1] == "feed.xml"
    assert int(lines[-1].split("\t")[2]) == (site / "feed.xml").stat().st_size
    assert files_of(www) == {}
    checked = run.invoke(command, ["--station", str(station), "--check"], catch_exceptions=False)
    assert "« hebergeur » répond" in checked.stderr
    assert files_of(www) == {}
    sent = run.invoke(command, ["--station", str(station)], catch_exceptions=False)
    assert (sent.exit_code, sent.stdout) == (0, "")
    assert files_of(www) == files_of(site)
    with lock.hold(tmp_path / "output"):
        assert isinstance(run.invoke(command, ["--station", str(station)]).exception, BusyError)


def test_the_command_tells_what_it_cannot_do(tmp_path: Path) -> None:
    run = CliRunner()
    station = station_of(tmp_path, "")
    assert isinstance(run.invoke(command, ["--station", str(station)]).exception, UsageError)
    station_of(tmp_path, "[[target]]", 'url = "www"')
    assert isinstance(run.invoke(command, ["--station", str(station), "--check", "--all"]).exception, UsageError)
    with pytest.raises(AudionewsError, match="n’a pas de dossier"):
        run.invoke(command, ["--station", str(station), "--check"], catch_exceptions=False)


def test_the_state_says_what_was_sent_and_no_more(tmp_path: Path, www: Path) -> None:
    make_site(tmp_path)
    sending.deliver(make_job(tmp_path, {"url": "www"}))
    whole = json.loads((tmp_path / "output/sent/www.json").read_bytes())
    assert set(whole) == {"target", "files"}
    assert set(whole["files"]) == set(files_of(www))
    assert all(len(one) == 64 for one in whole["files"].values())


def test_a_long_transfer_is_saved_and_told_as_it_goes_on(
    tmp_path: Path, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_site(tmp_path)
    now = iter(range(0, 10_000, 4))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(now)))
    real: Any = transfer
    saves: list[int] = []
    state_path = tmp_path / "output/sent/www.json"

    def watched(*given: Any, **more: Any) -> None:
        tell = more.pop("tell")

        def telling(progress: object) -> None:
            saves.append(sum(bool(one) for one in json.loads(state_path.read_bytes())["files"].values()))
            tell(progress)

        real(*given, **more, tell=telling, clock=time.monotonic)

    monkeypatch.setattr("audionews.desk.sending.send", watched)
    sending.deliver(make_job(tmp_path, {"url": "www"}))
    assert saves[:4] == [0, 1, 2, 3]
    assert any(" fichiers sur " in one for one in said)
