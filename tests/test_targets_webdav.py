"""A server with WebDAV as a target: WsgiDAV on the loopback."""

from __future__ import annotations

import base64
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audionews.desk import sending
from audionews.errors import AudionewsError, UsageError
from audionews.targets import send as sender
from audionews.targets.place import PART
from tests.target_servers import Http, files_of, free_port, is_whole, make_job, make_site, said, webdav_server

PASSWORD = "motdepasse-dav"


@pytest.fixture
def www(tmp_path: Path) -> Path:
    folder = tmp_path / "www"
    folder.mkdir()
    return folder


@pytest.fixture
def dav(www: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Http]:
    monkeypatch.setenv("AUDIONEWS_DAV_PASSWORD", PASSWORD)
    monkeypatch.setattr(sender, "PAUSES", (0.01, 0.01))
    said.clear()
    with webdav_server(www) as server:
        yield server


def target(server: Http, path: str = "") -> dict[str, Any]:
    return {"url": f"webdav://radio@127.0.0.1:{server.port}{path}", "name": "dav"}


def test_a_site_is_sent_and_a_second_sending_asks_for_nothing(tmp_path: Path, www: Path, dav: Http) -> None:
    site, job = make_site(tmp_path), make_job(tmp_path, target(dav))
    sending.check(job)
    sending.deliver(job)
    assert files_of(www) == files_of(site)
    dav.recorder.asked.clear()
    sending.deliver(job)
    assert dav.recorder.asked == []
    (site / "index.html").write_bytes(b"<p>corrected")
    sending.deliver(job)
    assert dav.recorder.asked == [("PUT", f"/.index.html{PART}"), ("MOVE", f"/.index.html{PART}")]
    assert files_of(www) == files_of(site)


def test_what_names_a_file_takes_its_name_after_it(tmp_path: Path, dav: Http) -> None:
    make_site(tmp_path, 5)
    sending.deliver(make_job(tmp_path, target(dav)))
    order = [path for method, path in dav.recorder.asked if method == "MOVE"]
    assert order[-1] == f"/.feed.xml{PART}"
    sounds = [at for at, path in enumerate(order) if "/.bulletin-" in path]
    pages = [at for at, path in enumerate(order) if ".html" in path]
    assert max(sounds) < min(pages)


def test_a_withdrawn_sound_is_deleted_and_foreign_files_stay(tmp_path: Path, www: Path, dav: Http) -> None:
    job = make_job(tmp_path, target(dav))
    make_site(tmp_path, 3)
    sending.deliver(job)
    (www / "episodes/2025-06-02-matin/mine.html").write_bytes(b"of somebody else")
    site = make_site(tmp_path, 3, drop=(2,))
    sending.deliver(job)
    assert files_of(www) == files_of(site) | {"episodes/2025-06-02-matin/mine.html": b"of somebody else"}


def test_a_server_that_dies_leaves_a_valid_feed_and_the_transfer_goes_on_later(
    tmp_path: Path, www: Path, dav: Http
) -> None:
    job = make_job(tmp_path, target(dav))
    make_site(tmp_path, 2)
    sending.deliver(job)
    site = make_site(tmp_path, 8, drop=(1,))
    for lived in (5, 12, 20):
        dav.recorder.asked.clear()
        dav.recorder.die_after = lived
        with pytest.raises(AudionewsError, match="ne répond pas"):
            sending.deliver(job)
        dav.recorder.die_after = 0
        assert is_whole(files_of(www))
        assert b"2025-06-03" not in files_of(www)["feed.xml"]
    sending.deliver(job)
    assert files_of(www) == files_of(site)


def test_names_travel_as_they_are(tmp_path: Path, www: Path, dav: Http) -> None:
    (www / "dossier été").mkdir()
    site = make_site(tmp_path)
    (site / "été à l’écoute + 1&2=3.txt").write_bytes(b"text")
    sending.deliver(make_job(tmp_path, target(dav, "/dossier%20%C3%A9t%C3%A9")))
    assert files_of(www / "dossier été") == files_of(site)


def test_a_busy_server_is_asked_again(tmp_path: Path, www: Path, dav: Http) -> None:
    dav.recorder.statuses += ["503 Busy", "423 Locked"]
    site = make_site(tmp_path)
    sending.deliver(make_job(tmp_path, target(dav)))
    assert files_of(www) == files_of(site)


def failure(tmp_path: Path, table: dict[str, Any]) -> AudionewsError:
    site = make_site(tmp_path)
    before, job = files_of(site), make_job(tmp_path, table)
    with pytest.raises(AudionewsError) as checked:
        sending.check(job)
    with pytest.raises(AudionewsError) as caught:
        sending.deliver(job)
    assert "\n" not in str(caught.value) + str(checked.value)
    assert files_of(site) == before
    return caught.value


def test_a_wrong_password_is_told_and_is_nowhere(
    tmp_path: Path,
    www: Path,
    dav: Http,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = "mauvais-m0t"
    monkeypatch.setenv("AUDIONEWS_DAV_PASSWORD", wrong)
    error = failure(tmp_path, target(dav))
    assert error.message == "La cible « dav » refuse le mot de passe ou la clé de « radio »"
    written = "".join(data.decode("utf-8", "replace") for data in files_of(tmp_path / "output").values())
    everything = "\n".join([written, *said, caplog.text, *capfd.readouterr(), str(error), repr(error.__cause__)])
    assert wrong not in everything
    assert base64.b64encode(f"radio:{wrong}".encode()).decode() not in everything
    assert files_of(www) == {}


def test_no_user_at_all_is_told(tmp_path: Path, dav: Http) -> None:
    error = failure(tmp_path, {"url": f"webdav://127.0.0.1:{dav.port}/", "name": "dav"})
    assert "Nommez l’utilisateur dans url" in error.hint


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path, www: Path, dav: Http) -> None:
    assert "n’a pas de dossier /rien" in failure(tmp_path, target(dav, "/rien")).message
    assert files_of(www) == {}


def test_a_host_that_is_down_is_told(tmp_path: Path, dav: Http) -> None:
    port = free_port()
    table = {"url": f"webdav://radio@127.0.0.1:{port}/", "name": "dav"}
    assert failure(tmp_path, table).message == f"La cible « dav » ne répond pas (127.0.0.1:{port})"


def test_a_read_only_server_is_told(tmp_path: Path, www: Path, dav: Http) -> None:
    with webdav_server(www, readonly=True) as server:
        assert "ne laisse pas écrire" in failure(tmp_path, target(server)).message


@pytest.mark.parametrize(
    ("status", "words"),
    [("507 Insufficient Storage", "n’a plus de place"), ("400 Bad Request", "réponse HTTP 400")],
)
def test_a_full_or_strange_server_is_told(tmp_path: Path, dav: Http, status: str, words: str) -> None:
    dav.recorder.statuses += [status] * 40
    assert words in failure(tmp_path, target(dav)).message


def test_an_encrypted_address_of_a_plain_server_is_told(tmp_path: Path, dav: Http) -> None:
    start = time.monotonic()
    table = target(dav) | {"url": f"webdavs://radio@127.0.0.1:{dav.port}/"}
    assert "« dav »" in failure(tmp_path, table).message
    assert time.monotonic() - start < 30


def test_an_unknown_option_is_told_with_the_nearest(tmp_path: Path, dav: Http) -> None:
    with pytest.raises(UsageError, match="timeout"):
        sending.check(make_job(tmp_path, target(dav) | {"options": {"timout": 3}}))
