"""An object store as a target: moto's S3 on the loopback."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audionews.desk import sending
from audionews.errors import AudionewsError
from audionews.targets import send as sender
from tests.helpers import ROOT
from tests.target_servers import (
    Http,
    files_of,
    free_port,
    is_whole,
    make_job,
    make_site,
    s3_client,
    s3_files,
    s3_server,
    said,
    wait_for,
)

KEY, SECRET = "AKIAOFTHERADIO", "tr3s-s3cr3t/cl3+"


@pytest.fixture(scope="module")
def server() -> Iterator[Http]:
    with s3_server() as one:
        yield one


@pytest.fixture
def s3(server: Http, monkeypatch: pytest.MonkeyPatch) -> Http:
    """Give the server with an empty bucket."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AUDIONEWS_S3_KEY", KEY)
    monkeypatch.setenv("AUDIONEWS_S3_SECRET", SECRET)
    monkeypatch.setattr(sender, "PAUSES", (0.01, 0.01))
    recorder = server.recorder
    recorder.delay, recorder.die_after = 0.0, 0
    recorder.statuses.clear()
    client = s3_client(server)
    for path in s3_files(server):
        client.delete_object(Bucket="radio", Key=f"site/{path}")
    recorder.asked.clear()
    recorder.headers.clear()
    said.clear()
    return server


def target(server: Http, url: str = "s3://radio/site", **options: Any) -> dict[str, Any]:
    return {"url": url, "name": "s3", "options": {"endpoint_url": server.url, **options}}


def test_a_site_is_sent_and_a_second_sending_asks_for_nothing(tmp_path: Path, s3: Http) -> None:
    site, job = make_site(tmp_path), make_job(tmp_path, target(s3))
    sending.deliver(job)
    assert {method for method, _path in s3.recorder.asked} == {"PUT"}
    assert len(s3.recorder.asked) == len(files_of(site))
    assert s3_files(s3) == files_of(site)
    s3.recorder.asked.clear()
    sending.deliver(job)
    assert s3.recorder.asked == []
    (site / "index.html").write_bytes(b"<p>corrected")
    sending.deliver(job)
    assert s3.recorder.asked == [("PUT", "/radio/site/index.html")]


def test_what_names_a_file_is_written_after_it(tmp_path: Path, s3: Http) -> None:
    make_site(tmp_path, 6)
    sending.deliver(make_job(tmp_path, target(s3)))
    order = [path.removeprefix("/radio/site/") for _method, path in s3.recorder.asked]
    at = order.index
    assert order[-1] == "feed.xml"
    assert at("archives/feed-1.xml") < at("feed-matin.xml") < at("feed.xml")
    assert max(map(at, [path for path in order if path.startswith("episodes/") and path.endswith(".mp3")])) < min(
        map(at, [path for path in order if path.endswith(".html")])
    )
    assert at("index.html") < at("broadcast/latest.mp3") < at("broadcast/latest.json") < at("archives/feed-1.xml")


def test_the_store_has_types_and_cache_headers(tmp_path: Path, s3: Http) -> None:
    site = make_site(tmp_path)
    sending.deliver(make_job(tmp_path, target(s3)))
    client, kinds = s3_client(s3), {}
    for path in files_of(site):
        head = client.head_object(Bucket="radio", Key=f"site/{path}")
        wanted = sending.headers(path)
        assert (head["ContentType"], head["CacheControl"]) == (wanted["Content-Type"], wanted["Cache-Control"]), path
        kinds[path] = head["ContentType"]
    assert kinds["feed.xml"].startswith("application/rss+xml")
    assert kinds["index.html"] == "text/html; charset=utf-8"
    assert kinds["cover-1a2b3c4d.jpg"] == "image/jpeg"
    assert kinds["latest.mp3"] == "audio/mpeg"
    assert kinds["episodes/2025-06-01-matin/transcript.vtt"].startswith("text/vtt")
    assert "immutable" in client.head_object(Bucket="radio", Key="site/style-0a1b2c3d.css")["CacheControl"]


