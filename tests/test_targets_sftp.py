"""A server with SSH as a target: OpenSSH's own sshd on the loopback."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audionews.desk import sending
from audionews.errors import AudionewsError, UsageError
from audionews.targets import send as sender
from audionews.targets import sftp
from audionews.targets.place import PART
from tests.target_servers import (
    Ssh,
    files_of,
    free_port,
    is_whole,
    make_job,
    make_key,
    make_site,
    said,
    ssh_server,
    wait_for,
)

pytestmark = pytest.mark.needs("sshd")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ssh]:
    with ssh_server(tmp_path_factory.mktemp("sshd")) as one:
        yield one


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty home folder."""
    folder = tmp_path / "home"
    (folder / ".ssh").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.delenv("AUDIONEWS_SSH_PASSWORD", raising=False)
    monkeypatch.setattr(sender, "PAUSES", (0.01,))
    said.clear()
    return folder


@pytest.fixture
def ssh(server: Ssh, home: Path) -> Ssh:
    """Give the server, known, with an empty folder."""
    (home / ".ssh" / "known_hosts").write_text(server.known, "ascii")
    for path in sorted(server.root.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    return server


def target(server: Ssh, **options: Any) -> dict[str, Any]:
    return {"url": server.url, "name": "ssh", "options": {"key_filename": str(server.folder / "user"), **options}}


def test_a_site_is_sent_and_a_second_sending_does_not_even_connect(tmp_path: Path, ssh: Ssh) -> None:
    site, job = make_site(tmp_path), make_job(tmp_path, target(ssh))
    sending.check(job)
    assert files_of(ssh.root) == {}
    sending.deliver(job)
    assert files_of(ssh.root) == files_of(site)
    before = {path: (ssh.root / path).stat().st_ino for path in files_of(site)}
    sending.deliver(make_job(tmp_path, target(ssh, key_filename="/nowhere")))
    (site / "index.html").write_bytes(b"<p>corrected")
    sending.deliver(job)
    after = {path: (ssh.root / path).stat().st_ino for path in files_of(site)}
    assert {path for path in after if after[path] != before[path]} == {"index.html"}
    assert int((ssh.root / "index.html").stat().st_mtime) == int((site / "index.html").stat().st_mtime)


def test_a_withdrawn_sound_is_deleted_and_foreign_files_stay(tmp_path: Path, ssh: Ssh) -> None:
    (ssh.root / "mine.html").write_bytes(b"of somebody else")
    job = make_job(tmp_path, target(ssh))
    make_site(tmp_path, 3)
    sending.deliver(job)
    site = make_site(tmp_path, 3, drop=(2,))
    sending.deliver(job)
    assert files_of(ssh.root) == files_of(site) | {"mine.html": b"of somebody else"}
    assert not (ssh.root / "episodes/2025-06-02-matin").exists()


def test_the_key_of_the_home_folder_and_a_locked_key_open_the_server(
    tmp_path: Path, ssh: Ssh, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path)
    (home / ".ssh" / "id_ed25519").write_bytes((ssh.folder / "user").read_bytes())
    sending.deliver(make_job(tmp_path, {"url": ssh.url, "name": "home"}))
    assert files_of(ssh.root) == files_of(site)
    (home / ".ssh" / "id_ed25519").unlink()
    locked = make_key(ssh.folder / "locked", "phrase de passe")
    authorized = ssh.folder / "authorized"
    authorized.write_bytes(authorized.read_bytes() + locked.with_suffix(".pub").read_bytes())
    job = make_job(tmp_path, target(ssh, key_filename=str(locked)))
    with pytest.raises(AudionewsError, match="refuse le mot de passe ou la clé"):
        sending.check(job)
    monkeypatch.setenv("AUDIONEWS_SSH_PASSWORD", "phrase de passe")
    sending.check(job)


def test_readers_see_whole_files_only(tmp_path: Path, ssh: Ssh) -> None:
    site, job = make_site(tmp_path), make_job(tmp_path, target(ssh))
    sending.deliver(job)
    contents = [b"<rss>" + bytes([48 + number]) * 2_000_000 + b"</rss>" for number in range(4)]
    seen, done = set(), threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.add((ssh.root / "feed.xml").read_bytes())

    watcher = threading.Thread(target=watch)
    former = (ssh.root / "feed.xml").read_bytes()
    watcher.start()
    try:
        for content in contents:
            (site / "feed.xml").write_bytes(content)
            sending.deliver(job)
    finally:
        done.set()
        watcher.join()
    assert seen <= {former, *contents}


def test_a_server_that_is_killed_leaves_a_valid_feed_and_the_transfer_goes_on_later(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, errors = tmp_path / "sshd", []
    with ssh_server(folder) as first:
        port = first.port
        (home / ".ssh" / "known_hosts").write_text(first.known, "ascii")
        job = make_job(tmp_path, target(first))
        make_site(tmp_path, 2, sound=200_000)
        sending.deliver(job)
        make_site(tmp_path, 30, sound=200_000)

        def sends() -> None:
            try:
                sending.deliver(job)
            except AudionewsError as error:
                errors.append(error)

        worker = threading.Thread(target=sends)
        worker.start()
        wait_for(lambda: len(list(first.root.rglob("*.mp3"))) > 12)
        first.kill()
        worker.join(60)
        there = files_of(first.root)
    assert "ne répond pas" in str(errors[0])
    assert is_whole(there)
    assert b"2025-06-03" not in there["feed.xml"]
    with ssh_server(folder, port) as second:
        (home / ".ssh" / "known_hosts").write_text(second.known, "ascii")
        sending.deliver(job)
        assert files_of(second.root) == files_of(tmp_path / "output" / "site")


def test_a_connection_that_breaks_for_a_moment_is_made_again(
    tmp_path: Path, ssh: Ssh, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, real, calls = make_site(tmp_path), sftp.Sftp.put, []

    def put(self: sftp.Sftp, *given: Any) -> None:
        calls.append(given)
        if len(calls) == 4:
            client = self._client
            assert client is not None
            transport = client.get_transport()
            assert transport is not None
            transport.sock.close()  # the cable is pulled
        real(self, *given)

    monkeypatch.setattr(sftp.Sftp, "put", put)
    sending.deliver(make_job(tmp_path, target(ssh)))
    assert len(calls) == len(files_of(site)) + 1
    assert files_of(ssh.root) == files_of(site)


def test_a_server_that_renames_onto_free_names_only_is_served_too(
    tmp_path: Path, ssh: Ssh, monkeypatch: pytest.MonkeyPatch
) -> None:
    import paramiko

    def unsupported(*_given: Any) -> None:
        raise OSError("Operation unsupported")

    monkeypatch.setattr(paramiko.SFTPClient, "posix_rename", unsupported)
    site, job = make_site(tmp_path), make_job(tmp_path, target(ssh))
    sending.deliver(job)
    (site / "feed.xml").write_bytes(b"<rss></rss>")
    sending.deliver(job)
    assert files_of(ssh.root) == files_of(site)


def failure(tmp_path: Path, table: dict[str, Any]) -> AudionewsError:
    site = make_site(tmp_path)
    before, job = files_of(site), make_job(tmp_path, table)
    with pytest.raises(AudionewsError) as checked:
        sending.check(job)
    with pytest.raises(AudionewsError) as caught:
        sending.deliver(job)
    assert checked.value.message.split("«")[1] == caught.value.message.split("«")[1]
    assert "\n" not in str(caught.value)
    assert files_of(site) == before
    return caught.value


def test_a_host_key_that_is_not_known_is_refused(tmp_path: Path, ssh: Ssh, home: Path) -> None:
    (home / ".ssh" / "known_hosts").unlink()
    error = failure(tmp_path, target(ssh))
    assert "sa clé d’hôte n’est pas dans known_hosts" in error.message
    assert f"ssh -p {ssh.port} " in error.hint
    assert files_of(ssh.root) == {}
    (tmp_path / "hosts").write_text(ssh.known, "ascii")
    sending.check(make_job(tmp_path, target(ssh, known_hosts="hosts")))


def test_a_host_key_that_is_another_one_is_refused(tmp_path: Path, ssh: Ssh, home: Path) -> None:
    other = make_key(tmp_path / "other").with_suffix(".pub").read_text("ascii").split()
    (home / ".ssh" / "known_hosts").write_text(f"[127.0.0.1]:{ssh.port} {other[0]} {other[1]}\n", "ascii")
    error = failure(tmp_path, target(ssh))
    assert "présente une autre clé d’hôte" in error.message
    assert f"ssh-keygen -R '[127.0.0.1]:{ssh.port}'" in error.hint


def test_a_wrong_password_is_told_and_is_nowhere(
    tmp_path: Path,
    ssh: Ssh,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("AUDIONEWS_SSH_PASSWORD", "mauvais-m0t")
    error = failure(tmp_path, {"url": ssh.url, "name": "ssh"})
    assert "refuse le mot de passe ou la clé de" in error.message
    assert "AUDIONEWS_SSH_PASSWORD" in error.hint
    written = "".join(data.decode("utf-8", "replace") for data in files_of(tmp_path / "output").values())
    everything = "\n".join([written, *said, caplog.text, *capfd.readouterr(), str(error), repr(error.__cause__)])
    assert "mauvais-m0t" not in everything


def test_no_key_at_all_is_told(tmp_path: Path, ssh: Ssh) -> None:
    assert "refuse le mot de passe ou la clé" in failure(tmp_path, {"url": ssh.url, "name": "ssh"}).message


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path, ssh: Ssh) -> None:
    table = target(ssh) | {"url": ssh.url + "/rien"}
    assert f"n’a pas de dossier {ssh.root}/rien" in failure(tmp_path, table).message
    assert not (ssh.root / "rien").exists()


def test_a_folder_of_a_read_only_file_system_is_told(tmp_path: Path, ssh: Ssh) -> None:
    table = target(ssh) | {"url": ssh.url.replace(str(ssh.root), "/sys/kernel")}
    message = failure(tmp_path, table).message
    assert "ne laisse pas écrire" in message or "n’a pas pris" in message


def test_a_host_that_is_down_is_told(tmp_path: Path, ssh: Ssh) -> None:
    port = free_port()
    table = target(ssh) | {"url": f"sftp://u@127.0.0.1:{port}/www"}
    assert failure(tmp_path, table).message == f"La cible « ssh » ne répond pas (127.0.0.1:{port})"


def test_a_path_below_the_folder_where_a_session_starts(tmp_path: Path, ssh: Ssh) -> None:
    site, start = make_site(tmp_path), ssh.url.removesuffix(str(ssh.root))
    sending.deliver(make_job(tmp_path, target(ssh) | {"url": f"{start}/~/{ssh.root.name}"}))
    assert files_of(ssh.root) == files_of(site)
    with pytest.raises(AudionewsError, match="n’a pas de dossier /~/rien"):
        sending.check(make_job(tmp_path, target(ssh) | {"url": f"{start}/~/rien"}))


def test_an_unknown_option_is_told_with_the_nearest(tmp_path: Path, ssh: Ssh) -> None:
    with pytest.raises(UsageError, match="known_hosts"):
        sending.check(make_job(tmp_path, {"url": ssh.url, "name": "ssh", "options": {"known_host": "x"}}))


def test_what_an_interrupted_transfer_left_is_deleted_with_the_file(tmp_path: Path, ssh: Ssh) -> None:
    job = make_job(tmp_path, target(ssh))
    make_site(tmp_path, 3)
    sending.deliver(job)
    left = ssh.root / "episodes/2025-06-02-matin" / f".bulletin-00000002.mp3{PART}"
    left.write_bytes(b"half")
    site = make_site(tmp_path, 3, drop=(2,))
    sending.deliver(job)
    assert files_of(ssh.root) == files_of(site)