def test_a_withdrawn_sound_is_deleted_and_foreign_objects_stay(tmp_path: Path, s3: Http) -> None:
    job = make_job(tmp_path, target(s3))
    make_site(tmp_path, 3)
    sending.deliver(job)
    client = s3_client(s3)
    client.put_object(Bucket="radio", Key="site/episodes/mine.mp3", Body=b"of somebody else")
    site = make_site(tmp_path, 3, drop=(2,))
    sending.deliver(job)
    foreign = {"episodes/mine.mp3": b"of somebody else"}
    assert s3_files(s3) == files_of(site) | foreign


def test_a_server_that_dies_leaves_a_valid_feed_and_the_transfer_goes_on_later(tmp_path: Path, s3: Http) -> None:
    make_site(tmp_path, 2)
    job = make_job(tmp_path, target(s3))
    sending.deliver(job)
    site = make_site(tmp_path, 8, drop=(1,))
    first = len(sending.draft(job)[0].plan.sent)
    for lived in (3, 8, 12):
        s3.recorder.asked.clear()
        s3.recorder.die_after = lived
        with pytest.raises(AudionewsError, match="ne répond pas"):
            sending.deliver(job)
        s3.recorder.die_after = 0
        assert is_whole(s3_files(s3))
        assert b"2025-06-03" not in s3_files(s3)["feed.xml"]
    left = len(sending.draft(job)[0].plan.sent)
    assert 0 < left < first - 15
    sending.deliver(job)
    assert s3_files(s3) == files_of(site)


def test_a_killed_process_leaves_a_valid_feed_and_the_next_one_goes_on(tmp_path: Path, s3: Http) -> None:
    make_site(tmp_path, 2)
    job = make_job(tmp_path, target(s3))
    sending.deliver(job)
    site = make_site(tmp_path, 30)
    s3.recorder.asked.clear()
    s3.recorder.delay = 0.05
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]);"
        "from tests.target_servers import make_job; from audionews.desk import sending;"
        "sending.deliver(make_job(Path(sys.argv[1]), eval(sys.argv[3])))"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(ROOT), repr(target(s3))])
    try:
        wait_for(lambda: len(s3.recorder.wrote) > 30)
        process.send_signal(signal.SIGKILL)
    finally:
        process.wait(20)
    s3.recorder.delay = 0.0
    there = s3_files(s3)
    assert is_whole(there)
    assert b"2025-06-03" not in there["feed.xml"]
    sending.deliver(job)
    assert s3_files(s3) == files_of(site)


def test_a_store_that_is_busy_is_asked_again(tmp_path: Path, s3: Http) -> None:
    site = make_site(tmp_path)
    s3.recorder.statuses += ["503 Slow Down", "500 Internal Server Error"]
    sending.deliver(make_job(tmp_path, target(s3)))
    assert s3_files(s3) == files_of(site)


def test_a_large_file_travels_in_parts(tmp_path: Path, s3: Http) -> None:
    site = make_site(tmp_path)
    (site / "broadcast" / "latest.wav").write_bytes(bytes(range(256)) * 90_000)  # 23 MB
    sending.deliver(make_job(tmp_path, target(s3)))
    assert s3_files(s3) == files_of(site)
    lengths = [int(one.get("CONTENT_LENGTH") or 0) for one in s3.recorder.headers]
    assert max(lengths) <= 16 * 1024 * 1024
    head = s3_client(s3).head_object(Bucket="radio", Key="site/broadcast/latest.wav")
    assert (head["ContentType"], head["CacheControl"]) == (
        sending.headers("broadcast/latest.wav")["Content-Type"],
        sending.headers("broadcast/latest.wav")["Cache-Control"],
    )


def test_names_travel_as_they_are(tmp_path: Path, s3: Http) -> None:
    site = make_site(tmp_path)
    (site / "été à l’écoute + 1&2=3.txt").write_bytes(b"text")
    sending.deliver(make_job(tmp_path, target(s3)))
    assert s3_files(s3) == files_of(site)


def failure(tmp_path: Path, table: dict[str, Any]) -> AudionewsError:
    """Send and check in vain; the local site stays whole and nothing is taken for sent."""
    site = make_site(tmp_path)
    before, job = files_of(site), make_job(tmp_path, table)
    with pytest.raises(AudionewsError) as checked:
        sending.check(job)
    with pytest.raises(AudionewsError) as caught:
        sending.deliver(job)
    assert str(caught.value).count("\n") == str(checked.value).count("\n") == 0
    assert files_of(site) == before
    assert len(sending.draft(job)[0].plan.sent) == len(before)
    return caught.value


def test_a_missing_bucket_is_told(tmp_path: Path, s3: Http) -> None:
    error = failure(tmp_path, target(s3, "s3://rien/site"))
    assert error.message == "La cible « s3 » n’a pas de dépôt (bucket) « rien »"


def test_a_host_that_is_down_is_told(tmp_path: Path, s3: Http) -> None:
    port = free_port()
    error = failure(tmp_path, target(s3, endpoint_url=f"http://127.0.0.1:{port}"))
    assert error.message == f"La cible « s3 » ne répond pas (http://127.0.0.1:{port})"


def test_a_host_that_does_not_exist_is_told(tmp_path: Path, s3: Http) -> None:
    error = failure(tmp_path, target(s3, endpoint_url="http://nulle-part.invalid"))
    assert error.message == "La cible « s3 » ne répond pas (http://nulle-part.invalid)"


def test_no_key_and_half_a_key_are_told(tmp_path: Path, s3: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUDIONEWS_S3_SECRET")
    assert "la moitié de sa clé" in failure(tmp_path, target(s3)).message
    monkeypatch.delenv("AUDIONEWS_S3_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    error = failure(tmp_path, target(s3))
    assert "clé d’accès" in error.message
    assert "AUDIONEWS_S3_KEY" in error.hint


def test_a_bucket_that_may_not_be_written_is_told(tmp_path: Path, s3: Http) -> None:
    s3.recorder.statuses += ["403 Forbidden"] * 20
    assert "ne laisse pas écrire" in failure(tmp_path, target(s3)).message


def test_an_option_that_the_store_does_not_know_is_told(tmp_path: Path, s3: Http) -> None:
    assert "ne connaît pas l’option « endpoint »" in failure(tmp_path, target(s3, endpoint="x")).message


def test_a_wrong_key_is_told_and_secrets_are_nowhere(
    tmp_path: Path,
    s3: Http,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    from moto import settings
    from moto.core.authorization import ActionAuthenticatorMixin

    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(settings, "INITIAL_NO_AUTH_ACTION_COUNT", 0.0)
    monkeypatch.setattr(ActionAuthenticatorMixin, "request_count", 0)
    error = failure(tmp_path, target(s3))
    assert error.message == "La cible « s3 » n’accepte pas la clé d’accès, ou n’en a pas reçu"
    written = "".join(data.decode("utf-8", "replace") for data in files_of(tmp_path / "output").values())
    everything = "\n".join([written, *said, caplog.text, *capfd.readouterr(), str(error), repr(error.__cause__)])
    assert SECRET not in everything


def test_keys_of_amazons_own_variables_work(tmp_path: Path, s3: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUDIONEWS_S3_SECRET")
    monkeypatch.delenv("AUDIONEWS_S3_KEY")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOFAMAZON")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    site = make_site(tmp_path)
    sending.deliver(make_job(tmp_path, target(s3)))
    assert s3_files(s3) == files_of(site)
    assert "AKIAOFAMAZON" in s3.recorder.headers[0]["HTTP_AUTHORIZATION"]
